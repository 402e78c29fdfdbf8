package page

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"
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
	d.Number(1)
	d.AddPage()
	d.Text(TitleStyle, "廉洁从业承诺书")
	d.Text(Heading1, "一、总体要求")
	const body = "本人是某县中医院职工徐𬱖，已认真学习《医疗机构工作人员廉洁从业九项准则》（国卫医发〔2021〕37号）和本院有关规定，遇有无法拒收的“红包”在24小时内上交，监督电话0575-88888888（工作日）。阿依古丽·买买提。"
	d.Text(Body, body)
	d.Text(Heading2, "（一）分项要求")
	if err := d.QR("CN-2026-00307-09", Left+TextWidth, 9, "补打　"); err != nil {
		t.Fatal(err)
	}
	path := finish(t, d)
	text := squeeze(extract(t, path))
	for _, want := range []string{"廉洁从业承诺书", "一、总体要求", body, "（一）分项要求", "补打CN-2026-00307-09", "—1—"} {
		if !strings.Contains(text, squeeze(want)) {
			t.Errorf("extracted text lacks %q:\n%s", want, text)
		}
	}
	run(t, "qpdf", "--check", path)
}

// The same input and date give the same bytes, also when documents that share
// fonts are made at the same time.
func TestDeterministic(t *testing.T) {
	make := func() []byte {
		d := New(Bundled(), Options{Title: "测试", Created: someDay})
		d.AddPage()
		d.Text(TitleStyle, "廉洁从业承诺书")
		d.Text(Body, strings.Repeat("徐𬱖承诺 ABC，", 50))
		d.Text(Heading1, "一、要求")
		var buf bytes.Buffer
		if _, err := d.WriteTo(&buf); err != nil {
			t.Error(err)
		}
		return buf.Bytes()
	}
	want := make()
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if !bytes.Equal(make(), want) {
				t.Error("bytes differ")
			}
		})
	}
	wait.Wait()
}

func TestEmptyDocument(t *testing.T) {
	d := New(Bundled(), Options{Created: someDay})
	if _, err := d.WriteTo(&bytes.Buffer{}); err == nil {
		t.Error("a document without pages was written")
	}
}

func TestTableOverPages(t *testing.T) {
	d := New(Bundled(), Options{Created: someDay})
	d.Number(1)
	d.AddPage()
	var rows [][]string
	for i := range 120 {
		rows = append(rows, []string{strconv.Itoa(i + 1), "名字" + strings.Repeat("长", i%40), "□"})
	}
	d.PutTable(Table{Columns: []Column{{"序号", 14, AlignCenter}, {"姓名", 60, AlignLeft}, {"交回", 20, AlignCenter}},
		MinRow: 7, Continued: "内科（续）"}, rows)
	pages := strings.Split(strings.TrimSuffix(extract(t, finish(t, d)), "\f"), "\f")
	if len(pages) != d.Pages() || len(pages) < 4 {
		t.Errorf("%d pages extracted of %d", len(pages), d.Pages())
	}
	all := ""
	for i, p := range pages {
		p = squeeze(p)
		all += p
		if !strings.Contains(p, "序号姓名交回") || !strings.Contains(p, "—"+strconv.Itoa(i+1)+"—") {
			t.Errorf("page %d lacks head or number: %s", i+1, p)
		}
		if strings.Contains(p, "内科（续）") != (i > 0) {
			t.Errorf("page %d: continuation line", i+1)
		}
	}
	if got := strings.Count(all, "□"); got != len(rows) {
		t.Errorf("%d rows on paper, want %d", got, len(rows))
	}
	if got, want := strings.Count(all, "长"), 3*(39*40/2); got != want {
		t.Errorf("%d characters on paper, want %d", got, want)
	}
	if len(d.Warnings()) != 0 {
		t.Error(d.Warnings())
	}
}

func TestParagraphOverPages(t *testing.T) {
	d := New(Bundled(), Options{Created: someDay})
	d.AddPage()
	text := strings.Repeat("廉洁从业。", 400)
	d.Text(Body, text)
	if d.Pages() != 4 { // 2000 characters on 72 lines of 28, 22 lines a page
		t.Errorf("%d pages", d.Pages())
	}
	if got := squeeze(extract(t, finish(t, d))); strings.ReplaceAll(got, "\f", "") != text {
		t.Errorf("%d characters extracted, want %d", len([]rune(got)), len([]rune(text)))
	}
}

// A value stays in its room and whole, or the misfit is told.
func TestFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringOfN(rapid.SampledFrom([]rune("王龘阿依古丽·买买提ABCdef 123（）")), 1, 90, -1).Draw(t, "value")
		width := rapid.Float64Range(15, 150).Draw(t, "width")
		height := rapid.Float64Range(5, 20).Draw(t, "height")
		d := New(Bundled(), Options{Created: someDay})
		b := d.Fit(Style{Face: FangSong, Size: XiaoSi, Pitch: 5.7}, width, height, value)
		if b.Height > height+0.01 {
			t.Fatalf("%q is %v mm high in %v", value, b.Height, height)
		}
		small := len([]rune(value)) * 3 // mm at 8.5 points, full width
		if len(d.Warnings()) > 0 && float64(small) < width*0.9 {
			t.Fatalf("%q fits %v mm on a line but is told as a misfit", value, width)
		}
	})
	d := New(Bundled(), Options{Created: someDay})
	d.AddPage()
	d.Fit(Body, 10, 5, strings.Repeat("长", 60))
	if w := d.Warnings(); len(w) != 1 || w[0].Kind != Misfit || w[0].Page != 1 {
		t.Errorf("warnings %v", w)
	}
}

func TestClean(t *testing.T) {
	if got := clean("王\u200b\ufe0f\t李\r\n张\u0001"); got != "王 李\n张" {
		t.Errorf("%q", got)
	}
}

func TestPageNumberSides(t *testing.T) {
	d := New(Bundled(), Options{Created: someDay})
	d.Number(1)
	for range 3 {
		d.AddPage()
		d.Text(Body, "文")
	}
	pages := strings.Split(extract(t, finish(t, d)), "\f")
	indent := func(p string) int {
		i := slices.IndexFunc(strings.Split(p, "\n"), func(l string) bool { return strings.Contains(l, "—") })
		line := strings.Split(p, "\n")[max(i, 0)]
		return len(line) - len(strings.TrimLeft(line, " "))
	}
	if odd, even := indent(pages[0]), indent(pages[1]); odd <= even {
		t.Errorf("odd page's number is indented by %d, even page's by %d", odd, even)
	}
}
