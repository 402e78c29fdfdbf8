package campaign

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/formno"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// smallChecks is the small hospital with its self-check forms made and
// printed, and the page on it.
func smallChecks(t *testing.T) (*desk, *SelfChecksPage) {
	d := newDesk(t)
	d.staff("急诊科", "01", "张堃", "李喆", "王䶮", "赵犇")
	d.staff("麻醉手术科", "02", "阿依古丽·买买提", "徐𬱖", "刘赟")
	d.campaign(2026)
	must[int](t)(d.store.MakeSelfChecks(context.Background(), d.inHand.ID, model.PersonalSelfCheck))
	var ids []int64
	for _, r := range d.checks(model.PersonalSelfCheck) {
		ids = append(ids, r.ID)
	}
	check(t, d.store.MarkSelfChecksPrinted(context.Background(), ids))
	return d, d.selfChecks()
}

func (d *desk) selfChecks() *SelfChecksPage {
	p := NewSelfChecks(d.deps)
	d.show(p)
	return p
}

// states are the personal forms by state.
func (d *desk) states() map[model.PaperState]int {
	out := map[model.PaperState]int{}
	for _, r := range d.checks(model.PersonalSelfCheck) {
		out[r.State]++
	}
	return out
}

// press gives a key to whatever has the focus.
func (d *desk) press(key fyne.KeyName) {
	e := &fyne.KeyEvent{Name: key}
	if f := d.win.Canvas().Focused(); f != nil {
		f.TypedKey(e)
	} else {
		d.win.Canvas().OnTypedKey()(e)
	}
}

// A scanner is heard whatever was touched last, and whatever stands in the
// field of the search.
func TestScansAreNotSwallowed(t *testing.T) {
	d, p := smallChecks(t)
	rows := d.checks(model.PersonalSelfCheck)
	for i, touch := range []func(){
		func() { p.SetKeyword("张") },
		func() { p.SetKeyword("ZC-2026-0000"); d.press(fyne.KeyEnd) },
		func() { d.focusOn(p.line.scans) },
		func() { d.focusOn(choices(d)[0]) },
		func() { // two numbers: neither is taken, and the field is empty
			p.SetKeyword(rows[5].FormNo)
			d.scan(rows[4].FormNo)
			d.sees("没有登记，请重扫")
			if n := d.states()[model.Returned]; n != 4 {
				t.Errorf("%d forms are back", n)
			}
		},
	} {
		touch()
		d.scan(rows[i].FormNo)
		if n := d.states()[model.Returned]; n != i+1 {
			t.Errorf("after %d scans %d forms are back", i+1, n)
		}
	}
}

// After a number that was not taken, F2 must not open the form before it.
func TestTheFormOfAMisreadNumber(t *testing.T) {
	d, _ := smallChecks(t)
	rows := d.checks(model.PersonalSelfCheck)
	d.scan(rows[0].FormNo)
	d.scan("ZC-2026-00002-00")
	d.press(fyne.KeyF2)
	d.sees("编号的校验码不对")
	d.seesNot("更正：")
	d.tap("知道了")
	d.scan(rows[0].FormNo) // already back, but this is the sheet at hand
	d.press(fyne.KeyF2)
	d.sees("更正：张堃")
}

// focusOn gives a widget the focus as a click does.
func (d *desk) focusOn(f fyne.Focusable) { d.win.Canvas().Focus(f) }

// choices are the filters of the page.
func choices(d *desk) []*kit.Choice {
	var out []*kit.Choice
	walk(d.win.Content(), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		if c, ok := o.(*kit.Choice); ok {
			out = append(out, c)
		}
	})
	return out
}

// endPhase lets the phase of self-checks end before today.
func (d *desk) endPhase() {
	d.t.Helper()
	for _, ph := range must[model.Plan](d.t)(d.store.Plan(context.Background(), d.inHand.ID)).Phases {
		if ph.Kind == model.SelfCheckPhase {
			ph.EndsOn = "2026-08-05"
			must[int64](d.t)(d.store.SavePart(context.Background(), ph))
		}
	}
}

