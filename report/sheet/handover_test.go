package sheet

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"qingfeng/model"
	"qingfeng/model/day"
)

// Rows of one handover come together, totals and signatures are left out, and
// the file's own names of the columns are kept.
func TestReadHandovers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	table := Table{Name: "台账", Columns: []string{"某县中医院“红包”上交台账"}, Rows: [][]string{
		{"登记编号", "上交日期", "收到时间", "工号", "来源", "患者", "住院号/门诊号", "物品类别", "件数", "折价（元）", "接收人", "见证人", "处理方式", "处理日期", "押金收据号"},
		{"1", "2026-07-18 9:10", "2026年7月17日下午4点半", "0101", "病人", "王䶮", "ZY01", "红包", "", "2000", "李某", "赵某", "住院押金", "2026-07-19", "YJ-1"},
		{"1", "", "", "", "", "", "", "礼品", "2 盒", "600", "", "", "", "", ""},
		{"2", "2026-07-20", "", "", "", "", "", "现金", "", "1,000.50", "李某", "赵某", "未处理", "", ""},
		{"合计", "", "", "", "", "", "", "", "", "3600.50", "", "", "", "", ""},
		{"填报人：李某", "", "", "", "", "", "", "", "", "", "", "", "", "", ""},
	}}
	if err := Write(path, table); err != nil {
		t.Fatal(err)
	}
	got, err := ReadHandovers(library, path, "")
	if err != nil || len(got.Records) != 2 || !slices.Equal(got.Skipped, []int{6, 7}) || len(got.Warnings) != 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	if r := got.Records[0]; len(r.Rows) != 2 || r.Rows[0].Line != 3 || r.Rows[1].Cells["quantity"] != "2 盒" || r.Heads["received_by"] != "接收人" {
		t.Errorf("%+v", r)
	}
	w, err := library.HandoverWords([]string{"实名", "匿名"}, words(model.Givers), words(model.ItemCategories), words(model.DispositionKinds()))
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range got.Records {
		read := r.Read("2026-08-11 12:00", model.HandoverWords{Manner: w.Manner, Giver: w.Giver, Category: w.Category, Disposition: w.Disposition})
		if len(read.Problems) != 0 {
			t.Errorf("%v", read.Problems)
		}
		if i == 0 && (read.HandedAt != "2026-07-18 09:10" || read.ReceivedAt != "2026-07-17 16:30" || read.Items[1].Unit != "盒" || len(read.Dispositions) != 1) {
			t.Errorf("%+v", read)
		}
	}
	if _, err := ReadHandovers(library, path, "别的"); err == nil {
		t.Error("a sheet that is not there")
	}
}

func words[T ~string](values []T) []string {
	var out []string
	for _, v := range values {
		out = append(out, string(v))
	}
	return out
}

func TestReadHandoversRefuses(t *testing.T) {
	read := func(path string) error {
		_, err := ReadHandovers(library, path, "")
		return err
	}
	refusesFiles(t, read, map[string]string{
		"上交时间,财物类别,金额,经手人\n2026-03-02,现金,200,李某\n": "没有找到“监交人”列",
		"上交时间,财物类别,金额,经手人,监交人\n":                   "下面没有数据",
		"甲,乙\n1,2\n": "没有找到表头",
	})
}

func TestHandoverTemplate(t *testing.T) {
	readsTemplate(t, HandoverTemplate(), model.HandoverFields, func(path string) (rows []map[string]string, err error) {
		got, err := ReadHandovers(library, path, "")
		for _, r := range got.Records {
			rows = append(rows, r.Rows[0].Cells)
		}
		return rows, err
	})
}

// Every minute of a day arrives as it was entered, from cells that Excel keeps
// as numbers; a day without an hour stays one.
func TestMinutesOfExcel(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	style := func(code string) int {
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	formats := []int{style("yyyy-mm-dd hh:mm"), style("yyyy/m/d h:mm:ss"), style(`yyyy"年"m"月"d"日" h"时"mm"分"`)}
	dayOnly := style("yyyy-mm-dd")
	const sheet = "Sheet1"
	for i, head := range []string{"上交时间", "财物类别", "金额", "经手人", "监交人"} {
		cell, _ := excelize.CoordinatesToCellName(i+1, 1)
		_ = f.SetCellStr(sheet, cell, head)
	}
	start := time.Date(2026, 7, 18, 0, 0, 0, 0, time.UTC)
	var want []day.Moment
	row := func(serial float64, style int, moment day.Moment) {
		n := len(want) + 2
		_ = f.SetCellFloat(sheet, fmt.Sprintf("A%d", n), serial, -1, 64)
		_ = f.SetCellStyle(sheet, fmt.Sprintf("A%d", n), fmt.Sprintf("A%d", n), style)
		_ = f.SetCellStr(sheet, fmt.Sprintf("B%d", n), "现金")
		want = append(want, moment)
	}
	const first = 46221.0 // 18 July 2026
	for minute := range 24 * 60 {
		moment := day.MomentOf(start.Add(time.Duration(minute) * time.Minute))
		if minute == 0 { // Excel cannot tell midnight from a day alone
			moment = "2026-07-18"
		}
		row(first+float64(minute)/(24*60), formats[minute%len(formats)], moment)
	}
	row(first, dayOnly, "2026-07-18")
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	got, err := ReadHandovers(library, path, "")
	if err != nil || len(got.Records) != len(want) {
		t.Fatalf("%d records, %v", len(got.Records), err)
	}
	for i, r := range got.Records {
		text := r.Rows[0].Cells["handed_at"]
		if m, err := day.ParseMoment(text); err != nil || m != want[i] {
			t.Fatalf("row %d: %q is %q, want %q, %v", i+2, text, m, want[i], err)
		}
	}
}
