package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// restored restores into a folder that nobody has open.
func restored(t testing.TB, dir, backup, secret string) (Restored, error) {
	t.Helper()
	f, err := folder.Open(dir, folder.Holder{Program: "测试", Since: noon})
	ok(t, err)
	defer f.Close()
	return Restore(context.Background(), f, backup, secret, cheap.Now)
}

// ofTrail are the tables that a restore and a sign-in add to.
var ofTrail = []string{"audit", "audit_head"}

func TestABackupComesBackAsItWas(t *testing.T) {
	ctx := context.Background()
	s := openIn(t, furnished(t))
	wantFilled(t, s, model.ToMend, model.Mending, model.ToAccept, model.ClosedOut)
	for entity, id := range map[string]int64{"自查表": returnedForm, "问题": openFinding, "责任事项": 1, "抽查": thePick} {
		must[int64](t)(s.Attach(ctx, entity, id, itsScan, scan(entity)))
	}
	const files = 3 + 4 // database, texts, scans
	ok(t, os.MkdirAll(filepath.Join(s.folder.Overrides(), "forms"), 0o700))
	ok(t, os.WriteFile(filepath.Join(s.folder.Overrides(), "forms", "own.toml"), []byte("# 自己的"), 0o600))
	made := must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, ""))
	if m := made.Manifest; m.Hospital != "某县中医院" || m.MadeAt != noon.Unix() || m.TrailNo == 0 || len(m.Files) != files || made.Size == 0 || made.broken != 0 {
		t.Errorf("made %+v", made)
	}
	if m := must[Manifest](t)(s.VerifyBackup(ctx, made.Path)); m.Trail != made.Trail || len(m.Files) != files {
		t.Errorf("verified %+v", m)
	}
	if line := must[[]model.AuditLine](t)(s.AuditLines(ctx, "数据", 0, 1))[0]; line.Action != "备份" || line.Label != filepath.Base(made.Path) {
		t.Errorf("the trail says %+v", line)
	}
	before, scans := dump(t, s, ofTrail...), filesOf(t, s.folder.Attachments())

	// Everything changes after the backup.
	must[int64](t)(s.SaveStaff(ctx, model.Staff{EmployeeNo: "95", Name: "刘赟", DepartmentID: hisDepartment}))
	must[int64](t)(s.Attach(ctx, "承诺书", openLetter, "后来的.pdf", scan("后来")))
	must[[]string](t)(s.RecordSelfCheck(ctx, awaitedForm, SelfCheckEntry{On: s.Today(), Problems: []model.Problem{stated(firstItem(s), "后来的")}}))
	ok(t, s.VoidDraw(ctx, theDraw, "后来作废"))
	ok(t, s.Rekey(ctx, nil))
	head, err := readHead(s.reader)
	ok(t, err)
	dir, path := s.folder.Dir(), made.Path
	shut(s)

	for name, dir := range map[string]string{"over other data": dir, "into an empty folder": filepath.Join(t.TempDir(), "新 文件夹")} {
		got, err := restored(t, dir, path, password)
		ok(t, err)
		if got.Pending || got.TrailNo != made.TrailNo || (got.Kept != "") != (name == "over other data") {
			t.Errorf("%s: %+v", name, got)
		}
		s := openLocked(t, dir, cheap)
		enter(t, s)
		if d := differences(before, dump(t, s, ofTrail...)); len(d) > 0 {
			t.Errorf("%s: %v", name, d)
		}
		if d := differences(scans, filesOf(t, s.folder.Attachments())); len(d) > 0 || len(filesOf(t, s.folder.Attachments())) != len(scans) {
			t.Errorf("%s: attachments differ", name)
		}
		if text, err := os.ReadFile(filepath.Join(s.folder.Overrides(), "forms", "own.toml")); err != nil || string(text) != "# 自己的" {
			t.Errorf("%s: the office's own texts: %v", name, err)
		}
		lines := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{Action: "恢复"}, Page{})).Items
		if len(lines) != 1 || lines[0].ID != made.TrailNo+1 || lines[0].Actor != theProgram || lines[0].Label != filepath.Base(path) ||
			!strings.Contains(lines[0].After, "李某（li）") || strings.Contains(lines[0].After, head.Hash) != (got.Kept != "") {
			t.Errorf("%s: the trail says %+v", name, lines)
		}
		for _, area := range []string{areaTrail, areaSecrets, areaAttachments, areaNumbers, areaRegisters} { // the folder has an alteration on record
			if problems := problemsIn(t, s, area); len(problems) > 0 {
				t.Errorf("%s: %v", name, problems)
			}
		}
		if got := must[[]model.Problem](t)(s.Problems(ctx, returnedForm)); len(got) != 1 || got[0].Particulars != itsDeed || got[0].Counterpart != itsCompany {
			t.Errorf("%s: the form states %+v", name, got)
		}
		shut(s)
		if got.Kept == "" {
			continue
		}
		kept := openLocked(t, copyFolder(t, got.Kept), cheap) // the data of before is whole
		enter(t, kept)
		if n := must[Rows[StaffRow]](t)(kept.Staff(ctx, StaffFilter{Find: "刘赟"}, Page{})).Total; n != 1 {
			t.Errorf("the kept data has %d of the new person", n)
		}
		shut(kept)
	}
}

