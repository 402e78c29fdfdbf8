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
	"qingfeng/ui/office/officetest"
)

// smallChecks is the small hospital with its self-check forms made and
// printed, and the page on it.
func smallChecks(t *testing.T) (*desk, *SelfChecksPage) {
	d := newDesk(t)
	d.Staff("急诊科", "01", "张堃", "李喆", "王䶮", "赵犇")
	d.Staff("麻醉手术科", "02", "阿依古丽·买买提", "徐𬱖", "刘赟")
	d.campaign(2026)
	must[int](t)(d.Store.MakeSelfChecks(context.Background(), d.inHand.ID, model.PersonalSelfCheck))
	var ids []int64
	for _, r := range d.checks(model.PersonalSelfCheck) {
		ids = append(ids, r.ID)
	}
	check(t, d.Store.MarkSelfChecksPrinted(context.Background(), ids))
	return d, d.selfChecks()
}

func (d *desk) selfChecks() *SelfChecksPage {
	p := NewSelfChecks(d.deps)
	d.Show(p)
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

// A scanner is heard whatever was touched last, and whatever stands in the
// field of the search.
func TestScansAreNotSwallowed(t *testing.T) {
	d, p := smallChecks(t)
	rows := d.checks(model.PersonalSelfCheck)
	for i, touch := range []func(){
		func() { p.SetKeyword("张") },
		func() { p.SetKeyword("ZC-2026-0000"); d.Press(fyne.KeyEnd) },
		func() { d.focusOn(p.line.scans) },
		func() { d.focusOn(choices(d)[0]) },
		func() { // two numbers: neither is taken, and the field is empty
			p.SetKeyword(rows[5].FormNo)
			d.Scan(rows[4].FormNo)
			d.Sees("没有登记，请重扫")
			if n := d.states()[model.Returned]; n != 4 {
				t.Errorf("%d forms are back", n)
			}
		},
	} {
		touch()
		d.Scan(rows[i].FormNo)
		if n := d.states()[model.Returned]; n != i+1 {
			t.Errorf("after %d scans %d forms are back", i+1, n)
		}
	}
}

// After a number that was not taken, F2 must not open the form before it.
func TestTheFormOfAMisreadNumber(t *testing.T) {
	d, _ := smallChecks(t)
	rows := d.checks(model.PersonalSelfCheck)
	d.Scan(rows[0].FormNo)
	d.Scan("ZC-2026-00002-00")
	d.Press(fyne.KeyF2)
	d.Sees("编号的校验码不对")
	d.SeesNot("更正：")
	d.Tap("知道了")
	d.Scan(rows[0].FormNo) // already back, but this is the sheet at hand
	d.Press(fyne.KeyF2)
	d.Sees("更正：张堃")
}

// focusOn gives a widget the focus as a click does.
func (d *desk) focusOn(f fyne.Focusable) { d.Win.Canvas().Focus(f) }

// choices are the filters of the page.
func choices(d *desk) []*kit.Choice {
	var out []*kit.Choice
	officetest.Walk(d.Win.Content(), func(o fyne.CanvasObject, _ fyne.Position) {
		if c, ok := o.(*kit.Choice); ok {
			out = append(out, c)
		}
	})
	return out
}

// endPhase lets the phase of self-checks end before today.
func (d *desk) endPhase() {
	d.T.Helper()
	for _, ph := range must[model.Plan](d.T)(d.Store.Plan(context.Background(), d.inHand.ID)).Phases {
		if ph.Kind == model.SelfCheckPhase {
			ph.EndsOn = "2026-08-05"
			must[int64](d.T)(d.Store.SavePart(context.Background(), ph))
		}
	}
}

func TestScanningFormsWithoutProblems(t *testing.T) {
	d, p := smallChecks(t)
	rows := d.checks(model.PersonalSelfCheck)
	d.Scan(rows[0].FormNo)
	d.Sees("已登记 张堃（急诊科 0100） 无问题，本次第 1 份。有问题按 F2 打开", "已交回", model.Percent(1, 7))
	d.Scan(rows[1].FormNo)
	d.Sees("已登记 李喆（急诊科 0101） 无问题，本次第 2 份")
	if got := d.states(); got[model.Returned] != 2 || got[model.Printed] != 5 {
		t.Errorf("forms are %v", got)
	}
	d.Scan("张堃") // typed, not scanned
	if p.Query().Keyword != "张堃" {
		t.Errorf("searches for %q", p.Query().Keyword)
	}
}

func TestEachNumberThatIsNoFormHasItsMessage(t *testing.T) {
	d, p := smallChecks(t)
	ctx := context.Background()
	rows := d.checks(model.PersonalSelfCheck)
	must[int](t)(d.Store.MakeCommitments(ctx, d.inHand.ID, model.PersonalCommitment))
	letter := d.rows(model.PersonalCommitment)[0]
	must[[]store.SelfCheckResult](t)(d.Store.ReturnSelfChecks(ctx, d.inHand.ID, []string{rows[0].FormNo}, d.Store.Today(), false))
	check(t, d.Store.VoidSelfCheck(ctx, rows[1].ID, "打印模糊"))
	check(t, d.Store.Leave(ctx, rows[3].StaffID, "2026-08-01", "辞职"))
	now := d.inHand
	d.campaign(2025)
	must[int](t)(d.Store.MakeSelfChecks(ctx, d.inHand.ID, model.PersonalSelfCheck))
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
		d.Scan(no)
		d.Sees(message)
		d.SeesNot("本次第")
	}
	// The same numbers, one after the other in the dialog.
	d.Menu("登记", "扫码或输入编号")
	d.Sees("登记交回（无问题）")
	d.Scan(old.FormNo)
	d.Scan(letter.FormNo)
	d.Scan(rows[2].FormNo)
	d.Sees("本次已登记 1 份，2 个编号没有登记", "王䶮", "属于“2025年")
	d.Tap("完成")
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
	must[int](t)(d.Store.MakeSelfChecks(context.Background(), d.inHand.ID, model.PersonalSelfCheck))
	old := d.checks(model.PersonalSelfCheck)[0]
	d.inHand, _ = d.Store.Campaign(context.Background(), rows[0].CampaignID)
	p.Refresh()
	p.line.scans.SetValue(scanProblems)
	d.Scan(old.FormNo)
	d.Sees("不是当前的专项行动")
	d.Tap("知道了")
	d.Scan(rows[2].FormNo)
	d.Sees("填写：王䶮（急诊科 0102） "+rows[2].FormNo, "各项均无问题")
	if got := d.states(); got[model.Returned] != 0 {
		t.Errorf("forms are %v", got)
	}
	d.Escape()
	d.SeesNot("填写：")
	check(t, d.Store.VoidSelfCheck(context.Background(), rows[2].ID, "打印模糊"))
	d.Scan(rows[2].FormNo)
	d.Sees("已作废（打印模糊），请用新的自查表")
}

