package handover

import (
	"context"
	"fmt"
	"os"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
)

// county is a county hospital with handovers of every kind and in every state.
func county(t *testing.T) *desk {
	ctx := context.Background()
	d := newDesk(t)
	d.County()
	d.Staff("麻醉手术科（日间）", "99", "张堃")
	people := must[store.Rows[store.StaffRow]](t)(d.Store.Staff(ctx, store.StaffFilter{}, store.Page{Sort: "name"})).Items
	for i := range 60 {
		h, items := madeUp(i, people[i*9%len(people)].ID)
		id, _, err := d.Store.RegisterHandover(ctx, h, items)
		check(t, err)
		d.advance(id, i)
	}
	return d
}

var companies = []string{"江苏恒某医药股份有限公司", "某省医疗器械有限责任公司浙江绍兴分公司", "迈某"}

// madeUp is a handover as offices register them, each a different one.
func madeUp(i int, staff int64) (model.Handover, []model.HandoverItem) {
	at := func(hours int) day.Moment {
		return day.Moment(fmt.Sprintf("2026-%02d-%02d %02d:%02d", 1+i*7/60, 2+i%24, 8+hours%9, i%60))
	}
	h := model.Handover{StaffID: staff, ReceivedAt: day.Moment(at(1).Date()), HandedAt: at(5), Occasion: model.Occasions[i%4], Giver: model.Givers[i%4],
		Story: "术后第二天查房时塞入白大褂口袋，当面退还被拒，家属随即离开病区", Bystanders: "孙沩 麻醉手术科",
		ReceivedBy: "李某", WitnessedBy: "赵某", Keeper: "李某", CoKeeper: "赵某", KeptAt: "行风办保险柜 2 层"}
	switch h.Giver {
	case model.FromPatient:
		h.Patient, h.AdmissionNo, h.Bed = fmt.Sprintf("患者%c", '甲'+rune(i%3)), fmt.Sprintf("ZY20260%05d", i%17), "12床"
	case model.FromFamily:
		h.GiverName, h.Patient, h.AdmissionNo = "王某某", "贾某某", fmt.Sprintf("ZY20261%05d", i)
	case model.FromCompany:
		h.Company, h.Agent = companies[i%3], "周某"
	}
	if i%6 == 5 {
		h.CoKeeper = ""
	}
	if i%13 == 3 {
		h.StaffID, h.Anonymous, h.ReceivedAt = 0, true, ""
	}
	if i%11 == 2 {
		h.ReceivedAt = "2025-12-01 10:00"
	}
	items := []model.HandoverItem{{Category: model.Cash, Particulars: "百元券", Quantity: 5 + i%20, AmountFen: int64(5+i%20) * 10000}}
	if i%3 == 1 {
		items = append(items, model.HandoverItem{Category: model.Card, Particulars: "某商场 500 元卡", Quantity: 2, AmountFen: 100000})
	}
	if i%5 == 2 {
		items = []model.HandoverItem{{Category: model.Goods, Particulars: "茶叶礼盒", Quantity: 3, Unit: "盒", AmountFen: 180000, Basis: "市价"},
			{Category: model.Banquet, Particulars: "某饭店晚餐", Quantity: 1, AmountFen: 126050}}
	}
	return h, items
}

// advance takes a handover some way.
func (d *desk) advance(id int64, i int) {
	ctx := context.Background()
	if i%2 == 0 {
		must[model.Receipt](d.T)(d.Store.IssueReceipt(ctx, id))
	}
	w := d.whole(id)
	b := w.Balances()
	x := model.Disposition{HandoverID: id, Kind: model.ToAccount, DisposedOn: w.HandedAt.Date(), Voucher: fmt.Sprintf("JK-%04d", i),
		Approver: "王院长", HandledBy: "李某"}
	for n, part := range b {
		if i%3 == 0 || i%7 == 1 && n == 0 {
			line := model.DispositionLine{ItemID: part.ID, AmountFen: part.LeftFen}
			if part.Category.Counted() {
				line.Quantity = part.LeftQuantity
			}
			x.Lines = append(x.Lines, line)
			x.AmountFen += line.AmountFen
		}
	}
	if len(x.Lines) > 0 {
		_, _, err := d.Store.Dispose(ctx, x)
		check(d.T, err)
	}
}

