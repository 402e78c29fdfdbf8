package system

import (
	"context"
	"log/slog"
	"path/filepath"

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
	form := kit.NewForm(f.Win, kit.Field{Key: "Dir", Label: "数据文件夹", Required: true, Input: dir})
	form.Log = f.Log
	form.Validate = func() map[string]string {
		if !filepath.IsAbs(dir.Value()) {
			return map[string]string{"Dir": "请写完整的路径，或用“选择文件夹”"}
		}
		return nil
	}
	var s *store.Store
	form.OnSave = func() func(context.Context) error {
		f.Folder = dir.Value()
		return func(ctx context.Context) (err error) {
			s, err = f.Open(ctx, f.Folder)
			return err
		}
	}
	form.OnSaved = func() { f.afterFolder(s) }
	pick := kit.NewButton("选择文件夹…", func() {
		kit.PickFolder(f.Win, "数据文件夹", func(path string) { dir.SetText(path) })
	})
	f.step(1, "数据放在哪里", kit.Below(
		paragraph("全部数据保存在这台电脑的一个文件夹里，不上网。请选本机硬盘，不要选 U 盘或网络盘。"+
			"如果选中的文件夹里已经有清风的数据，就直接打开它。"),
		form.Body()), form.Save, pick, kit.NewPrimaryButton("下一步", form.Save))
	form.Focus("")
}

// afterFolder opens a folder that an office already works with.
func (f *FirstStart) afterFolder(s *store.Store) {
	f.withHospital(s, func(h model.Hospital, known bool) {
		if known {
			f.finish(s, false)
			return
		}
		f.askProfile(s, model.NewHospital(""))
	})
}

func (f *FirstStart) withHospital(s *store.Store, then func(h model.Hospital, known bool)) {
	kit.Run(context.Background(), s.Hospital, func(h model.Hospital, err error) {
		if err != nil && model.CodeOf(err) != model.NotFound {
			kit.ShowError(f.Win, err, f.Log)
			return
		}
		then(h, err == nil)
	})
}

func (f *FirstStart) askProfile(s *store.Store, h model.Hospital) {
	form := profileForm(f.Win, f.Log, h, s.SaveHospital)
	form.OnSaved = func() { f.askRoster(s) }
	back := kit.NewButton("上一步", func() { form.Leave(f.askFolder) })
	form.MarkClean()
	f.step(2, "医院概况", kit.Below(
		paragraph("承诺书、报表和上报都从这里取。只有医院名称必须填，其余可以以后在“系统 · 医院概况”补充。"),
		form.Body()), form.Save, back, kit.NewPrimaryButton("下一步", form.Save))
	form.Focus("Name")
}

func (f *FirstStart) askRoster(s *store.Store) {
	back := kit.NewButton("上一步", func() {
		f.withHospital(s, func(h model.Hospital, _ bool) { f.askProfile(s, h) })
	})
	later := kit.NewButton("稍后再说", func() { f.finish(s, false) })
	now := kit.NewPrimaryButton("导入花名册…", func() { f.finish(s, true) })
	f.step(3, "职工花名册", paragraph("把人事科的花名册（Excel 或 CSV）直接导入即可，不用先改格式：标题行、合并单元格、合计行都能认。"+
		"导入前会先给您看将新增和变动哪些人，确认后才写入。"), func() { f.finish(s, true) }, back, later, now)
	f.Win.Canvas().Focus(now)
}

func (f *FirstStart) finish(s *store.Store, importRoster bool) {
	f.dropKeys()
	f.Done(s, importRoster)
}

// step shows one step in the middle of the window; next is what Ctrl+S does.
// The first button stands at the left.
func (f *FirstStart) step(n int, title string, content fyne.CanvasObject, next func(), first fyne.CanvasObject, buttons ...fyne.CanvasObject) {
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
	bar := kit.Spread(kit.Beside(first), kit.Beside(buttons...))
	card := kit.NewCard(title, kit.Beside(trail...), kit.Below(content, gapAbove(bar)))
	box := kit.Wide(900, kit.Below(kit.NewHeading("欢迎使用清风"), card))
	box.Resize(box.MinSize()) // text that breaks knows its height once it has a width
	kit.SetContent(f.Win, container.NewCenter(box))
}
