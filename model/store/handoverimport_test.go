package store

import (
	"context"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
)

// ledgerOf makes records of rows that are given as pairs of field and cell on
// top of a good row.
func ledgerOf(rows ...[]string) []model.HandoverRecord {
	var mapped []model.MappedRow
	for n, pairs := range rows {
		cells := map[string]string{"handed_at": "2025-03-05 09:00", "received_at": "2025-03-04 17:30", "manner": "实名", "employee_no": "01000",
			"giver": "患者", "patient": "贾某某", "admission_no": "ZY1", "category": "现金", "quantity": "5", "amount": "500", "received_by": "李某",
			"witnessed_by": "赵某"}
		for i := 0; i < len(pairs); i += 2 {
			cells[pairs[i]] = pairs[i+1]
		}
		mapped = append(mapped, model.MappedRow{Line: n + 2, Cells: cells})
	}
	return model.HandoverRecords(mapped, map[string]string{"employee_no": "上交人工号"})
}

// Rows of one number that do not stand together are told: they count as two
// handovers. Numbers that begin anew each year are not the same.
func TestNumbersApartInALedgerAreTold(t *testing.T) {
	ctx := context.Background()
	s, _, _, _ := registerOf(t)
	done := must[HandoverImport](t)(s.ImportHandovers(ctx, ledgerOf([]string{"old_no", "1"}, []string{"old_no", "2", "handed_at", "2025-03-06"},
		[]string{"old_no", "1", "amount", "80"}, []string{"old_no", "2", "handed_at", "2026-03-06"}), true))
	if done.Added != 4 || len(done.Warnings) != 1 || done.Warnings[0].Row != 4 || done.Warnings[0].Column != "原编号" ||
		!strings.HasPrefix(done.Warnings[0].Problem, "与第 2 行编号相同而不相连") {
		t.Errorf("%+v", done)
	}
}

func TestImportHandovers(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	records := ledgerOf(
		[]string{"old_no", "2025-1", "disposition", "退还患者", "disposed_on", "2025-03-06", "signer", "贾某某"},
		[]string{"old_no", "2025-1", "category", "购物卡", "quantity", "2张", "amount", "1,000", "disposition", "廉政账户", "disposed_on", "2025-03-09", "voucher", "PZ8", "disposed_amount", "500"},
		[]string{"old_no", "2025-2", "manner", "匿名", "employee_no", "", "received_at", "", "giver", "", "patient", "", "admission_no", ""},
		[]string{"employee_no", "", "person", "张三", "disposition", "转押金", "disposed_on", "2025-03-07", "voucher", "YJ-1"},
		[]string{"employee_no", "", "person", "张三", "disposition", "转押金", "disposed_on", "2025-03-07", "voucher", "YJ-1"}, // a twin
		[]string{"giver", "厂家", "company", "某某药业", "patient", "", "admission_no", "", "category", "礼品", "amount", "￥88.50", "quantity", ""},
	)
	before := dump(t, s)
	dry := must[HandoverImport](t)(s.ImportHandovers(ctx, records, true))
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("a dry run changed %v", d)
	}
	done := must[HandoverImport](t)(s.ImportHandovers(ctx, records, false))
	for name, r := range map[string]HandoverImport{"dry": dry, "done": done} {
		if r.Rows != 6 || r.Added != 5 || r.AmountFen != 150000+50000*3+8850 || len(r.Rejected) != 0 || len(r.Warnings) != 0 {
			t.Errorf("%s: %+v", name, r)
		}
	}
	list := must[[]HandoverDetail](t)(s.HandoverDetails(ctx, HandoverFilter{}, Page{}))
	first, unnamed, third, last := list[0], list[1], list[2], list[4]
	if first.StaffID != people[0] || first.OldNo != "2025-1" || first.State != model.PartDisposed || first.DisposedFen != 100000 || len(first.Dispositions) != 2 ||
		first.Dispositions[1].Lines[0] != (model.DispositionLine{ItemID: first.Entries[1].ID, Quantity: 1, AmountFen: 50000}) ||
		first.Dispositions[0].Approver != "原台账" || first.Timeliness != model.InTime || first.Keeper != "李某" {
		t.Errorf("%+v", first)
	}
	if !unnamed.Anonymous || unnamed.StaffID != 0 || unnamed.Timeliness != model.Unjudged || unnamed.Giver != model.FromUnknown {
		t.Errorf("%+v", unnamed)
	}
	if third.StaffID != people[0] || third.State != model.Settled || third.Dispositions[0].Kind != model.ToDeposit || third.Dispositions[0].Signer != "贾某某" {
		t.Errorf("%+v", third)
	}
	if last.Company != "某某药业" || last.Entries[0].Category != model.Goods || last.Entries[0].Quantity != 1 || last.AmountFen != 8850 {
		t.Errorf("%+v", last)
	}
	again := must[HandoverImport](t)(s.ImportHandovers(ctx, records, false))
	if again.Added != 0 || len(again.Warnings) != 5 {
		t.Errorf("imported again: %+v", again)
	}
	if more := must[HandoverImport](t)(s.ImportHandovers(ctx, append(records, records[3]), false)); more.Added != 1 {
		t.Errorf("a third twin: %+v", more)
	}
	exported := ledgerOf([]string{"old_no", first.FormNo, "employee_no", "01000"})
	if own := must[HandoverImport](t)(s.ImportHandovers(ctx, exported, false)); own.Added != 0 || len(own.Warnings) != 1 {
		t.Errorf("what this folder has exported itself: %+v", own)
	}
	wantSound(t, s)
}

