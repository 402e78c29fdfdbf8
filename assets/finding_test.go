package assets

import (
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
	own := "[states]\n\"办结\" = \"作废\"\n"
	if _, err := officeFile(t, "finding/words.toml", own).FindingWords(); err == nil || !strings.Contains(err.Error(), "办结") {
		t.Errorf("a state that cannot be taken: %v", err)
	}
}
