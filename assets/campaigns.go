package assets

import (
	"fmt"
	"strconv"
	"strings"
)

// CampaignTemplate is what a new campaign starts from. Starts and Ends are
// MM-DD; Title may contain {year}.
type CampaignTemplate struct {
	ID     string `toml:"id"`
	Title  string `toml:"title"`
	Starts string `toml:"starts"`
	Ends   string `toml:"ends"`
}

// CampaignTemplates returns all templates sorted by id.
func (l *Library) CampaignTemplates() ([]CampaignTemplate, error) {
	names, err := l.List("campaigns", ".toml")
	if err != nil {
		return nil, err
	}
	var out []CampaignTemplate
	for _, name := range names {
		var t CampaignTemplate
		if err := l.TOML(name, &t); err != nil {
			return nil, err
		}
		if t.ID == "" || t.Title == "" || len(t.Starts) != 5 || len(t.Ends) != 5 {
			return nil, fmt.Errorf("%s 缺少 id、title、starts 或 ends（月-日）", name)
		}
		out = append(out, t)
	}
	return out, nil
}

// In returns title, first and last day (YYYY-MM-DD) of the template in a year.
func (t CampaignTemplate) In(year int) (title, starts, ends string) {
	y := strconv.Itoa(year)
	return strings.ReplaceAll(t.Title, "{year}", y), y + "-" + t.Starts, y + "-" + t.Ends
}
