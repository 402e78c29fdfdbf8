package model

import (
	"slices"
	"strings"

	"qingfeng/model/day"
	"qingfeng/model/money"
)

// DispositionPrefix begins the numbers of dispositions and their slips.
const DispositionPrefix = "HC"

// DispositionKind is what became of something that was handed in.
type DispositionKind string

// The kinds of disposition. The order is that of the rules: what can be
// returned is returned, else it goes to the patient's deposit, else to the
// integrity account (篇六).
const (
	ReturnedToGiver   DispositionKind = "退还送方"
	ToDeposit         DispositionKind = "转住院预交金"
	ToAccount         DispositionKind = "上缴廉政账户"
	ToTreasury        DispositionKind = "上缴国库"
	Sold              DispositionKind = "物品变价"
	Donated           DispositionKind = "物品捐赠"
	Destroyed         DispositionKind = "物品销毁"
	ToDisciplineBoard DispositionKind = "移送纪检监察"
)

// DispositionRule says what a kind of disposition asks for. Voucher and Signer
// are what the office calls those, “” for a kind that has none.
type DispositionRule struct {
	Kind          DispositionKind
	Voucher       string
	NeedsVoucher  bool
	Signer        string
	NeedsSigner   bool
	TellsPatient  bool // the patient is told, when and how
	PatientOnly   bool // what patients or families gave
	GoodsOnly     bool // no money
	BringsMoney   bool // what it was sold for
	SlipSigned    bool // the other side signs the slip
	SlipTitle     string
	GiverIsSigner bool // the signer is usually who gave it
}

// DispositionRules in the order in which the form offers the kinds.
var DispositionRules = []DispositionRule{
	{Kind: ReturnedToGiver, Signer: "签收人", NeedsSigner: true, SlipSigned: true, SlipTitle: "退还签收单", GiverIsSigner: true},
	{Kind: ToDeposit, Voucher: "预交金收据号", NeedsVoucher: true, Signer: "被告知人", NeedsSigner: true, TellsPatient: true, PatientOnly: true,
		SlipSigned: true, SlipTitle: "转住院预交金告知单", GiverIsSigner: true},
	{Kind: ToAccount, Voucher: "缴款凭证号", NeedsVoucher: true, SlipTitle: "上缴廉政账户审批单"},
	{Kind: ToTreasury, Voucher: "缴款凭证号", NeedsVoucher: true, SlipTitle: "上缴国库审批单"},
	{Kind: Sold, Voucher: "变价凭证号", NeedsVoucher: true, Signer: "受让方", GoodsOnly: true, BringsMoney: true, SlipTitle: "物品变价审批单"},
	{Kind: Donated, Voucher: "接收凭证号", Signer: "接收单位", NeedsSigner: true, GoodsOnly: true, SlipSigned: true, SlipTitle: "物品捐赠签收单"},
	{Kind: Destroyed, Voucher: "销毁记录号", GoodsOnly: true, SlipTitle: "物品销毁审批单"},
	{Kind: ToDisciplineBoard, Voucher: "移送文号", Signer: "接收单位", NeedsSigner: true, SlipSigned: true, SlipTitle: "移送签收单"},
}

// DispositionKinds are the kinds in the order in which the form offers them.
func DispositionKinds() []DispositionKind {
	kinds := make([]DispositionKind, len(DispositionRules))
	for i, r := range DispositionRules {
		kinds[i] = r.Kind
	}
	return kinds
}

// Takes reports whether things of a category can go this way.
func (r DispositionRule) Takes(c ItemCategory) bool { return !r.GoodsOnly || c.Counted() }

// DispositionKinds are those that who gave it, and what is left of the items,
// allow, in the order in which the form offers them.
func (h Handover) DispositionKinds(balances []Balance) []DispositionKind {
	var kinds []DispositionKind
	for _, r := range DispositionRules {
		takesSome := slices.ContainsFunc(balances, func(b Balance) bool { return b.LeftFen > 0 && r.Takes(b.Category) })
		if takesSome && (!r.PatientOnly || h.Giver.Patient()) {
			kinds = append(kinds, r.Kind)
		}
	}
	return kinds
}

