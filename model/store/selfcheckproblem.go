package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
)

func problemColumns(p model.Problem) columns {
	return columns{
		"selfcheck_id": p.SelfCheckID, "item_id": p.ItemID, "particulars": p.Particulars, "counterpart": p.Counterpart,
		"happened_on": string(p.HappenedOn), "amount_fen": p.AmountFen, "handed_fen": p.HandedFen,
		"measure": p.Measure, "due_on": string(p.DueOn), "void_reason": "", "voided_on": "",
	}
}

// Problems returns what a form states, in the order of its items. Roles that
// may not see sensitive values read that they are filled.
func (s *Store) Problems(ctx context.Context, selfCheckID int64) ([]model.Problem, error) {
	by, err := s.may(model.Read)
	if err != nil {
		return nil, err
	}
	out, err := by.problems(s.read(ctx), selfCheckID)
	return out, faultOf(err)
}

// problems are a form's problems in force.
func (by *session) problems(db *gorm.DB, selfCheckID int64) ([]model.Problem, error) {
	var out []model.Problem
	err := db.Table("problem p").Select("p.*, p.selfcheck_id AS self_check_id").Joins("JOIN check_item i ON i.id = p.item_id").
		Where("p.selfcheck_id = ? AND p.voided_on = ''", selfCheckID).Order("i.position, i.id").Find(&out).Error
	for i := range out {
		if err == nil {
			err = by.unseal("problem", map[string]*string{"particulars": &out[i].Particulars, "counterpart": &out[i].Counterpart})
		}
	}
	return out, err
}

// problemChanges are the writes that make a form state other problems than
// before. They are found before anything is written.
type problemChanges struct {
	why   string // reason for what goes
	gone  []problemChange
	kept  []problemChange
	added []problemChange
}

// problemChange is one problem, and its finding if one is in force.
type problemChange struct {
	old, new  model.Problem
	item      model.CheckItem
	was, then model.Finding
}

// planProblems compares what a form states with what is on file, old being the
// form before. It refuses what cannot be stored, and that a problem goes whose
// finding is being mended.
func (c *change) planProblems(plan model.Plan, old, m model.SelfCheck, problems []model.Problem, why string) (problemChanges, error) {
	next := problemChanges{why: why}
	before, err := c.by.problems(c.DB, m.ID)
	if err != nil {
		return next, err
	}
	onFile := map[int64]model.Problem{} // by item
	for _, p := range before {
		onFile[p.ItemID] = p
	}
	stated := map[int64]bool{}
	for _, p := range problems {
		ch := problemChange{old: onFile[p.ItemID], new: tidyProblem(p, m.ID)}
		if ch.item, err = checkProblem(plan, ch.new); err != nil {
			return next, err
		}
		if stated[p.ItemID] {
			return next, model.Errorf(model.Invalid, "“%s”填写了两次，一项只填一次", ch.item.Text)
		}
		stated[p.ItemID] = true
		if ch.new.DueOn != "" && ch.new.DueOn != ch.old.DueOn && ch.new.DueOn < m.ReturnedOn {
			return next, model.Errorf(model.Invalid, "“%s”的完成时限 %s 不能早于交回日期 %s", ch.item.Text, ch.new.DueOn, m.ReturnedOn)
		}
		if ch.old.ID == 0 {
			next.added = append(next.added, ch)
			continue
		}
		ch.new.ID = ch.old.ID
		if err := c.followProblem(&ch, old, m); err != nil {
			return next, err
		}
		next.kept = append(next.kept, ch)
	}
	for _, p := range before {
		if stated[p.ItemID] {
			continue
		}
		ch := problemChange{old: p}
		if ch.was, err = findingOf(c.DB, p.ID); err != nil {
			return next, err
		}
		if ch.was.ID != 0 && ch.was.State != model.ToMend {
			return next, model.Errorf(model.Conflict, "所申报的问题 %s 已是“%s”，不能撤去。问题确实不存在的，请先在“问题整改”中处理", ch.was.FormNo, ch.was.State)
		}
		next.gone = append(next.gone, ch)
	}
	return next, nil
}

// followProblem changes the finding of a corrected problem as long as nobody
// has begun to mend it.
func (c *change) followProblem(ch *problemChange, old, m model.SelfCheck) error {
	was, err := findingOf(c.DB, ch.old.ID)
	if err != nil {
		return err
	}
	then := was
	if was.State == model.ToMend {
		// What the office has changed in the register since stays.
		if ch.new.Measure != ch.old.Measure {
			then.Measure = ch.new.Measure
		}
		if ch.new.DueOn != ch.old.DueOn {
			then.DueOn = ch.new.DueOn
		}
		if old.State == model.Returned && old.ReturnedOn != m.ReturnedOn {
			then.FoundOn = m.ReturnedOn
		}
	}
	ch.was, ch.then = was, then
	if then == was {
		return nil
	}
	return c.mayEdit(was, then)
}