// Each bad row is named with its column, and takes the whole handover with it.
func TestImportHandoversRefuses(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	ok(t, s.Leave(ctx, people[2], "2025-01-31", "调出"))
	for name, c := range map[string]struct {
		rows   [][]string
		column string
		say    string
	}{
		"one person receives and witnesses": {[][]string{{"witnessed_by", "李某"}}, "2 监交人", "须与经手人不同"},
		"no witness":                        {[][]string{{"witnessed_by", ""}}, "2 监交人", "不能为空"},
		"his own witness":                   {[][]string{{"witnessed_by", "张三"}}, "2 监交人", "不能是上交人本人"},
		"an unknown 工号":                     {[][]string{{"employee_no", "99999"}}, "2 上交人工号", "没有这个工号"},
		"another name":                      {[][]string{{"person", "李四"}}, "2 上交人", "工号 01000 是 张三"},
		"nobody":                            {[][]string{{"employee_no", ""}}, "2 上交人工号", "实名上交要填工号"},
		"anonymous with a 工号":               {[][]string{{"manner", "匿名"}}, "2 上交人工号", "匿名"},
		"a leaver":                          {[][]string{{"employee_no", "01002"}}, "2 上交时间", "离职"},
		"no amount":                         {[][]string{{"amount", ""}}, "2 金额", "不能为空"},
		"a mistyped amount":                 {[][]string{{"amount", "1,50"}}, "2 金额", "不是可识别的金额"},
		"a negative amount":                 {[][]string{{"amount", "-5"}}, "2 金额", "不是可识别的金额"},
		"half a card":                       {[][]string{{"quantity", "1.5"}}, "2 数量", "整数"},
		"an unknown category":               {[][]string{{"category", "金条"}}, "2 财物类别", "不认识"},
		"an unknown giver":                  {[][]string{{"giver", "朋友"}}, "2 送方类别", "不认识"},
		"a name and no kind of giver":       {[][]string{{"giver", "", "patient", "", "admission_no", "", "giver_name", "甄某"}}, "2 送方类别", "请填 患者、家属 或 企业"},
		"handed in tomorrow":                {[][]string{{"handed_at", "2026-08-12"}}, "2 上交时间", "之后"},
		"no such time":                      {[][]string{{"handed_at", "2025-02-30 10:00"}}, "2 上交时间", "没有 30 日"},
		"received later":                    {[][]string{{"received_at", "2025-03-05 09:01"}}, "2 收受时间", "不能晚于上交时间"},
		"disposed of more":                  {[][]string{{"disposition", "退还", "disposed_on", "2025-03-06", "disposed_amount", "501"}}, "2 处置金额", "超出了上交的金额 500.00 元"},
		"disposed of before":                {[][]string{{"disposition", "退还", "disposed_on", "2025-03-04"}}, "2 处置日期", "不能早于上交日期"},
		"disposed of on no day":             {[][]string{{"disposition", "退还"}}, "2 处置日期", "不能为空"},
		"disposed of in no way":             {[][]string{{"disposed_on", "2025-03-06"}}, "2 处置日期", "没有填处置方式"},
		"an unknown disposition":            {[][]string{{"disposition", "自己留用", "disposed_on", "2025-03-06"}}, "2 处置方式", "不认识"},
		"no voucher":                        {[][]string{{"disposition", "上缴国库", "disposed_on", "2025-03-06"}}, "2 凭证号", "不能为空"},
		"cash given away":                   {[][]string{{"disposition", "捐赠", "disposed_on", "2025-03-06"}}, "2 处置方式", "只用于物品和卡券"},
		"a company's deposit": {[][]string{{"giver", "企业", "company", "某某药业", "patient", "", "admission_no", "", "disposition", "转押金",
			"disposed_on", "2025-03-06", "voucher", "1"}}, "2 处置方式", "没有住院预交金"},
		"a company without name":       {[][]string{{"giver", "企业", "patient", "", "admission_no", ""}}, "2 企业", "不能为空"},
		"a third of two cards":         {[][]string{{"category", "卡", "quantity", "2", "amount", "300", "disposition", "退还", "disposed_on", "2025-03-06", "disposed_amount", "100"}}, "2 处置金额", "不是整数件"},
		"two stories of one handover":  {[][]string{{"old_no", "1"}, {"old_no", "1", "received_by", "钱某"}}, "3 经手人", "与同一原编号的第 2 行不同"},
		"a sum of what is still there": {[][]string{{"disposition", "待处理", "disposed_amount", "500"}}, "2 处置金额", "处置方式是“待处理”"},
		"a bad second row":             {[][]string{{"old_no", "1"}, {"old_no", "1", "amount", "x"}}, "3 金额", "不是可识别的金额"},
	} {
		t.Run(name, func(t *testing.T) {
			got := must[HandoverImport](t)(s.ImportHandovers(ctx, ledgerOf(c.rows...), false))
			if got.Added != 0 || !slices.Equal(told(got.Rejected), []string{c.column}) || !strings.Contains(got.Rejected[0].Problem, c.say) {
				t.Errorf("%+v", got)
			}
		})
	}
	if n := must[HandoverCounts](t)(s.HandoverCounts(ctx)).All; n != 0 {
		t.Errorf("%d were taken", n)
	}
	wantSound(t, s)
}

