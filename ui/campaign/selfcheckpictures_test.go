package campaign

import (
	"context"
	"os"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// TestSelfCheckPictures shows the page with a county hospital's people. It
// needs PAGE_PICTURES, the folder for the pictures.
func TestSelfCheckPictures(t *testing.T) {
	if os.Getenv("PAGE_PICTURES") == "" {
		t.Skip("PAGE_PICTURES is not set")
	}
	d := county(t)
	d.countyChecks()
	p := NewSelfChecks(d.deps)
	d.InFrame(p)
	p.Table().SelectIndex(3)
	d.Picture("checks-all")
	p.ShowMissing(model.PersonalSelfCheck, 0)
	p.Table().SelectIndex(4)
	d.Picture("checks-missing")
	p.ShowPriorityMissing()
	d.Picture("checks-priority")
	d.Menu("打印", "")
	d.Picture("checks-print-menu")
	d.Escape()
	p.ShowKind(model.PersonalSelfCheck)
	p.SetFilter(filterState, withProblems)
	p.Table().SelectIndex(1)
	d.Picture("checks-problems")
	d.Tap("更正…")
	d.Picture("checks-fill")
	d.Tap("改为无")
	d.Escape()
	d.Picture("checks-fill-leave")
	d.Tap("放弃修改")
	d.Tap("意见…")
	d.Picture("checks-opinions")
	d.Escape()
	p.ShowKind(model.DepartmentSelfCheck)
	p.Table().SelectIndex(2)
	d.Picture("checks-departments")
	d.Tap("填写…")
	d.Picture("checks-fill-department")
	d.Escape()
	p.ShowKind(model.PersonalSelfCheck)
	p.SetFilter(filterState, string(model.Voided))
	p.Table().SelectIndex(0)
	d.Picture("checks-void")
}

// TestSelfCheckLargeTextPictures shows the line over the page at its fullest
// with the largest text.
func TestSelfCheckLargeTextPictures(t *testing.T) {
	if os.Getenv("PAGE_PICTURES") == "" {
		t.Skip("PAGE_PICTURES is not set")
	}
	d := county(t)
	theme, err := kit.NewTheme(kit.ThemeOptions{Regular: assets.SansRegular, Bold: assets.SansBold, Scale: kit.TextScales[2]})
	check(t, err)
	fyne.CurrentApp().Settings().SetTheme(theme)
	d.countyChecks()
	d.endPhase()
	p := NewSelfChecks(d.deps)
	d.InFrame(p)
	p.Table().SelectIndex(7)
	d.Picture("checks-large")
	d.Tap("按补查登记")
	d.Picture("checks-large-late")
	d.Tap("更正…")
	d.Picture("checks-large-fill")
}

// countyChecks are self-check forms in the middle of their phase.
func (d *desk) countyChecks() {
	d.T.Helper()
	ctx, id := context.Background(), d.inHand.ID
	for _, kind := range model.SelfCheckKinds {
		must[int](d.T)(d.Store.MakeSelfChecks(ctx, id, kind))
	}
	rows := d.checks(model.PersonalSelfCheck)
	var nos []string
	var ids []int64
	for i, r := range rows {
		if i%11 != 5 {
			ids = append(ids, r.ID)
		}
		if i%11 != 5 && i%15 != 3 && i%40 != 7 {
			nos = append(nos, r.FormNo)
		}
	}
	check(d.T, d.Store.MarkSelfChecksPrinted(ctx, ids))
	must[[]store.SelfCheckResult](d.T)(d.Store.ReturnSelfChecks(ctx, id, nos, d.Store.Today(), false))
	items := must[model.Plan](d.T)(d.Store.Plan(ctx, id)).Items
	for i := 7; i < len(rows); i += 40 {
		e := store.SelfCheckEntry{On: d.Store.Today(), Problems: []model.Problem{{ItemID: items[i%len(items)].ID,
			Particulars: "春节前收受患者家属送来的水果两箱、茶叶一盒，未及时登记", Counterpart: "住院患者家属",
			HappenedOn: "2026-02", AmountFen: 68000, HandedFen: 68000, Measure: "折价上交并在科室会上检讨", DueOn: "2026-08-31"}}}
		if i%80 == 7 {
			e.Problems = append(e.Problems, model.Problem{ItemID: items[(i+3)%len(items)].ID, Particulars: "参加企业赞助的学术会议，食宿由企业承担",
				Counterpart: "浙江清风医疗器械供应链管理有限公司", HappenedOn: "2025-11-02", AmountFen: 235000})
		}
		must[[]string](d.T)(d.Store.RecordSelfCheck(ctx, rows[i].ID, e))
	}
	check(d.T, d.Store.SendBackSelfCheck(ctx, rows[1].ID, "与他人雷同，没有对照本岗位自查"))
	check(d.T, d.Store.ExcuseSelfCheck(ctx, rows[3].ID, "产假", "2026-10-08"))
	check(d.T, d.Store.VoidSelfCheck(ctx, rows[18].ID, "签名栏被污损，本人要求重新打印一份"))
}

// checks are all forms of the campaign in hand, voided ones too.
func (d *desk) checks(kind model.SelfCheckKind) []selfCheck {
	d.T.Helper()
	var out []selfCheck
	for _, state := range []model.PaperState{"", model.Voided} {
		f := store.SelfCheckFilter{CampaignID: d.inHand.ID, Kind: kind, State: state}
		found, err := d.Store.SelfChecks(context.Background(), f, store.Page{Sort: "form_no"})
		check(d.T, err)
		out = append(out, found.Items...)
	}
	return out
}
