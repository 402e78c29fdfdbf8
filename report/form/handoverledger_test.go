package form

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/report/page"
)

func TestKeptPapers(t *testing.T) {
	var lines []HandoverLine
	for i := range 12 {
		l := handover(i, things(1+i%7, 2000_00))
		if i >= 8 {
			l.Keeper, l.CoKeeper, l.KeptAt = "钱某", "", ""
		}
		lines = append(lines, l)
	}
	in := keptPrint(lines...)
	pages, path := printed(t, "safe", in, printSafe)
	run(t, "qpdf", "--check", path)
	all := strings.Join(pages, "")
	has(t, all, "保管财物清点表", "保管人：李某、赵某　保管位置：行风办保险柜 2 层", "保管人：钱某　保管位置：未登记", "小计", "合计", "监督人（签名）")
	pages, path = printed(t, "custody", in, printCustody)
	run(t, "qpdf", "--check", path)
	has(t, strings.Join(pages, ""), "保管交接单", handoverNo("HJ", 1), "由李某移交钱某保管", "共同保管人赵某保管位置不变", "移交人（签名）", "监交人（签名）")
	in.Custody.CoKeeper, in.Custody.KeptAt = "", "财务科金库"
	pages, _ = printed(t, "custody-alone", in, printCustody)
	has(t, pages[0], "共同保管人无保管位置财务科金库")
	in.Kept = []KeptLine{{FormNo: handoverNo("HB", 1)}}
	pages, _ = printed(t, "custody-sealed", in, printCustody)
	has(t, pages[0], handoverNo("HB", 1), "（已填写")
	in.Kept = nil
	pages, _ = printed(t, "safe-empty", in, printSafe)
	has(t, pages[0], "没有应当保管的财物")
}

func TestHandoverLedger(t *testing.T) {
	var lines []HandoverLine
	for i := range 60 {
		l := handover(i, things(1+i%4, int64(i+1)*100_00))
		switch i % 5 {
		case 1:
			l = anonymous(l)
		case 2:
			l.Giver, l.Patient, l.AdmissionNo, l.Bed, l.Company, l.Agent = model.FromCompany, "", "", "", "某某医疗器械有限公司", "陈龘"
		}
		lines = append(lines, l)
	}
	lines[8] = reversed(lines[8])
	lines[9].State, lines[9].AmountFen, lines[9].DisposedFen, lines[9].Dispositions = model.HandoverVoid, 777_77, 0, nil
	lines[3].Entries = things(50, 123_456_789_00)
	lines[3].AmountFen = model.Total(lines[3].Entries)
	in := handoverPrint(lines...)
	pages, path := printed(t, "ledger", in, printLedger)
	run(t, "qpdf", "--check", path)
	all := strings.Join(pages, "")
	for i, l := range lines {
		if n := strings.Count(all, l.FormNo); n < 1 || n > 1 && i != 3 {
			t.Errorf("%s is on paper %d times", l.FormNo, n)
		}
		if !l.Anonymous && i < 12 && strings.Contains(all, l.Person) {
			t.Errorf("%s is named", l.Person)
		}
	}
	has(t, all, "（续）", "徐*", "匿名")
	has(t, pages[0], "2026年“红包”礼品上交台账", "共 59 次", "另有作废 1 次，不计在内", "姓名和住院号已隐去")
	if strings.Contains(all, "JK-0012") {
		t.Error("a disposition that was taken back is listed")
	}
	if strings.Contains(all, "777.77") {
		t.Error("what is void stands among the amounts that are added up")
	}
	has(t, pages[len(pages)-1], "合计", "填报人：")
	for i, p := range pages {
		has(t, p, "登记号", fmt.Sprintf("—%d—", i+1))
	}
	if pages, _ := printed(t, "ledger-none", handoverPrint(), printLedger); len(pages) != 1 || !strings.Contains(pages[0], "本期没有登记") {
		t.Errorf("%q", pages)
	}
}

func TestHandoverTotals(t *testing.T) {
	in := HandoverSums{Library: assets.New(""), Hospital: sampleHospital(), Date: "2026-12-31", Span: model.Span{From: "2026-01-01", To: "2026-12-31"}}
	in.Sums = []HandoverSum{{Word: "all", Count: 120, AmountFen: 9_999_999_999_99, Money: true}, {Word: "named", Count: 100}, {Word: "categories", Heading: true}}
	for _, c := range model.ItemCategories {
		in.Sums = append(in.Sums, HandoverSum{Name: string(c), Count: 12, Quantity: 1000, AmountFen: 1234567, Money: true})
	}
	in.Sums = append(in.Sums, HandoverSum{Word: "months", Heading: true})
	for m := range 12 {
		in.Sums = append(in.Sums, HandoverSum{Name: fmt.Sprintf("2026-%02d", m+1), Count: 10, AmountFen: 1234567, Money: true})
	}
	in.Sums = append(in.Sums, HandoverSum{Word: "dispositions", Heading: true})
	for _, r := range model.DispositionRules {
		in.Sums = append(in.Sums, HandoverSum{Name: string(r.Kind), Count: 12, AmountFen: 1234567, Money: true})
	}
	pages, _ := printed(t, "totals", in, func(w *bytes.Buffer, in HandoverSums) ([]page.Warning, error) { return HandoverTotals(w, in) })
	if len(pages) != 1 {
		t.Errorf("%d pages", len(pages))
	}
	has(t, pages[0], "上交合计", "9,999,999,999.99", "2026-12", "移送纪检监察", "填报单位（盖章）")
}
