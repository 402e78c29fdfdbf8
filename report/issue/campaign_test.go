package issue

import (
	"bytes"
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/report/sheet"
)

// squeezed is a PDF's text without blanks.
func squeezed(t *testing.T, pdf []byte) string {
	t.Helper()
	return strings.Join(strings.Fields(textOf(t, pdf)), "")
}

func lacks(t *testing.T, text string, wants ...string) {
	t.Helper()
	for _, w := range wants {
		if !strings.Contains(text, strings.Join(strings.Fields(w), "")) {
			t.Errorf("lacks %q:\n%s", w, text)
		}
	}
}

func TestPlanOnPaperAndInExcel(t *testing.T) {
	ctx := context.Background()
	s, _ := office(t)
	plan, err := s.NewPlan("shaoxing-tcm-2019", 2026)
	check(t, err)
	id, err := s.StartCampaign(ctx, plan)
	check(t, err)
	stored, err := s.Plan(ctx, id)
	check(t, err)
	stored.Duties[0].State, stored.Duties[0].Progress, stored.Duties[0].ProgressOn = model.DutyDone, "已印发通知", "2026-08-01"
	check2(s.SavePart(ctx, stored.Duties[0]))(t)

	var pdf bytes.Buffer
	warnings, err := Timetable(ctx, &pdf, s, id, nil)
	check(t, err)
	pages := strings.Split(strings.TrimSuffix(textOf(t, pdf.Bytes()), "\f"), "\f")
	if len(pages) != 1 || len(warnings) > 0 {
		t.Errorf("%d pages, %v", len(pages), warnings)
	}
	// Monthly, on its last day, seen on 11 August; the calendar of 2027 is not out.
	lacks(t, squeezed(t, pdf.Bytes()), plan.Title+"时间表", "2026年8月31日、9月30日、10月31日等5次", "待放假安排公布后推算")

	pdf.Reset()
	check2(DutyList(ctx, &pdf, s, id, true, nil))(t)
	lacks(t, squeezed(t, pdf.Bytes()), "共8个项目、37项举措", "已完成1项，进行中0项，未开始36项", "已印发通知")
	pdf.Reset()
	check2(DutyList(ctx, &pdf, s, id, false, nil))(t)
	if strings.Contains(squeezed(t, pdf.Bytes()), "已印发通知") {
		t.Error("progress is printed unasked")
	}
	table, err := DutyTable(ctx, s, id)
	check(t, err)
	if len(table.Rows) != 37 || table.Rows[0][5] != "已完成" || table.Rows[36][0] != "37" {
		t.Errorf("%d rows, the first %q", len(table.Rows), table.Rows[0])
	}
}

// findings adds three findings to the office's campaign and voids the last.
func findings(t *testing.T, s *store.Store, c model.Campaign) []store.FindingRow {
	t.Helper()
	ctx := context.Background()
	var last int64
	for i, text := range []string{"抗菌药物使用没有记录指征", "收费项目没有公示", "登记错了"} {
		id, _, err := s.SaveFinding(ctx, model.Finding{CampaignID: c.ID, Source: model.FromInspection, FoundOn: "2026-08-06", Category: "合理用药",
			Level: model.Ordinary, DepartmentID: int64(i%2 + 1), Problem: text, Measure: "逐项改正", DueOn: "2026-08-31", FundsFen: int64(i) * 123450})
		check(t, err)
		last = id
	}
	check(t, s.VoidFinding(ctx, last, "登记错了"))
	found, err := s.Findings(ctx, store.FindingFilter{CampaignID: c.ID}, store.Page{Sort: "form_no"})
	check(t, err)
	return found.Items
}

