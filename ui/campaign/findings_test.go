package campaign

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/formno"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
)

// ward is a hospital of two departments with a campaign in hand and the page
// of findings on it. moved counts what other pages are told.
func ward(t *testing.T) (d *desk, p *FindingsPage, moved *int) {
	d = newDesk(t)
	d.Staff("急诊科", "01", "张堃", "李喆")
	d.Staff("麻醉手术科", "02", "阿依古丽·买买提")
	d.campaign(2026)
	moved = new(int)
	d.deps.OnFindings = func() { *moved++ }
	return d, d.register(), moved
}

func (d *desk) register() *FindingsPage {
	p := NewFindings(d.deps)
	d.Show(p)
	return p
}

// found is a finding of 急诊科 that could be begun at once.
func (d *desk) found(change func(*model.Finding)) int64 {
	d.T.Helper()
	m := model.Finding{CampaignID: d.inHand.ID, Source: "督查", FoundOn: "2026-07-01", Category: "廉洁购销", Level: model.Ordinary,
		DepartmentID: d.Department("急诊科"), Problem: "耗材出入库与收费不符", Measure: "逐件核对", DueOn: "2026-09-30"}
	if change != nil {
		change(&m)
	}
	id, _, err := d.Store.SaveFinding(context.Background(), m)
	check(d.T, err)
	return id
}

func (d *desk) begun() int64 {
	id := d.found(nil)
	check(d.T, d.Store.BeginFinding(context.Background(), id, "2026-07-02"))
	return id
}

func (d *desk) mended() int64 {
	id := d.begun()
	check(d.T, d.Store.SubmitFinding(context.Background(), id, "2026-07-20", "张堃", "已逐件核对"))
	return id
}

func (d *desk) finding(id int64) finding {
	d.T.Helper()
	return must[finding](d.T)(d.Store.Finding(context.Background(), id))
}

// asReviewer signs somebody in who recorded nothing and may decide.
func (d *desk) asReviewer() *FindingsPage {
	d.Become(model.Reviewer)
	return d.register()
}

func TestANewFinding(t *testing.T) {
	d, p, moved := ward(t)
	d.Sees("自查、督查、举报和上级反馈的问题登记在这里")
	d.TapLast("新建问题")
	d.Sees("2026年医疗行业作风建设专项行动")
	d.Tap("登记")
	d.Sees("请选择来源", "请选择类别", "请选择责任科室", "请填写问题")
	d.Tap("请选择", "举报")
	d.Tap("选一项，或输入别的")
	for _, r := range "假日值班" {
		d.Win.Canvas().Focused().TypedRune(r)
	}
	d.Tap("按输入的填写")
	d.Tap("输入姓名、拼音首字母或工号", "张堃")
	d.Sees("急诊科") // the person's
	d.Write(3, "值班期间脱岗")
	d.Fields()[1].(*kit.DateField).SetDate("2026-08-12")
	d.Tap("登记")
	d.Sees("在今天（2026-08-11）之后")
	d.Tap("知道了")
	d.Fields()[1].(*kit.DateField).SetDate("2026-08-10")
	d.SeesNot("按输入的填写")
	d.Picture("finding-new-filled")
	d.Tap("登记")
	d.Sees("已登记 ZG-2026-00001-", "张堃", "假日值班", "还没有整改措施")
	if *moved != 1 {
		t.Errorf("other pages were told %d times", *moved)
	}
	f := d.findings()[0]
	if f.Source != "举报" || f.Category != "假日值班" || f.Person != "张堃" || f.Department != "急诊科" || f.FoundOn != "2026-08-10" ||
		f.CampaignID != d.inHand.ID || f.State != model.ToMend || f.Problem != "值班期间脱岗" {
		t.Errorf("stored %+v", f)
	}
	if r, ok := p.Table().Selected(); !ok || r.ID != f.ID {
		t.Error("the new finding is not selected")
	}
}

