// Package assets holds what is not code: form texts, checklists with the
// dates they were in force, campaign templates, the column names of rosters,
// fonts and icons. An office can override each file in its data folder
// without a new program.
package assets

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed accounts audit campaigns checklists finding forms handover holidays roster
var files embed.FS

// Library reads the asset files, the office's own version first.
type Library struct {
	dir string
}

// New returns a library that looks into the folder overrides before it takes
// the built-in file. An empty overrides means built-in files only.
func New(overrides string) *Library { return &Library{dir: overrides} }

// Read returns the file of a slash-separated name such as
// "campaigns/county-plan-2024.toml". Errors are sentences for the office.
func (l *Library) Read(name string) ([]byte, error) {
	if l.dir != "" {
		data, err := os.ReadFile(filepath.Join(l.dir, filepath.FromSlash(name)))
		if err == nil {
			return data, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, unreadable(filepath.Join(l.dir, filepath.FromSlash(name)), err)
		}
	}
	data, err := files.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("程序中没有文件 %s", name)
	}
	return data, nil
}

// unreadable says that a file or folder of the office's own cannot be read,
// without the English of the operating system.
func unreadable(path string, err error) error {
	cause := "它可能损坏，或不是文件"
	if errors.Is(err, fs.ErrPermission) {
		cause = "没有读取权限"
	}
	return fmt.Errorf("不能读取 %s：%s。请改正，或删去它以恢复程序自带的内容", path, cause)
}

// TOML decodes a file and refuses keys that into does not know, so that a
// slip of the pen in an office's own version is named and not ignored.
func (l *Library) TOML(name string, into any) error {
	data, err := l.Read(name)
	if err != nil {
		return err
	}
	return Decode(name, data, into)
}

// Decode decodes TOML and refuses keys that into does not know. name is what
// its messages call the file.
func Decode(name string, data []byte, into any) error {
	meta, err := toml.Decode(string(data), into)
	if err != nil {
		return fmt.Errorf("%s 的内容有误：%s", name, tomlCause(string(data), err))
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return fmt.Errorf("%s 中有不认识的项目 %s", name, unknown[0])
	}
	return nil
}

// misfit is the library's message about a value of the wrong type, the one
// kind of error that has no type of its own.
var misfit = regexp.MustCompile(`^toml: line (\d+) \(last key "(.*?)"\)`)

// tomlCause says in Chinese where a text is wrong.
func tomlCause(text string, err error) string {
	if p, ok := errors.AsType[toml.ParseError](err); ok {
		if p.Position.Line > 0 {
			return fmt.Sprintf("第 %d 行写得不对。请检查引号、等号和括号，并以 UTF-8 编码保存", p.Position.Line)
		}
		return "请以 UTF-8 编码保存"
	}
	if m := misfit.FindStringSubmatch(err.Error()); m != nil {
		where := "第 " + m[1] + " 行的"
		table, _, _ := strings.Cut(m[2], ".")
		if strings.Count(text, "[["+table+"]]") > 1 {
			where = "" // the library knows the line of the last one only
		}
		return fmt.Sprintf("%s项目 %s 类型不对。请照程序自带的文件改写，文字要加引号", where, m[2])
	}
	return "项目的类型不对。请照程序自带的文件改写，文字要加引号"
}

// List returns the names of the files of one folder that end in suffix,
// sorted, the office's own additions included.
func (l *Library) List(folder, suffix string) ([]string, error) {
	found := map[string]bool{}
	entries, err := files.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	if l.dir != "" {
		own, err := os.ReadDir(filepath.Join(l.dir, filepath.FromSlash(folder)))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, unreadable(filepath.Join(l.dir, filepath.FromSlash(folder)), err)
		}
		entries = append(entries, own...)
	}
	for _, e := range entries {
		if !e.IsDir() && strings.HasSuffix(e.Name(), suffix) {
			found[folder+"/"+e.Name()] = true
		}
	}
	names := make([]string, 0, len(found))
	for n := range found {
		names = append(names, n)
	}
	sort.Strings(names)
	return names, nil
}
