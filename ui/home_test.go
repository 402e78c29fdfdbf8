package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
)

func TestHomeShowsWhatTheStoreCounts(t *testing.T) {
	o := middle(t)
	ctx := context.Background()
	c := must[[]model.Campaign](t)(o.Campaigns(ctx))[0]
	personal, rows, err := o.CommitmentRates(ctx, c.ID, model.PersonalCommitment)
	check(t, err)
	departments, _, err := o.CommitmentRates(ctx, c.ID, model.DepartmentCommitment)
	check(t, err)
	counts := must[store.Counts](t)(o.Counts(ctx))
	without := must[int](t)(o.WithoutCommitment(ctx, c.ID, model.PersonalCommitment))
	if personal.Missing != 3 || without != 1 || counts.KeyPosts != 1 || departments.Missing != 1 || len(rows) != 2 {
		t.Fatalf("the hospital is not what the test means: %+v %d %+v %+v", personal, without, counts, departments)
	}
	d := sit(t, o.close())
	if got := d.line("承诺书签订率"); got != "承诺书签订率|查看未交 2 份" {
		t.Errorf("the card's title reads %s", got)
	}
	d.sees(personal.String(), fmt.Sprintf("%d / %d", personal.Returned, personal.Due()), "还没有自查表", "还没有登记问题",
		"2026年8月11日　星期二　专项行动8月15日结束，还有 4 天")
	for first, want := range map[string]string{
		"1 名职工还没有承诺书": "8月15日|1 名职工还没有承诺书|4 天|去生成",
		"2 份个人承诺书未交回": "8月15日|2 份个人承诺书未交回|4 天|查看名单",
		"1 份科室承诺书未交回": "8月15日|1 份科室承诺书未交回|4 天|查看名单",
		"7 名职工还没有自查表": "8月15日|7 名职工还没有自查表|4 天|去生成",
		"急诊科":         "急诊科|—|1 / 4",
	} {
		if got := d.line(first); got != want {
			t.Errorf("a line reads %s, want %s", got, want)
		}
	}
	d.seesNot("麻醉手术科") // is done
}

var cardTitles = []string{"自查率", "承诺书签订率", "问题销号率", "红包待处置", "要做的事", "进度落后的科室"}

// line is what stands in one line with a text, from left to right within the
// same card.
func (d *desk) line(text string) string {
	d.Helper()
	type piece struct {
		text string
		at   fyne.Position
	}
	var all []piece
	var mine *piece
	d.walk(func(o fyne.CanvasObject, at fyne.Position) {
		if x, ok := o.(*canvas.Text); ok && x.Text != "" {
			all = append(all, piece{x.Text, at.AddXY(0, x.Size().Height/2)})
			if x.Text == text && mine == nil {
				mine = &all[len(all)-1]
			}
		}
	})
	if mine == nil {
		d.Fatalf("%q is not on the screen:\n%s", text, d.text())
	}
	// Cards stand side by side: their titles say where one begins.
	left, right := float32(0), float32(1e6)
	for _, p := range all {
		if slices.Contains(cardTitles, p.text) && (p.at.Y > 190) == (mine.at.Y > 190) {
			if p.at.X <= mine.at.X+1 {
				left = max(left, p.at.X-1)
			} else {
				right = min(right, p.at.X-1)
			}
		}
	}
	var parts []piece
	for _, p := range all {
		if p.at.Y-mine.at.Y < 3 && mine.at.Y-p.at.Y < 3 && p.at.X >= left && p.at.X < right {
			parts = append(parts, p)
		}
	}
	for i := range parts {
		for j := i; j > 0 && parts[j].at.X < parts[j-1].at.X; j-- {
			parts[j], parts[j-1] = parts[j-1], parts[j]
		}
	}
	texts := make([]string, len(parts))
	for i, p := range parts {
		texts[i] = p.text
	}
	return strings.Join(texts, "|")
}

// through presses the door at the end of the line or card in which a text
// stands.
func (d *desk) through(text, door string) {
	d.Helper()
	if line := d.line(text); !strings.HasSuffix(line, "|"+door) {
		d.Fatalf("the line %s has no door %q", line, door)
	}
	d.beside(text, door)
}

