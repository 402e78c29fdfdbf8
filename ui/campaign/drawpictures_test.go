package campaign

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
)

// TestDrawPictures shows the draws of a county hospital. It needs
// CAMPAIGN_PICTURES, the folder for the pictures.
func TestDrawPictures(t *testing.T) {
	if os.Getenv("CAMPAIGN_PICTURES") == "" {
		t.Skip("CAMPAIGN_PICTURES is not set")
	}
	ctx := context.Background()
	d := newDesk(t)
	d.deps.NewFinding = func(model.Finding) {}
	d.deps.Random = func() string { return "40718326" }
	roster, err := sheet.ReadRoster(d.store.Assets(), filepath.Join("..", "..", "report", "sheet", "testdata", "county-hospital-620.xlsx"), "")
	check(t, err)
	_, err = d.store.ImportRoster(ctx, "county-hospital-620.xlsx", roster, store.RosterAnswers{})
	check(t, err)
	p := NewDraws(d.deps)
	d.inFrame(p)
	d.picture("draws-empty")
	d.campaign(2026)
	people := must[store.Rows[store.StaffRow]](t)(d.store.Staff(ctx, store.StaffFilter{}, store.Page{Sort: "employee_no"})).Items
	r := store.DrawRequest{CampaignID: d.inHand.ID, From: "2026-08-11", To: "2026-08-28", Picks: 5, PerVisit: 2, Fair: true, DrawnBy: "欧阳建国", Witness: "阿依古丽·买买提"}
	for i := range 6 {
		name := must[string](t)(inspectorName(ctx, d.store, people[i*90].ID))
		r.Inspectors = append(r.Inspectors, model.Inspector{Name: name})
	}
	var ids []int64
	for i := range 26 {
		r.Seed = []string{"20260811", "体彩 7 星彩第 26092 期 3718409", "99", "48201937"}[i%4]
		ids = append(ids, must[int64](t)(d.store.MakeDraw(ctx, r)))
	}
	last := ids[len(ids)-1]
	for i, k := range must[[]pickRow](t)(d.store.Picks(ctx, last)) {
		if i%2 == 0 {
			k.InspectedOn, k.Record, k.Published = "2026-08-11", "抽查门诊处方 50 张、出院病历 20 份，核对高值耗材出入库台账；2 份病历检查依据记录不全，其余未见异常。", "院务公开栏公示、院周会通报"
			check(t, d.store.RecordPick(ctx, k.Pick))
		}
	}
	check(t, d.store.VoidDraw(ctx, ids[3], "见证人临时离场，程序不完整，另行抽取"))
	p.Refresh()
	d.win.Content().Refresh()
	p.Table().SelectIndex(2)
	d.picture("draws-list")
	p.ShowDraw(must[drawRow](t)(d.store.Draw(ctx, last)))
	d.win.Content().Refresh()
	p.picks.Table().SelectIndex(2)
	d.picture("draw-picks")
	d.tap("修改记录…")
	d.picture("draw-record")
	d.escape()
	d.tap("重演")
	d.picture("draw-repeat")
	d.tap("打印结果单")
	d.picture("draw-sheet")
	d.escape()
	d.escape()
	d.menu("打印", "检查记录表")
	d.picture("draw-inspections")
	d.escape()
	d.tap("← 全部抽取")
	d.tap("新抽取")
	d.picture("draw-new")
	d.tap("下一步")
	d.tap("掷一个")
	d.picture("draw-pool")
	d.write(2, "周明")
	d.tapLast("抽取")
	d.picture("draw-result")
	d.tap("关闭")

	// The longest that can be: it breaks, and nothing is cut off.
	m := must[model.Department](t)(d.store.Department(ctx, people[0].DepartmentID))
	m.Name = strings.Repeat("重症医学与急诊创伤救治", 4)[:3*model.MaxName]
	must[int64](t)(d.store.SaveDepartment(ctx, m))
	r.Departments, r.Picks, r.PerVisit = []int64{m.ID, people[200].DepartmentID}, 2, 4
	r.Seed = strings.Repeat("彩票号码", 10)
	r.DrawnBy, r.Witness = strings.Repeat("欧阳建国、", 12), strings.Repeat("阿依古丽·买买提、", 6)
	for i := range r.Inspectors {
		r.Inspectors[i] = model.Inspector{Name: fmt.Sprintf("%d阿依古丽·买买提（院外党风行风监督员）", i)}
	}
	p.show(must[drawRow](t)(d.store.Draw(ctx, must[int64](t)(d.store.MakeDraw(ctx, r)))), true)
	d.picture("draw-longest")
	d.tap("关闭")
	p.ShowDraw(must[drawRow](t)(d.store.Draw(ctx, last+2)))
	d.win.Content().Refresh()
	p.picks.Table().SelectIndex(0)
	d.picture("draw-longest-page")
	d.tap("← 全部抽取")
	p.Refresh()
	d.win.Content().Refresh()
	p.SelectID(ids[3])
	d.picture("draw-void-longest")
}