func TestScanningFormsWithoutProblems(t *testing.T) {
	d, p := smallChecks(t)
	rows := d.checks(model.PersonalSelfCheck)
	d.scan(rows[0].FormNo)
	d.sees("已登记 张堃（急诊科 0100） 无问题，本次第 1 份。有问题按 F2 打开", "已交回", model.Percent(1, 7))
	d.scan(rows[1].FormNo)
	d.sees("已登记 李喆（急诊科 0101） 无问题，本次第 2 份")
	if got := d.states(); got[model.Returned] != 2 || got[model.Printed] != 5 {
		t.Errorf("forms are %v", got)
	}
	d.scan("张堃") // typed, not scanned
	if p.Query().Keyword != "张堃" {
		t.Errorf("searches for %q", p.Query().Keyword)
	}
}

func TestEachNumberThatIsNoFormHasItsMessage(t *testing.T) {
	d, p := smallChecks(t)
	ctx := context.Background()
	rows := d.checks(model.PersonalSelfCheck)
	must[int](t)(d.store.MakeCommitments(ctx, d.inHand.ID, model.PersonalCommitment))
	letter := d.rows(model.PersonalCommitment)[0]
	must[[]store.SelfCheckResult](t)(d.store.ReturnSelfChecks(ctx, d.inHand.ID, []string{rows[0].FormNo}, d.store.Today(), false))
	check(t, d.store.VoidSelfCheck(ctx, rows[1].ID, "打印模糊"))
	check(t, d.store.Leave(ctx, rows[3].StaffID, "2026-08-01", "辞职"))
	now := d.inHand
	d.campaign(2025)
	must[int](t)(d.store.MakeSelfChecks(ctx, d.inHand.ID, model.PersonalSelfCheck))
	old := d.checks(model.PersonalSelfCheck)[0]
	d.inHand = now
	wrong := []byte(rows[2].FormNo)
	wrong[len(wrong)-1] = '0' + (wrong[len(wrong)-1]-'0'+1)%10
	p.Refresh()
	before := d.states()
	for no, message := range map[string]string{
		rows[0].FormNo: "已于 2026-08-11 登记交回，不重复登记",
		rows[1].FormNo: "已作废（打印模糊），请用新的自查表",
		rows[3].FormNo: "已于 2026-08-01 离职",
		old.FormNo:     "属于“2025年医疗行业作风建设专项行动”，不是当前的专项行动",
		letter.FormNo:  "是承诺书的编号，不是自查表，请到“承诺书”中办理",
		string(wrong):  "校验码不对",
		formno.No{Prefix: "ZC", Year: 2026, Seq: 999}.String(): "找不到这份自查表",
	} {
		d.scan(no)
		d.sees(message)
		d.seesNot("本次第")
	}
	// The same numbers, one after the other in the dialog.
	d.menu("登记", "扫码或输入编号")
	d.sees("登记交回（无问题）")
	d.scan(old.FormNo)
	d.scan(letter.FormNo)
	d.scan(rows[2].FormNo)
	d.sees("本次已登记 1 份，2 个编号没有登记", "王䶮", "属于“2025年")
	d.tap("完成")
	before[model.Printed]--
	before[model.Returned]++
	if got := d.states(); fmt.Sprint(got) != fmt.Sprint(before) {
		t.Errorf("forms were %v, are %v", before, got)
	}
}

func TestProblemModeOpensTheForm(t *testing.T) {
	d, p := smallChecks(t)
	rows := d.checks(model.PersonalSelfCheck)
	d.campaign(2025)
	must[int](t)(d.store.MakeSelfChecks(context.Background(), d.inHand.ID, model.PersonalSelfCheck))
	old := d.checks(model.PersonalSelfCheck)[0]
	d.inHand, _ = d.store.Campaign(context.Background(), rows[0].CampaignID)
	p.Refresh()
	p.line.scans.SetValue(scanProblems)
	d.scan(old.FormNo)
	d.sees("不是当前的专项行动")
	d.tap("知道了")
	d.scan(rows[2].FormNo)
	d.sees("填写：王䶮（急诊科 0102） "+rows[2].FormNo, "各项均无问题")
	if got := d.states(); got[model.Returned] != 0 {
		t.Errorf("forms are %v", got)
	}
	d.escape()
	d.seesNot("填写：")
	check(t, d.store.VoidSelfCheck(context.Background(), rows[2].ID, "打印模糊"))
	d.scan(rows[2].FormNo)
	d.sees("已作废（打印模糊），请用新的自查表")
}

