//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"qingfeng/model/folder"
	"qingfeng/model/store"
)

// TestSelfChecksScannedInTheWindow enters the self-checks of 620 people as an
// office does: the pile goes under the scanner, sheet after sheet, F2 opens
// those that state problems. What stands in the folder afterwards is compared
// with what the test counted while it scanned.
func TestSelfChecksScannedInTheWindow(t *testing.T) {
	o := newSelfCheckOffice(t)
	pile := o.pile()
	w := openWindowOn(t, o.dir)
	w.signIn()
	w.keys("ctrl+5")
	w.settle()
	w.typed("who")                              // searched for, and left in the field
	w.scan(mistyped(pile[0].scans[0], 10, '5')) // and the first sheet is misread
	w.settle()
	w.picture("selfchecks-misread.png")

	typing, typed := time.Duration(0), 0
	for _, part := range pile {
		start := time.Now()
		w.scan(part.scans...)
		typing, typed = typing+time.Since(start), typed+len(part.scans)
		if part.problems == 0 {
			continue
		}
		w.settle()
		w.picture("selfchecks.png")
		w.stateProblems(part.problems)
	}
	w.scanAgain(o)
	w.until("the last form is in", func() bool { return o.returnedIn(w) == len(o.returned) })
	t.Logf("%d numbers in %.0f s", typed, typing.Seconds())
	w.picture("selfchecks-done.png")
	w.scanLetters(o)
	w.quit()

	o.compare(w)
}

// selfCheckOffice is a data folder with printed self-check forms, and the
// test's own count of what comes back.
type selfCheckOffice struct {
	t        *testing.T
	ctl, dir string
	forms    []map[string]any // of the campaign in hand, in the order of printing
	others   []map[string]any // of the other campaign
	letters  []map[string]any
	left     string         // number of the form of the one who left
	excused  map[string]int // the forms nobody waits for, by number
	returned map[string]int // problems stated, by number
}

// campaignInHand is the id of the campaign that the window takes in hand, the
// newer one.
const campaignInHand = "2"

// wholeYear is a template whose self-checks last as long as the campaign, so
// that the test's day lies in them whatever day it is.
const wholeYear = `id = "whole-year"
title = "{year}年全年自查"
source = "测试"
starts = "01-01"
ends = "+1/12-31"
basis = "本院工作安排。"
scope = "本院各科室和全体人员。"
recipient = "县卫生健康局"
focus = ["有无未经批准参加医药企业组织的活动"]

[[phase]]
kind = "自查自纠"
name = "自查阶段"
starts = "01-01"
ends = "+1/12-31"
tasks = "全体人员对照廉洁从业准则自查。"
`

func newSelfCheckOffice(t *testing.T) *selfCheckOffice {
	o := &selfCheckOffice{t: t, ctl: builtConsole(t), dir: filepath.Join(t.TempDir(), "data"),
		excused: map[string]int{}, returned: map[string]int{}}
	o.do("init", "--hospital", "某县中医院", "--admin", login)
	o.do("roster", "import", "../../report/sheet/testdata/county-hospital-620.xlsx")
	templates := filepath.Join(folder.OverridesOf(o.dir), "campaigns")
	if err := os.MkdirAll(templates, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(templates, "whole-year.toml"), []byte(wholeYear), 0o600); err != nil {
		t.Fatal(err)
	}
	year := strconv.Itoa(time.Now().Year())
	o.do("campaign", "new", "--template", "whole-year", "--year", year, "--title", "另一次专项行动")
	o.do("campaign", "new", "--template", "whole-year", "--year", year)
	for _, id := range []string{"1", campaignInHand} {
		o.do("selfcheck", "print", "--campaign", id, "--out", filepath.Join(t.TempDir(), "forms.pdf"))
	}
	o.do("commitment", "print", "--campaign", campaignInHand, "--out", filepath.Join(t.TempDir(), "letters.pdf"))
	o.forms = o.list("selfcheck", "list", "--campaign", campaignInHand)
	o.letters = o.list("commitment", "list", "--campaign", campaignInHand)
	if len(o.forms) != 620 || len(o.letters) != 620 {
		t.Fatalf("there are %d forms, %d letters", len(o.forms), len(o.letters))
	}
	for _, i := range []int{20, 200, 555} {
		o.do("selfcheck", "excuse", o.no(i), "--reason", "产假")
		o.excused[o.no(i)]++
	}
	o.leave(300)
	o.left = o.no(300)
	o.excused[o.left]++
	o.others = o.list("selfcheck", "list", "--campaign", "1")
	return o
}

func (o *selfCheckOffice) no(i int) string { return o.forms[i]["form_no"].(string) }

