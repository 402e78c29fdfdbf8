package store

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// A byte that changes on the disk must be noticed: by Open, by a sign-in, by a
// page that is read, or by Check. It never ends the program and never shows
// people an error that is no sentence.

// flips is how many bytes of each file are changed. QINGFENG_FLIPS asks for
// more.
func flips(t *testing.T) int {
	t.Helper()
	const usual = 300
	text := os.Getenv("QINGFENG_FLIPS")
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	ok(t, err)
	return max(n, usual)
}

// places are offsets in a file of size bytes: all of the first head, then n
// spread over the rest.
func places(size, head, n int) []int {
	head = min(head, size)
	var out []int
	for at := range head {
		out = append(out, at)
	}
	for i := range n {
		out = append(out, head+(size-head)*i/n)
	}
	return out
}

// flipped is a file with one bit of the byte at an offset changed.
func flipped(file []byte, at int) []byte {
	out := bytes.Clone(file)
	out[at] ^= 1 << (at % 8)
	return out
}

// mangled are a file cut off in several ways, and with pages of zeros in the
// place of n of its own.
func mangled(file []byte, n int) map[string][]byte {
	const page = 4096
	out := map[string][]byte{
		"emptied": {}, "all but a byte cut off": file[:1], "half cut off": file[:len(file)/2], "the last byte cut off": file[:len(file)-1],
	}
	for _, at := range places(max(len(file)-page, 1), 0, n) {
		at -= at % page
		zeroed := bytes.Clone(file)
		clear(zeroed[at:min(at+page, len(file))])
		if !bytes.Equal(zeroed, file) {
			out["zeros from "+strconv.Itoa(at)] = zeroed
		}
	}
	return out
}

// quickDir is a folder in memory if there is one: these tests start the program
// some thousand times, and none of them is about flushing.
func quickDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "qingfeng-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// livedIn is a closed data folder with people, letters, scans and accounts, and
// with something in every register.
func livedIn(t *testing.T) (dir string) {
	t.Helper()
	ctx := context.Background()
	dir = filepath.Join(quickDir(t), "清风 数据")
	s := openIn(t, dir)
	sensitiveCrowd(t, s, 100, 4)
	must[int](t)(s.MakeCommitments(ctx, 1, model.PersonalCommitment))
	newAccount(t, s, "qian", model.Clerk)
	newAccount(t, s, "zhao", model.Auditor)
	shut(s)
	return dir
}

// disk is a data folder whose database is put there anew for each damage.
type disk struct {
	*folder.Folder
	files map[string][]byte // as they are when whole, by the end of their names
}

// parts are the ends of the names of the database's files.
var parts = []string{".db", ".db-wal", ".db-shm", ".sum"}

func readDisk(t *testing.T, dir string) disk {
	t.Helper()
	f, err := folder.Open(dir, folder.Holder{})
	ok(t, err)
	t.Cleanup(func() { f.Close() })
	d := disk{f, map[string][]byte{}}
	for _, part := range parts {
		if data, err := os.ReadFile(d.path(part)); err == nil {
			d.files[part] = data
		}
	}
	return d
}

func (d disk) path(part string) string { return filepath.Join(d.Dir(), "qingfeng"+part) }

// put brings all files back, one of them with another content.
func (d disk) put(t *testing.T, part string, content []byte) {
	t.Helper()
	for _, p := range parts {
		data, there := d.files[p]
		switch {
		case p == part:
			ok(t, os.WriteFile(d.path(p), content, 0o600))
		case there:
			ok(t, os.WriteFile(d.path(p), data, 0o600))
		default:
			os.Remove(d.path(p))
		}
	}
}

// reread opens the folder, signs in, checks and reads a page of everything. It
// returns where the damage came to light, "" when it did not.
func (d disk) reread(t *testing.T) (how string) {
	t.Helper()
	ctx := context.Background()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("panic: %v", r)
			how = "panic"
		}
	}()
	s, err := Open(ctx, d.Folder, cheap)
	if err != nil {
		wantSentence(t, err)
		return "open"
	}
	defer s.closePools()
	for _, step := range readings {
		found, err := step.read(ctx, s)
		wantSentence(t, err)
		if how == "" && (found || err != nil) {
			how = step.name
		}
	}
	return how
}

