package model

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"qingfeng/model/day"
	"qingfeng/model/money"
)

// HandoverFields are the fields of a ledger of red envelopes in the usual order
// of columns. assets/handover/columns.toml names them by ID.
var HandoverFields = []SheetField{
	{"old_no", "原编号"}, {"handed_at", "上交时间"}, {"received_at", "收受时间"}, {"manner", "上交方式"}, {"employee_no", "工号"},
	{"person", "上交人"}, {"occasion", "情形"}, {"giver", "送方类别"}, {"giver_name", "送方姓名"}, {"patient", "患者姓名"},
	{"admission_no", "住院号"}, {"bed", "床号"}, {"company", "企业"}, {"agent", "企业代表"}, {"category", "财物类别"},
	{"particulars", "说明"}, {"quantity", "数量"}, {"amount", "金额"}, {"basis", "计价依据"}, {"received_by", "经手人"},
	{"witnessed_by", "监交人"}, {"keeper", "保管人"}, {"co_keeper", "共同保管人"}, {"kept_at", "保管位置"}, {"story", "地点和经过"},
	{"bystanders", "证明人"}, {"disposition", "处置方式"}, {"disposed_amount", "处置金额"}, {"disposed_on", "处置日期"}, {"voucher", "凭证号"},
	{"approver", "批准人"}, {"signer", "签收人"}, {"remark", "备注"},
}

// Words of the column 上交方式.
const (
	Named     = "实名"
	Anonymous = Nameless
)

// Manner is 上交方式 in words.
func (h Handover) Manner() string {
	if h.Anonymous {
		return Anonymous
	}
	return Named
}

// FromOldLedger stands where an older ledger does not say who approved, signed
// or told something.
const FromOldLedger = oldRegister

// HandoverWords say for what a ledger's words are taken; see
// assets/handover/words.toml.
type HandoverWords struct {
	Manner, Giver, Category, Disposition map[string]string
}

// HandoverRecord is one handover of a ledger that was kept elsewhere: one row,
// or several behind each other with the same 原编号, one for each item. Heads
// are the file's own column names.
type HandoverRecord struct {
	Rows  []MappedRow
	Heads map[string]string
}

// HandoverRecords puts rows with the same 原编号 together.
func HandoverRecords(rows []MappedRow, heads map[string]string) []HandoverRecord {
	var out []HandoverRecord
	last := ""
	for _, row := range rows {
		no := strings.TrimSpace(row.Cells["old_no"])
		if nothing(no) {
			no = ""
		}
		if no != "" && no == last {
			r := &out[len(out)-1]
			r.Rows = append(r.Rows, row)
			continue
		}
		out, last = append(out, HandoverRecord{[]MappedRow{row}, heads}), no
	}
	return out
}

// HandoverReading is what was read of a record. Who Person is, the store knows.
// The items of dispositions are those of Items, counted from 1.
type HandoverReading struct {
	Handover
	EmployeeNo, Person string
	Items              []HandoverItem
	Dispositions       []Disposition
	Problems           []RosterProblem // why the handover cannot be taken
	Warnings           []RosterProblem
}

// Problem is what is wrong or odd in one cell of the record's nth row.
func (r HandoverRecord) Problem(n int, field, text string) RosterProblem {
	column := r.Heads[field]
	for _, f := range HandoverFields {
		if column == "" && f.ID == field {
			column = f.Label
		}
	}
	value := shortValue(r.Rows[n].Cells[field])
	if field == "employee_no" && strings.Contains(text, Nameless) {
		value = "" // nobody is named beside the word anonymous
	}
	return RosterProblem{r.Rows[n].Line, column, value, text}
}

// Read reads and checks the record. now is the current minute.
func (r HandoverRecord) Read(now day.Moment, words HandoverWords) HandoverReading {
	e := handoverEntry{rec: r, now: now, words: words}
	for n, row := range r.Rows {
		for _, f := range HandoverFields {
			if text := row.Problems[f.ID]; text != "" {
				e.reject(n, f.ID, text)
			}
		}
	}
	e.fill()
	for n := range r.Rows {
		e.sameAsFirst(n)
		e.item(n)
	}
	e.validate()
	if len(e.out.Problems) == 0 {
		e.settle()
	}
	return e.out
}

// handoverEntry is a record on its way. A cell has one problem at most, the
// first that was found.
type handoverEntry struct {
	rec   HandoverRecord
	now   day.Moment
	words HandoverWords
	out   HandoverReading
	bad   map[string]bool // by row and field
}

func (e *handoverEntry) reject(n int, field, text string) {
	key := strconv.Itoa(n) + field
	if e.bad[key] {
		return
	}
	if e.bad == nil {
		e.bad = map[string]bool{}
	}
	e.bad[key] = true
	e.out.Problems = append(e.out.Problems, e.rec.Problem(n, field, text))
}

