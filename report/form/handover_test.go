package form

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/formno"
	"qingfeng/report/page"
)

func handoverNo(prefix string, n int) string {
	return formno.No{Prefix: prefix, Year: 2026, Seq: n}.String()
}

// things are so many items of all categories, the first of a given amount.
func things(n int, first int64) []model.HandoverItem {
	what := []string{"百元券", "微信转账", "某商场 500 元卡", "提货券", "某理财产品", "茶叶礼盒", "某酒店晚餐"}
	var out []model.HandoverItem
	for i := range n {
		c := model.ItemCategories[i%len(model.ItemCategories)]
		item := model.HandoverItem{ID: int64(i + 1), Category: c, Particulars: what[i%len(what)], Quantity: 1 + i%3, AmountFen: int64(i+1) * 123_45}
		if i == 0 {
			item.AmountFen = first
		}
		out = append(out, item.Tidied())
	}
	return out
}

// handover is one of so many items with two dispositions, one of them taken
// back, and two receipts, one of them void.
func handover(i int, items []model.HandoverItem) HandoverLine {
	l := HandoverLine{Person: testNames[i%len(testNames)], EmployeeNo: fmt.Sprintf("%05d", 1000+i), Department: "麻醉手术科", Post: "医生", Title: "副主任医师",
		Verdict: "间隔 16 小时 40 分，在规定的 24 小时内（《红包上交规定》第四条）", Entries: items, Attached: 2}
	l.Handover = model.Handover{ID: int64(i + 1), FormNo: handoverNo("HB", i+1), State: model.PartDisposed, ReceivedAt: "2026-08-09 16:30",
		HandedAt: day.Moment(fmt.Sprintf("2026-08-%02d 09:10", 10+i%20)), Timeliness: model.TimelinessValues[i%3], StaffID: 1, Occasion: "当面未能退回",
		Giver: model.FromPatient, Patient: "贾某某", AdmissionNo: "ZY2026081120", Bed: "12床", Story: "查房时塞入口袋，当面退还被拒，同组的孙某在场。",
		Bystanders: "孙某", ReceivedBy: "李某", WitnessedBy: "赵某", Keeper: "李某", CoKeeper: "赵某", KeptAt: "行风办保险柜 2 层", Remark: "患者已转院"}
	l.AmountFen = model.Total(items)
	part := items[0].AmountFen / 2
	l.DisposedFen = part
	l.Dispositions = []model.Disposition{
		{ID: 1, FormNo: handoverNo("HC", 2*i+1), Kind: model.ToDeposit, DisposedOn: "2026-08-11", AmountFen: part, Voucher: "YJ-0012", Approver: "王院长",
			HandledBy: "李某", Signer: "贾某某", ToldOn: "2026-08-11", ToldHow: "电话", Lines: []model.DispositionLine{{ItemID: 1, AmountFen: part}}},
	}
	l.Receipts = []model.Receipt{
		{FormNo: handoverNo("HS", 2*i+1), IssuedOn: "2026-08-10", AmountFen: l.AmountFen, PrintCount: 1, VoidedOn: "2026-08-10", VoidReason: "金额写错"},
		{FormNo: handoverNo("HS", 2*i+2), IssuedOn: "2026-08-10", AmountFen: l.AmountFen, PrintCount: 2},
	}
	return l
}

// reversed adds a disposition that was taken back.
func reversed(l HandoverLine) HandoverLine {
	wrong := model.Disposition{ID: 2, FormNo: handoverNo("HC", 901), Kind: model.ToAccount, DisposedOn: "2026-08-11", AmountFen: l.Entries[0].AmountFen / 4,
		Voucher: "JK-0012", Approver: "王院长", HandledBy: "李某", Lines: []model.DispositionLine{{ItemID: 1, AmountFen: l.Entries[0].AmountFen / 4}}}
	back, _ := wrong.Counter("2026-08-12", "凭证号填错")
	back.ID, back.FormNo = 3, handoverNo("HC", 902)
	l.Dispositions = append(l.Dispositions, wrong, back)
	return l
}

func anonymous(l HandoverLine) HandoverLine {
	l.Anonymous, l.StaffID, l.Person, l.EmployeeNo, l.Department, l.Post, l.Title = true, 0, "", "", "", "", ""
	l.Giver, l.Patient, l.AdmissionNo, l.Bed, l.Story, l.Bystanders, l.ReceivedAt = model.FromUnknown, "", "", "", "", "", ""
	return l
}

