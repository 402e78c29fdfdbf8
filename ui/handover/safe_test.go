package handover

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office/officetest"
)

// safe is a hospital with four handovers, three of which lie in the safe: two
// with 李某, one of them alone, and one with 钱某. Of the first the cash is gone.
func safe(t *testing.T) (*desk, *SafePage, []handover) {
	ctx := context.Background()
	d := newDesk(t)
	d.Staff("急诊科", "01", "张堃", "李喆")
	rows := []handover{
		d.handed(nil),
		d.handed(func(h *model.Handover) { h.CoKeeper, h.KeptAt = "", "财务科保险柜" }),
		d.handed(func(h *model.Handover) { h.Keeper, h.HandedAt = "钱某", "2026-08-08 09:00" }),
		d.handed(nil),
	}
	d.disposed(rows[0].ID, 1)
	d.disposed(rows[3].ID, 3)
	for i := range rows {
		rows[i] = must[handover](t)(d.Store.Handover(ctx, rows[i].ID))
	}
	p := NewSafe(d.deps)
	d.Show(p)
	return d, p, rows
}

// disposed takes the first n items of a handover out of the safe.
func (d *desk) disposed(id int64, n int) {
	d.T.Helper()
	x := model.Disposition{HandoverID: id, Kind: model.ToAccount, DisposedOn: "2026-08-11", Voucher: "JK-1", Approver: "王院长", HandledBy: "李某"}
	for _, b := range d.whole(id).Balances()[:n] {
		x.Lines = append(x.Lines, b.Rest())
		x.AmountFen += b.LeftFen
	}
	_, _, err := d.Store.Dispose(context.Background(), x)
	check(d.T, err)
}

// numbers are the numbers of the handovers that a query lists.
func (p *SafePage) numbers(q kit.Query) (out []string) {
	all, _, err := p.source(context.Background(), q)
	if err != nil {
		return []string{err.Error()}
	}
	for _, r := range all {
		out = append(out, r.FormNo)
	}
	return out
}

// name types a name, or the beginning of one, into the picker behind a label and
// takes the first that is offered.
func (d *desk) name(label, typed string) {
	d.T.Helper()
	d.field(label).(*kit.Picker).Tapped(nil)
	for _, r := range typed {
		d.Win.Canvas().Focused().TypedRune(r)
	}
	d.Press(fyne.KeyReturn)
}

func TestSafeShowsWhatShouldLieThere(t *testing.T) {
	d, p, rows := safe(t)
	d.Sees("3 次上交", "现在应在保管中的财物 ￥8,800.00 · 一人保管 1 次", "购物卡 2 张、物品 1 盒", "现金 2,000.00 元、购物卡 2 张、物品 1 盒",
		"1,600.00", "一人保管", "财务科保险柜", "全部保管人")
	d.SeesNot(rows[3].FormNo)
	a, b, c := rows[0].FormNo, rows[1].FormNo, rows[2].FormNo
	for _, x := range []struct {
		sort string
		desc bool
		want []string
	}{
		{"form_no", true, []string{c, b, a}}, {"amount", false, []string{a, b, c}}, {"amount", true, []string{c, b, a}}, {"handed_at", false, []string{c, a, b}},
		{"place", false, []string{a, c, b}}, {"days", true, []string{c, b, a}}, {"days", false, []string{a, b, c}}, {"keeper", true, []string{c, b, a}}, {"", false, []string{a, b, c}},
	} {
		q := p.Query()
		q.Sort, q.Desc = x.sort, x.desc
		if got := p.numbers(q); !slices.Equal(got, x.want) {
			t.Errorf("by %s: %q, want %q", x.sort, got, x.want)
		}
	}
	p.SetFilter(filterKeeper, "钱某")
	d.Sees("1 次上交", "￥3,600.00")
	p.ClearFilters()
	for find, want := range map[string][]string{"张": {a, b, c}, "钱某": {c}, "财务科": {b}, strings.ToLower(c[:13]): {c}, "没有": nil} {
		p.SetKeyword(find)
		got := p.numbers(p.Query())
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s finds %q, want %q", find, got, want)
		}
	}
	p.ClearFilters()
	p.SelectID(rows[0].ID)
	d.Sees("购物卡 某商场 500 元卡 2 张 ￥1,000.00", "物品 茶叶礼盒 1 盒 ￥600.00", "保管 李某、赵某，行风办保险柜 2 层", "已 1 天")
}

