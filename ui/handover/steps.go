package handover

import (
	"context"
	"fmt"
	"slices"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// reverse takes a wrong disposition back by a counter-entry.
func (p *HandoversPage) reverse(r handover) {
	p.withDetail(r, func(d store.HandoverDetail) {
		var options []kit.Option
		for _, x := range model.StandingDispositions(d.Dispositions) {
			options = append(options, kit.Option{Value: office.IDValue(x.ID),
				Text: fmt.Sprintf("%s  %s  %s  %s 元", x.FormNo, x.DisposedOn, x.Kind, money.Yuan(x.AmountFen))})
		}
		if len(options) == 0 {
			p.Refresh()
			return
		}
		which, reason := kit.NewChoice(options), kit.NewMultiEntry(model.MaxNote, 3)
		which.SetValue(options[len(options)-1].Value)
		reason.SetPlaceHolder("如凭证号填错、金额填错、没有实际退还")
		var no string
		form := kit.NewForm(p.deps.Win,
			kit.Block(office.FlushParagraph("冲正不删除原来的处置，另记一笔相反的，财物回到待处置。冲正后再登记正确的处置。")),
			kit.Field{Key: "which", Label: "处置", Required: true, Input: which},
			kit.Field{Key: "Reason", Label: "冲正原因", Required: true, Input: reason})
		form.Log = p.deps.Log
		form.OnSave = func() func(context.Context) error {
			id, text := office.ValueID(which.Value()), reason.Value()
			return func(ctx context.Context) (err error) {
				no, err = p.deps.Store.ReverseDisposition(ctx, id, text)
				return err
			}
		}
		form.OnSaved = func() { p.done("已冲正，冲正号 " + no) }
		form.ShowDialog("冲正处置："+r.FormNo, "冲正")
	})
}

// voidReceipt takes the receipt in force out of use.
func (p *HandoversPage) voidReceipt(r handover) {
	p.withDetail(r, func(d store.HandoverDetail) {
		i := slices.IndexFunc(d.Receipts, func(x model.Receipt) bool { return !x.Voided() })
		if i < 0 {
			p.Refresh()
			return
		}
		receipt := d.Receipts[i]
		kit.AskText(p.deps.Win, kit.TextQuestion{
			Title: "作废收据：" + receipt.FormNo,
			Text:  "请先收回已经交出的各联，写上“作废”后与存根一起保存。作废后可以再开收据，用新的号。",
			Label: "作废原因", Yes: "作废", PlaceHolder: "如金额写错、姓名写错", Required: true, Max: model.MaxNote, Danger: true,
		}, func(reason string) {
			p.deps.Do(func(ctx context.Context) error { return p.deps.Store.VoidReceipt(ctx, receipt.ID, reason) },
				func() { p.done("收据 " + receipt.FormNo + " 已作废") })
		})
	})
}

// void takes a wrong handover out of the register.
func (p *HandoversPage) void(r handover) {
	if r.DisposedFen != 0 {
		kit.ShowNotice(p.deps.Win, "不能作废", fmt.Sprintf("%s 已处置 %s 元。处置有误的，先冲正处置，再作废。", r.FormNo, money.Yuan(r.DisposedFen)))
		return
	}
	text := "作废后不能恢复，也不再计入统计，登记号不再使用。"
	if r.Receipt != "" {
		text += "收据 " + r.Receipt + " 同时作废，请收回。"
	}
	kit.AskText(p.deps.Win, kit.TextQuestion{
		Title: "作废：" + r.FormNo, Text: text + "财物有误的可以更正，其他有误的可以修改，不用作废。",
		Label: "作废原因", Yes: "作废", PlaceHolder: "如重复登记", Required: true, Max: model.MaxNote, Danger: true,
	}, func(reason string) {
		p.deps.Do(func(ctx context.Context) error { return p.deps.Store.VoidHandover(ctx, r.ID, reason) },
			func() { p.done(r.FormNo + " 已作废") })
	})
}
