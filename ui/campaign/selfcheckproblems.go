package campaign

import (
	"context"
	"fmt"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

var _ kit.Input = (*problemList)(nil)

// problemList is what a form answers to each item, as one input: 无, or 有 with
// its particulars.
type problemList struct {
	widget.BaseWidget
	deps    Deps
	fixed   bool // only to read
	table   *kit.Table[answer]
	said    *kit.Label
	has     *kit.Button
	none    *kit.Button
	body    *fyne.Container
	changed func()

	mu    sync.Mutex
	items []model.CheckItem
	by    map[int64]model.Problem // under mu, by item: those answered 有
}

// answer is one line of the list.
type answer struct {
	model.CheckItem
	has     bool
	problem model.Problem
}

const problemListHeight = 420 // px: a dozen items without scrolling

func newProblemList(deps Deps, items []model.CheckItem, problems []model.Problem, fixed bool) *problemList {
	l := &problemList{deps: deps, fixed: fixed, items: items, by: map[int64]model.Problem{}, said: kit.NewMuted(""), changed: func() {}}
	for _, p := range problems {
		l.by[p.ItemID] = p
	}
	l.table = kit.NewTable(kit.TableOptions[answer]{Columns: answerColumns(), Source: l.source,
		ID: func(a answer) int64 { return a.ID }, Empty: "本次专项行动没有自查项目。"})
	l.table.OnOpen = l.open
	l.table.OnSelect = func(a answer, ok bool) { l.enable(a, ok) }
	l.has = kit.NewButton("有…", func() { l.onSelected(l.ask) })
	l.none = kit.NewButton("改为无", func() { l.onSelected(l.clear) })
	below := kit.Spread(l.said, kit.Beside(l.has, l.none))
	if fixed {
		below = kit.Beside(l.said)
	}
	l.body = kit.Frame(nil, container.New(layout.NewCustomPaddedLayout(8, 0, 0, 0), below), nil, nil, l.table)
	l.ExtendBaseWidget(l)
	l.tell()
	return l
}

func answerColumns() []kit.Column[answer] {
	when := func(show func(model.Problem) string) func(answer) string {
		return func(a answer) string {
			if !a.has {
				return ""
			}
			return show(a.problem)
		}
	}
	return []kit.Column[answer]{
		{Title: "序号", Align: kit.AlignRight, Text: func(a answer) string { return fmt.Sprint(a.Position) }},
		{Title: "自查项目", Text: func(a answer) string { return a.Text }},
		{Title: "有无", Chip: func(a answer) (string, kit.Tone) {
			if a.has {
				return "有", kit.Warn
			}
			return "无", kit.Neutral
		}},
		{Title: "金额（元）", Align: kit.AlignRight, Text: when(func(p model.Problem) string {
			if p.AmountFen == 0 {
				return ""
			}
			return money.Yuan(p.AmountFen)
		})},
		{Title: "时限", Text: when(func(p model.Problem) string { return string(p.DueOn) })},
		{Title: "具体表现", Flex: true, Text: when(func(p model.Problem) string { return office.OneLine(p.Particulars) })},
	}
}

func (l *problemList) source(ctx context.Context, q kit.Query) ([]answer, int, error) {
	l.mu.Lock()
	rows := mapped(l.items, func(i model.CheckItem) answer {
		p, has := l.by[i.ID]
		return answer{i, has, p}
	})
	l.mu.Unlock()
	return kit.Rows(rows)(ctx, q)
}

// focus gives the keyboard to the list, on the first item answered 有.
func (l *problemList) focus() {
	l.table.FocusIn(l.deps.Win)
	if stated := l.problems(); len(stated) > 0 {
		l.table.SelectID(stated[0].ItemID)
	} else if len(l.items) > 0 {
		l.table.SelectID(l.items[0].ID) // the rows are still being read
	}
}

// problems are the items answered 有, in the order of the form.
func (l *problemList) problems() []model.Problem {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []model.Problem
	for _, i := range l.items {
		if p, ok := l.by[i.ID]; ok {
			out = append(out, p)
		}
	}
	return out
}

func (l *problemList) onSelected(do func(answer)) {
	if a, ok := l.table.Selected(); ok {
		do(a)
	}
}

func (l *problemList) enable(a answer, ok bool) {
	office.Enable(l.has, ok)
	office.Enable(l.none, ok && a.has)
}

func (l *problemList) tell() {
	text := "各项均无问题。双击一项，或选中后按回车，填写“有”。"
	if l.fixed {
		text = "各项均无问题"
	}
	if n := len(l.problems()); n > 0 {
		text = fmt.Sprintf("有问题 %d 项，其余均无", n)
	}
	l.said.SetText(text)
	l.body.Refresh()
}

func (l *problemList) set(item int64, p *model.Problem) {
	l.mu.Lock()
	if p == nil {
		delete(l.by, item)
	} else {
		l.by[item] = *p
	}
	l.mu.Unlock()
	l.table.Reload()
	l.tell()
	l.changed()
	l.table.Focus()
}

func (l *problemList) clear(a answer) { l.set(a.ID, nil) }

func (l *problemList) open(a answer) {
	if !l.fixed {
		l.ask(a)
	} else if a.has {
		kit.ShowNotice(l.deps.Win, a.Text, described(a.problem))
	}
}

// described is everything that a problem states, line by line.
func described(p model.Problem) string {
	return office.Joined("\n", labelled("具体表现", p.Particulars), labelled("涉及单位或个人", p.Counterpart), labelled("时间", string(p.HappenedOn)),
		labelled("涉及金额", funds(p.AmountFen)), labelled("已上交", funds(p.HandedFen)), labelled("整改措施", p.Measure), labelled("完成时限", string(p.DueOn)))
}

// ask asks for the particulars of an item answered 有.
func (l *problemList) ask(a answer) {
	text, who, measure := kit.NewMultiEntry(model.MaxNote, 3), kit.NewEntry(model.MaxShort), kit.NewMultiEntry(model.MaxNote, 2)
	happened, due := kit.NewPartialField(), kit.NewDateField()
	amount, handed := kit.NewMoneyField(), kit.NewMoneyField()
	p := a.problem
	text.SetText(p.Particulars)
	who.SetText(p.Counterpart)
	measure.SetText(p.Measure)
	happened.SetPartial(p.HappenedOn)
	due.SetDate(p.DueOn)
	if p.AmountFen != 0 {
		amount.SetFen(p.AmountFen)
	}
	if p.HandedFen != 0 {
		handed.SetFen(p.HandedFen)
	}
	form := kit.NewForm(l.deps.Win,
		kit.Field{Key: "Particulars", Label: "具体表现", Required: true, Input: text},
		kit.Field{Key: "Counterpart", Label: "涉及单位或个人", Input: who},
		kit.Field{Key: "HappenedOn", Label: "时间", Hint: "可只填年月，如 2026-03", Input: happened},
		kit.Field{Key: "AmountFen", Label: "涉及金额", Input: amount},
		kit.Field{Key: "HandedFen", Label: "已上交", Input: handed},
		kit.Field{Key: "Measure", Label: "整改措施", Input: measure},
		kit.Field{Key: "DueOn", Label: "完成时限", Input: due},
	)
	form.Log = l.deps.Log
	value := func() model.Problem {
		out := p
		out.ItemID, out.Particulars, out.Counterpart, out.Measure = a.ID, text.Value(), who.Value(), measure.Value()
		out.HappenedOn, out.DueOn = happened.Partial(), due.Date()
		out.AmountFen, _ = amount.Fen()
		out.HandedFen, _ = handed.Fen()
		return out
	}
	form.Validate = func() map[string]string { return office.FieldMessages(value().Validate()) }
	form.OnSave = func() func(context.Context) error {
		return func(context.Context) error { return nil } // stored with the whole form
	}
	form.OnSaved = func() {
		stated := value()
		l.set(a.ID, &stated)
	}
	form.ShowDialog("有："+a.Text, "确定")
}

// CreateRenderer implements fyne.Widget.
func (l *problemList) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(l.body)
}

// MinSize implements fyne.CanvasObject.
func (l *problemList) MinSize() fyne.Size {
	return fyne.NewSize(400, problemListHeight).Max(l.BaseWidget.MinSize())
}

// Raw implements kit.Input.
func (l *problemList) Raw() string { return fmt.Sprint(l.problems()) }

// Check implements kit.Input.
func (l *problemList) Check() string { return "" }

// SetInvalid implements kit.Input.
func (l *problemList) SetInvalid(bool) {}

// Target implements kit.Input: the table takes the focus by itself.
func (l *problemList) Target() fyne.Focusable { return nil }

// Watch implements kit.Input.
func (l *problemList) Watch(changed, _ func()) { l.changed = changed }
