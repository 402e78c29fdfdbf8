package sheet

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

var rosterHead = []string{"序号", "科室", "姓名", "性别", "出生年月", "身份证号", "工号", "岗位类别", "职称", "职务", "政治面貌", "联系电话", "参加工作时间", "备注"}

// writeBigRoster writes a roster as Excel itself stores one, with shared
// strings and the departments merged.
func writeBigRoster(tb testing.TB, staff int) string {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	const sheet, perDepartment = "Sheet1", 50
	set := func(row int, values ...any) {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", row), &values); err != nil {
			tb.Fatal(err)
		}
	}
	set(1, "某县中医院在职职工花名册")
	head := make([]any, len(rosterHead))
	for i, h := range rosterHead {
		head[i] = h
	}
	set(3, head...)
	given, family := []rune("伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英"), []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
	for i := range staff {
		born := time.Date(1965+i%38, time.Month(i%12+1), i%28+1, 0, 0, 0, 0, time.UTC)
		layout := []string{"2006-01-02", "2006年1月", "2006.1", "2006/1/2"}[i%4]
		department := any(nil)
		if i%perDepartment == 0 {
			department = fmt.Sprintf("第%d科", i/perDepartment+1)
		}
		set(i+4, i+1, department,
			string([]rune{family[i%20], given[i/20%24], given[i/480%24]}), []string{"男", "女"}[i%2], born.Format(layout),
			personNumber(fmt.Sprintf("990101%s%03d", born.Format("20060102"), i%1000)), fmt.Sprintf("%05d", i+1),
			[]string{"医生", "护士", "医技"}[i%3], []string{"主治医师", "主管护师", "技师"}[i%3], "", "群众",
			fmt.Sprintf("199%08d", i), fmt.Sprintf("%d-%02d", 1990+i%35, i%12+1))
	}
	for i := 0; i < staff; i += perDepartment {
		if err := f.MergeCell(sheet, fmt.Sprintf("B%d", i+4), fmt.Sprintf("B%d", min(i+perDepartment, staff)+3)); err != nil {
			tb.Fatal(err)
		}
	}
	set(staff+4, fmt.Sprintf("合计：%d人", staff))
	path := filepath.Join(tb.TempDir(), "roster.xlsx")
	if err := f.SaveAs(path); err != nil {
		tb.Fatal(err)
	}
	return path
}

// personNumber adds the check character to 17 digits (GB 11643).
func personNumber(digits string) string {
	sum := 0
	for i, w := range []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2} {
		sum += int(digits[i]-'0') * w
	}
	return digits + string("10X98765432"[sum%11])
}

// BenchmarkReadRoster5000 reads and checks a roster of 5,000; ratio is against
// excelize reading the same rows as text, measured beside it.
func BenchmarkReadRoster5000(b *testing.B) {
	path := writeBigRoster(b, 5000)
	var floor, ours time.Duration
	for b.Loop() {
		start := time.Now()
		f, err := excelize.OpenFile(path)
		if err != nil {
			b.Fatal(err)
		}
		if rows, err := f.GetRows("Sheet1"); err != nil || len(rows) != 5004 {
			b.Fatal(len(rows), err)
		}
		f.Close()
		middle := time.Now()
		r, err := ReadRoster(library, path, "")
		if err != nil || len(r.Rows) != 5000 {
			b.Fatal(len(r.Rows), err, r.Rejected[:min(3, len(r.Rejected))])
		}
		floor, ours = floor+middle.Sub(start), ours+time.Since(middle)
	}
	b.ReportMetric(ours.Seconds()/floor.Seconds(), "ratio")
	b.ReportMetric(floor.Seconds()*1000/float64(b.N), "floor-ms")
	b.ReportMetric(ours.Seconds()*1000/float64(b.N), "ours-ms")
}
