// Package system holds the pages about the program itself and the hospital
// that uses it: profile, check-up, settings, first start.
package system

import (
	"context"
	"log/slog"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// Deps is what the system pages need from the frame.
type Deps struct {
	office.Deps

	// Changed tells the frame that the profile or a setting is new.
	Changed func()
}

// profileInputs are the fields of a hospital profile. They keep what they do
// not show.
type profileInputs struct {
	start                           model.Hospital
	name, code, office, bureau      *kit.Entry
	phone, address, mailbox, hours  *kit.Entry
	account, bank, accountNo, limit *kit.Entry
	unit                            *kit.Choice
	document                        *kit.Entry
	from                            *kit.DateField
}

func newProfileInputs(h model.Hospital) *profileInputs {
	text := func(value string) *kit.Entry {
		e := kit.NewEntry(model.MaxShort)
		e.SetText(value)
		return e
	}
	p := &profileInputs{start: h,
		name: text(h.Name), code: text(h.CreditCode), office: text(h.Office), bureau: text(h.Bureau),
		phone: text(h.ReportPhone), address: text(h.ReportAddress), mailbox: text(h.Mailbox), hours: text(h.ReceptionHours),
		account: text(h.IntegrityAccount), bank: text(h.IntegrityBank), accountNo: text(h.IntegrityNo),
		limit: kit.NewEntry(3), unit: kit.NewChoice(office.Options(model.HandoverUnits)), document: text(h.HandoverDocument), from: kit.NewDateField()}
	p.limit.SetText(strconv.Itoa(h.HandoverLimit))
	p.unit.SetValue(string(h.HandoverUnit))
	p.document.SetPlaceHolder("《红包上交规定》第四条")
	p.from.SetDate(h.HandoverFrom)
	p.office.SetPlaceHolder("行风办 / 纪检监察室")
	p.hours.SetPlaceHolder("每周一上午 8:30—11:30，门诊楼三楼")
	return p
}

// hospitalItems are the fields without which no paper can be printed.
func (p *profileInputs) hospitalItems() []kit.FormItem {
	return []kit.FormItem{
		kit.Section("医院"),
		kit.Field{Key: "Name", Label: "医院名称", Required: true, Input: p.name},
		kit.Field{Key: "CreditCode", Label: "统一社会信用代码", Hint: "18 位，按 GB 32100 校验", Input: p.code},
		kit.Field{Key: "Office", Label: "办公室名称", Input: p.office},
		kit.Field{Key: "Bureau", Label: "主管卫生健康局", Input: p.bureau},
		kit.Section("红包上交时限"),
		kit.Field{Key: "HandoverLimit", Label: "时限", Required: true, Input: p.limit, Hint: "按本院规定填写，印在承诺书上"},
		kit.Field{Key: "HandoverUnit", Label: "单位", Input: p.unit},
		kit.Field{Key: "HandoverDocument", Label: "依据", Input: p.document},
	}
}

func (p *profileInputs) contactItems() []kit.FormItem {
	return []kit.FormItem{
		kit.Section("举报与接待"),
		kit.Field{Key: "ReportPhone", Label: "举报电话", Input: p.phone},
		kit.Field{Key: "ReportAddress", Label: "通讯地址", Input: p.address},
		kit.Field{Key: "Mailbox", Label: "举报邮箱", Input: p.mailbox},
		kit.Field{Key: "ReceptionHours", Label: "接待时间", Input: p.hours},
		kit.Section("廉政账户"),
		kit.Field{Key: "IntegrityAccount", Label: "户名", Input: p.account},
		kit.Field{Key: "IntegrityBank", Label: "开户行", Input: p.bank},
		kit.Field{Key: "IntegrityNo", Label: "账号", Input: p.accountNo},
	}
}

func (p *profileInputs) hospital() model.Hospital {
	h := p.start
	h.HandoverLimit, _ = strconv.Atoi(p.limit.Value())
	h.HandoverUnit = model.HandoverUnit(p.unit.Value())
	h.HandoverDocument, h.HandoverFrom = p.document.Value(), p.from.Date()
	h.Name, h.CreditCode, h.Office, h.Bureau = p.name.Value(), p.code.Value(), p.office.Value(), p.bureau.Value()
	h.ReportPhone, h.ReportAddress, h.Mailbox, h.ReceptionHours = p.phone.Value(), p.address.Value(), p.mailbox.Value(), p.hours.Value()
	h.IntegrityAccount, h.IntegrityBank, h.IntegrityNo = p.account.Value(), p.bank.Value(), p.accountNo.Value()
	return h
}

// profileForm edits a hospital profile and hands it to save.
func profileForm(win fyne.Window, log *slog.Logger, h profile, save func(context.Context, model.Hospital) error) *kit.Form {
	p := newProfileInputs(h.Hospital)
	form := kit.NewForm(win, slices.Concat(p.hospitalItems(), p.ruleItems(h.rules), []kit.FormItem{kit.NextColumn()}, p.contactItems())...)
	form.Log = log
	form.OnSave = func() func(context.Context) error {
		edited := p.hospital()
		return func(ctx context.Context) error { return save(ctx, edited) }
	}
	p.watchRule(form)
	return form
}
