package roster

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

func sample(name string) string {
	return filepath.Join("..", "..", "report", "sheet", "testdata", name)
}

// csv writes a roster of lines.
func (b *bench) csv(lines ...string) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "花名册.csv")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		b.Fatal(err)
	}
	return path
}

// tab opens a list of the preview with the arrow keys.
func (b *bench) tab(key string) {
	b.Helper()
	tabs := visible[*kit.Segmented](b)[0]
	for range 10 {
		tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	}
	for range 10 {
		if tabs.Value() == key {
			return
		}
		tabs.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	b.Fatalf("no tab %s", key)
}

// saveAs saves under a name that the test types, and looks into the file.
func (b *bench) saveAs(button string, look func(*sheet.Book)) {
	b.Helper()
	if runtime.GOOS == "windows" {
		return // there the system asks for the name
	}
	b.press(button)
	path := filepath.Join(b.TempDir(), "另存.xlsx")
	visible[*kit.Entry](b)[0].SetText(path)
	b.press("确定")
	b.sees("已保存", "另存.xlsx")
	b.press("知道了")
	look(must[*sheet.Book](b)(sheet.Open(path)))
}

func (b *bench) auditLines() int {
	b.Helper()
	return must[store.Rows[model.AuditLine]](b)(b.deps.Store.Trail(context.Background(), store.TrailFilter{}, store.Page{Limit: 1})).Total
}

func TestImportCountyHospital(t *testing.T) {
	b := newBench(t)
	imported := 0
	done := func() { imported++ }
	ShowImport(b.deps, sample("county-hospital-620.xlsx"), done)
	b.sees("核对列", "county-hospital-620.xlsx", "第 3 行", "内容举例", "990101**********")
	b.picture("import-columns")
	b.press("下一步")
	b.sees("新增 620", "变动 0", "未变 0", "不在名单中 0", "不能导入 0", "提醒 620", "新科室 52", "新建科室 52 个")
	b.picture("import-preview-added")
	b.tab(tabWarnings)
	b.sees("省级代码", "另存为 Excel…")
	b.picture("import-preview-warnings")
	if n := b.count(store.StaffFilter{}); n != 0 {
		t.Fatalf("%d people stored before the confirmation", n)
	}
	b.press("确认导入")
	b.sees("导入完成", "620 人", "52 个")
	b.picture("import-result")
	b.press("完成")
	if n := b.count(store.StaffFilter{}); n != 620 || imported != 1 || b.dialogOpen() {
		t.Fatalf("%d people, done called %d times, dialog %v", n, imported, b.dialogOpen())
	}

	lines := b.auditLines()
	for _, again := range []string{"county-hospital-620.xlsx", "county-hospital-620-gb18030.csv"} {
		ShowImport(b.deps, sample(again), done)
		b.press("下一步")
		b.sees("未变 620", "新增 0", "变动 0", "没有需要改动的内容")
		b.press("确认导入")
		b.sees("没有需要改动的内容")
		b.press("完成")
	}
	if n := b.auditLines(); n != lines {
		t.Errorf("importing the same again wrote %d audit lines", n-lines)
	}
}

func TestImportDirtyRoster(t *testing.T) {
	b := newBench(t)
	must[int64](b)(b.deps.Store.SaveDepartment(context.Background(), model.Department{Name: "心血管内科"}))
	ShowImport(b.deps, sample("dirty-roster.xlsx"), nil)
	b.press("下一步")
	b.sees("“心内科”（1 人）是否就是“心血管内科”？")
	b.press("下一步")
	b.sees("请回答“心内科”是哪个科室")
	for _, c := range visible[*kit.Choice](b) {
		if c.Value() == "" {
			c.SetValue("心血管内科")
		}
	}
	b.picture("import-departments")
	b.press("下一步")
	b.sees("新增 52", "不在名单中 0", "不能导入 9")
	b.tab(tabRejected)
	b.sees("是公式", "工号与第 17 行重复", "不是可识别的日期", "另存为 Excel…")
	b.picture("import-preview-rejected")
	b.saveAs("另存为 Excel…", func(book *sheet.Book) {
		grid := must[sheet.Grid](b)(book.Grid("不能导入的行"))
		if len(grid) != 10 || grid.At(1, 0).Text != "14" {
			t.Errorf("saved problems %v", grid)
		}
	})
	b.press("确认导入")
	b.sees("导入完成", "9 行")
	b.saveAs("另存结果…", func(book *sheet.Book) {
		if text := flat(must[sheet.Grid](b)(book.Grid("导入结果"))); !strings.Contains(text, "新增|52 人") {
			t.Errorf("saved result %s", text)
		}
	})
	b.picture("import-result-dirty")
	b.press("完成")
	if p := b.person("01017"); p.Department != "心血管内科" {
		t.Errorf("01017 is in %s", p.Department)
	}
	if n := b.count(store.StaffFilter{}); n != 52 {
		t.Errorf("%d people", n)
	}
	// The answer is remembered.
	ShowImport(b.deps, sample("dirty-roster.xlsx"), nil)
	b.press("下一步")
	b.sees("未变 52", "没有需要改动的内容")
}

// TestImportAsksWithinOneRoster: in an empty folder two names of the same
// roster may be one department.
func TestImportAsksWithinOneRoster(t *testing.T) {
	b := newBench(t)
	ShowImport(b.deps, sample("dirty-roster.xlsx"), nil)
	b.press("下一步")
	b.sees("“心内科”（1 人）是否就是“心血管内科”？")
	b.seesNot("是新科室吗")
	visible[*kit.Choice](b)[0].SetValue("心血管内科")
	b.press("下一步")
	b.sees("新增 52", "新科室 44")
	b.press("上一步")
	if v := visible[*kit.Choice](b)[0].Value(); v != "心血管内科" {
		t.Errorf("the answer is lost: %q", v)
	}
	b.press("下一步")
	b.press("确认导入")
	b.press("完成")
	if p := b.person("01017"); p.Department != "心血管内科" {
		t.Errorf("01017 is in %s", p.Department)
	}
}

func TestImportChangesAndLeavers(t *testing.T) {
	b := newBench(t)
	b.hospital()
	path := b.csv("工号,姓名,科室,职称,身份证号", "01001,王䶮,急诊科,副主任护师,99010119850204489X", "01002,李喆,心血管内科,,", "01009,孙𣲗,急诊科,护师,")
	ShowImport(b.deps, path, nil)
	b.press("下一步")
	b.sees("新增 1", "变动 2", "不在名单中 6")
	b.tab(tabUpdated)
	b.sees("主管护师", "副主任护师", "急诊科", "心血管内科", "身份证号")
	b.seesNot("99010119850204489X")
	b.picture("import-preview-updated")
	b.tab(tabMissing)
	b.sees("欧阳若兮", "未勾选，不会改动他们")
	missing := visible[*kit.Table[store.StaffRow]](b)[0]
	if n := len(missing.Ticked()); n != 0 {
		t.Fatalf("%d are ticked before the clerk did", n)
	}
	missing.SelectIndex(0)
	b.typeInto(missing, fyne.KeySpace)
	b.sees("已勾选 1 人")
	b.picture("import-preview-missing")
	date := visible[*kit.DateField](b)[0]
	date.SetText("乱写")
	b.press("确认导入")
	b.sees("请填写离职日期")
	date.SetDate("2026-08-01")
	b.press("确认导入")
	b.sees("登记离职", "1 人")
	b.press("完成")
	if p := b.person("01003"); p.LeftOn != "2026-08-01" || p.LeftReason == "" {
		t.Errorf("欧阳若兮 %+v", p.Staff)
	}
	if n := b.count(store.StaffFilter{Status: store.HasLeft}); n != 1 {
		t.Errorf("%d have left", n)
	}
}

func TestImportColumnsAreCorrected(t *testing.T) {
	b := newBench(t)
	ShowImport(b.deps, b.csv("某县中医院花名册", "代号,姓名,科室,联系电话", "01001,王䶮,急诊科,19924833673", "01002,李喆,急诊科,19924833674"), nil)
	b.sees("第 2 行", "199****3673")
	b.press("下一步")
	b.sees("请指定“工号”对应的列")
	choices := visible[*kit.Choice](b)
	choices[0].SetValue("1") // 工号 ← 姓名
	b.press("下一步")
	b.sees("“工号”和“姓名”对应了同一列")
	choices[0].SetValue("0")
	b.press("下一步")
	b.sees("新增 2")
	b.press("上一步")
	b.sees("核对列")
	if v := visible[*kit.Choice](b)[0].Value(); v != "0" {
		t.Errorf("the correction is lost: %q", v)
	}
}

func TestImportOfAnotherSheet(t *testing.T) {
	b := newBench(t)
	ShowImport(b.deps, sample("dirty-roster.xlsx"), nil)
	sheets := func() *kit.Choice {
		for _, c := range visible[*kit.Choice](b) {
			if c.Value() == "在职职工" || c.Value() == "说明" {
				return c
			}
		}
		t.Fatal("no choice of sheets")
		return nil
	}
	choose := func(name string) {
		c := sheets()
		c.SetValue(name)
		c.OnChanged(name)
	}
	choose("说明")
	b.press("下一步")
	b.sees("请先选择表头所在的行")
	choose("在职职工")
	b.sees("G 列　工号", "第 3 行")
	b.press("下一步")
	b.sees("科室名称")
}

func TestImportRefusesFiles(t *testing.T) {
	b := newBench(t)
	ole := filepath.Join(t.TempDir(), "花名册.xls")
	if err := os.WriteFile(ole, append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), 0o600); err != nil {
		t.Fatal(err)
	}
	ShowImport(b.deps, ole, func() { t.Error("done is called without an import") })
	b.sees("旧版 Excel 97-2003")
	b.picture("import-refused")
	b.press("知道了")
	b.sees("选择文件")
	b.picture("import-file")
	visible[*kit.Entry](b)[0].SetText("")
	b.press("下一步")
	b.sees("请选择文件")
	b.press("取消")
	if b.dialogOpen() {
		t.Error("a dialog stays after 取消")
	}
}

