package assets

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFindingWords(t *testing.T) {
	w, err := New("").FindingWords()
	if err != nil || w.States["已销号"] != "已销号" || w.States["未整改"] != "待整改" {
		t.Errorf("%v, %v", w, err)
	}
	if _, err := New("").SheetColumns("finding/columns.toml"); err != nil {
		t.Error(err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "finding"), 0o755); err != nil {
		t.Fatal(err)
	}
	own := "[states]\n\"办结\" = \"作废\"\n"
	if err := os.WriteFile(filepath.Join(dir, "finding", "words.toml"), []byte(own), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := New(dir).FindingWords(); err == nil || !strings.Contains(err.Error(), "办结") {
		t.Errorf("a state that cannot be taken: %v", err)
	}
}