func TestAfterThePhase(t *testing.T) {
	d, p := smallChecks(t)
	rows := d.checks(model.PersonalSelfCheck)
	d.SeesNot("按补查登记")
	d.endPhase()
	p.Refresh()
	d.Sees("自查阶段 2026-08-05 已结束", "按补查登记")
	d.Picture("checks-over")
	d.Scan(rows[0].FormNo)
	d.Sees("晚于自查阶段")
	if got := d.states(); got[model.Returned] != 0 {
		t.Fatalf("forms are %v", got)
	}
	d.Tap("按补查登记")
	d.Sees("正在按补查登记")
	d.Picture("checks-late")
	d.Scan(rows[0].FormNo)
	d.Sees("已登记 张堃（急诊科 0100） 无问题，本次第 1 份", "补查")
	if r := d.checks(model.PersonalSelfCheck)[0]; !r.Late || r.State != model.Returned {
		t.Errorf("the form is %+v", r.SelfCheck)
	}
	p.SetFilter(filterState, afterPhase)
	d.Sees("1 份，共 7 份")
	p.SetFilter(filterState, "")
	p.Hidden() // another page
	p.Shown()
	d.Scan(rows[1].FormNo)
	d.Sees("晚于自查阶段", "按补查登记")
	d.Tap("按补查登记")
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
	must[[]store.SelfCheckResult](t)(d.Store.ReturnSelfChecks(ctx, d.inHand.ID, []string{rows[3].FormNo}, d.Store.Today(), false))
	check(t, d.Store.SendBackSelfCheck(ctx, rows[3].ID, "照抄他人"))
	p.Refresh()
	d.Menu("登记", "按科室登记")
	d.Tap("请选择")
	d.Tap("急诊科（4 份未查）")
	d.Sees("将登记 3 份，除外 0 份", "张堃", "李喆", "王䶮")
	d.SeesNot("赵犇") // has to be looked at, not taken with the others
	d.TickRow("李喆")
	d.Picture("checks-by-department")
	d.TapLast("登记交回")
	d.Sees("已登记 2 份，1 份没有交回。请选择科室")
	d.Tap("关闭")
	for i, want := range []model.PaperState{model.Returned, model.Printed, model.Returned, model.SentBack} {
		if got := d.checks(model.PersonalSelfCheck)[i]; got.State != want {
			t.Errorf("%s is %s, want %s", got.Name, got.State, want)
		}
	}
}

func TestTickedForms(t *testing.T) {
	d, _ := smallChecks(t)
	d.TickRow("张堃")
	d.TickRow("李喆")
	d.Menu("登记", "登记选中的")
	d.Sees("登记交回（无问题）：选中的自查表", "选中 2 份：张堃、李喆")
	d.TapLast("登记交回")
	d.Sees("已登记 2 份")
	if got := d.states(); got[model.Returned] != 2 {
		t.Errorf("forms are %v", got)
	}
}

