package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gorm.io/gorm"

	"qingfeng/model"
)

// unguarded lets work at the database without the triggers that keep findings and
// the audit trail; a careful hand puts them back.
func unguarded(t testing.TB, path string, work func(db *gorm.DB)) {
	t.Helper()
	db, err := connect(path, true)
	ok(t, err)
	defer closePool(db)
	var guards []struct{ Name, SQL string }
	ok(t, db.Raw(`SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND (name LIKE 'audit_%' OR name LIKE 'finding_%')`).Scan(&guards).Error)
	for _, g := range guards {
		ok(t, db.Exec(`DROP TRIGGER `+g.Name).Error)
	}
	work(db)
	for _, g := range guards {
		ok(t, db.Exec(g.SQL).Error)
	}
}

// raw changes the closed database as another program can.
func raw(t testing.TB, path string, statements ...string) {
	t.Helper()
	unguarded(t, path, func(db *gorm.DB) {
		for _, q := range statements {
			ok(t, db.Exec(q).Error)
		}
	})
}

// trailed makes a folder with a trail of a few people and letters, closed.
func trailed(t *testing.T) (dir string, last int64) {
	dir = filepath.Join(t.TempDir(), "清风 数据")
	s := openIn(t, dir)
	letter(t, s)
	must[int64](t)(s.SaveStaff(context.Background(), model.Staff{EmployeeNo: "90", Name: "赵犇", DepartmentID: 1, IDNumber: itsIDNumber}))
	ok(t, s.SignOut(context.Background(), false))
	head, err := readHead(s.reader)
	ok(t, err)
	clean(t, s)
	s.Close()
	s.folder.Close()
	return dir, head.LastNo
}

func TestATrailThatWasTamperedWith(t *testing.T) {
	dir, last := trailed(t)
	swap := func(a, b int) []string {
		return []string{fmt.Sprintf(`UPDATE audit SET id = 9999 WHERE id = %d`, a), fmt.Sprintf(`UPDATE audit SET id = %d WHERE id = %d`, a, b), fmt.Sprintf(`UPDATE audit SET id = %d WHERE id = 9999`, b)}
	}
	for name, c := range map[string]struct {
		do   []string
		line int64
	}{
		"time":                  {[]string{`UPDATE audit SET at = at + 1 WHERE id = 5`}, 5},
		"actor":                 {[]string{`UPDATE audit SET actor = '王某（wang）' WHERE id = 5`}, 5},
		"action":                {[]string{`UPDATE audit SET action = '查看' WHERE id = 5`}, 5},
		"entity":                {[]string{`UPDATE audit SET entity = '科室' WHERE id = 6`}, 6},
		"record":                {[]string{`UPDATE audit SET entity_id = entity_id + 1 WHERE id = 5`}, 5},
		"label":                 {[]string{`UPDATE audit SET label = label || ' ' WHERE id = 5`}, 5},
		"before":                {[]string{`UPDATE audit SET before = '{}' WHERE id = 5`}, 5},
		"after":                 {[]string{`UPDATE audit SET after = after || ' ' WHERE id = 6`}, 6},
		"hash":                  {[]string{`UPDATE audit SET hash = hex(randomblob(32)) WHERE id = 5`}, 5},
		"no hash":               {[]string{`UPDATE audit SET hash = '' WHERE id = 5`}, 5},
		"number":                {[]string{`UPDATE audit SET id = 5000 WHERE id = 5`}, 5},
		"the first":             {[]string{`UPDATE audit SET label = 'x' WHERE id = 1`}, 1},
		"the last":              {[]string{fmt.Sprintf(`UPDATE audit SET actor = 'x' WHERE id = %d`, last)}, last},
		"two":                   {[]string{`UPDATE audit SET actor = 'x' WHERE id IN (4, 7)`}, 4},
		"before moved to after": {[]string{`UPDATE audit SET before = after, after = '' WHERE id = 5`}, 5},
		"removed":               {[]string{`DELETE FROM audit WHERE id = 5`}, 5},
		"the first removed":     {[]string{`DELETE FROM audit WHERE id = 1`}, 1},
		"several removed":       {[]string{`DELETE FROM audit WHERE id BETWEEN 5 AND 7`}, 5},
		"removed and closed up": {[]string{`DELETE FROM audit WHERE id = 5`, `UPDATE audit SET id = id - 1 WHERE id > 5`}, 5},
		"reordered":             {swap(5, 6), 5},
		"far reordered":         {swap(4, 8), 4},
		"inserted": {[]string{`UPDATE audit SET id = -id - 1 WHERE id >= 5`, `UPDATE audit SET id = -id WHERE id < 0`,
			`INSERT INTO audit SELECT 5, at, actor, action, entity, entity_id, label, before, after, hash FROM audit WHERE id = 4`}, 5},
		"appended":      {[]string{fmt.Sprintf(`INSERT INTO audit SELECT %d, at, actor, action, entity, entity_id, label, before, after, hash FROM audit WHERE id = 4`, last+1)}, last + 1},
		"truncated":     {[]string{fmt.Sprintf(`DELETE FROM audit WHERE id > %d`, last-2)}, last - 1},
		"emptied":       {[]string{`DELETE FROM audit`}, 1},
		"head one more": {[]string{`UPDATE audit_head SET last_no = last_no + 1`}, last + 1},
		"head one less": {[]string{`UPDATE audit_head SET last_no = last_no - 1`}, last},
		"head hash":     {[]string{`UPDATE audit_head SET hash = hex(randomblob(32))`}, last},
		"no head":       {[]string{`DELETE FROM audit_head`}, last},
	} {
		t.Run(name, func(t *testing.T) {
			s := openLocked(t, copyFolder(t, dir), cheap)
			raw(t, s.folder.Database(), c.do...)
			want := fmt.Sprintf("第 %d 条", c.line)
			if got := problemsIn(t, s, areaTrail); len(got) != 1 || !strings.Contains(got[0], want) {
				t.Errorf("nobody signed in: %q, want %s", got, want)
			}
			s = reopened(t, s)
			enter(t, s) // the office goes on, and so does the trail
			if got := problemsIn(t, s, areaTrail); len(got) != 1 && !strings.HasPrefix(name, "head one") {
				t.Errorf("after the next start and sign-in: %q", got)
			}
		})
	}
}