// findingOf is the finding of a problem that is in force, with ID 0 for none.
func findingOf(db *gorm.DB, problemID int64) (model.Finding, error) {
	var f model.Finding
	err := db.Table("finding").Where("problem_id = ? AND state <> ?", problemID, model.Withdrawn).Limit(1).Find(&f).Error
	return f, err
}

func tidyProblem(p model.Problem, selfCheckID int64) model.Problem {
	p.ID, p.SelfCheckID = 0, selfCheckID
	for _, text := range []*string{&p.Particulars, &p.Counterpart, &p.Measure} {
		*text = strings.TrimSpace(*text)
	}
	return p
}

// checkProblem returns the item of a problem, or says what is wrong with it.
func checkProblem(plan model.Plan, p model.Problem) (model.CheckItem, error) {
	for _, item := range plan.Items {
		if item.ID != p.ItemID {
			continue
		}
		errs, ok := p.Validate().(model.FieldErrors)
		for i := range errs {
			errs[i].Label = "“" + item.Text + "”的" + errs[i].Label
		}
		if ok {
			return item, errs
		}
		return item, nil
	}
	return model.CheckItem{}, model.Errorf(model.Invalid, "所填的项目不在“%s”的自查项目中", plan.Title)
}

// storeProblems writes the changes and returns the numbers of new findings.
func (c *change) storeProblems(row SelfCheckRow, next problemChanges) ([]string, error) {
	for _, ch := range next.gone {
		if err := c.dropProblem(row.FormNo, ch, next.why); err != nil {
			return nil, err
		}
	}
	for _, ch := range next.kept {
		if err := c.correctProblem(row.FormNo, ch); err != nil {
			return nil, err
		}
	}
	var numbers []string
	for _, ch := range next.added {
		no, err := c.addProblem(row, ch)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, no)
	}
	return numbers, nil
}

func (c *change) dropProblem(formNo string, ch problemChange, why string) error {
	after := columns{"void_reason": why, "voided_on": string(c.s.Today())}
	if err := c.update("problem", ch.old.ID, after); err != nil {
		return err
	}
	if err := c.record("撤销", "自查问题", ch.old.ID, formNo, nil, after); err != nil || ch.was.ID == 0 {
		return err
	}
	return c.stepFinding(ch.was.ID, "作废", func(c *change, f *model.Finding) error {
		if err := f.Void(c.s.Today(), why); err != nil {
			return err
		}
		return c.dropExtensions(*f)
	})
}

func (c *change) correctProblem(formNo string, ch problemChange) error {
	if ch.new != ch.old {
		after := problemColumns(ch.new)
		if err := c.update("problem", ch.new.ID, after); err != nil {
			return err
		}
		if err := c.record("修改", "自查问题", ch.new.ID, formNo, problemColumns(ch.old), after); err != nil {
			return err
		}
	}
	if ch.then == ch.was {
		return nil
	}
	return c.storeFinding("修改", ch.was, ch.then)
}

// addProblem stores a problem and its finding. The register holds no
// particulars: who mends it reads them on the form.
func (c *change) addProblem(row SelfCheckRow, ch problemChange) (string, error) {
	after := problemColumns(ch.new)
	id, err := c.insert("problem", after)
	if err != nil {
		return "", err
	}
	if err := c.record("新增", "自查问题", id, row.FormNo, nil, after); err != nil {
		return "", err
	}
	f, err := c.addFinding(model.Finding{
		CampaignID: row.CampaignID, Source: model.FromSelfCheck, Origin: row.FormNo, ProblemID: id, FoundOn: row.ReturnedOn,
		Category: ch.item.Short(), Level: model.Ordinary, DepartmentID: row.SignerDepartmentID, StaffID: row.StaffID,
		Problem: ch.item.Stated(), Measure: ch.new.Measure, DueOn: ch.new.DueOn,
	})
	return f.FormNo, err
}

// withdrawProblems takes back all that a form states.
func (c *change) withdrawProblems(m model.SelfCheck, why string) error {
	next, err := c.planProblems(model.Plan{}, m, m, nil, why)
	if err == nil {
		_, err = c.storeProblems(SelfCheckRow{SelfCheck: m}, next)
	}
	return err
}