func TestHomeDoors(t *testing.T) {
	dir := middle(t).close()
	for _, c := range []struct {
		text, door string
		sees       []string
		not        []string
	}{
		{"承诺书签订率", "查看未交 2 份", []string{"2 份，共 6 份", "李喆", "王䶮", "未签"}, []string{"张堃", "单雄", "徐𬱖"}},
		{"2 份个人承诺书未交回", "查看名单", []string{"2 份，共 6 份", "李喆", "王䶮", "未签"}, []string{"张堃", "单雄", "徐𬱖"}},
		{"1 份科室承诺书未交回", "查看名单", []string{"1 份，共 2 份", "科室廉洁从业承诺书", "未签", "急诊科"}, []string{"李喆"}},
		{"1 名职工还没有承诺书", "去生成", []string{"6 份，共 6 份", "张堃", "生成"}, nil},
		{"自查率", "去生成", []string{"个人自查自纠情况报告表", "生成自查表"}, nil},
		{"要做的事", "全部时限", []string{"2026年医疗行业作风建设专项行动", "每一期", "未办结"}, nil},
		{"进度落后的科室", "全部进度", []string{"新建", "1 个"}, nil},
		{"急诊科", "1 / 4", []string{"2 份，共 6 份", "李喆", "王䶮"}, []string{"徐𬱖"}},
	} {
		t.Run(c.text+c.door, func(t *testing.T) {
			d := sit(t, dir)
			d.through(c.text, c.door)
			d.sees(c.sees...)
			d.seesNot(append(c.not, "要做的事")...)
			d.Close()
		})
	}
	d := sit(t, dir)
	d.press("急诊科") // the name is a door too
	d.sees("2 份，共 6 份", "李喆", "王䶮")
}

func TestDoorsLeadToTheirNumberAgain(t *testing.T) {
	o, _ := running(t)
	d := sit(t, o.close())
	open := func(title string, want ...string) {
		d.Helper()
		d.key("Ctrl+1")
		d.tap(title) // the whole card is the door
		d.seesNot("要做的事")
		d.sees(want...)
	}
	priority := func() {
		d.Helper()
		d.key("Ctrl+1")
		d.through("领导和重点岗位自查率 50.0%，1 人未查", "查看名单")
		d.sees("1 份，共 6 份", "阿依古丽·买买提")
	}
	priority()
	open("自查率", "3 份，共 6 份", "王䶮", "单雄", "阿依古丽·买买提")
	open("承诺书签订率", "1 份，共 6 份", "阿依古丽·买买提")
	priority()
}

func TestHomeOfAnEmptyHospital(t *testing.T) {
	d := sit(t, newHospital(t).close())
	d.sees("还没有职工，请导入花名册", "还没有专项行动，自查表和承诺书按它生成", "生成自查表和承诺书后")
	d.seesNot("落后的科室都", "0.0%", "100.0%", "逾期", "查看未交")
	if n := strings.Count(d.text(), "—\n还没有专项行动"); n != 3 {
		t.Errorf("%d cards say that there is no campaign:\n%s", n, d.text())
	}
	d.press("导入花名册")
	d.sees("选择文件")
	d.key("Escape")
	d.key("Ctrl+1")
	d.press("新建专项行动")
	d.sees("方案与进度", "先从模板新建一个")
}

func TestHomeOfACampaignWithoutPeople(t *testing.T) {
	o := newHospital(t)
	o.campaign(2026, "2026-08-12")
	d := sit(t, o.close())
	d.sees("还没有职工，请导入花名册", "2026年医疗行业作风建设专项行动结束", "明天", "还没有登记问题")
	d.seesNot("还没有专项行动", "%", "全部交回", "去生成")
	if n := strings.Count(d.text(), "—\n还没有职工"); n != 2 {
		t.Errorf("%d cards say that there is nobody:\n%s", n, d.text())
	}
}

func TestHomeOfAnEndedCampaign(t *testing.T) {
	d := sit(t, fewPeople(t).close())
	d.sees("专项行动已于8月1日结束", "4 份个人承诺书未交回", "2 份科室承诺书未交回")
	if n := strings.Count(d.text(), "逾期 10 天"); n != 2 {
		t.Errorf("%d chips tell that it is overdue", n)
	}
	d.seesNot("去生成", "还没有职工") // nobody is asked for forms any more
}

func TestHomeWhenAllIsDone(t *testing.T) {
	d := sit(t, allDone(t).close())
	d.sees("自查表、个人和科室承诺书已全部交回", "完成", "各科室都已交齐", "100.0%")
	d.seesNot("未交", "逾期", "先做")
	if n := strings.Count(d.text(), "100.0%"); n != 2 {
		t.Errorf("%d rates are full:\n%s", n, d.text())
	}
	d.press("查看进度")
	d.sees("发文字号")
}

