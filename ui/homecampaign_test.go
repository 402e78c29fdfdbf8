package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// busy is [running] with a finding for each thing that can be asked of the
// office: 逾期, 快到期, 有时间, 待验收, 已销号 and due to be looked at again,
// 延期待批.
func busy(t testing.TB) (*hospital, model.Campaign) {
	ctx := context.Background()
	o, c := running(t)
	o.account("sh", "赵某", model.Reviewer)
	o.finding(c, 1, "病历书写不规范", "2026-08-08")
	o.finding(c, 2, "清单没有送达", "2026-08-13")
	o.finding(c, 2, "登记缺签字", "2026-10-30")
	toAccept := o.finding(c, 1, "处方超量", "2026-10-31")
	o.mended(toAccept)
	closed := o.finding(c, 1, "收费公示不全", "2026-08-01")
	o.mended(closed)
	o.closedOut("2026-08-09", closed)
	later := o.finding(c, 1, "设备没有到货", "2026-09-10")
	check(t, o.BeginFinding(ctx, later.ID, "2026-07-15"))
	check(t, o.AskExtension(ctx, later.ID, "2026-10-10", "设备到货延迟"))
	return o, c
}

func TestHomeOfARunningCampaign(t *testing.T) {
	ctx := context.Background()
	o, c := busy(t)
	checks, _, err := o.SelfCheckRates(ctx, c.ID, model.PersonalSelfCheck)
	check(t, err)
	priority := must[model.SelfCheckSummary](t)(o.SelfCheckSummary(ctx, c.ID)).Priority
	findings := must[store.FindingCounts](t)(o.FindingCounts(ctx, c.ID))
	if checks.Missing != 3 || priority.Expected != 2 || priority.Missing != 1 || findings.All != 6 || findings.Closed != 1 || findings.Overdue != 1 {
		t.Fatalf("the hospital is not what the test means: %+v %+v %+v", checks, priority, findings)
	}
	d := sit(t, o.close())
	for first, want := range map[string]string{
		"自查率": "自查率|查看未查 3 人",
		"领导和重点岗位自查率 50.0%，1 人未查": "8月15日|领导和重点岗位自查率 50.0%，1 人未查|4 天|查看名单",
		"承诺书签订率":         "承诺书签订率|查看未交 1 份",
		"问题销号率":          "问题销号率|查看 5 项未销号",
		"16.7%":          "16.7%|1 / 6|逾期 1",
		"急诊科：病历书写不规范":    "8月8日|急诊科：病历书写不规范|逾期 3 天|查看",
		"麻醉手术科：清单没有送达":   "8月13日|麻醉手术科：清单没有送达|2 天|查看",
		"专职行风建设人员名单":     "8月15日|专职行风建设人员名单|县卫生健康局医…|4 天|办结",
		"专项行动总结":         "12月31日|专项行动总结|县卫生健康局医…|142 天|办结",
		"3 份自查表未交回":      "8月15日|3 份自查表未交回|4 天|查看名单",
		"1 份个人承诺书未交回":    "12月31日|1 份个人承诺书未交回|142 天|查看名单",
		"1 个问题已整改，等待验收":  "1 个问题已整改，等待验收|待办|去办理",
		"1 个延期申请等待审批":    "1 个延期申请等待审批|待办|去办理",
		"1 个已销号的问题该回头看了": "1 个已销号的问题该回头看了|待办|去办理",
		"急诊科":            "急诊科|2 / 4|4 / 4",
		"麻醉手术科":          "麻醉手术科|1 / 2|1 / 2",
	} {
		if got := d.line(first); got != want {
			t.Errorf("a line reads %s, want %s", got, want)
		}
	}
	d.sees("2026年8月11日　星期二　自查阶段，还有 4 天")
	d.seesNot("登记缺签字", "设备没有到货", "处方超量", "收费公示不全", "还没有自查表", "还没有承诺书")
	// What is late or soon due first, then what waits, then what has time.
	if got, want := d.order("清单没有送达", "等待验收", "专项行动总结", "病历书写不规范"), "病历书写不规范 清单没有送达 等待验收 专项行动总结"; got != want {
		t.Errorf("in the order %s", got)
	}
}

