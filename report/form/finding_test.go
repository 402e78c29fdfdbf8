package form

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/formno"
	"qingfeng/report/page"
)

func findingPrint(findings ...FindingLine) FindingPrint {
	return FindingPrint{Library: assets.New(""), Hospital: sampleHospital(), Campaign: sampleCampaign(), Date: "2026-10-10",
		Span: model.Span{From: "2026-10-02", To: "2026-10-09"}, Findings: findings}
}

// sampleFindings are findings in every state.
func sampleFindings(n int) []FindingLine {
	var out []FindingLine
	for i := range n {
		f := FindingLine{Department: "重症医学科", Campaign: sampleCampaign().Title}
		f.FormNo = formno.No{Prefix: "ZG", Year: 2026, Seq: i + 1}.String()
		f.Source, f.Category, f.Level = model.FindingSources[i%len(model.FindingSources)], "处方点评和合理用药", model.Ordinary
		f.FoundOn, f.DueOn = day.Date(fmt.Sprintf("2026-%02d-%02d", 9+i/28%2, 1+i%28)), "2026-10-31"
		f.Problem = fmt.Sprintf("第%d批抽查的运行病历中，有三份抗菌药物使用没有记录指征，处方点评结果没有在科内通报。", i+1)
		f.Measure = "组织科内培训，逐份补记指征，处方点评每月在科务会通报。"
		f.State = model.FindingStates[i%len(model.FindingStates)]
		switch f.State {
		case model.Refused:
			f.RefusedOn, f.RefuseReason = "2026-10-05", "没有培训签到"
		case model.ToAccept, model.ClosedOut:
			f.MendedBy, f.Result, f.Evidence = "王䶮", "已培训两次，三份病历已补记。", []string{"培训签到.pdf", "通报照片.jpg"}
			f.SubmittedOn, f.Attached = "2026-10-06", 2
		case model.Relapsed:
			f.LookBackOn, f.LookBackBy, f.LookBackNote = "2026-10-08", "陈龘", "又有一份没有记录"
		}
		if f.State == model.ClosedOut {
			f.AcceptedOn, f.AcceptedBy, f.AcceptNote, f.LookBackDue = "2026-10-07", "徐𬱖", "同意销号", "2027-01-05"
		}
		if i%3 == 0 {
			f.Person, f.Leader, f.Level, f.Contingency, f.FundsFen = "李喆", "阿依古丽·买买提", model.Grave, "停用时由药学部会诊。", 150000
		}
		if i%5 == 0 {
			f.DueOn = "2026-10-08"
		}
		out = append(out, f)
	}
	return out
}

func notices(w *bytes.Buffer, in FindingPrint) ([]page.Warning, error) { return Notices(w, in) }
func closeOuts(w *bytes.Buffer, in FindingPrint) ([]page.Warning, error) {
	return CloseOutSheets(w, in)
}
func registers(w *bytes.Buffer, in FindingPrint) ([]page.Warning, error) {
	return FindingRegister(w, in)
}
func weeklies(w *bytes.Buffer, in FindingPrint) ([]page.Warning, error) { return Weekly(w, in) }

func TestNotices(t *testing.T) {
	findings := sampleFindings(12)
	findings[1].DueOn, findings[1].NotifiedOn = "", "2026-09-20"
	pages, path := printed(t, "notices", findingPrint(findings...), notices)
	run(t, "qpdf", "--check", path)
	if len(pages) != len(findings) {
		t.Fatalf("%d pages", len(pages))
	}
	for i, f := range findings {
		has(t, pages[i], "问题整改通知书", f.FormNo, f.Department+"：", f.Problem, f.Measure, f.FoundOn.Chinese(), "签收回执", "行风办2026年10月10日")
		if f.Person != "" {
			has(t, pages[i], "责任人："+f.Person, "责任领导："+f.Leader, f.Contingency)
		} else if strings.Contains(pages[i], "责任人") || strings.Contains(pages[i], "预案") {
			t.Errorf("page %d names nobody: %s", i+1, pages[i])
		}
		if strings.ContainsAny(pages[i], "{}") {
			t.Errorf("page %d has a placeholder: %s", i+1, pages[i])
		}
	}
	has(t, pages[1], "补打", "请在收到本通知后与行风办商定的时限内完成整改")
	has(t, pages[2], "请在2026年10月31日前完成整改")
	if strings.Contains(pages[2], "补打") {
		t.Error("a first print says 补打")
	}
}

