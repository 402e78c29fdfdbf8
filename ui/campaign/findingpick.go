package campaign

import (
	"context"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// categoryWords are the categories that a finding of a campaign usually has:
// the items of its self-check, as findings of self-checks are filed under
// them, or those of the checklist in force.
func categoryWords(ctx context.Context, s *store.Store, campaignID int64) ([]string, error) {
	var out []string
	if campaignID != 0 {
		plan, err := s.Plan(ctx, campaignID)
		if err != nil {
			return nil, err
		}
		for _, i := range plan.Items {
			out = append(out, i.Text)
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	list, err := s.Assets().ChecklistOn(string(s.Today()))
	return list.Items, err
}

// findingBackground is what the form for a finding has to know before it opens.
type findingBackground struct {
	department, person kit.Suggestion // chosen already
	categories         []string
	campaign           model.Campaign // of the finding, ID 0 for none
}

func readBackground(ctx context.Context, s *store.Store, f model.Finding) (findingBackground, error) {
	var b findingBackground
	var err error
	if b.categories, err = categoryWords(ctx, s, f.CampaignID); err != nil {
		return b, err
	}
	if f.DepartmentID != 0 {
		d, err := s.Department(ctx, f.DepartmentID)
		if err != nil {
			return b, err
		}
		b.department = kit.Suggestion{ID: d.ID, Text: d.Name}
	}
	if b.person, err = office.ChosenPerson(ctx, s, f.StaffID); err != nil {
		return b, err
	}
	if f.CampaignID != 0 {
		b.campaign, err = s.Campaign(ctx, f.CampaignID)
	}
	return b, err
}
