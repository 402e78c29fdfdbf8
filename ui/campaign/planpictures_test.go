package campaign

import (
	"context"
	"os"
	"testing"

	"qingfeng/model"
)

// TestPlanPictures shows the plans of a county hospital that runs three
// campaigns. It needs PAGE_PICTURES, the folder for the pictures.
func TestPlanPictures(t *testing.T) {
	if os.Getenv("PAGE_PICTURES") == "" {
		t.Skip("PAGE_PICTURES is not set")
	}
	d := county(t)
	shaoxing := d.begin("shaoxing-tcm-2019", 2026)
	jilin := d.begin("jilin-2021", 2025)
	d.work(shaoxing)
	p := NewCampaigns(d.deps)
	d.InFrame(p)
	p.Table().SelectIndex(0)
	d.Picture("plans-list")
	d.Tap("新建")
	d.Picture("plan-new")
	d.Tap("医疗行业作风建设专项行动")
	d.Picture("plan-new-templates")
	d.TapLast("医疗服务行为整治提升工程")
	d.Picture("plan-new-shaoxing")
	d.Escape()
	d.TapLast("放弃修改")
	for _, c := range []struct {
		name string
		id   int64
	}{{"county", d.inHand.ID}, {"shaoxing", shaoxing}, {"jilin", jilin}} {
		p.openPlan(c.id, sectionOverview, nil)
		d.Win.Content().Refresh()
		d.Picture("plan-" + c.name + "-overview")
		for _, s := range planSections[1:] {
			d.Tap(s.Text)
			selectIn(p, 2)
			d.Picture("plan-" + c.name + "-" + s.Value)
		}
	}
	p.openPlan(shaoxing, sectionDuties, nil)
	selectIn(p, 2)
	d.Tap("进展…")
	d.Picture("plan-duty-progress")
	d.Escape()
	d.Tap("修改")
	d.Picture("plan-duty-edit")
	d.Escape()
	p.ShowDeadlines(jilin)
	d.Picture("plan-deadlines-open")
	d.TapLast("新增")
	d.Picture("plan-deadline-new")
	d.Tap("每月")
	d.Picture("plan-deadline-monthly")
	d.Tap("每季度")
	d.Tap("某一天前")
	d.Tap("最后几个工作日内")
	d.Picture("plan-deadline-before")
	d.Escape()
	d.TapLast("放弃修改")
	selectIn(p, 2)
	d.Tap("办结…")
	d.Picture("plan-deadline-met")
	d.Escape()
	p.closePlan()
	d.Tap("修改")
	d.Picture("plan-campaign-edit")
}

// begin starts a campaign of a template.
func (d *desk) begin(template string, year int) int64 {
	d.T.Helper()
	return must[int64](d.T)(d.Store.StartCampaign(context.Background(), must[model.Plan](d.T)(d.Store.NewPlan(template, year))))
}

// work records progress on some duties and some deadlines of a campaign.
func (d *desk) work(id int64) {
	d.T.Helper()
	ctx := context.Background()
	plan := must[model.Plan](d.T)(d.Store.Plan(ctx, id))
	for i, r := range plan.Duties[:20] {
		r.State, r.Progress, r.ProgressOn = model.DutyDone, "已印发制度并组织全院学习，考试合格率 100%，资料已归档备查。", "2026-08-01"
		if i%3 == 1 {
			r.State = model.DutyRunning
		}
		must[int64](d.T)(d.Store.SavePart(ctx, r))
	}
	for i, name := range []string{"张堃", "李喆", "王䶮", "阿依古丽·买买提"} {
		m := plan.Members[i]
		m.Name = name
		must[int64](d.T)(d.Store.SavePart(ctx, m))
	}
	due, err := d.Store.Deadlines(ctx, []int64{id})
	check(d.T, err)
	for i, r := range due {
		if r.Due != "" && r.Due < "2026-08-01" && i != 2 {
			check(d.T, d.Store.MeetDeadline(ctx, r.DeadlineID, r.Period, r.Due, "已报，某卫函〔2026〕8 号"))
		}
	}
}