func TestTheLeaderInChargeIsFilledIn(t *testing.T) {
	d, p, _ := ward(t)
	ctx := context.Background()
	dep := must[model.Department](t)(d.Store.Department(ctx, d.Department("急诊科")))
	dep.Leader = "欧阳建国"
	must[int64](t)(d.Store.SaveDepartment(ctx, dep))
	p.New(model.Finding{Source: "巡察", Category: "廉洁购销", Problem: "账物不符"})
	d.Tap("输入名称或拼音首字母", "急诊科")
	d.Tap("重大")
	d.Sees("重大问题开始整改前必须填写")
	d.Tap("登记")
	if f := d.findings()[0]; f.Leader != "欧阳建国" || f.Level != model.Grave || f.Source != "巡察" {
		t.Errorf("stored %+v", f)
	}
}

func TestAFindingOfAnInspection(t *testing.T) {
	d, p, _ := ward(t)
	ctx := context.Background()
	draw := must[int64](t)(d.Store.MakeDraw(ctx, store.DrawRequest{CampaignID: d.inHand.ID, Seed: "2026", From: "2026-08-12", To: "2026-08-14",
		Picks: 1, PerVisit: 1, Inspectors: []model.Inspector{{Name: "周某"}}, DrawnBy: "李某", Witness: "王某"}))
	picks := must[[]store.PickRow](t)(d.Store.Picks(ctx, draw))
	p.New(model.Finding{PickID: picks[0].ID, CampaignID: d.inHand.ID, DepartmentID: picks[0].DepartmentID, Category: "值班制度", Problem: "交接班记录不全"})
	d.SeesNot("请选择")
	d.Sees("督查", picks[0].Department)
	d.Tap("登记")
	if f := d.findings()[0]; f.PickID != picks[0].ID || f.Source != model.FromInspection || f.DepartmentID != picks[0].DepartmentID {
		t.Errorf("stored %+v", f.Finding)
	}
}

// Once work has begun the form leaves the limit alone.
func TestChanging(t *testing.T) {
	d, p, _ := ward(t)
	id := d.begun()
	p.Refresh()
	p.SelectID(id)
	d.Tap("修改")
	d.Sees("改时限要申请延期")
	d.Write(3, "，共 2 件")
	d.Tap("保存")
	if f := d.finding(id); !strings.Contains(f.Problem, "，共 2 件") || f.DueOn != "2026-09-30" || f.State != model.Mending {
		t.Errorf("the finding is %+v", f)
	}
}

func TestViews(t *testing.T) {
	d, p, _ := ward(t)
	ctx := context.Background()
	late := d.found(func(f *model.Finding) { f.DueOn = "2026-08-10" })
	asked := d.begun()
	check(t, d.Store.AskExtension(ctx, asked, "2026-11-30", "设备采购周期长"))
	mended, back, void := d.mended(), d.mended(), d.found(nil)
	check(t, d.Store.VoidFinding(ctx, void, "重复登记"))
	outside := d.found(func(f *model.Finding) { f.CampaignID = 0 })
	d.Become(model.Reviewer)
	check(t, d.Store.AcceptFinding(ctx, back, "2026-07-25", "", "2026-08-01"))
	storetest.Enter(t, d.Store)
	p.Refresh()
	d.Sees("销号率 25.0%", "未销号 3", "逾期 1", "待验收 1", "延期待批 1", "应回头看 1")
	for view, want := range map[FindingView][]int64{
		FindingsOpen: {late, asked, mended}, FindingsOverdue: {late}, FindingsToAccept: {mended}, FindingsWithRequests: {asked},
		FindingsToLookBack: {back}, FindingView(model.Withdrawn): {void}, "": {late, asked, mended, back},
	} {
		p.SetKeyword("什么也没有")
		p.Show(view)
		var got []int64
		for i := range p.Table().Total() {
			p.Table().SelectIndex(i)
			r, _ := p.Table().Selected()
			got = append(got, r.ID)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q shows %v, want %v", view, got, want)
		}
	}
	p.ShowOverdue()
	d.Sees("1 / 4 个", "待整改 逾期")
	for _, id := range []int64{void, outside} {
		p.ShowFinding(d.finding(id))
		if r, ok := p.Table().Selected(); !ok || r.ID != id {
			t.Errorf("finding %d is not shown", id)
		}
	}
	d.Sees("不属于专项行动")
	p.ShowOpen()
	if p.Query().Filters[filterScope] != "" || p.Query().Keyword != "" {
		t.Errorf("the door leaves %+v", p.Query())
	}
}

