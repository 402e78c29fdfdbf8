package form

import (
	"errors"
	"fmt"

	"qingfeng/assets"
)

// recoveryText is the text of the sheet of the recovery code, as
// assets/forms/recovery.toml holds it; the file tells what each item means.
type recoveryText struct {
	Title    string            `toml:"title"`
	Warning  string            `toml:"warning"`
	Fields   [][]field         `toml:"fields"`
	Legend   string            `toml:"legend"`
	Whole    string            `toml:"whole"`
	Alphabet string            `toml:"alphabet"`
	Void     string            `toml:"void"`
	Sections []recoverySection `toml:"section"`
	Seal     struct {
		Fields []field `toml:"fields"`
	} `toml:"seal"`
	Record struct {
		Title   string  `toml:"title"`
		Columns []field `toml:"columns"` // without values
	} `toml:"record"`
}

type recoverySection struct {
	Heading string   `toml:"heading"`
	Items   []string `toml:"items"`
}

// recoveryValues are the values that a field of the sheet may name.
var recoveryValues = map[string]func(RecoverySheet) string{
	"hospital":   func(s RecoverySheet) string { return s.Hospital },
	"office":     func(s RecoverySheet) string { return s.Office },
	"admin":      func(s RecoverySheet) string { return s.Admin },
	"made":       func(s RecoverySheet) string { return s.Made.Chinese() },
	"folder":     func(s RecoverySheet) string { return s.DataFolder },
	"blank":      func(RecoverySheet) string { return "" },
	"blank_date": func(RecoverySheet) string { return "　 年　 月　 日" },
}

// loadRecoveryText reads and checks the text of the sheet.
func loadRecoveryText(lib *assets.Library) (recoveryText, error) {
	const name = "forms/recovery.toml"
	var t recoveryText
	if err := lib.TOML(name, &t); err != nil {
		return t, err
	}
	if err := t.check(); err != nil {
		return t, fmt.Errorf("%s：%w", name, err)
	}
	return t, nil
}

func (t recoveryText) check() error {
	for _, item := range []struct{ name, text string }{{"title", t.Title}, {"warning", t.Warning}, {"legend", t.Legend},
		{"whole", t.Whole}, {"alphabet", t.Alphabet}, {"void", t.Void}, {"record.title", t.Record.Title}} {
		if item.text == "" {
			return fmt.Errorf("缺少 %s", item.name)
		}
	}
	for _, s := range t.Sections {
		if s.Heading == "" || len(s.Items) == 0 {
			return errors.New("每个 section 都要有 heading 和 items")
		}
	}
	for _, row := range append([][]field{t.Seal.Fields}, t.Fields...) {
		for _, f := range row {
			if f.Label == "" || f.Share < 1 {
				return errors.New("fields 的每一项都要有 label 和 share")
			}
			if recoveryValues[f.Value] == nil {
				return fmt.Errorf("fields 中没有 %q 这个值", f.Value)
			}
		}
	}
	for _, c := range t.Record.Columns {
		if c.Label == "" || c.Share < 1 || c.Value != "" {
			return errors.New("record.columns 的每一项都只有 label 和 share")
		}
	}
	switch {
	case len(t.Sections) == 0:
		return errors.New("缺少 section")
	case len(t.Seal.Fields) == 0:
		return errors.New("缺少 seal.fields")
	case len(t.Record.Columns) == 0:
		return errors.New("缺少 record.columns")
	}
	return nil
}