// A backup opens with the secrets of its time, for those who may.
func TestWhatOpensABackup(t *testing.T) {
	ctx := context.Background()
	s, code := founded(t)
	newAccount(t, s, "wang", model.Clerk)
	newAccount(t, s, "zhao", model.Administrator)
	made := must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, ""))
	later := must[string](t)(s.RenewRecoveryCode(ctx))
	ok(t, s.ChangePassword(ctx, password, "新的密码 2027"))
	must[Manifest](t)(s.VerifyBackup(ctx, made.Path)) // a new password does not matter
	me, _ := s.Account()
	ok(t, s.ResetPassword(ctx, me.ID, "重设的密码 77"))
	ok(t, s.ChangePassword(ctx, "重设的密码 77", "新的密码 2027"))
	_, err := s.VerifyBackup(ctx, made.Path) // a new key does
	wantCode(t, err, model.Denied)
	shut(s)
	for _, c := range []struct {
		secret string
		want   model.Code
	}{
		{password, ""}, {code, ""}, {strings.ToLower(strings.ReplaceAll(code, "-", "")), ""},
		{"新的密码 2027", model.Denied}, {later, model.Denied}, {"", model.Denied},
		{clerkPassword, ""}, // zhao has it, and wang too
	} {
		dir := t.TempDir()
		_, err := restored(t, dir, made.Path, c.secret)
		if c.want != "" {
			wantCode(t, err, c.want)
			if left, _ := folder.Named(dir, "restored-"); folder.Exists(dir) || len(left) > 0 {
				t.Errorf("something was left behind: %v", left)
			}
		} else if err != nil {
			t.Errorf("%.4s…: %v", c.secret, err)
		}
	}
}

func TestAClerkRestoresNothing(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	newAccount(t, s, "wang", model.Clerk)
	must[model.Account](t)(s.SignIn(ctx, "wang", clerkPassword))
	made := must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, ""))
	dir := s.folder.Dir()
	shut(s)
	data := must[[]byte](t)(os.ReadFile(filepath.Join(dir, "qingfeng.db")))
	_, err := restored(t, dir, made.Path, clerkPassword)
	wantCode(t, err, model.Denied)
	if string(must[[]byte](t)(os.ReadFile(filepath.Join(dir, "qingfeng.db")))) != string(data) {
		t.Error("the data changed")
	}
}

func TestAFileThatIsNoBackup(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	dir := s.folder.Dir()
	text := filepath.Join(t.TempDir(), "报告.txt")
	ok(t, os.WriteFile(text, []byte("不是备份"), 0o600))
	for path, want := range map[string]model.Code{text: model.Storage, text + "x": model.NotFound, t.TempDir(): model.Storage} {
		_, err := s.VerifyBackup(ctx, path)
		if path != text && model.CodeOf(err) == "" || path == text {
			wantCode(t, err, want)
		}
		shut(s)
		if _, err = restored(t, dir, path, password); err == nil {
			t.Errorf("restored %s", path)
		}
		wantSentence(t, err)
		s = openLocked(t, dir, cheap)
		enter(t, s)
		clean(t, s)
	}
}

