package campaign

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office/officetest"
)

// inDialog are the widgets of a type in the topmost dialog, in order.
func inDialog[T fyne.CanvasObject](d *desk) []T {
	var out []T
	officetest.Walk(d.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject, _ fyne.Position) {
		if x, ok := o.(T); ok {
			out = append(out, x)
		}
	})
	return out
}

func TestAProblemBecomesAFinding(t *testing.T) {
	d, p := smallChecks(t)
	told := 0
	p.deps.OnFindings = func() { told++ }
	row := d.checks(model.PersonalSelfCheck)[0]
	d.Scan(row.FormNo)
	d.Press(fyne.KeyF2) // it states a problem after all
	d.Sees("更正：张堃（急诊科 0100） "+row.FormNo, "各项均无问题")
	d.Press(fyne.KeyDown)
	d.Press(fyne.KeyReturn)
	d.Sees("有：严守诚信原则，不参与欺诈骗保")
	d.Tap("确定") // with nothing said
	d.Sees("请填写具体表现")
	d.Write(0, "虚记检查项目\n两次")
	inDialog[*kit.MoneyField](d)[0].SetFen(12000)
	inDialog[*kit.MoneyField](d)[1].SetFen(13000)
	d.Tap("确定")
	d.Sees("应在 0 和涉及金额之间")
	inDialog[*kit.MoneyField](d)[1].SetFen(12000)
	inDialog[*kit.PartialField](d)[0].SetPartial("2026-03")
	inDialog[*kit.DateField](d)[0].SetDate("2026-08-31")
	d.Picture("checks-particulars")
	d.Tap("确定")
	d.Sees("有问题 1 项，其余均无", "120.00", "虚记检查项目 两次", "2026-08-31")
	d.Picture("checks-fill-one")
	d.Tap("登记")
	found := d.findings()
	if len(found) != 1 {
		t.Fatalf("findings are %+v", found)
	}
	d.Sees("已登记，列入问题台账 1 项", found[0].FormNo)
	d.Tap("知道了")
	d.Sees("1 项")
	if f := found[0]; f.Origin != row.FormNo || f.DueOn != "2026-08-31" || strings.Contains(f.Problem, "虚记") || told != 1 {
		t.Errorf("the finding is %+v, the frame was told %d times", f.Finding, told)
	}
	got := must[[]model.Problem](t)(d.Store.Problems(context.Background(), row.ID))
	if len(got) != 1 || got[0].Particulars != "虚记检查项目\n两次" || got[0].HappenedOn != "2026-03" || got[0].HandedFen != 12000 {
		t.Errorf("the form states %+v", got)
	}
}

func TestCorrectingAForm(t *testing.T) {
	d, p := smallChecks(t)
	row := d.checks(model.PersonalSelfCheck)[0]
	d.state(row, "收受茶叶一盒")
	p.Refresh()
	p.SelectID(row.ID)
	d.Tap("更正…")
	d.Sees("有问题 1 项，其余均无", "收受茶叶一盒")
	d.Tap("改为无")
	d.Sees("各项均无问题")
	d.Escape()
	d.Sees("放弃修改？")
	d.Tap("继续填写")
	d.Tap("登记")
	d.Sees("已登记 张堃（急诊科 0100）")
	if r := d.checks(model.PersonalSelfCheck)[0]; r.Problems != 0 || r.State != model.Returned {
		t.Errorf("the form is %+v", r.SelfCheck)
	}
	if found := d.findings(); len(found) != 1 || found[0].State != model.Withdrawn {
		t.Errorf("findings are %+v", found)
	}
}

// A finding that is being mended keeps its problem on the form.
func TestCorrectionThatIsRefused(t *testing.T) {
	d, p := smallChecks(t)
	row := d.checks(model.PersonalSelfCheck)[0]
	d.state(row, "收受茶叶一盒")
	f := d.findings()[0].Finding
	f.Measure, f.DueOn = "上交", "2026-08-31"
	_, _, err := d.Store.SaveFinding(context.Background(), f)
	check(t, err)
	check(t, d.Store.BeginFinding(context.Background(), f.ID, d.Store.Today()))
	p.Refresh()
	p.SelectID(row.ID)
	d.Tap("更正…", "改为无", "登记")
	d.Sees("不能撤去")
	d.Tap("知道了")
	d.Sees("更正：") // nothing of what was typed is lost
	if r := d.checks(model.PersonalSelfCheck)[0]; r.Problems != 1 {
		t.Errorf("the form states %d problems", r.Problems)
	}
}

func TestAFormAfterThePhase(t *testing.T) {
	d, p := smallChecks(t)
	d.endPhase()
	p.Refresh()
	row := d.checks(model.PersonalSelfCheck)[0]
	p.SelectID(row.ID)
	d.Tap("填写…")
	d.Sees("自查阶段 2026-08-05 已结束，按补查登记")
	d.Tap("登记")
	d.Sees("晚于自查阶段")
	d.Tap("知道了")
	inDialog[*kit.Check](d)[0].SetChecked(true)
	d.Picture("checks-fill-late")
	d.Tap("登记")
	if r := d.checks(model.PersonalSelfCheck)[0]; !r.Late || r.State != model.Returned {
		t.Errorf("the form is %+v", r.SelfCheck)
	}
	d.Tap("更正…") // stays late
	d.Write(0, "")
	d.Tap("登记")
	if r := d.checks(model.PersonalSelfCheck)[0]; !r.Late {
		t.Error("a correction made a late form one in time")
	}
}

func TestADepartmentsForm(t *testing.T) {
	d, p := smallChecks(t)
	must[int](t)(d.Store.MakeSelfChecks(context.Background(), d.inHand.ID, model.DepartmentSelfCheck))
	p.ShowKind(model.DepartmentSelfCheck)
	row := d.checks(model.DepartmentSelfCheck)[0]
	p.SelectID(row.ID)
	d.Tap("填写…")
	d.SeesNot("自查项目")
	d.Write(1, "高值耗材出入库没有双人核对")
	d.Write(2, "情况属实")
	d.Tap("登记")
	d.Sees("已登记 急诊科")
	if r := d.checks(model.DepartmentSelfCheck)[0]; r.Gaps != "高值耗材出入库没有双人核对" || r.DepartmentOpinion != "情况属实" || r.State != model.Returned {
		t.Errorf("the form is %+v", r.SelfCheck)
	}
}