func TestFindingsOnPaperAndInExcel(t *testing.T) {
	ctx := context.Background()
	s, c := office(t)
	f := store.FindingFilter{CampaignID: c.ID}
	if _, _, err := Notices(ctx, &bytes.Buffer{}, s, f, nil); model.CodeOf(err) != model.Conflict {
		t.Errorf("no finding: %v", err)
	}
	rows := findings(t, s, c)
	check2(s.Attach(ctx, "问题", rows[0].ID, "通报照片.png", strings.NewReader("\x89PNG\r\n\x1a\n")))(t)

	var pdf bytes.Buffer
	ids, warnings, err := Notices(ctx, &pdf, s, f, nil)
	check(t, err)
	// The second department stands first in the hospital.
	if !slices.Equal(ids, []int64{rows[1].ID, rows[0].ID}) || len(warnings) > 0 {
		t.Errorf("notices of %v, %v", ids, warnings)
	}
	text := squeezed(t, pdf.Bytes())
	lacks(t, text, rows[0].FormNo, "急诊科：", "抗菌药物使用没有记录指征", "在督查中发现", "2026年8月31日前完成整改")
	if strings.Contains(text, "补打") || strings.Contains(text, "登记错了") {
		t.Error("says 补打, or prints what was voided")
	}
	check(t, s.MarkNotified(ctx, ids))
	pdf.Reset()
	one := store.FindingFilter{CampaignID: c.ID, FormNos: []string{rows[1].FormNo}}
	if ids, _, err = Notices(ctx, &pdf, s, one, nil); err != nil || len(ids) != 1 || !strings.Contains(squeezed(t, pdf.Bytes()), "补打") {
		t.Errorf("a second notice: %v %v", ids, err)
	}

	pdf.Reset()
	check2(CloseOutSheets(ctx, &pdf, s, f, nil))(t)
	lacks(t, squeezed(t, pdf.Bytes()), "1.通报照片.png", "销号审批单", "逐项改正")
	pdf.Reset()
	check2(FindingRegister(ctx, &pdf, s, f, nil))(t)
	lacks(t, squeezed(t, pdf.Bytes()), "共2项：待整改2；超期0项", rows[0].FormNo, rows[1].FormNo, "附件1份", c.Title)

	table, err := FindingTable(ctx, s, f, store.Page{Sort: "form_no", Limit: 1})
	check(t, err)
	if len(table.Rows) != 2 || table.Rows[1][12] != "1,234.50" || table.Rows[0][18] != "1" {
		t.Errorf("%q", table.Rows)
	}
	for _, name := range slices.Concat(table.Counts, table.Amounts) {
		if !slices.Contains(table.Columns, name) {
			t.Errorf("no column %s", name)
		}
	}
	// What was written is read back as an older register.
	path := filepath.Join(t.TempDir(), "台账.xlsx")
	check(t, sheet.Write(path, table))
	read, err := sheet.ReadFindings(s.Assets(), path, "")
	check(t, err)
	if len(read.Records) != 2 {
		t.Errorf("%d records read back", len(read.Records))
	}
}

func TestWeeklyOnPaperAndInExcel(t *testing.T) {
	ctx := context.Background()
	s, c := office(t)
	findings(t, s, c)
	if _, err := WeeklyTable(ctx, s, c.ID, "2026-08-06"); model.CodeOf(err) != model.Invalid || !strings.Contains(err.Error(), "星期五") {
		t.Errorf("a Thursday: %v", err)
	}
	var pdf bytes.Buffer
	check2(Weekly(ctx, &pdf, s, c.ID, "2026-08-07", nil))(t)
	text := squeezed(t, pdf.Bytes())
	lacks(t, text, "2026年8月1日至2026年8月7日", "本周新增2项，完成0项，未完成2项", "填报单位（盖章）")
	table, err := WeeklyTable(ctx, s, 0, "2026-08-14")
	check(t, err)
	if len(table.Rows) != 2 || table.Rows[0][1] != "急诊科" || table.Columns[6] != "采取的措施" {
		t.Errorf("%q %q", table.Columns, table.Rows)
	}
	for _, r := range table.Rows {
		lacks(t, text, r[4])
	}
}

func TestDrawOnPaper(t *testing.T) {
	ctx := context.Background()
	s, c := office(t)
	id, err := s.MakeDraw(ctx, store.DrawRequest{CampaignID: c.ID, Seed: "20260811", From: "2026-08-12", To: "2026-08-14", Picks: 2, PerVisit: 1,
		Inspectors: []model.Inspector{{Name: "王䶮"}}, Witness: "李喆"})
	check(t, err)
	row, err := s.Draw(ctx, id)
	check(t, err)
	// A department that is renamed keeps on this paper the name it was drawn by.
	check2(s.SaveDepartment(ctx, model.Department{ID: 1, Name: "急诊医学中心"}))(t)
	var result, sheets bytes.Buffer
	check2(DrawSheet(ctx, &result, s, id, nil))(t)
	check2(InspectionSheets(ctx, &sheets, s, id, nil))(t)
	text := squeezed(t, result.Bytes())
	lacks(t, text, row.FormNo, "20260811", "科室2个中抽2个", "共6个", "急诊科", "麻醉手术科", "见证人", "李喆", storetest.Name)
	pages := strings.Split(strings.TrimSuffix(textOf(t, sheets.Bytes()), "\f"), "\f")
	picks, err := s.Picks(ctx, id)
	check(t, err)
	if len(pages) != 2 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, p := range picks {
		lacks(t, strings.Join(strings.Fields(pages[i]), ""), "第"+strconv.Itoa(p.Position)+"号", p.Day.Chinese()+p.Half, "王䶮")
	}
}

func TestLastFriday(t *testing.T) {
	for today, want := range map[day.Date]day.Date{
		"2026-11-16": "2026-11-13", "2026-11-19": "2026-11-13", "2026-11-20": "2026-11-20", "2026-11-21": "2026-11-20", "2026-11-22": "2026-11-20", "2027-01-01": "2027-01-01",
	} {
		got := LastFriday(today)
		if _, err := Week(got); got != want || err != nil {
			t.Errorf("%s: %s, want %s (%v)", today, got, want, err)
		}
	}
}
