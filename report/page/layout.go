package page

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// Align says where a line stands in its room.
type Align int

// The alignments. Justify fills every line but a paragraph's last by spreading
// the characters.
const (
	AlignLeft Align = iota
	AlignCenter
	AlignRight
	Justify
)

// Style says how a paragraph is set.
type Style struct {
	Face   Face
	Size   float64 // type size in points
	Pitch  float64 // from line to line, mm
	Indent float64 // of the first line, in characters
	Align  Align
}

// Body is the style of running text: 三号仿宋, indented by two characters.
var Body = Style{Face: FangSong, Size: SanHao, Pitch: LinePitch, Indent: 2, Align: Justify}

// Block is text set in lines, ready to be drawn any number of times in the
// document that laid it out.
type Block struct {
	Width, Height float64 // mm
	pitch         float64
	lines         [][]byte // content operators, origin at the block's upper left corner
	unknown       []rune   // characters set as 〓
}

// Lines is the number of lines.
func (b Block) Lines() int { return len(b.lines) }

// Layout sets text in a column. Newlines begin paragraphs.
func (d *Doc) Layout(st Style, width float64, text string) Block {
	b := Block{Width: width, pitch: st.Pitch}
	for _, paragraph := range strings.Split(clean(text), "\n") {
		d.paragraph(&b, st, paragraph)
	}
	b.Height = float64(len(b.lines)) * st.Pitch
	return b
}

func (d *Doc) paragraph(b *Block, st Style, text string) {
	glyphs := d.glyphs(st.Face, text, &b.unknown)
	runes, widths := d.runes[:0], d.widths[:0]
	for _, g := range glyphs {
		runes, widths = append(runes, g.char), append(widths, g.advance(st.Size))
	}
	d.runes, d.widths = runes, widths
	room, indent := b.Width*mm, st.Indent*st.Size
	ends := breakLines(runes, widths, room-indent, room)
	start := 0
	for i, end := range ends {
		x := 0.0
		if i == 0 {
			x = indent
		}
		line := d.line(st, glyphs[start:end], x, room, i == len(ends)-1, float64(len(b.lines))*st.Pitch*mm)
		b.lines = append(b.lines, line)
		start = end
	}
	if len(ends) == 0 {
		b.lines = append(b.lines, nil) // an empty paragraph keeps its line
	}
}

// glyph is a character of the text and what prints it.
type glyph struct {
	char  rune
	font  *embedded
	code  uint16
	plain bool // the code is the character, nothing to explain to a reader
}

func (g glyph) advance(size float64) float64 { return float64(g.font.width[g.code]) * size / 1000 }

// glyphs returns what prints a text, until the next call.
func (d *Doc) glyphs(face Face, text string, unknown *[]rune) []glyph {
	out := d.set[:0]
	var font *embedded
	for _, r := range text {
		t, code, missing := d.fonts.find(face, r)
		if font == nil || font.typeface != t {
			font = d.out.embed(t)
		}
		font.used[code>>6] |= 1 << (code & 63)
		if missing {
			*unknown = append(*unknown, r)
		}
		out = append(out, glyph{char: r, font: font, code: code, plain: rune(code) == r})
	}
	d.set = out
	return out
}

// line writes one line, room points wide, whose top is top points below the
// block's origin.
func (d *Doc) line(st Style, glyphs []glyph, x, room float64, last bool, top float64) []byte {
	for len(glyphs) > 0 && glyphs[len(glyphs)-1].char == ' ' && !last {
		glyphs = glyphs[:len(glyphs)-1] // hang over the edge
	}
	natural := x
	for _, g := range glyphs {
		natural += g.advance(st.Size)
	}
	spread := 0.0
	switch st.Align {
	case AlignCenter:
		x += (room - natural) / 2
	case AlignRight:
		x += room - natural
	case Justify:
		// A line short by more than two characters holds a long word; spreading
		// it would look worse than a ragged edge.
		if gaps := countGaps(glyphs); !last && gaps > 0 && room-natural < 2*st.Size {
			spread = (room - natural) / float64(gaps)
		}
	}
	// The middle of the em square lies 0.38 em above the base line.
	base := -(top + st.Pitch*mm/2 + 0.38*st.Size)
	// Font, place and spacing take some forty bytes, a character two or three.
	return appendRuns(make([]byte, 0, 48+3*len(glyphs)), st.Size, glyphs, x, base, spread)
}

