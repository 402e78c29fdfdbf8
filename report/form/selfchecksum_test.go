package form

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/report/page"
)

// hospitalSummary is of 620 people in 48 departments.
func hospitalSummary(t testing.TB) model.SelfCheckSummary {
	s := model.SelfCheckSummary{Late: 6, WithProblems: 9, Items: itemCounts(t, 7, 0, 7, 12),
		Priority:  model.SelfCheckRate{Rate: model.Rate{Expected: 86, Returned: 84, Missing: 1, Excused: 1}, Findings: 5},
		Unchecked: []model.ReasonCount{{Reason: "未交回", Count: 7}, {Reason: "补课", Count: 2}, {Reason: "产假", Count: 5}, {Reason: "援外至2027年6月30日，回院后补查", Count: 1}}}
	s.SelfCheckRate = model.SelfCheckRate{Rate: model.Rate{Expected: 620, Returned: 605, Missing: 9, Excused: 6}, Findings: 22}
	for i := range 48 {
		d := model.DepartmentSelfCheckRate{ID: int64(i + 1), Department: fmt.Sprintf("第%d病区", i+1), SelfCheckRate: rateOf(12, 12, 0, 0)}
		if i == 0 {
			d.SelfCheckRate = rateOf(56, 41, 6, 9)
		}
		s.Departments = append(s.Departments, d)
	}
	return s
}

func summaryOf(t testing.TB, s model.SelfCheckSummary, in SelfCheckSummaryPrint) ([]byte, []page.Warning) {
	t.Helper()
	in.Library, in.Date, in.Summary = assets.New(""), "2026-10-08", s
	var buf bytes.Buffer
	warnings, err := SelfCheckSummary(&buf, in)
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), warnings
}

func TestSelfCheckSummarySaysWhatItShould(t *testing.T) {
	pdf, warnings := summaryOf(t, hospitalSummary(t), SelfCheckSummaryPrint{Hospital: sampleHospital(), Campaign: sampleCampaign()})
	if len(warnings) != 0 {
		t.Error(warnings)
	}
	path := save(t, "summary.pdf", pdf)
	run(t, "qpdf", "--check", path)
	pages := pagesOf(t, path)
	all := strings.Join(pages, "")
	for _, want := range []string{"附表2", "清河县人民医院自查自纠汇总表", "截至2026年10月8日", "统计项目全院其中：领导和重点岗位", "科室数（个）48—", "应查（人）62086", "实查（人）60584",
		"其中：补查（人）6—", "未查（人）152", "其中：免查（人）61", "未查原因：未交回（人）7—", "未查原因：援外至2027年6月30日，回院1—后补查（人）",
		"自查率98.5%98.8%", "自查问题（条）225", "涉及金额（元）27,160.32—", "已上交（元）19,000.00—",
		"二、按项目", "合计2227,160.3219,000.00", "三、按科室", "1第1病区564115682.0%0", "48第48病区12120", "合计620605156", "填报人：", "审核人：", "填报单位（盖章）：", "填报日期："} {
		if !strings.Contains(all, want) {
			t.Errorf("the summary lacks %q:\n%s", want, all)
		}
	}
	for i, p := range pages {
		if !strings.Contains(p, fmt.Sprintf("—%d—", i+1)) {
			t.Errorf("page %d bears no number", i+1)
		}
	}
	for _, never := range []string{"〓", "%!", "_"} {
		if strings.Contains(all, never) {
			t.Errorf("the summary says %q", never)
		}
	}
}

func TestSelfCheckTables(t *testing.T) {
	tables, err := SelfCheckTables(assets.New(""), hospitalSummary(t))
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, table := range tables {
		names = append(names, table.Name)
		for _, r := range table.Rows {
			if len(r) != len(table.Columns) {
				t.Errorf("%s: %d cells in %d columns: %v", table.Name, len(r), len(table.Columns), r)
			}
		}
		for _, c := range slices.Concat(table.Counts, table.Amounts) {
			if !slices.Contains(table.Columns, c) {
				t.Errorf("%s has no column %s", table.Name, c)
			}
		}
	}
	if want := []string{"汇总", "按项目", "按科室"}; !slices.Equal(names, want) {
		t.Errorf("tables %v, want %v", names, want)
	}
	if got, want := tables[2].Rows[48], []string{"", "合计", "620", "605", "15", "6", "98.5%", "22"}; !slices.Equal(got, want) {
		t.Errorf("the last line is %v, want %v", got, want)
	}
}