// TestImportLeavesTheWindowFree: reading, comparing and storing are queued and
// not done where the window is drawn.
func TestImportLeavesTheWindowFree(t *testing.T) {
	b := newBench(t)
	env := kit.NewManual(noon)
	t.Cleanup(kit.SetEnv(env))
	ShowImport(b.deps, sample("county-hospital-620.xlsx"), nil)
	for _, step := range []struct{ progress, then, button string }{
		{"正在读取文件", "核对列", "下一步"},
		{"正在核对花名册", "", ""},
		{"正在与现有职工比较", "新增 620", "确认导入"},
		{"正在导入花名册", "导入完成", ""},
	} {
		b.sees(step.progress, "取消")
		b.picture("import-progress")
		if env.Pending() == 0 {
			t.Fatalf("%s: nothing is queued", step.progress)
		}
		if step.then == "" {
			env.Step(0)
			continue
		}
		env.Drain()
		b.sees(step.then)
		if step.button != "" {
			b.press(step.button)
		}
	}
}

func TestImportCancelledStoresNothing(t *testing.T) {
	b := newBench(t)
	env := kit.NewManual(noon)
	t.Cleanup(kit.SetEnv(env))
	ShowImport(b.deps, sample("county-hospital-620.xlsx"), func() { t.Error("done is called without an import") })
	env.Drain()
	b.press("下一步")
	env.Drain()
	b.press("确认导入")
	b.press("取消")
	env.Drain()
	b.sees("没有改动任何数据")
	b.press("知道了")
	b.sees("新增 620")
	if n := b.count(store.StaffFilter{}); n != 0 {
		t.Errorf("%d people stored", n)
	}
}

func TestFollowAnswers(t *testing.T) {
	answers := map[string]string{"甲": "乙", "乙": "丙", "丁": "丁", "戊": "己", "己": "戊"}
	followAnswers(answers)
	if answers["甲"] != "丙" || answers["乙"] != "丙" || answers["丁"] != "丁" {
		t.Errorf("%v", answers)
	}
}

func TestWarningKinds(t *testing.T) {
	warn := func(row int, column, text string) model.RosterProblem {
		return model.RosterProblem{Row: row, Column: column, Problem: text}
	}
	kinds := warningKinds([]model.RosterProblem{
		warn(1, "身份证号", "前两位 99 不是省级代码"), warn(2, "身份证号", "前两位 98 不是省级代码"), warn(3, "姓名", "与第 2 行同名"),
	})
	if len(kinds) != 2 || kinds[0].problems[0].Row != 3 || len(kinds[1].problems) != 2 {
		t.Errorf("%+v", kinds)
	}
}
