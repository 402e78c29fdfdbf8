package office

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
	"qingfeng/report/preview"
	"qingfeng/ui/kit"
	"qingfeng/ui/office/officetest"
)

// droppable is a window on which a test can drop files; Fyne's test window
// takes none.
type droppable struct {
	fyne.Window
	drop func(fyne.Position, []fyne.URI)
}

func (d *droppable) SetOnDropped(f func(fyne.Position, []fyne.URI)) { d.drop = f }

// papers are the files that a scanner made, by name.
type papers struct {
	dir   string
	files map[string][]byte
}

// scanner makes a PDF of two letters, a photograph of one with the telephone
// held upright, and a picture.
func scanner(t *testing.T, d *desk) papers {
	t.Helper()
	var pdf bytes.Buffer
	rows := d.rows()
	f := store.CommitmentFilter{CampaignID: d.campaign, Kind: model.PersonalCommitment, FormNos: []string{rows[0].FormNo, rows[1].FormNo}}
	_, err := issue.Commitments(context.Background(), &pdf, d.Store, f, issue.Options{Fonts: page.Bundled()}, nil)
	check(t, err)
	doc, err := preview.Open(pdf.Bytes())
	check(t, err)
	defer doc.Close()
	upright := must[*image.RGBA](t)(doc.Page(1, 150))
	size := upright.Bounds().Size()
	side := image.NewRGBA(image.Rect(0, 0, size.Y, size.X)) // as the camera stores it
	for y := range size.Y {
		for x := range size.X {
			side.Set(y, size.X-1-x, upright.At(x, y))
		}
	}
	p := papers{dir: filepath.Join(t.TempDir(), "扫描仪"), files: map[string][]byte{
		"承诺书 张堃.pdf": pdf.Bytes(), "手机照片.jpg": held(jpegOf(t, side), binary.BigEndian, 6), "截图.png": pngOf(t, marked(600, 300)),
		"说明.docx": []byte("PK"), "假的.pdf": []byte("MZ"),
	}}
	check(t, os.Mkdir(p.dir, 0o755))
	for name, content := range p.files {
		check(t, os.WriteFile(p.path(name), content, 0o600))
	}
	return p
}

func (p papers) path(name string) string { return filepath.Join(p.dir, name) }

// withDrops lets files be dropped on the window from now on.
func (d *desk) withDrops() (drop func(paths ...string)) {
	win := &droppable{Window: d.Win}
	d.Win, d.deps.Win = win, win
	return func(paths ...string) {
		uris := make([]fyne.URI, len(paths))
		for i, path := range paths {
			uris[i] = storage.NewFileURI(path)
		}
		if win.drop != nil {
			win.drop(fyne.Position{}, uris)
		}
	}
}

// attach puts files to a letter as if they had always been there.
func (d *desk) attach(id int64, p papers, names ...string) {
	d.T.Helper()
	for _, name := range names {
		must[int64](d.T)(d.Store.Attach(context.Background(), letterRecord, id, name, bytes.NewReader(p.files[name])))
	}
}

func (d *desk) scansOf(id int64) []string {
	d.T.Helper()
	var names []string
	for _, a := range must[[]model.Attachment](d.T)(d.Store.Attachments(context.Background(), letterRecord, id)) {
		names = append(names, a.FileName)
	}
	return names
}

// plainOn fails when a file below a folder holds one of the scans.
func (p papers) plainOn(t *testing.T, dir string) {
	t.Helper()
	check(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		for name, scan := range p.files {
			if len(scan) > 100 && bytes.Contains(content, scan[:100]) {
				t.Errorf("%s lies open in %s", name, path)
			}
		}
		return err
	}))
}

