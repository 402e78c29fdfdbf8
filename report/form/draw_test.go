package form

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/report/page"
)

// wordHeight matches a word with its upper and lower edge.
var wordHeight = regexp.MustCompile(`yMin="([0-9.]+)".*yMax="([0-9.]+)">([^<]*)</word>`)

func drawSheets(w *bytes.Buffer, in DrawPrint) ([]page.Warning, error) { return DrawSheet(w, in) }
func inspectionSheets(w *bytes.Buffer, in DrawPrint) ([]page.Warning, error) {
	return InspectionSheets(w, in)
}

// sampleDraw draws picks departments of a hospital of 62.
func sampleDraw(t testing.TB, picks int) DrawPrint {
	t.Helper()
	in := DrawPrint{Library: assets.New(""), Hospital: sampleHospital(), Campaign: sampleCampaign(), Date: "2026-09-01",
		Draw: model.Draw{FormNo: "SJ-2026-00001-35", Seed: "2026-09-01 大盘 3288.41", DrawnOn: "2026-09-01", DrawnBy: "王䶮", Witness: "徐𬱖"}}
	pool := model.Pool{Picks: picks, PerVisit: 2}
	names := map[int64]string{}
	for i := range 62 {
		d := model.PoolDepartment{ID: int64(i + 1), Name: fmt.Sprintf("第%d病区", i+1), Times: i % 3}
		names[d.ID] = d.Name
		pool.Departments = append(pool.Departments, d)
	}
	for i := range 25 {
		for _, h := range model.Halves {
			pool.Slots = append(pool.Slots, model.Slot{Day: day.Date(fmt.Sprintf("2026-09-%02d", i+1)), Half: h})
		}
	}
	for _, n := range testNames[:6] {
		pool.Inspectors = append(pool.Inspectors, model.Inspector{Name: n})
	}
	drawn, err := pool.Draw(in.Draw.Seed)
	if err != nil {
		t.Fatal(err)
	}
	in.Draw.Pool = pool
	for _, p := range drawn {
		in.Picks = append(in.Picks, DrawnPick{p, names[p.DepartmentID]})
	}
	return in
}

func TestDrawSheet(t *testing.T) {
	for _, picks := range []int{1, 8, 40} {
		in := sampleDraw(t, picks)
		pages, path := printed(t, fmt.Sprintf("draw-%d", picks), in, drawSheets)
		run(t, "qpdf", "--check", path)
		all := strings.Join(pages, "")
		has(t, all, "“双随机”抽取结果单", "SJ-2026-00001-35", in.Draw.Seed, "科室62个中抽", "共50个", "2026年9月1日至2026年9月25日", "每组2名",
			"抽取人（签名）", "见证人（签名）", "第62病区（1）")
		for _, p := range in.Picks {
			has(t, all, p.Department+p.Day.Chinese()+p.Half+p.Inspectors)
		}
		if strings.Contains(all, "作废") || strings.ContainsAny(all, "{}") {
			t.Error("says 作废, or a placeholder")
		}
	}
	in := sampleDraw(t, 3)
	in.Draw.VoidedOn, in.Draw.VoidReason = "2026-09-02", "名单有误"
	in.Draw.Pool.Inspectors, in.Draw.Pool.PerVisit = nil, 0
	pages, _ := printed(t, "draw-void", in, drawSheets)
	has(t, pages[0], "作废：名单有误")
	if strings.Contains(pages[0], "每组") {
		t.Error("tells of inspectors that there are not")
	}
}

