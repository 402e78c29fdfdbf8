package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/term"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"qingfeng/model"
)

// A secret is a password or a recovery code that a command needs. It is never
// an argument, which every user of the computer sees in its list of processes.
type secret struct {
	what string // 密码, 新密码, 恢复码
	flag string // names the file
	file string // the flag's value
	env  string // "" when there is no variable for it
}

func (o *output) passwordSecret() secret {
	return secret{"密码", "--password-file", o.PasswordFile, "QINGFENG_PASSWORD"}
}

// password is the one of the account that signs in.
func (o *output) password(ctx context.Context) (string, error) {
	return o.need(ctx, o.passwordSecret(), false)
}

// need returns a secret from its file, its variable or the person at the
// terminal; one that is made now is typed twice.
func (o *output) need(ctx context.Context, q secret, isNew bool) (string, error) {
	text, err := q.given()
	if err != nil || text != "" {
		return text, err
	}
	if !term.IsTerminal(int(os.Stdin.Fd())) {
		ways := q.flag + " 文件（第一行是" + q.what + "）"
		if q.env != "" {
			ways += "或环境变量 " + q.env
		}
		return "", usageError("没有给出" + q.what + "。请用 " + ways + " 给出")
	}
	if text, err = o.ask(ctx, q.what+"："); err != nil || !isNew {
		return text, err
	}
	again, err := o.ask(ctx, "再输入一次"+q.what+"：")
	if err == nil && again != text {
		err = model.Errorf(model.Invalid, "两次输入的%s不一致", q.what)
	}
	return text, err
}

// given is the secret from its file or variable, "" when neither is named.
func (q secret) given() (string, error) {
	if q.file != "" {
		return q.read()
	}
	if q.env == "" {
		return "", nil
	}
	return os.Getenv(q.env), nil
}

// longestSecret bounds the first line of a file, bytes: four a character.
const longestSecret = 4 * model.LongestPassword

// read takes the first line of the secret's file, in UTF-8 or in what Windows
// marks as UTF-16. Messages leave the file's name out: somebody may have given
// the secret itself.
func (q secret) read() (string, error) {
	file, err := os.Open(q.file)
	if errors.Is(err, fs.ErrNotExist) {
		return "", model.Errorf(model.NotFound, "找不到 %s 指定的文件", q.flag)
	}
	if err != nil {
		return "", model.Errorf(model.Invalid, "打不开 %s 指定的文件，请检查它的权限", q.flag)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, 4*longestSecret))
	if err != nil {
		return "", model.Errorf(model.Invalid, "读不了 %s 指定的文件，它应是一个文本文件", q.flag)
	}
	if text, _, err := transform.Bytes(unicode.BOMOverride(transform.Nop), data); err == nil {
		data = text
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	line = bytes.TrimSuffix(line, []byte("\r"))
	switch {
	case len(line) == 0:
		return "", model.Errorf(model.Invalid, "%s 指定的文件第一行是空的", q.flag)
	case len(line) > longestSecret:
		return "", model.Errorf(model.Invalid, "%s 指定的文件第一行太长，不是%s", q.flag, q.what)
	case !utf8.Valid(line):
		return "", model.Errorf(model.Invalid, "%s 指定的文件不是 UTF-8 文本，请另存为 UTF-8 编码", q.flag)
	}
	return string(line), nil
}

// ask reads a line from the terminal that does not show it.
func (o *output) ask(ctx context.Context, prompt string) (string, error) {
	stdin := int(os.Stdin.Fd())
	before, err := term.GetState(stdin)
	if err != nil {
		return "", err
	}
	fmt.Fprint(o.stderr, prompt)
	defer fmt.Fprintln(o.stderr)
	type answer struct {
		text []byte
		err  error
	}
	typed := make(chan answer, 1)
	go func() {
		text, err := term.ReadPassword(stdin)
		typed <- answer{text, err}
	}()
	select {
	case <-ctx.Done(): // the reading goes on, but the program ends
		return "", errors.Join(ctx.Err(), term.Restore(stdin, before))
	case a := <-typed:
		if text := strings.TrimSuffix(string(a.text), "\r"); text != "" {
			return text, nil
		}
		return "", model.Errorf(model.Invalid, "没有输入，已停止")
	}
}
