package page

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func em(r rune) float64 {
	if r < 0x2000 {
		return 0.5
	}
	return 1
}

func ems(text []rune) []float64 {
	out := make([]float64, len(text))
	for i, r := range text {
		out[i] = em(r)
	}
	return out
}

func lines(text string, first, rest float64) []string {
	runes := []rune(text)
	var out []string
	start := 0
	for _, end := range breakLines(runes, ems(runes), first, rest) {
		out = append(out, string(runes[start:end]))
		start = end
	}
	return out
}

func TestBreakLines(t *testing.T) {
	for _, c := range []struct {
		text        string
		first, rest float64
		want        []string
	}{
		{"", 4, 4, nil},
		{"廉洁从业", 4, 4, []string{"廉洁从业"}},
		{"廉洁从业承诺书", 2, 4, []string{"廉洁", "从业承诺", "书"}},
		{"廉洁从业，承诺", 4, 4, []string{"廉洁从", "业，承诺"}},
		{"收受“红包”回扣", 3, 4, []string{"收受", "“红包”", "回扣"}},
		{"严禁——收受", 3, 3, []string{"严", "禁——", "收受"}},
		{"电话0575-12345请打", 4, 6, []string{"电话", "0575-12345请", "打"}},
		{"ABCDEFGHIJ", 2, 2, []string{"ABCD", "EFGH", "IJ"}},
		{"red envelope", 3, 3, []string{"red ", "envelo", "pe"}},
		{"交回   签名", 2, 2, []string{"交回   ", "签名"}},
		{"。。。。。", 2, 2, []string{"。。", "。。", "。"}},
		{"书", 0.3, 0.3, []string{"书"}},
	} {
		if got := lines(c.text, c.first, c.rest); !slices.Equal(got, c.want) {
			t.Errorf("%q in %v, %v: %q, want %q", c.text, c.first, c.rest, got, c.want)
		}
	}
}

func TestBreakLinesProperties(t *testing.T) {
	alphabet := []rune("廉洁从业承诺书一二三，。、；：？！“”‘’（）《》—…·￥%ABCxyz0189-./ ()[]𬱖" + noStart + noEnd)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 120).Draw(t, "text")
		first := rapid.Float64Range(0.3, 20).Draw(t, "first")
		rest := rapid.Float64Range(0.3, 20).Draw(t, "rest")
		start, room := 0, first
		for _, end := range breakLines(text, ems(text), first, rest) {
			if end <= start {
				t.Fatalf("a line without characters at %d", start)
			}
			line := text[start:end]
			used := 0.0
			for _, r := range strings.TrimRight(string(line), " ") {
				used += em(r)
			}
			if used > room+1e-6 && len(line) > 1 {
				t.Fatalf("line %q is %v wide, room %v", string(line), used, room)
			}
			if end < len(text) && !mayBreak(text[end-1], text[end]) {
				// Only right when there was no place to break at all.
				for at := start + 1; at < end; at++ {
					if mayBreak(text[at-1], text[at]) {
						t.Fatalf("%q broken before %q although %q could end earlier",
							string(text), string(text[end:]), string(line))
					}
				}
			}
			start, room = end, rest
		}
		if start != len(text) {
			t.Fatalf("%d of %d characters set", start, len(text))
		}
	})
}
