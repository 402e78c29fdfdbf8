package kit

import (
	"context"
	"errors"
	"fmt"
	"image"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func suggestLetters(_ context.Context, text string) ([]Suggestion, error) {
	var found []Suggestion
	for _, l := range letters(13) {
		if strings.Contains(l.name, text) {
			found = append(found, Suggestion{l.id, l.name, l.dept + " " + l.staffNo})
		}
	}
	return found, nil
}

type handover struct {
	form                    *Form
	way                     *Segmented
	giver, keeper, overseer *Picker
	received, handed        *DateField
	fen                     *MoneyField
	note                    *Entry
}

func newHandover(win fyne.Window) *handover {
	h := &handover{
		way:   NewSegmented([]Option{{"real", "实名"}, {"anon", "匿名"}}),
		giver: NewPicker(suggestLetters), keeper: NewPicker(suggestLetters), overseer: NewPicker(suggestLetters),
		received: NewDateField(), handed: NewDateField(), fen: NewMoneyField(), note: NewMultiEntry(500, 3),
	}
	party := NewSegmented([]Option{{"p", "患者"}, {"f", "家属"}, {"c", "企业"}, {"u", "不明"}})
	party.SetValue("p")
	kind := NewChoice([]Option{{"cash", "现金"}, {"card", "购物卡"}, {"gift", "物品"}})
	h.form = NewForm(win,
		Section("上交"),
		Field{Key: "Way", Label: "上交方式", Required: true, Input: h.way},
		Field{Key: "Giver", Label: "上交人", Required: true, Input: h.giver},
		Field{Key: "Received", Label: "收受时间", Required: true, Input: h.received},
		Field{Key: "Handed", Label: "上交时间", Required: true, Input: h.handed},
		Section("送方"),
		Field{Key: "Party", Label: "送方类别", Required: true, Input: party},
		Field{Key: "Patient", Label: "患者姓名", Hint: "加密保存，只有经办人看得到", Input: NewEntry(30)},
		Field{Key: "Bed", Label: "住院号 / 床号", Input: NewEntry(30)},
		Field{Key: "Note", Label: "地点和经过", Input: h.note},
		NextColumn(),
		Section("财物"),
		Field{Key: "Kind", Label: "类别", Required: true, Input: kind},
		Field{Key: "Fen", Label: "金额（元）", Required: true, Input: h.fen},
		Field{Key: "Tick", Label: "", Input: NewCheck("已当面清点")},
		Section("保管"),
		Field{Key: "Keeper", Label: "经手人", Required: true, Input: h.keeper},
		Field{Key: "Overseer", Label: "监交人", Required: true, Input: h.overseer},
		Field{Key: "No", Label: "编号", Input: NewReadOnly("红包-2026-0009")},
	)
	return h
}

func TestFormPage(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	h := newHandover(w)
	w2 := Frame(nil, nil, container.New(fixedWidth(188), newPlate(ColorSide, "", 0)), nil, h.form.Page("红包上交 · 新登记", "登记并打印收据　Ctrl+S"))
	SetContent(w, w2)
	h.form.Shown()
	h.way.SetValue("real")
	h.giver.SetChosen(Suggestion{1, "徐𬱖", "麻醉手术科 01271"})
	h.received.SetText("2026-8-7")
	h.received.normalise()
	h.handed.SetDate("2026-08-10")
	h.form.SetHint("Handed", "间隔 1 个工作日，在规定的 2 个工作日内（《某县中医院红包上交规定》第四条）", Warn)
	h.note.SetText("术后第二天查房时塞入口袋，当面退还被拒。")
	h.fen.SetText("3600")
	h.form.Save()
	picture(t, w, "form-errors")
	h.handed.SetText("2026-13-40，下个月的某一天")
	h.form.checkRow(h.form.row("Handed"))
	h.form.SetErrors(map[string]string{"Overseer": "监交人须与经手人不同"})
	h.received.openCalendar()
	picture(t, w, "form-calendar")
	h.received.popup.close()
	h.giver.open("")
	picture(t, w, "form-picker")
	h.giver.popup.close()
	h.form.Cancel()
	picture(t, w, "form-leave")
}

func TestDialogPictures(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	staff := NewForm(w,
		Field{Key: "Name", Label: "姓名", Required: true, Input: NewEntry(30)},
		Field{Key: "Dept", Label: "科室", Required: true, Input: NewChoice([]Option{{"1", "急诊科"}, {"2", "麻醉手术科"}})},
		Field{Key: "Birth", Label: "出生日期", Input: NewPartialField()},
		Field{Key: "Gender", Label: "性别", Input: NewSegmented([]Option{{"m", "男"}, {"f", "女"}})},
		Field{Key: "Key", Label: "关键岗位", Input: NewCheck("属于关键岗位"), Hint: "按《关键岗位目录》认定，须写明理由"},
		Field{Key: "Note", Label: "备注", Input: NewMultiEntry(200, 2)},
	)
	staff.OnSave = func() func(context.Context) error { return nil }
	staff.ShowDialog("新增职工", "")
	staff.Save()
	picture(t, w, "dialog-form")
	ShowError(w, errors.New("sql: database is locked (5) (SQLITE_BUSY)"), nil)
	picture(t, w, "dialog-error")
	test.TapCanvas(w.Canvas(), fyne.NewPos(5, 5))

	w = newWindow(t, nil)
	AskText(w, TextQuestion{Title: "作废 CN-2026-00328-4", Text: "作废后编号不再使用，签过的纸质承诺书请一并收回。", Label: "原因", Yes: "作废", Required: true, Danger: true}, func(string) {})
	Toast(w, "已登记 12 份，还有 29 份未交回", Good)
	picture(t, w, "dialog-text")

	w = newWindow(t, nil)
	env := manualEnv(t)
	ShowProgress(w, "正在生成承诺书", func(_ context.Context, r Report) error { r(120, 620, "急诊科"); return nil }, func(error) {})
	p := env.work[0]
	env.work = nil
	_ = p
	picture(t, w, "dialog-progress")
}

func TestPreviewPicture(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	ShowPreview(w, Preview{Title: "承诺书 · 急诊科", Pages: 120, OnPrint: func() {}, OnSave: func() {},
		Render: func(_ context.Context, page, dpi int) (image.Image, error) {
			img := image.NewGray(image.Rect(0, 0, 794*dpi/96, 1123*dpi/96))
			for i := range img.Pix {
				img.Pix[i] = 0xFF
			}
			return img, nil
		}})
	picture(t, w, "preview")
}

func TestFileDialogPicture(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	PickSave(w, "导出到", "职工名册.xlsx", func(string) {})
	picture(t, w, "files")
}

func TestHomePicture(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	stats := container.New(columnsLayout{gap: 10},
		NewStatCard(Stat{Title: "自查率", Value: "96.3%", Caption: "597 / 620", Bar: 0.963, BarTone: Accent, Door: "查看未查 23 人", Open: func() {}}),
		NewStatCard(Stat{Title: "承诺书签订率", Value: "93.4%", Caption: "579 / 620", Bar: 0.934, BarTone: Accent, Door: "查看未交 41 份", Open: func() {}}),
		NewStatCard(Stat{Title: "问题销号率", Value: "71.0%", Caption: "22 / 31", Chip: "3 项逾期", ChipTone: Bad, Bar: 0.71, BarTone: Warn, Door: "查看 9 项未销号", Open: func() {}}),
		NewStatCard(Stat{Title: "红包待处置", Value: "￥3,600.00", Bar: -1, Chip: "1 笔超过 7 天", ChipTone: Warn, Door: "查看 2 笔", Open: func() {}}),
	)
	type lag struct {
		dept       string
		done, all  int
		ratio      float64
		tone       Tone
		letterDone string
	}
	rows := []lag{{"急诊科", 14, 22, 0.64, Bad, "15 / 22"}, {"麻醉手术科", 11, 15, 0.73, Bad, "9 / 15"}, {"总务科", 8, 10, 0.8, Warn, "8 / 10"}, {"检验科", 14, 15, 0.93, Accent, "15 / 15"}}
	table := NewTable(TableOptions[lag]{Source: Rows(rows), Columns: []Column[lag]{
		{Title: "科室", Text: func(l lag) string { return l.dept }},
		{Title: "自查", Text: func(l lag) string { return fmt.Sprintf("%d / %d", l.done, l.all) }},
		{Title: "", Width: 150, Bar: func(l lag) (float64, Tone) { return l.ratio, l.tone }},
		{Title: "承诺书", Align: AlignRight, Text: func(l lag) string { return l.letterDone }},
	}})
	page := container.New(pageInset, Frame(container.New(inset{0, 0, 10, 0}, stats), nil, nil, nil,
		NewCard("进度落后的科室", NewDoor("导出催办单", func() {}), table)))
	SetContent(w, shell(page))
	picture(t, w, "home")
}
