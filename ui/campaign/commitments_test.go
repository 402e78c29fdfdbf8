package campaign

import (
	"context"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/formno"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

func TestScanningAnywhereRecords(t *testing.T) {
	d, p := small(t)
	d.markPrinted()
	p.Refresh()
	rows := d.rows(model.PersonalCommitment)
	d.scan(rows[0].FormNo)
	d.sees("已登记 张堃（急诊科 0100），本次第 1 份", "已交回")
	d.scan(strings.ReplaceAll(strings.ToLower(rows[1].FormNo), "-", "")) // as some scanners type it
	d.sees("已登记 李喆（急诊科 0101），本次第 2 份")
	if got := d.counts(); got[model.Returned] != 2 || got[model.Printed] != 5 {
		t.Errorf("letters are %v", got)
	}
	if p.Query().Keyword != "" {
		t.Errorf("the scanned number is still searched for: %q", p.Query().Keyword)
	}
	d.scan("张堃") // typed, not scanned
	if p.Query().Keyword != "张堃" {
		t.Errorf("searches for %q", p.Query().Keyword)
	}
}

// wrongNumbers are numbers that must not be taken, with what tells why.
func wrongNumbers(t *testing.T, d *desk) map[string]string {
	ctx := context.Background()
	rows := d.rows(model.PersonalCommitment)
	must[[]store.ReturnResult](t)(d.store.ReturnCommitments(ctx, d.inHand.ID, []string{rows[0].FormNo}, d.store.Today()))
	check(t, d.store.VoidCommitment(ctx, rows[1].ID, "打印模糊"))
	now := d.inHand
	last := d.campaign(2025)
	must[int](t)(d.store.MakeCommitments(ctx, last.ID, model.PersonalCommitment))
	old := d.rows(model.PersonalCommitment)[0]
	d.inHand = now
	wrong := []byte(rows[2].FormNo)
	wrong[len(wrong)-1] = '0' + (wrong[len(wrong)-1]-'0'+1)%10
	return map[string]string{
		rows[0].FormNo: "已于 2026-08-11 登记交回，不重复登记",
		rows[1].FormNo: "已作废（打印模糊），请用新的承诺书",
		old.FormNo:     "属于“2025年医疗行业作风建设专项行动”，不是当前的专项行动",
		string(wrong):  "校验码不对",
		formno.No{Prefix: "CN", Year: 2026, Seq: 999}.String(): "找不到这份承诺书",
	}
}

func TestEachWrongNumberHasItsMessage(t *testing.T) {
	d, p := small(t)
	wrong := wrongNumbers(t, d)
	p.Refresh()
	before := d.counts()
	for no, message := range wrong {
		d.scan(no)
		d.sees(message)
		d.seesNot("本次第")
	}
	if after := d.counts(); after[model.Returned] != before[model.Returned] || after[model.Unprinted] != before[model.Unprinted] {
		t.Errorf("letters were %v, are %v", before, after)
	}
}

func TestNumbersOneAfterTheOther(t *testing.T) {
	d, p := small(t)
	wrong := wrongNumbers(t, d)
	p.Refresh()
	rows := d.rows(model.PersonalCommitment)
	d.menu("登记交回", "扫码或输入编号")
	d.sees("本次已登记 0 份")
	for _, no := range []string{rows[2].FormNo, rows[3].FormNo, "你好"} {
		d.scan(no)
	}
	for no := range wrong {
		d.scan(no)
	}
	d.sees("本次已登记 2 份，6 个编号没有登记", "赵犇", "阿依古丽·买买提", "“你好”不是表单编号")
	for _, message := range wrong {
		d.sees(message)
	}
	d.picture("record-by-number")
	d.tap("完成")
	if got := d.counts(); got[model.Returned] != 3 {
		t.Errorf("letters are %v", got)
	}
	d.sees(model.Percent(3, 7)) // whose letter is void still has to sign
}

func TestReturnOnAnotherDay(t *testing.T) {
	d, _ := small(t)
	rows := d.rows(model.PersonalCommitment)
	d.menu("登记交回", "扫码或输入编号")
	fields := d.fields()
	fields[1].(*kit.DateField).SetDate("2026-08-12")
	d.write(0, rows[0].FormNo)
	d.scan("")
	d.sees("在今天（2026-08-11）之后")
	d.tap("知道了")
	d.fields()[1].(*kit.DateField).SetDate("2026-08-05")
	d.write(0, rows[0].FormNo)
	d.scan("")
	d.sees("本次已登记 1 份")
	if r := d.rows(model.PersonalCommitment)[0]; r.ReturnedOn != "2026-08-05" {
		t.Errorf("returned on %q", r.ReturnedOn)
	}
}

func TestDepartmentButForThoseTicked(t *testing.T) {
	d, p := small(t)
	rows := d.rows(model.PersonalCommitment)
	// 赵犇's letter was never printed: nobody can have signed it.
	check(t, d.store.MarkPrinted(context.Background(), []int64{rows[0].ID, rows[1].ID, rows[2].ID, rows[4].ID}))
	p.Refresh()
	d.menu("登记交回", "按科室登记")
	d.sees("请选择科室")
	d.tap("请选择")
	d.tap("急诊科（4 份未签）")
	d.sees("将登记 3 份，除外 0 份", "张堃", "李喆", "王䶮")
	d.seesNot("赵犇")
	d.tickRow("李喆")
	d.sees("将登记 2 份，除外 1 份")
	d.picture("record-department")
	d.tapLast("登记交回")
	d.sees("已登记 2 份，1 份没有交回。请选择科室")
	d.tap("关闭")
	for i, want := range []model.PaperState{model.Returned, model.Printed, model.Returned, model.Unprinted, model.Printed} {
		if got := d.rows(model.PersonalCommitment)[i]; got.State != want {
			t.Errorf("%s is %s, want %s", got.Name, got.State, want)
		}
	}
}

func TestTickedRowsOfTheList(t *testing.T) {
	d, p := small(t)
	rows := d.rows(model.PersonalCommitment)
	must[[]store.ReturnResult](t)(d.store.ReturnCommitments(context.Background(), d.inHand.ID, []string{rows[1].FormNo}, d.store.Today()))
	p.Refresh()
	d.tickRow("张堃")
	d.tickRow("李喆")
	d.menu("登记交回", "登记选中的")
	d.sees("选中 2 份：张堃、李喆")
	d.tapLast("登记交回")
	d.sees("已登记 1 份，1 份没有登记", "李喆：承诺书 "+rows[1].FormNo+" 已于 2026-08-11 登记交回")
	d.tap("知道了")
	if got := d.counts(); got[model.Returned] != 2 {
		t.Errorf("letters are %v", got)
	}
}

func TestExcuseReopenAndVoid(t *testing.T) {
	d, p := small(t)
	row := d.rows(model.PersonalCommitment)[0]
	again := func() letter { return d.rows(model.PersonalCommitment)[0] }
	p.SelectID(row.ID)
	d.tap("免签…")
	d.tap("登记免签")
	d.sees("原因")
	d.write(0, "产假")
	d.write(1, "20261008")
	d.picture("excuse")
	d.tap("登记免签")
	d.sees("张堃 已登记免签", "产假，至 2026-10-08")
	if r := again(); r.State != model.Excused || r.ExcusedUntil != "2026-10-08" {
		t.Fatalf("the letter is %+v", r.Commitment)
	}
	d.tap("撤销登记…")
	d.write(0, "登记错了人")
	d.tap("撤销登记")
	if r := again(); r.State != model.Unprinted {
		t.Fatalf("the letter is %+v", r.Commitment)
	}
	lines := must[[]model.AuditLine](t)(d.store.AuditLines(context.Background(), "承诺书", row.ID, 1))
	if lines[0].Action != "撤销登记" || !strings.Contains(lines[0].After, "登记错了人") {
		t.Errorf("the audit line says %q", lines[0].Action)
	}

	d.tap("作废…")
	d.tap("作废") // without a reason
	if r := again(); r.State != model.Unprinted {
		t.Fatal("voided without a reason")
	}
	d.write(0, "打印模糊")
	d.picture("void")
	d.tap("作废")
	d.sees("要为 张堃（急诊科 0100） 生成新的承诺书吗？")
	d.picture("void-offer")
	d.tap("生成新的")
	d.sees("已为 张堃 生成新的承诺书 CN-2026-00008-")
	all := d.rows(model.PersonalCommitment)
	if len(all) != 8 || all[7].State != model.Voided || all[7].VoidReason != "打印模糊" || all[6].StaffID != row.StaffID {
		t.Errorf("letters are %+v", all)
	}
}

func TestNewcomersAreOffered(t *testing.T) {
	d, p := small(t)
	d.seesNot("还没有承诺书")
	d.staff("骨伤二科", "03", "孙𣲗", "胡𫖮", "朱𬭎")
	p.Refresh()
	d.sees("有 3 名职工还没有承诺书，")
	d.picture("newcomers")
	d.tap("现在生成")
	d.sees("已生成 3 份个人承诺书", "共 10 份")
	d.seesNot("还没有承诺书，")
}

func TestFirstLetters(t *testing.T) {
	d := newDesk(t)
	p := d.letters()
	d.picture("empty")
	d.tap("生成承诺书")
	d.sees("请先在“方案与进度”里新建一个")
	d.tap("知道了")
	d.staff("急诊科", "01", "张堃", "李喆")
	d.campaign(2026)
	p.Refresh()
	d.tap("生成承诺书")
	d.sees("已生成 2 份个人承诺书", "2 份，共 2 份")
}

func TestSupplierLetter(t *testing.T) {
	d, _ := small(t)
	d.menu("更多", "新增供应商承诺书…")
	d.write(0, "某某医疗器械有限公司")
	d.write(1, "91330100MA27XXXX0A")
	d.tap("新增")
	d.sees("统一社会信用代码")
	if len(d.rows(model.SupplierCommitment)) != 0 {
		t.Fatal("a letter with a wrong code was made")
	}
	d.picture("supplier")
	d.fields()[1].(*kit.Entry).SetText("")
	d.write(2, "孙𣲗")
	d.tap("新增")
	d.sees("供应商廉洁供货承诺书", "某某医疗器械有限公司", "CG-2026-00001-")
	rows := d.rows(model.SupplierCommitment)
	if len(rows) != 1 || rows[0].PartyPerson != "孙𣲗" {
		t.Errorf("letters are %+v", rows)
	}
}

func TestDoors(t *testing.T) {
	d, p := small(t)
	must[[]store.ReturnResult](t)(d.store.ReturnCommitments(context.Background(), d.inHand.ID, []string{d.rows(model.PersonalCommitment)[0].FormNo}, d.store.Today()))
	p.ShowMissing(model.PersonalCommitment, d.department("急诊科"))
	d.sees("3 份，共 7 份", "李喆")
	d.seesNot("张堃")
	p.ShowKind(model.DepartmentCommitment)
	d.sees("科室廉洁从业承诺书", "有 2 个科室还没有承诺书，")
	p.ShowKind(model.PersonalCommitment)
	d.sees("个人廉洁从业承诺书", "7 份，共 7 份", model.Percent(1, 7))
}

func TestAnotherCampaign(t *testing.T) {
	d, p := small(t)
	d.scan(d.rows(model.PersonalCommitment)[0].FormNo)
	d.tickRow("李喆")
	d.campaign(2027)
	p.Refresh()
	if n := len(p.Table().Ticked()); n != 0 {
		t.Errorf("%d rows of the other campaign are ticked", n)
	}
	must[int](t)(d.store.MakeCommitments(context.Background(), d.inHand.ID, model.PersonalCommitment))
	p.Refresh()
	d.scan(d.rows(model.PersonalCommitment)[0].FormNo)
	d.sees("本次第 1 份")
}