// TestPictures shows the page within the frame's room. It needs PAGE_PICTURES,
// the folder for the pictures.
func TestPictures(t *testing.T) {
	if os.Getenv("PAGE_PICTURES") == "" {
		t.Skip("PAGE_PICTURES is not set")
	}
	d := newDesk(t)
	d.InFrame(NewHandovers(d.deps))
	d.Picture("handover-empty")
	d = county(t)
	p := NewHandovers(d.deps)
	d.InFrame(p)
	d.Picture("handovers")
	for _, v := range []View{ViewOpen, View(model.PartDisposed), View(model.Settled), ViewAlone, ViewLate, ViewAgain} {
		p.Show(v)
		p.Table().SelectIndex(1)
		d.Picture("handovers-" + string(v))
	}
	p.Show(View(model.PartDisposed))
	p.Table().SelectIndex(0)
	d.Tap(moreLabel)
	d.Picture("handovers-more")
	d.Escape()
	d.Tap(tellLabel)
	d.Picture("handover-story")
	d.Escape()
	d.Tap(disposeLabel)
	d.Picture("handover-dispose")
	d.Tap("请选择", string(model.ToAccount))
	d.Picture("handover-dispose-account")
	d.Escape()
	d.Tap("放弃修改")
	d.Tap(moreLabel, reverseLabel)
	d.Picture("handover-reverse")
	d.Escape()
	p.Show(View(model.Undisposed))
	for i := range p.Table().Total() {
		p.Table().SelectIndex(i)
		if r, _ := p.Table().Selected(); r.Receipt == "" && r.Items > 1 {
			break
		}
	}
	d.Tap(moreLabel, correctLabel)
	wrong := linesOf[*wrongLine](d)
	wrong[0].on.Tapped(nil)
	d.Picture("handover-correct")
	d.Escape()
	d.Tap("放弃修改", disposeLabel)
	d.choose("处置方式", string(model.Sold))
	d.Picture("handover-sold")
	d.Escape()
	d.Tap("放弃修改")
	d.Tap(moreLabel, editLabel)
	d.Picture("handover-edit")
	d.Escape()
	d.Tap(moreLabel, voidHandoverLabel)
	d.Picture("handover-void")
	d.Escape()
	d.Menu("打印", ledgerLabel)
	d.Picture("handover-ledger")
	d.Escape()
	d.pictureForm(p)
	d.Win.Resize(fyne.NewSize(1920, 1080))
	p.Table().SelectIndex(2)
	d.Picture("handovers-1920")
	p.New()
	d.Picture("handover-new-1920")
}

func (d *desk) pictureForm(p *HandoversPage) {
	p.New()
	d.Picture("handover-new")
	d.Tap("登记")
	d.Picture("handover-new-errors")
	d.fillForm("李某")
	d.Picture("handover-new-filled")
	d.Tap("企业")
	d.Picture("handover-new-company")
	d.Tap("家属", model.Anonymous)
	d.Picture("handover-new-anonymous")
	d.Tap("取消")
	d.Picture("handover-new-leave")
	d.Tap("放弃修改")
}

// fillForm fills in the form that is shown, of a patient.
func (d *desk) fillForm(witness string) {
	d.person("上交人", "张", "张堃")
	d.write("收受时间", "2026-08-07 16:30")
	d.write("上交时间", "2026-08-10 09:10")
	d.choose("情形", "当面未能退回")
	d.Tap("患者")
	d.write("患者姓名", "贾某某")
	d.write("住院号", "ZY2026081120")
	d.write("床号", "12床")
	d.write("地点和经过", "术后第二天查房时塞入口袋，当面退还被拒。")
	d.item(model.Cash, "百元券", "20", "2000")
	d.Tap("＋ 添加一项")
	d.item(model.Card, "某商场 500 元卡", "2", "1000")
	d.Tap("＋ 添加一项")
	d.item(model.Goods, "茶叶礼盒", "1", "600")
	d.write("监交人", witness)
	d.write("共同保管人", "赵某")
}