// order gives texts, each part of a line of its own, as they stand from above.
func (d *desk) order(texts ...string) string {
	d.Helper()
	at := map[string]float32{}
	d.walk(func(o fyne.CanvasObject, p fyne.Position) {
		if x, ok := o.(*canvas.Text); ok {
			for _, text := range texts {
				if strings.Contains(x.Text, text) {
					at[text] = p.Y
				}
			}
		}
	})
	if len(at) != len(texts) {
		d.Fatalf("of %v only %v are on the screen:\n%s", texts, at, d.text())
	}
	slices.SortFunc(texts, func(a, b string) int { return int(at[a] - at[b]) })
	return strings.Join(texts, " ")
}

func TestDoorsOfARunningCampaign(t *testing.T) {
	o, _ := busy(t)
	dir := o.close()
	for _, c := range []struct {
		text, door string
		sees       []string
		not        []string
	}{
		{"自查率", "查看未查 3 人", []string{"3 份，共 6 份", "王䶮", "单雄", "阿依古丽·买买提"}, []string{"张堃", "徐𬱖"}},
		{"3 份自查表未交回", "查看名单", []string{"3 份，共 6 份", "王䶮", "单雄", "阿依古丽·买买提"}, []string{"张堃", "徐𬱖"}},
		{"领导和重点岗位自查率 50.0%，1 人未查", "查看名单", []string{"1 份，共 6 份", "阿依古丽·买买提"}, []string{"张堃", "王䶮"}},
		{"承诺书签订率", "查看未交 1 份", []string{"1 份，共 6 份", "阿依古丽·买买提"}, []string{"徐𬱖"}},
		{"问题销号率", "查看 5 项未销号", []string{"5 / 6 个", "病历书写不规范", "设备没有到货"}, []string{"收费公示不全"}},
		{"急诊科：病历书写不规范", "查看", []string{"1 / 6 个", "病历书写不规范", "开始整改…"}, []string{"处方超量"}},
		{"1 个问题已整改，等待验收", "去办理", []string{"1 / 6 个", "处方超量"}, []string{"病历书写不规范"}},
		{"1 个延期申请等待审批", "去办理", []string{"1 / 6 个", "设备没有到货"}, []string{"病历书写不规范"}},
		{"1 个已销号的问题该回头看了", "去办理", []string{"1 / 6 个", "收费公示不全"}, []string{"病历书写不规范"}},
		{"专职行风建设人员名单", "办结", []string{"2026-08-15", "未办结", "专项行动总结"}, nil},
		{"急诊科", "2 / 4", []string{"2 份，共 6 份", "王䶮", "单雄"}, []string{"阿依古丽·买买提"}},
		{"麻醉手术科", "1 / 2", []string{"1 份，共 6 份", "阿依古丽·买买提"}, []string{"单雄"}},
	} {
		t.Run(c.text, func(t *testing.T) {
			d := sit(t, dir)
			if strings.Contains(c.door, " / ") {
				d.beside(c.text, c.door)
			} else {
				d.through(c.text, c.door)
			}
			d.sees(c.sees...)
			d.seesNot(append(c.not, "要做的事")...)
			d.Close()
		})
	}
}

// beside presses the first door that reads so in the line of a text.
func (d *desk) beside(text, door string) {
	d.Helper()
	at := d.place(text)
	for _, x := range d.doors() {
		if x.label == door && x.top <= at.Y && at.Y <= x.bottom {
			x.door.Tapped(&fyne.PointEvent{})
			return
		}
	}
	d.Fatalf("no door %q beside %q:\n%s", door, text, d.text())
}

// place is the middle of the first text that reads so.
func (d *desk) place(text string) fyne.Position {
	d.Helper()
	var found *fyne.Position
	d.walk(func(o fyne.CanvasObject, at fyne.Position) {
		if x, ok := o.(*canvas.Text); ok && x.Text == text && found == nil {
			at = at.AddXY(x.MinSize().Width/2, x.Size().Height/2)
			found = &at
		}
	})
	if found == nil {
		d.Fatalf("%q is not on the screen:\n%s", text, d.text())
	}
	return *found
}

// doorAt is a door with the stretch of its line.
type doorAt struct {
	label       string
	top, bottom float32
	door        *kit.Door
}

func (d *desk) doors() (out []doorAt) {
	d.walk(func(o fyne.CanvasObject, at fyne.Position) {
		if x, ok := o.(*kit.Door); ok && x.Label() != "" {
			out = append(out, doorAt{x.Label(), at.Y, at.Y + x.Size().Height, x})
		}
	})
	return out
}

