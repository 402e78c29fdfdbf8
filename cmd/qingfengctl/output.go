package main

import (
	"bytes"
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
	"qingfeng/model/vault"
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

// warn tells what the page engine has to say of a paper.
func (o *output) warn(warnings []string) {
	for _, w := range warnings {
		o.say("提醒：%s", w)
	}
}

// result writes the command's result: v as JSON with --json, else text as a
// person reads it.
func (o *output) result(v any, text func(w io.Writer)) error {
	var all bytes.Buffer
	if o.JSON {
		enc := json.NewEncoder(&all)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(v); err != nil {
			return err
		}
	} else {
		text(&all)
	}
	if _, err := all.WriteTo(o.stdout); err != nil {
		return model.Errorf(model.Invalid, "结果写不出来，请检查标准输出指向的磁盘")
	}
	return nil
}

// doneBut ends a command that did its work but could not write the paper of it.
func (o *output) doneBut(what string, err error) error {
	if model.CodeOf(err) == "" {
		slog.Error("paper not written", "error", err.Error())
	}
	o.say("%s：%s", what, sentence(err))
	return errPartial
}

func (o *output) dir() string {
	if o.Data != "" {
		return o.Data
	}
	return folder.Default()
}

// withStore runs work on the data folder, which must exist, with the account
// of the command line signed in.
func (o *output) withStore(ctx context.Context, work func(s *store.Store) error) error {
	password, err := o.password(ctx)
	if err != nil {
		return err
	}
	return o.opened(ctx, func(s *store.Store) error {
		if err := o.enter(ctx, s, password); err != nil {
			return err
		}
		return work(s)
	})
}

// enter signs the account of the command line in; one that still has the
// password of somebody else may do nothing yet.
func (o *output) enter(ctx context.Context, s *store.Store, password string) error {
	a, err := o.signIn(ctx, s, password)
	if err == nil && a.MustChange {
		err = model.Errorf(model.Denied, "%s 的密码由管理员设置，请先用 qingfengctl account password 改成自己的密码", a.Login)
	}
	return err
}

// opened runs work on the data folder, which must exist, with nobody signed in.
func (o *output) opened(ctx context.Context, work func(s *store.Store) error) error {
	if err := o.exists(); err != nil {
		return err
	}
	return o.withFolder(ctx, o.dir(), time.Now, work)
}

func (o *output) exists() error {
	if folder.Exists(o.dir()) {
		return nil
	}
	return model.Errorf(model.NotFound, "%s 不是清风的数据文件夹。新建请用 qingfengctl init", o.dir())
}

// signIn signs the account of the command line in.
func (o *output) signIn(ctx context.Context, s *store.Store, password string) (model.Account, error) {
	founded, err := s.Founded(ctx)
	if err != nil {
		return model.Account{}, err
	}
	if !founded {
		return model.Account{}, model.Errorf(model.Conflict, "%s 是旧版清风的数据文件夹，还没有账号。请先用窗口程序打开，设好管理员和密码", o.dir())
	}
	login := o.Login
	if login == "" {
		logins, err := s.Logins(ctx)
		if err != nil {
			return model.Account{}, err
		}
		if len(logins) > 0 {
			login = logins[0] // usually the first administrator
		}
	}
	return s.SignIn(ctx, login, password)
}

// withFolder opens or makes a data folder under a clock and runs work on it.
func (o *output) withFolder(ctx context.Context, dir string, now func() time.Time, work func(s *store.Store) error) error {
	return holding(dir, func(f *folder.Folder) error {
		s, err := store.Open(ctx, f, options(now))
		if err != nil {
			return err
		}
		defer s.Close()
		return work(s)
	})
}

// holding runs work while no other program may open the folder. What goes
// wrong without a sentence for people is logged there.
func holding(dir string, work func(f *folder.Folder) error) error {
	f, err := folder.Open(dir, holder())
	if err != nil {
		return err
	}
	defer f.Close()
	log := f.LogWriter()
	defer log.Close()
	slog.SetDefault(slog.New(slog.NewTextHandler(log, nil)))
	if err = work(f); err != nil && model.CodeOf(err) == "" && !errors.Is(err, errPartial) {
		slog.Error("command failed", "error", err.Error())
	}
	return err
}

// passwordCost is what a new password costs to try: the usual, but in tests.
var passwordCost vault.Cost

func options(now func() time.Time) store.Options {
	return store.Options{Now: now, Program: "命令行", Cost: passwordCost}
}

// withNewFolder makes a data folder and runs work on it. When that fails, what
// was made is taken away again, so that the command can be repeated.
func (o *output) withNewFolder(ctx context.Context, dir string, now func() time.Time, work func(s *store.Store) error) error {
	if folder.Exists(dir) {
		return model.Errorf(model.Conflict, "%s 已经是清风的数据文件夹，没有改动", dir)
	}
	return orNothing(dir, func() error { return o.withFolder(ctx, dir, now, work) })
}

// orNothing runs work that makes things in a new or empty folder. When it
// fails, they are taken away again.
func orNothing(dir string, work func() error) error {
	before, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return model.Errorf(model.Invalid, "不能读取文件夹 %s", dir)
	}
	if len(before) > 0 {
		return model.Errorf(model.Conflict, "文件夹 %s 里已有别的文件。请换一个空文件夹", dir)
	}
	isNew := err != nil
	err = work()
	if err == nil || errors.Is(err, errPartial) || model.CodeOf(err) == model.Locked { // locked: then it is another's
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

// moment is a time as results show it: local, to the second.
func moment(t time.Time) string { return t.Local().Format("2006-01-02 15:04:05") }

func holder() folder.Holder {
	h := folder.Holder{Program: "清风命令行", PID: os.Getpid(), Since: time.Now()}
	if u, err := user.Current(); err == nil {
		h.User = u.Username
	}
	h.Host, _ = os.Hostname()
	return h
}
