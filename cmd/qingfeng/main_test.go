//go:build linux

package main

import (
	"bufio"
	"fmt"
	"image"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
)

// The test binary is also the program under test, told by this variable what
// to be: the program itself, its window until the first frame, or an empty
// Fyne window until the first frame.
const role = "QINGFENG_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(role) {
	case "program":
		main()
	case "first-frame":
		if err := run(app.NewWithID("cn.qingfeng.bench"), os.Args[1], painted); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
	case "empty":
		a := app.NewWithID("cn.qingfeng.bench")
		w := a.NewWindow("empty")
		w.Resize(fyne.NewSize(1366, 720))
		w.SetContent(canvas.NewRaster(func(int, int) image.Image {
			painted()
			return image.NewUniform(color.White)
		}))
		w.ShowAndRun()
	default:
		os.Exit(m.Run())
	}
}

func painted() {
	fmt.Println("painted")
	os.Exit(0)
}

// display starts a virtual one and returns its name.
func display(tb testing.TB, size string) string {
	tb.Helper()
	for _, tool := range []string{"Xvfb", "openbox", "xdotool", "import"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") == "" {
				tb.Skipf("%s is not installed", tool)
			}
			tb.Fatal(err)
		}
	}
	read, write, err := os.Pipe()
	if err != nil {
		tb.Fatal(err)
	}
	x := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", size+"x24", "-nolisten", "tcp")
	x.ExtraFiles = []*os.File{write}
	if err := x.Start(); err != nil {
		tb.Fatal(err)
	}
	write.Close()
	tb.Cleanup(func() { x.Process.Kill(); x.Wait() })
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		tb.Fatal(err)
	}
	name := ":" + strings.TrimSpace(line)
	wm := exec.Command("openbox")
	wm.Env = append(os.Environ(), "DISPLAY="+name)
	if err := wm.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { wm.Process.Kill(); wm.Wait() })
	time.Sleep(300 * time.Millisecond)
	return name
}

// self is the test binary in another role on a display, with a home of its own.
func self(tb testing.TB, display, as string, args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	home := tb.TempDir()
	cmd.Env = append(os.Environ(), role+"="+as, "DISPLAY="+display, "HOME="+home, "LANG=zh_CN.UTF-8",
		"XDG_CONFIG_HOME="+filepath.Join(home, "config"), "XDG_CACHE_HOME="+filepath.Join(os.TempDir(), "qingfeng-test-cache"))
	return cmd
}

// BenchmarkFirstFrame measures from the start of the process to the first
// painted frame, which is the sign-in of the sample hospital, against an empty
// Fyne window.
func BenchmarkFirstFrame(b *testing.B) {
	on := display(b, "1366x768")
	dir := sampleHospital(b)
	peak := map[string]int64{} // KiB by role
	once := func(as string, args ...string) time.Duration {
		cmd := self(b, on, as, args...)
		start := time.Now()
		if out, err := cmd.Output(); err != nil || !strings.Contains(string(out), "painted") {
			b.Fatalf("%s: %v\n%s", as, err, out)
		}
		took := time.Since(start)
		peak[as] = max(peak[as], cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
		return took
	}
	floor, ours := time.Hour, time.Hour
	for range 7 {
		floor = min(floor, once("empty"))
		ours = min(ours, once("first-frame", dir))
	}
	b.ReportMetric(float64(ours)/float64(floor), "ratio")
	b.ReportMetric(float64(floor.Milliseconds()), "floor-ms")
	b.ReportMetric(float64(ours.Milliseconds()), "ours-ms")
	b.ReportMetric(float64(peak["empty"])/1024, "floor-peak-MB")
	b.ReportMetric(float64(peak["first-frame"])/1024, "ours-peak-MB")
	b.ReportMetric(0, "ns/op")
}

// The administrator of the tests' folders.
const (
	login    = "li"
	password = "feng qing 2026"
)

// sampleHospital makes the sample hospital with the console program.
func sampleHospital(tb testing.TB) string {
	tb.Helper()
	dir := newFolder(tb, "demo")
	demo := exec.Command(builtConsole(tb), "demo", "--out", dir)
	demo.Env = append(os.Environ(), "QINGFENG_PASSWORD="+password)
	if out, err := demo.CombinedOutput(); err != nil {
		tb.Fatalf("%v\n%s", err, out)
	}
	return dir
}

// newFolder is a folder to be made, under a name that pictures may show.
func newFolder(tb testing.TB, name string) string {
	tb.Helper()
	if os.Getenv("QINGFENG_PICTURES") == "" {
		return filepath.Join(tb.TempDir(), name)
	}
	dir := filepath.Join(os.TempDir(), "清风数据")
	tb.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// builtConsole builds the console program and returns where it is.
func builtConsole(tb testing.TB) string {
	tb.Helper()
	ctl := filepath.Join(tb.TempDir(), "qingfengctl")
	if out, err := exec.Command("go", "build", "-o", ctl, "qingfeng/cmd/qingfengctl").CombinedOutput(); err != nil {
		tb.Fatalf("%v\n%s", err, out)
	}
	return ctl
}
