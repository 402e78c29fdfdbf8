package system

import (
	"context"
	"fmt"
	"os"
	"strings"
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
	made    func(newBackup)
	resized func()

	when, what *kit.Label
	age        *kit.Chip
	line       *fyne.Container
	card       fyne.CanvasObject
}

func newLastBackup(deps Deps, made func(newBackup)) *lastBackup {
	c := &lastBackup{deps: deps, made: made, when: kit.NewSubHeading(""), what: kit.NewMuted(""), age: kit.NewChip("", kit.Neutral)}
	where := kit.NewMuted("备份文件夹：" + deps.Store.Folder().Backups()).Shorten()
	c.line = kit.Beside(c.when, c.age, c.what)
	content := kit.Below(c.line, where, paragraph(fmt.Sprintf("每日备份留最近 %d 份，手动备份一直保留。附件和单位自己的文本也在备份里。", folder.KeptBackups)))
	var now fyne.CanvasObject
	if deps.Store.May(model.BackUp) {
		now = kit.NewPrimaryButton("立即备份", c.backUp)
	}
	c.card = kit.NewCard("最近一次备份", now, content)
	return c
}

// load shows the newest backup of the data folder.
func (c *lastBackup) load() {
	kit.Run(context.Background(), func(context.Context) ([]folder.Backup, error) { return c.deps.Store.Backups() },
		func(all []folder.Backup, err error) {
			if err != nil {
				c.deps.Fail(err)
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
	} else {
		b := all[0]
		c.when.SetText(timeOf(b))
		c.age.Set(ageOf(b.At, kit.Now()))
		c.what.SetText(string(b.Kind) + "，" + sizeOf(b.Size))
	}
	c.line.Refresh()
	c.resized()
}

// oldAfter is from how many days on a backup counts as old.
const oldAfter = 3

// ageOf says how old a backup is, in days of the calendar.
func ageOf(at, now time.Time) (string, kit.Tone) {
	switch days := day.Of(at).DaysTo(day.Of(now)); {
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

// newBackup is a backup just made; noCopy says why it has no copy in the other
// place although one is set.
type newBackup struct {
	store.BackupResult
	noCopy string
}

// backUp makes a backup.
func (c *lastBackup) backUp() {
	var b newBackup
	kit.ShowProgress(c.deps.Win, "正在备份", func(ctx context.Context, report kit.Report) (err error) {
		report(0, 0, "写好以后会重新打开核对，可能需要几分钟")
		b.BackupResult, err = c.deps.Store.Backup(ctx, folder.OnDemand, "")
		if b.CopyError != nil {
			b.noCopy = c.whyNoCopy(ctx, b.CopyError)
		}
		return err
	}, func(err error) {
		if err != nil {
			c.deps.Fail(err)
			return
		}
		c.made(b)
	})
}

// whyNoCopy explains a copy that failed; usually the disk is not there.
func (c *lastBackup) whyNoCopy(ctx context.Context, err error) string {
	dir, _ := c.deps.Store.Setting(ctx, store.BackupFolder)
	if _, gone := os.Stat(dir); gone != nil {
		return "现在连不上 " + dir + "。接好以后再备份一次，就会复制过去。"
	}
	text, _ := kit.UserText(err)
	return strings.TrimSuffix(text, "。") + "。"
}

// made shows a new backup and tells what became of it.
func (p *Backups) made(b newBackup) {
	p.verdicts[b.Path] = soundVerdict(b.Manifest)
	p.Refresh()
	p.table.SelectID(idOf(b.Path))
	p.hooks.Changed()
	title, text := "备份完成", fmt.Sprintf("大小 %s，已重新打开核对无误。\n位置：%s", sizeOf(b.Size), b.Path)
	switch {
	case b.noCopy != "":
		title, text = "备份完成，但没有复制到另一处", text+"\n\n"+b.noCopy
	case b.Copy != "":
		text += "\n副本：" + b.Copy
	}
	if len(b.Flaws) > 0 {
		title = "备份完成，但数据有缺损"
		text += "\n\n" + flaws(b.Manifest) + "。请做一次体检，并把更早的备份另存一份备查。"
	}
	kit.ShowNotice(p.deps.Win, title, text)
}
