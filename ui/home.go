package ui

import (
	"context"
	"fmt"
	"log/slog"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/campaign"
	"qingfeng/ui/kit"
	"qingfeng/ui/roster"
)

// home is 工作台: what now, each number a door to the rows behind it.
type home struct {
	f        *frame
	body     *fyne.Container
	subtitle *kit.Label
	letters  *kit.StatCard
	depts    *kit.StatCard
	people   *kit.StatCard
	keyPosts *kit.StatCard
	todo     *fyne.Container
	laggards *fyne.Container
}

// overview is what 工作台 shows, read in one go.
type overview struct {
	today       string
	hospital    model.Hospital
	people      store.Counts
	newcomers   int
	letters     model.Rate
	deptLetters model.Rate
	laggards    []model.DepartmentRate
}

func newHome(f *frame) *home {
	h := &home{f: f, subtitle: kit.NewMuted(""), todo: container.NewVBox(), laggards: container.NewVBox(),
		letters: kit.NewStatCard(kit.Stat{Title: "承诺书签订率", Bar: -1}), depts: kit.NewStatCard(kit.Stat{Title: "科室承诺书", Bar: -1}),
		people: kit.NewStatCard(kit.Stat{Title: "在职职工", Bar: -1}), keyPosts: kit.NewStatCard(kit.Stat{Title: "重点岗位", Bar: -1})}
	stats := container.NewGridWithColumns(4, h.letters, h.depts, h.people, h.keyPosts)
	cards := container.NewGridWithColumns(2,
		kit.NewCard("要做的事", nil, h.todo),
		kit.NewCard("进度落后的科室", kit.NewDoor("全部承诺书", func() { f.open(keyCommitments) }), h.laggards))
	h.body = kit.Padded(kit.Frame(kit.Below(kit.Beside(kit.NewHeading("工作台"), h.subtitle), stats), nil, nil, nil,
		container.NewBorder(kit.NewMuted(" "), nil, nil, nil, cards)))
	return h
}

// Content is what the frame shows.
func (h *home) Content() fyne.CanvasObject { return h.body }

// Shown reads the figures anew.
func (h *home) Shown() { h.Refresh() }

// Hidden does nothing.
func (h *home) Hidden() {}

// Refresh reads the figures anew.
func (h *home) Refresh() {
	c := h.f.campaign
	kit.Run(context.Background(), func(ctx context.Context) (overview, error) { return h.load(ctx, c) },
		func(o overview, err error) {
			if err != nil {
				kit.ShowError(h.f.win, err, slog.Default())
				return
			}
			h.show(o)
		})
}

func (h *home) load(ctx context.Context, c model.Campaign) (o overview, err error) {
	s := h.f.store
	o.today = s.Today().Chinese()
	if o.hospital, err = s.Hospital(ctx); err != nil {
		return o, err
	}
	if o.people, err = s.Counts(ctx); err != nil {
		return o, err
	}
	if c.ID == 0 {
		return o, nil
	}
	var rows []model.DepartmentRate
	if o.letters, rows, err = s.CommitmentRates(ctx, c.ID, model.PersonalCommitment); err != nil {
		return o, err
	}
	o.laggards = behind(rows, 12)
	if o.deptLetters, _, err = s.CommitmentRates(ctx, c.ID, model.DepartmentCommitment); err != nil {
		return o, err
	}
	o.newcomers, err = s.WithoutCommitment(ctx, c.ID, model.PersonalCommitment)
	return o, err
}

// behind returns at most n departments that are not done, the lowest rate first.
func behind(rows []model.DepartmentRate, n int) []model.DepartmentRate {
	var out []model.DepartmentRate
	for _, r := range rows {
		if r.Missing == 0 {
			continue
		}
		at := len(out)
		for at > 0 && out[at-1].Permille() > r.Permille() {
			at--
		}
		out = append(out[:at], append([]model.DepartmentRate{r}, out[at:]...)...)
	}
	return out[:min(n, len(out))]
}

func (h *home) show(o overview) {
	subtitle := o.today
	if c := h.f.campaign; c.ID != 0 {
		subtitle += "　" + c.Title + "（" + c.EndsOn.Chinese() + "结束）"
	}
	h.subtitle.SetText(subtitle)
	h.letters.Set(rateStat("承诺书签订率", o.letters, fmt.Sprintf("查看未交 %d 份", o.letters.Missing), h.openMissing(model.PersonalCommitment, 0)))
	h.depts.Set(rateStat("科室承诺书", o.deptLetters, fmt.Sprintf("查看未交 %d 份", o.deptLetters.Missing), h.openMissing(model.DepartmentCommitment, 0)))
	h.people.Set(kit.Stat{Title: "在职职工", Value: fmt.Sprint(o.people.Staff), Caption: fmt.Sprintf("%d 个科室", o.people.Departments), Bar: -1,
		Door: "查看职工", Open: func() { h.f.open(keyStaff) }})
	h.keyPosts.Set(kit.Stat{Title: "重点岗位", Value: fmt.Sprint(o.people.KeyPosts), Caption: "人", Bar: -1,
		Door: "查看重点岗位", Open: h.openKeyPosts})
	h.showTodo(o)
	h.showLaggards(o.laggards)
}

