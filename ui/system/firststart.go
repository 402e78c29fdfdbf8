package system

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/report/page"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// FirstStart leads a new office through its steps: where the data lives, the
// hospital and its administrator, the recovery code, the roster. A folder of
// the time before accounts only takes the two in the middle.
type FirstStart struct {
	Win    fyne.Window
	Log    *slog.Logger
	Fonts  *page.Fonts
	Folder string // proposed data folder
	// Open takes or makes a data folder.
	Open func(ctx context.Context, dir string) (*store.Store, error)
	// Damaged is called for a folder whose database cannot be read.
	Damaged func(dir string, err error)
	// SignIn is called with a folder that has accounts already.
	SignIn func(s *store.Store)
	// Restore is called with a folder that a backup of another computer is to
	// be restored into.
	Restore func(dir string)
	// Done is called with the store in which the administrator is signed in;
	// importRoster asks for the roster next.
	Done func(s *store.Store, importRoster bool)
	// OpenFile shows a file with the system's viewer; nil is the usual way.
	OpenFile func(path string) error

	steps    []string
	dropKeys func() // takes the keys of the step before away
}

// Titles of the steps.
const (
	stepFolder   = "数据文件夹"
	stepHospital = "医院与管理员"
	stepCode     = "恢复码"
	stepRoster   = "花名册"
)

// Show puts the first step into the window.
func (f *FirstStart) Show() {
	f.steps = []string{stepFolder, stepHospital, stepCode, stepRoster}
	f.askFolder()
}

// Upgrade gives a folder of the time before accounts its administrator.
func (f *FirstStart) Upgrade(s *store.Store) {
	f.steps = []string{stepHospital, stepCode}
	kit.SetContent(f.Win, nil)
	f.afterFolder(s)
}

func (f *FirstStart) upgrades() bool { return !slices.Contains(f.steps, stepFolder) }

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
	next := kit.NewPrimaryButton("下一步", form.Save)
	form.OnSave = submit(next, "正在打开…", func() func(context.Context) (*store.Store, error) {
		f.Folder = dir.Value()
		return func(ctx context.Context) (*store.Store, error) { return f.Open(ctx, f.Folder) }
	}, func(s *store.Store, err error) {
		switch {
		case store.IsDamaged(err):
			f.dropKeys()
			f.Damaged(f.Folder, err)
		case err != nil:
			kit.ShowError(f.Win, err, f.Log)
		default:
			f.afterFolder(s)
		}
	})
	pick := kit.NewButton("选择文件夹…", func() {
		kit.PickFolder(f.Win, "数据文件夹", func(path string) { dir.SetText(path) })
	})
	restore := kit.NewDoor("换了电脑？从备份恢复…", func() { f.restoreInto(form, dir.Value()) })
	f.step(stepFolder, "数据放在哪里", kit.Below(
		paragraph("全部数据保存在这台电脑的一个文件夹里，不上网。请选本机硬盘，不要选 U 盘或网络盘。"+
			"如果选中的文件夹里已经有清风的数据，就直接打开它。"),
		form.Body()), form.Save, kit.Beside(pick, restore), next)
	form.Focus("")
}

// restoreInto goes on with a backup instead of a new office.
func (f *FirstStart) restoreInto(form *kit.Form, dir string) {
	switch {
	case !filepath.IsAbs(dir):
		form.SetErrors(map[string]string{"Dir": "请写完整的路径，或用“选择文件夹”"})
	case folder.Exists(dir):
		form.SetErrors(map[string]string{"Dir": "这个文件夹里已有清风的数据。请先打开它，再在“备份与恢复”里恢复；或换一个空文件夹"})
	default:
		f.dropKeys()
		f.Restore(dir)
	}
}

// afterFolder finds out what a folder that was opened still lacks.
func (f *FirstStart) afterFolder(s *store.Store) {
	type state struct {
		founded bool
		profile model.Hospital
	}
	kit.Run(context.Background(), func(ctx context.Context) (st state, err error) {
		if st.founded, err = s.Founded(ctx); err != nil || st.founded {
			return st, err
		}
		st.profile, err = s.UnfoundedHospital(ctx)
		if model.CodeOf(err) == model.NotFound {
			return state{profile: model.NewHospital("")}, nil
		}
		return st, err
	}, func(st state, err error) {
		switch {
		case err != nil:
			kit.ShowError(f.Win, err, f.Log)
		case st.founded:
			f.dropKeys()
			f.SignIn(s)
		default:
			f.askProfile(s, st.profile)
		}
	})
}

