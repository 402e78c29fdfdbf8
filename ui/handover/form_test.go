package handover

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office/officetest"
)

func TestANewHandover(t *testing.T) {
	d, p := ward(t)
	d.Sees("职工收到而没能退回的红包")
	d.TapLast("登记上交")
	d.fillForm("赵某")
	d.Sees("间隔 64 小时 40 分，超过规定的 24 小时", "￥3,600.00", "人民币叁仟陆佰元整")
	d.Tap("登记")
	d.Sees("已登记 HB-2026-00001-", "张堃", "现金 等 3 项", "3,600.00", "待处置")
	h := d.all()[0]
	if h.Person != "张堃" || h.Patient != "贾某某" || h.AdmissionNo != "ZY2026081120" || h.ReceivedAt != "2026-08-07 16:30" || h.HandedAt != "2026-08-10 09:10" ||
		h.Occasion != "当面未能退回" || h.ReceivedBy != "李某" || h.WitnessedBy != "赵某" || h.Keeper != "李某" || h.CoKeeper != "赵某" || h.AmountFen != 360000 || h.Receipt != "" {
		t.Errorf("stored %+v", h)
	}
	for i, want := range []struct {
		unit, basis string
		n           int
	}{{"张", "清点", 20}, {"张", "面值", 2}, {"件", "估价", 1}} {
		if e := d.whole(h.ID).Entries[i]; e.Unit != want.unit || e.Basis != want.basis || e.Quantity != want.n {
			t.Errorf("item %d is %+v", i+1, e)
		}
	}
	if r, ok := p.Table().Selected(); !ok || r.ID != h.ID {
		t.Error("the new handover is not selected")
	}
	if d.moved != 1 {
		t.Errorf("other pages were told %d times", d.moved)
	}
}

func TestRegisteringWithAReceiptShowsIt(t *testing.T) {
	d, p := ward(t)
	d.handed(func(h *model.Handover) { h.HandedAt, h.ReceivedAt = "2026-03-02", "2026-03-01" })
	scan := filepath.Join(t.TempDir(), "现场照片.pdf")
	check(t, os.WriteFile(scan, []byte("%PDF-1.4\n%%EOF"), 0o600))
	p.New()
	d.fillForm("赵某")
	d.TapLast("＋ 添加")
	d.PickFile(scan)
	d.Sees("现场照片.pdf")
	p.form.Save()
	d.Sees("同一送方", "HB-2026-00001-", "同一住院号")
	d.Tap("知道了")
	d.Sees("收据-HS-2026-00001-")
	d.Escape()
	h := d.all()[1]
	if h.Receipt == "" || h.Attachments != 1 {
		t.Errorf("stored %+v", h)
	}
	if r := d.whole(h.ID).Receipts[0]; r.PrintCount != 0 {
		t.Errorf("a receipt that was only looked at was printed %d times", r.PrintCount)
	}
}

func TestANamelessHandoverKeepsNobody(t *testing.T) {
	d, p := ward(t)
	p.New()
	d.fillForm("赵某")
	d.Tap(model.Anonymous)
	d.SeesNot("张堃")
	d.write("收受时间", "")
	d.Sees("收受时间不明，不能判断是否逾期")
	d.Tap("登记")
	d.Sees("已登记", model.Anonymous)
	h := d.all()[0]
	if !h.Anonymous || h.StaffID != 0 || h.DepartmentID != 0 || h.Timeliness != model.Unjudged {
		t.Errorf("stored %+v", h)
	}
	for _, l := range d.LinesAbout("登记") {
		if strings.Contains(l.Before+l.After+l.Label, "张堃") {
			t.Errorf("the trail says %+v", l)
		}
	}
}

func TestANamelessFormForgetsThePerson(t *testing.T) {
	d, p := ward(t)
	p.New()
	d.person("上交人", "张", "张堃")
	d.Tap(model.Anonymous, model.Named)
	d.SeesNot("张堃")
}

func TestWhatIsWrongStandsBelowItsField(t *testing.T) {
	d, p := ward(t)
	p.New()
	d.Tap("登记")
	d.Sees("请选择上交人", "请填写收受时间", "请选择情形", "请选择送方类别", "请填写财物", "请填写监交人")
	d.fillForm("赵某")
	all := d.items()
	all[0].amount.SetText("0")
	all[2].quantity.SetText("0")
	d.Tap("登记")
	d.Sees("第 1 项金额：应大于 0", "第 3 项数量：应为 1 到 1000000 的整数")
	all[0].amount.SetText("12.345")
	d.Tap("登记")
	d.Sees("第 1 项金额（元）：")
	all[0].amount.SetText("2000")
	all[2].quantity.SetText("1")
	d.write("上交时间", "2026-08-06 8:00")
	d.Tap("登记")
	d.Sees("不能晚于上交时间")
	d.write("上交时间", "2026-08-11 12:30")
	d.Tap("登记")
	d.Sees("在现在（2026-08-11 12:00）之后")
	if len(d.all()) != 0 {
		t.Error("something was stored")
	}
}

