package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

type handoverListed struct {
	No, State, Name, Department, Giver, Timeliness string
	ReceivedAt                                     string `json:"received_at"`
	HandedAt                                       string `json:"handed_at"`
	EmployeeNo                                     string `json:"employee_no"`
	Late, Anonymous                                bool
	AmountFen                                      int64 `json:"amount_fen"`
	DisposedFen                                    int64 `json:"disposed_fen"`
	LeftFen                                        int64 `json:"left_fen"`
	Items                                          int
	Keeper                                         string
	Receipts                                       []struct {
		No   string
		Void bool
	}
}

func (c *console) handovers(args ...string) (all []handoverListed) {
	c.t.Helper()
	c.do(exitDone, &all, append([]string{"handover", "list"}, args...)...)
	return all
}

// nos are the numbers that a register lists.
func (c *console) nos(register string, args ...string) string {
	c.t.Helper()
	var listed []struct{ No string }
	c.do(exitDone, &listed, append([]string{register, "list"}, args...)...)
	var out []string
	for _, l := range listed {
		out = append(out, l.No)
	}
	return strings.Join(out, " ")
}

// Who gave, and what is told of it: sealed, and on no console unless asked for.
const (
	patient  = "诸葛桂珍"
	admitted = "ZY2026010387"
	incident = "查房时塞入口袋当面退还被拒"
)

// handedIn is a handover of three items as the console reads it; more is put
// above its items and decides over what stands below.
func handedIn(t *testing.T, more ...string) string {
	t.Helper()
	lines := []string{`handed_at = "2026-3-3 9:10"`, `received_at = "2026-03-02 16:30"`, `employee_no = "01002"`, `occasion = "当面未能退回"`,
		`giver = "患者"`, `patient = "` + patient + `"`, `admission_no = "` + admitted + `"`, `bed = "12床"`, `story = "` + incident + `"`,
		`bystanders = "孙某"`, `received_by = "李某"`, `witnessed_by = "赵某"`, `keeper = "李某"`, `co_keeper = "赵某"`, `kept_at = "保险柜"`,
		`remark = "患者已转院"`}
	for _, m := range more {
		key, _, _ := strings.Cut(m, " = ")
		lines = slices.DeleteFunc(lines, func(l string) bool { return strings.HasPrefix(l, key+" = ") })
	}
	return file(t, "上交.toml", strings.Join(append(more, lines...), "\n")+`
[[items]]
category = "现金"
particulars = "百元券"
quantity = 20
amount = "2,000.00"
[[items]]
category = "购物卡"
particulars = "某商场 500 元卡"
quantity = 2
amount = "1000"
[[items]]
category = "物品"
particulars = "茶叶礼盒"
quantity = 1
unit = "盒"
amount = "600元"
basis = "市价"
`)
}

// newHandovers makes a folder with [people]; nothing on a console may tell of
// the patient.
func newHandovers(t *testing.T) *console {
	t.Helper()
	c := newConsole(t)
	c.do(exitDone, nil, "roster", "import", file(t, "花名册.csv", people))
	c.secrets = append(c.secrets, patient, admitted, incident)
	return c
}

// register registers a handover and returns its number.
func (c *console) register(more ...string) string {
	c.t.Helper()
	var made map[string]any
	c.do(exitDone, &made, "handover", "register", handedIn(c.t, more...))
	return fmt.Sprint(made["no"])
}

// disposed disposes of a handover and returns the number of that.
func (c *console) disposed(state, no string, more ...string) string {
	c.t.Helper()
	var done struct{ State, Disposition string }
	c.do(exitDone, &done, append([]string{"handover", "dispose", no, "--approver", "王院长", "--handled-by", "李某"}, more...)...)
	if done.State != state {
		c.t.Errorf("%v: %+v, want %s", more, done, state)
	}
	return done.Disposition
}

