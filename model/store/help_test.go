package store

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/vault"
)

// clock is one that the test sets.
type clock struct{ at time.Time }

func (c *clock) now() time.Time             { return c.at }
func (c *clock) add(d time.Duration) *clock { c.at = c.at.Add(d); return c }
func (c *clock) options() Options {
	return Options{Now: c.now, Program: "测试", Cost: vault.Cheap}
}

// openLocked opens a data folder and signs nobody in.
func openLocked(t testing.TB, dir string, o Options) *Store {
	t.Helper()
	f, err := folder.Open(dir, folder.Holder{Program: "测试", Since: noon})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(context.Background(), f, o)
	if err != nil {
		f.Close()
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(s) })
	return s
}

// shut closes a store and gives its folder back. Doing it again does nothing.
func shut(s *Store) {
	s.Close()
	s.folder.Close()
}

// reopened is the next start of the program, with nobody signed in.
func reopened(t testing.TB, s *Store) *Store {
	t.Helper()
	dir, o := s.folder.Dir(), Options{Now: s.now, Program: s.program, Cost: s.cost}
	shut(s)
	return openLocked(t, dir, o)
}

// ok ends the test on an error.
func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantCode checks the kind of an error and that people can read it.
func wantCode(t testing.TB, err error, want model.Code) {
	t.Helper()
	if model.CodeOf(err) != want {
		t.Errorf("error %v has code %q, want %q", err, model.CodeOf(err), want)
	}
	wantSentence(t, err)
}

// wantSentence checks that an error is one of ours, in Chinese.
func wantSentence(t testing.TB, err error) {
	t.Helper()
	if err != nil && (model.CodeOf(err) == "" || !strings.ContainsFunc(err.Error(), func(r rune) bool { return r >= '一' && r <= '龥' })) {
		t.Errorf("error %q is no sentence for people", err)
	}
}

// clean checks that a check of the folder finds nothing.
func clean(t testing.TB, s *Store) {
	t.Helper()
	if p := must[[]Problem](t)(s.Check(context.Background())); len(p) > 0 {
		t.Fatalf("check: %v", p)
	}
}

const clerkPassword = "明月清风 1024"

// newAccount adds an account whose owner has already made the password his own,
// and leaves the administrator signed in.
func newAccount(t testing.TB, s *Store, login string, role model.Role) int64 {
	t.Helper()
	ctx := context.Background()
	id := must[int64](t)(s.AddAccount(ctx, model.Account{Login: login, Name: "王某", Role: role}, "头一个密码 1号"))
	must[model.Account](t)(s.SignIn(ctx, login, "头一个密码 1号"))
	ok(t, s.ChangePassword(ctx, "头一个密码 1号", clerkPassword))
	enter(t, s)
	return id
}

// dump is the content of all tables, row by row, but for those named.
func dump(t testing.TB, s *Store, but ...string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, table := range tables(t, s) {
		if !slices.Contains(but, table) {
			out[table] = strings.Join(rowsOf(t, s, `SELECT * FROM `+table+` ORDER BY rowid`), "\n")
		}
	}
	return out
}

func tables(t testing.TB, s *Store) []string {
	t.Helper()
	var names []string
	ok(t, s.peek(context.Background()).Raw(`SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name`).Scan(&names).Error)
	return names
}

// rowsOf prints each row of a query on a line.
func rowsOf(t testing.TB, s *Store, query string) []string {
	t.Helper()
	rows, err := s.peek(context.Background()).Raw(query).Rows()
	ok(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	ok(t, err)
	var out []string
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		ok(t, rows.Scan(into...))
		out = append(out, fmt.Sprintf("%v", values))
	}
	ok(t, rows.Err())
	return out
}

// differences names the tables that differ, each with its content after.
func differences(before, after map[string]string) []string {
	var out []string
	for table, text := range after {
		if before[table] != text {
			out = append(out, table+":\n"+text)
		}
	}
	return out
}

// filesOf maps each file below a folder to its content, but for the database
// and the lock's files.
func filesOf(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	ok(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), "qingfeng.") {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		out[rel] = string(data)
		return err
	}))
	return out
}

// copyFolder copies a data folder that nobody has open.
func copyFolder(t testing.TB, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "清风 数据")
	ok(t, os.CopyFS(to, os.DirFS(from)))
	return to
}

// scan is a file that can be attached, with a text inside.
func scan(text string) *bytes.Reader { return bytes.NewReader([]byte("%PDF-1.7\n" + text)) }

// letter makes one personal letter of a ward and returns its id.
func letter(t testing.TB, s *Store) int64 {
	t.Helper()
	ctx := context.Background()
	ward(t, s, "急诊科", "01", 3)
	c := drive(t, s)
	must[int](t)(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment))
	return must[Rows[CommitmentRow]](t)(s.Commitments(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}, Page{})).Items[0].ID
}

// problemsIn are the findings of a check in one area.
func problemsIn(t testing.TB, s *Store, area string) []string {
	t.Helper()
	var out []string
	for _, p := range must[[]Problem](t)(s.Check(context.Background())) {
		if p.Area == area {
			out = append(out, p.Detail)
		}
	}
	return out
}
