package handover

import (
	"context"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// editBackground is what the form for changing a handover has to know.
type editBackground struct {
	used   words
	person kit.Suggestion
}

// edit changes what is no money of a handover. What its receipt says stands
// there for reading only, as does whether it was handed in by name.
func (p *HandoversPage) edit(r handover) {
	office.Read(p.deps.Deps, func(ctx context.Context) (b editBackground, err error) {
		if b.used, err = usedWords(ctx, p.deps.Store); err == nil {
			b.person, err = office.ChosenPerson(ctx, p.deps.Store, r.StaffID)
		}
		return b, err
	}, func(b editBackground) {
		c := newCircumstances(p, b.used)
		c.fill(r.Handover, b.person)
		c.showEdit(r)
	})
}

func (c *circumstances) showEdit(r handover) {
	p := c.page
	manner := model.Named
	if r.Anonymous {
		manner = model.Anonymous
	}
	items := []kit.FormItem{kit.Fact("上交方式", manner)}
	onReceipt := func(key, label, value string, in kit.Input) kit.FormItem {
		if r.Receipt == "" {
			return kit.Field{Key: key, Label: label, Required: true, Input: in}
		}
		return kit.Field{Key: key, Label: label, Hint: "印在收据 " + r.Receipt + " 上，作废收据后才能改", Input: kit.NewReadOnly(value)}
	}
	for _, item := range c.who() {
		if f, ok := item.(kit.Field); ok && f.Key == "StaffID" && !r.Anonymous {
			item = onReceipt("StaffID", "上交人", office.Joined(" ", r.Person, r.Department), c.person)
		}
		items = append(items, item)
	}
	items = append(items,
		onReceipt("ReceivedBy", "经手人", r.ReceivedBy, c.receivedBy),
		onReceipt("WitnessedBy", "监交人", r.WitnessedBy, c.witnessedBy),
		kit.Field{Key: "Remark", Label: "备注", Input: c.remark},
		kit.NextColumn())
	items = append(items, c.from()...)
	form := kit.NewForm(p.deps.Win, items...)
	form.Log = p.deps.Log
	form.Validate = func() map[string]string { return office.FieldMessages(c.value(r.Handover).ValidateChange(r.Handover)) }
	form.OnSave = func() func(context.Context) error {
		h := c.value(r.Handover)
		return func(ctx context.Context) error { return p.deps.Store.EditHandover(ctx, h) }
	}
	form.OnSaved = func() { p.done(r.FormNo + " 已修改") }
	c.placed(form)
	form.SetRequired("ReceivedAt", r.ReceivedAt != "")
	form.OnChange = func() { c.sayNames(c.value(r.Handover)) }
	form.ShowDialog("修改 "+r.FormNo, "保存")
}

// account is the name of who is signed in.
func (p *HandoversPage) account() string {
	a, _ := p.deps.Store.Account()
	return model.TidyName(a.Name)
}
