package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
)

type backupCommand struct {
	Make   backupMakeCommand   `cmd:"" default:"withargs" help:"做一份备份；make 可以不写"`
	List   backupListCommand   `cmd:"" help:"列出数据文件夹里的备份，不用密码"`
	Verify backupVerifyCommand `cmd:"" help:"打开一份备份，检查它是否完好"`
}

type backupMakeCommand struct {
	Out   string `help:"写成哪个文件，缺省写进数据文件夹里的备份夹" placeholder:"文件" type:"path" xor:"place"`
	Daily bool   `help:"做每日备份，供计划任务使用；今天已经有了就不做" xor:"place"`
}

// backupReport says what a backup became.
type backupReport struct {
	Made      bool     `json:"made"` // false: today's was there
	File      string   `json:"file"`
	Size      int64    `json:"size"`
	TrailNo   int64    `json:"trail_no"` // number of the last audit line in it
	MadeAt    string   `json:"made_at"`
	Copy      string   `json:"copy"` // in the second folder
	CopyError string   `json:"copy_error"`
	Problems  []string `json:"problems"` // of the data that was backed up
}

func (c *backupMakeCommand) Run(ctx context.Context, o *output) error {
	if c.Out != "" && isInside(o.dir(), c.Out) {
		return model.Errorf(model.Invalid, "备份不能写到数据文件夹里。请写到别的磁盘，或不写 --out")
	}
	password, err := o.password(ctx)
	if err != nil {
		return err
	}
	return o.opened(ctx, func(s *store.Store) error {
		if c.Daily {
			due, err := s.BackupDue()
			if err != nil {
				return err
			}
			if !due {
				return o.result(backupReport{}, backupReport{}.text)
			}
		}
		if err := o.enter(ctx, s, password); err != nil {
			return err
		}
		kind := folder.OnDemand
		if c.Daily {
			kind = folder.Daily
		}
		made, err := s.Backup(ctx, kind, c.Out)
		if err != nil {
			return err
		}
		report := backupReport{Made: true, File: made.Path, Size: made.Size, TrailNo: made.TrailNo, MadeAt: moment(made.At), Copy: made.Copy,
			Problems: append([]string{}, made.Flaws...)}
		if made.CopyError != nil {
			report.CopyError = sentence(made.CopyError)
		}
		if err := o.result(report, report.text); err != nil {
			return err
		}
		if made.CopyError != nil || len(made.Flaws) > 0 {
			return errPartial
		}
		return nil
	})
}

func (r backupReport) text(w io.Writer) {
	if !r.Made {
		fmt.Fprintln(w, "今天的备份已经有了，没有再做。")
		return
	}
	fmt.Fprintf(w, "已备份并检查：%s（%d 字节，操作记录至第 %d 条）\n", r.File, r.Size, r.TrailNo)
	if r.Copy != "" {
		fmt.Fprintf(w, "另存了一份：%s\n", r.Copy)
	}
	if r.CopyError != "" {
		fmt.Fprintf(w, "第二备份文件夹里没有存上：%s\n", r.CopyError)
	}
	sayFlaws(w, r.Problems)
}

func sayFlaws(w io.Writer, flaws []string) {
	for _, f := range flaws {
		fmt.Fprintf(w, "做备份时数据已有缺损：%s。请做一次体检（qingfengctl check）\n", f)
	}
}

type backupListCommand struct{}

func (c *backupListCommand) Run(o *output) error {
	type row struct {
		File   string `json:"file"`
		Kind   string `json:"kind"`
		MadeAt string `json:"made_at"`
		Size   int64  `json:"size"`
	}
	if err := o.exists(); err != nil {
		return err
	}
	return holding(o.dir(), func(f *folder.Folder) error {
		found, err := folder.Backups(f.Backups())
		if err != nil {
			return err
		}
		rows := make([]row, len(found))
		for i, b := range found {
			rows[i] = row{b.Path, string(b.Kind), moment(b.At), b.Size}
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range rows {
				fmt.Fprintf(w, "%s\t%s\t%d\t%s\n", r.MadeAt, r.Kind, r.Size, r.File)
			}
		})
	})
}

type backupVerifyCommand struct {
	File string `arg:"" help:"备份文件" type:"path"`
}

