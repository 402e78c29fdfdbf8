package handover

import (
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/formno"
)

func TestViewsAndFilters(t *testing.T) {
	d, p := ward(t)
	ctx := t.Context()
	old := d.handed(func(h *model.Handover) {
		h.HandedAt, h.ReceivedAt, h.CoKeeper = "2026-05-02 09:00", "2026-05-01 09:00", ""
	})
	again := d.handed(nil)
	company := d.handed(func(h *model.Handover) {
		h.Giver, h.Patient, h.AdmissionNo, h.Bed, h.Company = model.FromCompany, "", "", "", "恒某医药"
		h.ReceivedAt, h.HandedAt = "2026-08-10", "2026-08-10"
	})
	hidden := d.handed(func(h *model.Handover) {
		h.StaffID, h.Anonymous, h.ReceivedAt, h.Patient, h.AdmissionNo = 0, true, "", "别的患者", ""
	})
	lastYear := d.handed(func(h *model.Handover) {
		h.HandedAt, h.ReceivedAt, h.Patient, h.AdmissionNo = "2025-03-02", "2025-03-02", "另一患者", ""
	})
	third := d.handed(func(h *model.Handover) {
		h.HandedAt, h.ReceivedAt, h.Patient, h.AdmissionNo = "2026-06-02", "2026-06-02", "第三个患者", ""
	})
	void := d.handed(nil)
	check(t, d.Store.VoidHandover(ctx, void.ID, "重复登记"))
	p.Refresh()
	d.Sees("未处置 6 次 ￥21,600.00", "超过 30 天 3", "一人保管 1", "同一送方 1", "第 3 次拒收 1 人", "今年逾期 1", "未判 1")
	shows := func(name string, want ...handover) {
		t.Helper()
		var got, ids []int64
		for i := range p.Table().Total() {
			p.Table().SelectIndex(i)
			r, _ := p.Table().Selected()
			got = append(got, r.ID)
		}
		for _, w := range want {
			ids = append(ids, w.ID)
		}
		slices.Sort(got)
		slices.Sort(ids)
		if !slices.Equal(got, ids) {
			t.Errorf("%s shows %v, want %v", name, got, ids)
		}
	}
	for view, want := range map[View][]handover{
		ViewAll: {old, again, company, hidden, lastYear, third}, ViewOpen: {old, again, company, hidden, lastYear, third}, ViewStale: {old, lastYear, third}, ViewAlone: {old},
		ViewAgain: {again}, ViewMerit: {old, company, third}, ViewLate: {again}, ViewUnjudged: {hidden},
		View(model.HandoverVoid): {void}, View(model.Settled): {},
	} {
		p.SetKeyword("什么也没有")
		p.Show(view)
		shows(string(view), want...)
	}
	for _, f := range []struct {
		key, value string
		want       []handover
	}{
		{filterGiver, string(model.FromCompany), []handover{company}}, {filterCategory, string(model.Banquet), nil},
		{filterPeriod, "2025", []handover{lastYear}}, {filterPeriod, thisMonth, []handover{again, company, hidden}},
		{filterPeriod, thisYear, []handover{old, again, company, hidden, third}},
	} {
		p.ClearFilters()
		p.SetFilter(f.key, f.value)
		shows(f.key+" "+f.value, f.want...)
	}
	p.ClearFilters()
	p.SetKeyword("恒某")
	shows("the keyword", company)
	p.ShowHandover(d.handover(void.ID))
	shows("its door", void)
}

func TestScanningSelects(t *testing.T) {
	d, p := ward(t)
	d.handed(nil)
	h := d.handed(nil)
	receipt := must[model.Receipt](t)(d.Store.IssueReceipt(t.Context(), h.ID))
	p.Show(View(model.Settled))
	for _, no := range []string{h.FormNo, receipt.FormNo} {
		d.Scan(strings.ReplaceAll(strings.ToLower(no), "-", ""))
		if r, ok := p.Table().Selected(); !ok || r.ID != h.ID {
			t.Errorf("%s selects nothing", no)
		}
	}
	d.Scan(formno.No{Prefix: "CN", Year: 2026, Seq: 1}.String())
	d.Sees("不是红包上交的编号")
	d.Tap("知道了")
	d.Scan(formno.No{Prefix: model.HandoverPrefix, Year: 2026, Seq: 999}.String())
	d.Sees("找不到")
}

func TestPeriods(t *testing.T) {
	for period, want := range map[string]model.Span{
		"": {}, "什么": {}, thisMonth: {From: "2026-01-01", To: "2026-01-31"}, lastMonth: {From: "2025-12-01", To: "2025-12-31"},
		thisQuarter: {From: "2026-01-01", To: "2026-03-31"}, thisYear: {From: "2026-01-01", To: "2026-12-31"}, "2024": {From: "2024-01-01", To: "2024-12-31"},
	} {
		if got := spanOf(period, "2026-01-31"); got != want {
			t.Errorf("%q is %v, want %v", period, got, want)
		}
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	all := strings.Fields("登记上交 导入 打印 导出 处置… 收据 详情 扫描件… 更多")
	for role, want := range map[model.Role]string{
		model.Clerk: "登记上交 导入 打印 导出 处置… 收据 详情 扫描件… 更多", model.Reviewer: "打印 导出 详情 扫描件… 更多", model.Auditor: "打印 导出 详情 扫描件… 更多",
	} {
		t.Run(string(role), func(t *testing.T) {
			d, _ := ward(t)
			h := d.handed(nil)
			d.Become(role)
			p := d.page()
			p.SelectID(h.ID)
			may := strings.Fields(want)
			d.Sees(may...)
			for _, label := range all {
				if seen := slices.Contains(strings.Split(d.Text(), "\n"), label); label != receiptLabel && seen != slices.Contains(may, label) {
					t.Errorf("%s: %v", label, seen)
				}
			}
			p.New()
			if role != model.Clerk {
				d.SeesNot("新登记")
				if role == model.Auditor {
					d.Sees("（已填写）")
					d.SeesNot("贾某某")
				}
				d.Tap(moreLabel)
				d.SeesNot(editLabel)
				if role == model.Auditor {
					d.SeesNot(voidHandoverLabel)
				} else {
					d.Sees(voidHandoverLabel, correctLabel)
				}
			}
		})
	}
}

func TestWhatHappenedIsTold(t *testing.T) {
	d, _, h := selected(t, nil)
	d.Press("Return")
	d.Sees(h.FormNo, "查房时塞入口袋", "住院号 ZY2026081120", "某商场 500 元卡", "行风办保险柜 2 层", "李某（li）", "时限 24 小时")
}
