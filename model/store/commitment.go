package store

import (
	"context"
	"strconv"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/formno"
	"qingfeng/model/idcode"
)

func commitmentColumns(m model.Commitment) columns {
	return columns{
		"campaign_id": m.CampaignID, "kind": string(m.Kind), "form_no": m.FormNo, "staff_id": null(m.StaffID),
		"department_id": null(m.DepartmentID), "party_name": m.PartyName, "party_code": m.PartyCode,
		"party_person": m.PartyPerson, "state": string(m.State), "printed_on": string(m.PrintedOn),
		"print_count": m.PrintCount, "returned_on": string(m.ReturnedOn), "excuse_reason": m.ExcuseReason,
		"excused_until": string(m.ExcusedUntil), "void_reason": m.VoidReason, "voided_on": string(m.VoidedOn),
	}
}

// CommitmentRow is a letter as lists show it. For a department's letter Name
// is the department, for a supplier's or a works letter the party.
type CommitmentRow struct {
	model.Commitment
	Name       string
	EmployeeNo string
	Department string
	Post       string
	Title      string
	Position   string
}

// Note is what the list says beside the state.
func (r CommitmentRow) Note() string {
	switch {
	case r.State == model.Voided:
		return r.VoidReason
	case r.State == model.Excused && r.ExcusedUntil != "":
		return r.ExcuseReason + "，至 " + string(r.ExcusedUntil)
	case r.State == model.Excused:
		return r.ExcuseReason
	}
	return ""
}

// CommitmentFilter narrows the list of letters of one campaign and kind.
type CommitmentFilter struct {
	CampaignID   int64
	Kind         model.CommitmentKind
	DepartmentID int64
	State        model.PaperState // "" for all but voided ones
	Missing      bool             // only letters whose signature is awaited
	Find         string           // name, pinyin initials, 工号 or part of the form number
	FormNos      []string         // only these
}

var commitmentOrders = orders{
	"department":  {"d.sort_order", "s.employee_no", "c.id"},
	"form_no":     {"c.form_no"},
	"name":        {"s.sort_key", "c.id"},
	"employee_no": {"s.employee_no", "c.id"},
	"post":        {"s.post", "c.id"},
	"position":    {"s.position", "c.id"},
	"state":       {"c.state", "c.id"},
	"printed_on":  {"c.printed_on", "c.id"},
	"returned_on": {"c.returned_on", "c.id"},
}

const commitmentSelect = `c.*, COALESCE(s.name, d.name, c.party_name) AS name, COALESCE(s.employee_no, '') AS employee_no,
	COALESCE(d.name, '') AS department, COALESCE(s.post, '') AS post, COALESCE(s.title, '') AS title,
	COALESCE(s.position, '') AS position`

func commitmentQuery(db *gorm.DB) *gorm.DB {
	return db.Table("commitment c").Joins("LEFT JOIN staff s ON s.id = c.staff_id").
		Joins("LEFT JOIN department d ON d.id = COALESCE(s.department_id, c.department_id)")
}

// Commitments lists letters.
func (s *Store) Commitments(ctx context.Context, f CommitmentFilter, p Page) (Rows[CommitmentRow], error) {
	q := f.apply(commitmentQuery(s.read(ctx)))
	return fetch[CommitmentRow](q, commitmentSelect, commitmentOrders.clause(p, "department"), p)
}

func (f CommitmentFilter) apply(q *gorm.DB) *gorm.DB {
	q = q.Where("c.campaign_id = ? AND c.kind = ?", f.CampaignID, f.Kind)
	if f.DepartmentID != 0 {
		q = q.Where("d.id = ?", f.DepartmentID)
	}
	switch {
	case f.Missing:
		q = q.Where("c.state IN ?", []model.PaperState{model.Unprinted, model.Printed})
	case f.State != "":
		q = q.Where("c.state = ?", f.State)
	default:
		q = q.Where("c.state <> ?", model.Voided)
	}
	if f.Find != "" {
		q = q.Where(`(s.name LIKE ? ESCAPE '\' OR s.employee_no LIKE ? ESCAPE '\' OR s.initials LIKE ? ESCAPE '\'
			OR c.form_no LIKE ? ESCAPE '\' OR c.party_name LIKE ? ESCAPE '\' OR (c.kind = 'department' AND d.name LIKE ? ESCAPE '\'))`,
			like("%", f.Find, "%"), like("", f.Find, "%"), like("% ", f.Find, "%"),
			like("%", f.Find, "%"), like("%", f.Find, "%"), like("%", f.Find, "%"))
	}
	if f.FormNos != nil {
		q = q.Where("c.form_no IN ?", f.FormNos)
	}
	return q
}

