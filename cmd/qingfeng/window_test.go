//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRealWindow walks a new office through its first morning in the real
// window: first start, roster, campaign, printing, scanning. Keys are typed as
// a person and a scanner type them; what came of it is read from a copy of the
// data folder. With QINGFENG_PICTURES set, the README's pictures are kept there.
func TestRealWindow(t *testing.T) {
	w := openWindow(t)
	roster := filepath.Join(t.TempDir(), "roster.xlsx")
	copyFile(t, "../../report/sheet/testdata/county-hospital-620.xlsx", roster)

	w.keys("Return") // the proposed data folder
	w.until("the data folder is made", func() bool { _, err := os.Stat(filepath.Join(w.data, "qingfeng.db")); return err == nil })
	w.settle()
	w.typed("某县中医院")
	w.keys("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab") // to the administrator
	for _, text := range []string{login, "李某", password, password} {
		w.typed(text)
		w.keys("Tab")
	}
	w.keys("ctrl+s")
	w.until("the administrator can sign in", func() bool { return w.console("staff", "list") != nil })
	w.settle()
	w.keys("space", "ctrl+s") // the code is on paper
	w.settle()
	w.keys("Return") // import the roster
	w.settle()
	w.typed(roster)
	w.keys("Return")
	w.settle()
	w.keys("Return") // columns as proposed
	w.settle()
	w.picture("import.png")
	w.keys("Return") // into the database
	w.until("620 people are on file", func() bool { return len(w.list("staff", "list")) == 620 })
	w.settle()
	w.keys("Return")
	w.settle()

	w.keys("ctrl+4", "ctrl+n")
	w.settle()
	w.keys("ctrl+s")
	w.until("the campaign is there", func() bool { return len(w.list("campaign", "list")) == 1 })
	w.settle()

	w.keys("ctrl+6")
	w.settle()
	w.keys("ctrl+p")
	w.settle()
	w.keys("Return") // make the letters and preview them
	w.until("the letters are numbered", func() bool { return len(w.letters("1", "未打印")) == 620 })
	w.until("the letters are printed from the preview", func() bool {
		w.keys("ctrl+p") // nothing happens before the preview is there
		w.settle()
		return len(w.letters("1", "未交回")) == 620
	})
	w.until("the viewer is called", func() bool { return strings.HasSuffix(w.viewed(), ".pdf") })
	if info, err := os.Stat(w.viewed()); err != nil || info.Size() < 500_000 {
		t.Errorf("the viewer got %s: %v", w.viewed(), err)
	}
	for range 2 { // the notice that it was printed, the preview
		w.settle()
		w.keys("Escape")
	}
	w.settle()

	out := w.letters("1", "未交回")
	wrong := out[9]["form_no"][:13] + "9" + out[9]["form_no"][13:]
	for _, no := range []string{out[0]["form_no"], out[5]["form_no"], wrong, out[5]["form_no"], strings.ToLower(out[615]["form_no"])} {
		w.typed(no)
		w.keys("Return")
		w.settle()
	}
	w.until("three letters are back", func() bool { return len(w.letters("1", "已交回")) == 3 })
	w.keys("ctrl+l")
	w.settle()
	w.signIn()
	w.quit()

	if row := w.list("staff", "list", "--find", "01006"); len(row) != 1 || row[0]["name"] != "王䶮" {
		t.Errorf("01006 is %v", row)
	}
	if back := w.letters("1", "已交回"); len(back) != 3 || back[1]["employee_no"] != out[5]["employee_no"] {
		t.Errorf("returned: %v", back)
	}
	if report := w.console("check"); !bytes.Contains(report, []byte(`"ok": true`)) {
		t.Errorf("check: %s", report)
	}
}

