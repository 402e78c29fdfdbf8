package form

import (
	"fmt"
	"io"
	"slices"
	"sort"
	"strconv"
	"strings"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/report/page"
)

// DepartmentSelfCheck is one department's 科室自查表 to print, with what its
// people's forms say so far.
type DepartmentSelfCheck struct {
	FormNo     string
	Department string
	Rate       model.SelfCheckRate
	Unchecked  []UncheckedReason
	Items      []model.ItemCount // all items of the campaign
	Gaps       string            // 制度缺陷, "" to be written in by hand
	Reprint    bool              // prints 补打 beside the number
}

// UncheckedReason is who was not checked for a reason (未查原因).
type UncheckedReason struct {
	Reason string
	Names  []string
}

func (c DepartmentSelfCheck) entry() coverEntry {
	return coverEntry{formNo: c.FormNo, name: c.Department, note: model.DepartmentSelfCheck.Label()}
}

// DepartmentSelfChecks prints departments' self-check forms into one PDF, a
// page each.
func DepartmentSelfChecks(w io.Writer, in Batch[DepartmentSelfCheck], progress func(done, total int) error) ([]page.Warning, error) {
	text, err := loadDepartmentText(in)
	if err != nil {
		return nil, err
	}
	f := departmentForm{text: text, head: formHead{hospital: in.Hospital, campaign: in.Campaign, title: text.Title}}
	return in.print(w, selfCheckNoun, progress, f.print)
}

// Places on a department's form, in mm.
const (
	whoHigh     = 19.0 // names and reasons
	titleRow    = 6.0  // over the table of items
	itemsMost   = 7.0
	writeLeast  = 22.5 // to write problems in, and gaps
	signHigh    = 19.5
	leaderHigh  = 20.0
	gapsMost    = 33.0 // what is typed is set smaller then
	depClosing  = writeLeast + signHigh + leaderHigh + notesHigh
	writeOnLine = 8.0 // from line to line
)

type departmentForm struct {
	text departmentText
	head formHead
}

func (f *departmentForm) print(d *page.Doc, c DepartmentSelfCheck) error {
	d.AddPage()
	f.head.draw(d)
	fields := drawFields(d, f.text.Fields, formTop, shortRow)
	values, fit := fields.set(d, func(name string) string { return departmentValues[name](c) })
	if !fit {
		d.Misfit(c.Department)
	}
	fields.draw(d, values)
	y := fields.end
	f.drawUnchecked(d, c, y)
	y += whoHigh
	gaps := gapsRoom(d, c.Gaps)
	y = f.drawItems(d, c.Items, y, formEnd-depClosing-gaps-y)

	spare := (formEnd - depClosing - gaps - y) / 2
	f.drawWriting(d, f.text.Problems, "", y, writeLeast+spare)
	y += writeLeast + spare
	f.drawWriting(d, f.text.Gaps, c.Gaps, y, gaps+spare)
	y += gaps + spare
	f.drawSignatures(d, y)
	opinionBox(d, opinion{f.text.Leader, f.text.LeaderSigned}, page.Left, y+signHigh, page.TextWidth, leaderHigh)
	d.Box(page.Left, formTop, page.TextWidth, formEnd-notesHigh-formTop, 1)
	formNote(d, f.text.note)
	return corner(d, c.FormNo, c.Reprint)
}

const cellPad = 2.0

var headingStyle = page.Style{Face: page.Hei, Size: page.WuHao, Pitch: 5}

