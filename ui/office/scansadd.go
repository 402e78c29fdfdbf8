package office

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

// dropped takes files dragged onto the window, while nothing lies over the
// dialog.
func (s *scans) dropped(paths []string) {
	if len(paths) > 0 && s.deps.Win.Canvas().Overlays().Top() == s.top {
		s.add(paths)
	}
}

// add puts files to the record, one after the other. A file that is no scan
// does not keep the others out.
func (s *scans) add(paths []string) {
	Attach(s.deps, s.of, paths, func(added int, last int64, cancelled bool) {
		if added > 0 {
			s.table.SelectID(last)
			s.changed(fmt.Sprintf("已添加 %d 个扫描件。", added))
		}
		if cancelled {
			s.said.SetText(fmt.Sprintf("已取消，添加了 %d 个扫描件。", added))
		}
	})
}

// Attach puts files to a record, one after the other, and says which it cannot
// take: a file that is no scan does not keep the others out. done gets how many
// were added and the last of them.
func Attach(d Deps, of Attached, paths []string, done func(added int, last int64, cancelled bool)) {
	var last int64
	var refused []string
	added := 0
	kit.ShowProgress(d.Win, "正在添加扫描件", func(ctx context.Context, report kit.Report) error {
		for i, path := range paths {
			report(i, len(paths), filepath.Base(path))
			id, err := attach(ctx, d, of, path)
			switch text, known := kit.UserText(err); {
			case err == nil:
				added, last = added+1, id
			case known && model.CodeOf(err) == model.Invalid:
				refused = append(refused, text)
			default:
				return err
			}
		}
		return nil
	}, func(err error) {
		done(added, last, Cancelled(err))
		if len(refused) > 0 {
			kit.ShowNotice(d.Win, fmt.Sprintf("%d 个文件没有添加", len(refused)), strings.Join(refused, "\n"))
		}
		d.Fail(err)
	})
}

func attach(ctx context.Context, d Deps, of Attached, path string) (int64, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, model.Errorf(model.Invalid, "打不开文件 %s，请检查它还在不在、有没有被别的程序占用", filepath.Base(path))
	}
	defer file.Close()
	return d.Store.Attach(ctx, of.Entity, of.ID, path, file)
}
