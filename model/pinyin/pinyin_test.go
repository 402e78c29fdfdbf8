package pinyin

import "testing"

func TestKeys(t *testing.T) {
	for _, c := range []struct{ name, sort, initials string }{
		{"张三", "zhang san", " zs"},
		{"单雄", "dan xiong", " cx dx sx"},
		{"阿依古丽·买买提", "a yi gu li · mai mai ti", ""},
		{"王䶮", "wang yan", " wy yy"},
		{"Anna", "a n n a", " anna"},
	} {
		if got := SortKey(c.name); got != c.sort {
			t.Errorf("SortKey(%s) = %q, want %q", c.name, got, c.sort)
		}
		if got := Initials(c.name); c.initials != "" && got != c.initials {
			t.Errorf("Initials(%s) = %q, want %q", c.name, got, c.initials)
		}
	}
}
