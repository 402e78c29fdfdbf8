package ui

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
)

var damages = map[string]func(data []byte) []byte{
	"not a database": func([]byte) []byte {
		return []byte(strings.Repeat("这不是数据库，是一份被改了名的文件。", 3))
	},
	"zeros":   func(data []byte) []byte { return append(data[:100:100], make([]byte, len(data)-100)...) },
	"cut off": func(data []byte) []byte { return data[:len(data)/3] },
	"empty":   func([]byte) []byte { return nil },
	"gone":    nil,
}

// damage spoils the database of a closed data folder.
func damage(t testing.TB, dir string, how func([]byte) []byte) {
	t.Helper()
	path := filepath.Join(dir, "qingfeng.db")
	for _, tail := range []string{"-wal", "-shm"} {
		os.Remove(path + tail)
	}
	if how == nil {
		check(t, os.Remove(path))
		return
	}
	whole := must[[]byte](t)(os.ReadFile(path))
	check(t, os.WriteFile(path, how(whole), 0o600))
}

// backedUp is an office with a backup, in which something was done since.
func backedUp(t testing.TB) string {
	o := newHospital(t)
	o.staff("急诊科", "01", "张堃", "李喆")
	must[store.BackupResult](t)(o.Backup(context.Background(), folder.OnDemand, ""))
	o.staff("检验科", "02", "徐𬱖")
	return o.close()
}

func TestDamagedDatabaseIsRestored(t *testing.T) {
	for name, how := range damages {
		t.Run(name, func(t *testing.T) {
			dir := backedUp(t)
			damage(t, dir, how)
			d := sit(t, dir)
			d.sees("数据库文件已损坏", "请选一个备份", "2026-08-11 09:00", "手动", "退出")
			d.data = append(d.data, "backups", "qingfeng.db")
			onlyChinese(t, d)
			d.press("恢复选中的备份")
			d.sees("请填写密码或恢复码")
			d.typed("wrong password")
			d.key("Return")
			d.sees("密码或恢复码打不开这份备份", "数据库文件已损坏")
			d.write("密码或恢复码", storetest.Password)
			d.press("恢复选中的备份")
			d.sees("恢复完成", "2026-08-11 09:00 的备份", "恢复前的数据原样保存在")
			d.press("知道了")
			d.signIn(storetest.Login, storetest.Password)
			d.key("Ctrl+3")
			d.sees("张堃", "2 人")
			d.seesNot("徐𬱖")
			d.tap("体检")
			d.press("开始体检")
			d.seesNot("个问题")
		})
	}
}

func TestDamagedPageTriesAgain(t *testing.T) {
	dir := backedUp(t)
	path := filepath.Join(dir, "qingfeng.db")
	whole := must[[]byte](t)(os.ReadFile(path))
	damage(t, dir, damages["cut off"])
	d := sit(t, dir)
	d.press("重试")
	d.sees("数据库文件已损坏")
	check(t, os.WriteFile(path, whole, 0o600)) // somebody put the right file back
	d.press("重试")
	d.signIn(storetest.Login, storetest.Password)
	d.sees("工作台")
}

func TestDamagedFolderChosenAtTheFirstStart(t *testing.T) {
	dir := backedUp(t)
	damage(t, dir, damages["zeros"])
	d := sit(t, filepath.Join(t.TempDir(), "another"))
	d.write("数据文件夹", dir)
	d.press("下一步")
	d.sees("数据库文件已损坏", "手动")
	d.write("密码或恢复码", storetest.Password)
	d.key("Return")
	d.press("知道了")
	d.signIn(storetest.Login, storetest.Password)
	d.sees("工作台")
	d.press("李某")
	d.tap("退出登录")
	d.sees("数据：" + dir[:20])
}

func TestANewComputerStartsFromABackup(t *testing.T) {
	office := backedUp(t)
	stick := filepath.Join(t.TempDir(), "U 盘")
	check(t, os.MkdirAll(stick, 0o700))
	found := must[[]folder.Backup](t)(folder.Backups(filepath.Join(office, "backups")))
	check(t, folder.CopyFile(filepath.Join(stick, filepath.Base(found[0].Path)), found[0].Path))
	dir := filepath.Join(t.TempDir(), "新电脑", "清风数据")
	d := sit(t, dir)
	d.write("数据文件夹", office)
	d.press("换了电脑？从备份恢复…")
	d.sees("这个文件夹里已有清风的数据")
	d.write("数据文件夹", dir)
	d.app.Preferences().SetString(secondFolder, stick) // in place of the system's file dialog
	d.press("换了电脑？从备份恢复…")
	d.sees("请选择备份文件", "手动", stick)
	d.seesNot("已损坏")
	d.press("上一步")
	d.sees("数据放在哪里")
	d.press("换了电脑？从备份恢复…")
	d.write("密码或恢复码", storetest.Password)
	d.key("Return")
	d.sees("恢复完成")
	d.seesNot("恢复前的数据")
	d.press("知道了")
	d.signIn(storetest.Login, storetest.Password)
	d.key("Ctrl+3")
	d.sees("张堃", "2 人")
}

