package handover

import (
	"cmp"
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// wrongLine is an item on file that may be ticked as wrong.
type wrongLine struct {
	of           model.Balance
	on           *kit.Check
	what, amount *kit.LineText
	note         *kit.LineText
	proposed     *itemLine // what is to stand in its place, once ticked
}

var wrongColumns = []kit.LineColumn{{Title: "有误", Width: 36}, {Title: "已登记的财物", Width: 160, Flex: true}, {Title: "数量和金额", Width: 190}, {Title: "", Width: 150}}

func newWrongLine(b model.Balance) *wrongLine {
	l := &wrongLine{of: b, on: kit.NewCheck(""), what: kit.NewLineText(itemName(b.HandoverItem)), note: kit.NewLineText(""),
		amount: kit.NewLineText(fmt.Sprintf("%d %s  %s 元", b.Quantity, b.Unit, money.Yuan(b.AmountFen)))}
	if b.LeftFen != b.AmountFen {
		l.on.Disable()
		l.note.SetText("已处置，先冲正处置")
	}
	return l
}

// Inputs implements kit.Line.
func (l *wrongLine) Inputs() []kit.Input { return []kit.Input{l.on, l.what, l.amount, l.note} }

// correctForm puts items right: wrong ones are taken back by counter-entries,
// right ones follow.
type correctForm struct {
	page   *HandoversPage
	of     store.HandoverDetail
	wrong  *kit.Lines[*wrongLine]
	right  itemTable
	reason *kit.Entry
	sum    *kit.Label
}

func (p *HandoversPage) correct(r handover) {
	if r.Receipt != "" {
		kit.ShowNotice(p.deps.Win, "先作废收据",
			fmt.Sprintf("%s 已开收据 %s，收据上印着财物和金额。请先收回各联，用“更多”里的“作废收据…”作废，再更正财物，更正后开新的收据。", r.FormNo, r.Receipt))
		return
	}
	p.withDetail(r, func(d store.HandoverDetail) {
		f := &correctForm{page: p, of: d, right: newItemTable(), reason: kit.NewEntry(model.MaxNote), sum: kit.NewSubHeading("")}
		f.wrong = kit.NewLines[*wrongLine](wrongColumns, nil)
		f.wrong.Fixed = true
		for _, b := range d.Balances() {
			l := newWrongLine(b)
			l.on.OnChanged = func(on bool) { f.propose(l, on) }
			f.wrong.Put(l)
		}
		f.show()
	})
}

// propose puts what a wrong item says among the right ones, as usually one
// figure of it is wrong, and takes it away again with the tick.
func (f *correctForm) propose(wrong *wrongLine, on bool) {
	if on {
		wrong.proposed = newItemLine()
		wrong.proposed.fill(wrong.of.HandoverItem)
		f.right.Put(wrong.proposed)
	} else {
		f.right.Remove(wrong.proposed)
	}
	f.add()
}

func (f *correctForm) show() {
	p := f.page
	f.reason.SetPlaceHolder("如清点有误、面值写错")
	form := kit.NewForm(p.deps.Win,
		kit.Block(office.FlushParagraph("已登记的不改也不删：勾选有误的，程序记一笔相反的冲销它，再按下面填写的登记正确的。原来的和更正的都留在详情里。")),
		kit.Field{Key: "wrong", Label: "已登记的财物", Wide: true, Input: f.wrong},
		kit.SectionWith("更正后登记", kit.NewDoor("＋ 添加一项", f.right.Add)),
		kit.Field{Key: "Items", Label: "更正后登记", Wide: true, Input: f.right.Lines},
		kit.Block(f.sum),
		kit.Field{Key: "reason", Label: "更正原因", Required: true, Input: f.reason})
	form.Log, form.Width = p.deps.Log, itemsWidth
	f.right.OnChanged, f.wrong.OnChanged = f.add, f.add
	form.Validate = func() map[string]string {
		if m := f.right.check(); m != "" {
			return map[string]string{"Items": m}
		}
		h, reason := f.of.Handover, cmp.Or(f.reason.Value(), "未填") // which the form itself tells below its field
		_, err := h.Correct(f.of.Balances(), f.wrongIDs(), f.right.values(), reason, f.of.Receipt)
		return below("Items", err)
	}
	form.OnSave = func() func(context.Context) error {
		wrong, right, reason := f.wrongIDs(), f.right.values(), f.reason.Value()
		return func(ctx context.Context) error {
			return p.deps.Store.CorrectHandover(ctx, f.of.ID, wrong, right, reason)
		}
	}
	form.OnSaved = func() { p.done(f.of.FormNo + " 已更正") }
	f.add()
	form.ShowDialog("更正财物："+f.of.FormNo, "更正")
}

func (f *correctForm) wrongIDs() []int64 {
	var ids []int64
	for _, l := range f.wrong.All() {
		if l.on.Checked() {
			ids = append(ids, l.of.ID)
		}
	}
	return ids
}

// add tells what the total becomes.
func (f *correctForm) add() {
	after := f.of.AmountFen + f.right.sum()
	for _, l := range f.wrong.All() {
		if l.on.Checked() {
			after -= l.of.AmountFen
		}
	}
	f.sum.SetText(fmt.Sprintf("上交金额 ￥%s，更正后 ￥%s", money.Yuan(f.of.AmountFen), money.Yuan(after)))
}