func TestAHandoverFromRegistrationToSettlement(t *testing.T) {
	c := newHandovers(t)
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	var made struct {
		No, Timeliness, Receipt string
		AmountFen               int64 `json:"amount_fen"`
	}
	c.do(exitDone, &made, "handover", "register", handedIn(t), "--receipt", at("收据.pdf"))
	if made.Timeliness != "按时" || made.AmountFen != 360000 || made.Receipt == "" {
		t.Fatalf("registered %+v", made)
	}
	no := made.No
	c.keys("no received_at handed_at late anonymous amount_fen disposed_fen state receipts", "handover", "list")
	c.keys("no timeliness old_no employee_no name department giver items left_fen", "handover", "list")
	h := c.handovers()[0]
	if h.No != no || h.HandedAt != "2026-03-03 09:10" || h.ReceivedAt != "2026-03-02 16:30" || h.Late || h.Anonymous || h.AmountFen != 360000 || h.LeftFen != 360000 ||
		h.EmployeeNo != "01002" || h.Name != "吴秀英" || h.Department != "急诊科" || h.Items != 3 || h.State != "待处置" || len(h.Receipts) != 1 || h.Receipts[0].Void {
		t.Errorf("listed %+v", h)
	}
	if text := pdfText(t, at("收据.pdf")); !strings.Contains(text, made.Receipt) || strings.Contains(text, "补打") || strings.Contains(text, patient) {
		t.Errorf("the receipt:\n%s", text)
	}
	var printed struct {
		No            string
		Void, Reprint bool
	}
	c.do(exitDone, &printed, "handover", "receipt", strings.ToLower(no), "--out", at("补打.pdf"))
	if text := pdfText(t, at("补打.pdf")); printed.No != made.Receipt || !printed.Reprint || printed.Void || !strings.Contains(text, "补打") {
		t.Errorf("printed again: %+v\n%s", printed, text)
	}

	// What is on a receipt is corrected once that was taken back.
	right := file(t, "更正.toml", "wrong = [1]\n[[items]]\ncategory = \"现金\"\nparticulars = \"百元券\"\nquantity = 21\namount = \"2100\"\n")
	c.fails("已开收据 "+made.Receipt, "handover", "correct", no, "--file", right, "--reason", "复点多一张")
	c.fails("请填写作废原因", "handover", "receipt-void", made.Receipt, "--reason", " ")
	c.do(exitDone, nil, "handover", "receipt-void", made.Receipt, "--reason", "已收回")
	c.fails("已于", "handover", "receipt-void", made.Receipt, "--reason", "已收回")
	c.do(exitDone, nil, "handover", "correct", no, "--file", right, "--reason", "复点多一张")
	c.do(exitDone, &printed, "handover", "receipt", no, "--out", at("新收据.pdf"))
	if text := pdfText(t, at("新收据.pdf")); printed.No == made.Receipt || printed.Reprint || !strings.Contains(text, "3,700.00") {
		t.Errorf("the second receipt: %+v\n%s", printed, text)
	}
	c.do(exitDone, &printed, "handover", "receipt", made.Receipt, "--out", at("作废收据.pdf"))
	if text := pdfText(t, at("作废收据.pdf")); printed.No != made.Receipt || !printed.Void || !strings.Contains(text, "作废") || !strings.Contains(text, "3,600.00") {
		t.Errorf("the void one: %+v\n%s", printed, text)
	}

	// Parts go different ways; what went wrong is reversed and done again.
	signer := file(t, "签收人.txt", patient+"\n")
	back := c.disposed("部分处置", no, "--kind", "退还送方", "--item", "5=2,000.50", "--signer-file", signer)
	c.disposed("部分处置", no, "--kind", "上缴廉政账户", "--voucher", "JK-1", "--item", "2=500/1", "--item", "5")
	wrong := c.disposed("已结清", no, "--kind", "上缴廉政账户", "--voucher", "JK-3", "--on", "2026-03-05")
	c.do(exitDone, nil, "handover", "reverse", wrong, "--reason", "凭证号写错")
	c.fails("已由", "handover", "reverse", wrong, "--reason", "凭证号写错")
	if h := c.handovers("--no", wrong)[0]; h.LeftFen != 110000 || h.State != "部分处置" || len(h.Receipts) != 2 || !h.Receipts[0].Void {
		t.Errorf("reversed: %+v", h)
	}
	c.do(exitDone, nil, "handover", "slip", back, "--out", at("签收单.pdf"))
	if l := c.trail()[1]; l.Action != "导出" || l.Entity != "红包处置单" || !strings.Contains(l.After, "含敏感信息：是") {
		t.Errorf("recorded %+v", l)
	}
	c.do(exitDone, nil, "handover", "form", no, "--out", at("登记表.pdf"))
	for _, name := range []string{"签收单.pdf", "登记表.pdf"} {
		if text := pdfText(t, at(name)); !strings.Contains(strings.Join(strings.Fields(text), ""), patient) {
			t.Errorf("%s without the patient:\n%s", name, text)
		}
	}

	var safe struct {
		AmountFen int64 `json:"amount_fen"`
		Handovers []struct {
			No, Keeper string
			Items      []struct {
				Category string
				Quantity int
			}
		}
	}
	c.do(exitDone, &safe, "handover", "safe", "--keeper", "李某", "--out", at("清点表.pdf"))
	if safe.AmountFen != 110000 || len(safe.Handovers) != 1 || len(safe.Handovers[0].Items) != 2 || safe.Handovers[0].Items[0].Quantity != 1 {
		t.Errorf("in the safe: %+v", safe)
	}
	move := []string{"handover", "custody", no, "--from-keeper", "李某", "--to", "钱某", "--witness", "王某"}
	var moved map[string]any
	c.do(exitDone, &moved, append(move, "--co-keeper", "赵某", "--kept-at", "新保险柜", "--out", at("交接单.pdf"))...)
	c.fails("由 钱某 保管，不能由 李某 移交", move...)
	c.do(exitDone, nil, "handover", "custody", "--all", "--from-keeper", "钱某", "--to", "李某", "--witness", "王某")
	c.fails("钱某 没有保管红包财物", "handover", "custody", "--all", "--from-keeper", "钱某", "--to", "李某", "--witness", "王某")
	c.keys("no on from to co_keeper witness kept_at handovers", "handover", "custodies")
	c.do(exitDone, nil, "handover", "custody-sheet", fmt.Sprint(moved["no"]), "--out", at("交接单2.pdf"))
	var counts map[string]any
	if c.do(exitDone, &counts, "handover", "watch"); counts["open"] != 1.0 || counts["open_fen"] != 110000.0 || counts["alone"] != 1.0 || counts["stale"] != 1.0 {
		t.Errorf("watched: %v", counts)
	}
	for _, name := range []string{"清点表.pdf", "交接单.pdf", "交接单2.pdf"} {
		written(t, at(name))
	}
	inNoFile(t, c.dir, patient)
	inNoFile(t, c.dir, incident)
	c.do(exitDone, nil, "check")
}

