package store

import (
	"context"
	"slices"

	"qingfeng/model"
)

// StaffWords are the words that staff records use, the most frequent first:
// what a form offers while one types. Reasons for key posts also come from
// the list in assets.
type StaffWords struct {
	Posts, Titles, Positions, Politicals, KeyPostReasons []string
}

// maxWords bounds one list of [StaffWords] to what a menu can show.
const maxWords = 20

// StaffWords returns the words in use.
func (s *Store) StaffWords(ctx context.Context) (StaffWords, error) {
	var w StaffWords
	for _, list := range []struct {
		column string
		to     *[]string
	}{{"post", &w.Posts}, {"title", &w.Titles}, {"position", &w.Positions}, {"political", &w.Politicals}, {"key_post_reason", &w.KeyPostReasons}} {
		err := s.read(ctx).Table("staff").Where(list.column+" <> ''").Group(list.column).
			Order("COUNT(*) DESC, "+list.column).Limit(maxWords).Pluck(list.column, list.to).Error
		if err != nil {
			return w, faultOf(err)
		}
	}
	usual, err := s.assets.RosterWords()
	if err != nil {
		return w, model.Errorf(model.Invalid, "%v", err)
	}
	for _, reason := range usual.KeyPostReasons {
		if !slices.Contains(w.KeyPostReasons, reason) {
			w.KeyPostReasons = append(w.KeyPostReasons, reason)
		}
	}
	return w, nil
}
