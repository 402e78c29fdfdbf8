package form

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/report/page"
)

func sampleRecovery() RecoverySheet {
	return RecoverySheet{Library: assets.New(""), Hospital: "清河县人民医院", Office: "行风办", Code: "0D8B-5S2Z-1J7T-6GQ0-VWYV-NMHK-9443",
		Made: "2026-09-01", Admin: "wangyan", DataFolder: `D:\清风数据`}
}

func recovery(t *testing.T, in RecoverySheet) ([]byte, []page.Warning) {
	t.Helper()
	var buf bytes.Buffer
	warnings, err := Recovery(&buf, in)
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), warnings
}

func TestRecoverySheetSaysWhatItShould(t *testing.T) {
	in := sampleRecovery()
	pdf, warnings := recovery(t, in)
	if len(warnings) != 0 {
		t.Errorf("warnings: %v", warnings)
	}
	path := save(t, "recovery.pdf", pdf)
	run(t, "qpdf", "--check", path)
	pages := pagesOf(t, path)
	if len(pages) != 1 {
		t.Fatalf("%d pages", len(pages))
	}
	for _, want := range []string{in.Hospital, "恢复码", in.Code, "行风办", "wangyan", "2026年9月1日", `D:\清风数据`, "第1组", "第7组", "没有I、L、O、U",
		"忘记密码→用恢复码重设", "备份与恢复→恢复", "不拍照", "封存人", "监封人", "封存日期", "启封日期启封人事由", "本页作废"} {
		if !strings.Contains(pages[0], want) {
			t.Errorf("the sheet lacks %q:\n%s", want, pages[0])
		}
	}
	// The code is whole on one line for those who copy it out of the PDF, and
	// once more in groups.
	text := run(t, "pdftotext", "-layout", "-enc", "UTF-8", path, "-")
	if !strings.Contains(text, in.Code) {
		t.Errorf("the code is not in one piece:\n%s", text)
	}
	for _, group := range strings.Split(in.Code, "-") {
		if strings.Count(pages[0], group) != 2 {
			t.Errorf("group %s stands %d times on the sheet", group, strings.Count(pages[0], group))
		}
	}
}

// What the office's profile and a deep folder allow at most still fits on one
// page and stays whole.
func TestLongestRecoverySheet(t *testing.T) {
	in := sampleRecovery()
	in.Hospital, in.Office = strings.Repeat("龘", model.MaxShort), strings.Repeat("龘", model.MaxShort)
	in.Admin = strings.Repeat("W", model.MaxEmployeeNo)
	in.DataFolder = `C:\` + strings.Repeat(`很长的文件夹名字\`, 13)
	pdf, warnings := recovery(t, in)
	for _, w := range warnings {
		t.Error(w)
	}
	pages := pagesOf(t, save(t, "recovery-longest.pdf", pdf))
	if len(pages) != 1 {
		t.Fatalf("%d pages", len(pages))
	}
	for value, want := range map[string]int{"龘": 2 * model.MaxShort, "很": 13, `\`: 14, "W": 2 + model.MaxEmployeeNo, in.Code: 1} {
		if got := strings.Count(pages[0], value); got != want {
			t.Errorf("%q stands %d times on the sheet, want %d", value, got, want)
		}
	}
}

func TestRecoveryRefusesWhatIsNoCode(t *testing.T) {
	for _, code := range []string{"", "0D8B-5S2Z-1J7T-6GQ0-VWYV-NMHK", "0D8B-5S2Z-1J7T-6GQ0-VWYV-NMHK-944", "0D8B5S2Z1J7T6GQ0VWYVNMHK9443",
		"0D8B-5S2Z-1J7T-6GQ0-VWYV-NMHK-944I", "0D8B-5S2Z-1J7T-6GQ0-VWYV-NMHK-944L", "0D8B-5S2Z-1J7T-6GQ0-VWYV-NMHK-944O",
		"0D8B-5S2Z-1J7T-6GQ0-VWYV-NMHK-944U", "0d8b-5S2Z-1J7T-6GQ0-VWYV-NMHK-9443", "0D8B-5S2Z-1J7T-6GQ0-VWYV-NMHK-9443\n"} {
		in := sampleRecovery()
		in.Code = code
		var buf bytes.Buffer
		if _, err := Recovery(&buf, in); err == nil || buf.Len() > 0 || code != "" && strings.Contains(err.Error(), code) {
			t.Errorf("%q: %v, %d bytes", code, err, buf.Len())
		}
	}
}

func TestBrokenRecoveryTexts(t *testing.T) {
	built, err := assets.New("").Read("forms/recovery.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, old, new, want string }{
		{"as built", "", "", ""},
		{"own words", `title = "恢复码"`, `title = "应急恢复码"`, ""},
		{"no title", `title = "恢复码"`, "", "title"},
		{"no void", `(?m)^void = .*$`, "", "void"},
		{"unknown item", `title = "恢复码"`, "title = \"恢复码\"\ntitel = \"\"", "titel"},
		{"unknown value", `"folder"`, `"code"`, `"code"`},
		{"no share", `value = "office", share = 1`, `value = "office"`, "share"},
		{"no heading", `heading = "一、做什么用"`, "", "heading"},
		{"no sections", `(?s)\[\[section\]\].*\[seal\]`, "[seal]", "section"},
		{"no seal", `(?s)\[seal\].*\[record\]`, "[record]", "seal"},
		{"no columns", `(?s)columns = .*`, "", "columns"},
		{"column with a value", `label = "事由",`, `label = "事由", value = "made",`, "columns"},
	} {
		text := regexp.MustCompile(c.old).ReplaceAllLiteralString(string(built), c.new)
		if c.old == "" {
			text = string(built)
		} else if text == string(built) {
			t.Errorf("%s: nothing was changed", c.name)
		}
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "forms"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "forms", "recovery.toml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := loadRecoveryText(assets.New(dir))
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// An office that writes more gets smaller type, and is told when no type is
// small enough.
func TestRecoveryTextTooLong(t *testing.T) {
	for times, misfit := range map[int]bool{10: false, 200: true} {
		built, err := assets.New("").Read("forms/recovery.toml")
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		if err := os.MkdirAll(filepath.Join(dir, "forms"), 0o700); err != nil {
			t.Fatal(err)
		}
		long := strings.Replace(string(built), "不拍照", strings.Repeat("不拍照，不录像，", times), 1)
		if err := os.WriteFile(filepath.Join(dir, "forms", "recovery.toml"), []byte(long), 0o600); err != nil {
			t.Fatal(err)
		}
		in := sampleRecovery()
		in.Library = assets.New(dir)
		if _, warnings := recovery(t, in); (len(warnings) > 0) != misfit {
			t.Errorf("%d times: %v", times, warnings)
		}
	}
}
