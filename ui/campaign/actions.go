package campaign

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

type selection = kit.Selection[letter]

func (p *CommitmentsPage) actions() []kit.Action[letter] {
	return []kit.Action[letter]{
		p.printMenu(
			kit.Action[letter]{Label: "未签名单", Run: p.previewMissing},
			kit.Action[letter]{Label: "签订率", Run: p.previewRates},
		),
		p.recordMenu(),
		{Label: "导出", Menu: []kit.Action[letter]{
			{Label: "当前列表", Run: p.exportList},
			{Label: "未签名单", Run: p.exportMissing},
			{Label: "签订率", Run: p.exportRates},
		}},
	}
}

func (p *CommitmentsPage) more() []kit.Action[letter] {
	return []kit.Action[letter]{
		{Label: "生成缺少的承诺书", Run: func(selection) { p.makeLetters() }},
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

func (p *CommitmentsPage) recordLetter(no string) {
	p.recordScanned(no, func(s slip, nth int) string { return fmt.Sprintf("已登记 %s，本次第 %d 份", s.calls, nth) })
}

// makeLetters makes the letters that are missing; those of suppliers and works
// are asked for one by one.
func (p *CommitmentsPage) makeLetters() {
	kind := kindOf(p.Query())
	if kind == model.SupplierCommitment || kind == model.WorksCommitment {
		p.addParty(kind)
		return
	}
	p.makeMissing()
}

// addParty asks for a supplier's or a works contract's letter.
func (p *CommitmentsPage) addParty(kind model.CommitmentKind) {
	if p.noCampaign() {
		return
	}
	c := p.campaignInHand()
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
	form.Validate = func() map[string]string { return office.FieldMessages(value().ValidateParty()) }
	form.OnSave = func() func(context.Context) error {
		m := value()
		return func(ctx context.Context) (err error) {
			no, err = p.deps.Store.AddPartyCommitment(ctx, m)
			return err
		}
	}
	form.OnSaved = func() {
		p.ShowKind(kind)
		p.done("已生成承诺书 " + no)
	}
	form.ShowDialog("新增"+kind.Label()+"承诺书", "新增")
}
