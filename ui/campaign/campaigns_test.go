package campaign

import (
	"context"
	"testing"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

func TestNewCampaignFromItsTemplate(t *testing.T) {
	d := newDesk(t)
	changed := 0
	d.deps.OnCampaigns = func() { changed++ }
	d.Show(NewCampaigns(d.deps))
	d.Sees("先从模板新建一个")
	d.Picture("campaigns-empty")
	d.Tap("新建")
	d.Picture("campaign-new")
	d.Fields()[0].(*kit.Entry).SetText("2027")
	d.Fields()[2].(*kit.Entry).SetText("某卫发〔2027〕1 号")
	d.TapLast("新建")
	all := must[[]model.Campaign](t)(d.Store.Campaigns(context.Background()))
	if len(all) != 1 || changed != 1 {
		t.Fatalf("%d campaigns, told %d times", len(all), changed)
	}
	p := must[model.Plan](t)(d.Store.NewPlan("county-plan-2024", 2027))
	want := p.Campaign
	want.ID, want.DocumentNo = all[0].ID, "某卫发〔2027〕1 号"
	if all[0] != want {
		t.Errorf("got %+v", all[0])
	}
	if got := must[model.Plan](t)(d.Store.Plan(context.Background(), want.ID)); len(got.Duties) != len(p.Duties) || len(got.Duties) == 0 {
		t.Errorf("it began with %d duties", len(got.Duties))
	}
	d.Sees("2027年医疗行业作风建设专项行动", "未开始")
}

func TestCampaignFormSaysWhatIsWrong(t *testing.T) {
	d := newDesk(t)
	d.campaign(2026)
	d.Show(NewCampaigns(d.deps))
	d.Tap("新建")
	d.TapLast("新建")
	d.Sees("已有同名的专项行动")
	d.Fields()[0].(*kit.Entry).SetText("2027")
	d.Fields()[3].(*kit.DateField).SetDate("2028-01-01")
	d.TapLast("新建")
	d.Sees("不能早于开始日期")
	if all := must[[]model.Campaign](t)(d.Store.Campaigns(context.Background())); len(all) != 1 {
		t.Errorf("%d campaigns", len(all))
	}
}

// A campaign that begins later than its template takes its phases along.
func TestANewCampaignMovesItsPlan(t *testing.T) {
	d := newDesk(t)
	d.Show(NewCampaigns(d.deps))
	d.Tap("新建")
	d.Fields()[3].(*kit.DateField).SetDate("2026-11-01")
	d.Fields()[4].(*kit.DateField).SetDate("2027-04-30")
	d.Sees("2026-11-01 至 2026-12-")
	d.TapLast("新建")
	all := must[[]model.Campaign](t)(d.Store.Campaigns(context.Background()))
	if len(all) != 1 || all[0].StartsOn != "2026-11-01" || all[0].EndsOn != "2027-04-30" {
		t.Fatalf("%+v", all)
	}
	phases := must[model.Plan](t)(d.Store.Plan(context.Background(), all[0].ID)).Phases
	if last := phases[len(phases)-1]; phases[0].StartsOn != "2026-11-01" || last.EndsOn != "2027-04-30" {
		t.Errorf("%+v", phases)
	}
}

func TestEditAndTakeInHand(t *testing.T) {
	d := newDesk(t)
	d.Staff("急诊科", "01", "张堃", "李喆", "王䶮")
	old := d.campaign(2025)
	d.campaign(2026)
	must[int](t)(d.Store.MakeCommitments(context.Background(), d.inHand.ID, model.PersonalCommitment))
	rows := d.rows(model.PersonalCommitment)
	d.markPrinted()
	_, err := d.Store.ReturnCommitments(context.Background(), d.inHand.ID, []string{rows[0].FormNo, rows[1].FormNo}, d.Store.Today())
	check(t, err)
	p := NewCampaigns(d.deps)
	d.Show(p)
	d.Sees("当前", "进行中", "已结束", model.Percent(2, 3))
	p.SelectID(old.ID)
	d.Tap("设为当前")
	if d.inHand.ID != old.ID {
		t.Errorf("in hand is %s", d.inHand.Title)
	}
	d.Sees("当前专项行动：2025年")
	d.Tap("修改")
	d.Fields()[1].(*kit.Entry).SetText("某卫发〔2025〕9 号")
	d.Tap("保存")
	d.Sees("某卫发〔2025〕9 号")
}
