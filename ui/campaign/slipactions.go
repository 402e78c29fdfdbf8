package campaign

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

func ticked[R any](s kit.Selection[R]) bool { return len(s.Rows) > 0 }

// printMenu prints forms, and more.
func (p *slipPage[R]) printMenu(more ...kit.Action[R]) kit.Action[R] {
	department := func(s kit.Selection[R]) bool {
		return office.DepartmentOf(s.Query) != 0 || p.sharedDepartment(s.Rows) != ""
	}
	return kit.Action[R]{Label: "打印", Key: "Ctrl+P", Primary: true, Run: p.printUsual, Menu: append([]kit.Action[R]{
		{Label: "选中的", Enabled: ticked[R], Run: p.printSelected},
		{Label: "本科室", Enabled: department, Run: p.printDepartment},
		{Label: "未打印的", Run: p.printUnprinted},
		{Label: "全部", Run: p.printAll},
	}, more...)}
}

// recordMenu takes forms back.
func (p *slipPage[R]) recordMenu() kit.Action[R] {
	return kit.Action[R]{Label: "登记交回", Menu: []kit.Action[R]{
		{Label: "扫码或输入编号", Key: "Ctrl+R", Run: func(kit.Selection[R]) { p.recordByNumber() }},
		{Label: "按科室登记", Run: p.recordByDepartment},
		{Label: "登记选中的", Enabled: ticked[R], Run: p.recordSelected},
	}}
}

// rowActions are what can be done with one form, whose return is recorded
// under the label taking; own are the register's own.
func (p *slipPage[R]) rowActions(taking, entity string, own ...kit.RowAction[R]) []kit.RowAction[R] {
	excused := p.forms.words().excused
	printed := func(r R) bool { return p.of(r).PrintCount > 0 }
	live := func(r R) bool { return p.of(r).State != model.Voided }
	on := func(do func(slip)) func(R) { return func(r R) { do(p.of(r)) } }
	all := append([]kit.RowAction[R]{
		{Label: taking, Show: p.in(model.Unprinted, model.Printed, model.SentBack, excused), Run: func(r R) { p.take(p.of(r).FormNo) }},
	}, own...)
	return append(all,
		kit.RowAction[R]{Label: "打印", Show: func(r R) bool { return live(r) && !printed(r) }, Run: p.printOne},
		kit.RowAction[R]{Label: "补打", Show: func(r R) bool { return live(r) && printed(r) }, Run: p.printOne},
		kit.RowAction[R]{Label: string(excused) + "…", Show: p.in(model.Unprinted, model.Printed, model.SentBack, excused), Run: on(p.excuse)},
		kit.RowAction[R]{Label: "扫描件…", Run: func(r R) { p.openScans(entity, r) }},
		kit.RowAction[R]{Label: "撤销登记…", Show: p.in(model.Returned, excused), Run: on(p.reopen)},
		kit.RowAction[R]{Label: "作废…", Danger: true, Show: live, Run: on(p.void)},
		kit.RowAction[R]{Label: "生成新的", Show: p.in(model.Voided), Run: on(p.renew)},
	)
}

// excuse frees the signer for a reason.
func (p *slipPage[R]) excuse(r slip) {
	words := p.forms.words()
	word := string(words.excused)
	reason, until := kit.NewEntry(model.MaxNote), kit.NewDateField()
	reason.SetText(r.ExcuseReason)
	until.SetDate(r.ExcusedUntil)
	form := kit.NewForm(p.deps.Win,
		kit.Field{Key: "ExcuseReason", Label: "原因", Hint: "如产假、援外、长期病假", Required: true, Input: reason},
		kit.Field{Key: "ExcusedUntil", Label: "至", Hint: "不填表示本次专项行动内不再" + words.act, Input: until},
	)
	form.Log = p.deps.Log
	form.OnSave = func() func(context.Context) error {
		text, day := reason.Value(), until.Date()
		return func(ctx context.Context) error { return p.forms.excuse(ctx, r.ID, text, day) }
	}
	form.OnSaved = func() { p.done(fmt.Sprintf("%s 已登记%s", r.name, word)) }
	form.ShowDialog(word+"："+r.calls, "登记"+word)
}

// reopen takes a wrong return or an excuse back.
func (p *slipPage[R]) reopen(r slip) {
	kit.AskText(p.deps.Win, kit.TextQuestion{
		Title: "撤销登记：" + r.calls,
		Text:  fmt.Sprintf("%s %s 现在是“%s”，撤销后重新等待交回。", p.forms.words().noun, r.FormNo, r.State),
		Label: "撤销原因", Yes: "撤销登记", Required: true, Max: model.MaxNote,
	}, func(reason string) {
		p.deps.Do(func(ctx context.Context) error { return p.forms.reopen(ctx, r.ID, reason) },
			func() { p.done(fmt.Sprintf("已撤销 %s 的登记", r.name)) })
	})
}

// void takes a wrong form out of use and offers a new one.
func (p *slipPage[R]) void(r slip) {
	noun := p.forms.words().noun
	kit.AskText(p.deps.Win, kit.TextQuestion{
		Title: "作废：" + r.calls,
		Text:  fmt.Sprintf("%s %s 作废后不能恢复，编号不再使用。", noun, r.FormNo),
		Label: "作废原因", Yes: "作废", PlaceHolder: "如打印模糊、签错位置", Required: true, Max: model.MaxNote, Danger: true,
	}, func(reason string) {
		p.deps.Do(func(ctx context.Context) error { return p.forms.void(ctx, r.ID, reason) }, func() {
			p.changed()
			kit.Confirm(p.deps.Win, kit.Question{
				Title: "已作废 " + r.FormNo,
				Text:  fmt.Sprintf("要为 %s 生成新的%s吗？新的%[2]s用新的编号，打印后重新签名。", r.calls, noun),
				Yes:   "生成新的", No: "暂不生成",
			}, func() { p.renew(r) })
		})
	})
}

func (p *slipPage[R]) renew(r slip) {
	kit.Run(context.Background(), func(ctx context.Context) (slip, error) {
		no, err := p.forms.renew(ctx, r.ID)
		if err != nil {
			return slip{}, err
		}
		return p.forms.byNumber(ctx, no)
	}, func(made slip, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		p.done(fmt.Sprintf("已为 %s 生成新的%s %s", made.name, p.forms.words().noun, made.FormNo))
		p.SelectID(made.ID)
	})
}
