// Package page sets Chinese office paper as PDF on the grid of GB/T 9704-2012:
// A4, a text area of 156 by 225 mm, 22 lines of 28 characters; wide tables stand
// on the sheet laid on its side.
//
// Lengths are in millimetres from the upper left corner of the sheet, type
// sizes in points. Nothing is dropped silently: a character that no font has
// prints as 〓, a value too long for its place is set smaller, and what could
// not be set well is told by [Doc.Warnings].
package page

import (
	"fmt"
	"io"
	"strconv"
	"time"
)

// The sheet and the text area (版心) of GB/T 9704-2012, in millimetres.
const (
	SheetWidth  = 210.0
	SheetHeight = 297.0
	Left        = 28.0  // 订口
	Top         = 37.0  // 天头
	TextWidth   = 156.0 // 版心
	TextHeight  = 225.0
	LinePitch   = TextHeight / 22
)

// Area is the room for text on a sheet, in mm.
type Area struct{ Left, Top, Width, Height float64 }

// portrait is the text area of GB/T 9704. landscape is that of wide registers:
// they are bound at the upper edge, which keeps the 28 mm of the 订口 and the
// 156 mm of text, and use more of the sheet's width.
var (
	portrait  = Area{Left, Top, TextWidth, TextHeight}
	landscape = Area{20, Left, SheetHeight - 2*20, TextWidth}
)

// Type sizes in points by their Chinese names. 三号 is 16 by the book, but 28
// characters of it are 158 mm and do not fit the text area; 15.75 do.
const (
	ErHao    = 22.0  // 二号
	SanHao   = 15.75 // 三号
	SiHao    = 14.0  // 四号
	XiaoSi   = 12.0  // 小四
	WuHao    = 10.5  // 五号
	XiaoWu   = 9.0   // 小五
	smallest = 7.0   // what a reader of fifty still reads without glasses
)

// mm is a millimetre in points.
const mm = 72 / 25.4

// Options says what holds for a whole document.
type Options struct {
	Title, Author string
	// Created is the date written into the file. The same input with the same
	// date gives the same bytes.
	Created time.Time
	// Landscape lays the sheets on their side.
	Landscape bool
}

// Doc is a document being made. It is used by one goroutine.
type Doc struct {
	out      *container
	fonts    *Fonts
	area     Area
	height   float64 // of the sheet
	pages    int
	y        float64 // cursor of flowing content
	number   int     // printed on the current page, 0 for none
	next     int     // for the page after it
	warnings []Warning
	told     map[rune]bool
	buf      []byte
	set      []glyph   // of the paragraph being set, with
	runes    []rune    // its characters and
	widths   []float64 // their widths
	stamp    *Stamp    // being recorded, or nil
}

// New starts an empty document.
func New(fonts *Fonts, o Options) *Doc {
	d := &Doc{out: newContainer(o), fonts: fonts, area: portrait, height: SheetHeight, told: map[rune]bool{}}
	if o.Landscape {
		d.area, d.height = landscape, SheetWidth
	}
	return d
}

// Area is the room for text on each page.
func (d *Doc) Area() Area { return d.area }

// AddPage starts a page and puts the cursor at the top of the text area.
func (d *Doc) AddPage() {
	d.endPage()
	d.out.addPage()
	d.pages++
	d.y = d.area.Top
	d.number = d.next
	if d.next > 0 {
		d.next++
	}
}

// Pages is the number of pages so far.
func (d *Doc) Pages() int { return d.pages }

// Number lets pages added from now on bear numbers, starting with n; 0 ends
// that.
func (d *Doc) Number(n int) { d.next = n }

// endPage prints the page number: 四号, a dash on either side, 7 mm below the
// text area, one character in from the right on odd and from the left on even
// pages (GB/T 9704-2012, 7.5).
func (d *Doc) endPage() {
	if d.pages == 0 || d.number == 0 {
		return
	}
	align, shift := AlignRight, -SiHao/mm
	if d.number%2 == 0 {
		align, shift = AlignLeft, SiHao/mm
	}
	text := "— " + strconv.Itoa(d.number) + " —"
	d.Draw(d.Layout(Style{Face: FangSong, Size: SiHao, Pitch: 6, Align: align}, d.area.Width, text), d.area.Left+shift, d.area.Top+d.area.Height+7-2)
}

// WriteTo finishes the document and writes the PDF. It can be called once.
func (d *Doc) WriteTo(w io.Writer) (int64, error) {
	if d.pages == 0 {
		return 0, fmt.Errorf("没有可打印的内容")
	}
	d.endPage()
	count := &counter{w: w}
	err := d.out.write(count)
	return count.n, err
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// Warning is something on paper that a person should look at.
type Warning struct {
	Page int
	Kind WarningKind
	Text string // the character, or the value that did not fit
}

// WarningKind tells warnings apart.
type WarningKind int

// The kinds of warning.
const (
	MissingCharacter WarningKind = iota + 1 // no font has it, 〓 was printed
	Misfit                                  // smaller than the smallest readable size, or over the page
)

// String is the warning as the office reads it.
func (w Warning) String() string {
	if w.Kind == MissingCharacter {
		return fmt.Sprintf("第 %d 页：字库中没有“%s”（U+%04X），已用〓代替，请手写补上", w.Page, w.Text, []rune(w.Text)[0])
	}
	return fmt.Sprintf("第 %d 页：“%s”太长，放不下，请缩短后重新打印", w.Page, w.Text)
}

// Warnings returns what should be looked at, each missing character once.
func (d *Doc) Warnings() []Warning { return d.warnings }

// missing records characters printed as 〓.
func (d *Doc) missing(unknown []rune) {
	if d.stamp != nil {
		d.stamp.unknown = append(d.stamp.unknown, unknown...)
		return
	}
	for _, r := range unknown {
		if !d.told[r] {
			d.told[r] = true
			d.warnings = append(d.warnings, Warning{d.pages, MissingCharacter, string(r)})
		}
	}
}

// Misfit records a value that has no room, for forms that place things
// themselves.
func (d *Doc) Misfit(value string) {
	n := d.pages
	if d.stamp != nil { // recorded before the first page that bears it
		n++
	}
	d.warnings = append(d.warnings, Warning{n, Misfit, value})
}