// An older ledger may not say when something was received: that is told once,
// nothing is judged, and it may be added later but not taken away.
func TestAnOldLedgerMayNotSayWhenSomethingWasReceived(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	done := must[HandoverImport](t)(s.ImportHandovers(ctx, ledgerOf([]string{"received_at", ""}, []string{"received_at", "—", "giver", "", "giver_name", "甄某"}), false))
	if done.Added != 2 || len(done.Warnings) != 1 || !strings.HasPrefix(done.Warnings[0].Problem, "有 2 次没有填写，是否逾期记为未判") {
		t.Fatalf("%+v", done)
	}
	h := must[HandoverRow](t)(s.Handover(ctx, 2)).Handover
	if h.Timeliness != model.Unjudged || h.Giver != model.FromFamily {
		t.Errorf("%+v", h)
	}
	h.Remark = "原台账没有收受时间"
	ok(t, s.EditHandover(ctx, h))
	h.ReceivedAt = "2025-03-05 08:00"
	ok(t, s.EditHandover(ctx, h))
	if h = must[HandoverRow](t)(s.Handover(ctx, 2)).Handover; h.Timeliness != model.InTime {
		t.Errorf("judged %s", h.Timeliness)
	}
	h.ReceivedAt = ""
	wantCode(t, s.EditHandover(ctx, h), model.Invalid)
	fresh := model.Handover{StaffID: people[0], HandedAt: "2026-08-10", Occasion: model.Occasions[0], Giver: model.FromUnknown, ReceivedBy: "李某", WitnessedBy: "赵某", Keeper: "李某"}
	_, _, err := s.RegisterHandover(ctx, fresh, []model.HandoverItem{{Category: model.Cash, Quantity: 1, AmountFen: 100_00}})
	wantCode(t, err, model.Invalid)
	wantSound(t, s)
}

// Rows of one handover keep what each says of itself: who signed, what was
// remarked; two keepers are two; a dash is no number that rows share.
func TestRowsOfOneHandoverKeepTheirOwn(t *testing.T) {
	ctx := context.Background()
	s, _, _, _ := registerOf(t)
	records := ledgerOf(
		[]string{"old_no", "7", "keeper", "李某、赵某", "disposition", "退还", "disposed_on", "2025-03-06", "approver", "王院长", "signer", "贾某某", "remark", "当面点清"},
		[]string{"old_no", "7", "disposition", "退还", "disposed_on", "2025-03-06", "signer", "贾某某之子", "remark", "由其子领回"},
		[]string{"old_no", "7", "disposition", "退还", "disposed_on", "2025-03-06", "remark", "当面点清"},
		[]string{"old_no", "/"}, []string{"old_no", "/"})
	got := must[HandoverImport](t)(s.ImportHandovers(ctx, records, false))
	if got.Added != 3 || len(got.Rejected) != 0 {
		t.Fatalf("%+v", got)
	}
	d := must[HandoverDetail](t)(s.HandoverDetail(ctx, 1))
	if d.Remark != "当面点清\n由其子领回" || d.Keeper != "李某" || d.CoKeeper != "赵某" || len(d.Dispositions) != 2 {
		t.Fatalf("%+v", d)
	}
	if a, b := d.Dispositions[0], d.Dispositions[1]; a.Signer != "贾某某" || a.AmountFen != 100000 || b.Signer != "贾某某之子" || b.AmountFen != 50000 {
		t.Errorf("%+v, %+v", a, b)
	}
	wantSound(t, s)
}
