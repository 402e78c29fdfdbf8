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
// PAGE_PICTURES, the folder for the pictures.
func TestDrawPictures(t *testing.T) {
	if os.Getenv("PAGE_PICTURES") == "" {
		t.Skip("PAGE_PICTURES is not set")
	}
	ctx := context.Background()
	d := newDesk(t)
	d.deps.NewFinding = func(model.Finding) {}
	d.deps.Random = func() string { return "40718326" }
	roster, err := sheet.ReadRoster(d.Store.Assets(), filepath.Join("..", "..", "report", "sheet", "testdata", "county-hospital-620.xlsx"), "")
	check(t, err)
	_, err = d.Store.ImportRoster(ctx, "county-hospital-620.xlsx", roster, store.RosterAnswers{})
	check(t, err)
	p := NewDraws(d.deps)
	d.InFrame(p)
	d.Picture("draws-empty")
	d.campaign(2026)
	people := must[store.Rows[store.StaffRow]](t)(d.Store.Staff(ctx, store.StaffFilter{}, store.Page{Sort: "employee_no"})).Items
	r := store.DrawRequest{CampaignID: d.inHand.ID, From: "2026-08-11", To: "2026-08-28", Picks: 5, PerVisit: 2, Fair: true, DrawnBy: "欧阳建国", Witness: "阿依古丽·买买提"}
	for i := range 6 {
		name := must[string](t)(inspectorName(ctx, d.Store, people[i*90].ID))
		r.Inspectors = append(r.Inspectors, model.Inspector{Name: name})
	}
	var ids []int64
	for i := range 26 {
		r.Seed = []string{"20260811", "体彩 7 星彩第 26092 期 3718409", "99", "48201937"}[i%4]
		ids = append(ids, must[int64](t)(d.Store.MakeDraw(ctx, r)))
	}
	last := ids[len(ids)-1]
	for i, k := range must[[]pickRow](t)(d.Store.Picks(ctx, last)) {
		if i%2 == 0 {
			k.InspectedOn, k.Record, k.Published = "2026-08-11", "抽查门诊处方 50 张、出院病历 20 份，核对高值耗材出入库台账；2 份病历检查依据记录不全，其余未见异常。", "院务公开栏公示、院周会通报"
			check(t, d.Store.RecordPick(ctx, k.Pick))
		}
	}
	check(t, d.Store.VoidDraw(ctx, ids[3], "见证人临时离场，程序不完整，另行抽取"))
	p.Refresh()
	d.Win.Content().Refresh()
	p.Table().SelectIndex(2)
	d.Picture("draws-list")
	p.ShowDraw(must[drawRow](t)(d.Store.Draw(ctx, last)))
	d.Win.Content().Refresh()
	p.picks.Table().SelectIndex(2)
	d.Picture("draw-picks")
	d.Tap("修改记录…")
	d.Picture("draw-record")
	d.Escape()
	d.Tap("重演")
	d.Picture("draw-repeat")
	d.Tap("打印结果单")
	d.Picture("draw-sheet")
	d.Escape()
	d.Escape()
	d.Menu("打印", "检查记录表")
	d.Picture("draw-inspections")
	d.Escape()
	d.Tap("← 全部抽取")
	d.Tap("新抽取")
	d.Picture("draw-new")
	d.Tap("下一步")
	d.Tap("掷一个")
	d.Picture("draw-pool")
	d.Write(2, "周明")
	d.TapLast("抽取")
	d.Picture("draw-result")
	d.Tap("关闭")

	// The longest that can be: it breaks, and nothing is cut off.
	m := must[model.Department](t)(d.Store.Department(ctx, people[0].DepartmentID))
	m.Name = strings.Repeat("重症医学与急诊创伤救治", 4)[:3*model.MaxName]
	must[int64](t)(d.Store.SaveDepartment(ctx, m))
	r.Departments, r.Picks, r.PerVisit = []int64{m.ID, people[200].DepartmentID}, 2, 4
	r.Seed = strings.Repeat("彩票号码", 10)
	r.DrawnBy, r.Witness = strings.Repeat("欧阳建国、", 12), strings.Repeat("阿依古丽·买买提、", 6)
	for i := range r.Inspectors {
		r.Inspectors[i] = model.Inspector{Name: fmt.Sprintf("%d阿依古丽·买买提（院外党风行风监督员）", i)}
	}
	p.show(must[drawRow](t)(d.Store.Draw(ctx, must[int64](t)(d.Store.MakeDraw(ctx, r)))), true)
	d.Picture("draw-longest")
	d.Tap("关闭")
	p.ShowDraw(must[drawRow](t)(d.Store.Draw(ctx, last+2)))
	d.Win.Content().Refresh()
	p.picks.Table().SelectIndex(0)
	d.Picture("draw-longest-page")
	d.Tap("← 全部抽取")
	p.Refresh()
	d.Win.Content().Refresh()
	p.SelectID(ids[3])
	d.Picture("draw-void-longest")
}
