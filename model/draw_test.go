package model

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// handPool is small enough to be drawn by hand.
func handPool() Pool {
	return Pool{
		Departments: []PoolDepartment{{1, "急诊科", 0}, {2, "药剂科", 0}, {3, "检验科", 0}},
		Slots:       []Slot{{"2026-09-01", "上午"}, {"2026-09-01", "下午"}, {"2026-09-02", "上午"}},
		Inspectors:  []Inspector{{"张三", 1}, {"李四", 0}, {"王五", 2}},
		Picks:       3, PerVisit: 1,
	}
}

// The first digits of the SHA-256 of each text are what
//
//	printf '%s' '20260901|科室|急诊科' | sha256sum
//
// writes. Sorted by them the draw is what TestDrawByHand wants: 张三 and 李四
// visit once each before the third visit, which 王五 of the department itself
// cannot make and 张三 ranks first for (86c6a309 before f5cc6add).
func TestRank(t *testing.T) {
	for text, want := range map[string]string{
		"科室|急诊科": "47ae479c", "科室|药剂科": "766d1cd0", "科室|检验科": "05ff4ab0",
		"时段|2026-09-01 上午": "37332a9f", "时段|2026-09-01 下午": "449841d7", "时段|2026-09-02 上午": "701e9709",
		"检查人|检验科|张三": "4bad0a24", "检查人|检验科|李四": "502ba902", "检查人|检验科|王五": "56b518c9",
		"检查人|急诊科|李四": "6b81874f", "检查人|急诊科|王五": "e72b247a",
		"检查人|药剂科|张三": "86c6a309", "检查人|药剂科|李四": "f5cc6add",
	} {
		i := strings.LastIndex(text, "|")
		if got := rank("20260901", text[:i], text[i+1:]); got[:8] != want {
			t.Errorf("%s ranks %s, want %s…", text, got[:8], want)
		}
	}
}

func TestDrawByHand(t *testing.T) {
	want := []Pick{
		{Position: 1, DepartmentID: 3, Slot: Slot{"2026-09-01", "上午"}, Inspectors: "张三", State: ToInspect},
		{Position: 2, DepartmentID: 1, Slot: Slot{"2026-09-01", "下午"}, Inspectors: "李四", State: ToInspect},
		{Position: 3, DepartmentID: 2, Slot: Slot{"2026-09-02", "上午"}, Inspectors: "张三", State: ToInspect},
	}
	got, err := handPool().Draw("20260901")
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %+v", err, got)
	}
	p := handPool()
	p.Departments[2].Times = 1 // drawn before: its turn comes last, whatever its rank
	if got, err := p.Draw("20260901"); err != nil || got[2].DepartmentID != 3 || got[0].DepartmentID != 1 {
		t.Errorf("%v, %+v", err, got)
	}
}

