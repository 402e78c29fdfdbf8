package store

import (
	"context"

	"qingfeng/model"
	"qingfeng/model/idcode"
)

func hospitalColumns(h model.Hospital) columns {
	return columns{
		"id": 1, "name": h.Name, "credit_code": h.CreditCode, "office": h.Office,
		"report_phone": h.ReportPhone, "report_address": h.ReportAddress, "mailbox": h.Mailbox,
		"reception_hours": h.ReceptionHours, "integrity_account": h.IntegrityAccount,
		"integrity_bank": h.IntegrityBank, "integrity_no": h.IntegrityNo, "bureau": h.Bureau,
		"handover_limit": h.HandoverLimit, "handover_unit": string(h.HandoverUnit),
		"handover_document": h.HandoverDocument, "handover_from": string(h.HandoverFrom),
	}
}

// Hospital returns the hospital profile; before the first start is finished it
// returns a NotFound error.
func (s *Store) Hospital(ctx context.Context) (model.Hospital, error) {
	var h model.Hospital
	by, err := s.may(model.Read)
	if err != nil {
		return h, err
	}
	if err := first(s.read(ctx).Table("hospital"), &h, "份医院概况，请先完成首次设置"); err != nil {
		return h, err
	}
	return h, by.openHospital(&h)
}

// HospitalName is known before anyone signs in; "" before the first start is
// finished.
func (s *Store) HospitalName(ctx context.Context) (string, error) {
	var name string
	err := s.peek(ctx).Raw(`SELECT name FROM hospital`).Scan(&name).Error
	return name, faultOf(err)
}

// SaveHospital stores the profile.
func (s *Store) SaveHospital(ctx context.Context, h model.Hospital) error {
	return s.writeOrNothing(ctx, model.Manage, func(c *change) (bool, error) { return c.saveHospital(h) })
}

// saveHospital reports whether the profile was another before.
func (c *change) saveHospital(h model.Hospital) (bool, error) {
	h.CreditCode = idcode.NormalizeCredit(h.CreditCode)
	if err := h.Validate(); err != nil {
		return false, err
	}
	var before columns
	var old model.Hospital
	res := c.Table("hospital").Limit(1).Find(&old)
	if res.Error != nil {
		return false, res.Error
	}
	after := hospitalColumns(h)
	if res.RowsAffected == 0 {
		if err := c.insertRow("hospital", after); err != nil {
			return false, err
		}
	} else {
		if err := c.by.openHospital(&old); err != nil || old == h {
			return false, err
		}
		before = hospitalColumns(old)
		if err := c.update("hospital", 1, after); err != nil {
			return false, err
		}
	}
	if err := c.keepRule(h.HandoverRule()); err != nil {
		return false, err
	}
	return true, c.record(verb(before), "医院概况", 1, h.Name, before, after)
}

// verb is what happened to a row that had these columns before.
func verb(before columns) string {
	if before == nil {
		return "新增"
	}
	return "修改"
}
