package issue

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
)

const clerkPassword = "明月清风 1024"

// aCampaign does with the office's campaign what an office does.
func aCampaign(t *testing.T, s *store.Store, c model.Campaign) {
	t.Helper()
	ctx := context.Background()
	check2(s.AddAccount(ctx, model.Account{Login: "wang", Name: "王某", Role: model.Clerk}, "头一个密码 1号"))(t)
	check2(s.SignIn(ctx, "wang", "头一个密码 1号"))(t)
	check(t, s.ChangePassword(ctx, "头一个密码 1号", clerkPassword))
	aPlan(t, s, c)
	recorded := forms(t, s, c)
	storetest.Enter(t, s)
	decided(t, s, recorded)
	aDraw(t, s, c)
}

func aPlan(t *testing.T, s *store.Store, c model.Campaign) {
	t.Helper()
	ctx := context.Background()
	plan, err := s.Plan(ctx, c.ID)
	check(t, err)
	check2(s.SavePart(ctx, model.Member{CampaignID: c.ID, Role: "成员", Post: "医务科科长", Name: "周某"}))(t)
	check2(s.SavePart(ctx, model.CheckItem{CampaignID: c.ID, Source: model.FocusSource, Text: "有无统方"}))(t)
	check(t, s.MovePart(ctx, plan.Phases[1], true))
	check(t, s.RemovePart(ctx, plan.Duties[3]))
	d := plan.Duties[0]
	d.State, d.Progress, d.ProgressOn = model.DutyRunning, "已印发通知", s.Today()
	check2(s.SavePart(ctx, d))(t)
	due, err := s.Deadlines(ctx, []int64{c.ID})
	check(t, err)
	check(t, s.MeetDeadline(ctx, due[0].DeadlineID, due[0].Period, s.Today(), "已报送"))
	set := plan.Deadlines[slices.IndexFunc(plan.Deadlines, func(d model.Deadline) bool { return d.ID != due[0].DeadlineID })]
	set.DeadlineRule = model.DeadlineRule{Every: model.Monthly, Day: 15, Roll: model.RollAfter}
	check2(s.SavePart(ctx, set))(t)
}

// forms returns the ids of the findings that come of them.
func forms(t *testing.T, s *store.Store, c model.Campaign) (ids []int64) {
	t.Helper()
	ctx := context.Background()
	check2(s.MakeSelfChecks(ctx, c.ID, model.PersonalSelfCheck))(t)
	f := store.SelfCheckFilter{CampaignID: c.ID, Kind: model.PersonalSelfCheck}
	rows, err := s.SelfChecks(ctx, f, store.Page{})
	check(t, err)
	plan, err := s.Plan(ctx, c.ID)
	check(t, err)
	check(t, s.MarkSelfChecksPrinted(ctx, []int64{rows.Items[0].ID}))
	e := store.SelfCheckEntry{On: s.Today(), Problems: []model.Problem{{ItemID: plan.Items[2].ID, Particulars: "收受购物卡", Counterpart: "某药企",
		AmountFen: 150000, Measure: "上交", DueOn: "2026-08-31"}, {ItemID: plan.Items[0].ID, Particulars: "另一件事", Measure: "改正", DueOn: "2026-08-31"}}}
	nos, err := s.RecordSelfCheck(ctx, rows.Items[0].ID, e)
	check(t, err)
	e.Problems, e.Gaps = e.Problems[:1], "没有登记制度"
	e.Problems[0].Counterpart = "另一家"
	check2(s.RecordSelfCheck(ctx, rows.Items[0].ID, e))(t)
	first, err := s.FindingByNumber(ctx, nos[0])
	check(t, err)
	check(t, s.AskExtension(ctx, first.ID, "2026-09-30", "款未到"))
	check(t, s.BeginFinding(ctx, first.ID, s.Today()))
	check(t, s.SubmitFinding(ctx, first.ID, s.Today(), "张三", "已退还"))
	return []int64{first.ID}
}

