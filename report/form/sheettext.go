package form

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/report/page"
)

// sheetText is the text of a form of assets/forms/plan, finding or draw. A
// form uses some of the parts; its file tells what they mean.
type sheetText struct {
	Title   string            `toml:"title"`
	Facts   []string          `toml:"facts"` // sentences under the title
	Fields  [][]field         `toml:"fields"`
	Columns []column          `toml:"columns"`
	Body    []section         `toml:"body"`
	Boxes   []box             `toml:"boxes"`
	Sign    []string          `toml:"sign"` // lines, with underscores where one writes
	Words   map[string]string `toml:"words"`
}

// section is a part of a running text, with a heading or without.
type section struct {
	Heading   string   `toml:"heading"`
	Sentences []string `toml:"sentences"`
}

// column is a column of a table: what stands above it and what it shows.
type column struct {
	Title string `toml:"title"`
	Value string `toml:"value"`
	Share int    `toml:"share"` // of the table's width
	Align string `toml:"align"` // left when "", or center, right
}

var aligns = map[string]page.Align{"": page.AlignLeft, "center": page.AlignCenter, "right": page.AlignRight}

// vocabulary is what a form's texts may name: whole in fields, boxes and, in
// braces, in sentences; line in the columns of its table.
type vocabulary[W, L any] struct {
	whole map[string]func(W) string
	line  map[string]func(L) string
}

// load reads and checks the text of a form.
func (v vocabulary[W, L]) load(lib *assets.Library, name string) (sheetText, error) {
	name = "forms/" + name + ".toml"
	var t sheetText
	err := lib.TOML(name, &t)
	if err != nil {
		return t, err
	}
	if err = v.check(t); err != nil {
		err = fmt.Errorf("%s：%w", name, err)
	}
	return t, err
}

func (v vocabulary[W, L]) check(t sheetText) error {
	if t.Title == "" {
		return errors.New("缺少 title")
	}
	if err := checkFields(t.Fields, v.whole); err != nil {
		return err
	}
	for _, c := range t.Columns {
		if c.Title == "" || c.Share < 1 {
			return errors.New("columns 的每一项都要有 title 和 share")
		}
		if v.line[c.Value] == nil {
			return fmt.Errorf("columns 中没有 %q 这个值", c.Value)
		}
		if _, known := aligns[c.Align]; !known {
			return fmt.Errorf("columns 的 align 应为 center 或 right，或不填，不是 %q", c.Align)
		}
	}
	for _, b := range t.Boxes {
		if b.Label == "" {
			return errors.New("boxes 的每一项都要有 label")
		}
		if b.Value != "" && v.whole[b.Value] == nil {
			return fmt.Errorf("boxes 中没有 %q 这个值", b.Value)
		}
	}
	var zero W
	return v.values(zero, model.Hospital{}).check(t.sentences())
}

func (t sheetText) sentences() []string {
	out := slices.Concat(t.Facts, t.Sign, slices.Collect(maps.Values(t.Words)))
	for _, s := range t.Body {
		out = append(append(out, s.Heading), s.Sentences...)
	}
	return out
}

// values are what sentences may contain in braces.
func (v vocabulary[W, L]) values(of W, h model.Hospital) placeholders {
	out := hospitalValues(h)
	for _, name := range slices.Sorted(maps.Keys(v.whole)) {
		out = append(out, placeholder{name, v.whole[name](of)})
	}
	return out
}

// table is the form's table, width mm wide and still without rows.
func (t sheetText) table(width float64) page.Table {
	shares := 0
	for _, c := range t.Columns {
		shares += c.Share
	}
	var out page.Table
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, page.Column{Title: c.Title, Width: width * float64(c.Share) / float64(shares), Align: aligns[c.Align]})
	}
	return out
}

// rows are the cells of the form's table.
func (v vocabulary[W, L]) rows(t sheetText, lines []L) [][]string {
	out := make([][]string, len(lines))
	for i, l := range lines {
		for _, c := range t.Columns {
			out[i] = append(out[i], v.line[c.Value](l))
		}
	}
	return out
}

// word returns the sentence that the form needs under a name.
func (t sheetText) word(name string) (string, error) {
	if t.Words[name] == "" {
		return "", fmt.Errorf("“%s”的 words 中缺少“%s”", t.Title, name)
	}
	return t.Words[name], nil
}
