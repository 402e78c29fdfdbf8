package system

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"qingfeng/model/folder"
	"qingfeng/report/form"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// recoveryCode is a new recovery code on its way to the safe. The program
// keeps it nowhere, so what shows it is not left before a person says that it
// is on paper.
type recoveryCode struct {
	deps    Deps
	code    string
	sealed  *kit.Check
	prints  string // private folder of the sheet that was printed, "" = none
	content fyne.CanvasObject
}

// newRecoveryCode makes what shows the code; sealed is told whether it may be
// left. The administrator who is signed in stands on the sheet.
func newRecoveryCode(deps Deps, code string, sealed func(bool)) *recoveryCode {
	r := &recoveryCode{deps: deps, code: code, sealed: kit.NewCheck("我已打印或抄写，并交专人封存")}
	r.sealed.OnChanged = sealed
	r.content = kit.Below(
		paragraph("管理员忘记密码时，只有这个恢复码能打开数据。它只在这里显示一次，程序不保存；有几张时，只有最后的一张有效。"+
			"请打印或抄写，装进信封交专人封存。不要留在这台电脑上，也不要拍照。"),
		groupsOf(code),
		kit.Beside(kit.NewButton("打印", r.print), kit.NewButton("另存为 PDF…", r.save)),
		gapAbove(r.sealed))
	return r
}

// groupsOf shows the code's groups large, four in a row.
func groupsOf(code string) fyne.CanvasObject {
	var cells []fyne.CanvasObject
	for _, g := range strings.Split(code, "-") {
		group := widget.NewLabel(g)
		group.SizeName, group.TextStyle.Bold, group.Alignment = kit.SizeFigure, true, fyne.TextAlignCenter
		cells = append(cells, group)
	}
	return container.NewCenter(kit.Wide(480, container.NewGridWithColumns(4, cells...)))
}

// showRecoveryCode shows a new code in a dialog that only closes once the code
// is on paper; then done is called.
func showRecoveryCode(deps Deps, title, code string, done func()) {
	var d *kit.Dialog
	finish := kit.NewPrimaryButton("完成", func() { d.Close() })
	finish.Disable()
	r := newRecoveryCode(deps, code, func(sealed bool) { office.Enable(finish, sealed) })
	d = kit.ShowDialog(deps.Win, kit.DialogOptions{Title: title, Content: r.content, Width: 640,
		Buttons: []*kit.Button{finish}, Focus: r.sealed, OnEscape: func() {
			if r.sealed.Checked() {
				d.Close()
			}
		}})
	d.OnClosed = func() { r.forget(); done() }
}

// sheet prints the code for the envelope.
func (r *recoveryCode) sheet(ctx context.Context) ([]byte, error) {
	s := r.deps.Store
	h, err := s.Hospital(ctx)
	if err != nil {
		return nil, err
	}
	admin, _ := s.Account()
	var pdf bytes.Buffer
	_, err = form.Recovery(&pdf, form.RecoverySheet{Library: s.Assets(), Fonts: r.deps.Fonts, Hospital: h.Name, Office: h.Office,
		Code: r.code, Made: s.Today(), Admin: admin.Login, DataFolder: s.Folder().Dir()})
	return pdf.Bytes(), err
}

// print hands the sheet to the system's viewer from a folder that nobody else
// may read.
func (r *recoveryCode) print() {
	kit.Run(context.Background(), r.writePrint, func(path string, err error) {
		if err != nil {
			r.deps.Fail(err)
			return
		}
		r.prints = filepath.Dir(path)
		r.open(path)
	})
}

func (r *recoveryCode) writePrint(ctx context.Context) (string, error) {
	pdf, err := r.sheet(ctx)
	if err != nil {
		return "", err
	}
	dir := r.prints
	if dir == "" {
		if dir, err = os.MkdirTemp("", printsName); err != nil {
			return "", err
		}
	}
	path := filepath.Join(dir, "恢复码.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		return "", err
	}
	return path, r.deps.Store.RecordExport(ctx, "恢复码", filepath.Base(path), 1, true)
}

func (r *recoveryCode) open(path string) {
	r.deps.View(path, func(err error) {
		if err != nil {
			kit.ShowNotice(r.deps.Win, "没有打印", "没有找到能打开 PDF 的程序。请照屏幕抄写恢复码，或用“另存为 PDF”存到 U 盘，换一台电脑打印。")
			return
		}
		kit.ShowNotice(r.deps.Win, "已交给 PDF 阅读器", "请在打开的阅读器里选择打印机打印，然后关闭阅读器。离开这一步时，程序会删除这份文件。")
	})
}

func (r *recoveryCode) save() {
	kit.PickSave(r.deps.Win, "另存为 PDF", "恢复码.pdf", func(path string) {
		r.deps.Do(func(ctx context.Context) error {
			pdf, err := r.sheet(ctx)
			if err != nil {
				return err
			}
			if err := folder.WriteFile(path, func(w io.Writer) error { _, err := w.Write(pdf); return err }); err != nil {
				return err
			}
			return r.deps.Store.RecordExport(ctx, "恢复码", filepath.Base(path), 1, true)
		}, func() {
			kit.ShowNotice(r.deps.Win, "已保存", "文件："+path+"\n谁拿到这个文件，谁就能打开全部数据。打印后请删除它。")
		})
	})
}

// guardClosing asks before the window is closed over a code that is on no paper.
func (r *recoveryCode) guardClosing() {
	leave := func() { r.forget(); r.deps.Win.Close() }
	r.deps.Win.SetCloseIntercept(func() {
		if r.sealed.Checked() {
			leave()
			return
		}
		kit.Confirm(r.deps.Win, kit.Question{
			Title: "恢复码还没有封存", Text: "现在退出，这个恢复码就不再显示。以后可以由管理员登录后，在“系统 · 账号”里重新生成一个。",
			Yes: "仍然退出", No: "返回", Danger: true,
		}, leave)
	})
}

// forget removes what was printed. What a viewer still holds on Windows goes
// at the next start.
func (r *recoveryCode) forget() {
	if r.prints == "" {
		return
	}
	if err := dropPrints(r.prints); err != nil {
		r.deps.Log.Warn("printed recovery sheet stays until the next start", "err", err)
	}
}

// dropPrints removes the sheets in a folder, each by itself: a folder that
// something else holds must not keep them.
func dropPrints(dir string) error {
	sheets, err := folder.Named(dir, "")
	for _, path := range sheets {
		err = errors.Join(err, os.Remove(path))
	}
	return errors.Join(err, os.Remove(dir))
}

// printsName is the beginning of the folders that printed sheets go through.
const printsName = "qingfeng-recovery-"

// SweepPrints removes recovery sheets that an earlier run could not remove.
func SweepPrints() {
	left, _ := folder.Named(os.TempDir(), printsName)
	for _, dir := range left {
		dropPrints(dir) // what is not ours stays
	}
}
