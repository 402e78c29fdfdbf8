package model

import (
	"errors"
	"sort"
	"strings"

	"qingfeng/model/day"
	"qingfeng/model/money"
)

// SheetField is a field that a sheet kept elsewhere can bring, with the usual
// name of its column.
type SheetField struct{ ID, Label string }

// FindingFields are the fields of an older register of findings in the usual
// order of columns. assets/finding/columns.toml names them by ID.
var FindingFields = []SheetField{
	{"found_on", "发现日期"}, {"source", "来源"}, {"category", "类别"}, {"level", "级别"}, {"department", "科室"},
	{"person", "责任人"}, {"problem", "问题"}, {"measure", "整改措施"}, {"due_on", "时限"}, {"state", "状态"},
	{"leader", "责任领导"}, {"funds", "资金"}, {"contingency", "预案"}, {"accepted_by", "验收人"},
	{"accepted_on", "销号日期"}, {"origin", "来源说明"},
}

// FindingRecord is one row of a register of findings that an office kept
// elsewhere, its cells as text by field, with the file's own column names.
type FindingRecord struct {
	MappedRow
	Heads map[string]string
}

// FindingReading is what was read of a record. Of the finding DepartmentID and
// StaffID are unset: who Department and Person are, the store knows.
type FindingReading struct {
	Finding
	Department string
	Person     string          // 工号 or name
	Problems   []RosterProblem // why the row cannot be taken
	Warnings   []RosterProblem
}

// FromOldRegister is the note of acceptance of a finding that was closed out
// before this program knew of it.
const FromOldRegister = "原台账导入"

// oldRegister accepted what an older register says was closed out, where it
// does not say who did.
const oldRegister = "原台账"

// Problem is what is wrong or odd in one cell of the record.
func (r FindingRecord) Problem(field, text string) RosterProblem {
	column := r.Heads[field]
	for _, f := range FindingFields {
		if column == "" && f.ID == field {
			column = f.Label
		}
	}
	return RosterProblem{r.Line, column, shortValue(r.Cells[field]), text}
}

// Read reads and checks the record on a day. states says in which state a
// finding is taken by the word of the register: 待整改, 整改中, which begins
// that day, or 已销号, which is taken as history.
func (r FindingRecord) Read(today day.Date, states map[string]string) FindingReading {
	e := findingEntry{rec: r, today: today}
	for field, text := range r.Problems {
		e.reject(field, text)
	}
	e.fill()
	e.state(states)
	e.validate()
	order := map[string]int{}
	for i, f := range FindingFields {
		order[r.Problem(f.ID, "").Column] = i
	}
	sort.SliceStable(e.out.Problems, func(i, j int) bool { return order[e.out.Problems[i].Column] < order[e.out.Problems[j].Column] })
	return e.out
}

// findingEntry is a record on its way. A field has one problem at most, the
// first that was found.
type findingEntry struct {
	rec   FindingRecord
	today day.Date
	out   FindingReading
	bad   map[string]bool
}

func (e *findingEntry) reject(field, text string) {
	if e.bad[field] {
		return
	}
	if e.bad == nil {
		e.bad = map[string]bool{}
	}
	e.bad[field] = true
	e.out.Problems = append(e.out.Problems, e.rec.Problem(field, text))
}

func (e *findingEntry) warn(field, text string) {
	e.out.Warnings = append(e.out.Warnings, e.rec.Problem(field, text))
}

// cell is a field's text, "" when it says that there is nothing.
func (e *findingEntry) cell(field string) string {
	if s := tidyNote(e.rec.Cells[field]); !nothing(s) {
		return s
	}
	return ""
}

