package system

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// Damaged is what the window shows instead of a data folder whose database
// cannot be read, or is not there yet: what happened, and the backups that
// bring the data back.
type Damaged struct {
	Win    fyne.Window
	Log    *slog.Logger
	Folder *folder.Folder // held, its database closed
	Reason string         // why the database was not opened, a sentence; "" when there is none yet
	Second string         // the second folder of backups, "" when there is none that is known
	Now    func() time.Time
	// Again tries to open the folder once more, OtherFolder takes another one,
	// Quit ends the program.
	Again, OtherFolder, Quit func()
	// Restored is called when the data is back.
	Restored func(r store.Restored)

	backups []foundBackup
	table   *kit.Table[foundBackup]
}

// foundBackup is a backup with a number of its own for the table.
type foundBackup struct {
	folder.Backup
	id int64
}

// backupEnding ends the names of backups.
var backupEnding = filepath.Ext(folder.BackupName(time.Time{}, folder.OnDemand))

// mostBackups is how many backups are offered; older ones are chosen as files.
const mostBackups = 20

// Show puts the page into the window.
func (d *Damaged) Show() {
	d.find()
	d.table = kit.NewTable(kit.TableOptions[foundBackup]{
		Columns: []kit.Column[foundBackup]{
			{Title: "备份时间", Text: func(b foundBackup) string { return timeOf(b.Backup) }},
			{Title: "类别", Text: func(b foundBackup) string { return string(b.Kind) }},
			{Title: "大小", Align: kit.AlignRight, Text: func(b foundBackup) string { return sizeOf(b.Size) }},
			{Title: "位置", Flex: true, Text: placeOf},
		},
		Source: func(ctx context.Context, q kit.Query) ([]foundBackup, int, error) { return kit.Rows(d.backups)(ctx, q) },
		ID:     func(b foundBackup) int64 { return b.id },
		Empty:  "这个数据文件夹里没有备份，请选择别处的备份文件。",
	})
	secret := kit.NewPassword(0)
	form := kit.NewForm(d.Win, kit.Field{Key: "Secret", Label: "密码或恢复码", Required: true, Input: secret,
		Hint: "做备份时管理员的密码，或当时封存的恢复码"})
	form.Log = d.Log
	restore := kit.NewPrimaryButton("恢复选中的备份", form.Save)
	form.OnSave = func() func(context.Context) error {
		b, ok := d.table.Selected()
		if !ok {
			kit.ShowNotice(d.Win, "请先选一个备份", "在列表里选一个备份，或用“选择备份文件…”。")
			return nil
		}
		d.restore(form, b.Backup, secret.Value())
		return nil
	}
	file := kit.NewButton("选择备份文件…", func() {
		kit.PickOpen(d.Win, "选择备份文件", []string{backupEnding}, d.add)
	})
	title, why := "数据库文件已损坏", d.Reason+"。备份不受影响：请选一个备份，恢复到做备份时的样子。现有的数据一个字节也不删，原样移到数据文件夹里的另一个文件夹；备份以后登记的内容需要补登。"
	if d.Reason == "" {
		title, why = "从备份恢复", "请选择备份文件（"+backupEnding+"），例如 U 盘上的那一份。恢复后用做备份时的账号和密码登录。"
	}
	below := kit.Below(gapAbove(form.Body()), kit.Spread(kit.Beside(file), kit.Beside(restore)))
	card := kit.NewCard(title, nil, kit.Frame(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), paragraph(why)), below, nil, nil, container.New(tall(7*28), d.table)))
	doors := kit.Beside(kit.NewButton("重试", d.Again), kit.NewButton("换一个数据文件夹…", d.OtherFolder), kit.NewButton("退出", d.Quit))
	if d.Reason == "" {
		doors = kit.Beside(kit.NewButton("上一步", d.OtherFolder), kit.NewButton("退出", d.Quit))
	}
	box := kit.Wide(900, kit.Below(kit.Beside(kit.NewHeading("清风"), kit.NewMuted("数据："+d.Folder.Dir())), card, doors))
	box.Resize(box.MinSize()) // text that breaks knows its height once it has a width
	kit.SetContent(d.Win, container.NewCenter(box))
	d.table.Reload()
	d.table.SelectIndex(0)
	form.Focus("")
}

