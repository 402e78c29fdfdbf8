// Package system holds the pages about the program itself and the hospital
// that uses it: profile, check-up, settings, first start.
package system

import (
	"context"
	"log/slog"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/page"
	"qingfeng/ui/kit"
)

// Deps is what the system pages need from the frame.
type Deps struct {
	Win   fyne.Window
	Store *store.Store
	Log   *slog.Logger
	Fonts *page.Fonts // for paper
	// Changed tells the frame that the profile or a setting is new.
	Changed func()
	// Open shows a file with the system's viewer; nil is the usual way. It
	// runs off the UI goroutine.
	Open func(path string) error
}

// profileForm edits a hospital profile and hands it to save.
func profileForm(win fyne.Window, log *slog.Logger, h model.Hospital, save func(context.Context, model.Hospital) error) *kit.Form {
	text := func(value string) *kit.Entry {
		e := kit.NewEntry(model.MaxShort)
		e.SetText(value)
		return e
	}
	name, code, office, bureau := text(h.Name), text(h.CreditCode), text(h.Office), text(h.Bureau)
	phone, address, mailbox, hours := text(h.ReportPhone), text(h.ReportAddress), text(h.Mailbox), text(h.ReceptionHours)
	account, bank, accountNo := text(h.IntegrityAccount), text(h.IntegrityBank), text(h.IntegrityNo)
	limit := kit.NewEntry(3)
	limit.SetText(strconv.Itoa(h.HandoverLimit))
	unit := kit.NewChoice(unitOptions())
	unit.SetValue(string(h.HandoverUnit))
	office.SetPlaceHolder("行风办 / 纪检监察室")
	hours.SetPlaceHolder("每周一上午 8:30—11:30，门诊楼三楼")

	form := kit.NewForm(win,
		kit.Section("医院"),
		kit.Field{Key: "Name", Label: "医院名称", Required: true, Input: name},
		kit.Field{Key: "CreditCode", Label: "统一社会信用代码", Hint: "18 位，按 GB 32100 校验", Input: code},
		kit.Field{Key: "Office", Label: "办公室名称", Input: office},
		kit.Field{Key: "Bureau", Label: "主管卫生健康局", Input: bureau},
		kit.Section("红包上交时限"),
		kit.Field{Key: "HandoverLimit", Label: "时限", Required: true, Input: limit, Hint: "按本院规定填写，印在承诺书上"},
		kit.Field{Key: "HandoverUnit", Label: "单位", Input: unit},
		kit.NextColumn(),
		kit.Section("举报与接待"),
		kit.Field{Key: "ReportPhone", Label: "举报电话", Input: phone},
		kit.Field{Key: "ReportAddress", Label: "通讯地址", Input: address},
		kit.Field{Key: "Mailbox", Label: "举报邮箱", Input: mailbox},
		kit.Field{Key: "ReceptionHours", Label: "接待时间", Input: hours},
		kit.Section("廉政账户"),
		kit.Field{Key: "IntegrityAccount", Label: "户名", Input: account},
		kit.Field{Key: "IntegrityBank", Label: "开户行", Input: bank},
		kit.Field{Key: "IntegrityNo", Label: "账号", Input: accountNo},
	)
	form.Log = log
	form.OnSave = func() func(context.Context) error {
		n, _ := strconv.Atoi(strings.TrimSpace(limit.Text))
		edited := model.Hospital{
			Name: strings.TrimSpace(name.Text), CreditCode: code.Text,
			Office: strings.TrimSpace(office.Text), Bureau: strings.TrimSpace(bureau.Text),
			ReportPhone: strings.TrimSpace(phone.Text), ReportAddress: strings.TrimSpace(address.Text),
			Mailbox: strings.TrimSpace(mailbox.Text), ReceptionHours: strings.TrimSpace(hours.Text),
			IntegrityAccount: strings.TrimSpace(account.Text), IntegrityBank: strings.TrimSpace(bank.Text),
			IntegrityNo: strings.TrimSpace(accountNo.Text), HandoverLimit: n,
			HandoverUnit: model.HandoverUnit(unit.Value()),
		}
		return func(ctx context.Context) error { return save(ctx, edited) }
	}
	return form
}

func unitOptions() []kit.Option {
	var out []kit.Option
	for _, u := range model.HandoverUnits {
		out = append(out, kit.Option{Value: string(u), Text: string(u)})
	}
	return out
}
