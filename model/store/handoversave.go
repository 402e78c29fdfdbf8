package store

import (
	"context"
	"strconv"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/workday"
)

// handoverEntity is the audit trail's word for a handover.
const handoverEntity = "红包上交"

func handoverItemColumns(i model.HandoverItem) columns {
	return columns{"handover_id": i.HandoverID, "position": i.Position, "category": string(i.Category), "particulars": i.Particulars,
		"quantity": i.Quantity, "unit": i.Unit, "amount_fen": i.AmountFen, "basis": i.Basis, "corrects_id": null(i.CorrectsID),
		"reason": i.Reason, "entered_on": string(i.EnteredOn)}
}

// RegisterHandover adds a handover with its items and returns id and number.
// Whether it came in time is judged by the rule in force on the day of the
// receipt; a company opens a supplier's record. Amounts and state of h do not
// count.
func (s *Store) RegisterHandover(ctx context.Context, h model.Handover, items []model.HandoverItem) (int64, string, error) {
	var id int64
	var no string
	err := s.write(ctx, model.Write, func(c *change) (err error) {
		h.OldNo = "" // of imported ones only
		h = h.Tidied()
		if err := h.Validate(); err != nil {
			return err
		}
		id, no, err = c.registerHandover(h, items)
		return err
	})
	return id, no, err
}

// registerHandover stores a valid handover with items that are looked at here.
func (c *change) registerHandover(h model.Handover, items []model.HandoverItem) (int64, string, error) {
	h.ID, h.VoidedOn, h.VoidReason, h.SupplierID, h.DepartmentID = 0, "", "", 0, 0
	entries := make([]model.HandoverItem, len(items))
	for n, i := range items {
		i = i.Tidied()
		if err := i.Validate(); err != nil {
			return 0, "", itemError(n, err)
		}
		i.ID, i.CorrectsID, i.Reason = 0, 0, ""
		entries[n] = i
	}
	if err := c.checkHandover(&h, model.Handover{}); err != nil {
		return 0, "", err
	}
	if err := h.Register(entries); err != nil {
		return 0, "", err
	}
	if err := c.judge(&h); err != nil {
		return 0, "", err
	}
	var err error
	if h.FormNo, err = c.number(model.HandoverPrefix); err != nil {
		return 0, "", err
	}
	row := handoverColumns(h)
	if h.ID, err = c.insert("handover", row); err != nil {
		return 0, "", err
	}
	if err := c.record("登记", handoverEntity, h.ID, h.FormNo, nil, row); err != nil {
		return 0, "", err
	}
	return h.ID, h.FormNo, c.addItems("登记", h, entries)
}

// itemError says in which item something is wrong.
func itemError(n int, err error) error {
	errs, ok := err.(model.FieldErrors)
	if !ok {
		return err
	}
	for i := range errs {
		errs[i].Label = "第 " + strconv.Itoa(n+1) + " 项" + errs[i].Label
	}
	return errs
}

// checkHandover looks at a valid handover beside what is on file, fills in what
// follows from it, and opens the record of a company. before is the handover on
// file.
func (c *change) checkHandover(h *model.Handover, before model.Handover) error {
	if now := day.MomentOf(c.s.now()); h.HandedAt.After(now) {
		return model.FieldErrors{{Field: "HandedAt", Label: "上交时间", Message: "在现在（" + string(now) + "）之后，请核对"}}
	}
	if !h.Anonymous {
		var p model.Staff
		if err := first(c.Table("staff").Where("id = ?", h.StaffID), &p, "名职工"); err != nil {
			return err
		}
		other := h.StaffID != before.StaffID
		if p.Left() && p.LeftOn < h.HandedAt.Date() && (other || h.HandedAt.Date() != before.HandedAt.Date()) {
			return model.FieldErrors{{Field: "StaffID", Label: "上交人", Message: p.Name + " 已于 " + string(p.LeftOn) + " 离职，请核对"}}
		}
		if other {
			h.DepartmentID = p.DepartmentID
		}
		// Who was renamed since is nobody else for that.
		if other || h.ReceivedBy != before.ReceivedBy || h.WitnessedBy != before.WitnessedBy {
			if err := h.CheckHander(p.Name); err != nil {
				return err
			}
		}
	}
	h.SupplierID = 0
	if h.Giver != model.FromCompany {
		return nil
	}
	var err error
	h.SupplierID, err = c.supplier(h.Company)
	return err
}

