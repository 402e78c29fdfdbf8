package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
)

// What the program never lets happen in its registers. SQLite
// looks at one row at a time and at references; that rows agree with each other,
// and with the trail, is looked at here.

// registerRules are queries for the numbers of records that are not as the
// program leaves them, with what is wrong with those.
var registerRules = []struct{ wrong, query string }{
	{"问题所依据的自查申报不见了或已撤销", `SELECT f.form_no FROM finding f LEFT JOIN problem p ON p.id = f.problem_id
		WHERE f.problem_id IS NOT NULL AND f.state <> '作废' AND (p.id IS NULL OR p.voided_on <> '')`},
	{"自查表申报的问题没有进入台账", `SELECT c.form_no FROM problem p JOIN selfcheck c ON c.id = p.selfcheck_id
		WHERE p.voided_on = '' AND p.id NOT IN (SELECT problem_id FROM finding WHERE problem_id IS NOT NULL)`},
	{"自查表登记的问题项数与申报的不符", `SELECT c.form_no FROM selfcheck c
		LEFT JOIN (SELECT selfcheck_id, COUNT(*) AS n FROM problem WHERE voided_on = '' GROUP BY selfcheck_id) p ON p.selfcheck_id = c.id
		WHERE c.state = '已交回' AND c.problems <> COALESCE(p.n, 0)`},
	{"自查表已作废，申报的问题还在", `SELECT c.form_no FROM selfcheck c JOIN problem p ON p.selfcheck_id = c.id
		WHERE c.state = '作废' AND p.voided_on = ''`},
	{"自查表申报的不是它那次专项行动的自查项目", `SELECT c.form_no FROM problem p JOIN selfcheck c ON c.id = p.selfcheck_id
		LEFT JOIN check_item i ON i.id = p.item_id WHERE i.campaign_id IS NOT c.campaign_id`},
	{"问题已销号，却没有整改、提交和验收的登记", `SELECT form_no FROM finding WHERE state = '已销号' AND accept_note <> '原台账导入'
		AND (begun_on = '' OR submitted_on < begun_on OR mended_by = '' OR accepted_on < submitted_on OR accepted_by = '')`},
	{"问题的状态与操作记录不符", `SELECT f.form_no FROM finding f WHERE f.state <> COALESCE((
		SELECT json_extract(a.after, '$.state') FROM audit a WHERE a.entity = '问题' AND a.entity_id = f.id
			AND CASE WHEN json_valid(a.after) THEN json_extract(a.after, '$.state') END <> '' ORDER BY a.id DESC LIMIT 1), '')`},
	{"问题已销号或作废，却还有待批的延期", `SELECT f.form_no FROM extension e JOIN finding f ON f.id = e.finding_id
		WHERE e.state = '待批' AND f.state IN ('已销号', '作废')`},
	{"红包上交的金额与财物之和不符", `SELECT form_no FROM handover h
		WHERE amount_fen <> COALESCE((SELECT SUM(i.amount_fen) FROM handover_item i WHERE i.handover_id = h.id), 0)`},
	{"红包上交的已处置金额与处置之和不符", `SELECT form_no FROM handover h
		WHERE disposed_fen <> COALESCE((SELECT SUM(x.amount_fen) FROM disposition x WHERE x.handover_id = h.id), 0)`},
	{"红包上交的在保管金额与财物不符", `SELECT form_no FROM handover h WHERE state <> '作废' AND kept_fen <> COALESCE((
		SELECT SUM(i.amount_fen - COALESCE((SELECT SUM(l.amount_fen) FROM disposition_line l WHERE l.item_id = i.id), 0))
		FROM handover_item i WHERE i.handover_id = h.id AND i.category NOT IN ('转账', '宴请旅游')), 0)`},
	{"处置的金额与各项之和不符", `SELECT form_no FROM disposition x
		WHERE amount_fen <> COALESCE((SELECT SUM(l.amount_fen) FROM disposition_line l WHERE l.disposition_id = x.id), 0)`},
	{"处置的财物不属于它那次上交", `SELECT x.form_no FROM disposition x JOIN disposition_line l ON l.disposition_id = x.id
		JOIN handover_item i ON i.id = l.item_id WHERE i.handover_id <> x.handover_id`},
	{"一项财物的处置超出了上交，或更正后还有处置", `SELECT h.form_no FROM handover_item i JOIN handover h ON h.id = i.handover_id
		JOIN (SELECT item_id, SUM(amount_fen) AS fen, SUM(quantity) AS pieces FROM disposition_line GROUP BY item_id) l ON l.item_id = i.id
		LEFT JOIN handover_item c ON c.corrects_id = i.id
		WHERE l.fen NOT BETWEEN 0 AND i.amount_fen OR l.pieces NOT BETWEEN 0 AND i.quantity OR c.id IS NOT NULL AND l.fen <> 0`},
	{"冲正与它所冲的处置不一致", `SELECT y.form_no FROM disposition y JOIN disposition x ON x.id = y.reverses_id
		WHERE x.handover_id <> y.handover_id OR x.kind <> y.kind OR x.amount_fen <> -y.amount_fen
			OR EXISTS (SELECT 1 FROM disposition_line a LEFT JOIN disposition_line b ON b.disposition_id = y.id AND b.item_id = a.item_id
				WHERE a.disposition_id = x.id AND (b.id IS NULL OR a.amount_fen <> -b.amount_fen OR a.quantity <> -b.quantity))`},
	{"收据的金额与红包上交的不符，或登记已作废而收据有效", `SELECT r.form_no FROM receipt r JOIN handover h ON h.id = r.handover_id
		WHERE r.voided_on = '' AND (h.state = '作废' OR r.amount_fen <> h.amount_fen)`},
	{"红包上交的保管人与最后一次保管交接不符", `SELECT h.form_no FROM handover h JOIN custody_handover x ON x.handover_id = h.id JOIN custody c ON c.id = x.custody_id
		WHERE x.id = (SELECT MAX(y.id) FROM custody_handover y WHERE y.handover_id = h.id) AND (c.keeper <> h.keeper OR c.co_keeper <> h.co_keeper)`},
	{"匿名上交留有上交人", `SELECT h.form_no FROM handover h WHERE h.anonymous = 1 AND (h.staff_id IS NOT NULL OR h.department_id IS NOT NULL
		OR EXISTS (SELECT 1 FROM audit a WHERE a.entity = '红包上交' AND a.entity_id = h.id AND CASE WHEN json_valid(a.after)
			THEN json_extract(a.after, '$.staff_id') END IS NOT NULL))`},
	{"红包上交的状态与操作记录不符", `SELECT h.form_no FROM handover h WHERE h.state <> COALESCE((
		SELECT json_extract(a.after, '$.state') FROM audit a WHERE a.entity = '红包上交' AND a.entity_id = h.id
			AND CASE WHEN json_valid(a.after) THEN json_extract(a.after, '$.state') END <> '' ORDER BY a.id DESC LIMIT 1), '')`},
	{"抽取已作废，却登记了检查或问题", `SELECT d.form_no FROM draw d JOIN pick p ON p.draw_id = d.id WHERE d.voided_on <> ''
		AND (p.state = '已检查' OR p.id IN (SELECT pick_id FROM finding WHERE pick_id IS NOT NULL AND state <> '作废'))`},
}

