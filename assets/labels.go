package assets

import "fmt"

// Labels are the office's words for what audit lines hold. Columns are pairs
// of a column's name and its word, in the order in which people read them.
type Labels struct {
	Common    [][2]string      `toml:"common"` // of all registers
	Fen       []string         `toml:"fen"`    // columns that hold amounts
	Registers []RegisterLabels `toml:"register"`
	// Values are words for stored values, by column and value. A caller that
	// knows the records may add names for ids: Values["department_id"]["3"].
	Values   map[string]map[string]string `toml:"values"`
	Settings map[string]string            `toml:"settings"` // by key
}

// RegisterLabels are the words of one register.
type RegisterLabels struct {
	Name    string      `toml:"name"` // the entity of audit lines: 职工, 科室 …
	Columns [][2]string `toml:"columns"`
}

// ColumnLabels reads and checks audit/labels.toml.
func (l *Library) ColumnLabels() (Labels, error) {
	const name = "audit/labels.toml"
	var out Labels
	if err := l.TOML(name, &out); err != nil {
		return out, err
	}
	if msg := badPairs(out.Common); msg != "" {
		return out, fmt.Errorf("%s 的 common %s", name, msg)
	}
	seen := map[string]bool{}
	for _, r := range out.Registers {
		if r.Name == "" || seen[r.Name] {
			return out, fmt.Errorf("%s 中的 register“%s”没有 name 或出现两次", name, r.Name)
		}
		seen[r.Name] = true
		if msg := badPairs(r.Columns); msg != "" {
			return out, fmt.Errorf("%s 的 register“%s”%s", name, r.Name, msg)
		}
	}
	if out.Values == nil {
		out.Values = map[string]map[string]string{}
	}
	return out, nil
}

func badPairs(pairs [][2]string) string {
	seen := map[string]bool{}
	for _, p := range pairs {
		if p[0] == "" || p[1] == "" {
			return "中有一栏缺少栏名或名称"
		}
		if seen[p[0]] {
			return "中栏目 " + p[0] + " 出现两次"
		}
		seen[p[0]] = true
	}
	return ""
}

// Of returns the columns of a register with their words, its own first.
func (l Labels) Of(register string) [][2]string {
	for _, r := range l.Registers {
		if r.Name == register {
			return append(r.Columns[:len(r.Columns):len(r.Columns)], l.Common...)
		}
	}
	return l.Common
}