func TestScanningANoticeShowsItsFinding(t *testing.T) {
	d, p, _ := ward(t)
	d.found(nil)
	id := d.found(nil)
	p.ShowOverdue()
	d.Scan(strings.ReplaceAll(strings.ToLower(d.finding(id).FormNo), "-", ""))
	if r, ok := p.Table().Selected(); !ok || r.ID != id {
		t.Error("the scanned finding is not selected")
	}
	d.Scan(formno.No{Prefix: "CN", Year: 2026, Seq: 1}.String())
	d.Sees("不是问题的编号")
	d.Tap("知道了")
	d.Scan(formno.No{Prefix: model.FindingPrefix, Year: 2026, Seq: 999}.String())
	d.Sees("找不到这个问题")
}

func TestWhoMayDoWhatWithFindings(t *testing.T) {
	for role, want := range map[model.Role]string{
		model.Clerk: "新建 导入 打印 导出 验收销号… 退回… 申请延期… 佐证… 修改 经过 作废…", model.Reviewer: "打印 导出 验收销号… 退回… 佐证… 经过 作废…", model.Auditor: "打印 导出 佐证… 经过",
	} {
		t.Run(string(role), func(t *testing.T) {
			d, _, _ := ward(t)
			id := d.mended()
			d.Become(role)
			p := d.register()
			p.SelectID(id)
			all := strings.Fields(want)
			d.Sees(all...)
			for _, label := range strings.Fields("新建 导入 验收销号… 退回… 申请延期… 修改 作废…") {
				if !slices.Contains(all, label) {
					d.SeesNot(label)
				}
			}
			p.New(model.Finding{}) // a door may lead here
			if role != model.Clerk {
				d.SeesNot("新建问题")
			}
		})
	}
}

func TestAReaderFindsNothingToDoOnAnEmptyRegister(t *testing.T) {
	d, _, _ := ward(t)
	d.Become(model.Auditor)
	d.register()
	d.Sees("逐个整改、验收、销号")
	d.SeesNot("新建问题")
}

func TestEvidence(t *testing.T) {
	d, p, moved := ward(t)
	id := d.begun()
	var photo bytes.Buffer
	check(t, png.Encode(&photo, image.NewGray(image.Rect(0, 0, 60, 30))))
	must[int64](t)(d.Store.Attach(context.Background(), findingRecord, id, "照片.png", &photo))
	p.Refresh()
	p.SelectID(id)
	d.Sees("佐证 1")
	d.Tap("佐证…")
	d.Sees("扫描件：ZG-2026-", "照片.png")
	if *moved != 0 {
		t.Error("looking at evidence moved something")
	}
}

func TestOtherCampaign(t *testing.T) {
	d, p, _ := ward(t)
	d.found(nil)
	p.Refresh()
	d.Sees("耗材出入库与收费不符")
	d.campaign(2025)
	p.Refresh()
	d.SeesNot("耗材出入库与收费不符")
	d.inHand = model.Campaign{} // none in hand: everything
	p.Refresh()
	d.Sees("耗材出入库与收费不符")
}

func TestFridays(t *testing.T) {
	for today, want := range map[day.Date][2]day.Date{ // the coming Friday, the usual one
		"2026-08-13": {"2026-08-14", "2026-08-07"}, "2026-08-14": {"2026-08-14", "2026-08-14"}, "2026-08-15": {"2026-08-21", "2026-08-14"},
	} {
		all, usual := fridays(today)
		if all[0] != want[0] || usual != want[1] || all[1] != day.Of(all[0].Time().AddDate(0, 0, -7)) || len(all) != weeksOffered {
			t.Errorf("%s: %v, usually %s", today, all, usual)
		}
	}
}
