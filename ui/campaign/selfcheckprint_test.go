package campaign

import (
	"fmt"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/report/sheet"
	"qingfeng/ui/office"
)

func TestPrintingForms(t *testing.T) {
	d, p := smallChecks(t)
	d.Staff("骨伤二科", "03", "孙𣲗") // has no form yet
	p.Refresh()
	d.Menu("打印", "未打印的")
	d.Sees("打印个人自查表：未打印", "共 1 份", "其中 1 份还没有生成")
	d.Tap("生成预览")
	d.Sees("个人自查表 · 未打印 · 1 份")
	d.Picture("checks-preview")
	d.Tap(printButton)
	d.Sees("1 份自查表已登记为已打印。")
	d.Tap("知道了")
	d.Escape()
	if got := d.states(); got[model.Printed] != 8 {
		t.Errorf("forms are %v", got)
	}
	d.Menu("打印", "科室自查表")
	d.Sees("打印科室自查表：未打印", "共 3 份")
	d.Tap("生成预览")
	d.Sees("科室自查表 · 未打印 · 3 份")
	d.Tap(printButton, "知道了")
	d.Escape()
	for _, r := range d.checks(model.DepartmentSelfCheck) {
		if r.State != model.Printed {
			t.Errorf("%s is %s", r.FormNo, r.State)
		}
	}
}

func TestListsOfForms(t *testing.T) {
	d, p := smallChecks(t)
	d.Scan(d.checks(model.PersonalSelfCheck)[0].FormNo)
	for _, name := range []string{"未查名单", "汇总表（附表2）"} {
		d.Menu("打印", name)
		d.Sees(map[string]string{"未查名单": "个人自查表未查名单", "汇总表（附表2）": "自查自纠汇总表（附表2）"}[name])
		d.Picture("checks-preview-" + name)
		d.Tap(printButton, "知道了")
		d.Escape()
	}
	if got := d.Exports(); len(got) != 2 || got[1] != "未查名单 "+filepath.Base(d.Opened[0])+" 6" {
		t.Errorf("exports %q", got)
	}
	q := p.Query()
	for name, c := range map[string]struct {
		make office.TableMaker
		rows int
	}{"list": {p.listOf(q), 7}, "missing": {p.uncheckedTable(q), 6}} {
		path := filepath.Join(t.TempDir(), name+".xlsx")
		p.press.Export("名单", name, c.make)
		d.PickFile(path)
		d.Sees(fmt.Sprintf("已导出 %d 行到 %s.xlsx", c.rows, name))
	}
	path := filepath.Join(t.TempDir(), "汇总.xlsx")
	p.exportSummary(checkSelection{})
	d.PickFile(path)
	book := must[*sheet.Book](t)(sheet.Open(path))
	if len(book.Sheets) != 3 {
		t.Errorf("the summary has the sheets %v", book.Sheets)
	}
}

func TestReadersOfForms(t *testing.T) {
	for _, role := range []model.Role{model.Reviewer, model.Auditor} {
		t.Run(string(role), func(t *testing.T) {
			d, _ := smallChecks(t)
			rows := d.checks(model.PersonalSelfCheck)
			d.state(rows[0], "收受茶叶一盒")
			d.Become(role)
			p := d.selfChecks()
			for _, text := range []string{"扫到的表", "登记", "更多"} {
				d.SeesNot(text + "\n")
			}
			d.Scan(rows[1].FormNo)
			d.Press(fyne.KeyF2)
			d.SeesNot("填写")
			if got := d.states(); got[model.Returned] != 1 {
				t.Errorf("forms are %v", got)
			}
			p.SetKeyword("")
			p.SelectID(rows[0].ID)
			want := []string{"查看…", "扫描件…"}
			if role == model.Reviewer {
				want = append(want, "退回补课…", "撤销登记…", "作废…")
			} else {
				d.SeesNot("作废…")
			}
			d.Sees(want...)
			d.SeesNot("更正…")
			d.Tap("查看…")
			d.Sees("有问题 1 项，其余均无")
			if role == model.Reviewer {
				d.Sees("收受茶叶一盒")
			} else {
				d.Sees("（已填写）")
				d.SeesNot("收受茶叶一盒")
			}
			d.Picture("checks-view-" + string(role))
		})
	}
}
