package issue

import (
	"context"
	"slices"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/form"
)

// saidByDepartment is what the personal forms of a campaign say so far, by
// department.
type saidByDepartment struct {
	items []model.ItemCount // of the campaign, nothing counted
	by    map[int64]*form.DepartmentSelfCheck
}

// of returns what the people of a department say.
func (d saidByDepartment) of(departmentID int64) form.DepartmentSelfCheck {
	return *d.at(departmentID)
}

func (d saidByDepartment) at(departmentID int64) *form.DepartmentSelfCheck {
	if d.by[departmentID] == nil {
		d.by[departmentID] = &form.DepartmentSelfCheck{Items: slices.Clone(d.items)}
	}
	return d.by[departmentID]
}

func departmentsSay(ctx context.Context, s *store.Store, campaignID int64) (saidByDepartment, error) {
	said := saidByDepartment{by: map[int64]*form.DepartmentSelfCheck{}}
	plan, err := s.Plan(ctx, campaignID)
	if err != nil {
		return said, err
	}
	for _, it := range plan.Items {
		said.items = append(said.items, model.ItemCount{ItemID: it.ID, Source: it.Source, Text: it.Text})
	}
	_, rates, err := s.SelfCheckRates(ctx, campaignID, model.PersonalSelfCheck)
	if err != nil {
		return said, err
	}
	for _, r := range rates {
		said.at(r.ID).Rate = r.SelfCheckRate
	}
	if err := said.addUnchecked(ctx, s, campaignID); err != nil {
		return said, err
	}
	return said, said.addProblems(ctx, s, campaignID)
}

// addUnchecked names who has not handed in, the awaited before the excused.
func (d saidByDepartment) addUnchecked(ctx context.Context, s *store.Store, campaignID int64) error {
	f := store.SelfCheckFilter{CampaignID: campaignID, Kind: model.PersonalSelfCheck}
	awaited, err := s.Unchecked(ctx, f)
	if err != nil {
		return err
	}
	f.State = model.Exempt
	excused, err := s.SelfChecks(ctx, f, store.Page{Sort: "department"})
	if err != nil {
		return err
	}
	for _, r := range awaited {
		reason := model.Printed
		if r.State == model.SentBack {
			reason = model.SentBack
		}
		d.name(r, string(reason))
	}
	for _, r := range excused.Items {
		d.name(r, r.ExcuseReason)
	}
	return nil
}

func (d saidByDepartment) name(r store.SelfCheckRow, reason string) {
	c := d.at(r.SignerDepartmentID)
	i := slices.IndexFunc(c.Unchecked, func(u form.UncheckedReason) bool { return u.Reason == reason })
	if i < 0 {
		i = len(c.Unchecked)
		c.Unchecked = append(c.Unchecked, form.UncheckedReason{Reason: reason})
	}
	c.Unchecked[i].Names = append(c.Unchecked[i].Names, r.Name)
}

// addProblems counts what returned forms state, item by item.
func (d saidByDepartment) addProblems(ctx context.Context, s *store.Store, campaignID int64) error {
	f := store.SelfCheckFilter{CampaignID: campaignID, Kind: model.PersonalSelfCheck, WithProblems: true}
	found, err := s.SelfChecks(ctx, f, store.Page{Sort: "department"})
	if err != nil {
		return err
	}
	for _, r := range found.Items {
		problems, err := s.Problems(ctx, r.ID)
		if err != nil {
			return err
		}
		items := d.at(r.SignerDepartmentID).Items
		for _, p := range problems {
			if i := slices.IndexFunc(items, func(n model.ItemCount) bool { return n.ItemID == p.ItemID }); i >= 0 {
				n := &items[i]
				n.People, n.AmountFen, n.HandedFen = n.People+1, n.AmountFen+p.AmountFen, n.HandedFen+p.HandedFen
			}
		}
	}
	return nil
}
