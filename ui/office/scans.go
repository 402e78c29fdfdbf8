package office

import (
	"context"
	"fmt"
	"io"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/report/issue"
	"qingfeng/report/preview"
	"qingfeng/ui/kit"
)

// scanExport is the audit trail's word for a scan that left the program.
const scanExport = "扫描件"

// Attached is the record to which scans are attached.
type Attached struct {
	Entity string // the audit trail's word
	ID     int64
	Title  string // what the window calls it
	Facts  string // a line below the title
}

// scans is the dialog with the scans of one record. What the role may not do
// has no button.
type scans struct {
	deps    Deps
	of      Attached
	recount func() // the number of scans changed
	table   *kit.Table[model.Attachment]
	onOne   []*kit.Button // on the selected scan
	said    *kit.Label    // what the last step came to
	top     fyne.CanvasObject
	closed  bool
	doc     *preview.Document // the one last shown, nil before
}

// OpenScans shows the scans of a record; recount is told that there are more
// or fewer.
func OpenScans(deps Deps, of Attached, recount func()) {
	s := &scans{deps: deps, of: of, recount: recount, said: kit.NewMuted("").Shorten()}
	s.table = kit.NewTable(kit.TableOptions[model.Attachment]{
		Columns: []kit.Column[model.Attachment]{
			{Title: "文件", Flex: true, Text: func(a model.Attachment) string { return a.FileName }},
			{Title: "大小", Align: kit.AlignRight, Text: func(a model.Attachment) string { return scanSize(a.Size) }},
			{Title: "添加时间", Text: func(a model.Attachment) string { return a.AddedAt.Format("2006-01-02 15:04") }},
		},
		Source: s.source, ID: func(a model.Attachment) int64 { return a.ID }, Empty: s.empty(),
	})
	s.table.OnSelect = func(_ model.Attachment, ok bool) { s.enable(ok) }
	s.table.OnState = s.selectFirst
	if s.may(model.ReadPlain) {
		s.table.OnOpen = s.view
		s.said.SetText("扫描件加密保存，查看时不在磁盘上留下文件；另存出来的文件没有加密，请妥善保管。")
	}
	s.show()
}

func (s *scans) may(p model.Permission) bool { return s.deps.Store.May(p) }

func (s *scans) empty() string {
	if s.may(model.Write) {
		return "还没有扫描件。点“添加…”选择 PDF、JPG、PNG 文件，也可以把文件拖到窗口上。"
	}
	return "还没有扫描件。"
}

func (s *scans) show() {
	win := s.deps.Win
	keys := kit.Keys{}
	var buttons []fyne.CanvasObject
	add := func(need model.Permission, label, key string, do func()) *kit.Button {
		b := kit.NewButton(label, do)
		if s.may(need) {
			buttons = append(buttons, b)
			if key != "" {
				keys[key] = do
			}
		}
		return b
	}
	add(model.Write, "添加…", "Ctrl+N", func() { kit.PickOpenSeveral(win, "选择扫描件", model.AttachmentKinds, s.add) })
	s.onOne = []*kit.Button{
		add(model.ReadPlain, "查看", "", s.onSelected(s.view)),
		add(model.ReadPlain, "另存为…", "Ctrl+S", s.onSelected(s.save)),
		add(model.Decide, "作废…", "", s.onSelected(s.void)),
	}
	s.enable(false)
	var dialog *kit.Dialog
	dialog = kit.ShowDialog(win, kit.DialogOptions{
		Title: "扫描件：" + s.of.Title, Width: 760, Height: 380, Keys: keys,
		Content: kit.Frame(nil, container.New(layout.NewCustomPaddedLayout(10, 0, 0, 0), s.said), nil, nil, Above(kit.NewMuted(s.of.Facts), s.table)),
		Left:    kit.Beside(buttons...),
		Buttons: []*kit.Button{kit.NewButton("关闭", func() { dialog.Close() })},
	})
	dialog.OnClosed = s.end
	s.top = win.Canvas().Overlays().Top()
	s.table.FocusIn(win)
	if s.may(model.Write) {
		kit.OnDrop(win, s.dropped)
	}
}

// end forgets what was shown and takes no more files.
func (s *scans) end() {
	s.closed = true
	s.keep(nil)
	if s.may(model.Write) {
		s.deps.Win.SetOnDropped(nil)
	}
}

// keep takes a document in place of the one shown before.
func (s *scans) keep(doc *preview.Document) {
	if s.doc != nil {
		s.doc.Close()
	}
	s.doc = doc
}

func (s *scans) source(ctx context.Context, q kit.Query) ([]model.Attachment, int, error) {
	all, err := s.deps.Store.Attachments(ctx, s.of.Entity, s.of.ID)
	if err != nil {
		return nil, 0, err
	}
	return kit.Rows(all)(ctx, q)
}

func (s *scans) enable(on bool) {
	for _, b := range s.onOne {
		Enable(b, on)
	}
}

// selectFirst spares one the click on the only scan there usually is.
func (s *scans) selectFirst(now kit.TableState) {
	if _, ok := s.table.Selected(); !ok && !now.Loading && now.Total > 0 {
		s.table.SelectIndex(0)
	}
}

func (s *scans) onSelected(do func(model.Attachment)) func() {
	return func() {
		if a, ok := s.table.Selected(); ok {
			do(a)
		}
	}
}

// changed brings dialog and page up to date.
func (s *scans) changed(said string) {
	s.said.SetText(said)
	s.table.Reload()
	s.recount()
}

// save writes a scan as it was to where one says.
func (s *scans) save(a model.Attachment) {
	d := s.deps
	kit.PickSave(d.Win, "扫描件另存为", fileName(a.FileName), func(path string) {
		d.Do(func(ctx context.Context) error {
			_, content, err := d.Store.AttachmentContent(ctx, a.ID)
			if err != nil {
				return err
			}
			err = folder.WriteFile(path, func(w io.Writer) error {
				_, err := w.Write(content)
				return err
			})
			if err != nil {
				return err
			}
			return issue.RecordExport(ctx, d.Store, scanExport, path, 1, true)
		}, func() { s.said.SetText("已保存到 " + path) })
	})
}

// void takes a wrong scan out of use.
func (s *scans) void(a model.Attachment) {
	d := s.deps
	kit.AskText(d.Win, kit.TextQuestion{
		Title: "作废扫描件", Text: fmt.Sprintf("“%s”作废后不再列出，不能恢复。", a.FileName),
		Label: "作废原因", Yes: "作废", PlaceHolder: "如扫错、不清楚", Required: true, Max: model.MaxNote, Danger: true,
	}, func(reason string) {
		d.Do(func(ctx context.Context) error { return d.Store.VoidAttachment(ctx, a.ID, strings.TrimSpace(reason)) },
			func() { s.changed("已作废 " + a.FileName) })
	})
}

// scanSize is the size of a file as people read it.
func scanSize(bytes int64) string {
	const kb, mb = 1 << 10, 1 << 20
	if bytes < mb {
		return fmt.Sprintf("%d KB", max(1, bytes/kb))
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/mb)
}
