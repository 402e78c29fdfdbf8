package handover

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// partLine is what is left of an item, and how much of that is disposed of.
type partLine struct {
	of         model.Balance
	on         *kit.Check
	before     bool // ticked, before the kind did not allow it
	what, left *kit.LineText
	pieces     *kit.CountField // of what is counted
	amount     *kit.MoneyField
}

var partColumns = []kit.LineColumn{{Title: "", Width: 22}, {Title: "财物", Width: 120, Flex: true}, {Title: "剩余", Width: 190},
	{Title: "处置数量", Width: 70}, {Title: "处置金额（元）", Width: 118}}

// partFields are the fields of a line in the order of [partColumns], as the model
// calls them.
var partFields = []string{"ItemID", "", "", "Quantity", "AmountFen"}

func newPartLine(b model.Balance) *partLine {
	l := &partLine{of: b, on: kit.NewCheck(""), what: kit.NewLineText(itemName(b.HandoverItem)), left: kit.NewLineText(leftText(b)),
		pieces: kit.NewCountField(), amount: kit.NewMoneyField()}
	l.on.OnChanged = func(on bool) { l.set(on) }
	l.pieces.OnEdited = func(string) { l.priced() }
	l.set(true)
	return l
}

// Inputs implements kit.Line.
func (l *partLine) Inputs() []kit.Input {
	if !l.of.Category.Counted() {
		return []kit.Input{l.on, l.what, l.left, kit.NewLineText("按金额"), l.amount}
	}
	return []kit.Input{l.on, l.what, l.left, l.pieces, l.amount}
}

// set ticks the line for all that is left, or takes it out.
func (l *partLine) set(on bool) {
	l.on.SetChecked(on)
	office.Enable(l.pieces, on)
	office.Enable(l.amount, on)
	l.pieces.SetText("")
	l.amount.SetText("")
	if !on {
		return
	}
	if l.of.Category.Counted() {
		l.pieces.SetCount(l.of.LeftQuantity)
	}
	l.amount.SetFen(l.of.LeftFen)
}

// offer lets the line be ticked, or not. One that was taken out by that comes
// back with it.
func (l *partLine) offer(may bool) {
	switch {
	case may == !l.on.Disabled():
		return
	case may:
		l.set(l.before)
	default:
		l.before = l.on.Checked()
		l.set(false)
	}
	office.Enable(l.on, may)
}

// priced proposes the amount of so many pieces.
func (l *partLine) priced() {
	n, ok := l.pieces.Count()
	if ok && n > 0 && n <= l.of.LeftQuantity {
		l.amount.SetFen(l.of.Worth(n))
	}
}

func (l *partLine) value() model.DispositionLine {
	out := model.DispositionLine{ItemID: l.of.ID}
	out.Quantity, _ = l.pieces.Count()
	out.AmountFen, _ = l.amount.Fen()
	return out
}

// itemName is an item in a line.
func itemName(i model.HandoverItem) string {
	return office.Joined(" ", string(i.Category), i.Particulars)
}

func leftText(b model.Balance) string {
	if !b.Category.Counted() {
		return money.Yuan(b.LeftFen) + " 元"
	}
	return fmt.Sprintf("%d %s  %s 元", b.LeftQuantity, b.Unit, money.Yuan(b.LeftFen))
}

// disposeForm asks what becomes of something that was handed in.
type disposeForm struct {
	page     *HandoversPage
	of       store.HandoverDetail
	form     *kit.Form
	kind     *kit.Choice
	on       *kit.DateField
	parts    *kit.Lines[*partLine]
	sum      *kit.Label
	voucher  *kit.Entry
	signer   *kit.Entry
	toldOn   *kit.DateField
	toldHow  *kit.WordField
	proceeds *kit.MoneyField
	approver *kit.WordField
	handler  *kit.WordField
	remark   *kit.Entry
	id       int64
	no       string
}

// Ways in which patients are usually told.
var waysOfTelling = []string{"当面告知", "电话告知", "短信告知"}

