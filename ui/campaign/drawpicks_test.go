package campaign

import (
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
)

func TestAnInspectionIsRecorded(t *testing.T) {
	d, p, asked := lottery(t)
	r := d.draw(p, d.request())
	p.SelectID(r.ID)
	d.Sees("待检查", "作废…", "从 4 个科室、8 个时段抽 2 个")
	d.Tap("打开")
	first := d.picksOf(r)[0]
	p.picks.SelectID(first.ID)
	d.Tap("发现问题…")
	if want := (model.Finding{CampaignID: d.inHand.ID, PickID: first.ID, Source: model.FromInspection, DepartmentID: first.DepartmentID}); len(*asked) != 1 || (*asked)[0] != want {
		t.Errorf("asked to fill in %+v", *asked)
	}
	d.TapLast("登记检查…")
	d.Sees("登记检查：" + first.Department)
	d.fill(0, "2026-08-12")
	d.fill(1, "查处方 50 张，未见异常")
	d.Tap("登记")
	d.Sees("在今天（2026-08-11）之后")
	d.fill(0, "2026-08-10")
	d.Tap("登记")
	d.Sees("不能早于抽取日期")
	d.fill(0, "2026-08-11")
	d.fill(1, "")
	d.Tap("登记")
	d.Sees("请填写检查情况")
	d.fill(1, "查处方 50 张，未见异常")
	d.fill(2, "院务公开栏")
	d.Tap("登记")
	after := d.picksOf(r)[0]
	if after.State != model.Inspected || after.InspectedOn != "2026-08-11" || after.Record != "查处方 50 张，未见异常" || after.Published != "院务公开栏" {
		t.Errorf("%+v", after)
	}
	d.Sees("已检查", "修改记录…", "已登记"+first.Department+"的检查")
	d.SeesNot("作废…") // an inspected draw stands
	d.Tap("发现问题…")
	if got := (*asked)[1]; got.FoundOn != "2026-08-11" {
		t.Errorf("asked to fill in %+v", got)
	}
	d.Tap("← 全部抽取")
	d.Sees("检查中")
}

func TestADrawIsVoided(t *testing.T) {
	d, p, _ := lottery(t)
	r := d.draw(p, d.request())
	p.ShowDraw(r)
	d.Tap("作废…")
	d.Tap("作废")
	if d.drawRow(r.ID).VoidedOn != "" {
		t.Fatal("voided without a reason")
	}
	d.Write(0, "见证人离场")
	d.Tap("作废")
	if got := d.drawRow(r.ID); got.VoidReason != "见证人离场" {
		t.Fatalf("%+v", got.Draw)
	}
	d.Sees("已于 2026-08-11 作废：见证人离场")
	p.picks.SelectID(d.picksOf(r)[0].ID)
	for _, label := range []string{"登记检查…", "发现问题…", "作废…", "修改记录…"} {
		d.SeesNot(label)
	}
	p.picks.record(d.picksOf(r)[0]) // as Enter does
	d.SeesNot("检查情况：")
	d.Tap("← 全部抽取")
	d.Sees("已作废", "见证人离场")
}

func TestWhoMayDraw(t *testing.T) {
	for _, x := range []struct {
		role               model.Role
		draws, mayBeVoided bool
	}{{model.Clerk, true, true}, {model.Reviewer, false, true}, {model.Auditor, false, false}} {
		t.Run(string(x.role), func(t *testing.T) {
			d, p, _ := lottery(t)
			r := d.draw(p, d.request())
			d.Become(x.role)
			p = d.drawsPage()
			p.SelectID(r.ID)
			d.Sees("重演", "抽取结果单", "检查记录表")
			has := func(label string) bool { return strings.Contains(d.Text(), label) }
			if has("新抽取") != x.draws || has("作废…") != x.mayBeVoided {
				t.Errorf("the list offers\n%s", d.Text())
			}
			d.Tap("打开")
			p.picks.SelectID(d.picksOf(r)[0].ID)
			if has("登记检查…") != x.draws || has("发现问题…") != x.draws || has("作废…") != x.mayBeVoided || !has("重演") || !has("打印") || !has("扫描件…") {
				t.Errorf("the page of a draw offers\n%s", d.Text())
			}
		})
	}
}

func TestPapersOfADraw(t *testing.T) {
	d, p, _ := lottery(t)
	r := d.draw(p, d.request())
	p.SelectID(r.ID)
	for _, name := range []string{"抽取结果单", "检查记录表"} {
		d.Tap(name)
		d.Sees(name + "-" + r.FormNo)
		d.Tap("打印　Ctrl+P")
		d.Sees("已交给 PDF 阅读器")
		d.Escape()
		d.Escape()
		if n := len(d.Opened); n == 0 || !strings.Contains(d.Opened[n-1], name+"-"+r.FormNo) {
			t.Fatalf("opened %q", d.Opened)
		}
	}
	if lines := d.Exports(); len(lines) != 2 || !strings.Contains(lines[0]+lines[1], "检查记录表") {
		t.Errorf("the trail has %q", lines)
	}
}

// A draw whose picks were changed behind the program's back says where.
func TestDifferences(t *testing.T) {
	pool := model.Pool{Departments: []model.PoolDepartment{{ID: 1, Name: "急诊科"}, {ID: 2, Name: "检验科"}}}
	stored := []model.Pick{
		{DepartmentID: 1, Slot: model.Slot{Day: "2026-08-12", Half: "上午"}, Inspectors: "李喆"},
		{DepartmentID: 2, Slot: model.Slot{Day: "2026-08-13", Half: "下午"}, Inspectors: "王䶮"},
	}
	again := slices.Clone(stored)
	if got := differences(pool, stored, again); len(got) != 0 {
		t.Errorf("%q", got)
	}
	again[1].DepartmentID, again[1].Inspectors = 1, "李喆"
	want := []string{"第 2 号：登记的是 检验科 · 2026-08-13（周四）下午 · 王䶮；重新计算是 急诊科 · 2026-08-13（周四）下午 · 李喆"}
	if got := differences(pool, stored, again); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := differences(pool, stored[:1], stored); !slices.Equal(got, []string{"第 2 号：登记的是 没有；重新计算是 检验科 · 2026-08-13（周四）下午 · 王䶮"}) {
		t.Errorf("%q", got)
	}
}
