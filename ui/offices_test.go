package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/report/sheet"
)

// middle is a hospital in the middle of a campaign that began without a plan:
// 急诊科 1 of 3 letters back, 麻醉手术科 2 of 2, one newcomer without a letter,
// one on leave, no self-checks.
func middle(t testing.TB) *hospital {
	ctx := context.Background()
	o := newHospital(t)
	o.staff("急诊科", "01", "张堃", "李喆", "王䶮", "单雄")
	o.staff("麻醉手术科", "02", "阿依古丽·买买提", "徐𬱖")
	c := o.campaign(2026, "2026-08-15")
	o.back(c, model.PersonalCommitment, "张堃", "阿依古丽·买买提", "徐𬱖")
	o.back(c, model.DepartmentCommitment, "麻醉手术科")
	for _, l := range o.letters(c, model.PersonalCommitment) {
		if l.Name == "单雄" {
			check(t, o.ExcuseCommitment(ctx, l.ID, "产假", "2026-10-08"))
		}
	}
	must[int64](t)(o.SaveStaff(ctx, model.Staff{EmployeeNo: "0109", Name: "赵犇", DepartmentID: 1, KeyPostReason: "药品采购"}))
	return o
}

func allDone(t testing.TB) *hospital {
	o := newHospital(t)
	o.staff("急诊科", "01", "张堃", "李喆", "王䶮")
	o.staff("麻醉手术科", "02", "阿依古丽·买买提", "徐𬱖")
	c := o.campaign(2026, "2026-09-30")
	o.back(c, model.PersonalCommitment)
	o.back(c, model.DepartmentCommitment)
	o.selfChecks(c)
	o.checked(c, "2026-08-11")
	return o
}

// fewPeople is a hospital whose campaign has ended.
func fewPeople(t testing.TB) *hospital {
	o := newHospital(t)
	o.staff("急诊科", "01", "张堃", "李喆", "王䶮")
	o.staff("神经外科、颅脑创伤与功能神经外科联合病区（东院区）", "02", "阿依古丽·买买提", "徐𬱖")
	c := o.campaign(2026, "2026-08-01")
	o.back(c, model.PersonalCommitment, "张堃")
	return o
}

// running is a hospital in the middle of a planned campaign with forms and
// letters for everybody: 急诊科 has handed in 2 of 4 forms and all letters,
// 麻醉手术科 1 of 2 forms and 1 of 2 letters. Of the two leaders 张堃 is checked.
func running(t testing.TB) (*hospital, model.Campaign) {
	o := newHospital(t)
	o.staff("急诊科", "01", "张堃", "李喆", "王䶮", "单雄")
	o.staff("麻醉手术科", "02", "阿依古丽·买买提", "徐𬱖")
	c := o.planned("county-plan-2024")
	o.makeLetters(c)
	o.selfChecks(c)
	o.checked(c, "2026-08-03", "张堃", "李喆")
	o.checked(c, "2026-08-10", "徐𬱖")
	o.back(c, model.PersonalCommitment, "张堃", "李喆", "王䶮", "单雄", "徐𬱖")
	o.back(c, model.DepartmentCommitment)
	return o, c
}

// planned starts the campaign of a template in 2026, with deadlines beside
// those of the template.
func (o *hospital) planned(template string, more ...model.Deadline) model.Campaign {
	o.Helper()
	p := must[model.Plan](o)(o.NewPlan(template, 2026))
	for _, d := range more {
		d.Position = len(p.Deadlines) + 1
		p.Deadlines = append(p.Deadlines, d)
	}
	return o.start(p)
}

func (o *hospital) start(p model.Plan) model.Campaign {
	o.Helper()
	p.ID = must[int64](o)(o.StartCampaign(context.Background(), p))
	return p.Campaign
}

func (o *hospital) makeLetters(c model.Campaign) {
	o.Helper()
	for _, kind := range []model.CommitmentKind{model.PersonalCommitment, model.DepartmentCommitment} {
		must[int](o)(o.MakeCommitments(context.Background(), c.ID, kind))
	}
}

// selfChecks makes the personal self-check forms of a campaign.
func (o *hospital) selfChecks(c model.Campaign) {
	o.Helper()
	must[int](o)(o.MakeSelfChecks(context.Background(), c.ID, model.PersonalSelfCheck))
}

// forms are the personal self-check forms in the order of their numbers.
func (o *hospital) forms(c model.Campaign) []store.SelfCheckRow {
	o.Helper()
	return must[store.Rows[store.SelfCheckRow]](o)(o.SelfChecks(context.Background(),
		store.SelfCheckFilter{CampaignID: c.ID, Kind: model.PersonalSelfCheck}, store.Page{Sort: "form_no"})).Items
}

// checked records that the forms of these people came back without problems on
// a day; no name means all.
func (o *hospital) checked(c model.Campaign, on day.Date, names ...string) {
	o.Helper()
	var nos []string
	for _, f := range o.forms(c) {
		if len(names) == 0 || slices.Contains(names, f.Name) {
			nos = append(nos, f.FormNo)
		}
	}
	for _, r := range must[[]store.SelfCheckResult](o)(o.ReturnSelfChecks(context.Background(), c.ID, nos, on, false)) {
		if r.Problem != "" {
			o.Fatal(r.Problem)
		}
	}
}

// finding registers a problem of 急诊科 or another department by id.
func (o *hospital) finding(c model.Campaign, department int64, problem string, due day.Date) model.Finding {
	o.Helper()
	f := model.Finding{CampaignID: c.ID, Source: model.FromInspection, FoundOn: "2026-07-10", Category: "规范诊疗", Level: model.Ordinary,
		DepartmentID: department, Problem: problem, Measure: "科内培训，每周抽查", DueOn: due}
	id, no, err := o.SaveFinding(context.Background(), f)
	check(o, err)
	f.ID, f.FormNo = id, no
	return f
}

