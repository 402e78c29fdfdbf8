package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/campaign"
	"qingfeng/ui/handover"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// home is 工作台: what now, each number a door to the rows behind it.
type home struct {
	f          *frame
	body       fyne.CanvasObject
	subtitle   *kit.Label
	selfChecks *kit.StatCard
	letters    *kit.StatCard
	findings   *kit.StatCard
	envelope   *kit.StatCard
	todo       *fyne.Container
	laggards   *fyne.Container
	remind     *kit.Door // to the 催办单, while somebody is to be reminded

	papers, envelopes           *kit.ColumnChart  // what came back by day; red envelopes by month
	papersChart, envelopesChart fyne.CanvasObject // the cards around them

	asked int // how often the figures were asked for; late answers are dropped
}

// overview is what 工作台 shows, read in one go.
type overview struct {
	store.Desk
	today    day.Date
	hospital model.Hospital
}

func newHome(f *frame) *home {
	h := &home{f: f, subtitle: kit.NewMuted("").Shorten(), todo: container.NewStack(), laggards: container.NewStack(),
		papers: kit.NewColumnChart(), envelopes: kit.NewColumnChart(),
		selfChecks: newStat("自查率"), letters: newStat("承诺书签订率"), findings: newStat("问题销号率"), envelope: newStat("红包待处置")}
	h.remind = kit.NewDoor("催办单", func() { campaign.ShowReminders(f.campaignDeps()) })
	h.remind.Hide()
	title := kit.Frame(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 0, gap), kit.NewHeading("工作台")), nil, h.subtitle)
	stats := container.New(shares{1, 1, 1, 1}, h.selfChecks, h.letters, h.findings, h.envelope)
	belowGap := func(card fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(gap, 0, 0, 0), card)
	}
	h.papersChart = belowGap(kit.NewCard("近两周交回的自查表和承诺书", nil, h.papers))
	h.envelopesChart = belowGap(kit.NewCard("近 12 个月红包上交", kit.NewDoor("台账", h.handovers(handover.ViewAll)), h.envelopes))
	right := kit.Frame(nil, kit.Below(h.papersChart, h.envelopesChart), nil, nil,
		kit.NewCard("进度落后的科室", kit.Beside(h.remind, kit.NewDoor("全部进度", h.openCampaigns)), scrolled(h.laggards)))
	cards := container.New(shares{3, 2},
		kit.NewCard("要做的事", kit.NewDoor("全部时限", h.openDeadlines), scrolled(h.todo)), right)
	above := container.New(layout.NewCustomPaddedVBoxLayout(gap), title, stats, container.NewStack())
	h.body = container.New(layout.NewCustomPaddedLayout(12, 12, 16, 16), kit.Frame(above, nil, nil, nil, cards))
	return h
}

func newStat(title string) *kit.StatCard { return kit.NewStatCard(kit.Stat{Title: title, Bar: -1}) }

// Content is what the frame shows.
func (h *home) Content() fyne.CanvasObject { return h.body }

// Shown reads the figures anew.
func (h *home) Shown() { h.Refresh() }

// Hidden does nothing.
func (h *home) Hidden() {}

// Refresh reads the figures anew, once it is known which campaign they are of.
func (h *home) Refresh() {
	if !h.f.ready {
		return
	}
	c := h.f.campaign
	h.asked++
	mine := h.asked
	kit.Run(context.Background(), func(ctx context.Context) (overview, error) { return load(ctx, h.f.store, c) },
		func(o overview, err error) {
			if mine != h.asked {
				return
			}
			if err != nil {
				h.f.fail(err)
				return
			}
			h.show(o)
		})
}

func load(ctx context.Context, s *store.Store, c model.Campaign) (o overview, err error) {
	o.today = s.Today()
	if o.hospital, err = s.Hospital(ctx); err != nil {
		return o, err
	}
	o.Desk, err = s.Desk(ctx, c)
	return o, err
}

func (h *home) show(o overview) {
	h.subtitle.SetText(o.subtitle())
	h.selfChecks.Set(h.selfCheckStat(o))
	h.letters.Set(h.letterStat(o))
	h.findings.Set(h.findingStat(o))
	h.envelope.Set(h.handoverStat(o))
	h.showTasks(o)
	h.showLaggards(o)
	h.showChart(o)
	h.body.Refresh()
}

// noSelfChecks reports whether no self-check form was made. Once the campaign
// has ended nobody is expected to have one.
func (o overview) noSelfChecks() bool { return o.Unmade == o.SelfChecks.Expected }

