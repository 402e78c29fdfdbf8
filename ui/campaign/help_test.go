package campaign

import (
	"context"
	"fmt"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
)

var noon = time.Date(2026, 8, 11, 12, 0, 0, 0, time.Local)

// desk is a window over a small hospital.
type desk struct {
	t      *testing.T
	win    fyne.Window
	store  *store.Store
	deps   Deps
	inHand model.Campaign
	opened []string // files shown with the viewer
}

// newDesk opens an empty hospital; people are added with staff.
func newDesk(t *testing.T) *desk {
	t.Helper()
	app := test.NewTempApp(t)
	theme, err := kit.NewTheme(kit.ThemeOptions{Regular: assets.SansRegular, Bold: assets.SansBold, Scale: 1})
	check(t, err)
	app.Settings().SetTheme(theme)
	t.Cleanup(kit.SetEnv(kit.Synchronous(noon)))
	s := storetest.Open(t, filepath.Join(t.TempDir(), "清风 数据"), func() time.Time { return noon })
	h := model.NewHospital("某县中医院")
	h.ReportPhone = "0575-0000000"
	check(t, s.SaveHospital(context.Background(), h))
	d := &desk{t: t, win: test.NewTempWindow(t, nil), store: s}
	d.win.Resize(fyne.NewSize(1366, 768))
	d.deps = Deps{Win: d.win, Store: s, Log: slog.New(slog.DiscardHandler),
		Campaign:  func() model.Campaign { return d.inHand },
		SetInHand: func(m model.Campaign) { d.inHand = m },
		Open:      func(path string) error { d.opened = append(d.opened, path); return nil },
	}
	return d
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// must ends the test on an error.
func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		check(t, err)
		return v
	}
}

// staff adds a department with people, 工号 prefix00…
func (d *desk) staff(department, prefix string, names ...string) int64 {
	d.t.Helper()
	ctx := context.Background()
	id := must[int64](d.t)(d.store.SaveDepartment(ctx, model.Department{Name: department}))
	for i, name := range names {
		must[int64](d.t)(d.store.SaveStaff(ctx, model.Staff{EmployeeNo: fmt.Sprintf("%s%02d", prefix, i), Name: name, DepartmentID: id, Post: "医生"}))
	}
	return id
}

// campaign starts the campaign of a year; the last one started is in hand.
func (d *desk) campaign(year int) model.Campaign {
	d.t.Helper()
	p := must[model.Plan](d.t)(d.store.NewPlan("county-plan-2024", year))
	p.ID = must[int64](d.t)(d.store.StartCampaign(context.Background(), p))
	d.inHand = p.Campaign
	return p.Campaign
}

// small is a hospital of two departments and seven people whose letters are
// made, with the page on it.
func small(t *testing.T) (*desk, *CommitmentsPage) {
	d := newDesk(t)
	d.staff("急诊科", "01", "张堃", "李喆", "王䶮", "赵犇")
	d.staff("麻醉手术科", "02", "阿依古丽·买买提", "徐𬱖", "刘赟")
	d.campaign(2026)
	must[int](t)(d.store.MakeCommitments(context.Background(), d.inHand.ID, model.PersonalCommitment))
	return d, d.letters()
}

func (d *desk) letters() *CommitmentsPage {
	p := NewCommitments(d.deps)
	d.show(p)
	return p
}

func (d *desk) show(p kit.Page) {
	kit.SetContent(d.win, p.Content())
	p.Shown()
	d.win.Content().Refresh() // rows came during the layout, which only happens here
}

// rows are all letters of the campaign in hand, voided ones too.
func (d *desk) rows(kind model.CommitmentKind) []letter {
	d.t.Helper()
	var out []letter
	for _, state := range []model.PaperState{"", model.Voided} {
		f := store.CommitmentFilter{CampaignID: d.inHand.ID, Kind: kind, State: state}
		found, err := d.store.Commitments(context.Background(), f, store.Page{Sort: "form_no"})
		check(d.t, err)
		out = append(out, found.Items...)
	}
	return out
}

// counts are the personal letters by state.
func (d *desk) counts() map[model.PaperState]int {
	out := map[model.PaperState]int{}
	for _, r := range d.rows(model.PersonalCommitment) {
		out[r.State]++
	}
	return out
}

func (d *desk) markPrinted() {
	d.t.Helper()
	var ids []int64
	for _, r := range d.rows(model.PersonalCommitment) {
		ids = append(ids, r.ID)
	}
	check(d.t, d.store.MarkPrinted(context.Background(), ids))
}

// seen is a text on the screen with its place.
type seen struct {
	text string
	at   fyne.Position // of its middle
}

// screen lists what is readable: in the topmost dialog or menu, or on the
// page with its toast when there is none.
func (d *desk) screen() []seen {
	root := d.win.Canvas().Overlays().Top()
	if root == nil {
		root = d.win.Content()
	}
	var out []seen
	walk(root, fyne.NewPos(0, 0), func(o fyne.CanvasObject, at fyne.Position) {
		if x, ok := o.(*canvas.Text); ok && x.Text != "" {
			out = append(out, seen{x.Text, at.AddXY(min(x.Size().Width, x.MinSize().Width)/2, x.Size().Height/2)})
		}
	})
	return out
}

