package campaign

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/report/sheet"
)

// foundProblems are problems as a discipline office writes them down.
var foundProblems = []struct{ category, problem, measure string }{
	{"不接受商业提成", "门诊处方点评发现同一厂家注射剂用量连续三个月排名第一，部分处方无用药指征", "暂停该药临床使用，处方医生说明情况，药事会复核后决定是否恢复"},
	{"不收受患者“红包”", "病区公示栏没有公布举报电话", "补挂公示牌，每月检查一次"},
	{"严禁过度诊疗", "出院患者回访反映术前检查项目偏多，抽查 10 份病历有 3 份检查依据记录不全", "组织学习诊疗规范，医务科每周抽查 5 份病历"},
	{"严禁违规接受社会捐赠资助", "科室接受企业资助参加学术会议，没有按规定向医院报备", "补办报备手续，今后由医务科统一安排"},
	{"严禁参与统方", "信息系统药品用量统计权限没有按岗位收回，调离人员账号仍可查询", "收回权限，每季度核对一次账号"},
	{"廉洁购销", "骨科高值耗材出入库台账与收费记录有 2 件不符", "逐件核对，完善扫码出入库"},
}

// countyFindings is a county hospital with findings in every state.
func countyFindings(t *testing.T) *desk {
	ctx := context.Background()
	d := newDesk(t)
	roster, err := sheet.ReadRoster(d.Store.Assets(), filepath.Join("..", "..", "report", "sheet", "testdata", "county-hospital-620.xlsx"), "")
	check(t, err)
	_, err = d.Store.ImportRoster(ctx, "county-hospital-620.xlsx", roster, store.RosterAnswers{})
	check(t, err)
	d.campaign(2026)
	people := must[store.Rows[store.StaffRow]](t)(d.Store.Staff(ctx, store.StaffFilter{}, store.Page{Sort: "name"})).Items
	for i := range 64 {
		who, f := people[i*9%len(people)], foundProblems[i%len(foundProblems)]
		m := model.Finding{CampaignID: d.inHand.ID, Source: model.FindingSources[i%6], FoundOn: day.Date("2026-06-15"), Category: f.category,
			Level: model.Ordinary, DepartmentID: who.DepartmentID, Problem: f.problem, Measure: f.measure, DueOn: day.Date("2026-09-30")}
		if i%3 != 1 {
			m.StaffID = who.ID
		}
		if i%7 == 2 {
			m.DueOn = "2026-07-31"
		}
		if i%9 == 4 {
			m.Level, m.Leader, m.Contingency, m.FundsFen = model.Grave, "欧阳建国", "由药剂科准备替代药品，保证临床用药", 1260000
		}
		if i%11 == 5 {
			m.Measure = ""
		}
		id, _, err := d.Store.SaveFinding(ctx, m)
		check(t, err)
		d.advance(id, i, m)
	}
	d.Become(model.Reviewer)
	for i, r := range d.findings() {
		switch {
		case r.State == model.ToAccept && i%3 == 0:
			check(t, d.Store.RefuseFinding(ctx, r.ID, "2026-08-05", "照片看不清，请重新拍摄后提交"))
		case r.State == model.ToAccept && i%3 == 1:
			check(t, d.Store.AcceptFinding(ctx, r.ID, "2026-08-06", "现场核查属实", "2026-08-10"))
		}
	}
	storetest.Enter(t, d.Store)
	return d
}

// advance takes a finding some way, each a different one.
func (d *desk) advance(id int64, i int, m model.Finding) {
	ctx := context.Background()
	if i%5 == 3 || m.Measure == "" {
		return
	}
	check(d.T, d.Store.BeginFinding(ctx, id, "2026-06-20"))
	if i%4 == 1 {
		check(d.T, d.Store.AskExtension(ctx, id, "2026-11-30", "设备采购周期长，预计十月底到货"))
	}
	if i%2 == 0 {
		check(d.T, d.Store.SubmitFinding(ctx, id, "2026-07-20", "阿依古丽·买买提", "已按措施整改，照片和台账附后"))
	}
}

// findings are all findings, voided ones too.
func (d *desk) findings() []finding {
	d.T.Helper()
	var out []finding
	for _, state := range []model.FindingState{"", model.Withdrawn} {
		found, err := d.Store.Findings(context.Background(), store.FindingFilter{AllCampaigns: true, State: state}, store.Page{Sort: "form_no"})
		check(d.T, err)
		out = append(out, found.Items...)
	}
	return out
}

// TestFindingPictures shows the page within the frame's room. It needs
// PAGE_PICTURES, the folder for the pictures.
func TestFindingPictures(t *testing.T) {
	if os.Getenv("PAGE_PICTURES") == "" {
		t.Skip("PAGE_PICTURES is not set")
	}
	d := countyFindings(t)
	p := NewFindings(d.deps)
	d.InFrame(p)
	d.Picture("findings")
	for state, name := range map[model.FindingState]string{model.ToMend: "tomend", model.Mending: "mending", model.ToAccept: "toaccept",
		model.Refused: "refused", model.ClosedOut: "closed"} {
		p.Show(FindingView(state))
		p.Table().SelectIndex(1)
		d.Picture("findings-" + name)
	}
	p.ShowOverdue()
	p.Table().SelectIndex(0)
	d.Picture("findings-overdue")
	d.Tap("经过")
	d.Picture("finding-story")
	d.Escape()
	d.Tap("修改")
	d.Picture("finding-edit")
	d.Escape()
	p.New(model.Finding{})
	d.Picture("finding-new")
	d.Tap("选一项，或输入别的")
	d.Picture("finding-new-category")
	d.Escape()
	d.Escape()
	d.Win.Resize(fyne.NewSize(1920, 1080))
	d.Picture("findings-1920")
	d.Win.Resize(fyne.NewSize(1366, 768))
	for _, step := range []struct {
		view  FindingView
		label string
	}{
		{FindingView(model.ToMend), "开始整改…"}, {FindingView(model.Mending), "提交验收…"}, {FindingView(model.ToMend), "申请延期…"},
		{FindingView(model.ClosedOut), "回头看…"}, {FindingView(model.ToMend), "作废…"},
	} {
		p.Show(step.view)
		p.Table().SelectIndex(0)
		d.Tap(step.label)
		d.Picture("finding-step-" + step.label)
		d.Escape()
	}
	p.Show(FindingsToAccept)
	p.Table().SelectIndex(0)
	d.Tap("验收销号…")
	d.Picture("finding-mine")
	d.Escape()
	check(t, d.Store.SignOut(context.Background(), false))
	must[model.Account](t)(d.Store.SignIn(context.Background(), "wang", "自己的口令 2026"))
	p = NewFindings(d.deps)
	d.InFrame(p)
	for _, step := range []struct {
		view  FindingView
		label string
	}{{FindingsToAccept, "验收销号…"}, {FindingsToAccept, "退回…"}, {FindingsWithRequests, "审批延期…"}} {
		p.Show(step.view)
		p.Table().SelectIndex(0)
		d.Tap(step.label)
		d.Picture("finding-step-" + step.label)
		d.Escape()
	}
}
