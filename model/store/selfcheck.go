package store

import (
	"context"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

var selfChecks = paperTable[model.SelfCheck, SelfCheckRow]{
	table: "selfcheck", word: "自查表", excuse: model.Exempt,
	named: selfCheckNamed, selected: `c.*, ` + selfCheckNamed + ` AS name, COALESCE(s.left_on, '') AS left_on, d.id AS signer_department_id, ` +
		priority + ` AS priority, ` + signerColumns,
	orders:  paperOrders(orders{"problems": {"c.problems", "c.id"}, "late": {"c.late", "c.id"}}),
	columns: selfCheckColumns,
	paper:   func(m *model.SelfCheck) *model.Paper { return &m.Paper },
	of:      func(r *SelfCheckRow) *model.SelfCheck { return &r.SelfCheck },
	name:    func(r *SelfCheckRow) string { return r.Name },
	kind:    func(m model.SelfCheck) (prefix, label string) { return m.Kind.Prefix(), m.Kind.Label() },
	reopen:  (*model.SelfCheck).Reopen,
}

const selfCheckNamed = `COALESCE(s.name, d.name)`

// priority tells leaders and key posts (领导和重点岗位) from others: who has an
// office, a key post, or leads a department.
const priority = `COALESCE(s.position <> '' OR s.key_post_reason <> ''
	OR s.id IN (SELECT head_id FROM department UNION SELECT nurse_head_id FROM department), 0)`

func selfCheckColumns(m model.SelfCheck) columns {
	return columns{
		"campaign_id": m.CampaignID, "kind": string(m.Kind), "form_no": m.FormNo, "staff_id": null(m.StaffID),
		"department_id": null(m.DepartmentID), "state": string(m.State), "printed_on": string(m.PrintedOn),
		"print_count": m.PrintCount, "returned_on": string(m.ReturnedOn), "late": flag(m.Late), "problems": m.Problems,
		"gaps": m.Gaps, "department_opinion": m.DepartmentOpinion, "department_opinion_on": string(m.DepartmentOpinionOn),
		"office_opinion": m.OfficeOpinion, "office_opinion_on": string(m.OfficeOpinionOn),
		"sent_back_reason": m.SentBackReason, "sent_back_on": string(m.SentBackOn), "excuse_reason": m.ExcuseReason,
		"excused_until": string(m.ExcusedUntil), "void_reason": m.VoidReason, "voided_on": string(m.VoidedOn),
	}
}

// SelfCheckRow is a self-check form as lists show it. For a department's form
// Name is the department.
type SelfCheckRow struct {
	model.SelfCheck
	Name       string
	EmployeeNo string
	Department string
	Post       string
	Title      string
	Position   string
	Priority   bool     // a leader or a key post (领导和重点岗位)
	LeftOn     day.Date // when the signer left

	SignerDepartmentID int64 // the department that Department names
}

// Note is what the list says beside the state.
func (r SelfCheckRow) Note() string {
	if r.State == model.SentBack {
		return r.SentBackReason
	}
	return paperNote(r.Paper)
}

// SelfCheckFilter narrows the list of forms of one campaign and kind.
type SelfCheckFilter struct {
	CampaignID   int64
	Kind         model.SelfCheckKind
	DepartmentID int64
	State        model.PaperState // "" for all but voided ones
	Missing      bool             // only forms that are awaited
	Priority     bool             // only leaders and key posts
	WithProblems bool             // only returned forms that answered 有 somewhere
	Late         bool             // only those returned after the phase
	Find         string           // name, pinyin initials, 工号 or part of the form number
	FormNos      []string         // only these
}

func (f SelfCheckFilter) common() paperFilter {
	return paperFilter{f.CampaignID, string(f.Kind), f.DepartmentID, f.State, f.Missing, f.Find, f.FormNos}
}

func (f SelfCheckFilter) apply(q *gorm.DB) *gorm.DB {
	q = selfChecks.narrow(q, f.common())
	if f.Priority {
		q = q.Where(priority)
	}
	if f.WithProblems {
		q = q.Where("c.problems > 0 AND c.state = ?", model.Returned)
	}
	if f.Late {
		q = q.Where("c.late = 1")
	}
	return q
}

// SelfChecks lists forms.
func (s *Store) SelfChecks(ctx context.Context, f SelfCheckFilter, p Page) (Rows[SelfCheckRow], error) {
	q := f.apply(selfChecks.query(s.read(ctx)))
	return fetch[SelfCheckRow](q, selfChecks.selected, selfChecks.orders.clause(p, "department"), p)
}

// SelfCheck returns one form.
func (s *Store) SelfCheck(ctx context.Context, id int64) (SelfCheckRow, error) {
	return selfCheckRow(s.read(ctx), id)
}

func selfCheckRow(db *gorm.DB, id int64) (SelfCheckRow, error) {
	var row SelfCheckRow
	err := first(selfChecks.query(db).Select(selfChecks.selected).Where("c.id = ?", id), &row, "份自查表")
	return row, err
}

// SelfCheckByNumber finds a form by its number as typed or scanned.
func (s *Store) SelfCheckByNumber(ctx context.Context, typed string) (SelfCheckRow, error) {
	return selfChecks.byNumber(s.read(ctx), typed)
}

// MakeSelfChecks makes a form for everyone in the campaign who has none in
// force, as [Store.MakeCommitments] does. A campaign without items gets those of
// the checklist that was in force when it began.
func (s *Store) MakeSelfChecks(ctx context.Context, campaignID int64, kind model.SelfCheckKind) (int, error) {
	return selfChecks.make(ctx, s, campaignID, string(kind), (*change).needItems, func(signer int64) model.SelfCheck {
		if kind == model.PersonalSelfCheck {
			return model.SelfCheck{Kind: kind, StaffID: signer}
		}
		return model.SelfCheck{Kind: kind, DepartmentID: signer}
	})
}

func (c *change) needItems(campaign model.Campaign) error {
	var n int64
	if err := c.Table("check_item").Where("campaign_id = ?", campaign.ID).Count(&n).Error; err != nil || n > 0 {
		return err
	}
	items, err := c.s.checklistItems(campaign.StartsOn)
	if err != nil {
		return err
	}
	return c.addLines(campaign, partsOf(items))
}

// WithoutSelfCheck counts who still has no form: newcomers, and those whose
// form was voided.
func (s *Store) WithoutSelfCheck(ctx context.Context, campaignID int64, kind model.SelfCheckKind) (int, error) {
	ids, err := selfChecks.awaiting(s.read(ctx), campaignID, string(kind), s.Today())
	return len(ids), faultOf(err)
}

// RenewSelfCheck makes a new form in the place of a voided one and returns its
// number, as [Store.RenewCommitment] does.
func (s *Store) RenewSelfCheck(ctx context.Context, id int64) (string, error) {
	return selfChecks.renew(ctx, s, id, func(m model.SelfCheck) string { return string(m.Kind) }, func(old model.SelfCheck) model.SelfCheck {
		return model.SelfCheck{Kind: old.Kind, StaffID: old.StaffID, DepartmentID: old.DepartmentID}
	})
}

// MarkSelfChecksPrinted records that forms were put on paper today.
func (s *Store) MarkSelfChecksPrinted(ctx context.Context, ids []int64) error {
	return selfChecks.print(ctx, s, ids)
}

// Unchecked lists who has not handed in, as [Store.Unsigned] does: the forms
// that are awaited, and the signers that have none yet. Its length is the
// Missing of [Store.SelfCheckRates]. Only the filter's campaign, kind,
// department and Priority count.
func (s *Store) Unchecked(ctx context.Context, f SelfCheckFilter) ([]SelfCheckRow, error) {
	condition := ""
	if f.Priority {
		condition = priority
	}
	return selfChecks.unsigned(ctx, s, f.common(), condition)
}
