package model

import (
	"slices"
	"strings"

	"qingfeng/model/day"
)

// FindingPrefix begins the numbers of findings and their notices.
const FindingPrefix = "ZG"

// FindingSources are where a finding comes from.
var FindingSources = []string{FromSelfCheck, FromInspection, "巡察", "举报", "上级反馈", "其他"}

// Sources that the program itself gives.
const (
	FromSelfCheck  = "自查"
	FromInspection = "督查"
)

// FindingLevel is how grave a finding is.
type FindingLevel string

// The levels of a finding (篇十八, 隐患级别).
const (
	Ordinary FindingLevel = "一般"
	Grave    FindingLevel = "重大"
)

// FindingState is where a finding stands.
type FindingState string

// The states of a finding. [ClosedOut] is reached through an acceptance only
// and left through a relapse only.
const (
	ToMend    FindingState = "待整改"
	Mending   FindingState = "整改中"
	ToAccept  FindingState = "待验收"
	Refused   FindingState = "退回" // not accepted as mended
	ClosedOut FindingState = "已销号"
	Relapsed  FindingState = "反弹" // found again when looked back at
	Withdrawn FindingState = "作废"
)

// FindingStates in the order in which filters offer them.
var FindingStates = []FindingState{ToMend, Mending, ToAccept, Refused, Relapsed, ClosedOut, Withdrawn}

// Finding is one problem of the rectification register (整改台账).
type Finding struct {
	ID           int64
	FormNo       string
	CampaignID   int64  // 0 outside of campaigns
	Source       string // one of [FindingSources]
	Origin       string // which form, document or draw it comes from
	ProblemID    int64  // of the self-check that stated it, or 0
	PickID       int64  // of the inspection that found it, or 0
	FoundOn      day.Date
	Category     string
	Level        FindingLevel
	DepartmentID int64
	StaffID      int64  // 责任人, 0 when nobody in particular
	Leader       string // 责任领导
	Problem      string
	Measure      string
	FundsFen     int64 // 资金
	DueOn        day.Date
	Contingency  string // 预案
	State        FindingState
	NotifiedOn   day.Date // first printing of the 整改通知书
	BegunOn      day.Date
	SubmittedOn  day.Date // told as mended
	SubmittedBy  int64    // the account that recorded that
	MendedBy     string   // who mended it
	Result       string   // what was done
	RefusedOn    day.Date
	RefuseReason string
	AcceptedOn   day.Date
	AcceptedBy   string // who accepted it
	AcceptNote   string
	LookBackDue  day.Date
	LookBackOn   day.Date
	LookBackBy   string
	LookBackNote string
	Relapses     int
	VoidReason   string
	VoidedOn     day.Date
}

// Validate returns [FieldErrors] with everything that keeps f from being stored.
func (f Finding) Validate() error {
	var errs FieldErrors
	if !slices.Contains(FindingSources, f.Source) {
		errs.add("Source", "来源", "应为 "+strings.Join(FindingSources, "、")+" 之一")
	}
	if f.Level != Ordinary && f.Level != Grave {
		errs.add("Level", "级别", "应为 一般 或 重大")
	}
	if f.DepartmentID == 0 {
		errs.add("DepartmentID", "责任科室", "请选择科室")
	}
	errs.date("FoundOn", "发现日期", f.FoundOn, true)
	errs.date("DueOn", "整改时限", f.DueOn, false)
	if f.DueOn.Valid() && f.FoundOn.Valid() && f.DueOn < f.FoundOn {
		errs.add("DueOn", "整改时限", "不能早于发现日期")
	}
	errs.text("Origin", "来源说明", f.Origin, MaxShort, false)
	errs.text("Category", "类别", f.Category, MaxShort, true)
	errs.text("Leader", "责任领导", f.Leader, MaxName, false)
	errs.text("Problem", "问题", f.Problem, MaxNote, true)
	errs.text("Measure", "整改措施", f.Measure, MaxNote, false)
	errs.text("Contingency", "预案", f.Contingency, MaxNote, false)
	if f.FundsFen < 0 {
		errs.add("FundsFen", "资金", "不能是负数")
	}
	if f.BegunOn != "" {
		f.planned(&errs)
		if f.FoundOn > f.BegunOn {
			errs.add("FoundOn", "发现日期", "不能晚于开始整改的日期 "+string(f.BegunOn))
		}
	}
	return errs.err()
}

