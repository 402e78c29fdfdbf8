package kit

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
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
		room := h - o.MinSize().Height
		return container.NewStack(newPlate(ColorCard, "", 0), container.New(inset{room / 2, 16, room / 2, 12}, o))
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
	w.Resize(fyne.NewSize(900, 600))
	p.table.view.scroll.ScrollToOffset(fyne.NewPos(150, 0))
	p.table.view.update()
	picture(t, w, "register-narrow")

	w = newWindow(t, nil)
	w.Resize(fyne.NewSize(1920, 1080))
	p = letterPage(w, (&recorder{rows: letters(5000)}).source, true)
	SetContent(w, shell(p.Content()))
	p.Shown()
	picture(t, w, "register-1920")
}

func shownPage(t *testing.T, source Source[letter]) (*RegisterPage[letter], fyne.Window) {
	t.Helper()
	w := newWindow(t, nil)
	p := letterPage(w, source, false)
	SetContent(w, shell(p.Content()))
	p.Shown()
	return p, w
}

func TestRegisterShowsTwentyRows(t *testing.T) {
	inlineEnv(t)
	p, _ := shownPage(t, (&recorder{rows: letters(100)}).source)
	if n := p.table.view.page(); n < 20 {
		t.Errorf("%d rows in view at 1366×768, want 20", n)
	}
}

func TestSearchWaitsForTheEndOfTyping(t *testing.T) {
	m := manualEnv(t)
	rec := &recorder{rows: letters(500)}
	p, w := shownPage(t, rec.source)
	m.Drain()
	rec.asked = nil
	w.Canvas().Focus(p.keyword)
	for _, r := range "张堃" {
		p.keyword.TypedRune(r)
		m.Pass(searchAfter - time.Millisecond)
		m.Drain()
	}
	if len(rec.asked) > 0 {
		t.Fatalf("searched for %q while typing", rec.asked[0].Keyword)
	}
	m.Pass(time.Millisecond)
	m.Drain()
	if len(rec.asked) != 1 || rec.asked[0].Keyword != "张堃" || rec.asked[0].Filters["kind"] != "p" {
		t.Errorf("searched %+v", rec.asked)
	}
}

func TestFiltersStayAndLead(t *testing.T) {
	inlineEnv(t)
	rec := &recorder{rows: letters(500)}
	p, _ := shownPage(t, rec.source)
	p.SetFilter("state", "0")
	last := func() Query { return rec.asked[len(rec.asked)-1] }
	if got := last().Filters; got["state"] != "0" || got["kind"] != "p" || p.filters[2].choice.text != "未交回" {
		t.Errorf("filters %v, shown %q", got, p.filters[2].choice.text)
	}
	p.Hidden()
	p.Shown()
	if got := last().Filters["state"]; got != "0" {
		t.Errorf("after coming back the filter is %q", got)
	}
	p.filters[2].choice.choose(0)
	if _, there := last().Filters["state"]; there {
		t.Error("a filter on all is sent")
	}
	p.SetKeyword("张")
	p.ClearFilters()
	if q := last(); len(q.Filters) > 0 || q.Keyword != "" || p.filters[0].choice.text != "全部类别" {
		t.Errorf("after clearing %+v", q)
	}
}

func TestAFilterSetBeforeItsOptionsCome(t *testing.T) {
	m := manualEnv(t)
	p, _ := shownPage(t, (&recorder{rows: letters(50)}).source)
	p.SetFilter("dept", "2")
	m.Drain()
	if got := p.filters[1].choice.text; got != "骨伤二科" {
		t.Errorf("the filter shows %q", got)
	}
}

func TestRegisterKeys(t *testing.T) {
	inlineEnv(t)
	var ran []string
	w := newWindow(t, nil)
	p := NewRegisterPage(w, Register[letter]{
		Title: "承诺书", Columns: letterColumns(), Source: (&recorder{rows: letters(50)}).source, Keyword: "姓名",
		ID:   func(l letter) int64 { return l.id },
		Open: func(l letter) { ran = append(ran, "open "+l.no) },
		Actions: []Action[letter]{
			{Label: "新增", Key: "Ctrl+N", Run: func(Selection[letter]) { ran = append(ran, "new") }},
			{Label: "打印", Menu: []Action[letter]{{Label: "选中的", Key: "Ctrl+P", Enabled: Selection[letter].Any, Run: func(s Selection[letter]) { ran = append(ran, "print "+s.Rows[0].no) }}}},
		},
		OnScan: func(code string) bool { ran = append(ran, "scan "+code); return code == "CN-1" },
	})
	SetContent(w, p.Content())
	p.Shown()
	ring := ringOf(w.Canvas())
	ring.fire("Ctrl+P") // nothing is selected
	ring.fire("Ctrl+N")
	key(w.Canvas().Focused(), fyne.KeyDown, fyne.KeyReturn)
	ring.fire("Ctrl+P")
	test.TypeOnCanvas(w.Canvas(), "CN-1") // a scanner types while the table has the focus
	key(w.Canvas().Focused(), fyne.KeyReturn)
	want := []string{"new", "open CN-2026-00307-0", "print CN-2026-00307-0", "scan CN-1"}
	if !slices.Equal(ran, want) {
		t.Errorf("ran %q, want %q", ran, want)
	}
	if p.keyword.Text != "" || p.Query().Keyword != "" {
		t.Errorf("a scanned number is searched for: %q", p.keyword.Text)
	}
	p.Hidden()
	if ring.fire("Ctrl+N") {
		t.Error("a hidden page hears keys")
	}
}

func TestEmptyRegisterSaysWhatItIsFor(t *testing.T) {
	inlineEnv(t)
	p, w := shownPage(t, (&recorder{}).source)
	if p.empty.Visible() || !p.clear.Visible() {
		t.Error("a filter without rows looks like an empty register")
	}
	p.ClearFilters()
	if !p.empty.Visible() || p.clear.Visible() {
		t.Error("an empty register does not say what it is for")
	}
	picture(t, w, "register-empty")
}

func TestRowActionsFitTheRow(t *testing.T) {
	inlineEnv(t)
	rows := letters(2)
	rows[0].state, rows[1].state = 0, 1
	p, _ := shownPage(t, (&recorder{rows: rows}).source)
	labels := func(i int) (l []string) {
		p.table.SelectIndex(i)
		for _, o := range p.strip.actions.Objects {
			l = append(l, o.(*Button).Label())
		}
		return l
	}
	if got := labels(0); len(got) != 4 {
		t.Errorf("a letter not returned offers %q", got)
	}
	if got := labels(1); slices.Contains(got, "登记交回") {
		t.Errorf("a returned letter offers %q", got)
	}
	if got := labels(-1); len(got) > 0 {
		t.Errorf("no row offers %q", got)
	}
}
