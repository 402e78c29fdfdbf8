package model

import (
	"slices"
	"strings"

	"qingfeng/model/day"
	"qingfeng/model/money"
)

// HandoverPrefix begins the numbers of handovers.
const HandoverPrefix = "HB"

// HandoverState is where a handover stands.
type HandoverState string

// The states of a handover. Between the first three it goes by its amounts.
const (
	Undisposed   HandoverState = "待处置"
	PartDisposed HandoverState = "部分处置"
	Settled      HandoverState = "已结清" // what was disposed of equals what came in
	HandoverVoid HandoverState = "作废"
)

// HandoverStates in the order in which filters offer them.
var HandoverStates = []HandoverState{Undisposed, PartDisposed, Settled, HandoverVoid}

// Giver is who gave what was handed in.
type Giver string

// The kinds of givers.
const (
	FromPatient  Giver = "患者"
	FromFamily   Giver = "家属"
	FromCompany  Giver = "企业"
	FromUnknown  Giver = "不明"
	largestItems       = 50 // of one handover
)

// Givers in the order in which the form offers them.
var Givers = []Giver{FromPatient, FromFamily, FromCompany, FromUnknown}

// Patient reports whether a patient stands behind the gift.
func (g Giver) Patient() bool { return g == FromPatient || g == FromFamily }

// Occasions are how it came that something was taken: what could not be
// refused (不可抗) or was not noticed (不知情) is to be handed in and registered
// (吉林 2021–2024, 纠治“红包”责任), and what a self-check brought to light.
var Occasions = []string{"当面未能退回", "事后发现", "自查主动上交", "其他"}

// Handover is a red envelope (红包), gift or kickback that was handed in to the
// office. Of an anonymous one nothing is kept that tells who handed it in.
type Handover struct {
	ID         int64
	FormNo     string
	OldNo      string // 原编号, in the ledger it was imported from
	State      HandoverState
	ReceivedAt day.Moment // when the person received it, or found it
	HandedAt   day.Moment
	// Timeliness is judged by the rule in force on the day of receipt, which is
	// kept beside it: a later rule makes nobody late.
	Timeliness    Timeliness
	LimitN        int
	LimitUnit     HandoverUnit
	LimitDocument string
	Anonymous     bool
	StaffID       int64 // 0 when anonymous
	DepartmentID  int64 // the person's then, 0 when anonymous
	Occasion      string
	Giver         Giver
	GiverName     string // 送方姓名 of family or a representative's companion; sealed
	Patient       string // sealed
	AdmissionNo   string // 住院号; sealed
	Bed           string // sealed
	SupplierID    int64
	Company       string // the supplier's name: its record is opened under it
	Agent         string // representative of the company; sealed
	Story         string // 地点和经过; sealed
	Bystanders    string // 证明人, who saw it; sealed
	ReceivedBy    string
	WitnessedBy   string
	Keeper        string
	CoKeeper      string // keeps it together with Keeper
	KeptAt        string
	Remark        string // sealed
	AmountFen     int64  // of all items, counter-entries included
	DisposedFen   int64  // of all dispositions, counter-entries included
	KeptFen       int64  // of what is left, what lies in a safe
	VoidReason    string
	VoidedOn      day.Date
}

// Tidied is h with its names and texts as they are stored.
func (h Handover) Tidied() Handover {
	for _, name := range []*string{&h.GiverName, &h.Patient, &h.Agent, &h.ReceivedBy, &h.WitnessedBy, &h.Keeper, &h.CoKeeper} {
		*name = TidyName(*name)
	}
	for _, text := range []*string{&h.OldNo, &h.AdmissionNo, &h.Bed, &h.Company, &h.Story, &h.Bystanders, &h.KeptAt, &h.Remark} {
		*text = strings.TrimSpace(*text)
	}
	return h
}

// Validate returns [FieldErrors] with everything that keeps h from being
// registered.
func (h Handover) Validate() error { return h.validate(!h.Anonymous) }

// ValidateOld is [Handover.Validate] for a handover of an older ledger, which
// may not say when something was received.
func (h Handover) ValidateOld() error { return h.validate(false) }