// supplier returns the record of a company and opens one when there is none.
func (c *change) supplier(name string) (int64, error) {
	var id int64
	if err := c.Raw(`SELECT id FROM supplier WHERE name = ?`, name).Scan(&id).Error; err != nil || id != 0 {
		return id, err
	}
	row := columns{"name": name, "credit_code": "", "opened_on": string(c.s.Today())}
	id, err := c.insert("supplier", row)
	if err != nil {
		return 0, err
	}
	return id, c.record("新增", "供应商", id, name, nil, row)
}

// judge says whether h came in time.
func (c *change) judge(h *model.Handover) error {
	rule, err := ruleFor(c.DB, h.ReceivedAt.Date())
	if err != nil {
		return err
	}
	calendar, err := c.s.calendarFor(rule)
	if err != nil {
		return err
	}
	judgeBy(h, rule, calendar)
	return nil
}

func judgeBy(h *model.Handover, rule model.HandoverRule, calendar *workday.Calendar) {
	h.LimitN, h.LimitUnit, h.LimitDocument = rule.Limit, rule.Unit, rule.Document
	h.Timeliness, _ = rule.Judge(h.ReceivedAt, h.HandedAt, calendar)
}

// addItems stores entries of a handover behind those it has.
func (c *change) addItems(action string, h model.Handover, entries []model.HandoverItem) error {
	var last int
	if err := c.Raw(`SELECT COALESCE(MAX(position), 0) FROM handover_item WHERE handover_id = ?`, h.ID).Scan(&last).Error; err != nil {
		return err
	}
	for n, i := range entries {
		i.HandoverID, i.Position, i.EnteredOn = h.ID, last+n+1, c.s.Today()
		row := handoverItemColumns(i)
		id, err := c.insert("handover_item", row)
		if err != nil {
			return err
		}
		done := action
		if i.CorrectsID != 0 {
			done = "冲正"
		}
		if err := c.record(done, "上交财物", id, h.FormNo, nil, row); err != nil {
			return err
		}
	}
	return nil
}

// EditHandover changes what is no money of a handover: times, giver, story,
// who received it. What a receipt in force says stays; keepers change by
// [Store.ChangeCustody].
func (s *Store) EditHandover(ctx context.Context, m model.Handover) error {
	return s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		old, err := c.findHandover(m.ID)
		if err != nil {
			return false, err
		}
		h := old
		h.ReceivedAt, h.HandedAt, h.Anonymous, h.StaffID, h.Occasion = m.ReceivedAt, m.HandedAt, m.Anonymous, m.StaffID, m.Occasion
		h.Giver, h.GiverName, h.Patient, h.AdmissionNo, h.Bed = m.Giver, m.GiverName, m.Patient, m.AdmissionNo, m.Bed
		h.Company, h.Agent, h.Story, h.Bystanders, h.Remark = m.Company, m.Agent, m.Story, m.Bystanders, m.Remark
		h.ReceivedBy, h.WitnessedBy = m.ReceivedBy, m.WitnessedBy
		h = h.Tidied()
		receipt, err := c.receiptInForce(h.ID)
		if err != nil {
			return false, err
		}
		if err := old.MayEdit(h, receipt.FormNo); err != nil {
			return false, err
		}
		if err := h.ValidateChange(old); err != nil {
			return false, err
		}
		if err := c.checkHandover(&h, old); err != nil {
			return false, err
		}
		if err := c.fitsWhatFollowed(h, old); err != nil {
			return false, err
		}
		if h.ReceivedAt != old.ReceivedAt || h.HandedAt != old.HandedAt {
			if err := c.judge(&h); err != nil {
				return false, err
			}
		}
		if h == old {
			return false, nil
		}
		return true, c.storeHandover("修改", old, h)
	})
}

