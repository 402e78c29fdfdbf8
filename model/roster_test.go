package model

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/assets"
)

var allHeads = func() map[string]string {
	m := map[string]string{}
	for _, f := range rosterFields {
		m[f.id] = f.label
	}
	return m
}()

// rosterLine makes a good row and changes some of its cells: "field=value".
func rosterLine(line int, changes ...string) MappedRow {
	cells := map[string]string{
		RosterEmployeeNo: fmt.Sprintf("%05d", line), RosterName: "王小" + string(rune('一'+line)), RosterDepartment: "内科",
		RosterSex: "男", RosterBornOn: "1949-12", RosterIDNumber: "", RosterTitle: "主治医师",
	}
	for _, c := range changes {
		field, value, _ := strings.Cut(c, "=")
		cells[field] = value
	}
	return MappedRow{Line: line, Cells: cells}
}

func listed(problems []RosterProblem) []string {
	var out []string
	for _, p := range problems {
		out = append(out, fmt.Sprintf("%d %s %s：%s", p.Row, p.Column, p.Value, p.Problem))
	}
	return out
}

func TestRosterRejects(t *testing.T) {
	for change, want := range map[string]string{
		"employee_no=":                      "工号 ：不能为空",
		"employee_no=01 号#":                 "工号 01 号#：含有不允许的字符",
		"name=":                             "姓名 ：不能为空",
		"name=　":                            "姓名 　：不能为空",
		`name==HYPERLINK("x")`:              `姓名 =HYPERLINK("x")：是公式，不是姓名`,
		"name=王五5":                          "姓名 王五5：含有不允许的字符",
		"department=":                       "科室 ：不能为空",
		"born_on=85年生":                      "出生年月 85年生：不是可识别的日期",
		"born_on=1990-02-30":                "出生年月 1990-02-30：1990年2月没有 30 日",
		"joined_on=2016年8月入职":               "参加工作时间 2016年8月入职：不是可识别的日期",
		"id_number=99010119670927286?":      "身份证号 990101********286?：应为 18 位",
		"id_number=110105491231002":         "身份证号 110105********2：15 位的旧身份证号已停用",
		"id_number=1101051949123100O2X":     "身份证号 110105********00O2X：应为 18 位",
		"sex=不详":                            "性别 不详：只能是“男”或“女”",
		"grid_supervisor=也许":                "网格监察员 也许：只能是“是”或“否”",
		"title=" + strings.Repeat("主", 61):  "职称 " + strings.Repeat("主", 40) + "…：有 61 个字符，最多 60 个",
		"branch=" + strings.Repeat("支", 41): "支部 " + strings.Repeat("支", 40) + "…：有 41 个字符，最多 40 个",
		"note=\x01":                         "备注 \x01：含有看不见的控制字符",
	} {
		r := ReadRoster([]MappedRow{rosterLine(4, change)}, allHeads)
		if got := listed(r.Rejected); r.Total != 1 || len(r.Rows) != 0 || len(got) != 1 || !strings.HasPrefix(got[0], "4 "+want) {
			t.Errorf("%s: %q, want %q", change, got, want)
		}
	}
}

func TestRosterWarns(t *testing.T) {
	for change, want := range map[string]string{
		"id_number=110105194912310021": "身份证号 110105**********21：校验码不对",
		"id_number=990101194912310028": "身份证号 990101**********28：前两位 99 不是已知",
		"id_number=110105194902300029": "身份证号 110105**********29：其中的出生日期不存在",
		"sex=F":                        "性别 F：按“女”读取",
		"sex=女性":                       "性别 女性：按“女”读取",
	} {
		r := ReadRoster([]MappedRow{rosterLine(4, change)}, allHeads)
		if got := listed(r.Warnings); len(r.Rows) != 1 || len(got) != 1 || !strings.HasPrefix(got[0], "4 "+want) {
			t.Errorf("%s: %q, want %q", change, got, want)
		}
	}
	for born, odd := range map[string]bool{"1949-12-31": false, "1949-12": false, "1949": false, "": false, "1949-12-30": true, "1949-11": true} {
		r := ReadRoster([]MappedRow{rosterLine(4, "id_number=11010519491231002X", "born_on="+born)}, allHeads)
		if len(r.Rows) != 1 || (len(r.Warnings) == 1) != odd {
			t.Errorf("born %s: %v", born, listed(r.Warnings))
		}
	}
}

