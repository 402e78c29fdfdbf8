package assets

import "fmt"

// Checklist is a dated version of the rules that staff check themselves
// against (九项准则, 九不准).
type Checklist struct {
	ID         string   `toml:"id"`
	Name       string   `toml:"name"`
	DocumentNo string   `toml:"document_no"`
	From       string   `toml:"from"`  // first day in force, YYYY-MM-DD
	Until      string   `toml:"until"` // last day in force, "" while in force
	Items      []string `toml:"items"`
}

// ChecklistOn returns the checklist in force on a day (YYYY-MM-DD).
func (l *Library) ChecklistOn(day string) (Checklist, error) {
	names, err := l.List("checklists", ".toml")
	if err != nil {
		return Checklist{}, err
	}
	for _, name := range names {
		var c Checklist
		if err := l.TOML(name, &c); err != nil {
			return Checklist{}, err
		}
		if c.ID == "" || c.Name == "" || c.From == "" || len(c.Items) == 0 {
			return Checklist{}, fmt.Errorf("%s 缺少 id、name、from 或 items", name)
		}
		if c.From <= day && (c.Until == "" || day <= c.Until) {
			return c, nil
		}
	}
	return Checklist{}, fmt.Errorf("%s 当天没有生效的廉洁从业准则，请在 checklists 中补充", day)
}
