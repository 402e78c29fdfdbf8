package campaign

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// drawForm asks from what to draw. The pool stands before anybody names the
// seed: who knows both can compute the result.
type drawForm struct {
	page     *DrawsPage
	campaign model.Campaign
	known    drawBackground

	from, to   *kit.DateField
	kinds      []*kit.Check // beside known.kinds
	count      *kit.Entry
	fair       *kit.Check
	inspectors *kit.Entry
	person     *kit.Picker
	perVisit   *kit.Entry
}

// drawBackground is what the form has to know before it opens.
type drawBackground struct {
	kinds []departmentsOfKind
	last  model.Pool // of the last draw of the campaign, if any
}

// departmentsOfKind are the open departments of a kind, "" for those that
// have none.
type departmentsOfKind struct {
	kind model.DepartmentKind
	ids  []int64
}

func (k departmentsOfKind) label() string {
	name := string(k.kind)
	if name == "" {
		name = "未分类"
	}
	return fmt.Sprintf("%s（%d）", name, len(k.ids))
}

// New begins a draw.
func (p *DrawsPage) New() {
	c := p.campaignInHand()
	if c.ID == 0 {
		kit.ShowNotice(p.deps.Win, "还没有专项行动", "抽查属于一次专项行动。请先在“方案与进度”里新建一个。")
		return
	}
	kit.Run(context.Background(), func(ctx context.Context) (drawBackground, error) {
		return readDrawBackground(ctx, p.deps.Store, c.ID)
	}, func(b drawBackground, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		newDrawForm(p, c, b).show()
	})
}

func readDrawBackground(ctx context.Context, s *store.Store, campaignID int64) (drawBackground, error) {
	var b drawBackground
	open, err := s.Departments(ctx, store.DepartmentFilter{}, store.Page{})
	if err != nil {
		return b, err
	}
	for _, kind := range append(slices.Clone(model.DepartmentKinds), "") {
		k := departmentsOfKind{kind: kind}
		for _, d := range open.Items {
			if d.Kind == kind {
				k.ids = append(k.ids, d.ID)
			}
		}
		if len(k.ids) > 0 {
			b.kinds = append(b.kinds, k)
		}
	}
	draws, err := s.Draws(ctx, campaignID, store.Page{Sort: "drawn_on", Desc: true, Limit: 1})
	for _, d := range draws.Items {
		b.last = d.Pool
	}
	return b, err
}

// daysAhead is how long, in days from tomorrow on, an office usually draws for.
const daysAhead = 14

// newDrawForm fills in what an office most likely wants: all departments, the
// next two weeks, and for the rest what it took the last time.
func newDrawForm(p *DrawsPage, c model.Campaign, b drawBackground) *drawForm {
	f := &drawForm{page: p, campaign: c, known: b, from: kit.NewDateField(), to: kit.NewDateField(), count: kit.NewEntry(3),
		fair: kit.NewCheck("全部轮到之前不重复"), inspectors: kit.NewMultiEntry(model.MaxNote, 4), perVisit: kit.NewEntry(2)}
	today := p.deps.Store.Today().Time()
	f.from.SetDate(day.Of(today.AddDate(0, 0, 1)))
	f.to.SetDate(day.Of(today.AddDate(0, 0, daysAhead)))
	for _, k := range b.kinds {
		check := kit.NewCheck(k.label())
		check.SetChecked(true)
		f.kinds = append(f.kinds, check)
	}
	f.fair.SetChecked(true)
	picks, perVisit := 3, 2
	if b.last.Picks > 0 {
		picks, perVisit = b.last.Picks, b.last.PerVisit
	}
	f.count.SetText(strconv.Itoa(picks))
	f.perVisit.SetText(strconv.Itoa(perVisit))
	var names []string
	for _, i := range b.last.Inspectors {
		names = append(names, i.Name)
	}
	f.inspectors.SetText(strings.Join(names, "、"))
	f.person = kit.NewPicker(office.SuggestPeople(p.deps.Store, nil))
	f.person.SetPlaceHolder(office.PersonPrompt)
	f.person.OnChanged = f.addInspector
	return f
}