func (o *selfCheckOffice) do(args ...string) []byte {
	o.t.Helper()
	out, err := runConsole(o.ctl, o.dir, args...)
	if err != nil {
		o.t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return out
}

func (o *selfCheckOffice) list(args ...string) (rows []map[string]any) {
	o.t.Helper()
	if err := json.Unmarshal(o.do(args...), &rows); err != nil {
		o.t.Fatal(err)
	}
	return rows
}

// leave records that the signer of a form has left, which the console program
// does not do.
func (o *selfCheckOffice) leave(form int) {
	o.t.Helper()
	ctx := context.Background()
	err := func() error {
		f, err := folder.Open(o.dir, folder.Holder{Program: "test"})
		if err != nil {
			return err
		}
		defer f.Close()
		s, err := store.Open(ctx, f, store.Options{Now: time.Now})
		if err != nil {
			return err
		}
		defer s.Close()
		if _, err := s.SignIn(ctx, login, password); err != nil {
			return err
		}
		found, err := s.Staff(ctx, store.StaffFilter{Find: o.forms[form]["employee_no"].(string)}, store.Page{})
		if err != nil {
			return err
		}
		return s.Leave(ctx, found.Items[0].ID, s.Today(), "调出")
	}()
	if err != nil {
		o.t.Fatal(err)
	}
}

// part is a stretch of the pile whose last form, if problems is not 0, states
// so many problems.
type part struct {
	scans    []string
	problems int
}

// pile is what comes under the scanner: nearly all forms in the disorder in
// which they come back, among them what must not be taken. It also counts what
// must be taken.
func (o *selfCheckOffice) pile() []part {
	var handedIn []string
	for _, i := range rand.New(rand.NewPCG(620, 2)).Perm(len(o.forms)) {
		if no := o.no(i); o.excused[no] == 0 && i%29 != 7 { // one in 29 does not hand in
			handedIn = append(handedIn, no)
		}
	}
	wrong := map[int]string{ // after which form
		50: handedIn[50], 51: handedIn[51], 300: handedIn[300], 570: handedIn[570], // twice
		110: handedIn[5],                       // came back long ago
		150: mistyped(handedIn[151], 12, '9'),  // in the running number
		250: mistyped(handedIn[251], 1, 'K'),   // in the register
		350: mistyped(handedIn[351], 15, '7'),  // in the check digits
		400: o.others[7]["form_no"].(string),   // of one who has not handed in here
		410: o.others[410]["form_no"].(string), // of another campaign
		450: o.left,
	}
	problems := map[int]int{120: 1, 500: 2}
	parts, now := []part{}, part{}
	for i, no := range handedIn {
		now.scans = append(now.scans, no)
		if wrong[i] != "" {
			now.scans = append(now.scans, wrong[i])
		}
		if o.returned[no] = problems[i]; problems[i] > 0 {
			now.problems = problems[i]
			parts, now = append(parts, now), part{}
		}
	}
	return append(parts, now)
}

// mistyped puts another character in a place of a number.
func mistyped(no string, at int, as byte) string {
	b := []byte(no)
	if b[at] == as {
		as++
	}
	b[at] = as
	return string(b)
}

// scan types numbers as a scanner does: about 20 characters in 150 ms, Return,
// and then the hand that turns the sheet, a fast one.
func (w *window) scan(nos ...string) {
	w.t.Helper()
	var script strings.Builder
	for _, no := range nos {
		fmt.Fprintf(&script, "type --delay 8 %s\nkey --delay 8 Return\nsleep 0.06\n", no)
	}
	cmd := exec.Command("xdotool", "-")
	cmd.Env = append(os.Environ(), "DISPLAY="+w.display)
	cmd.Stdin = strings.NewReader(script.String())
	if out, err := cmd.CombinedOutput(); err != nil {
		w.t.Fatalf("%v\n%s", err, out)
	}
}

// scanAgain puts sheets under the scanner once more that are not in yet, as the
// office does: on a busy machine a display may swallow a key. More than a few
// are a fault of the program.
func (w *window) scanAgain(o *selfCheckOffice) {
	w.t.Helper()
	const few = 12
	for range 3 {
		w.settle()
		in := map[string]bool{}
		for _, f := range w.list("selfcheck", "list", "--campaign", campaignInHand, "--state", "已交回") {
			in[f["form_no"].(string)] = true
		}
		var out []string
		for no := range o.returned {
			if !in[no] {
				out = append(out, no)
			}
		}
		switch {
		case len(out) == 0:
			return
		case len(out) > few:
			w.t.Fatalf("%d scanned forms are not in", len(out))
		}
		w.t.Logf("%d sheets go under the scanner again", len(out))
		w.scan(out...)
	}
}

// stateProblems opens the form scanned last and answers its first items 有.
func (w *window) stateProblems(n int) {
	w.t.Helper()
	w.keys("F2")
	w.settle()
	for i := range n {
		if i > 0 {
			w.keys("Down")
		}
		w.keys("Return")
		w.settle()
		w.typed("tea, 1 box")
		w.keys("Tab")
		w.typed("a supplier")
		w.keys("Tab", "Tab")
		w.typed("120")
		w.picture("selfchecks-problem.png")
		w.keys("ctrl+s")
		w.settle()
	}
	w.picture("selfchecks-form.png")
	w.keys("ctrl+s")
	w.settle()
	w.picture("selfchecks-finding.png")
	w.keys("Return") // the notice of the finding
	w.settle()
}

// scanLetters sees that letters are still taken on their own page, and only
// there.
func (w *window) scanLetters(o *selfCheckOffice) {
	w.t.Helper()
	w.keys("ctrl+6")
	w.settle()
	for _, i := range []int{3, 333} {
		w.scan(o.letters[i]["form_no"].(string), o.no(7))
	}
	w.until("two letters are back", func() bool {
		return len(w.letters(campaignInHand, "已交回")) == 2
	})
}

// returnedIn counts the self-check forms that are back.
func (o *selfCheckOffice) returnedIn(w *window) int {
	return len(w.list("selfcheck", "list", "--campaign", campaignInHand, "--state", "已交回"))
}
