package handover

import (
	"context"
	"log/slog"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/page"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
	"qingfeng/ui/office/officetest"
)

// desk is a window over a small hospital.
type desk struct {
	*officetest.Desk
	deps  Deps
	moved int // how often other pages were told
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{Desk: officetest.New(t)}
	fonts := page.Bundled()
	d.deps = Deps{Deps: office.Deps{Win: d.Win, Store: d.Store, Log: slog.New(slog.DiscardHandler), Open: d.Open, Fonts: fonts},
		OnHandovers: func() { d.moved++ }}
	return d
}

// ward is a hospital of two departments with the page on it.
func ward(t *testing.T) (*desk, *HandoversPage) {
	d := newDesk(t)
	d.Staff("急诊科", "01", "张堃", "李喆")
	d.Staff("麻醉手术科", "02", "阿依古丽·买买提", "徐𬱖")
	return d, d.page()
}

func (d *desk) page() *HandoversPage {
	p := NewHandovers(d.deps)
	d.Show(p)
	return p
}

var check = officetest.Check

func must[T any](t testing.TB) func(v T, err error) T { return officetest.Must[T](t) }

// aHandover is what 张堃 hands in: 2,000 yuan in cash, two cards and a box of tea.
func (d *desk) aHandover() (model.Handover, []model.HandoverItem) {
	people := must[store.Rows[store.StaffRow]](d.T)(d.Store.Staff(context.Background(), store.StaffFilter{Find: "张堃"}, store.Page{}))
	return model.Handover{StaffID: people.Items[0].ID, ReceivedAt: "2026-08-07 16:30", HandedAt: "2026-08-10 09:10", Occasion: "当面未能退回",
			Giver: model.FromPatient, Patient: "贾某某", AdmissionNo: "ZY2026081120", Bed: "12床", Story: "查房时塞入口袋，当面退还被拒",
			Bystanders: "孙某", ReceivedBy: "李某", WitnessedBy: "赵某", Keeper: "李某", CoKeeper: "赵某", KeptAt: "行风办保险柜 2 层"},
		[]model.HandoverItem{{Category: model.Cash, Particulars: "百元券", Quantity: 20, AmountFen: 200000, Basis: "清点"},
			{Category: model.Card, Particulars: "某商场 500 元卡", Quantity: 2, AmountFen: 100000, Basis: "面值"},
			{Category: model.Goods, Particulars: "茶叶礼盒", Quantity: 1, Unit: "盒", AmountFen: 60000, Basis: "市价"}}
}

// handed registers a handover, changed before, and returns it.
func (d *desk) handed(change func(*model.Handover)) handover {
	d.T.Helper()
	h, items := d.aHandover()
	if change != nil {
		change(&h)
	}
	id, _, err := d.Store.RegisterHandover(context.Background(), h, items)
	check(d.T, err)
	return d.handover(id)
}

func (d *desk) handover(id int64) handover {
	d.T.Helper()
	return must[handover](d.T)(d.Store.Handover(context.Background(), id))
}

func (d *desk) whole(id int64) store.HandoverDetail {
	d.T.Helper()
	return must[store.HandoverDetail](d.T)(d.Store.HandoverDetail(context.Background(), id))
}

// all are the handovers by number, voided ones too.
func (d *desk) all() []handover {
	d.T.Helper()
	var out []handover
	for _, state := range []model.HandoverState{"", model.HandoverVoid} {
		found := must[store.Rows[handover]](d.T)(d.Store.Handovers(context.Background(), store.HandoverFilter{State: state}, store.Page{Sort: "form_no"}))
		out = append(out, found.Items...)
	}
	return out
}

// field is the field behind a label, on the page or in the topmost dialog.
func (d *desk) field(label string) kit.Input {
	d.T.Helper()
	var found kit.Input
	nearest := float32(1e6)
	for _, s := range d.Screen() {
		if s.Text != label {
			continue
		}
		d.Walk(func(o fyne.CanvasObject, at fyne.Position) {
			in, ok := o.(kit.Input)
			if ok && at.X > s.At.X && at.X-s.At.X < nearest && at.Y <= s.At.Y+2 && at.Y+in.Size().Height >= s.At.Y-2 {
				found, nearest = in, at.X-s.At.X
			}
		})
	}
	if found == nil {
		d.T.Fatalf("no field is called %q:\n%s", label, d.Text())
	}
	return found
}

// write puts a text into the field behind a label.
func (d *desk) write(label, text string) {
	d.T.Helper()
	d.field(label).(interface{ SetText(string) }).SetText(text)
}

// choose picks an option of the choice behind a label.
func (d *desk) choose(label, option string) {
	d.T.Helper()
	d.field(label).(*kit.Choice).Tapped(nil)
	d.Tap(option)
}

// person picks somebody in the picker behind a label.
func (d *desk) person(label, typed, option string) {
	d.T.Helper()
	d.field(label).(*kit.Picker).Tapped(nil)
	for _, r := range typed {
		d.Win.Canvas().Focused().TypedRune(r)
	}
	d.Tap(option)
}

// linesOf are the lines of the table of such lines on the screen.
func linesOf[L kit.Line](d *desk) []L {
	d.T.Helper()
	var found *kit.Lines[L]
	d.Walk(func(o fyne.CanvasObject, _ fyne.Position) {
		if l, ok := o.(*kit.Lines[L]); ok {
			found = l
		}
	})
	if found == nil {
		d.T.Fatalf("there is no table of %T", *new(L))
	}
	return found.All()
}

// items are the lines in which one types what came in.
func (d *desk) items() []*itemLine {
	d.T.Helper()
	return linesOf[*itemLine](d)
}

// item fills in the last line of the table.
func (d *desk) item(category model.ItemCategory, particulars, quantity, amount string) *itemLine {
	d.T.Helper()
	all := d.items()
	l := all[len(all)-1]
	l.category.Tapped(nil)
	d.Tap(string(category))
	l.particulars.SetText(particulars)
	l.quantity.SetText(quantity)
	l.amount.SetText(amount)
	return l
}

// parts are the lines of what is disposed of.
func (d *desk) parts() []*partLine {
	d.T.Helper()
	return linesOf[*partLine](d)
}

// red reports whether a field is drawn as wrong.
func red(in kit.Input) bool {
	found := false
	officetest.Walk(in, func(o fyne.CanvasObject, _ fyne.Position) {
		r, ok := o.(*canvas.Rectangle)
		found = found || ok && r.StrokeWidth > 0 && r.StrokeColor == theme.Color(theme.ColorNameError)
	})
	return found
}