// receiptOf is the receipt of a handover.
func receiptOf(l HandoverLine) model.Receipt {
	r, err := l.NewReceipt("2026-08-10", l.Person+"（"+l.Department+"）", l.Entries)
	if err != nil {
		panic(err)
	}
	r.FormNo = handoverNo("HS", int(l.ID))
	return r
}

func handoverPrint(lines ...HandoverLine) HandoverPrint {
	return HandoverPrint{Library: assets.New(""), Hospital: sampleHospital(), Date: "2026-09-01",
		Span: model.Span{From: "2026-01-01", To: "2026-12-31"}, Handovers: lines}
}

func receiptPrint(receipts ...model.Receipt) ReceiptPrint {
	return ReceiptPrint{Library: assets.New(""), Hospital: sampleHospital(), Date: "2026-09-01", Receipts: receipts}
}

func slipPrint(l HandoverLine, slips ...model.Disposition) SlipPrint {
	h := sampleHospital()
	h.IntegrityAccount, h.IntegrityBank, h.IntegrityNo = "清河县廉政账户", "某银行清河支行", "1209 0000 0000 0000"
	return SlipPrint{Library: assets.New(""), Hospital: h, Date: "2026-09-01", Handover: l, Slips: slips}
}

func keptPrint(lines ...HandoverLine) KeptPrint {
	in := KeptPrint{Library: assets.New(""), Hospital: sampleHospital(), Date: "2026-09-01",
		Custody: model.Custody{FormNo: handoverNo("HJ", 1), MovedOn: "2026-08-12", FromKeeper: "李某", Keeper: "钱某", CoKeeper: "赵某", WitnessedBy: "王䶮"}}
	for _, l := range lines {
		var went []model.DispositionLine
		for _, x := range l.Dispositions {
			went = append(went, x.Lines...)
		}
		in.Kept = append(in.Kept, KeptLine{FormNo: l.FormNo, HandedOn: l.HandedAt.Date(), Keeper: joined("、", l.Keeper, l.CoKeeper), Place: l.KeptAt,
			Balances: model.KeptOf(model.Balances(l.Entries, went))})
	}
	return in
}

func printReceipts(w *bytes.Buffer, in ReceiptPrint) ([]page.Warning, error) { return Receipts(w, in) }
func printForms(w *bytes.Buffer, in HandoverPrint) ([]page.Warning, error) {
	return HandoverForms(w, in)
}
func printLedger(w *bytes.Buffer, in HandoverPrint) ([]page.Warning, error) {
	return HandoverLedger(w, in)
}
func printSlips(w *bytes.Buffer, in SlipPrint) ([]page.Warning, error) {
	return DispositionSlips(w, in)
}
func printSafe(w *bytes.Buffer, in KeptPrint) ([]page.Warning, error)    { return SafeSheet(w, in) }
func printCustody(w *bytes.Buffer, in KeptPrint) ([]page.Warning, error) { return CustodySheet(w, in) }

func TestHandoverForms(t *testing.T) {
	usual, many := reversed(handover(7, things(3, 2000_00))), handover(0, things(50, 123_456_789_00))
	wrong := usual.Entries[1].Counter("面值看错")
	wrong.ID = 4
	right := usual.Entries[1]
	right.ID, right.AmountFen = 5, 100_00
	usual.Entries = append(usual.Entries, wrong, right)
	nameless := anonymous(handover(2, things(1, 500_00)))
	void := handover(3, things(2, 500_00))
	void.State, void.VoidedOn, void.VoidReason, void.Dispositions = model.HandoverVoid, "2026-08-12", "登记重复", nil
	pages, path := printed(t, "handover-forms", handoverPrint(usual, nameless, void, many), printForms)
	run(t, "qpdf", "--check", path)
	of := func(l HandoverLine) string {
		all := ""
		for _, p := range pages {
			if strings.Contains(p, l.FormNo) {
				all += p
			}
		}
		return all
	}
	has(t, of(usual), "“红包”礼品上交登记表", "徐𬱖", "凭证号填错", "冲正第 2 项：面值看错", "已于2026年8月10日", "领导审批", "有效", "副主任医师")
	has(t, of(nameless), "匿名", "（匿名上交）")
	has(t, of(void), "已于2026年8月12日作废：登记重复")
	if strings.Contains(of(nameless), "上交人签名") || strings.Contains(of(nameless), "企业代表") {
		t.Error("an anonymous one is to be signed, or has a row without a value")
	}
	has(t, of(many), "登记表（续）　"+many.FormNo, "领导审批", "上交人签名")
	if n := strings.Count(of(many), "某理财产品"); n != 7 {
		t.Errorf("%d of 7", n)
	}
}