// TestTheWindowOnTheSampleHospital looks at the pages with real data, and opens
// a second window on the same folder.
func TestTheWindowOnTheSampleHospital(t *testing.T) {
	w := openWindowOn(t, sampleHospital(t))
	w.keys("Right", "Tab") // the first of two accounts
	w.signIn()
	w.picture("home.png")
	w.keys("ctrl+5")
	w.settle()
	w.picture("selfchecks.png")
	w.keys("ctrl+6")
	w.settle()
	w.picture("commitments.png")
	w.keys("ctrl+7")
	w.settle()
	findings := w.shot()
	w.keys("ctrl+n")
	w.settle()
	if n := differing(findings, w.shot()); n < 20_000 {
		t.Errorf("the form changes only %d pixels", n)
	}
	w.keys("Escape") // a choice has the focus, which has no use for it
	w.settle()
	if n := differing(findings, w.shot()); n > 20_000 {
		t.Errorf("Escape leaves the form: %d pixels differ", n)
	}
	for _, key := range []string{"ctrl+2", "ctrl+3", "ctrl+4", "ctrl+5", "ctrl+6", "ctrl+8", "ctrl+9", "ctrl+1"} {
		before := w.shot()
		w.keys(key)
		w.settle()
		if n := differing(before, w.shot()); n < 20_000 {
			t.Errorf("%s changes only %d pixels", key, n)
		}
	}
	first := w.shot()
	second := self(t, w.display, "program", "--data", w.data)
	if err := second.Start(); err != nil {
		t.Fatal(err)
	}
	w.settle()
	if n := differing(first, w.shot()); n < 20_000 {
		t.Errorf("the second window changes only %d pixels", n)
	}
	second.Process.Kill()
	second.Wait()
	w.settle()
	w.handOver()
	var held struct{ PID int }
	note, err := os.ReadFile(filepath.Join(w.data, "qingfeng.holder"))
	if err != nil || json.Unmarshal(note, &held) != nil || held.PID != w.cmd.Process.Pid {
		t.Errorf("the folder is held by %d (%v), not by the first window", held.PID, err)
	}
	w.quit()
}

// window is the running program on a virtual display.
type window struct {
	t             *testing.T
	display, data string
	ctl, viewer   string
	cmd           *exec.Cmd
	errors        bytes.Buffer
}

func openWindow(t *testing.T) *window {
	return openWindowOn(t, newFolder(t, "data"))
}

func openWindowOn(t *testing.T, data string) *window {
	w := &window{t: t, display: display(t, "1366x768"), data: data, ctl: builtConsole(t)}
	w.cmd = self(t, w.display, "program", "--data", w.data)
	w.fakeViewer()
	w.cmd.Env = append(w.cmd.Env, "FYNE_THEME=light")
	w.cmd.Stderr = &w.errors
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.cmd.Process.Kill() })
	if out, err := w.tool("search", "--sync", "--onlyvisible", "--name", "清风"); err != nil {
		t.Fatalf("no window: %v\n%s%s", err, out, &w.errors)
	}
	// As large as the window manager's frame leaves room for.
	if out, err := w.tool("getactivewindow", "windowmove", "0", "0", "windowsize", "1362", "740"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	w.settle()
	return w
}

// signIn types the password into the field that has the caret and waits until
// the window shows more than a card.
func (w *window) signIn() {
	w.t.Helper()
	before := w.shot()
	w.typed(password)
	w.keys("Return")
	w.until("the window opens", func() bool { return differing(before, w.shot()) > 50_000 })
	w.settle()
}

// fakeViewer stands in for the program that shows PDFs.
func (w *window) fakeViewer() {
	dir := w.t.TempDir()
	w.viewer = filepath.Join(dir, "viewed")
	script := "#!/bin/sh\nprintf %s \"$1\" > '" + w.viewer + "'\n"
	if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o755); err != nil {
		w.t.Fatal(err)
	}
	w.cmd.Env = append(w.cmd.Env, "PATH="+dir+":"+os.Getenv("PATH"))
}

func (w *window) viewed() string {
	path, _ := os.ReadFile(w.viewer)
	return string(path)
}

func (w *window) tool(args ...string) ([]byte, error) {
	cmd := exec.Command("xdotool", args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+w.display)
	return cmd.CombinedOutput()
}

func (w *window) keys(keys ...string) {
	w.t.Helper()
	if out, err := w.tool(append([]string{"key", "--delay", "100"}, keys...)...); err != nil {
		w.t.Fatalf("%v: %v\n%s", keys, err, out)
	}
}

func (w *window) typed(text string) {
	w.t.Helper()
	delay := "25"
	if text[0] >= 0x80 {
		delay = "120" // each character takes a key of its own from the keyboard map
	}
	if out, err := w.tool("type", "--delay", delay, text); err != nil {
		w.t.Fatalf("%s: %v\n%s", text, err, out)
	}
}

