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
	"qingfeng/ui/kit"
	"qingfeng/ui/roster"
)

// home is 工作台: what now, each number a door to the rows behind it.
type home struct {
	f        *frame
	body     fyne.CanvasObject
	subtitle *kit.Label
	personal *kit.StatCard
	depts    *kit.StatCard
	people   *kit.StatCard
	keyPosts *kit.StatCard
	todo     *fyne.Container
	laggards *fyne.Container
	asked    int // how often the figures were asked for; late answers are dropped
}

// overview is what 工作台 shows, read in one go.
type overview struct {
	today          day.Date
	campaign       model.Campaign // ID 0: there is none
	hospital       model.Hospital
	people         store.Counts
	newcomers      int // staff without a letter
	newDepartments int // departments without a letter
	letters        model.Rate
	deptLetters    model.Rate
	laggards       []model.DepartmentRate // the lowest rate first
}

func newHome(f *frame) *home {
	h := &home{f: f, subtitle: kit.NewMuted("").Shorten(), todo: container.NewStack(), laggards: container.NewStack(),
		personal: newStat("承诺书签订率"), depts: newStat("科室承诺书"), people: newStat("在职职工"), keyPosts: newStat("重点岗位")}
	title := kit.Frame(nil, nil, container.New(layout.NewCustomPaddedLayout(0, 0, 0, gap), kit.NewHeading("工作台")), nil, h.subtitle)
	stats := container.New(shares{1, 1, 1, 1}, h.personal, h.depts, h.people, h.keyPosts)
	cards := container.New(shares{8, 7},
		kit.NewCard("要做的事", nil, scrolled(h.todo)),
		kit.NewCard("进度落后的科室", kit.NewDoor("全部承诺书", h.all(model.PersonalCommitment)), scrolled(h.laggards)))
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
	o.today, o.campaign = s.Today(), c
	if o.hospital, err = s.Hospital(ctx); err != nil {
		return o, err
	}
	if o.people, err = s.Counts(ctx); err != nil || c.ID == 0 {
		return o, err
	}
	if o.letters, o.laggards, err = s.CommitmentRates(ctx, c.ID, model.PersonalCommitment); err != nil {
		return o, err
	}
	o.laggards = behind(o.laggards)
	if o.deptLetters, _, err = s.CommitmentRates(ctx, c.ID, model.DepartmentCommitment); err != nil {
		return o, err
	}
	if o.newcomers, err = s.WithoutCommitment(ctx, c.ID, model.PersonalCommitment); err != nil {
		return o, err
	}
	o.newDepartments, err = s.WithoutCommitment(ctx, c.ID, model.DepartmentCommitment)
	return o, err
}

// behind returns the departments that are not done, the lowest rate first, of
// equal ones that with more people.
func behind(rows []model.DepartmentRate) []model.DepartmentRate {
	var out []model.DepartmentRate
	for _, r := range rows {
		if r.Missing > 0 {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b model.DepartmentRate) int {
		return cmp.Or(cmp.Compare(a.Permille(), b.Permille()), cmp.Compare(b.Missing, a.Missing))
	})
	return out
}

func (h *home) show(o overview) {
	h.subtitle.SetText(o.subtitle())
	h.personal.Set(h.rateStat(o, "承诺书签订率", model.PersonalCommitment, o.letters, o.newcomers))
	h.depts.Set(h.rateStat(o, "科室承诺书", model.DepartmentCommitment, o.deptLetters, o.newDepartments))
	h.people.Set(kit.Stat{Title: "在职职工", Value: fmt.Sprint(o.people.Staff), Caption: fmt.Sprintf("人，%d 个科室", o.people.Departments), Bar: -1,
		Door: "查看职工", Open: func() { h.openStaff() }})
	h.keyPosts.Set(kit.Stat{Title: "重点岗位", Value: fmt.Sprint(o.people.KeyPosts), Caption: "人", Bar: -1,
		Door: "查看名单", Open: h.openKeyPosts})
	h.showTasks(o)
	h.showLaggards(o)
	h.body.Refresh()
}

// rateStat shows how many letters of a kind came back. without counts the
// signers that no letter was made for yet; they are not in the list behind
// the door.
func (h *home) rateStat(o overview, title string, kind model.CommitmentKind, r model.Rate, without int) kit.Stat {
	s := kit.Stat{Title: title, Value: "—", Bar: 0, BarTone: kit.Accent}
	switch {
	case o.campaign.ID == 0:
		s.Caption = "还没有专项行动"
		return s
	case r.Expected == 0:
		s.Caption = "还没有职工和科室"
		return s
	}
	p := r.Permille()
	s.Value, s.Caption = r.String(), fmt.Sprintf("%d / %d", r.Returned, r.Due())
	s.Bar, s.BarTone = float64(p)/1000, toneOf(p)
	s.Door, s.Open = "查看全部", h.all(kind)
	if n := r.Missing - without; n > 0 {
		s.Door, s.Open = fmt.Sprintf("查看未交 %d 份", n), h.missing(kind, 0)
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

var laggardColumns = lines{{title: "科室"}, {title: "", takes: true, width: 40}, {title: "签订率", right: true}, {title: "已交 / 应交", right: true}}

// nameLength is how many characters of a department's name 工作台 shows.
const nameLength = 12

func (h *home) showLaggards(o overview) {
	var content fyne.CanvasObject
	switch {
	case o.letters.Expected == 0:
		content = kit.Below(kit.NewMuted("生成承诺书后，签订率低的科室列在这里。"))
	case len(o.laggards) == 0:
		content = kit.Below(kit.Beside(kit.NewChip("完成", kit.Good), kit.NewLabel("各科室都已交齐。")))
	default:
		var rows [][]fyne.CanvasObject
		for _, r := range o.laggards {
			p := r.Permille()
			rows = append(rows, []fyne.CanvasObject{
				kit.NewDoor(clip(r.Department, nameLength), h.missing(model.PersonalCommitment, r.ID)),
				kit.NewBar(float64(p)/1000, toneOf(p)),
				kit.NewLabel(r.String()),
				kit.NewLabel(fmt.Sprintf("%d / %d", r.Returned, r.Due()))})
		}
		content = newLines(laggardColumns, rows)
	}
	h.laggards.Objects = []fyne.CanvasObject{content}
	h.laggards.Refresh()
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

func (h *home) openStaff() *roster.StaffPage {
	h.f.open(keyStaff)
	p := h.f.page(keyStaff).(*roster.StaffPage)
	p.ClearFilters()
	return p
}

func (h *home) openKeyPosts() { h.openStaff().ShowKeyPosts() }