// checkRegisters compares self-check forms, problems, findings, deadlines, draws
// and handovers with each other.
func (s *Store) checkRegisters(ctx context.Context) ([]Problem, error) {
	var out []Problem
	err := s.peek(ctx).Transaction(func(tx *gorm.DB) error { // one moment of all tables
		for _, r := range registerRules {
			var nos []string
			if err := tx.Raw(`SELECT DISTINCT form_no FROM (` + r.query + `) ORDER BY form_no`).Scan(&nos).Error; err != nil {
				return err
			}
			out = append(out, registerProblem(r.wrong, nos)...)
		}
		for _, check := range []func(*gorm.DB) ([]Problem, error){checkMet, checkDraws} {
			found, err := check(tx)
			if err != nil {
				return err
			}
			out = append(out, found...)
		}
		return nil
	})
	return out, err
}

// registerProblem is what is wrong with records, given by their numbers, as
// far as a person wants to read them; nothing without any.
func registerProblem(wrong string, nos []string) []Problem {
	const most = 10
	if len(nos) == 0 {
		return nil
	}
	more := ""
	if len(nos) > most {
		more = "…"
	}
	return []Problem{{areaRegisters, fmt.Sprintf("%s，共 %d 条：%s%s", wrong, len(nos), strings.Join(nos[:min(len(nos), most)], "、"), more)}}
}