// readings are what people do; found says that they were told of damage.
var readings = []struct {
	name string
	read func(ctx context.Context, s *Store) (found bool, err error)
}{
	{"sign-in", func(ctx context.Context, s *Store) (bool, error) {
		_, err := s.SignIn(ctx, "li", password)
		return false, err
	}},
	{"check", func(ctx context.Context, s *Store) (bool, error) { p, err := s.Check(ctx); return len(p) > 0, err }},
	{"people", func(ctx context.Context, s *Store) (bool, error) {
		_, err := s.Staff(ctx, StaffFilter{}, Page{Limit: 20})
		return false, err
	}},
	{"letters", func(ctx context.Context, s *Store) (bool, error) {
		_, err := s.Commitments(ctx, CommitmentFilter{CampaignID: 1}, Page{Limit: 20})
		return false, err
	}},
	{"departments", func(ctx context.Context, s *Store) (bool, error) {
		_, err := s.Departments(ctx, DepartmentFilter{}, Page{Limit: 20})
		return false, err
	}},
	{"plan", func(ctx context.Context, s *Store) (bool, error) {
		_, err := s.Plan(ctx, theCampaign)
		return false, err
	}},
	{"deadlines", func(ctx context.Context, s *Store) (bool, error) { _, err := s.Deadlines(ctx, nil); return false, err }},
	{"forms", func(ctx context.Context, s *Store) (bool, error) {
		_, err := s.SelfChecks(ctx, personalForms, Page{Limit: 20})
		return false, err
	}},
	{"what a form states", func(ctx context.Context, s *Store) (bool, error) { _, err := s.Problems(ctx, 2); return false, err }},
	{"summary", func(ctx context.Context, s *Store) (bool, error) {
		_, err := s.SelfCheckSummary(ctx, theCampaign)
		return false, err
	}},
	{"findings", func(ctx context.Context, s *Store) (bool, error) {
		_, err := s.Findings(ctx, FindingFilter{AllCampaigns: true}, Page{Limit: 20})
		return false, err
	}},
	{"draws", func(ctx context.Context, s *Store) (bool, error) {
		_, err := s.Draws(ctx, 0, Page{Limit: 20})
		return false, err
	}},
	{"a draw", func(ctx context.Context, s *Store) (bool, error) {
		same, _, err := s.RepeatDraw(ctx, 1)
		return !same, err
	}},
	{"desk", func(ctx context.Context, s *Store) (bool, error) {
		_, err := s.Desk(ctx, model.Campaign{ID: theCampaign})
		return false, err
	}},
	{"hospital", func(ctx context.Context, s *Store) (bool, error) { _, err := s.Hospital(ctx); return false, err }},
	{"trail", func(ctx context.Context, s *Store) (bool, error) {
		_, err := s.Trail(ctx, TrailFilter{}, Page{Limit: 20})
		return false, err
	}},
	{"scans", func(ctx context.Context, s *Store) (bool, error) {
		_, err := s.Attachments(ctx, "承诺书", 1)
		return false, err
	}},
	{"a scan", func(ctx context.Context, s *Store) (bool, error) {
		_, _, err := s.AttachmentContent(ctx, 1)
		return false, err
	}},
}

// A database that was closed in good order has its digest beside it: nothing
// can change unnoticed.
func TestAChangedByteOfTheDatabaseIsNoticed(t *testing.T) {
	t.Parallel()
	d := readDisk(t, livedIn(t))
	whole := d.files[".db"]
	how := map[string]int{}
	try := func(name string, content []byte) {
		d.put(t, ".db", content)
		found := d.reread(t)
		if found == "" || t.Failed() {
			t.Fatalf("%s of %d: noticed by %q", name, len(whole), found)
		}
		how[found]++
	}
	for _, at := range places(len(whole), 100, flips(t)) {
		try("byte "+strconv.Itoa(at), flipped(whole, at))
	}
	for name, content := range mangled(whole, 12) {
		try(name, content)
	}
	t.Logf("%d bytes: %v", len(whole), how)
	d.put(t, "", nil)
	if found := d.reread(t); found != "" {
		t.Errorf("the whole database: %s", found)
	}
}

// A name in the schema that changed is damage; what people type is not.
func TestAStrangeSchemaIsDamage(t *testing.T) {
	s := openTest(t)
	for query, want := range map[string]bool{
		`SELECT * FROM stafg`: true, `SELECT nume FROM staff`: true, `SELECT coumt(1) FROM staff`: true, `INSERT INTO setting (kez) VALUES (1)`: true,
		`SELECT 'x' LIKE '` + strings.Repeat("%x", 30_000) + `'`: false, `INSERT INTO setting VALUES (NULL, NULL)`: false,
	} {
		if err := s.writer.Exec(query).Error; err == nil || IsDamaged(faultOf(err)) != want {
			t.Errorf("%.40s: %v", query, err)
		}
	}
}