// That one person stands where two have to is told as soon as it is typed.
func TestTwoPeopleAreNeeded(t *testing.T) {
	d, p := ward(t)
	p.New()
	d.write("监交人", "李某")
	d.Sees("须与经手人不同")
	d.write("监交人", "赵某")
	d.SeesNot("须与经手人不同")
	d.write("共同保管人", "李某")
	d.Sees("须与保管人不同")
	d.write("共同保管人", "")
	d.SeesNot("须与保管人不同")
	d.write("监交人", "张堃")
	d.person("上交人", "张", "张堃")
	d.Sees("不能是上交人本人")
	d.fillForm("李某")
	d.Tap("登记")
	d.Sees("须与经手人不同")
	if len(d.all()) != 0 {
		t.Error("something was stored")
	}
}

func TestOnlyWhatBelongsToTheGiverIsKept(t *testing.T) {
	d, p := ward(t)
	p.New()
	d.fillForm("赵某")
	d.Tap("企业")
	d.SeesNot("住院号")
	d.Tap("登记")
	d.Sees("请选择企业")
	d.person("企业", "恒某医药", "按输入的填写")
	d.write("企业代表", "周某")
	d.Tap("登记")
	d.Sees("已登记")
	h := d.all()[0]
	if h.Company != "恒某医药" || h.Agent != "周某" || h.Patient != "" || h.AdmissionNo != "" || h.Bed != "" {
		t.Errorf("stored %+v", h)
	}
	p.New()
	d.Tap("企业")
	d.field("企业").(*kit.Picker).Tapped(nil)
	d.Sees("恒某医药")
}

func TestLinesOfItemsComeAndGo(t *testing.T) {
	d, p := ward(t)
	p.New()
	d.fillForm("赵某")
	d.TapLast("×")
	d.Sees("￥3,000.00")
	first := d.items()[0]
	first.category.Tapped(nil)
	d.Tap(string(model.Transfer))
	if first.unit.Text != "笔" || first.basis.Text != "转账记录" || first.quantity.Text != "20" {
		t.Errorf("after another category the line says %s %s %s", first.quantity.Text, first.unit.Text, first.basis.Text)
	}
	d.Tap("＋ 添加一项", "登记") // an empty line is no item
	if h := d.all()[0]; h.Items != 2 || h.AmountFen != 300000 {
		t.Errorf("stored %+v", h)
	}
}

func TestLeavingAFormAsks(t *testing.T) {
	d, p := ward(t)
	p.New()
	if p.Dirty() {
		t.Error("an untouched form is dirty")
	}
	d.item(model.Cash, "", "1", "100")
	left := false
	p.Leave(func() { left = true })
	d.Sees("放弃修改？")
	d.Tap("继续填写")
	if left || !p.Dirty() {
		t.Error("the form was left")
	}
	p.Show(ViewOpen)
	d.Tap("放弃修改")
	d.Sees("没有符合条件的记录")
	if p.Dirty() || p.form != nil {
		t.Error("the form is still there")
	}
}

func TestAKeyPressedTwiceOpensOneForm(t *testing.T) {
	d, p := ward(t)
	slow := kit.NewManual(officetest.Noon)
	t.Cleanup(kit.SetEnv(slow))
	p.New()
	p.New()
	slow.Step(0)
	first := p.form
	d.item(model.Cash, "", "1", "100")
	slow.Drain()
	if p.form != first || !p.Dirty() {
		t.Error("what was typed is gone")
	}
}

func TestPlacesUsedBeforeAreOffered(t *testing.T) {
	d, p := ward(t)
	d.handed(nil)
	p.New()
	if f := d.field("保管位置").(*kit.WordField); f.Text != "行风办保险柜 2 层" {
		t.Errorf("the place is %q", f.Text)
	}
	d.write("监交人", "")
	d.field("监交人").(*kit.WordField).TypedKey(keyDown)
	d.Tap("赵某")
	if f := d.field("监交人").(*kit.WordField); f.Text != "赵某" {
		t.Errorf("the witness is %q", f.Text)
	}
}

func TestChanging(t *testing.T) {
	d, p := ward(t)
	h := d.handed(nil)
	p.Refresh()
	p.SelectID(h.ID)
	d.Tap(moreLabel, editLabel)
	d.Tap("家属")
	d.write("送方姓名", "王某")
	d.write("监交人", "李某")
	d.Sees("须与经手人不同")
	d.write("监交人", "钱某")
	d.write("收受时间", "2026-08-09 16:30")
	d.Tap("保存")
	if h = d.handover(h.ID); h.Giver != model.FromFamily || h.GiverName != "王某" || h.Patient != "贾某某" || h.WitnessedBy != "钱某" || h.Timeliness != model.InTime {
		t.Errorf("stored %+v", h)
	}
	must[model.Receipt](t)(d.Store.IssueReceipt(t.Context(), h.ID))
	p.Refresh()
	d.Tap(moreLabel, editLabel)
	d.Sees("作废收据后才能改")
	d.write("床号", "13床")
	d.Tap("保存")
	if h = d.handover(h.ID); h.Bed != "13床" || h.Person != "张堃" {
		t.Errorf("stored %+v", h)
	}
}
