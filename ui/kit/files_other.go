//go:build !windows

package kit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
)

// Elsewhere the path is typed. Fyne's own file dialog has English names for
// folders and is higher than a small screen; the offices work on Windows.

func askPath(win fyne.Window, title, label, start string, check func(path string) string, done func(string)) {
	AskText(win, TextQuestion{
		Title: title, Label: label, Start: start, Required: true, Max: 1000, Lines: 1, Check: check,
		PlaceHolder: "完整路径",
	}, done)
}

func homeFile(name string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return name
	}
	return filepath.Join(home, name)
}

func pickOpen(win fyne.Window, title string, exts []string, done func(string)) {
	askPath(win, title, "文件", homeFile(""), func(path string) string {
		info, err := os.Stat(path)
		switch {
		case err != nil || info.IsDir():
			return "没有这个文件"
		case len(exts) > 0 && !slices.Contains(exts, strings.ToLower(extension(path))):
			return "文件应是 " + strings.Join(exts, "、")
		}
		return ""
	}, done)
}

func pickOpenSeveral(win fyne.Window, title string, exts []string, done func([]string)) {
	pickOpen(win, title, exts, func(path string) { done([]string{path}) })
}

func pickSave(win fyne.Window, title, name string, done func(string)) {
	askPath(win, title, "保存为", homeFile(name), func(path string) string {
		if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
			return "没有这个文件夹"
		}
		if _, err := os.Stat(path); err == nil {
			return "已有同名文件，请换个名字"
		}
		return ""
	}, done)
}

func pickFolder(win fyne.Window, title string, done func(string)) {
	askPath(win, title, "文件夹", homeFile(""), func(path string) string {
		if info, err := os.Stat(path); err != nil || !info.IsDir() {
			return "没有这个文件夹"
		}
		return ""
	}, done)
}