// drawUnchecked names who was not checked and why. Where the names are too
// many for the room it gives the first ones of each reason and the number, and
// where the reasons are too long, how they begin.
func (f *departmentForm) drawUnchecked(d *page.Doc, c DepartmentSelfCheck, top float64) {
	d.Box(page.Left, top, page.TextWidth, whoHigh, 0.5)
	d.Draw(d.Layout(headingStyle, page.TextWidth-2*cellPad, f.text.Unchecked+"："), page.Left+cellPad, top+0.8)
	const room = whoHigh - 6.5
	st := page.Style{Face: page.FangSong, Size: page.WuHao, Pitch: 4.6}
	fits := func(text string) bool { return d.Layout(st, page.TextWidth-2*cellPad, text).Height <= room }
	most := 0
	for _, r := range c.Unchecked {
		most = max(most, len(r.Names))
	}
	if !fits(f.unchecked(c.Unchecked, most)) {
		st.Size, st.Pitch = page.XiaoWu, 4
	}
	// The least number to leave out so that the rest fits without shrinking.
	out := sort.Search(most, func(out int) bool { return fits(f.unchecked(c.Unchecked, most-out)) })
	said := f.unchecked(c.Unchecked, most-out)
	if !fits(said) {
		said = f.unchecked(shortReasons(c.Unchecked), 0)
	}
	d.Draw(d.Fit(st, page.TextWidth-2*cellPad, room, said), page.Left+cellPad, top+5.8)
}

// unchecked is the sentence of reasons with at most so many names for each.
func (f *departmentForm) unchecked(reasons []UncheckedReason, names int) string {
	var parts []string
	for _, r := range reasons {
		switch n := len(r.Names); {
		case n <= names:
			parts = append(parts, fmt.Sprintf("%s %d 人：%s", r.Reason, n, strings.Join(r.Names, "、")))
		case names == 0:
			parts = append(parts, fmt.Sprintf("%s %d 人", r.Reason, n))
		default:
			parts = append(parts, fmt.Sprintf("%s %d 人：%s等", r.Reason, n, strings.Join(r.Names[:names], "、")))
		}
	}
	if len(parts) == 0 {
		return f.text.None
	}
	return strings.Join(parts, "；") + "。"
}

// shortReasons are the reasons with what goes beyond a short note left out.
func shortReasons(reasons []UncheckedReason) []UncheckedReason {
	const most = 16
	out := slices.Clone(reasons)
	for i, r := range out {
		if text := []rune(r.Reason); len(text) > most {
			out[i].Reason = string(text[:most-1]) + "…"
		}
	}
	return out
}

var departmentColumns = [5]float64{9, 77, 20, 26, 24}

// itemLine is a line of the table of items: the cells and the least height.
type itemLine struct {
	cells [5]string
	high  float64
}

// drawItems draws the table of items in a room and returns where it ends.
func (f *departmentForm) drawItems(d *page.Doc, items []model.ItemCount, top, room float64) float64 {
	c := f.text.Columns
	lines := append([]itemLine{{[5]string{c.No, c.Item, c.People, c.Amount, c.Handed}, itemHeights[0]}},
		f.itemLines(items, room-titleRow-itemHeights[0], func(text string) float64 { return itemHeight(d, text) })...)
	used := 0.0
	for _, l := range lines {
		used += l.high
	}
	spare := (room - titleRow - used) / float64(len(lines))

	d.Box(page.Left, top, page.TextWidth, titleRow, 0.5)
	d.DrawIn(d.Layout(headingStyle, page.TextWidth-2*cellPad, f.text.Items+"："), page.Left+cellPad, top, titleRow)
	y := top + titleRow
	for i, l := range lines {
		x, high := page.Left, max(l.high, min(itemsMost, l.high+spare))
		for k, width := range departmentColumns {
			d.Box(x, y, width, high, 0.5)
			d.DrawIn(d.Fit(itemStyle(i == 0, k), width-2, high-0.2, l.cells[k]), x+1, y, high)
			x += width
		}
		y += high
	}
	return y
}

func itemStyle(head bool, column int) page.Style {
	st := page.Style{Face: page.FangSong, Size: page.WuHao, Pitch: 4.2, Align: page.AlignRight}
	switch {
	case head:
		st.Face, st.Align = page.Hei, page.AlignCenter
	case column == 0:
		st.Align = page.AlignCenter
	case column == 1:
		st.Align = page.AlignLeft
	}
	return st
}

// itemHeights are the heights for one, two and three lines of text.
var itemHeights = []float64{4.6, 6.1, 9.0}