// selfCheckStat shows how many personal forms came back. Staff that no form was
// made for yet are not in the list behind the door.
func (h *home) selfCheckStat(o overview) (s kit.Stat) {
	s = kit.Stat{Title: "自查率", Value: "—", BarTone: kit.Accent}
	all := func() { h.openSelfChecks().ShowKind(model.PersonalSelfCheck) }
	switch {
	case o.Campaign.ID == 0:
		s.Caption = "还没有专项行动"
	case o.People.Staff == 0:
		s.Caption = "还没有职工"
	case o.noSelfChecks():
		s.Caption = "还没有自查表"
		if o.Unmade > 0 && h.f.store.May(model.Write) {
			s.Door, s.Open = "去生成", all
		}
	default:
		s = rated(s.Title, o.SelfChecks.Rate)
		s.Door, s.Open = "查看全部", all
		if n := o.SelfChecks.Missing - o.Unmade; n > 0 {
			s.Door, s.Open = fmt.Sprintf("查看未查 %d 人", n), h.missingSelfChecks(0)
		}
	}
	return s
}

// rated is a card with how many papers came back.
func rated(title string, r model.Rate) kit.Stat {
	p := r.Permille()
	return kit.Stat{Title: title, Value: r.String(), Caption: fmt.Sprintf("%d / %d", r.Returned, r.Due()),
		Bar: float64(p) / 1000, BarTone: toneOf(p)}
}

// letterStat shows how many personal letters came back. Signers that no
// letter was made for yet are not in the list behind the door.
func (h *home) letterStat(o overview) kit.Stat {
	s := kit.Stat{Title: "承诺书签订率", Value: "—", BarTone: kit.Accent}
	switch {
	case o.Campaign.ID == 0:
		s.Caption = "还没有专项行动"
		return s
	case o.People.Staff == 0:
		s.Caption = "还没有职工"
		return s
	case o.Letters.Expected == 0: // the campaign has ended
		s.Caption = "没有承诺书"
		return s
	}
	s = rated(s.Title, o.Letters)
	s.Door, s.Open = "查看全部", h.all(model.PersonalCommitment)
	if n := o.Letters.Missing - o.NewStaff; n > 0 {
		s.Door, s.Open = fmt.Sprintf("查看未交 %d 份", n), h.missing(model.PersonalCommitment, 0)
	}
	return s
}

func (h *home) findingStat(o overview) kit.Stat {
	s := kit.Stat{Title: "问题销号率", Value: "—", BarTone: kit.Accent, Door: "登记问题", Open: h.opens(keyFindings)}
	f := o.Findings
	switch {
	case o.Campaign.ID == 0:
		s.Caption, s.Door, s.Open = "还没有专项行动", "", nil
		return s
	case f.All == 0:
		s.Caption = "还没有登记问题"
		if !h.f.store.May(model.Write) {
			s.Door = "查看台账"
		}
		return s
	}
	s = rated(s.Title, model.Rate{Expected: f.All, Returned: f.Closed})
	s.Door, s.Open = "查看全部", h.opens(keyFindings)
	if f.Open > 0 {
		s.Door, s.Open = fmt.Sprintf("查看 %d 项未销号", f.Open), func() { h.openFindings().ShowOpen() }
	}
	if f.Overdue > 0 {
		s.Chip, s.ChipTone = fmt.Sprintf("逾期 %d", f.Overdue), kit.Bad
	}
	return s
}

// toneOf colours a rate in tenths of a percent.
func toneOf(p int) kit.Tone {
	switch {
	case p >= 900:
		return kit.Accent
	case p >= 700:
		return kit.Warn
	}
	return kit.Bad
}

// laggard is a department with what it still owes.
type laggard struct {
	id            int64
	name          string
	selfChecks    model.Rate
	letters       model.Rate
	hasSelfChecks bool
}

// worst is the lower of the two rates, in tenths of a percent.
func (l laggard) worst() int {
	if !l.hasSelfChecks {
		return l.letters.Permille()
	}
	return min(l.selfChecks.Permille(), l.letters.Permille())
}

func (l laggard) missing() int { return l.selfChecks.Missing + l.letters.Missing }

// behind returns the departments that are not done, the lowest rate first, of
// equal ones that with more people.
func behind(o overview) []laggard {
	var all []laggard
	at := map[int64]int{}
	of := func(id int64, name string) *laggard {
		i, ok := at[id]
		if !ok {
			i, at[id] = len(all), len(all)
			all = append(all, laggard{id: id, name: name, hasSelfChecks: !o.noSelfChecks()})
		}
		return &all[i]
	}
	for _, r := range o.LetterRates {
		of(r.ID, r.Department).letters = r.Rate
	}
	if !o.noSelfChecks() {
		for _, r := range o.SelfCheckRates {
			of(r.ID, r.Department).selfChecks = r.Rate
		}
	}
	out := slices.DeleteFunc(all, func(l laggard) bool { return l.missing() == 0 })
	slices.SortStableFunc(out, func(a, b laggard) int {
		return cmp.Or(cmp.Compare(a.worst(), b.worst()), cmp.Compare(b.missing(), a.missing()))
	})
	return out
}

