package issue

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/store"
)

// AuditLabels are the office's words for audit lines, with the names of the
// records whose ids stand in lines: departments, people, campaigns, forms …
func AuditLabels(ctx context.Context, s *store.Store, lines []model.AuditLine) (assets.Labels, error) {
	labels, err := s.Assets().ColumnLabels()
	if err != nil {
		return labels, err
	}
	n := namer{ctx: ctx, s: s, ids: idsIn(lines), values: labels.Values}
	for _, column := range accounts {
		n.actors(column, lines)
	}
	n.handovers(lines)
	for _, name := range []func() error{n.departments, n.branches, n.campaigns, n.items, n.picks, n.others} {
		if err := name(); err != nil {
			return labels, err
		}
	}
	return labels, nil
}

// handoverRecord is the audit trail's word for a handover.
const handoverRecord = "红包上交"

// accounts are the columns that hold the id of an account.
var accounts = []string{"submitted_by", "asked_by"}

// namer puts names behind ids, column by column.
type namer struct {
	ctx    context.Context
	s      *store.Store
	ids    map[string]map[int64]bool // what lines hold
	values map[string]map[string]string
}

func (n namer) name(id int64, text string, columns ...string) {
	for _, c := range columns {
		if n.values[c] == nil {
			n.values[c] = map[string]string{}
		}
		n.values[c][strconv.FormatInt(id, 10)] = text
	}
}

// idsIn are the ids in lines, by column. A side that is no record of columns
// names nothing.
func idsIn(lines []model.AuditLine) map[string]map[int64]bool {
	out := map[string]map[int64]bool{}
	for _, l := range lines {
		for _, side := range []string{l.Before, l.After} {
			for column, id := range idsOf(side) {
				if out[column] == nil {
					out[column] = map[int64]bool{}
				}
				out[column][id] = true
			}
		}
	}
	return out
}

// idsOf are the ids in one side of a line, by column.
func idsOf(side string) map[string]int64 {
	var values map[string]any
	if !strings.Contains(side, `_id"`) && !strings.Contains(side, `_by"`) || json.Unmarshal([]byte(side), &values) != nil {
		return nil
	}
	out := map[string]int64{}
	for column, v := range values {
		if id, number := v.(float64); number && id > 0 {
			out[column] = int64(id)
		}
	}
	return out
}

func (n namer) departments() error {
	all, err := n.s.Departments(n.ctx, store.DepartmentFilter{Closed: true}, store.Page{})
	for _, d := range all.Items {
		n.name(d.ID, d.Name, "department_id")
	}
	return err
}

func (n namer) branches() error {
	all, err := n.s.PartyBranches(n.ctx)
	for _, b := range all {
		n.name(b.ID, b.Name, "branch_id")
	}
	return err
}

func (n namer) campaigns() error {
	all, err := n.s.Campaigns(n.ctx)
	for _, c := range all {
		n.name(c.ID, c.Title, "campaign_id")
	}
	return err
}

// actors names accounts by the lines in which they acted: such a column holds
// who wrote the line.
func (n namer) actors(column string, lines []model.AuditLine) {
	for _, l := range lines {
		if id := idsOf(l.After)[column]; id != 0 {
			n.name(id, l.Actor, column)
		}
	}
}

// handovers names those that a line tells of by that line: an import brings
// thousands.
func (n namer) handovers(lines []model.AuditLine) {
	for _, l := range lines {
		if l.Entity == handoverRecord && n.ids["handover_id"][l.EntityID] {
			n.name(l.EntityID, l.Label, "handover_id")
		}
	}
}

// items names the items of the campaigns whose forms stand in lines, and these
// forms: an item never stands without its form.
func (n namer) items() error {
	if len(n.ids["item_id"]) == 0 {
		return nil
	}
	known := map[int64]bool{}
	for id := range n.ids["selfcheck_id"] {
		form, err := n.s.SelfCheck(n.ctx, id)
		if model.CodeOf(err) == model.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		n.name(id, form.FormNo, "selfcheck_id") // so that it is read once
		if known[form.CampaignID] {
			continue
		}
		known[form.CampaignID] = true
		plan, err := n.s.Plan(n.ctx, form.CampaignID)
		if err != nil {
			return err
		}
		for _, i := range plan.Items {
			n.name(i.ID, fmt.Sprintf("第 %d 项 %s", i.Position, i.Short()), "item_id")
		}
	}
	return nil
}

