package form

import (
	"fmt"
	"regexp"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
)

// letterText is the text of one kind of commitment letter, as the files of
// assets/forms/commitment hold it; personal.toml tells what each item means.
type letterText struct {
	Title      string       `toml:"title"`
	Fields     [][]field    `toml:"fields"`
	Opening    []string     `toml:"opening"`
	Checklist  bool         `toml:"checklist"`
	Clauses    []string     `toml:"clauses"`
	Closing    []string     `toml:"closing"`
	Signatures []signature  `toml:"signatures"`
	Footer     string       `toml:"footer"`
	values     placeholders // filled in when printing
}

// signature is a line to sign; Right is "date" or the label of a second blank.
type signature struct {
	Label string `toml:"label"`
	Right string `toml:"right"`
}

// fieldValues are the values that a field may name.
var fieldValues = map[string]func(Letter) string{
	"name":         func(l Letter) string { return l.Name },
	"employee_no":  func(l Letter) string { return l.EmployeeNo },
	"department":   func(l Letter) string { return l.Department },
	"post":         func(l Letter) string { return l.Post },
	"title":        func(l Letter) string { return l.Title },
	"party_name":   func(l Letter) string { return l.PartyName },
	"party_code":   func(l Letter) string { return l.PartyCode },
	"party_person": func(l Letter) string { return l.PartyPerson },
}

type placeholder struct{ name, value string }

type placeholders []placeholder

// hospitalValues are what every text may contain in braces.
func hospitalValues(h model.Hospital) placeholders {
	office := h.Office
	if office == "" {
		office = "监督部门"
	}
	return placeholders{
		{"hospital", h.Name}, {"office", office}, {"phone", h.ReportPhone},
		{"limit", strings.ReplaceAll(h.HandoverRule().Text(), " ", "")},
	}
}

// checklistValues are what letters may contain besides.
func checklistValues(list assets.Checklist) placeholders {
	return placeholders{{"checklist", list.Name}, {"checklist_no", list.DocumentNo}}
}

// loadText reads and checks the text of a kind of letter.
func loadText(lib *assets.Library, kind model.CommitmentKind) (letterText, error) {
	name := "forms/commitment/" + string(kind) + ".toml"
	var t letterText
	if err := lib.TOML(name, &t); err != nil {
		return t, err
	}
	if err := t.check(); err != nil {
		return t, fmt.Errorf("%s：%w", name, err)
	}
	return t, nil
}

var braces = regexp.MustCompile(`\{([^}]*)\}`)

func (t letterText) check() error {
	switch {
	case t.Title == "":
		return fmt.Errorf("缺少 title")
	case len(t.Fields) == 0:
		return fmt.Errorf("缺少 fields")
	case len(t.Opening) == 0:
		return fmt.Errorf("缺少 opening")
	case len(t.Signatures) == 0:
		return fmt.Errorf("缺少 signatures")
	case t.Checklist == (len(t.Clauses) > 0):
		return fmt.Errorf("checklist 和 clauses 应当有且只有一项")
	}
	if err := checkFields(t.Fields, fieldValues); err != nil {
		return err
	}
	for _, s := range t.Signatures {
		if s.Label == "" || s.Right == "" {
			return fmt.Errorf("signatures 的每一项都要有 label 和 right")
		}
	}
	known := append(hospitalValues(model.Hospital{}), checklistValues(assets.Checklist{})...)
	return known.check(t.sentences())
}

// sentences is every text in which placeholders are filled in.
func (t letterText) sentences() []string {
	all := append([]string{t.Footer}, t.Opening...)
	all = append(all, t.Clauses...)
	return append(all, t.Closing...)
}

// numerals number the clauses; more than twenty fit no page.
var numerals = strings.Fields("一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十")

// fill sets the placeholders and, for a personal letter, the clauses from the
// checklist in force on the day.
func (t *letterText) fill(lib *assets.Library, h model.Hospital, on day.Date) error {
	list := assets.Checklist{}
	if t.Checklist {
		var err error
		if list, err = lib.ChecklistOn(string(on)); err != nil {
			return err
		}
		t.Clauses = list.Items
	}
	t.values = append(hospitalValues(h), checklistValues(list)...)
	if len(t.Clauses) > len(numerals) {
		return fmt.Errorf("“%s”有 %d 条，超过 %d 条，一页印不下", t.Title, len(t.Clauses), len(numerals))
	}
	return nil
}

// join fills in sentences and joins them to a paragraph. A sentence whose
// placeholder has no value is left out.
func (p placeholders) join(sentences []string) string {
	var b strings.Builder
next:
	for _, s := range sentences {
		for _, x := range p {
			if mark := "{" + x.name + "}"; strings.Contains(s, mark) {
				if x.value == "" {
					continue next
				}
				s = strings.ReplaceAll(s, mark, x.value)
			}
		}
		b.WriteString(s)
	}
	return b.String()
}

// check refuses texts with a placeholder that is none of p.
func (p placeholders) check(texts []string) error {
	known := map[string]bool{}
	for _, x := range p {
		known["{"+x.name+"}"] = true
	}
	for _, text := range texts {
		for _, m := range braces.FindAllString(text, -1) {
			if !known[m] {
				return fmt.Errorf("没有 %s 这个占位符", m)
			}
		}
	}
	return nil
}

// clause is the numbered text of clause i.
func (t *letterText) clause(i int) string {
	end := "；"
	if i == len(t.Clauses)-1 || !t.Checklist {
		end = "。"
	}
	return numerals[i] + "、" + strings.TrimRight(t.values.join(t.Clauses[i:i+1]), "；。") + end
}
