package system

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"qingfeng/model"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
	"qingfeng/ui/office"
)

var noon = time.Date(2026, 8, 11, 12, 0, 0, 0, time.Local)

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// bench is a window with a real store behind it.
type bench struct {
	testing.TB
	win     fyne.Window
	deps    Deps
	changed int // how often the frame was told
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{TB: t, win: kittest.Window(t, noon)}
	s := storetest.Open(t, filepath.Join(t.TempDir(), "清风 数据"), func() time.Time { return noon })
	check(t, s.SaveHospital(context.Background(), model.NewHospital("某县中医院")))
	b.deps = Deps{Deps: office.Deps{Win: b.win, Store: s, Log: slog.New(slog.DiscardHandler)}, Changed: func() { b.changed++ }}
	return b
}

func (b *bench) sees(texts ...string) {
	b.Helper()
	all := kittest.Texts(b.win)
	for _, want := range texts {
		if !strings.Contains(all, want) {
			b.Fatalf("%q is not on the screen:\n%s", want, all)
		}
	}
}

func (b *bench) seesNot(text string) {
	b.Helper()
	if all := kittest.Texts(b.win); strings.Contains(all, text) {
		b.Fatalf("%q is on the screen:\n%s", text, all)
	}
}

func (b *bench) press(label string) {
	b.Helper()
	if !kittest.Press(b.win, label) {
		b.Fatalf("nothing to press reads %q:\n%s", label, kittest.Texts(b.win))
	}
}

// entry is the first field after a label.
func (b *bench) entry(label string) *kit.Entry {
	b.Helper()
	var found *kit.Entry
	past := false
	walk(b.win.Content(), func(o fyne.CanvasObject) {
		if t, ok := o.(*canvas.Text); ok && t.Text == label {
			past = true
		}
		if e, ok := o.(*kit.Entry); ok && past && found == nil {
			found = e
		}
	})
	if found == nil {
		b.Fatalf("no field %s", label)
	}
	return found
}

func (b *bench) hospital() model.Hospital {
	b.Helper()
	h, err := b.deps.Store.Hospital(context.Background())
	check(b, err)
	return h
}

func TestProfileSaves(t *testing.T) {
	b := newBench(t)
	p := NewProfile(b.deps)
	kittest.Show(b.win, p)
	for label, text := range map[string]string{
		"医院名称": " 某县人民医院 ", "统一社会信用代码": "123306000000000270", "办公室名称": "纪检监察室", "主管卫生健康局": "某县卫生健康局",
		"举报电话": "0575-0000000", "通讯地址": "某县某路 1 号", "举报邮箱": "jubao@example.cn", "接待时间": "每周一上午",
		"户名": "某县廉政账户", "开户行": "某某银行某县支行", "账号": "0000 0000", "时限": "48",
	} {
		b.entry(label).SetText(text)
	}
	b.press("保存")
	b.sees("医院概况已保存")
	want := model.Hospital{Name: "某县人民医院", CreditCode: "123306000000000270", Office: "纪检监察室", Bureau: "某县卫生健康局",
		ReportPhone: "0575-0000000", ReportAddress: "某县某路 1 号", Mailbox: "jubao@example.cn", ReceptionHours: "每周一上午",
		IntegrityAccount: "某县廉政账户", IntegrityBank: "某某银行某县支行", IntegrityNo: "0000 0000", HandoverLimit: 48, HandoverUnit: "小时"}
	if got := b.hospital(); got != want {
		t.Errorf("stored %+v\nwant %+v", got, want)
	}
	if b.changed != 1 {
		t.Errorf("the frame was told %d times", b.changed)
	}
	left := false
	p.Leave(func() { left = true })
	if !left {
		t.Error("a saved page does not let go")
	}
}