func TestScansAreAdded(t *testing.T) {
	d, _ := small(t)
	drop := d.withDrops()
	p := d.letters()
	files := scanner(t, d)
	row := d.rows()[0]
	p.SelectID(row.ID)
	d.SeesNot("扫描件 ")
	d.Tap("扫描件…")
	d.Sees("扫描件：张堃（急诊科 0100）", row.FormNo+" · 未打印", "还没有扫描件")
	d.Picture("scans-empty")
	d.Tap("添加…")
	d.Fields()[0].(*kit.Entry).SetText(files.path("承诺书 张堃.pdf"))
	d.Tap("确定")
	size := scanSize(int64(len(files.files["承诺书 张堃.pdf"])))
	d.Sees("已添加 1 个扫描件。", "承诺书 张堃.pdf", size, "2026-08-11 12:00")

	drop(files.path("手机照片.jpg"), files.path("说明.docx"), files.path("截图.png"), files.path("没有了.pdf"), files.path("假的.pdf"))
	d.Sees("3 个文件没有添加", "说明.docx 不能作为附件。请用 PDF、JPG 或 PNG 文件", "打不开文件 没有了.pdf", "假的.pdf 的内容与扩展名不符")
	d.Picture("scans-refused")
	drop(files.path("截图.png")) // something lies over the dialog
	d.Tap("知道了")
	d.Sees("已添加 2 个扫描件。", "手机照片.jpg", "截图.png")
	d.Picture("scans-list")
	want := []string{"承诺书 张堃.pdf", "手机照片.jpg", "截图.png"}
	if got := d.scansOf(row.ID); !slices.Equal(got, want) {
		t.Errorf("the letter has %q, want %q", got, want)
	}
	d.Tap("关闭")
	d.Sees("扫描件 3")
	d.Picture("scans-detail")
	drop(files.path("截图.png")) // nothing asks for files any more
	if got := d.scansOf(row.ID); len(got) != 3 {
		t.Errorf("the letter has %q", got)
	}
	files.plainOn(t, d.Store.Folder().Dir())
}

func TestScanIsSaved(t *testing.T) {
	d, p := small(t)
	files := scanner(t, d)
	row := d.rows()[0]
	d.attach(row.ID, files, "手机照片.jpg", "承诺书 张堃.pdf")
	p.SelectID(row.ID)
	d.Tap("扫描件…", "手机照片.jpg", "另存为…")
	dir := t.TempDir()
	d.Fields()[0].(*kit.Entry).SetText(filepath.Join(dir, "给纪委")) // the ending is kept
	d.Tap("确定")
	d.Sees("已保存到 " + filepath.Join(dir, "给纪委.jpg"))
	if got := must[[]byte](t)(os.ReadFile(filepath.Join(dir, "给纪委.jpg"))); !bytes.Equal(got, files.files["手机照片.jpg"]) {
		t.Errorf("%d bytes were saved, not the scan", len(got))
	}
	d.Tap("承诺书 张堃.pdf", "查看", "另存为 PDF") // of the preview
	d.Fields()[0].(*kit.Entry).SetText(filepath.Join(dir, "给纪委.pdf"))
	d.Tap("确定")
	d.Escape()
	d.Sees("已保存到 " + filepath.Join(dir, "给纪委.pdf"))
	d.Picture("scans-saved")
	var got []string
	for _, l := range d.LinesAbout("导出") {
		got = append(got, fmt.Sprint(l.Entity, " ", l.Label, " ", l.After))
	}
	want := []string{`扫描件 给纪委.pdf {"plain":true,"rows":1}`, `扫描件 给纪委.jpg {"plain":true,"rows":1}`}
	if !slices.Equal(got, want) {
		t.Errorf("the trail says %q, want %q", got, want)
	}
	files.plainOn(t, d.Store.Folder().Dir())
}

func TestScanIsVoided(t *testing.T) {
	d, p := small(t)
	files := scanner(t, d)
	row := d.rows()[0]
	d.attach(row.ID, files, "手机照片.jpg", "截图.png")
	p.SelectID(row.ID)
	d.Sees("扫描件 2")
	d.Tap("扫描件…", "手机照片.jpg", "作废…")
	d.Tap("作废") // without a reason
	if got := d.scansOf(row.ID); len(got) != 2 {
		t.Fatalf("voided without a reason: %q", got)
	}
	d.Write(0, "照得不清楚")
	d.Picture("scans-void")
	d.Tap("作废")
	d.Sees("已作废 手机照片.jpg", "截图.png")
	if got := d.scansOf(row.ID); !slices.Equal(got, []string{"截图.png"}) {
		t.Errorf("left are %q", got)
	}
	d.Tap("作废…") // the next one is selected
	d.Sees("“截图.png”作废后不再列出")
	d.Escape()
	d.Escape()
	d.Sees("扫描件 1")
}