// cell is a field's text in the nth row, "" when it says that there is nothing.
func (e *handoverEntry) cell(n int, field string) string {
	if s := tidyNote(e.rec.Rows[n].Cells[field]); !nothing(s) {
		return s
	}
	return ""
}

// word is what a cell is taken for.
func (e *handoverEntry) word(n int, field string, words map[string]string, allowed string) string {
	text := e.cell(n, field)
	if text == "" {
		return ""
	}
	to, known := words[text]
	if !known {
		e.reject(n, field, "不认识“"+shortValue(text)+"”，应为 "+allowed)
	}
	return to
}

func (e *handoverEntry) moment(field string) day.Moment {
	text := e.cell(0, field)
	if text == "" {
		return ""
	}
	m, err := day.ParseMoment(text)
	switch {
	case err != nil && e.rec.Rows[0].Numeric[field] && serialLike(text):
		e.reject(0, field, "像是 Excel 的日期序号。请把该列设为日期格式，或改写成 2026-07-18 16:30")
	case err != nil:
		e.reject(0, field, err.Error())
	case m.After(e.now):
		e.reject(0, field, "在现在（"+string(e.now)+"）之后")
	}
	return m
}

// fill takes what belongs to the handover as a whole from the first row.
func (e *handoverEntry) fill() {
	h := &e.out.Handover
	h.OldNo, h.HandedAt, h.ReceivedAt = e.cell(0, "old_no"), e.moment("handed_at"), e.moment("received_at")
	e.out.EmployeeNo, e.out.Person = tidyCode(e.cell(0, "employee_no")), TidyName(e.cell(0, "person"))
	e.who()
	h.GiverName, h.Patient, h.AdmissionNo, h.Bed = e.cell(0, "giver_name"), e.cell(0, "patient"), e.cell(0, "admission_no"), e.cell(0, "bed")
	h.Company, h.Agent = e.cell(0, "company"), e.cell(0, "agent")
	h.Giver = Giver(e.word(0, "giver", e.words.Giver, "患者、家属、企业 或 不明"))
	if e.cell(0, "giver") == "" {
		h.Giver = FromUnknown
		switch {
		case h.Company != "":
			h.Giver = FromCompany
		case h.Patient != "" && h.GiverName != "" && h.GiverName != h.Patient:
			h.Giver = FromFamily
		case h.Patient != "" || h.AdmissionNo != "":
			h.Giver = FromPatient
		case h.GiverName != "":
			e.reject(0, "giver", "有送方姓名，请填 患者、家属 或 企业")
			h.Giver = FromFamily // so that the name is no second mistake
		}
	}
	if h.Occasion = e.cell(0, "occasion"); h.Occasion == "" {
		h.Occasion = Occasions[len(Occasions)-1]
	}
	h.Story, h.Bystanders, h.Remark = e.cell(0, "story"), e.cell(0, "bystanders"), e.remarks()
	h.ReceivedBy, h.WitnessedBy, h.KeptAt = e.cell(0, "received_by"), e.cell(0, "witnessed_by"), e.cell(0, "kept_at")
	e.keepers()
	*h = h.Tidied()
}