// Whoever does what the sheet says has the result of the sheet.
func TestDrawCanBeRepeatedFromTheSheet(t *testing.T) {
	in := sampleDraw(t, 8)
	value := func(parts ...string) string {
		return fmt.Sprintf("%x", sha256.Sum256([]byte(in.Draw.Seed+"|"+strings.Join(parts, "|"))))
	}
	departments := slices.Clone(in.Draw.Pool.Departments)
	slices.SortFunc(departments, func(a, b model.PoolDepartment) int {
		if a.Times != b.Times {
			return a.Times - b.Times
		}
		return strings.Compare(value("科室", a.Name), value("科室", b.Name))
	})
	var slots []string
	for _, s := range in.Draw.Pool.Slots {
		slots = append(slots, string(s.Day)+" "+s.Half)
	}
	slices.SortFunc(slots, func(a, b string) int { return strings.Compare(value("时段", a), value("时段", b)) })
	visits := map[string]int{}
	for i, p := range in.Picks {
		team := slices.Clone(testNames[:6])
		slices.SortFunc(team, func(a, b string) int {
			if visits[a] != visits[b] {
				return visits[a] - visits[b]
			}
			return strings.Compare(value("检查人", departments[i].Name, a), value("检查人", departments[i].Name, b))
		})
		visits[team[0]]++
		visits[team[1]]++
		if got := strings.Join(team[:2], "、"); p.Department != departments[i].Name || p.Slot.String() != slots[i] || p.Inspectors != got {
			t.Errorf("pick %d is %s %s %s, by the sheet %s %s %s", i+1, p.Department, p.Slot, p.Inspectors, departments[i].Name, slots[i], got)
		}
	}
}

func TestInspectionSheets(t *testing.T) {
	in := sampleDraw(t, 8)
	in.Picks[1].State, in.Picks[1].InspectedOn, in.Picks[1].Record, in.Picks[1].Published = model.Inspected, "2026-09-09", "抽查病历二十份，两份不规范。", "院内网公示"
	pages, path := printed(t, "inspection", in, inspectionSheets)
	run(t, "qpdf", "--check", path)
	if len(pages) != len(in.Picks) {
		t.Fatalf("%d pages", len(pages))
	}
	for i, p := range in.Picks {
		has(t, pages[i], "“双随机”检查记录表", p.Department, p.Day.Chinese()+p.Half, p.Inspectors, "督查项目", "督查内容", fmt.Sprintf("第%d号", i+1),
			in.Draw.FormNo, "检查组", "负责人（签名）")
	}
	has(t, pages[1], "抽查病历二十份", "院内网公示", "2026年9月9日")
}

func TestLongestDraws(t *testing.T) {
	for _, unit := range []string{"龘", "W"} {
		of := func(n int) string { return strings.Repeat(unit, n) }
		in := sampleDraw(t, 5)
		in.Hospital.Name, in.Campaign.Title = of(model.MaxShort), of(model.MaxShort)
		in.Draw.Seed, in.Draw.FormNo = of(model.MaxSeed), "SJ-2026-1234567-89"
		for i := range in.Picks {
			p := &in.Picks[i]
			p.Department, p.Inspectors = of(model.MaxName), of(20)+"、"+of(20)+"、"+of(20)
			p.Record, p.Published = of(model.MaxNote), of(model.MaxShort)
		}
		pages, _ := printed(t, "longest-draw-"+unit, in, drawSheets)
		if got, want := strings.Count(strings.Join(pages, ""), unit), 120+40+5*100; got < want {
			t.Errorf("draw: %d of %d characters", got, want)
		}
		pages, path := printed(t, "longest-inspection-"+unit, in, inspectionSheets)
		if got, want := strings.Count(pages[0], unit), 120+100+560; len(pages) != 5 || got < want {
			t.Errorf("inspection: %d pages, %d of %d characters", len(pages), got, want)
		}
		_, head, _ := strings.Cut(run(t, "pdftotext", "-bbox", "-l", "1", path, "-"), "<page")
		head, _, _ = strings.Cut(head, "“双")
		name, number := 0.0, 0.0 // where the hospital's name ends and the number beside the code begins, points
		for _, m := range wordHeight.FindAllStringSubmatch(head, -1) {
			if strings.HasPrefix(m[3], unit) {
				name, _ = strconv.ParseFloat(m[2], 64)
			} else if m[3] == "第" {
				number, _ = strconv.ParseFloat(m[1], 64)
			}
		}
		if name == 0 || name > number {
			t.Errorf("the hospital's name ends at %.1f, the number beside it begins at %.1f", name, number)
		}
	}
}
