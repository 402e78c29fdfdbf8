package sheet

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
)

// somebody draws a person as a roster may describe one.
func somebody(t *rapid.T, no int) model.RosterRow {
	words := func(label string, choices ...string) string { return rapid.SampledFrom(choices).Draw(t, label) }
	born := fmt.Sprintf("%d%02d%02d", rapid.IntRange(1960, 2005).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"))
	row := model.RosterRow{Line: no + 2, Department: words("department", "急诊科", "骨伤一科", "骨伤二科", "麻醉手术科"), Branch: words("branch", "", "第一支部")}
	row.Staff = model.Staff{
		EmployeeNo: fmt.Sprintf(words("number", "%03d", "A%d", "%05d"), no),
		Name:       words("name", "王䶮", "李喆", "张堃", "赵犇", "刘赟", "陈龘", "吴㛃", "徐𬱖", "孙𣲗", "胡𫖮", "朱𬭎", "阿依古丽·买买提", "Anna Smith"),
		Sex:        model.Sex(words("sex", "", "男", "女")), Post: words("post", "", "医生", "护士"), Title: words("title", "", "主任医师", "=主任", "+1", "001"),
		Position: words("position", "", "科主任", "护士长"), Political: words("political", "", "中共党员"), Note: words("note", "", "见附件 2026.1", "第一行 第二行", "@外聘"),
		Phone: words("phone", "", "13900001234", "0575-0000000"), KeyPostReason: words("reason", "", "经管资金、收费"),
		BornOn:   day.Partial(words("born", "", "1985", "1985-12", "1985-12-07")),
		JoinedOn: day.Partial(words("joined", "", "2010-01", "2010-10")), GridSupervisor: rapid.Bool().Draw(t, "grid"),
	}
	if rapid.Bool().Draw(t, "has ID") {
		row.Staff.IDNumber = personNumber("330106" + born + fmt.Sprintf("%03d", no))
	}
	return row
}

// What was imported, exported and imported again is what it was.
func TestImportExportImportChangesNothing(t *testing.T) {
	ctx := context.Background()
	root := t.TempDir()
	rounds := 0
	test := t
	rapid.Check(t, func(t *rapid.T) {
		rounds++
		s := storetest.Open(test, filepath.Join(root, fmt.Sprint(rounds)), time.Now)
		defer s.Folder().Close()
		defer s.Close()
		n := rapid.IntRange(1, 12).Draw(t, "people")
		first := model.RosterReading{Total: n}
		for i := range n {
			first.Rows = append(first.Rows, somebody(t, i+1))
		}
		if _, err := s.ImportRoster(ctx, "花名册.xlsx", first, store.RosterAnswers{}); err != nil {
			t.Fatal(err)
		}
		people, err := s.Staff(ctx, store.StaffFilter{}, store.Page{})
		if err != nil {
			t.Fatal(err)
		}
		sensitive := rapid.Bool().Draw(t, "sensitive")
		path := filepath.Join(s.Folder().Output(), "职工.xlsx")
		if err := Write(path, StaffTable(people.Items, sensitive)); err != nil {
			t.Fatal(err)
		}
		again, err := ReadRoster(s.Assets(), path, "")
		if err != nil {
			t.Fatal(err)
		}
		plan, err := s.PlanRoster(ctx, again, store.RosterAnswers{})
		if err != nil {
			t.Fatal(err)
		}
		if len(again.Rejected) > 0 || plan.Unchanged != n || len(plan.Added)+len(plan.Updated)+len(plan.Missing)+len(plan.Rejected) > 0 {
			t.Fatalf("%d of %d unchanged, rejected %v, updated %+v", plan.Unchanged, n, again.Rejected, plan.Updated)
		}
	})
}
