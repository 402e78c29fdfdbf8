package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"strconv"
	"strings"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
)

// The sample's campaign from the self-checks on: its clock goes on where the
// letters left it.

// selfChecks makes the forms of people and departments and puts them on paper.
func (d *demo) selfChecks(ctx context.Context, c model.Campaign) error {
	for _, kind := range model.SelfCheckKinds {
		path := d.path("自查表-" + kind.Label() + ".pdf")
		filter := store.SelfCheckFilter{CampaignID: c.ID, Kind: kind}
		if _, _, err := printSelfChecks(ctx, d.store, filter, path, true); err != nil {
			return err
		}
		d.files = append(d.files, path)
	}
	return nil
}

// answers lets most forms come back within the phase, some of them with
// problems, one to be done again, a few late and a few not at all.
func (d *demo) answers(ctx context.Context, c model.Campaign) error {
	filter := store.SelfCheckFilter{CampaignID: c.ID, Kind: model.PersonalSelfCheck}
	found, err := d.store.SelfChecks(ctx, filter, store.Page{})
	if err != nil {
		return err
	}
	plan, err := d.store.Plan(ctx, c.ID)
	if err != nil {
		return err
	}
	var clean, late []string
	problem := 0
	for i, row := range found.Items {
		switch {
		case row.State != model.Printed:
			// left meanwhile
		case i%97 == 40:
			err = d.store.ExcuseSelfCheck(ctx, row.ID, "产假", c.EndsOn)
		case i%61 == 11:
			err = d.stated(ctx, plan, row, problem)
			problem++
		case i%89 == 33:
			late = append(late, row.FormNo)
		case i/12%9 == 4 && i%12 >= 9:
			// still out
		default:
			clean = append(clean, row.FormNo)
		}
		if err != nil {
			return err
		}
	}
	if _, err := d.store.ReturnSelfChecks(ctx, c.ID, clean, day.Of(d.clock), false); err != nil {
		return err
	}
	if err := d.store.SendBackSelfCheck(ctx, found.Items[0].ID, "各项空白，只签了名"); err != nil {
		return err
	}
	if err := d.wait(ctx, 10); err != nil {
		return err
	}
	_, err = d.store.ReturnSelfChecks(ctx, c.ID, late, day.Of(d.clock), true)
	return err
}

// stated hands in a form with one problem of the sample, which becomes a
// finding.
func (d *demo) stated(ctx context.Context, plan model.Plan, row store.SelfCheckRow, n int) error {
	p := d.asset.Problems[n%len(d.asset.Problems)]
	on := day.Of(d.clock)
	findings, err := d.store.RecordSelfCheck(ctx, row.ID, store.SelfCheckEntry{On: on,
		Problems: []model.Problem{{ItemID: plan.Items[p.Item-1].ID, Particulars: p.Particulars, Counterpart: p.Counterpart,
			AmountFen: p.AmountFen, HandedFen: p.HandedFen, Measure: p.Measure, DueOn: day.Of(d.clock.AddDate(0, 0, 30))}},
		Opinions: model.Opinions{Department: "情况属实，督促整改。", DepartmentOn: on}})
	d.stating = append(d.stating, findings...)
	return err
}

// departmentAnswers lets the departments' forms come back.
func (d *demo) departmentAnswers(ctx context.Context, c model.Campaign) error {
	found, err := d.store.SelfChecks(ctx, store.SelfCheckFilter{CampaignID: c.ID, Kind: model.DepartmentSelfCheck}, store.Page{})
	if err != nil {
		return err
	}
	var nos []string
	for i, row := range found.Items {
		if i%8 != 5 {
			nos = append(nos, row.FormNo)
		}
	}
	_, err = d.store.ReturnSelfChecks(ctx, c.ID, nos, day.Of(d.clock), true)
	return err
}

// plan fills the leading group, tells how far the first measures are and what
// was handed in.
func (d *demo) plan(ctx context.Context, c model.Campaign) error {
	plan, err := d.store.Plan(ctx, c.ID)
	if err != nil {
		return err
	}
	for i, m := range plan.Members {
		m.Name = d.asset.Members[i%len(d.asset.Members)]
		if _, err := d.store.SavePart(ctx, m); err != nil {
			return err
		}
	}
	for i, duty := range plan.Duties {
		switch {
		case i%3 == 0:
			duty.State, duty.Progress = model.DutyDone, "已落实，材料存行风办。"
		case i%3 == 1:
			duty.State, duty.Progress = model.DutyRunning, "正在推进。"
		default:
			continue
		}
		duty.ProgressOn = day.Of(d.clock)
		if _, err := d.store.SavePart(ctx, duty); err != nil {
			return err
		}
	}
	return d.meet(ctx, c.ID)
}

