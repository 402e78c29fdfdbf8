package roster

import (
	"context"
	"fmt"
	"image/color"
	"image/png"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// noon is the clock of the tests.
var noon = time.Date(2026, 8, 11, 12, 0, 0, 0, time.Local)

// bench is a window with a real store behind it.
type bench struct {
	testing.TB
	win  fyne.Window
	deps Deps
}

func newBench(t testing.TB) *bench {
	t.Helper()
	t.Cleanup(kit.SetEnv(kit.Synchronous(noon)))
	app := test.NewTempApp(t)
	theme, err := kit.NewTheme(kit.ThemeOptions{Regular: assets.SansRegular, Bold: assets.SansBold, Scale: 1})
	if err != nil {
		t.Fatal(err)
	}
	app.Settings().SetTheme(theme)
	s := storetest.Open(t, filepath.Join(t.TempDir(), "清风 数据"), func() time.Time { return noon })
	win := test.NewTempWindow(t, nil)
	win.SetPadded(false)
	kit.SetContent(win, container.NewStack())
	win.Resize(fyne.NewSize(1366, 768))
	return &bench{t, win, Deps{Deps: office.Deps{Win: win, Store: s, Log: slog.New(slog.DiscardHandler)}}}
}

// show puts a page into the window beside the room that the frame takes.
func (b *bench) show(p kit.Page) {
	b.Helper()
	left, top, bottom := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	left.SetMinSize(fyne.NewSize(188, 1))
	top.SetMinSize(fyne.NewSize(1, 40))
	bottom.SetMinSize(fyne.NewSize(1, 24))
	kit.SetContent(b.win, kit.Frame(top, bottom, left, nil, p.Content()))
	b.win.Resize(fyne.NewSize(1366, 768))
	p.Shown()
}

// objects are all visible things on the topmost dialog, or on the page. What
// is made when it is first drawn needs the second look.
func (b *bench) objects() []fyne.CanvasObject {
	root := b.win.Canvas().Overlays().Top()
	if root == nil {
		root = b.win.Content()
	}
	collect(nil, root)
	return collect(nil, root)
}

func collect(found []fyne.CanvasObject, o fyne.CanvasObject) []fyne.CanvasObject {
	if !o.Visible() {
		return found
	}
	found = append(found, o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			found = collect(found, child)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			found = collect(found, child)
		}
	}
	return found
}

func visible[T fyne.CanvasObject](b *bench) []T {
	var out []T
	for _, o := range b.objects() {
		if v, ok := o.(T); ok {
			out = append(out, v)
		}
	}
	return out
}

func (b *bench) press(label string) {
	b.Helper()
	var labels []string
	for _, button := range visible[*kit.Button](b) {
		if button.Label() == label {
			test.Tap(button)
			return
		}
		labels = append(labels, button.Label())
	}
	b.Fatalf("no button %s among %v", label, labels)
}

// text is everything that stands on the topmost dialog, or on the page.
func (b *bench) text() string {
	var parts []string
	for _, t := range visible[*canvas.Text](b) {
		parts = append(parts, t.Text)
	}
	return strings.Join(parts, "|")
}

func (b *bench) sees(wanted ...string) {
	b.Helper()
	text := b.text()
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			b.Errorf("%q is not on the screen:\n%s", w, text)
		}
	}
}

func (b *bench) seesNot(unwanted ...string) {
	b.Helper()
	text := b.text()
	for _, w := range unwanted {
		if strings.Contains(text, w) {
			b.Errorf("%q is on the screen:\n%s", w, text)
		}
	}
}

func (b *bench) dialogOpen() bool { return b.win.Canvas().Overlays().Top() != nil }

// picture saves the window for a person to look at, when ROSTER_PICTURES names
// a folder.
func (b *bench) picture(name string) {
	b.Helper()
	dir := os.Getenv("ROSTER_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, b.win.Canvas().Capture()); err != nil {
		b.Fatal(err)
	}
}

func must[T any](b *bench) func(T, error) T {
	return func(v T, err error) T {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
		return v
	}
}

// hospital makes two departments with a few people in each.
func (b *bench) hospital() {
	b.Helper()
	ctx, s := context.Background(), b.deps.Store
	people := []struct{ department, names string }{
		{"急诊科", "王䶮 李喆 欧阳若兮 张堃 单雄"},
		{"心血管内科", "徐𬱖 阿依古丽·买买提 张三"},
	}
	for i, d := range people {
		id := must[int64](b)(s.SaveDepartment(ctx, model.Department{Name: d.department, Kind: "临床"}))
		for j, name := range strings.Fields(d.names) {
			must[int64](b)(s.SaveStaff(ctx, model.Staff{
				EmployeeNo: fmt.Sprintf("%02d%03d", i+1, j+1), Name: name, DepartmentID: id, Sex: model.Female, Post: "护士",
				Title: "主管护师", Political: "中共党员", IDNumber: "990101197808083514", Phone: "19924833673",
			}))
		}
	}
}

func (b *bench) person(no string) store.StaffRow {
	b.Helper()
	found := must[store.Rows[store.StaffRow]](b)(b.deps.Store.Staff(context.Background(), store.StaffFilter{Find: no, Status: store.Anyone}, store.Page{}))
	if len(found.Items) == 0 {
		b.Fatalf("no person %s", no)
	}
	return found.Items[0]
}

func (b *bench) count(f store.StaffFilter) int {
	b.Helper()
	return must[store.Rows[store.StaffRow]](b)(b.deps.Store.Staff(context.Background(), f, store.Page{Limit: 1})).Total
}

// typeInto gives the keyboard to a table and types a key.
func (b *bench) typeInto(table interface{ Focus() }, key fyne.KeyName) {
	b.Helper()
	table.Focus()
	focused := b.win.Canvas().Focused()
	if focused == nil {
		b.Fatal("nothing has the focus")
	}
	focused.TypedKey(&fyne.KeyEvent{Name: key})
}