// picks names inspections by their draw and department, the latest draws first.
func (n namer) picks() error {
	left := len(n.ids["pick_id"])
	if left == 0 {
		return nil
	}
	draws, err := n.s.Draws(n.ctx, 0, store.Page{Sort: "drawn_on", Desc: true})
	if err != nil {
		return err
	}
	for _, d := range draws.Items {
		all, err := n.s.Picks(n.ctx, d.ID)
		if err != nil {
			return err
		}
		for _, p := range all {
			if n.ids["pick_id"][p.ID] {
				n.name(p.ID, p.FormNo+" "+p.Department, "pick_id")
				left--
			}
		}
		if left == 0 {
			break
		}
	}
	return nil
}

// others names what is looked up one by one. A record that is gone keeps its id.
func (n namer) others() error {
	for _, of := range []struct {
		columns []string
		name    func(id int64) (string, error)
	}{
		{[]string{"staff_id", "head_id", "nurse_head_id"}, n.person},
		{[]string{"selfcheck_id"}, func(id int64) (string, error) { r, err := n.s.SelfCheck(n.ctx, id); return r.FormNo, err }},
		{[]string{"finding_id"}, func(id int64) (string, error) { r, err := n.s.Finding(n.ctx, id); return r.FormNo, err }},
		{[]string{"draw_id"}, func(id int64) (string, error) { r, err := n.s.Draw(n.ctx, id); return r.FormNo, err }},
		{[]string{"problem_id"}, n.calledIn("自查问题")},
		{[]string{"deadline_id"}, n.calledIn("时限")},
		{[]string{"handover_id"}, n.calledIn(handoverRecord)},
		{[]string{"reverses_id"}, n.calledIn("处置")},
		{[]string{"supplier_id"}, n.calledIn("供应商")},
		{[]string{"corrects_id"}, n.handedItem},
		{accounts, n.calledIn("账号")},
	} {
		for _, column := range of.columns {
			for id := range n.ids[column] {
				if n.values[column][strconv.FormatInt(id, 10)] != "" {
					continue
				}
				text, err := of.name(id)
				if code := model.CodeOf(err); err != nil && code != model.NotFound {
					return err
				}
				if text != "" {
					n.name(id, text, column)
				}
			}
		}
	}
	return nil
}

func (n namer) person(id int64) (string, error) {
	r, err := n.s.StaffMember(n.ctx, id)
	if err != nil {
		return "", err
	}
	return r.Name + "（" + r.EmployeeNo + "）", nil
}

// calledIn is how the newest audit line about a record of a register calls it,
// which holds for records that are gone too. Who may not read about accounts
// reads their ids.
func (n namer) calledIn(register string) func(id int64) (string, error) {
	return func(id int64) (string, error) {
		lines, err := n.s.AuditLines(n.ctx, register, id, 1)
		switch {
		case model.CodeOf(err) == model.Denied && register == "账号", err == nil && len(lines) == 0:
			return "内部号 " + strconv.FormatInt(id, 10), nil
		case err != nil:
			return "", err
		}
		return lines[0].Label, nil
	}
}

// handedItem is an item of a handover as the line about its entry has it.
func (n namer) handedItem(id int64) (string, error) {
	lines, err := n.s.AuditLines(n.ctx, "上交财物", id, 1)
	if err != nil || len(lines) == 0 {
		return "", err
	}
	var item struct {
		Position int
		Category string
	}
	if json.Unmarshal([]byte(lines[0].After), &item) != nil || item.Category == "" {
		return "", nil
	}
	return fmt.Sprintf("第 %d 项 %s", item.Position, item.Category), nil
}