// find lists the backups of both folders, the newest first.
func (d *Damaged) find() {
	all, err := folder.Backups(d.Folder.Backups())
	if err != nil {
		d.Log.Warn("list backups", "err", err)
	}
	if d.Second != "" {
		more, err := folder.Backups(d.Second)
		if err != nil {
			d.Log.Warn("list backups of the second folder", "err", err)
		}
		all = append(all, more...)
	}
	d.backups = newestFirst(all)
}

func newestFirst(all []folder.Backup) []foundBackup {
	var out []foundBackup
	for _, b := range all {
		out = append(out, foundBackup{Backup: b})
	}
	slices.SortStableFunc(out, func(a, b foundBackup) int { return b.At.Compare(a.At) })
	out = out[:min(len(out), mostBackups)]
	for i := range out {
		out[i].id = int64(i + 1)
	}
	return out
}

// add offers a file from elsewhere and selects it.
func (d *Damaged) add(path string) {
	info, err := os.Stat(path)
	if err != nil {
		kit.ShowError(d.Win, model.Errorf(model.NotFound, "打不开备份文件 %s", filepath.Base(path)), d.Log)
		return
	}
	id := int64(len(d.backups) + 1)
	b := foundBackup{folder.Backup{Path: path, At: info.ModTime(), Kind: chosenFile, Size: info.Size()}, id}
	d.backups = append([]foundBackup{b}, d.backups...)
	d.table.Reload()
	d.table.SelectID(id)
}

// chosenFile stands for the kind of a backup that somebody picked as a file.
const chosenFile folder.BackupKind = "所选文件"

// placeOf is the folder of a backup; of a picked one the file, whose name may
// say anything.
func placeOf(b foundBackup) string {
	if b.Kind == chosenFile {
		return b.Path
	}
	return filepath.Dir(b.Path)
}

// restore brings a backup back; what is refused stands below the secret.
func (d *Damaged) restore(form *kit.Form, b folder.Backup, secret string) {
	RestoreBackup(d.Win, d.Folder, b.Path, secret, d.Now, d.Quit, func(r store.Restored, err error) {
		if err != nil {
			refuse(form, Deps{Deps: office.Deps{Win: d.Win, Log: d.Log}}, "Secret", err)
			return
		}
		d.Restored(r)
	})
}

// RestoreBackup puts a backup in the place of a folder's data, whose database
// is closed, and calls done. When another program holds a file, quit ends the
// program instead: the rest is done at the next start.
func RestoreBackup(win fyne.Window, f *folder.Folder, path, secret string, now func() time.Time, quit func(), done func(store.Restored, error)) {
	var restored store.Restored
	kit.ShowProgress(win, "正在恢复备份", func(ctx context.Context, report kit.Report) (err error) {
		report(0, 0, "正在核对备份，需要几秒到几分钟")
		restored, err = store.Restore(ctx, f, path, secret, now)
		return err
	}, func(err error) {
		if err == nil && restored.Pending {
			sayPending(win, quit)
			return
		}
		done(restored, err)
	})
}

func sayPending(win fyne.Window, quit func()) {
	kit.ShowDialog(win, kit.DialogOptions{
		Title: "请退出后重新打开清风", OnEscape: func() {},
		Content: paragraph("备份已经核对无误、准备好了。但有别的程序（可能是杀毒软件）正占用着原来的数据文件，最后一步要在重新打开清风时自动完成。没有丢失任何数据。"),
		Buttons: []*kit.Button{kit.NewPrimaryButton("退出", quit)},
	})
}

// SayRestored tells what a restore brought back and where the data of before is.
func SayRestored(win fyne.Window, r store.Restored) {
	text := "数据已恢复到 " + time.Unix(r.MadeAt, 0).Local().Format("2006-01-02 15:04") + " 的备份，请用当时的账号和密码登录。这以后登记的内容需要补登。"
	if r.Kept != "" {
		text += "\n恢复前的数据原样保存在：" + r.Kept
	}
	kit.ShowNotice(win, "恢复完成", text)
}

func timeOf(b folder.Backup) string { return b.At.Format("2006-01-02 15:04") }

// sizeOf writes bytes as people read them.
func sizeOf(bytes int64) string {
	const mb = 1 << 20
	if bytes < mb {
		return fmt.Sprintf("%d KB", max(1, bytes>>10))
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/mb)
}

// tall gives its one object a height in px.
type tall float32

func (t tall) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, float32(t))
}

func (tall) Layout(o []fyne.CanvasObject, s fyne.Size) { layout.NewStackLayout().Layout(o, s) }
