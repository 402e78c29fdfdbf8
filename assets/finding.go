package assets

import (
	"fmt"
	"slices"
)

// FindingWords are words of older registers of findings that stand for
// something.
type FindingWords struct {
	// States says in which state a finding is taken, by the word of the register.
	States map[string]string `toml:"states"`
}

// takenStates are the states in which a finding can be taken over; the others
// need a step whose day and names a register does not tell.
var takenStates = []string{"待整改", "整改中", "已销号"}

// FindingWords reads and checks finding/words.toml.
func (l *Library) FindingWords() (FindingWords, error) {
	const name = "finding/words.toml"
	var w FindingWords
	if err := l.TOML(name, &w); err != nil {
		return w, err
	}
	for word, state := range w.States {
		if word == "" || !slices.Contains(takenStates, state) {
			return w, fmt.Errorf("%s 中“%s”对应的“%s”有误，应为 待整改、整改中 或 已销号", name, word, state)
		}
	}
	return w, nil
}