func TestAfterThePhase(t *testing.T) {
	d, p := smallChecks(t)
	rows := d.checks(model.PersonalSelfCheck)
	d.seesNot("按补查登记")
	d.endPhase()
	p.Refresh()
	d.sees("自查阶段 2026-08-05 已结束", "按补查登记")
	d.picture("checks-over")
	d.scan(rows[0].FormNo)
	d.sees("晚于自查阶段")
	if got := d.states(); got[model.Returned] != 0 {
		t.Fatalf("forms are %v", got)
	}
	d.tap("按补查登记")
	d.sees("正在按补查登记")
	d.picture("checks-late")
	d.scan(rows[0].FormNo)
	d.sees("已登记 张堃（急诊科 0100） 无问题，本次第 1 份", "补查")
	if r := d.checks(model.PersonalSelfCheck)[0]; !r.Late || r.State != model.Returned {
		t.Errorf("the form is %+v", r.SelfCheck)
	}
	p.SetFilter(filterState, afterPhase)
	d.sees("1 份，共 7 份")
	p.SetFilter(filterState, "")
	p.Hidden() // another page
	p.Shown()
	d.scan(rows[1].FormNo)
	d.sees("晚于自查阶段", "按补查登记")
	d.tap("按补查登记")
	d.campaign(2027)
	p.Refresh()
	if p.late.Load() {
		t.Error("late forms are still taken, of another campaign")
	}
}

func TestDepartmentsFormsButForThoseTicked(t *testing.T) {
	d, p := smallChecks(t)
	ctx := context.Background()
	rows := d.checks(model.PersonalSelfCheck)
	must[[]store.SelfCheckResult](t)(d.store.ReturnSelfChecks(ctx, d.inHand.ID, []string{rows[3].FormNo}, d.store.Today(), false))
	check(t, d.store.SendBackSelfCheck(ctx, rows[3].ID, "照抄他人"))
	p.Refresh()
	d.menu("登记", "按科室登记")
	d.tap("请选择")
	d.tap("急诊科（4 份未查）")
	d.sees("将登记 3 份，除外 0 份", "张堃", "李喆", "王䶮")
	d.seesNot("赵犇") // has to be looked at, not taken with the others
	d.tickRow("李喆")
	d.picture("checks-by-department")
	d.tapLast("登记交回")
	d.sees("已登记 2 份，1 份没有交回。请选择科室")
	d.tap("关闭")
	for i, want := range []model.PaperState{model.Returned, model.Printed, model.Returned, model.SentBack} {
		if got := d.checks(model.PersonalSelfCheck)[i]; got.State != want {
			t.Errorf("%s is %s, want %s", got.Name, got.State, want)
		}
	}
}

func TestTickedForms(t *testing.T) {
	d, _ := smallChecks(t)
	d.tickRow("张堃")
	d.tickRow("李喆")
	d.menu("登记", "登记选中的")
	d.sees("登记交回（无问题）：选中的自查表", "选中 2 份：张堃、李喆")
	d.tapLast("登记交回")
	d.sees("已登记 2 份")
	if got := d.states(); got[model.Returned] != 2 {
		t.Errorf("forms are %v", got)
	}
}

func TestSendBackExcuseReopenAndVoidForms(t *testing.T) {
	d, p := smallChecks(t)
	row := d.checks(model.PersonalSelfCheck)[0]
	again := func() selfCheck { return d.checks(model.PersonalSelfCheck)[0] }
	p.SelectID(row.ID)
	d.tap("登记无问题")
	d.tap("退回补课…")
	d.tap("退回补课") // without a reason
	if r := again(); r.State != model.Returned {
		t.Fatal("sent back without a reason")
	}
	d.write(0, "照抄他人")
	d.tap("退回补课")
	d.sees("张堃 的自查表已退回补课", "照抄他人")
	if r := again(); r.State != model.SentBack {
		t.Fatalf("the form is %s", r.State)
	}
	d.tap("免查…")
	d.write(0, "产假")
	d.tap("登记免查")
	d.sees("张堃 已登记免查", "产假")
	d.tap("撤销登记…")
	d.write(0, "登记错了人")
	d.tap("撤销登记")
	if r := again(); r.State != model.SentBack {
		t.Fatalf("the form is %s", r.State)
	}
	d.tap("作废…")
	d.write(0, "打印模糊")
	d.tap("作废")
	d.sees("要为 张堃（急诊科 0100） 生成新的自查表吗？")
	d.tap("生成新的")
	d.sees("已为 张堃 生成新的自查表 ZC-2026-00008-")
}

