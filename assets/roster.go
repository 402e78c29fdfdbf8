package assets

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// SheetColumns says how the columns of a spreadsheet that offices bring along
// are recognised: one field of ours, many names of theirs.
type SheetColumns struct {
	// Skip are the first words of rows that are no data: totals, signatures.
	Skip []string `toml:"skip"`
	// Ignore are the names of columns that nobody misses when they are not read.
	Ignore []string      `toml:"ignore"`
	Fields []SheetColumn `toml:"field"`
}

// SheetColumn is one field. Names come in the order of preference: when a
// sheet has two columns that fit, the one with the earlier name is taken.
type SheetColumn struct {
	ID       string   `toml:"id"`
	Label    string   `toml:"label"`
	Required bool     `toml:"required"`
	Names    []string `toml:"names"`
}

// SheetColumns reads and checks a column file such as "roster/columns.toml".
func (l *Library) SheetColumns(name string) (SheetColumns, error) {
	var c SheetColumns
	if err := l.TOML(name, &c); err != nil {
		return c, err
	}
	if len(c.Fields) == 0 {
		return c, fmt.Errorf("%s 中没有 [[field]]", name)
	}
	ids, owner := map[string]bool{}, map[string]string{}
	for _, f := range c.Fields {
		switch {
		case f.ID == "" || f.Label == "" || len(f.Names) == 0:
			return c, fmt.Errorf("%s 的栏目“%s”缺少 id、label 或 names", name, f.ID+f.Label)
		case ids[f.ID]:
			return c, fmt.Errorf("%s 中栏目 %s 出现两次", name, f.ID)
		}
		ids[f.ID] = true
		for _, n := range f.Names {
			key := HeadKey(n)
			if key == "" || owner[key] != "" {
				return c, fmt.Errorf("%s 中列名“%s”为空或同时属于 %s 和 %s", name, n, owner[key], f.ID)
			}
			owner[key] = f.ID
		}
	}
	return c, nil
}

// HeadKey is the form in which column names are compared: without blanks,
// line breaks and the star that marks a required column, half-width and small.
func HeadKey(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '*' || r == ':' || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Fold.String(s))
	return s
}

// RosterWords are words of rosters that stand for something.
type RosterWords struct {
	Heads          []string `toml:"heads"`            // 职务 of a department's head
	KeyPostReasons []string `toml:"key_post_reasons"` // offered as reasons for a key post
}

// RosterWords reads roster/words.toml.
func (l *Library) RosterWords() (RosterWords, error) {
	var w RosterWords
	err := l.TOML("roster/words.toml", &w)
	return w, err
}
