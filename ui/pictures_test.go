package ui

import (
	"context"
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
	"qingfeng/ui/kit/kittest"
)

// TestPictures keeps pictures of the pages in the folder that KIT_PICTURES
// names: two screens, light and dark, two text sizes.
func TestPictures(t *testing.T) {
	if os.Getenv("KIT_PICTURES") == "" {
		t.Skip("KIT_PICTURES is not set")
	}
	looks := []struct {
		name  string
		size  fyne.Size
		dark  bool
		scale int
	}{
		{"1366", fyne.NewSize(1366, 768), false, 100},
		{"1920", fyne.NewSize(1920, 1080), false, 100},
		{"dark", fyne.NewSize(1366, 768), true, 100},
		{"large", fyne.NewSize(1366, 768), false, 130},
	}
	county := county(t).close()
	empty := newHospital(t).close()
	done := allDone(t).close()
	few := fewPeople(t).close()
	for _, l := range looks {
		t.Run(l.name, func(t *testing.T) {
			look := func(dir string) *desk {
				t.Cleanup(kit.SetEnv(kit.Synchronous(morning)))
				app := test.NewTempApp(t)
				d := sitWith(t, app, dir)
				d.setScale(l.scale)
				if l.dark {
					app.Settings().SetTheme(inDark{app.Settings().Theme()})
				}
				d.win.Resize(l.size)
				return d
			}
			keep := func(d *desk, name string) {
				d.text()
				kittest.Picture(t, d.win, name+"-"+l.name)
			}
			for name, dir := range map[string]string{"home": county, "home-empty": empty, "home-done": done, "home-few": few} {
				d := look(dir)
				keep(d, name)
				if name == "home" {
					for _, page := range []string{"红包上交", "保管", "医院概况", "账号", "操作记录", "备份与恢复", "体检", "设置"} {
						d.tap(page)
						keep(d, page)
					}
					d.press("李某")
					keep(d, "menu")
					d.key("Escape")
					d.key("Ctrl+1")
					d.key("Ctrl+L")
					keep(d, "locked")
					d.typed(storetest.Password)
					d.key("Return")
					d.tap("体检")
					d.press("开始体检")
					keep(d, "体检-结果")
					d.key("F1")
					keep(d, "帮助")
				}
				d.Close()
			}
			d := look(filepath.Join(t.TempDir(), "新 数据"))
			keep(d, "first-1")
			d.press("下一步")
			keep(d, "first-2")
			d.administrator()
			d.write("医院名称", "某县中医院")
			d.write("统一社会信用代码", "12330600000000027X")
			d.write("密码", "12345678")
			d.write("再输一次", "12345678")
			d.press("下一步")
			keep(d, "first-2-refused")
			d.write("统一社会信用代码", "")
			d.write("密码", storetest.Password)
			d.write("再输一次", storetest.Password)
			d.press("下一步")
			keep(d, "first-3")
			d.tap(sealed)
			d.press("下一步")
			keep(d, "first-4")
			d.Close()
			gates(t, func(dir string) *desk {
				t.Cleanup(kit.SetEnv(kit.Synchronous(morning)))
				app := test.NewTempApp(t)
				d := atGate(t, app, dir)
				d.setScale(l.scale)
				if l.dark {
					app.Settings().SetTheme(inDark{app.Settings().Theme()})
				}
				d.win.Resize(l.size)
				return d
			}, keep)
			other := openHospital(t, empty)
			d = look(empty)
			keep(d, "held")
			other.close()
		})
	}
}

// gates keeps pictures of what stands before the office's data.
func gates(t *testing.T, look func(dir string) *desk, keep func(d *desk, name string)) {
	o := newHospital(t)
	o.account("wang", "王某", model.Clerk)
	must[int64](t)(o.AddAccount(context.Background(), model.Account{Login: "zhao", Name: "赵某", Role: model.Reviewer}, "first password 3"))
	code := must[string](t)(o.RenewRecoveryCode(context.Background()))
	must[store.BackupResult](t)(o.Backup(context.Background(), folder.OnDemand, ""))
	dir := o.close()
	d := look(dir)
	keep(d, "gate")
	d.signIn("wang", "wrong password")
	keep(d, "gate-wrong")
	d.signIn("zhao", "first password 3")
	keep(d, "gate-own-password")
	d.press("退出登录")
	d.press("忘记密码…")
	keep(d, "gate-recover")
	d.write("恢复码", code)
	d.write("管理员登录名", storetest.Login)
	d.write("新密码", second)
	d.write("再输一次", second)
	d.press("重设密码")
	keep(d, "gate-code")
	d.tap(sealed)
	d.press("进入")
	d.tap("医院概况")
	d.write("办公室名称", "纪检监察室")
	d.key("Ctrl+L")
	keep(d, "locked-form")
	d.press("换一个账号")
	keep(d, "locked-other")
	d.press("换一个账号")
	d.signIn("zhao", "first password 3")
	d.write("新密码", second)
	d.write("再输一次", second)
	d.press("改好并进入")
	keep(d, "reviewer-home")
	d.tap("医院概况")
	keep(d, "reviewer-profile")
	d.Close()
	damage(t, dir, damages["zeros"])
	d = look(dir)
	keep(d, "damaged")
	d.typed("wrong password")
	d.key("Return")
	keep(d, "damaged-wrong")
	d.write("密码或恢复码", code)
	d.key("Return")
	keep(d, "restored")
	d.Close()
}

// inDark shows the dark colours whatever the system says.
type inDark struct{ fyne.Theme }

func (d inDark) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return d.Theme.Color(n, theme.VariantDark)
}
