package issue

import (
	"context"
	"database/sql"
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store"
)

func trailOf(t *testing.T, s *store.Store, f store.TrailFilter) []model.AuditLine {
	t.Helper()
	found, err := s.Trail(context.Background(), f, store.Page{Sort: "id"})
	check(t, err)
	return found.Items
}

// addLines puts n lines behind those that are there, the last at noon and each
// a quarter of an hour before the next. It writes into the file itself: through
// the store it would take minutes.
func addLines(t testing.TB, s *store.Store, n int) {
	t.Helper()
	db, err := sql.Open("sqlite", s.Folder().Database())
	check(t, err)
	defer db.Close()
	_, err = db.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < ?)
		INSERT INTO audit (id, at, actor, action, entity, entity_id, label, before, after, hash)
		SELECT (SELECT last_no FROM audit_head) + i, ? - (?-i)*900, '李某（li）', '打印', '承诺书', i, 'CN-' || i, '', '{"print_count":1}', 'x' FROM n`, n, noon.Unix(), n)
	check(t, err)
	_, err = db.Exec(`UPDATE audit_head SET last_no = last_no + ?`, n)
	check(t, err)
}

func TestTrailTableHoldsEachLineOnce(t *testing.T) {
	ctx := context.Background()
	s, _ := office(t)
	for _, more := range []int{1, 2*trailPiece + 7} {
		addLines(t, s, more)
		want := trailOf(t, s, store.TrailFilter{})
		var steps []int
		table, err := TrailTable(ctx, s, store.TrailFilter{}, func(done, total int) {
			if total != len(want) {
				t.Errorf("counts to %d, want %d", total, len(want))
			}
			steps = append(steps, done)
			check(t, s.SaveSetting(ctx, store.TextScale, strconv.Itoa(len(steps)+more))) // somebody works on
		})
		check(t, err)
		if len(table.Rows) != len(want) || steps[len(steps)-1] != len(want) || len(steps) != 1+(len(want)-1)/trailPiece {
			t.Fatalf("%d rows of %d lines in the steps %v", len(table.Rows), len(want), steps)
		}
		for i, row := range table.Rows {
			if no := strconv.FormatInt(want[len(want)-1-i].ID, 10); row[0] != no {
				t.Fatalf("row %d is line %s, want %s", i, row[0], no)
			}
		}
	}
	table, err := TrailTable(ctx, s, store.TrailFilter{Action: "导入"}, nil)
	if check(t, err); len(table.Rows) != 0 {
		t.Errorf("%d rows of nothing", len(table.Rows))
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := TrailTable(stopped, s, store.TrailFilter{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("called off: %v", err)
	}
}

func TestLinesTellNames(t *testing.T) {
	ctx := context.Background()
	s, c := office(t)
	check2(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment))(t)
	rows, err := Printable(ctx, s, personal(c))
	check(t, err)
	check(t, s.VoidCommitment(ctx, rows[0].ID, "打印\n模糊"))
	check2(s.RenewCommitment(ctx, rows[0].ID))(t)
	d, err := s.DepartmentNamed(ctx, rows[0].Department)
	check(t, err)
	d.HeadID = rows[0].StaffID
	check2(s.SaveDepartment(ctx, d))(t)

	lines := trailOf(t, s, store.TrailFilter{})
	labels, err := AuditLabels(ctx, s, lines)
	check(t, err)
	var texts []string
	for _, l := range lines {
		texts = append(texts, l.Action+l.Entity+"："+ChangeText(labels, l))
	}
	all := strings.Join(texts, "\n")
	person := rows[0].Name + "（" + rows[0].EmployeeNo + "）"
	for _, want := range []string{"新增专项行动：名称 " + c.Title, "科室 " + rows[0].Department, "负责人：", " → " + person, "作废承诺书：", "作废原因：（空） → 打印 模糊"} {
		if !strings.Contains(all, want) {
			t.Errorf("no line says %q", want)
		}
	}
	if regexp.MustCompile(`[ ：]内部号 \d`).MatchString(all) {
		t.Errorf("an id has no name:\n%s", all)
	}
	if got := ChangeText(labels, model.AuditLine{Before: "{", After: `{"staff_id":"x"}`}); !strings.Contains(got, `{"staff_id":"x"}`) {
		t.Errorf("a line that was tampered with says %q", got)
	}
}

func TestRecordExportIsNotCalledOff(t *testing.T) {
	s, _ := office(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	check(t, RecordExport(ctx, s, "职工", "/home/文件 夹/职工.xlsx", 7, true))
	lines := trailOf(t, s, store.TrailFilter{Action: "导出"})
	if len(lines) != 1 || lines[0].Entity != "职工" || lines[0].Label != "职工.xlsx" || lines[0].After != `{"plain":true,"rows":7}` {
		t.Errorf("lines %+v", lines)
	}
	check(t, s.SignOut(context.Background(), true))
	err := RecordExport(ctx, s, "职工", "职工.xlsx", 7, false)
	if model.CodeOf(err) != model.Denied || !strings.Contains(err.Error(), "职工.xlsx 已经保存，但没有记入操作记录：请先登录") {
		t.Errorf("with nobody there: %v", err)
	}
}