func decided(t *testing.T, s *store.Store, ids []int64) {
	t.Helper()
	ctx := context.Background()
	requests, err := s.Extensions(ctx, ids[0])
	check(t, err)
	check(t, s.DecideExtension(ctx, requests[0].ID, true, "同意"))
	check(t, s.MarkNotified(ctx, ids))
	check(t, s.RefuseFinding(ctx, ids[0], s.Today(), "没有公示"))
	check(t, s.BeginFinding(ctx, ids[0], s.Today()))
	check(t, s.SubmitFinding(ctx, ids[0], s.Today(), "张三", "已公示")) // another account than before
}

func aDraw(t *testing.T, s *store.Store, c model.Campaign) {
	t.Helper()
	ctx := context.Background()
	id, err := s.MakeDraw(ctx, store.DrawRequest{CampaignID: c.ID, Seed: "7", From: "2026-09-01", To: "2026-12-31", Picks: 2, PerVisit: 1, Witness: "周某",
		Inspectors: []model.Inspector{{Name: "吴某"}, {Name: "郑某"}}})
	check(t, err)
	picks, err := s.Picks(ctx, id)
	check(t, err)
	check(t, s.RecordPick(ctx, model.Pick{ID: picks[1].ID, InspectedOn: s.Today(), Record: "收费没有公示", Published: "公开栏"}))
	_, _, err = s.SaveFinding(ctx, model.Finding{PickID: picks[1].ID, Source: model.FromInspection, FoundOn: s.Today(), Category: "收费", Level: model.Ordinary,
		DepartmentID: picks[1].DepartmentID, Problem: "收费没有公示", FundsFen: 12300})
	check(t, err)
}

// Whatever a campaign writes into the trail, people can read it.
func TestLinesOfCampaignsAreReadable(t *testing.T) {
	ctx := context.Background()
	s, c := office(t)
	aCampaign(t, s, c)
	lines := trailOf(t, s, store.TrailFilter{})
	labels, err := AuditLabels(ctx, s, lines)
	check(t, err)
	all := readable(t, labels, lines, "阶段", "领导小组", "时限", "责任事项", "自查项目", "自查表", "自查问题", "问题", "延期", "抽取", "抽查")
	for _, want := range []string{
		`新增自查问题 ZC-2026-00001-\d\d：自查表 ZC-2026-00001-\d\d；自查项目 第 3 项 不实施过度诊疗；具体表现 （已填写）`,
		`修改自查问题 ZC-2026-00001-\d\d：涉及单位或个人：（已填写） → （已改动）\n`,
		`新增问题 ZG-2026-00001-\d\d：编号 ZG-2026-00001-\d\d；专项行动 2026年[^；]+；来源 自查；来源说明 ZC-2026-00001-\d\d；自查问题 ZC-2026-00001-\d\d；`,
		`新增问题 ZG-2026-00003-\d\d：.*；抽查 SJ-2026-00001-\d\d (急诊科|麻醉手术科)；`,
		`提交验收问题 ZG.*登记账号：（空） → 王某（wang）；`,
		`提交验收问题 ZG.*登记账号：王某（wang） → 李某（li）；`,
		`申请延期 ZG.*：问题 ZG-2026-00001-\d\d；原时限 2026-08-31；新时限 2026-09-30；原因 款未到；状态 待批；申请日期 2026-08-11；申请账号 王某（wang）\n`,
		`办结时限 .*：时限 [^；0-9]+；期次 `,
		`抽取抽取 SJ.*；抽取范围 2 个科室，\d+ 个时段，2 名检查人，抽 2 个；抽取结果 1\. `,
		`登记检查抽查 SJ`,
		`新增责任事项 `,
		`修改时限 .*周期：一次 → 每月；.*日：（空） → 15`,
	} {
		if !regexp.MustCompile(want).MatchString(all) {
			t.Errorf("no line says %s", want)
		}
	}
	if t.Failed() {
		t.Log(all)
	}

	// A line alone is told the same as among the others, but for who may not read
	// about accounts.
	id := regexp.MustCompile(`内部号 \d`)
	alone := func(action, entity string) string {
		for _, l := range slices.Backward(lines) {
			if l.Action == action && l.Entity == entity {
				labels, err := AuditLabels(ctx, s, []model.AuditLine{l})
				check(t, err)
				return ChangeText(labels, l)
			}
		}
		return ""
	}
	for _, of := range [][2]string{{"新增", "自查问题"}, {"新增", "问题"}, {"登记检查", "抽查"}, {"办结", "时限"}} {
		if text := alone(of[0], of[1]); text == "" || !strings.Contains(all, text) || id.MatchString(text) {
			t.Errorf("alone %s says %s", of, text)
		}
	}
	if text := alone("提交验收", "问题"); !strings.Contains(text, "登记账号：wang → 李某（li）") {
		t.Errorf("alone it says %s", text)
	}
	check2(s.SignIn(ctx, "wang", clerkPassword))(t)
	if text := alone("提交验收", "问题"); !strings.Contains(text, "登记账号：内部号 2 → 李某（li）") {
		t.Errorf("to a clerk it says %s", text)
	}
}