// mended brings a finding to 待验收.
func (o *hospital) mended(f model.Finding) {
	o.Helper()
	ctx := context.Background()
	check(o, o.BeginFinding(ctx, f.ID, "2026-07-12"))
	check(o, o.SubmitFinding(ctx, f.ID, "2026-07-20", "李喆", "已按措施整改"))
}

// closedOut has another account accept findings that were mended.
func (o *hospital) closedOut(lookBack day.Date, findings ...model.Finding) {
	o.Helper()
	ctx := context.Background()
	must[model.Account](o)(o.SignIn(ctx, "sh", second))
	for _, f := range findings {
		check(o, o.AcceptFinding(ctx, f.ID, "2026-07-22", "现场核查，已整改到位", lookBack))
	}
	must[model.Account](o)(o.SignIn(ctx, storetest.Login, storetest.Password))
}

// county is the sample hospital in the middle of two campaigns.
func county(t testing.TB) *hospital {
	ctx := context.Background()
	o := newHospital(t)
	roster := must[model.RosterReading](t)(sheet.ReadRoster(o.Assets(), filepath.Join("..", "report", "sheet", "testdata", "county-hospital-620.xlsx"), ""))
	must[store.RosterPlan](t)(o.ImportRoster(ctx, "county-hospital-620.xlsx", roster, store.RosterAnswers{}))
	o.planned("shanxi-2020")
	check(t, o.SaveSetting(ctx, store.CampaignInHand, "2"))
	c := o.planned("county-plan-2024",
		model.Deadline{Title: "专题学习（应到 620 人）", DeadlineRule: model.DeadlineRule{Every: model.Monthly, Day: 31}},
		model.Deadline{Title: "工作量化统计表", Recipient: "县卫生健康局", DeadlineRule: model.DeadlineRule{Every: model.Monthly, Day: 10}},
		model.Deadline{Title: "季度工作进展", Recipient: "县卫生健康局医政医管科", DeadlineRule: model.DeadlineRule{Every: model.Quarterly, Month: 3, Day: 24}})
	o.meetBefore(c, "2026-08-01")
	o.makeLetters(c)
	o.selfChecks(c)
	o.countyForms(c)
	o.countyFindings(c)
	o.countyEnvelopes()
	for i, name := range []string{"朱𬭎", "阿依古丽·买买提", "陈龘"} {
		must[int64](t)(o.SaveStaff(ctx, model.Staff{EmployeeNo: fmt.Sprintf("0900%d", i), Name: name, DepartmentID: 1, Post: "护士"}))
	}
	return o
}

// meetBefore records that what was due before a day was delivered.
func (o *hospital) meetBefore(c model.Campaign, before day.Date) {
	o.Helper()
	ctx := context.Background()
	for _, d := range must[[]store.DueRow](o)(o.Deadlines(ctx, []int64{c.ID})) {
		if d.Due != "" && d.Due < before {
			check(o, o.MeetDeadline(ctx, d.DeadlineID, d.Period, d.Due, "已报送"))
		}
	}
}

// countyForms lets papers come back day by day over two weeks; few departments
// are far behind.
func (o *hospital) countyForms(c model.Campaign) {
	o.Helper()
	ctx := context.Background()
	on := func(i int) day.Date { return day.Of(morning.AddDate(0, 0, -(i*i)%19)) }
	returned := map[day.Date][]string{}
	for i, f := range o.forms(c) {
		if lags := f.SignerDepartmentID%11 == 3; (i*7)%5 != 0 && lags || !lags && i%53 != 0 {
			returned[on(i)] = append(returned[on(i)], f.FormNo)
		}
	}
	for d, nos := range returned {
		must[[]store.SelfCheckResult](o)(o.ReturnSelfChecks(ctx, c.ID, nos, d, false))
	}
	returned = map[day.Date][]string{}
	for i, l := range o.letters(c, model.PersonalCommitment) {
		if lags := l.DepartmentID%11 == 3 || l.DepartmentID%13 == 5; i%4 != 0 && lags || !lags && i%41 != 0 {
			returned[on(i+3)] = append(returned[on(i+3)], l.FormNo)
		}
	}
	for d, nos := range returned {
		must[[]store.ReturnResult](o)(o.ReturnCommitments(ctx, c.ID, nos, d))
	}
	o.back(c, model.DepartmentCommitment)
}

// countyFindings registers 31 problems; 22 are closed out, 3 overdue.
func (o *hospital) countyFindings(c model.Campaign) {
	o.Helper()
	o.account("sh", "赵某", model.Reviewer)
	problems := []string{"一日清单没有每天送到患者手中", "医药代表未预约进入病区，科内没有登记", "高值耗材使用登记缺患者签字", "抗菌药物处方没有写明理由", "病历抽查发现手术记录不完整"}
	var closed []model.Finding
	for i := range 31 {
		due := day.Of(morning.AddDate(0, 0, 40+i))
		if i >= 22 && i < 25 {
			due = day.Of(morning.AddDate(0, 0, i-25))
		} else if i == 25 {
			due = "2026-08-14"
		}
		f := o.finding(c, int64(i%40+1), problems[i%len(problems)], due)
		if i < 22 || i > 27 {
			o.mended(f)
		}
		if i < 22 {
			closed = append(closed, f)
		}
	}
	o.closedOut("2026-08-10", closed[:2]...)
	o.closedOut("2026-12-10", closed[2:]...)
}