func TestScannedHandoverIsSelected(t *testing.T) {
	d, p, rows := safe(t)
	p.SetFilter(filterKeeper, "钱某")
	later := kit.NewManual(officetest.Noon) // the number is looked up after the field was emptied
	back := kit.SetEnv(later)
	d.Scan(rows[1].FormNo)
	later.Drain()
	back()
	if r, ok := p.Table().Selected(); !ok || r.ID != rows[1].ID {
		t.Fatalf("selected %+v", r.FormNo)
	}
	d.Sees("1 次上交")
	p.ClearFilters()
	d.Sees("3 次上交")
	d.Scan(rows[3].FormNo)
	d.Sees(rows[3].FormNo + " 没有要保管的财物（已结清）")
	d.Scan("HB-2026-00009-00")
	d.Sees("校验码不对")
}

func TestHandoverIsOpenedFromTheSafe(t *testing.T) {
	d := newDesk(t)
	d.Staff("急诊科", "01", "张堃")
	r := d.handed(nil)
	opened := ""
	d.deps.OpenHandover = func(r store.HandoverRow) { opened = r.FormNo }
	p := NewSafe(d.deps)
	d.Show(p)
	p.SelectID(r.ID)
	d.Tap(openLabel)
	if opened != r.FormNo {
		t.Errorf("opened %q", opened)
	}
}

func TestCustodyOfTickedRows(t *testing.T) {
	ctx := context.Background()
	d, p, rows := safe(t)
	d.TickRow(rows[1].FormNo)
	d.TickRow(rows[2].FormNo)
	d.Tap(custodyLabel)
	d.Sees("勾选的 2 次上交")
	d.TapLast("登记并打印交接单")
	d.Sees("请选择移交人", "请选择接收人", "请选择监交人")
	d.choose("移交人", "钱某（1 次，3,600.00 元）")
	d.name("接收人", "孙")
	d.name("监交人", "孙")
	d.TapLast("登记并打印交接单")
	d.Sees("须与移交人、接收人不同")
	d.name("监交人", "周")
	d.name("共同保管人", "lz") // by the initials
	d.write("保管位置", "纪检室保险柜")
	d.TapLast("登记并打印交接单")
	all := must[store.Rows[custody]](t)(d.Store.Custodies(ctx, store.Page{})).Items
	if len(all) != 1 || all[0].FromKeeper != "钱某" || all[0].Keeper != "孙" || all[0].CoKeeper != "李喆" || all[0].KeptAt != "纪检室保险柜" || all[0].Handovers != 1 {
		t.Fatalf("%+v", all)
	}
	d.Sees("保管交接单-" + all[0].FormNo)
	if r := d.handover(rows[2].ID); r.Keeper != "孙" || d.handover(rows[1].ID).Keeper != "李某" || d.moved != 1 || len(p.Table().Ticked()) != 0 {
		t.Errorf("kept by %s, told %d times", r.Keeper, d.moved)
	}
	d.Escape()
	// All of a keeper, with nothing ticked.
	p.SetFilter(filterKeeper, "李某")
	d.Tap(custodyLabel)
	d.Sees("李某（2 次，5,200.00 元）", "列表的 2 次上交")
	d.name("接收人", "孙") // keeps something by now
	d.name("监交人", "周")
	d.TapLast("登记并打印交接单")
	if k := must[[]store.KeeperCount](t)(d.Store.Keepers(ctx)); len(k) != 1 || k[0].Keeper != "孙" || k[0].Handovers != 3 {
		t.Fatalf("%+v", k)
	}
	d.Escape()
	d.Tap(custodiesLabel)
	d.Sees("保管交接记录", all[0].FormNo, "钱某", "没有")
	d.Tap(all[0].FormNo, "打印交接单")
	d.Sees("保管交接单-" + all[0].FormNo)
	d.Escape()
	scan := filepath.Join(t.TempDir(), "交接单.png")
	check(t, os.WriteFile(scan, tinyPNG, 0o600))
	d.Tap("签字件…", "添加…")
	d.PickFile(scan)
	d.Sees("交接单.png")
	d.Tap("关闭")
	d.Sees("1 份")
	d.Tap("关闭")
	d.Scan(all[0].FormNo) // on the signed sheet
	d.Sees("保管交接记录", all[0].FormNo)
}

