package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// headOf is the length of a backup's header, with the nonce that follows it.
func headOf(t *testing.T, backup []byte) int {
	t.Helper()
	at := bytes.Index(backup, []byte("\n--- "))
	if at < 0 {
		t.Fatal("the backup has no header")
	}
	return at + 1 + bytes.IndexByte(backup[at+1:], '\n') + 1 + 16
}

// A backup with any byte changed is refused, by the check as by a restore, and
// a restore that is refused leaves the folder as it was.
func TestAChangedByteOfABackupIsNoticed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	dir := livedIn(t)
	s := openLocked(t, dir, cheap)
	enter(t, s)
	path := filepath.Join(quickDir(t), "a.qfbak")
	must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, path))
	whole := must[[]byte](t)(os.ReadFile(path))
	shut(s)
	copied := filepath.Join(quickDir(t), "清风 数据")
	ok(t, os.CopyFS(copied, os.DirFS(dir)))
	there := readDisk(t, copied)
	s = openLocked(t, dir, cheap)
	enter(t, s)
	before := everyFile(t, there.Dir())
	how := map[string]int{}
	refused := func(name string, content []byte, verify bool) {
		t.Helper()
		ok(t, os.WriteFile(path, content, 0o600))
		_, err := Restore(ctx, there.Folder, path, password, s.now)
		if verify && err != nil {
			_, err = s.VerifyBackup(ctx, path)
		}
		wantSentence(t, err)
		code := model.CodeOf(err)
		if code != model.Storage && code != model.Denied || t.Failed() {
			t.Fatalf("%s of %d: %v", name, len(whole), err)
		}
		how[string(code)]++
		if diff := differences(before, everyFile(t, there.Dir())); len(diff) > 0 {
			t.Fatalf("%s of %d: a refused restore changed %.200q", name, len(whole), diff)
		}
	}
	head := headOf(t, whole)
	for i, at := range places(len(whole), head, flips(t)) {
		refused("byte "+strconv.Itoa(at), flipped(whole, at), at >= head || i%2 == 0)
	}
	for name, content := range mangled(whole, 12) {
		refused(name, content, true)
	}
	refused("a byte more", append(bytes.Clone(whole), 0), true)
	t.Logf("%d bytes, %d of them header: %v", len(whole), head, how)

	ok(t, os.WriteFile(path, whole, 0o600))
	must[Manifest](t)(s.VerifyBackup(ctx, path))
	must[Restored](t)(Restore(ctx, there.Folder, path, password, s.now))
}

// everyFile maps all files below a folder to their content, but for the lock's.
func everyFile(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := filesOf(t, dir)
	for _, part := range parts {
		data, err := os.ReadFile(filepath.Join(dir, "qingfeng"+part))
		if err == nil {
			out["qingfeng"+part] = string(data)
		}
	}
	return out
}

func TestAChangedByteOfAnAttachmentIsNoticed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := openTest(t)
	letterID := letter(t, s)
	findingID := saved(t, s, aFinding(theCampaign, hisDepartment)).ID
	of := []string{"承诺书", "承诺书", "问题"}
	files := len(of)
	for i, entity := range of {
		must[int64](t)(s.Attach(ctx, entity, map[string]int64{"承诺书": letterID, "问题": findingID}[entity], "扫描件.pdf", scan(strings.Repeat("甲", 1+i*30_000))))
	}
	var sums []string
	ok(t, s.peek(ctx).Raw(`SELECT sum FROM attachment ORDER BY id`).Scan(&sums).Error)
	for i, sum := range sums {
		id, path := int64(i+1), s.attachmentPath(sum)
		whole := must[[]byte](t)(os.ReadFile(path))
		noticed := func(name string, content []byte) {
			t.Helper()
			ok(t, os.WriteFile(path, content, 0o600))
			_, got, err := s.AttachmentContent(ctx, id)
			wantCode(t, err, model.Storage)
			found := problemsIn(t, s, areaAttachments)
			if got != nil || len(found) != 1 || !strings.Contains(found[0], fmt.Sprintf("附件 %d ", id)) || t.Failed() {
				t.Fatalf("%s of %d: %d bytes came out, check %q", name, len(whole), len(got), found)
			}
		}
		for _, at := range places(len(whole), 20, flips(t)/files) {
			noticed("byte "+strconv.Itoa(at), flipped(whole, at))
		}
		for name, content := range mangled(whole, 4) {
			noticed(name, content)
		}
		noticed("a byte more", append(bytes.Clone(whole), 0))
		ok(t, os.WriteFile(path, whole, 0o600))
	}
	clean(t, s)
}
