package handover

import (
	"cmp"
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// custody is a row of the list of changes of custodian.
type custody = store.CustodyRow

// custodies is the dialog with all changes of custodian.
type custodies struct {
	page  *SafePage
	table *kit.Table[custody]
	onOne []*kit.Button // on the selected one
}

// showCustodies lists the changes of custodian, the newest first, with one of
// them selected unless the id is 0.
func (p *SafePage) showCustodies(id int64) {
	c := &custodies{page: p}
	c.table = kit.NewTable(kit.TableOptions[custody]{
		Columns: custodyColumns(), ID: func(r custody) int64 { return r.ID }, Sort: "form_no", Desc: true,
		Source: func(ctx context.Context, q kit.Query) ([]custody, int, error) {
			rows, err := p.deps.Store.Custodies(ctx, office.PageOf(q))
			return rows.Items, rows.Total, err
		},
		Empty: "还没有交接过。保管人有变动的，用“保管交接…”登记并打印交接单。",
	})
	c.table.OnSelect = func(_ custody, ok bool) { c.enable(ok) }
	c.table.OnState = func(now kit.TableState) {
		if _, ok := c.table.Selected(); !ok && id == 0 && !now.Loading && now.Total > 0 {
			c.table.SelectIndex(0) // the newest is what is signed most often
		}
	}
	c.table.OnOpen = func(r custody) { p.printCustody(r.Custody) }
	c.onOne = []*kit.Button{
		kit.NewButton("打印交接单", c.onSelected(func(r custody) { p.printCustody(r.Custody) })),
		kit.NewButton("签字件…", c.onSelected(c.openScans)),
	}
	c.enable(false)
	left := make([]fyne.CanvasObject, len(c.onOne))
	for i, b := range c.onOne {
		left[i] = b
	}
	var d *kit.Dialog
	d = kit.ShowDialog(p.deps.Win, kit.DialogOptions{
		Title: "保管交接记录", Width: 960, Height: 460, Left: kit.Beside(left...),
		Keys:    kit.Keys{"Ctrl+P": c.onSelected(func(r custody) { p.printCustody(r.Custody) })},
		Content: kit.Frame(nil, nil, nil, nil, office.Above(kit.NewMuted("交接单登记后不能修改；签好字的交接单可以扫描存入。"), c.table)),
		Buttons: []*kit.Button{kit.NewButton("关闭", func() { d.Close() })},
	})
	c.table.FocusIn(p.deps.Win)
	if id != 0 {
		c.table.SelectID(id)
	}
}

func (p *SafePage) findCustody(no string) {
	office.Read(p.deps.Deps, func(ctx context.Context) (custody, error) { return p.deps.Store.CustodyByNumber(ctx, no) }, p.ShowCustody)
}

// ShowCustody is the door to one change of custodian.
func (p *SafePage) ShowCustody(r store.CustodyRow) { p.showCustodies(r.ID) }

func custodyColumns() []kit.Column[custody] {
	name := func(title string, of func(custody) string) kit.Column[custody] {
		return kit.Column[custody]{Title: title, Text: func(r custody) string { return office.Shorten(of(r), keeperLength) }}
	}
	return []kit.Column[custody]{
		{Title: "交接单号", Sort: "form_no", Text: func(r custody) string { return r.FormNo }},
		{Title: "日期", Text: func(r custody) string { return string(r.MovedOn) }},
		name("移交人", func(r custody) string { return r.FromKeeper }),
		name("接收人", func(r custody) string { return r.Keeper }),
		name("共同保管人", func(r custody) string { return r.CoKeeper }),
		name("监交人", func(r custody) string { return r.WitnessedBy }),
		{Title: "次数", Align: kit.AlignRight, Text: func(r custody) string { return fmt.Sprint(r.Handovers) }},
		{Title: "位置", Flex: true, Text: func(r custody) string { return cmp.Or(r.KeptAt, "不变") }},
		{Title: "签字件", Chip: func(r custody) (string, kit.Tone) {
			if r.Attachments == 0 {
				return "没有", kit.Warn
			}
			return fmt.Sprintf("%d 份", r.Attachments), kit.Good
		}},
	}
}

func (c *custodies) enable(on bool) {
	for _, b := range c.onOne {
		office.Enable(b, on)
	}
}

func (c *custodies) onSelected(do func(custody)) func() {
	return func() {
		if r, ok := c.table.Selected(); ok {
			do(r)
		}
	}
}

func (c *custodies) openScans(r custody) {
	office.OpenScans(c.page.deps.Deps, office.Attached{Entity: custodyRecord, ID: r.ID, Title: r.FormNo,
		Facts: fmt.Sprintf("%s 由 %s 交 %s", r.MovedOn, r.FromKeeper, r.Keeper)}, c.table.Reload)
}