func TestHomeAsksForTheFormsOfDepartments(t *testing.T) {
	ctx := context.Background()
	o := allDone(t)
	n := must[int](t)(o.MakeSelfChecks(ctx, 1, model.DepartmentSelfCheck))
	must[int64](t)(o.SaveDepartment(ctx, model.Department{Name: "病案室", Kind: "职能"}))
	d := sit(t, o.close())
	out := fmt.Sprintf("%d 份科室自查表未交回", n)
	d.sees(out, "1 个科室还没有科室自查表")
	d.seesNot("已全部交回")
	d.through(out, "查看名单")
	d.sees("科室自查表", fmt.Sprintf("%d 份", n))
}

func TestHomeAsksForWhatTheFilesLack(t *testing.T) {
	ctx := context.Background()
	o := allDone(t)
	h := must[model.Hospital](t)(o.Hospital(ctx))
	h.ReportPhone = ""
	check(t, o.SaveHospital(ctx, h))
	must[int64](t)(o.SaveDepartment(ctx, model.Department{Name: "病案室", Kind: "职能"}))
	d := sit(t, o.close())
	d.sees("1 个科室没有填科室负责人", "医院概况里没有举报电话，承诺书上就不印监督电话", "1 个科室还没有科室承诺书")
	d.seesNot("已全部交回")
}

func TestDaysLeft(t *testing.T) {
	for days, want := range map[int]string{-10: "逾期 10 天", -1: "逾期 1 天", 0: "今天", 1: "明天", 2: "2 天", 7: "7 天", 8: "8 天", 400: "400 天"} {
		chip, tone := daysLeft(days)
		wanted := kit.Neutral
		if days < 0 {
			wanted = kit.Bad
		} else if days <= 7 {
			wanted = kit.Warn
		}
		if chip != want || tone != wanted {
			t.Errorf("%d days are %q in tone %v", days, chip, tone)
		}
	}
	if n := daysBetween("2026-12-31", "2027-01-01"); n != 1 {
		t.Errorf("a new year is %d days away", n)
	}
}

func TestSubtitle(t *testing.T) {
	c := model.Campaign{ID: 1, Title: "行动", StartsOn: "2026-07-01", EndsOn: "2027-01-05"}
	phases := []model.Phase{{Name: "自查阶段", StartsOn: "2026-07-10", EndsOn: "2026-08-15"}, {Name: "整治阶段", StartsOn: "2026-08-01", EndsOn: "2026-11-30"}}
	for today, want := range map[day.Date]string{
		"2026-06-30": "2026年6月30日　星期二　专项行动7月1日开始",
		"2026-07-05": "2026年7月5日　星期日　专项行动2027年1月5日结束，还有 184 天",
		"2026-08-11": "2026年8月11日　星期二　自查阶段，还有 4 天", // of two that go on, the first
		"2026-08-15": "2026年8月15日　星期六　自查阶段，今天结束",
		"2026-08-16": "2026年8月16日　星期日　整治阶段，还有 106 天",
		"2027-01-05": "2027年1月5日　星期二　专项行动今天结束",
		"2027-01-06": "2027年1月6日　星期三　专项行动已于1月5日结束",
	} {
		if got := (overview{today: today, Desk: store.Desk{Campaign: c, Phases: phases}}).subtitle(); got != want {
			t.Errorf("on %s: %s, want %s", today, got, want)
		}
	}
}

func TestLowestRateFirst(t *testing.T) {
	rate := func(returned, missing int) model.Rate {
		return model.Rate{Expected: returned + missing, Returned: returned, Missing: missing}
	}
	var o overview
	for i, r := range []model.Rate{rate(1, 1), rate(3, 0), rate(0, 2), rate(5, 5), rate(0, 9)} {
		o.LetterRates = append(o.LetterRates, model.DepartmentRate{ID: int64(i), Department: string(rune('a' + i)), Rate: r})
	}
	order := func() string {
		names := ""
		for _, l := range behind(o) {
			names += l.name
		}
		return names
	}
	if got := order(); got != "ecda" {
		t.Errorf("by letters alone: %s", got)
	}
	// The lower of the two rates counts, once there are self-check forms.
	o.SelfChecks.Expected = 10
	for i, r := range []model.Rate{rate(2, 0), rate(0, 3), rate(2, 0), rate(10, 0), rate(1, 8)} {
		o.SelfCheckRates = append(o.SelfCheckRates, model.DepartmentSelfCheckRate{ID: int64(i), SelfCheckRate: model.SelfCheckRate{Rate: r}})
	}
	if got := order(); got != "ebcda" {
		t.Errorf("by the lower rate: %s", got)
	}
}

