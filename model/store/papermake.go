package store

import (
	"context"
	"strconv"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/formno"
)

// nextNumbers takes n running numbers out of the register of a prefix and year
// and returns the first. They belong to the transaction: a rolled-back one
// gives them back, so that no number is skipped.
func (c *change) nextNumbers(prefix string, year, n int) (int, error) {
	var last int
	err := c.Raw(`INSERT INTO numbering (prefix, year, last) VALUES (?, ?, ?)
		ON CONFLICT (prefix, year) DO UPDATE SET last = last + excluded.last RETURNING last`, prefix, year, n).Scan(&last).Error
	return last - n + 1, err
}

// number takes the next number of a prefix in the year in which it is written
// down.
func (c *change) number(prefix string) (string, error) {
	year := c.s.now().Year()
	seq, err := c.nextNumbers(prefix, year, 1)
	return formno.No{Prefix: prefix, Year: year, Seq: seq}.String(), err
}

// signers is a FROM clause that puts everyone who may have to sign a kind of
// paper beside the one in force, if there is one; its parameter is the
// campaign, m. here is the condition for those who do have to sign: not
// leavers, not closed departments. Kinds that nobody in the house signs have
// neither.
func (r paperTable[T, R]) signers(kind string) (from, here string) {
	switch kind {
	case "personal":
		return ` FROM staff s JOIN department d ON d.id = s.department_id JOIN campaign m ON m.id = ?
			LEFT JOIN ` + r.table + ` c ON c.staff_id = s.id AND c.campaign_id = m.id AND c.state <> '作废' `, `s.left_on = ''`
	case "department":
		return ` FROM department d LEFT JOIN staff s ON 0 JOIN campaign m ON m.id = ?
			LEFT JOIN ` + r.table + ` c ON c.department_id = d.id AND c.campaign_id = m.id AND c.state <> '作废' `, `d.closed_on = ''`
	}
	return "", ""
}

// expected is signers with the condition for those who are waited for: once a
// campaign has ended nobody is who has no paper, or each newcomer would lower
// the rates of years ago.
func (r paperTable[T, R]) expected(kind string, today day.Date) (from, here string) {
	from, here = r.signers(kind)
	if from == "" {
		return "", ""
	}
	return from, here + ` AND m.ends_on >= '` + string(today) + `'`
}

// handedOut is the order in which papers are handed out.
const handedOut = ` ORDER BY d.sort_order, d.id, s.employee_no`

// without returns the signers of a kind who have no paper in force, in the
// order in which papers are handed out.
func (r paperTable[T, R]) without(db *gorm.DB, campaignID int64, kind string) ([]int64, error) {
	from, here := r.signers(kind)
	return unpapered(db, from, here, campaignID)
}

// awaiting is without for those who are waited for.
func (r paperTable[T, R]) awaiting(db *gorm.DB, campaignID int64, kind string, today day.Date) ([]int64, error) {
	from, here := r.expected(kind, today)
	return unpapered(db, from, here, campaignID)
}

// unpapered reads the signers of a FROM clause who have no paper.
func unpapered(db *gorm.DB, from, here string, campaignID int64) ([]int64, error) {
	if from == "" {
		return nil, nil
	}
	var ids []int64
	err := db.Raw(`SELECT COALESCE(s.id, d.id)`+from+`WHERE c.id IS NULL AND `+here+handedOut, campaignID).Scan(&ids).Error
	return ids, err
}

// make adds a paper for every signer of a kind who has none in force, built
// from the signer's id, and returns how many it made. before, if given, runs
// in the same transaction when there is one to make.
func (r paperTable[T, R]) make(ctx context.Context, s *Store, campaignID int64, kind string, before func(*change, model.Campaign) error, build func(signer int64) T) (int, error) {
	made := 0
	err := s.writeOrNothing(ctx, model.Write, func(c *change) (bool, error) {
		campaign, err := findCampaign(c.DB, campaignID)
		if err != nil {
			return false, err
		}
		ids, err := r.without(c.DB, campaignID, kind)
		if err != nil || len(ids) == 0 {
			return false, err
		}
		if before != nil {
			if err := before(c, campaign); err != nil {
				return false, err
			}
		}
		papers := make([]T, len(ids))
		for i, id := range ids {
			papers[i] = build(id)
		}
		made = len(papers)
		_, err = r.add(c, campaign, papers)
		return true, err
	})
	return made, err
}

// add numbers and stores new papers of one kind and returns the number of the
// first.
func (r paperTable[T, R]) add(c *change, campaign model.Campaign, papers []T) (string, error) {
	year, err := strconv.Atoi(string(campaign.StartsOn[:4]))
	if err != nil {
		return "", err
	}
	prefix, label := r.kind(papers[0])
	first, err := c.nextNumbers(prefix, year, len(papers))
	if err != nil {
		return "", err
	}
	rows := make([]columns, len(papers))
	for i := range papers {
		p := r.paper(&papers[i])
		p.CampaignID, p.State = campaign.ID, model.Unprinted
		p.FormNo = formno.No{Prefix: prefix, Year: year, Seq: first + i}.String()
		rows[i] = r.columns(papers[i])
	}
	if _, err := c.insertAll(r.table, rows); err != nil {
		return "", err
	}
	from, to := rows[0]["form_no"].(string), rows[len(rows)-1]["form_no"]
	return from, c.record("生成", r.word, campaign.ID, campaign.Title, nil, columns{
		"kind": label, "count": len(rows), "from": from, "to": to})
}

// renew makes a new paper in the place of a voided one, built from it, and
// returns its number. It refuses when the signer has another in force, has left
// or was closed.
func (r paperTable[T, R]) renew(ctx context.Context, s *Store, id int64, kind func(T) string, build func(old T) T) (string, error) {
	var no string
	err := s.write(ctx, model.Write, func(c *change) error {
		old, err := r.find(c.DB, id)
		if err != nil {
			return err
		}
		p := r.paper(&old)
		if p.State != model.Voided {
			return model.Errorf(model.Conflict, "%s %s 没有作废，不另生成", r.word, p.FormNo)
		}
		may, err := r.mayRenew(c.DB, p, kind(old))
		if err != nil {
			return err
		}
		if !may {
			return model.Errorf(model.Conflict, "%s %s 的签署人已有有效的%s，或已离职、撤销，不另生成", r.word, p.FormNo, r.word)
		}
		campaign, err := findCampaign(c.DB, p.CampaignID)
		if err != nil {
			return err
		}
		no, err = r.add(c, campaign, []T{build(old)})
		return err
	})
	return no, err
}

func (r paperTable[T, R]) mayRenew(db *gorm.DB, p *model.Paper, kind string) (bool, error) {
	from, here := r.signers(kind)
	if from == "" {
		return true, nil
	}
	var n int
	err := db.Raw(`SELECT COUNT(*)`+from+`WHERE c.id IS NULL AND `+here+` AND COALESCE(s.id, d.id) =
		(SELECT COALESCE(staff_id, department_id) FROM `+r.table+` WHERE id = ?)`, p.CampaignID, p.ID).Scan(&n).Error
	return n > 0, err
}
