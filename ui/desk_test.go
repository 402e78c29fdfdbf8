package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/model/vault"
	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
	"qingfeng/ui/office/officetest"
)

// morning is the clock of the tests.
var morning = time.Date(2026, 8, 11, 9, 0, 0, 0, time.Local)

var check = officetest.Check

func must[T any](t testing.TB) func(T, error) T { return officetest.Must[T](t) }

// desk is the program's window before a person: what is read, pressed and
// typed there.
type desk struct {
	testing.TB
	*Window
	data []string // texts that are data, not words: folder, account
}

// sit opens the program on a data folder in a test window and signs in if the
// folder has accounts.
func sit(t testing.TB, dir string) *desk {
	t.Helper()
	t.Cleanup(kit.SetEnv(kit.Synchronous(morning)))
	return sitWith(t, test.NewTempApp(t), dir)
}

func sitWith(t testing.TB, app fyne.App, dir string) *desk {
	t.Helper()
	d := atGate(t, app, dir)
	if strings.Contains(d.text(), "忘记密码…") {
		d.signIn(storetest.Login, storetest.Password)
	}
	return d
}

// atGate opens the program and does nothing yet.
func atGate(t testing.TB, app fyne.App, dir string) *desk {
	t.Helper()
	w, err := New(app, Options{Dir: dir, Now: kit.Now, Cost: vault.Cheap, OpenFile: func(string) error { return nil }})
	check(t, err)
	t.Cleanup(w.Close)
	w.win = &crossed{Window: w.win}
	w.win.SetPadded(false)
	w.win.Resize(fyne.NewSize(1366, 768))
	return &desk{t, w, []string{folder.OverridesOf(dir), dir, storetest.Login}}
}

// signIn chooses an account and types its password.
func (d *desk) signIn(login, password string) {
	d.Helper()
	d.choose("登录名", login)
	d.write("密码", password)
	d.press("登录")
}

// choose takes a value of the choice right of a label.
func (d *desk) choose(label, value string) {
	d.Helper()
	var found *kit.Choice
	before := false
	d.walk(func(o fyne.CanvasObject, _ fyne.Position) {
		switch o := o.(type) {
		case *canvas.Text:
			before = before || o.Text == label
		case *kit.Choice:
			if before && found == nil {
				found = o
			}
		}
	})
	if found == nil {
		d.Fatalf("no choice %q:\n%s", label, d.text())
	}
	found.SetValue(value)
}

// text is all that is readable. Tables make their rows when they are first
// looked at, so the second look counts.
func (d *desk) text() string {
	kittest.Texts(d.win)
	return kittest.Texts(d.win)
}

func (d *desk) sees(texts ...string) {
	d.Helper()
	all := d.text()
	unbroken := strings.ReplaceAll(all, "\n", "")
	for _, want := range texts {
		if !strings.Contains(all, want) && !strings.Contains(unbroken, want) {
			d.Fatalf("%q is not on the screen:\n%s", want, all)
		}
	}
}

func (d *desk) seesNot(texts ...string) {
	d.Helper()
	all := d.text()
	for _, text := range texts {
		if strings.Contains(all, text) {
			d.Fatalf("%q is on the screen:\n%s", text, all)
		}
	}
}

func (d *desk) press(label string) {
	d.Helper()
	if !kittest.Press(d.win, label) {
		d.Fatalf("nothing to press reads %q:\n%s", label, d.text())
	}
}

// key types a shortcut such as "Ctrl+K", or a key, wherever the caret is.
func (d *desk) key(name string) {
	focused := d.win.Canvas().Focused()
	if plain, ok := strings.CutPrefix(name, "Ctrl+"); ok {
		s := &desktop.CustomShortcut{KeyName: fyne.KeyName(plain), Modifier: fyne.KeyModifierShortcutDefault}
		if f, ok := focused.(fyne.Shortcutable); ok {
			f.TypedShortcut(s)
			return
		}
		d.anyEntry().TypedShortcut(s) // hands on what it has no use for, as the canvas would
		return
	}
	e := &fyne.KeyEvent{Name: fyne.KeyName(name)}
	if focused != nil {
		focused.TypedKey(e)
	} else if typed := d.win.Canvas().OnTypedKey(); typed != nil {
		typed(e)
	}
}

// anyEntry is a text field of the window, not of a dialog.
func (d *desk) anyEntry() *kit.Entry {
	var found *kit.Entry
	officetest.Walk(d.win.Content(), func(o fyne.CanvasObject, _ fyne.Position) {
		if e, ok := o.(*kit.Entry); ok {
			found = e
		}
	})
	return found
}

// typed types a text where the caret is.
func (d *desk) typed(text string) {
	d.Helper()
	f := d.win.Canvas().Focused()
	if f == nil {
		d.Fatalf("the caret is nowhere; cannot type %q", text)
	}
	for _, r := range text {
		f.TypedRune(r)
	}
}

// entry is the field right of a label.
func (d *desk) entry(label string) *kit.Entry {
	d.Helper()
	var found *kit.Entry
	before := false
	d.walk(func(o fyne.CanvasObject, _ fyne.Position) {
		switch o := o.(type) {
		case *canvas.Text:
			before = before || o.Text == label
		case *kit.Entry:
			if before && found == nil {
				found = o
			}
		}
	})
	if found == nil {
		d.Fatalf("no field %q:\n%s", label, d.text())
	}
	return found
}

