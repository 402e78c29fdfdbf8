package office

import (
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"strings"
	"sync"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/report/preview"
	"qingfeng/ui/kit"
)

// view shows a scan in the window. Its plain content is in memory only.
func (s *scans) view(a model.Attachment) {
	if isPDF(a) {
		s.viewPDF(a)
		return
	}
	s.viewPictures(a)
}

func isPDF(a model.Attachment) bool { return strings.EqualFold(filepath.Ext(a.FileName), ".pdf") }

// open does the slow part of a view under a progress: without it, keys would
// reach the list meanwhile.
func (s *scans) open(a model.Attachment, read func(ctx context.Context) error, show func()) {
	kit.ShowProgress(s.deps.Win, "正在打开扫描件", func(ctx context.Context, report kit.Report) error {
		report(0, 0, a.FileName)
		return read(ctx)
	}, func(err error) {
		if err != nil {
			s.deps.Fail(err)
			return
		}
		show()
	})
}

func (s *scans) viewPDF(a model.Attachment) {
	d := s.deps
	var doc *preview.Document
	s.open(a, func(ctx context.Context) error {
		_, content, err := d.Store.AttachmentContent(ctx, a.ID)
		if err != nil {
			return err
		}
		if doc, err = preview.Open(content); err != nil {
			d.Log.Error("open scan", "error", err.Error())
			return model.Errorf(model.Invalid, "这份 PDF 打不开，可能已损坏或加了密码。可以用“另存为…”保存后，用别的程序打开看看")
		}
		if ctx.Err() != nil {
			doc.Close()
		}
		return ctx.Err()
	}, func() {
		if s.keep(doc); s.closed {
			s.keep(nil)
			return
		}
		kit.ShowPreview(d.Win, kit.Preview{
			Title: Shorten(a.FileName, nameLength), Pages: doc.Pages(), Log: d.Log, OnSave: func() { s.save(a) },
			Render: func(ctx context.Context, n, dpi int) (image.Image, error) {
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				drawn, err := drawPage(doc, n+1, dpi)
				if err != nil {
					d.Log.Error("draw scan", "error", err.Error())
					return nil, model.Errorf(model.Invalid, "第 %d 页显示不出来，文件可能已损坏。可以用“另存为…”保存后，用别的程序打开看看", n+1)
				}
				return drawn, nil
			},
		})
	})
}

// drawPage draws a page of a PDF that is not ours. Apps that scan with a
// phone give a page a point for each dot of the camera, a metre and more: a
// page longer than A3 is drawn as if it were A4, or it would fill the memory.
func drawPage(doc *preview.Document, n, dpi int) (image.Image, error) {
	const look, a4, a3 = 12, 11.7, 16.6 // dots per inch; inches of the long sides
	small, err := doc.Page(n, look)
	if err != nil {
		return nil, err
	}
	size := small.Bounds().Size()
	if long := float64(max(size.X, size.Y)) / look; long > a3 {
		dpi = max(1, int(float64(dpi)*a4/long))
	}
	return doc.Page(n, dpi)
}

// viewPictures shows a picture; the other pictures of the record are the pages
// before and after it.
func (s *scans) viewPictures(a model.Attachment) {
	d := s.deps
	album := &album{read: func(ctx context.Context, id int64) ([]byte, error) {
		_, content, err := d.Store.AttachmentContent(ctx, id)
		return content, err
	}}
	at := 0
	s.open(a, func(ctx context.Context) error {
		all, err := d.Store.Attachments(ctx, s.of.Entity, s.of.ID)
		for _, one := range all {
			if one.ID == a.ID {
				at = len(album.ids)
			}
			if !isPDF(one) {
				album.ids = append(album.ids, one.ID)
			}
		}
		if err == nil {
			_, err = album.photo(ctx, at)
		}
		return errors.Join(err, ctx.Err())
	}, func() {
		if s.closed {
			return
		}
		title := Shorten(a.FileName, nameLength)
		if len(album.ids) > 1 {
			title = fmt.Sprintf("%s · %d 张图片", s.of.Title, len(album.ids))
		}
		room := pictureRoom(d.Win)
		kit.ShowPreview(d.Win, kit.Preview{
			Title: title, Pages: len(album.ids), First: at, Log: d.Log,
			Render: func(ctx context.Context, n, dpi int) (image.Image, error) {
				shown, err := album.photo(ctx, n)
				if err != nil {
					return nil, err
				}
				dots := float32(dpi) / fullSize
				return shown.fitted(image.Pt(int(room.Width*dots), int(room.Height*dots))), nil
			},
		})
	})
}

// fullSize is the preview's resolution, in dots per inch, at 100 %, where a
// picture fills the room there is.
const fullSize = 96

// pictureRoom is what the preview leaves for a page, in px: two lines of
// buttons stand above it.
func pictureRoom(win fyne.Window) fyne.Size {
	return win.Canvas().Size().SubtractWidthHeight(80, 90+2*kit.NewButton("", nil).MinSize().Height)
}

// nameLength is how much of a file's name fits beside the buttons of a preview.
const nameLength = 40

// album is the pictures of a record. It remembers the one looked at, which is
// drawn anew at each size.
type album struct {
	ids  []int64
	read func(ctx context.Context, id int64) ([]byte, error)

	mu   sync.Mutex
	at   int64 // under mu: the one in memory, 0 = none
	here photo // under mu
}

func (a *album) photo(ctx context.Context, n int) (photo, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := ctx.Err(); err != nil || a.at == a.ids[n] {
		return a.here, err
	}
	content, err := a.read(ctx, a.ids[n])
	if err != nil {
		return photo{}, err
	}
	shown, err := openPhoto(content)
	if err == nil {
		a.at, a.here = a.ids[n], shown
	}
	return shown, err
}
