package roster

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// leave asks for the day and the reason and records the departure.
func (p *StaffPage) leave(r store.StaffRow) {
	on, reason := p.deps.DateOfToday(), kit.NewEntry(model.MaxNote)
	form := kit.NewForm(p.deps.Win,
		kit.Block(paragraph("离职后不再出现在名单和签订率中；未交回的承诺书记为免签，担任的科室负责人、护士长和网格监察员同时解除。登记有误可以恢复在职。")),
		kit.Field{Key: "LeftOn", Label: "离职日期", Required: true, Input: on},
		kit.Field{Key: "LeftReason", Label: "原因", Hint: "如调出、辞职、退休", Required: true, Input: reason},
	)
	form.Log = p.deps.Log
	form.OnSave = func() func(context.Context) error {
		date, text := on.Date(), reason.Value()
		return func(ctx context.Context) error { return p.deps.Store.Leave(ctx, r.ID, date, text) }
	}
	form.OnSaved = func() {
		p.refresh()
		p.deps.toast(fmt.Sprintf("已登记 %s 离职", r.Name))
	}
	form.ShowDialog(fmt.Sprintf("登记离职：%s（%s，%s）", r.Name, r.EmployeeNo, r.Department), "登记离职")
}

func (p *StaffPage) comeBack(r store.StaffRow) {
	kit.Confirm(p.deps.Win, kit.Question{
		Title: "恢复在职",
		Text:  fmt.Sprintf("%s（%s）于 %s 离职。恢复后重新列入%s的名单，因离职免签的承诺书重新等待签订。", r.Name, r.EmployeeNo, r.LeftOn, r.Department),
		Yes:   "恢复在职", No: "取消",
	}, func() {
		p.deps.Do(func(ctx context.Context) error { return p.deps.Store.ComeBack(ctx, r.ID) }, func() {
			p.refresh()
			p.deps.toast(fmt.Sprintf("%s 已恢复在职", r.Name))
		})
	})
}
