package form

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/formno"
	"qingfeng/report/page"
)

// checkItems are the checklist of 2021 and as many items of the campaign's own.
func checkItems(t testing.TB, own int) []model.CheckItem {
	t.Helper()
	list, err := assets.New("").ChecklistOn("2026-09-01")
	if err != nil {
		t.Fatal(err)
	}
	var out []model.CheckItem
	add := func(source, text string) {
		out = append(out, model.CheckItem{ID: int64(len(out) + 1), Position: len(out) + 1, Source: source, Text: text})
	}
	for _, text := range list.Items {
		add(list.Name, text)
	}
	for i := range own {
		add(model.FocusSource, fmt.Sprintf("有无推荐患者到院外购买药品、耗材（%d）", i+1))
	}
	return out
}

func selfCheckBatch(n int) Batch[SelfCheck] {
	b := Bundle[SelfCheck]{Department: "重症医学科", Head: "王䶮"}
	for i := range n {
		b.Papers = append(b.Papers, SelfCheck{
			FormNo: formno.No{Prefix: "ZC", Year: 2026, Seq: i + 1}.String(), Name: testNames[i%len(testNames)],
			EmployeeNo: fmt.Sprintf("%05d", 1000+i), Department: b.Department, Post: "医生", Position: "科主任", Title: "副主任医师",
		})
	}
	return Batch[SelfCheck]{Library: assets.New(""), Hospital: sampleHospital(), Campaign: sampleCampaign(), Date: "2026-09-01",
		Bundles: []Bundle[SelfCheck]{b}}
}

func selfChecks(t testing.TB, in Batch[SelfCheck], items []model.CheckItem) ([]byte, []page.Warning) {
	t.Helper()
	var buf bytes.Buffer
	warnings, err := SelfChecks(&buf, in, items, nil)
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), warnings
}

// drawn returns the text of each page without blanks in the order in which it
// was drawn, which keeps a cell of several lines together.
func drawn(t testing.TB, path string, options ...string) []string {
	t.Helper()
	text := run(t, "pdftotext", append(options, "-raw", "-enc", "UTF-8", path, "-")...)
	var out []string
	for _, p := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
		out = append(out, squeeze(p))
	}
	return out
}

func TestSelfChecksSayWhatTheyShould(t *testing.T) {
	in := selfCheckBatch(len(testNames))
	papers := in.Bundles[0].Papers
	papers[1].Reprint = true
	items := checkItems(t, 4)
	pdf, warnings := selfChecks(t, in, items)
	if len(warnings) != 0 {
		t.Errorf("warnings: %v", warnings)
	}
	path := save(t, "selfchecks.pdf", pdf)
	run(t, "qpdf", "--check", path)
	pages := drawn(t, path)
	if len(pages) != len(papers) {
		t.Fatalf("%d pages, want %d", len(pages), len(papers))
	}
	for i, c := range papers {
		want := []string{c.FormNo, c.Name, c.EmployeeNo, c.Department, c.Post, c.Position, c.Title,
			"清河县人民医院", "附表1", "自查自纠情况报告表", "清医发〔2026〕12号", "具体表现（时间、金额、涉及单位或个人）", "整改措施和时限",
			"医疗机构工作人员廉洁从业九项准则", "本次重点", "□均无问题", "主动上交", "本人签名：", "科室意见", "监督部门意见", "交行风办", "0575-88880000"}
		for _, it := range items {
			want = append(want, it.Text)
		}
		for _, w := range want {
			if !strings.Contains(pages[i], squeeze(w)) {
				t.Errorf("form %d lacks %q:\n%s", i+1, w, pages[i])
			}
		}
		if got := strings.Count(pages[i], "□有□无"); got != len(items) {
			t.Errorf("form %d has %d items to answer", i+1, got)
		}
		if got := strings.Contains(pages[i], "补打"); got != c.Reprint {
			t.Errorf("form %d says reprint: %v", i+1, got)
		}
		for _, never := range []string{"〓", "{", "_", "重点对象", "—1—"} {
			if strings.Contains(pages[i], never) {
				t.Errorf("form %d says %q", i+1, never)
			}
		}
	}
}

// Nine rules and up to twelve items of the campaign's own stand on one page,
// more go on to another, and none is lost.
func TestSelfCheckPages(t *testing.T) {
	for own, want := range map[int]int{0: 1, 4: 1, 10: 1, 12: 1, 25: 2, 60: 4} {
		in := selfCheckBatch(2)
		in.Bundles[0].Papers[0].FormNo = "ZC-2026-00001-11"
		items := checkItems(t, own)
		pdf, warnings := selfChecks(t, in, items)
		if len(warnings) != 0 {
			t.Errorf("%d items: %v", own, warnings)
		}
		pages := drawn(t, save(t, fmt.Sprintf("selfcheck-%d.pdf", own), pdf))
		if len(pages) != 2*want {
			t.Errorf("%d own items stand on %d pages, want %d", own, len(pages)/2, want)
			continue
		}
		all := strings.Join(pages[:want], "")
		if got := strings.Count(all, "□有□无"); got != len(items) {
			t.Errorf("%d own items: %d to answer, want %d", own, got, len(items))
		}
		if got := strings.Count(all, "本人签名"); got != 1 || !strings.Contains(pages[want-1], "本人签名") {
			t.Errorf("%d own items: %d signatures, or not on the last page", own, got)
		}
		for i, p := range pages[:want] {
			if !strings.Contains(p, "ZC-2026-00001-11") || !strings.Contains(p, in.Bundles[0].Papers[0].Name) || !strings.Contains(p, "□有□无") {
				t.Errorf("%d own items, page %d does not say whose it is: %s", own, i+1, p)
			}
			if many := strings.Contains(p, fmt.Sprintf("第%d页共%d页", i+1, want)); many != (want > 1) {
				t.Errorf("%d own items, page %d: %s", own, i+1, p)
			}
		}
	}
}

