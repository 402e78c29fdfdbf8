package kit

import (
	"testing"

	"fyne.io/fyne/v2/container"
)

func TestTablePicture(t *testing.T) {
	inlineEnv(t)
	rec := &recorder{rows: letters(5000)}
	table := NewTable(TableOptions[letter]{Columns: letterColumns(), Source: rec.source, ID: func(l letter) int64 { return l.id }, Sort: "dept", Multi: true})
	w := newWindow(t, container.New(inset{100, 16, 60, 204}, table))
	table.SelectIndex(3)
	table.toggle(2)
	picture(t, w, "table")
}