// GiverSigner is who of the giver's side usually signs for what is returned, as
// far as the name is known.
func (h Handover) GiverSigner() string {
	switch h.Giver {
	case FromPatient:
		return h.Patient
	case FromCompany:
		return h.Agent
	}
	return h.GiverName
}

// Rule is what the kind asks for; the zero rule for an unknown kind.
func (k DispositionKind) Rule() DispositionRule {
	for _, r := range DispositionRules {
		if r.Kind == k {
			return r
		}
	}
	return DispositionRule{}
}

// Disposition is what became of something that was handed in, in whole or in
// part. It is never changed: a wrong one is followed by a counter-entry (冲正)
// with the same figures below zero.
type Disposition struct {
	ID          int64
	FormNo      string
	HandoverID  int64
	Kind        DispositionKind
	DisposedOn  day.Date
	AmountFen   int64
	Voucher     string
	Approver    string
	HandledBy   string
	Signer      string // sealed
	ToldOn      day.Date
	ToldHow     string
	ProceedsFen int64             // what goods were sold for
	Remark      string            // sealed
	ReversesID  int64             // the disposition that this counter-entry takes back, or 0
	Reason      string            // of a counter-entry
	Lines       []DispositionLine `gorm:"-"`
}

// DispositionLine is the part of one item that a disposition is about.
// Quantity is 0 for money.
type DispositionLine struct {
	ItemID    int64
	Quantity  int
	AmountFen int64
}

