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

// NewNamePicker makes a picker of names, any of which will do: of what is chosen
// the name alone stays, without its hint.
func NewNamePicker(suggest Suggest) *kit.Picker {
	p := kit.NewPicker(suggest)
	p.OnChanged = func(chosen kit.Suggestion) { p.SetChosen(kit.Suggestion{Text: chosen.Text}) }
	return p
}

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

// SuggestWords offers words that contain what was typed, and what was typed
// itself: the field takes any text.
func SuggestWords(words []string) Suggest {
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

// SuggestNames offers the names that find lists for a few typed letters, and
// what was typed itself.
func SuggestNames(find func(ctx context.Context, text string) ([]string, error)) Suggest {
	return func(ctx context.Context, text string) ([]kit.Suggestion, error) {
		words, err := find(ctx, strings.TrimSpace(text))
		if err != nil {
			return nil, err
		}
		return SuggestWords(words)(ctx, text)
	}
}