// nextNumbers takes n running numbers out of the register of a prefix and year
// and returns the first. They belong to the transaction: a rolled-back one
// gives them back, so that no number is skipped.
func (c *change) nextNumbers(prefix string, year, n int) (int, error) {
	var last int
	err := c.Raw(`INSERT INTO numbering (prefix, year, last) VALUES (?, ?, ?)
		ON CONFLICT (prefix, year) DO UPDATE SET last = last + excluded.last RETURNING last`, prefix, year, n).Scan(&last).Error
	return last - n + 1, err
}

// MakeCommitments makes a letter for everyone in the campaign who has none in
// force: all employed staff for the personal kind, all open departments for the
// department kind. It returns how many it made.
func (s *Store) MakeCommitments(ctx context.Context, campaignID int64, kind model.CommitmentKind) (int, error) {
	made := 0
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		campaign, err := findCampaign(c.DB, campaignID)
		if err != nil {
			return false, err
		}
		ids, err := withoutLetter(c.DB, campaignID, kind)
		if err != nil || len(ids) == 0 {
			return false, err
		}
		letters := make([]model.Commitment, len(ids))
		for i, id := range ids {
			letters[i] = model.Commitment{Paper: model.Paper{CampaignID: campaignID}, Kind: kind}
			if kind == model.PersonalCommitment {
				letters[i].StaffID = id
			} else {
				letters[i].DepartmentID = id
			}
		}
		made = len(letters)
		_, err = c.addLetters(campaign, letters)
		return true, err
	})
	return made, err
}

// withoutLetter returns the signers of a kind who have no letter in force, in
// the order in which letters are handed out.
func withoutLetter(db *gorm.DB, campaignID int64, kind model.CommitmentKind) ([]int64, error) {
	var query string
	switch kind {
	case model.PersonalCommitment:
		query = `SELECT s.id FROM staff s JOIN department d ON d.id = s.department_id
			WHERE s.left_on = '' AND NOT EXISTS (SELECT 1 FROM commitment c
				WHERE c.staff_id = s.id AND c.campaign_id = ? AND c.state <> '作废')
			ORDER BY d.sort_order, s.employee_no`
	case model.DepartmentCommitment:
		query = `SELECT d.id FROM department d
			WHERE d.closed_on = '' AND NOT EXISTS (SELECT 1 FROM commitment c
				WHERE c.department_id = d.id AND c.campaign_id = ? AND c.state <> '作废')
			ORDER BY d.sort_order, d.id`
	default:
		return nil, nil
	}
	var ids []int64
	err := db.Raw(query, campaignID).Scan(&ids).Error
	return ids, err
}

// WithoutCommitment counts the signers who still have no letter: newcomers,
// and those whose letter was voided.
func (s *Store) WithoutCommitment(ctx context.Context, campaignID int64, kind model.CommitmentKind) (int, error) {
	ids, err := withoutLetter(s.read(ctx), campaignID, kind)
	return len(ids), faultOf(err)
}

// addLetters numbers and stores new letters of one kind and returns the number
// of the first.
func (c *change) addLetters(campaign model.Campaign, letters []model.Commitment) (string, error) {
	year, err := strconv.Atoi(string(campaign.StartsOn[:4]))
	if err != nil {
		return "", err
	}
	kind := letters[0].Kind
	first, err := c.nextNumbers(kind.Prefix(), year, len(letters))
	if err != nil {
		return "", err
	}
	rows := make([]columns, len(letters))
	for i, l := range letters {
		l.FormNo = formno.No{Prefix: kind.Prefix(), Year: year, Seq: first + i}.String()
		l.State = model.Unprinted
		rows[i] = commitmentColumns(l)
	}
	if _, err := c.insertAll("commitment", rows); err != nil {
		return "", err
	}
	from, to := rows[0]["form_no"].(string), rows[len(rows)-1]["form_no"]
	return from, c.record("生成", "承诺书", campaign.ID, campaign.Title, nil, columns{
		"kind": kind.Label(), "count": len(rows), "from": from, "to": to})
}

// AddPartyCommitment makes one letter for a supplier or a works contract and
// returns its number.
func (s *Store) AddPartyCommitment(ctx context.Context, m model.Commitment) (string, error) {
	if m.Kind != model.SupplierCommitment && m.Kind != model.WorksCommitment {
		return "", model.Errorf(model.Invalid, "只有供应商和基建承诺书逐份新增")
	}
	m.PartyCode = idcode.NormalizeCredit(m.PartyCode)
	if err := m.ValidateParty(); err != nil {
		return "", err
	}
	var no string
	err := s.write(ctx, model.Write, func(c *change) error {
		campaign, err := findCampaign(c.DB, m.CampaignID)
		if err != nil {
			return err
		}
		no, err = c.addLetters(campaign, []model.Commitment{m})
		return err
	})
	return no, err
}