// tinyPNG is a picture of one dot.
var tinyPNG = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82")

func TestSafeSheets(t *testing.T) {
	d, p, rows := safe(t)
	p.SetFilter(filterKeeper, "李某")
	d.Tap("清点表")
	d.Sees("保管财物清点表-李某")
	d.Escape()
	d.Tap("导出")
	path := filepath.Join(t.TempDir(), "清点.xlsx")
	d.PickFile(path)
	book := must[*sheet.Book](t)(sheet.Open(path))
	grid := must[sheet.Grid](t)(book.Grid(book.Sheets[0]))
	var text []string
	for i := range grid {
		text = append(text, grid.At(i, 3).Text)
	}
	if all := strings.Join(text, " "); !strings.Contains(all, rows[0].FormNo) || strings.Contains(all, rows[2].FormNo) {
		t.Errorf("the sheet lists %s", all)
	}
}

func TestSafeOfRoles(t *testing.T) {
	d, _, rows := safe(t)
	d.Become(model.Auditor)
	p := NewSafe(d.deps)
	d.Show(p)
	d.SeesNot(custodyLabel)
	p.SelectID(rows[0].ID)
	d.SeesNot(custodyRowLabel)
	d.SeesNot("茶叶礼盒")
	d.Sees("清点表", custodiesLabel, openLabel, "购物卡 2 张、物品 1 盒")
}

func TestEmptySafe(t *testing.T) {
	d := newDesk(t)
	p := NewSafe(d.deps)
	d.Show(p)
	d.Sees("现在没有要保管的财物")
	d.Tap(custodyLabel)
	d.Sees("没有可交接的财物")
	d.Escape()
	d.Tap(custodiesLabel)
	d.Sees("还没有交接过")
}

// TestSafePictures needs PAGE_PICTURES, the folder for the pictures.
func TestSafePictures(t *testing.T) {
	if os.Getenv("PAGE_PICTURES") == "" {
		t.Skip("PAGE_PICTURES is not set")
	}
	d := newDesk(t)
	d.InFrame(NewSafe(d.deps))
	d.Picture("safe-empty")
	d = county(t)
	long := func(h *model.Handover) {
		h.Keeper, h.CoKeeper, h.KeptAt = "阿卜杜热合曼·买买提明", "欧阳若兮（行风办）", "门诊楼四楼纪检监察室东侧保险柜第三层左起第二格"
	}
	d.handed(long)
	p := NewSafe(d.deps)
	d.InFrame(p)
	d.Picture("safe")
	p.Table().SelectIndex(3)
	d.Picture("safe-detail")
	p.SetKeyword("东侧")
	p.Table().SelectIndex(0)
	d.Picture("safe-long")
	p.SetKeyword("")
	d.Tap(custodyLabel)
	d.Picture("safe-custody")
	d.TapLast("登记并打印交接单")
	d.Picture("safe-custody-errors")
	d.field("移交人").(*kit.Choice).SetValue("李某")
	d.name("接收人", "孙")
	d.name("共同保管人", "欧阳若兮（行风办）")
	d.name("监交人", "周")
	d.Picture("safe-custody-filled")
	d.TapLast("登记并打印交接单")
	d.Picture("safe-custody-sheet")
	d.Escape()
	d.Picture("safe-moved")
	d.Tap(custodiesLabel)
	d.Picture("safe-custodies")
	d.Escape()
	d.Tap("清点表")
	d.Picture("safe-sheet")
	d.Escape()
	d.Win.Resize(fyne.NewSize(1920, 1080))
	p.Table().SelectIndex(0)
	d.Picture("safe-1920")
}
