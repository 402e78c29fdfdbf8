package store

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/vault"
)

// forge is an archive that opens with the administrator's password and holds
// what somebody else put in.
type forge struct {
	s     *Store
	slots []vault.Slot
	whole map[string][]byte // of a true backup
	order []string
}

func newForge(t *testing.T) *forge {
	t.Helper()
	ctx := context.Background()
	s := openTest(t)
	id := letter(t, s)
	must[int64](t)(s.Attach(ctx, "承诺书", id, "扫描件.pdf", scan("甲")))
	made := must[BackupResult](t)(s.Backup(ctx, "手动", ""))
	f := &forge{s: s, slots: []vault.Slot{slotOf(t, s, "li")}, whole: map[string][]byte{}}
	dir := t.TempDir()
	file, err := os.Open(made.Path)
	ok(t, err)
	defer file.Close()
	plain, err := s.session.Load().id.OpenArchive(file)
	ok(t, err)
	must[Manifest](t)(unpack(ctx, plain, dir))
	for _, m := range made.Files {
		f.whole[m.Name] = must[[]byte](t)(os.ReadFile(filepath.Join(dir, m.Name)))
		f.order = append(f.order, m.Name)
	}
	return f
}

func listed(name string, content []byte) ManifestFile {
	sum := sha256.Sum256(content)
	return ManifestFile{Name: name, Size: int64(len(content)), Sum: hex.EncodeToString(sum[:])}
}

// entry is one file of a tar.
type entry struct {
	tar.Header
	content []byte
}

func file(name string, content []byte) entry {
	return entry{tar.Header{Name: name, Mode: 0o600, Size: int64(len(content))}, content}
}

// honest are the manifest and the entries of the true backup.
func (f *forge) honest() (Manifest, []entry) {
	m := Manifest{Version: archiveVersion, Hospital: "某县中医院", MadeAt: noon.Unix()}
	var entries []entry
	for _, name := range f.order {
		m.Files = append(m.Files, listed(name, f.whole[name]))
		entries = append(entries, file(name, f.whole[name]))
	}
	return m, entries
}

func (f *forge) lock(t *testing.T, plain []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "备份.qfbak")
	out, err := os.Create(path)
	ok(t, err)
	defer out.Close()
	w, err := vault.EncryptArchive(out, f.slots)
	ok(t, err)
	_, err = w.Write(plain)
	ok(t, err)
	ok(t, w.Close())
	return path
}

func packed(t *testing.T, manifest any, entries []entry) []byte {
	t.Helper()
	head, err := json.Marshal(manifest)
	ok(t, err)
	return tarred(t, append([]entry{file(manifestName, head)}, entries...))
}

func tarred(t *testing.T, entries []entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, e := range entries {
		ok(t, w.WriteHeader(&e.Header))
		_, err := w.Write(e.content)
		ok(t, err)
	}
	ok(t, w.Close())
	ok(t, z.Close())
	return b.Bytes()
}

