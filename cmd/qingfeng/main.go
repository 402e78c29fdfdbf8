// Qingfeng is the program that the office uses.
package main

import (
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"qingfeng/model"
	"qingfeng/ui"
)

func main() {
	data := flag.String("data", "", "数据文件夹，缺省为上次使用的")
	version := flag.Bool("version", false, "显示版本")
	flag.Usage = func() {
		fmt.Fprintln(flag.CommandLine.Output(), "用法：qingfeng [-data 文件夹] [-version]")
		flag.PrintDefaults()
	}
	flag.Parse()
	if *version {
		fmt.Println("清风", model.Version)
		return
	}
	keepCrashes()
	if err := run(app.NewWithID("cn.qingfeng.office"), *data, nil); err != nil {
		slog.Error("start", "err", err)
		fmt.Fprintln(os.Stderr, "清风没有启动：", err)
		os.Exit(1)
	}
}

// run shows the window until it is closed. painted, if given, is called when
// the first frame is on the screen.
func run(a fyne.App, dir string, painted func()) error {
	w, err := ui.New(a, ui.Options{Dir: dir, Now: time.Now, Painted: painted})
	if err != nil {
		return err
	}
	defer w.Close()
	w.Show()
	a.Run()
	return nil
}

// keepCrashes lets a crash leave its trace in a file: the window program has
// no console on Windows.
func keepCrashes() {
	dir, err := os.UserCacheDir()
	if err != nil {
		return
	}
	dir = filepath.Join(dir, "qingfeng")
	if os.MkdirAll(dir, 0o700) != nil {
		return
	}
	f, err := os.OpenFile(filepath.Join(dir, "crash.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	defer f.Close() // the runtime keeps a handle of its own
	if err := debug.SetCrashOutput(f, debug.CrashOptions{}); err != nil {
		slog.Warn("crash output", "err", err)
	}
}
