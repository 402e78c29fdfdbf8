package campaign

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// lottery is a hospital of four departments, two kinds among them, with a
// campaign in hand and the page of draws on it. asked collects the findings
// that the page wants to be filled in.
func lottery(t *testing.T) (d *desk, p *DrawsPage, asked *[]model.Finding) {
	d = newDesk(t)
	ctx := context.Background()
	for i, x := range []struct {
		name   string
		kind   model.DepartmentKind
		people []string
	}{
		{"急诊科", "临床", []string{"张堃", "李喆"}}, {"麻醉手术科", "临床", []string{"阿依古丽·买买提"}},
		{"检验科", "医技", []string{"张堃", "王䶮"}}, {"放射科", "医技", nil},
	} {
		id := d.Staff(x.name, "0"+string(rune('1'+i)), x.people...)
		m := must[model.Department](t)(d.Store.Department(ctx, id))
		m.Kind = x.kind
		must[int64](t)(d.Store.SaveDepartment(ctx, m))
	}
	d.campaign(2026)
	asked = new([]model.Finding)
	d.deps.NewFinding = func(f model.Finding) { *asked = append(*asked, f) }
	d.deps.Random = func() string { return "40718326" }
	return d, d.drawsPage(), asked
}

func (d *desk) drawsPage() *DrawsPage {
	p := NewDraws(d.deps)
	d.Show(p)
	return p
}

// request asks for two departments of the next days.
func (d *desk) request() store.DrawRequest {
	return store.DrawRequest{CampaignID: d.inHand.ID, Seed: "20260811", From: "2026-08-11", To: "2026-08-14", Picks: 2, Fair: true, Witness: "周明"}
}

// draw makes a draw as the page would, and lists it.
func (d *desk) draw(p *DrawsPage, r store.DrawRequest) drawRow {
	d.T.Helper()
	id := must[int64](d.T)(d.Store.MakeDraw(context.Background(), r))
	p.Refresh()
	d.Win.Content().Refresh()
	return d.drawRow(id)
}

func (d *desk) drawRow(id int64) drawRow {
	d.T.Helper()
	return must[drawRow](d.T)(d.Store.Draw(context.Background(), id))
}

func (d *desk) picksOf(r drawRow) []pickRow {
	d.T.Helper()
	return must[[]pickRow](d.T)(d.Store.Picks(context.Background(), r.ID))
}

func (d *desk) draws() []drawRow {
	d.T.Helper()
	return must[store.Rows[drawRow]](d.T)(d.Store.Draws(context.Background(), 0, store.Page{Sort: "form_no"})).Items
}

// fill puts a text into the i-th field of the topmost dialog, in place of what
// stands there.
func (d *desk) fill(i int, text string) {
	d.T.Helper()
	switch f := d.Fields()[i].(type) {
	case *kit.Entry:
		f.SetText(text)
	case *kit.DateField:
		f.SetDate(day.Date(text))
	}
}

// Fields of the dialog that asks from what to draw, and of the one that draws.
const (
	fieldFrom = iota
	fieldTo
	fieldCount
	fieldInspectors
	fieldPerVisit

	fieldSeed    = 0
	fieldDrawnBy = 1
	fieldWitness = 2
)

