package roster

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

func TestStaffPageFinds(t *testing.T) {
	b := newBench(t)
	b.hospital()
	p := NewStaff(b.deps)
	b.show(p)
	b.sees("王䶮", "阿依古丽·买买提", "8 人", "急诊科")
	b.seesNot("990101197808083514")
	for keyword, want := range map[string]string{"sx": "单雄", "ly": "", "lz": "李喆", "买买": "阿依古丽·买买提", "02001": "徐𬱖", "aygl": "阿依古丽·买买提"} {
		p.SetKeyword(keyword)
		row, ok := p.Table().Selected()
		if p.Table().Total() > 0 {
			p.Table().SelectIndex(0)
			row, ok = p.Table().Selected()
		}
		if !ok && want != "" || ok && row.Name != want {
			t.Errorf("%s finds %q, want %q", keyword, row.Name, want)
		}
	}
	p.SetKeyword("")
	p.SetDepartment(b.person("02001").DepartmentID)
	b.sees("3 人", "徐𬱖")
	b.seesNot("王䶮")
}

func TestStaffFormMasksAndRefuses(t *testing.T) {
	b := newBench(t)
	b.hospital()
	p := NewStaff(b.deps)
	b.show(p)
	p.edit(b.person("01001"))
	b.sees("编辑职工：王䶮", "990101**********14", "199****3673", "主管护师")
	b.seesNot("990101197808083514")
	b.picture("staff-form-masked")
	b.press("选用")
	b.picture("staff-form-words")
	b.win.Canvas().Overlays().Remove(b.win.Canvas().Overlays().Top())
	b.press("显示完整")
	b.sees("990101197808083514")
	b.picture("staff-form")
	visible[*kit.Entry](b)[0].SetText("01002")
	b.press("保存")
	b.sees("已有职工使用这个工号")
	b.picture("staff-form-refused")
	visible[*kit.Entry](b)[0].SetText("01088")
	for _, c := range visible[*kit.Check](b) {
		test.Tap(c)
	}
	b.press("保存")
	b.sees("请填写列入原因")
	entries := visible[*kit.Entry](b)
	entries[len(entries)-1].SetText("参与耗材采购")
	b.press("保存")
	if b.dialogOpen() {
		t.Fatalf("the form is still open: %s", b.text())
	}
	m := b.person("01088").Staff
	if m.KeyPostReason != "参与耗材采购" || !m.GridSupervisor || m.IDNumber != "990101197808083514" || m.Phone != "19924833673" {
		t.Errorf("stored %+v", m)
	}
	p.SetFilter(byDuty, dutyKeyPost)
	b.sees("1 人", "重点岗位")
}

func TestNewStaffNeedsTheNecessary(t *testing.T) {
	b := newBench(t)
	b.hospital()
	p := NewStaff(b.deps)
	b.show(p)
	p.SetDepartment(b.person("02001").DepartmentID)
	b.press("新建职工")
	b.sees("心血管内科") // taken from the filter
	b.press("保存")
	b.sees("请填写工号", "请填写姓名")
	entries := visible[*kit.Entry](b)
	entries[0].SetText("02009")
	entries[1].SetText("朱𬭎")
	b.press("保存")
	if m := b.person("02009"); m.Name != "朱𬭎" || m.Department != "心血管内科" {
		t.Errorf("stored %+v", m)
	}
}

func TestLeaveAndComeBack(t *testing.T) {
	b := newBench(t)
	b.hospital()
	p := NewStaff(b.deps)
	b.show(p)
	p.leave(b.person("01002"))
	b.sees("登记离职：李喆（01002，急诊科）")
	b.picture("staff-leave")
	b.press("登记离职")
	b.sees("请填写原因")
	visible[*kit.Entry](b)[0].SetText("调出")
	b.press("登记离职")
	b.sees("7 人")
	b.seesNot("|李喆|")
	if m := b.person("01002"); m.LeftOn != "2026-08-11" || m.LeftReason != "调出" {
		t.Errorf("stored %+v", m.Staff)
	}
	p.SetFilter(byStatus, string(store.HasLeft))
	b.sees("李喆", "离职", "2026-08-11 离职 调出")
	b.picture("staff-left")
	p.comeBack(b.person("01002"))
	b.press("恢复在职")
	if b.person("01002").Left() {
		t.Error("not employed again")
	}
	showHistory(b.deps, b.person("01002"))
	b.sees("离职日期：（空） → 2026-08-11", "恢复在职", "新增", "科室 急诊科", "李某")
	b.seesNot("990101197808083514")
	b.picture("staff-history")
}

func TestStaffExport(t *testing.T) {
	b := newBench(t)
	b.hospital()
	p := NewStaff(b.deps)
	b.show(p)
	p.askExport(p.Query())
	b.sees("按当前筛选导出 8 人", "含身份证号和电话")
	b.picture("staff-export")
	b.press("取消")
	p.SetKeyword("张")
	for _, c := range []struct {
		sensitive bool
		ids       int
	}{{false, 0}, {true, 2}} {
		path := filepath.Join(t.TempDir(), "职工.xlsx")
		p.export(path, p.Query(), c.sensitive)
		book, err := sheet.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		grid := must[sheet.Grid](b)(book.Grid("职工"))
		if len(grid) != 3 { // head, 张堃, 张三
			t.Errorf("%d lines", len(grid))
		}
		if n := strings.Count(flat(grid), "990101197808083514"); n != c.ids {
			t.Errorf("sensitive %v: %d ID numbers", c.sensitive, n)
		}
		// What was exported comes in again without a change.
		ShowImport(b.deps, path, nil)
		b.press("下一步")
		b.sees("未变 2", "不能导入 0")
		b.press("取消")
	}
}