// spreads reports whether justification may widen the gap after g.
func spreads(g, next glyph) bool { return !(inWord(g.char) && inWord(next.char)) }

func countGaps(glyphs []glyph) int {
	n := 0
	for i := range len(glyphs) - 1 {
		if spreads(glyphs[i], glyphs[i+1]) {
			n++
		}
	}
	return n
}

// appendRuns writes glyphs as text operators, a run for each stretch of one
// font and one spacing.
func appendRuns(out []byte, size float64, glyphs []glyph, x, base, spread float64) []byte {
	var font *embedded
	for i := 0; i < len(glyphs); {
		if glyphs[i].font != font {
			font = glyphs[i].font
			out = append(out, '/')
			out = append(out, font.resource...)
			out = append(out, ' ')
			out = number(out, size)
			out = append(out, " Tf "...)
		}
		// A run ends with its font, at a character that needs explaining, and
		// where the spacing changes from spread to not spread.
		wide := i+1 < len(glyphs) && spreads(glyphs[i], glyphs[i+1])
		end := i + 1
		for glyphs[i].plain && end < len(glyphs) && glyphs[end].font == font && glyphs[end].plain &&
			(spread == 0 || (end+1 == len(glyphs) || spreads(glyphs[end], glyphs[end+1])) == wide) {
			end++
		}
		gap := 0.0
		if wide {
			gap = spread
		}
		out = appendRun(out, glyphs[i:end], x, base, gap)
		for _, g := range glyphs[i:end] {
			x += g.advance(size) + gap
		}
		i = end
	}
	return out
}

func appendRun(out []byte, run []glyph, x, base, gap float64) []byte {
	if !run[0].plain {
		// The reader copies the real character, not its stand-in.
		out = append(out, "/Span <</ActualText <FEFF"...)
		for _, u := range utf16.Encode([]rune{run[0].char}) {
			out = append(out, hex[u>>12], hex[u>>8&15], hex[u>>4&15], hex[u&15])
		}
		out = append(out, ">>> BDC "...)
	}
	out = append(out, "1 0 0 1 "...)
	out = number(out, x)
	out = append(out, ' ')
	out = number(out, base)
	out = append(out, " Tm "...)
	out = number(out, gap)
	out = append(out, " Tc ("...)
	for _, g := range run {
		out = appendByte(appendByte(out, byte(g.code>>8)), byte(g.code))
	}
	out = append(out, ") Tj\n"...)
	if !run[0].plain {
		out = append(out, "EMC\n"...)
	}
	return out
}

const hex = "0123456789ABCDEF"

// appendByte writes a byte of a PDF string; a bare carriage return would be
// read as a line feed.
func appendByte(out []byte, b byte) []byte {
	switch b {
	case '(', ')', '\\':
		return append(out, '\\', b)
	case '\r':
		return append(out, `\r`...)
	}
	return append(out, b)
}

func number(out []byte, v float64) []byte { return strconv.AppendFloat(out, v, 'f', 2, 64) }

// Draw puts a block's upper left corner at x, y of the current page.
func (d *Doc) Draw(b Block, x, y float64) { d.drawLines(b, 0, len(b.lines), x, y) }

// drawLines draws lines from, inclusive, to to, exclusive; the first stands
// at y.
func (d *Doc) drawLines(b Block, from, to int, x, y float64) {
	d.missing(b.unknown)
	out := append(d.buf[:0], "q 1 0 0 1 "...)
	out = number(out, x*mm)
	out = append(out, ' ')
	out = number(out, (d.height-y+float64(from)*b.pitch)*mm)
	out = append(out, " cm BT\n"...)
	for _, line := range b.lines[from:to] {
		out = append(out, line...)
	}
	out = append(out, "ET Q"...)
	d.emit(out)
	d.buf = out
}

// clean takes what has no shape out of a text: control and format characters,
// variation selectors. Tabs become blanks.
func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r == '\n':
			return r
		case r < ' ', 0x7F <= r && r < 0xA0, r == 0xAD, r == 0xFEFF,
			0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E, 0x2060 <= r && r <= 0x206F,
			0xFE00 <= r && r <= 0xFE0F, 0xE0100 <= r && r <= 0xE01EF:
			return -1
		}
		return r
	}, text)
}
