// Package officetest puts a small hospital behind a window, for tests of pages
// that know the store: what stands on the screen is read and tapped as a
// person would.
package officetest

import (
	"context"
	"encoding/json"
	"fmt"
	"image/color"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
)

// Noon is when all tests take place.
var Noon = time.Date(2026, 8, 11, 12, 0, 0, 0, time.Local)

// Desk is a window over a hospital.
type Desk struct {
	T      *testing.T
	Win    fyne.Window
	Store  *store.Store
	Opened []string // files shown with the viewer
}

// New opens an empty hospital; people are added with [Desk.Staff].
func New(t *testing.T) *Desk {
	t.Helper()
	d := &Desk{T: t, Win: kittest.Window(t, Noon)}
	d.Store = storetest.Open(t, filepath.Join(t.TempDir(), "清风 数据"), func() time.Time { return Noon })
	h := model.NewHospital("某县中医院")
	h.ReportPhone = "0575-0000000"
	d.check(d.Store.SaveHospital(context.Background(), h))
	return d
}

// Check ends the test on an error.
func Check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Must returns what a call returned, and ends the test on its error:
// Must[int](t)(call()).
func Must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		Check(t, err)
		return v
	}
}

func (d *Desk) check(err error) {
	d.T.Helper()
	Check(d.T, err)
}

// Open stands for the system's viewer.
func (d *Desk) Open(path string) error {
	d.Opened = append(d.Opened, path)
	return nil
}

// Show puts a page into the window.
func (d *Desk) Show(p kit.Page) {
	kittest.Show(d.Win, p)
	d.Win.Content().Refresh() // rows came during the layout, which only happens here
}

// InFrame puts a page into the room that the window's frame leaves it.
func (d *Desk) InFrame(p kit.Page) {
	room := func(w, h float32) fyne.CanvasObject {
		r := canvas.NewRectangle(color.NRGBA{R: 0xE0, G: 0xE7, B: 0xE7, A: 0xFF})
		r.SetMinSize(fyne.NewSize(w, h))
		return r
	}
	kit.SetContent(d.Win, kit.Frame(room(0, 40), room(0, 24), room(188, 0), nil, p.Content()))
	p.Shown()
	d.Win.Content().Refresh()
}

// Staff adds a department with people, 工号 prefix00…
func (d *Desk) Staff(department, prefix string, names ...string) int64 {
	d.T.Helper()
	ctx := context.Background()
	id, err := d.Store.SaveDepartment(ctx, model.Department{Name: department})
	d.check(err)
	for i, name := range names {
		_, err := d.Store.SaveStaff(ctx, model.Staff{EmployeeNo: fmt.Sprintf("%s%02d", prefix, i), Name: name, DepartmentID: id, Post: "医生"})
		d.check(err)
	}
	return id
}

// County takes in the roster of the sample hospital with 620 people. It is found
// from the folder of a package of pages, where their tests run.
func (d *Desk) County() {
	d.T.Helper()
	const file = "county-hospital-620.xlsx"
	roster, err := sheet.ReadRoster(d.Store.Assets(), filepath.Join("..", "..", "report", "sheet", "testdata", file), "")
	d.check(err)
	_, err = d.Store.ImportRoster(context.Background(), file, roster, store.RosterAnswers{})
	d.check(err)
}

// Department is the id of a department.
func (d *Desk) Department(name string) int64 {
	d.T.Helper()
	m, err := d.Store.DepartmentNamed(context.Background(), name)
	d.check(err)
	return m.ID
}

// Become signs somebody of a role in; the administrator is at the desk anyway.
func (d *Desk) Become(role model.Role) {
	d.T.Helper()
	if role == model.Administrator {
		return
	}
	ctx := context.Background()
	const first, own = "第一个口令 2026", storetest.Password
	_, err := d.Store.AddAccount(ctx, model.Account{Login: "wang", Name: "王某", Role: role}, first)
	d.check(err)
	d.check(d.Store.SignOut(ctx, false))
	_, err = d.Store.SignIn(ctx, "wang", first)
	d.check(err)
	d.check(d.Store.ChangePassword(ctx, first, own))
}

// LinesAbout are the lines of the trail about an action, the newest first.
func (d *Desk) LinesAbout(action string) []model.AuditLine {
	d.T.Helper()
	found, err := d.Store.Trail(context.Background(), store.TrailFilter{Action: action}, store.Page{Sort: "id", Desc: true})
	d.check(err)
	return found.Items
}

// Export is a line about a file that left.
type Export struct {
	List, File string
	Rows       int
	Plain      bool // with what lists mask
}

// Exported are the lines about files that left, the newest first.
func (d *Desk) Exported() []Export {
	d.T.Helper()
	var out []Export
	for _, l := range d.LinesAbout("导出") {
		e := Export{List: l.Entity, File: l.Label}
		d.check(json.Unmarshal([]byte(l.After), &e))
		out = append(out, e)
	}
	return out
}

// Exports is [Desk.Exported] as “list file rows”, where no file may hold what
// lists mask.
func (d *Desk) Exports() []string {
	d.T.Helper()
	var out []string
	for _, e := range d.Exported() {
		if e.Plain {
			d.T.Errorf("%s is said to hold what lists mask", e.File)
		}
		out = append(out, fmt.Sprint(e.List, " ", e.File, " ", e.Rows))
	}
	return out
}

// Output are the files that were printed.
func (d *Desk) Output() []string {
	d.T.Helper()
	files, err := filepath.Glob(filepath.Join(d.Store.Folder().Output(), "*"))
	d.check(err)
	return files
}
