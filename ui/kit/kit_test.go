package kit

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"qingfeng/assets"
	"qingfeng/model/money"
)

// someday is a Tuesday.
var someday = time.Date(2026, 8, 11, 9, 0, 0, 0, time.UTC)

// newWindow opens a test window with the program's theme at the size of the
// smallest screen that is supported.
func newWindow(t testing.TB, content fyne.CanvasObject) fyne.Window {
	t.Helper()
	return themedWindow(t, content, 1)
}

func themedWindow(t testing.TB, content fyne.CanvasObject, scale float32) fyne.Window {
	t.Helper()
	useTheme(t, scale)
	w := test.NewTempWindow(t, nil)
	w.SetPadded(false)
	SetContent(w, content)
	w.Resize(fyne.NewSize(1366, 768))
	return w
}

func useTheme(t testing.TB, scale float32) {
	t.Helper()
	a := test.NewTempApp(t)
	th, err := NewTheme(ThemeOptions{Regular: assets.SansRegular, Bold: assets.SansBold, Scale: scale})
	if err != nil {
		t.Fatal(err)
	}
	a.Settings().SetTheme(th)
}

// inlineEnv makes all work run in the test's goroutine.
func inlineEnv(t testing.TB) {
	t.Helper()
	useTheme(t, 1)
	t.Cleanup(SetEnv(Synchronous(someday)))
}

func manualEnv(t testing.TB) *Manual {
	t.Helper()
	useTheme(t, 1)
	m := NewManual(someday)
	t.Cleanup(SetEnv(m))
	return m
}

// picture saves the window for a person to look at, when KIT_PICTURES names a
// folder.
func picture(t *testing.T, w fyne.Window, name string) {
	t.Helper()
	dir := os.Getenv("KIT_PICTURES")
	if dir == "" {
		return
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

// letter is the row type of the tests: a commitment letter in a few words.
type letter struct {
	id                                   int64
	no, dept, name, staffNo, post, print string
	state                                int
	note                                 string
	fen                                  int64
}

var (
	testNames = []string{"王䶮", "李喆", "欧阳若兮", "张堃", "赵犇", "刘赟", "陈龘", "吴㛃", "徐𬱖", "孙𣲗", "胡𫖮", "朱𬭎", "阿依古丽·买买提"}
	testDepts = []string{"急诊科", "麻醉手术科", "骨伤二科", "血透室", "检验科", "总务科"}
	states    = []struct {
		text string
		tone Tone
	}{{"未交回", Warn}, {"已交回", Good}, {"未打印", Bad}, {"免签", Neutral}}
)

func letters(n int) []letter {
	rows := make([]letter, n)
	for i := range rows {
		rows[i] = letter{
			id: int64(i + 1), no: fmt.Sprintf("CN-2026-%05d-%d", i*7+307, i%10),
			dept: testDepts[i/20%len(testDepts)], name: testNames[i%len(testNames)],
			staffNo: fmt.Sprintf("%05d", 1203+3*i), post: []string{"医生", "护士"}[i%2],
			print: "2026-07-29", state: i * 7 % 5 % 4, fen: int64(i) * 12345,
		}
		if i%6 == 3 {
			rows[i].note = "8月6日新入职，产假至 2026-10-08，由科室负责人代领后交本人补签"
		}
	}
	return rows
}

func letterColumns() []Column[letter] {
	return []Column[letter]{
		{Title: "编号", Sort: "no", Text: func(l letter) string { return l.no }},
		{Title: "科室", Sort: "dept", Text: func(l letter) string { return l.dept }},
		{Title: "姓名", Sort: "name", Text: func(l letter) string { return l.name }},
		{Title: "工号", Text: func(l letter) string { return l.staffNo }},
		{Title: "岗位", Text: func(l letter) string { return l.post }},
		{Title: "打印", Text: func(l letter) string { return l.print }},
		{Title: "金额（元）", Align: AlignRight, Text: func(l letter) string { return money.Yuan(l.fen) }},
		{Title: "状态", Chip: func(l letter) (string, Tone) { return states[l.state].text, states[l.state].tone }},
		{Title: "说明", Flex: true, Text: func(l letter) string { return l.note }},
	}
}

// recorder is a source over rows that remembers what it was asked.
type recorder struct {
	rows  []letter
	asked []Query
	err   error
}

func (r *recorder) source(_ context.Context, q Query) ([]letter, int, error) {
	r.asked = append(r.asked, q)
	if r.err != nil {
		return nil, 0, r.err
	}
	return Rows(r.rows)(context.Background(), q)
}
