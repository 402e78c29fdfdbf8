package page

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// typeface is one TrueType font, read once and shared by all documents.
type typeface struct {
	name string
	// data is the font rebuilt so that gofpdf only ever reads it; see rebuild.
	data []byte
	// width is the advance of each code point in thousandths of the type size,
	// rounded the way gofpdf rounds, so that our lines and its widths agree.
	width []uint16
	// usual is the width of a Chinese character.
	usual uint16
	// has marks the code points that show something, or are blanks on purpose.
	has [0x10000 / 64]uint64
	// bundled fonts carry our private-use code points, others do not.
	bundled bool
}

func (t *typeface) covers(code uint16) bool { return t.has[code>>6]&(1<<(code&63)) != 0 }

var be = binary.BigEndian

// parseTypeface reads a TrueType font. It refuses what cannot be put into a
// PDF: collections, PostScript outlines, damaged files, and fonts whose maker
// forbids embedding.
func parseTypeface(name string, file []byte) (t *typeface, err error) {
	// Offsets in a damaged file lead anywhere; a slice out of range is the one
	// way in which that shows.
	defer func() {
		if r := recover(); r != nil {
			t, err = nil, fmt.Errorf("字体 %s 已损坏：%v", name, r)
		}
	}()
	if len(file) < 12 || be.Uint32(file) != 0x00010000 && string(file[:4]) != "true" {
		return nil, fmt.Errorf("字体 %s 不是 TrueType 字体", name)
	}
	tables := map[string][]byte{}
	for i := range int(be.Uint16(file[4:])) {
		rec := file[12+16*i:]
		from, size := be.Uint32(rec[8:]), be.Uint32(rec[12:])
		tables[string(rec[:4])] = file[from : from+size : from+size]
	}
	for _, tag := range []string{"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "OS/2", "post"} {
		if len(tables[tag]) == 0 {
			return nil, fmt.Errorf("字体 %s 缺少 %s 表", name, tag)
		}
	}
	// fsType: bit 1 forbids embedding, bit 8 subsetting, bit 9 all but bitmaps.
	if fsType := be.Uint16(tables["OS/2"][8:]); fsType&0x000F == 2 || fsType&0x0300 != 0 {
		return nil, fmt.Errorf("字体 %s 不允许嵌入文件", name)
	}
	glyphs, err := unicodeMap(tables["cmap"])
	if err != nil {
		return nil, fmt.Errorf("字体 %s：%w", name, err)
	}
	t = &typeface{name: name, width: make([]uint16, 0x10000)}
	advances := advanceWidths(tables)
	scale := 1000 / float64(be.Uint16(tables["head"][18:]))
	for code, g := range glyphs {
		if g == 0 || int(g) >= len(advances) {
			continue
		}
		t.width[code] = uint16(math.Round(scale * float64(advances[g])))
		if isBlank(rune(code)) || hasOutline(tables, g) {
			t.has[code>>6] |= 1 << (code & 63)
		}
	}
	// The width of the missing glyph becomes the document's default width: that
	// of nearly all characters, which then need no entry of their own.
	if g := glyphs['中']; g != 0 && int(g) < len(advances) {
		advances[0] = advances[g]
	}
	t.usual = uint16(math.Round(scale * float64(advances[0])))
	t.data = rebuild(tables, advances)
	return t, nil
}

func isBlank(r rune) bool {
	return r == ' ' || r == 0xA0 || r == 0x3000 || 0x2000 <= r && r <= 0x200A
}

// unicodeMap returns the glyph of each code point from the subtable that
// gofpdf takes: the first Unicode one of format 4.
func unicodeMap(cmap []byte) ([]uint16, error) {
	for i := range int(be.Uint16(cmap[2:])) {
		rec := cmap[4+8*i:]
		platform, encoding := be.Uint16(rec), be.Uint16(rec[2:])
		sub := cmap[be.Uint32(rec[4:]):]
		if (platform == 0 || platform == 3 && encoding == 1) && be.Uint16(sub) == 4 {
			return format4(sub), nil
		}
	}
	return nil, errors.New("没有 Unicode 字符表")
}

