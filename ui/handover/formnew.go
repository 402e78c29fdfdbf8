package handover

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// newForm is the form for a new handover.
type newForm struct {
	*circumstances
	manner          *kit.Segmented
	items           itemTable
	total, upper    *kit.Label
	keeper          *kit.WordField
	coKeeper        *kit.WordField
	keptAt          *kit.WordField
	files           *kit.FileList
	withoutReceipt  bool // of the attempt to save that begins
	printed         bool // the receipt follows, of the attempt that ended
	id              int64
	no              string
	gaveBefore      []store.Companion
	couldNotCompare error
}

// New opens the form for a new handover in the place of the register.
func (p *HandoversPage) New() {
	if !p.deps.Store.May(model.Write) {
		return
	}
	p.Leave(func() {
		office.Read(p.deps.Deps, func(ctx context.Context) (words, error) { return usedWords(ctx, p.deps.Store) },
			func(used words) {
				if p.Filling() {
					return // the key was pressed twice
				}
				f := &newForm{circumstances: newCircumstances(p, used)}
				f.make(used)
				f.show()
			})
	})
}

func (f *newForm) make(used words) {
	me := f.page.account()
	f.manner = kit.NewSegmented(office.Options([]string{model.Named, model.Anonymous}))
	f.manner.SetValue(model.Named)
	f.manner.OnChanged = func(v string) {
		f.anonymous = v == model.Anonymous
		f.fitManner()
		f.judge()
	}
	f.fill(model.Handover{HandedAt: day.MomentOf(kit.Now()), ReceivedBy: me}, kit.Suggestion{})
	f.items = newItemTable()
	f.items.Put(newItemLine())
	f.total, f.upper = kit.NewHeading(""), kit.NewLabel("")
	f.items.OnChanged = f.sum
	f.keeper, f.coKeeper = kit.NewWordField(model.MaxName, used.keepers...), kit.NewWordField(model.MaxName, used.coKeepers...)
	f.keptAt = kit.NewWordField(model.MaxShort, used.places...)
	f.keeper.SetText(me)
	if len(used.places) > 0 {
		f.keptAt.SetText(used.places[0])
	}
	f.files = kit.NewFileList("登记后加密保存。也可以以后用“扫描件…”添加。")
	f.sum()
}

func (f *newForm) sum() {
	figures, upper := said(f.items.sum())
	f.total.SetText(figures)
	f.upper.SetText(upper)
}

func (f *newForm) show() {
	win := f.page.deps.Win
	f.upper.Align(fyne.TextAlignTrailing)
	items := []kit.FormItem{
		kit.Section("上交"),
		kit.Field{Key: "Anonymous", Label: "上交方式", Required: true, Input: f.manner},
	}
	items = append(items, f.who()...)
	items = append(items, kit.Section("送方"))
	items = append(items, f.from()...)
	items = append(items, kit.NextColumnOf(rightColumn),
		kit.SectionWith("财物", kit.NewDoor("＋ 添加一项", f.items.Add)),
		kit.Field{Key: "Items", Label: "财物", Required: true, Wide: true, Input: f.items.Lines},
		kit.Block(container.New(layout.NewCustomPaddedVBoxLayout(2),
			kit.Frame(nil, nil, nil, kit.Beside(kit.NewMuted("合计"), f.total), container.NewStack()), f.upper)),
		kit.Section("保管"),
		kit.Field{Key: "ReceivedBy", Label: "经手人", Required: true, Input: f.receivedBy},
		kit.Field{Key: "WitnessedBy", Label: "监交人", Required: true, Input: f.witnessedBy},
		kit.Field{Key: "Keeper", Label: "保管人", Required: true, Input: f.keeper},
		kit.Field{Key: "CoKeeper", Label: "共同保管人", Input: f.coKeeper},
		kit.Field{Key: "KeptAt", Label: "保管位置", Input: f.keptAt},
		kit.Field{Key: "Remark", Label: "备注", Input: f.remark},
		kit.SectionWith("照片和扫描件", kit.NewDoor("＋ 添加", func() {
			kit.PickOpenSeveral(win, "选择照片和扫描件", model.AttachmentKinds, f.files.Add)
		})),
		kit.Field{Key: "Files", Label: "照片和扫描件", Wide: true, Input: f.files})
	form := kit.NewForm(win, items...)
	form.Log = f.page.deps.Log
	form.Beside = []fyne.CanvasObject{kit.NewChip("草稿", kit.Info)}
	form.Buttons = []*kit.Button{kit.NewButton("登记", func() {
		f.withoutReceipt = true
		form.Save()
		f.withoutReceipt = false
	})}
	form.Validate, form.OnSave, form.OnSaved = f.validate, f.save, f.saved
	form.OnCancel = f.page.closeForm
	f.placed(form)
	form.OnChange = func() { f.sayNames(f.value(), "CoKeeper") }
	f.page.openForm(form, form.Page("红包上交 · 新登记", "登记并打印收据  Ctrl+S"))
}

