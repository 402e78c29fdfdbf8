package kit

import (
	"testing"

	"fyne.io/fyne/v2/theme"
)

// A column of chips shows the text of rows that have none, and is wide enough
// for both.
func TestChipOrText(t *testing.T) {
	inlineEnv(t)
	names := []string{"", "阿卜杜热合曼·买买提明", "李某"}
	table := NewTable(TableOptions[string]{Source: Rows(names), Columns: []Column[string]{{Title: "人",
		Text: func(name string) string { return name },
		Chip: func(name string) (string, Tone) {
			if name == "" {
				return "一人保管", Warn
			}
			return "", Neutral
		}}}})
	newWindow(t, table)
	for i, want := range []cell{{kind: chipCell, text: "一人保管", tone: Warn}, {text: names[1]}, {text: names[2]}} {
		if got, ok := table.cell(i, 0); !ok || got != want {
			t.Errorf("row %d shows %+v, want %+v", i, got, want)
		}
	}
	if got, want := table.view.natural[0], textWidth(names[1], size(theme.SizeNameText), false)+2*cellInset; got < want {
		t.Errorf("%v wide, want %v", got, want)
	}
}