// fitsWhatFollowed refuses that something left, or changed hands, before it came
// in, and that a deposit was paid to a patient who gave nothing.
func (c *change) fitsWhatFollowed(h, before model.Handover) error {
	if on := h.HandedAt.Date(); on != before.HandedAt.Date() {
		var followed []struct {
			On   day.Date
			What string
		}
		err := c.Raw(`SELECT disposed_on AS "on", '处置' AS what FROM disposition WHERE handover_id = @id AND disposed_on < @on
			UNION ALL SELECT told_on, '告知患者' FROM disposition WHERE handover_id = @id AND told_on < @on AND told_on <> ''
			UNION ALL SELECT c.moved_on, '交接保管' FROM custody_handover x JOIN custody c ON c.id = x.custody_id WHERE x.handover_id = @id AND c.moved_on < @on
			ORDER BY 1 LIMIT 1`, map[string]any{"id": h.ID, "on": on}).Scan(&followed).Error
		if err != nil {
			return err
		}
		for _, f := range followed {
			return model.FieldErrors{{Field: "HandedAt", Label: "上交时间", Message: "已于 " + string(f.On) + " " + f.What + "，上交不能更晚"}}
		}
	}
	var kinds []model.DispositionKind
	if err := c.Raw(`SELECT x.kind FROM disposition x WHERE x.handover_id = ? AND `+dispositionStands, h.ID).Scan(&kinds).Error; err != nil {
		return err
	}
	for _, kind := range kinds {
		if kind.Rule().PatientOnly && !h.Giver.Patient() {
			return model.FieldErrors{{Field: "Giver", Label: "送方类别", Message: "已“" + string(kind) + "”，送方应是患者或家属。处置有误的，请先冲正"}}
		}
	}
	return nil
}

func (c *change) storeHandover(action string, old, h model.Handover) error {
	after := handoverColumns(h)
	if err := c.update("handover", h.ID, after); err != nil {
		return err
	}
	return c.record(action, handoverEntity, h.ID, h.FormNo, handoverColumns(old), after)
}

// CorrectHandover takes wrong items back by counter-entries and adds right
// ones, for a reason.
func (s *Store) CorrectHandover(ctx context.Context, id int64, wrong []int64, right []model.HandoverItem, reason string) error {
	return s.write(ctx, model.Decide, func(c *change) error {
		old, err := c.findHandover(id)
		if err != nil {
			return err
		}
		balances, _, err := c.balances(id)
		if err != nil {
			return err
		}
		receipt, err := c.receiptInForce(id)
		if err != nil {
			return err
		}
		h := old
		entries, err := h.Correct(balances, wrong, right, reason, receipt.FormNo)
		if err != nil {
			return err
		}
		if err := c.addItems("更正", h, entries); err != nil {
			return err
		}
		if h == old {
			return nil
		}
		return c.storeHandover("更正", old, h)
	})
}

// VoidHandover takes a handover back that was registered wrongly, and its
// receipt with it. Its number stays used.
func (s *Store) VoidHandover(ctx context.Context, id int64, reason string) error {
	return s.write(ctx, model.Decide, func(c *change) error {
		old, err := c.findHandover(id)
		if err != nil {
			return err
		}
		h := old
		if err := h.Void(s.Today(), reason); err != nil {
			return err
		}
		receipt, err := c.receiptInForce(id)
		if err != nil {
			return err
		}
		if receipt.ID != 0 {
			if err := c.moveReceipt(receipt, "作废", func(r *model.Receipt) error { r.VoidWith(h); return nil }); err != nil {
				return err
			}
		}
		return c.storeHandover("作废", old, h)
	})
}
