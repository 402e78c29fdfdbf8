package campaign

import (
	"context"
	"fmt"
	"strings"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

const (
	mostSuggested = 12
	namePrompt    = "输入姓名、拼音首字母或工号"
)

// suggest is how a [kit.Picker] looks records up.
type suggest = func(ctx context.Context, text string) ([]kit.Suggestion, error)

// suggestPeople offers employed people for a few typed letters, those of a
// department only when one is given; department is asked on each look-up.
func suggestPeople(s *store.Store, department func() int64) suggest {
	return func(ctx context.Context, text string) ([]kit.Suggestion, error) {
		found, err := s.Staff(ctx, store.StaffFilter{Find: strings.TrimSpace(text), DepartmentID: department()}, store.Page{Sort: "name", Limit: mostSuggested})
		out := make([]kit.Suggestion, len(found.Items))
		for i, m := range found.Items {
			out[i] = suggestedPerson(m)
		}
		return out, err
	}
}

// anyDepartment lets [suggestPeople] offer people of all departments.
func anyDepartment() int64 { return 0 }

func suggestedPerson(m store.StaffRow) kit.Suggestion {
	return kit.Suggestion{ID: m.ID, Text: m.Name, Hint: m.Department + " " + m.EmployeeNo}
}

// suggestOpenDepartments offers open departments for a few typed letters.
func suggestOpenDepartments(s *store.Store) suggest {
	return func(ctx context.Context, text string) ([]kit.Suggestion, error) {
		found, err := s.Departments(ctx, store.DepartmentFilter{Find: strings.TrimSpace(text)}, store.Page{Limit: mostSuggested})
		out := make([]kit.Suggestion, len(found.Items))
		for i, d := range found.Items {
			out[i] = kit.Suggestion{ID: d.ID, Text: d.Name, Hint: fmt.Sprintf("%d 人", d.Staff)}
		}
		return out, err
	}
}

// suggestWords offers words that contain what was typed, and what was typed
// itself: the field takes any text.
func suggestWords(words []string) suggest {
	return func(_ context.Context, text string) ([]kit.Suggestion, error) {
		text = strings.TrimSpace(text)
		var out []kit.Suggestion
		known := text == ""
		for _, w := range words {
			if strings.Contains(w, text) {
				out = append(out, kit.Suggestion{Text: w})
			}
			known = known || w == text
		}
		if !known {
			out = append(out, kit.Suggestion{Text: text, Hint: "按输入的填写"})
		}
		return out, nil
	}
}

// categoryWords are the categories that a finding of a campaign usually has:
// the items of its self-check, as findings of self-checks are filed under
// them, or those of the checklist in force.
func categoryWords(ctx context.Context, s *store.Store, campaignID int64) ([]string, error) {
	var out []string
	if campaignID != 0 {
		plan, err := s.Plan(ctx, campaignID)
		if err != nil {
			return nil, err
		}
		for _, i := range plan.Items {
			out = append(out, i.Text)
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	list, err := s.Assets().ChecklistOn(string(s.Today()))
	return list.Items, err
}

// findingBackground is what the form for a finding has to know before it opens.
type findingBackground struct {
	department, person kit.Suggestion // chosen already
	categories         []string
	campaign           model.Campaign // of the finding, ID 0 for none
}

func readBackground(ctx context.Context, s *store.Store, f model.Finding) (findingBackground, error) {
	var b findingBackground
	var err error
	if b.categories, err = categoryWords(ctx, s, f.CampaignID); err != nil {
		return b, err
	}
	if f.DepartmentID != 0 {
		d, err := s.Department(ctx, f.DepartmentID)
		if err != nil {
			return b, err
		}
		b.department = kit.Suggestion{ID: d.ID, Text: d.Name}
	}
	if f.StaffID != 0 {
		m, err := s.StaffMember(ctx, f.StaffID)
		if err != nil {
			return b, err
		}
		b.person = suggestedPerson(m)
	}
	if f.CampaignID != 0 {
		b.campaign, err = s.Campaign(ctx, f.CampaignID)
	}
	return b, err
}
