package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/model"
	"qingfeng/model/day"
)

// wards makes a campaign and n departments with a person each, 工号 of the
// third is 03000.
func wards(t testing.TB, n int) (*Store, model.Campaign, []int64) {
	t.Helper()
	s := openTest(t)
	var ids []int64
	for i := range n {
		id, _ := ward(t, s, []string{"急诊科", "药剂科", "检验科", "放射科", "骨科", "儿科", "眼科"}[i], fmt.Sprintf("%02d", i+1), 1)
		ids = append(ids, id)
	}
	return s, drive(t, s), ids
}

func request(campaign int64) DrawRequest {
	return DrawRequest{CampaignID: campaign, Seed: "20260901", From: "2026-09-01", To: "2026-09-04", Picks: 2, Fair: true, DrawnBy: "李某", Witness: "周某"}
}

func TestDrawPool(t *testing.T) {
	ctx := context.Background()
	s, c, ids := wards(t, 3)
	r := request(c.ID)
	r.From, r.To = "2026-09-18", "2026-09-28" // with the make-up day of the National Day, a Sunday, and the Mid-Autumn Festival
	pool := must[model.Pool](t)(s.DrawPool(ctx, r))
	calendar := must[interface {
		IsWorkday(day.Date) (bool, error)
	}](t)(s.Calendar())
	var want []model.Slot
	for d := r.From; d <= r.To; d = day.Of(d.Time().AddDate(0, 0, 1)) {
		if must[bool](t)(calendar.IsWorkday(d)) {
			want = append(want, model.Slot{Day: d, Half: "上午"}, model.Slot{Day: d, Half: "下午"})
		}
	}
	if !slices.Equal(pool.Slots, want) || !slices.Contains(want, model.Slot{Day: "2026-09-20", Half: "上午"}) || slices.Contains(want, model.Slot{Day: "2026-09-25", Half: "上午"}) {
		t.Errorf("%v", pool.Slots)
	}
	if len(pool.Departments) != 3 || pool.Departments[0] != (model.PoolDepartment{ID: ids[0], Name: "急诊科"}) {
		t.Errorf("%+v", pool.Departments)
	}
	r.Departments = ids[1:]
	if pool = must[model.Pool](t)(s.DrawPool(ctx, r)); len(pool.Departments) != 2 || pool.Departments[0].ID != ids[1] {
		t.Errorf("%+v", pool.Departments)
	}
	closed := must[int64](t)(s.SaveDepartment(ctx, model.Department{Name: "老门诊部", ClosedOn: "2025-12-31"}))
	for name, x := range map[string]struct {
		change func(*DrawRequest)
		code   model.Code
		says   string
	}{
		"a year without a table": {func(r *DrawRequest) { r.From, r.To = "2027-01-04", "2027-01-08" }, model.Invalid, "2027 年的节假日安排"},
		"days gone by":           {func(r *DrawRequest) { r.From = "2026-08-10" }, model.Invalid, "已经过去"},
		"backwards":              {func(r *DrawRequest) { r.To = "2026-08-31" }, model.Invalid, "不是一段日期"},
		"no days":                {func(r *DrawRequest) { r.From = "" }, model.Invalid, "不是一段日期"},
		"too long":               {func(r *DrawRequest) { r.To = "2029-09-01" }, model.Invalid, "超过一年"},
		"a closed department":    {func(r *DrawRequest) { r.Departments = []int64{closed} }, model.Conflict, "老门诊部 已于 2025-12-31 撤销"},
		"an unknown department":  {func(r *DrawRequest) { r.Departments = []int64{99} }, model.NotFound, "科室"},
		"an unknown campaign":    {func(r *DrawRequest) { r.CampaignID = 99 }, model.NotFound, "专项行动"},
	} {
		r := request(c.ID)
		x.change(&r)
		_, err := s.DrawPool(ctx, r)
		wantCode(t, err, x.code)
		if err == nil || !strings.Contains(err.Error(), x.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Everybody of the first ward is called 张三: an inspector of that name is one
// of several people, unless the department stands behind it.
func TestInspectors(t *testing.T) {
	ctx := context.Background()
	s, c, ids := wards(t, 3)
	must[int64](t)(s.SaveStaff(ctx, model.Staff{EmployeeNo: "90", Name: "孙七", DepartmentID: ids[1]}))
	gone := must[int64](t)(s.SaveStaff(ctx, model.Staff{EmployeeNo: "91", Name: "钱八", DepartmentID: ids[2]}))
	ok(t, s.Leave(ctx, gone, "2026-08-01", "调出"))
	r := request(c.ID)
	r.Inspectors = []model.Inspector{{Name: "孙 七"}, {Name: "张三(检验科)"}, {Name: "钱八"}, {Name: " "}, {Name: "张三（院外）", DepartmentID: ids[0]}}
	want := []model.Inspector{{Name: "孙七", DepartmentID: ids[1]}, {Name: "张三（检验科）", DepartmentID: ids[2]}, {Name: "钱八"}, {Name: "张三（院外）", DepartmentID: ids[0]}}
	if pool := must[model.Pool](t)(s.DrawPool(ctx, r)); !slices.Equal(pool.Inspectors, want) {
		t.Errorf("%+v", pool.Inspectors)
	}
	r.Inspectors = []model.Inspector{{Name: "张三"}}
	_, err := s.DrawPool(ctx, r)
	wantCode(t, err, model.Invalid)
	// Nobody is sent to the own department, whatever the seed.
	r.Inspectors, r.PerVisit, r.Picks = want[:3], 2, 3
	for seed := range 20 {
		r.Seed = fmt.Sprint(seed)
		id := must[int64](t)(s.MakeDraw(ctx, r))
		for _, p := range must[[]PickRow](t)(s.Picks(ctx, id)) {
			for _, i := range want[:3] {
				if i.DepartmentID == p.DepartmentID && slices.Contains(strings.Split(p.Inspectors, "、"), i.Name) {
					t.Errorf("%s inspects %s", i.Name, p.Department)
				}
			}
		}
	}
	r.Inspectors = want[:2] // two of whom one at most may go to two of the departments
	_, err = s.MakeDraw(ctx, r)
	wantCode(t, err, model.Invalid)
}

func TestDrawFromBeginToEnd(t *testing.T) {
	ctx := context.Background()
	s, c, _ := wards(t, 3)
	id := must[int64](t)(s.MakeDraw(ctx, request(c.ID)))
	d := must[DrawRow](t)(s.Draw(ctx, id))
	if d.FormNo[:14] != "SJ-2026-00001-" || d.Picks != 2 || d.Done != 0 || d.Witness != "周某" || d.DrawnOn != "2026-08-11" || len(d.Pool.Slots) != 8 {
		t.Errorf("%+v", d)
	}
	if got := must[DrawRow](t)(s.DrawByNumber(ctx, strings.ToLower(d.FormNo))); got.ID != id {
		t.Errorf("by its number: %+v", got)
	}
	for typed, part := range map[string]string{"CN-2026-00001-54": "找不到这次抽取", "SJ-2026-00001-00": "校验码", "abc": "不是表单编号"} {
		if _, err := s.DrawByNumber(ctx, typed); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %v", typed, err)
		}
	}
	picks := must[[]PickRow](t)(s.Picks(ctx, id))
	// By hand (see model's TestRank): 检验科 (05ff4ab0) before 急诊科 (47ae479c) before 药剂科 (766d1cd0).
	if len(picks) != 2 || picks[0].Department != "检验科" || picks[1].Department != "急诊科" || picks[0].FormNo != d.FormNo || picks[0].CampaignID != c.ID {
		t.Errorf("%+v", picks)
	}
	same, again, err := s.RepeatDraw(ctx, id)
	if err != nil || !same || len(again) != 2 {
		t.Errorf("repeated: %v, %v, %v", same, again, err)
	}
	first := picks[0].Pick
	first.InspectedOn, first.Record = "2026-08-12", "未见异常"
	wantCode(t, s.RecordPick(ctx, first), model.Invalid) // tomorrow
	first.InspectedOn = "2026-08-10"
	wantCode(t, s.RecordPick(ctx, first), model.Conflict) // before it was drawn
	first.InspectedOn, first.Record = "2026-08-11", " "
	wantCode(t, s.RecordPick(ctx, first), model.Invalid)
	first.Record = "抽查处方 20 张，1 张未双签"
	ok(t, s.RecordPick(ctx, first))
	first.Published = "院内公示栏"
	ok(t, s.RecordPick(ctx, first))
	m := aFinding(0, picks[0].DepartmentID)
	m.PickID, m.FoundOn = picks[0].ID, "2026-08-11"
	f := saved(t, s, m)
	if f.CampaignID != c.ID || f.Origin != "双随机抽查 "+d.FormNo {
		t.Errorf("%+v", f)
	}
	picks = must[[]PickRow](t)(s.Picks(ctx, id))
	if picks[0].State != model.Inspected || picks[0].Published != "院内公示栏" || picks[0].Findings != 1 || picks[1].State != model.ToInspect {
		t.Errorf("%+v", picks)
	}
	if rows := must[Rows[FindingRow]](t)(s.Findings(ctx, FindingFilter{AllCampaigns: true, PickID: picks[0].ID}, Page{})); rows.Total != 1 {
		t.Errorf("%d findings of the inspection", rows.Total)
	}
	wantCode(t, s.VoidDraw(ctx, id, "抽错"), model.Conflict)
	clean(t, s)
	// A changed pick is noticed when the draw is repeated, by people or the check.
	ok(t, s.writer.Exec(`UPDATE pick SET half = CASE half WHEN '上午' THEN '下午' ELSE '上午' END WHERE id = ?`, picks[1].ID).Error)
	if same, _, err := s.RepeatDraw(ctx, id); err != nil || same {
		t.Errorf("somebody moved a pick: %v, %v", same, err)
	}
	if found := problemsIn(t, s, areaRegisters); len(found) != 1 {
		t.Errorf("the check finds %q", found)
	}
}

func TestDrawRefuses(t *testing.T) {
	ctx := context.Background()
	s, c, _ := wards(t, 3)
	before := dump(t, s)
	for name, change := range map[string]func(*DrawRequest){
		"not enough slots":   func(r *DrawRequest) { r.To, r.Picks = "2026-09-01", 3 },
		"too many picks":     func(r *DrawRequest) { r.Picks = 4 },
		"no picks":           func(r *DrawRequest) { r.Picks = 0 },
		"no seed":            func(r *DrawRequest) { r.Seed = " " },
		"a long seed":        func(r *DrawRequest) { r.Seed = strings.Repeat("1", 41) },
		"nobody to send":     func(r *DrawRequest) { r.PerVisit = 1 },
		"one inspector, two": func(r *DrawRequest) { r.Inspectors = []model.Inspector{{Name: "甲"}, {Name: "甲"}} },
		"witness himself":    func(r *DrawRequest) { r.Witness = "李 某" },
		"himself, unnamed":   func(r *DrawRequest) { r.DrawnBy, r.Witness = "", "李某" },
		"a weekend":          func(r *DrawRequest) { r.From, r.To = "2026-09-05", "2026-09-06" },
	} {
		r := request(c.ID)
		change(&r)
		if _, err := s.MakeDraw(ctx, r); model.CodeOf(err) != model.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("refused draws changed %v", d)
	}
}

// Over any sequence of draws, voided ones not counted, no department is drawn
// twice more than another.
func TestDrawsAreFair(t *testing.T) {
	ctx := context.Background()
	s, c, ids := wards(t, 7)
	rapid.Check(t, func(rt *rapid.T) {
		c.ID, c.Title = 0, c.Title+"又"
		if len([]rune(c.Title)) > model.MaxShort {
			c.Title = fmt.Sprintf("行动 %d", len(must[[]model.Campaign](t)(s.Campaigns(ctx))))
		}
		c.ID = must[int64](t)(s.SaveCampaign(ctx, c))
		times := map[int64]int{}
		for range rapid.IntRange(1, 5).Draw(rt, "draws") {
			r := request(c.ID)
			r.Seed, r.Picks = rapid.StringMatching(`[0-9]{1,8}`).Draw(rt, "seed"), rapid.IntRange(1, 7).Draw(rt, "picks")
			id := must[int64](t)(s.MakeDraw(ctx, r))
			if rapid.IntRange(0, 4).Draw(rt, "void") == 4 {
				ok(t, s.VoidDraw(ctx, id, "停电"))
				continue
			}
			for _, p := range must[[]PickRow](t)(s.Picks(ctx, id)) {
				times[p.DepartmentID]++
			}
			least, most := 1<<30, 0
			for _, d := range ids {
				least, most = min(least, times[d]), max(most, times[d])
			}
			if most-least > 1 {
				rt.Fatalf("drawn %d to %d times: %v", least, most, times)
			}
		}
	})
	clean(t, s)
}

func TestVoidDraw(t *testing.T) {
	ctx := context.Background()
	s, c, _ := wards(t, 3)
	id := must[int64](t)(s.MakeDraw(ctx, request(c.ID)))
	picks := must[[]PickRow](t)(s.Picks(ctx, id))
	wantCode(t, s.VoidDraw(ctx, id, " "), model.Invalid)
	ok(t, s.VoidDraw(ctx, id, "停电"))
	wantCode(t, s.VoidDraw(ctx, id, "停电"), model.Conflict)
	p := picks[0].Pick
	p.InspectedOn, p.Record = "2026-08-11", "未见异常"
	wantCode(t, s.RecordPick(ctx, p), model.Conflict)
	m := aFinding(0, picks[0].DepartmentID)
	m.PickID = p.ID
	_, _, err := s.SaveFinding(ctx, m)
	wantCode(t, err, model.Conflict)
	for _, fair := range []bool{true, false} { // neither counts what is void
		r := request(c.ID)
		r.Fair = fair
		for _, d := range must[model.Pool](t)(s.DrawPool(ctx, r)).Departments {
			if d.Times != 0 {
				t.Errorf("fair %v: %+v", fair, d)
			}
		}
	}
	rows := must[Rows[DrawRow]](t)(s.Draws(ctx, c.ID, Page{Sort: "drawn_on", Desc: true, Limit: 1}))
	if rows.Total != 1 || rows.Items[0].VoidReason != "停电" || rows.Items[0].Picks != 2 {
		t.Errorf("%+v", rows)
	}
	if n := must[Rows[DrawRow]](t)(s.Draws(ctx, c.ID+1, Page{})).Total; n != 0 {
		t.Errorf("%d draws of another campaign", n)
	}
	clean(t, s)
}
