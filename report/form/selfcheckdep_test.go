package form

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/report/page"
)

func itemCounts(t testing.TB, own int, problems ...int) []model.ItemCount {
	var out []model.ItemCount
	for _, it := range checkItems(t, own) {
		out = append(out, model.ItemCount{ItemID: it.ID, Source: it.Source, Text: it.Text})
	}
	for _, i := range problems {
		out[i].People, out[i].AmountFen, out[i].HandedFen = i+1, int64(i+1)*123456, int64(i)*100000
	}
	return out
}

func departmentBatch(papers ...DepartmentSelfCheck) Batch[DepartmentSelfCheck] {
	in := Batch[DepartmentSelfCheck]{Library: assets.New(""), Hospital: sampleHospital(), Campaign: sampleCampaign(), Date: "2026-10-08"}
	for _, p := range papers {
		in.Bundles = append(in.Bundles, Bundle[DepartmentSelfCheck]{Department: p.Department, Papers: []DepartmentSelfCheck{p}})
	}
	return in
}

func departmentChecks(t testing.TB, in Batch[DepartmentSelfCheck]) ([]byte, []page.Warning) {
	t.Helper()
	var buf bytes.Buffer
	warnings, err := DepartmentSelfChecks(&buf, in, nil)
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), warnings
}

// people are so many names.
func people(n int) []string {
	var out []string
	for i := range n {
		out = append(out, testNames[i%len(testNames)])
	}
	return out
}

func TestDepartmentSelfCheckSaysWhatItShould(t *testing.T) {
	in := departmentBatch(
		DepartmentSelfCheck{FormNo: "ZK-2026-00001-13", Department: "重症医学科", Rate: rateOf(31, 27, 1, 3), Reprint: true,
			Unchecked: []UncheckedReason{{"未交回", []string{"吴㛃", "徐𬱖", "阿依古丽·买买提"}}, {"产假", []string{"赵犇"}}}, Items: itemCounts(t, 4, 7, 8, 12)},
		DepartmentSelfCheck{FormNo: "ZK-2026-00002-10", Department: "院长办公室", Rate: rateOf(4, 4, 0, 0), Items: itemCounts(t, 11),
			Gaps: "采购验收只有一人经手，已改为两人；耗材领用没有按月核对。"},
		DepartmentSelfCheck{FormNo: "ZK-2026-00003-07", Department: "护理部", Rate: rateOf(620, 3, 0, 617), Items: itemCounts(t, 40, 3, 45),
			Unchecked: []UncheckedReason{{"未交回", people(400)}, {"补课", people(200)}, {"援外至2027年6月30日，回院后补查", people(17)}}},
	)
	pdf, warnings := departmentChecks(t, in)
	if len(warnings) != 0 {
		t.Errorf("warnings: %v", warnings)
	}
	path := save(t, "departments.pdf", pdf)
	run(t, "qpdf", "--check", path)
	pages := drawn(t, path)
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, want := range [][]string{
		{"补打", "ZK-2026-00001-13", "未交回3人：吴㛃、徐𬱖、阿依古丽·买买提；产假1人：赵犇。", "重症医学科31274190.0%",
			"8共建和谐关系，不收受患方“红包”89,876.487,000.00", "合计3037,036.8027,000.00",
			"科主任签名：", "护士长签名：", "廉情监督员签名：", "分管领导意见：", "截至2026年10月8日", "应查＝实查＋未查"},
		{"未查人员及原因：无", "院长办公室4400100.0%", "采购验收只有一人经手，已改为两人；耗材领用没有按月核对。", "20有无推荐患者到院外购买药品、耗材（11）00.000.00", "合计00.000.00"},
		{"未交回400人：王䶮、", "等；补课200人：", "援外至2027年6月30日，回院后补查17人：", "46有无推荐患者到院外购买药品、耗材（37）", "其余", "合计50"},
	} {
		for _, w := range want {
			if !strings.Contains(pages[i], w) {
				t.Errorf("form %d lacks %q:\n%s", i+1, w, pages[i])
			}
		}
		for _, never := range []string{"〓", "{", "_", "%!"} {
			if strings.Contains(pages[i], never) {
				t.Errorf("form %d says %q", i+1, never)
			}
		}
	}
}

func rateOf(expected, returned, excused, missing int) model.SelfCheckRate {
	return model.SelfCheckRate{Rate: model.Rate{Expected: expected, Returned: returned, Excused: excused, Missing: missing}}
}

func TestLongestDepartmentSelfCheckFits(t *testing.T) {
	for _, unit := range []string{"龘", "W"} {
		of := func(n int) string { return strings.Repeat(unit, n) }
		c := DepartmentSelfCheck{FormNo: "ZK-2026-1234567-89", Department: of(model.MaxName), Reprint: true,
			Rate: rateOf(100000, 50000, 20000, 30000), Gaps: of(model.MaxNote), Items: itemCounts(t, 2)}
		for i := range c.Items {
			n := &c.Items[i]
			n.Text, n.People, n.AmountFen, n.HandedFen = of(model.MaxShort), 100000, 99_999_999_999, 99_999_999_999
		}
		for range 8 {
			c.Unchecked = append(c.Unchecked, UncheckedReason{of(model.MaxNote), []string{of(model.MaxName), of(model.MaxName)}})
		}
		in := departmentBatch(c)
		in.Hospital.Name, in.Campaign.Title, in.Campaign.DocumentNo = of(model.MaxShort), of(model.MaxShort), of(model.MaxShort)
		pdf, warnings := departmentChecks(t, in)
		for _, w := range warnings {
			t.Errorf("%s: %v", unit, w)
		}
		pages := drawn(t, save(t, fmt.Sprintf("department-longest-%s.pdf", unit), pdf))
		if len(pages) != 1 {
			t.Errorf("%s: %d pages", unit, len(pages))
		}
		for _, w := range []string{of(model.MaxNote), "999,999,999.99"} {
			if !strings.Contains(pages[0], w) {
				t.Errorf("%s is not whole", w)
			}
		}
	}
}

// However little room there is, what was found is shown and the total is true.
func TestItemLinesKeepTheTotal(t *testing.T) {
	text, err := loadDepartmentText(departmentBatch())
	if err != nil {
		t.Fatal(err)
	}
	f := departmentForm{text: text}
	items := itemCounts(t, 20, 2, 27)
	for most := 4; most < 40; most++ {
		lines := f.itemLines(items, float64(most)*5, func(string) float64 { return 5 })
		if len(lines) > most {
			t.Errorf("%d lines where %d fit", len(lines), most)
		}
		found, people := 0, 0
		for _, l := range lines[:len(lines)-1] {
			if l.cells[0] == "3" || l.cells[0] == "28" {
				found++
			}
			n, _ := strconv.Atoi(l.cells[2])
			people += n
		}
		if last := lines[len(lines)-1].cells; found != 2 || last[1] != "合计" || last[2] != "31" || people != 31 {
			t.Errorf("%d lines: %d with problems, %d people, %v", most, found, people, last)
		}
		if all := len(lines) == len(items)+1; all != (most >= len(items)+1) {
			t.Errorf("%d lines where %d fit", len(lines), most)
		}
	}
}
