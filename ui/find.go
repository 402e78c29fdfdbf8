package ui

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"qingfeng/model/formno"
	"qingfeng/model/store"
	"qingfeng/ui/campaign"
	"qingfeng/ui/kit"
	"qingfeng/ui/roster"
)

// findAnything takes what was typed into the head: a form number leads to the
// letter, anything else to the staff.
func (f *frame) findAnything(text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	no, err := formno.Parse(text)
	switch {
	case err == nil:
		f.findLetter(no.String())
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

// findLetter shows a letter, in its own campaign when that is another one.
func (f *frame) findLetter(no string) {
	kit.Run(context.Background(), func(ctx context.Context) (store.CommitmentRow, error) {
		return f.store.CommitmentByNumber(ctx, no)
	}, func(r store.CommitmentRow, err error) {
		if err != nil {
			f.fail(err)
			return
		}
		show := func() {
			f.openThen(keyCommitments, func() {
				p := f.page(keyCommitments).(*campaign.CommitmentsPage)
				p.ShowLetter(r)
			})
		}
		other, ok := f.campaignWith(strconv.FormatInt(r.CampaignID, 10))
		if !ok || other.ID == f.campaign.ID {
			show()
			return
		}
		kit.Confirm(f.win, kit.Question{Title: "换一个专项行动？", Text: fmt.Sprintf("%s 属于“%s”，不是当前的专项行动。", no, other.Title), Yes: "换过去查看"}, func() {
			f.takeInHand(other)
			show()
		})
	})
}

func (f *frame) focusFind() { f.win.Canvas().Focus(f.find) }

func (f *frame) help() {
	kit.ShowNotice(f.win, "帮助", strings.Join([]string{
		"Ctrl+1 工作台　　Ctrl+2 科室　　Ctrl+3 职工　　Ctrl+4 方案与进度　　Ctrl+5 承诺书",
		"Ctrl+I 导入花名册　　Ctrl+K 全局查找　　Ctrl+F 在本页查找",
		"Ctrl+N 新建　　Ctrl+P 打印　　Ctrl+S 保存　　Enter 打开　　Esc 关闭　　Ctrl+L 锁定窗口",
		"在承诺书页面，用扫码枪扫纸上的二维码（或输入编号后按回车）就登记交回。",
		"查找可以用汉字、拼音首字母（zs 找张三）、工号和表单编号。",
		fmt.Sprintf("数据文件夹：%s", f.store.Folder().Dir()),
	}, "\n"))
}
