package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/formno"
)

// The writer's steps with self-check forms and the findings that come of them.
// A form's fact is its state, printings and items answered 有; that of what it
// states under an item the particulars and the number of the finding.

func formFact(state model.PaperState, printed, problems int) string {
	return fmt.Sprintf("%s %d %d", state, printed, problems)
}

func (w *writer) form(no string) (state model.PaperState, printed, problems int) {
	fmt.Sscan(w.facts["自查表 "+no], &state, &printed, &problems)
	return state, printed, problems
}

const withdrawn = "撤去"

func statedKey(form string, item int64) string { return fmt.Sprintf("自查申报 %s %d", form, item) }

// findingFact is a finding's state and limit.
func findingFact(state model.FindingState, due day.Date) string {
	return fmt.Sprintf("%s %s", state, due)
}

func (w *writer) finding(no string) (state model.FindingState, due day.Date) {
	fmt.Sscan(w.facts["问题 "+no], &state, &due)
	return state, due
}

// number is the one that the n-th next record of a register gets.
func (w *writer) number(register, prefix string, n int) string {
	given := len(w.some(register+" ", "", len(w.facts)))
	return formno.No{Prefix: prefix, Year: 2026, Seq: given + n}.String()
}

func (w *writer) makeForms() error {
	missing, err := w.s.WithoutSelfCheck(context.Background(), theCampaign, model.PersonalSelfCheck)
	if err != nil {
		return err
	}
	facts := map[string]string{}
	for i := range missing {
		facts["自查表 "+w.number("自查表", "ZC", i+1)] = formFact(model.Unprinted, 0, 0)
	}
	return w.do("make forms", facts, func(*said) error {
		_, err := w.s.MakeSelfChecks(context.Background(), theCampaign, model.PersonalSelfCheck)
		return err
	})
}

func (w *writer) printForms() error {
	facts := map[string]string{}
	var ids []int64
	for _, no := range w.some("自查表 ", string(model.Unprinted), 1+w.r.IntN(10)) {
		row, err := w.s.SelfCheckByNumber(context.Background(), no)
		if err != nil {
			return err
		}
		ids = append(ids, row.ID)
		facts["自查表 "+no] = formFact(model.Printed, 1, 0)
	}
	if ids == nil {
		return nil
	}
	return w.do("print forms", facts, func(*said) error { return w.s.MarkSelfChecksPrinted(context.Background(), ids) })
}

// scanForms takes forms back that answer 无 everywhere.
func (w *writer) scanForms() error {
	facts := map[string]string{}
	nos := w.some("自查表 ", string(model.Printed), 1+w.r.IntN(8))
	if nos == nil {
		return nil
	}
	for _, no := range nos {
		_, printed, _ := w.form(no)
		facts["自查表 "+no] = formFact(model.Returned, printed, 0)
	}
	return w.do("scan forms", facts, func(*said) error {
		results, err := w.s.ReturnSelfChecks(context.Background(), theCampaign, nos, w.s.Today(), false)
		for _, r := range results {
			if r.Problem != "" {
				err = fmt.Errorf("%s: %s", r.FormNo, r.Problem)
			}
		}
		return err
	})
}

// statedItems are how many items of the plan the writer's forms answer 有.
const statedItems = 5

// recordForm records a form with problems, or corrects one: some of what it
// stated goes, some stays, some is new.
func (w *writer) recordForm() error {
	no, ok := w.one("自查表 ", []string{string(model.Printed), string(model.Unprinted), string(model.SentBack), string(model.Returned)}[w.r.IntN(4)])
	if !ok {
		return nil
	}
	row, err := w.s.SelfCheckByNumber(context.Background(), no)
	if err != nil {
		return err
	}
	plan, err := w.s.Plan(context.Background(), theCampaign)
	if err != nil {
		return err
	}
	facts, added := map[string]string{}, 0
	e := SelfCheckEntry{On: w.s.Today()}
	for i, item := range plan.Items[:statedItems] {
		key := statedKey(no, item.ID)
		_, its, _ := strings.Cut(w.facts[key], " ")
		state, _ := w.finding(its)
		if w.r.IntN(2) == 0 && (its == "" || state == model.ToMend) {
			w.withdraw(key, facts)
			continue
		}
		if its == "" {
			added++
			its = w.number("问题", "ZG", added)
			facts["问题 "+its] = findingFact(model.ToMend, "2026-08-31")
		}
		p := stated(item.ID, fmt.Sprintf("第%d号申报之%d", w.next(), i))
		e.Problems = append(e.Problems, p)
		facts[key] = p.Particulars + " " + its
	}
	_, printed, _ := w.form(no)
	facts["自查表 "+no] = formFact(model.Returned, printed, len(e.Problems))
	return w.do("record form", facts, func(*said) error {
		_, err := w.s.RecordSelfCheck(context.Background(), row.ID, e)
		return err
	})
}

// withdraw tells that what a form stated goes, and its finding with it.
func (w *writer) withdraw(key string, facts map[string]string) {
	_, its, there := strings.Cut(w.facts[key], " ")
	if !there {
		return
	}
	_, due := w.finding(its)
	facts[key], facts["问题 "+its] = withdrawn, findingFact(model.Withdrawn, due)
	w.dropRequests(its, facts)
}

// dropRequests tells that nobody decides any more about more time for a finding.
func (w *writer) dropRequests(no string, facts map[string]string) {
	for _, reason := range w.some("延期 "+no+" ", string(model.Asked), 1) {
		facts["延期 "+no+" "+reason] = string(model.Rejected)
	}
}

