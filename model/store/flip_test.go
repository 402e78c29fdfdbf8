package store

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strconv"
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

// livedIn is a closed data folder with people, letters, scans and accounts.
func livedIn(t *testing.T) (dir string) {
	t.Helper()
	ctx := context.Background()
	dir = filepath.Join(t.TempDir(), "清风 数据")
	s := openIn(t, dir)
	sensitiveCrowd(t, s, 300, 6)
	must[int](t)(s.MakeCommitments(ctx, 1, model.PersonalCommitment))
	newAccount(t, s, "wang", model.Clerk)
	newAccount(t, s, "zhao", model.Auditor)
	shut(s)
	return dir
}

// rereading opens a folder, signs in, reads a page of everything and checks.
// It is how the damage came to light, "" when it did not.
func rereading(t *testing.T, f *folder.Folder) (how string) {
	t.Helper()
	ctx := context.Background()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("panic: %v", r)
			how = "panic"
		}
	}()
	s, err := Open(ctx, f, cheap)
	if err != nil {
		wantSentence(t, err)
		return "open"
	}
	defer s.closePools()
	for name, read := range map[string]func() error{
		"sign-in": func() error { _, err := s.SignIn(ctx, "li", password); return err },
		"check": func() error {
			found, err := s.Check(ctx)
			if len(found) > 0 {
				how = "check"
			}
			return err
		},
	} {
		if err := read(); err != nil {
			wantSentence(t, err)
			how = name
		}
	}
	return how
}

func TestAChangedByteOfTheDatabaseIsNoticed(t *testing.T) {
	dir := livedIn(t)
	f, err := folder.Open(dir, folder.Holder{})
	ok(t, err)
	defer f.Close()
	whole, sum := must[[]byte](t)(os.ReadFile(f.Database())), must[[]byte](t)(os.ReadFile(filepath.Join(dir, "qingfeng.sum")))
	put := func(database []byte) {
		os.Remove(f.Database() + "-wal")
		os.Remove(f.Database() + "-shm")
		ok(t, os.WriteFile(f.Database(), database, 0o600))
		ok(t, os.WriteFile(filepath.Join(dir, "qingfeng.sum"), sum, 0o600))
	}
	how := map[string]int{}
	for _, at := range places(len(whole), 100, flips(t)) {
		put(flipped(whole, at))
		found := rereading(t, f)
		if found == "" || t.Failed() {
			t.Fatalf("byte %d of %d: %q", at, len(whole), found)
		}
		how[found]++
	}
	t.Logf("%d bytes: %v", len(whole), how)
}
