package store

import (
	"context"

	"qingfeng/model"
	"qingfeng/model/day"
)

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
}

// Note is what the list says beside the state.
func (r SelfCheckRow) Note() string { return "" }

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

// SelfCheckResult says what became of one form number that was scanned or typed.
type SelfCheckResult struct {
	FormNo  string
	Row     SelfCheckRow // set when the form was found
	Problem string       // "" when the return was recorded
}

// SelfCheckEntry is what a form that came back says.
type SelfCheckEntry struct {
	On       day.Date
	Late     bool            // taken although the phase of self-checks is over
	Problems []model.Problem // the items answered 有
	Gaps     string
	Opinions model.Opinions
}

var errTodo = model.Errorf(model.Invalid, "尚未实现")

func (s *Store) MakeSelfChecks(ctx context.Context, campaignID int64, kind model.SelfCheckKind) (int, error) {
	return 0, errTodo
}
func (s *Store) WithoutSelfCheck(ctx context.Context, campaignID int64, kind model.SelfCheckKind) (int, error) {
	return 0, errTodo
}
func (s *Store) SelfChecks(ctx context.Context, f SelfCheckFilter, p Page) (Rows[SelfCheckRow], error) {
	return Rows[SelfCheckRow]{}, errTodo
}
func (s *Store) SelfCheck(ctx context.Context, id int64) (SelfCheckRow, error) {
	return SelfCheckRow{}, errTodo
}
func (s *Store) SelfCheckByNumber(ctx context.Context, typed string) (SelfCheckRow, error) {
	return SelfCheckRow{}, errTodo
}
func (s *Store) Problems(ctx context.Context, selfCheckID int64) ([]model.Problem, error) {
	return nil, errTodo
}
func (s *Store) MarkSelfChecksPrinted(ctx context.Context, ids []int64) error { return errTodo }
func (s *Store) ReturnSelfChecks(ctx context.Context, campaignID int64, formNos []string, on day.Date, late bool) ([]SelfCheckResult, error) {
	return nil, errTodo
}
func (s *Store) RecordSelfCheck(ctx context.Context, id int64, e SelfCheckEntry) (findings []string, err error) {
	return nil, errTodo
}
func (s *Store) ReturnSelfCheckDepartment(ctx context.Context, f SelfCheckFilter, except []string, on day.Date, late bool) (int, error) {
	return 0, errTodo
}
func (s *Store) SaveOpinions(ctx context.Context, id int64, o model.Opinions) error { return errTodo }
func (s *Store) SendBackSelfCheck(ctx context.Context, id int64, reason string) error {
	return errTodo
}
func (s *Store) ExcuseSelfCheck(ctx context.Context, id int64, reason string, until day.Date) error {
	return errTodo
}
func (s *Store) VoidSelfCheck(ctx context.Context, id int64, reason string) error   { return errTodo }
func (s *Store) ReopenSelfCheck(ctx context.Context, id int64, reason string) error { return errTodo }
func (s *Store) RenewSelfCheck(ctx context.Context, id int64) (string, error)       { return "", errTodo }
func (s *Store) SelfCheckRates(ctx context.Context, campaignID int64, kind model.SelfCheckKind) (model.SelfCheckRate, []model.DepartmentSelfCheckRate, error) {
	return model.SelfCheckRate{}, nil, errTodo
}
func (s *Store) SelfCheckSummary(ctx context.Context, campaignID int64) (model.SelfCheckSummary, error) {
	return model.SelfCheckSummary{}, errTodo
}
func (s *Store) Unchecked(ctx context.Context, f SelfCheckFilter) ([]SelfCheckRow, error) {
	return nil, errTodo
}