func format4(sub []byte) []uint16 {
	glyphs := make([]uint16, 0x10000)
	segments := int(be.Uint16(sub[6:])) / 2
	ends, starts := sub[14:], sub[16+2*segments:]
	deltas, offsets := starts[2*segments:], starts[4*segments:]
	for s := range segments {
		first, last := int(be.Uint16(starts[2*s:])), int(be.Uint16(ends[2*s:]))
		delta, offset := be.Uint16(deltas[2*s:]), int(be.Uint16(offsets[2*s:]))
		for c := first; c <= last && c < 0xFFFF; c++ {
			g := uint16(c)
			if offset != 0 {
				at := 2*s + offset + 2*(c-first)
				if at+2 > len(offsets) {
					continue
				}
				if g = be.Uint16(offsets[at:]); g == 0 {
					continue
				}
			}
			glyphs[c] = g + delta
		}
	}
	return glyphs
}

// advanceWidths returns the advance of every glyph in font units.
func advanceWidths(tables map[string][]byte) []uint16 {
	long := int(be.Uint16(tables["hhea"][34:]))
	out := make([]uint16, be.Uint16(tables["maxp"][4:]))
	for g := range out {
		out[g] = be.Uint16(tables["hmtx"][4*min(g, long-1):])
		if out[g] >= 1<<15 { // gofpdf reads such a width as none
			out[g] = 0
		}
	}
	return out
}

func hasOutline(tables map[string][]byte, glyph uint16) bool {
	loca, g := tables["loca"], int(glyph)
	if be.Uint16(tables["head"][50:]) == 0 {
		return be.Uint16(loca[2*g:]) != be.Uint16(loca[2*g+2:])
	}
	return be.Uint32(loca[4*g:]) != be.Uint32(loca[4*g+4:])
}

// rebuild writes the font anew with what a PDF needs. gofpdf appends to slices
// of the font it was given and so writes into it, next to tables whose length
// is no multiple of four and when glyphs share the last width; that would
// spoil glyphs and race between documents. Here every table is padded and
// every glyph has its own width, so that it never does. It also prints to
// standard output about name tables it does not like; ours is empty.
func rebuild(tables map[string][]byte, advances []uint16) []byte {
	hmtx := make([]byte, 4*len(advances))
	old, long := tables["hmtx"], int(be.Uint16(tables["hhea"][34:]))
	for g, advance := range advances {
		be.PutUint16(hmtx[4*g:], advance)
		if g < long {
			copy(hmtx[4*g+2:], old[4*g+2:4*g+4])
		} else if at := 2*long + 2*g; at+2 <= len(old) {
			copy(hmtx[4*g+2:], old[at:at+2])
		}
	}
	hhea := append([]byte(nil), tables["hhea"]...)
	be.PutUint16(hhea[34:], uint16(len(advances)))
	post := append([]byte(nil), tables["post"][:32]...)
	be.PutUint32(post, 0x00030000) // no glyph names

	kept := []struct {
		tag  string
		data []byte
	}{
		{"OS/2", tables["OS/2"]}, {"cmap", tables["cmap"]}, {"cvt ", tables["cvt "]},
		{"fpgm", tables["fpgm"]}, {"glyf", tables["glyf"]}, {"head", tables["head"]},
		{"hhea", hhea}, {"hmtx", hmtx}, {"loca", tables["loca"]}, {"maxp", tables["maxp"]},
		{"name", []byte{0, 0, 0, 0, 0, 6, 0, 0}}, {"post", post}, {"prep", tables["prep"]},
	}
	var head, body []byte
	count := 0
	for _, k := range kept {
		if len(k.data) > 0 {
			count++
		}
	}
	head = be.AppendUint32(head, 0x00010000)
	head = be.AppendUint16(head, uint16(count))
	head = append(head, make([]byte, 6)...) // search hints, which nobody reads
	start := len(head) + 16*count
	for _, k := range kept {
		if len(k.data) == 0 {
			continue
		}
		padded := (len(k.data) + 3) &^ 3
		head = append(head, k.tag...)
		head = be.AppendUint32(head, 0) // checksum: gofpdf computes its own
		head = be.AppendUint32(head, uint32(start+len(body)))
		head = be.AppendUint32(head, uint32(padded))
		body = append(body, k.data...)
		body = append(body, make([]byte, padded-len(k.data))...)
	}
	return append(head, body...)
}