func TestDrawRefuses(t *testing.T) {
	for field, change := range map[string]func(*Pool){
		"Slots":      func(p *Pool) { p.Slots = p.Slots[:2] },
		"Picks":      func(p *Pool) { p.Picks = 4 },
		"PerVisit":   func(p *Pool) { p.PerVisit = 4 },
		"Inspectors": func(p *Pool) { p.Inspectors[1].Name = "张三" },
	} {
		p := handPool()
		change(&p)
		_, err := p.Draw("20260901")
		if errs, ok := err.(FieldErrors); !ok || errs.Of(field) == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	p := handPool()
	p.Picks = 0
	for _, c := range []struct{ pool, seed string }{{"none", "20260901"}, {"hand", " "}, {"hand", strings.Repeat("1", MaxSeed+1)}} {
		pool := handPool()
		if c.pool == "none" {
			pool = p
		}
		if _, err := pool.Draw(c.seed); CodeOf(err) != Invalid {
			t.Errorf("%s, seed %q: %v", c.pool, c.seed, err)
		}
	}
	p = handPool()
	p.Inspectors = []Inspector{{"张三", 1}, {"李四", 1}}
	p.PerVisit = 1
	if _, err := p.Draw("20260901"); CodeOf(err) != Invalid || !strings.Contains(err.Error(), "急诊科") {
		t.Errorf("all inspectors are of one department: %v", err)
	}
}

// anyPool draws a pool in which the draw can succeed.
func anyPool(t *rapid.T) Pool {
	var p Pool
	n := rapid.IntRange(1, 12).Draw(t, "departments")
	for i := range n {
		p.Departments = append(p.Departments, PoolDepartment{ID: int64(i + 1), Name: string(rune('一' + i))})
	}
	for i := range rapid.IntRange(n, 20).Draw(t, "slots") {
		p.Slots = append(p.Slots, Slot{"2026-09-01", Halves[i%2] + strings.Repeat("晚", i/2)})
	}
	for i := range rapid.IntRange(0, 6).Draw(t, "inspectors") {
		p.Inspectors = append(p.Inspectors, Inspector{string(rune('甲' + i)), rapid.Int64Range(0, int64(n)).Draw(t, "home")})
	}
	p.Picks = rapid.IntRange(1, n).Draw(t, "picks")
	p.PerVisit = rapid.IntRange(0, len(p.Inspectors)).Draw(t, "per visit")
	return p
}

// Seed and pool alone decide, in whatever order the pool lists things; each
// department and slot is drawn once, as many inspectors as asked for come, and
// none of them to the own department.
func TestDrawProperties(t *testing.T) {
	drawn := 0
	rapid.Check(t, func(t *rapid.T) {
		p := anyPool(t)
		seed := rapid.StringMatching(`[0-9]{1,20}`).Draw(t, "seed")
		picks, err := p.Draw(seed)
		if err != nil {
			if !strings.Contains(err.Error(), "请增加检查人") {
				t.Fatal(err)
			}
			return
		}
		drawn++
		shuffled := p
		shuffled.Departments = rapid.Permutation(p.Departments).Draw(t, "departments again")
		shuffled.Slots = rapid.Permutation(p.Slots).Draw(t, "slots again")
		shuffled.Inspectors = rapid.Permutation(p.Inspectors).Draw(t, "inspectors again")
		if again, err := shuffled.Draw(seed); err != nil || !reflect.DeepEqual(again, picks) {
			t.Fatalf("drawn again: %v\n%v\n%v", err, picks, again)
		}
		departments, slots := map[int64]bool{}, map[Slot]bool{}
		for _, k := range picks {
			departments[k.DepartmentID], slots[k.Slot] = true, true
			var sent []string
			if k.Inspectors != "" {
				sent = strings.Split(k.Inspectors, "、")
			}
			if len(sent) != p.PerVisit {
				t.Fatalf("%d inspectors, want %d", len(sent), p.PerVisit)
			}
			for _, i := range p.Inspectors {
				if slices.Contains(sent, i.Name) && i.DepartmentID == k.DepartmentID {
					t.Fatalf("%s inspects the own department %d", i.Name, k.DepartmentID)
				}
			}
		}
		if len(departments) != p.Picks || len(slots) != p.Picks {
			t.Fatalf("%d picks of %d departments in %d slots", p.Picks, len(departments), len(slots))
		}
	})
	if drawn == 0 {
		t.Error("nothing was ever drawn")
	}
}

// Over any sequence of draws that count the earlier ones no department is
// drawn twice more than another.
func TestDrawIsFair(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPool(t)
		p.PerVisit = 0
		for range rapid.IntRange(1, 15).Draw(t, "draws") {
			p.Picks = rapid.IntRange(1, len(p.Departments)).Draw(t, "picks")
			picks, err := p.Draw(rapid.StringMatching(`[0-9]{1,8}`).Draw(t, "seed"))
			if err != nil {
				t.Fatal(err)
			}
			least, most := 1<<30, 0
			for i := range p.Departments {
				d := &p.Departments[i]
				if slices.ContainsFunc(picks, func(k Pick) bool { return k.DepartmentID == d.ID }) {
					d.Times++
				}
				least, most = min(least, d.Times), max(most, d.Times)
			}
			if most-least > 1 {
				t.Fatalf("drawn %d to %d times: %v", least, most, p.Departments)
			}
		}
	})
}

// Every department comes up about as often as any other: in 3,000 draws of one
// of ten each is drawn 300 times, give or take five standard deviations of 16.
func TestDrawIsEven(t *testing.T) {
	p := Pool{Slots: []Slot{{"2026-09-01", "上午"}}, Picks: 1}
	for i := range 10 {
		p.Departments = append(p.Departments, PoolDepartment{ID: int64(i), Name: string(rune('一' + i))})
	}
	times := make([]int, 10)
	for i := range 3000 {
		picks, err := p.Draw(strings.Repeat("7", i%7+1) + string(rune('a'+i%26)) + string(rune(0x4e00+i)))
		if err != nil {
			t.Fatal(err)
		}
		times[picks[0].DepartmentID]++
	}
	for id, n := range times {
		if n < 218 || n > 382 {
			t.Errorf("department %d was drawn %d times of 3000", id, n)
		}
	}
}

func TestPickValidate(t *testing.T) {
	done := Pick{State: Inspected, InspectedOn: "2026-09-01", Record: "查处方 20 张，未见异常"}
	if err := done.Validate(); err != nil {
		t.Error(err)
	}
	for field, change := range map[string]func(*Pick){
		"Record": func(p *Pick) { p.Record = " " }, "InspectedOn": func(p *Pick) { p.InspectedOn = "" },
		"Published": func(p *Pick) { p.Published = strings.Repeat("栏", MaxShort+1) },
	} {
		p := done
		change(&p)
		if errs, ok := p.Validate().(FieldErrors); !ok || errs.Of(field) == "" {
			t.Errorf("%s: %v", field, p.Validate())
		}
	}
}
