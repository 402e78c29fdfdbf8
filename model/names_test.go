package model

import (
	"slices"
	"testing"
)

func TestSplitNames(t *testing.T) {
	if got := SplitNames(" 王 芳、李某，赵某; 孙某/周某\n吴某、 "); !slices.Equal(got, []string{"王芳", "李某", "赵某", "孙某", "周某", "吴某"}) {
		t.Error(got)
	}
}

func TestSharedName(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"李某", "李某", "李某"}, {"李 某", "李某", "李某"}, {"李某", "王某", ""}, {"", "", ""}, {"李某、王某", "赵某/王某", "王某"},
		{"王芳", "王芳（内科）", "王芳"}, {"王芳(内科)", "王芳（内科）", "王芳(内科)"}, {"王芳（内科）", "王芳（外科）", ""},
		{"阿依古丽·买买提", "阿依古丽.买买提", "阿依古丽·买买提"},
	} {
		if got := SharedName(c.a, c.b); brackets.Replace(got) != brackets.Replace(c.want) {
			t.Errorf("SharedName(%q, %q) = %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

func TestMaskName(t *testing.T) {
	for name, want := range map[string]string{"徐某某": "徐**", "王芳": "王*", "阿依古丽·买买提": "阿**", "𠮷野": "𠮷*", "匿名": "匿名", "": "", "李": "李"} {
		if got := MaskName(name); got != want {
			t.Errorf("MaskName(%q) = %q, want %q", name, got, want)
		}
	}
}
