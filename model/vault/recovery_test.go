package vault

import (
	"strings"
	"testing"

	"golang.org/x/text/width"
	"pgregory.net/rapid"

	"qingfeng/model"
)

func codes() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		random := rapid.StringMatching("["+crockford+"]{26}").Draw(t, "random")
		return grouped(random + codeCheck(random))
	})
}

func TestAFreshRecoveryCode(t *testing.T) {
	seen, count := map[string]bool{}, map[rune]int{}
	for range 1000 {
		code := NewRecoveryCode()
		if parsed, err := ParseRecoveryCode(code); err != nil || parsed != code {
			t.Fatalf("%s reads as %s, %v", code, parsed, err)
		}
		groups := strings.Split(code, "-")
		if len(groups) != 7 || len(code) != 7*4+6 || seen[code] {
			t.Fatalf("%s is no fresh code of seven groups", code)
		}
		seen[code] = true
		for _, r := range strings.ReplaceAll(code, "-", "")[:codeRandom] {
			count[r]++
		}
	}
	for _, r := range crockford { // 812 each are expected, with a deviation of 28
		if count[r] < 600 || count[r] > 1030 {
			t.Errorf("%c came %d times in 26 000", r, count[r])
		}
	}
	if len(count) != len(crockford) {
		t.Errorf("%d different characters", len(count))
	}
}

func TestARecoveryCodeIsReadHoweverItIsTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := codes().Draw(t, "code")
		typed := code
		if rapid.Bool().Draw(t, "small") {
			typed = strings.ToLower(typed)
		}
		for from, to := range map[string][]string{"1": {"1", "I", "l", "i", "L"}, "0": {"0", "O", "o"},
			"-": {"", "-", " ", "－", "—", "——", "–", "−", "\u3000", " - ", "\u2011", "\n", "\ufeff"}} {
			typed = strings.ReplaceAll(typed, from, rapid.SampledFrom(to).Draw(t, from))
		}
		if rapid.Bool().Draw(t, "wide") {
			typed = width.Widen.String(typed)
		}
		if got, err := ParseRecoveryCode(typed); err != nil || got != code {
			t.Fatalf("%q reads as %s, %v", typed, got, err)
		}
	})
}

func TestEveryMistypedRecoveryCodeIsFound(t *testing.T) {
	refused := func(t *rapid.T, code []byte, what string) {
		if got, err := ParseRecoveryCode(string(code)); model.CodeOf(err) != model.Invalid {
			t.Fatalf("%s: %s was taken as %s", what, code, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		code := []byte(strings.ReplaceAll(codes().Draw(t, "code"), "-", ""))
		for at, right := range code {
			for _, wrong := range []byte(crockford) {
				if wrong != right {
					code[at] = wrong
					refused(t, code, "one wrong character")
				}
			}
			code[at] = right
			refused(t, append(append([]byte{}, code[:at]...), code[at+1:]...), "one missing")
			refused(t, append(append(append([]byte{}, code[:at]...), right), code[at:]...), "one doubled")
			if at > 0 && code[at-1] != right {
				code[at-1], code[at] = code[at], code[at-1]
				refused(t, code, "neighbours exchanged")
				code[at-1], code[at] = code[at], code[at-1]
			}
		}
	})
}

func TestWhatIsWrongWithARecoveryCode(t *testing.T) {
	const code = "N9W4-HRB3-6BCD-X58Z-GPHW-PHN7-AK31"
	for typed, want := range map[string]string{
		"":                                   "输入了 0 位",
		"N9W4-HRB3":                          "输入了 8 位",
		code + "1":                           "多了",
		code + "?":                           "第 29 位",
		"N9W4-HUB3-6BCD-X58Z-GPHW-PHN7-AK31": "第 6 位",
		"N9W4-H风B3-6BCD-X58Z-GPHW-PHN7-AK31": "第 6 位",
		"N9W4-HRB3-6BCD-X58Z-GPHW-PHN7-AK32": "有一位不对",
		"9NW4-HRB3-6BCD-X58Z-GPHW-PHN7-AK31": "有一位不对",
		"N9W4-HRB3-6BCD-X58Z-GPHW-PHN7-AK３Ａ": "有一位不对",
		"correct horse":                      "输入了 12 位", "清风": "第 1 位",
	} {
		_, err := ParseRecoveryCode(typed)
		wantCode(t, err, model.Invalid)
		if err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", typed, err, want)
		}
	}
	if _, err := ParseRecoveryCode(code); err != nil {
		t.Error(err)
	}
}

func FuzzParseRecoveryCode(f *testing.F) {
	f.Add("N9W4-HRB3-6BCD-X58Z-GPHW-PHN7-AK31")
	f.Add("ｎ９ｗ４ｈｒｂ３\xff\u0130\u2011")
	f.Fuzz(func(t *testing.T, typed string) {
		code, err := ParseRecoveryCode(typed)
		if err != nil {
			wantCode(t, err, model.Invalid)
			return
		}
		if again, err := ParseRecoveryCode(code); err != nil || again != code {
			t.Errorf("%q reads as %q, which reads as %q, %v", typed, code, again, err)
		}
	})
}