func (p *HandoversPage) dispose(r handover) {
	p.withDetail(r, func(d store.HandoverDetail) {
		f := &disposeForm{page: p, of: d}
		f.make()
		f.show()
	})
}

// withDetail reads everything that belongs to a handover.
func (p *HandoversPage) withDetail(r handover, then func(store.HandoverDetail)) {
	office.Read(p.deps.Deps, func(ctx context.Context) (store.HandoverDetail, error) { return p.deps.Store.HandoverDetail(ctx, r.ID) }, then)
}

func (f *disposeForm) make() {
	f.parts = kit.NewLines[*partLine](partColumns, nil)
	f.parts.Fixed = true
	for _, b := range f.of.Balances() {
		if b.LeftFen > 0 {
			f.parts.Put(newPartLine(b))
		}
	}
	f.sum = kit.NewSubHeading("")
	f.parts.OnChanged = f.add
	f.kind, f.on = kit.NewChoice(office.Options(f.of.DispositionKinds(f.of.Balances()))), f.page.deps.DateOfToday()
	f.kind.OnChanged = func(string) { f.fit() }
	f.voucher, f.signer = kit.NewEntry(model.MaxShort), kit.NewEntry(model.MaxShort)
	f.toldOn, f.toldHow, f.proceeds = f.page.deps.DateOfToday(), kit.NewWordField(model.MaxShort, waysOfTelling...), kit.NewMoneyField()
	approvers, handlers := slices.Clone(f.page.approvers), []string(nil)
	for _, d := range f.of.Dispositions {
		remember(&approvers, d.Approver)
		remember(&handlers, d.HandledBy)
	}
	f.approver, f.handler = kit.NewWordField(model.MaxName, approvers...), kit.NewWordField(model.MaxName, handlers...)
	f.handler.SetText(f.page.account())
	f.remark = kit.NewEntry(model.MaxNote)
}

func (f *disposeForm) rule() model.DispositionRule {
	return model.DispositionKind(f.kind.Value()).Rule()
}

// Width of a dialog in which items stand.
const itemsWidth = 800

func (f *disposeForm) show() {
	f.form = kit.NewForm(f.page.deps.Win,
		kit.Field{Key: "Kind", Label: "处置方式", Required: true, Input: f.kind},
		kit.Field{Key: "DisposedOn", Label: "处置日期", Required: true, Input: f.on},
		kit.Field{Key: "Lines", Label: "财物", Wide: true, Input: f.parts},
		kit.Block(f.sum),
		kit.Field{Key: "Voucher", Label: "凭证号", Input: f.voucher},
		kit.Field{Key: "ProceedsFen", Label: "变价所得", Input: f.proceeds},
		kit.Field{Key: "Signer", Label: "签收人", Input: f.signer},
		kit.Field{Key: "ToldOn", Label: "告知日期", Required: true, Input: f.toldOn},
		kit.Field{Key: "ToldHow", Label: "告知方式", Required: true, Input: f.toldHow},
		kit.Field{Key: "Approver", Label: "批准人", Required: true, Input: f.approver},
		kit.Field{Key: "HandledBy", Label: "经办人", Required: true, Input: f.handler},
		kit.Field{Key: "Remark", Label: "备注", Input: f.remark})
	f.form.Log, f.form.Width = f.page.deps.Log, itemsWidth
	f.form.Validate = f.validate
	f.form.OnSave = func() func(context.Context) error {
		d := f.value()
		return func(ctx context.Context) (err error) {
			f.id, f.no, err = f.page.deps.Store.Dispose(ctx, d)
			return err
		}
	}
	f.form.OnSaved = f.saved
	f.fit()
	f.add()
	f.form.ShowDialog("处置："+f.of.FormNo, "登记处置")
}

func (f *disposeForm) validate() map[string]string {
	h := f.of.Handover
	out := below("Lines", h.Dispose(f.value(), f.of.Balances()))
	if m := f.checkParts(); m != "" {
		out["Lines"] = m
	}
	return out
}

