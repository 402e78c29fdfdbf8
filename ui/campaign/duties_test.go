package campaign

import (
	"context"
	"testing"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

func TestDutyProgressAndEvidence(t *testing.T) {
	d, p := planned(t, sectionDuties)
	s := section[*duties](t, p)
	s.Table().SelectIndex(1)
	d.tap("进展…", "进行中")
	d.fields()[0].(*kit.Entry).SetText("已下发通知")
	d.fields()[1].(*kit.DateField).SetDate("2026-08-12")
	d.tap("登记")
	d.sees("不能晚于今天")
	d.fields()[1].(*kit.DateField).SetDate("2026-08-05")
	d.tap("登记")
	d.sees("已登记进展", "2026-08-05", "进展：已下发通知")
	if r := d.plan().Duties[1]; r.State != model.DutyRunning || r.Progress != "已下发通知" || r.ProgressOn != "2026-08-05" {
		t.Errorf("the duty is %+v", r)
	}
	d.tap("佐证…")
	d.sees("还没有扫描件")
	d.tap("关闭")
	d.tap("删除…", "删除")
	d.sees("已登记进展（进行中），不能删除")
	d.tap("知道了", "概况")
	d.sees("0 / 31 项")
	d.tapLast("责任清单")
}

func TestDutiesByDepartmentAndState(t *testing.T) {
	ctx := context.Background()
	d, p := planned(t, sectionDuties)
	all := d.plan().Duties
	done := all[4]
	done.State, done.ProgressOn, done.Departments = model.DutyDone, "2026-08-01", "麻醉手术科"
	must[int64](t)(d.store.SavePart(ctx, done))
	s := section[*duties](t, p)
	s.Refresh()
	s.SetKeyword("麻醉手术科")
	d.sees("1 条", "已完成")
	s.Table().SelectIndex(0)
	d.seesNot("上移") // nobody would see where it goes
	s.SetKeyword("")
	s.SetFilter(filterState, string(model.DutyDone))
	d.sees("1 条")
	s.SetFilter(filterState, string(model.DutyRunning))
	d.sees("没有符合条件的记录")
	s.ClearFilters()
	d.sees("31 条")
}

func TestNewDutyStandsBelowTheSelectedOne(t *testing.T) {
	d, p := planned(t, sectionDuties)
	s := section[*duties](t, p)
	s.Table().SelectIndex(2)
	before := d.plan().Duties[2]
	d.tap("新增")
	d.tapLast("新增")
	d.sees("请填写提升举措")
	d.fields()[2].(*kit.Entry).SetText("每季度抽查一次收费")
	d.tapLast("新增")
	after := d.plan().Duties
	if len(after) != 32 || after[3].Measure != "每季度抽查一次收费" || after[3].Project != before.Project || after[2].ID != before.ID {
		t.Errorf("the fourth duty is %+v", after[3])
	}
	d.tap("删除…", "删除")
	if n := len(d.plan().Duties); n != 31 {
		t.Errorf("%d duties", n)
	}
}
