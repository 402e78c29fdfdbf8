package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
)

// output is what a command needs besides its own arguments.
type output struct {
	*commands
	stdout, stderr io.Writer
}

// say writes a message for people.
func (o *output) say(format string, args ...any) {
	fmt.Fprintf(o.stderr, format+"\n", args...)
}

// result writes the command's result: v as JSON with --json, else text as a
// person reads it.
func (o *output) result(v any, text func(w io.Writer)) error {
	if !o.JSON {
		text(o.stdout)
		return nil
	}
	enc := json.NewEncoder(o.stdout)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return model.Errorf(model.Invalid, "结果写不出来，请检查标准输出指向的磁盘")
	}
	return nil
}

func (o *output) dir() string {
	if o.Data != "" {
		return o.Data
	}
	return folder.Default()
}

// withStore runs work on the data folder, which must exist.
func (o *output) withStore(ctx context.Context, work func(s *store.Store) error) error {
	if !folder.Exists(o.dir()) {
		return model.Errorf(model.NotFound, "%s 不是清风的数据文件夹。新建请用 qingfengctl init", o.dir())
	}
	return o.withFolder(ctx, o.dir(), time.Now, work)
}

// withFolder opens or makes a data folder under a clock and runs work on it.
func (o *output) withFolder(ctx context.Context, dir string, now func() time.Time, work func(s *store.Store) error) error {
	f, err := folder.Open(dir, holder())
	if err != nil {
		return err
	}
	defer f.Close()
	log := f.LogWriter()
	defer log.Close()
	slog.SetDefault(slog.New(slog.NewTextHandler(log, nil)))
	s, err := store.Open(ctx, f, store.Options{Now: now, Actor: "命令行（" + holder().User + "）"})
	if err != nil {
		return err
	}
	defer s.Close()
	if err = work(s); err != nil && model.CodeOf(err) == "" && !errors.Is(err, errPartial) {
		slog.Error("command failed", "error", err.Error())
	}
	return err
}

// withNewFolder makes a data folder and runs work on it. When that fails, what
// was made is taken away again, so that the command can be repeated.
func (o *output) withNewFolder(ctx context.Context, dir string, now func() time.Time, work func(s *store.Store) error) error {
	if folder.Exists(dir) {
		return model.Errorf(model.Conflict, "%s 已经是清风的数据文件夹，没有改动", dir)
	}
	before, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return model.Errorf(model.Invalid, "不能读取文件夹 %s", dir)
	}
	if len(before) > 0 {
		return model.Errorf(model.Conflict, "文件夹 %s 里已有别的文件。请换一个空文件夹", dir)
	}
	isNew := err != nil
	err = o.withFolder(ctx, dir, now, work)
	if err == nil || model.CodeOf(err) == model.Locked { // then it is another's
		return err
	}
	made, _ := os.ReadDir(dir)
	for _, e := range made {
		os.RemoveAll(filepath.Join(dir, e.Name()))
	}
	if isNew {
		os.Remove(dir)
	}
	return err
}

func holder() folder.Holder {
	h := folder.Holder{Program: "清风命令行", PID: os.Getpid(), Since: time.Now()}
	if u, err := user.Current(); err == nil {
		h.User = u.Username
	}
	h.Host, _ = os.Hostname()
	return h
}
