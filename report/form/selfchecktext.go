package form

import (
	"fmt"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
)

// selfCheckText is the text of the personal form, as
// assets/forms/selfcheck/personal.toml holds and explains it.
type selfCheckText struct {
	Annex     string           `toml:"annex"`
	Title     string           `toml:"title"`
	Continued string           `toml:"continued"`
	Fields    [][]field        `toml:"fields"`
	Answer    string           `toml:"answer"`
	Declared  string           `toml:"declared"`
	HandedIn  string           `toml:"handed_in"`
	Signed    string           `toml:"signed"`
	Notes     []string         `toml:"notes"`
	Columns   selfCheckColumns `toml:"columns"`
	Opinions  []opinion        `toml:"opinions"`
	note      string           // the notes filled in
}

type selfCheckColumns struct {
	No          string `toml:"no"`
	Item        string `toml:"item"`
	Answer      string `toml:"answer"`
	Particulars string `toml:"particulars"`
	Measure     string `toml:"measure"`
}

func (c selfCheckColumns) titles() []string {
	return []string{c.No, c.Item, c.Answer, c.Particulars, c.Measure}
}

// selfCheckValues are the values that a field of the personal form may name.
var selfCheckValues = map[string]func(SelfCheck) string{
	"name":        func(c SelfCheck) string { return c.Name },
	"employee_no": func(c SelfCheck) string { return c.EmployeeNo },
	"department":  func(c SelfCheck) string { return c.Department },
	"post":        func(c SelfCheck) string { return c.Post },
	"position":    func(c SelfCheck) string { return c.Position },
	"title":       func(c SelfCheck) string { return c.Title },
}

const selfCheckFile = "forms/selfcheck/personal.toml"

// loadSelfCheckText reads and checks the text and fills in what a hospital's
// forms say.
func loadSelfCheckText(lib *assets.Library, h model.Hospital) (selfCheckText, error) {
	var t selfCheckText
	if err := lib.TOML(selfCheckFile, &t); err != nil {
		return t, err
	}
	known := hospitalValues(h)
	if err := t.check(known); err != nil {
		return t, fmt.Errorf("%s：%w", selfCheckFile, err)
	}
	t.note = known.join(t.Notes)
	return t, nil
}

func (t selfCheckText) check(known placeholders) error {
	err := required(text{"title", t.Title}, text{"continued", t.Continued}, text{"answer", t.Answer},
		text{"declared", t.Declared}, text{"handed_in", t.HandedIn},
		text{"columns.no", t.Columns.No}, text{"columns.item", t.Columns.Item}, text{"columns.answer", t.Columns.Answer},
		text{"columns.particulars", t.Columns.Particulars}, text{"columns.measure", t.Columns.Measure})
	switch {
	case err != nil:
		return err
	case len(t.Fields) == 0:
		return fmt.Errorf("缺少 fields")
	}
	if err := checkFields(t.Fields, selfCheckValues); err != nil {
		return err
	}
	if err := toSign(text{"signed", t.Signed}); err != nil {
		return err
	}
	if err := checkOpinions(t.Opinions); err != nil {
		return err
	}
	return known.check(t.Notes)
}

// text is a text of a file by the name it has there.
type text struct{ name, value string }

// required refuses texts that are empty.
func required(texts ...text) error {
	for _, t := range texts {
		if strings.TrimSpace(t.value) == "" {
			return fmt.Errorf("缺少 %s", t.name)
		}
	}
	return nil
}

// toSign refuses lines without a blank to sign on.
func toSign(texts ...text) error {
	for _, t := range texts {
		if !strings.Contains(t.value, "_") {
			return fmt.Errorf("%s 中没有签名的横线（用 ____ 表示）", t.name)
		}
	}
	return nil
}

// checkOpinions refuses none, more than fit side by side, and those without
// label or line to sign.
func checkOpinions(opinions []opinion) error {
	if len(opinions) == 0 || len(opinions) > 2 {
		return fmt.Errorf("opinions 应有一至两项")
	}
	for _, o := range opinions {
		if err := required(text{"opinions 的 label", o.Label}); err != nil {
			return err
		}
		if err := toSign(text{"opinions 的 signed", o.Signed}); err != nil {
			return err
		}
	}
	return nil
}
