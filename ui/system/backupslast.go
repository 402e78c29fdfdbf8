package system

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// lastBackup is the card about the newest backup, with the button for one
// more.
type lastBackup struct {
	deps    Deps
	made    func(store.BackupResult)
	resized func()

	when, what, where *kit.Label
	age               *kit.Chip
	line, content     *fyne.Container
	card              fyne.CanvasObject
}

func newLastBackup(deps Deps, made func(store.BackupResult)) *lastBackup {
	c := &lastBackup{deps: deps, made: made, when: kit.NewSubHeading(""), what: kit.NewMuted(""), where: kit.NewMuted("").Shorten(), age: kit.NewChip("", kit.Neutral)}
	c.line = kit.Beside(c.when, c.age, c.what)
	c.content = kit.Below(c.line, c.where)
	var now fyne.CanvasObject
	if deps.Store.May(model.BackUp) {
		now = kit.NewPrimaryButton("立即备份", c.backUp)
	}
	c.card = kit.NewCard("最近一次备份", now, c.content)
	return c
}

// load shows the newest backup of the data folder.
func (c *lastBackup) load() {
	kit.Run(context.Background(), func(context.Context) ([]folder.Backup, error) { return c.deps.Store.Backups() },
		func(all []folder.Backup, err error) {
			if err != nil {
				kit.ShowError(c.deps.Win, err, c.deps.Log)
				return
			}
			c.show(all)
		})
}

func (c *lastBackup) show(all []folder.Backup) {
	if len(all) == 0 {
		c.when.SetText("还没有备份")
		c.age.Set("请先备份一次", kit.Bad)
		c.what.SetText("")
		c.where.SetText("备份文件夹：" + c.deps.Store.Folder().Backups())
	} else {
		b := all[0]
		c.when.SetText(timeOf(b))
		c.age.Set(ageOf(b.At, kit.Now()))
		c.what.SetText(string(b.Kind) + "，" + sizeOf(b.Size))
		c.where.SetText(b.Path)
	}
	c.line.Refresh()
	c.resized()
}

// oldAfter is from how many days on a backup counts as old.
const oldAfter = 3

// ageOf says how old a backup is, in days of the calendar.
func ageOf(at, now time.Time) (string, kit.Tone) {
	switch days := daysApart(at, now); {
	case days < 0:
		return "时间在今天以后，请核对电脑日期", kit.Warn
	case days == 0:
		return "今天", kit.Good
	case days == 1:
		return "昨天", kit.Good
	case days <= oldAfter:
		return fmt.Sprintf("%d 天前", days), kit.Neutral
	default:
		return fmt.Sprintf("%d 天前，该备份了", days), kit.Bad
	}
}

func daysApart(from, to time.Time) int {
	return int(day.Of(to).Time().Sub(day.Of(from).Time()).Hours() / 24)
}

// backUp makes a backup and tells what became of it.
func (c *lastBackup) backUp() {
	var result store.BackupResult
	kit.ShowProgress(c.deps.Win, "正在备份", func(ctx context.Context, report kit.Report) (err error) {
		report(0, 0, "写好以后会重新打开核对，可能需要几分钟")
		result, err = c.deps.Store.Backup(ctx, folder.OnDemand, "")
		return err
	}, func(err error) {
		if err != nil {
			kit.ShowError(c.deps.Win, err, c.deps.Log)
			return
		}
		c.made(result)
	})
}

// made shows a new backup, and says when its copy is missing.
func (p *Backups) made(r store.BackupResult) {
	p.verdicts[r.Path] = soundVerdict(r.Manifest)
	p.Refresh()
	p.table.SelectID(idOf(r.Path))
	p.hooks.Changed()
	text := fmt.Sprintf("大小 %s，已重新打开核对无误。\n位置：%s", sizeOf(r.Size), r.Path)
	switch {
	case r.CopyError != nil:
		c, _ := kit.UserText(r.CopyError)
		text += "\n\n没有复制到另一处备份位置：" + c + "\n接好以后再备份一次，就会复制过去。"
	case r.Copy != "":
		text += "\n副本：" + r.Copy
	}
	kit.ShowNotice(p.deps.Win, "备份完成", text)
}