// show opens the form; it can be shown again after the pool was looked at.
func (f *drawForm) show() {
	var request store.DrawRequest
	var pool model.Pool
	form := kit.NewForm(f.page.deps.Win,
		kit.Field{Key: "CampaignID", Label: "专项行动", Input: kit.NewReadOnly(office.Shorten(f.campaign.Title, titleLength))},
		kit.Field{Key: "From", Label: "检查日期从", Required: true, Input: f.from},
		kit.Field{Key: "Slots", Label: "到", Hint: "每个工作日的上午和下午各是一个时段，节假日除外", Required: true, Input: f.to},
		kit.Field{Key: "Departments", Label: "抽取范围", Input: f.scope()},
		kit.Field{Key: "Picks", Label: "抽几个科室", Required: true, Input: f.count},
		kit.Field{Key: "Fair", Label: "公平", Hint: "按本次专项行动抽过的次数，次数少的先抽", Input: f.fair},
		kit.NextColumn(),
		kit.Field{Key: "Inspectors", Label: "检查人", Hint: "姓名之间用顿号，院外的人直接写；没有人检查自己的科室", Input: f.inspectors},
		kit.Field{Key: "person", Label: "加一人", Input: f.person},
		kit.Field{Key: "PerVisit", Label: "每个科室派", Hint: "派几名检查人；不抽检查人填 0", Required: true, Input: f.perVisit},
	)
	form.Log = f.page.deps.Log
	form.Validate = f.check
	form.OnSave = func() func(context.Context) error {
		request = f.request()
		return func(ctx context.Context) (err error) {
			if pool, err = f.page.deps.Store.DrawPool(ctx, request); err != nil {
				return err
			}
			return poolErrors(pool)
		}
	}
	form.OnSaved = func() { f.showPool(request, pool) }
	form.ShowDialog("新抽取", "下一步")
}

// scope is the field for the kinds of departments. Where the departments have
// one kind, or nobody has said which, there is nothing to choose.
func (f *drawForm) scope() kit.Input {
	if len(f.kinds) > 1 {
		return newChecks(f.kinds)
	}
	n := 0
	for _, k := range f.known.kinds {
		n += len(k.ids)
	}
	return kit.NewReadOnly(fmt.Sprintf("全部 %d 个科室", n))
}

// poolErrors are the mistakes of a pool that no seed would heal. They come out
// of drawing from it, and what that drew is thrown away.
func poolErrors(pool model.Pool) error {
	_, err := pool.Draw("0")
	if fields, ok := err.(model.FieldErrors); ok {
		return fields
	}
	return nil
}

// check finds what is wrong before the store is asked.
func (f *drawForm) check() map[string]string {
	out := map[string]string{}
	today := f.page.deps.Store.Today()
	switch {
	case f.from.Date() < today:
		out["From"] = fmt.Sprintf("已经过去（今天 %s）", today)
	case f.to.Date() < f.from.Date():
		out["Slots"] = "不能早于开始日期"
	}
	for key, e := range map[string]*kit.Entry{"Picks": f.count, "PerVisit": f.perVisit} {
		if _, err := strconv.Atoi(e.Value()); err != nil {
			out[key] = "请填写数字"
		}
	}
	if !slices.ContainsFunc(f.kinds, (*kit.Check).Checked) && len(f.kinds) > 0 {
		out["Departments"] = "请至少勾选一类科室"
	}
	return out
}

func (f *drawForm) request() store.DrawRequest {
	r := store.DrawRequest{CampaignID: f.campaign.ID, From: f.from.Date(), To: f.to.Date(), Fair: f.fair.Checked(), Departments: f.departments()}
	r.Picks, _ = strconv.Atoi(f.count.Value())
	r.PerVisit, _ = strconv.Atoi(f.perVisit.Value())
	for _, name := range f.names() {
		r.Inspectors = append(r.Inspectors, model.Inspector{Name: name})
	}
	return r
}

// departments are those of the ticked kinds, nil for all.
func (f *drawForm) departments() []int64 {
	var out []int64
	all := true
	for i, check := range f.kinds {
		if !check.Checked() {
			all = false
			continue
		}
		out = append(out, f.known.kinds[i].ids...)
	}
	if all {
		return nil
	}
	return out
}

// names are the inspectors that the field lists.
func (f *drawForm) names() []string {
	var out []string
	for _, name := range strings.FieldsFunc(f.inspectors.Value(), func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) }) {
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}

// addInspector puts somebody of the staff on the list, of namesakes with the
// department.
func (f *drawForm) addInspector(s kit.Suggestion) {
	if s.ID == 0 {
		return
	}
	f.person.Clear()
	kit.Run(context.Background(), func(ctx context.Context) (string, error) {
		return inspectorName(ctx, f.page.deps.Store, s.ID)
	}, func(name string, err error) {
		if err != nil {
			f.page.deps.Fail(err)
			return
		}
		if names := f.names(); !slices.Contains(names, name) {
			f.inspectors.SetText(strings.Join(append(names, name), "、"))
		}
	})
}

// inspectorName is a name by which the store knows whose department not to
// send somebody to: 张三, or 张三（急诊科） where several departments have one.
func inspectorName(ctx context.Context, s *store.Store, staffID int64) (string, error) {
	m, err := s.StaffMember(ctx, staffID)
	if err != nil {
		return "", err
	}
	same, err := s.Staff(ctx, store.StaffFilter{Find: m.Name}, store.Page{})
	for _, other := range same.Items {
		if other.Name == m.Name && other.DepartmentID != m.DepartmentID {
			return m.Name + "（" + m.Department + "）", err
		}
	}
	return m.Name, err
}
