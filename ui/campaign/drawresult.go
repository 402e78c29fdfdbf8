package campaign

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"qingfeng/model"
	"qingfeng/report/issue"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// shownDraw is a draw as witnesses see it: large, with the seed from which
// anybody can compute it again.
type shownDraw struct {
	page   *DrawsPage
	draw   drawRow
	picks  []model.Pick
	said   *fyne.Container // what came of drawing again
	dialog *kit.Dialog
}

// show reads a draw and shows it; with again it is drawn again at once.
func (p *DrawsPage) show(r drawRow, again bool) {
	kit.Run(context.Background(), func(ctx context.Context) ([]pickRow, error) {
		return p.deps.Store.Picks(ctx, r.ID)
	}, func(rows []pickRow, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		s := &shownDraw{page: p, draw: r, said: kit.Below()}
		for _, k := range rows {
			s.picks = append(s.picks, k.Pick)
		}
		s.open()
		if again {
			s.repeat()
		}
	})
}

func (s *shownDraw) open() {
	box := kit.Below(
		kit.Frame(nil, nil, kit.Wide(numberWidth+20, kit.NewMuted("随机种子")), nil, bigParagraph(s.draw.Seed, widget.HighImportance)),
		office.FlushParagraph(drawnFrom(s.draw)), s.said,
	)
	names := drawnNames(s.draw.Pool)
	for _, k := range s.picks {
		box.Add(kit.Frame(line(), nil, nil, nil, pickLine(k, names[k.DepartmentID])))
	}
	s.dialog = kit.ShowDialog(s.page.deps.Win, kit.DialogOptions{
		Title: "抽取结果 " + s.draw.FormNo, Width: 980, Content: box,
		Buttons: []*kit.Button{
			kit.NewButton("关闭", func() { s.dialog.Close() }),
			kit.NewButton(repeatDraw, s.repeat),
			kit.NewPrimaryButton("打印结果单", func() { s.page.printSheet(s.draw) }),
		},
	})
}

// drawnFrom says from what was drawn and who saw it.
func drawnFrom(r drawRow) string {
	text := fmt.Sprintf("%s由%s抽取，%s见证。\n从 %d 个科室、%d 个时段（%s）中抽取 %d 个",
		r.DrawnOn.Chinese(), r.DrawnBy, r.Witness, len(r.Pool.Departments), len(r.Pool.Slots), slotRange(r.Pool.Slots), r.Pool.Picks)
	if r.Pool.PerVisit > 0 {
		text += fmt.Sprintf("，每个科室从 %d 名检查人中派 %d 名", len(r.Pool.Inspectors), r.Pool.PerVisit)
	}
	text += "。"
	if !inForce(r) {
		text += fmt.Sprintf("本次抽取已于 %s 作废：%s", r.VoidedOn, r.VoidReason)
	}
	return text
}

// figure is text to be read from some way off.
func figure(text string, color fyne.ThemeColorName) *canvas.Text {
	t := canvas.NewText(text, theme.Color(color))
	t.TextSize, t.TextStyle.Bold = theme.Size(kit.SizeFigure), true
	return t
}

func line() fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(theme.ColorNameSeparator))
	r.SetMinSize(fyne.NewSize(1, 1))
	return r
}

// Widths in px that have room for a number, and for a day with its weekday and
// half, in large type.
const (
	numberWidth = 56
	slotWidth   = 400
)

func pickLine(k model.Pick, department string) fyne.CanvasObject {
	when := kit.Below(figure(slotText(k.Slot), theme.ColorNameForeground))
	if k.Inspectors != "" {
		when.Add(office.FlushParagraph("检查人：" + k.Inspectors))
	}
	number := kit.Wide(numberWidth, container.NewVBox(figure(fmt.Sprint(k.Position), theme.ColorNamePrimary)))
	return container.New(layout.NewCustomPaddedLayout(8, 4, 0, 0),
		kit.Frame(nil, nil, number, kit.Wide(slotWidth, when), bigParagraph(department, widget.MediumImportance)))
}

// bigParagraph is a department's name, or a seed: the longest take two lines.
func bigParagraph(text string, importance widget.Importance) fyne.CanvasObject {
	p := kit.NewParagraph(text)
	p.SizeName, p.TextStyle.Bold, p.Importance = kit.SizeFigure, true, importance
	return container.New(layout.NewCustomPaddedLayout(-5, -5, -5, 0), p)
}

// repeat draws again from seed and pool and says whether the same came out.
func (s *shownDraw) repeat() {
	var again []model.Pick
	kit.Run(context.Background(), func(ctx context.Context) (same bool, err error) {
		same, again, err = s.page.deps.Store.RepeatDraw(ctx, s.draw.ID)
		return same, err
	}, func(same bool, err error) {
		if err != nil {
			s.page.deps.Fail(err)
			return
		}
		if same {
			s.say(kit.NewChip("重演一致", kit.Good), "用同一个种子和当时的抽取范围重新计算，科室、时间、检查人和登记的完全相同。")
			return
		}
		s.say(kit.NewChip("重演不一致", kit.Bad), strings.Join(append([]string{"重新计算的结果和登记的不同，登记可能被人改过，请立即核对操作记录。"},
			differences(s.draw.Pool, s.picks, again)...), "\n"))
	})
}

func (s *shownDraw) say(chip *kit.Chip, text string) {
	s.said.Objects = []fyne.CanvasObject{kit.Frame(nil, nil, container.NewVBox(chip), nil,
		container.New(layout.NewCustomPaddedLayout(1, 0, 10, 0), office.FlushParagraph(text)))}
	s.said.Refresh()
	s.dialog.Refit()
}

// printSheet previews the 抽取结果单.
func (p *DrawsPage) printSheet(r drawRow) {
	p.press.Show(office.List{
		Name: drawSheet, Title: drawSheet + "-" + r.FormNo, Table: p.pickTable(r),
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.DrawSheet(ctx, pdf, p.deps.Store, r.ID, p.deps.Fonts)
		},
	})
}

// printInspections previews the 检查记录表 of all that were drawn.
func (p *DrawsPage) printInspections(r drawRow) {
	p.press.Show(office.List{
		Name: inspectionSheets, Title: inspectionSheets + "-" + r.FormNo, Table: p.pickTable(r),
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.InspectionSheets(ctx, pdf, p.deps.Store, r.ID, p.deps.Fonts)
		},
	})
}

// pickTable are the picks as rows: they are what both papers list.
func (p *DrawsPage) pickTable(r drawRow) office.TableMaker {
	return func(ctx context.Context) (sheet.Table, error) {
		picks, err := p.deps.Store.Picks(ctx, r.ID)
		t := sheet.Table{Name: drawSheet, Columns: []string{"科室"}}
		for _, k := range picks {
			t.Rows = append(t.Rows, []string{k.Department})
		}
		return t, err
	}
}