// planned adds what has to be fixed before anybody begins to mend: measure and
// limit, for a grave finding the responsible leader and a contingency too
// (篇十八: 责任、措施、资金、时限、预案).
func (f Finding) planned(errs *FieldErrors) {
	need := func(field, label, value string) {
		if strings.TrimSpace(value) == "" {
			errs.add(field, label, "不能为空")
		}
	}
	need("Measure", "整改措施", f.Measure)
	need("DueOn", "整改时限", string(f.DueOn))
	if f.Level == Grave {
		need("Leader", "责任领导", f.Leader)
		need("Contingency", "预案", f.Contingency)
	}
}

// Closed reports whether nothing is left to do but to look back.
func (f Finding) Closed() bool { return f.State == ClosedOut || f.State == Withdrawn }

// Overdue reports whether the limit has passed and the finding is not closed.
func (f Finding) Overdue(today day.Date) bool {
	return !f.Closed() && f.DueOn != "" && f.DueOn < today
}

// Begin records that the department has started to mend, what it takes being
// planned.
func (f *Finding) Begin(on day.Date) error {
	if f.State != ToMend && f.State != Refused && f.State != Relapsed {
		return f.refuse("是“%s”，不能开始整改", f.State)
	}
	if err := f.dated("开始整改", on); err != nil {
		return err
	}
	var errs FieldErrors
	f.planned(&errs)
	if err := errs.err(); err != nil {
		return err
	}
	f.State, f.BegunOn = Mending, on
	return nil
}

// Submit records that the problem was mended, by whom, and what was done. The
// account that records it cannot accept it.
func (f *Finding) Submit(on day.Date, mendedBy, result string, account int64) error {
	if f.State != Mending {
		return f.refuse("是“%s”，要先开始整改才能提交验收", f.State)
	}
	if err := f.dated("提交验收", on); err != nil {
		return err
	}
	var errs FieldErrors
	errs.text("MendedBy", "整改人", mendedBy, MaxName, true)
	errs.text("Result", "完成情况", result, MaxNote, true)
	if err := errs.err(); err != nil {
		return err
	}
	f.State, f.SubmittedOn, f.SubmittedBy = ToAccept, on, account
	f.MendedBy, f.Result = TidyName(mendedBy), strings.TrimSpace(result)
	return nil
}

// Accept closes the finding out (销号). Who mended it, or recorded that it was
// mended, does not accept it. lookBack is when it will be looked at again, ""
// for never.
func (f *Finding) Accept(on day.Date, acceptedBy string, account int64, note string, lookBack day.Date) error {
	if f.State != ToAccept {
		return f.refuse("是“%s”，提交验收后才能销号", f.State)
	}
	if err := f.dated("销号", on); err != nil {
		return err
	}
	acceptedBy = TidyName(acceptedBy)
	if acceptedBy == "" {
		return Errorf(Invalid, "请填写验收人")
	}
	if SharedName(f.MendedBy, acceptedBy) != "" {
		return f.refuse("由 %s 整改，验收人不能是同一个人", f.MendedBy)
	}
	if account == f.SubmittedBy {
		return f.refuse("的整改完成是用您的账号登记的，请由另一个账号验收销号")
	}
	if msg := BadText(note, MaxNote); msg != "" {
		return Errorf(Invalid, "验收意见%s", msg)
	}
	if lookBack != "" && lookBack <= on {
		return Errorf(Invalid, "回头看日期 %s 应在销号日期 %s 之后", lookBack, on)
	}
	f.State, f.AcceptedOn, f.AcceptedBy, f.AcceptNote = ClosedOut, on, acceptedBy, strings.TrimSpace(note)
	f.LookBackDue, f.LookBackOn, f.LookBackBy, f.LookBackNote = lookBack, "", "", ""
	return nil
}

// Refuse sends the finding back (退回): it is not mended.
func (f *Finding) Refuse(on day.Date, reason string) error {
	if f.State != ToAccept {
		return f.refuse("是“%s”，提交验收后才能退回", f.State)
	}
	if err := f.dated("退回", on); err != nil {
		return err
	}
	reason, err := reasonOf("退回原因", reason)
	if err != nil {
		return err
	}
	f.State, f.RefusedOn, f.RefuseReason = Refused, on, reason
	return nil
}