func rateStat(title string, r model.Rate, door string, open func()) kit.Stat {
	s := kit.Stat{Title: title, Value: "—", Bar: -1, Door: door, Open: open}
	if r.Expected == 0 {
		s.Door = ""
		return s
	}
	p := r.Permille()
	s.Value = r.String()
	s.Caption = fmt.Sprintf("%d / %d", r.Returned, r.Due())
	s.Bar, s.BarTone = float64(p)/1000, toneOf(p)
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

func (h *home) openMissing(kind model.CommitmentKind, departmentID int64) func() {
	return func() {
		p := h.f.page(keyCommitments).(*campaign.CommitmentsPage)
		h.f.open(keyCommitments)
		p.ShowMissing(kind, departmentID)
	}
}

func (h *home) openKeyPosts() {
	p := h.f.page(keyStaff).(*roster.StaffPage)
	h.f.open(keyStaff)
	p.ShowKeyPosts()
}

// task is one line of 要做的事.
type task struct {
	text, door string
	tone       kit.Tone
	chip       string
	open       func()
}

func (h *home) showTodo(o overview) {
	var tasks []task
	c := h.f.campaign
	if o.people.Staff == 0 {
		tasks = append(tasks, task{"还没有职工，请导入花名册", "导入花名册", kit.Bad, "先做", func() { h.f.importRoster("") }})
	}
	if c.ID == 0 {
		tasks = append(tasks, task{"还没有专项行动", "新建专项行动", kit.Bad, "先做", func() { h.f.open(keyCampaigns) }})
	} else {
		days := c.EndsOn.Time().Sub(h.f.store.Today().Time()).Hours() / 24
		tasks = append(tasks, deadline(c, int(days)))
	}
	if c.ID != 0 && o.newcomers > 0 {
		tasks = append(tasks, task{fmt.Sprintf("%d 名职工还没有承诺书", o.newcomers), "去生成", kit.Warn, "待办", func() { h.f.open(keyCommitments) }})
	}
	if c.ID != 0 && o.letters.Missing > 0 {
		tasks = append(tasks, task{fmt.Sprintf("%d 份个人承诺书未交回", o.letters.Missing), "查看名单", kit.Warn, "催办", h.openMissing(model.PersonalCommitment, 0)})
	}
	if o.people.Headless > 0 {
		tasks = append(tasks, task{fmt.Sprintf("%d 个科室没有填科室负责人", o.people.Headless), "去填写", kit.Neutral, "资料", func() { h.f.open(keyDepartments) }})
	}
	if o.hospital.ReportPhone == "" {
		tasks = append(tasks, task{"医院概况里没有举报电话，承诺书上会空着", "去填写", kit.Warn, "资料", func() { h.f.open(keyProfile) }})
	}
	h.todo.Objects = nil
	for _, t := range tasks {
		h.todo.Add(container.NewBorder(nil, nil, kit.NewChip(t.chip, t.tone), kit.NewDoor(t.door, t.open), kit.NewLabel(t.text)))
	}
	h.todo.Refresh()
}

func deadline(c model.Campaign, days int) task {
	t := task{text: c.EndsOn.Chinese() + "　" + c.Title + "结束", chip: fmt.Sprintf("还有 %d 天", days), tone: kit.Neutral}
	switch {
	case days < 0:
		t.chip, t.tone = fmt.Sprintf("已过 %d 天", -days), kit.Bad
	case days <= 7:
		t.tone = kit.Warn
	}
	return t
}

func (h *home) showLaggards(rows []model.DepartmentRate) {
	h.laggards.Objects = nil
	if len(rows) == 0 {
		h.laggards.Add(kit.NewMuted("没有落后的科室"))
	}
	for _, r := range rows {
		p := r.Permille()
		h.laggards.Add(container.NewGridWithColumns(3,
			kit.NewDoor(r.Department, h.openMissing(model.PersonalCommitment, r.ID)),
			kit.NewBar(float64(p)/1000, toneOf(p)),
			kit.NewLabel(fmt.Sprintf("%d / %d", r.Returned, r.Due()))))
	}
	h.laggards.Refresh()
}