// With what became of it and two receipts a usual one is one sheet, that of an
// anonymous one of a company with a long name too.
func TestUsualHandoverFormIsOneSheet(t *testing.T) {
	company := handover(2, things(3, 2000_00))
	company.Giver, company.Patient, company.AdmissionNo, company.Bed, company.GiverName = model.FromCompany, "", "", "", ""
	company.Company = strings.Repeat("龘", model.MaxShort)
	company.Receipts = company.Receipts[1:]
	for _, l := range []HandoverLine{handover(1, things(3, 2000_00)), company, anonymous(company)} {
		if pages, _ := printed(t, "usual-form", handoverPrint(l), printForms); len(pages) != 1 {
			t.Errorf("%d pages of %s", len(pages), l.FormNo)
		}
	}
}

// Each page of a paper with many entries and long texts says whose it is,
// nothing runs into the foot of a page, and who signs a slip sees its sum.
func TestPagesOfLongHandoverPapers(t *testing.T) {
	l := handover(0, things(50, 2000_00))
	l.Entries[0].Particulars = strings.Repeat("物", model.MaxShort)
	l.Patient, l.AdmissionNo = strings.Repeat("患", model.MaxName), strings.Repeat("9", model.MaxShort)
	for i := range 9 {
		l = reversed(l)
		l.Dispositions[len(l.Dispositions)-1].Reason = strings.Repeat("因", 100+50*i)
	}
	l.Receipts[0].VoidReason = strings.Repeat("因", model.MaxNote)
	pages, path := printed(t, "long-form", handoverPrint(l), printForms)
	noneBelow(t, path)
	for i, p := range pages {
		if !strings.Contains(p, l.FormNo) {
			t.Errorf("page %d of a form does not say whose it is", i+1)
		}
	}
	var slips []model.Disposition
	for n := 1; n <= len(l.Entries); n += 3 {
		for _, k := range append(model.DispositionKinds(), "") {
			x := model.Disposition{ID: int64(100 + len(slips)), FormNo: handoverNo("HC", 1000+len(slips)), Kind: k, DisposedOn: "2026-08-12", AmountFen: 1,
				Voucher: strings.Repeat("证", n), Approver: strings.Repeat("批", n), HandledBy: "李某", Signer: strings.Repeat("签", n), ToldOn: "2026-08-12",
				ToldHow: strings.Repeat("告", 60), Remark: strings.Repeat("备", 10*n)}
			if k == "" {
				x.Kind, x.ReversesID, x.Reason = model.ToAccount, 2, strings.Repeat("因", 10*n)
			}
			for i := range n {
				x.Lines = append(x.Lines, model.DispositionLine{ItemID: l.Entries[i].ID, Quantity: 1, AmountFen: 1})
			}
			slips = append(slips, x)
		}
	}
	in := slipPrint(l, slips...)
	in.Hospital.Name, in.Hospital.Office = strings.Repeat("院", model.MaxShort), strings.Repeat("办", model.MaxShort)
	pages, path = printed(t, "long-slips", in, printSlips)
	noneBelow(t, path)
	for i, p := range pages {
		if !strings.Contains(p, "HC-2026-0") {
			t.Errorf("page %d of the slips does not say whose it is", i+1)
		}
		if strings.Contains(p, "签名") && !strings.Contains(p, "合计：人民币") {
			t.Errorf("page %d of the slips is signed without a sum", i+1)
		}
	}
}

var boxed = regexp.MustCompile(`yMax="([0-9.]+)">([^<]*)</word>`)

// noneBelow fails for text that runs into the foot of a page.
func noneBelow(t *testing.T, path string) {
	t.Helper()
	foot := (page.Top + page.TextHeight) * 72 / 25.4
	for _, m := range boxed.FindAllStringSubmatch(run(t, "pdftotext", "-bbox", path, "-"), -1) {
		if end, err := strconv.ParseFloat(m[1], 64); err != nil || end > foot+2 && strings.Trim(m[2], "—0123456789") != "" {
			t.Errorf("%s: %q ends at %.0f, the page at %.0f", path, m[2], end, foot)
			return
		}
	}
}