func TestCloseOutSheets(t *testing.T) {
	findings := sampleFindings(14)
	pages, path := printed(t, "closeout", findingPrint(findings...), closeOuts)
	run(t, "qpdf", "--check", path)
	if len(pages) != len(findings) {
		t.Fatalf("%d pages", len(pages))
	}
	for i, f := range findings {
		holds(t, pages[i], f.Problem+f.Measure+f.Result+f.Leader+f.Person)
		has(t, pages[i], "问题整改销号审批单", f.FormNo, f.AcceptNote,
			"整改人（签名）", "科室负责人（签名）", "验收人（签名）", "审批人（签名）")
		if f.State == model.ClosedOut {
			has(t, pages[i], "整改人：王䶮2026年10月6日", "验收人：徐𬱖2026年10月7日")
		}
		for _, e := range f.Evidence {
			has(t, pages[i], e)
		}
	}
}

// Longest values stay whole, in every form. All that a 销号审批单 may say, each as
// long as it may be, has no room in readable size: that is told.
func TestLongestFindings(t *testing.T) {
	for _, unit := range []string{"龘", "W"} {
		of := func(n int) string { return strings.Repeat(unit, n) }
		f := FindingLine{Department: of(model.MaxName), Person: of(model.MaxName), Evidence: []string{of(60), of(60), of(60), of(60)}}
		f.FormNo, f.Source, f.Origin, f.Category, f.Level = "ZG-2026-1234567-89", "上级反馈", of(model.MaxShort), of(model.MaxShort), model.Grave
		f.FoundOn, f.DueOn, f.BegunOn, f.State = "2026-10-10", "2026-12-31", "2026-10-11", model.ClosedOut
		f.Leader, f.Problem, f.Measure, f.Contingency, f.Result = of(model.MaxName), of(model.MaxNote), of(model.MaxNote), of(model.MaxNote), of(model.MaxNote)
		f.FundsFen, f.AcceptNote, f.AcceptedBy, f.AcceptedOn = 1234567890, of(model.MaxNote), of(model.MaxName), "2026-11-30"
		f.LookBackDue = "2027-03-01"
		in := findingPrint(f, f)
		in.Hospital.Name, in.Hospital.Office, in.Hospital.ReportPhone = of(model.MaxShort), of(model.MaxShort), of(model.MaxShort)
		in.Campaign.Title, in.Campaign.DocumentNo = of(model.MaxShort), of(model.MaxShort)
		for _, c := range []struct {
			name  string
			print func(*bytes.Buffer, FindingPrint) ([]page.Warning, error)
			pages int
			want  int // characters of one finding
		}{
			{"notice", notices, 2, 40 + 500*3 + 60 + 40*2},
			{"closeout", closeOuts, 2, 500*4 + 60*2 + 40*3 + 240},
			{"register", registers, 2, 500*3 + 60 + 40*4},
			{"weekly", weeklies, 2, 500*3 + 60 + 40},
		} {
			var pdf bytes.Buffer
			warnings, err := c.print(&pdf, in)
			if told := len(warnings) > 0; err != nil || told != (c.name == "closeout") {
				t.Errorf("%s of %s: %v, %v", c.name, unit, err, warnings)
			}
			path := save(t, "longest-"+c.name+"-"+unit+".pdf", pdf.Bytes())
			run(t, "qpdf", "--check", path)
			pages := pagesOf(t, path)
			if len(pages) > c.pages+2 {
				t.Errorf("%s has %d pages", c.name, len(pages))
			}
			if got := strings.Count(strings.Join(pages, ""), unit); got < 2*c.want {
				t.Errorf("%s has %d of %d characters", c.name, got, 2*c.want)
			}
		}
	}
}

func TestRegisterOfManyFindings(t *testing.T) {
	in := findingPrint(sampleFindings(620)...)
	pages, path := printed(t, "register", in, registers)
	run(t, "qpdf", "--check", path)
	all := strings.Join(pages, "")
	for _, f := range in.Findings {
		if strings.Count(all, f.FormNo) != 1 {
			t.Fatalf("%s is on paper %d times", f.FormNo, strings.Count(all, f.FormNo))
		}
	}
	for i, p := range pages {
		has(t, p, "问题表现", fmt.Sprintf("—%d—", i+1))
	}
	has(t, pages[0], "附件2份", "（超期）", "问题整改台账", "截至2026年10月10日，共620项：待整改 89，整改中 89，待验收 89，退回 89，反弹 88，已销号 88，作废 88；超期 88 项，销号率 16.5%")
	has(t, pages[len(pages)-1], "填报人：", "审核人：")
}

