package handover

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/report/issue"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// custodyRecord is the audit trail's word for a change of custodian, and the
// name of its paper begins with it.
const custodyRecord = "保管交接"

// changeCustody asks for the new keepers of rows, or of everything that the
// list shows when there are none.
func (p *SafePage) changeCustody(rows []kept, q kit.Query) {
	if len(rows) > 0 {
		p.askCustody(rows)
		return
	}
	q.Offset, q.Limit = 0, 0
	office.Read(p.deps.Deps, func(ctx context.Context) ([]kept, error) {
		all, _, err := p.source(ctx, q)
		return all, err
	}, func(all []kept) {
		if len(all) == 0 {
			kit.ShowNotice(p.deps.Win, "没有可交接的财物", "列表里没有要保管的财物。")
			return
		}
		p.askCustody(all)
	})
}

// handing are the rows of one keeper.
type handing struct {
	keeper string
	ids    []int64
	fen    int64
}

func byKeeper(rows []kept) []handing {
	var out []handing
	for _, r := range rows {
		i := slices.IndexFunc(out, func(h handing) bool { return h.keeper == r.Keeper })
		if i < 0 {
			i = len(out)
			out = append(out, handing{keeper: r.Keeper})
		}
		out[i].ids = append(out[i].ids, r.ID)
		out[i].fen += r.KeptFen
	}
	return out
}

// custodyForm asks who takes what one of the keepers had.
type custodyForm struct {
	hands                     []handing
	from                      *kit.Choice
	keeper, coKeeper, witness *kit.Picker
	place, note               *kit.Entry
	on                        *kit.DateField
}

func (p *SafePage) askCustody(rows []kept) {
	person := func() *kit.Picker {
		f := office.NewNamePicker(suggestColleagues(p.deps.Store))
		f.SetPlaceHolder(office.PersonPrompt)
		return f
	}
	f := &custodyForm{hands: byKeeper(rows), keeper: person(), coKeeper: person(), witness: person(),
		place: kit.NewEntry(model.MaxShort), note: kit.NewMultiEntry(model.MaxNote, 2), on: p.deps.DateOfToday()}
	var options []kit.Option
	for _, h := range f.hands {
		options = append(options, kit.Option{Value: h.keeper, Text: fmt.Sprintf("%s（%d 次，%s 元）", h.keeper, len(h.ids), money.Yuan(h.fen))})
	}
	f.from = kit.NewChoice(options)
	if len(options) == 1 {
		f.from.SetValue(options[0].Value)
	}
	f.place.SetPlaceHolder("不填的，位置不变")
	form := kit.NewForm(p.deps.Win,
		kit.Field{Key: "FromKeeper", Label: "移交人", Required: true, Input: f.from, Hint: "交接他在" + which(rows, p.Table().Ticked()) + "中的全部财物"},
		kit.Field{Key: "Keeper", Label: "接收人", Required: true, Input: f.keeper, Hint: "只换位置或共同保管人的，仍填移交人"},
		kit.Field{Key: "CoKeeper", Label: "共同保管人", Input: f.coKeeper, Hint: "两人共管的填另一人；留空的是一人保管"},
		kit.Field{Key: "KeptAt", Label: "保管位置", Input: f.place},
		kit.Field{Key: "WitnessedBy", Label: "监交人", Required: true, Input: f.witness},
		kit.Field{Key: "MovedOn", Label: "交接日期", Required: true, Input: f.on},
		kit.Field{Key: "Note", Label: "备注", Input: f.note})
	form.Log = p.deps.Log
	var moved model.Custody
	form.OnSave = func() func(context.Context) error {
		m, ids := f.custody()
		return func(ctx context.Context) (err error) {
			m.ID, m.FormNo, err = p.deps.Store.ChangeCustody(ctx, m, ids)
			moved = m
			return err
		}
	}
	form.OnSaved = func() {
		p.changed()
		kit.Toast(p.deps.Win, moved.FormNo+" 已登记，请打印交接单签字", kit.Good)
		p.printCustody(moved)
	}
	form.ShowDialog("保管交接", "登记并打印交接单")
}

// which says of what rows the keeper hands over all that is his.
func which(rows, ticked []kept) string {
	switch {
	case len(rows) == 1:
		return " " + rows[0].FormNo + " "
	case len(ticked) > 0:
		return fmt.Sprintf("勾选的 %d 次上交", len(rows))
	}
	return fmt.Sprintf("列表的 %d 次上交", len(rows))
}

// custody is what was filled in, with the handovers that it is about.
func (f *custodyForm) custody() (model.Custody, []int64) {
	m := model.Custody{MovedOn: f.on.Date(), FromKeeper: f.from.Value(), Keeper: f.keeper.Chosen().Text, CoKeeper: f.coKeeper.Chosen().Text,
		KeptAt: f.place.Value(), WitnessedBy: f.witness.Chosen().Text, Note: f.note.Value()}
	for _, h := range f.hands {
		if h.keeper == m.FromKeeper {
			return m, h.ids
		}
	}
	return m, nil
}

// printCustody previews the 交接单 of a change of custodian.
func (p *SafePage) printCustody(m model.Custody) {
	const name = "保管交接单"
	p.press.Show(office.List{Name: name, Title: name + "-" + m.FormNo, Plain: p.deps.Store.May(model.ReadPlain), Rows: 1,
		PDF: func(ctx context.Context, pdf *bytes.Buffer) ([]string, error) {
			return issue.CustodySheet(ctx, pdf, p.deps.Store, m.ID, p.deps.Fonts)
		}})
}