// The items of every campaign template stand on one page.
func TestTemplatesFitOnePage(t *testing.T) {
	templates, err := assets.New("").CampaignTemplates()
	if err != nil || len(templates) < 8 {
		t.Fatal(len(templates), err)
	}
	for _, c := range templates {
		items := checkItems(t, len(c.Focus))
		for i, text := range c.Focus {
			items[len(items)-len(c.Focus)+i].Text = text
		}
		pdf, warnings := selfChecks(t, selfCheckBatch(1), items)
		if pages := drawn(t, save(t, "selfcheck-"+c.ID+".pdf", pdf)); len(pages) != 1 || len(warnings) != 0 {
			t.Errorf("%s: %d pages, %v", c.ID, len(pages), warnings)
		}
	}
}

func TestLongestSelfCheckFits(t *testing.T) {
	for _, unit := range []string{"龘", "W"} {
		of := func(n int) string { return strings.Repeat(unit, n) }
		in := selfCheckBatch(1)
		in.Bundles[0].Papers[0] = SelfCheck{FormNo: "ZC-2026-1234567-89", Name: of(model.MaxName), EmployeeNo: strings.Repeat("9", model.MaxEmployeeNo),
			Department: of(model.MaxName), Post: of(model.MaxShort), Position: of(model.MaxShort), Title: of(model.MaxShort), Reprint: true}
		in.Hospital.Name, in.Hospital.Office, in.Hospital.ReportPhone = of(model.MaxShort), of(model.MaxShort), of(model.MaxShort)
		in.Campaign.Title, in.Campaign.DocumentNo = of(model.MaxShort), of(model.MaxShort)
		items := checkItems(t, 10)
		for i := range items {
			items[i].Text = of(model.MaxShort)
			if items[i].Source != model.FocusSource {
				items[i].Source = of(model.MaxShort)
			}
		}
		pdf, warnings := selfChecks(t, in, items)
		for _, w := range warnings {
			t.Errorf("%s: %v", unit, w)
		}
		pages := drawn(t, save(t, "selfcheck-longest-"+unit+".pdf", pdf))
		if len(pages) != 3 { // nineteen items of sixty characters
			t.Errorf("%s: %d pages", unit, len(pages))
		}
		if unit == "W" {
			continue // the office's name alone fills a line of the notes
		}
		// On each page: hospital, campaign and its number, name, department. Once:
		// posts, items and their group, notes.
		want := 3*(3*model.MaxShort+2*model.MaxName) + (3+19+1+2)*model.MaxShort
		if got := strings.Count(strings.Join(pages, ""), unit); got != want {
			t.Errorf("%d of %d characters of the values are on the form", got, want)
		}
	}
}

// The table of items, whose squares a reader of codes may take for one, does
// not hide the number.
func TestSelfCheckNumbersReadBack(t *testing.T) {
	in := selfCheckBatch(4)
	in.Hospital.Name = strings.Repeat("院", model.MaxShort)
	in.Bundles[0].Papers[0].FormNo = "ZC-2026-1234567-89" // the longest there is
	pdf, _ := selfChecks(t, in, checkItems(t, 11))
	var want []string
	for _, c := range in.Bundles[0].Papers {
		want = append(want, c.FormNo)
	}
	readBack(t, pdf, want)
}

// A hospital of 620 in bundles with cover sheets.
func TestSelfCheckBundles(t *testing.T) {
	in := selfCheckBatch(0)
	in.CoverSheets, in.Bundles = true, nil
	for d := range 31 {
		b := selfCheckBatch(20).Bundles[0]
		b.Department = fmt.Sprintf("第%d病区", d+1)
		in.Bundles = append(in.Bundles, b)
	}
	pdf, warnings := selfChecks(t, in, checkItems(t, 7))
	path := save(t, "selfcheck-620.pdf", pdf)
	if n := run(t, "qpdf", "--show-npages", path); len(warnings) != 0 || strings.TrimSpace(n) != "651" {
		t.Fatalf("%s pages, %v", n, warnings)
	}
	pages := drawn(t, path, "-l", "63")
	for d := range 3 {
		cover := pages[d*21]
		for _, want := range []string{"自查表发放回收单", fmt.Sprintf("科室：第%d病区", d+1), "共20份", "发放份，发放人：领取人：", "交回份，交回人：核收人："} {
			if !strings.Contains(cover, want) {
				t.Errorf("cover %d lacks %q: %s", d+1, want, cover)
			}
		}
		for i, c := range in.Bundles[d].Papers {
			if !strings.Contains(cover, c.FormNo) || !strings.Contains(cover, c.Name) || !strings.Contains(pages[d*21+1+i], c.FormNo) {
				t.Errorf("bundle %d: %s is not where it should be", d+1, c.FormNo)
			}
		}
	}
}

func TestSelfCheckWithoutItems(t *testing.T) {
	if _, err := SelfChecks(&bytes.Buffer{}, selfCheckBatch(1), nil, nil); err == nil {
		t.Error("a form without items was printed")
	}
}