func TestADrawBeforeWitnesses(t *testing.T) {
	d, p, _ := lottery(t)
	d.Sees("任何人都可以重演核对")
	d.TapLast("新抽取")
	d.Sees("临床（2）", "医技（2）", "全部轮到之前不重复")
	d.Tap("下一步")
	d.Sees("检查人只有 0 名") // two to a visit, and nobody listed
	d.Tap("输入姓名、拼音首字母或工号", "李喆")
	d.Tap("输入姓名、拼音首字母或工号", "王䶮")
	if got := d.Fields()[fieldInspectors].(*kit.Entry).Value(); got != "李喆、王䶮" {
		t.Fatalf("inspectors are %q", got)
	}
	d.fill(fieldInspectors, "李喆，王䶮\n市纪委 孙某")
	d.fill(fieldPerVisit, "1")
	d.Tap("下一步")
	d.Sees("从 4 个科室中抽 3 个", "2026-08-12 至 2026-08-25，20 个时段", "3 名，每个科室派 1 名：李喆、王䶮、市纪委孙某", "4 个：急诊科、麻醉手术科、检验科、放射科", "没有抽过")
	d.fill(fieldWitness, "李 某")
	d.TapLast("抽取")
	d.Sees("请填写随机种子")
	d.Tap("掷一个")
	d.TapLast("抽取")
	d.Sees("不能是同一个人")
	if n := len(d.draws()); n != 0 {
		t.Fatalf("%d draws were made", n)
	}
	d.fill(fieldWitness, "周明")
	d.TapLast("抽取")

	made := d.draws()
	if len(made) != 1 || made[0].Seed != "40718326" || made[0].Witness != "周明" || made[0].DrawnBy != "李某" || made[0].CampaignID != d.inHand.ID {
		t.Fatalf("%+v", made)
	}
	d.Sees("抽取结果 "+made[0].FormNo, "40718326", "由李某抽取，周明见证")
	picks := d.picksOf(made[0])
	for _, k := range picks {
		d.Sees(k.Department, slotText(k.Slot), "检查人："+k.Inspectors)
	}
	d.TapLast("重演")
	d.Sees("重演一致")
	d.Tap("关闭")
	d.Sees("抽取 "+made[0].FormNo, "3 个科室", picks[0].Department, picks[2].Inspectors)
	if p.picks == nil || p.picks.draw.ID != made[0].ID {
		t.Error("the page of the draw is not open")
	}

	// The next draw takes the one whose turn has not come, and knows the team.
	d.Tap("← 全部抽取")
	d.Tap("新抽取")
	if got := d.Fields()[fieldInspectors].(*kit.Entry).Value(); got != "李喆、王䶮、市纪委孙某" {
		t.Errorf("inspectors are %q", got)
	}
	d.fill(fieldCount, "1")
	d.Tap("下一步")
	left := map[string]bool{"急诊科": true, "麻醉手术科": true, "检验科": true, "放射科": true}
	for _, k := range picks {
		delete(left, k.Department)
	}
	d.Sees("抽过 1 次")
	for name := range left {
		d.Sees("1 个：" + name)
	}
	d.Tap("← 改抽取范围") // and back again, with what was filled in
	d.Sees("全部轮到之前不重复")
	if got := d.Fields()[fieldCount].(*kit.Entry).Value(); got != "1" {
		t.Errorf("to draw: %q", got)
	}
	d.Tap("下一步")
	d.fill(fieldSeed, "当天气温 36")
	d.fill(fieldWitness, "周明")
	d.TapLast("抽取")
	made = d.draws()
	if len(made) != 2 || made[1].Seed != "当天气温 36" || !left[d.picksOf(made[1])[0].Department] {
		t.Errorf("%+v", made)
	}
}

func TestADrawIsRefused(t *testing.T) {
	for name, x := range map[string]struct {
		fill func(d *desk)
		says string
	}{
		"days gone by":      {func(d *desk) { d.fill(fieldFrom, "2026-08-10") }, "已经过去（今天 2026-08-11）"},
		"backwards":         {func(d *desk) { d.fill(fieldTo, "2026-08-11") }, "不能早于开始日期"},
		"no table of days":  {func(d *desk) { d.fill(fieldTo, "2027-01-08") }, "2027 年的节假日安排"},
		"no working day":    {func(d *desk) { d.fill(fieldFrom, "2026-08-15"); d.fill(fieldTo, "2026-08-16") }, "只有 0 个时段"},
		"no number":         {func(d *desk) { d.fill(fieldCount, "三") }, "请填写数字"},
		"too many":          {func(d *desk) { d.fill(fieldCount, "5") }, "只有 4 个科室可抽"},
		"none":              {func(d *desk) { d.fill(fieldCount, "0") }, "至少抽 1 个"},
		"one of a name":     {func(d *desk) { d.fill(fieldInspectors, "张堃、李喆") }, "请写成“张堃（急诊科）”这样"},
		"somebody twice":    {func(d *desk) { d.fill(fieldInspectors, "李喆、王䶮、李喆") }, "“李喆”出现两次"},
		"too few to send":   {func(d *desk) { d.fill(fieldPerVisit, "3") }, "检查人只有 2 名"},
		"no department":     {func(d *desk) { d.Tap("临床（2）", "医技（2）") }, "请至少勾选一类科室"},
		"a kind has so few": {func(d *desk) { d.Tap("临床（2）") }, "只有 2 个科室可抽"},
	} {
		t.Run(name, func(t *testing.T) {
			d, _, _ := lottery(t)
			d.TapLast("新抽取")
			d.fill(fieldInspectors, "李喆、王䶮")
			x.fill(d)
			d.Tap("下一步")
			if shown := strings.ReplaceAll(d.Text(), "\n", ""); !strings.Contains(shown, x.says) {
				t.Errorf("%q is not on the screen:\n%s", x.says, d.Text())
			}
			if n := len(d.draws()); n != 0 {
				t.Errorf("%d draws were made", n)
			}
		})
	}
}