func flat(g sheet.Grid) string {
	var parts []string
	for _, row := range g {
		for _, c := range row {
			parts = append(parts, c.Text)
		}
	}
	return strings.Join(parts, "|")
}

func TestDepartmentsPage(t *testing.T) {
	b := newBench(t)
	b.hospital()
	opened := int64(0)
	b.deps.OpenStaff = func(id int64) { opened = id }
	page := NewDepartments(b.deps).(*kit.RegisterPage[departmentRow])
	b.show(page)
	b.sees("急诊科", "心血管内科", "2 个科室")
	b.picture("departments")
	page.SetKeyword("xxg")
	b.sees("1 个科室")
	page.Table().SelectIndex(0)
	b.press("查看职工")
	if opened == 0 {
		t.Error("the door to the staff does not open")
	}
	page.SetKeyword("")
	b.press("新建科室")
	visible[*kit.Entry](b)[0].SetText("急诊科")
	b.press("保存")
	b.sees("已有同名科室")
	b.picture("department-form")
	visible[*kit.Entry](b)[0].SetText("药剂科")
	b.press("保存")
	b.sees("3 个科室", "药剂科")
}

func TestDepartmentIsEditedAndClosed(t *testing.T) {
	b := newBench(t)
	b.hospital()
	ctx := context.Background()
	d := &departments{deps: b.deps}
	page := NewDepartments(b.deps).(*kit.RegisterPage[departmentRow])
	d.page = page
	b.show(page)
	row := must[store.Rows[store.DepartmentRow]](b)(b.deps.Store.Departments(ctx, store.DepartmentFilter{Find: "急诊"}, store.Page{})).Items[0]
	row.HeadID = b.person("01001").ID
	d.edit(row.Department, "急诊、急诊医学科")
	b.sees("编辑科室", "王䶮", "急诊、急诊医学科")
	b.picture("department-edit")
	visible[*kit.DateField](b)[0].SetDate("2026-08-01")
	b.press("保存")
	b.sees("还有 5 名在职职工")
	visible[*kit.DateField](b)[0].SetDate("")
	b.press("保存")
	b.sees("王䶮")
	got := must[model.Department](b)(b.deps.Store.Department(ctx, row.ID))
	if got.HeadID != row.HeadID || got.SortOrder != row.SortOrder || got.Kind != "临床" {
		t.Errorf("stored %+v", got)
	}
	empty := must[int64](b)(b.deps.Store.SaveDepartment(ctx, model.Department{Name: "旧科室", ClosedOn: ""}))
	closed := must[model.Department](b)(b.deps.Store.Department(ctx, empty))
	d.edit(closed, "")
	visible[*kit.DateField](b)[0].SetDate("2026-08-01")
	b.press("保存")
	b.seesNot("旧科室")
	page.SetFilter("closed", "yes")
	b.sees("旧科室", "已撤销")
}

func TestBranches(t *testing.T) {
	b := newBench(t)
	b.show(NewDepartments(b.deps))
	showBranches(b.deps)
	b.sees("还没有支部")
	b.press("新建支部")
	visible[*kit.Entry](b)[0].SetText("第一支部")
	b.press("保存")
	b.sees("第一支部")
	b.press("新建支部")
	visible[*kit.Entry](b)[0].SetText("第一支部")
	b.press("保存")
	b.sees("已有同名支部")
	b.press("取消")
	if b.dialogOpen() {
		b.press("放弃修改")
	}
	visible[*kit.Table[branchRow]](b)[0].SelectIndex(0)
	b.press("改名…")
	visible[*kit.Entry](b)[0].SetText("内科支部")
	b.press("保存")
	b.sees("内科支部")
	b.picture("branches")
	list := must[[]model.PartyBranch](b)(b.deps.Store.PartyBranches(context.Background()))
	if len(list) != 1 || list[0].Name != "内科支部" {
		t.Errorf("%+v", list)
	}
}

// TestPagesWithTheCountyHospital draws the pages as an office sees them.
func TestPagesWithTheCountyHospital(t *testing.T) {
	b := newBench(t)
	ShowImport(b.deps, sample("county-hospital-620.xlsx"), nil)
	b.press("下一步")
	b.press("确认导入")
	b.press("完成")
	b.deps.OpenStaff = func(int64) {}
	m := b.person("01004").Staff
	m.KeyPostReason, m.GridSupervisor, m.Note = "参与药品、耗材、设备采购和招标，可查询统方数据", true, "2026年8月起在病理科轮岗，每月上报廉情"
	m.Title, m.BranchID = "副主任中药师", must[int64](b)(b.deps.Store.SavePartyBranch(context.Background(), model.PartyBranch{Name: "行政后勤联合支部"}))
	must[int64](b)(b.deps.Store.SaveStaff(context.Background(), m))
	p := NewStaff(b.deps)
	b.show(p)
	p.Table().SelectIndex(3)
	b.sees("620 人", "重点岗位 · 网格", "行政后勤联合支部", "参与药品、耗材、设备采购和招标，可查询统方数据")
	b.picture("staff-620")
	b.win.Resize(fyne.NewSize(1920, 1080))
	b.picture("staff-1920")
	d := NewDepartments(b.deps).(*kit.RegisterPage[departmentRow])
	b.show(d)
	d.Table().SelectIndex(2)
	b.sees("52 个科室")
	b.picture("departments-620")
}