// Every finding counts under one of the week's words at most, and those that
// were closed out later than the week are open in it.
func TestWeekly(t *testing.T) {
	at := func(found, accepted day.Date, state model.FindingState) FindingLine {
		f := sampleFindings(1)[0]
		f.FoundOn, f.AcceptedOn, f.State, f.DueOn = found, accepted, state, "2026-10-08"
		return f
	}
	in := findingPrint(
		at("2026-10-02", "", model.ToMend), at("2026-10-09", "2026-10-09", model.ClosedOut), at("2026-09-01", "2026-10-02", model.ClosedOut),
		at("2026-09-01", "2026-10-10", model.ClosedOut), at("2026-09-01", "", model.Refused))
	in.Findings[4].RefuseReason = "没有培训签到"
	pages, _ := printed(t, "weekly", in, weeklies)
	has(t, pages[0], "2026年10月2日至2026年10月9日", "本周新增 2 项，完成 2 项，未完成 3 项", "部位·科室", "是否完成整改", "填报单位（盖章）", "填报日期：2026年10月10日", "填报人（签字）", "审核人（签字）")
	var got []string
	for _, l := range in.lines() {
		got = append(got, finished(l))
	}
	want := []string{"否（待整改）\n已超期（2026-10-08）", "是", "是", "否（整改中）\n已超期（2026-10-08）", "否（退回：没有培训签到）\n已超期（2026-10-08）"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	pages, _ = printed(t, "weekly-many", findingPrint(sampleFindings(60)...), weeklies)
	if len(pages) < 3 {
		t.Errorf("%d pages", len(pages))
	}
	if pages, _ := printed(t, "weekly-none", findingPrint(), weeklies); len(pages) != 1 || !strings.Contains(pages[0], "本周新增0项") {
		t.Errorf("a week without findings: %q", pages)
	}
}

func writeOverride(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// What an office changes wrongly is named.
func TestSheetTextsAreChecked(t *testing.T) {
	const good = `title = "台账"
columns = [{ title = "序号", value = "no", share = 1 }]`
	for _, c := range []struct{ text, want string }{
		{good, ""},
		{`title = ""`, "缺少 title"},
		{good + "\nfacts = [\"{nobody}\"]", "{nobody}"},
		{good + "\nsign = [\"{nobody}\"]", "{nobody}"},
		{`title = "台账"` + "\ncolumns = [{ title = \"序号\", value = \"nothing\", share = 1 }]", `"nothing"`},
		{`title = "台账"` + "\ncolumns = [{ title = \"序号\", value = \"no\" }]", "share"},
		{`title = "台账"` + "\ncolumns = [{ title = \"序号\", value = \"no\", share = 1, align = \"middle\" }]", "align"},
		{good + "\nboxes = [{ value = \"on\" }]", "label"},
		{good + "\nboxes = [{ label = \"甲\", value = \"x\" }]", `"x"`},
		{good + "\nfields = [[{ label = \"甲\", value = \"x\", share = 1 }]]", `"x"`},
		{good + "\nunknown = 1", "unknown"},
	} {
		dir := t.TempDir()
		writeOverride(t, dir, "forms/finding/register.toml", c.text)
		_, err := registerWords.load(assets.New(dir), "finding/register")
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "register.toml")) {
			t.Errorf("%s: %v, want %q", c.text, err, c.want)
		}
	}
	dir := t.TempDir()
	text, _ := assets.New("").Read("forms/finding/notice.toml")
	writeOverride(t, dir, "forms/finding/notice.toml", regexp.MustCompile(`"举报" = .*`).ReplaceAllString(string(text), ""))
	in := findingPrint(sampleFindings(1)...)
	in.Library = assets.New(dir)
	if _, err := Notices(&bytes.Buffer{}, in); err == nil || !strings.Contains(err.Error(), "举报") {
		t.Errorf("a notice without a word for a source: %v", err)
	}
}