func TestSendBackExcuseReopenAndVoidForms(t *testing.T) {
	d, p := smallChecks(t)
	row := d.checks(model.PersonalSelfCheck)[0]
	again := func() selfCheck { return d.checks(model.PersonalSelfCheck)[0] }
	p.SelectID(row.ID)
	d.Tap("登记无问题")
	d.Tap("退回补课…")
	d.Tap("退回补课") // without a reason
	if r := again(); r.State != model.Returned {
		t.Fatal("sent back without a reason")
	}
	d.Write(0, "照抄他人")
	d.Tap("退回补课")
	d.Sees("张堃 的自查表已退回补课", "照抄他人")
	if r := again(); r.State != model.SentBack {
		t.Fatalf("the form is %s", r.State)
	}
	d.Tap("免查…")
	d.Write(0, "产假")
	d.Tap("登记免查")
	d.Sees("张堃 已登记免查", "产假")
	d.Tap("撤销登记…")
	d.Write(0, "登记错了人")
	d.Tap("撤销登记")
	if r := again(); r.State != model.SentBack {
		t.Fatalf("the form is %s", r.State)
	}
	d.Tap("作废…")
	d.Write(0, "打印模糊")
	d.Tap("作废")
	d.Sees("要为 张堃（急诊科 0100） 生成新的自查表吗？")
	d.Tap("生成新的")
	d.Sees("已为 张堃 生成新的自查表 ZC-2026-00008-")
}

func TestOpinionsOfAForm(t *testing.T) {
	d, p := smallChecks(t)
	row := d.checks(model.PersonalSelfCheck)[0]
	p.SelectID(row.ID)
	d.Tap("登记无问题")
	d.Tap("意见…")
	d.Write(0, "情况属实")
	d.Write(1, "20260812") // tomorrow
	d.Tap("保存")
	d.Sees("2026-08-12")
	d.Tap("知道了")
	d.Fields()[1].(*kit.DateField).SetDate("2026-08-11")
	d.Tap("保存")
	d.Sees("已保存 张堃 自查表的意见")
	if r := d.checks(model.PersonalSelfCheck)[0]; r.DepartmentOpinion != "情况属实" || r.DepartmentOpinionOn != "2026-08-11" {
		t.Errorf("the form is %+v", r.SelfCheck)
	}
}

func TestDoorsToForms(t *testing.T) {
	d, p := smallChecks(t)
	ctx := context.Background()
	rows := d.checks(model.PersonalSelfCheck)
	head := must[store.StaffRow](t)(d.Store.StaffMember(ctx, rows[1].StaffID)).Staff
	head.Position = "科主任"
	must[int64](t)(d.Store.SaveStaff(ctx, head))
	d.Scan(rows[0].FormNo)
	p.ShowPriorityMissing()
	d.Sees("1 份，共 7 份", "李喆", priorityLabel)
	d.SeesNot("王䶮")
	p.ShowMissing(model.PersonalSelfCheck, d.Department("急诊科"))
	d.Sees("3 份，共 7 份")
	p.ShowKind(model.DepartmentSelfCheck)
	d.Sees("科室自查表", "2 个科室没有自查表")
	d.SeesNot(priorityLabel)
	d.Tap("生成")
	d.Sees("已生成 2 份科室自查表", "2 份，共 2 份")
	check(t, d.Store.VoidSelfCheck(ctx, rows[2].ID, "打印模糊"))
	p.ShowForm(d.checks(model.PersonalSelfCheck)[6])
	d.Sees("作废", "王䶮", "1 份，共 6 份")
}

func TestFirstForms(t *testing.T) {
	d := newDesk(t)
	p := d.selfChecks()
	d.Tap("生成自查表")
	d.Sees("自查表属于一次专项行动。请先在“方案与进度”里新建一个")
	d.Tap("知道了")
	d.Staff("急诊科", "01", "张堃", "李喆")
	d.campaign(2026)
	p.Refresh()
	d.Tap("生成自查表")
	d.Sees("已生成 2 份个人自查表", "2 份，共 2 份")
	told := 0
	d.deps.OnSelfChecks = func() { told++ }
	d.Show(NewSelfChecks(d.deps))
	d.Scan(d.checks(model.PersonalSelfCheck)[0].FormNo)
	if told != 1 {
		t.Errorf("the frame was told %d times", told)
	}
}

// state lets a form come back with its first item answered 有.
func (d *desk) state(r selfCheck, particulars string) {
	d.T.Helper()
	item := must[model.Plan](d.T)(d.Store.Plan(context.Background(), r.CampaignID)).Items[0]
	must[[]string](d.T)(d.Store.RecordSelfCheck(context.Background(), r.ID, store.SelfCheckEntry{On: day.Date("2026-08-11"),
		Problems: []model.Problem{{ItemID: item.ID, Particulars: particulars}}}))
}

func TestFilterByProblems(t *testing.T) {
	d, p := smallChecks(t)
	rows := d.checks(model.PersonalSelfCheck)
	d.state(rows[1], "收受茶叶一盒")
	p.SetFilter(filterState, withProblems)
	d.Sees("1 份，共 7 份", "李喆", "1 项")
	if q := p.filterOf(p.Query()); !q.WithProblems || q.State != "" || !slices.Equal(q.FormNos, nil) {
		t.Errorf("filters by %+v", q)
	}
}
