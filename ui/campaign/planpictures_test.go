package campaign

import (
	"context"
	"os"
	"testing"

	"qingfeng/model"
)

// TestPlanPictures shows the plans of a county hospital that runs three
// campaigns. It needs CAMPAIGN_PICTURES, the folder for the pictures.
func TestPlanPictures(t *testing.T) {
	if os.Getenv("CAMPAIGN_PICTURES") == "" {
		t.Skip("CAMPAIGN_PICTURES is not set")
	}
	d := county(t)
	shaoxing := d.begin("shaoxing-tcm-2019", 2026)
	jilin := d.begin("jilin-2021", 2025)
	d.work(shaoxing)
	p := NewCampaigns(d.deps)
	d.inFrame(p)
	p.Table().SelectIndex(0)
	d.picture("plans-list")
	d.tap("新建")
	d.picture("plan-new")
	d.tap("医疗行业作风建设专项行动")
	d.picture("plan-new-templates")
	d.tapLast("医疗服务行为整治提升工程")
	d.picture("plan-new-shaoxing")
	d.escape()
	d.tapLast("放弃修改")
	for _, c := range []struct {
		name string
		id   int64
	}{{"county", d.inHand.ID}, {"shaoxing", shaoxing}, {"jilin", jilin}} {
		p.openPlan(c.id, sectionOverview, nil)
		d.win.Content().Refresh()
		d.picture("plan-" + c.name + "-overview")
		for _, s := range planSections[1:] {
			d.tap(s.Text)
			selectIn(p, 2)
			d.picture("plan-" + c.name + "-" + s.Value)
		}
	}
	p.openPlan(shaoxing, sectionDuties, nil)
	selectIn(p, 2)
	d.tap("进展…")
	d.picture("plan-duty-progress")
	d.escape()
	d.tap("修改")
	d.picture("plan-duty-edit")
	d.escape()
	p.ShowDeadlines(jilin)
	d.picture("plan-deadlines-open")
	d.tapLast("新增")
	d.picture("plan-deadline-new")
	d.tap("每月")
	d.picture("plan-deadline-monthly")
	d.tap("每季度")
	d.tap("某一天前")
	d.tap("最后几个工作日内")
	d.picture("plan-deadline-before")
	d.escape()
	d.tapLast("放弃修改")
	selectIn(p, 2)
	d.tap("办结…")
	d.picture("plan-deadline-met")
	d.escape()
	p.closePlan()
	d.tap("修改")
	d.picture("plan-campaign-edit")
}

// begin starts a campaign of a template.
func (d *desk) begin(template string, year int) int64 {
	d.t.Helper()
	return must[int64](d.t)(d.store.StartCampaign(context.Background(), must[model.Plan](d.t)(d.store.NewPlan(template, year))))
}

// work records progress on some duties and some deadlines of a campaign.
func (d *desk) work(id int64) {
	d.t.Helper()
	ctx := context.Background()
	plan := must[model.Plan](d.t)(d.store.Plan(ctx, id))
	for i, r := range plan.Duties[:20] {
		r.State, r.Progress, r.ProgressOn = model.DutyDone, "已印发制度并组织全院学习，考试合格率 100%，资料已归档备查。", "2026-08-01"
		if i%3 == 1 {
			r.State = model.DutyRunning
		}
		must[int64](d.t)(d.store.SavePart(ctx, r))
	}
	for i, name := range []string{"张堃", "李喆", "王䶮", "阿依古丽·买买提"} {
		m := plan.Members[i]
		m.Name = name
		must[int64](d.t)(d.store.SavePart(ctx, m))
	}
	due, err := d.store.Deadlines(ctx, []int64{id})
	check(d.t, err)
	for i, r := range due {
		if r.Due != "" && r.Due < "2026-08-01" && i != 2 {
			check(d.t, d.store.MeetDeadline(ctx, r.DeadlineID, r.Period, r.Due, "已报，某卫函〔2026〕8 号"))
		}
	}
}
