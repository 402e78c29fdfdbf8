package office

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/model"
)

// marked is a picture with one black quarter at the top left.
func marked(w, h int) image.Image {
	m := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			if x >= w/2 || y >= h/2 {
				m.SetGray(x, y, color.Gray{Y: 0xFF})
			}
		}
	}
	return m
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	check(t, jpeg.Encode(&b, m, nil))
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	check(t, png.Encode(&b, m))
	return b.Bytes()
}

// held is a JPEG file that says how the camera was held.
func held(jpeg []byte, order binary.AppendByteOrder, lies uint16) []byte {
	tiff := order.AppendUint16([]byte("MM"), 42)
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		tiff = order.AppendUint16([]byte("II"), 42)
	}
	tiff = order.AppendUint32(tiff, 8)
	tiff = order.AppendUint16(tiff, 2)
	for _, e := range [][2]uint16{{0x0100, 40}, {0x0112, lies}} {
		tiff = order.AppendUint16(tiff, e[0])
		tiff = order.AppendUint16(tiff, 3) // a short
		tiff = order.AppendUint32(tiff, 1)
		tiff = order.AppendUint16(tiff, e[1])
		tiff = append(tiff, 0, 0)
	}
	block := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 'J', 'F', 0xFF, 0xE1}, byte((len(block)+2)>>8), byte(len(block)+2))
	return append(append(out, block...), jpeg[2:]...)
}

// TestPicturesStandUpright compares with what the eight values of the tag mean
// (CIPA DC-008, 4.6.4): where the stored first row and column are seen.
func TestPicturesStandUpright(t *testing.T) {
	plain := jpegOf(t, marked(60, 40))
	for lies, want := range map[uint16]struct {
		corner string // where the black quarter is seen
		wide   bool
	}{
		0: {"top left", true}, 1: {"top left", true}, 2: {"top right", true}, 3: {"bottom right", true}, 4: {"bottom left", true},
		5: {"top left", false}, 6: {"top right", false}, 7: {"bottom right", false}, 8: {"bottom left", false}, 9: {"top left", true},
	} {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			p, err := openPhoto(held(plain, order, lies))
			check(t, err)
			shown := p.fitted(image.Pt(120, 120))
			size := image.Pt(120, 80)
			if !want.wide {
				size = image.Pt(80, 120)
			}
			if shown.Bounds().Size() != size {
				t.Errorf("%d: drawn as %v, want %v", lies, shown.Bounds().Size(), size)
				continue
			}
			var black []string
			for y, v := range []string{"top", "bottom"} {
				for x, h := range []string{"left", "right"} {
					if shown.RGBAAt(size.X*(2*x+1)/4, size.Y*(2*y+1)/4).R < 128 {
						black = append(black, v+" "+h)
					}
				}
			}
			if got := strings.Join(black, ", "); got != want.corner {
				t.Errorf("%d: black is %q, want %q", lies, got, want.corner)
			}
		}
	}
}

func TestPictureFitsItsRoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		side := rapid.IntRange(1, 400)
		w, h := side.Draw(t, "w"), side.Draw(t, "h")
		box := image.Pt(rapid.IntRange(50, 600).Draw(t, "x"), rapid.IntRange(50, 600).Draw(t, "y"))
		lies := rapid.IntRange(1, 8).Draw(t, "lies")
		p := photo{image.NewGray(image.Rect(0, 0, w, h)), lies}
		got := p.fitted(box).Bounds().Size()
		if got.X > box.X || got.Y > box.Y || got.X < box.X-1 && got.Y < box.Y-1 {
			t.Fatalf("%d×%d (%d) in %v is %v", w, h, lies, box, got)
		}
	})
}

func TestTransparentIsPaper(t *testing.T) {
	p, err := openPhoto(pngOf(t, image.NewNRGBA(image.Rect(0, 0, 10, 10))))
	check(t, err)
	if c := p.fitted(image.Pt(10, 10)).RGBAAt(5, 5); c != (color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}) {
		t.Errorf("transparent is shown as %v", c)
	}
}

func TestPicturesThatCannotBeShown(t *testing.T) {
	whole := jpegOf(t, marked(200, 200))
	// The head's width and height lie in its bytes 16 to 24, its sum in 29 to 33.
	saying := func(w, h uint32) []byte {
		b := pngOf(t, marked(2, 2))
		binary.BigEndian.PutUint32(b[16:], w)
		binary.BigEndian.PutUint32(b[20:], h)
		binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
		return b
	}
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"nothing": {nil, "可能已损坏"}, "a head": {whole[:20], "可能已损坏"}, "half": {whole[:len(whole)/2], "可能已损坏"},
		"a PDF": {[]byte("%PDF-1.7"), "可能已损坏"}, "a head that lies": {saying(20, 20), "可能已损坏"},
		"huge": {saying(20_000, 20_000), "20000×20000 点"}, "long": {saying(2, 1<<31-1), "2×2147483647 点"},
	} {
		_, err := openPhoto(c.content)
		if model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBrokenExif(t *testing.T) {
	whole := held(jpegOf(t, marked(8, 8)), binary.BigEndian, 6)
	if got := exifOrientation(whole); got != 6 {
		t.Fatalf("the whole file says %d", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Clone(whole[:rapid.IntRange(0, len(whole)).Draw(t, "length")])
		for range rapid.IntRange(0, 4).Draw(t, "changes") {
			if len(b) > 0 {
				b[rapid.IntRange(0, min(len(b), 60)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "byte")
			}
		}
		exifOrientation(b) // must not panic
	})
}

// BenchmarkFittedScan draws an A4 page scanned at 300 dots per inch; the floor
// is decoding it.
func BenchmarkFittedScan(b *testing.B) {
	m := image.NewYCbCr(image.Rect(0, 0, 2480, 3508), image.YCbCrSubsampleRatio420)
	content := jpegOf(b, m)
	p, err := openPhoto(content)
	check(b, err)
	var drawing, floor int64
	for b.Loop() {
		start := b.Elapsed()
		_ = p.fitted(image.Pt(1286, 620))
		middle := b.Elapsed()
		if _, err := jpeg.Decode(bytes.NewReader(content)); err != nil {
			b.Fatal(err)
		}
		drawing, floor = drawing+int64(middle-start), floor+int64(b.Elapsed()-middle)
	}
	b.ReportMetric(float64(drawing)/float64(floor), "ratio")
}
