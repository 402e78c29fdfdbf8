package campaign

import (
	"bytes"
	"context"
	"image"
	"image/png"
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
	d.Scan(rows[0].FormNo)
	d.Sees("已登记 张堃（急诊科 0100），本次第 1 份", "已交回")
	d.Scan(strings.ReplaceAll(strings.ToLower(rows[1].FormNo), "-", "")) // as some scanners type it
	d.Sees("已登记 李喆（急诊科 0101），本次第 2 份")
	if got := d.counts(); got[model.Returned] != 2 || got[model.Printed] != 5 {
		t.Errorf("letters are %v", got)
	}
	if p.Query().Keyword != "" {
		t.Errorf("the scanned number is still searched for: %q", p.Query().Keyword)
	}
	d.Scan("张堃") // typed, not scanned
	if p.Query().Keyword != "张堃" {
		t.Errorf("searches for %q", p.Query().Keyword)
	}
}

// wrongNumbers are numbers that must not be taken, with what tells why.
func wrongNumbers(t *testing.T, d *desk) map[string]string {
	ctx := context.Background()
	rows := d.rows(model.PersonalCommitment)
	must[[]store.ReturnResult](t)(d.Store.ReturnCommitments(ctx, d.inHand.ID, []string{rows[0].FormNo}, d.Store.Today()))
	check(t, d.Store.VoidCommitment(ctx, rows[1].ID, "打印模糊"))
	now := d.inHand
	last := d.campaign(2025)
	must[int](t)(d.Store.MakeCommitments(ctx, last.ID, model.PersonalCommitment))
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
		d.Scan(no)
		d.Sees(message)
		d.SeesNot("本次第")
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
	d.Menu("登记交回", "扫码或输入编号")
	d.Sees("本次已登记 0 份")
	for _, no := range []string{rows[2].FormNo, rows[3].FormNo, "你好"} {
		d.Scan(no)
	}
	for no := range wrong {
		d.Scan(no)
	}
	d.Sees("本次已登记 2 份，6 个编号没有登记", "赵犇", "阿依古丽·买买提", "“你好”不是表单编号")
	for _, message := range wrong {
		d.Sees(message)
	}
	d.Picture("record-by-number")
	d.Tap("完成")
	if got := d.counts(); got[model.Returned] != 3 {
		t.Errorf("letters are %v", got)
	}
	d.Sees(model.Percent(3, 7)) // whose letter is void still has to sign
}

func TestReturnOnAnotherDay(t *testing.T) {
	d, _ := small(t)
	rows := d.rows(model.PersonalCommitment)
	d.Menu("登记交回", "扫码或输入编号")
	fields := d.Fields()
	fields[1].(*kit.DateField).SetDate("2026-08-12")
	d.Write(0, rows[0].FormNo)
	d.Scan("")
	d.Sees("在今天（2026-08-11）之后")
	d.Tap("知道了")
	d.Fields()[1].(*kit.DateField).SetDate("2026-08-05")
	d.Write(0, rows[0].FormNo)
	d.Scan("")
	d.Sees("本次已登记 1 份")
	if r := d.rows(model.PersonalCommitment)[0]; r.ReturnedOn != "2026-08-05" {
		t.Errorf("returned on %q", r.ReturnedOn)
	}
}

func TestDepartmentButForThoseTicked(t *testing.T) {
	d, p := small(t)
	rows := d.rows(model.PersonalCommitment)
	// 赵犇's letter was never printed: nobody can have signed it.
	check(t, d.Store.MarkPrinted(context.Background(), []int64{rows[0].ID, rows[1].ID, rows[2].ID, rows[4].ID}))
	p.Refresh()
	d.Menu("登记交回", "按科室登记")
	d.Sees("请选择科室")
	d.Tap("请选择")
	d.Tap("急诊科（4 份未签）")
	d.Sees("将登记 3 份，除外 0 份", "张堃", "李喆", "王䶮")
	d.SeesNot("赵犇")
	d.TickRow("李喆")
	d.Sees("将登记 2 份，除外 1 份")
	d.Picture("record-department")
	d.TapLast("登记交回")
	d.Sees("已登记 2 份，1 份没有交回。请选择科室")
	d.Tap("关闭")
	for i, want := range []model.PaperState{model.Returned, model.Printed, model.Returned, model.Unprinted, model.Printed} {
		if got := d.rows(model.PersonalCommitment)[i]; got.State != want {
			t.Errorf("%s is %s, want %s", got.Name, got.State, want)
		}
	}
}

func TestTickedRowsOfTheList(t *testing.T) {
	d, p := small(t)
	rows := d.rows(model.PersonalCommitment)
	must[[]store.ReturnResult](t)(d.Store.ReturnCommitments(context.Background(), d.inHand.ID, []string{rows[1].FormNo}, d.Store.Today()))
	p.Refresh()
	d.TickRow("张堃")
	d.TickRow("李喆")
	d.Menu("登记交回", "登记选中的")
	d.Sees("选中 2 份：张堃、李喆")
	d.TapLast("登记交回")
	d.Sees("已登记 1 份，1 份没有登记", "李喆：承诺书 "+rows[1].FormNo+" 已于 2026-08-11 登记交回")
	d.Tap("知道了")
	if got := d.counts(); got[model.Returned] != 2 {
		t.Errorf("letters are %v", got)
	}
}

