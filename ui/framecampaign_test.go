package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
)

func TestBadges(t *testing.T) {
	o, c := busy(t)
	missing := o.forms(c)[2].FormNo
	d := sit(t, o.close())
	badges := func() string {
		text := d.text()
		_, text, _ = strings.Cut(text, "方案与进度\n")
		text, _, _ = strings.Cut(text, "\n系统")
		return strings.Join(strings.Fields(text), " ")
	}
	if got := badges(); got != "自查自纠 3 承诺书 1 问题整改 1 双随机抽查 台账 红包上交 保管" {
		t.Errorf("the badges are %s", got)
	}
	// One form comes back.
	d.key("Ctrl+5")
	d.typed(missing)
	d.key("Return")
	if got := badges(); !strings.HasPrefix(got, "自查自纠 2 承诺书 1") {
		t.Errorf("after a form came back the badges are %s", got)
	}
}

func TestFindLeadsToFormsAndFindings(t *testing.T) {
	ctx := context.Background()
	o, c := busy(t)
	form := o.forms(c)[2]
	found := must[store.Rows[store.FindingRow]](t)(o.Findings(ctx, store.FindingFilter{CampaignID: c.ID}, store.Page{Sort: "form_no"})).Items[1]
	other := o.planned("shanxi-2020")
	o.selfChecks(other)
	theirForm := o.forms(other)[0]
	theirs := o.finding(other, 2, "别处的问题", "2026-09-01")
	check(t, o.SaveSetting(ctx, store.CampaignInHand, fmt.Sprint(c.ID)))
	dir := o.close()
	d := sit(t, dir)
	d.find(form.FormNo)
	d.sees("个人自查自纠情况报告表", "1 份，共 6 份", form.FormNo, form.Name)
	d.find(strings.ToLower(strings.ReplaceAll(found.FormNo, "-", "")))
	d.sees("1 / 6 个", found.FormNo, found.Problem)
	d.find(theirForm.FormNo)
	d.sees("换一个专项行动？", other.Title)
	d.press("取消")
	d.find(theirForm.FormNo)
	d.press("换过去查看")
	d.sees("1 份，共 6 份", theirForm.FormNo)
	d.Close()
	d = sit(t, dir) // the other one is in hand now
	d.find(found.FormNo)
	d.sees("换一个专项行动？", c.Title)
	d.press("换过去查看")
	d.sees("1 / 6 个", found.Problem)
	d.find(theirs.FormNo)
	d.press("换过去查看")
	d.sees("别处的问题")
	d.seesNot(found.Problem)
	wrong := form.FormNo[:len(form.FormNo)-2] + "00"
	d.find(wrong)
	d.sees("编号的校验码不对")
	d.find("ZC-2026-00001-00")
	d.sees("别处的问题") // stays where one was
}

// Who may not do what is behind a door does not see it.
func TestDoorsOfRoles(t *testing.T) {
	o, _ := busy(t)
	o.account("sj", "周某", model.Auditor)
	dir := o.close()
	for login, want := range map[string]struct{ doors, lines []string }{
		"sh": {[]string{"查看未查 3 人", "查看未交 1 份", "查看 5 项未销号", "查看名单", "去办理", "2 / 4"},
			[]string{"1 个问题已整改，等待验收|待办|去办理", "1 个延期申请等待审批|待办|去办理", "1 个已销号的问题该回头看了|待办", "8月15日|专职行风建设人员名单|县卫生健康局医…|4 天"}},
		"sj": {[]string{"查看未查 3 人", "查看未交 1 份", "查看 5 项未销号", "查看名单", "2 / 4"},
			[]string{"1 个问题已整改，等待验收|待办", "1 个延期申请等待审批|待办", "1 个已销号的问题该回头看了|待办", "8月8日|急诊科：病历书写不规范|逾期 3 天|查看"}},
	} {
		d := gate(t, dir)
		d.signIn(login, second)
		d.sees(want.doors...)
		for _, line := range want.lines {
			part := strings.Split(line, "|")
			text := part[0]
			if strings.HasPrefix(text, "8月") {
				text = part[1]
			}
			if got := d.line(text); got != line {
				t.Errorf("%s reads %s, want %s", login, got, line)
			}
		}
		for _, x := range d.doors() {
			if x.label == "办结" || x.label == "去生成" || x.label == "登记问题" || login == "sj" && x.label == "去办理" {
				t.Errorf("%s sees the door %s", login, x.label)
			}
		}
		// Every door opens without a refusal.
		for i := range d.doors() {
			x := d.doors()[i]
			if x.label == "帮助 F1" {
				continue
			}
			x.door.Tapped(&fyne.PointEvent{})
			d.seesNot("没有完成", "无权", "出了意外")
			if x.label == "催办单" { // nothing was printed here
				d.sees("没有要催办的")
				d.key("Escape")
			}
			d.key("Ctrl+1")
		}
		d.Close()
	}
}

func TestReviewerOfANewCampaign(t *testing.T) {
	o := newHospital(t)
	o.staff("急诊科", "01", "张堃")
	o.planned("county-plan-2024")
	o.account("sh", "赵某", model.Reviewer)
	d := gate(t, o.close())
	d.signIn("sh", second)
	d.sees("还没有自查表", "1 名职工还没有自查表", "1 名职工还没有承诺书", "还没有登记问题")
	d.seesNot("去生成", "导入花名册")
	d.through("问题销号率", "查看台账")
	d.sees("整改台账")
	d.seesNot("新建问题")
}