var laggardColumns = lines{{title: "科室"}, {title: "自查", right: true}, {title: "", takes: true, yields: 1}, {title: "承诺书", right: true}, {title: "", takes: true, yields: 1}}

// nameLength is how many characters of a department's name 工作台 shows.
const nameLength = 12

func (h *home) showLaggards(o overview) {
	rows := behind(o)
	var content fyne.CanvasObject
	switch {
	case o.Letters.Expected+o.SelfChecks.Expected == 0:
		content = kit.Below(kit.NewMuted("生成自查表和承诺书后，进度落后的科室列在这里。"))
	case len(rows) == 0:
		content = kit.Below(kit.Beside(kit.NewChip("完成", kit.Good), kit.NewLabel("各科室都已交齐。")))
	default:
		var cells [][]fyne.CanvasObject
		for _, l := range rows {
			open := h.missingSelfChecks(l.id)
			if !l.hasSelfChecks || l.selfChecks.Missing == 0 {
				open = h.missing(model.PersonalCommitment, l.id)
			}
			line := []fyne.CanvasObject{kit.NewDoor(office.Shorten(l.name, nameLength), open)}
			line = append(line, h.progress(l.selfChecks, h.missingSelfChecks(l.id))...)
			cells = append(cells, append(line, h.progress(l.letters, h.missing(model.PersonalCommitment, l.id))...))
		}
		content = newLines(laggardColumns, cells)
	}
	if len(rows) > 0 {
		h.remind.Show()
	} else {
		h.remind.Hide()
	}
	h.laggards.Objects = []fyne.CanvasObject{content}
	h.laggards.Refresh()
}

// progress is a rate as a number that is a door while somebody is missing, and
// as a bar.
func (h *home) progress(r model.Rate, missing func()) []fyne.CanvasObject {
	if r.Expected == 0 {
		return []fyne.CanvasObject{kit.NewMuted("—"), container.NewStack()}
	}
	text := fmt.Sprintf("%d / %d", r.Returned, r.Due())
	var number fyne.CanvasObject = kit.NewLabel(text)
	if r.Missing > 0 {
		number = kit.NewDoor(text, missing)
	}
	p := r.Permille()
	return []fyne.CanvasObject{number, kit.NewBar(float64(p)/1000, toneOf(p))}
}

func (h *home) opens(key string) func() { return func() { h.f.open(key) } }

// missing opens the letters of a kind that did not come back, of one
// department or of all when it is 0.
func (h *home) missing(kind model.CommitmentKind, departmentID int64) func() {
	return func() { h.openLetters().ShowMissing(kind, departmentID) }
}

// all opens the letters of a kind; the page offers to make what lacks.
func (h *home) all(kind model.CommitmentKind) func() {
	return func() { h.openLetters().ShowKind(kind) }
}

func (h *home) openLetters() *campaign.CommitmentsPage {
	h.f.open(keyCommitments)
	return h.f.page(keyCommitments).(*campaign.CommitmentsPage)
}

// missingSelfChecks opens the personal self-check forms that did not come
// back, of one department or of all when it is 0.
func (h *home) missingSelfChecks(departmentID int64) func() {
	return func() { h.openSelfChecks().ShowMissing(model.PersonalSelfCheck, departmentID) }
}

func (h *home) openSelfChecks() *campaign.SelfChecksPage {
	h.f.open(keySelfChecks)
	return h.f.page(keySelfChecks).(*campaign.SelfChecksPage)
}

func (h *home) openFindings() *campaign.FindingsPage {
	h.f.open(keyFindings)
	return h.f.page(keyFindings).(*campaign.FindingsPage)
}

// openCampaigns shows all campaigns with their progress.
func (h *home) openCampaigns() {
	h.f.open(keyCampaigns)
	h.f.page(keyCampaigns).(*campaign.CampaignsPage).ShowAll()
}

// openDeadlines shows the deadlines of the campaign in hand.
func (h *home) openDeadlines() {
	h.f.open(keyCampaigns)
	if id := h.f.campaign.ID; id != 0 {
		h.f.page(keyCampaigns).(*campaign.CampaignsPage).ShowDeadlines(id)
	}
}