// A late answer must not replace the figures of the campaign now in hand.
func TestHomeDropsLateAnswers(t *testing.T) {
	o := newHospital(t)
	o.staff("急诊科", "01", "张堃", "李喆")
	old := o.campaign(2025, "2025-12-31")
	o.back(old, model.PersonalCommitment)
	o.campaign(2026, "2026-08-15")
	d := sit(t, o.close())
	m := kit.NewManual(morning)
	t.Cleanup(kit.SetEnv(m))
	again := must[*store.Store](t)(d.open(context.Background(), d.data[1]))
	storetest.Enter(t, again)
	a, _ := again.Account()
	f := newFrame(d.Window, again, a)
	f.show()
	m.Drain()
	h := f.page(keyHome).(*home)
	f.campaign = old
	h.Refresh()
	f.campaign, _ = f.campaignWith("2")
	h.Refresh()
	m.Step(1)
	m.Step(0)
	d.sees("专项行动8月15日结束")
}

// asking counts how often the database looks at the context of its queries.
type asking struct {
	context.Context
	n *atomic.Int64
}

func (a asking) Done() <-chan struct{} { a.n.Add(1); return a.Context.Done() }

// 工作台 asks the same few questions of a large hospital with eleven campaigns
// as of a small one with one, each with deadlines, findings, forms and letters.
func TestHomeAsksFewQuestions(t *testing.T) {
	count := func(o *hospital, c model.Campaign) (home, one int64) {
		ask := func(f func(context.Context)) int64 {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			a := asking{ctx, new(atomic.Int64)}
			f(a)
			return a.n.Load()
		}
		once := func() (int64, int64) {
			return ask(func(ctx context.Context) { must[overview](t)(load(ctx, o.Store, c)) }),
				ask(func(ctx context.Context) { must[store.Counts](t)(o.Counts(ctx)) })
		}
		once() // prepares the statements
		return once()
	}
	small, only := running(t)
	small.finding(only, 1, "处方超量", "2026-08-08")
	small.handedIn(1, "2026-08-10", nil)
	few, one := count(small, only)
	large := county(t)
	for i := range 9 {
		p := must[model.Plan](t)(large.NewPlan("jilin-2021", 2026))
		p.Title += fmt.Sprint(i)
		c := large.start(p)
		large.makeLetters(c)
		large.selfChecks(c)
		large.finding(c, 1, "处方超量", "2026-08-08")
	}
	all := must[[]model.Campaign](t)(large.Campaigns(context.Background()))
	many, _ := count(large, all[len(all)-1])
	if len(all) != 11 || one == 0 {
		t.Fatalf("%d campaigns, one query looks %d times", len(all), one)
	}
	// It has 18 queries, the hospital's profile included, and a query looks 6 to
	// 10 times, its transaction included, and now and then between many rows. One
	// for each campaign would be ten more.
	if most := int64(18 * 10); few > most || many > few+7*one {
		t.Errorf("one query looks %d times, 工作台 %d times, with eleven campaigns %d times", one, few, many)
	}
}

// Columns that take share what is left; one that yields gives its room away
// when they would have too little.
func TestLinesShareTheWidth(t *testing.T) {
	sit(t, newHospital(t).close()) // the theme
	cell := func(width float32) fyne.CanvasObject {
		r := canvas.NewRectangle(nil)
		r.SetMinSize(fyne.NewSize(width, 10))
		return r
	}
	l := lines{{title: ""}, {title: "", takes: true}, {title: "", yields: 10}, {title: "", takes: true}}
	c := newLines(l, [][]fyne.CanvasObject{{cell(100), cell(50), cell(80), cell(50)}})
	row := c.Objects[len(l)+1:]
	room := 10 * 2 * theme.TextSize() // that both ask for beyond their own width
	own := float32(100 + 50 + 80 + 50 + 3*columnGap)
	c.Resize(fyne.NewSize(own+room, 100))
	if a, b := row[1].Size().Width, row[3].Size().Width; a != 50+room/2 || b != a || !row[2].Visible() {
		t.Errorf("with room they are %v and %v wide, the one that yields is shown: %v", a, b, row[2].Visible())
	}
	if end := row[3].Position().X + row[3].Size().Width; end != own+room {
		t.Errorf("the last ends at %v of %v", end, own+room)
	}
	c.Resize(fyne.NewSize(own+room-2, 100))
	if a := row[1].Size().Width; a != 50+(room-2+80+columnGap)/2 || row[2].Visible() {
		t.Errorf("without it is %v wide, the one that yields is shown: %v", a, row[2].Visible())
	}
	if got, want := c.MinSize().Width, own-80-columnGap; got != want {
		t.Errorf("at least %v px, want %v", got, want)
	}
}