func (w *writer) sendBackForm() error {
	no, ok := w.one("自查表 ", string(model.Returned))
	if !ok {
		return nil
	}
	row, err := w.s.SelfCheckByNumber(context.Background(), no)
	if err != nil {
		return err
	}
	_, printed, problems := w.form(no)
	return w.do("send form back", map[string]string{"自查表 " + no: formFact(model.SentBack, printed, problems)}, func(*said) error {
		return w.s.SendBackSelfCheck(context.Background(), row.ID, "避重就轻")
	})
}

// voidForm takes a form out of use unless somebody mends what it states.
func (w *writer) voidForm() error {
	no, ok := w.one("自查表 ", string(model.Returned))
	if !ok {
		return nil
	}
	_, printed, _ := w.form(no)
	facts := map[string]string{"自查表 " + no: formFact(model.Voided, printed, 0)}
	for _, item := range w.some("自查申报 "+no+" ", "", statedItems) {
		key := "自查申报 " + no + " " + item
		if _, its, there := strings.Cut(w.facts[key], " "); there {
			if state, _ := w.finding(its); state != model.ToMend {
				return nil
			}
			w.withdraw(key, facts)
		}
	}
	row, err := w.s.SelfCheckByNumber(context.Background(), no)
	if err != nil {
		return err
	}
	return w.do("void form", facts, func(*said) error { return w.s.VoidSelfCheck(context.Background(), row.ID, "拿错了表") })
}

func (w *writer) addFinding() error {
	facts := map[string]string{"问题 " + w.number("问题", "ZG", 1): findingFact(model.ToMend, "2026-08-31")}
	return w.do("add finding", facts, func(*said) error {
		_, _, err := w.s.SaveFinding(context.Background(), aFinding(theCampaign, hisDepartment))
		return err
	})
}

// onFinding takes a step with a finding that is in one of some states.
func (w *writer) onFinding(what string, from []model.FindingState, then model.FindingState, step func(ctx context.Context, id int64) error) error {
	no, ok := w.one("问题 ", string(from[w.r.IntN(len(from))]))
	if !ok {
		return nil
	}
	row, err := w.s.FindingByNumber(context.Background(), no)
	if err != nil {
		return err
	}
	facts := map[string]string{}
	switch then {
	case model.Relapsed:
		facts["问题 "+no] = findingFact(then, "2026-12-31")
	case model.ClosedOut:
		w.dropRequests(no, facts)
		fallthrough
	default:
		_, due := w.finding(no)
		facts["问题 "+no] = findingFact(then, due)
	}
	return w.do(what, facts, func(*said) error { return step(context.Background(), row.ID) })
}

func (w *writer) beginFinding() error {
	return w.onFinding("begin", []model.FindingState{model.ToMend, model.Refused, model.Relapsed}, model.Mending, func(ctx context.Context, id int64) error {
		return w.s.BeginFinding(ctx, id, w.s.Today())
	})
}

func (w *writer) submitFinding() error {
	return w.onFinding("submit", []model.FindingState{model.Mending}, model.ToAccept, func(ctx context.Context, id int64) error {
		return w.s.SubmitFinding(ctx, id, w.s.Today(), "张三", "已退还")
	})
}

func (w *writer) lookBack() error {
	return w.onFinding("look back", []model.FindingState{model.ClosedOut}, model.Relapsed, func(ctx context.Context, id int64) error {
		return w.s.LookBackFinding(ctx, id, w.s.Today(), "赵某", "又发生了", true, "2026-12-31")
	})
}

// acceptOrRefuse is done by another account than the one that recorded it.
func (w *writer) acceptOrRefuse() error {
	return w.asReviewer(func() error {
		if w.r.IntN(3) == 0 {
			return w.onFinding("refuse", []model.FindingState{model.ToAccept}, model.Refused, func(ctx context.Context, id int64) error {
				return w.s.RefuseFinding(ctx, id, w.s.Today(), "没有公示")
			})
		}
		return w.onFinding("accept", []model.FindingState{model.ToAccept}, model.ClosedOut, func(ctx context.Context, id int64) error {
			return w.s.AcceptFinding(ctx, id, w.s.Today(), "属实", "")
		})
	})
}

func (w *writer) askForTime() error {
	no, ok := w.one("问题 ", []string{string(model.Mending), string(model.ToMend), string(model.ToAccept)}[w.r.IntN(3)])
	if !ok || w.some("延期 "+no+" ", string(model.Asked), 1) != nil {
		return nil
	}
	row, err := w.s.FindingByNumber(context.Background(), no)
	if err != nil {
		return err
	}
	_, due := w.finding(no)
	reason := fmt.Sprintf("第%d号理由", w.next())
	return w.do("ask for time", map[string]string{"延期 " + no + " " + reason: string(model.Asked)}, func(*said) error {
		return w.s.AskExtension(context.Background(), row.ID, day.Of(due.Time().AddDate(0, 0, 1)), reason)
	})
}

func (w *writer) decideOnTime() error {
	request, ok := w.one("延期 ", string(model.Asked))
	if !ok {
		return nil
	}
	no, _, _ := strings.Cut(request, " ")
	row, err := w.s.FindingByNumber(context.Background(), no)
	if err != nil {
		return err
	}
	all, err := w.s.Extensions(context.Background(), row.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(x model.Extension) bool { return x.State == model.Asked })
	if i < 0 {
		return fmt.Errorf("nobody asks for time for %s", no)
	}
	facts := map[string]string{"延期 " + request: string(model.Rejected)}
	grant := w.r.IntN(2) == 0
	if grant {
		state, _ := w.finding(no)
		facts["延期 "+request], facts["问题 "+no] = string(model.Granted), findingFact(state, all[i].NewDue)
	}
	return w.asReviewer(func() error {
		return w.do("decide on time", facts, func(*said) error { return w.s.DecideExtension(context.Background(), all[i].ID, grant, "") })
	})
}
