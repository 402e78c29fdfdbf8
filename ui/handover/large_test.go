package handover

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// large is a register of 10,000 handovers with the longest names there are.
func large(t *testing.T) *desk {
	d := newDesk(t)
	long := strings.Repeat("长", 20)
	for i := range 10 {
		names := make([]string, 99)
		for n := range names {
			names[n] = "阿卜杜热合曼·买买提" + string(rune(0x4E00+n))
		}
		d.Staff(fmt.Sprintf("呼吸与危重症医学科第%d病区%s", i, long), fmt.Sprintf("%02d", i), names...)
	}
	var records []model.HandoverRecord
	for i := range 10_000 {
		on := time.Date(2025, 1, 1, 9, i%60, 0, 0, time.UTC).AddDate(0, 0, i%580)
		cells := map[string]string{
			"old_no": fmt.Sprintf("旧-%05d", i), "handed_at": on.Format("2006-01-02 15:04"), "received_at": on.AddDate(0, 0, -i%4).Format("2006-01-02"),
			"manner": "实名", "employee_no": fmt.Sprintf("%02d%02d", i%10, i%99), "giver": "企业", "company": fmt.Sprintf("某某省医疗器械有限责任公司第%d分公司%s", i%300, long),
			"agent": "阿卜杜热合曼·买买提", "category": "宴请旅游", "particulars": long, "quantity": "100000", "amount": "99999999.99", "basis": "消费凭据",
			"received_by": "欧阳建国（行风办）", "witnessed_by": "司马光远", "keeper": "欧阳建国（行风办）", "kept_at": long, "story": strings.Repeat(long, 8)}
		if i%3 == 1 {
			cells["giver"], cells["company"], cells["agent"], cells["patient"], cells["admission_no"] = "患者", "", "", fmt.Sprintf("患者%d", i), fmt.Sprintf("ZY%08d", i)
			cells["disposition"], cells["disposed_on"], cells["voucher"] = "上缴国库", on.Format("2006-01-02"), "JK-1"
		}
		records = append(records, model.HandoverRecord{Rows: []model.MappedRow{{Line: i + 2, Cells: cells}}})
	}
	in, err := d.Store.ImportHandovers(context.Background(), records, false)
	check(t, err)
	if in.Added != len(records) {
		t.Fatalf("%d of %d were taken: %+v", in.Added, len(records), in.Rejected[0])
	}
	return d
}

// TestLarge shows what a register of ten years looks like and how long it takes.
// It needs PAGE_PICTURES.
func TestLarge(t *testing.T) {
	if os.Getenv("PAGE_PICTURES") == "" {
		t.Skip("PAGE_PICTURES is not set")
	}
	d := large(t)
	took := func(what string, do func()) {
		start := time.Now()
		do()
		t.Logf("%-12s %v", what, time.Since(start))
	}
	took("a page", func() {
		_, err := d.Store.Handovers(t.Context(), store.HandoverFilter{}, store.Page{Sort: "handed_at", Desc: true, Limit: 100})
		check(t, err)
	})
	took("counts", func() { must[store.HandoverCounts](t)(d.Store.HandoverCounts(t.Context())) })
	took("words", func() { must[words](t)(usedWords(t.Context(), d.Store)) })
	p := NewHandovers(d.deps)
	took("page", func() { d.InFrame(p) })
	took("refresh", p.Refresh)
	took("sort", func() { p.Table().SetQuery(func(q *kit.Query) { q.Sort = "person" }) })
	for _, v := range []View{ViewOpen, ViewAgain, ViewAlone, ViewMerit} {
		took(string(v), func() { p.Show(v) })
	}
	p.Show(ViewOpen)
	took("keyword", func() { p.SetKeyword("分公司") })
	p.SetKeyword("")
	took("select", func() { p.Table().SelectIndex(3) })
	d.Picture("large")
	took("详情", func() { d.Tap(tellLabel) })
	d.Picture("large-story")
	d.Escape()
	took("处置", func() { d.Tap(disposeLabel) })
	d.Picture("large-dispose")
	d.Escape()
	d.Tap(moreLabel, editLabel)
	d.Picture("large-edit")
	d.Escape()
	took("new", p.New)
	d.Picture("large-new")
}
