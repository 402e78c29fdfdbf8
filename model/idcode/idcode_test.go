package idcode

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/model/day"
)

func TestCheckCredit(t *testing.T) {
	for _, s := range []string{
		"123306000000000270", // remainder 0: fails where the second mod is missing
		"91350100M000100Y43", // the example of GB 32100-2015
	} {
		if err := CheckCredit(s); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
	for s, part := range map[string]string{
		"":                    "应为 18 位，现为 0 位",
		"12330600000000027":   "现为 17 位",
		"1233060000000002700": "现为 19 位",
		"123306000000000271":  "校验码不对",
		"123306000000000O70":  "第 16 位“O”不允许",
		"I23306000000000270":  "第 1 位“I”不允许",
		"S23306000000000270":  "不允许",
		"V23306000000000270":  "不允许",
		"Z23306000000000270":  "不允许",
		"91350100m000100Y43":  "应为大写字母",
		"１23306000000000270":  "不允许",
		"12330600000000027 ":  "不允许",
		"十二位的信用代码不是这样写的，差一位": "不允许",
	} {
		if err := CheckCredit(s); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%q: %v, want %q", s, err, part)
		}
	}
	for in, want := range map[string]string{
		" 91350100m000100y43 ": "91350100M000100Y43",
		"９１３５０１００Ｍ０００１００Ｙ４３":             "91350100M000100Y43",
		"9135 0100 M000\u200b 100Y 43\n": "91350100M000100Y43",
	} {
		if got := NormalizeCredit(in); got != want || CheckCredit(got) != nil {
			t.Errorf("NormalizeCredit(%q) = %q", in, got)
		}
	}
}

// credit adds the check character to 17 characters, by powers of 3 instead of
// a table.
func credit(s string) string {
	sum, w := 0, 1
	for _, r := range s {
		sum += strings.IndexRune(creditAlphabet, r) * w
		w = w * 3 % 31
	}
	return s + string(creditAlphabet[(31-sum%31)%31])
}

// 31 is a prime and no weight is 0 mod 31, so each wrong character and each
// exchange of neighbours that differ must be found.
func TestCreditFindsSlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		good := credit(rapid.StringMatching("["+creditAlphabet+"]{17}").Draw(t, "code"))
		if err := CheckCredit(good); err != nil {
			t.Fatalf("%s: %v", good, err)
		}
		wrong := []byte(good)
		i := rapid.IntRange(0, 17).Draw(t, "place")
		wrong[i] = creditAlphabet[(strings.IndexByte(creditAlphabet, good[i])+rapid.IntRange(1, 30).Draw(t, "by"))%31]
		if CheckCredit(string(wrong)) == nil {
			t.Fatalf("%s passes as well as %s", wrong, good)
		}
	})
}

// person adds the check character to 17 digits as GB 11643 defines it:
// weights 2^(18-i) mod 11, the whole sum being 1 mod 11.
func person(digits string) string {
	sum := 0
	for i, w := 0, 1<<17; i < 17; i, w = i+1, w/2 {
		sum += int(digits[i]-'0') * w
	}
	check := (12 - sum%11) % 11
	if check == 10 {
		return digits + "X"
	}
	return digits + string(rune('0'+check))
}

func TestCheckPerson(t *testing.T) {
	for _, s := range []string{
		"11010519491231002X", "440524188001010014", // the examples of GB 11643-1999
		"990101199512186315", "99010119790112387X",
	} {
		want := error(nil)
		if s[6:8] == "18" {
			want = ErrPersonBirth // a birth year of the century before last
		}
		if err := CheckPerson(s); err != want {
			t.Errorf("%s: %v", s, err)
		}
	}
	for s, want := range map[string]error{
		"":                    ErrPersonShape,
		"110105491231002":     ErrPersonShape,
		"99010119670927286?":  ErrPersonShape,
		"1101051949123100２X":  ErrPersonShape,
		"X1010519491231002X":  ErrPersonShape,
		"11010519491231002x":  ErrPersonShape,
		"110105194912310021":  ErrPersonCheck,
		"110105194913310023":  ErrPersonBirth,
		"110105194902300029":  ErrPersonBirth,
		"11010519491231002X0": ErrPersonShape,
	} {
		if err := CheckPerson(s); err != want {
			t.Errorf("%q: %v, want %v", s, err, want)
		}
	}
}

func TestNormalizePerson(t *testing.T) {
	for in, want := range map[string]string{
		"11010519491231002x": "11010519491231002X", "11010519491231002×": "11010519491231002X",
		"11010519491231002Ⅹ": "11010519491231002X", "11010519491231002Ｘ": "11010519491231002X",
		"１１０１０５１９４９１２３１００２ｘ": "11010519491231002X", " 110105 19491231 002X\u3000\n": "11010519491231002X",
		"\u200e11010519491231002X": "11010519491231002X", "": "", "—": "—",
	} {
		if got := NormalizePerson(in); got != want {
			t.Errorf("NormalizePerson(%q) = %q", in, got)
		}
	}
}

func TestKnownRegion(t *testing.T) {
	known := 0
	for a := '0'; a <= '9'; a++ {
		for b := '0'; b <= '9'; b++ {
			if KnownRegion(string([]rune{a, b}) + "0101199512186315") {
				known++
			}
		}
	}
	if known != 35 { // 31 provinces, Taiwan (71), Hong Kong, Macau, residence permits (83)
		t.Error(known)
	}
	for s, want := range map[string]bool{"11": true, "54": true, "83": true, "16": false, "99": false, "00": false, "1": false, "": false} {
		if KnownRegion(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestPersonFindsSlips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		born := rapid.StringMatching(`(19[0-9]{2}|20[0-9]{2})(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])`).Draw(t, "born")
		good := person(rapid.StringMatching(`[1-6][1-5][0-9]{4}`).Draw(t, "region") + born + rapid.StringMatching(`[0-9]{3}`).Draw(t, "serial"))
		if err := CheckPerson(good); err != nil {
			t.Fatalf("%s: %v", good, err)
		}
		if d, ok := BirthDay(good); !ok || d != day.Date(born[:4]+"-"+born[4:6]+"-"+born[6:]) {
			t.Fatalf("%s born %s", good, d)
		}
		wrong := []byte(good)
		i := rapid.IntRange(0, 16).Draw(t, "place")
		wrong[i] = '0' + (good[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if CheckPerson(string(wrong)) == nil {
			t.Fatalf("%s passes as well as %s", wrong, good)
		}
	})
}