// ValidateChange is [Handover.Validate] for what becomes of old: what that does
// not say may stay unsaid.
func (h Handover) ValidateChange(old Handover) error {
	return h.validate(!h.Anonymous && old.ReceivedAt != "")
}

func (h Handover) validate(receivedAt bool) error {
	var errs FieldErrors
	h.checkTimes(&errs, receivedAt)
	h.checkPerson(&errs)
	h.checkGiver(&errs)
	h.checkKeeping(&errs)
	if !slices.Contains(Occasions, h.Occasion) {
		errs.add("Occasion", "情形", "应为 "+strings.Join(Occasions, "、")+" 之一")
	}
	errs.text("OldNo", "原编号", h.OldNo, MaxShort, false)
	errs.text("Story", "地点和经过", h.Story, MaxNote, false)
	errs.text("Bystanders", "证明人", h.Bystanders, MaxShort, false)
	errs.text("Remark", "备注", h.Remark, MaxNote, false)
	return errs.err()
}

func (h Handover) checkTimes(errs *FieldErrors, receivedAt bool) {
	switch {
	case h.HandedAt == "":
		errs.add("HandedAt", "上交时间", "请填写时间")
	case !h.HandedAt.Valid():
		errs.add("HandedAt", "上交时间", "不是一个时间")
	}
	switch {
	case h.ReceivedAt == "":
		if receivedAt {
			errs.add("ReceivedAt", "收受时间", "请填写时间，不知道几点的只写日期")
		}
	case !h.ReceivedAt.Valid():
		errs.add("ReceivedAt", "收受时间", "不是一个时间")
	case h.ReceivedAt.After(h.HandedAt):
		errs.add("ReceivedAt", "收受时间", "不能晚于上交时间 "+string(h.HandedAt))
	}
}

func (h Handover) checkPerson(errs *FieldErrors) {
	switch {
	case h.Anonymous && (h.StaffID != 0 || h.DepartmentID != 0):
		errs.add("StaffID", "上交人", "匿名上交不记录上交人和科室")
	case !h.Anonymous && h.StaffID == 0:
		errs.add("StaffID", "上交人", "请选择职工；不愿具名的选“匿名”")
	}
}

func (h Handover) checkGiver(errs *FieldErrors) {
	if !slices.Contains(Givers, h.Giver) {
		errs.add("Giver", "送方类别", "应为 患者、家属、企业 或 不明")
		return // which fields belong to it, nobody knows
	}
	company := h.Giver == FromCompany
	errs.text("Company", "企业", h.Company, MaxShort, company)
	for _, f := range []struct {
		field, label, value string
		max                 int
		only                bool
	}{
		{"GiverName", "送方姓名", h.GiverName, MaxName, h.Giver != FromUnknown},
		{"Patient", "患者姓名", h.Patient, MaxName, h.Giver.Patient()},
		{"AdmissionNo", "住院号", h.AdmissionNo, MaxShort, h.Giver.Patient()},
		{"Bed", "床号", h.Bed, MaxEmployeeNo, h.Giver.Patient()},
		{"Agent", "企业代表", h.Agent, MaxName, company},
		{"Company", "企业", h.Company, MaxShort, company},
	} {
		if !f.only && f.value != "" {
			errs.add(f.field, f.label, "送方是“"+string(h.Giver)+"”时不填")
		} else if f.field != "Company" {
			errs.text(f.field, f.label, f.value, f.max, false)
		}
	}
}

func (h Handover) checkKeeping(errs *FieldErrors) {
	errs.text("ReceivedBy", "经手人", h.ReceivedBy, MaxName, true)
	errs.text("WitnessedBy", "监交人", h.WitnessedBy, MaxName, true)
	if SharedName(h.ReceivedBy, h.WitnessedBy) != "" {
		errs.add("WitnessedBy", "监交人", "须与经手人不同")
	}
	checkKeepers(errs, h.Keeper, h.CoKeeper, h.KeptAt)
}

// checkKeepers looks at who keeps what came in, and where.
func checkKeepers(errs *FieldErrors, keeper, coKeeper, keptAt string) {
	errs.text("Keeper", "保管人", keeper, MaxName, true)
	errs.text("CoKeeper", "共同保管人", coKeeper, MaxName, false)
	errs.text("KeptAt", "保管位置", keptAt, MaxShort, false)
	if SharedName(keeper, coKeeper) != "" {
		errs.add("CoKeeper", "共同保管人", "须与保管人不同；只有一人保管的留空")
	}
}

