package campaign

import (
	"fmt"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/report/sheet"
)

func TestPrintingForms(t *testing.T) {
	d, p := smallChecks(t)
	d.staff("骨伤二科", "03", "孙𣲗") // has no form yet
	p.Refresh()
	d.menu("打印", "未打印的")
	d.sees("打印个人自查表：未打印", "共 1 份", "其中 1 份还没有生成")
	d.tap("生成预览")
	d.sees("个人自查表 · 未打印 · 1 份")
	d.picture("checks-preview")
	d.tap(printButton)
	d.sees("1 份自查表已登记为已打印。")
	d.tap("知道了")
	d.escape()
	if got := d.states(); got[model.Printed] != 8 {
		t.Errorf("forms are %v", got)
	}
	d.menu("打印", "科室自查表")
	d.sees("打印科室自查表：未打印", "共 3 份")
	d.tap("生成预览")
	d.sees("科室自查表 · 未打印 · 3 份")
	d.tap(printButton, "知道了")
	d.escape()
	for _, r := range d.checks(model.DepartmentSelfCheck) {
		if r.State != model.Printed {
			t.Errorf("%s is %s", r.FormNo, r.State)
		}
	}
}

func TestListsOfForms(t *testing.T) {
	d, p := smallChecks(t)
	d.scan(d.checks(model.PersonalSelfCheck)[0].FormNo)
	for _, name := range []string{"未查名单", "汇总表（附表2）"} {
		d.menu("打印", name)
		d.sees(map[string]string{"未查名单": "个人自查表未查名单", "汇总表（附表2）": "自查自纠汇总表（附表2）"}[name])
		d.picture("checks-preview-" + name)
		d.tap(printButton, "知道了")
		d.escape()
	}
	if got := d.exports(); len(got) != 2 || got[1] != "未查名单 "+filepath.Base(d.opened[0])+" 6" {
		t.Errorf("exports %q", got)
	}
	q := p.Query()
	for name, c := range map[string]struct {
		make tableMaker
		rows int
	}{"list": {p.listOf(q), 7}, "missing": {p.uncheckedTable(q), 6}} {
		path := filepath.Join(t.TempDir(), name+".xlsx")
		p.press.writeBook(path, "名单", oneTable(c.make))
		d.sees(fmt.Sprintf("已导出 %d 行到 %s.xlsx", c.rows, name))
	}
	path := filepath.Join(t.TempDir(), "汇总.xlsx")
	p.press.writeBook(path, summaryName, p.summaryBook(d.inHand.ID))
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
			d.as(role)
			p := d.selfChecks()
			for _, text := range []string{"扫到的表", "登记", "更多"} {
				d.seesNot(text + "\n")
			}
			d.scan(rows[1].FormNo)
			d.press(fyne.KeyF2)
			d.seesNot("填写")
			if got := d.states(); got[model.Returned] != 1 {
				t.Errorf("forms are %v", got)
			}
			p.SetKeyword("")
			p.SelectID(rows[0].ID)
			want := []string{"查看…", "扫描件…"}
			if role == model.Reviewer {
				want = append(want, "退回补课…", "撤销登记…", "作废…")
			} else {
				d.seesNot("作废…")
			}
			d.sees(want...)
			d.seesNot("更正…")
			d.tap("查看…")
			d.sees("有问题 1 项，其余均无")
			if role == model.Reviewer {
				d.sees("收受茶叶一盒")
			} else {
				d.sees("（已填写）")
				d.seesNot("收受茶叶一盒")
			}
			d.picture("checks-view-" + string(role))
		})
	}
}
