package handover

import (
	"context"
	"slices"
	"strings"

	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// mostColleagues is how many of the staff are offered at once.
const mostColleagues = 12

// suggestColleagues offers names for those who receive, witness and keep: who
// keeps something now, then the staff. Any other name can be typed.
func suggestColleagues(s *store.Store) office.Suggest {
	return func(ctx context.Context, text string) ([]kit.Suggestion, error) {
		text = strings.TrimSpace(text)
		keepers, err := s.Keepers(ctx)
		if err != nil {
			return nil, err
		}
		people, err := s.Staff(ctx, store.StaffFilter{Find: text}, store.Page{Sort: "name", Limit: mostColleagues})
		if err != nil {
			return nil, err
		}
		var out []kit.Suggestion
		offered := func(name string) bool {
			return slices.ContainsFunc(out, func(o kit.Suggestion) bool { return o.Text == name })
		}
		for _, k := range keepers {
			if strings.Contains(k.Keeper, text) {
				out = append(out, kit.Suggestion{Text: k.Keeper})
			}
		}
		for _, m := range people.Items {
			if !offered(m.Name) {
				out = append(out, kit.Suggestion{Text: m.Name, Hint: m.Department})
			}
		}
		if offered(text) {
			return out, nil
		}
		asTyped, err := office.SuggestWords(nil)(ctx, text)
		return append(out, asTyped...), err
	}
}
