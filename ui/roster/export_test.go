package roster

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// exports are the lines about files that left, the oldest first, as
// “list file rows plain”.
func (b *bench) exports() []string {
	b.Helper()
	found := must[store.Rows[model.AuditLine]](b)(b.deps.Store.Trail(context.Background(), store.TrailFilter{Action: "导出"}, store.Page{Sort: "id"}))
	var out []string
	for _, l := range found.Items {
		var about struct {
			Rows  int
			Plain bool
		}
		if err := json.Unmarshal([]byte(l.After), &about); err != nil {
			b.Fatal(err)
		}
		out = append(out, fmt.Sprint(l.Entity, " ", l.Label, " ", about.Rows, " ", about.Plain))
	}
	return out
}

func (b *bench) exported(want ...string) {
	b.Helper()
	if got := b.exports(); !slices.Equal(got, want) {
		b.Errorf("the trail has the exports %q, want %q", got, want)
	}
}

func TestEachExportLeavesOneLine(t *testing.T) {
	b := newBench(t)
	b.hospital()
	p := NewStaff(b.deps)
	b.show(p)
	dir := t.TempDir()
	p.export(filepath.Join(dir, "a.xlsx"), p.Query(), false)
	p.export(filepath.Join(dir, "b.xlsx"), p.Query(), true)
	b.exported("职工 a.xlsx 8 false", "职工 b.xlsx 8 true")
	p.export(filepath.Join(dir, "没有", "c.xlsx"), p.Query(), true)
	b.press("知道了")
	b.exported("职工 a.xlsx 8 false", "职工 b.xlsx 8 true") // no file, no line

	b.show(NewDepartments(b.deps))
	b.press("导出")
	visible[*kit.Entry](b)[0].SetText(filepath.Join(dir, "科室.xlsx"))
	b.press("确定")
	b.exported("职工 a.xlsx 8 false", "职工 b.xlsx 8 true", "科室 科室.xlsx 2 false")
}

func TestListsOfProblemsLeaveALine(t *testing.T) {
	for _, c := range []struct{ cell, want string }{
		{"是", "花名册问题 另存.xlsx 1 false"},
		{"19924833673", "花名册问题 另存.xlsx 2 true"}, // a telephone number in the wrong column
	} {
		b := newBench(t)
		ShowImport(b.deps, b.csv("工号,姓名,科室,联系电话,网格监察员", "01001,,急诊科,19924833673,"+c.cell, "01002,李喆,急诊科,,"), nil)
		b.press("下一步")
		b.tab(tabRejected)
		b.saveAs("另存为 Excel…", func(*sheet.Book) {})
		b.exported(c.want)
	}
}

// What cannot be written down is said, and the file stays.
func TestAFileStaysWhenItsLineFails(t *testing.T) {
	b := newBench(t)
	path := filepath.Join(t.TempDir(), "科室.xlsx")
	b.deps.writeSheet(path, exported{what: "科室"}, func(ctx context.Context) ([]sheet.Table, error) {
		return []sheet.Table{{Name: "科室", Columns: []string{"科室"}}}, b.deps.Store.SignOut(ctx, true)
	}, func(text string) { t.Errorf("told %q", text) })
	b.sees("科室.xlsx 已经保存，但没有记入操作记录：请先登录")
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestCallingOffLeavesNoFileAndNoLine(t *testing.T) {
	b := newBench(t)
	slow := kit.NewManual(noon)
	t.Cleanup(kit.SetEnv(slow))
	path := filepath.Join(t.TempDir(), "科室.xlsx")
	b.deps.writeSheet(path, exported{what: "科室"}, func(context.Context) ([]sheet.Table, error) {
		return []sheet.Table{{Name: "科室", Columns: []string{"科室"}}}, nil
	}, func(string) {})
	b.press("取消")
	slow.Drain()
	if _, err := os.Stat(path); err == nil {
		t.Error("there is a file")
	}
	b.exported()
}

func TestAnAuditorExportsWithoutNumbers(t *testing.T) {
	b := newBench(t)
	b.hospital()
	ctx, s := context.Background(), b.deps.Store
	must[int64](b)(s.AddAccount(ctx, model.Account{Login: "sun", Name: "孙𣲗", Role: model.Auditor}, "first of two 2026"))
	must[model.Account](b)(s.SignIn(ctx, "sun", "first of two 2026"))
	if err := s.ChangePassword(ctx, "first of two 2026", storetest.Password); err != nil {
		t.Fatal(err)
	}
	p := NewStaff(b.deps)
	b.show(p)
	p.askExport(p.Query())
	b.seesNot("含身份证号和电话")
	b.press("取消")
	path := filepath.Join(t.TempDir(), "a.xlsx")
	p.export(path, p.Query(), false)
	b.exported("职工 a.xlsx 8 false")
}

// What changed is told with the names behind the ids.
func TestHistoryTellsNames(t *testing.T) {
	b := newBench(t)
	b.hospital()
	m := b.person("01001").Staff
	m.DepartmentID, m.Phone, m.GridSupervisor = b.person("02001").DepartmentID, "19924833674", true
	must[int64](b)(b.deps.Store.SaveStaff(context.Background(), m))
	showHistory(b.deps, b.person("01001"))
	b.sees("联系电话：（已填写） → （已改动）；科室：急诊科 → 心血管内科；网格监察员：否 → 是", "工号 01001；姓名 王䶮")
	b.seesNot("19924833674", "19924833673", "网格监察员 否", "内部号")
	for _, button := range visible[*kit.Button](b) {
		if button.Label() == "关闭" {
			test.Tap(button)
		}
	}
	if strings.Contains(b.text(), "变动记录：") {
		t.Error("the dialog does not close")
	}
}
