package store

import (
	"context"
	"strings"
	"testing"

	"qingfeng/model"
)

// stocked is a closed folder with something in every register.
func stocked(t *testing.T) (dir string) {
	t.Helper()
	s := openTest(t)
	ward(t, s, "急诊科", "01", 8)
	drive(t, s)
	stock(t, s)
	wantFilled(t, s, model.FindingStates...)
	clean(t, s)
	shut(s)
	return s.folder.Dir()
}

// free are statements after which a database takes anything.
var free = []string{`PRAGMA foreign_keys = OFF`, `PRAGMA ignore_check_constraints = ON`}

func TestRegistersThatDoNotAgreeAreFound(t *testing.T) {
	dir := stocked(t)
	const areas = areaRegisters + areaAttachments
	closed := `(SELECT MIN(id) FROM finding WHERE state = '已销号')`
	open := `(SELECT MIN(id) FROM finding WHERE state = '待整改' AND problem_id IS NOT NULL)`
	form := `(SELECT MIN(id) FROM selfcheck WHERE state = '已交回')`
	for name, c := range map[string]struct{ do, want string }{
		"a problem gone":            {`DELETE FROM problem WHERE id = (SELECT problem_id FROM finding WHERE id = ` + open + `)`, "申报不见了或已撤销，共 1 条：ZG-2026-"},
		"a problem void":            {`UPDATE problem SET voided_on = '2026-08-11' WHERE id = (SELECT problem_id FROM finding WHERE id = ` + open + `)`, "申报不见了或已撤销，共 1 条：ZG-2026-"},
		"a finding gone":            {`DELETE FROM finding WHERE id = ` + open, "没有进入台账，共 1 条：ZC-2026-"},
		"a finding of no problem":   {`UPDATE finding SET problem_id = NULL WHERE id = ` + open, "没有进入台账，共 1 条：ZC-2026-"},
		"a form that states less":   {`UPDATE selfcheck SET problems = problems - 1 WHERE id = ` + form, "项数与申报的不符，共 1 条：ZC-2026-"},
		"all forms state more":      {`UPDATE selfcheck SET problems = problems + 1`, "项数与申报的不符，共 "},
		"a form made void":          {`UPDATE selfcheck SET state = '作废', returned_on = '', voided_on = '2026-08-11' WHERE id = ` + form, "自查表已作废，申报的问题还在，共 1 条：ZC-2026-"},
		"a form of another drive":   {`UPDATE selfcheck SET campaign_id = 2 WHERE id = ` + form, "不是它那次专项行动的自查项目，共 1 条：ZC-2026-"},
		"an item gone":              {`DELETE FROM check_item WHERE position = 1`, "不是它那次专项行动的自查项目，共 "},
		"closed without acceptance": {`UPDATE finding SET accepted_on = '', accepted_by = '' WHERE id = ` + closed, "没有整改、提交和验收的登记，共 1 条：ZG-2026-"},
		"closed without work":       {`UPDATE finding SET begun_on = '', submitted_on = '', mended_by = '' WHERE id = ` + closed, "没有整改、提交和验收的登记，共 1 条：ZG-2026-"},
		"accepted too early":        {`UPDATE finding SET accepted_on = '2026-01-01' WHERE id = ` + closed, "没有整改、提交和验收的登记，共 1 条：ZG-2026-"},
		"closed by hand": {`UPDATE finding SET state = '已销号', begun_on = '2026-08-11', submitted_on = '2026-08-11', mended_by = '张三', accepted_on = '2026-08-11',
			accepted_by = '李某' WHERE id = ` + open, "状态与操作记录不符，共 1 条：ZG-2026-"},
		"closed as an old one": {`UPDATE finding SET state = '已销号', accepted_on = '2026-08-11', accepted_by = '李某', accept_note = '原台账导入' WHERE id = ` + open,
			"状态与操作记录不符，共 1 条：ZG-2026-"},
		"opened by hand":           {`UPDATE finding SET state = '待整改', accepted_on = '', accepted_by = '' WHERE id = ` + closed, "状态与操作记录不符，共 1 条：ZG-2026-"},
		"more time for a void one": {`UPDATE extension SET finding_id = (SELECT id FROM finding WHERE state = '作废' LIMIT 1) WHERE state = '待批'`, "还有待批的延期，共 1 条：ZG-2026-"},
		"a deadline gone":          {`DELETE FROM deadline WHERE id = (SELECT deadline_id FROM deadline_done LIMIT 1)`, "没有这项时限或这一期，共 1 条：内部号 1 的 2026-08-15"},
		"another period":           {`UPDATE deadline_done SET period = '2026-08-16' WHERE voided_on = ''`, "没有这项时限或这一期，共 1 条：内部号 1 的 2026-08-16"},
		"another day of it":        {`UPDATE deadline SET date = '2026-08-17' WHERE id = 1`, "没有这项时限或这一期，共 1 条"},
		"a drawn draw made void":   {`UPDATE draw SET voided_on = '2026-08-11' WHERE id = 1`, "抽取已作废，却登记了检查或问题，共 1 条：SJ-2026-"},
		"another seed":             {`UPDATE draw SET seed = seed || '1' WHERE id = 2`, "重抽一遍得不出登记的结果，种子、范围或结果被改动过，共 1 条：SJ-2026-00002-"},
		"a pool without one":       {`UPDATE draw SET pool = json_remove(pool, '$.slots[0]', '$.departments[2]', '$.departments[1]') WHERE id = 1`, "共 1 条：SJ-2026-00001-"},
		"a pool that is none":      {`UPDATE draw SET pool = 'x' WHERE id = 1`, "共 1 条：SJ-2026-00001-"},
		"a pool too small":         {`UPDATE draw SET pool = '{}' WHERE id = 1`, "共 1 条：SJ-2026-00001-"},
		"other inspectors":         {`UPDATE pick SET inspectors = '吴某、周某' WHERE id = 2`, "重抽一遍"},
		"another half of the day":  {`UPDATE pick SET half = CASE half WHEN '上午' THEN '下午' ELSE '上午' END WHERE id = 2`, "重抽一遍"},
		"another day":              {`UPDATE pick SET day = '2026-09-30' WHERE id = 2`, "重抽一遍"},
		"another order":            {`UPDATE pick SET position = 9 - position WHERE draw_id = 1`, "重抽一遍"},
		"another department":       {`UPDATE pick SET department_id = 99 WHERE id = 2`, "重抽一遍"},
		"a pick gone":              {`DELETE FROM pick WHERE id = 3`, "重抽一遍"},
		"a scan of nothing":        {`UPDATE attachment SET entity_id = 999 WHERE entity = '抽查'`, "所属的抽查（内部号 999）不存在"},
		"a scan of a finding gone": {`DELETE FROM finding WHERE id = 1`, "所属的问题（内部号 1）不存在"},
		"a scan of what has none":  {`UPDATE attachment SET entity = '延期' WHERE entity = '问题'`, "所属的延期（内部号 1）不存在"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openLocked(t, copyFolder(t, dir), cheap)
			raw(t, s.folder.Database(), append(free[:len(free):len(free)], c.do)...)
			var found []string
			for _, p := range must[[]Problem](t)(s.Check(context.Background())) {
				if strings.Contains(areas, p.Area) {
					found = append(found, p.Detail)
				}
			}
			if !strings.Contains(strings.Join(found, "\n"), c.want) {
				t.Errorf("found %q, want %s", found, c.want)
			}
			for _, f := range found {
				if strings.Contains(f, "张三") || strings.Count(f, "、") > 12 {
					t.Errorf("it says %s", f)
				}
			}
		})
	}
}

// Damage that makes a value unreadable is found and ends no check.
func TestRegistersOfAnyContentAreChecked(t *testing.T) {
	s := openLocked(t, stocked(t), cheap)
	raw(t, s.folder.Database(), append(free, `UPDATE audit SET after = '{' WHERE entity = '问题'`, `UPDATE finding SET submitted_on = 'x', state = '已销号' WHERE state <> '作废'`,
		`UPDATE deadline SET every = 'never', day = -7, month = 99`, `UPDATE draw SET pool = '[1]'`, `UPDATE campaign SET ends_on = ''`,
		`UPDATE selfcheck SET form_no = '' WHERE id = 1`, `UPDATE attachment SET entity = ''`)...)
	if got := problemsIn(t, s, areaRegisters); len(got) < 4 {
		t.Errorf("found %q", got)
	}
}