func (e *findingEntry) fill() {
	f := &e.out.Finding
	e.out.Department, e.out.Person = TidyDepartment(e.cell("department")), TidyName(e.cell("person"))
	if e.out.Department == "" {
		e.reject("department", "不能为空")
	}
	f.FoundOn, f.DueOn = e.day("found_on"), e.day("due_on")
	if f.FoundOn > e.today {
		e.reject("found_on", "在今天（"+string(e.today)+"）之后")
	}
	f.Category, f.Problem, f.Measure = e.cell("category"), e.cell("problem"), e.cell("measure")
	f.Leader, f.Contingency, f.Origin = TidyName(e.cell("leader")), e.cell("contingency"), e.cell("origin")
	f.Level = FindingLevel(strings.TrimSuffix(e.cell("level"), "隐患"))
	if f.Level == "" {
		f.Level = Ordinary
	}
	f.Source = e.cell("source")
	e.knownSource()
	if text := e.cell("funds"); text != "" {
		var err error
		if f.FundsFen, err = money.Parse(text); err != nil {
			e.reject("funds", err.Error())
		}
	}
}

// knownSource makes a source that is none of ours 其他 and keeps its words.
func (e *findingEntry) knownSource() {
	f := &e.out.Finding
	for _, s := range FindingSources {
		if f.Source == s {
			return
		}
	}
	const other = "其他"
	if f.Source != "" {
		e.warn("source", "不是本程序的来源，按“其他”登记，原文记入来源说明")
		f.Origin = strings.TrimSuffix(f.Source+"；"+f.Origin, "；")
	}
	f.Source = other
}

func (e *findingEntry) day(field string) day.Date {
	text := e.cell(field)
	if text == "" || e.bad[field] {
		return ""
	}
	d, err := day.Parse(text)
	switch {
	case err != nil && e.rec.Numeric[field] && serialLike(text):
		e.reject(field, "像是 Excel 的日期序号。请把该列设为日期格式，或改写成 2026-07-18")
	case err != nil:
		e.reject(field, err.Error())
	}
	return d
}

// state takes the state that the register tells.
func (e *findingEntry) state(states map[string]string) {
	f, word := &e.out.Finding, e.cell("state")
	f.State = FindingState(states[word])
	acceptedOn := e.day("accepted_on")
	switch {
	case word == "":
		f.State = ToMend
	case f.State == "":
		e.reject("state", "不认识的状态，应为 待整改、整改中 或 已销号")
		return
	case string(f.State) != word:
		e.warn("state", "按“"+string(f.State)+"”登记")
	}
	if f.State == ClosedOut {
		e.closed(acceptedOn)
	} else {
		e.unused("accepted_on", "这个日期")
		e.unused("accepted_by", "验收人")
	}
	if f.State == Mending {
		f.BegunOn = e.today // what is missing for that, Validate says
	}
}

// unused warns of what only a finding that was closed out can have.
func (e *findingEntry) unused(field, what string) {
	if e.cell(field) != "" && !e.bad[field] {
		e.warn(field, "状态不是“已销号”，没有采用"+what)
	}
}

// closed takes a finding as history: who accepted it, and when, as far as the
// register tells.
func (e *findingEntry) closed(on day.Date) {
	f := &e.out.Finding
	f.AcceptedOn, f.AcceptedBy, f.AcceptNote = on, TidyName(e.cell("accepted_by")), FromOldRegister
	if f.AcceptedBy == "" {
		f.AcceptedBy = oldRegister
	}
	switch {
	case on == "" && !e.bad["accepted_on"]:
		f.AcceptedOn = e.today
		e.warn("accepted_on", "没有销号日期，按导入当天登记")
	case on > e.today:
		e.reject("accepted_on", "在今天（"+string(e.today)+"）之后")
	case on != "" && on < f.FoundOn:
		e.reject("accepted_on", "早于发现日期")
	}
	if msg := BadText(f.AcceptedBy, MaxName); msg != "" {
		e.reject("accepted_by", msg)
	}
}

// findingFieldOf maps the struct fields that Validate names to fields of a
// register.
var findingFieldOf = map[string]string{
	"FoundOn": "found_on", "Source": "source", "Category": "category", "Level": "level", "Problem": "problem",
	"Measure": "measure", "DueOn": "due_on", "Leader": "leader", "FundsFen": "funds", "Contingency": "contingency", "Origin": "origin",
}

func (e *findingEntry) validate() {
	f := e.out.Finding
	f.DepartmentID = 1 // not known yet
	if errs, ok := errors.AsType[FieldErrors](f.Validate()); ok {
		for _, x := range errs {
			e.reject(findingFieldOf[x.Field], x.Message)
		}
	}
}
