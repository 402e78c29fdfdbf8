package model

import (
	"fmt"

	"qingfeng/model/idcode"
)

// Hospital is the hospital profile (医院概况): what letterheads, letters and
// the summary to the bureau take from one place.
type Hospital struct {
	Name             string
	CreditCode       string // 统一社会信用代码, GB 32100-2015
	Office           string // 行风办 or 纪检监察室, as the hospital calls it
	ReportPhone      string
	ReportAddress    string
	Mailbox          string
	ReceptionHours   string
	IntegrityAccount string // 廉政账户: account name
	IntegrityBank    string
	IntegrityNo      string
	Bureau           string // the health bureau the summary goes to
	// HandoverLimit and HandoverUnit say within which time a red envelope that
	// could not be refused is handed in. Rules differ by province and hospital
	// (24 h, 48 h, 2 or 3 working days), so it is a setting.
	HandoverLimit int
	HandoverUnit  HandoverUnit
}

// HandoverUnit is the unit of the hospital's hand-over limit.
type HandoverUnit string

// HandoverUnits in the order in which the form offers them.
var HandoverUnits = []HandoverUnit{"小时", "个工作日", "日"}

// NewHospital returns a profile with the settings that a hospital most often
// keeps: the 24 hours that hospitals publish, and the usual office name.
func NewHospital(name string) Hospital {
	return Hospital{Name: name, Office: "行风办", HandoverLimit: 24, HandoverUnit: "小时"}
}

// HandoverLimitText is the limit as letters print it, such as “24 小时”.
func (h Hospital) HandoverLimitText() string {
	return fmt.Sprintf("%d %s", h.HandoverLimit, h.HandoverUnit)
}

// Validate returns [FieldErrors] with everything that keeps h from being stored.
func (h Hospital) Validate() error {
	var errs FieldErrors
	if h.Name == "" {
		errs.add("Name", "医院名称", "不能为空")
	}
	if h.CreditCode != "" {
		if err := idcode.CheckCredit(h.CreditCode); err != nil {
			errs.add("CreditCode", "统一社会信用代码", err.Error())
		}
	}
	for _, f := range []struct {
		field, label, value string
	}{
		{"Name", "医院名称", h.Name}, {"Office", "办公室名称", h.Office},
		{"ReportPhone", "举报电话", h.ReportPhone}, {"ReportAddress", "通讯地址", h.ReportAddress},
		{"Mailbox", "举报邮箱", h.Mailbox}, {"ReceptionHours", "接待时间", h.ReceptionHours},
		{"IntegrityAccount", "廉政账户户名", h.IntegrityAccount}, {"IntegrityBank", "开户行", h.IntegrityBank},
		{"IntegrityNo", "账号", h.IntegrityNo}, {"Bureau", "主管卫生健康局", h.Bureau},
	} {
		if msg := BadText(f.value, MaxShort); msg != "" {
			errs.add(f.field, f.label, msg)
		}
	}
	if h.HandoverLimit < 1 || h.HandoverLimit > 365 {
		errs.add("HandoverLimit", "上交时限", "应为 1 到 365")
	}
	if !contains(HandoverUnits, h.HandoverUnit) {
		errs.add("HandoverUnit", "上交时限", "单位只能是小时、个工作日、日")
	}
	return errs.err()
}
