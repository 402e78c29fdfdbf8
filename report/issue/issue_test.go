package issue

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
)

var noon = time.Date(2026, 8, 11, 12, 0, 0, 0, time.Local)

// office opens a store with two departments: the second one listed first.
func office(t testing.TB) (*store.Store, model.Campaign) {
	t.Helper()
	ctx := context.Background()
	s := storetest.Open(t, filepath.Join(t.TempDir(), "数据"), func() time.Time { return noon })
	check(t, s.SaveHospital(ctx, model.NewHospital("清河县人民医院")))
	for i, name := range []string{"急诊科", "麻醉手术科"} {
		id, err := s.SaveDepartment(ctx, model.Department{Name: name, SortOrder: 2 - i})
		check(t, err)
		var head int64
		for j, person := range []string{"张三", "徐𬱖", "阿依古丽·买买提"} {
			head, err = s.SaveStaff(ctx, model.Staff{EmployeeNo: string(rune('3'-j)) + "0" + string(rune('1'+i)), Name: person, DepartmentID: id, Post: "医生"})
			check(t, err)
		}
		check2(s.SaveDepartment(ctx, model.Department{ID: id, Name: name, SortOrder: 2 - i, HeadID: head}))(t)
	}
	p, err := s.NewPlan("county-plan-2024", 2026)
	check(t, err)
	p.ID, err = s.StartCampaign(ctx, p)
	check(t, err)
	return s, p.Campaign
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func check2[T any](_ T, err error) func(testing.TB) {
	return func(t testing.TB) { t.Helper(); check(t, err) }
}

// textOf reads a PDF back. Without the tool the test is skipped, but not in CI.
func textOf(t *testing.T, pdf []byte) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	path := filepath.Join(t.TempDir(), "a.pdf")
	check(t, os.WriteFile(path, pdf, 0o600))
	out, err := exec.Command("pdftotext", "-layout", "-enc", "UTF-8", path, "-").Output()
	check(t, err)
	return string(out)
}

func personal(c model.Campaign) store.CommitmentFilter {
	return store.CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}
}

func TestLettersComeSortedAndLeaveOutWhatIsNotToBeSigned(t *testing.T) {
	ctx := context.Background()
	s, c := office(t)
	if _, err := Commitments(ctx, &bytes.Buffer{}, s, personal(c), Options{}, nil); model.CodeOf(err) != model.Conflict {
		t.Fatalf("nothing to print: %v", err)
	}
	check2(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment))(t)
	rows, err := Printable(ctx, s, personal(c))
	check(t, err)
	check(t, s.VoidCommitment(ctx, rows[0].ID, "打印模糊"))
	check(t, s.ExcuseCommitment(ctx, rows[1].ID, "产假", ""))
	check(t, s.MarkPrinted(ctx, []int64{rows[2].ID}))

	var pdf bytes.Buffer
	var steps []int
	done, err := Commitments(ctx, &pdf, s, personal(c), Options{Covers: true}, func(n, total int) { steps = append(steps, n, total) })
	check(t, err)
	if !slices.Equal(steps, []int{1, 4, 2, 4, 3, 4, 4, 4}) || done.Reprints != 1 || len(done.Warnings) != 0 {
		t.Errorf("progress %v, %+v", steps, done)
	}
	want := []int64{rows[2].ID, rows[3].ID, rows[4].ID, rows[5].ID}
	if !slices.Equal(done.IDs, want) {
		t.Errorf("printed %v, want %v", done.IDs, want)
	}
	if rows[0].Department != "麻醉手术科" || rows[0].EmployeeNo != "102" {
		t.Errorf("the first letter is %+v", rows[0])
	}
	pages := strings.Split(textOf(t, pdf.Bytes()), "\f")
	var got []string
	for _, p := range pages {
		kind := "letter"
		if strings.Contains(p, "发放回收单") {
			kind = "cover"
		}
		if no := regexp.MustCompile(`CN-2026-\d{5}-\d\d`).FindString(p); no != "" {
			got = append(got, kind+" "+no[8:13])
		}
	}
	if want := []string{"cover 00003", "letter 00003", "cover 00004", "letter 00004", "letter 00005", "letter 00006"}; !slices.Equal(got, want) {
		t.Errorf("pages %v, want %v", got, want)
	}
	if !strings.Contains(pages[1], "补打") || strings.Contains(pages[3], "补打") {
		t.Error("补打 stands on the wrong letter")
	}

	// By number, an excused letter is printed and a voided one is not.
	named := personal(c)
	named.FormNos = []string{rows[0].FormNo, rows[1].FormNo}
	done, err = Commitments(ctx, &bytes.Buffer{}, s, named, Options{}, nil)
	if check(t, err); !slices.Equal(done.IDs, []int64{rows[1].ID}) {
		t.Errorf("printed %v by number", done.IDs)
	}
	now, err := s.Commitments(ctx, personal(c), store.Page{})
	check(t, err)
	for _, r := range now.Items {
		if want := map[bool]int{true: 1, false: 0}[r.ID == rows[2].ID]; r.PrintCount != want {
			t.Errorf("%s counts %d prints, want %d", r.FormNo, r.PrintCount, want)
		}
	}
}

