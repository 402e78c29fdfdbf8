package page

import (
	"fmt"
	"math"
)

// Fit sets a value of a form in a room of the given width and height, in mm:
// on one line at the style's size if it fits so, else on as many lines as the
// height allows at the largest size that fits, down to what can be read. A
// value longer than that is set smaller still, so that it is whole and stays
// in its room, and recorded as a [Misfit].
func (d *Doc) Fit(st Style, width, height float64, value string) Block {
	b, ok := d.TryFit(st, width, height, value)
	if !ok {
		d.Misfit(value)
	}
	return b
}

// TryFit is [Doc.Fit] for a form that has another place for values that are
// too long: ok is false where Fit records a misfit.
func (d *Doc) TryFit(st Style, width, height float64, value string) (b Block, ok bool) {
	const step = 0.5
	ratio := max(1.15, min(1.4, st.Pitch*mm/st.Size))
	for size := st.Size; ; size -= step {
		try := st
		try.Size, try.Pitch = size, size*ratio/mm
		b := d.Layout(try, width, value)
		if b.Height <= height+0.01 || size <= 1 {
			return b, size >= smallest
		}
	}
}

// DrawIn draws a block in the middle of a room of the given height.
func (d *Doc) DrawIn(b Block, x, y, height float64) { d.Draw(b, x, y+(height-b.Height)/2) }

// Rule draws a line from x1, y1 to x2, y2, all in mm, of a width in points.
func (d *Doc) Rule(x1, y1, x2, y2, points float64) {
	out := number(append(d.buf[:0], "q "...), points)
	out = append(out, " w "...)
	out = d.point(out, x1, y1)
	out = append(out, "m "...)
	out = d.point(out, x2, y2)
	out = append(out, "l S Q"...)
	d.emit(out)
	d.buf = out
}

// Dashes draws a line across from x1 to x2 at y, all in mm, to cut along.
func (d *Doc) Dashes(x1, x2, y, points float64) {
	d.emit([]byte("q [4 3] 0 d"))
	d.Rule(x1, y, x2, y, points)
	d.emit([]byte("Q"))
}

// Outline draws a block in outlined characters, turned by degrees against the
// clock, its middle at x, y. It goes below what is drawn later, which stays
// legible, and shows on a machine that prints black and white too.
func (d *Doc) Outline(b Block, x, y, degrees, points float64) {
	d.missing(b.unknown)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	out := fmt.Appendf(d.buf[:0], "q 1 g %.4f %.4f %.4f %.4f ", cos, sin, -sin, cos)
	out = append(d.point(out, x, y), "cm 1 0 0 1 "...)
	out = append(number(out, -b.Width/2*mm), ' ')
	out = append(number(out, b.Height/2*mm), " cm\n"...)
	// Strokes of a character overlap: their inner lines are covered in white.
	for _, how := range []string{fmt.Sprintf("1 Tr %.2f w BT\n", 2*points), "0 Tr BT\n"} {
		out = append(out, how...)
		for _, line := range b.lines {
			out = append(out, line...)
		}
		out = append(out, "ET "...)
	}
	out = append(out, 'Q')
	d.emit(out)
	d.buf = out
}

// Box draws the outline of a rectangle.
func (d *Doc) Box(x, y, w, h, points float64) {
	out := number(append(d.buf[:0], "q "...), points)
	out = append(out, " w "...)
	out = d.point(out, x, y+h)
	out = append(number(out, w*mm), ' ')
	out = append(number(out, h*mm), " re S Q"...)
	d.emit(out)
	d.buf = out
}

// Fill covers a rectangle with a shade of grey, 0 black to 1 white.
func (d *Doc) Fill(x, y, w, h, grey float64) {
	out := number(append(d.buf[:0], "q "...), grey)
	out = append(out, " g "...)
	out = d.point(out, x, y+h)
	out = append(number(out, w*mm), ' ')
	out = append(number(out, h*mm), " re f Q"...)
	d.emit(out)
	d.buf = out
}

func (d *Doc) point(out []byte, x, y float64) []byte {
	out = append(number(out, x*mm), ' ')
	return append(number(out, (d.height-y)*mm), ' ')
}

// Width is the width of a text on one line, in mm.
func (d *Doc) Width(face Face, size float64, text string) float64 {
	var unknown []rune
	sum := 0.0
	for _, g := range d.glyphs(face, clean(text), &unknown) {
		sum += g.advance(size)
	}
	return sum / mm
}