func TestHandoversAreShownInFull(t *testing.T) {
	c := newHandovers(t)
	no := c.register()
	c.disposed("部分处置", no, "--kind", "物品变价", "--voucher", "BJ-1", "--proceeds", "450.5", "--item", "2=500/1")
	c.disposed("已结清", no, "--kind", "退还送方", "--signer-file", file(t, "签收人.txt", patient))
	c.keys("no entries receipts dispositions story patient same_giver", "handover", "show", no)
	text := c.text(exitDone, "handover", "show", no)
	for _, want := range []string{no + "\t已结清\t3,600.00 元", "上交人\t吴秀英 01002 急诊科\n", "患者\t诸** （已填写） （已填写）\n", "地点和经过\t（已填写）\n",
		"第 3 项\t物品 茶叶礼盒\t1 盒\t600.00 元\t市价", "物品变价\t500.00 元\t批准 王院长\t经办 李某\t第 2 项 500.00 元 1 件\t变价凭证号 BJ-1\t变价所得 450.50 元\n",
		"退还送方\t3,100.00 元\t批准 王院长\t经办 李某\t第 1 项 2,000.00 元、第 2 项 500.00 元 1 件、第 3 项 600.00 元 1 件\t签收人 诸**\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("without %q:\n%s", want, text)
		}
	}
	c.secrets = c.secrets[:2]
	for _, args := range [][]string{{"show", no}, {"list"}} {
		text = c.text(exitDone, append(append([]string{"handover"}, args...), "--plain")...)
		if !strings.Contains(text, patient) || !strings.Contains(text, admitted) {
			t.Errorf("%v in plain:\n%s", args, text)
		}
		if l := c.trail()[1]; l.Action != "导出" || !strings.Contains(l.After, "含敏感信息：是") || strings.Contains(l.After+l.Name, patient) {
			t.Errorf("recorded %+v", l)
		}
	}
	find := file(t, "找.txt", patient)
	if found := c.handovers("--find-file", find); len(found) != 1 {
		t.Errorf("found %+v", found)
	}
	c.refused(exitUsage, "--find 和 --find-file 不能同时用", "handover", "list", "--find", "a", "--find-file", find)
}