// A new limit with a new day keeps the old one for what was received before;
// without one the present limit is put right, and the page says so.
func TestProfileOfANewLimit(t *testing.T) {
	ctx := context.Background()
	b := newBench(t)
	p := NewProfile(b.deps)
	kittest.Show(b.win, p)
	rules := func() (out []string) {
		all, err := b.deps.Store.HandoverRules(ctx)
		check(t, err)
		for _, r := range all {
			out = append(out, since(r)+" "+ruleText(r))
		}
		return out
	}
	b.sees("规定改了时限的")
	b.seesNot("以前的时限")
	b.entry("时限").SetText("48")
	b.sees("没有改施行日期")
	b.press("保存")
	if got := rules(); !slices.Equal(got, []string{"最初 48 小时"}) {
		t.Fatalf("the rules are %q", got)
	}
	from := func() (f *kit.DateField) {
		walk(b.win.Content(), func(o fyne.CanvasObject) {
			if x, ok := o.(*kit.DateField); ok {
				f = x
			}
		})
		return f
	}
	b.sees("规定改了时限的")
	b.entry("时限").SetText("2")
	b.entry("依据").SetText("《红包上交规定》第四条")
	from().SetText("2026-9-1")
	b.sees("规定改了时限的")
	b.press("保存")
	if got := rules(); !slices.Equal(got, []string{"2026-09-01 起 2 小时（《红包上交规定》第四条）", "最初 48 小时"}) {
		t.Fatalf("the rules are %q", got)
	}
	b.sees("以前的时限", "最初　48 小时")
	if got := from().Date(); got != "2026-09-01" {
		t.Errorf("the day reads %q", got)
	}
	from().SetText("")
	b.sees("比原来填的早")
	b.press("取消")
	b.press("放弃修改")
	from().SetText("2026-13-1")
	b.press("保存")
	if got := rules(); len(got) != 2 {
		t.Errorf("the rules are %q", got)
	}
}

// An answer that comes when the page was left takes no keys.
func TestProfileThatWasLeft(t *testing.T) {
	b := newBench(t)
	slow := kit.NewManual(noon)
	t.Cleanup(kit.SetEnv(slow))
	p := NewProfile(b.deps)
	kittest.Show(b.win, p)
	p.Hidden()
	slow.Drain()
	if p.form != nil {
		t.Error("shown after it was left")
	}
}

func TestProfileRefusesUnderTheField(t *testing.T) {
	b := newBench(t)
	before := b.hospital()
	kittest.Show(b.win, NewProfile(b.deps))
	for _, c := range []struct{ label, text, message string }{
		{"统一社会信用代码", "12330600000000027X", "校验码不对"},
		{"时限", "三天", "应为 1 到 365"},
		{"时限", "0", "应为 1 到 365"},
		{"医院名称", "", "请填写医院名称"},
		{"举报电话", strings.Repeat("0", model.MaxShort+5), ""}, // the field takes no more
	} {
		e := b.entry(c.label)
		old := e.Text
		e.SetText(c.text)
		if c.message != "" {
			b.press("保存")
			b.sees(c.message)
			if b.win.Canvas().Focused() != fyne.Focusable(e) {
				t.Errorf("the caret is not in %s", c.label)
			}
		}
		e.SetText(old)
	}
	if after := b.hospital(); after != before || b.changed != 0 {
		t.Errorf("stored %+v though refused", after)
	}
}

func TestProfileGivesUpChanges(t *testing.T) {
	b := newBench(t)
	p := NewProfile(b.deps)
	kittest.Show(b.win, p)
	b.press("取消")
	b.seesNot("放弃修改？")
	b.entry("举报电话").SetText("1")
	left := false
	p.Leave(func() { left = true })
	if left {
		t.Fatal("left without asking")
	}
	b.press("继续填写")
	if left || b.entry("举报电话").Text != "1" {
		t.Fatal("what was typed is gone")
	}
	b.press("取消")
	b.press("放弃修改")
	if got := b.entry("举报电话").Text; got != "" {
		t.Errorf("after giving up the field still says %q", got)
	}
	p.Leave(func() { left = true })
	if !left {
		t.Error("asks though nothing is unsaved")
	}
}

// letters makes a campaign with letters for n people.
func (b *bench) letters(n int) {
	b.Helper()
	ctx, s := context.Background(), b.deps.Store
	id, err := s.SaveDepartment(ctx, model.Department{Name: "急诊科", Kind: "临床"})
	check(b, err)
	for i := range n {
		_, err := s.SaveStaff(ctx, model.Staff{EmployeeNo: fmt.Sprintf("%04d", i), Name: "张堃", DepartmentID: id})
		check(b, err)
	}
	c, err := s.NewPlan("county-plan-2024", 2026)
	check(b, err)
	c.ID, err = s.SaveCampaign(ctx, c.Campaign) // a plan would fill the trail
	check(b, err)
	_, err = s.MakeCommitments(ctx, c.ID, model.PersonalCommitment)
	check(b, err)
}

func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			walk(c, visit)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			walk(c, visit)
		}
	}
}
