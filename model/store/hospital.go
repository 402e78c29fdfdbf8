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
	}
}

// Hospital returns the hospital profile; before the first start is finished it
// returns a NotFound error.
func (s *Store) Hospital(ctx context.Context) (model.Hospital, error) {
	var h model.Hospital
	err := first(s.read(ctx).Table("hospital"), &h, "份医院概况，请先完成首次设置")
	return h, err
}

// SaveHospital stores the profile.
func (s *Store) SaveHospital(ctx context.Context, h model.Hospital) error {
	h.CreditCode = idcode.NormalizeCredit(h.CreditCode)
	if err := h.Validate(); err != nil {
		return err
	}
	return s.writeOrNothing(ctx, func(c *change) (bool, error) {
		var before columns
		var old model.Hospital
		res := c.Table("hospital").Limit(1).Find(&old)
		if res.Error != nil {
			return false, res.Error
		}
		if res.RowsAffected > 0 {
			if old == h {
				return false, nil
			}
			before = hospitalColumns(old)
		}
		after := hospitalColumns(h)
		var err error
		if before == nil {
			err = c.Table("hospital").Create(map[string]any(after)).Error
		} else {
			err = c.Table("hospital").Where("id = 1").Updates(map[string]any(after)).Error
		}
		if err != nil {
			return false, err
		}
		return true, c.record(verb(before), "医院概况", 1, h.Name, before, after)
	})
}

// verb is what happened to a row that had these columns before.
func verb(before columns) string {
	if before == nil {
		return "新增"
	}
	return "修改"
}
