package kit

import (
	"context"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// shell draws a frame like the program's around a page, for pictures.
func shell(page fyne.CanvasObject) fyne.CanvasObject {
	nav := NewSideNav([]NavGroup{
		{"", []NavItem{{"home", "工作台"}}},
		{"基础", []NavItem{{"dept", "科室"}, {"staff", "职工"}}},
		{"专项行动", []NavItem{{"plan", "方案与进度"}, {"self", "自查自纠"}, {"letter", "承诺书"}, {"fix", "问题整改"}}},
		{"台账", []NavItem{{"gift", "红包上交"}, {"eval", "医德考评"}, {"case", "线索与案件"}, {"talk", "谈话与教育"}, {"vendor", "供应商与来访"}}},
		{"报表", []NavItem{{"stat", "统计表"}, {"sum", "总结报告"}, {"up", "上报与汇总"}}},
		{"系统", []NavItem{{"backup", "备份与体检"}, {"log", "账户与日志"}, {"set", "设置"}}},
	}, func(string) {})
	nav.Select("letter")
	nav.SetBadge("self", 23)
	nav.SetBadge("letter", 41)
	nav.SetBadge("fix", 3)
	bar := func(h float32, o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewStack(newPlate(ColorCard, "", 0), container.New(inset{(h - 20) / 2, 16, (h - 20) / 2, 12}, o))
	}
	return Frame(bar(40, NewHeading("清风")), bar(24, NewMuted("数据：文档\\清风数据")), nav.Panel(), nil, page)
}

// letterPage is the gallery's register page over 5,000 invented letters.
func letterPage(w fyne.Window, source Source[letter], multi bool) *RegisterPage[letter] {
	rate := NewRateBar("签订率")
	rate.SetRate(579, 620)
	return NewRegisterPage(w, Register[letter]{
		Title: "承诺书", Subtitle: "个人廉洁从业承诺书",
		Columns: letterColumns(), Source: source, ID: func(l letter) int64 { return l.id }, Sort: "dept", Multi: multi,
		Filters: []Filter{
			{Key: "kind", All: "全部类别", Options: []Option{{"p", "个人"}, {"d", "科室"}}, Start: "p"},
			{Key: "dept", All: "全部科室", Load: func(context.Context) ([]Option, error) {
				var o []Option
				for i, d := range testDepts {
					o = append(o, Option{fmt.Sprint(i), d})
				}
				return o, nil
			}},
			{Key: "state", All: "全部状态", Options: []Option{{"0", "未交回"}, {"1", "已交回"}}},
		},
		Keyword: "姓名、拼音、工号、编号",
		Actions: []Action[letter]{
			{Label: "打印", Primary: true, Menu: []Action[letter]{
				{Label: "打印选中的", Key: "Ctrl+P", Enabled: Selection[letter].Any, Run: func(Selection[letter]) {}},
				{Label: "打印一个科室", Run: func(Selection[letter]) {}}, {Label: "全部打印", Run: func(Selection[letter]) {}},
			}},
			{Label: "登记交回", Key: "Ctrl+N", Run: func(Selection[letter]) {}},
			{Label: "导出", Run: func(Selection[letter]) {}},
		},
		More: []Action[letter]{{Label: "按科室登记", Run: func(Selection[letter]) {}}},
		Detail: func(l letter) []Piece {
			return []Piece{
				{Text: l.name, Style: PieceBold}, {Text: l.dept + " · " + l.post + " · " + l.staffNo, Style: PieceMuted},
				{Text: l.no}, {Text: l.print + " 打印（李某），第 2 版", Style: PieceMuted}, {Text: l.note},
			}
		},
		RowActions: []RowAction[letter]{
			{Label: "登记交回", Show: func(l letter) bool { return l.state != 1 }, Run: func(letter) {}},
			{Label: "补打", Run: func(letter) {}}, {Label: "免签…", Run: func(letter) {}},
			{Label: "作废…", Danger: true, Run: func(letter) {}},
		},
		Open:  func(letter) {},
		Empty: Empty{Text: "承诺书由专项行动生成：选定方案后为在册的每个人各生成一份，编号不重复。", Button: "生成承诺书", Run: func() {}},
		Count: func(n int) string { return fmt.Sprintf("%d 份，共 620 份", n) },
		Side:  rate,
	})
}

func TestRegisterPictures(t *testing.T) {
	inlineEnv(t)
	w := newWindow(t, nil)
	rec := &recorder{rows: letters(5000)}
	p := letterPage(w, rec.source, false)
	SetContent(w, shell(p.Content()))
	p.Shown()
	p.table.SelectIndex(3)
	picture(t, w, "register")
	p.buttons[0].OnTapped()
	picture(t, w, "register-menu")
	w.Canvas().Overlays().Top().(*layer).close()
	rec.rows = nil
	p.Refresh()
	picture(t, w, "register-nothing-found")
	p.ClearFilters()
	picture(t, w, "register-empty")

	w = themedWindow(t, nil, 1.3)
	p = letterPage(w, (&recorder{rows: letters(5000)}).source, true)
	SetContent(w, shell(p.Content()))
	p.Shown()
	p.table.SelectIndex(9)
	p.table.toggle(3)
	p.table.toggle(9)
	picture(t, w, "register-large")
}