func TestLongestSelfCheckSummaryFits(t *testing.T) {
	for _, unit := range []string{"龘", "W"} {
		of := func(n int) string { return strings.Repeat(unit, n) }
		s := hospitalSummary(t)
		for i := range s.Items {
			s.Items[i] = model.ItemCount{Source: strings.Repeat("源", model.MaxShort), Text: of(model.MaxShort), People: 100000, AmountFen: 99_999_999_999, HandedFen: 99_999_999_999}
		}
		for i := range s.Departments {
			s.Departments[i].Department = of(model.MaxName)
			s.Departments[i].SelfCheckRate = rateOf(100000, 99999, 0, 1)
		}
		s.Unchecked[0].Reason = of(model.MaxNote)
		h, c := sampleHospital(), sampleCampaign()
		h.Name, c.Title, c.DocumentNo = of(model.MaxShort), of(model.MaxShort), of(model.MaxShort)
		pdf, warnings := summaryOf(t, s, SelfCheckSummaryPrint{Hospital: h, Campaign: c})
		if len(warnings) != 0 {
			t.Errorf("%s: %v", unit, warnings)
		}
		pages := drawn(t, save(t, fmt.Sprintf("summary-longest-%s.pdf", unit), pdf))
		all := strings.Join(pages, "")
		want := 3*model.MaxShort + model.MaxShort*len(s.Items) + model.MaxName*len(s.Departments) + model.MaxNote
		if got := strings.Count(all, unit); got != want {
			t.Errorf("%d of %d characters are on paper", got, want)
		}
		if got := strings.Count(all, "999,999,999.99"); got != 2*len(s.Items) {
			t.Errorf("%s: %d amounts are whole", unit, got)
		}
	}
}

// Texts that an office has changed are checked before anything is printed.
func TestBrokenSelfCheckTexts(t *testing.T) {
	for _, c := range []struct{ file, old, new, want string }{
		{selfCheckFile, `title = "自查自纠情况报告表"`, ``, "缺少 title"},
		{selfCheckFile, `value = "position"`, `value = "posision"`, "posision"},
		{selfCheckFile, `{office}`, `{offise}`, "{offise}"},
		{selfCheckFile, `signed = "本人签名：________________　日期：____年___月___日"`, `signed = "本人签名："`, "signed"},
		{selfCheckFile, `measure = "整改措施和时限"`, ``, "columns.measure"},
		{selfCheckFile, `label = "科室意见"`, ``, "label"},
		{departmentFile, `其余 %d 项`, `其余各项`, "rest"},
		{departmentFile, `"科主任", "护士长", "廉情监督员"`, ``, "signatures"},
		{departmentFile, `{date}`, `{day}`, "{day}"},
		{departmentFile, `people = "有问题人次"`, ``, "columns.people"},
		{summaryFile, `"序号", "科室", `, `"科室", `, "第 3 张表"},
		{summaryFile, `未查原因：%s`, `未查原因`, "totals.reason"},
		{summaryFile, `rate = "自查率"`, ``, "totals.rate"},
	} {
		data, err := assets.New("").Read(c.file)
		if err != nil || !bytes.Contains(data, []byte(c.old)) {
			t.Fatalf("%s has no %q: %v", c.file, c.old, err)
		}
		lib := overriding(t, c.file, strings.ReplaceAll(string(data), c.old, c.new))
		switch c.file {
		case selfCheckFile:
			_, err = loadSelfCheckText(lib, sampleHospital())
		case departmentFile:
			in := departmentBatch()
			in.Library = lib
			_, err = loadDepartmentText(in)
		default:
			_, err = loadSummaryText(lib)
		}
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), c.file) {
			t.Errorf("%q for %q: %v", c.new, c.old, err)
		}
	}
}