// LookBack records that a closed finding was looked at again (回头看). When it
// came up again it relapses and has a new limit.
func (f *Finding) LookBack(on day.Date, by, note string, relapsed bool, due day.Date) error {
	if f.State != ClosedOut {
		return f.refuse("是“%s”，销号后才有回头看", f.State)
	}
	if err := f.dated("回头看", on); err != nil {
		return err
	}
	var errs FieldErrors
	errs.text("LookBackBy", "回头看检查人", by, MaxName, true)
	errs.text("LookBackNote", "回头看情况", note, MaxNote, relapsed)
	if relapsed {
		errs.date("DueOn", "新的整改时限", due, true)
		if due.Valid() && due < on {
			errs.add("DueOn", "新的整改时限", "不能早于回头看日期")
		}
	}
	if err := errs.err(); err != nil {
		return err
	}
	f.LookBackOn, f.LookBackBy, f.LookBackNote = on, strings.TrimSpace(by), strings.TrimSpace(note)
	if relapsed {
		f.State, f.DueOn = Relapsed, due
		f.Relapses++
		f.AcceptedOn, f.AcceptedBy, f.AcceptNote, f.LookBackDue = "", "", "", ""
	}
	return nil
}

// Void takes a wrong finding out of the register; a closed one stays.
func (f *Finding) Void(on day.Date, reason string) error {
	if f.Closed() {
		return f.refuse("是“%s”，不能作废", f.State)
	}
	if err := f.dated("作废", on); err != nil {
		return err
	}
	reason, err := reasonOf("作废原因", reason)
	if err != nil {
		return err
	}
	f.State, f.VoidedOn, f.VoidReason = Withdrawn, on, reason
	return nil
}

// dated refuses a day before any step that was taken already.
func (f *Finding) dated(step string, on day.Date) error {
	if !on.Valid() {
		return Errorf(Invalid, "%s的日期不是一个日期", step)
	}
	if before := max(f.FoundOn, f.BegunOn, f.SubmittedOn, f.RefusedOn, f.AcceptedOn, f.LookBackOn); on < before {
		return f.refuse("%s的日期 %s 不能早于 %s", step, on, before)
	}
	return nil
}

func (f *Finding) refuse(format string, args ...any) error {
	return Errorf(Conflict, "问题 "+f.FormNo+" "+format, args...)
}

// ExtensionState is where a request for more time stands.
type ExtensionState string

// The states of an extension.
const (
	Asked    ExtensionState = "待批"
	Granted  ExtensionState = "已批准"
	Rejected ExtensionState = "未批准"
)

// Extension (延期) is a request to move the limit of a finding.
type Extension struct {
	ID, FindingID int64
	OldDue        day.Date
	NewDue        day.Date
	Reason        string
	State         ExtensionState
	AskedOn       day.Date
	AskedBy       int64 // account
	DecidedOn     day.Date
	DecidedBy     string // name
	Note          string
}

// AskExtension asks for more time for an open finding.
func (f Finding) AskExtension(on, newDue day.Date, reason string, account int64) (Extension, error) {
	if f.Closed() {
		return Extension{}, f.refuse("是“%s”，不用延期", f.State)
	}
	if f.DueOn == "" {
		return Extension{}, f.refuse("还没有整改时限，请直接填写时限")
	}
	reason, err := reasonOf("延期原因", reason)
	if err != nil {
		return Extension{}, err
	}
	if !newDue.Valid() || newDue <= f.DueOn {
		return Extension{}, Errorf(Invalid, "新时限应晚于原时限 %s", f.DueOn)
	}
	return Extension{FindingID: f.ID, OldDue: f.DueOn, NewDue: newDue, Reason: reason, State: Asked, AskedOn: on, AskedBy: account}, nil
}

// Decide grants or rejects the request. Who asked does not decide. A granted
// one moves f's limit.
func (x *Extension) Decide(f *Finding, on day.Date, by string, account int64, grant bool, note string) error {
	if x.State != Asked {
		return Errorf(Conflict, "这次延期申请%s，不再审批", x.State)
	}
	if f.Closed() {
		return f.refuse("是“%s”，不用延期", f.State)
	}
	if account == x.AskedBy {
		return f.refuse("的延期是用您的账号申请的，请由另一个账号审批")
	}
	if msg := BadText(note, MaxNote); msg != "" {
		return Errorf(Invalid, "审批意见%s", msg)
	}
	x.State, x.DecidedOn, x.DecidedBy, x.Note = Rejected, on, by, strings.TrimSpace(note)
	if grant {
		x.State = Granted
		f.DueOn = x.NewDue
	}
	return nil
}
