package system

import (
	"context"
	"hash/fnv"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// BackupHooks are what the page 备份与恢复 leaves to the frame.
type BackupHooks struct {
	// Restore closes the database, puts the backup in its place and opens the
	// sign-in. The secret opens the backup; whether all of it is sound shows then.
	Restore func(path, secret string)
	// Changed tells that there is a new backup.
	Changed func()
}

// Backups is the page 备份与恢复. Everybody sees what is there; a role that may
// not back up or restore has no buttons for it.
type Backups struct {
	deps     Deps
	hooks    BackupHooks
	last     *lastBackup
	second   *secondFolder
	table    *kit.Table[foundBackup]
	verdicts map[string]verdict // by path, of this sitting
	detail   *kit.Label
	actions  []*kit.Button // on the selected backup
	body     fyne.CanvasObject
	unkey    func()
}

// NewBackups makes the page; it loads when it is shown.
func NewBackups(deps Deps, hooks BackupHooks) *Backups {
	p := &Backups{deps: deps, hooks: hooks, verdicts: map[string]verdict{}, detail: kit.NewMuted("").Shorten(), unkey: func() {}}
	p.last = newLastBackup(deps, p.made)
	p.second = newSecondFolder(deps)
	p.table = kit.NewTable(kit.TableOptions[foundBackup]{
		Columns: p.columns(),
		Source:  p.source,
		ID:      func(b foundBackup) int64 { return b.id },
		Empty:   "还没有备份。",
	})
	p.table.OnSelect = p.selected
	cards := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), halves(p.last.card, p.second.card))
	top := kit.Frame(nil, nil, kit.Beside(kit.NewHeading("备份与恢复"), kit.NewMuted(p.subtitle())), container.New(heightOf{kit.NewButton("", nil)}), container.NewStack())
	p.body = container.New(layout.NewCustomPaddedLayout(12, 12, 16, 16), kit.Frame(
		container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), top), nil, nil, nil,
		kit.Frame(cards, nil, nil, nil, p.list())))
	p.last.resized, p.second.resized = p.body.Refresh, p.body.Refresh
	return p
}

// halves puts two cards beside each other, as far apart as cards are.
func halves(left, right fyne.CanvasObject) fyne.CanvasObject {
	return container.NewGridWithColumns(2,
		container.New(layout.NewCustomPaddedLayout(0, 0, 0, 3), left), container.New(layout.NewCustomPaddedLayout(0, 0, 3, 0), right))
}

func (p *Backups) subtitle() string {
	switch s := p.deps.Store; {
	case s.May(model.Manage):
		return "每天第一次打开时自动备份，每份都加密"
	case s.May(model.BackUp):
		return "每天第一次打开时自动备份，每份都加密；恢复由管理员进行"
	}
	return "备份由管理员和经办进行，恢复由管理员进行"
}

func (p *Backups) columns() []kit.Column[foundBackup] {
	columns := []kit.Column[foundBackup]{
		{Title: "备份时间", Text: func(b foundBackup) string { return timeOf(b.Backup) }},
		{Title: "类别", Text: func(b foundBackup) string { return string(b.Kind) }},
		{Title: "大小", Align: kit.AlignRight, Text: func(b foundBackup) string { return sizeOf(b.Size) }},
	}
	if p.deps.Store.May(model.BackUp) {
		columns = append(columns, kit.Column[foundBackup]{Title: "校验", Chip: p.chip})
	}
	return append(columns, kit.Column[foundBackup]{Title: "文件", Flex: true, Text: func(b foundBackup) string { return filepath.Base(b.Path) }})
}

// list is the card with the backups and what can be done with one of them.
func (p *Backups) list() fyne.CanvasObject {
	add := func(need model.Permission, label string, do func(folder.Backup)) {
		if p.deps.Store.May(need) {
			p.actions = append(p.actions, kit.NewButton(label, func() {
				if b, ok := p.table.Selected(); ok {
					do(b.Backup)
				}
			}))
		}
	}
	add(model.BackUp, "校验", p.verify)
	add(model.BackUp, "另存到…", p.askCopy)
	add(model.Manage, "从这份恢复…", p.askRestore)
	buttons := make([]fyne.CanvasObject, len(p.actions))
	for i, b := range p.actions {
		buttons[i] = b
	}
	p.selected(foundBackup{}, false)
	var right fyne.CanvasObject
	if p.deps.Store.May(model.Manage) {
		right = kit.NewButton("从文件恢复…", p.askFile)
	}
	var below fyne.CanvasObject
	if len(buttons) > 0 {
		below = gapAbove(kit.Frame(nil, nil, nil, kit.Beside(buttons...), p.detail))
	}
	return kit.NewCard("备份清单", right, kit.Frame(nil, below, nil, nil, p.table))
}

func (p *Backups) source(ctx context.Context, q kit.Query) ([]foundBackup, int, error) {
	all, err := p.deps.Store.Backups()
	if err != nil {
		return nil, 0, err
	}
	rows := make([]foundBackup, len(all))
	for i, b := range all {
		rows[i] = foundBackup{b, idOf(b.Path)}
	}
	return kit.Rows(rows)(ctx, q)
}

// idOf is a number that a backup keeps when others come before it.
func idOf(path string) int64 {
	h := fnv.New64a()
	h.Write([]byte(path))
	return int64(h.Sum64() >> 1)
}

func (p *Backups) selected(b foundBackup, ok bool) {
	for _, button := range p.actions {
		office.Enable(button, ok)
	}
	p.tell(b, ok)
}

// tell says below the list what is known about the selected backup.
func (p *Backups) tell(b foundBackup, ok bool) {
	v, checked := p.verdicts[b.Path]
	switch {
	case !ok:
		p.detail.SetText("选一份备份，再选要做的事。")
	case checked:
		p.detail.SetText(v.text)
	default:
		p.detail.SetText(timeOf(b.Backup) + " 的备份，这次打开程序后还没有校验过。")
	}
}

// Content is what the frame shows.
func (p *Backups) Content() fyne.CanvasObject { return p.body }

// Shown reads again what backups there are.
func (p *Backups) Shown() {
	p.Hidden()
	p.unkey = kit.PushKeys(p.deps.Win, kit.Keys{"F5": p.Refresh})
	p.Refresh()
	p.table.Focus()
}

// Hidden takes the page's keys away.
func (p *Backups) Hidden() { p.unkey(); p.unkey = func() {} }

// Refresh reads the backups of both folders again.
func (p *Backups) Refresh() {
	p.table.Reload()
	p.last.load()
	p.second.load()
}
