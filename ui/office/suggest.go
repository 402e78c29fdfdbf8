package office

import (
	"context"
	"fmt"
	"strings"

	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

const mostSuggested = 12

// PersonPrompt stands in an empty field that [SuggestPeople] serves.
const PersonPrompt = "输入姓名、拼音首字母或工号"

// Suggest is how a [kit.Picker] looks records up.
type Suggest = func(ctx context.Context, text string) ([]kit.Suggestion, error)

// SuggestPeople offers employed people for a few typed letters. department,
// asked on each look-up, narrows them to one department; it may be nil.
func SuggestPeople(s *store.Store, department func() int64) Suggest {
	return func(ctx context.Context, text string) ([]kit.Suggestion, error) {
		f := store.StaffFilter{Find: strings.TrimSpace(text)}
		if department != nil {
			f.DepartmentID = department()
		}
		found, err := s.Staff(ctx, f, store.Page{Sort: "name", Limit: mostSuggested})
		out := make([]kit.Suggestion, len(found.Items))
		for i, m := range found.Items {
			out[i] = suggestedPerson(m)
		}
		return out, err
	}
}

func suggestedPerson(m store.StaffRow) kit.Suggestion {
	return kit.Suggestion{ID: m.ID, Text: m.Name, Hint: m.Department + " " + m.EmployeeNo}
}

// ChosenPerson is the suggestion for a person chosen before, id 0 for nobody.
func ChosenPerson(ctx context.Context, s *store.Store, id int64) (kit.Suggestion, error) {
	if id == 0 {
		return kit.Suggestion{}, nil
	}
	m, err := s.StaffMember(ctx, id)
	return suggestedPerson(m), err
}

// SuggestOpenDepartments offers open departments for a few typed letters.
func SuggestOpenDepartments(s *store.Store) Suggest {
	return func(ctx context.Context, text string) ([]kit.Suggestion, error) {
		found, err := s.Departments(ctx, store.DepartmentFilter{Find: strings.TrimSpace(text)}, store.Page{Limit: mostSuggested})
		out := make([]kit.Suggestion, len(found.Items))
		for i, d := range found.Items {
			out[i] = kit.Suggestion{ID: d.ID, Text: d.Name, Hint: fmt.Sprintf("%d 人", d.Staff)}
		}
		return out, err
	}
}
