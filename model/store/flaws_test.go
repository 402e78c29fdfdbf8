package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/model/folder"
)

// Whatever is wrong with the trail or the scans, there is a backup, which says
// so and brings back what there was.
func TestABackupOfFlawedDataSaysSo(t *testing.T) {
	ctx := context.Background()
	dir := furnished(t)
	for name, c := range map[string]struct {
		changes []string
		scan    func(path string) error
		want    []string
	}{
		"nothing":             {nil, nil, nil},
		"a line changed":      {[]string{`UPDATE audit SET label = 'x' WHERE id = 5`}, nil, []string{"操作记录第 5 条"}},
		"a line removed":      {[]string{`DELETE FROM audit WHERE id = 7`}, nil, []string{"操作记录第 7 条缺失"}},
		"the trail cut off":   {[]string{`DELETE FROM audit WHERE id > 9`}, nil, []string{"操作记录"}},
		"a scan gone":         {nil, os.Remove, []string{"有 1 个附件的文件不见了或已损坏"}},
		"a scan damaged":      {nil, func(path string) error { return os.WriteFile(path, []byte("x"), 0o600) }, []string{"有 1 个附件的文件不见了或已损坏"}},
		"a scan with no name": {[]string{`UPDATE attachment SET sum = 'kurz'`}, nil, []string{"有 1 个附件的文件不见了或已损坏"}},
		"both":                {[]string{`UPDATE audit SET actor = 'x' WHERE id = 1`}, os.Remove, []string{"操作记录第 1 条", "有 1 个附件"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := openLocked(t, copyFolder(t, dir), cheap)
			enter(t, s)
			raw(t, s.folder.Database(), c.changes...)
			if c.scan != nil {
				var sum string
				ok(t, s.peek(ctx).Raw(`SELECT sum FROM attachment`).Scan(&sum).Error)
				ok(t, c.scan(s.attachmentPath(sum)))
			}
			made := must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, ""))
			verified := must[Manifest](t)(s.VerifyBackup(ctx, made.Path))
			for _, flaws := range [][]string{made.Flaws, verified.Flaws} {
				all := strings.Join(flaws, "；")
				if len(flaws) != len(c.want) {
					t.Fatalf("found %q", flaws)
				}
				for _, want := range c.want {
					if !strings.Contains(all, want) {
						t.Errorf("found %q, want %s", flaws, want)
					}
				}
			}
			to := filepath.Join(t.TempDir(), "新")
			must[Restored](t)(restored(t, to, made.Path, password))
			enter(t, openLocked(t, to, cheap))
		})
	}
}