func TestExcuseReopenAndVoid(t *testing.T) {
	d, p := small(t)
	row := d.rows(model.PersonalCommitment)[0]
	again := func() letter { return d.rows(model.PersonalCommitment)[0] }
	p.SelectID(row.ID)
	d.Tap("免签…")
	d.Tap("登记免签")
	d.Sees("原因")
	d.Write(0, "产假")
	d.Write(1, "20261008")
	d.Picture("excuse")
	d.Tap("登记免签")
	d.Sees("张堃 已登记免签", "产假，至 2026-10-08")
	if r := again(); r.State != model.Excused || r.ExcusedUntil != "2026-10-08" {
		t.Fatalf("the letter is %+v", r.Commitment)
	}
	d.Tap("撤销登记…")
	d.Write(0, "登记错了人")
	d.Tap("撤销登记")
	if r := again(); r.State != model.Unprinted {
		t.Fatalf("the letter is %+v", r.Commitment)
	}
	lines := must[[]model.AuditLine](t)(d.Store.AuditLines(context.Background(), "承诺书", row.ID, 1))
	if lines[0].Action != "撤销登记" || !strings.Contains(lines[0].After, "登记错了人") {
		t.Errorf("the audit line says %q", lines[0].Action)
	}

	d.Tap("作废…")
	d.Tap("作废") // without a reason
	if r := again(); r.State != model.Unprinted {
		t.Fatal("voided without a reason")
	}
	d.Write(0, "打印模糊")
	d.Picture("void")
	d.Tap("作废")
	d.Sees("要为 张堃（急诊科 0100） 生成新的承诺书吗？")
	d.Picture("void-offer")
	d.Tap("生成新的")
	d.Sees("已为 张堃 生成新的承诺书 CN-2026-00008-")
	all := d.rows(model.PersonalCommitment)
	if len(all) != 8 || all[7].State != model.Voided || all[7].VoidReason != "打印模糊" || all[6].StaffID != row.StaffID {
		t.Errorf("letters are %+v", all)
	}
}

func TestNewcomersAreOffered(t *testing.T) {
	d, p := small(t)
	d.SeesNot("还没有承诺书")
	d.Staff("骨伤二科", "03", "孙𣲗", "胡𫖮", "朱𬭎")
	p.Refresh()
	d.Sees("有 3 名职工还没有承诺书，")
	d.Picture("newcomers")
	d.Tap("现在生成")
	d.Sees("已生成 3 份个人承诺书", "共 10 份")
	d.SeesNot("还没有承诺书，")
}

func TestFirstLetters(t *testing.T) {
	d := newDesk(t)
	p := d.letters()
	d.Picture("empty")
	d.Tap("生成承诺书")
	d.Sees("请先在“方案与进度”里新建一个")
	d.Tap("知道了")
	d.Staff("急诊科", "01", "张堃", "李喆")
	d.campaign(2026)
	p.Refresh()
	d.Tap("生成承诺书")
	d.Sees("已生成 2 份个人承诺书", "2 份，共 2 份")
}

func TestSupplierLetter(t *testing.T) {
	d, _ := small(t)
	d.Menu("更多", "新增供应商承诺书…")
	d.Write(0, "某某医疗器械有限公司")
	d.Write(1, "91330100MA27XXXX0A")
	d.Tap("新增")
	d.Sees("统一社会信用代码")
	if len(d.rows(model.SupplierCommitment)) != 0 {
		t.Fatal("a letter with a wrong code was made")
	}
	d.Picture("supplier")
	d.Fields()[1].(*kit.Entry).SetText("")
	d.Write(2, "孙𣲗")
	d.Tap("新增")
	d.Sees("供应商廉洁供货承诺书", "某某医疗器械有限公司", "CG-2026-00001-")
	rows := d.rows(model.SupplierCommitment)
	if len(rows) != 1 || rows[0].PartyPerson != "孙𣲗" {
		t.Errorf("letters are %+v", rows)
	}
}

func TestDoors(t *testing.T) {
	d, p := small(t)
	must[[]store.ReturnResult](t)(d.Store.ReturnCommitments(context.Background(), d.inHand.ID, []string{d.rows(model.PersonalCommitment)[0].FormNo}, d.Store.Today()))
	p.ShowMissing(model.PersonalCommitment, d.Department("急诊科"))
	d.Sees("3 份，共 7 份", "李喆")
	d.SeesNot("张堃")
	p.ShowKind(model.DepartmentCommitment)
	d.Sees("科室廉洁从业承诺书", "有 2 个科室还没有承诺书，")
	p.ShowKind(model.PersonalCommitment)
	d.Sees("个人廉洁从业承诺书", "7 份，共 7 份", model.Percent(1, 7))
}

func TestAnotherCampaign(t *testing.T) {
	d, p := small(t)
	d.Scan(d.rows(model.PersonalCommitment)[0].FormNo)
	d.TickRow("李喆")
	d.campaign(2027)
	p.Refresh()
	if n := len(p.Table().Ticked()); n != 0 {
		t.Errorf("%d rows of the other campaign are ticked", n)
	}
	must[int](t)(d.Store.MakeCommitments(context.Background(), d.inHand.ID, model.PersonalCommitment))
	p.Refresh()
	d.Scan(d.rows(model.PersonalCommitment)[0].FormNo)
	d.Sees("本次第 1 份")
}

func TestScansOfALetter(t *testing.T) {
	d, p := small(t)
	row := d.rows(model.PersonalCommitment)[0]
	var photo bytes.Buffer
	check(t, png.Encode(&photo, image.NewGray(image.Rect(0, 0, 60, 30))))
	must[int64](t)(d.Store.Attach(context.Background(), letterRecord, row.ID, "照片.png", &photo))
	p.SelectID(row.ID)
	d.Sees("扫描件 1")
	d.Tap("扫描件…")
	d.Sees("扫描件：张堃（急诊科 0100）", row.FormNo+" · 未打印", "照片.png")
	d.Tap("作废…")
	d.Write(0, "照得不清楚")
	d.Tap("作废")
	d.Escape()
	d.SeesNot("扫描件 1")
}
