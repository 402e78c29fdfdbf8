package model

import (
	"qingfeng/model/day"
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
	// The hand-over limit that is in force now: see [HandoverRule]. Rules differ
	// by province and hospital, so it is a setting.
	HandoverLimit    int
	HandoverUnit     HandoverUnit
	HandoverDocument string
	HandoverFrom     day.Date
}

// NewHospital returns a profile with the settings that a hospital most often
// keeps: the 24 hours that hospitals publish, and the usual office name.
func NewHospital(name string) Hospital {
	return Hospital{Name: name, Office: "行风办", HandoverLimit: 24, HandoverUnit: Hours}
}

// HandoverRule is the hand-over limit that is in force now.
func (h Hospital) HandoverRule() HandoverRule {
	return HandoverRule{h.HandoverLimit, h.HandoverUnit, h.HandoverDocument, h.HandoverFrom}
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
	h.HandoverRule().check(&errs)
	return errs.err()
}