// meet ticks off every deadline of a campaign that is due by now.
func (d *demo) meet(ctx context.Context, campaignID int64) error {
	due, err := d.store.Deadlines(ctx, []int64{campaignID})
	if err != nil {
		return err
	}
	today := day.Of(d.clock)
	for _, x := range due {
		if x.Due == "" || x.Due > today {
			continue
		}
		if err := d.store.MeetDeadline(ctx, x.DeadlineID, x.Period, x.Due, "已报送，回执存档"); err != nil {
			return err
		}
	}
	return nil
}

// second runs another campaign beside the first: statistics every month.
func (d *demo) second(ctx context.Context) error {
	plan, err := d.store.NewPlan(d.asset.Second.Template, d.asset.Second.Year)
	if err != nil {
		return err
	}
	id, err := d.store.StartCampaign(ctx, plan)
	if err != nil {
		return err
	}
	return d.meet(ctx, id)
}

// inspect draws departments at random and finds something in two of them.
func (d *demo) inspect(ctx context.Context, c model.Campaign) error {
	var inspectors []model.Inspector
	for _, name := range d.asset.Inspectors {
		inspectors = append(inspectors, model.Inspector{Name: name})
	}
	id, err := d.store.MakeDraw(ctx, store.DrawRequest{CampaignID: c.ID, Seed: d.asset.Seed, From: day.Of(d.clock), To: day.Of(d.clock.AddDate(0, 0, 14)),
		Picks: 5, PerVisit: 2, Inspectors: inspectors, Fair: true, Witness: d.asset.Members[0]})
	if err != nil {
		return err
	}
	d.draw = id
	if err := d.wait(ctx, 15); err != nil {
		return err
	}
	picks, err := d.store.Picks(ctx, id)
	if err != nil {
		return err
	}
	for i, p := range picks[:4] {
		p.Pick.State, p.InspectedOn, p.Published = model.Inspected, p.Day, "院内公示栏"
		p.Record = "查看登记、病历和处方，询问医务人员，未发现问题。"
		if i < len(d.asset.Found) {
			p.Record = "发现问题：" + d.asset.Found[i].Problem
		}
		if err := d.store.RecordPick(ctx, p.Pick); err != nil {
			return err
		}
	}
	for i, f := range d.asset.Found {
		p := picks[i%len(picks)]
		_, no, err := d.store.SaveFinding(ctx, model.Finding{CampaignID: c.ID, Source: model.FromInspection, Origin: p.FormNo, PickID: p.ID,
			FoundOn: p.Day, Category: f.Category, Level: model.FindingLevel(f.Level), DepartmentID: p.DepartmentID, Leader: d.asset.Members[1],
			Problem: f.Problem, Measure: f.Measure, DueOn: day.Of(d.clock.AddDate(0, 0, f.Days)), Contingency: f.Contingency, FundsFen: f.FundsFen})
		if err != nil {
			return err
		}
		d.inspected = append(d.inspected, no)
	}
	return nil
}

// mend takes the findings different ways: most are mended and closed out by
// the reviewer, one is sent back, one has more time, one relapses.
func (d *demo) mend(ctx context.Context) error {
	all := append(append([]string{}, d.stating...), d.inspected...)
	if err := d.wait(ctx, 3); err != nil {
		return err
	}
	rows := make([]store.FindingRow, len(all))
	for i, no := range all {
		row, err := d.store.FindingByNumber(ctx, no)
		if err != nil {
			return err
		}
		rows[i] = row
		if i%5 == 4 {
			continue // nobody has begun
		}
		if err := d.store.BeginFinding(ctx, row.ID, day.Of(d.clock)); err != nil {
			return err
		}
	}
	if err := d.wait(ctx, 6); err != nil {
		return err
	}
	for i, row := range rows {
		if i%5 == 4 || i%5 == 3 {
			continue // still being mended
		}
		if err := d.store.SubmitFinding(ctx, row.ID, day.Of(d.clock), d.asset.Members[2], "已按措施整改，制度和记录齐全。"); err != nil {
			return err
		}
	}
	if err := d.store.AskExtension(ctx, rows[3].ID, day.Of(rows[3].DueOn.Time().AddDate(0, 0, 20)), "设备到货延迟"); err != nil {
		return err
	}
	return d.review(ctx, rows)
}

