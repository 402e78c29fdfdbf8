package model

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/assets"
)

func auditLabels(t testing.TB) assets.Labels {
	t.Helper()
	labels, err := assets.New("").ColumnLabels()
	if err != nil {
		t.Fatal(err)
	}
	return labels
}

func TestReadableChange(t *testing.T) {
	labels := auditLabels(t)
	labels.Values["department_id"] = map[string]string{"3": "内科"}
	for _, c := range []struct {
		entity, before, after string
		want                  []Change
	}{
		{"职工", "", `{"department_id":3,"employee_no":"01001","grid_supervisor":0,"id_number":"（已填写）","name":"王䶮"}`,
			[]Change{{"工号", "", "01001"}, {"姓名", "", "王䶮"}, {"身份证号", "", "（已填写）"}, {"科室", "", "内科"}, {"网格监察员", "", "否"}}},
		{"职工", `{"title":"护师","note":"借调"}`, `{"title":"主管护师"}`, []Change{{"职称", "护师", "主管护师"}, {"备注", "借调", ""}}},
		{"职工", `{"phone":"（已填写）"}`, `{"phone":"（已填写）"}`, []Change{{"联系电话", "（已填写）", "（已改动）"}}},
		{"职工", `{}`, `{"phone":"（已填写）"}`, []Change{{"联系电话", "", "（已填写）"}}},
		{"职工", `{"department_id":4}`, `{"department_id":3}`, []Change{{"科室", "内部号 4", "内科"}}},
		{"专项行动", `{"title":"甲"}`, `{"template_id":"a","title":"乙"}`, []Change{{"名称", "甲", "乙"}, {"模板", "", "a"}}},
		{"承诺书", "", `{"count":2,"from":"CN-2026-00001-11","kind":"个人","to":"CN-2026-00002-08"}`,
			[]Change{{"类别", "", "个人"}, {"份数", "", "2"}, {"起始编号", "", "CN-2026-00001-11"}, {"截止编号", "", "CN-2026-00002-08"}}},
		{"承诺书", "", `{"kind":"works"}`, []Change{{"类别", "", "基建"}}},
		{"问题", `{"funds_fen":0}`, `{"funds_fen":123456}`, []Change{{"资金（元）", "", "1,234.56"}}},
		{"处置", "", `{"amount_fen":-200000,"proceeds_fen":0}`, []Change{{"金额（元）", "", "-2,000.00"}, {"变价所得（元）", "", ""}}},
		{"红包上交", `{"disposed_fen":0}`, `{"disposed_fen":1.5}`, []Change{{"已处置（元）", "0.00", "1.5"}}},
		{"账号", "", `{"locked":true,"program":"清风"}`, []Change{{"程序", "", "清风"}, {"账号已锁定", "", "是"}}},
		{"新台账", `{"b":1}`, `{"b":12345678901234567890,"a":null,"c":[1,"x"],"name":"甲"}`,
			[]Change{{"名称", "", "甲"}, {"a", "", ""}, {"b", "1", "12345678901234567890"}, {"c", "", `[1,"x"]`}}},
		{"职工", "", "", nil},
		{"职工", `{"title":"护师"`, `{"title":"主管护师"}`, []Change{{"原文", `{"title":"护师"`, `{"title":"主管护师"}`}}},
		{"职工", "", `{"title":"护师"}{}`, []Change{{"原文", "", `{"title":"护师"}{}`}}},
		{"职工", "null", "", []Change{{"原文", "null", ""}}},
		{"职工", "", `[1]`, []Change{{"原文", "", "[1]"}}},
	} {
		if got := ReadableChange(labels, AuditLine{Entity: c.entity, Before: c.before, After: c.after}); !slices.Equal(got, c.want) {
			t.Errorf("%s %s %s:\n got %q\nwant %q", c.entity, c.before, c.after, got, c.want)
		}
	}
}