// rightColumn is how much wider than the left the column with the items is.
const rightColumn = 1.25

func (f *newForm) value() model.Handover {
	h := f.circumstances.value(model.Handover{})
	h.Keeper, h.CoKeeper, h.KeptAt = f.keeper.Value(), f.coKeeper.Value(), f.keptAt.Value()
	return h
}

func (f *newForm) validate() map[string]string {
	out := office.FieldMessages(f.value().Validate())
	for key, m := range office.FieldMessages(f.value().CheckHander(f.person.Chosen().Text)) {
		if !f.anonymous && out[key] == "" {
			out[key] = m
		}
	}
	if m := f.items.check(); m != "" {
		out["Items"] = m
	}
	return out
}

func (f *newForm) save() func(context.Context) error {
	h, items, s := f.value(), f.items.values(), f.page.deps.Store
	f.printed = !f.withoutReceipt
	return func(ctx context.Context) (err error) {
		if f.id, f.no, err = s.RegisterHandover(ctx, h, items); err != nil {
			return err
		}
		// It is registered whatever comes of this.
		f.gaveBefore, f.couldNotCompare = s.SameGiver(ctx, f.id)
		return nil
	}
}

// saved goes on with what comes after: files, receipt, and what there is to
// know about the giver.
func (f *newForm) saved() {
	p := f.page
	if f.couldNotCompare != nil {
		p.deps.Log.Error("same giver", "err", f.couldNotCompare)
	}
	p.closeForm()
	p.ClearFilters()
	p.done("已登记 " + f.no)
	p.SelectID(f.id)
	row := handover{}
	row.ID, row.FormNo = f.id, f.no
	tell := func() { f.tellCompanions() }
	receipt := tell
	if f.printed {
		receipt = func() { p.printReceipts([]handover{row}, tell) }
	}
	if paths := f.files.Paths(); len(paths) > 0 {
		office.Attach(p.deps.Deps, attached(row), paths, func(int, int64, bool) {
			p.Refresh()
			receipt()
		})
		return
	}
	receipt()
}

// companionsTold is how many earlier handovers a notice names.
const companionsTold = 5

// tellCompanions says that the same patient or company gave before.
func (f *newForm) tellCompanions() {
	if len(f.gaveBefore) == 0 {
		return
	}
	lines := []string{fmt.Sprintf("%s 的送方以前也送过，已上交登记 %d 次：", f.no, len(f.gaveBefore))}
	for i, c := range f.gaveBefore {
		if i == companionsTold {
			lines = append(lines, "…")
			break
		}
		lines = append(lines, fmt.Sprintf("%s　%s　%s", c.FormNo, c.HandedAt.Date(), c.Why))
	}
	lines = append(lines, "同名的可能不是同一个人，请核对。")
	kit.ShowNotice(f.page.deps.Win, "同一送方", strings.Join(lines, "\n"))
}