// checkMet looks whether each deadline that was met comes when it was.
func checkMet(tx *gorm.DB) ([]Problem, error) {
	var met []metDeadline
	if err := tx.Table("deadline_done").Where("voided_on = ''").Order("deadline_id, period").Find(&met).Error; err != nil || len(met) == 0 {
		return nil, err
	}
	var all []setDeadline
	if err := setDeadlines(tx).Find(&all).Error; err != nil {
		return nil, err
	}
	come := make(map[int64][]string, len(all))
	for _, d := range all {
		come[d.ID] = periods(d.Deadline, model.Campaign{StartsOn: d.StartsOn, EndsOn: d.EndsOn})
	}
	var lost []string
	for _, m := range met {
		if !slices.Contains(come[m.DeadlineID], m.Period) {
			lost = append(lost, fmt.Sprintf("内部号 %d 的 %s", m.DeadlineID, shorten(m.Period)))
		}
	}
	return registerProblem("时限登记了办结，却没有这项时限或这一期", lost), nil
}

// checkDraws draws again from the seed and pool of each draw.
func checkDraws(tx *gorm.DB) ([]Problem, error) {
	var draws []storedDraw
	if err := tx.Table("draw").Order("form_no").Find(&draws).Error; err != nil {
		return nil, err
	}
	var picks []model.Pick
	if err := tx.Table("pick").Order("draw_id, position").Find(&picks).Error; err != nil {
		return nil, err
	}
	stored := map[int64][]model.Pick{}
	for _, p := range picks {
		stored[p.DrawID] = append(stored[p.DrawID], p)
	}
	var other []string
	for _, d := range draws {
		if err := tx.Statement.Context.Err(); err != nil {
			return nil, err
		}
		if !comesAgain(d, stored[d.ID]) {
			other = append(other, d.FormNo)
		}
	}
	return registerProblem("抽取重抽一遍得不出登记的结果，种子、范围或结果被改动过", other), nil
}

// comesAgain reports whether a draw's seed and pool give the stored picks.
func comesAgain(d storedDraw, stored []model.Pick) bool {
	row, err := d.row()
	if err != nil {
		return false
	}
	again, err := row.Pool.Draw(row.Seed)
	return err == nil && slices.EqualFunc(again, stored, samePick)
}

// checkAttached looks whether each attachment belongs to a record that can
// have one and is there.
func (s *Store) checkAttached(ctx context.Context) ([]Problem, error) {
	of := slices.Sorted(maps.Keys(attachable))
	var lost []attachmentRow
	if err := s.peek(ctx).Table("attachment").Where("entity NOT IN ?", of).Order("id").Find(&lost).Error; err != nil {
		return nil, err
	}
	for _, entity := range of {
		var rows []attachmentRow
		err := s.peek(ctx).Table("attachment").Where("entity = ? AND entity_id NOT IN (SELECT id FROM "+attachable[entity].table+")", entity).
			Order("id").Find(&rows).Error
		if err != nil {
			return nil, err
		}
		lost = append(lost, rows...)
	}
	var out []Problem
	for _, r := range lost {
		out = append(out, Problem{areaAttachments, fmt.Sprintf("附件 %d 所属的%s（内部号 %d）不存在", r.ID, shorten(r.Entity), r.EntityID)})
	}
	return out, nil
}
