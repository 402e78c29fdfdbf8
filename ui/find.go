package ui

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"qingfeng/model"
	"qingfeng/model/formno"
	"qingfeng/ui/campaign"
	"qingfeng/ui/handover"
	"qingfeng/ui/kit"
	"qingfeng/ui/roster"
)

// findAnything takes what was typed into the head: a form number leads to what
// bears it, anything else to the staff.
func (f *frame) findAnything(text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	no, err := formno.Parse(text)
	switch {
	case err == nil:
		f.findPaper(no)
		return
	case errors.Is(err, formno.ErrCheck):
		kit.Toast(f.win, fmt.Sprintf("“%s”%s", text, err), kit.Bad)
		return
	}
	f.openThen(keyStaff, func() {
		p := f.page(keyStaff).(*roster.StaffPage)
		p.ClearFilters()
		p.SetKeyword(text)
	})
}

// findPaper shows what bears a number, in its own campaign when that is
// another one.
func (f *frame) findPaper(no formno.No) {
	kit.Run(context.Background(), func(ctx context.Context) (found, error) { return f.bearer(ctx, no) }, func(r found, err error) {
		if err != nil {
			f.fail(err)
			return
		}
		other, ok := f.campaignWith(strconv.FormatInt(r.campaignID, 10))
		if !ok || other.ID == f.campaign.ID {
			r.show()
			return
		}
		kit.Confirm(f.win, kit.Question{Title: "换一个专项行动？", Text: fmt.Sprintf("%s 属于“%s”，不是当前的专项行动。", no, other.Title), Yes: "换过去查看"}, func() {
			f.takeInHand(other)
			r.show()
		})
	})
}

// found is what bears a number and how it is shown.
type found struct {
	campaignID int64 // 0: of none
	show       func()
}

// bearer finds what bears a number; its prefix tells the register.
func (f *frame) bearer(ctx context.Context, no formno.No) (found, error) {
	switch no.Prefix {
	case model.PersonalSelfCheck.Prefix(), model.DepartmentSelfCheck.Prefix():
		r, err := f.store.SelfCheckByNumber(ctx, no.String())
		return found{r.CampaignID, func() {
			f.openThen(keySelfChecks, func() { f.page(keySelfChecks).(*campaign.SelfChecksPage).ShowForm(r) })
		}}, err
	case model.FindingPrefix:
		r, err := f.store.FindingByNumber(ctx, no.String())
		return found{r.CampaignID, func() {
			f.openThen(keyFindings, func() { f.page(keyFindings).(*campaign.FindingsPage).ShowFinding(r) })
		}}, err
	case model.DrawPrefix:
		r, err := f.store.DrawByNumber(ctx, no.String())
		return found{r.CampaignID, func() {
			f.openThen(keyDraws, func() { f.page(keyDraws).(*campaign.DrawsPage).ShowDraw(r) })
		}}, err
	case model.HandoverPrefix, model.ReceiptPrefix, model.DispositionPrefix:
		r, err := f.store.HandoverByNumber(ctx, no.String())
		return found{show: func() { f.showHandover(r) }}, err
	case model.CustodyPrefix:
		r, err := f.store.CustodyByNumber(ctx, no.String())
		return found{show: func() {
			f.openThen(keySafe, func() { f.page(keySafe).(*handover.SafePage).ShowCustody(r) })
		}}, err
	}
	r, err := f.store.CommitmentByNumber(ctx, no.String())
	return found{r.CampaignID, func() {
		f.openThen(keyCommitments, func() { f.page(keyCommitments).(*campaign.CommitmentsPage).ShowLetter(r) })
	}}, err
}

func (f *frame) focusFind() { f.find.Retype() }

func (f *frame) help() {
	kit.ShowNotice(f.win, "帮助", strings.Join([]string{
		"Ctrl+1 工作台　　Ctrl+2 科室　　Ctrl+3 职工　　Ctrl+L 锁定窗口",
		"Ctrl+4 方案与进度　　Ctrl+5 自查自纠　　Ctrl+6 承诺书",
		"Ctrl+7 问题整改　　Ctrl+8 双随机抽查　　Ctrl+9 红包上交",
		"Ctrl+I 导入花名册　　Ctrl+K 全局查找　　Ctrl+F 在本页查找",
		"Ctrl+N 新建　　Ctrl+P 打印　　Ctrl+S 保存　　Enter 打开",
		"在自查自纠和承诺书页面，用扫码枪扫纸上的二维码（或输入编号后按回车）就登记交回。",
		"在红包上交和保管页面，扫登记表、收据和处置单上的二维码就找到那一次上交。",
		"查找可以用汉字、拼音首字母（zs 找张三）、工号和表单编号。",
		fmt.Sprintf("数据文件夹：%s", f.store.Folder().Dir()),
	}, "\n"))
}
