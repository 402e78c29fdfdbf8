package campaign

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

type selection = kit.Selection[letter]

func (p *CommitmentsPage) actions() []kit.Action[letter] {
	ticked := func(s selection) bool { return len(s.Rows) > 0 }
	return []kit.Action[letter]{
		{Label: "打印", Key: "Ctrl+P", Primary: true, Run: p.printUsual, Menu: []kit.Action[letter]{
			{Label: "选中的", Enabled: ticked, Run: p.printSelected},
			{Label: "本科室", Enabled: func(s selection) bool { return departmentFilter(s.Query) != 0 || sharedDepartment(s.Rows) != "" }, Run: p.printDepartment},
			{Label: "未打印的", Run: p.printUnprinted},
			{Label: "全部", Run: p.printAll},
			{Label: "未签名单", Run: p.previewMissing},
			{Label: "签订率", Run: p.previewRates},
		}},
		{Label: "登记交回", Menu: []kit.Action[letter]{
			{Label: "扫码或输入编号", Key: "Ctrl+R", Run: func(selection) { p.recordByNumber() }},
			{Label: "按科室登记", Run: p.recordByDepartment},
			{Label: "登记选中的", Enabled: ticked, Run: p.recordSelected},
		}},
		{Label: "导出", Menu: []kit.Action[letter]{
			{Label: "当前列表", Run: p.exportList},
			{Label: "未签名单", Run: p.exportMissing},
			{Label: "签订率", Run: p.exportRates},
		}},
	}
}

func (p *CommitmentsPage) more() []kit.Action[letter] {
	return []kit.Action[letter]{
		{Label: "生成缺少的承诺书", Run: func(selection) { p.makeMissing() }},
		{Label: "新增供应商承诺书…", Run: func(selection) { p.addParty(model.SupplierCommitment) }},
		{Label: "新增基建承诺书…", Run: func(selection) { p.addParty(model.WorksCommitment) }},
	}
}

// readers are the actions of roles that do not fill the registers.
func (p *CommitmentsPage) readers() []string {
	labels := []string{"当前列表", "未签名单", "签订率", "扫描件…"}
	if p.deps.Store.May(model.Decide) {
		labels = append(labels, "免签…", "撤销登记…", "作废…")
	}
	return labels
}

func (p *CommitmentsPage) rowActions() []kit.RowAction[letter] {
	may := func(states ...model.PaperState) func(letter) bool {
		return func(r letter) bool {
			for _, s := range states {
				if r.State == s {
					return true
				}
			}
			return false
		}
	}
	return []kit.RowAction[letter]{
		{Label: "登记交回", Show: may(model.Unprinted, model.Printed, model.Excused), Run: func(r letter) { p.recordScanned(r.FormNo) }},
		{Label: "打印", Show: func(r letter) bool { return r.State != model.Voided && r.PrintCount == 0 }, Run: p.printOne},
		{Label: "补打", Show: func(r letter) bool { return r.State != model.Voided && r.PrintCount > 0 }, Run: p.printOne},
		{Label: "免签…", Show: may(model.Unprinted, model.Printed, model.Excused), Run: p.excuse},
		{Label: "扫描件…", Run: p.openScans},
		{Label: "撤销登记…", Show: may(model.Returned, model.Excused), Run: p.reopen},
		{Label: "作废…", Danger: true, Show: may(model.Unprinted, model.Printed, model.Returned, model.Excused), Run: p.void},
		{Label: "生成新的", Show: may(model.Voided), Run: p.renew},
	}
}

// excuse frees the signer for a reason.
func (p *CommitmentsPage) excuse(r letter) {
	reason, until := kit.NewEntry(model.MaxNote), kit.NewDateField()
	reason.SetText(r.ExcuseReason)
	until.SetDate(r.ExcusedUntil)
	form := kit.NewForm(p.deps.Win,
		kit.Field{Key: "ExcuseReason", Label: "原因", Hint: "如产假、援外、长期病假", Required: true, Input: reason},
		kit.Field{Key: "ExcusedUntil", Label: "至", Hint: "不填表示本次专项行动内不再签", Input: until},
	)
	form.Log = p.deps.Log
	form.OnSave = func() func(context.Context) error {
		text, day := reason.Value(), until.Date()
		return func(ctx context.Context) error { return p.deps.Store.ExcuseCommitment(ctx, r.ID, text, day) }
	}
	form.OnSaved = func() { p.done(fmt.Sprintf("%s 已登记免签", r.Name)) }
	form.ShowDialog("免签："+calls(r), "登记免签")
}

// reopen takes a wrong return or an excuse back.
func (p *CommitmentsPage) reopen(r letter) {
	kit.AskText(p.deps.Win, kit.TextQuestion{
		Title: "撤销登记：" + calls(r),
		Text:  fmt.Sprintf("承诺书 %s 现在是“%s”，撤销后重新等待签订。", r.FormNo, r.State),
		Label: "撤销原因", Yes: "撤销登记", Required: true, Max: model.MaxNote,
	}, func(reason string) {
		p.deps.do(func(ctx context.Context) error { return p.deps.Store.ReopenCommitment(ctx, r.ID, reason) },
			func() { p.done(fmt.Sprintf("已撤销 %s 的登记", r.Name)) })
	})
}

