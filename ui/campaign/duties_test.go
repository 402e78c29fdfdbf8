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
	d.Tap("进展…", "进行中")
	d.Fields()[0].(*kit.Entry).SetText("已下发通知")
	d.Fields()[1].(*kit.DateField).SetDate("2026-08-12")
	d.Tap("登记")
	d.Sees("不能晚于今天")
	d.Fields()[1].(*kit.DateField).SetDate("2026-08-05")
	d.Tap("登记")
	d.Sees("已登记进展", "2026-08-05", "进展：已下发通知")
	if r := d.plan().Duties[1]; r.State != model.DutyRunning || r.Progress != "已下发通知" || r.ProgressOn != "2026-08-05" {
		t.Errorf("the duty is %+v", r)
	}
	d.Tap("佐证…")
	d.Sees("还没有扫描件")
	d.Tap("关闭")
	d.Tap("删除…", "删除")
	d.Sees("已登记进展（进行中），不能删除")
	d.Tap("知道了", "概况")
	d.Sees("0 / 31 项")
	d.TapLast("责任清单")
}

func TestDutiesByDepartmentAndState(t *testing.T) {
	ctx := context.Background()
	d, p := planned(t, sectionDuties)
	all := d.plan().Duties
	done := all[4]
	done.State, done.ProgressOn, done.Departments = model.DutyDone, "2026-08-01", "麻醉手术科"
	must[int64](t)(d.Store.SavePart(ctx, done))
	s := section[*duties](t, p)
	s.Refresh()
	s.SetKeyword("麻醉手术科")
	d.Sees("1 条", "已完成")
	s.Table().SelectIndex(0)
	d.SeesNot("上移") // nobody would see where it goes
	s.SetKeyword("")
	s.SetFilter(filterState, string(model.DutyDone))
	d.Sees("1 条")
	s.SetFilter(filterState, string(model.DutyRunning))
	d.Sees("没有符合条件的记录")
	s.ClearFilters()
	d.Sees("31 条")
}

func TestNewDutyStandsBelowTheSelectedOne(t *testing.T) {
	d, p := planned(t, sectionDuties)
	s := section[*duties](t, p)
	s.Table().SelectIndex(2)
	before := d.plan().Duties[2]
	d.Tap("新增")
	d.TapLast("新增")
	d.Sees("请填写提升举措")
	d.Fields()[2].(*kit.Entry).SetText("每季度抽查一次收费")
	d.TapLast("新增")
	after := d.plan().Duties
	if len(after) != 32 || after[3].Measure != "每季度抽查一次收费" || after[3].Project != before.Project || after[2].ID != before.ID {
		t.Errorf("the fourth duty is %+v", after[3])
	}
	d.Tap("删除…", "删除")
	if n := len(d.plan().Duties); n != 31 {
		t.Errorf("%d duties", n)
	}
}