// readable fails for lines that people cannot read, and for registers that no
// line is about; it returns what the lines say.
func readable(t *testing.T, labels assets.Labels, lines []model.AuditLine, registers ...string) string {
	t.Helper()
	var texts []string
	told := map[string]bool{}
	raw, id := regexp.MustCompile(`^[a-z_]+$`), regexp.MustCompile(`内部号 \d`)
	for _, l := range lines {
		told[l.Entity] = true
		text := ChangeText(labels, l)
		texts = append(texts, l.Action+l.Entity+" "+l.Label+"："+text)
		if len([]rune(text)) > 800 {
			t.Errorf("a wall of text: %s", text)
		}
		for _, change := range model.ReadableChange(labels, l) {
			for _, value := range []string{change.Old, change.New} {
				if raw.MatchString(change.Label) || id.MatchString(value) || strings.ContainsAny(value, `{}[]`) || (change.Label != "登录名" && change.Label != "模板" && raw.MatchString(value)) {
					t.Errorf("%s%s says %s: %q", l.Action, l.Entity, change.Label, value)
				}
			}
		}
	}
	for _, entity := range registers {
		if !told[entity] {
			t.Errorf("no line about %s", entity)
		}
	}
	return strings.Join(texts, "\n")
}

// handedOver does with red envelopes what an office does.
func handedOver(t *testing.T, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	staff, err := s.Staff(ctx, store.StaffFilter{}, store.Page{Sort: "employee_no"})
	check(t, err)
	h := model.Handover{StaffID: staff.Items[0].ID, ReceivedAt: "2026-08-09 16:30", HandedAt: "2026-08-10 09:10", Occasion: model.Occasions[0],
		Giver: model.FromCompany, Company: "某药业有限公司", Agent: "钱某", ReceivedBy: "李某", WitnessedBy: "赵某", Keeper: "李某", KeptAt: "保险柜"}
	id, _, err := s.RegisterHandover(ctx, h, []model.HandoverItem{{Category: model.Cash, Quantity: 20, AmountFen: 200000},
		{Category: model.Card, Particulars: "500 元卡", Quantity: 2, AmountFen: 100000}})
	check(t, err)
	d, err := s.HandoverDetail(ctx, id)
	check(t, err)
	check(t, s.CorrectHandover(ctx, id, []int64{d.Entries[1].ID}, []model.HandoverItem{{Category: model.Card, Particulars: "100 元卡", Quantity: 2, AmountFen: 20000}}, "面值看错"))
	r, err := s.IssueReceipt(ctx, id)
	check(t, err)
	check(t, s.MarkReceiptPrinted(ctx, r.ID))
	x, _, err := s.Dispose(ctx, model.Disposition{HandoverID: id, Kind: model.ToAccount, DisposedOn: "2026-08-11", AmountFen: 200000, Voucher: "JK-12",
		Approver: "王院长", HandledBy: "李某", Lines: []model.DispositionLine{{ItemID: d.Entries[0].ID, AmountFen: 200000}}})
	check(t, err)
	check2(s.ReverseDisposition(ctx, x, "凭证号填错"))(t)
	_, _, err = s.ChangeCustody(ctx, model.Custody{MovedOn: "2026-08-11", FromKeeper: "李某", Keeper: "孙某", CoKeeper: "李某", WitnessedBy: "王某"}, []int64{id})
	check(t, err)
	p, err := s.Hospital(ctx)
	check(t, err)
	p.HandoverLimit, p.HandoverUnit, p.HandoverDocument, p.HandoverFrom = 2, model.WorkingDays, "《红包上交规定》第四条", "2026-09-01"
	check(t, s.SaveHospital(ctx, p))
}