// checkParts draws what is wrong with the parts red and says what it is.
func (f *disposeForm) checkParts() string {
	wrong := map[int][]int{}
	var said []string
	for n, l := range f.parts.All() {
		if !l.on.Checked() {
			continue
		}
		if field, err := l.value().Check(l.of, f.rule()); err != nil {
			wrong[n] = []int{slices.Index(partFields, field)}
			text, _ := kit.UserText(err)
			said = append(said, text)
		}
	}
	f.parts.Mark(wrong)
	return strings.Join(said, "\n")
}

// below are the sentences of an error by field; one that is about no field
// stands below a field that is said.
func below(field string, err error) map[string]string {
	out := office.FieldMessages(err)
	if text, ok := kit.UserText(err); ok && len(out) == 0 {
		out[field] = text
	}
	return out
}

// fit shows what the kind asks for and calls it as the office does.
func (f *disposeForm) fit() {
	r := f.rule()
	voucher, signer := r.Voucher != "", r.Signer != ""
	f.form.SetVisible("Voucher", voucher)
	f.form.SetVisible("Signer", signer)
	if voucher {
		f.form.SetLabel("Voucher", r.Voucher)
	}
	if signer {
		f.form.SetLabel("Signer", r.Signer)
	}
	f.form.SetRequired("Voucher", r.NeedsVoucher)
	f.form.SetRequired("Signer", r.NeedsSigner)
	f.form.SetVisible("ToldOn", r.TellsPatient)
	f.form.SetVisible("ToldHow", r.TellsPatient)
	f.form.SetVisible("ProceedsFen", r.BringsMoney)
	if f.signer.Value() == "" && r.GiverIsSigner {
		f.signer.SetText(f.of.GiverSigner())
	} else if !r.GiverIsSigner && f.signer.Value() == f.of.GiverSigner() {
		f.signer.SetText("")
	}
	for _, l := range f.parts.All() {
		l.offer(r.Takes(l.of.Category))
	}
	f.add()
}

// add tells the sum of the lines and what stays.
func (f *disposeForm) add() {
	d := f.value()
	left := fmt.Sprintf("处置后还剩 ￥%s", money.Yuan(f.of.LeftFen()-d.AmountFen))
	if over := d.AmountFen - f.of.LeftFen(); over > 0 {
		left = fmt.Sprintf("比还没有处置的多 ￥%s", money.Yuan(over))
	}
	f.sum.SetText(fmt.Sprintf("本次处置 ￥%s，%s", money.Yuan(d.AmountFen), left))
}

// value is the disposition as typed; what its kind does not ask for is not kept.
func (f *disposeForm) value() model.Disposition {
	r := f.rule()
	d := model.Disposition{HandoverID: f.of.ID, Kind: r.Kind, DisposedOn: f.on.Date(), Approver: f.approver.Value(),
		HandledBy: f.handler.Value(), Remark: f.remark.Value()}
	if r.Voucher != "" {
		d.Voucher = f.voucher.Value()
	}
	if r.Signer != "" {
		d.Signer = f.signer.Value()
	}
	if r.TellsPatient {
		d.ToldOn, d.ToldHow = f.toldOn.Date(), f.toldHow.Value()
	}
	if r.BringsMoney {
		d.ProceedsFen, _ = f.proceeds.Fen()
	}
	for _, l := range f.parts.All() {
		if l.on.Checked() {
			line := l.value()
			d.Lines = append(d.Lines, line)
			d.AmountFen += line.AmountFen
		}
	}
	return d
}

// saved offers the slip of the disposition.
func (f *disposeForm) saved() {
	p, id := f.page, f.id
	remember(&p.approvers, f.approver.Value())
	p.changed()
	p.SelectID(f.of.ID)
	kit.Confirm(p.deps.Win, kit.Question{
		Title: "已登记处置 " + f.no, Text: "现在打印“" + f.rule().SlipTitle + "”吗？以后也可以在“更多”里打印处置单。", Yes: "打印", No: "以后再说",
	}, func() { p.printSlipsOf(f.of.HandoverRow, []int64{id}) })
}