// askProfile asks for the hospital and its administrator; both are stored
// together.
func (f *FirstStart) askProfile(s *store.Store, h model.Hospital) {
	profile, password := newProfileInputs(h), newPasswordPair()
	login, name := kit.NewEntry(model.MaxEmployeeNo), kit.NewEntry(model.MaxName)
	admin := append([]kit.FormItem{
		kit.Section("管理员"),
		kit.Field{Key: "Login", Label: "登录名", Required: true, Input: login, Hint: "姓名拼音或工号，以后不能改"},
		kit.Field{Key: "AdminName", Label: "姓名", Required: true, Input: name},
	}, password.items("密码")...)
	form := kit.NewForm(f.Win, slices.Concat(profile.hospitalItems(), []kit.FormItem{kit.NextColumn()}, admin)...)
	form.Log = f.Log
	form.Validate = password.check
	next := kit.NewPrimaryButton("下一步", form.Save)
	form.OnSave = submit(next, "正在保存…", func() func(context.Context) (string, error) {
		h, a, secret := profile.hospital(), model.Account{Login: login.Value(), Name: name.Value()}, password.value()
		return func(ctx context.Context) (string, error) { return s.Found(ctx, h, a, secret) }
	}, func(code string, err error) {
		if err != nil {
			form.ShowError(err)
			return
		}
		f.showCode(s, code)
	})
	why, first := "只有带 * 的必须填；举报电话、廉政账户等可以以后在“系统 · 医院概况”补充。管理员管理账号、设置和备份，其他人的账号以后由他开。", fyne.CanvasObject(container.NewStack())
	if f.upgrades() {
		why = "这个数据文件夹来自没有账号的旧版本。请核对医院概况，并设一名管理员：从现在起要登录才能打开，身份证号等敏感信息加密保存。原有的台账都在。"
	} else {
		first = kit.NewButton("上一步", func() { form.Leave(f.askFolder) })
	}
	form.MarkClean()
	f.step(stepHospital, stepHospital, kit.Below(paragraph(why), form.Body()), form.Save, first, next)
	if h.Name != "" {
		form.Focus("Login")
		return
	}
	form.Focus("Name")
}

// showCode shows the recovery code, which is not to be seen again.
func (f *FirstStart) showCode(s *store.Store, code string) {
	var r *recoveryCode
	next := kit.NewPrimaryButton("下一步", func() { f.leaveCode(s, r) })
	next.Disable()
	r = newRecoveryCode(Deps{Deps: office.Deps{Win: f.Win, Store: s, Fonts: f.Fonts, Log: f.Log, Open: f.OpenFile}}, code,
		func(sealed bool) { office.Enable(next, sealed) })
	r.guardClosing()
	f.step(stepCode, "打印恢复码", r.content, func() {
		if r.sealed.Checked() {
			f.leaveCode(s, r)
		}
	}, container.NewStack(), next)
	f.Win.Canvas().Focus(r.sealed)
}

func (f *FirstStart) leaveCode(s *store.Store, r *recoveryCode) {
	r.forget()
	f.Win.SetCloseIntercept(nil)
	if f.upgrades() {
		f.finish(s, false)
		return
	}
	f.askRoster(s)
}

func (f *FirstStart) askRoster(s *store.Store) {
	later := kit.NewButton("稍后再说", func() { f.finish(s, false) })
	now := kit.NewPrimaryButton("导入花名册…", func() { f.finish(s, true) })
	f.step(stepRoster, "职工花名册", paragraph("把人事科的花名册（Excel 或 CSV）直接导入即可，不用先改格式：标题行、合并单元格、合计行都能认。"+
		"导入前会先给您看将新增和变动哪些人，确认后才写入。"), func() { f.finish(s, true) }, container.NewStack(), later, now)
	f.Win.Canvas().Focus(now)
}

func (f *FirstStart) finish(s *store.Store, importRoster bool) {
	f.dropKeys()
	f.Done(s, importRoster)
}

// step shows one step in the middle of the window; next is what Ctrl+S does.
// The first button stands at the left.
func (f *FirstStart) step(step, title string, content fyne.CanvasObject, next func(), first fyne.CanvasObject, buttons ...fyne.CanvasObject) {
	if f.dropKeys != nil {
		f.dropKeys()
	}
	f.dropKeys = kit.PushKeys(f.Win, kit.Keys{"Ctrl+S": next})
	var trail []fyne.CanvasObject
	for i, t := range f.steps {
		tone := kit.Neutral
		if t == step {
			tone = kit.Accent
		}
		trail = append(trail, kit.NewChip(strconv.Itoa(i+1)+" "+t, tone))
	}
	bar := kit.Spread(kit.Beside(first), kit.Beside(buttons...))
	card := kit.NewCard(title, kit.Beside(trail...), kit.Below(content, gapAbove(bar)))
	box := kit.Wide(900, kit.Below(kit.NewHeading("欢迎使用清风"), card))
	box.Resize(box.MinSize()) // text that breaks knows its height once it has a width
	kit.SetContent(f.Win, container.NewCenter(box))
}
