package page

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"image"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/report/preview"
)

// nationalTable is 通用规范汉字表, 8105 characters.
func nationalTable(t testing.TB) []rune {
	t.Helper()
	data, err := os.ReadFile("../../assets/fonts/tgh.txt")
	if err != nil {
		t.Fatal(err)
	}
	return []rune(strings.ReplaceAll(string(data), "\n", ""))
}

const signs = "ABCxyz0123456789 .,;:!?()[]{}<>/\\\r-_+=*&%$#@~^|'\"`，。、；：？！“”‘’《》〈〉（）〔〕【】—…·￥¥‰℃×÷±①⑳□✓●○▲▼→←〓"

// Every character of the national table prints, and what is copied out of the
// PDF is what was put in.
func TestNationalTableExtracted(t *testing.T) {
	table := nationalTable(t)
	for _, face := range []Face{FangSong, Hei, KaiTi, XiaoBiaoSong} {
		d := New(Bundled(), Options{Created: someDay})
		d.AddPage()
		for _, chunk := range slices.Collect(slices.Chunk(table, 400)) {
			d.Text(Style{Face: face, Size: SanHao, Pitch: LinePitch, Align: Justify}, string(chunk))
		}
		d.Text(Style{Face: face, Size: SanHao, Pitch: LinePitch}, signs)
		path := finish(t, d)
		if len(d.Warnings()) != 0 {
			t.Errorf("face %d: %v", face, d.Warnings())
		}
		want := []rune(string(table) + squeeze(signs))
		got := []rune(squeeze(extract(t, path)))
		if !slices.Equal(got, want) {
			at := 0
			for at < min(len(got), len(want)) && got[at] == want[at] {
				at++
			}
			t.Errorf("face %d: %d characters extracted, %d put in; they part at %d: got %q", face,
				len(got), len(want), at, string(got[at:min(at+10, len(got))]))
		}
		run(t, "qpdf", "--check", path)
	}
}

// Each character shows a picture of its own: none is blank, and no two are
// alike, as boxes for missing glyphs would be.
func TestNationalTableSeen(t *testing.T) {
	defer preview.Close()
	const cell, columns, rows = 20.0, 24, 34 // points; 150 dpi makes whole pixels of 12 points
	const pixels = 40                        // a cell at 144 dpi
	table := append(nationalTable(t), []rune("阿依古丽·买提")...)
	slices.Sort(table)
	table = slices.Compact(table)
	d := New(Bundled(), Options{Created: someDay})
	for i, r := range table {
		at := i % (columns * rows)
		if at == 0 {
			d.AddPage()
		}
		b := d.Layout(Style{Face: FangSong, Size: 15, Pitch: cell / mm}, cell/mm, string(r))
		d.Draw(b, (40+cell*float64(at%columns))/mm, (40+cell*float64(at/columns))/mm)
	}
	var buf bytes.Buffer
	if _, err := d.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	doc, err := preview.Open(buf.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[[32]byte]rune{}
	var picture *image.RGBA
	for i, r := range table {
		at := i % (columns * rows)
		if at == 0 {
			if picture, err = doc.Page(i/(columns*rows)+1, 144); err != nil {
				t.Fatal(err)
			}
		}
		x, y := 80+pixels*(at%columns), 80+pixels*(at/columns)
		hash, dark := look(picture, image.Rect(x, y, x+pixels, y+pixels))
		if dark < 3 {
			t.Errorf("%c U+%04X is blank", r, r)
		}
		if other, ok := seen[hash]; ok && dark >= 3 {
			t.Errorf("%c U+%04X looks like %c U+%04X", r, r, other, other)
		}
		seen[hash] = r
	}
}

// look returns a fingerprint of a part of a picture and its dark pixels.
func look(picture *image.RGBA, part image.Rectangle) (hash [32]byte, dark int) {
	var bits []byte
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			v := picture.RGBAAt(x, y).R
			bits = append(bits, v)
			if v < 128 {
				dark++
			}
		}
	}
	return sha256.Sum256(bits), dark
}

var (
	widthArray   = regexp.MustCompile(`/W \[([^/]*)\]\n`)
	defaultWidth = regexp.MustCompile(`/DW (\d+)`)
)

// The widths in the file are those our lines were made with; else characters
// would creep out of their lines in the reader.
func TestEmbeddedWidths(t *testing.T) {
	d := New(Bundled(), Options{Created: someDay})
	d.AddPage()
	d.Text(Body, string(nationalTable(t))+signs)
	face := d.out.order[0]
	var buf bytes.Buffer
	if _, err := d.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	match := widthArray.FindSubmatch(buf.Bytes())
	if match == nil {
		t.Fatal("no width array")
	}
	got := parseWidths(t, string(match[1]))
	usual := defaultWidth.FindSubmatch(buf.Bytes())
	if usual == nil || string(usual[1]) != strconv.Itoa(int(face.usual)) {
		t.Fatalf("default width %s, want %d", usual, face.usual)
	}
	checked := 0
	for code := range rune(0x10000) {
		if face.used[code>>6]&(1<<(code&63)) == 0 {
			continue
		}
		checked++
		width, listed := got[int(code)]
		if !listed {
			width = int(face.usual)
		}
		if width != int(face.width[code]) {
			t.Errorf("%c U+%04X: width %d in the file, %d in our table", code, code, width, face.width[code])
		}
	}
	if checked < 8105 {
		t.Errorf("%d widths checked", checked)
	}
}

