package system

import (
	"context"
	"log/slog"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// FirstStart leads a new office through three steps: where the data lives,
// the hospital's profile, the roster.
type FirstStart struct {
	Win    fyne.Window
	Log    *slog.Logger
	Folder string // proposed data folder
	// Open takes or makes a data folder.
	Open func(ctx context.Context, dir string) (*store.Store, error)
	// Done is called with the open store; importRoster asks for the roster next.
	Done func(s *store.Store, importRoster bool)

	dropKeys func() // takes the keys of the step before away
}

// Show puts the first step into the window.
func (f *FirstStart) Show() { f.askFolder() }

func (f *FirstStart) askFolder() {
	dir := kit.NewEntry(240)
	dir.SetText(f.Folder)
	pick := kit.NewButton("选择文件夹…", func() {
		kit.PickFolder(f.Win, "数据文件夹", func(path string) { dir.SetText(path) })
	})
	var next *kit.Button
	open := func() {
		next.Disable()
		path := strings.TrimSpace(dir.Text)
		kit.Run(context.Background(), func(ctx context.Context) (*store.Store, error) { return f.Open(ctx, path) },
			func(s *store.Store, err error) {
				next.Enable()
				if err != nil {
					kit.ShowError(f.Win, err, f.Log)
					return
				}
				f.afterFolder(s)
			})
	}
	next = kit.NewPrimaryButton("下一步", open)
	dir.OnSubmitted = func(string) { open() }
	f.step(1, "数据放在哪里", kit.Below(
		kit.NewParagraph("全部数据保存在这台电脑的一个文件夹里，不上网。请选本机硬盘，不要选 U 盘或网络盘。"+
			"如果选中的文件夹里已经有清风的数据，就直接打开它。"),
		container.NewBorder(nil, nil, kit.NewLabel("数据文件夹"), pick, dir)), open, next)
	f.Win.Canvas().Focus(dir)
}

func (f *FirstStart) afterFolder(s *store.Store) {
	kit.Run(context.Background(), s.Hospital, func(_ model.Hospital, err error) {
		switch {
		case err == nil:
			f.dropKeys()
			f.Done(s, false)
		case model.CodeOf(err) == model.NotFound:
			f.askProfile(s)
		default:
			kit.ShowError(f.Win, err, f.Log)
		}
	})
}

func (f *FirstStart) askProfile(s *store.Store) {
	form := profileForm(f.Win, f.Log, model.NewHospital(""), s.SaveHospital)
	form.OnSaved = func() { f.askRoster(s) }
	f.step(2, "医院概况", kit.Below(
		kit.NewParagraph("承诺书、报表和上报都从这里取。只有医院名称必须填，其余可以以后在“系统 · 医院概况”补充。"),
		form.Body()), form.Save, kit.NewPrimaryButton("下一步", form.Save))
	form.Focus("Name")
}

func (f *FirstStart) askRoster(s *store.Store) {
	done := func(importRoster bool) {
		f.dropKeys()
		f.Done(s, importRoster)
	}
	later := kit.NewButton("稍后再说", func() { done(false) })
	now := kit.NewPrimaryButton("导入花名册…", func() { done(true) })
	f.step(3, "职工花名册", kit.Below(
		kit.NewParagraph("把人事科的花名册（Excel 或 CSV）直接导入即可，不用先改格式：标题行、合并单元格、合计行都能认。"+
			"导入前会先给您看将新增和变动哪些人，确认后才写入。")), func() { done(true) }, later, now)
	f.Win.Canvas().Focus(now)
}

// step shows one step in the middle of the window; next is what Ctrl+S does.
func (f *FirstStart) step(n int, title string, content fyne.CanvasObject, next func(), buttons ...fyne.CanvasObject) {
	if f.dropKeys != nil {
		f.dropKeys()
	}
	f.dropKeys = kit.PushKeys(f.Win, kit.Keys{"Ctrl+S": next})
	titles := []string{"数据文件夹", "医院概况", "花名册"}
	var trail []fyne.CanvasObject
	for i, t := range titles {
		tone := kit.Neutral
		if i+1 == n {
			tone = kit.Accent
		}
		trail = append(trail, kit.NewChip(string(rune('1'+i))+" "+t, tone))
	}
	bar := kit.Spread(kit.NewMuted(""), kit.Beside(buttons...))
	card := kit.NewCard(title, kit.Beside(trail...), kit.Below(content, bar))
	kit.SetContent(f.Win, container.NewCenter(kit.Wide(900, kit.Below(kit.NewHeading("欢迎使用清风"), card))))
}