func TestForgedBackupsAreRefused(t *testing.T) {
	f := newForge(t)
	m, entries := f.honest()
	evil := []byte("坏东西")
	with := func(name string) func() []byte { // one more file, in the manifest too
		return func() []byte {
			m, entries := f.honest()
			m.Files = append(m.Files, listed(name, evil))
			return packed(t, m, append(entries, file(name, evil)))
		}
	}
	changed := func(change func(m *Manifest, e *[]entry)) func() []byte {
		return func() []byte {
			m, entries := f.honest()
			change(&m, &entries)
			return packed(t, m, entries)
		}
	}
	cases := map[string]func() []byte{
		"above":             with("../坏"),
		"far above":         with("attachments/../../坏"),
		"absolute":          with("/tmp/坏"),
		"absolute below":    with("attachments//tmp/坏"),
		"backslashes":       with(`attachments\..\..\坏`),
		"a drive":           with(`C:\坏`),
		"a journal":         with("qingfeng.db-wal"),
		"a sum":             with("qingfeng.sum"),
		"a lock":            with("qingfeng.lock"),
		"a note of restore": with("qingfeng.restore"),
		"a program":         with("qingfeng.exe"),
		"no name":           with(""),
		"a dot":             with("attachments/."),
		"only a folder":     with("attachments"),
		"a second database": with(databaseEntry),
		"a roundabout name": with("attachments/x/../../qingfeng.db"),
		"more than is said": changed(func(m *Manifest, e *[]entry) { *e = append(*e, file("attachments/坏", evil)) }),
		"less than is said": changed(func(m *Manifest, e *[]entry) { *e = (*e)[:len(*e)-1] }),
		"another order":     changed(func(m *Manifest, e *[]entry) { (*e)[0], (*e)[1] = (*e)[1], (*e)[0] }),
		"another sum":       changed(func(m *Manifest, e *[]entry) { m.Files[0].Sum = strings.Repeat("0", 64) }),
		"no sum":            changed(func(m *Manifest, e *[]entry) { m.Files[1].Sum = "" }),
		"another size":      changed(func(m *Manifest, e *[]entry) { m.Files[0].Size-- }),
		"another content":   changed(func(m *Manifest, e *[]entry) { (*e)[1].content = bytes.Repeat([]byte("x"), len((*e)[1].content)) }),
		"no database":       changed(func(m *Manifest, e *[]entry) { m.Files, *e = m.Files[1:], (*e)[1:] }),
		"no file at all":    changed(func(m *Manifest, e *[]entry) { m.Files, *e = nil, nil }),
		"a link": changed(func(m *Manifest, e *[]entry) {
			(*e)[1].Header = tar.Header{Name: (*e)[1].Name, Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}
			(*e)[1].content = nil
		}),
		"rubbish database": changed(func(m *Manifest, e *[]entry) {
			m.Files[0] = listed(databaseEntry, evil)
			(*e)[0] = file(databaseEntry, evil)
		}),
		"an empty database": changed(func(m *Manifest, e *[]entry) {
			m.Files[0] = listed(databaseEntry, nil)
			(*e)[0] = file(databaseEntry, nil)
		}),
		"no manifest":        func() []byte { return tarred(t, entries) },
		"a manifest of text": func() []byte { return tarred(t, append([]entry{file(manifestName, evil)}, entries...)) },
		"a manifest later":   func() []byte { return tarred(t, append(entries, file(manifestName, []byte("{}")))) },
		"no archive":         func() []byte { return evil },
		"nothing":            func() []byte { return nil },
		"a cut one":          func() []byte { return packed(t, m, entries)[:500] },
		"something behind":   func() []byte { return append(packed(t, m, entries), evil...) },
	}
	refuse := func(name, path string, want model.Code) {
		t.Helper()
		_, err := f.s.VerifyBackup(context.Background(), path)
		if model.CodeOf(err) != want {
			t.Errorf("%s: verified: %v", name, err)
		}
		wantSentence(t, err)
		dir := filepath.Join(t.TempDir(), "a", "b")
		_, err = restored(t, dir, path, password)
		if model.CodeOf(err) != want {
			t.Errorf("%s: restored: %v", name, err)
		}
		wantSentence(t, err)
		for file := range filesOf(t, filepath.Dir(filepath.Dir(dir))) {
			t.Errorf("%s: left %s", name, file)
		}
	}
	for name, make := range cases {
		refuse(name, f.lock(t, make()), model.Storage)
	}
	m.Version = archiveVersion + 1
	refuse("a newer archive", f.lock(t, packed(t, m, entries)), model.Conflict)
	m.Version = archiveVersion
	if _, err := f.s.VerifyBackup(context.Background(), f.lock(t, packed(t, m, entries))); err != nil {
		t.Errorf("an honest one: %v", err)
	}
	if _, err := restored(t, t.TempDir(), f.lock(t, packed(t, m, entries)), password); err != nil {
		t.Errorf("an honest one: %v", err)
	}
	if _, err := os.Stat("/tmp/坏"); err == nil {
		t.Error("something was written outside")
	}
}

// A database that this program could not open does not take the place of one
// that it can.
func TestABackupOfANewerProgramIsRefused(t *testing.T) {
	f := newForge(t)
	path := filepath.Join(t.TempDir(), "newer.db")
	ok(t, os.WriteFile(path, f.whole[databaseEntry], 0o600))
	db, err := connectPlain(path)
	ok(t, err)
	ok(t, db.Exec(`INSERT INTO migration VALUES (999, '0999_later.sql', 0)`).Error)
	ok(t, closePool(db))
	f.whole[databaseEntry] = must[[]byte](t)(os.ReadFile(path))
	m, entries := f.honest()
	backup, dir := f.lock(t, packed(t, m, entries)), f.s.folder.Dir()
	shut(f.s)
	_, err = restored(t, dir, backup, password)
	wantCode(t, err, model.Conflict)
	s := openLocked(t, dir, cheap)
	enter(t, s)
	clean(t, s)
}