func TestRosterReadsTheCells(t *testing.T) {
	row := rosterLine(4, "employee_no= ０１ ００１\n", "name=钱\n 伟", "department=骨 伤科(一 区)", "sex= M ", "born_on=１９７２．５", "joined_on=1995年6月",
		"id_number=１１０１０５ 19491231 002ｘ", "phone=１９９　1234 5678", "position=科主任  支部书记", "note=第一行 \r\n\n 第二行　", "grid_supervisor=√", "branch=机关 党支部", "born_on=1949-12")
	want := RosterRow{Line: 4, Department: "骨伤科（一区）", Branch: "机关党支部", Staff: Staff{
		EmployeeNo: "01001", Name: "钱伟", Sex: Male, BornOn: "1949-12", JoinedOn: "1995-06", IDNumber: "11010519491231002X",
		Phone: "199 1234 5678", Position: "科主任 支部书记", Title: "主治医师", Note: "第一行\n\n第二行", GridSupervisor: true}}
	r := ReadRoster([]MappedRow{row}, allHeads)
	if len(r.Rows) != 1 || r.Rows[0] != want {
		t.Errorf("%+v\n%v", r.Rows, listed(r.Rejected))
	}
	for in, want := range map[string]string{
		"李 喆": "李喆", "　于新 ": "于新", "阿依古丽•买买提": "阿依古丽·买买提", "阿依古丽 . 买买提": "阿依古丽 . 买买提", "阿依古丽.买买提": "阿依古丽·买买提",
		"徐 𬱖": "徐𬱖", "Anna  Maria": "Anna Maria", "Ａｎｎａ": "Anna", "J. Smith": "J. Smith", "王\u200b五": "王五", "马 Mary": "马 Mary",
	} {
		if got := TidyName(in); got != want || TidyName(got) != got {
			t.Errorf("TidyName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestRosterNumbers(t *testing.T) {
	row := func(born string) MappedRow {
		m := rosterLine(4, "born_on="+born)
		m.Numeric = map[string]bool{RosterBornOn: true}
		return m
	}
	r := ReadRoster([]MappedRow{row("1995.1")}, allHeads)
	if len(r.Rows) != 1 || r.Rows[0].Staff.BornOn != "1995-01" || len(r.Warnings) != 1 ||
		!strings.Contains(r.Warnings[0].Problem, "1995年1月") || !strings.Contains(r.Warnings[0].Problem, "1995年10月") {
		t.Errorf("1995.1: %+v %v", r.Rows, listed(r.Warnings))
	}
	for _, born := range []string{"1995.12", "1995.2", "199510", "1995", "19951001"} {
		if r := ReadRoster([]MappedRow{row(born)}, allHeads); len(r.Rows) != 1 || len(r.Warnings) != 0 {
			t.Errorf("%s: %v %v", born, listed(r.Rejected), listed(r.Warnings))
		}
	}
	if r := ReadRoster([]MappedRow{row("26133")}, allHeads); len(r.Rejected) != 1 || !strings.Contains(r.Rejected[0].Problem, "日期序号") {
		t.Error(listed(r.Rejected))
	}
	// As text it is what it says.
	if r := ReadRoster([]MappedRow{rosterLine(4, "born_on=1995.1")}, allHeads); len(r.Warnings) != 0 {
		t.Error(listed(r.Warnings))
	}
}

func TestRosterRepeats(t *testing.T) {
	r := ReadRoster([]MappedRow{
		rosterLine(4, "employee_no=A1", "name=甲"), rosterLine(5, "employee_no=a1", "name=乙"), // two persons
		rosterLine(6), rosterLine(7, "employee_no=00006", "name=王小"+string(rune('一'+6)), "sex=男"), // the same
		rosterLine(8, "employee_no=B", "name=丙"), rosterLine(9, "employee_no=B", "name=丙", "department=外科"), // one person, two departments
		rosterLine(10, "employee_no=C", "name=丁"), rosterLine(11, "employee_no=C", "name=戊", "born_on=不知"), rosterLine(12, "employee_no=C", "name=己"),
		rosterLine(13, "employee_no=D", "name=庚", "born_on=不知"), rosterLine(14, "employee_no=D", "name=庚", "born_on=未知"),
		rosterLine(15, "employee_no=", "name=辛"), rosterLine(16, "employee_no=", "name=壬"),
	}, allHeads)
	bad := "不是可识别的日期，请写成 1971-07-18、1971年7月18日、1971-07、1971年7月 或 1971（年份写四位）"
	want := []string{
		"4 工号 A1：工号与第 5 行重复，是不同的人。请核对后改正", "5 工号 a1：工号与第 4 行重复，是不同的人。请核对后改正",
		"7 工号 00006：与第 6 行重复，只取一次",
		"8 工号 B：与第 9 行是同一人，但内容不同。请只保留一行", "9 工号 B：与第 8 行是同一人，但内容不同。请只保留一行",
		"10 工号 C：工号与第 11、12 行重复，是不同的人。请核对后改正", "11 工号 C：工号与第 10、12 行重复，是不同的人。请核对后改正", "11 出生年月 不知：" + bad,
		"12 工号 C：工号与第 10、11 行重复，是不同的人。请核对后改正",
		"13 工号 D：与第 14 行是同一人，但内容不同。请只保留一行", "13 出生年月 不知：" + bad,
		"14 工号 D：与第 13 行是同一人，但内容不同。请只保留一行", "14 出生年月 未知：" + bad,
		"15 工号 ：不能为空", "16 工号 ：不能为空",
	}
	if got := listed(r.Rejected); !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	if r.Total != 13 || len(r.Rows) != 1 || r.Rows[0].Line != 6 {
		t.Error(r.Total, r.Rows)
	}
}

func TestRosterPairs(t *testing.T) {
	r := ReadRoster([]MappedRow{
		rosterLine(4, "name=沈梅"), rosterLine(5, "name=沈 梅"), rosterLine(6, "name=沈梅", "department=外科"),
		rosterLine(7, "id_number=11010519491231002X"), rosterLine(8, "id_number=11010519491231002x"),
		rosterLine(9, "name=沈梅", "born_on=坏"),
	}, allHeads)
	want := []string{
		"5 姓名 沈梅：与第 4 行同科室同名，请确认是两个人",
		"8 身份证号 110105**********2X：与第 7 行的身份证号相同，工号不同，请核对",
	}
	if got := listed(r.Warnings); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if !slices.Equal(r.Departments, []string{"内科", "外科"}) || len(r.Rejected) != 1 {
		t.Error(r.Departments, r.Rejected)
	}
}

// A 工号 with a dot is one as text, and none as a number.
func TestRosterNumericEmployeeNo(t *testing.T) {
	for no, good := range map[string]bool{"1.5": false, "-3": false, "1.00": false, "1024": true, "00012": true, "A012": true} {
		row := rosterLine(4, "employee_no="+no)
		row.Numeric = map[string]bool{RosterEmployeeNo: true}
		r := ReadRoster([]MappedRow{row}, allHeads)
		if good != (len(r.Rows) == 1) || !good && (len(r.Rejected) != 1 || !strings.Contains(r.Rejected[0].Problem, "不是工号")) {
			t.Errorf("%s as a number: %v", no, listed(r.Rejected))
		}
	}
	if r := ReadRoster([]MappedRow{rosterLine(4, "employee_no=1.5")}, allHeads); len(r.Rows) != 1 {
		t.Error(listed(r.Rejected))
	}
}

// Whoever stands in the file is listed, whatever is wrong with the row.
func TestRosterListed(t *testing.T) {
	unreadable := rosterLine(11, "employee_no=H")
	unreadable.Problems = map[string]string{RosterBornOn: "错误值"}
	r := ReadRoster([]MappedRow{
		rosterLine(4, "employee_no=A"), rosterLine(5, "employee_no= ０１ ００１\n", "born_on=不知"), rosterLine(6, "employee_no=C", "name="),
		rosterLine(7, "employee_no=D", "name=甲"), rosterLine(8, "employee_no=d", "name=乙"),
		rosterLine(9, "employee_no=A"), rosterLine(10, "employee_no="), unreadable,
	}, allHeads)
	want := map[string]bool{"A": true, "01001": true, "C": true, "D": true, "d": true, "H": true}
	if !maps.Equal(r.Listed, want) {
		t.Errorf("%v, %d taken", r.Listed, len(r.Rows))
	}
}

// A cell that the file itself reports as unreadable is named once, in the
// words of the file's reader, and under the file's own column name.
func TestRosterFileProblems(t *testing.T) {
	row := rosterLine(4, "id_number=9.90101E+17", "born_on=#REF!", "name=")
	row.Problems = map[string]string{RosterIDNumber: "数字丢失", RosterBornOn: "错误值", RosterName: "没有结果"}
	heads := maps.Clone(allHeads)
	heads[RosterIDNumber] = "证件号码（18位）"
	want := []string{"4 姓名 ：没有结果", "4 出生年月 #REF!：错误值", "4 证件号码（18位） 9.90101E+17：数字丢失"}
	if r := ReadRoster([]MappedRow{row}, heads); !slices.Equal(listed(r.Rejected), want) || r.Total != 1 {
		t.Errorf("%q", listed(r.Rejected))
	}
}

// Each row is either taken or rejected, and reading what was read changes
// nothing.
func TestRosterAccountsForEveryRow(t *testing.T) {
	value := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "01001", "王五", "内科", "男", "1995.12", "11010519491231002X", "是"}))
	rapid.Check(t, func(t *rapid.T) {
		var rows []MappedRow
		for line := range rapid.IntRange(0, 12).Draw(t, "rows") {
			row := MappedRow{Line: line + 1, Cells: map[string]string{}}
			for _, f := range rosterFields {
				row.Cells[f.id] = value.Draw(t, f.id)
			}
			if rapid.Bool().Draw(t, "good") {
				row.Cells = rosterLine(line, "note="+row.Cells[RosterNote], "title="+row.Cells[RosterTitle]).Cells
			}
			rows = append(rows, row)
		}
		r := ReadRoster(rows, allHeads)
		rejected := map[int]bool{}
		for _, p := range r.Rejected {
			rejected[p.Row] = true
		}
		if r.Total != len(rows) || r.Total != len(r.Rows)+len(rejected) {
			t.Fatalf("%d rows, total %d, %d taken, %d rejected", len(rows), r.Total, len(r.Rows), len(rejected))
		}
		var again []MappedRow
		for _, row := range r.Rows {
			s := row.Staff
			again = append(again, MappedRow{Line: row.Line, Cells: map[string]string{
				RosterEmployeeNo: s.EmployeeNo, RosterName: s.Name, RosterDepartment: row.Department, RosterBranch: row.Branch,
				RosterSex: string(s.Sex), RosterBornOn: string(s.BornOn), RosterJoinedOn: string(s.JoinedOn), RosterIDNumber: s.IDNumber,
				RosterPhone: s.Phone, RosterPost: s.Post, RosterTitle: s.Title, RosterPosition: s.Position, RosterPolitical: s.Political,
				RosterKeyPostReason: s.KeyPostReason, RosterNote: s.Note, RosterGridSupervisor: map[bool]string{true: "是", false: "否"}[s.GridSupervisor],
			}})
		}
		if second := ReadRoster(again, allHeads); len(second.Rejected) != 0 || len(r.Rows) > 0 && !reflect.DeepEqual(second.Rows, r.Rows) {
			t.Fatalf("read again:\n%+v\n%+v\n%v", r.Rows, second.Rows, second.Rejected)
		}
	})
}

func TestRosterColumnsFile(t *testing.T) {
	c, err := assets.New("").SheetColumns("roster/columns.toml")
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, f := range c.Fields {
		ids[f.ID] = true
		if !KnownRosterField(f.ID) || allHeads[f.ID] != f.Label {
			t.Errorf("%s %s is not a field of the program", f.ID, f.Label)
		}
		if !slices.Contains(f.Names, f.Label) {
			t.Errorf("%s is not recognised by its own label", f.Label)
		}
	}
	if len(ids) != len(rosterFields) {
		t.Errorf("%d columns for %d fields", len(ids), len(rosterFields))
	}
}
