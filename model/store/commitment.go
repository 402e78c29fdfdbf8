package store

import (
	"context"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/idcode"
)

var letters = paperTable[model.Commitment, CommitmentRow]{
	table: "commitment", word: "承诺书", excuse: model.Excused,
	named: commitmentNamed, selected: `c.*, ` + commitmentNamed + ` AS name, ` + signerColumns,
	orders:  paperOrders(nil),
	columns: commitmentColumns,
	paper:   func(m *model.Commitment) *model.Paper { return &m.Paper },
	of:      func(r *CommitmentRow) *model.Commitment { return &r.Commitment },
	name:    func(r *CommitmentRow) string { return r.Name },
	kind:    func(m model.Commitment) (prefix, label string) { return m.Kind.Prefix(), m.Kind.Label() },
	reopen:  (*model.Commitment).Reopen,
}

const commitmentNamed = `COALESCE(s.name, d.name, c.party_name)`

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
func (r CommitmentRow) Note() string { return paperNote(r.Paper) }

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

func (f CommitmentFilter) common() paperFilter {
	return paperFilter{f.CampaignID, string(f.Kind), f.DepartmentID, f.State, f.Missing, f.Find, f.FormNos}
}

// Commitments lists letters.
func (s *Store) Commitments(ctx context.Context, f CommitmentFilter, p Page) (Rows[CommitmentRow], error) {
	q := letters.narrow(letters.query(s.read(ctx)), f.common())
	return fetch[CommitmentRow](q, letters.selected, letters.orders.clause(p, "department"), p)
}

// CommitmentByNumber finds a letter by its number as typed or scanned.
func (s *Store) CommitmentByNumber(ctx context.Context, typed string) (CommitmentRow, error) {
	return letters.byNumber(s.read(ctx), typed)
}

// MakeCommitments makes a letter for everyone in the campaign who has none in
// force: all employed staff for the personal kind, all open departments for the
// department kind. It returns how many it made.
func (s *Store) MakeCommitments(ctx context.Context, campaignID int64, kind model.CommitmentKind) (int, error) {
	return letters.make(ctx, s, campaignID, string(kind), nil, func(signer int64) model.Commitment {
		if kind == model.PersonalCommitment {
			return model.Commitment{Kind: kind, StaffID: signer}
		}
		return model.Commitment{Kind: kind, DepartmentID: signer}
	})
}

// WithoutCommitment counts the signers who still have no letter: newcomers,
// and those whose letter was voided.
func (s *Store) WithoutCommitment(ctx context.Context, campaignID int64, kind model.CommitmentKind) (int, error) {
	ids, err := letters.awaiting(s.read(ctx), campaignID, string(kind), s.Today())
	return len(ids), faultOf(err)
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
		no, err = letters.add(c, campaign, []model.Commitment{m})
		return err
	})
	return no, err
}

// RenewCommitment makes a new letter for the signer of a voided one and
// returns its number. It refuses when another letter is in force, and for
// staff who left and departments that closed.
func (s *Store) RenewCommitment(ctx context.Context, id int64) (string, error) {
	return letters.renew(ctx, s, id, func(m model.Commitment) string { return string(m.Kind) }, func(old model.Commitment) model.Commitment {
		old.Paper = model.Paper{}
		return old
	})
}

// MarkPrinted records that letters were put on paper today.
func (s *Store) MarkPrinted(ctx context.Context, ids []int64) error {
	return letters.print(ctx, s, ids)
}

// ReturnResult says what became of one letter's number.
type ReturnResult = Scanned[CommitmentRow]

// ReturnCommitments records that signed letters of a campaign came back on a
// day. Numbers that cannot be taken are reported and change nothing; the rest
// is recorded in one transaction.
func (s *Store) ReturnCommitments(ctx context.Context, campaignID int64, formNos []string, on day.Date) ([]ReturnResult, error) {
	return letters.scan(ctx, s, campaignID, formNos, on, takeLetter(on))
}

// ReturnDepartment records that all awaited letters of a department came back
// but the excepted ones, given by their numbers. It returns how many it
// recorded.
func (s *Store) ReturnDepartment(ctx context.Context, f CommitmentFilter, except []string, on day.Date) (int, error) {
	f.Missing = true
	filter := func(q *gorm.DB) *gorm.DB { return letters.narrow(q, f.common()) }
	return letters.takeAll(ctx, s, filter, except, on, takeLetter(on))
}

func takeLetter(on day.Date) func(*change, *CommitmentRow) error {
	return func(c *change, row *CommitmentRow) error {
		m, err := letters.move(c, row.Commitment, "交回", "", func(m *model.Commitment) error { return m.Return(on) })
		row.Commitment = m
		return naming(row.Name, err)
	}
}

// ReopenCommitment takes a wrong return or an excuse back; reason is kept in
// the audit line.
func (s *Store) ReopenCommitment(ctx context.Context, id int64, reason string) error {
	return s.write(ctx, model.Decide, func(c *change) error {
		m, err := letters.find(c.DB, id)
		if err != nil {
			return err
		}
		return letters.takeBack(c, m, reason)
	})
}

// ExcuseCommitment frees the signer for a reason until a day.
func (s *Store) ExcuseCommitment(ctx context.Context, id int64, reason string, until day.Date) error {
	return letters.free(ctx, s, id, reason, until)
}

// VoidCommitment takes a wrong letter out of use.
func (s *Store) VoidCommitment(ctx context.Context, id int64, reason string) error {
	return letters.step(ctx, s, id, "作废", func(m *model.Commitment) error { return m.Void(reason, s.Today()) })
}

// Unsigned lists who has not signed, in the order in which letters are handed
// out: the letters whose signature is awaited, and the staff or departments
// that have no letter yet, whose rows have neither form number nor state. Its
// length is the Missing of [Store.CommitmentRates]. Only the filter's campaign,
// kind and department count.
func (s *Store) Unsigned(ctx context.Context, f CommitmentFilter) ([]CommitmentRow, error) {
	if from, _ := letters.signers(string(f.Kind)); from == "" {
		f = CommitmentFilter{CampaignID: f.CampaignID, Kind: f.Kind, Missing: true}
		rows, err := s.Commitments(ctx, f, Page{Sort: "form_no"})
		return rows.Items, err
	}
	return letters.unsigned(ctx, s, f.common(), "")
}