// Who registers the same envelope twice, or the second one of a patient, is
// told so.
func TestRegisteringTellsOfTheSameGiver(t *testing.T) {
	c := newHandovers(t)
	no := c.register()
	var made struct {
		SameGiver []struct{ No, Why string } `json:"same_giver"`
	}
	msg := c.do(exitDone, &made, "handover", "register", handedIn(t, `handed_at = "2026-03-04"`))
	if len(made.SameGiver) != 1 || made.SameGiver[0].No != no || msg != "提醒：同一住院号，此前上交过 "+no+"（2026-03-03 09:10），请核对\n" {
		t.Errorf("%+v, %q", made, msg)
	}
}

// What a font cannot print is told, whatever else the command shows.
func TestAListWithAFileTellsItsWarnings(t *testing.T) {
	c := newHandovers(t)
	c.register(`giver = "企业"`, `company = "某某🏥医药"`, `patient = ""`, `admission_no = ""`, `bed = ""`)
	dir := t.TempDir()
	for _, command := range []string{"list", "ledger"} {
		if msg := c.do(exitDone, nil, "handover", command, "--from", "2026-01-01", "--out", filepath.Join(dir, command+".pdf")); !strings.Contains(msg, "提醒：") {
			t.Errorf("%s says %q", command, msg)
		}
	}
}

