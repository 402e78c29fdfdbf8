package formno

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The example of ISO 13616 uses the same check: GB82 WEST 1234 5698 7654 32.
func TestCheckDigitsAreThoseOfTheStandard(t *testing.T) {
	if got := 98 - mod97("WEST12345698765432"+"GB"+"00"); got != 82 {
		t.Errorf("check digits %d, want 82", got)
	}
}

func TestParse(t *testing.T) {
	no := No{"CN", 2026, 307}
	printed := no.String()
	if example := "CN-2026-00307-09"; printed != example || !strings.Contains(ErrShape.Error(), example) {
		t.Errorf("the example that people are shown is not %s: %s", printed, ErrShape)
	}
	for _, typed := range []string{printed, " " + printed + "\n", "cn-2026-00307-" + printed[14:], "CN202600307" + printed[14:], "ＣＮ－２０２６－００３０７－" + printed[14:]} {
		if got, err := Parse(typed); err != nil || got != no {
			t.Errorf("Parse(%q) = %v, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "你好", "CN-2026-307", "CN-2026-00307", "6901234567892", printed + "1"} {
		if _, err := Parse(typed); err == nil {
			t.Errorf("Parse(%q) was taken", typed)
		}
	}
}

func numbers() *rapid.Generator[No] {
	return rapid.Custom(func(t *rapid.T) No {
		return No{rapid.SampledFrom([]string{"CN", "CK", "CG", "CJ", "ZC"}).Draw(t, "prefix"),
			rapid.IntRange(2000, 2100).Draw(t, "year"), rapid.IntRange(1, 250_000).Draw(t, "seq")}
	})
}

func TestEveryNumberReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		no := numbers().Draw(t, "no")
		if got, err := Parse(no.String()); err != nil || got != no {
			t.Fatalf("Parse(%s) = %v, %v", no, got, err)
		}
	})
}

func TestOneWrongCharacterIsFound(t *testing.T) {
	const digits, letters = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(numbers().Draw(t, "no").String())
		at := rapid.IntRange(0, len(text)-1).Draw(t, "at")
		alphabet := digits
		if text[at] == '-' {
			return
		}
		if text[at] >= 'A' {
			alphabet = letters
		}
		wrong := rapid.SampledFrom([]byte(alphabet)).Draw(t, "wrong")
		if wrong == text[at] {
			return
		}
		text[at] = wrong
		if got, err := Parse(string(text)); err == nil {
			t.Fatalf("%s was taken as %v", text, got)
		}
	})
}

func TestNeighboursExchangedAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(numbers().Draw(t, "no").String())
		at := rapid.IntRange(3, len(text)-2).Draw(t, "at")
		if text[at] == '-' || text[at+1] == '-' || text[at] == text[at+1] {
			return
		}
		text[at], text[at+1] = text[at+1], text[at]
		if _, err := Parse(string(text)); !errors.Is(err, ErrCheck) {
			t.Fatalf("%s gave %v", text, err)
		}
	})
}
