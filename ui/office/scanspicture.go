package office

import (
	"bytes"
	"encoding/binary"
	"image"
	_ "image/jpeg" // the kinds of pictures that can be attached
	_ "image/png"

	"golang.org/x/image/draw"

	"qingfeng/model"
)

// What a window shows: an A3 page at 600 dots per inch has 70 million dots, a
// file made to fill the memory has more.
const (
	mostDots = 100_000_000
	mostSide = 30_000 // dots
)

// photo is a picture as it was stored, which may lie on its side.
type photo struct {
	image.Image
	lies int // how, 1 to 8 as Exif counts; 0 is 1
}

// openPhoto decodes a picture.
func openPhoto(content []byte) (photo, error) {
	broken := model.Errorf(model.Invalid, "这张图片显示不出来，可能已损坏。可以用“另存为…”保存后，用别的程序打开看看")
	head, _, err := image.DecodeConfig(bytes.NewReader(content))
	switch {
	case err != nil:
		return photo{}, broken
	case head.Width > mostSide || head.Height > mostSide || head.Width*head.Height > mostDots:
		return photo{}, model.Errorf(model.Invalid, "这张图片有 %d×%d 点，窗口里显示不了。请用“另存为…”保存后，用别的程序打开", head.Width, head.Height)
	}
	decoded, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return photo{}, broken
	}
	return photo{decoded, exifOrientation(content)}, nil
}

// size is that of the picture standing upright.
func (p photo) size() image.Point {
	s := p.Bounds().Size()
	if p.lies >= 5 {
		s.X, s.Y = s.Y, s.X
	}
	return s
}

// fitted draws the picture upright and as large as a box of dots allows.
func (p photo) fitted(box image.Point) *image.RGBA {
	s := p.size()
	scale := min(float64(box.X)/float64(s.X), float64(box.Y)/float64(s.Y))
	stored := p.Bounds().Size()
	out := image.NewRGBA(image.Rect(0, 0, max(1, int(float64(stored.X)*scale)), max(1, int(float64(stored.Y)*scale))))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.BiLinear.Scale(out, out.Bounds(), p.Image, p.Bounds(), draw.Over, nil)
	return upright(out, p.lies)
}

// upright turns and mirrors a picture that was stored another way.
func upright(in *image.RGBA, lies int) *image.RGBA {
	w, h := in.Rect.Dx(), in.Rect.Dy()
	from, ok := map[int]func(x, y int) (int, int){
		2: func(x, y int) (int, int) { return w - 1 - x, y },
		3: func(x, y int) (int, int) { return w - 1 - x, h - 1 - y },
		4: func(x, y int) (int, int) { return x, h - 1 - y },
		5: func(x, y int) (int, int) { return y, x },
		6: func(x, y int) (int, int) { return y, h - 1 - x },
		7: func(x, y int) (int, int) { return w - 1 - y, h - 1 - x },
		8: func(x, y int) (int, int) { return w - 1 - y, x },
	}[lies]
	if !ok {
		return in
	}
	out := image.NewRGBA(image.Rectangle{Max: photo{in, lies}.size()})
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			fx, fy := from(x, y)
			copy(out.Pix[out.PixOffset(x, y):][:4], in.Pix[in.PixOffset(fx, fy):])
		}
	}
	return out
}

// exifOrientation is how a camera was held, 1 when the file does not say: tag
// 0x0112 of the Exif block that JPEG files carry in their segment APP1 (CIPA
// DC-008, 4.5.4 and 4.6.4).
func exifOrientation(jpeg []byte) int {
	const app1, scan = 0xE1, 0xDA
	for at := 2; at+4 <= len(jpeg) && jpeg[at] == 0xFF && jpeg[at+1] != scan; {
		end := at + 2 + int(binary.BigEndian.Uint16(jpeg[at+2:]))
		if end < at+4 || end > len(jpeg) {
			break
		}
		if block, ok := bytes.CutPrefix(jpeg[at+4:end], []byte("Exif\x00\x00")); ok && jpeg[at+1] == app1 {
			return tiffOrientation(block)
		}
		at = end
	}
	return 1
}

func tiffOrientation(tiff []byte) int {
	const entry = 12 // bytes
	var order binary.ByteOrder = binary.BigEndian
	if bytes.HasPrefix(tiff, []byte("II")) {
		order = binary.LittleEndian
	}
	if len(tiff) < 8 {
		return 1
	}
	first := uint64(order.Uint32(tiff[4:]))
	if first+2 > uint64(len(tiff)) {
		return 1
	}
	entries := tiff[first+2:]
	for n := order.Uint16(tiff[first:]); n > 0 && len(entries) >= entry; n-- {
		if lies := order.Uint16(entries[8:]); order.Uint16(entries) == 0x0112 && lies <= 8 {
			return int(lies)
		}
		entries = entries[entry:]
	}
	return 1
}
