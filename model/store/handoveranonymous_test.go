package store

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/model"
)

// tracesOf counts how often values stand in all files below a folder.
func tracesOf(t *testing.T, dir string, values ...string) int {
	t.Helper()
	n := 0
	ok(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, v := range values {
			for _, b := range shapes(v) {
				n += bytes.Count(data, b)
			}
		}
		return err
	}))
	return n
}

// Who hands in without a name leaves no trace: in no row, no line of the trail
// or the log, and in no file stands more of him than the roster itself holds,
// whatever is done with what he handed in.
func TestAnonymousHandoversLeaveNoTrace(t *testing.T) {
	ctx := context.Background()
	const name, number = "欧阳无痕", "ZZ90713"
	log := logged(t)
	s, _, dept, _ := registerOf(t)
	dir := s.folder.Dir()
	who := must[int64](t)(s.SaveStaff(ctx, model.Staff{EmployeeNo: number, Name: name, DepartmentID: dept}))
	shut(s)
	before := tracesOf(t, dir, name, number)
	if before == 0 {
		t.Fatal("the search finds nobody")
	}
	s = openLocked(t, dir, cheap)
	enter(t, s)
	lines := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{}, Page{})).Total

	h, items := aHandover(who)
	h.Anonymous = true // the person chosen before the clerk was asked not to write him down
	_, _, err := s.RegisterHandover(ctx, h, items)
	wantCode(t, err, model.Invalid)
	h.StaffID = 0
	d := handed(t, s, h, items...)
	r := must[model.Receipt](t)(s.IssueReceipt(ctx, d.ID))
	ok(t, s.MarkReceiptPrinted(ctx, r.ID))
	edit := d.Handover
	edit.Story = "投入意见箱"
	ok(t, s.EditHandover(ctx, edit))
	edit.Anonymous, edit.StaffID = false, who
	wantCode(t, s.EditHandover(ctx, edit), model.Conflict)
	ok(t, s.VoidReceipt(ctx, r.ID, "打印错"))
	ok(t, s.CorrectHandover(ctx, d.ID, []int64{d.Entries[2].ID}, nil, "误登"))
	_, _, err = s.Dispose(ctx, returned20(d))
	ok(t, err)
	must[int64](t)(s.Attach(ctx, "红包上交", d.ID, "照片.pdf", scan("甲")))
	_, _, err = s.ChangeCustody(ctx, model.Custody{MovedOn: "2026-08-11", FromKeeper: "李某", Keeper: "钱某", WitnessedBy: "王某"}, []int64{d.ID})
	ok(t, err)
	row := oldHandover(2)
	row.Rows[0].Cells["employee_no"] = number
	if got := must[HandoverImport](t)(s.ImportHandovers(ctx, []model.HandoverRecord{row}, false)); got.Added != 0 || len(got.Rejected) != 1 || got.Rejected[0].Value != "" {
		t.Errorf("an anonymous row with a person: %+v", got)
	}

	stored := must[HandoverRow](t)(s.Handover(ctx, d.ID))
	if stored.StaffID != 0 || stored.DepartmentID != 0 || stored.From() != model.Nameless || must[model.Receipt](t)(s.Receipt(ctx, r.ID)).Content.From != model.Nameless {
		t.Errorf("%+v", stored)
	}
	if found := must[Rows[HandoverRow]](t)(s.Handovers(ctx, HandoverFilter{Find: number}, Page{})).Total; found != 0 {
		t.Error("found by the person")
	}
	trail := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{}, Page{}))
	if trail.Total-lines < 10 {
		t.Fatalf("only %d lines were written", trail.Total-lines)
	}
	for _, l := range trail.Items[lines:] {
		if text := l.Label + l.Before + l.After; strings.Contains(text, "staff_id") || strings.Contains(text, "department_id") || strings.Contains(text, name) || strings.Contains(text, number) {
			t.Errorf("line %d: %s %s %s %s", l.ID, l.Action, l.Entity, l.Before, l.After)
		}
	}
	wantSound(t, s)
	shut(s)
	if after := tracesOf(t, dir, name, number); after != before {
		t.Errorf("he stands in %d places, and stood in %d", after, before)
	}
	if strings.Contains(log.String(), name) || strings.Contains(log.String(), number) {
		t.Errorf("the log: %s", log)
	}
}