func TestLongestHandoverPapers(t *testing.T) {
	for _, unit := range []string{"龘", "W"} {
		of := func(n int) string { return strings.Repeat(unit, n) }
		l := reversed(handover(0, things(12, 9_999_999_999_99)))
		for _, name := range []*string{&l.Person, &l.Department, &l.GiverName, &l.Patient, &l.ReceivedBy, &l.WitnessedBy, &l.Keeper, &l.CoKeeper} {
			*name = of(model.MaxName)
		}
		for _, text := range []*string{&l.AdmissionNo, &l.KeptAt, &l.Bystanders, &l.OldNo} {
			*text = of(model.MaxShort)
		}
		l.Giver, l.Bed, l.EmployeeNo, l.Story, l.Remark = model.FromFamily, of(model.MaxEmployeeNo), of(model.MaxEmployeeNo), of(model.MaxNote), of(model.MaxNote)
		l.Post, l.Position, l.Title, l.Verdict = of(60), of(60), of(60), "间隔 16 小时 40 分，在规定的 24 小时内（"+of(model.MaxShort)+"）"
		for i := range l.Entries {
			l.Entries[i].Particulars, l.Entries[i].Unit, l.Entries[i].Basis = of(model.MaxShort), of(4), of(model.MaxEmployeeNo)
		}
		for i := range l.Dispositions {
			x := &l.Dispositions[i]
			x.Voucher, x.Approver, x.HandledBy, x.Signer, x.Remark = of(60), of(40), of(40), of(60), of(500)
			if x.ReversesID != 0 {
				x.Reason = of(500)
			}
		}
		for i := range l.Receipts {
			if l.Receipts[i].Voided() {
				l.Receipts[i].VoidReason = of(500)
			}
		}
		in := handoverPrint(l, l)
		in.Plain = true
		in.Hospital.Name, in.Hospital.Office = of(model.MaxShort), of(model.MaxShort)
		kept := keptPrint(l, l)
		kept.Hospital, kept.Custody.Note, kept.Custody.KeptAt, kept.Custody.Keeper = in.Hospital, of(500), of(60), of(40)
		slips := slipPrint(l, l.Dispositions...)
		slips.Hospital = in.Hospital
		items := 12 * (60 + 4)
		for _, c := range []struct {
			name  string
			print func(*bytes.Buffer) ([]page.Warning, error)
			want  int // characters
		}{
			{"form", func(w *bytes.Buffer) ([]page.Warning, error) { return HandoverForms(w, in) },
				2 * (8*40 + 7*60 + 20*2 + 1000 + 60 + items + 12*20 + 3*200 + 500 + 500 + 60)},
			{"ledger", func(w *bytes.Buffer) ([]page.Warning, error) { return HandoverLedger(w, in) }, 2*(5*40+60+20+40+items+60) + 60},
			{"slips", func(w *bytes.Buffer) ([]page.Warning, error) { return DispositionSlips(w, slips) }, 3*(60+60+40+40) + 500},
			{"safe", func(w *bytes.Buffer) ([]page.Warning, error) { return SafeSheet(w, kept) }, 2 * 8 * 60},
			{"custody", func(w *bytes.Buffer) ([]page.Warning, error) { return CustodySheet(w, kept) }, 2*8*60 + 500},
		} {
			var pdf bytes.Buffer
			warnings, err := c.print(&pdf)
			if err != nil || len(warnings) > 0 {
				t.Errorf("%s of %s: %v, %v", c.name, unit, err, warnings)
			}
			path := save(t, "longest-handover-"+c.name+"-"+unit+".pdf", pdf.Bytes())
			run(t, "qpdf", "--check", path)
			if got := strings.Count(strings.Join(pagesOf(t, path), ""), unit); got < c.want {
				t.Errorf("%s has %d of %d characters", c.name, got, c.want)
			}
		}
	}
}

