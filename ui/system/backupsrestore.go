package system

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/ui/kit"
)

// verdict is what a check of a backup found.
type verdict struct {
	chip string
	tone kit.Tone
	text string
}

func soundVerdict(m store.Manifest) verdict {
	scans := 0
	for _, f := range m.Files {
		if strings.HasPrefix(f.Name, "attachments/") {
			scans++
		}
	}
	made := time.Unix(m.MadeAt, 0).Local().Format("2006-01-02 15:04")
	if len(m.Flaws) > 0 {
		return verdict{"数据有缺损", kit.Warn, fmt.Sprintf("能用来恢复。但 %s 做这份备份时，数据已有缺损：%s", made, flaws(m))}
	}
	return verdict{"完好", kit.Good, fmt.Sprintf("完好：%s %s 的数据，%d 个附件，操作记录到第 %d 条", m.Hospital, made, scans, m.TrailNo)}
}

func flaws(m store.Manifest) string { return strings.Join(m.Flaws, "；") }

// verdictOf is what an error of a check says about a backup; ok is false when
// it says nothing about it.
func verdictOf(err error) (v verdict, ok bool) {
	switch code := model.CodeOf(err); {
	case code == model.Denied:
		return verdict{"要用当时的密码", kit.Warn, err.Error()}, true
	case code == model.Storage && !diskFailed(err):
		return verdict{"已损坏", kit.Bad, "这份备份已损坏，不能用来恢复。请马上再备份一次，并检查磁盘。"}, true
	}
	return verdict{}, false
}

// diskFailed reports whether an error came from a disk, the backup's own that
// was pulled out or the full one that it is unpacked to.
func diskFailed(err error) bool {
	_, failed := errors.AsType[*os.PathError](err)
	return failed
}

func (p *Backups) chip(b foundBackup) (string, kit.Tone) {
	v, ok := p.verdicts[b.Path]
	if !ok {
		return "未校验", kit.Neutral
	}
	return v.chip, v.tone
}

// verify opens a backup with the keys at hand and shows what it found.
func (p *Backups) verify(b folder.Backup) {
	var m store.Manifest
	kit.ShowProgress(p.deps.Win, "正在校验 "+timeOf(b)+" 的备份", func(ctx context.Context, report kit.Report) (err error) {
		report(0, 0, "逐个文件解开核对，可能需要几分钟")
		m, err = p.deps.Store.VerifyBackup(ctx, b.Path)
		return err
	}, func(err error) {
		v := soundVerdict(m)
		if err != nil {
			found, ok := verdictOf(err)
			if !ok {
				p.deps.Fail(err)
				p.Refresh() // it may be gone
				return
			}
			v = found
		}
		p.verdicts[b.Path] = v
		p.table.Reload()
		if chosen, ok := p.table.Selected(); ok {
			p.tell(chosen, true)
		}
	})
}

func (p *Backups) askCopy(b folder.Backup) {
	kit.PickSave(p.deps.Win, "把备份另存到", filepath.Base(b.Path), func(path string) { p.copyTo(path, b) })
}

// copyTo copies a backup to where a person said, and leaves a line about it.
func (p *Backups) copyTo(path string, b folder.Backup) {
	kit.ShowProgress(p.deps.Win, "正在另存备份", func(ctx context.Context, report kit.Report) error {
		report(0, 0, "写好以后会读回来核对")
		if err := folder.CopyFile(path, b.Path); err != nil {
			return err
		}
		return issue.RecordExport(ctx, p.deps.Store, "备份", path, 1, false)
	}, func(err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		kit.Toast(p.deps.Win, "已另存，读回来核对无误："+path, kit.Good)
	})
}

func (p *Backups) askFile() {
	kit.PickOpen(p.deps.Win, "选择备份文件", []string{backupEnding}, func(path string) { p.askRestore(backupAt(path)) })
}

// backupAt is the backup in a file, with what the file's name says about it.
func backupAt(path string) folder.Backup {
	all, _ := folder.Backups(filepath.Dir(path)) // a folder that cannot be listed may still let a file be opened
	for _, b := range all {
		if b.Path == path {
			return b
		}
	}
	return folder.Backup{Path: path}
}

// askRestore says plainly what a restore does and asks for the secret. Before
// the office's work is ended the secret is tried.
func (p *Backups) askRestore(b folder.Backup) {
	name, since := timeOf(b)+" 的备份", timeOf(b)+" 以后"
	if b.At.IsZero() {
		name, since = filepath.Base(b.Path), "做这份备份以后"
	}
	secret := kit.NewPassword(0)
	form := kit.NewForm(p.deps.Win, kit.Block(paragraph(
		"・现在的数据不删除，原样移到数据文件夹里的另一个文件夹。\n"+
			"・"+since+"登记的内容不在这份备份里，恢复后看不到，需要补登。\n"+
			"・所有人都要重新登录，用做备份时的账号和密码。")),
		kit.Field{Key: "Secret", Label: "密码或恢复码", Required: true, Input: secret, Hint: "做备份时管理员的密码，或当时封存的恢复码"})
	form.Log = p.deps.Log
	var d *kit.Dialog
	button := kit.NewPrimaryButton("恢复", form.Save)
	cancel := kit.NewButton("取消", func() { d.Close() })
	form.OnSave = submit(button, "正在核对…", func() func(context.Context) (string, error) {
		typed := secret.Value()
		return func(context.Context) (string, error) { return typed, store.OpensBackup(b.Path, typed) }
	}, func(typed string, err error) {
		if err != nil {
			refuse(form, p.deps, "Secret", err)
			return
		}
		d.Close()
		p.hooks.Restore(b.Path, typed)
	})
	d = kit.ShowDialog(p.deps.Win, kit.DialogOptions{Title: "恢复 " + name + "？", Content: form.Body(), Width: kit.FormWidth,
		Buttons: []*kit.Button{cancel, button}, Focus: secret})
}