// remarks are those of all rows, as each may say something of its own item.
func (e *handoverEntry) remarks() string {
	var all []string
	for n := range e.rec.Rows {
		if text := e.cell(n, "remark"); text != "" && !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return strings.Join(all, "\n")
}

// keepers takes two names in the one column of a ledger for two people, or what
// they keep together would count as kept by one alone.
func (e *handoverEntry) keepers() {
	h := &e.out.Handover
	h.CoKeeper = e.cell(0, "co_keeper")
	if h.Keeper = e.cell(0, "keeper"); h.Keeper == "" {
		h.Keeper = h.ReceivedBy
	}
	if names := SplitNames(h.Keeper); len(names) == 2 && h.CoKeeper == "" {
		h.Keeper, h.CoKeeper = names[0], names[1]
	}
}

const namedNameless = "是匿名上交，却填了上交人。请清空工号和姓名，或改为实名"

// who takes the column 上交方式; without it a row without anybody is anonymous.
func (e *handoverEntry) who() {
	unnamed := e.out.EmployeeNo == "" && (e.out.Person == "" || e.out.Person == Nameless)
	manner := e.word(0, "manner", e.words.Manner, "实名 或 匿名")
	if manner == "" && unnamed || manner == Anonymous {
		e.out.Anonymous = true
	}
	switch {
	case e.out.Anonymous && !unnamed:
		e.reject(0, "employee_no", namedNameless)
		e.out.EmployeeNo, e.out.Person = "", ""
	case !e.out.Anonymous && unnamed:
		e.reject(0, "employee_no", "实名上交要填工号")
	}
	if e.out.Anonymous {
		e.out.Person = ""
	}
}

// ofItem are the fields in which rows of one handover may differ.
var ofItem = map[string]bool{"category": true, "particulars": true, "quantity": true, "amount": true, "basis": true, "disposition": true,
	"disposed_amount": true, "disposed_on": true, "voucher": true, "approver": true, "signer": true, "remark": true}

// sameAsFirst refuses a later row that tells another story of the handover.
func (e *handoverEntry) sameAsFirst(n int) {
	for _, f := range HandoverFields {
		text := e.cell(n, f.ID)
		if n == 0 || ofItem[f.ID] || text == "" || text == e.cell(0, f.ID) {
			continue
		}
		switch {
		case e.out.Anonymous && (f.ID == "employee_no" || f.ID == "person" && text != Nameless):
			e.reject(n, "employee_no", namedNameless) // which names nobody
		case e.out.Anonymous && f.ID == "person":
		default:
			e.reject(n, f.ID, "与同一原编号的第 "+strconv.Itoa(e.rec.Rows[0].Line)+" 行不同")
		}
	}
}

var pieces = regexp.MustCompile(`^(\d+)(?:\.0+)?\s*(\D{0,4})$`)

func (e *handoverEntry) item(n int) {
	i := HandoverItem{ID: int64(n + 1), Quantity: 1, Particulars: e.cell(n, "particulars"), Basis: e.cell(n, "basis")}
	i.Category = ItemCategory(e.word(n, "category", e.words.Category, "现金、转账、购物卡、代金券、有价证券、物品 或 宴请旅游"))
	if e.cell(n, "category") == "" {
		e.reject(n, "category", "不能为空")
	}
	if text := width.Fold.String(e.cell(n, "quantity")); text != "" {
		m := pieces.FindStringSubmatch(text)
		if m == nil {
			e.reject(n, "quantity", piecesText)
		} else {
			i.Quantity, _ = strconv.Atoi(m[1])
			i.Unit = strings.TrimSpace(m[2])
		}
	}
	i.AmountFen = e.money(n, "amount", true)
	i = i.Tidied()
	var errs FieldErrors
	if errors.As(i.Validate(), &errs) {
		for _, x := range errs {
			e.reject(n, itemFieldOf[x.Field], x.Message)
		}
	}
	e.out.Items = append(e.out.Items, i)
	e.disposition(n, i)
}

func (e *handoverEntry) money(n int, field string, required bool) int64 {
	text := e.cell(n, field)
	if text == "" {
		if required {
			e.reject(n, field, "不能为空")
		}
		return 0
	}
	fen, err := money.Parse(text)
	if err != nil {
		e.reject(n, field, err.Error())
	}
	return fen
}

func (e *handoverEntry) date(n int, field string) day.Date {
	text := e.cell(n, field)
	if text == "" {
		return ""
	}
	d, err := day.Parse(text)
	switch {
	case err != nil && e.rec.Rows[n].Numeric[field] && serialLike(text):
		e.reject(n, field, "像是 Excel 的日期序号。请把该列设为日期格式，或改写成 2026-07-18")
	case err != nil:
		e.reject(n, field, err.Error())
	case d > e.now.Date():
		e.reject(n, field, "在今天（"+string(e.now.Date())+"）之后")
	}
	return d
}

// Fields of the ledger by the struct fields that Validate names.
var (
	itemFieldOf     = map[string]string{"Category": "category", "Particulars": "particulars", "Unit": "quantity", "Basis": "basis", "Quantity": "quantity", "AmountFen": "amount"}
	handoverFieldOf = map[string]string{"HandedAt": "handed_at", "ReceivedAt": "received_at", "StaffID": "employee_no", "Giver": "giver",
		"GiverName": "giver_name", "Patient": "patient", "AdmissionNo": "admission_no", "Bed": "bed", "Company": "company", "Agent": "agent",
		"ReceivedBy": "received_by", "WitnessedBy": "witnessed_by", "Keeper": "keeper", "CoKeeper": "co_keeper", "KeptAt": "kept_at",
		"Occasion": "occasion", "OldNo": "old_no", "Story": "story", "Bystanders": "bystanders", "Remark": "remark"}
	dispositionFieldOf = map[string]string{"Kind": "disposition", "DisposedOn": "disposed_on", "Voucher": "voucher", "Approver": "approver",
		"HandledBy": "received_by", "Signer": "signer", "ToldOn": "disposed_on", "ToldHow": "disposition", "Remark": "remark", "ProceedsFen": "disposition"}
)

func (e *handoverEntry) validate() {
	h := e.out.Handover
	if !h.Anonymous {
		h.StaffID = 1 // not known yet
	}
	e.rejectAll(h.ValidateOld(), 0, handoverFieldOf)
	for _, d := range e.out.Dispositions {
		e.rejectAll(d.Tidied().Validate(h), int(d.Lines[0].ItemID-1), dispositionFieldOf)
	}
}

func (e *handoverEntry) rejectAll(err error, n int, fieldOf map[string]string) {
	var errs FieldErrors
	if errors.As(err, &errs) {
		for _, x := range errs {
			e.reject(n, fieldOf[x.Field], x.Message)
		}
	}
}