// itemHeight is the least height of the line of an item.
func itemHeight(d *page.Doc, text string) float64 {
	for _, h := range itemHeights {
		if _, ok := d.TryFit(itemStyle(false, 1), departmentColumns[1]-2, h-0.2, text); ok {
			return h
		}
	}
	return itemHeights[len(itemHeights)-1]
}

// itemLines are the items and their total. When they need more than room, the
// last ones are put together in one line, those without problems first.
func (f *departmentForm) itemLines(items []model.ItemCount, room float64, height func(text string) float64) []itemLine {
	line := func(no, text string, n model.ItemCount) itemLine {
		return itemLine{[5]string{no, text, strconv.Itoa(n.People), money.Yuan(n.AmountFen), money.Yuan(n.HandedFen)}, height(text)}
	}
	var lines []itemLine
	var total, rest model.ItemCount
	used := height(f.text.Total)
	for i, n := range items {
		lines = append(lines, line(strconv.Itoa(i+1), n.Text, n))
		total = plus(total, n)
		used += lines[i].high
	}
	hidden := 0
	for _, withProblems := range []bool{false, true} {
		for i := len(items) - 1; i >= 0 && used > room; i-- {
			if items[i].People > 0 != withProblems {
				continue
			}
			if hidden == 0 {
				used += height(f.text.Rest)
			}
			hidden++
			used -= lines[i].high
			lines[i].high = 0
			rest = plus(rest, items[i])
		}
	}
	lines = slices.DeleteFunc(lines, func(l itemLine) bool { return l.high == 0 })
	if hidden > 0 {
		lines = append(lines, line("", fmt.Sprintf(f.text.Rest, hidden), rest))
	}
	return append(lines, line("", f.text.Total, total))
}

func plus(a, b model.ItemCount) model.ItemCount {
	return model.ItemCount{People: a.People + b.People, AmountFen: a.AmountFen + b.AmountFen, HandedFen: a.HandedFen + b.HandedFen}
}

// gapsRoom is the least height of the box of gaps, for what was typed.
func gapsRoom(d *page.Doc, typed string) float64 {
	st := page.Style{Face: page.FangSong, Size: page.XiaoWu, Pitch: 4}
	return min(gapsMost, max(writeLeast, d.Layout(st, page.TextWidth-2*cellPad, typed).Height+7))
}

// drawWriting draws a box under a heading with what was typed, or with lines
// to write on.
func (f *departmentForm) drawWriting(d *page.Doc, heading, typed string, top, height float64) {
	d.Box(page.Left, top, page.TextWidth, height, 0.5)
	d.Draw(d.Layout(headingStyle, page.TextWidth-2*cellPad, heading+"："), page.Left+cellPad, top+0.8)
	if typed != "" {
		st := page.Style{Face: page.FangSong, Size: page.XiaoSi, Pitch: 4.9}
		d.Draw(d.Fit(st, page.TextWidth-2*cellPad, height-6.5, typed), page.Left+cellPad, top+6)
		return
	}
	lines := int((height - 6) / writeOnLine)
	for i := range lines {
		y := top + height - 1.5 - float64(lines-1-i)*writeOnLine
		d.Rule(page.Left+cellPad, y, right-cellPad, y, 0.3)
	}
}

// drawSignatures draws the people who sign side by side, the date under each.
func (f *departmentForm) drawSignatures(d *page.Doc, top float64) {
	st := page.Style{Face: page.FangSong, Size: page.WuHao, Pitch: 6}
	width := page.TextWidth / float64(len(f.text.Signatures))
	for i, who := range f.text.Signatures {
		x := page.Left + float64(i)*width
		d.Box(x, top, width, signHigh, 0.5)
		d.Draw(d.Fit(headingStyle, width-2*cellPad, 5, who+f.text.Sign), x+cellPad, top+0.8)
		d.Rule(x+cellPad, top+12, x+width-cellPad, top+12, 0.5)
		blankLine(d, st, x+cellPad, top+signHigh-6.7, width-2*cellPad, f.text.Date)
	}
}