func TestPrintingStopsWhenCalledOff(t *testing.T) {
	s, c := office(t)
	check2(s.MakeCommitments(context.Background(), c.ID, model.PersonalCommitment))(t)
	ctx, cancel := context.WithCancel(context.Background())
	var pdf bytes.Buffer
	_, err := Commitments(ctx, &pdf, s, personal(c), Options{}, func(n, _ int) {
		if n == 2 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || pdf.Len() > 0 {
		t.Errorf("err %v, %d bytes written", err, pdf.Len())
	}
}

func TestDepartmentLetterBearsItsHead(t *testing.T) {
	ctx := context.Background()
	s, c := office(t)
	check2(s.MakeCommitments(ctx, c.ID, model.DepartmentCommitment))(t)
	var pdf bytes.Buffer
	f := personal(c)
	f.Kind = model.DepartmentCommitment
	check2(Commitments(ctx, &pdf, s, f, Options{}, nil))(t)
	if pages := strings.Split(textOf(t, pdf.Bytes()), "\f"); len(pages) != 3 || !strings.Contains(pages[0], "阿依古丽·买买提") {
		t.Errorf("%d pages, the first is %s", len(pages), pages[0])
	}
}

func TestListsAgreeOnPaperAndInExcel(t *testing.T) {
	ctx := context.Background()
	s, c := office(t)
	check2(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment))(t)
	rows, err := Printable(ctx, s, personal(c))
	check(t, err)
	check2(s.ReturnCommitments(ctx, c.ID, []string{rows[0].FormNo, rows[4].FormNo}, s.Today()))(t)
	check(t, s.ExcuseCommitment(ctx, rows[1].ID, "产假", ""))
	check2(s.SaveStaff(ctx, model.Staff{EmployeeNo: "999", Name: "刘赟", DepartmentID: 1}))(t)

	var pdf bytes.Buffer
	check2(Missing(ctx, &pdf, s, personal(c), nil))(t)
	table, err := MissingTable(ctx, s, personal(c))
	check(t, err)
	text := textOf(t, pdf.Bytes())
	if len(table.Rows) != 4 || !strings.Contains(text, "未签 4 份") {
		t.Fatalf("%d rows in Excel, on paper %s", len(table.Rows), text)
	}
	for _, r := range table.Rows {
		if !strings.Contains(text, r[3]) || !strings.Contains(text, r[4]) {
			t.Errorf("%v is not on paper", r)
		}
	}
	last := table.Rows[3]
	if last[0] != "" || last[1] != "个人" || last[3] != "刘赟" || last[12] != "未生成" {
		t.Errorf("the newcomer's line is %q", last)
	}

	rates, err := RatesTable(ctx, s, c.ID, model.PersonalCommitment)
	check(t, err)
	want := [][]string{
		{"麻醉手术科", "3", "1", "1", "1", "50.0%"},
		{"急诊科", "4", "1", "0", "3", "25.0%"},
		{"合计", "7", "2", "1", "4", "33.3%"},
	}
	pdf.Reset()
	check2(Rates(ctx, &pdf, s, c.ID, model.PersonalCommitment, nil))(t)
	text = textOf(t, pdf.Bytes())
	for i, r := range rates.Rows {
		if !slices.Equal(r, want[i]) {
			t.Errorf("row %d is %v, want %v", i, r, want[i])
		}
		if !strings.Contains(text, r[0]) || !strings.Contains(text, r[5]) {
			t.Errorf("%v is not on paper", r)
		}
	}

	if !slices.Equal(rates.Counts, rates.Columns[1:5]) {
		t.Errorf("Excel cannot add up but %q", rates.Counts)
	}

	f := personal(c)
	f.State = model.Returned
	list, err := ListTable(ctx, s, f, store.Page{Sort: "employee_no", Desc: true, Limit: 1})
	check(t, err)
	if len(list.Rows) != 2 || list.Rows[0][4] <= list.Rows[1][4] || list.Rows[0][11] != "2026-08-11" {
		t.Errorf("list is %q", list.Rows)
	}
	if len(list.Counts) != 1 || !slices.Contains(list.Columns, list.Counts[0]) {
		t.Errorf("counts of the list: %q", list.Counts)
	}
}