// void takes a wrong letter out of use and offers a new one.
func (p *CommitmentsPage) void(r letter) {
	kit.AskText(p.deps.Win, kit.TextQuestion{
		Title: "作废：" + calls(r),
		Text:  fmt.Sprintf("承诺书 %s 作废后不能恢复，编号不再使用。", r.FormNo),
		Label: "作废原因", Yes: "作废", PlaceHolder: "如打印模糊、签错位置", Required: true, Max: model.MaxNote, Danger: true,
	}, func(reason string) {
		p.deps.do(func(ctx context.Context) error { return p.deps.Store.VoidCommitment(ctx, r.ID, reason) }, func() {
			p.changed()
			kit.Confirm(p.deps.Win, kit.Question{
				Title: "已作废 " + r.FormNo,
				Text:  fmt.Sprintf("要为 %s 生成新的承诺书吗？新的承诺书用新的编号，打印后重新签名。", calls(r)),
				Yes:   "生成新的", No: "暂不生成",
			}, func() { p.renew(r) })
		})
	})
}

func (p *CommitmentsPage) renew(r letter) {
	kit.Run(context.Background(), func(ctx context.Context) (letter, error) {
		no, err := p.deps.Store.RenewCommitment(ctx, r.ID)
		if err != nil {
			return letter{}, err
		}
		return p.deps.Store.CommitmentByNumber(ctx, no)
	}, func(made letter, err error) {
		if err != nil {
			p.deps.fail(err)
			return
		}
		p.done(fmt.Sprintf("已为 %s 生成新的承诺书 %s", made.Name, made.FormNo))
		p.SelectID(made.ID)
	})
}

// makeMissing makes letters for those who have none: everyone at first,
// newcomers later.
func (p *CommitmentsPage) makeMissing() {
	c, kind := p.campaignInHand(), kindOf(p.Query())
	switch {
	case c.ID == 0:
		kit.ShowNotice(p.deps.Win, "还没有专项行动", "承诺书属于一次专项行动。请先在“方案与进度”里新建一个。")
		return
	case kind == model.SupplierCommitment || kind == model.WorksCommitment:
		p.addParty(kind)
		return
	}
	kit.Run(context.Background(), func(ctx context.Context) (int, error) {
		return p.deps.Store.MakeCommitments(ctx, c.ID, kind)
	}, func(n int, err error) {
		switch {
		case err != nil:
			p.deps.fail(err)
		case n == 0:
			kit.Toast(p.deps.Win, "都已有承诺书，没有需要生成的", kit.Neutral)
		default:
			p.done(fmt.Sprintf("已生成 %d 份%s承诺书", n, kind.Label()))
		}
	})
}

// done brings the page up to date and says what was done.
func (p *CommitmentsPage) done(text string) {
	p.changed()
	kit.Toast(p.deps.Win, text, kit.Good)
}

// addParty asks for a supplier's or a works contract's letter.
func (p *CommitmentsPage) addParty(kind model.CommitmentKind) {
	c := p.campaignInHand()
	if c.ID == 0 {
		p.makeMissing()
		return
	}
	label := "供应商名称"
	if kind == model.WorksCommitment {
		label = "工程名称"
	}
	name, code, person := kit.NewEntry(model.MaxShort), kit.NewEntry(18), kit.NewEntry(model.MaxName)
	value := func() model.Commitment {
		return model.Commitment{Paper: model.Paper{CampaignID: c.ID}, Kind: kind, PartyName: name.Value(), PartyCode: code.Value(), PartyPerson: person.Value()}
	}
	form := kit.NewForm(p.deps.Win,
		kit.Field{Key: "PartyName", Label: label, Required: true, Input: name},
		kit.Field{Key: "PartyCode", Label: "统一社会信用代码", Hint: "18 位，按校验码核对", Input: code},
		kit.Field{Key: "PartyPerson", Label: "代表人", Hint: "法定代表人或授权代表", Input: person},
	)
	form.Log = p.deps.Log
	var no string
	form.Validate = func() map[string]string { return fieldMessages(value().ValidateParty()) }
	form.OnSave = func() func(context.Context) error {
		m := value()
		return func(ctx context.Context) (err error) {
			no, err = p.deps.Store.AddPartyCommitment(ctx, m)
			return err
		}
	}
	form.OnSaved = func() {
		p.show(kind, 0, "")
		p.done("已生成承诺书 " + no)
	}
	form.ShowDialog("新增"+kind.Label()+"承诺书", "新增")
}

// fieldMessages are the sentences of an entity's check by field.
func fieldMessages(err error) map[string]string {
	out := map[string]string{}
	if errs, ok := err.(model.FieldErrors); ok {
		for _, e := range errs {
			out[e.Field] = e.Message
		}
	}
	return out
}