// Whatever red envelopes write into the trail, people can read it, and amounts
// in yuan.
func TestLinesOfHandoversAreReadable(t *testing.T) {
	ctx := context.Background()
	s, _ := office(t)
	handedOver(t, s)
	lines := trailOf(t, s, store.TrailFilter{})
	labels, err := AuditLabels(ctx, s, lines)
	check(t, err)
	all := readable(t, labels, lines, "红包上交", "上交财物", "收据", "处置", "保管交接", "供应商")
	for _, want := range []string{
		`登记红包上交 HB-2026-00001-\d\d：登记号 HB[^；]+；状态 待处置；上交时间 2026-08-10 09:10；.*；上交人 [^；]+（101）；科室 急诊科；.*；企业 某药业有限公司；企业代表 （已填写）；上交金额（元） 3,000.00；`,
		`登记上交财物 HB-2026-00001-\d\d：红包上交 HB-2026-00001-\d\d；次序 2；财物类别 购物卡；说明 （已填写）；数量 2；单位 张；金额（元） 1,000.00；`,
		`冲正上交财物 HB.*；金额（元） -1,000.00；计价依据 面值；冲正 第 2 项 购物卡；更正原因 面值看错；`,
		`更正红包上交 HB.*：上交金额（元）：3,000.00 → 2,200.00；在保管（元）：3,000.00 → 2,200.00`,
		`开具收据 HS.*；红包上交 HB-2026-00001-\d\d；开具日期 2026-08-11；金额（元） 2,200.00；收据内容 （已填写）；`,
		`处置红包上交 HB.*已处置（元）：0.00 → 2,000.00`,
		`登记处置 HC.*；处置方式 上缴廉政账户；处置日期 2026-08-11；金额（元） 2,000.00；凭证号 JK-12；批准人 王院长；经办人 李某`,
		`冲正处置 HC-2026-00002.*；金额（元） -2,000.00；.*；冲正 HC-2026-00001-\d\d；冲正原因 凭证号填错`,
		`登记保管交接 HJ.*；红包上交次数 1；交接日期 2026-08-11；移交人 李某；接收人 孙某；共同保管人 李某；`,
		`新增供应商 某药业有限公司：名称 某药业有限公司；建档日期 2026-08-11`,
		`修改医院概况 .*时限依据：（空） → 《红包上交规定》第四条；时限施行日期：（空） → 2026-09-01`,
	} {
		if !regexp.MustCompile(want).MatchString(all) {
			t.Errorf("no line says %s", want)
		}
	}
	// A line alone is told the same as among the others.
	for _, l := range lines {
		labels, err := AuditLabels(ctx, s, []model.AuditLine{l})
		check(t, err)
		if text := l.Action + l.Entity + " " + l.Label + "：" + ChangeText(labels, l); !strings.Contains(all, text) {
			t.Errorf("alone it says %s", text)
		}
	}
	if t.Failed() {
		t.Log(all)
	}
}

// Ids of nothing, and what is no id, hide nothing.
func TestLinesWithStrangeIDs(t *testing.T) {
	s, _ := office(t)
	var lines []model.AuditLine
	for _, column := range []string{"staff_id", "selfcheck_id", "item_id", "finding_id", "draw_id", "pick_id", "problem_id", "deadline_id", "submitted_by", "asked_by",
		"handover_id", "supplier_id", "reverses_id", "corrects_id"} {
		for _, value := range []string{"99", `"x"`, "-1", "1.5", "null", "[7]"} {
			lines = append(lines, model.AuditLine{Entity: "问题", Before: `{}`, After: `{"selfcheck_id":98,"` + column + `":` + value + `}`, Actor: "某"})
		}
	}
	labels, err := AuditLabels(context.Background(), s, lines)
	check(t, err)
	for _, l := range lines {
		value := strings.Trim(l.After[strings.LastIndex(l.After, ":")+1:], `"}`)
		if text := ChangeText(labels, l); !strings.Contains(text, value) && value != "null" && !strings.Contains(text, "某") {
			t.Errorf("%s says %s", l.After, text)
		}
	}
}