// MarkPrinted records that letters were put on paper today.
func (s *Store) MarkPrinted(ctx context.Context, ids []int64) error {
	return s.write(ctx, model.Write, func(c *change) error {
		on := s.Today()
		for _, id := range ids {
			old, err := findCommitment(c.DB, id)
			if err != nil {
				return err
			}
			m := old
			if err := m.Print(on); err != nil {
				return err
			}
			if err := c.Exec(`UPDATE commitment SET state = ?, printed_on = ?, print_count = ? WHERE id = ?`,
				m.State, m.PrintedOn, m.PrintCount, id).Error; err != nil {
				return err
			}
			if err := c.record("打印", "承诺书", id, m.FormNo, commitmentColumns(old), commitmentColumns(m)); err != nil {
				return err
			}
		}
		return nil
	})
}

func findCommitment(db *gorm.DB, id int64) (model.Commitment, error) {
	var m model.Commitment
	err := first(db.Table("commitment").Where("id = ?", id), &m, "份承诺书")
	return m, err
}

// ReopenCommitment takes a wrong return or an excuse back; reason is kept in
// the audit line.
func (s *Store) ReopenCommitment(ctx context.Context, id int64, reason string) error {
	if reason == "" {
		return model.Errorf(model.Invalid, "请填写撤销原因")
	}
	return s.write(ctx, model.Decide, func(c *change) error {
		m, err := findCommitment(c.DB, id)
		if err != nil {
			return err
		}
		return c.moveLetterBecause(m, "撤销登记", reason, (*model.Commitment).Reopen)
	})
}

// ExcuseCommitment frees the signer for a reason until a day.
func (s *Store) ExcuseCommitment(ctx context.Context, id int64, reason string, until day.Date) error {
	if today := s.Today(); until != "" && until < today {
		return model.Errorf(model.Invalid, "免签截止日期 %s 已过（今天 %s），请核对", until, today)
	}
	return s.step(ctx, id, "免签", func(m *model.Commitment) error { return m.Excuse(reason, until) })
}

// VoidCommitment takes a wrong letter out of use.
func (s *Store) VoidCommitment(ctx context.Context, id int64, reason string) error {
	return s.step(ctx, id, "作废", func(m *model.Commitment) error { return m.Void(reason, s.Today()) })
}

// step moves one letter to its next state in a transaction of its own.
func (s *Store) step(ctx context.Context, id int64, action string, move func(*model.Commitment) error) error {
	return s.write(ctx, model.Decide, func(c *change) error {
		m, err := findCommitment(c.DB, id)
		if err != nil {
			return err
		}
		return c.moveLetter(m, action, move)
	})
}

func (c *change) moveLetter(old model.Commitment, action string, move func(*model.Commitment) error) error {
	return c.moveLetterBecause(old, action, "", move)
}

// moveLetterBecause is moveLetter with a reason that the letter itself does
// not keep.
func (c *change) moveLetterBecause(old model.Commitment, action, reason string, move func(*model.Commitment) error) error {
	m := old
	if err := move(&m); err != nil {
		return err
	}
	after := commitmentColumns(m)
	if err := c.update("commitment", m.ID, after); err != nil {
		return err
	}
	after["reason"] = reason
	return c.record(action, "承诺书", m.ID, m.FormNo, commitmentColumns(old), after)
}

// excuseLetters excuses the letters that a leaver has not signed.
func (c *change) excuseLetters(staffID int64) error {
	return c.moveLettersOf(staffID, "state IN ('未打印', '未交回')", "免签", func(m *model.Commitment) error {
		return m.Excuse(model.LeftExcuse, "")
	})
}

// endExcuses lets the letters whose excuse has run out await their signature
// again. It runs when the folder is opened.
func (s *Store) endExcuses(ctx context.Context) error {
	return s.transactOrNothing(ctx, nil, func(c *change) (bool, error) {
		var letters []model.Commitment
		if err := c.Table("commitment").Where("state = ? AND excused_until <> ''", model.Excused).Find(&letters).Error; err != nil {
			return false, err
		}
		for _, m := range letters {
			if !m.ExcuseEnded(s.Today()) {
				continue
			}
			if err := c.moveLetter(m, "免签到期（自动）", (*model.Commitment).Reopen); err != nil {
				return false, err
			}
		}
		return len(c.lines) > 0, nil
	})
}

// reopenLetters takes back what excuseLetters did.
func (c *change) reopenLetters(staffID int64) error {
	return c.moveLettersOf(staffID, "state = '免签' AND excuse_reason = '"+model.LeftExcuse+"'", "撤销登记", (*model.Commitment).Reopen)
}

func (c *change) moveLettersOf(staffID int64, which, action string, move func(*model.Commitment) error) error {
	var letters []model.Commitment
	if err := c.Table("commitment").Where("staff_id = ?", staffID).Where(which).Find(&letters).Error; err != nil {
		return err
	}
	for _, m := range letters {
		if err := c.moveLetter(m, action, move); err != nil {
			return err
		}
	}
	return nil
}
