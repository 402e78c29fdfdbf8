package system

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
)

var codeGroup = regexp.MustCompile(`(?m)^[0-9A-HJKMNP-TV-Z]{4}$`)

func TestRenewTheRecoveryCode(t *testing.T) {
	o := newAccountsBench(t)
	o.press("重新生成恢复码…")
	o.sees("原来的恢复码马上作废")
	o.press("取消")
	o.press("重新生成恢复码…")
	o.press("重新生成")
	code := strings.Join(codeGroup.FindAllString(kittest.Texts(o.win), -1), "-")
	check1 := after[*kit.Check](o, "新的恢复码")
	kittest.Picture(t, o.win, "recovery-new")
	check1.Tapped(&fyne.PointEvent{})
	o.press("完成")
	if o.open() {
		t.Fatal("the code is still shown")
	}
	o.tells(code)
	if _, err := o.deps.Store.Recover(context.Background(), code, storetest.Login, given); err != nil {
		t.Errorf("the code that was shown: %v", err)
	}
}

// secrets puts n people with ID numbers into the registers.
func (o *accountsBench) secrets(n int) {
	o.Helper()
	ctx := context.Background()
	id, err := o.deps.Store.SaveDepartment(ctx, model.Department{Name: "急诊科", Kind: "临床"})
	check(o, err)
	for i := range n {
		_, err := o.deps.Store.SaveStaff(ctx, model.Staff{EmployeeNo: fmt.Sprintf("%04d", i), Name: "张堃", DepartmentID: id, Phone: fmt.Sprintf("1390000%04d", i)})
		check(o, err)
	}
}

func (o *accountsBench) rekeying() bool {
	o.Helper()
	pending, err := o.deps.Store.Rekeying(context.Background())
	check(o, err)
	return pending
}

func TestChangeTheDataKey(t *testing.T) {
	o := newAccountsBench(t)
	o.secrets(3)
	o.press("更换密钥…")
	o.sees("更换数据密钥？", "以前的备份仍能用当时的密码打开")
	o.press("取消")
	o.press("更换密钥…")
	o.press("开始更换")
	o.sees("数据密钥已更换", "更换密钥…")
	o.seesNot("上次没有做完")
	if o.rekeying() {
		t.Error("not finished")
	}
	lines, err := o.deps.Store.AuditLines(context.Background(), "数据密钥", 0, 10)
	if check(t, err); len(lines) == 0 || lines[0].Action != "完成更换" {
		t.Errorf("the trail says %+v", lines)
	}
}

// TestAKeyChangeIsHaltedAndGoesOn presses 取消 in the middle of the work: the
// store looks at its clock for each step.
func TestAKeyChangeIsHaltedAndGoesOn(t *testing.T) {
	resumed := 0
	for at := 1; at <= 4; at++ {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			o := newAccountsBench(t)
			o.secrets(3)
			o.press("更换密钥…")
			looks := 0
			o.tick = func() {
				if looks++; looks == at {
					o.press("取消")
				}
			}
			o.press("开始更换")
			o.tick = func() {}
			if o.seesNot("没有完成"); o.open() {
				t.Fatalf("a dialog is open: %s", kittest.Texts(o.win))
			}
			if looks < at {
				t.Fatalf("over after %d looks at the clock", looks)
			}
			if !o.rekeying() {
				o.sees("更换密钥…")
				o.seesNot("上次没有做完")
				return
			}
			o.sees("已停下", "上次没有做完", "继续更换")
			kittest.Picture(t, o.win, "rekey-halted")
			o.page = NewAccounts(o.deps)
			kittest.Show(o.win, o.page) // a page made later knows, too
			o.press("继续更换")
			o.sees("数据密钥已更换")
			o.seesNot("上次没有做完")
			if o.rekeying() {
				t.Error("not finished")
			}
			resumed++
		})
	}
	if resumed == 0 {
		t.Error("no change was ever half done")
	}
}
