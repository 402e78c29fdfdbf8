package campaign

import (
	"context"
	"fmt"
	"os"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store"
)

// TestPictures shows the pages with a county hospital's people, within the
// frame's room. It needs PAGE_PICTURES, the folder for the pictures.
func TestPictures(t *testing.T) {
	if os.Getenv("PAGE_PICTURES") == "" {
		t.Skip("PAGE_PICTURES is not set")
	}
	d := county(t)
	p := NewCommitments(d.deps)
	d.InFrame(p)
	d.Picture("letters-all")
	p.SetFilter(filterState, missing)
	p.Table().SelectIndex(3)
	d.Picture("letters-missing")
	d.TickRow(d.firstName(5))
	d.TickRow(d.firstName(6))
	d.Picture("letters-ticked")
	d.Menu("打印", "")
	d.Picture("letters-print-menu")
	d.Escape()
	p.Table().ClearTicks()
	d.Menu("登记交回", "按科室登记")
	d.Tap("请选择")
	d.Picture("letters-departments")
	d.Escape()
	d.Escape()
	p.ShowKind(model.DepartmentCommitment)
	d.Picture("letters-department-kind")
	p.ShowKind(model.SupplierCommitment)
	p.Table().SelectIndex(0)
	d.Picture("letters-supplier-kind")
	p.ShowKind(model.PersonalCommitment)
	p.SetFilter(filterState, string(model.Voided))
	p.Table().SelectIndex(0)
	d.Picture("letters-void")
	d.Menu("打印", "全部")
	d.Picture("county-print")
	d.Tap("生成预览")
	d.Picture("county-preview")
	d.Escape()

	c := NewCampaigns(d.deps)
	d.InFrame(c)
	c.Table().SelectIndex(0)
	d.Picture("campaigns")
	d.Tap("修改")
	d.Picture("campaign-edit")
}

// county is the sample hospital in the middle of a campaign.
func county(t *testing.T) *desk {
	ctx := context.Background()
	d := newDesk(t)
	d.County()
	d.campaign(2025)
	d.campaign(2026)
	id := d.inHand.ID
	must[int](t)(d.Store.MakeCommitments(ctx, id, model.PersonalCommitment))
	d.markPrinted()
	rows := d.rows(model.PersonalCommitment)
	var nos []string
	for i, r := range rows {
		if i%15 != 3 {
			nos = append(nos, r.FormNo)
		}
	}
	must[[]store.ReturnResult](t)(d.Store.ReturnCommitments(ctx, id, nos, d.Store.Today()))
	check(t, d.Store.ExcuseCommitment(ctx, rows[3].ID, "产假", "2026-10-08"))
	check(t, d.Store.VoidCommitment(ctx, rows[18].ID, "签名栏被污损，本人要求重新打印一份并当面重签"))
	must[string](t)(d.Store.RenewCommitment(ctx, rows[18].ID))
	check(t, d.Store.MarkPrinted(ctx, []int64{rows[33].ID, rows[33].ID}))
	must[string](t)(d.Store.AddPartyCommitment(ctx, model.Commitment{Paper: model.Paper{CampaignID: id}, Kind: model.SupplierCommitment,
		PartyName: "浙江清风医疗器械供应链管理有限公司", PartyPerson: "孙𣲗"}))
	for i, name := range []string{"朱𬭎", "阿依古丽·买买提", "陈龘"} {
		must[int64](t)(d.Store.SaveStaff(ctx, model.Staff{EmployeeNo: fmt.Sprintf("0900%d", i), Name: name, DepartmentID: 1, Post: "护士"}))
	}
	return d
}

func (d *desk) firstName(i int) string {
	var names []string
	for _, s := range d.Screen() {
		for _, r := range d.rows(model.PersonalCommitment) {
			if s.Text == r.Name {
				names = append(names, s.Text)
				break
			}
		}
	}
	return names[i]
}
