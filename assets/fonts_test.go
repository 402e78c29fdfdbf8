package assets

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
)

// nationalTable is 通用规范汉字表.
func nationalTable(t *testing.T) []rune {
	t.Helper()
	data, err := os.ReadFile("fonts/tgh.txt")
	if err != nil {
		t.Fatal(err)
	}
	runes := []rune(strings.ReplaceAll(string(data), "\n", ""))
	if len(runes) != 8105 {
		t.Fatalf("the table has %d characters, want 8105", len(runes))
	}
	return runes
}

func glyphs(t *testing.T, data []byte) func(rune) sfnt.GlyphIndex {
	t.Helper()
	f, err := sfnt.Parse(data)
	if err != nil {
		t.Fatal(err)
	}
	var buf sfnt.Buffer
	return func(r rune) sfnt.GlyphIndex {
		g, err := f.GlyphIndex(&buf, r)
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
}

// Names may hold any character of the national table, so the faces that print
// and show names have all of them.
func TestFontsHoldNationalTable(t *testing.T) {
	table := nationalTable(t)
	for name, data := range map[string][]byte{"SerifRegular": SerifRegular, "SansRegular": SansRegular, "SansBold": SansBold} {
		glyph := glyphs(t, data)
		var missing []rune
		for _, r := range table {
			if glyph(r) == 0 {
				missing = append(missing, r)
			}
		}
		if len(missing) > 0 {
			t.Errorf("%s lacks %d characters: %s", name, len(missing), string(missing))
		}
	}
}

func TestFontsHoldSigns(t *testing.T) {
	const signs = "AZaz09~，。、；：？！“”‘’《》〈〉（）〔〕【】—…·￥¥%‰℃×÷±①⑳□✓●○▲▼→←─│┌〓　-–"
	for name, data := range map[string][]byte{"SerifRegular": SerifRegular, "SansRegular": SansRegular} {
		glyph := glyphs(t, data)
		for _, r := range signs {
			if glyph(r) == 0 {
				t.Errorf("%s lacks %c U+%04X", name, r, r)
			}
		}
	}
}

// A private-use code point shows the same glyph as the character it stands
// for, and means that character in every face.
func TestPrivateCodePoints(t *testing.T) {
	faces := map[string]func(rune) sfnt.GlyphIndex{
		"SerifRegular": glyphs(t, SerifRegular), "SansRegular": glyphs(t, SansRegular), "SansBold": glyphs(t, SansBold),
	}
	pairs := 0
	for line := range strings.Lines(PrivateCodePoints) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		var real, private rune
		if _, err := fmt.Sscanf(line, "%x %x", &real, &private); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		pairs++
		for name, glyph := range faces {
			if glyph(real) != glyph(private) {
				t.Errorf("%s: U+%X and its stand-in U+%X show different glyphs", name, real, private)
			}
		}
	}
	if pairs < 196 {
		t.Errorf("%d pairs, fewer than the national table has beyond U+FFFF", pairs)
	}
}
