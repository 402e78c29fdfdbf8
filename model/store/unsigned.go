package store

import (
	"context"

	"qingfeng/model"
)

// Unsigned lists who has not signed, in the order in which letters are handed
// out: the letters whose signature is awaited, and the staff or departments
// that have no letter yet, whose rows have neither form number nor state. Its
// length is the Missing of [Store.CommitmentRates]. Only the filter's campaign,
// kind and department count.
func (s *Store) Unsigned(ctx context.Context, f CommitmentFilter) ([]CommitmentRow, error) {
	from, ok := unsignedFrom[f.Kind]
	if !ok {
		f = CommitmentFilter{CampaignID: f.CampaignID, Kind: f.Kind, Missing: true}
		rows, err := s.Commitments(ctx, f, Page{Sort: "form_no"})
		return rows.Items, err
	}
	query, args := `SELECT `+commitmentSelect+from, []any{f.CampaignID}
	if f.DepartmentID != 0 {
		query, args = query+` AND d.id = ?`, append(args, f.DepartmentID)
	}
	var rows []CommitmentRow
	err := s.read(ctx).Raw(query+` ORDER BY d.sort_order, d.id, s.employee_no`, args...).Scan(&rows).Error
	return rows, faultOf(err)
}

var unsignedFrom = map[model.CommitmentKind]string{
	model.PersonalCommitment: `
		FROM staff s JOIN department d ON d.id = s.department_id
		LEFT JOIN commitment c ON c.staff_id = s.id AND c.campaign_id = ? AND c.state <> '作废'
		WHERE (c.id IS NULL AND s.left_on = '' OR c.state IN ('未打印', '未交回'))`,
	model.DepartmentCommitment: `
		FROM department d LEFT JOIN staff s ON 0
		LEFT JOIN commitment c ON c.department_id = d.id AND c.campaign_id = ? AND c.state <> '作废'
		WHERE (c.id IS NULL AND d.closed_on = '' OR c.state IN ('未打印', '未交回'))`,
}
