package office

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"qingfeng/report/preview"
	"qingfeng/ui/kit"
	"qingfeng/ui/office/officetest"
)

func TestScansAreShown(t *testing.T) {
	d, p := small(t)
	files := scanner(t, d)
	elsewhere := t.TempDir() // where programs put what they need for a moment
	t.Setenv("TMPDIR", elsewhere)
	t.Setenv("TMP", elsewhere)
	row := d.rows()[0]
	d.attach(row.ID, files, "手机照片.jpg", "承诺书 张堃.pdf", "截图.png")
	p.SelectID(row.ID)
	d.Tap("扫描件…", "承诺书 张堃.pdf", "查看")
	d.Sees("承诺书 张堃.pdf", "/ 2 页", "另存为 PDF")
	if shade := d.shown(); shade < 0.9 {
		t.Errorf("the page is no paper: %.2f", shade)
	}
	d.Picture("scans-pdf")
	d.Escape()

	d.Tap("截图.png", "查看")
	d.Sees("张堃（急诊科 0100） · 2 张图片", "/ 2 页")
	if n := d.pageNumber(); n != "2" {
		t.Errorf("the picture chosen is shown as page %s", n)
	}
	if m := d.image(); m.Bounds().Dx() != 2*m.Bounds().Dy() {
		t.Errorf("shows a picture of %v", m.Bounds())
	}
	d.Picture("scans-png")
	d.Win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp})
	m := d.image()
	if n := d.pageNumber(); n != "1" || m.Bounds().Dy() <= m.Bounds().Dx() {
		t.Errorf("page %s shows a picture of %v, want one that stands", n, m.Bounds())
	}
	if room := d.Win.Canvas().Size(); float32(m.Bounds().Dy()) > room.Height-120 || float32(m.Bounds().Dy()) < room.Height-200 {
		t.Errorf("the picture is %d high in a window of %v", m.Bounds().Dy(), room)
	}
	d.Picture("scans-photo")
	d.Tap("放大")
	if larger := d.image(); larger.Bounds().Dy() <= m.Bounds().Dy() {
		t.Errorf("enlarged from %v to %v", m.Bounds(), larger.Bounds())
	}
	d.Picture("scans-photo-large")
	d.Escape()
	d.Tap("手机照片.jpg")
	d.Win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // opens too
	if n := d.pageNumber(); n != "1" {
		t.Errorf("the first picture is shown as page %s", n)
	}
	files.plainOn(t, d.Store.Folder().Dir())
	files.plainOn(t, elsewhere)
	if left := d.LinesAbout("导出"); len(left) > 0 {
		t.Errorf("looking is recorded as leaving: %+v", left)
	}
}

// A page that is only passed is not read: it may be damaged.
func TestPicturesPassedAreNotRead(t *testing.T) {
	d, p := small(t)
	files := scanner(t, d)
	files.files["半张.jpg"] = files.files["手机照片.jpg"][:2000]
	row := d.rows()[0]
	d.attach(row.ID, files, "半张.jpg", "手机照片.jpg", "截图.png")
	p.SelectID(row.ID)
	d.Tap("扫描件…", "截图.png")
	slow := kit.NewManual(officetest.Noon)
	t.Cleanup(kit.SetEnv(slow))
	d.Tap("查看")
	slow.Drain()
	d.Sees("3 张图片")
	if m := d.image(); d.pageNumber() != "3" || m.Bounds().Dx() != 2*m.Bounds().Dy() {
		t.Errorf("page %s shows a picture of %v", d.pageNumber(), m.Bounds())
	}
	d.Tap("上一页", "上一页")
	slow.Drain()
	d.Sees("没有完成", "这张图片显示不出来")
}

// image is the page that a preview shows.
func (d *desk) image() image.Image {
	var found image.Image
	officetest.Walk(d.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject, _ fyne.Position) {
		if m, ok := o.(*canvas.Image); ok && m.Image != nil {
			found = m.Image
		}
	})
	if found == nil {
		d.T.Fatalf("no picture is shown:\n%s", d.Text())
	}
	return found
}

// shown is how light the page is that a preview shows, 0 to 1.
func (d *desk) shown() float64 {
	m := d.image()
	var sum, n float64
	for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y += 3 {
		for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x += 3 {
			r, _, _, _ := m.At(x, y).RGBA()
			sum, n = sum+float64(r)/0xFFFF, n+1
		}
	}
	return sum / n
}

func (d *desk) pageNumber() string { return d.Fields()[0].(*kit.Entry).Value() }

