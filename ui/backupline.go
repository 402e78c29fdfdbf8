package ui

import (
	"context"
	"log/slog"
	"time"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// backupLine makes the backup of the day and says in the status line when the
// last one was made.
type backupLine struct {
	f       *frame
	label   *kit.Label
	making  bool
	red     bool
	trouble string // why there is no backup, or no copy of it, since it was tried last
}

func newBackupLine(f *frame) *backupLine { return &backupLine{f: f, label: kit.NewMuted("")} }

// makeIfDue makes the backup of the day if there is none yet, quietly: only
// what went wrong is told.
func (b *backupLine) makeIfDue() {
	if b.making || !b.f.store.May(model.BackUp) {
		b.load()
		return
	}
	b.making = true
	kit.Run(context.Background(), func(ctx context.Context) (store.BackupResult, error) {
		due, err := b.f.store.BackupDue()
		if err != nil || !due {
			return store.BackupResult{}, err
		}
		return b.f.store.Backup(ctx, folder.Daily, "")
	}, b.made)
}

func (b *backupLine) made(r store.BackupResult, err error) {
	b.making = false
	switch {
	case err != nil:
		slog.Error("daily backup", "err", err)
		b.trouble = "今天的备份没有做成：" + sentence(err)
	case r.CopyError != nil:
		slog.Error("copy of the daily backup", "err", r.CopyError)
		b.trouble = "备份没有复制到第二个文件夹：" + sentence(r.CopyError)
	case len(r.Flaws) > 0:
		slog.Error("the data that was backed up has flaws", "found", r.Flaws)
		b.trouble = "已备份，但数据有缺损，请做一次体检：" + r.Flaws[0]
	default:
		b.trouble = ""
	}
	if b.f.ended {
		return
	}
	if b.trouble != "" {
		kit.Toast(b.f.win, b.trouble, kit.Bad)
	}
	b.load()
}

// renewed is called after a person made a backup.
func (b *backupLine) renewed() {
	b.trouble = ""
	b.load()
}

// load shows when the last backup was made.
func (b *backupLine) load() {
	kit.Run(context.Background(), func(context.Context) ([]folder.Backup, error) { return b.f.store.Backups() },
		func(all []folder.Backup, err error) {
			if err != nil {
				b.f.fail(err)
				return
			}
			text, tone := lastBackup(all, kit.Now())
			if b.trouble != "" {
				text, tone = office.Shorten(b.trouble, 40), kit.Bad
			}
			b.label.SetText(text)
			if tone == kit.Bad || b.red {
				b.label.SetTone(tone)
				b.red = tone == kit.Bad
			}
			b.f.foot.Refresh()
		})
}

// lateBackup is how old the last backup may be without being red.
const lateBackup = 3 * 24 * time.Hour

// lastBackup says when the last backup was made that people rely on; those
// made before an upgrade hold the data of an older program.
func lastBackup(all []folder.Backup, now time.Time) (string, kit.Tone) {
	for _, a := range all { // the newest first
		if a.Kind == folder.BeforeMigration {
			continue
		}
		tone := kit.Neutral
		if now.Sub(a.At) > lateBackup {
			tone = kit.Bad
		}
		if on := day.Of(a.At); on != day.Of(now) {
			return "上次备份 " + monthAndDay(on, day.Of(now)), tone
		}
		return "上次备份 今天 " + a.At.Format("15:04"), tone
	}
	return "上次备份 从未", kit.Bad
}
