package page

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var someDay = time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)

// finish writes the document into a file and returns its path.
func finish(t testing.TB, d *Doc) string {
	t.Helper()
	var buf bytes.Buffer
	if _, err := d.WriteTo(&buf); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "page.pdf")
	if err := os.WriteFile(path, buf.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// run runs a PDF tool. Without the tool the test is skipped, but not in CI.
func run(t testing.TB, tool string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", tool)
		}
		t.Skipf("%s is not installed", tool)
	}
	out, err := exec.Command(tool, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", tool, err, out)
	}
	return string(out)
}

func extract(t testing.TB, path string) string {
	return run(t, "pdftotext", "-layout", "-enc", "UTF-8", path, "-")
}

// squeeze leaves out blanks and line ends, which extraction makes anew.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func TestText(t *testing.T) {
	d := New(Bundled(), Options{Title: "测试", Created: someDay})
	d.AddPage()
	d.Number(1)
	d.Text(TitleStyle, "廉洁从业承诺书")
	d.Text(Heading1, "一、总体要求")
	const body = "本人是某县中医院职工徐𬱖，已认真学习《医疗机构工作人员廉洁从业九项准则》（国卫医发〔2021〕37号）和本院有关规定，遇有无法拒收的“红包”在24小时内上交，监督电话0575-88888888（工作日）。阿依古丽·买买提。"
	d.Text(Body, body)
	d.Text(Heading2, "（一）分项要求")
	if _, err := d.QR("CN-2026-00307-68", Left+TextWidth, 9, "　补打"); err != nil {
		t.Fatal(err)
	}
	path := finish(t, d)
	text := squeeze(extract(t, path))
	for _, want := range []string{"廉洁从业承诺书", "一、总体要求", body, "（一）分项要求", "CN-2026-00307-68补打", "—1—"} {
		if !strings.Contains(text, squeeze(want)) {
			t.Errorf("extracted text lacks %q:\n%s", want, text)
		}
	}
	run(t, "qpdf", "--check", path)
	if out := os.Getenv("PAGE_TEST_OUT"); out != "" {
		data, _ := os.ReadFile(path)
		os.WriteFile(out, data, 0o600)
	}
}