// Only who of the team is of the department drawn makes a pool too small, and
// which that is shows when the seed is there.
func TestADrawThatCannotSendAnybody(t *testing.T) {
	d, _, _ := lottery(t)
	d.TapLast("新抽取")
	d.fill(fieldCount, "4")
	d.fill(fieldInspectors, "李喆、阿依古丽·买买提")
	d.Tap("下一步")
	d.Tap("掷一个")
	d.fill(fieldWitness, "周明")
	d.TapLast("抽取")
	d.Sees("本科室的人不检查本科室")
	if n := len(d.draws()); n != 0 {
		t.Errorf("%d draws were made", n)
	}
}

func TestSomeKindsAreDrawnFrom(t *testing.T) {
	d, _, _ := lottery(t)
	d.TapLast("新抽取")
	d.Tap("临床（2）", "全部轮到之前不重复")
	d.fill(fieldCount, "2")
	d.fill(fieldPerVisit, "0")
	d.Tap("下一步")
	d.Sees("检验科、放射科")
	d.SeesNot("急诊科")
	d.SeesNot("没有抽过")
	d.Tap("掷一个")
	d.fill(fieldWitness, "周明")
	d.TapLast("抽取")
	var names []string
	for _, k := range d.picksOf(d.draws()[0]) {
		names = append(names, k.Department)
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"放射科", "检验科"}) {
		t.Error(names)
	}
}

func TestWithoutACampaignNothingIsDrawn(t *testing.T) {
	d := newDesk(t)
	d.drawsPage()
	d.TapLast("新抽取")
	d.Sees("还没有专项行动")
}

// Two people are called 张堃: the one chosen is listed with the department.
func TestInspectorsOfOneName(t *testing.T) {
	d, _, _ := lottery(t)
	d.TapLast("新抽取")
	d.Tap("输入姓名、拼音首字母或工号")
	for _, r := range "张堃" {
		d.Win.Canvas().Focused().TypedRune(r)
	}
	d.Win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	got := d.Fields()[fieldInspectors].(*kit.Entry).Value()
	if got != "张堃（急诊科）" && got != "张堃（检验科）" {
		t.Errorf("listed is %q", got)
	}
}

// The page of one draw gives way when another campaign is taken in hand.
func TestDrawsOfTheCampaignInHand(t *testing.T) {
	d, p, _ := lottery(t)
	r := d.draw(p, d.request())
	p.ShowDraw(r)
	d.campaign(2025)
	p.Refresh()
	if p.picks != nil {
		t.Fatal("still shows a draw of the other campaign")
	}
	d.Sees("0 次")
	d.SeesNot(r.FormNo)
	p.SetFilter(filterScope, allCampaigns)
	d.Sees("1 次", r.FormNo)
}

func TestThrownSeeds(t *testing.T) {
	digits, seen := regexp.MustCompile(`^\d{8}$`), map[string]bool{}
	for range 100 {
		seed := Deps{}.random()
		if !digits.MatchString(seed) {
			t.Fatalf("threw %q", seed)
		}
		seen[seed] = true
	}
	if len(seen) < 95 { // of 100 million seeds
		t.Errorf("%d seeds of 100 are different", len(seen))
	}
}