func (d *desk) write(label, text string) {
	d.Helper()
	e := d.entry(label)
	d.win.Canvas().Focus(e)
	e.SetText("")
	d.typed(text)
}

// walk visits what is visible on the topmost dialog, or on the page.
func (d *desk) walk(visit func(fyne.CanvasObject, fyne.Position)) {
	root := d.win.Canvas().Overlays().Top()
	if root == nil {
		root = d.win.Content()
	}
	officetest.Walk(root, visit)
}

// tap taps where a text stands: the last of those that read so.
func (d *desk) tap(text string) {
	d.Helper()
	var at fyne.Position
	found := false
	d.walk(func(o fyne.CanvasObject, p fyne.Position) {
		if x, ok := o.(*canvas.Text); ok && x.Text == text {
			at, found = p.AddXY(min(x.Size().Width, x.MinSize().Width)/2, x.Size().Height/2), true
		}
	})
	if !found {
		d.Fatalf("nothing reads %q:\n%s", text, d.text())
	}
	test.TapCanvas(d.win.Canvas(), at)
}

// hospital is a data folder being filled before the window opens on it.
type hospital struct {
	testing.TB
	*store.Store
	folder *folder.Folder
	now    time.Time
}

// newHospital makes a data folder with a hospital's profile; close gives it to
// the window.
func newHospital(t testing.TB) *hospital {
	t.Helper()
	o := openHospital(t, filepath.Join(t.TempDir(), "清风 数据"))
	h := model.NewHospital("某县中医院")
	h.ReportPhone = "0575-0000000"
	check(t, o.SaveHospital(context.Background(), h))
	return o
}

func openHospital(t testing.TB, dir string) *hospital {
	t.Helper()
	o := &hospital{TB: t, now: morning}
	o.folder = must[*folder.Folder](t)(folder.Open(dir, folder.Holder{Program: "清风助手", User: "李某", Host: "XFB-01", PID: 4711, Since: morning}))
	o.Store = must[*store.Store](t)(store.Open(context.Background(), o.folder, storetest.Options(func() time.Time { return o.now })))
	storetest.Enter(t, o.Store)
	t.Cleanup(func() { o.close() })
	return o
}

// close gives the folder free and returns its path.
func (o *hospital) close() string {
	if o.folder != nil {
		o.Store.Close()
		o.folder.Close()
		o.folder = nil
	}
	return o.Folder().Dir()
}

// staff adds a department with people, 工号 prefix00…; its head is the first.
func (o *hospital) staff(department, prefix string, names ...string) {
	o.Helper()
	ctx := context.Background()
	d := model.Department{Name: department, Kind: "临床"}
	d.ID = must[int64](o)(o.SaveDepartment(ctx, d))
	for i, name := range names {
		id := must[int64](o)(o.SaveStaff(ctx, model.Staff{EmployeeNo: fmt.Sprintf("%s%02d", prefix, i), Name: name, DepartmentID: d.ID, Post: "医生"}))
		if i == 0 {
			d.HeadID = id
			must[int64](o)(o.SaveDepartment(ctx, d))
		}
	}
}

// campaign adds the campaign of a year with letters for everyone.
func (o *hospital) campaign(year int, ends day.Date) model.Campaign {
	o.Helper()
	ctx := context.Background()
	m := must[model.Plan](o)(o.NewPlan("county-plan-2024", year)).Campaign
	m.EndsOn = ends
	m.ID = must[int64](o)(o.SaveCampaign(ctx, m))
	for _, kind := range []model.CommitmentKind{model.PersonalCommitment, model.DepartmentCommitment} {
		must[int](o)(o.MakeCommitments(ctx, m.ID, kind))
	}
	return m
}

// letters are the letters of a kind in the order of their numbers.
func (o *hospital) letters(c model.Campaign, kind model.CommitmentKind) []store.CommitmentRow {
	o.Helper()
	return must[store.Rows[store.CommitmentRow]](o)(o.Commitments(context.Background(),
		store.CommitmentFilter{CampaignID: c.ID, Kind: kind}, store.Page{Sort: "form_no"})).Items
}

// back records that the letters of these people or departments came back; no
// name means all.
func (o *hospital) back(c model.Campaign, kind model.CommitmentKind, names ...string) {
	o.Helper()
	ctx := context.Background()
	var ids []int64
	var nos []string
	for _, l := range o.letters(c, kind) {
		if len(names) == 0 || slices.Contains(names, l.Name) {
			ids, nos = append(ids, l.ID), append(nos, l.FormNo)
		}
	}
	check(o, o.MarkPrinted(ctx, ids))
	for _, r := range must[[]store.ReturnResult](o)(o.ReturnCommitments(ctx, c.ID, nos, day.Of(o.now))) {
		if r.Problem != "" {
			o.Fatal(r.Problem)
		}
	}
}

// crossed is a window whose cross can be clicked; the test driver's cannot.
type crossed struct {
	fyne.Window
	intercept func()
}

func (w *crossed) SetCloseIntercept(f func()) { w.intercept = f }

// closing clicks the cross of the window.
func (d *desk) closing() {
	if f := d.win.(*crossed).intercept; f != nil {
		f()
		return
	}
	d.win.Close()
}
