package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/model/store"
)

type handoverShowCommand struct {
	No    string `arg:"" help:"登记号、收据号或处置单号"`
	Plain bool   `help:"也列出患者、送方和签收人的姓名，住院号、床号、经过和备注"`
}

type itemReport struct {
	Item         int    `json:"item"`
	Category     string `json:"category"`
	Particulars  string `json:"particulars"`
	Quantity     int    `json:"quantity"`
	Unit         string `json:"unit"`
	AmountFen    int64  `json:"amount_fen"`
	Basis        string `json:"basis"`
	Corrects     int    `json:"corrects"`  // the item that this counter-entry takes back, or 0
	Corrected    bool   `json:"corrected"` // a counter-entry takes it back
	Reason       string `json:"reason"`
	LeftQuantity int    `json:"left_quantity"` // 0 of what leaves by its amount
	LeftFen      int64  `json:"left_fen"`
}

type receiptReport struct {
	receiptRef
	IssuedOn   string `json:"issued_on"`
	AmountFen  int64  `json:"amount_fen"`
	PrintCount int    `json:"print_count"`
	VoidReason string `json:"void_reason"`
}

type dispositionReport struct {
	No          string       `json:"no"`
	Kind        string       `json:"kind"`
	On          string       `json:"on"`
	AmountFen   int64        `json:"amount_fen"`
	Voucher     string       `json:"voucher"`
	Approver    string       `json:"approver"`
	HandledBy   string       `json:"handled_by"`
	Signer      string       `json:"signer"`
	ToldOn      string       `json:"told_on"`
	ToldHow     string       `json:"told_how"`
	ProceedsFen int64        `json:"proceeds_fen"`
	Reverses    string       `json:"reverses"` // the number that this counter-entry takes back, or ""
	Reason      string       `json:"reason"`
	Remark      string       `json:"remark"`
	Items       []lineReport `json:"items"`
}

type lineReport struct {
	Item      int   `json:"item"`
	Quantity  int   `json:"quantity"`
	AmountFen int64 `json:"amount_fen"`
}

// items are the positions of what it was about, each with its part.
func (d dispositionReport) items() string {
	parts := make([]string, len(d.Items))
	for i, l := range d.Items {
		parts[i] = fmt.Sprintf("第 %d 项 %s 元", l.Item, money.Yuan(l.AmountFen))
		if l.Quantity != 0 {
			parts[i] += fmt.Sprintf(" %d 件", l.Quantity)
		}
	}
	return strings.Join(parts, "、")
}

type companionReport struct {
	No       string `json:"no"`
	HandedAt string `json:"handed_at"`
	Why      string `json:"why"`
}

// handoverReport is a handover with everything that belongs to it. Of what is
// sealed it says without --plain only that it is there.
type handoverReport struct {
	handoverRow
	LimitText    string              `json:"limit"`
	Occasion     string              `json:"occasion"`
	Patient      string              `json:"patient"`
	AdmissionNo  string              `json:"admission_no"`
	Bed          string              `json:"bed"`
	GiverName    string              `json:"giver_name"`
	Agent        string              `json:"agent"`
	Story        string              `json:"story"`
	Bystanders   string              `json:"bystanders"`
	Remark       string              `json:"remark"`
	ReceivedBy   string              `json:"received_by"`
	WitnessedBy  string              `json:"witnessed_by"`
	CoKeeper     string              `json:"co_keeper"`
	KeptAt       string              `json:"kept_at"`
	VoidReason   string              `json:"void_reason"`
	Attachments  int                 `json:"attachments"`
	Entries      []itemReport        `json:"entries"`
	Receipts     []receiptReport     `json:"receipts"`
	Dispositions []dispositionReport `json:"dispositions"`
	SameGiver    []companionReport   `json:"same_giver"`
}

func companionReports(earlier []store.Companion) []companionReport {
	out := make([]companionReport, len(earlier))
	for i, e := range earlier {
		out[i] = companionReport{e.FormNo, string(e.HandedAt), e.Why}
	}
	return out
}

func (c *handoverShowCommand) Run(ctx context.Context, o *output) error {
	return o.withHandover(ctx, c.No, func(s *store.Store, row store.HandoverRow) error {
		if c.Plain {
			if err := allowed(s, model.ReadPlain); err != nil {
				return err
			}
		}
		d, err := s.HandoverDetail(ctx, row.ID)
		if err != nil {
			return err
		}
		earlier, err := s.SameGiver(ctx, row.ID)
		if err != nil {
			return err
		}
		if c.Plain {
			if err := s.RecordExport(ctx, handoverForm, onConsole+" "+row.FormNo, 1, true); err != nil {
				return err
			}
		}
		r := handoverReportOf(d, earlier, c.Plain)
		return o.result(r, func(w io.Writer) { r.text(w, d.From()) })
	})
}

