package form

import (
	"fmt"
	"strconv"
	"strings"
)

// departmentText is the text of the department's form, as
// assets/forms/selfcheck/department.toml holds and explains it.
type departmentText struct {
	Title        string    `toml:"title"`
	Fields       [][]field `toml:"fields"`
	Unchecked    string    `toml:"unchecked"`
	None         string    `toml:"none"`
	Items        string    `toml:"items"`
	Rest         string    `toml:"rest"`
	Total        string    `toml:"total"`
	Problems     string    `toml:"problems"`
	Gaps         string    `toml:"gaps"`
	Sign         string    `toml:"sign"`
	Date         string    `toml:"date"`
	Signatures   []string  `toml:"signatures"`
	Leader       string    `toml:"leader"`
	LeaderSigned string    `toml:"leader_signed"`
	Notes        []string  `toml:"notes"`
	Columns      struct {
		No     string `toml:"no"`
		Item   string `toml:"item"`
		People string `toml:"people"`
		Amount string `toml:"amount"`
		Handed string `toml:"handed"`
	} `toml:"columns"`
	note string // the notes filled in
}

// departmentValues are the values that a field of the department's form may
// name. 未查 includes the excused, so that it and 实查 add up to 应查.
var departmentValues = map[string]func(DepartmentSelfCheck) string{
	"department": func(c DepartmentSelfCheck) string { return c.Department },
	"expected":   func(c DepartmentSelfCheck) string { return strconv.Itoa(c.Rate.Expected) },
	"returned":   func(c DepartmentSelfCheck) string { return strconv.Itoa(c.Rate.Returned) },
	"unchecked":  func(c DepartmentSelfCheck) string { return strconv.Itoa(unchecked(c.Rate)) },
	"excused":    func(c DepartmentSelfCheck) string { return strconv.Itoa(c.Rate.Excused) },
	"rate":       func(c DepartmentSelfCheck) string { return c.Rate.String() },
}

const departmentFile = "forms/selfcheck/department.toml"

func loadDepartmentText(in Batch[DepartmentSelfCheck]) (departmentText, error) {
	var t departmentText
	if err := in.Library.TOML(departmentFile, &t); err != nil {
		return t, err
	}
	known := append(hospitalValues(in.Hospital), placeholder{"date", in.Date.Chinese()})
	if err := t.check(known); err != nil {
		return t, fmt.Errorf("%s：%w", departmentFile, err)
	}
	t.note = known.join(t.Notes)
	return t, nil
}

func (t departmentText) check(known placeholders) error {
	err := required(text{"title", t.Title}, text{"unchecked", t.Unchecked}, text{"none", t.None}, text{"items", t.Items},
		text{"total", t.Total}, text{"problems", t.Problems}, text{"gaps", t.Gaps}, text{"sign", t.Sign}, text{"leader", t.Leader},
		text{"columns.no", t.Columns.No}, text{"columns.item", t.Columns.Item}, text{"columns.people", t.Columns.People},
		text{"columns.amount", t.Columns.Amount}, text{"columns.handed", t.Columns.Handed})
	switch {
	case err != nil:
		return err
	case len(t.Fields) == 0:
		return fmt.Errorf("缺少 fields")
	case len(t.Signatures) < 1 || len(t.Signatures) > 3:
		return fmt.Errorf("signatures 应有一至三项")
	case strings.Count(t.Rest, "%d") != 1 || strings.Count(t.Rest, "%") != 1:
		return fmt.Errorf("rest 中应有一处 %%d，表示项数")
	}
	if err := checkFields(t.Fields, departmentValues); err != nil {
		return err
	}
	if err := toSign(text{"date", t.Date}, text{"leader_signed", t.LeaderSigned}); err != nil {
		return err
	}
	return known.check(t.Notes)
}