func TestRolesAndScans(t *testing.T) {
	all := []string{"添加…", "查看", "另存为…", "作废…"}
	for role, want := range map[model.Role][]string{
		model.Administrator: all, model.Clerk: all, model.Reviewer: {"查看", "另存为…", "作废…"}, model.Auditor: nil,
	} {
		t.Run(string(role), func(t *testing.T) {
			d, _ := small(t)
			drop := d.withDrops()
			files := scanner(t, d)
			row := d.rows()[0]
			d.attach(row.ID, files, "手机照片.jpg")
			d.Become(role)
			p := d.letters()
			p.SelectID(row.ID)
			d.Sees("扫描件 1")
			name := "手机照片.jpg"
			if role == model.Auditor {
				name = "（已填写）" // a file's name may be somebody's
			}
			d.Tap("扫描件…")
			d.Sees(name)
			for _, label := range all {
				has := strings.Contains("\n"+d.Text(), "\n"+label+"\n")
				if has != slices.Contains(want, label) {
					t.Errorf("%s is offered: %v", label, has)
				}
			}
			d.Picture("scans-role-" + string(role))
			drop(files.path("截图.png"))
			if n := len(d.scansOf(row.ID)); (n == 2) != slices.Contains(want, "添加…") {
				t.Errorf("after a drop there are %d", n)
			}
			d.SeesNot("没有完成")
			d.Tap(name)
			d.Win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			if shown := strings.Contains(d.Text(), "放大"); shown != slices.Contains(want, "查看") {
				t.Errorf("Enter shows the scan: %v", shown)
			}
			d.SeesNot("没有完成")
		})
	}
}

func TestListThatCannotBeRead(t *testing.T) {
	d, p := small(t)
	row := d.rows()[0]
	p.SelectID(row.ID)
	d.Store.SignOut(context.Background(), true)
	d.Tap("扫描件…")
	d.Sees("请先登录")
	d.Tap("关闭")
	p.SelectID(row.ID)
	d.Sees("扫描件读不出来")
	d.Picture("scans-unread")
}

func TestScansAreCountedForTheSelectedLetterOnly(t *testing.T) {
	d, p := small(t)
	files := scanner(t, d)
	rows := d.rows()
	d.attach(rows[0].ID, files, "手机照片.jpg")
	d.attach(rows[1].ID, files, "手机照片.jpg", "截图.png")
	p.Refresh()
	later := kit.NewManual(officetest.Noon)
	t.Cleanup(kit.SetEnv(later))
	p.Table().Reload()
	if later.Step(0); later.Pending() != 0 {
		t.Fatalf("after the rows %d more things are asked for", later.Pending())
	}
	p.SelectID(rows[0].ID)
	p.SelectID(rows[1].ID)
	if later.Pending() != 2 {
		t.Fatalf("two selections ask for %d things", later.Pending())
	}
	later.Step(1)
	d.Sees("扫描件 2")
	later.Step(0) // the answer for the first comes late
	d.Sees("扫描件 2")
	p.SelectID(rows[2].ID)
	d.SeesNot("扫描件 ")
	later.Drain()
	d.SeesNot("扫描件 ")
}

func TestAddingIsCalledOff(t *testing.T) {
	d, p := small(t)
	files := scanner(t, d)
	row := d.rows()[0]
	p.SelectID(row.ID)
	d.Tap("扫描件…", "添加…")
	d.Fields()[0].(*kit.Entry).SetText(files.path("截图.png"))
	slow := kit.NewManual(officetest.Noon)
	t.Cleanup(kit.SetEnv(slow))
	d.Tap("确定")
	d.Sees("正在添加扫描件")
	d.Tap("取消")
	slow.Drain()
	d.Sees("已取消，添加了 0 个扫描件。")
	if got := d.scansOf(row.ID); len(got) > 0 {
		t.Errorf("the letter has %q", got)
	}
}

// The rows of before stand in the list until the new ones are read.
func TestTheScanJustAddedIsSelected(t *testing.T) {
	d, _ := small(t)
	drop := d.withDrops()
	p := d.letters()
	files := scanner(t, d)
	row := d.rows()[0]
	d.attach(row.ID, files, "手机照片.jpg")
	p.SelectID(row.ID)
	d.Tap("扫描件…")
	slow := kit.NewManual(officetest.Noon)
	t.Cleanup(kit.SetEnv(slow))
	drop(files.path("截图.png"))
	slow.Drain()
	d.Tap("作废…")
	d.Sees("“截图.png”作废后不再列出")
}