// Forms that nobody has yet are not behind the door that counts those missing.
func TestDoorCountsFormsOnly(t *testing.T) {
	o, _ := running(t)
	must[int64](t)(o.SaveStaff(context.Background(), model.Staff{EmployeeNo: "0109", Name: "赵犇", DepartmentID: 1, KeyPostReason: "药品采购"}))
	d := sit(t, o.close())
	for first, want := range map[string]string{
		"自查率": "自查率|查看未查 3 人", "领导和重点岗位自查率 33.3%，2 人未查": "8月15日|领导和重点岗位自查率 33.3%，2 人未查|4 天|查看名单",
		"1 名职工还没有自查表": "8月15日|1 名职工还没有自查表|4 天|去生成", "3 份自查表未交回": "8月15日|3 份自查表未交回|4 天|查看名单",
	} {
		if got := d.line(first); got != want {
			t.Errorf("a line reads %s, want %s", got, want)
		}
	}
	d.through("自查率", "查看未查 3 人")
	d.sees("3 份，共 6 份")
}

func TestDeadlinesOfSeveralCampaigns(t *testing.T) {
	ctx := context.Background()
	o := newHospital(t)
	o.staff("急诊科", "01", "张堃")
	monthly := model.Deadline{Title: "量化统计表", Recipient: "卫生局", DeadlineRule: model.DeadlineRule{Every: model.Monthly, Day: 10}}
	met := model.Deadline{Title: "学习记录", DeadlineRule: model.DeadlineRule{Every: model.Monthly, Day: 5}}
	quarterly := model.Deadline{Title: "季度进展", DeadlineRule: model.DeadlineRule{Every: model.Quarterly, Month: 3, Day: 24}}
	o.planned("shanxi-2020")
	c := o.planned("county-plan-2024", monthly, met, quarterly)
	for _, x := range must[[]store.DueRow](t)(o.Deadlines(ctx, []int64{c.ID})) {
		if x.Title == met.Title && x.Due < "2026-08-11" {
			check(t, o.MeetDeadline(ctx, x.DeadlineID, x.Period, x.Due, ""))
		}
	}
	check(t, o.SaveSetting(ctx, store.CampaignInHand, fmt.Sprint(c.ID)))
	d := sit(t, o.close())
	for first, want := range map[string]string{
		"量化统计表（7月）":  "7月10日|量化统计表（7月）|卫生局|逾期 32 天|办结", // every overdue one
		"量化统计表（8月）":  "8月10日|量化统计表（8月）|卫生局|逾期 1 天|办结",
		"量化统计表（9月）":  "9月10日|量化统计表（9月）|卫生局|30 天|办结", // of those to come the next only
		"学习记录（9月）":   "9月5日|学习记录（9月）|25 天|办结",
		"季度进展（第三季度）": "9月24日|季度进展（第三季度）|44 天|办结",
		"专职行风建设人员名单": "8月15日|专职行风建设人员名单|县卫生健康局医…|4 天|办结",
	} {
		if got := d.line(first); got != want {
			t.Errorf("a line reads %s, want %s", got, want)
		}
	}
	d.sees("专项治理工作量化统计表（8月） · 纠正医药购销")
	d.seesNot("量化统计表（10月）", "学习记录（7月）", "学习记录（8月）", "学习记录（10月）", "第四季度")
	if text := d.text(); strings.Count(text, "） · ") != 3 || strings.Contains(text, "人员名单 ·") {
		t.Errorf("only deadlines of the other campaign name it:\n%s", text)
	}
	overdue := func() (doors []doorAt) {
		at := d.place("逾期 1 天").Y // the first of the two
		for _, x := range d.doors() {
			if x.top <= at && at <= x.bottom && x.label == "办结" {
				doors = append(doors, x)
			}
		}
		return doors
	}()
	if len(overdue) != 1 {
		t.Fatalf("%d doors", len(overdue))
	}
	overdue[0].door.Tapped(&fyne.PointEvent{})
	d.sees("未办结", "2026-08-10")
}