func TestReadableName(t *testing.T) {
	labels := auditLabels(t)
	for _, c := range [][3]string{{"设置", "idle_minutes", "闲置锁定（分钟）"}, {"设置", "another", "another"}, {"职工", "idle_minutes", "idle_minutes"}} {
		if got := ReadableName(labels, AuditLine{Entity: c[0], Label: c[1]}); got != c[2] {
			t.Errorf("%s %s: %q", c[0], c[1], got)
		}
	}
}

// No column of a line is lost and none is told twice, whatever a line holds.
func TestReadableChangeIsWhole(t *testing.T) {
	labels := auditLabels(t)
	side := rapid.MapOf(rapid.SampledFrom([]string{"name", "title", "state", "kind", "x", "y"}), rapid.StringMatching(`[甲-龥a-z0-9]{1,4}`))
	rapid.Check(t, func(rt *rapid.T) {
		before, after := side.Draw(rt, "before"), side.Draw(rt, "after")
		b, _ := json.Marshal(before)
		a, _ := json.Marshal(after)
		changes := ReadableChange(labels, AuditLine{Entity: rapid.SampledFrom([]string{"职工", "专项行动", "别的"}).Draw(rt, "entity"), Before: string(b), After: string(a)})
		olds, news := map[string]int{}, map[string]int{}
		for _, c := range changes {
			olds[c.Old]++
			news[c.New]++
		}
		for column, v := range before {
			if olds[v] == 0 {
				rt.Fatalf("%s=%s is not among %q", column, v, changes)
			}
		}
		for column, v := range after {
			if news[v] == 0 && before[column] != v {
				rt.Fatalf("%s=%s is not among %q", column, v, changes)
			}
			before[column] = ""
		}
		if len(changes) != len(before) {
			rt.Fatalf("%d changes, %d columns", len(changes), len(before))
		}
	})
}

// Every column that the store writes into audit lines has a Chinese word. The
// store's source is read, because its columns are nobody else's business.
func TestEveryColumnHasALabel(t *testing.T) {
	labels := auditLabels(t)
	known := map[string]bool{"sort_key": true, "initials": true, "failures": true, "locked_until": true, "proof": true} // never in a line
	for _, register := range append(labels.Registers, assets.RegisterLabels{Columns: labels.Common}) {
		for _, p := range register.Columns {
			known[p[0]] = true
		}
	}
	files, err := filepath.Glob("store/*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	check := func(where token.Position, node ast.Node) {
		ast.Inspect(node, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && (calls(call, "insert") || calls(call, "update")) {
				return false // a whole row, not what a line tells of it
			}
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			if id, ok := lit.Type.(*ast.Ident); !ok || id.Name != "columns" {
				return true
			}
			for _, e := range lit.Elts {
				key, ok := e.(*ast.KeyValueExpr).Key.(*ast.BasicLit)
				if !ok {
					continue
				}
				column, _ := strconv.Unquote(key.Value)
				if found++; !known[column] {
					t.Errorf("%s: column %q has no word in assets/audit/labels.toml", where, column)
				}
			}
			return true
		})
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && writesLines(f) {
				check(set.Position(d.Pos()), d)
			}
		}
	}
	if found < 60 {
		t.Errorf("only %d columns found in the store's source", found)
	}
}

// writesLines reports whether columns in a function go into audit lines: it
// writes a line, or makes the columns of a row. Those of slots are locks of
// keys, which no line tells.
func writesLines(f *ast.FuncDecl) bool {
	if strings.HasSuffix(f.Name.Name, "Columns") {
		return f.Name.Name != "slotColumns"
	}
	writes := false
	ast.Inspect(f, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && calls(call, "record") {
			writes = true
		}
		return !writes
	})
	return writes
}

func calls(call *ast.CallExpr, method string) bool {
	f, ok := call.Fun.(*ast.SelectorExpr)
	return ok && f.Sel.Name == method
}
