package system

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// secondFolder is the card about the other place for backups.
type secondFolder struct {
	deps    Deps
	resized func()
	asked   int // how often load was called: only its last answer counts

	path, copies *kit.Label
	state        *kit.Chip
	clear        *kit.Button
	line         *fyne.Container
	card         fyne.CanvasObject
}

// secondState is what is known about the other place. Without a path none is
// set.
type secondState struct {
	path      string
	reachable bool
	copies    []folder.Backup // the newest first
}

func newSecondFolder(deps Deps) *secondFolder {
	c := &secondFolder{deps: deps, path: kit.NewLabel("").Shorten(), copies: kit.NewMuted("").Shorten(), state: kit.NewChip("", kit.Neutral)}
	var right fyne.CanvasObject
	c.clear = kit.NewButton("清除", c.askClear)
	c.clear.Hide()
	if deps.Store.May(model.Manage) {
		right = kit.Beside(kit.NewButton("选择文件夹…", c.ask), c.clear)
	}
	c.line = kit.Frame(nil, nil, nil, kit.Beside(c.state), c.path)
	c.card = kit.NewCard("另一处备份位置", right, kit.Below(c.line, c.copies,
		paragraph("磁盘坏了，放在数据旁边的备份也一起没有了。请在另一块盘、U 盘或网络共享文件夹里再放一份，每次备份都会复制过去。")))
	return c
}

func (c *secondFolder) load() {
	c.asked++
	asked := c.asked
	kit.Run(context.Background(), func(ctx context.Context) (secondState, error) {
		path, err := c.deps.Store.Setting(ctx, store.BackupFolder)
		if err != nil || path == "" {
			return secondState{}, err
		}
		copies, err := folder.Backups(path)
		return secondState{path, err == nil, copies}, nil
	}, func(s secondState, err error) {
		switch {
		case asked != c.asked:
		case err != nil:
			c.deps.Fail(err)
		default:
			c.show(s)
		}
	})
}

func (c *secondFolder) show(s secondState) {
	c.path.SetText(s.path)
	switch {
	case s.path == "":
		c.path.SetText("没有设定")
		c.state.Set("只有一处备份", kit.Warn)
	case !s.reachable:
		c.state.Set("现在连不上", kit.Bad)
		c.copies.SetText("接好以后，下一次备份就会复制过去。")
	case len(s.copies) == 0:
		c.state.Set("可用", kit.Good)
		c.copies.SetText("那里还没有备份。")
	default:
		c.state.Set("可用", kit.Good)
		c.copies.SetText(fmt.Sprintf("有 %d 份，最近一份 %s", len(s.copies), timeOf(s.copies[0])))
	}
	c.copies.Hidden = s.path == ""
	c.clear.Hidden = s.path == ""
	c.clear.Refresh()
	c.line.Refresh()
	c.resized()
}

func (c *secondFolder) ask() {
	kit.PickFolder(c.deps.Win, "选择另一处备份位置", c.choose)
}

// choose takes a folder and puts the newest backup there at once, which also
// shows whether it can be written.
func (c *secondFolder) choose(path string) {
	data := c.deps.Store.Folder().Dir()
	switch {
	case isWithin(data, path):
		kit.ShowNotice(c.deps.Win, "请选别的文件夹", "这个文件夹在数据文件夹里面。磁盘坏了，或者数据文件夹被误删，两处会一起没有。请选另一块盘、U 盘或网络共享文件夹。")
	case sameDrive(data, path):
		kit.Confirm(c.deps.Win, kit.Question{
			Title: "与数据在同一个盘？", Text: "这个文件夹与数据同在 " + data[:2] + " 盘。误删数据文件夹时它有用；这块盘坏了，两处会一起没有。最好选另一块盘、U 盘或网络共享文件夹。",
			Yes: "仍然用它", No: "另选",
		}, func() { c.save(path, c.copyNewest) })
	default:
		c.save(path, c.copyNewest)
	}
}

func (c *secondFolder) save(path string, then func(path string)) {
	saveSetting(c.deps, store.BackupFolder, path, func() {
		c.deps.Changed()
		c.load()
		then(path)
	})
}

// copyNewest copies the newest backup into a folder that was chosen.
func (c *secondFolder) copyNewest(dir string) {
	kit.ShowProgress(c.deps.Win, "正在复制最近一次备份", func(_ context.Context, report kit.Report) error {
		all, err := c.deps.Store.Backups()
		if err != nil || len(all) == 0 {
			return err
		}
		report(0, 0, filepath.Base(all[0].Path))
		return folder.CopyFile(filepath.Join(dir, filepath.Base(all[0].Path)), all[0].Path)
	}, func(err error) {
		c.load()
		if err != nil {
			reason, _ := kit.UserText(err)
			kit.ShowNotice(c.deps.Win, "已经记下，但现在存不进去", reason+"\n\n接好以后再备份一次，就会复制过去；也可以换一个文件夹。")
			return
		}
		kit.Toast(c.deps.Win, "另一处备份位置已设定", kit.Good)
	})
}

func (c *secondFolder) askClear() {
	kit.Confirm(c.deps.Win, kit.Question{
		Title: "不再复制到另一处？", Text: "以后的备份只放在数据文件夹里。已经复制过去的备份不删除。",
		Yes: "清除", Danger: true,
	}, func() {
		c.save("", func(string) { kit.Toast(c.deps.Win, "以后的备份只放在数据文件夹里", kit.Warn) })
	})
}

// isWithin reports whether a folder is dir or lies in it, links followed.
func isWithin(dir, path string) bool {
	rel, err := filepath.Rel(followed(dir), followed(path))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func followed(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}

// sameDrive reports whether two paths begin with the same letter of a Windows
// drive.
func sameDrive(a, b string) bool {
	return len(a) > 1 && len(b) > 1 && a[1] == ':' && strings.EqualFold(a[:2], b[:2])
}