// CheckHander refuses that who hands in, by name, receives or witnesses it too.
func (h Handover) CheckHander(name string) error {
	var errs FieldErrors
	for _, f := range [][3]string{{"ReceivedBy", "经手人", h.ReceivedBy}, {"WitnessedBy", "监交人", h.WitnessedBy}} {
		if SharedName(name, f[2]) != "" {
			errs.add(f[0], f[1], "不能是上交人本人；同名的请在姓名后注明，如 "+name+"（行风办）")
		}
	}
	return errs.err()
}

// GiverText is the name of who gave it, as far as it is known.
func (h Handover) GiverText() string {
	for _, name := range []string{h.GiverName, h.Patient, h.Agent, h.Company} {
		if name != "" {
			return name
		}
	}
	return ""
}

// Rule is the hand-over limit by which h was judged.
func (h Handover) Rule() HandoverRule {
	return HandoverRule{Limit: h.LimitN, Unit: h.LimitUnit, Document: h.LimitDocument}
}

// LeftFen is what has not been disposed of; of a voided one there is nothing.
func (h Handover) LeftFen() int64 {
	if h.Voided() {
		return 0
	}
	return h.AmountFen - h.DisposedFen
}

// Voided reports whether h was taken back as wrongly registered.
func (h Handover) Voided() bool { return h.State == HandoverVoid }

// settle sets the amounts and the state that follows from them, with the
// standing items as they are then.
func (h *Handover) settle(amount, disposed int64, balances []Balance) error {
	if disposed < 0 || disposed > amount {
		return h.refuse("的处置金额合计 %s 元超出了上交金额 %s 元", money.Yuan(disposed), money.Yuan(amount))
	}
	h.AmountFen, h.DisposedFen, h.KeptFen = amount, disposed, 0
	for _, b := range balances {
		if b.Category.Kept() {
			h.KeptFen += b.LeftFen
		}
	}
	switch {
	case disposed == 0:
		h.State = Undisposed
	case disposed < amount:
		h.State = PartDisposed
	default:
		h.State = Settled
	}
	return nil
}

// Void takes back what was registered wrongly. What has been disposed of in
// part is not void: its dispositions are reversed first.
func (h *Handover) Void(on day.Date, reason string) error {
	switch {
	case h.Voided():
		return h.refuse("已于 %s 作废", h.VoidedOn)
	case h.DisposedFen != 0:
		return h.refuse("已处置 %s 元，先冲正处置再作废", money.Yuan(h.DisposedFen))
	}
	reason, err := reasonOf("作废原因", reason)
	if err != nil {
		return err
	}
	h.State, h.VoidedOn, h.VoidReason, h.KeptFen = HandoverVoid, on, reason, 0
	return nil
}

// MayEdit refuses changes that would contradict what was written down before:
// of what a receipt in force says nothing changes, and nobody who gave a name
// can be made anonymous, as the trail keeps the name.
func (h Handover) MayEdit(next Handover, receipt string) error {
	if h.Voided() {
		return h.refuse("已作废，不能修改")
	}
	if h.Anonymous != next.Anonymous {
		if next.Anonymous {
			return h.refuse("是实名登记的，操作记录中留有姓名，不能改为匿名。请作废后按匿名重新登记")
		}
		return h.refuse("是匿名登记的，不能改为实名。请作废后按实名重新登记")
	}
	onReceipt := h.HandedAt.Date() != next.HandedAt.Date() || h.StaffID != next.StaffID ||
		h.ReceivedBy != next.ReceivedBy || h.WitnessedBy != next.WitnessedBy
	if receipt != "" && onReceipt {
		return h.refuse("已开收据 %s，上交日期、上交人、经手人和监交人印在上面。请先收回并作废收据，再修改", receipt)
	}
	return nil
}

func (h Handover) refuse(format string, args ...any) error {
	return Errorf(Conflict, "红包上交 "+h.FormNo+" "+format, args...)
}
