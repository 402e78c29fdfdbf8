package assets

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// english is a word that no file name, key or “UTF-8” explains.
var english = regexp.MustCompile(`(?i)\b(toml:|expected|open|read|line|invalid|type|directory|denied|file|key|such|is|a)\b`)

func officeFile(t *testing.T, name, content string) *Library {
	t.Helper()
	path := filepath.Join(t.TempDir(), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return New(strings.TrimSuffix(path, filepath.FromSlash("/"+name)))
}

func TestSlipsOfTheOfficeAreToldInChinese(t *testing.T) {
	const name = "roster/words.toml"
	for content, want := range map[string]string{
		"heads = [\"主任\"]\nkey_post_reasons = \"x": "words.toml 的内容有误：第 2 行写得不对",
		"\n\nheads ":             "words.toml 的内容有误：第 3 行写得不对",
		"heads = [\"\xd6\xf7\"]": "words.toml 的内容有误：第 1 行写得不对",
		"\xff\xfeh\x00e\x00":     "UTF-8",
		"heads = []\nheads = []": "第 2 行写得不对",
		"\nheads = 1":            "第 2 行的项目 heads 类型不对",
		"heads = [1]":            "第 1 行的项目 heads 类型不对",
		"haeds = []":             "不认识的项目 haeds",
	} {
		_, err := officeFile(t, name, content).RosterWords()
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), name) || english.MatchString(err.Error()) {
			t.Errorf("%q: %v, want %q", content, err, want)
		}
	}
	if w, err := officeFile(t, name, "heads = [\"长\"]").RosterWords(); err != nil || len(w.Heads) != 1 {
		t.Error(w, err)
	}
}

func TestUnreadableFilesOfTheOffice(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "roster", "words.toml"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := New(dir).RosterWords()
	if err == nil || !strings.Contains(err.Error(), "不能读取") || !strings.Contains(err.Error(), "words.toml") || english.MatchString(strings.ReplaceAll(err.Error(), dir, "")) {
		t.Error(err)
	}
	_, err = officeFile(t, "campaigns", "").CampaignTemplates() // a file where the folder should be
	if err == nil || !strings.Contains(err.Error(), "不能读取") || strings.Contains(err.Error(), "readdir") {
		t.Error(err)
	}
	if _, err := New("").Read("forms/none.toml"); err == nil || !strings.Contains(err.Error(), "没有文件 forms/none.toml") {
		t.Error(err)
	}
}
