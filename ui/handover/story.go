package handover

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// whole is a handover with everything that belongs to it and what happened to
// it.
type whole struct {
	store.HandoverDetail
	story []office.Chapter
}

// storyWidth is the width of the dialog that tells all of a handover.
const storyWidth = 920

// tell shows all of a handover.
func (p *HandoversPage) tell(r handover) {
	office.Read(p.deps.Deps, func(ctx context.Context) (whole, error) { return readWhole(ctx, p.deps.Store, r.ID) },
		func(w whole) {
			var d *kit.Dialog
			d = kit.ShowDialog(p.deps.Win, kit.DialogOptions{
				Title: "红包上交 " + w.FormNo, Width: storyWidth, Content: w.view(),
				Buttons: []*kit.Button{kit.NewButton("关闭", func() { d.Close() })},
			})
		})
}

func readWhole(ctx context.Context, s *store.Store, id int64) (whole, error) {
	d, err := s.HandoverDetail(ctx, id)
	if err != nil {
		return whole{}, err
	}
	w := whole{HandoverDetail: d}
	var belonging []office.Recorded
	for _, i := range d.Entries {
		belonging = append(belonging, office.Recorded{Entity: itemRecord, ID: i.ID})
	}
	for _, x := range d.Dispositions {
		belonging = append(belonging, office.Recorded{Entity: dispositionRecord, ID: x.ID})
	}
	for _, r := range d.Receipts {
		belonging = append(belonging, office.Recorded{Entity: receiptRecord, ID: r.ID})
	}
	w.story, err = office.ReadStory(ctx, s, office.Recorded{Entity: handoverRecord, ID: id}, belonging,
		"handover_id", "staff_id", "department_id", "supplier_id", "position")
	return w, err
}

func (w whole) view() fyne.CanvasObject {
	box := office.Facts(w.facts())
	box.Add(office.Under("财物"))
	for _, i := range w.Entries {
		box.Add(entry(i))
	}
	if len(w.Dispositions) > 0 {
		box.Add(office.Under("处置"))
	}
	for _, d := range w.Dispositions {
		w.addDisposition(box, d)
	}
	if len(w.Receipts) > 0 {
		box.Add(office.Under("收据"))
	}
	for _, r := range w.Receipts {
		addReceipt(box, r)
	}
	office.AddStory(box, w.story)
	return box
}

func (w whole) facts() [][2]string {
	h := w.Handover
	return [][2]string{
		{"状态", office.Joined(" · ", string(h.State), "上交 "+yuan(h.AmountFen), "已处置 "+yuan(h.DisposedFen), "未处置 "+yuan(h.LeftFen()))},
		{"上交人", office.Joined(" · ", w.From(), w.Department, w.EmployeeNo)},
		{"时间", office.Joined(" · ", labelled("收受", string(h.ReceivedAt)), "上交 "+string(h.HandedAt), string(h.Timeliness)+limit(h))},
		{"情形", h.Occasion},
		{"送方", gaveIt(w.HandoverRow)},
		{"地点和经过", h.Story},
		{"证明人", h.Bystanders},
		{"经手监交", office.Joined(" · ", "经手人 "+h.ReceivedBy, "监交人 "+h.WitnessedBy)},
		{"保管", office.Joined(" · ", "保管人 "+h.Keeper, labelled("共同保管人", h.CoKeeper), h.KeptAt)},
		{"原编号", h.OldNo},
		{"备注", h.Remark},
		{"作废", office.Joined(" · ", string(h.VoidedOn), h.VoidReason)},
	}
}

func yuan(fen int64) string { return money.Yuan(fen) + " 元" }

// limit is the rule by which a handover was judged.
func limit(h model.Handover) string {
	if h.LimitN == 0 {
		return ""
	}
	return "（时限 " + office.Joined("，", h.Rule().Text(), h.LimitDocument) + "）"
}

// entry is what came in, counter-entries included.
func entry(i model.HandoverItem) fyne.CanvasObject {
	text := fmt.Sprintf("%s　%d %s　%s（%s）", itemName(i), i.Quantity, i.Unit, yuan(i.AmountFen), i.Basis)
	if i.Reason == "" {
		return office.FlushParagraph(text)
	}
	what := "更正"
	if i.CorrectsID != 0 {
		what = "冲销"
	}
	return kit.Frame(nil, nil, kit.Beside(kit.NewChip(what, kit.Info)), nil, office.FlushParagraph(fmt.Sprintf("%s　%s %s", text, i.EnteredOn, i.Reason)))
}

func (w whole) addDisposition(box *fyne.Container, d model.Disposition) {
	rule := d.Kind.Rule()
	head := []fyne.CanvasObject{kit.NewSubHeading(string(d.Kind)), kit.NewLabel(yuan(d.AmountFen)), kit.NewMuted(string(d.DisposedOn) + "　" + d.FormNo)}
	switch {
	case d.ReversesID != 0:
		head = append([]fyne.CanvasObject{kit.NewChip("冲正", kit.Bad)}, head...)
	case !slices.ContainsFunc(model.StandingDispositions(w.Dispositions), func(x model.Disposition) bool { return x.ID == d.ID }):
		head = append([]fyne.CanvasObject{kit.NewChip("已冲正", kit.Neutral)}, head...)
	}
	box.Add(kit.Beside(head...))
	told := ""
	if d.ToldOn != "" {
		told = "告知 " + office.Joined(" ", string(d.ToldOn), d.ToldHow)
	}
	proceeds := ""
	if d.ProceedsFen != 0 {
		proceeds = "变价所得 " + yuan(d.ProceedsFen)
	}
	box.Add(office.FlushParagraph(office.Joined(" · ", w.parts(d), labelled(cmp.Or(rule.Voucher, "凭证号"), d.Voucher), labelled(cmp.Or(rule.Signer, "签收人"), d.Signer),
		told, proceeds, "批准人 "+d.Approver, "经办人 "+d.HandledBy, labelled("冲正原因", d.Reason), d.Remark)))
}

// parts are the items that a disposition is about.
func (w whole) parts(d model.Disposition) string {
	var out []string
	for _, l := range d.Lines {
		for _, i := range w.Entries {
			if i.ID != l.ItemID {
				continue
			}
			text := itemName(i)
			if l.Quantity != 0 {
				text += fmt.Sprintf(" %d %s", l.Quantity, i.Unit)
			}
			out = append(out, text+" "+yuan(l.AmountFen))
		}
	}
	return office.Joined("、", out...)
}

func addReceipt(box *fyne.Container, r model.Receipt) {
	state := "没有打印"
	if r.PrintCount > 0 {
		state = fmt.Sprintf("%s 打印", r.PrintedOn)
	}
	if r.PrintCount > 1 {
		state += fmt.Sprintf("，补打 %d 次", r.PrintCount-1)
	}
	line := kit.Beside(kit.NewLabel(r.FormNo), kit.NewLabel(yuan(r.AmountFen)), kit.NewMuted(string(r.IssuedOn)+" 开具，"+state))
	box.Add(line)
	if r.Voided() {
		line.Add(kit.NewChip("作废", kit.Neutral))
		box.Add(office.FlushParagraph(fmt.Sprintf("%s 作废：%s", r.VoidedOn, r.VoidReason)))
	}
}