func TestHandoversAreListed(t *testing.T) {
	c := newHandovers(t)
	one := c.register()
	late := c.register(`handed_at = "2026-03-20"`, `employee_no = "02002"`, `patient = ""`, `admission_no = ""`, `co_keeper = ""`)
	none := c.register(`anonymous = true`, `employee_no = ""`, `giver = "不明"`, `patient = ""`, `admission_no = ""`, `bed = ""`, `received_at = ""`)
	firm := c.register(`giver = "企业"`, `company = "某某医药"`, `patient = ""`, `admission_no = ""`, `bed = ""`, `handed_at = "2026-03-04"`, `received_at = "2026-03-04"`)
	gone := c.register()
	c.do(exitDone, nil, "handover", "void", gone, "--reason", "重复登记")
	c.fails("已于", "handover", "void", gone, "--reason", "重复登记")
	if h := c.handovers("--no", gone)[0]; h.State != "作废" || h.AmountFen != 360000 || h.LeftFen != 0 {
		t.Errorf("voided: %+v", h)
	}
	for want, args := range map[string][]string{
		strings.Join([]string{one, late, none, firm}, " "): {},
		none:              {"--anonymous"},
		late:              {"--late"},
		firm:              {"--giver", "企业"},
		gone:              {"--state", "作废"},
		one + " " + none:  {"--from", "2026-3-3", "--to", "2026-03-03"},
		one + " " + firm:  {"--department", "急诊科"},
		one + " " + gone:  {"--no", strings.ToLower(one), "--no", gone},
		late + " " + firm: {"--from", "2026-03-04"},
		"":                {"--disposed", "退还送方"},
	} {
		if got := c.nos("handover", args...); got != want {
			t.Errorf("%v lists %s, want %s", args, got, want)
		}
	}
	if got := c.nos("handover", "--unjudged"); got != none {
		t.Errorf("not judged: %s", got)
	}
	if got := c.nos("handover", "--watch", "alone"); got != late {
		t.Errorf("kept alone: %s", got)
	}
	if h := c.handovers("--anonymous")[0]; h.Name+h.EmployeeNo+h.Department != "" || h.Timeliness != "未判" || h.Late {
		t.Errorf("without a name: %+v", h)
	}
	if text := c.text(exitDone, "handover", "list", "--anonymous"); text != none+"\t2026-03-03 09:10\t匿名\t\t不明\t3,600.00 元\t待处置\t还剩 3,600.00 元\t未判\n" {
		t.Errorf("for people: %q", text)
	}

	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, extension := range []string{".pdf", ".xlsx"} {
		for _, args := range [][]string{{"list"}, {"ledger", "--from", "2026-01-01", "--to", "2026-12-31"}, {"totals", "--from", "2026-01-01", "--to", "2026-12-31"}, {"safe"}} {
			out := at(args[0] + extension)
			c.do(exitDone, nil, append(append([]string{"handover"}, args...), "--out", out)...)
			written(t, out)
			if l := c.trail()[1]; l.Action != "导出" || l.Name != args[0]+extension || !strings.Contains(l.After, "含敏感信息：否") {
				t.Errorf("recorded %+v", l)
			}
		}
	}
	if text := pdfText(t, at("ledger.pdf")); strings.Contains(text, patient) || !strings.Contains(text, one) || !strings.Contains(text, gone) || !strings.Contains(text, "另有作废 1 次，不计在内") {
		t.Errorf("the ledger:\n%s", text)
	}
	c.do(exitDone, nil, "handover", "ledger", "--from", "2026-01-01", "--to", "2026-12-31", "--plain", "--out", at("ledger.pdf"))
	if l := c.trail()[1]; !strings.Contains(l.After, "含敏感信息：是") {
		t.Errorf("recorded %+v", l)
	}
	var sum struct {
		Handovers, Named, Anonymous, Late int
		AmountFen                         int64 `json:"amount_fen"`
		Categories, Givers, Months        []struct{ Name string }
	}
	c.do(exitDone, &sum, "handover", "totals", "--from", "2026-03-01", "--to", "2026-03-31")
	if sum.Handovers != 4 || sum.Named != 3 || sum.Anonymous != 1 || sum.Late != 1 || sum.AmountFen != 4*360000 || len(sum.Categories) != 3 || len(sum.Givers) != 3 || len(sum.Months) != 1 {
		t.Errorf("sums %+v", sum)
	}
	c.text(exitDone, "handover", "totals")
	c.text(exitDone, "handover", "watch")
	c.text(exitDone, "handover", "safe")
	c.do(exitDone, nil, "check")
}

func TestTheBlankOfAHandoverIsReadBack(t *testing.T) {
	c := newHandovers(t)
	path := filepath.Join(t.TempDir(), "登记.toml")
	c.do(exitDone, nil, "handover", "template", "--out", path)
	c.fails("第 1 项金额：不是可识别的金额", "handover", "register", path)
	blank := read(t, path)
	for _, f := range []struct{ key, value string }{{"handed_at", "2026-03-03 9:10"}, {"received_at", "2026-03-02"}, {"employee_no", "01002"},
		{"occasion", "其他"}, {"giver", "患者"}, {"received_by", "李某"}, {"witnessed_by", "赵某"}, {"keeper", "李某"}, {"category", "现金"}, {"amount", "1.50"}} {
		was := blank
		if blank = strings.Replace(blank, f.key+` = ""`, f.key+` = "`+f.value+`"`, 1); blank == was {
			t.Errorf("the blank lacks %s", f.key)
		}
	}
	c.do(exitDone, nil, "handover", "register", file(t, "登记.toml", blank))
	c.fails("应以 .xlsx 或 .toml 结尾", "handover", "template", "--out", path+".csv")
}

