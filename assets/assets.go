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
	"sort"
	"strings"

	"github.com/BurntSushi/toml"
)

//go:embed campaigns checklists forms roster
var files embed.FS

// Library reads the asset files, the office's own version first.
type Library struct {
	dir string
}

// New returns a library that looks into the folder overrides before it takes
// the built-in file. An empty overrides means built-in files only.
func New(overrides string) *Library { return &Library{dir: overrides} }

// Read returns the file of a slash-separated name such as
// "campaigns/county-plan-2024.toml".
func (l *Library) Read(name string) ([]byte, error) {
	if l.dir != "" {
		data, err := os.ReadFile(filepath.Join(l.dir, filepath.FromSlash(name)))
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return data, err
		}
	}
	return files.ReadFile(name)
}

// TOML decodes a file and refuses keys that into does not know, so that a
// slip of the pen in an office's own version is named and not ignored.
func (l *Library) TOML(name string, into any) error {
	data, err := l.Read(name)
	if err != nil {
		return fmt.Errorf("读取 %s：%w", name, err)
	}
	return decode(name, data, into)
}

func decode(name string, data []byte, into any) error {
	meta, err := toml.Decode(string(data), into)
	if err != nil {
		return fmt.Errorf("%s 的内容有误：%w", name, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return fmt.Errorf("%s 中有不认识的项目 %s", name, unknown[0])
	}
	return nil
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
			return nil, err
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