func TestDamagedScans(t *testing.T) {
	d, p := small(t)
	files := scanner(t, d)
	files.files["坏的.pdf"] = []byte("%PDF-1.7\nnothing")
	files.files["半张.jpg"] = files.files["手机照片.jpg"][:2000]
	row := d.rows()[0]
	d.attach(row.ID, files, "坏的.pdf", "半张.jpg")
	stored := func() []string {
		return must[[]string](t)(filepath.Glob(filepath.Join(d.Store.Folder().Attachments(), "*")))
	}
	sound := stored()
	d.attach(row.ID, files, "手机照片.jpg", "承诺书 张堃.pdf")
	for _, path := range stored() {
		if !slices.Contains(sound, path) {
			content := must[[]byte](t)(os.ReadFile(path))
			content[len(content)/2] ^= 1
			check(t, os.WriteFile(path, content, 0o600))
		}
	}
	p.SelectID(row.ID)
	d.Tap("扫描件…")
	for name, sentence := range map[string]string{
		"坏的.pdf": "这份 PDF 打不开，可能已损坏或加了密码", "半张.jpg": "这张图片显示不出来，可能已损坏",
		"手机照片.jpg": "附件的文件已损坏。请从备份恢复", "承诺书 张堃.pdf": "附件的文件已损坏。请从备份恢复",
	} {
		d.Tap(name, "查看")
		d.Sees("没有完成", sentence)
		d.Picture("scans-damaged")
		d.Tap("知道了")
		d.Sees("扫描件：") // and no empty preview
	}
	dir := t.TempDir()
	d.Tap("手机照片.jpg", "另存为…")
	d.Fields()[0].(*kit.Entry).SetText(filepath.Join(dir, "a.jpg"))
	d.Tap("确定")
	d.Sees("没有完成", "附件的文件已损坏。请从备份恢复")
	d.Tap("知道了")
	d.Tap("半张.jpg", "另存为…") // what cannot be shown can still be had
	d.Fields()[0].(*kit.Entry).SetText(filepath.Join(dir, "b.jpg"))
	d.Tap("确定")
	if got := must[[]string](t)(filepath.Glob(filepath.Join(dir, "*"))); len(got) != 1 || filepath.Base(got[0]) != "b.jpg" {
		t.Errorf("saved %q", got)
	}
}

// Some apps that scan give a page a point for each dot of the camera.
func TestPagesOfAMetre(t *testing.T) {
	for name, c := range map[string]struct {
		w, h float64 // points
		want int     // of the long side, dots
	}{"A4": {595, 842, 1123}, "a metre": {2480, 3508, 1123}, "lying": {3508, 2480, 1123}, "A3": {842, 1191, 1588}} {
		doc, err := preview.Open(emptyPDF(c.w, c.h))
		check(t, err)
		m := must[image.Image](t)(drawPage(doc, 1, 96))
		if got := max(m.Bounds().Dx(), m.Bounds().Dy()); got < c.want-12 || got > c.want+12 {
			t.Errorf("%s is drawn %d long, want %d", name, got, c.want)
		}
		doc.Close()
	}
}

// emptyPDF is a PDF of one empty page, its sides in points. Its table of places
// is left out: readers make one of their own.
func emptyPDF(width, height float64) []byte {
	return fmt.Appendf(nil, "%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"+
		"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]>>\nendobj\ntrailer\n<</Root 1 0 R/Size 4>>\n%%%%EOF\n", width, height)
}

// TestScanPictures shows dialog and previews in the dark. It needs
// PAGE_PICTURES, the folder for the pictures.
func TestScanPictures(t *testing.T) {
	if os.Getenv("PAGE_PICTURES") == "" {
		t.Skip("PAGE_PICTURES is not set")
	}
	d, _ := small(t)
	settings := fyne.CurrentApp().Settings()
	settings.SetTheme(dark{settings.Theme()})
	files := scanner(t, d)
	row := d.rows()[0]
	d.attach(row.ID, files, "手机照片.jpg", "承诺书 张堃.pdf", "截图.png")
	d.letters().SelectID(row.ID)
	d.Picture("scans-dark-detail")
	d.Tap("扫描件…")
	d.Picture("scans-dark-list")
	d.Tap("查看")
	d.Picture("scans-dark-photo")
	d.Escape()
	d.Tap("承诺书 张堃.pdf", "查看")
	d.Picture("scans-dark-pdf")
}

// dark shows the dark colours whatever the system says.
type dark struct{ fyne.Theme }

func (d dark) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return d.Theme.Color(n, theme.VariantDark)
}
