package store

import (
	"context"
	"strings"
	"testing"

	"qingfeng/model"
)

// Whatever changes entries of the register past program, checks and triggers,
// 体检 says which record no longer agrees.
func TestHandoversThatDoNotAgreeAreFound(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	h, items := aHandover(people[0])
	d := handed(t, s, h, items...)
	_, err := s.IssueReceipt(ctx, d.ID)
	ok(t, err)
	id, _, err := s.Dispose(ctx, returned20(d))
	ok(t, err)
	_, err = s.ReverseDisposition(ctx, id, "填错")
	ok(t, err)
	_, _, err = s.Dispose(ctx, returned20(d))
	ok(t, err)
	h.Anonymous, h.StaffID = true, 0
	other := handed(t, s, h, items[:1]...)
	ok(t, s.VoidHandover(ctx, other.ID, "登记错"))
	last := handed(t, s, h, items[:1]...)
	_, _, err = s.ChangeCustody(ctx, model.Custody{MovedOn: "2026-08-11", FromKeeper: "李某", Keeper: "钱某", WitnessedBy: "王某"}, []int64{last.ID})
	ok(t, err)
	wantSound(t, s)
	shut(s)
	var unlocked []string
	for _, table := range []string{"handover_item_stands", "handover_item_stays", "handover_item_counters_one", "handover_stays", "handover_void_stays",
		"handover_keeps_its_name", "disposition_stands", "disposition_stays", "disposition_counters_one", "disposition_line_within",
		"disposition_line_of_standing", "disposition_line_stands", "disposition_line_stays", "receipt_stands", "receipt_stays", "audit_stays_as_it_is"} {
		unlocked = append(unlocked, `DROP TRIGGER IF EXISTS `+table)
	}
	unlocked = append(unlocked, free...)
	for name, c := range map[string]struct{ do, want string }{
		"an item worth more":         {`UPDATE handover_item SET amount_fen = amount_fen + 1 WHERE id = 2`, "红包上交的金额与财物之和不符，共 1 条：HB-2026-00001-"},
		"an item gone":               {`DELETE FROM handover_item WHERE id = 3`, "红包上交的金额与财物之和不符，共 1 条：HB-2026-00001-"},
		"a handover worth more":      {`UPDATE handover SET amount_fen = amount_fen + 1 WHERE id = 1`, "红包上交的金额与财物之和不符，共 1 条：HB-2026-00001-"},
		"less disposed of":           {`UPDATE handover SET disposed_fen = 1 WHERE id = 1`, "已处置金额与处置之和不符，共 1 条：HB-2026-00001-"},
		"a disposition gone":         {`DELETE FROM disposition WHERE id = 3`, "已处置金额与处置之和不符，共 1 条：HB-2026-00001-"},
		"a line of another sum":      {`UPDATE disposition_line SET amount_fen = 5 WHERE disposition_id = 3`, "处置的金额与各项之和不符，共 1 条：HC-2026-00003-"},
		"a line of another handover": {`UPDATE disposition_line SET item_id = 5 WHERE disposition_id = 3`, "不属于它那次上交，共 1 条：HC-2026-00003-"},
		"more left than came": {`UPDATE disposition_line SET amount_fen = 300000 WHERE disposition_id = 3`,
			"一项财物的处置超出了上交，或更正后还有处置，共 1 条：HB-2026-00001-"},
		"a counter-entry of other figures": {`UPDATE disposition_line SET amount_fen = -5 WHERE disposition_id = 2`, "冲正与它所冲的处置不一致，共 1 条：HC-2026-00002-"},
		"a counter-entry of another kind":  {`UPDATE disposition SET kind = '上缴国库' WHERE id = 2`, "冲正与它所冲的处置不一致，共 1 条：HC-2026-00002-"},
		"a receipt of another sum":         {`UPDATE receipt SET amount_fen = 5 WHERE id = 1`, "收据的金额与红包上交的不符，或登记已作废而收据有效，共 1 条：HS-2026-00001-"},
		"a receipt of a void one":          {`UPDATE receipt SET handover_id = 2`, "收据的金额与红包上交的不符，或登记已作废而收据有效，共 1 条：HS-2026-00001-"},
		"a name behind an anonymous one":   {`UPDATE handover SET staff_id = 1 WHERE id = 3`, "匿名上交留有上交人，共 1 条：HB-2026-00003-"},
		"a state by hand":                  {`UPDATE handover SET state = '已结清' WHERE id = 3`, "红包上交的状态与操作记录不符，共 1 条：HB-2026-00003-"},
		"less in the safe":                 {`UPDATE handover SET kept_fen = kept_fen - 1 WHERE id = 1`, "在保管金额与财物不符，共 1 条：HB-2026-00001-"},
		"another keeper":                   {`UPDATE handover SET keeper = '孙某' WHERE id = 3`, "保管人与最后一次保管交接不符，共 1 条：HB-2026-00003-"},
		"a number skipped":                 {`UPDATE numbering SET last = last + 1 WHERE prefix = 'HS'`, "没有对应的表单：HS-2026-00002-"},
		"a number changed":                 {`UPDATE handover SET form_no = 'HB-2026-00009-01' WHERE id = 3`, "没有对应的表单：HB-2026-00003-"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := openLocked(t, copyFolder(t, s.folder.Dir()), cheap)
			raw(t, s.folder.Database(), append(unlocked[:len(unlocked):len(unlocked)], c.do)...)
			var found []string
			for _, p := range must[[]Problem](t)(s.Check(ctx)) {
				if p.Area == areaRegisters || p.Area == areaNumbers {
					found = append(found, p.Detail)
				}
			}
			if !strings.Contains(strings.Join(found, "\n"), c.want) {
				t.Errorf("found %q, want %q", found, c.want)
			}
		})
	}
}
