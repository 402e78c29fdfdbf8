package system

import (
	"context"
	"log/slog"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

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
	f.step(1, "数据放在哪里", container.NewVBox(
		kit.NewParagraph("全部数据保存在这台电脑的一个文件夹里，不上网。请选本机硬盘，不要选 U 盘或网络盘。"+
			"如果选中的文件夹里已经有清风的数据，就直接打开它。"),
		container.NewBorder(nil, nil, kit.NewLabel("数据文件夹"), pick, dir)), next)
}

func (f *FirstStart) afterFolder(s *store.Store) {
	kit.Run(context.Background(), s.Hospital, func(_ model.Hospital, err error) {
		switch {
		case err == nil:
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
	f.step(2, "医院概况", container.NewVBox(
		kit.NewParagraph("承诺书、报表和上报都从这里取。只有医院名称必须填，其余可以以后在“系统 · 医院概况”补充。"),
		form.Body()), kit.NewPrimaryButton("下一步", form.Save))
}

func (f *FirstStart) askRoster(s *store.Store) {
	later := kit.NewButton("稍后再说", func() { f.Done(s, false) })
	now := kit.NewPrimaryButton("导入花名册…", func() { f.Done(s, true) })
	f.step(3, "职工花名册", container.NewVBox(
		kit.NewParagraph("把人事科的花名册（Excel 或 CSV）直接导入即可，不用先改格式：标题行、合并单元格、合计行都能认。"+
			"导入前会先给您看将新增和变动哪些人，确认后才写入。")), later, now)
}

// step shows one step in the middle of the window.
func (f *FirstStart) step(n int, title string, content fyne.CanvasObject, buttons ...fyne.CanvasObject) {
	titles := []string{"数据文件夹", "医院概况", "花名册"}
	var trail []fyne.CanvasObject
	for i, t := range titles {
		tone := kit.Neutral
		if i+1 == n {
			tone = kit.Accent
		}
		trail = append(trail, kit.NewChip(string(rune('1'+i))+" "+t, tone))
	}
	bar := container.NewHBox(append([]fyne.CanvasObject{layout.NewSpacer()}, buttons...)...)
	card := kit.NewCard(title, container.NewHBox(trail...), container.NewVBox(content, bar))
	kit.SetContent(f.Win, container.NewCenter(container.New(&wide{width: 900}, container.NewVBox(
		kit.NewHeading("欢迎使用清风"), card))))
}

// wide lays its one object out at a fixed width and its own height.
type wide struct{ width float32 }

func (w *wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(w.width, objects[0].MinSize().Height)
}

func (w *wide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(size)
	objects[0].Move(fyne.NewPos(0, 0))
}
