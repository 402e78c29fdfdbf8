package system

import (
	"context"
	"database/sql"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
)

// work does what leaves lines of all kinds: people, a change, letters, a
// setting, an export, somebody who forgot the password.
func (b *bench) work() {
	b.Helper()
	ctx, s := context.Background(), b.deps.Store
	b.letters(3)
	found, err := s.Staff(ctx, store.StaffFilter{}, store.Page{})
	check(b, err)
	m := found.Items[0].Staff
	m.Title, m.Phone, m.Note = "主管护师", "19924833673", "2026年8月起在病理科轮岗，\n每月上报廉情"
	_, err = s.SaveStaff(ctx, m)
	check(b, err)
	d, err := s.DepartmentNamed(ctx, "急诊科")
	check(b, err)
	d.HeadID = m.ID
	_, err = s.SaveDepartment(ctx, d)
	check(b, err)
	check(b, s.SaveSetting(ctx, store.TextScale, "115"))
	check(b, s.RecordExport(ctx, "职工", "职工花名册2026-08-11.xlsx", 3, true))
	_, err = s.SignIn(ctx, storetest.Login, "not this one")
	if model.CodeOf(err) != model.Denied {
		b.Fatal(err)
	}
}

// manyLines puts n lines behind those that are there, the last at noon and
// each a quarter of an hour before the next. It writes into the file itself:
// through the store it would take minutes.
func (b *bench) manyLines(n int) {
	b.Helper()
	db, err := sql.Open("sqlite", b.deps.Store.Folder().Database())
	check(b, err)
	defer db.Close()
	_, err = db.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < ?)
		INSERT INTO audit (id, at, actor, action, entity, entity_id, label, before, after, hash)
		SELECT (SELECT last_no FROM audit_head) + i, ? - (?-i)*900,
			CASE i%3 WHEN 0 THEN '李某（li）' WHEN 1 THEN '孙𣲗（sun）' ELSE '系统' END,
			CASE i%4 WHEN 0 THEN '打印' WHEN 1 THEN '交回' WHEN 2 THEN '修改' ELSE '登录' END,
			CASE i%4 WHEN 2 THEN '职工' WHEN 3 THEN '账号' ELSE '承诺书' END, i, 'CN-2026-' || i,
			'{"note":"","state":"未打印","title":"护师"}',
			'{"department_id":1,"note":"第 ' || i || ' 次核对，人事科转来的名单与本科室一致，没有需要改动的内容","state":"未交回","title":"主管护师"}',
			printf('%064x', i) FROM n`, n, noon.Unix(), n)
	check(b, err)
	_, err = db.Exec(`UPDATE audit_head SET last_no = last_no + ?`, n)
	check(b, err)
}

// inFrame shows a page beside the room that the frame takes.
func (b *bench) inFrame(p kit.Page) {
	left, top, bottom := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	left.SetMinSize(fyne.NewSize(188, 1))
	top.SetMinSize(fyne.NewSize(1, 40))
	bottom.SetMinSize(fyne.NewSize(1, 24))
	kit.SetContent(b.win, kit.Frame(top, bottom, left, nil, p.Content()))
	p.Shown()
	b.win.Content().Refresh()
}

func (b *bench) trail() *Trail {
	b.Helper()
	p := NewTrail(b.deps)
	b.inFrame(p)
	return p
}

// TestTrailPictures shows the page as an office sees it after some years.
func TestTrailPictures(t *testing.T) {
	if os.Getenv("KIT_PICTURES") == "" {
		t.Skip("KIT_PICTURES is not set")
	}
	for _, dark := range []bool{false, true} {
		name := map[bool]string{false: "light", true: "dark"}[dark]
		b := newBench(t)
		if dark {
			settings := fyne.CurrentApp().Settings()
			settings.SetTheme(inDark{settings.Theme()})
		}
		b.manyLines(50_000)
		b.work()
		p := b.trail()
		p.Table().SelectIndex(4)
		kittest.Picture(t, b.win, "trail-"+name)
		p.SetFilter(trailAction, "修改")
		p.SetFilter(trailEntity, "职工")
		p.Table().SelectIndex(0)
		kittest.Picture(t, b.win, "trail-filtered-"+name)
		kittest.Press(b.win, "详情")
		kittest.Picture(t, b.win, "trail-line-"+name)
		b.press("关闭")
		p.ClearFilters()
		b.press("核对")
		kittest.Picture(t, b.win, "trail-checked-"+name)
	}
	b := newBench(t)
	large, err := kit.NewTheme(kit.ThemeOptions{Regular: assets.SansRegular, Bold: assets.SansBold, Scale: 1.3})
	check(t, err)
	fyne.CurrentApp().Settings().SetTheme(large)
	b.work()
	b.trail().Table().SelectIndex(4)
	kittest.Picture(t, b.win, "trail-large")
	b.press("详情")
	kittest.Picture(t, b.win, "trail-line-large")
}

func TestTrailShowsWhoDidWhat(t *testing.T) {
	b := newBench(t)
	b.work()
	p := b.trail()
	b.sees("操作记录不能修改和删除，一直保存", "时间", "操作人", "内容", "未核对",
		"2026-08-11 12:00", "李某（li）", "登录失败", "职工花名册2026-08-11.xlsx", "行数 3；含敏感信息 是",
		"文字大小（%）", "负责人：（空） → 张堃（0000）", "工号 0000；姓名 张堃；科室 急诊科")
	b.seesNot("19924833673")
	p.Table().SelectIndex(0) // the newest
	b.sees("登录失败 账号")
}

func TestTrailFilters(t *testing.T) {
	b := newBench(t)
	b.work()
	p := b.trail()
	for _, c := range []struct {
		key, value, keyword string
		want                string // on the page
		not                 string
	}{
		{key: trailAction, value: "导出", want: "职工花名册2026-08-11.xlsx", not: "文字大小"},
		{key: trailEntity, value: "设置", want: "文字大小", not: "登录失败"},
		{key: trailActor, value: "系统", want: "登录失败", not: "文字大小"},
		{key: trailFrom, value: "2026-08-11", want: "登录失败"},
		{key: trailFrom, value: "2026-08-12", want: "没有符合条件的记录", not: "登录失败"},
		{key: trailTo, value: "2026-08-10", want: "没有符合条件的记录", not: "登录失败"},
		{keyword: "主管护师", want: "职称：（空） → 主管护师", not: "登录失败"},
		{keyword: "花名册", want: "职工花名册2026-08-11.xlsx", not: "登录失败"},
		{keyword: "%", want: "没有符合条件的记录", not: "登录失败"},
	} {
		p.ClearFilters()
		if c.key != "" {
			p.SetFilter(c.key, c.value)
		}
		p.SetKeyword(c.keyword)
		shown := tableTexts(p)
		if c.not != "" && strings.Contains(shown, c.not) || !strings.Contains(kittest.Texts(b.win), c.want) {
			t.Errorf("%+v: the table shows\n%s", c, shown)
		}
	}
}

func TestTrailFiltersOfferTheWordsInUse(t *testing.T) {
	b := newBench(t)
	b.work()
	long := strings.Repeat("长", longestWord) + "词"
	check(t, b.deps.Store.RecordExport(context.Background(), long, "a", 1, false))
	p := NewTrail(b.deps)
	check(t, b.deps.Store.RecordExport(context.Background(), "后来的词", "a", 1, false))
	for list, want := range map[string][]string{
		"actions":  {"修改", "导出", "登录失败"},
		"entities": {"职工", "设置", "后来的词", strings.Repeat("长", longestWord) + "…"},
		"actors":   {"系统", "李某（li）"},
	} {
		options, err := p.options(map[string]func(store.TrailWords) []string{
			"actions":  func(w store.TrailWords) []string { return w.Actions },
			"entities": func(w store.TrailWords) []string { return w.Entities },
			"actors":   func(w store.TrailWords) []string { return w.Actors },
		}[list])(context.Background())
		check(t, err)
		var texts []string
		for _, o := range options {
			texts = append(texts, o.Text)
		}
		for _, w := range want {
			if !slices.Contains(texts, w) {
				t.Errorf("the %s are %q", list, texts)
			}
		}
	}
}

// menu opens a menu and takes its i-th line.
func (b *bench) menu(label string, i int) {
	b.Helper()
	b.press(label)
	for range i {
		kittest.Key(b.win, fyne.KeyDown)
	}
	kittest.Key(b.win, fyne.KeyReturn)
}

// tableTexts is what stands in the table alone, as the filters' lists hold the
// same words.
func tableTexts(p *Trail) string {
	var out []string
	walk(p.Table(), func(o fyne.CanvasObject) {
		if text, ok := o.(*canvas.Text); ok && text.Visible() {
			out = append(out, text.Text)
		}
	})
	return strings.Join(out, "\n")
}

func TestTrailSpans(t *testing.T) {
	b := newBench(t)
	b.manyLines(100 * 96) // a hundred days
	p := b.trail()
	founded := p.Table().Total() - 100*96
	for i, c := range []struct {
		span, from string
		lines      int
	}{
		{spanToday, "2026-08-11", 49 + founded}, {spanWeek, "2026-08-05", 6*96 + 49 + founded},
		{spanMonth, "2026-07-13", 29*96 + 49 + founded}, {spanYear, "2026-01-01", 9600 + founded}, {spanAll, "", 9600 + founded},
	} {
		p.SetFilter(trailTo, "2026-01-01")
		b.menu("日期", i)
		if got := p.Query().Filters; got[trailFrom] != c.from || got[trailTo] != "" || p.Table().Total() != c.lines {
			t.Errorf("%s: %v, %d lines, want %d", c.span, got, p.Table().Total(), c.lines)
		}
	}
}

func TestTrailDetail(t *testing.T) {
	b := newBench(t)
	b.work()
	p := b.trail()
	p.SetFilter(trailEntity, "职工")
	p.SetFilter(trailAction, "修改")
	p.Table().SelectIndex(0)
	line, _ := p.Table().Selected()
	b.sees(fmt.Sprintf("第 %d 条", line.ID), "修改 职工")
	b.press("详情")
	b.sees(fmt.Sprintf("操作记录第 %d 条", line.ID), "2026-08-11 12:00:00", "修改前", "修改后", "联系电话", "（空）", "（已填写）",
		"主管护师", "每月上报廉情", line.Hash)
	b.seesNot("19924833673")
	b.press("关闭")
	p.SetFilter(trailAction, "新增")
	p.Table().SelectIndex(0)
	b.press("详情")
	b.sees("项目", "内容", "科室", "急诊科")
	b.seesNot("修改前")
	b.press("关闭")
	p.ClearFilters()
	p.SetFilter(trailEntity, "恢复码")
	p.Table().SelectIndex(0)
	kittest.Key(b.win, fyne.KeyReturn)
	b.sees("这个动作没有改动登记内容")
}

func TestTrailIsChecked(t *testing.T) {
	b := newBench(t)
	b.work()
	p := b.trail()
	if !slices.Contains(store.Areas, trailArea) {
		t.Fatal("no check looks at the trail under this name")
	}
	// What is wrong elsewhere is not said here.
	db, err := sql.Open("sqlite", b.deps.Store.Folder().Database())
	check(t, err)
	defer db.Close()
	_, err = db.Exec(`UPDATE numbering SET last = 4`)
	check(t, err)
	b.press("核对")
	b.sees("记录完整", "12:00 核对：操作记录完整")
	b.seesNot("未核对")
	kittest.Picture(t, b.win, "trail-whole")
	b.manyLines(1)
	b.press("核对")
	b.sees("记录有问题", "操作记录有问题", "被改动、调换过", "请保留数据文件夹原样")
	b.seesNot("已发出但没有对应")
	b.press("知道了")
	if p.checking {
		t.Error("still checking")
	}
}

// enter makes an account of a role and signs it in.
func (b *bench) enter(role model.Role) {
	b.Helper()
	ctx, s := context.Background(), b.deps.Store
	_, err := s.AddAccount(ctx, model.Account{Login: "sun", Name: "孙𣲗", Role: role}, "first of two 2026")
	check(b, err)
	_, err = s.SignIn(ctx, "sun", "first of two 2026")
	check(b, err)
	check(b, s.ChangePassword(ctx, "first of two 2026", storetest.Password))
}

func TestAnAuditorReadsAndExportsTheTrail(t *testing.T) {
	b := newBench(t)
	b.work()
	b.enter(model.Auditor)
	p := b.trail()
	b.sees("修改密码", "孙𣲗（sun）", "负责人：（空） → 张堃（0000）")
	p.export(filepath.Join(t.TempDir(), "a.xlsx"), p.Query())
	b.sees("条到 a.xlsx")
	b.press("核对")
	b.sees("记录完整")
}

func TestOthersAreRefused(t *testing.T) {
	for _, role := range []model.Role{model.Clerk, model.Reviewer} {
		b := newBench(t)
		b.work()
		b.enter(role)
		p := b.trail()
		if rows, _, err := p.source(context.Background(), p.Query()); model.CodeOf(err) != model.Denied || len(rows) != 0 {
			t.Errorf("%s gets %d rows, %v", role, len(rows), err)
		}
		b.seesNot("职工花名册2026-08-11.xlsx")
		b.sees("无权查看操作记录")
		path := filepath.Join(t.TempDir(), "a.xlsx")
		p.export(path, p.Query())
		b.sees("无权查看操作记录")
		if _, err := os.Stat(path); err == nil {
			t.Error("there is a file")
		}
	}
}

// Fifty thousand lines are read a page at a time, whichever of them one looks at.
func TestTrailOfYears(t *testing.T) {
	b := newBench(t)
	b.manyLines(50_000)
	p := b.trail()
	total := p.Table().Total()
	p.Table().SelectIndex(total - 1)
	b.sees("第 1 条")
	p.Table().SelectIndex(total / 2)
	b.sees(fmt.Sprintf("第 %d 条", total-total/2))
	for _, q := range []kit.Query{{Keyword: "第 77 次核对"}, {Filters: map[string]string{trailActor: "系统"}, Desc: true, Offset: 3000}} {
		q.Sort, q.Limit = "id", 100
		rows, n, err := p.source(context.Background(), q)
		check(t, err)
		if want := map[bool]int{true: 1, false: 100}[q.Keyword != ""]; len(rows) != want || n < want {
			t.Errorf("%+v: %d rows of %d", q, len(rows), n)
		}
	}
}