// walk visits the visible objects below o with their absolute places.
func walk(o fyne.CanvasObject, parent fyne.Position, visit func(fyne.CanvasObject, fyne.Position)) {
	if !o.Visible() {
		return
	}
	at := parent.Add(o.Position())
	visit(o, at)
	switch x := o.(type) {
	case *fyne.Container:
		for _, c := range x.Objects {
			walk(c, at, visit)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(x).Objects() {
			walk(c, at, visit)
		}
	}
}

func (d *desk) text() string {
	var b strings.Builder
	for _, s := range d.screen() {
		b.WriteString(s.text + "\n")
	}
	return b.String()
}

// sees fails unless each text is part of something on the screen.
func (d *desk) sees(texts ...string) {
	d.t.Helper()
	all := d.text()
	for _, want := range texts {
		if !strings.Contains(all, want) {
			d.t.Fatalf("%q is not on the screen:\n%s", want, all)
		}
	}
}

func (d *desk) seesNot(text string) {
	d.t.Helper()
	if all := d.text(); strings.Contains(all, text) {
		d.t.Fatalf("%q is on the screen:\n%s", text, all)
	}
}

// tap taps where a text stands: the last of those that read so.
func (d *desk) tap(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		list := d.screen()
		found := false
		for i := len(list) - 1; i >= 0 && !found; i-- {
			if list[i].text == text {
				test.TapCanvas(d.win.Canvas(), list[i].at)
				found = true
			}
		}
		if !found {
			d.t.Fatalf("nothing reads %q:\n%s", text, d.text())
		}
	}
}

// fields are the text fields of the topmost dialog, in order.
func (d *desk) fields() []fyne.Focusable {
	var out []fyne.Focusable
	walk(d.win.Canvas().Overlays().Top(), fyne.Position{}, func(o fyne.CanvasObject, _ fyne.Position) {
		switch x := o.(type) {
		case *kit.Entry:
			out = append(out, x)
		case *kit.DateField:
			out = append(out, x)
		}
	})
	return out
}

// write types a text into the i-th field of the topmost dialog.
func (d *desk) write(i int, text string) {
	d.t.Helper()
	fields := d.fields()
	if i >= len(fields) {
		d.t.Fatalf("there are %d fields only", len(fields))
	}
	d.win.Canvas().Focus(fields[i])
	test.Type(fields[i], text)
}

// scan types a code and Enter as a scanner does, wherever the focus is.
func (d *desk) scan(code string) {
	for _, r := range code {
		if f := d.win.Canvas().Focused(); f != nil {
			f.TypedRune(r)
		} else {
			d.win.Canvas().OnTypedRune()(r)
		}
	}
	enter := &fyne.KeyEvent{Name: fyne.KeyReturn}
	if f := d.win.Canvas().Focused(); f != nil {
		f.TypedKey(enter)
	} else {
		d.win.Canvas().OnTypedKey()(enter)
	}
}

// picture keeps what the window shows when CAMPAIGN_PICTURES names a folder.
func (d *desk) picture(name string) {
	d.t.Helper()
	dir := os.Getenv("CAMPAIGN_PICTURES")
	if dir == "" {
		return
	}
	check(d.t, os.MkdirAll(dir, 0o755))
	f, err := os.Create(filepath.Join(dir, name+".png"))
	check(d.t, err)
	defer f.Close()
	check(d.t, png.Encode(f, d.win.Canvas().Capture()))
}

// tapLast taps what reads so first from below the others, such as the button
// of a dialog whose title reads the same.
func (d *desk) tapLast(text string) {
	d.t.Helper()
	var lowest *seen
	for _, s := range d.screen() {
		if s.text == text && (lowest == nil || s.at.Y > lowest.at.Y) {
			lowest = &s
		}
	}
	if lowest == nil {
		d.t.Fatalf("nothing reads %q:\n%s", text, d.text())
	}
	test.TapCanvas(d.win.Canvas(), lowest.at)
}

// tickRow ticks the table row in which a text stands: the row is selected and
// Space ticks it.
func (d *desk) tickRow(text string) {
	d.t.Helper()
	d.tap(text)
	d.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
}

func (d *desk) department(name string) int64 {
	d.t.Helper()
	return must[model.Department](d.t)(d.store.DepartmentNamed(context.Background(), name)).ID
}

// escape presses Esc.
func (d *desk) escape() {
	key := &fyne.KeyEvent{Name: fyne.KeyEscape}
	if f := d.win.Canvas().Focused(); f != nil {
		f.TypedKey(key)
	} else if f := d.win.Canvas().OnTypedKey(); f != nil {
		f(key)
	}
}

// menu opens a menu of the title line, whose buttons stand above all others,
// and picks an item.
func (d *desk) menu(label, item string) {
	d.t.Helper()
	var button *seen
	for _, s := range d.screen() {
		if s.text == label && (button == nil || s.at.Y < button.at.Y) {
			button = &s
		}
	}
	if button == nil {
		d.t.Fatalf("no button reads %q:\n%s", label, d.text())
	}
	test.TapCanvas(d.win.Canvas(), button.at)
	if item != "" {
		d.tap(item)
	}
}
