package store

import (
	"context"

	"qingfeng/model"
)

// RenewCommitment makes a new letter for the signer of a voided one and
// returns its number. It refuses when another letter is in force, and for
// staff who left and departments that closed.
func (s *Store) RenewCommitment(ctx context.Context, id int64) (string, error) {
	var no string
	err := s.write(ctx, model.Write, func(c *change) error {
		old, err := findCommitment(c.DB, id)
		if err != nil {
			return err
		}
		if err := c.mayRenew(old); err != nil {
			return err
		}
		campaign, err := findCampaign(c.DB, old.CampaignID)
		if err != nil {
			return err
		}
		next := model.Commitment{Paper: model.Paper{CampaignID: old.CampaignID}, Kind: old.Kind, StaffID: old.StaffID, DepartmentID: old.DepartmentID,
			PartyName: old.PartyName, PartyCode: old.PartyCode, PartyPerson: old.PartyPerson}
		no, err = c.addLetters(campaign, []model.Commitment{next})
		return err
	})
	return no, err
}

func (c *change) mayRenew(old model.Commitment) error {
	if old.State != model.Voided {
		return model.Errorf(model.Conflict, "承诺书 %s 没有作废，不另生成", old.FormNo)
	}
	if old.Kind != model.PersonalCommitment && old.Kind != model.DepartmentCommitment {
		return nil
	}
	ids, err := withoutLetter(c.DB, old.CampaignID, old.Kind)
	if err != nil {
		return err
	}
	for _, signer := range ids {
		if signer == max(old.StaffID, old.DepartmentID) {
			return nil
		}
	}
	return model.Errorf(model.Conflict, "承诺书 %s 的签署人已有有效的承诺书，或已离职、撤销，不另生成", old.FormNo)
}
