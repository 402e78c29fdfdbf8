package campaign

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

// Values of the switch that says what the forms at hand state.
const (
	scanClean    = "clean"
	scanProblems = "problems"
)

// checkLine is the line over the page 自查自纠: what scanned forms state, what
// has to be known before one scans, and how many are checked.
type checkLine struct {
	widget.BaseWidget
	page          *SelfChecksPage
	scans         *kit.Segmented
	caption       *kit.Label
	phase         *kit.Label
	takeLate      *kit.Door
	leaveLate     *kit.Door
	without       *kit.Label
	make          *kit.Door
	priority, all *shortRate
	left, right   *fyne.Container
	body          *fyne.Container
}

func newCheckLine(p *SelfChecksPage) *checkLine {
	l := &checkLine{page: p, caption: kit.NewMuted("扫到的表"),
		scans: kit.NewSegmented([]kit.Option{{Value: scanClean, Text: "无问题"}, {Value: scanProblems, Text: "有问题"}}),
		phase: kit.NewLabel(""), takeLate: kit.NewDoor("按补查登记", p.takeLate), leaveLate: kit.NewDoor("不再补查", p.leaveLate),
		without: kit.NewLabel(""), make: kit.NewDoor("生成", p.makeMissing),
		priority: newShortRate(priorityLabel), all: newShortRate("自查率"),
	}
	l.scans.SetValue(scanClean)
	l.scans.OnChanged = func(string) { p.Table().Focus() } // or the next scan would land in the switch
	l.phase.SetTone(kit.Warn)
	l.without.SetTone(kit.Warn)
	l.left = kit.Beside(l.caption, l.scans, l.phase, l.takeLate, l.leaveLate, l.without, l.make)
	l.right = kit.Beside(l.priority, l.all)
	l.body = container.New(layout.NewCustomPaddedLayout(8, -6, 16, 16), kit.Spread(l.left, l.right))
	l.ExtendBaseWidget(l)
	l.set(figures{})
	return l
}

// readOnly leaves what people read who record nothing.
func (l *checkLine) readOnly() {
	l.caption.Hide()
	l.scans.Hide()
}

// problems reports whether the forms at hand state problems.
func (l *checkLine) problems() bool { return l.scans.Value() == scanProblems }

func (l *checkLine) set(now figures) {
	may := l.page.deps.Store.May(model.Write)
	late := l.page.late.Load()
	over := now.phase.To != "" && l.page.deps.Store.Today() > now.phase.To
	text := ""
	switch {
	case over && late:
		text = "正在按补查登记"
	case over:
		text = fmt.Sprintf("自查阶段 %s 已结束", now.phase.To)
	}
	setShown(l.phase, text != "")
	l.phase.SetText(text)
	setShown(l.takeLate, may && over && !late)
	setShown(l.leaveLate, may && over && late)

	// At first the empty page offers the forms, and after the phase there is
	// room for one message.
	lacking := now.without > 0 && !(now.all == 0 && now.kind == personal) && (!over || late)
	who := "人"
	if now.kind == departments {
		who = "个科室"
	}
	l.without.SetText(fmt.Sprintf("%d %s没有自查表", now.without, who))
	setShown(l.without, lacking)
	setShown(l.make, lacking && may)

	l.all.set(now.rate)
	l.priority.set(now.priority)
	setShown(l.priority, now.kind == personal)
	setShown(l.all, now.kind != "")
	l.left.Refresh()
	l.right.Refresh()
	l.body.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (l *checkLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.body) }

func setShown(o fyne.CanvasObject, visible bool) {
	if visible {
		o.Show()
	} else {
		o.Hide()
	}
}

// shortRate is a rate with a short bar, where two stand side by side.
type shortRate struct {
	widget.BaseWidget
	bar     *kit.Bar
	percent *kit.Label
	body    *fyne.Container
}

func newShortRate(title string) *shortRate {
	r := &shortRate{bar: kit.NewBar(0, kit.Accent), percent: kit.NewSubHeading("—")}
	r.body = kit.Beside(kit.NewMuted(title), r.bar, kit.Wide(46, r.percent))
	r.ExtendBaseWidget(r)
	return r
}

func (r *shortRate) set(rate model.Rate) {
	r.bar.Set(float64(rate.Returned)/float64(max(1, rate.Due())), kit.Accent)
	r.percent.SetText(rate.String())
}

// CreateRenderer implements fyne.Widget.
func (r *shortRate) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.body) }