// review is the reviewer's part: who recorded that something was mended does
// not accept it.
func (d *demo) review(ctx context.Context, rows []store.FindingRow) error {
	if err := d.reviewer(ctx); err != nil {
		return err
	}
	if err := d.wait(ctx, 2); err != nil {
		return err
	}
	today := day.Of(d.clock)
	for i, row := range rows {
		switch i % 5 {
		case 0, 1:
			if err := d.store.AcceptFinding(ctx, row.ID, today, "现场核查，已整改到位。", ""); err != nil {
				return err
			}
		case 2:
			if i == 2 {
				if err := d.store.RefuseFinding(ctx, row.ID, today, "只有承诺，没有整改记录。"); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// reviewer signs in a third person, who decides.
func (d *demo) reviewer(ctx context.Context) error {
	reviewer := demoAccount{Login: "zhao", Name: "赵某", Role: model.Reviewer, Password: randomPassword()}
	first := randomPassword()
	if _, err := d.store.SignIn(ctx, d.accounts[0].Login, d.adminPassword); err != nil {
		return err
	}
	if _, err := d.store.AddAccount(ctx, model.Account{Login: reviewer.Login, Name: reviewer.Name, Role: reviewer.Role}, first); err != nil {
		return err
	}
	if _, err := d.store.SignIn(ctx, reviewer.Login, first); err != nil {
		return err
	}
	d.accounts = append(d.accounts, reviewer)
	return d.store.ChangePassword(ctx, first, reviewer.Password)
}

// randomPassword has 80 random bits in four groups, in letters and digits that
// are not taken for each other.
func randomPassword() string {
	text := strings.ToLower(rand.Text())
	return text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:16]
}

// back signs in the clerk again, who has the first campaign in hand.
func (d *demo) back(ctx context.Context) error {
	_, err := d.store.SignIn(ctx, d.accounts[1].Login, d.accounts[1].Password)
	if err != nil {
		return err
	}
	return d.store.SaveSetting(ctx, store.CampaignInHand, strconv.FormatInt(d.campaign.ID, 10))
}

// papers writes what the campaign leaves on paper.
func (d *demo) papers(ctx context.Context, c model.Campaign) error {
	s, fonts := d.store, page.ThisMachine()
	all := store.FindingFilter{CampaignID: c.ID}
	closed := store.FindingFilter{CampaignID: c.ID, State: model.ClosedOut}
	friday := issue.LastFriday(day.Of(d.clock))
	for _, p := range []struct {
		name string
		pdf  func(io.Writer) ([]string, error)
	}{
		{"时间表", func(w io.Writer) ([]string, error) { return issue.Timetable(ctx, w, s, c.ID, fonts) }},
		{"责任清单", func(w io.Writer) ([]string, error) { return issue.DutyList(ctx, w, s, c.ID, true, fonts) }},
		{"催办单", func(w io.Writer) ([]string, error) { return issue.Reminders(ctx, w, s, c.ID, fonts) }},
		{"自查汇总表", func(w io.Writer) ([]string, error) { return issue.SelfCheckSummary(ctx, w, s, c.ID, fonts) }},
		{"问题整改台账", func(w io.Writer) ([]string, error) { return issue.FindingRegister(ctx, w, s, all, fonts) }},
		{"销号审批单", func(w io.Writer) ([]string, error) { return issue.CloseOutSheets(ctx, w, s, closed, fonts) }},
		{"整改情况周报", func(w io.Writer) ([]string, error) { return issue.Weekly(ctx, w, s, c.ID, friday, fonts) }},
		{"抽取结果单", func(w io.Writer) ([]string, error) { return issue.DrawSheet(ctx, w, s, d.draw, fonts) }},
		{"检查记录表", func(w io.Writer) ([]string, error) { return issue.InspectionSheets(ctx, w, s, d.draw, fonts) }},
	} {
		err := d.paper(ctx, export{what: p.name, path: d.path(p.name + ".pdf")}, p.pdf)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	path := d.path("整改通知书.pdf")
	d.files = append(d.files, path)
	_, err := printNotices(ctx, s, all, path)
	return err
}

// rectify is the campaign after its papers went out: self-checks, inspection,
// findings and what is printed of them.
func (d *demo) rectify(ctx context.Context, c model.Campaign) error {
	for _, step := range []func(context.Context, model.Campaign) error{d.answers, d.departmentAnswers, d.plan, d.inspect} {
		if err := step(ctx, c); err != nil {
			return err
		}
	}
	if err := d.mend(ctx); err != nil {
		return err
	}
	if err := d.back(ctx); err != nil {
		return err
	}
	if err := d.second(ctx); err != nil {
		return err
	}
	return d.papers(ctx, c)
}
