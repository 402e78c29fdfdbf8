package office

import (
	"path/filepath"
	"slices"
	"testing"

	"qingfeng/model"
	"qingfeng/report/sheet"
)

func TestAnImportIsConfirmed(t *testing.T) {
	d := newDesk(t)
	run := 0
	in := importPreview{
		Title: "导入台账", Summary: []string{"台账.xlsx 有 3 行，可以登记 2 个问题。", "1 行不能导入。"}, Confirm: "登记 2 个问题", Run: func() { run++ },
		Rejected: []model.RosterProblem{
			{Row: 4, Column: "发现日期", Value: "2026-13-01", Problem: "不是日期"}, {Row: 4, Column: "责任科室", Value: "没有的科室", Problem: "没有这个科室"}},
		Warnings:   []model.RosterProblem{{Column: "验收人", Problem: "这一列没有内容"}},
		RemarkList: "台账问题清单", RemarkTables: sheet.FindingProblemTables,
	}
	if n := problemRows(in.Rejected); n != 1 {
		t.Errorf("%d rows are rejected", n)
	}
	showImport(d.deps, in)
	d.Sees("导入台账", "可以登记 2 个问题", "1 行不能导入。", "不能导入", "没有的科室", "提醒", "这一列没有内容")
	d.Tap("另存问题清单…")
	path := filepath.Join(t.TempDir(), "问题.xlsx")
	d.PickFile(path)
	d.Sees("已保存", path)
	d.Tap("知道了")
	if got := d.Exports(); !slices.Equal(got, []string{"台账问题清单 问题.xlsx 3"}) {
		t.Errorf("exports %q", got)
	}
	if run != 0 {
		t.Error("ran before it was confirmed")
	}
	d.Tap("登记 2 个问题")
	if run != 1 {
		t.Errorf("ran %d times", run)
	}
	d.SeesNot("导入台账")
}

func TestAnImportOfNothing(t *testing.T) {
	d := newDesk(t)
	showImport(d.deps, importPreview{Title: "导入台账", Summary: []string{"可以登记 0 个问题。"}})
	d.SeesNot("另存问题清单…")
	d.Tap("关闭")
	d.SeesNot("导入台账")
}
