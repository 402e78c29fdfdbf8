package handover

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

var keyDown = &fyne.KeyEvent{Name: fyne.KeyDown}

// selected is a handover that is registered and selected on the page.
func selected(t *testing.T, change func(*model.Handover)) (*desk, *HandoversPage, handover) {
	d, p := ward(t)
	h := d.handed(change)
	p.Refresh()
	p.SelectID(h.ID)
	return d, p, h
}

func TestDisposingInParts(t *testing.T) {
	d, _, h := selected(t, nil)
	d.Tap(disposeLabel)
	d.Sees("本次处置 ￥3,600.00，处置后还剩 ￥0.00")
	d.Tap("登记处置")
	d.Sees("请选择处置方式", "请填写批准人")
	d.choose("处置方式", string(model.ToDeposit))
	d.Sees("预交金收据号", "被告知人", "告知日期", "告知方式")
	d.SeesNot("变价所得")
	lines := d.parts()
	lines[0].on.Tapped(nil) // the cash stays
	lines[1].pieces.SetText("1")
	if lines[1].amount.Text != "500.00" {
		t.Errorf("one of two cards is worth %s", lines[1].amount.Text)
	}
	lines[2].on.Tapped(nil)
	d.Sees("本次处置 ￥500.00，处置后还剩 ￥3,100.00")
	d.write("预交金收据号", "YJ-0081")
	d.write("告知方式", "当面告知")
	d.write("批准人", "李某")
	d.Tap("登记处置")
	d.Sees("须与经办人不同")
	d.write("批准人", "王院长")
	d.Tap("登记处置")
	d.Sees("已登记处置 HC-2026-00001-", "转住院预交金告知单")
	d.Tap("打印")
	d.Sees("处置单-" + h.FormNo)
	d.Escape()
	if h = d.handover(h.ID); h.State != model.PartDisposed || h.DisposedFen != 50000 {
		t.Errorf("stored %+v", h)
	}
	x := d.whole(h.ID).Dispositions[0]
	if x.Signer != "贾某某" || x.ToldHow != "当面告知" || x.HandledBy != "李某" || len(x.Lines) != 1 || x.Lines[0].Quantity != 1 {
		t.Errorf("stored %+v", x)
	}
	d.Tap(disposeLabel)
	lines = d.parts()
	if len(lines) != 3 || lines[1].pieces.Text != "1" {
		t.Fatalf("the next one offers %d items", len(lines))
	}
	lines[1].amount.SetText("501.5")
	d.Sees("比还没有处置的多 ￥1.50")
	lines[1].pieces.SetText("2")
	lines[1].amount.SetText("500")
	d.field("批准人").(*kit.WordField).TypedKey(keyDown)
	d.Sees("王院长")
	d.Escape()
	d.choose("处置方式", string(model.ToAccount))
	d.write("缴款凭证号", "JK-1")
	d.write("批准人", "王院长")
	d.Tap("登记处置")
	d.Sees("只剩 1 张")
	if !red(lines[1].pieces) || red(lines[1].amount) || red(lines[0].amount) {
		t.Error("it is not the wrong number that is red")
	}
	lines[1].pieces.SetText("1")
	if red(lines[1].pieces) {
		t.Error("the number stays red when it is right")
	}
	d.Tap("登记处置", "以后再说")
	d.Sees("已结清")
	d.SeesNot(disposeLabel)
	if h = d.handover(h.ID); h.State != model.Settled {
		t.Errorf("stored %+v", h)
	}
}

func TestKindsThatFit(t *testing.T) {
	d, _, _ := selected(t, func(h *model.Handover) {
		h.Giver, h.Patient, h.AdmissionNo, h.Bed, h.Company, h.Agent = model.FromCompany, "", "", "", "恒某医药", "周某"
	})
	d.Tap(disposeLabel)
	d.choose("处置方式", string(model.Sold))
	d.Sees("变价所得", "受让方")
	if lines := d.parts(); lines[0].on.Checked() || !lines[0].on.Disabled() || !lines[1].on.Checked() {
		t.Error("money can be sold")
	}
	d.choose("处置方式", string(model.ToAccount))
	if lines := d.parts(); !lines[0].on.Checked() || lines[0].on.Disabled() || lines[0].amount.Text != "2,000.00" {
		t.Error("money that could not be sold is left out of the next kind too")
	}
	d.field("处置方式").(interface{ Tapped(*fyne.PointEvent) }).Tapped(nil)
	d.SeesNot(string(model.ToDeposit))
}

