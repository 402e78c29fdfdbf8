package kit

import (
	"context"
	"log/slog"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Register tells a register page what it is about. Everything but Title,
// Columns and Source may be left out.
type Register[R any] struct {
	Title, Subtitle string
	Columns         []Column[R]
	Source          Source[R]
	ID              func(R) int64 // keeps selection and ticks over a reload
	Sort            string        // at the start
	Desc            bool
	Multi           bool // tick boxes

	Filters []Filter
	Keyword string // what one may type in the search field; "" = no field

	Actions []Action[R] // in the title line
	More    []Action[R] // behind the button 更多

	Detail     func(R) []Piece // the selected row in the strip at the bottom
	RowActions []RowAction[R]  // there too, those that fit the row
	Open       func(R)         // Enter and double click

	Empty Empty                  // shown while the register has no rows at all
	Count func(total int) string // nil = "N 条"
	Side  fyne.CanvasObject      // at the right end of the filter line

	// OnScan gets what a barcode scanner, or a person, typed with Enter
	// anywhere on the page. True says that it was taken; otherwise the text
	// is searched for. Needs Keyword.
	OnScan func(code string) bool
	Log    *slog.Logger
}

// Filter narrows a register by one property. Its value is in Query.Filters
// under Key unless it stands on All.
type Filter struct {
	Key     string
	All     string // e.g. 全部科室
	Options []Option
	Load    func(ctx context.Context) ([]Option, error) // instead of Options, off the UI goroutine
	Start   string                                      // value at the start
	Date    bool                                        // a date field; the value is YYYY-MM-DD
}

// Action is a button in the title line, or a line of its menu.
type Action[R any] struct {
	Label   string
	Key     string // shortcut such as "Ctrl+N"
	Primary bool
	Enabled func(Selection[R]) bool // nil = always
	Run     func(Selection[R])
	Menu    []Action[R] // a button that opens a menu
}

// Selection is what an action works on.
type Selection[R any] struct {
	Rows  []R   // the ticked rows, else the selected one
	Query Query // what the table shows, all pages of it; for export and print
	Total int   // rows of the query
}

// Any reports whether there is a row to work on; for Action.Enabled.
func (s Selection[R]) Any() bool { return len(s.Rows) > 0 }

// RowAction is something that can be done with the selected row.
type RowAction[R any] struct {
	Label  string
	Danger bool
	Show   func(R) bool // whether it fits the row's state; nil = always
	Run    func(R)
	Menu   []RowAction[R] // a button that opens a menu of those that fit
}

// fits reports whether the action, or one of its menu, can be done with a row.
func (a RowAction[R]) fits(row R) bool {
	if a.Show != nil && !a.Show(row) {
		return false
	}
	return len(a.Menu) == 0 || slices.ContainsFunc(a.Menu, func(m RowAction[R]) bool { return m.fits(row) })
}

func (a RowAction[R]) items(row R) []MenuItem {
	var out []MenuItem
	for _, m := range a.Menu {
		if m.fits(row) {
			out = append(out, MenuItem{Label: m.Label, Run: func() { m.Run(row) }})
		}
	}
	return out
}

// Empty is what a register says while it has no rows: what it is for, and the
// first thing to do.
type Empty struct {
	Text   string
	Button string // "" = no button
	Run    func()
}

// PieceStyle says how a piece of detail looks.
type PieceStyle int

// The styles of a [Piece].
const (
	PiecePlain PieceStyle = iota
	PieceBold
	PieceMuted
	PieceChip // with Tone
)

// Piece is a part of the detail of a row. Empty pieces are left out.
type Piece struct {
	Text  string
	Style PieceStyle
	Tone  Tone
}

func (p Piece) object() fyne.CanvasObject {
	switch p.Style {
	case PieceBold:
		return NewSubHeading(p.Text)
	case PieceMuted:
		return newTextBlock(p.Text, ColorMuted)
	case PieceChip:
		return NewChip(p.Text, p.Tone)
	}
	if p.Tone != Neutral {
		return newTextBlock(p.Text, p.Tone.text())
	}
	return newTextBlock(p.Text, theme.ColorNameForeground)
}