// A deadline by working days of a year whose holidays nobody knows yet says
// so, after everything that has a day.
func TestDeadlineWithoutAHolidayTable(t *testing.T) {
	o := newHospital(t)
	o.staff("急诊科", "01", "张堃")
	o.planned("county-plan-2024",
		model.Deadline{Title: "年终统计", Recipient: "卫生局", DeadlineRule: model.DeadlineRule{Every: model.Yearly, WorkingDays: 5}})
	d := sit(t, o.close())
	if got, want := d.line("年终统计（2026年度）：还没有 2027 年的节假日安排"), "年终统计（2026年度）：还没有 2027 年的节假日安排|卫生局|无法推算|查看"; got != want {
		t.Errorf("the line reads %s, want %s", got, want)
	}
	if got := d.order("节假日安排", "专项行动总结"); got != "专项行动总结 节假日安排" {
		t.Errorf("in the order %s", got)
	}
	d.through("年终统计（2026年度）：还没有 2027 年的节假日安排", "查看")
	d.sees("没有节假日表", "未办结")
}

func TestPeriodText(t *testing.T) {
	for period, want := range map[string]string{"2026-08": "（8月）", "2026-12": "（12月）", "2026Q3": "（第三季度）", "2026": "（2026年度）",
		"2026-08-15": "", "2026-W33": ""} {
		if got := periodText(model.Occurrence{Period: period}); got != want {
			t.Errorf("%s is %q", period, got)
		}
	}
}

// More overdue findings than there are lines for are counted in one.
func TestFurtherOverdueFindings(t *testing.T) {
	o, c := running(t)
	for i := range 8 {
		o.finding(c, 1, fmt.Sprintf("第%d个", i), day.Of(morning.AddDate(0, 0, i-9)))
	}
	o.finding(c, 1, "快到期的", "2026-08-12")
	d := sit(t, o.close())
	if got := d.line("另有 2 个问题逾期"); got != "另有 2 个问题逾期|逾期|全部逾期" {
		t.Errorf("the line reads %s", got)
	}
	if got := d.order("另有 2 个问题逾期", "第0个", "人员名单"); got != "第0个 另有 2 个问题逾期 人员名单" {
		t.Errorf("in the order %s", got)
	}
	d.seesNot("第6个", "第7个", "快到期的")
	d.through("另有 2 个问题逾期", "全部逾期")
	d.sees("8 / 9 个", "第7个")
	d.seesNot("快到期的")
}

// The phase of self-checks is over, the campaign goes on.
func TestHomeAfterThePhase(t *testing.T) {
	o, _ := running(t)
	dir := o.close()
	d := sitAt(t, dir, 10)
	d.sees("整治阶段，还有 101 天")
	if got := d.line("3 份自查表未交回"); got != "8月15日|3 份自查表未交回|逾期 6 天|查看名单" {
		t.Errorf("the line reads %s", got)
	}
	d.through("3 份自查表未交回", "查看名单")
	d.sees("自查阶段 2026-08-15 已结束", "3 份，共 6 份")
}

// sitAt is [sit] so many days after the morning.
func sitAt(t testing.TB, dir string, days int) *desk {
	t.Helper()
	t.Cleanup(kit.SetEnv(kit.Synchronous(morning.AddDate(0, 0, days))))
	return sitWith(t, test.NewTempApp(t), dir)
}

func TestChartOfTwoWeeks(t *testing.T) {
	o, _ := running(t)
	d := sit(t, o.close())
	d.sees("近两周交回的自查表和承诺书")
	// 2 forms on the 3rd, 1 on the 10th; 5 personal and 2 letters of departments today.
	for label, want := range map[string]string{"7.29": "", "3": "2", "10": "1", "11": "7"} {
		if got := d.above(label); got != want {
			t.Errorf("above %s stands %q, want %q", label, got, want)
		}
	}
	d.Close()
	d = sitAt(t, d.data[1], 14)
	d.seesNot("近两周交回") // nothing did
}

// above is the number over a day of the chart.
func (d *desk) above(label string) string {
	d.Helper()
	type piece struct {
		text string
		at   fyne.Position
	}
	var all []piece
	top := d.place("近两周交回的自查表和承诺书")
	var day *piece
	d.walk(func(o fyne.CanvasObject, at fyne.Position) {
		if x, ok := o.(*canvas.Text); ok && at.Y > top.Y && at.X > top.X-400 {
			p := piece{x.Text, at.AddXY(x.MinSize().Width/2, 0)}
			all = append(all, p)
			if x.Text == label && (day == nil || p.at.Y > day.at.Y) {
				day = &all[len(all)-1]
			}
		}
	})
	if day == nil {
		d.Fatalf("no day %s:\n%s", label, d.text())
	}
	for _, p := range all {
		if p.text != "" && p.at.Y < day.at.Y-3 && p.at.X > day.at.X-2 && p.at.X < day.at.X+2 {
			return p.text
		}
	}
	return ""
}
