package sheet

import (
	"path/filepath"
	"slices"
	"testing"

	"qingfeng/model"
)

// What offices write over their columns, below two title rows, is found; what
// Excel knows of the cells comes along.
func TestReadFindings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "整改台账.xlsx")
	table := Table{Name: "台账", Columns: []string{"某县中医院整改台账"}, Rows: [][]string{
		{"序号", "发现时间", "问题来源", "问题类别", "隐患级别", "责任科室", "责任人", "存在问题", "整改措施", "整改期限（年月日）", "整改情况", "整改资金(元)"},
		{"1", "2026年3月2日", "督查", "收费", "一般", "急诊科", "张三", "超标准收费", "退还", "2026-03-31", "未整改", "1200"},
		{"", "", "", "", "", "", "", "", "", "", "", ""},
		{"2", "2026-03-03", "举报", "药品", "重大", "药剂科", "", "未双锁", "加锁", "2026-04-30", "已销号", ""},
		{"填报人：李某", "", "", "", "", "", "", "", "", "", "", ""},
	}}
	if err := Write(path, table); err != nil {
		t.Fatal(err)
	}
	got, err := ReadFindings(library, path, "")
	if err != nil || len(got.Records) != 2 || !slices.Equal(got.Skipped, []int{6}) || len(got.Warnings) != 0 {
		t.Fatalf("%+v, %v", got, err)
	}
	r := got.Records[0]
	if r.Line != 3 || r.Cells["due_on"] != "2026-03-31" || r.Cells["funds"] != "1200" || r.Cells["state"] != "未整改" || r.Heads["due_on"] != "整改期限（年月日）" {
		t.Errorf("%+v", r)
	}
	words, err := library.FindingWords()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range got.Records {
		if read := r.Read("2026-08-11", words.States); len(read.Problems) != 0 {
			t.Errorf("row %d: %v", r.Line, read.Problems)
		}
	}
	if _, err := ReadFindings(library, path, "别的"); err == nil {
		t.Error("a sheet that is not there")
	}
}

func TestReadFindingsRefuses(t *testing.T) {
	read := func(path string) error {
		_, err := ReadFindings(library, path, "")
		return err
	}
	refusesFiles(t, read, map[string]string{
		"发现日期,科室,问题\n2026-03-02,急诊科,超标准收费\n": "没有找到“类别”列",
		"发现日期,类别,科室,问题\n":                    "下面没有数据",
		"甲,乙\n1,2\n":                         "没有找到表头",
	})
	if err := read(filepath.Join("testdata", "county-hospital-620.xlsx")); err == nil {
		t.Error("a roster is taken for a register of findings")
	}
}

func TestFindingTemplate(t *testing.T) {
	readsTemplate(t, FindingTemplate(), model.FindingFields, func(path string) (rows []map[string]string, err error) {
		got, err := ReadFindings(library, path, "")
		for _, r := range got.Records {
			rows = append(rows, r.Cells)
		}
		return rows, err
	})
}