func TestScansOfAHandover(t *testing.T) {
	c := newHandovers(t)
	no := c.register()
	pdf := filepath.Join(t.TempDir(), "签收单.pdf")
	slip := c.disposed("已结清", no, "--kind", "上缴国库", "--voucher", "1")
	c.do(exitDone, nil, "handover", "slip", slip, "--out", pdf)
	var listed []struct{ ID int }
	for i, of := range []string{no, slip} {
		c.do(exitDone, nil, "handover", "attach", of, pdf)
		if c.do(exitDone, &listed, "handover", "attachments", of); len(listed) != 1 || listed[0].ID != i+1 {
			t.Errorf("of %s: %+v", of, listed)
		}
	}
	out := filepath.Join(t.TempDir(), "取出.pdf")
	c.do(exitDone, nil, "handover", "attachment", "1", "--out", out)
	written(t, out)
	c.do(exitDone, nil, "check")
}

// An auditor sees that something is filled in, and not what; a reviewer takes
// back and registers nothing.
func TestRolesOfTheHandovers(t *testing.T) {
	c := newHandovers(t)
	no := c.register()
	pdf := filepath.Join(t.TempDir(), "a.pdf")
	c.do(exitDone, nil, "handover", "receipt", no, "--out", pdf)
	receipt := c.handovers()[0].Receipts[0].No
	os.Remove(pdf)
	auditor, reviewer := c.person("sun", "孙某", "审计"), c.person("zhao", "赵某", "审核")
	writes := [][]string{
		{"handover", "register", handedIn(t)}, {"handover", "receipt", no, "--out", pdf},
		{"handover", "dispose", no, "--kind", "上缴国库", "--voucher", "1", "--approver", "王某", "--handled-by", "李某"},
		{"handover", "custody", no, "--from-keeper", "李某", "--to", "钱某", "--witness", "王某"},
		{"handover", "import", file(t, "台账.csv", "上交时间,财物类别,金额,经手人,监交人\n2026-03-02,现金,1,李某,赵某\n"), "--dry-run"},
	}
	decides := [][]string{{"handover", "receipt-void", receipt, "--reason", "写错"}, {"handover", "void", no, "--reason", "重复"}}
	plain := [][]string{{"handover", "list", "--plain"}, {"handover", "show", no, "--plain"}, {"handover", "ledger", "--plain", "--out", pdf}}
	plain = append(plain, []string{"handover", "list", "--find-file", file(t, "找.txt", patient)}) // which would find nothing
	for _, args := range slices.Concat(writes, decides, plain) {
		c.fails("孙某（sun）的角色是“审计”，无权", append(slices.Clone(auditor), args...)...)
	}
	for _, args := range writes {
		c.fails("赵某（zhao）的角色是“审核”，无权", append(slices.Clone(reviewer), args...)...)
	}
	absent(t, pdf)
	for _, args := range [][]string{{"handover", "list"}, {"handover", "show", no}, {"handover", "safe"}, {"handover", "totals"}, {"handover", "watch"},
		{"handover", "ledger", "--out", pdf}, {"handover", "form", no, "--out", pdf}} {
		c.do(exitDone, nil, append(slices.Clone(auditor), args...)...)
	}
	if text := pdfText(t, pdf); strings.Contains(text, patient) || !strings.Contains(text, "（已填写）") {
		t.Errorf("an auditor's form:\n%s", text)
	}
	if l := c.trail()[1]; l.Entity != "红包上交登记表" || !strings.Contains(l.After, "含敏感信息：否") {
		t.Errorf("recorded %+v", l)
	}
	for _, args := range decides {
		c.do(exitDone, nil, append(slices.Clone(reviewer), args...)...)
	}
}