// A long run of neighbours must not cost the cube of its length: with the
// container's own width list this document would take longer than the tests
// are given.
func TestALongRunOfNeighbours(t *testing.T) {
	var all []rune
	for r := rune(0x4E00); r <= 0x9FA5; r++ {
		all = append(all, r)
	}
	d := New(Bundled(), Options{Created: someDay})
	d.AddPage()
	d.Text(Body, string(all))
	if got := squeeze(extract(t, finish(t, d))); got != string(all) {
		t.Errorf("%d characters came out, want %d", len([]rune(got)), len(all))
	}
}

// parseWidths reads “first last width” and “first [ widths ]”.
func parseWidths(t *testing.T, s string) map[int]int {
	t.Helper()
	out := map[int]int{}
	words := strings.Fields(s)
	num := func(w string) int {
		n, err := strconv.Atoi(w)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for i := 0; i < len(words); {
		first := num(words[i])
		if words[i+1] == "[" {
			for i += 2; words[i] != "]"; i++ {
				out[first] = num(words[i])
				first++
			}
			i++
			continue
		}
		for c := first; c <= num(words[i+1]); c++ {
			out[c] = num(words[i+2])
		}
		i += 3
	}
	return out
}

// A character that a face lacks is printed by the next face that has it, such
// as the traditional ones of names, most of which the bold font lacks. What is
// extracted is right even for 〓, hence the look at the warnings.
func TestTraditionalCharactersFallBack(t *testing.T) {
	var text []rune
	for r := rune(0x4E00); r <= 0x9FA5; r++ {
		text = append(text, r)
	}
	for _, st := range []Style{TitleStyle, Heading1, Heading2, Body} {
		d := New(Bundled(), Options{Created: someDay})
		d.AddPage()
		d.Text(st, string(text))
		if got := squeeze(extract(t, finish(t, d))); got != string(text) {
			t.Errorf("face %d: %d characters came out, want %d", st.Face, len([]rune(got)), len(text))
		}
		if w := d.Warnings(); len(w) > 0 {
			t.Errorf("face %d: %v", st.Face, w)
		}
	}
	for _, r := range "傷關職劉傑" {
		if f, code, missing := Bundled().find(XiaoBiaoSong, r); f.name != "SerifRegular" || rune(code) != r || missing {
			t.Errorf("%c of a title is printed by %s as %c", r, f.name, code)
		}
	}
}

func TestUnknownCharacters(t *testing.T) {
	d := New(Bundled(), Options{Created: someDay})
	d.AddPage()
	d.Text(Body, "王\U0001F600李\uEC00张\U00030000赵"+"\u200B\uFE0F刘")
	d.Text(Body, "\U0001F600")
	path := finish(t, d)
	var got []string
	for _, w := range d.Warnings() {
		if w.Kind != MissingCharacter || w.Page != 1 {
			t.Errorf("warning %+v", w)
		}
		got = append(got, w.Text)
	}
	if want := []string{"\U0001F600", "\uEC00", "\U00030000"}; !slices.Equal(got, want) {
		t.Errorf("missing %q, want %q", got, want)
	}
	if text, want := squeeze(extract(t, path)), "王\U0001F600李\uEC00张\U00030000赵刘\U0001F600"; text != want {
		t.Errorf("extracted %q, want %q", text, want)
	}
}

func TestSystemFonts(t *testing.T) {
	restricted := slices.Clone(assets.Kai)
	for i := range int(binary.BigEndian.Uint16(restricted[4:])) {
		if rec := restricted[12+16*i:]; string(rec[:4]) == "OS/2" {
			binary.BigEndian.PutUint16(restricted[binary.BigEndian.Uint32(rec[8:])+8:], 2)
		}
	}
	cut := slices.Clone(assets.Kai[:len(assets.Kai)/2])
	for _, c := range []struct {
		name  string
		file  string
		data  []byte
		face  Face
		wants string
	}{
		{"installed", "SIMKAI.TTF", assets.SansBold, KaiTi, "SIMKAI.TTF"},
		{"installed title face", "FZXBSJW.TTF", assets.Kai, XiaoBiaoSong, "FZXBSJW.TTF"},
		{"collection", "simfang.ttf", []byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x02"), FangSong, "SerifRegular"},
		{"text", "simhei.ttf", []byte("not a font"), Hei, "SansRegular"},
		{"empty", "simhei.ttf", nil, Hei, "SansRegular"},
		{"cut off", "simhei.ttf", cut, Hei, "SansRegular"},
		{"not to be embedded", "simhei.ttf", restricted, Hei, "SansRegular"},
		{"PostScript outlines", "simhei.ttf", append([]byte("OTTO"), assets.Kai[4:]...), Hei, "SansRegular"},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, c.file), c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		fonts := System(filepath.Join(dir, "none"), dir)
		if got := fonts.Name(c.face); got != c.wants {
			t.Errorf("%s: printed by %q, want %q", c.name, got, c.wants)
		}
		// Whatever the machine has, rare names print, and nothing is said on
		// standard output.
		said := capture(t, func() {
			d := New(fonts, Options{Created: someDay})
			d.AddPage()
			d.Text(Style{Face: c.face, Size: SanHao, Pitch: LinePitch}, "王䶮徐𬱖 ABC")
			if len(d.Warnings()) != 0 {
				t.Errorf("%s: %v", c.name, d.Warnings())
			}
			if text := squeeze(extract(t, finish(t, d))); text != "王䶮徐𬱖ABC" {
				t.Errorf("%s: extracted %q", c.name, text)
			}
		})
		if said != "" {
			t.Errorf("%s: standard output %q", c.name, said)
		}
	}
}

func capture(t *testing.T, f func()) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	old := os.Stdout
	os.Stdout = w
	defer func() { os.Stdout = old }()
	f()
	w.Close()
	said, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(said)
}