func TestDispositionSlips(t *testing.T) {
	l := reversed(handover(7, things(7, 2000_00)))
	l.Patient = "王䶮"
	slips := []model.Disposition{l.Dispositions[0]}
	for i, r := range model.DispositionRules {
		x := model.Disposition{ID: int64(10 + i), FormNo: handoverNo("HC", 20+i), Kind: r.Kind, DisposedOn: "2026-08-12", Voucher: "PZ-0099", Approver: "王院长",
			HandledBy: "李某", Lines: []model.DispositionLine{{ItemID: 3, Quantity: 1, AmountFen: 100_00}, {ItemID: 6, Quantity: 1, AmountFen: 23_45}}}
		x.AmountFen = 123_45
		if r.Signer != "" {
			x.Signer = "清河县慈善总会"
		}
		if r.BringsMoney {
			x.ProceedsFen = 88_00
		}
		slips = append(slips, x)
	}
	slips = append(slips, l.Dispositions[1:]...)
	back, _ := slips[0].Counter("2026-08-13", "金额填错")
	back.ID, back.FormNo = 99, handoverNo("HC", 903)
	slips = append(slips, back)
	pages, path := printed(t, "slips", slipPrint(l, slips...), printSlips)
	run(t, "qpdf", "--check", path)
	if len(pages) != len(slips) {
		t.Fatalf("%d pages", len(pages))
	}
	for i, x := range slips {
		title := x.Kind.Rule().SlipTitle
		if x.ReversesID != 0 {
			title = "处置冲正单"
		}
		has(t, pages[i], title, x.FormNo, l.FormNo, "李某")
		if strings.Contains(pages[i], "徐𬱖") {
			t.Errorf("page %d names who handed in", i+1)
		}
		if strings.ContainsAny(pages[i], "{}") {
			t.Errorf("page %d has a placeholder: %s", i+1, pages[i])
		}
	}
	has(t, pages[0], "患者王䶮（住院号 ZY2026081120）住院期间", "人民币壹仟元整（￥1,000.00）", "预交金收据号为 YJ-0012", "存根")
	has(t, pages[3], "户名：清河县廉政账户，开户行：某银行清河支行")
	has(t, pages[5], "变价所得88.00元")
	pages, told := pages[:len(pages)-1], pages[len(pages)-1]
	has(t, told, "处置冲正单", "（转住院预交金），原因：金额填错")
	if strings.Contains(told, "您好") || strings.Contains(told, "告知") {
		t.Errorf("a patient is told of a counter-entry: %s", told)
	}
	has(t, pages[len(pages)-2], "已由"+handoverNo("HC", 902)+"冲正")
	has(t, pages[len(pages)-1], "本单冲正处置单"+handoverNo("HC", 901)+"（上缴廉政账户），原因：凭证号填错", "人民币负伍佰元整")
}

// What an office changes wrongly in the texts is named.
func TestHandoverTextsAreChecked(t *testing.T) {
	file := func(name, from, to string) *assets.Library {
		t.Helper()
		name = "forms/handover/" + name + ".toml"
		text, err := assets.New("").Read(name)
		if err != nil || !strings.Contains(string(text), from) {
			t.Fatalf("%s lacks %q, %v", name, from, err)
		}
		return overriding(t, name, strings.Replace(string(text), from, to, 1))
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"receipt", "{upper}", "{uper}", "{uper}"},
		{"receipt", `reprint = `, `reprinted = `, "reprint"},
		{"form", `value = "patient"`, `value = "patients"`, `"patients"`},
		{"dispositions", "reversal = ", "reversals = ", "reversal"},
		{"receipts", "valid = ", "invalid = ", "valid"},
		{"ledger", "{count} 次", "{counts} 次", "{counts}"},
		{"slips", `[kinds."退还送方"]`, `[kinds."退还"]`, "退还送方"},
		{"slips", "{voucher}", "{vouch}", "{vouch}"},
		{"slips", "\n[reversal]", "\n[reversals]", "reversal"},
		{"slips", `total = "合计"`, ``, "total"},
		{"safe", "group = ", "groups = ", "group"},
		{"custody", `value = "co_keeper"`, `value = "nobody"`, `"nobody"`},
		{"totals", "months = ", "month = ", "months"},
	} {
		lib := file(c.name, c.from, c.to)
		in, l := handoverPrint(handover(0, things(1, 100))), handover(0, things(1, 100))
		receipts, slips, kept := receiptPrint(receiptOf(l)), slipPrint(l, l.Dispositions...), keptPrint(l)
		in.Library, receipts.Library, slips.Library, kept.Library = lib, lib, lib, lib
		var w bytes.Buffer
		var err error
		switch c.name {
		case "receipt":
			_, err = Receipts(&w, receipts)
		case "form", "dispositions", "receipts":
			_, err = HandoverForms(&w, in)
		case "ledger":
			_, err = HandoverLedger(&w, in)
		case "slips":
			_, err = DispositionSlips(&w, slips)
		case "safe":
			_, err = SafeSheet(&w, kept)
		case "custody":
			_, err = CustodySheet(&w, kept)
		case "totals":
			_, err = HandoverTotals(&w, HandoverSums{Library: lib, Sums: []HandoverSum{{Word: "months"}}})
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s with %s: %v", c.name, c.to, err)
		}
	}
}