func TestDamagedFolderWithoutBackups(t *testing.T) {
	dir := newHospital(t).close()
	damage(t, dir, damages["zeros"])
	d := sit(t, dir)
	d.sees("这个数据文件夹里没有备份")
	d.typed(storetest.Password)
	d.key("Return")
	d.sees("请先选一个备份")
	d.press("知道了")
	d.press("换一个数据文件夹…")
	d.sees("数据放在哪里")
}

func TestBackupsOfTheSecondFolderAreOffered(t *testing.T) {
	usb := t.TempDir()
	o := newHospital(t)
	check(t, o.SaveSetting(context.Background(), store.BackupFolder, usb))
	d := sit(t, o.close()) // remembers the folder and makes today's backup
	app, dir := d.app, d.data[1]
	d.Close()
	damage(t, dir, damages["zeros"])
	check(t, os.RemoveAll(filepath.Join(dir, "backups")))
	d = atGate(t, app, dir)
	d.sees("数据库文件已损坏", "每日")
	d.write("密码或恢复码", storetest.Password)
	d.key("Return")
	d.sees("恢复完成")
}

func TestRestoreFromThePage(t *testing.T) {
	d := sit(t, backedUp(t))
	d.key("Ctrl+3")
	d.sees("徐𬱖")
	d.tap("备份与恢复")
	d.tap("手动")
	d.press("从这份恢复…")
	d.write("密码或恢复码", storetest.Password)
	d.press("恢复")
	d.sees("恢复完成")
	d.press("知道了")
	d.sees("忘记密码…")
	d.signIn(storetest.Login, storetest.Password)
	d.key("Ctrl+3")
	d.sees("张堃", "2 人")
	d.seesNot("徐𬱖")
}

// A folder of the time before accounts keeps its profile.
func TestOldFolderGetsAnAdministrator(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "旧 数据")
	check(t, os.MkdirAll(dir, 0o700))
	dump := must[[]byte](t)(os.ReadFile(filepath.Join("..", "model", "store", "testdata", "schema-1.sql")))
	db := must[*sql.DB](t)(sql.Open("sqlite", filepath.Join(dir, "qingfeng.db")))
	must[sql.Result](t)(db.Exec(string(dump)))
	must[sql.Result](t)(db.Exec(`INSERT INTO hospital VALUES (1, '某县中医院', '', '行风办', '0575-1234567', '', '', '', '', '', '6222 0000', '', 24, '小时')`))
	check(t, db.Close())
	d := sit(t, dir)
	d.sees("来自没有账号的旧版本", "1 医院与管理员", "2 恢复码")
	d.seesNot("上一步", "花名册")
	if got := d.entry("医院名称").Text; got != "某县中医院" {
		t.Errorf("the hospital is %q", got)
	}
	d.administrator()
	d.press("下一步")
	d.tap(sealed)
	d.press("下一步")
	d.sees("工作台", "某县中医院")
	d.Close()
	o := openHospital(t, dir)
	h := must[model.Hospital](t)(o.Hospital(context.Background()))
	if h.ReportPhone != "0575-1234567" || h.IntegrityNo != "6222 0000" {
		t.Errorf("of the profile is left %+v", h)
	}
}

func TestBackupFromElsewhereIsChosen(t *testing.T) {
	dir := backedUp(t)
	found := must[[]folder.Backup](t)(folder.Backups(filepath.Join(dir, "backups")))
	elsewhere := filepath.Join(t.TempDir(), "U 盘上的.qfbak")
	check(t, os.Rename(found[0].Path, elsewhere))
	damage(t, dir, damages["cut off"])
	d := sit(t, dir)
	d.press("选择备份文件…")
	d.write("文件", elsewhere)
	d.key("Return")
	d.sees("所选文件")
	d.write("密码或恢复码", storetest.Password)
	d.press("恢复选中的备份")
	d.sees("恢复完成")
}
