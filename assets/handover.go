package assets

import (
	"fmt"
	"maps"
	"slices"
)

// HandoverWords are words of older ledgers of red envelopes and what each is
// taken for.
type HandoverWords struct {
	Manner      map[string]string `toml:"manner"`
	Giver       map[string]string `toml:"giver"`
	Category    map[string]string `toml:"category"`
	Disposition map[string]string `toml:"disposition"` // "" for not yet disposed of
}

// HandoverWords reads handover/words.toml and checks that each word is taken
// for one that the program knows, as the four lists have them.
func (l *Library) HandoverWords(manners, givers, categories, dispositions []string) (HandoverWords, error) {
	const name = "handover/words.toml"
	var w HandoverWords
	if err := l.TOML(name, &w); err != nil {
		return w, err
	}
	for _, table := range []struct {
		name  string
		words map[string]string
		known []string
	}{
		{"manner", w.Manner, manners}, {"giver", w.Giver, givers}, {"category", w.Category, categories},
		{"disposition", w.Disposition, append([]string{""}, dispositions...)},
	} {
		for _, word := range slices.Sorted(maps.Keys(table.words)) {
			if to := table.words[word]; word == "" || !slices.Contains(table.known, to) {
				return w, fmt.Errorf("%s 的 %s 中“%s”对应的“%s”有误，不是本程序的用词", name, table.name, word, to)
			}
		}
	}
	return w, nil
}

// HandoverWatch are the limits of what the office is reminded of among red
// envelopes.
type HandoverWatch struct {
	StaleDays  int `toml:"stale_days"`  // not disposed of in full after so many days
	AgainDays  int `toml:"again_days"`  // the same giver gave before within so many days
	MeritCount int `toml:"merit_count"` // the how manieth of one person in a year is a merit
}

// HandoverWatch reads and checks handover/watch.toml.
func (l *Library) HandoverWatch() (HandoverWatch, error) {
	const name = "handover/watch.toml"
	var w HandoverWatch
	if err := l.TOML(name, &w); err != nil {
		return w, err
	}
	for _, n := range []struct {
		key      string
		n, least int
	}{{"stale_days", w.StaleDays, 1}, {"again_days", w.AgainDays, 1}, {"merit_count", w.MeritCount, 2}} {
		if n.n < n.least || n.n > 3650 {
			return w, fmt.Errorf("%s 的 %s 应为 %d 到 3650", name, n.key, n.least)
		}
	}
	return w, nil
}
