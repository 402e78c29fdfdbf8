package campaign

import (
	"context"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// TestPictures shows the pages with a county hospital's people, within the
// frame's room. It needs CAMPAIGN_PICTURES, the folder for the pictures.
func TestPictures(t *testing.T) {
	if os.Getenv("CAMPAIGN_PICTURES") == "" {
		t.Skip("CAMPAIGN_PICTURES is not set")
	}
	d := county(t)
	p := NewCommitments(d.deps)
	d.inFrame(p)
	d.picture("letters-all")
	p.SetFilter(filterState, missing)
	p.Table().SelectIndex(3)
	d.picture("letters-missing")
	d.tickRow(d.firstName(5))
	d.tickRow(d.firstName(6))
	d.picture("letters-ticked")
	d.menu("打印", "")
	d.picture("letters-print-menu")
	d.escape()
	p.Table().ClearTicks()
	d.menu("登记交回", "按科室登记")
	d.tap("请选择")
	d.picture("letters-departments")
	d.escape()
	d.escape()
	p.ShowKind(model.DepartmentCommitment)
	d.picture("letters-department-kind")
	p.ShowKind(model.SupplierCommitment)
	p.Table().SelectIndex(0)
	d.picture("letters-supplier-kind")
	p.ShowKind(model.PersonalCommitment)
	p.SetFilter(filterState, string(model.Voided))
	p.Table().SelectIndex(0)
	d.picture("letters-void")
	d.menu("打印", "全部")
	d.picture("county-print")
	d.tap("生成预览")
	d.picture("county-preview")
	d.escape()

	c := NewCampaigns(d.deps)
	d.inFrame(c)
	c.Table().SelectIndex(0)
	d.picture("campaigns")
	d.tap("修改")
	d.picture("campaign-edit")
}

// county is the sample hospital in the middle of a campaign.
func county(t *testing.T) *desk {
	ctx := context.Background()
	d := newDesk(t)
	roster, err := sheet.ReadRoster(d.store.Assets(), filepath.Join("..", "..", "report", "sheet", "testdata", "county-hospital-620.xlsx"), "")
	check(t, err)
	_, err = d.store.ImportRoster(ctx, "county-hospital-620.xlsx", roster, store.RosterAnswers{})
	check(t, err)
	d.campaign(2025)
	d.campaign(2026)
	id := d.inHand.ID
	must[int](t)(d.store.MakeCommitments(ctx, id, model.PersonalCommitment))
	d.markPrinted()
	rows := d.rows(model.PersonalCommitment)
	var nos []string
	for i, r := range rows {
		if i%15 != 3 {
			nos = append(nos, r.FormNo)
		}
	}
	must[[]store.ReturnResult](t)(d.store.ReturnCommitments(ctx, id, nos, d.store.Today()))
	check(t, d.store.ExcuseCommitment(ctx, rows[3].ID, "产假", "2026-10-08"))
	check(t, d.store.VoidCommitment(ctx, rows[18].ID, "签名栏被污损，本人要求重新打印一份并当面重签"))
	must[string](t)(d.store.RenewCommitment(ctx, rows[18].ID))
	check(t, d.store.MarkPrinted(ctx, []int64{rows[33].ID, rows[33].ID}))
	must[string](t)(d.store.AddPartyCommitment(ctx, model.Commitment{Paper: model.Paper{CampaignID: id}, Kind: model.SupplierCommitment,
		PartyName: "浙江清风医疗器械供应链管理有限公司", PartyPerson: "孙𣲗"}))
	for i, name := range []string{"朱𬭎", "阿依古丽·买买提", "陈龘"} {
		must[int64](t)(d.store.SaveStaff(ctx, model.Staff{EmployeeNo: fmt.Sprintf("0900%d", i), Name: name, DepartmentID: 1, Post: "护士"}))
	}
	return d
}

func (d *desk) firstName(i int) string {
	var names []string
	for _, s := range d.screen() {
		for _, r := range d.rows(model.PersonalCommitment) {
			if s.text == r.Name {
				names = append(names, s.text)
				break
			}
		}
	}
	return names[i]
}

// inFrame shows a page in the room that the frame leaves it.
func (d *desk) inFrame(p kit.Page) {
	room := func(w, h float32) fyne.CanvasObject {
		r := canvas.NewRectangle(color.NRGBA{R: 0xE0, G: 0xE7, B: 0xE7, A: 0xFF})
		r.SetMinSize(fyne.NewSize(w, h))
		return r
	}
	body := container.New(layout.NewCustomPaddedLayout(10, 10, 14, 14), container.NewStack(p.Content()))
	kit.SetContent(d.win, container.NewBorder(room(0, 40), room(0, 24), room(188, 0), nil, body))
	p.Shown()
	d.win.Content().Refresh()
}