// StandingDispositions returns those that no counter-entry took back.
func StandingDispositions(all []Disposition) []Disposition {
	back := map[int64]bool{}
	for _, d := range all {
		if d.ReversesID != 0 {
			back[d.ReversesID] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(d Disposition) bool { return d.ReversesID != 0 || back[d.ID] })
}

// Tidied is d with its names and texts as they are stored.
func (d Disposition) Tidied() Disposition {
	for _, name := range []*string{&d.Approver, &d.HandledBy, &d.Signer} {
		*name = TidyName(*name)
	}
	for _, text := range []*string{&d.Voucher, &d.ToldHow, &d.Remark} {
		*text = strings.TrimSpace(*text)
	}
	return d
}

// Counter is the counter-entry of d, made on a day for a reason.
func (d Disposition) Counter(on day.Date, reason string) (Disposition, error) {
	if d.ReversesID != 0 {
		return d, Errorf(Conflict, "处置 %s 本身是冲正，不能再冲正。请重新登记正确的处置", d.FormNo)
	}
	reason, err := reasonOf("冲正原因", reason)
	if err != nil {
		return d, err
	}
	if on < d.DisposedOn {
		return d, Errorf(Conflict, "冲正日期 %s 不能早于处置日期 %s", on, d.DisposedOn)
	}
	c := d
	c.ID, c.FormNo, c.ReversesID, c.Reason, c.DisposedOn = 0, "", d.ID, reason, on
	c.AmountFen, c.ProceedsFen = -d.AmountFen, -d.ProceedsFen
	c.Lines = slices.Clone(d.Lines)
	for i := range c.Lines {
		c.Lines[i].Quantity, c.Lines[i].AmountFen = -c.Lines[i].Quantity, -c.Lines[i].AmountFen
	}
	return c, nil
}

// Validate returns [FieldErrors] with everything that keeps d from being
// stored as a disposition of h.
func (d Disposition) Validate(h Handover) error {
	var errs FieldErrors
	rule := d.Kind.Rule()
	switch {
	case rule.Kind == "":
		errs.add("Kind", "处置方式", "请选择处置方式")
	case rule.PatientOnly && !h.Giver.Patient():
		errs.add("Kind", "处置方式", "送方是“"+string(h.Giver)+"”，没有住院预交金可转")
	}
	errs.date("DisposedOn", "处置日期", d.DisposedOn, true)
	if d.DisposedOn.Valid() && d.DisposedOn < h.HandedAt.Date() {
		errs.add("DisposedOn", "处置日期", "不能早于上交日期 "+string(h.HandedAt.Date()))
	}
	d.checkPeople(&errs, rule)
	errs.text("Voucher", labelOr(rule.Voucher, "凭证号"), d.Voucher, MaxShort, rule.NeedsVoucher)
	errs.date("ToldOn", "告知日期", d.ToldOn, rule.TellsPatient)
	if d.ToldOn.Valid() && d.ToldOn < h.HandedAt.Date() {
		errs.add("ToldOn", "告知日期", "不能早于上交日期 "+string(h.HandedAt.Date()))
	}
	errs.text("ToldHow", "告知方式", d.ToldHow, MaxShort, rule.TellsPatient)
	errs.text("Remark", "备注", d.Remark, MaxNote, false)
	if d.ProceedsFen < 0 || d.ProceedsFen != 0 && !rule.BringsMoney {
		errs.add("ProceedsFen", "变价所得", "只有物品变价才填，且不能是负数")
	}
	return errs.err()
}

func (d Disposition) checkPeople(errs *FieldErrors, rule DispositionRule) {
	errs.text("Approver", "批准人", d.Approver, MaxName, true)
	errs.text("HandledBy", "经办人", d.HandledBy, MaxName, true)
	if SharedName(d.Approver, d.HandledBy) != "" {
		errs.add("Approver", "批准人", "须与经办人不同")
	}
	errs.text("Signer", labelOr(rule.Signer, "签收人"), d.Signer, MaxShort, rule.NeedsSigner)
}

func labelOr(label, usual string) string {
	if label == "" {
		return usual
	}
	return label
}

// Dispose adds a disposition to h, whose items stand at the balances. Nothing
// leaves twice: each line is at most what is left of its item, and of things
// that are counted the last piece takes the last fen with it.
func (h *Handover) Dispose(d Disposition, balances []Balance) error {
	if h.Voided() {
		return h.refuse("已作废，不能处置")
	}
	if h.State == Settled {
		return h.refuse("已结清，没有可以处置的财物")
	}
	if err := d.Validate(*h); err != nil {
		return err
	}
	if len(d.Lines) == 0 {
		return Errorf(Invalid, "请选择要处置的财物")
	}
	var sum int64
	seen := map[int64]bool{}
	for _, l := range d.Lines {
		i := slices.IndexFunc(balances, func(b Balance) bool { return b.ID == l.ItemID })
		if i < 0 || seen[l.ItemID] {
			return h.refuse("没有这一项财物，或同一项填了两次")
		}
		seen[l.ItemID] = true
		if _, err := l.Check(balances[i], d.Kind.Rule()); err != nil {
			return err
		}
		sum += l.AmountFen
	}
	if sum != d.AmountFen {
		return Errorf(Invalid, "处置金额 %s 元与各项之和 %s 元不符", money.Yuan(d.AmountFen), money.Yuan(sum))
	}
	return h.settle(h.AmountFen, h.DisposedFen+sum, after(balances, d.Lines))
}

// Follow refuses that something left the safe before c, the last change of
// custodian, of which two keepers signed that it was still there.
func (d Disposition) Follow(c Custody, balances []Balance) error {
	kept := slices.ContainsFunc(balances, func(b Balance) bool {
		return b.Category.Kept() && slices.ContainsFunc(d.Lines, func(l DispositionLine) bool { return l.ItemID == b.ID })
	})
	if kept && d.DisposedOn < c.MovedOn {
		return FieldErrors{{Field: "DisposedOn", Label: "处置日期", Message: "不能早于保管交接的日期 " + string(c.MovedOn) + "（" + c.FormNo + "）"}}
	}
	return nil
}

// after are the balances when lines have left, or come back.
func after(balances []Balance, lines []DispositionLine) []Balance {
	out := slices.Clone(balances)
	for i := range out {
		for _, l := range lines {
			if l.ItemID == out[i].ID {
				out[i].LeftFen -= l.AmountFen
				out[i].LeftQuantity -= l.Quantity
			}
		}
	}
	return out
}

// Check says what is wrong with a part of an item of which so much is left, and
// in which field of the line it stands. Of things that are counted the last
// piece takes the last fen with it.
func (l DispositionLine) Check(b Balance, rule DispositionRule) (field string, err error) {
	what := strings.TrimSpace(string(b.Category) + " " + b.Particulars)
	switch {
	case l.AmountFen <= 0:
		return "AmountFen", Errorf(Invalid, "%s 的处置金额应大于 0", what)
	case l.AmountFen > b.LeftFen:
		return "AmountFen", Errorf(Invalid, "%s 只剩 %s 元，不能处置 %s 元", what, money.Yuan(b.LeftFen), money.Yuan(l.AmountFen))
	case !rule.Takes(b.Category):
		return "ItemID", Errorf(Invalid, "“%s”只用于物品和卡券，%s 请选别的处置方式", rule.Kind, what)
	case !b.Category.Counted():
		if l.Quantity != 0 {
			return "Quantity", Errorf(Invalid, "%s 按金额处置，不填数量", what)
		}
		return "", nil
	case l.Quantity < 1 || l.Quantity > b.LeftQuantity:
		return "Quantity", Errorf(Invalid, "%s 只剩 %d %s，处置数量应为 1 到 %d", what, b.LeftQuantity, b.Unit, b.LeftQuantity)
	case (l.Quantity == b.LeftQuantity) != (l.AmountFen == b.LeftFen):
		field = "AmountFen"
		if l.AmountFen == b.LeftFen {
			field = "Quantity"
		}
		return field, Errorf(Invalid, "%s 还剩 %d %s、%s 元，全部处置时数量和金额应同时处置完", what, b.LeftQuantity, b.Unit, money.Yuan(b.LeftFen))
	}
	return "", nil
}

// Worth is the share of n of the pieces that are left.
func (b Balance) Worth(n int) int64 { return b.LeftFen * int64(n) / int64(b.LeftQuantity) }

// Reverse adds a counter-entry to h, whose items stand at the balances.
func (h *Handover) Reverse(counter Disposition, balances []Balance) error {
	if h.Voided() {
		return h.refuse("已作废")
	}
	return h.settle(h.AmountFen, h.DisposedFen+counter.AmountFen, after(balances, counter.Lines))
}

// Correct takes wrong items back by counter-entries and adds right ones, for a
// reason. It refuses while a receipt is in force, which would say the wrong
// sum, and for items of which something has been disposed. It returns the
// entries to add.
func (h *Handover) Correct(balances []Balance, wrong []int64, right []HandoverItem, reason, receipt string) ([]HandoverItem, error) {
	if h.Voided() {
		return nil, h.refuse("已作废，不能更正")
	}
	if receipt != "" {
		return nil, h.refuse("已开收据 %s。请先收回并作废收据，更正后再开新的", receipt)
	}
	reason, err := reasonOf("更正原因", reason)
	if err != nil {
		return nil, err
	}
	if len(wrong)+len(right) == 0 {
		return nil, Errorf(Invalid, "没有要更正的内容")
	}
	var entries []HandoverItem
	for n, id := range wrong {
		i := slices.IndexFunc(balances, func(b Balance) bool { return b.ID == id })
		if i < 0 || slices.Contains(wrong[:n], id) {
			return nil, h.refuse("没有这一项财物，或已经更正过，或选了两次")
		}
		b := balances[i]
		if b.LeftFen != b.AmountFen {
			return nil, h.refuse("的 %s 已处置 %s 元，先冲正处置再更正", b.Category, money.Yuan(b.AmountFen-b.LeftFen))
		}
		entries = append(entries, b.HandoverItem.Counter(reason))
	}
	for _, r := range right {
		r = r.Tidied()
		if err := r.Validate(); err != nil {
			return nil, err
		}
		r.ID, r.CorrectsID, r.Reason = 0, 0, reason
		entries = append(entries, r)
	}
	left := len(balances) - len(wrong) + len(right)
	if left == 0 {
		return nil, h.refuse("不能更正到一项财物也没有。整次登记有误的请作废")
	}
	if left > largestItems {
		return nil, h.refuse("最多登记 %d 项财物", largestItems)
	}
	standing := slices.DeleteFunc(slices.Clone(balances), func(b Balance) bool { return slices.Contains(wrong, b.ID) })
	standing = append(standing, Balances(entries[len(wrong):], nil)...)
	return entries, h.settle(h.AmountFen+Total(entries), h.DisposedFen, standing)
}

// Register sets amount and state of a new handover from its items.
func (h *Handover) Register(items []HandoverItem) error {
	if err := checkItems(items); err != nil {
		return err
	}
	return h.settle(Total(items), 0, Balances(items, nil))
}
