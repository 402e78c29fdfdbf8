package form

import (
	"bytes"
	"image"
	"image/draw"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"qingfeng/model"
	"qingfeng/report/preview"
)

func TestReceipts(t *testing.T) {
	three := receiptOf(handover(7, things(3, 2000_00)))
	seven := receiptOf(handover(1, things(7, 123_456_789_00)))
	large := receiptOf(handover(2, things(1, 9_999_999_999_99)))
	nameless := receiptOf(anonymous(handover(3, things(2, 500_00))))
	again := receiptOf(handover(4, things(3, 2000_00)))
	again.PrintCount = 2
	void := receiptOf(handover(5, things(7, 2000_00)))
	void.PrintCount, void.VoidedOn, void.VoidReason = 1, "2026-08-11", "金额写错，重新开具"
	pages, path := printed(t, "receipts", receiptPrint(three, seven, large, nameless, again, void), printReceipts)
	run(t, "qpdf", "--check", path)
	if len(pages) != 6 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, r := range []model.Receipt{three, seven, large, nameless, again, void} {
		has(t, pages[i], "第一联　存根", "第二联　上交人", "第三联　财务")
		for _, want := range []string{r.FormNo, r.Content.HandoverNo, "清河县人民医院“红包”礼品上交收据", "单位（盖章）"} {
			if n := strings.Count(pages[i], squeeze(want)); n != 3 {
				t.Errorf("page %d says %s %d times", i+1, want, n)
			}
		}
		if again := strings.Count(pages[i], "补打"); again != map[bool]int{true: 3}[r.PrintCount > 0] {
			t.Errorf("page %d says 补打 %d times", i+1, again)
		}
		signs := 9
		if r.Content.From == model.Nameless {
			signs = 6
		}
		if n := strings.Count(pages[i], "签名："); n != signs {
			t.Errorf("page %d has %d lines to sign, want %d", i+1, n, signs)
		}
	}
	has(t, pages[0], "徐𬱖（麻醉手术科）", "人民币贰仟陆佰")
	has(t, pages[1], "￥123,460,122.15", "某酒店晚餐", "864.15")
	holds(t, pages[2], strings.Repeat("人民币玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分￥9,999,999,999.99", 3))
	has(t, pages[3], "上交人：匿名")
	has(t, pages[4], "补打（第3次打印）")
	has(t, pages[5], "补打（第2次打印）", "已于2026年8月11日作废：金额写错，重新开具", "某酒店晚餐")
}

// Thirty items do not fit a copy: each sums up by category, and each has a
// list.
func TestReceiptOfManyItems(t *testing.T) {
	r := receiptOf(handover(0, things(30, 123_456_789_00)))
	pages, path := printed(t, "receipt-30", receiptPrint(r), printReceipts)
	run(t, "qpdf", "--check", path)
	if len(pages) != 4 {
		t.Fatalf("%d pages", len(pages))
	}
	has(t, pages[0], "详见附页物品清单（共 30 项）", "宴请旅游4 项")
	for i, name := range []string{"第一联　存根", "第二联　上交人", "第三联　财务"} {
		has(t, pages[i+1], "物品清单（附页）", name, r.FormNo, "30转账微信转账3笔3,703.50转账记录", "合计")
	}
}

// Longest names and particulars stay whole, on one sheet with a list behind it.
func TestLongestReceipts(t *testing.T) {
	for _, unit := range []string{"龘", "W"} {
		of := func(n int) string { return strings.Repeat(unit, n) }
		l := handover(0, things(7, 9_999_999_999_99))
		l.Person, l.Department, l.ReceivedBy, l.WitnessedBy = of(model.MaxName), of(model.MaxName), of(model.MaxName), "监"+of(model.MaxName-1)
		in := receiptPrint(receiptOf(l))
		in.Hospital.Name = of(model.MaxShort)
		pages, _ := printed(t, "longest-receipt-"+unit, in, printReceipts)
		want := 3 * (4*model.MaxName - 1 + model.MaxShort)
		if got := strings.Count(strings.Join(pages, ""), unit); got < want {
			t.Errorf("%d of %d characters", got, want)
		}
		for i := range l.Entries {
			l.Entries[i].Particulars, l.Entries[i].Unit, l.Entries[i].Basis = of(model.MaxShort), of(4), of(model.MaxEmployeeNo)
		}
		in.Receipts = []model.Receipt{receiptOf(l)}
		in.Receipts[0].VoidedOn, in.Receipts[0].VoidReason, in.Receipts[0].PrintCount = "2026-08-11", "登记作废："+of(model.MaxNote), 12
		pages, path := printed(t, "longest-items-"+unit, in, printReceipts)
		run(t, "qpdf", "--check", path)
		want += 3 * (7*(model.MaxShort+4+model.MaxEmployeeNo) + model.MaxNote + model.MaxShort)
		if got := strings.Count(strings.Join(pages, ""), unit); got < want {
			t.Errorf("%d of %d characters", got, want)
		}
	}
}

// The small code of each copy is read back from a scan of 150 dpi, the longest
// number too, beside the longest texts.
func TestCodesOfReceipts(t *testing.T) {
	usual, tight := receiptOf(handover(0, things(3, 2000_00))), receiptOf(handover(1, things(7, 9_999_999_999_99)))
	tight.FormNo, tight.PrintCount, tight.VoidedOn, tight.VoidReason = "HS-2026-1234567-89", 3, "2026-08-11", strings.Repeat("龘", 60)
	in := receiptPrint(usual, tight)
	in.Hospital.Name = strings.Repeat("龘", model.MaxShort)
	var pdf bytes.Buffer
	if _, err := Receipts(&pdf, in); err != nil {
		t.Fatal(err)
	}
	defer preview.Close()
	doc, err := preview.Open(pdf.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for n, r := range in.Receipts {
		whole, err := doc.Page(n+1, 150)
		if err != nil {
			t.Fatal(err)
		}
		third := whole.Bounds().Dy() / 3
		for i := range copies {
			one := image.NewRGBA(image.Rect(0, 0, whole.Bounds().Dx(), third))
			draw.Draw(one, one.Bounds(), whole, image.Pt(0, i*third), draw.Src)
			bitmap, err := gozxing.NewBinaryBitmapFromImage(one)
			if err != nil {
				t.Fatal(err)
			}
			got, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
			if err != nil || got.GetText() != r.FormNo {
				t.Errorf("copy %d of %s: %v, %v", i+1, r.FormNo, got, err)
			}
		}
	}
}
