package store

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

// HandoverImport is what an import of a ledger did, or would do. Rejected
// handovers are left out with all their rows, the others are taken.
type HandoverImport struct {
	Rows, Added int // Added are handovers
	AmountFen   int64
	Rejected    []model.RosterProblem // a row may have several
	Warnings    []model.RosterProblem
}

// ImportHandovers adds the handovers of a ledger that was kept elsewhere, with
// what became of them, in one transaction. One that is on file already is passed
// over with a warning. With dryRun nothing is changed.
func (s *Store) ImportHandovers(ctx context.Context, records []model.HandoverRecord, dryRun bool) (HandoverImport, error) {
	by, err := s.may(model.Write)
	if err != nil {
		return HandoverImport{}, err
	}
	if dryRun {
		b, err := s.prepareHandovers(by, s.read(ctx), records)
		return b.HandoverImport, faultOf(err)
	}
	var out HandoverImport
	err = s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		b, err := s.prepareHandovers(c.by, c.DB, records)
		out = b.HandoverImport
		if err != nil || b.Added == 0 {
			return false, err
		}
		for _, h := range b.handovers {
			if err := c.takeHandover(h); err != nil {
				return false, err
			}
		}
		return true, c.record("导入", handoverEntity, 0, "原台账", nil, columns{"rows": b.Rows, "count": b.Added, "amount_fen": b.AmountFen})
	})
	return out, err
}

// takeHandover stores one handover of a ledger with what became of it.
func (c *change) takeHandover(r model.HandoverReading) error {
	id, _, err := c.registerHandover(r.Handover, r.Items)
	if err != nil {
		return err
	}
	var ids []int64
	if err := c.Raw(`SELECT id FROM handover_item WHERE handover_id = ? ORDER BY position`, id).Scan(&ids).Error; err != nil {
		return err
	}
	for _, d := range r.Dispositions {
		d.HandoverID = id
		for i := range d.Lines {
			d.Lines[i].ItemID = ids[d.Lines[i].ItemID-1]
		}
		if _, err := c.dispose(d); err != nil {
			return err
		}
	}
	return nil
}

// handoverBatch is a ledger matched with what is on file.
type handoverBatch struct {
	HandoverImport
	handovers []model.HandoverReading
	numbered  map[string]onFilePerson   // by 工号
	named     map[string][]onFilePerson // by name
	stored    map[handoverKey]int       // how many are alike
	exported  map[handoverKey]bool      // as the program's own ledger has them, with their numbers for those of the ledger
	rows      map[handoverKey]int       // in which row one that has a number of the ledger begins
}

// handoverKey tells handovers of ledgers apart. With a number of the ledger the
// amount does not count: it may have been corrected since.
type handoverKey struct {
	oldNo             string
	handedAt          day.Moment
	staff             int64
	amount            int64
	giver             model.Giver
	patient, admitted string
}

func keyOfHandover(h model.Handover) handoverKey {
	if h.OldNo != "" {
		h.AmountFen = 0
	}
	return handoverKey{h.OldNo, h.HandedAt, h.StaffID, h.AmountFen, h.Giver, h.Patient, h.AdmissionNo}
}

func (s *Store) prepareHandovers(by *session, db *gorm.DB, records []model.HandoverRecord) (handoverBatch, error) {
	b := handoverBatch{rows: map[handoverKey]int{}}
	words, err := s.handoverWords()
	if err != nil {
		return b, err
	}
	now := day.MomentOf(s.now())
	readings, span := make([]model.HandoverReading, len(records)), model.Span{}
	for i, rec := range records {
		b.Rows += len(rec.Rows)
		readings[i] = rec.Read(now, words)
		if on := readings[i].HandedAt.Date(); on != "" {
			if span.From == "" || on < span.From {
				span.From = on
			}
			span.To = max(span.To, on)
		}
	}
	if err := b.load(by, db, span); err != nil {
		return b, err
	}
	for i, rec := range records {
		b.take(rec, readings[i])
	}
	b.warnOfUnjudged()
	return b, nil
}

// warnOfUnjudged says once how many cannot be judged: an older ledger without
// the column would otherwise warn in every row.
func (b *handoverBatch) warnOfUnjudged() {
	n := 0
	for _, h := range b.handovers {
		if h.ReceivedAt == "" && !h.Anonymous {
			n++
		}
	}
	if n > 0 {
		b.Warnings = append(b.Warnings, model.RosterProblem{Column: "收受时间",
			Problem: fmt.Sprintf("有 %d 次没有填写，是否逾期记为未判，知道的可以以后用“修改”补填", n)})
	}
}