func TestOpinionsOfAForm(t *testing.T) {
	d, p := smallChecks(t)
	row := d.checks(model.PersonalSelfCheck)[0]
	p.SelectID(row.ID)
	d.tap("登记无问题")
	d.tap("意见…")
	d.write(0, "情况属实")
	d.write(1, "20260812") // tomorrow
	d.tap("保存")
	d.sees("2026-08-12")
	d.tap("知道了")
	d.fields()[1].(*kit.DateField).SetDate("2026-08-11")
	d.tap("保存")
	d.sees("已保存 张堃 自查表的意见")
	if r := d.checks(model.PersonalSelfCheck)[0]; r.DepartmentOpinion != "情况属实" || r.DepartmentOpinionOn != "2026-08-11" {
		t.Errorf("the form is %+v", r.SelfCheck)
	}
}

func TestDoorsToForms(t *testing.T) {
	d, p := smallChecks(t)
	ctx := context.Background()
	rows := d.checks(model.PersonalSelfCheck)
	head := must[store.StaffRow](t)(d.store.StaffMember(ctx, rows[1].StaffID)).Staff
	head.Position = "科主任"
	must[int64](t)(d.store.SaveStaff(ctx, head))
	d.scan(rows[0].FormNo)
	p.ShowPriorityMissing()
	d.sees("1 份，共 7 份", "李喆", priorityLabel)
	d.seesNot("王䶮")
	p.ShowMissing(model.PersonalSelfCheck, d.department("急诊科"))
	d.sees("3 份，共 7 份")
	p.ShowKind(model.DepartmentSelfCheck)
	d.sees("科室自查表", "2 个科室没有自查表")
	d.seesNot(priorityLabel)
	d.tap("生成")
	d.sees("已生成 2 份科室自查表", "2 份，共 2 份")
	check(t, d.store.VoidSelfCheck(ctx, rows[2].ID, "打印模糊"))
	p.ShowForm(d.checks(model.PersonalSelfCheck)[6])
	d.sees("作废", "王䶮", "1 份，共 6 份")
}

func TestFirstForms(t *testing.T) {
	d := newDesk(t)
	p := d.selfChecks()
	d.tap("生成自查表")
	d.sees("自查表属于一次专项行动。请先在“方案与进度”里新建一个")
	d.tap("知道了")
	d.staff("急诊科", "01", "张堃", "李喆")
	d.campaign(2026)
	p.Refresh()
	d.tap("生成自查表")
	d.sees("已生成 2 份个人自查表", "2 份，共 2 份")
	told := 0
	d.deps.OnSelfChecks = func() { told++ }
	d.show(NewSelfChecks(d.deps))
	d.scan(d.checks(model.PersonalSelfCheck)[0].FormNo)
	if told != 1 {
		t.Errorf("the frame was told %d times", told)
	}
}

// state lets a form come back with its first item answered 有.
func (d *desk) state(r selfCheck, particulars string) {
	d.t.Helper()
	item := must[model.Plan](d.t)(d.store.Plan(context.Background(), r.CampaignID)).Items[0]
	must[[]string](d.t)(d.store.RecordSelfCheck(context.Background(), r.ID, store.SelfCheckEntry{On: day.Date("2026-08-11"),
		Problems: []model.Problem{{ItemID: item.ID, Particulars: particulars}}}))
}

func TestFilterByProblems(t *testing.T) {
	d, p := smallChecks(t)
	rows := d.checks(model.PersonalSelfCheck)
	d.state(rows[1], "收受茶叶一盒")
	p.SetFilter(filterState, withProblems)
	d.sees("1 份，共 7 份", "李喆", "1 项")
	if q := p.filterOf(p.Query()); !q.WithProblems || q.State != "" || !slices.Equal(q.FormNos, nil) {
		t.Errorf("filters by %+v", q)
	}
}
