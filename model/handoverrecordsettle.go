package model

import "qingfeng/model/money"

// disposition takes what became of the nth row's item. Rows that went the same
// way on the same day with the same voucher, approved and signed by the same
// people, are one disposition.
func (e *handoverEntry) disposition(n int, i HandoverItem) {
	kind := DispositionKind(e.word(n, "disposition", e.words.Disposition, "退还送方、转住院预交金、上缴廉政账户 等，没有处置的留空"))
	on := e.date(n, "disposed_on")
	if kind == "" {
		e.nothingLeft(n)
		return
	}
	if on == "" {
		e.reject(n, "disposed_on", "不能为空")
	}
	line := DispositionLine{ItemID: i.ID, Quantity: i.Quantity, AmountFen: i.AmountFen}
	if e.cell(n, "disposed_amount") != "" {
		line.AmountFen = e.money(n, "disposed_amount", true)
	}
	if line.AmountFen > i.AmountFen {
		e.reject(n, "disposed_amount", "超出了上交的金额 "+money.Yuan(i.AmountFen)+" 元")
	}
	switch {
	case !i.Category.Counted():
		line.Quantity = 0
	case line.AmountFen < i.AmountFen && i.AmountFen > 0:
		whole := line.AmountFen * int64(i.Quantity)
		if line.Quantity = int(whole / i.AmountFen); whole%i.AmountFen != 0 || line.Quantity == 0 {
			e.reject(n, "disposed_amount", "不是整数件的金额，请把已处置的和没有处置的分成两行")
		}
	}
	d := Disposition{Kind: kind, DisposedOn: on, Voucher: e.cell(n, "voucher"), Approver: e.cell(n, "approver"), Signer: e.cell(n, "signer"),
		HandledBy: e.out.ReceivedBy}
	said := d
	d.fromOldLedger(e.out.Handover)
	for x := range e.out.Dispositions {
		if same := &e.out.Dispositions[x]; same.Kind == d.Kind && same.DisposedOn == d.DisposedOn && same.Voucher == d.Voucher &&
			(said.Approver == "" || said.Approver == same.Approver) && (said.Signer == "" || said.Signer == same.Signer) {
			same.Lines, same.AmountFen = append(same.Lines, line), same.AmountFen+line.AmountFen
			return
		}
	}
	d.Lines, d.AmountFen = []DispositionLine{line}, line.AmountFen
	e.out.Dispositions = append(e.out.Dispositions, d)
}

// nothingLeft refuses a sum or a day in a row that says that its item is still
// there.
func (e *handoverEntry) nothingLeft(n int) {
	word := e.cell(n, "disposition")
	if _, known := e.words.Disposition[word]; word != "" && !known {
		return // which was refused already
	}
	for _, field := range []string{"disposed_amount", "disposed_on"} {
		switch {
		case e.cell(n, field) == "" || field == "disposed_amount" && e.money(n, field, false) == 0:
		case word == "":
			e.reject(n, field, "没有填处置方式")
		default:
			e.reject(n, field, "处置方式是“"+shortValue(word)+"”，请改正处置方式，或清空这一格")
		}
	}
}

// fromOldLedger fills in what the ledger does not tell and the rules ask for,
// but no voucher.
func (d *Disposition) fromOldLedger(h Handover) {
	rule := d.Kind.Rule()
	if d.Approver == "" {
		d.Approver = FromOldLedger
	}
	if d.Signer == "" && rule.NeedsSigner {
		d.Signer = FromOldLedger
		if giver := h.GiverText(); rule.GiverIsSigner && giver != "" {
			d.Signer = giver
		}
	}
	if rule.TellsPatient {
		d.ToldOn, d.ToldHow = d.DisposedOn, FromOldLedger
	}
}

// settle tries whether the dispositions go through, as they will.
func (e *handoverEntry) settle() {
	h := e.out.Handover
	if err := h.Register(e.out.Items); err != nil {
		e.reject(0, "amount", err.Error())
		return
	}
	var lines []DispositionLine
	for _, d := range e.out.Dispositions {
		if err := h.Dispose(d.Tidied(), Balances(e.out.Items, lines)); err != nil {
			e.reject(int(d.Lines[0].ItemID-1), "disposition", err.Error())
			return
		}
		lines = append(lines, d.Lines...)
	}
}