func TestReversingADisposition(t *testing.T) {
	d, _, h := selected(t, nil)
	d.Tap(disposeLabel)
	d.choose("处置方式", string(model.ToAccount))
	d.write("缴款凭证号", "JK-1")
	d.write("批准人", "王院长")
	d.Tap("登记处置", "以后再说")
	d.Tap(moreLabel, voidHandoverLabel)
	d.Sees("先冲正处置")
	d.Tap("知道了")
	d.Tap(moreLabel, reverseLabel)
	d.Tap("冲正")
	d.Sees("请填写冲正原因")
	d.write("冲正原因", "凭证号填错")
	d.Tap("冲正")
	d.Sees("已冲正，冲正号 HC-2026-00002-")
	if h = d.handover(h.ID); h.State != model.Undisposed || h.LeftFen() != 360000 {
		t.Errorf("stored %+v", h)
	}
	d.Tap(tellLabel)
	d.Sees("已冲正", "冲正", "凭证号填错", "-3,600.00 元")
}

func TestCorrectingItems(t *testing.T) {
	d, p, h := selected(t, nil)
	receipt := must[model.Receipt](t)(d.Store.IssueReceipt(t.Context(), h.ID))
	p.Refresh()
	d.Tap(moreLabel, correctLabel)
	d.Sees("先作废收据", receipt.FormNo)
	d.Tap("知道了")
	d.Tap(moreLabel, voidReceiptLabel)
	d.Sees("收回已经交出的各联")
	d.write("作废原因", "金额写错")
	d.TapLast("作废")
	d.Sees("收据 " + receipt.FormNo + " 已作废")
	d.Tap(moreLabel, correctLabel)
	wrong := linesOf[*wrongLine](d)
	wrong[0].on.Tapped(nil)
	right := d.items()[0]
	if right.amount.Text != "2,000.00" || right.category.Value() != string(model.Cash) {
		t.Errorf("a wrong item is proposed as %s %s", right.category.Value(), right.amount.Text)
	}
	wrong[1].on.Tapped(nil)
	wrong[1].on.Tapped(nil) // no, that one was right
	if n := len(d.items()); n != 1 {
		t.Errorf("%d items are proposed", n)
	}
	right.amount.SetText("1900")
	right.quantity.SetText("19")
	d.Sees("上交金额 ￥3,600.00，更正后 ￥3,500.00")
	d.Tap("更正")
	if n := strings.Count(d.Text(), "请填写更正原因"); n != 1 {
		t.Errorf("the missing reason is told %d times", n)
	}
	d.write("更正原因", "清点有误")
	d.Tap("更正")
	d.Sees("已更正")
	if h = d.handover(h.ID); h.AmountFen != 350000 || h.Items != 3 {
		t.Errorf("stored %+v", h)
	}
	d.Tap(tellLabel)
	d.Sees("冲销", "更正", "清点有误", "-2,000.00 元", receipt.FormNo, "金额写错")
}

func TestVoiding(t *testing.T) {
	d, p, h := selected(t, nil)
	receipt := must[model.Receipt](t)(d.Store.IssueReceipt(t.Context(), h.ID))
	p.Refresh()
	d.Tap(moreLabel, voidHandoverLabel)
	d.Sees("收据 " + receipt.FormNo[:11])
	d.write("作废原因", "重复登记")
	d.TapLast("作废")
	if h = d.handover(h.ID); !h.Voided() || !strings.Contains(h.VoidReason, "重复登记") {
		t.Errorf("stored %+v", h)
	}
	p.ShowHandover(h)
	d.Sees("2026-08-11 作废：重复登记")
	d.SeesNot(disposeLabel)
}

// What is told of the longest texts breaks instead of leaving the dialog.
func TestLongTextsAreToldWhole(t *testing.T) {
	d, _, h := selected(t, nil)
	long := strings.Repeat("长", model.MaxShort)
	item := model.HandoverItem{Category: model.Securities, Particulars: long, Quantity: 999_999, Unit: "张", AmountFen: 1_000_000_000_00, Basis: "面值"}
	check(t, d.Store.CorrectHandover(t.Context(), h.ID, nil, []model.HandoverItem{item}, strings.Repeat("因", model.MaxNote)))
	receipt := must[model.Receipt](t)(d.Store.IssueReceipt(t.Context(), h.ID))
	check(t, d.Store.VoidReceipt(t.Context(), receipt.ID, strings.Repeat("废", model.MaxNote)))
	w := must[whole](t)(readWhole(t.Context(), d.Store, h.ID))
	if got := w.view().MinSize().Width; got > storyWidth-40 {
		t.Errorf("it needs %v of %d", got, storyWidth)
	}
}
