package campaign

import (
	"context"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// due opens the deadlines of the plan with one more: monthly by the 10th, on
// the working day before when that is a day off.
func due(t *testing.T) (*desk, *CampaignsPage, *deadlines) {
	t.Helper()
	d, p := planned(t, sectionPhases)
	must[int64](t)(d.Store.SavePart(context.Background(), model.Deadline{CampaignID: d.inHand.ID, Title: "量化统计表", Recipient: "县卫生健康局",
		DeadlineRule: model.DeadlineRule{Every: model.Monthly, Day: 10, Roll: model.RollBefore}}))
	d.Tap("时限")
	return d, p, section[*deadlines](t, p)
}

func TestDeadlinesAreMetAndReopened(t *testing.T) {
	d, _, s := due(t)
	d.Sees("8 条，共 8 期未办结", "2026-07-10", "逾期 32 天", "2026年7月", "每月10日前（遇休息日提前）", "4 天", "142 天")
	s.Table().SelectIndex(0)
	d.Tap("办结…")
	d.Sees("量化统计表（2026年7月）")
	d.Fields()[0].(*kit.DateField).SetDate("2026-08-12")
	d.TapLast("办结")
	d.Sees("在今天（2026-08-11）之后")
	d.Fields()[0].(*kit.DateField).SetDate("2026-07-13")
	d.Fields()[1].(*kit.Entry).SetText("文号 8")
	d.TapLast("办结")
	d.Sees("共 7 期未办结", "已办结", "2026-07-13 办结，晚 3 天", "文号 8")
	s.SetFilter(filterState, dueLate)
	d.Sees("1 条", "逾期 1 天")
	s.SetFilter(filterState, dueDone)
	d.Sees("1 条", "2026-07-13")
	s.Table().SelectIndex(0)
	d.Tap("撤销办结…")
	d.Fields()[0].(*kit.Entry).SetText("登记错月份")
	d.TapLast("撤销办结")
	s.SetFilter(filterState, "")
	d.Sees("共 8 期未办结", "逾期 32 天")
}

func TestDeadlinesAsAWhole(t *testing.T) {
	d, _, s := due(t)
	s.SetFilter(filterEach, eachRule)
	d.Sees("3 条，共 8 期未办结", "办结 0 / 6 期", "办结 0 / 1 期", "逾期 32 天")
	s.Table().SelectIndex(2)
	d.Tap("上移")
	if got := names(d.plan().Deadlines, func(r model.Deadline) string { return r.Title }); got != "专职行风建设人员名单 量化统计表 专项行动总结" {
		t.Errorf("deadlines are %s", got)
	}
	d.Tap("办结…")
	d.Sees("量化统计表（2026年7月）") // the first that is open
	d.TapLast("办结")
	d.Sees("办结 1 / 6 期", "逾期 1 天")
	d.Tap("删除…", "删除")
	d.Sees("已登记办结（2026-07），不能删除")
}

func TestAYearWithoutHolidayTableIsNotGuessed(t *testing.T) {
	d, p := planned(t, sectionPhases)
	must[int64](t)(d.Store.SavePart(context.Background(), model.Deadline{CampaignID: d.inHand.ID, Title: "年度报告",
		DeadlineRule: model.DeadlineRule{Every: model.Yearly, WorkingDays: 5}}))
	d.Tap("时限")
	s := section[*deadlines](t, p)
	d.Sees("没有节假日表", "2026年")
	s.Table().SelectIndex(2)
	d.Sees("还没有 2027 年的节假日安排")
	d.Tap("概况")
	d.Sees("没有节假日表", "年度报告")
}

func TestDeadlineFormShowsTheDaysThatCome(t *testing.T) {
	d, _, _ := due(t)
	d.Tap("新增")
	d.Sees("2026年12月31日前", "2026年12月31日（周四）")
	d.Tap("每周")
	d.Sees("期间共 26 期：", "2026年8月17日（周一）")
	d.Tap("星期一")
	d.Tap("星期五")
	d.Sees("每周五前", "2026年10月2日（周五），休息日")
	d.Tap("不变", "提前")
	d.Sees("每周五前（遇休息日提前）", "2026年9月30日（周三）")
	d.Tap("每月")
	set := func(i int, text string) {
		e := d.Fields()[i].(*kit.Entry)
		e.SetText(text)
		if e.OnEdited != nil {
			e.OnEdited(text)
		}
	}
	set(2, "10")
	d.Tap("提前", "顺延")
	d.Sees("每月10日前（遇休息日顺延）", "2026年9月10日（周四）", "2026年10月10日（周六）") // a working Saturday
	d.Tap("每季度", "某一天前", "结束后几个工作日内")
	set(2, "5")
	d.Sees("每季度结束后5个工作日内", "2026年10月8日 至 2026年10月13日（周二）", "还没有 2027 年的节假日安排")
	d.SeesNot("遇休息日")
	d.Tap("结束后几个工作日内", "最后几个工作日内")
	d.Sees("每季度末月最后5个工作日内", "2026年9月23日 至 2026年9月30日（周三）")
	set(2, "99")
	d.Sees("请填完整")
	set(0, "季度工作进展")
	d.TapLast("新增")
	d.Sees("请填 1 到 40")
	d.Tap("每年", "最后几个工作日内", "某一天前", "1月", "3月")
	d.TapLast("新增")
	d.Sees("一次也不会到期")
	if n := len(d.plan().Deadlines); n != 3 {
		t.Fatalf("%d deadlines", n)
	}
	d.Tap("3月", "9月")
	set(2, "31")
	d.Sees("每年9月底前（遇休息日顺延）")
	d.TapLast("新增")
	d.Sees("已保存时限", "季度工作进展")
	want := model.DeadlineRule{Every: model.Yearly, Month: 9, Day: 31, Roll: model.RollAfter}
	if got := d.plan().Deadlines[3].DeadlineRule; got != want {
		t.Errorf("the rule is %+v", got)
	}
}

func TestPeriodName(t *testing.T) {
	for period, want := range map[string]string{
		"2026-08-15": "", "2026-W07": "2026年第7周", "2026-08": "2026年8月", "2026-10": "2026年10月", "2026Q3": "2026年第3季度", "2026": "2026年", "": "",
	} {
		if got := periodName(period); got != want {
			t.Errorf("%s: %q, want %q", period, got, want)
		}
	}
}

func TestWholes(t *testing.T) {
	rules := []model.Deadline{{ID: 7, Position: 2, Title: "甲"}, {ID: 8, Position: 1, Title: "乙"}, {ID: 9, Position: 3, Title: "丙"}}
	found := []store.DueRow{
		{DeadlineID: 7, DoneID: 1, Occurrence: model.Occurrence{Period: "2026-07", Due: "2026-07-10"}},
		{DeadlineID: 8, DoneID: 2, Occurrence: model.Occurrence{Period: "2026-08-01", Due: "2026-08-01"}},
		{DeadlineID: 7, Occurrence: model.Occurrence{Period: "2026-08", Due: "2026-08-10"}},
		{DeadlineID: 7, Occurrence: model.Occurrence{Period: "2026-09", Due: "2026-09-10"}},
	}
	rows := joinDue(rules, found, "2026-08-11")
	ids := map[int64]bool{}
	for _, r := range rows {
		ids[r.id] = true
	}
	if len(rows) != 5 || len(ids) != 5 {
		t.Fatalf("%d rows with %d ids", len(rows), len(ids))
	}
	var got []string
	for _, r := range wholes(rows) {
		chip, _ := r.chip()
		got = append(got, r.deadline.Title+" "+string(r.Due)+" "+r.times()+" "+chip)
	}
	want := "乙  办结 1 / 1 期 已办结|甲 2026-08-10 办结 1 / 3 期 逾期 1 天|丙  办结 0 / 0 期 不会到期"
	if text := strings.Join(got, "|"); text != want {
		t.Errorf("got %s", text)
	}
}