// recompute gives all lines hashes that fit, as somebody without the key can.
func recompute(t *testing.T, path string, change string, unseal string) {
	t.Helper()
	unguarded(t, path, func(db *gorm.DB) {
		ok(t, db.Transaction(func(tx *gorm.DB) error {
			ok(t, tx.Exec(change).Error)
			var rows []auditRow
			ok(t, tx.Table("audit").Order("id").Find(&rows).Error)
			before := ""
			for _, r := range rows {
				before = r.chained(before)
				ok(t, tx.Exec(`UPDATE audit SET hash = ? WHERE id = ?`, before, r.ID).Error)
			}
			ok(t, tx.Exec(`UPDATE audit_head SET last_no = ?, hash = ?`, len(rows), before).Error)
			return tx.Exec(unseal).Error
		}))
	})
}

// The seal shows what a chain made anew hides, and signing in, working and
// changing the key do not put a right seal under a wrong trail.
func TestATrailMadeAnewHasNoSeal(t *testing.T) {
	ctx := context.Background()
	dir, last := trailed(t)
	for name, c := range map[string]struct{ change, unseal string }{
		"a line changed":      {`UPDATE audit SET actor = '王某（wang）' WHERE id = 5`, `SELECT 1`},
		"a line removed":      {`DELETE FROM audit WHERE id = 5; UPDATE audit SET id = id - 1 WHERE id > 5`, `SELECT 1`},
		"the end cut off":     {fmt.Sprintf(`DELETE FROM audit WHERE id > %d`, last-3), `SELECT 1`},
		"a line appended":     {fmt.Sprintf(`INSERT INTO audit SELECT %d, at, actor, action, entity, entity_id, label, before, after, '' FROM audit WHERE id = 4`, last+1), `SELECT 1`},
		"the seal taken away": {`UPDATE audit SET actor = '王某（wang）' WHERE id = 5`, `UPDATE audit_head SET sealed_no = 0, seal = ''`},
		"the seal forged":     {`UPDATE audit SET actor = '王某（wang）' WHERE id = 5`, `UPDATE audit_head SET seal = 'k1.AAAA'`},
		"emptied":             {`DELETE FROM audit`, `UPDATE audit_head SET sealed_no = 0, seal = ''`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := copyFolder(t, dir)
			recompute(t, filepath.Join(dir, "qingfeng.db"), c.change, c.unseal)
			os.Remove(filepath.Join(dir, "qingfeng.sum")) // he is no fool
			s := openLocked(t, dir, cheap)
			if p := problemsIn(t, s, areaTrail); len(p) > 0 {
				t.Fatalf("the forgery itself is bad: %v", p)
			}
			enter(t, s)
			must[int64](t)(s.SaveStaff(ctx, model.Staff{EmployeeNo: "91", Name: "刘赟", DepartmentID: 1}))
			ok(t, s.Rekey(ctx, nil))
			s = reopened(t, s)
			enter(t, s)
			if got := problemsIn(t, s, areaTrail); len(got) != 1 || !strings.Contains(got[0], "封印") {
				t.Fatalf("found %q", got)
			}
			ok(t, s.AcceptAlteration(ctx, "已报院领导，另存原文件"))
			clean(t, s)
			wantCode(t, s.AcceptAlteration(ctx, "再来一次"), model.Conflict)
			s = reopened(t, s)
			enter(t, s)
			clean(t, s)
		})
	}
}

