package page

import (
	"fmt"

	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/encoder"
)

// CodeSize is the width of a form's QR code in mm, without its quiet zone of
// four modules.
const CodeSize = 22.0

// overhang centres a number of the usual length under its code, mm.
const overhang = 2.7

// QR draws a form number as a QR code of [CodeSize] whose upper right corner is
// at right, top, with the number under it and note before that.
// Correction level Q leaves a quarter of the code to folds and stamps. The code
// is one image mask, a bit a module, which prints without seams.
//
// The encoder is gozxing's, which also reads the codes back: it takes a fifth
// of the time of the other one at hand.
func (d *Doc) QR(no string, right, top float64, note string) error {
	quiet, err := d.Code(no, right, top, CodeSize)
	if err != nil {
		return err
	}
	// The blank above the figures in their line is part of the quiet zone.
	under := top + CodeSize + quiet - 1
	st := Style{Face: Hei, Size: XiaoWu, Pitch: 4, Align: AlignRight}
	label := d.Layout(st, 2*CodeSize, note+no)
	d.Draw(label, right-2*CodeSize+overhang, under)
	return nil
}

// Code draws the QR code of a form number, size mm wide, without the number in
// figures, and returns the width of the quiet zone that has to stay around it.
func (d *Doc) Code(no string, right, top, size float64) (quiet float64, err error) {
	code, err := encoder.Encoder_encode(no, decoder.ErrorCorrectionLevel_Q, nil)
	if err != nil {
		return 0, fmt.Errorf("编号 %s 无法生成二维码：%w", no, err)
	}
	m := code.GetMatrix()
	n := m.GetWidth()
	out := append(d.buf[:0], "q "...)
	out = append(number(out, size*mm), " 0 0 "...)
	out = append(number(out, size*mm), ' ')
	out = d.point(out, right-size, top+size)
	out = fmt.Appendf(out, "cm BI /W %d /H %d /IM true /BPC 1 /D [1 0] /F /AHx ID\n", n, n)
	for y := range n {
		bits, used := byte(0), 0
		for x := range n {
			bits = bits<<1 | byte(m.Get(x, y))
			if used++; used == 8 || x == n-1 {
				bits <<= 8 - used
				out = append(out, hex[bits>>4], hex[bits&15])
				bits, used = 0, 0
			}
		}
	}
	out = append(out, ">\nEI Q"...)
	d.emit(out)
	d.buf = out

	return 4 * size / float64(n), nil
}