func (s *Store) handoverWords() (model.HandoverWords, error) {
	w, err := s.assets.HandoverWords([]string{model.Named, model.Anonymous}, texts(model.Givers), texts(model.ItemCategories), texts(model.DispositionKinds()))
	if err != nil {
		return model.HandoverWords{}, model.Errorf(model.Invalid, "%v", err)
	}
	return model.HandoverWords{Manner: w.Manner, Giver: w.Giver, Category: w.Category, Disposition: w.Disposition}, nil
}

func texts[T ~string](values []T) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// load reads what a ledger is matched with: people, and the handovers of its
// days.
func (b *handoverBatch) load(by *session, db *gorm.DB, days model.Span) error {
	var people []onFilePerson
	if err := db.Raw(`SELECT id, employee_no, name, department_id, left_on FROM staff`).Scan(&people).Error; err != nil {
		return err
	}
	b.numbered, b.named = make(map[string]onFilePerson, len(people)), make(map[string][]onFilePerson, len(people))
	for _, p := range people {
		b.numbered[p.EmployeeNo] = p
		b.named[p.Name] = append(b.named[p.Name], p)
	}
	var stored []model.Handover
	if err := db.Table("handover").Where("state <> '作废' AND handed_at >= ? AND handed_at < ?", days.From, days.To+"~").Find(&stored).Error; err != nil {
		return err
	}
	b.stored, b.exported = make(map[handoverKey]int, len(stored)), make(map[handoverKey]bool, len(stored))
	for _, h := range stored {
		if err := by.openHandover(&h); err != nil {
			return err
		}
		b.stored[keyOfHandover(h)]++
		h.OldNo = h.FormNo
		b.exported[keyOfHandover(h)] = true
	}
	return nil
}

// take matches one handover and adds it unless something is wrong with it.
func (b *handoverBatch) take(rec model.HandoverRecord, r model.HandoverReading) {
	reject := func(field, text string) { r.Problems = append(r.Problems, rec.Problem(0, field, text)) }
	if !r.Anonymous && r.EmployeeNo+r.Person != "" {
		if field, msg := b.person(&r); msg != "" {
			reject(field, msg)
		}
	}
	if len(r.Problems) > 0 {
		b.Rejected = append(b.Rejected, r.Problems...)
		return
	}
	b.Warnings = append(b.Warnings, r.Warnings...)
	r.AmountFen = model.Total(r.Items)
	key := keyOfHandover(r.Handover)
	if b.stored[key] > 0 || b.exported[key] {
		b.stored[key]--
		b.Warnings = append(b.Warnings, rec.Problem(0, "handed_at", "台账中已有这一次上交，没有重复导入。后来的处置请在程序中登记"))
		return
	}
	if row := b.rows[key]; row != 0 && r.OldNo != "" {
		b.Warnings = append(b.Warnings, rec.Problem(0, "old_no", fmt.Sprintf("与第 %d 行编号相同而不相连，算作另一次上交。若是同一次，请把这几行排在一起再导入", row)))
	}
	b.rows[key] = rec.Rows[0].Line
	b.handovers = append(b.handovers, r)
	b.Added++
	b.AmountFen += r.AmountFen
}

// person finds who handed in and says what is wrong, and in which column.
func (b *handoverBatch) person(r *model.HandoverReading) (field, msg string) {
	var p onFilePerson
	if r.EmployeeNo != "" {
		var known bool
		if p, known = b.numbered[r.EmployeeNo]; !known {
			return "employee_no", "没有这个工号，请先在职工中添加，或改正"
		}
		if r.Person != "" && model.SharedName(r.Person, p.Name) == "" {
			return "person", "工号 " + p.EmployeeNo + " 是 " + p.Name + "，请核对"
		}
	} else {
		same := b.named[r.Person]
		switch {
		case len(same) == 0:
			return "person", "没有这名职工，请填工号"
		case len(same) > 1:
			return "person", fmt.Sprintf("有 %d 名职工叫“%s”，请填工号", len(same), r.Person)
		}
		p = same[0]
	}
	if p.LeftOn != "" && p.LeftOn < r.HandedAt.Date() {
		return "handed_at", p.Name + " 已于 " + string(p.LeftOn) + " 离职，请核对"
	}
	r.StaffID = p.ID
	if errs, ok := errors.AsType[model.FieldErrors](r.CheckHander(p.Name)); ok {
		return map[string]string{"ReceivedBy": "received_by", "WitnessedBy": "witnessed_by"}[errs[0].Field], errs[0].Message
	}
	return "", ""
}