func TestTheTrailOfTheFirstSchemaIsChained(t *testing.T) {
	ctx := context.Background()
	dir := firstSchema(t)
	s := openLocked(t, dir, cheap)
	before := rowsOf(t, s, `SELECT id FROM audit`)
	clean(t, s)
	raw(t, s.folder.Database(), `UPDATE audit SET actor = 'x' WHERE id = 2`)
	if got := problemsIn(t, s, areaTrail); len(got) != 1 || !strings.Contains(got[0], "第 2 条") {
		t.Errorf("found %q", got)
	}
	if len(before) < 3 {
		t.Fatalf("the dump has only %d lines", len(before))
	}
	s = openLocked(t, firstSchema(t), cheap)
	enter(t, s)
	clean(t, s)
	if n := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{}, Page{})).Total; n <= len(before) {
		t.Errorf("%d lines of %d are left", n, len(before))
	}
}

// firstSchema is a folder as the first release left it.
func firstSchema(t testing.TB, statements ...string) string {
	t.Helper()
	dir := t.TempDir()
	text, err := os.ReadFile("testdata/schema-1.sql")
	ok(t, err)
	db, err := connect(filepath.Join(dir, "qingfeng.db"), true)
	ok(t, err)
	defer closePool(db)
	pool, err := db.DB()
	ok(t, err)
	for _, q := range append([]string{string(text)}, statements...) {
		_, err = pool.Exec(q)
		ok(t, err)
	}
	return dir
}

func TestTheTrailIsReadAndFiltered(t *testing.T) {
	ctx := context.Background()
	dir, last := trailed(t)
	s := openLocked(t, dir, cheap)
	enter(t, s)
	all := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{}, Page{Sort: "id", Desc: true, Limit: 2}))
	if all.Total != int(last)+1 || len(all.Items) != 2 || all.Items[0].Action != "登录" || all.Items[0].ID != last+1 {
		t.Errorf("the newest of %d are %+v", all.Total, all.Items)
	}
	for _, c := range []struct {
		f    TrailFilter
		want int
	}{
		{TrailFilter{Entity: "职工"}, 4}, {TrailFilter{Entity: "职工", Action: "新增", Actor: "李某（li）"}, 4}, {TrailFilter{Actor: "系统"}, 0},
		{TrailFilter{Find: "赵犇"}, 1}, {TrailFilter{Find: "01001"}, 1}, {TrailFilter{Find: "%"}, 0}, {TrailFilter{Find: itsIDNumber}, 0},
		{TrailFilter{From: "2026-08-11", To: "2026-08-11"}, int(last) + 1}, {TrailFilter{To: "2026-08-10"}, 0}, {TrailFilter{From: "2026-08-12"}, 0},
	} {
		if got := must[Rows[model.AuditLine]](t)(s.Trail(ctx, c.f, Page{})); got.Total != c.want {
			t.Errorf("%+v finds %d, want %d", c.f, got.Total, c.want)
		}
	}
	w := must[TrailWords](t)(s.TrailWords(ctx))
	if fmt.Sprint(w.Actors) != "[李某（li）]" || !strings.Contains(fmt.Sprint(w.Entities), "专项行动") || !strings.Contains(fmt.Sprint(w.Actions), "退出") {
		t.Errorf("words %+v", w)
	}
}

// Text that wanders from one field to the next makes another line.
func TestFieldsOfALineDoNotFlowTogether(t *testing.T) {
	a := auditRow{ID: 1, At: 1, Actor: "李某", Action: "新增", Entity: "职工", EntityID: 12, Label: "01001"}
	b := a
	b.Entity, b.Action = "增职工", "新"
	c := a
	c.ID, c.At = 11, 0
	if a.chained("") == b.chained("") || a.chained("") == c.chained("") || a.chained("") == a.chained("0") {
		t.Error("different lines have one hash")
	}
}
