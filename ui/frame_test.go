package ui

import (
	"context"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store"
)

func TestNumbersOpenPages(t *testing.T) {
	d := sit(t, middle(t).close())
	for key, want := range map[string]string{
		"Ctrl+1": "要做的事", "Ctrl+2": "名称、负责人与在职人数", "Ctrl+3": "在职与离职人员", "Ctrl+4": "专项行动的方案、时限、责任清单和进度",
		"Ctrl+5": "个人自查自纠情况报告表", "Ctrl+6": "个人廉洁从业承诺书", "Ctrl+7": "整改台账", "Ctrl+8": "新抽取", "Ctrl+9": "登记、收据、保管和处置",
	} {
		d.key(key)
		d.sees(want)
	}
}

func TestFindLeadsToStaff(t *testing.T) {
	d := sit(t, middle(t).close())
	for text, want := range map[string]string{"zk": "张堃", "李喆": "李喆", "0200": "阿依古丽·买买提"} {
		d.key("Ctrl+1")
		d.find(text)
		d.sees("在职与离职人员", want, "1 人")
		d.seesNot("徐𬱖")
	}
	d.find("不存在")
	d.seesNot("徐𬱖")
}

// What the page was narrowed to before must not hide the person.
func TestFindForgetsFilters(t *testing.T) {
	d := sit(t, middle(t).close())
	d.key("Ctrl+3")
	d.tap("全部科室")
	d.tap("急诊科")
	d.sees("赵犇")
	d.seesNot("徐𬱖")
	d.find("徐𬱖")
	d.sees("1 人", "麻醉手术科")
}

// find types into the field of the head, over what stands there.
func (d *desk) find(text string) {
	d.Helper()
	d.key("Ctrl+K")
	d.typed(text)
	d.key("Return")
}

func TestFindLeadsToTheLetter(t *testing.T) {
	o := middle(t)
	this := must[[]model.Campaign](t)(o.Campaigns(context.Background()))[0]
	personal, department := o.letters(this, model.PersonalCommitment), o.letters(this, model.DepartmentCommitment)
	old := o.campaign(2025, "2025-12-31")
	before := o.letters(old, model.PersonalCommitment)
	check(t, o.SaveSetting(context.Background(), store.CampaignInHand, "1"))
	d := sit(t, o.close())
	d.find(personal[1].FormNo)
	d.sees("1 份，共 6 份", personal[1].FormNo, personal[1].Name)
	d.find(strings.ToLower(strings.ReplaceAll(department[0].FormNo, "-", ""))) // as a scanner may type it
	d.sees("1 份，共 2 份", department[0].FormNo, "科室廉洁从业承诺书")
	d.find(before[0].FormNo)
	d.sees("换一个专项行动？", "2025年医疗行业作风建设专项行动", "不是当前的专项行动")
	d.press("取消")
	d.seesNot("换一个专项行动？")
	d.find(before[0].FormNo)
	d.press("换过去查看")
	d.sees("1 份，共 7 份", before[0].FormNo)
	wrong := personal[0].FormNo[:len(personal[0].FormNo)-1] + "X"
	d.find(wrong)
	d.sees("0 人")
}

func TestAnotherCampaignInHand(t *testing.T) {
	o := middle(t)
	old := o.campaign(2025, "2025-12-31")
	o.back(old, model.PersonalCommitment)
	dir := o.close()
	d := sit(t, dir)
	d.sees("50.0%", "专项行动8月15日结束") // the newest is in hand until another is taken
	d.key("Ctrl+6")
	d.sees("6 份，共 6 份")
	d.key("Ctrl+1")
	d.tap("2026年医疗行业作风建设专项行动")
	d.tap("2025年医疗行业作风建设专项行动")
	d.sees("100.0%", "专项行动已于2025年12月31日结束")
	d.key("Ctrl+6")
	d.sees("7 份，共 7 份")
	d.Close()
	d = sit(t, dir)
	d.sees("100.0%", "专项行动已于2025年12月31日结束")
}

func TestUnsavedProfileHoldsThePage(t *testing.T) {
	d := sit(t, middle(t).close())
	d.tap("医院概况")
	d.write("办公室名称", "纪检监察室")
	for _, leave := range []string{"Ctrl+1", "Ctrl+I"} {
		d.key(leave)
		d.sees("放弃修改？")
		d.seesNot("选择文件")
		d.press("继续填写")
		d.sees("统一社会信用代码")
	}
	d.find("张堃")
	d.sees("放弃修改？")
	d.press("放弃修改")
	d.sees("1 人", "张堃")
	d.tap("医院概况")
	if got := d.entry("办公室名称").Text; got != "行风办" {
		t.Errorf("what was given up is back: %s", got)
	}
	d.write("办公室名称", "纪检监察室")
	d.press("保存")
	d.sees("医院概况已保存", "某县中医院 · 纪检监察室")
	d.key("Ctrl+1")
	d.sees("要做的事")
}

func TestLongNamesDoNotWidenTheWindow(t *testing.T) {
	ctx := context.Background()
	long := func(text string) string { return string([]rune(strings.Repeat(text, model.MaxShort))[:model.MaxShort]) }
	o := middle(t)
	h := must[model.Hospital](t)(o.Hospital(ctx))
	h.Name, h.Office = long("某某市第一人民医院"), long("纪检监察与行风建设办公室")
	check(t, o.SaveHospital(ctx, h))
	c := must[[]model.Campaign](t)(o.Campaigns(ctx))[0]
	c.Title = long("集中整治专项行动")
	must[int64](t)(o.SaveCampaign(ctx, c))
	must[int64](t)(o.SaveDepartment(ctx, model.Department{ID: 1, Name: long("神经外科")[:3*model.MaxName], Kind: "临床"}))
	d := sit(t, o.close())
	for _, scale := range []int{100, 130} {
		d.setScale(scale)
		for _, page := range []string{"工作台", "医院概况", "体检", "设置"} {
			d.tap(page)
			if m := d.win.Content().MinSize(); m.Width > 1366 || m.Height > 700 {
				t.Errorf("at %d%% %s needs %v", scale, page, m)
			}
		}
	}
}