func (c *backupVerifyCommand) Run(ctx context.Context, o *output) error {
	type report struct {
		OK       bool     `json:"ok"`
		File     string   `json:"file"`
		Hospital string   `json:"hospital"`
		MadeAt   string   `json:"made_at"`
		TrailNo  int64    `json:"trail_no"`
		Files    int      `json:"files"`
		Problems []string `json:"problems"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		m, bad := s.VerifyBackup(ctx, c.File)
		if code := model.CodeOf(bad); bad != nil && (code == "" || code == model.NotFound || !s.May(model.BackUp)) {
			return bad
		}
		r := report{bad == nil && len(m.Flaws) == 0, c.File, m.Hospital, moment(time.Unix(m.MadeAt, 0)), m.TrailNo, len(m.Files), append([]string{}, m.Flaws...)}
		if bad != nil { // what the manifest of a damaged file says is not to be trusted
			r = report{File: c.File, Problems: []string{bad.Error()}}
		}
		err := o.result(r, func(w io.Writer) {
			if bad != nil {
				return
			}
			word := "备份完好"
			if !r.OK {
				word = "备份能用来恢复"
			}
			fmt.Fprintf(w, "%s：%s，%s，%d 个文件，操作记录至第 %d 条\n", word, r.Hospital, r.MadeAt, r.Files, r.TrailNo)
			sayFlaws(w, r.Problems)
		})
		switch {
		case err != nil:
			return err
		case bad != nil:
			return model.Errorf(model.CodeOf(bad), "%s：%s", filepath.Base(c.File), bad)
		case !r.OK:
			return errPartial
		}
		return nil
	})
}

type restoreCommand struct {
	File         string `arg:"" help:"备份文件" type:"path"`
	RecoveryFile string `help:"第一行是恢复码的文件，代替做备份时管理员的密码" placeholder:"文件" type:"path"`
}

// restoreReport says what a restore brought back.
type restoreReport struct {
	Data     string          `json:"data"`
	Kept     string          `json:"kept"` // where the data of before lies, "" when there was none
	Pending  bool            `json:"pending"`
	Hospital string          `json:"hospital"`
	MadeAt   string          `json:"made_at"`
	Problems []store.Problem `json:"problems"`
}

// Run restores into a new folder, or into a data folder that keeps what was in
// it. Other folders are left alone.
func (c *restoreCommand) Run(ctx context.Context, o *output) error {
	q := o.passwordSecret()
	if c.RecoveryFile != "" {
		q = secret{"恢复码", "--recovery-file", c.RecoveryFile, ""}
	}
	text, err := o.need(ctx, q, false)
	if err != nil {
		return err
	}
	restore := func() error {
		return holding(o.dir(), func(f *folder.Folder) error { return c.restore(ctx, o, f, text) })
	}
	if folder.Exists(o.dir()) {
		return restore()
	}
	return orNothing(o.dir(), restore)
}

func (c *restoreCommand) restore(ctx context.Context, o *output, f *folder.Folder, secret string) error {
	restored, err := store.Restore(ctx, f, c.File, secret, time.Now)
	if err != nil {
		return err
	}
	report := restoreReport{Data: f.Dir(), Kept: restored.Kept, Pending: restored.Pending, Hospital: restored.Hospital,
		MadeAt: moment(time.Unix(restored.MadeAt, 0)), Problems: []store.Problem{}}
	if !restored.Pending {
		report.Problems = append(report.Problems, tryOut(ctx, f)...)
	}
	if err := o.result(report, report.text); err != nil {
		return err
	}
	if report.Pending || len(report.Problems) > 0 {
		return errPartial
	}
	return nil
}

// tryOut opens restored data once, so that its audit trail says where it comes
// from, and checks it. What goes wrong is a problem too: the old data is away.
func tryOut(ctx context.Context, f *folder.Folder) []store.Problem {
	s, err := store.Open(ctx, f, options(time.Now))
	var problems []store.Problem
	if err == nil {
		defer s.Close()
		problems, err = s.Check(ctx)
	}
	if err != nil {
		slog.Error("check after a restore", "error", err.Error())
		problems = append(problems, store.Problem{Area: store.Areas[0], Detail: "恢复的数据打不开或检查不了：" + sentence(err)})
	}
	return problems
}

func (r restoreReport) text(w io.Writer) {
	if r.Pending {
		fmt.Fprintln(w, "备份已解出，但有文件正被别的程序占用。下次打开清风时会接着恢复完。")
	} else {
		fmt.Fprintf(w, "已恢复 %s 的备份（%s 做的）：%s\n", r.Hospital, r.MadeAt, r.Data)
	}
	if r.Kept != "" {
		fmt.Fprintf(w, "原来的数据没有删除，在 %s\n", r.Kept)
	}
	sayProblems(w, r.Problems)
	fmt.Fprintln(w, "请用做备份时的账号和密码登录。")
}
