package system

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/ui/kit"
)

// keyCards are about the two keys that belong to no account: the recovery code
// and the data key.
type keyCards struct {
	deps    Deps
	rekey   *kit.Button
	halted  *kit.Chip // a key change was not finished
	pending bool
	right   *fyne.Container // both
	content fyne.CanvasObject
}

func newKeyCards(deps Deps) *keyCards {
	c := &keyCards{deps: deps, halted: kit.NewChip("", kit.Warn)}
	renew := kit.NewButton("重新生成恢复码…", c.askRenew)
	c.rekey = kit.NewButton("更换密钥…", c.askRekey)
	c.right = kit.Beside(c.halted, c.rekey)
	recovery := kit.NewCard("恢复码", renew, paragraph("管理员忘记密码时用它重设，换了电脑时用它打开备份；打印出来封存在保险柜里。"+
		"那张纸丢失、被人看过，或者保管人变动时，请重新生成。"))
	data := kit.NewCard("更换数据密钥", c.right, paragraph("身份证号、电话和附件都用数据密钥加密。"+
		"有人离开时带走过数据文件夹的拷贝，或者密码可能被人知道过，就换一把，使以后的数据用旧密钥打不开。"))
	// With the padding between the columns the cards stand as far apart as others.
	c.content = container.NewGridWithColumns(2,
		container.New(layout.NewCustomPaddedLayout(0, 0, 0, 3), recovery), container.New(layout.NewCustomPaddedLayout(0, 0, 3, 0), data))
	return c
}

// refresh asks whether a key change waits to be finished, shows it and goes on
// with then.
func (c *keyCards) refresh(then func()) {
	kit.Run(context.Background(), c.deps.Store.Rekeying, func(pending bool, err error) {
		if err != nil {
			c.deps.Fail(err)
			return
		}
		c.pending = pending
		if pending {
			c.halted.Set("上次没有做完", kit.Warn)
			c.rekey.SetLabel("继续更换")
		} else {
			c.halted.Set("", kit.Warn)
			c.rekey.SetLabel("更换密钥…")
		}
		c.right.Refresh()
		c.content.Refresh()
		then()
	})
}

func (c *keyCards) askRenew() {
	kit.Confirm(c.deps.Win, kit.Question{
		Title: "重新生成恢复码？",
		Text: "原来的恢复码马上作废，不能再用来重设密码。以前做的备份仍要用原来的那张打开，请把它与新的一张一起封存。\n\n" +
			"新的恢复码只显示一次，请准备好打印机或纸笔。",
		Yes: "重新生成", Danger: true,
	}, func() {
		kit.Run(context.Background(), c.deps.Store.RenewRecoveryCode, func(code string, err error) {
			if err != nil {
				c.deps.Fail(err)
				return
			}
			showRecoveryCode(c.deps, "新的恢复码", code, func() {})
		})
	})
}

func (c *keyCards) askRekey() {
	if c.pending {
		c.doRekey()
		return
	}
	kit.Confirm(c.deps.Win, kit.Question{
		Title: "更换数据密钥？",
		Text: "全部加密内容和附件要重新加密一遍，记录多时需要几分钟，可以随时停下，下次接着做。各人的密码和恢复码不变。\n\n" +
			"已经被拷走的数据和以前的备份仍能用当时的密码打开，换密钥改变不了它们。",
		Yes: "开始更换",
	}, c.doRekey)
}

// doRekey begins a key change or goes on with one.
func (c *keyCards) doRekey() {
	kit.ShowProgress(c.deps.Win, "正在更换数据密钥", func(ctx context.Context, report kit.Report) error {
		return c.deps.Store.Rekey(ctx, func(done int) { report(done, 0, "") })
	}, func(err error) {
		c.refresh(func() {
			switch {
			case errors.Is(err, context.Canceled) && c.pending:
				kit.Toast(c.deps.Win, "已停下，数据都还能用。请在方便时点“继续更换”", kit.Warn)
			case errors.Is(err, context.Canceled):
				kit.Toast(c.deps.Win, "已取消，密钥没有更换", kit.Neutral)
			case err != nil:
				c.deps.Fail(err)
			default:
				kit.Toast(c.deps.Win, "数据密钥已更换", kit.Good)
			}
		})
	})
}