func TestASecondFolderForBackups(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	second := filepath.Join(t.TempDir(), "移动 硬盘")
	ok(t, s.SaveSetting(ctx, BackupFolder, second))
	made := must[BackupResult](t)(s.Backup(ctx, folder.Daily, ""))
	if made.CopyError == nil || made.Copy != "" {
		t.Errorf("copied to a disk that is not there: %+v", made)
	}
	wantSentence(t, made.CopyError)
	if all := must[[]folder.Backup](t)(s.Backups()); len(all) != 1 || must[bool](t)(s.BackupDue()) {
		t.Errorf("the backup does not count: %v", all)
	}
	ok(t, os.Mkdir(second, 0o700))
	made = must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, ""))
	if made.CopyError != nil || made.Copy != filepath.Join(second, filepath.Base(made.Path)) {
		t.Fatalf("copy %q, %v", made.Copy, made.CopyError)
	}
	if a, b := must[[]byte](t)(os.ReadFile(made.Path)), must[[]byte](t)(os.ReadFile(made.Copy)); string(a) != string(b) {
		t.Error("the copy differs")
	}
	elsewhere := filepath.Join(second, "自己的名字.qfbak")
	must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, elsewhere))
	must[Manifest](t)(s.VerifyBackup(ctx, elsewhere))
	if all := must[[]folder.Backup](t)(s.Backups()); len(all) != 2 {
		t.Errorf("backups in the folder: %v", all)
	}
	_, err := s.Backup(ctx, folder.OnDemand, filepath.Join(second, "没有", "备份.qfbak"))
	wantSentence(t, err)
	if err == nil {
		t.Error("a backup into a folder that is not there")
	}
}

func TestFourteenDailyBackupsAreKept(t *testing.T) {
	ctx := context.Background()
	s, clock := openAt(t)
	id := letter(t, s)
	must[int64](t)(s.Attach(ctx, "承诺书", id, "扫描件.pdf", scan("甲")))
	must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, ""))
	for range 17 {
		clock.add(24 * time.Hour)
		if !must[bool](t)(s.BackupDue()) {
			t.Error("no backup is due on a new day")
		}
		must[BackupResult](t)(s.Backup(ctx, folder.Daily, ""))
		if must[bool](t)(s.BackupDue()) {
			t.Error("a second one is due")
		}
	}
	all := must[[]folder.Backup](t)(s.Backups())
	if len(all) != 15 || all[0].At.Day() != 28 || all[13].At.Day() != 15 || all[14].Kind != folder.OnDemand {
		t.Errorf("kept %d: %+v", len(all), all)
	}
	// While an attachment is missing no backup that may have it is removed.
	var sum string
	ok(t, s.peek(ctx).Raw(`SELECT sum FROM attachment`).Scan(&sum).Error)
	data := must[[]byte](t)(os.ReadFile(s.attachmentPath(sum)))
	for i, content := range [][]byte{nil, data[:100], append([]byte("x"), data[1:]...)} {
		ok(t, os.WriteFile(s.attachmentPath(sum), content, 0o600))
		if content == nil {
			ok(t, os.Remove(s.attachmentPath(sum)))
		}
		clock.add(24 * time.Hour)
		made := must[BackupResult](t)(s.Backup(ctx, folder.Daily, ""))
		if made.broken != 1 {
			t.Errorf("%d attachments are broken", made.broken)
		}
		if all := must[[]folder.Backup](t)(s.Backups()); len(all) != 16+i {
			t.Errorf("%d backups stay", len(all))
		}
	}
	ok(t, os.WriteFile(s.attachmentPath(sum), data, 0o600))
	clock.add(24 * time.Hour)
	if made := must[BackupResult](t)(s.Backup(ctx, folder.Daily, "")); made.broken != 0 {
		t.Error("still broken")
	}
	if all := must[[]folder.Backup](t)(s.Backups()); len(all) != 15 {
		t.Errorf("%d backups stay at last", len(all))
	}
}