func handoverReportOf(d store.HandoverDetail, earlier []store.Companion, plain bool) handoverReport {
	name, text := model.MaskName, func(s string) string {
		if s == "" {
			return ""
		}
		return model.Filled
	}
	if plain {
		same := func(s string) string { return s }
		name, text = same, same
	}
	r := handoverReport{handoverRow: handoverRowOf(d, false), LimitText: d.Rule().Text(), Occasion: d.Occasion,
		Patient: name(d.Patient), AdmissionNo: text(d.AdmissionNo), Bed: text(d.Bed), GiverName: name(d.GiverName), Agent: name(d.Agent),
		Story: text(d.Story), Bystanders: text(d.Bystanders), Remark: text(d.Remark), ReceivedBy: d.ReceivedBy, WitnessedBy: d.WitnessedBy,
		CoKeeper: d.CoKeeper, KeptAt: d.KeptAt, VoidReason: d.VoidReason, Attachments: d.Attachments,
		Receipts: []receiptReport{}, Dispositions: []dispositionReport{}, SameGiver: companionReports(earlier)}
	for _, x := range d.Receipts {
		r.Receipts = append(r.Receipts, receiptReport{receiptRef{x.FormNo, x.Voided()}, string(x.IssuedOn), x.AmountFen, x.PrintCount, x.VoidReason})
	}
	at, nos := map[int64]int{}, map[int64]string{}
	for _, i := range d.Entries {
		at[i.ID] = i.Position
	}
	r.Entries = itemReports(d, at)
	for _, x := range d.Dispositions {
		nos[x.ID] = x.FormNo
		signer := x.Signer
		if x.Kind.Rule().GiverIsSigner {
			signer = name(signer)
		}
		report := dispositionReport{x.FormNo, string(x.Kind), string(x.DisposedOn), x.AmountFen, x.Voucher, x.Approver, x.HandledBy, signer,
			string(x.ToldOn), x.ToldHow, x.ProceedsFen, nos[x.ReversesID], x.Reason, text(x.Remark), []lineReport{}}
		for _, l := range x.Lines {
			report.Items = append(report.Items, lineReport{at[l.ItemID], l.Quantity, l.AmountFen})
		}
		r.Dispositions = append(r.Dispositions, report)
	}
	return r
}

// itemReports are the entries, whose positions are at.
func itemReports(d store.HandoverDetail, at map[int64]int) []itemReport {
	left := map[int64]model.Balance{}
	for _, b := range d.Balances() {
		left[b.ID] = b
	}
	out := []itemReport{}
	for _, i := range d.Entries {
		b, stands := left[i.ID]
		rest := b.Rest()
		out = append(out, itemReport{i.Position, string(i.Category), i.Particulars, i.Quantity, i.Unit, i.AmountFen, i.Basis, at[i.CorrectsID],
			i.CorrectsID == 0 && !stands, i.Reason, rest.Quantity, rest.AmountFen})
	}
	return out
}

// text writes the handover as a person reads it: what nobody filled in is left
// out.
func (r handoverReport) text(w io.Writer, from string) {
	line := func(label string, values ...string) {
		values = slices.DeleteFunc(values, func(v string) bool { return v == "" })
		if len(values) > 0 {
			fmt.Fprintf(w, "%s\t%s\n", label, strings.Join(values, " "))
		}
	}
	fmt.Fprintf(w, "%s\t%s\t%s 元\t已处置 %s 元\t还剩 %s 元\n", r.No, r.State, money.Yuan(r.AmountFen), money.Yuan(r.DisposedFen), money.Yuan(r.LeftFen))
	line("原编号", r.OldNo)
	line("作废", r.VoidReason)
	line("上交人", from, r.EmployeeNo, r.Department)
	line("收受时间", r.ReceivedAt)
	line("上交时间", r.HandedAt, r.Timeliness, "（时限 "+r.LimitText+"）")
	line("情形", r.Occasion)
	line("送方", r.Giver, r.Company, r.Agent, r.GiverName)
	line("患者", r.Patient, r.AdmissionNo, r.Bed)
	line("地点和经过", r.Story)
	line("证明人", r.Bystanders)
	line("经手人", r.ReceivedBy)
	line("监交人", r.WitnessedBy)
	line("保管", r.Keeper, r.CoKeeper, r.KeptAt)
	line("备注", r.Remark)
	for _, i := range r.Entries {
		i.text(w)
	}
	for _, x := range r.Receipts {
		void := ""
		if x.Void {
			void = "\t作废：" + x.VoidReason
		}
		fmt.Fprintf(w, "收据\t%s\t%s\t%s 元\t打印 %d 次%s\n", x.No, x.IssuedOn, money.Yuan(x.AmountFen), x.PrintCount, void)
	}
	for _, x := range r.Dispositions {
		x.text(w)
	}
	for _, e := range r.SameGiver {
		line("此前", e.No, e.HandedAt, e.Why)
	}
}

func (i itemReport) text(w io.Writer) {
	fmt.Fprintf(w, "第 %d 项\t%s\t%d %s\t%s 元\t%s", i.Item, strings.TrimSpace(i.Category+" "+i.Particulars), i.Quantity, i.Unit, money.Yuan(i.AmountFen), i.Basis)
	switch {
	case i.Corrects != 0:
		fmt.Fprintf(w, "\t冲正第 %d 项：%s", i.Corrects, i.Reason)
	case i.Corrected:
		fmt.Fprint(w, "\t已冲正")
	case i.LeftFen != i.AmountFen:
		fmt.Fprintf(w, "\t还剩 %s 元", money.Yuan(i.LeftFen))
	}
	fmt.Fprintln(w)
}

func (d dispositionReport) text(w io.Writer) {
	fmt.Fprintf(w, "处置\t%s\t%s\t%s\t%s 元\t批准 %s\t经办 %s\t%s", d.No, d.On, d.Kind, money.Yuan(d.AmountFen), d.Approver, d.HandledBy, d.items())
	rule, proceeds := model.DispositionKind(d.Kind).Rule(), ""
	if d.ProceedsFen != 0 {
		proceeds = money.Yuan(d.ProceedsFen) + " 元"
	}
	for _, part := range [][2]string{{cmp.Or(rule.Voucher, "凭证号"), d.Voucher}, {cmp.Or(rule.Signer, "签收人"), d.Signer}, {"变价所得", proceeds},
		{"告知", strings.TrimSpace(d.ToldOn + " " + d.ToldHow)}, {"冲正", d.Reverses}, {"原因", d.Reason}, {"备注", d.Remark}} {
		if part[1] != "" {
			fmt.Fprintf(w, "\t%s %s", part[0], part[1])
		}
	}
	fmt.Fprintln(w)
}
