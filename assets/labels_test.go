package assets

import (
	"strings"
	"testing"
)

func TestColumnLabels(t *testing.T) {
	labels, err := New("").ColumnLabels()
	if err != nil {
		t.Fatal(err)
	}
	word := func(register, column string) string {
		for _, p := range labels.Of(register) {
			if p[0] == column {
				return p[1]
			}
		}
		return ""
	}
	for _, c := range [][3]string{{"职工", "title", "职称"}, {"专项行动", "title", "名称"}, {"职工", "name", "姓名"}, {"别的", "name", "名称"},
		{"花名册", "rows", "总行数"}, {"导出", "rows", "行数"}, {"账号", "locked", "账号已锁定"}, {"职工", "none", ""}} {
		if got := word(c[0], c[1]); got != c[2] {
			t.Errorf("%s %s: %q, want %q", c[0], c[1], got, c[2])
		}
	}
	if labels.Values["kind"]["works"] != "基建" || labels.Settings["text_scale"] == "" {
		t.Error(labels.Values, labels.Settings)
	}
	// What one caller adds is not there for the next.
	labels.Values["department_id"] = map[string]string{"3": "内科"}
	if again, err := New("").ColumnLabels(); err != nil || again.Values["department_id"] != nil {
		t.Error(again.Values, err)
	}
}

func TestColumnLabelsOfTheOffice(t *testing.T) {
	const name = "audit/labels.toml"
	for content, want := range map[string]string{
		"common = [[\"note\", \"说明\"]]": "",
		"":                              "",
		"common = [[\"note\"]]":         "common",
		"common = [[\"note\", \"\"]]":   "缺少",
		"common = [[\"a\", \"甲\"], [\"a\", \"乙\"]]":                "栏目 a 出现两次",
		"[[register]]\nname = \"职工\"\ncolumns = [[\"\", \"甲\"]]":   "register“职工”",
		"[[register]]\ncolumns = []":                               "没有 name",
		"[[register]]\nname = \"职工\"\n[[register]]\nname = \"职工\"": "出现两次",
		"[values.kind]\nworks = 1":                                 "第 2 行",
		"colums = []":                                              "不认识的项目 colums",
	} {
		labels, err := officeFile(t, name, content).ColumnLabels()
		if want == "" && (err != nil || labels.Values == nil) || want != "" && (err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), name)) {
			t.Errorf("%q: %v, want %q", content, err, want)
		}
	}
}
