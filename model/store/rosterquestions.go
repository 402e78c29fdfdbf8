package store

import (
	"context"
	"strings"

	"qingfeng/model"
)

// DepartmentQuestion asks the clerk what a department name of a roster means
// that is neither on file nor a remembered alias.
type DepartmentQuestion struct {
	Name   string // as the roster writes it
	People int    // in the roster
	// Similar is the department that Name may stand for, or "". It is on file,
	// or in the same roster.
	Similar string
}

// RosterQuestions lists the department names of a roster that are not known
// yet, in the roster's order. In an empty data folder all names are new, so
// that only those are asked which resemble another name of the roster.
func (s *Store) RosterQuestions(ctx context.Context, r model.RosterReading) ([]DepartmentQuestion, error) {
	onFile, err := s.Departments(ctx, DepartmentFilter{Closed: true}, Page{})
	if err != nil {
		return nil, err
	}
	aliases, err := s.Aliases(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	names := make([]string, len(onFile.Items))
	for i, d := range onFile.Items {
		names[i], known[d.Name] = d.Name, true
	}
	people := map[string]int{}
	for _, row := range r.Rows {
		people[row.Department]++
	}
	var out []DepartmentQuestion
	for i, name := range r.Departments {
		if known[name] || aliases[name] != "" {
			continue
		}
		q := DepartmentQuestion{Name: name, People: people[name], Similar: mostSimilar(name, names)}
		if q.Similar == "" {
			q.Similar = fullerName(name, i, r.Departments, people)
		}
		if q.Similar != "" || len(names) > 0 {
			out = append(out, q)
		}
	}
	return out, nil
}

// fullerName finds in the same roster the name that name, the i-th, shortens
// or lengthens. Of such a pair only the one with fewer people is asked about.
func fullerName(name string, i int, all []string, people map[string]int) string {
	for j, other := range all {
		if j == i || differOnlyInOrder(name, other) || !shortens(name, other) && !shortens(other, name) {
			continue
		}
		if people[name] < people[other] || people[name] == people[other] && len(name) < len(other) {
			return other
		}
	}
	return ""
}

// similarEnough is the share of common characters from which two names are
// worth a question: 心内科 and 心血管内科 have 0.75.
const similarEnough = 0.6

// mostSimilar is the name most like name, or "" when none is worth a question.
func mostSimilar(name string, among []string) string {
	best, found := similarEnough, ""
	for _, other := range among {
		if s := similarity(name, other); s >= best && !differOnlyInOrder(name, other) {
			best, found = s, other
			if s == 1 {
				break
			}
		}
	}
	return found
}

// unitWords end the names of departments and say nothing about likeness.
var unitWords = strings.NewReplacer("科", "", "室", "", "部", "", "（", "", "）", "", "(", "", ")", "", " ", "")

// ordinals tell departments apart that are otherwise named alike.
const ordinals = "〇零一二三四五六七八九十百0123456789０１２３４５６７８９东西南北"

// differOnlyInOrder reports whether a and b are two of several like
// departments: named alike but for their numbers, or numbered differently.
func differOnlyInOrder(a, b string) bool {
	nameA, numberA := splitOrder(a)
	nameB, numberB := splitOrder(b)
	return a != b && (nameA == nameB || numberA != "" && numberB != "" && numberA != numberB)
}

func splitOrder(s string) (name, order string) {
	for _, r := range s {
		if strings.ContainsRune(ordinals, r) {
			order += string(r)
		} else {
			name += string(r)
		}
	}
	return name, order
}

// similarity is twice the length of the longest common subsequence by the
// length of both names, from 0 to 1.
func similarity(a, b string) float64 {
	x, y := []rune(unitWords.Replace(a)), []rune(unitWords.Replace(b))
	if len(x)+len(y) == 0 {
		return 0
	}
	return 2 * float64(commonLength(x, y)) / float64(len(x)+len(y))
}

func commonLength(x, y []rune) int {
	row := make([]int, len(y)+1)
	for _, r := range x {
		diagonal := 0
		for j := range y {
			up := row[j+1]
			if r == y[j] {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(row[j], up)
			}
			diagonal = up
		}
	}
	return row[len(y)]
}

// shortens reports whether short leaves characters out of long, as 心内科
// does of 心血管内科: both begin and end alike.
func shortens(short, long string) bool {
	x, y := []rune(short), []rune(long)
	return len(x) >= 3 && len(x) < len(y) && x[0] == y[0] && x[len(x)-1] == y[len(y)-1] && commonLength(x, y) == len(x)
}