// Backups, looks at them and a key change at the same time as the office's
// work: each backup is one moment of the data, attachments included.
func TestABackupIsOneMoment(t *testing.T) {
	smallBatches(t)
	ctx := context.Background()
	s := openTest(t)
	id := letter(t, s)
	for i := range 5 {
		must[int64](t)(s.Attach(ctx, "承诺书", id, "扫描件.pdf", scan(fmt.Sprint(i))))
	}
	first := must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, ""))
	var work sync.WaitGroup
	work.Go(func() {
		for n := range 20 { // a thousand rows
			rows := make([]model.RosterRow, 50)
			for i := range rows {
				rows[i] = person(fmt.Sprintf("N%04d", n*50+i), "赵犇", "内科", "")
				rows[i].Staff.Phone = phoneOf(n*50 + i)
			}
			if _, err := s.ImportRoster(ctx, "花名册.xlsx", reading(rows...), RosterAnswers{}); err != nil {
				t.Error(err)
			}
			if _, err := s.Attach(ctx, "承诺书", id, "扫描件.pdf", scan(fmt.Sprint("n", n))); err != nil {
				t.Error(err)
			}
		}
	})
	work.Go(func() {
		for range 2 {
			if err := s.Rekey(ctx, nil); err != nil {
				t.Error(err)
			}
		}
	})
	work.Go(func() {
		for range 6 {
			if _, err := s.VerifyBackup(ctx, first.Path); err != nil {
				t.Error(err)
			}
		}
	})
	var made []string
	for range 6 {
		r, err := s.Backup(ctx, folder.OnDemand, "")
		if err != nil || r.broken > 0 {
			t.Errorf("%d broken, %v", r.broken, err)
		}
		made = append(made, r.Path)
	}
	work.Wait()
	clean(t, s)
	shut(s)
	for _, path := range made {
		dir := t.TempDir()
		if _, err := restored(t, dir, path, password); err != nil {
			t.Fatal(err)
		}
		s := openLocked(t, dir, cheap)
		enter(t, s)
		clean(t, s)
		people := must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{Find: "赵犇"}, Page{})).Total
		lines := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{Action: "导入", Entity: "职工"}, Page{})).Total
		if people%50 != 0 || people != lines {
			t.Errorf("%d people, %d lines", people, lines)
		}
		for _, a := range must[[]model.Attachment](t)(s.Attachments(ctx, "承诺书", id)) {
			_, _, err := s.AttachmentContent(ctx, a.ID)
			ok(t, err)
		}
		t.Logf("%d people", people)
		shut(s)
	}
}

func TestTheBackupBeforeAMigration(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	s.SignOut(ctx, false)
	ok(t, s.backupBefore(ctx, 2))
	enter(t, s)
	all := must[[]folder.Backup](t)(s.Backups())
	if len(all) != 1 || all[0].Kind != folder.BeforeMigration {
		t.Fatalf("made %+v", all)
	}
	must[Manifest](t)(s.VerifyBackup(ctx, all[0].Path))
}

// A folder that was upgraded but not founded has nobody who could open a backup.
func TestTheCopyBeforeAMigrationWithoutAccounts(t *testing.T) {
	s := openLocked(t, firstSchema(t), cheap)
	before := must[[]string](t)(folder.Named(s.folder.Backups(), plainCopy))
	ok(t, s.backupBefore(context.Background(), 2))
	if got := must[[]string](t)(folder.Named(s.folder.Backups(), plainCopy)); len(got) != len(before)+1 {
		t.Errorf("copies %v, before %v", got, before)
	}
	enter(t, s)
	if got := must[[]string](t)(folder.Named(s.folder.Backups(), plainCopy)); len(got) != 0 {
		t.Errorf("founded, it keeps %v", got)
	}
}

func TestWhatAKilledBackupLeavesIsSwept(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "清风 [数据]") // not a pattern
	s := openIn(t, dir)
	left := filepath.Join(s.folder.Backups(), workName+"123")
	ok(t, os.Mkdir(left, 0o700))
	ok(t, os.WriteFile(filepath.Join(left, "archive"), []byte("半个"), 0o600))
	must[BackupResult](t)(s.Backup(ctx, folder.Daily, ""))
	if entries := must[[]os.DirEntry](t)(os.ReadDir(s.folder.Backups())); len(entries) != 1 {
		t.Errorf("left %v", entries)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Backup(cancelled, folder.Daily, ""); err == nil {
		t.Error("a cancelled backup was made")
	}
	if entries := must[[]os.DirEntry](t)(os.ReadDir(s.folder.Backups())); len(entries) != 1 {
		t.Errorf("left %v", entries)
	}
}
