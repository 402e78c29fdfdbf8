package campaign

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

// inDialog are the widgets of a type in the topmost dialog, in order.
func inDialog[T fyne.CanvasObject](d *desk) []T {
	var out []T
	walk(d.win.Canvas().Overlays().Top(), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
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
	d.scan(row.FormNo)
	d.press(fyne.KeyF2) // it states a problem after all
	d.sees("更正：张堃（急诊科 0100） "+row.FormNo, "各项均无问题")
	d.press(fyne.KeyDown)
	d.press(fyne.KeyReturn)
	d.sees("有：严守诚信原则，不参与欺诈骗保")
	d.tap("确定") // with nothing said
	d.sees("请填写具体表现")
	d.write(0, "虚记检查项目\n两次")
	inDialog[*kit.MoneyField](d)[0].SetFen(12000)
	inDialog[*kit.MoneyField](d)[1].SetFen(13000)
	d.tap("确定")
	d.sees("应在 0 和涉及金额之间")
	inDialog[*kit.MoneyField](d)[1].SetFen(12000)
	inDialog[*kit.PartialField](d)[0].SetPartial("2026-03")
	inDialog[*kit.DateField](d)[0].SetDate("2026-08-31")
	d.picture("checks-particulars")
	d.tap("确定")
	d.sees("有问题 1 项，其余均无", "120.00", "虚记检查项目 两次", "2026-08-31")
	d.picture("checks-fill-one")
	d.tap("登记")
	found := d.findings()
	if len(found) != 1 {
		t.Fatalf("findings are %+v", found)
	}
	d.sees("已登记，列入问题台账 1 项", found[0].FormNo)
	d.tap("知道了")
	d.sees("1 项")
	if f := found[0]; f.Origin != row.FormNo || f.DueOn != "2026-08-31" || strings.Contains(f.Problem, "虚记") || told != 1 {
		t.Errorf("the finding is %+v, the frame was told %d times", f.Finding, told)
	}
	got := must[[]model.Problem](t)(d.store.Problems(context.Background(), row.ID))
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
	d.tap("更正…")
	d.sees("有问题 1 项，其余均无", "收受茶叶一盒")
	d.tap("改为无")
	d.sees("各项均无问题")
	d.escape()
	d.sees("放弃修改？")
	d.tap("继续填写")
	d.tap("登记")
	d.sees("已登记 张堃（急诊科 0100）")
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
	_, _, err := d.store.SaveFinding(context.Background(), f)
	check(t, err)
	check(t, d.store.BeginFinding(context.Background(), f.ID, d.store.Today()))
	p.Refresh()
	p.SelectID(row.ID)
	d.tap("更正…", "改为无", "登记")
	d.sees("不能撤去")
	d.tap("知道了")
	d.sees("更正：") // nothing of what was typed is lost
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
	d.tap("填写…")
	d.sees("自查阶段 2026-08-05 已结束，按补查登记")
	d.tap("登记")
	d.sees("晚于自查阶段")
	d.tap("知道了")
	inDialog[*kit.Check](d)[0].SetChecked(true)
	d.picture("checks-fill-late")
	d.tap("登记")
	if r := d.checks(model.PersonalSelfCheck)[0]; !r.Late || r.State != model.Returned {
		t.Errorf("the form is %+v", r.SelfCheck)
	}
	d.tap("更正…") // stays late
	d.write(0, "")
	d.tap("登记")
	if r := d.checks(model.PersonalSelfCheck)[0]; !r.Late {
		t.Error("a correction made a late form one in time")
	}
}

func TestADepartmentsForm(t *testing.T) {
	d, p := smallChecks(t)
	must[int](t)(d.store.MakeSelfChecks(context.Background(), d.inHand.ID, model.DepartmentSelfCheck))
	p.ShowKind(model.DepartmentSelfCheck)
	row := d.checks(model.DepartmentSelfCheck)[0]
	p.SelectID(row.ID)
	d.tap("填写…")
	d.seesNot("自查项目")
	d.write(1, "高值耗材出入库没有双人核对")
	d.write(2, "情况属实")
	d.tap("登记")
	d.sees("已登记 急诊科")
	if r := d.checks(model.DepartmentSelfCheck)[0]; r.Gaps != "高值耗材出入库没有双人核对" || r.DepartmentOpinion != "情况属实" || r.State != model.Returned {
		t.Errorf("the form is %+v", r.SelfCheck)
	}
}