// settle waits until the window has stopped changing but for a blinking caret.
func (w *window) settle() {
	w.t.Helper()
	time.Sleep(500 * time.Millisecond)
	last, calm := w.shot(), 0
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		time.Sleep(250 * time.Millisecond)
		now := w.shot()
		if calm++; differing(last, now) > 400 {
			calm = 0
		}
		if last = now; calm == 3 {
			return
		}
	}
	w.t.Fatal("the window does not come to rest")
}

func (w *window) shot() image.Image {
	w.t.Helper()
	cmd := exec.Command("import", "-window", "root", "png:-")
	cmd.Env = append(os.Environ(), "DISPLAY="+w.display)
	out, err := cmd.Output()
	if err != nil {
		w.t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		w.t.Fatal(err)
	}
	return img
}

// differing counts the pixels in which two pictures differ.
func differing(a, b image.Image) int {
	n := 0
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				n++
			}
		}
	}
	return n
}

// picture keeps the window's inside as a picture if pictures are asked for.
func (w *window) picture(name string) {
	w.t.Helper()
	dir := os.Getenv("QINGFENG_PICTURES")
	if dir == "" {
		return
	}
	id, err := w.tool("getactivewindow")
	if err != nil {
		w.t.Fatalf("%v\n%s", err, id)
	}
	cmd := exec.Command("import", "-window", strings.TrimSpace(string(id)), filepath.Join(dir, name))
	cmd.Env = append(os.Environ(), "DISPLAY="+w.display)
	if out, err := cmd.CombinedOutput(); err != nil {
		w.t.Fatalf("%v\n%s", err, out)
	}
}

// until waits for something that the program does on its own.
func (w *window) until(what string, done func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(60 * time.Second); time.Now().Before(deadline); time.Sleep(300 * time.Millisecond) {
		if done() {
			return
		}
	}
	if dir := os.Getenv("QINGFENG_PICTURES"); dir != "" {
		w.picture("failed.png")
	}
	w.t.Fatalf("it never came to pass that %s\n%s", what, &w.errors)
}

// console runs the console program on a copy of the data folder, which the
// window holds.
func (w *window) console(args ...string) []byte {
	w.t.Helper()
	copied := w.t.TempDir()
	for _, name := range []string{"qingfeng.db", "qingfeng.db-wal"} {
		if _, err := os.Stat(filepath.Join(w.data, name)); err == nil {
			copyFile(w.t, filepath.Join(w.data, name), filepath.Join(copied, name))
		}
	}
	out, err := runConsole(w.ctl, copied, args...)
	if err != nil {
		w.t.Logf("%v: %v", args, err)
		return nil
	}
	return out
}

// runConsole runs the console program on a data folder and returns what it
// says in JSON.
func runConsole(ctl, dir string, args ...string) ([]byte, error) {
	cmd := exec.Command(ctl, append([]string{"--data", dir, "--json"}, args...)...)
	cmd.Env = append(os.Environ(), "QINGFENG_LOGIN="+login, "QINGFENG_PASSWORD="+password)
	return cmd.Output()
}

func (w *window) list(args ...string) []map[string]any {
	var rows []map[string]any
	_ = json.Unmarshal(w.console(args...), &rows) // nothing yet is no rows
	return rows
}

// letters are the personal letters of a campaign in a state.
func (w *window) letters(campaign, state string) []map[string]string {
	var rows, out []map[string]string
	_ = json.Unmarshal(w.console("commitment", "list", "--campaign", campaign), &rows)
	for _, r := range rows {
		if r["state"] == state {
			out = append(out, r)
		}
	}
	return out
}

// quit closes the window as a person does, who presses again when a busy display
// swallowed the key, and waits for the program's end.
func (w *window) quit() {
	w.t.Helper()
	done := make(chan error, 1)
	go func() { done <- w.cmd.Wait() }()
	if err := w.close(done); err != nil {
		w.t.Errorf("the program ended with %v\n%s", err, &w.errors)
	}
	if strings.Contains(w.errors.String(), "panic") {
		w.t.Errorf("%s", &w.errors)
	}
}

func (w *window) close(done <-chan error) error {
	for range 4 {
		w.keys("alt+F4")
		select {
		case err := <-done:
			return err
		case <-time.After(15 * time.Second):
		}
	}
	return errors.New("no end")
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	data, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
