package sheet

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/assets"
	"qingfeng/model"
)

func auditLines() []model.AuditLine {
	at := time.Date(2026, 9, 1, 8, 5, 9, 0, time.FixedZone("CST", 8*3600))
	hash := strings.Repeat("9f", 32)
	return []model.AuditLine{
		{ID: 12, At: at, Actor: "王䶮（wangyan）", Action: "新增", Entity: "职工", EntityID: 3, Label: "01001",
			After: `{"department_id":3,"employee_no":"01001","grid_supervisor":1,"id_number":"（已填写）","name":"徐𬱖"}`, Hash: hash},
		{ID: 13, At: at, Actor: "wangyan", Action: "修改", Entity: "职工", EntityID: 3, Label: "01001",
			Before: `{"note":"=1+1","phone":"（已填写）"}`, After: `{"phone":"（已填写）","title":"主管护师"}`, Hash: hash},
		{ID: 14, At: at, Actor: "wangyan", Action: "修改", Entity: "设置", Label: "text_scale", Before: `{"value":"100"}`, After: `{"value":"125"}`, Hash: hash},
		{ID: 16, At: at, Actor: "系统", Action: "登录失败", Entity: "账号", Label: "=cmd|'/c calc'!A1", After: `{"locked":false,"program":"清风"}`, Hash: hash},
		{ID: 17, At: at, Actor: "系统", Action: "生成", Entity: "恢复码", Hash: hash},
	}
}

func auditTable(t *testing.T) Table {
	t.Helper()
	labels, err := assets.New("").ColumnLabels()
	if err != nil {
		t.Fatal(err)
	}
	return AuditTable(labels, auditLines())
}

func TestAuditTable(t *testing.T) {
	table := auditTable(t)
	hash := strings.Repeat("9f", 32)
	want := [][]string{
		{"12", "2026-09-01 08:05:09", "王䶮（wangyan）", "新增", "职工", "01001", "",
			"工号：01001；姓名：徐𬱖；身份证号：（已填写）；科室：内部号 3；网格监察员：是", hash},
		{"13", "2026-09-01 08:05:09", "wangyan", "修改", "职工", "01001",
			"联系电话：（已填写）；职称：（空）；备注：=1+1", "联系电话：（已改动）；职称：主管护师；备注：（空）", hash},
		{"14", "2026-09-01 08:05:09", "wangyan", "修改", "设置", "文字大小（%）", "值：100", "值：125", hash},
		{"16", "2026-09-01 08:05:09", "系统", "登录失败", "账号", "=cmd|'/c calc'!A1", "", "程序：清风；账号已锁定：否", hash},
		{"17", "2026-09-01 08:05:09", "系统", "生成", "恢复码", "", "", "", hash},
	}
	if len(table.Rows) != len(want) {
		t.Fatalf("%d rows", len(table.Rows))
	}
	for i := range want {
		if !slices.Equal(table.Rows[i], want[i]) {
			t.Errorf("row %d:\n got %q\nwant %q", i, table.Rows[i], want[i])
		}
		if len(want[i]) != len(table.Columns) {
			t.Errorf("row %d has %d cells for %d columns", i, len(want[i]), len(table.Columns))
		}
	}
}

// The trail reads back from both kinds of file as it was.
func TestAuditTableInFiles(t *testing.T) {
	table := auditTable(t)
	path := filepath.Join(t.TempDir(), "操作记录.xlsx")
	if err := Write(path, table); err != nil {
		t.Fatal(err)
	}
	book, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	inExcel, err := book.Grid("操作记录")
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := WriteCSV(&buf, table); err != nil {
		t.Fatal(err)
	}
	inCSV, err := readCSV(buf.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range append([][]string{table.Columns}, table.Rows...) {
		for j, want := range row {
			if got := inExcel.At(i, j).Text; got != want {
				t.Errorf("Excel, row %d: %q, want %q", i, got, want)
			}
			if got := strings.TrimPrefix(inCSV.At(i, j).Text, "'"); got != want {
				t.Errorf("CSV, row %d: %q, want %q", i, got, want)
			}
		}
	}
	if inExcel.At(1, 0).Kind != Number {
		t.Error("the number of a line is text in Excel")
	}
}
