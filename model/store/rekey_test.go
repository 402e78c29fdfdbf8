package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/vault"
)

const (
	rekeyPeople = 2*testBatch + 20
	rekeyFiles  = 5
	testBatch   = 60
)

func smallBatches(t *testing.T) {
	usual := resealBatch
	resealBatch = testBatch
	t.Cleanup(func() { resealBatch = usual })
}

// idOf and phoneOf are what each of the crowd has, so that a test can tell
// whether a value is still the right one.
func idOf(i int) string    { return fmt.Sprintf("99010119850722%03dX", i) }
func phoneOf(i int) string { return fmt.Sprintf("139%08d", i) }

// sensitiveCrowd fills a store with people who have ID numbers and telephones,
// a letter with attachments, an account for gifts, and registers with something
// in each.
func sensitiveCrowd(t testing.TB, s *Store, people, files int) (letterID int64) {
	t.Helper()
	ctx := context.Background()
	id := letter(t, s)
	rows := make([]model.RosterRow, people)
	for i := range rows {
		rows[i] = model.RosterRow{Line: i + 2, Department: "内科", Staff: model.Staff{EmployeeNo: fmt.Sprintf("N%05d", i), Name: "赵犇"}}
		if i < 100 {
			rows[i].Staff.IDNumber, rows[i].Staff.Phone = idOf(i), phoneOf(i)
		} else {
			rows[i].Staff.Phone = phoneOf(i) // one of two sealed columns is empty
		}
	}
	must[RosterPlan](t)(s.ImportRoster(ctx, "花名册.xlsx", model.RosterReading{Total: people, Rows: rows}, RosterAnswers{}))
	for i := range files {
		must[int64](t)(s.Attach(ctx, "承诺书", id, fmt.Sprintf("扫描件%d.pdf", i), scan(fmt.Sprintf("内容%d", i))))
	}
	h := model.NewHospital("某县中医院")
	h.IntegrityNo = itsAccountNo
	ok(t, s.SaveHospital(ctx, h))
	stock(t, s)
	return id
}

// wantCrowd checks that every sensitive value is there, and found by.
func wantCrowd(t testing.TB, s *Store, people, files int, letterID int64) {
	t.Helper()
	ctx := context.Background()
	list := must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{Find: "赵犇"}, Page{Sort: "employee_no"}))
	if list.Total != people {
		t.Fatalf("%d of %d people", list.Total, people)
	}
	for i, r := range list.Items {
		id := ""
		if i < 100 {
			id = idOf(i)
		}
		if r.IDNumber != id || r.Phone != phoneOf(i) {
			t.Fatalf("person %d has %q and %q", i, r.IDNumber, r.Phone)
		}
	}
	for _, i := range []int{0, people / 2, people - 1} {
		for _, find := range []string{idOf(i), phoneOf(i)} {
			if i >= 100 && find == idOf(i) {
				continue
			}
			if got := must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{Find: find}, Page{})); got.Total != 1 || got.Items[0].EmployeeNo != fmt.Sprintf("N%05d", i) {
				t.Fatalf("%s finds %d people", find, got.Total)
			}
		}
	}
	if h := must[model.Hospital](t)(s.Hospital(ctx)); h.IntegrityNo != itsAccountNo {
		t.Fatalf("the account's number is %q", h.IntegrityNo)
	}
	all := must[[]model.Attachment](t)(s.Attachments(ctx, "承诺书", letterID))
	if len(all) != files {
		t.Fatalf("%d of %d attachments", len(all), files)
	}
	for i, a := range all {
		_, content, err := s.AttachmentContent(ctx, a.ID)
		if err != nil || !strings.HasSuffix(string(content), fmt.Sprintf("内容%d", i)) || a.FileName != fmt.Sprintf("扫描件%d.pdf", i) {
			t.Fatalf("attachment %d: %q %q, %v", i, a.FileName, content, err)
		}
	}
	wantStock(t, s, stockForms)
	clean(t, s)
}

// onlyKey checks that nothing bears another key than this one.
func onlyKey(t *testing.T, s *Store, number int) {
	t.Helper()
	ctx := context.Background()
	if must[bool](t)(s.Rekeying(ctx)) {
		t.Error("the key change is not finished")
	}
	keys := rowsOf(t, s, `SELECT number FROM data_key`)
	if len(keys) != 1 || keys[0] != fmt.Sprintf("[%d]", number) {
		t.Errorf("keys %v, want %d", keys, number)
	}
	prefix := fmt.Sprintf("k%d.", number)
	for table, text := range dump(t, s, "data_key") { // a key is proved by the one before
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '[' || r == ']' }) {
			if n, sealed := vault.KeyNumber(word); sealed && n != number {
				t.Errorf("%s holds %.12s…, want %s", table, word, prefix)
			}
		}
	}
	if n := len(filesOf(t, s.folder.Attachments())); fmt.Sprintf("[%d]", n) != rowsOf(t, s, `SELECT COUNT(*) FROM attachment WHERE key_no = `+fmt.Sprint(number))[0] {
		t.Errorf("%d files, attachments under the key: %v", n, rowsOf(t, s, `SELECT COUNT(*) FROM attachment WHERE key_no = `+fmt.Sprint(number)))
	}
}

func TestAKeyChangeInOneGo(t *testing.T) {
	smallBatches(t)
	ctx := context.Background()
	s := openTest(t)
	id := sensitiveCrowd(t, s, rekeyPeople, rekeyFiles)
	old := s.session.Load().ring()
	sealed := rowsOf(t, s, `SELECT id_number FROM staff WHERE id_number <> '' LIMIT 1`)[0]
	var heard []int
	ok(t, s.Rekey(ctx, func(done int) { heard = append(heard, done) }))
	onlyKey(t, s, 2)
	wantCrowd(t, s, rekeyPeople, rekeyFiles, id)
	if n := stockForms * stockItems; n <= testBatch {
		t.Errorf("%d problems are sealed anew in one go", n)
	}
	if len(heard) < 8 || heard[len(heard)-1] < rekeyPeople+2*rekeyFiles {
		t.Errorf("reported %v", heard)
	}
	if rowsOf(t, s, `SELECT id_number FROM staff WHERE id_number <> '' LIMIT 1`)[0] == sealed || old.Current() != 1 {
		t.Error("values stayed")
	}

	// A new account, a new code and a new password in the same session do not
	// bring the old key back.
	newAccount(t, s, "qian", model.Clerk)
	must[string](t)(s.RenewRecoveryCode(ctx))
	ok(t, s.ChangePassword(ctx, password, "新的密码 2027"))
	onlyKey(t, s, 2)
	must[model.Account](t)(s.SignIn(ctx, "qian", clerkPassword))
	wantCrowd(t, s, rekeyPeople, rekeyFiles, id)
	s = reopened(t, s)
	must[model.Account](t)(s.SignIn(ctx, "li", "新的密码 2027"))
	ok(t, s.Rekey(ctx, nil))
	onlyKey(t, s, 3)
	wantCrowd(t, s, rekeyPeople, rekeyFiles, id)
}

// A key change that ends after any of its steps goes on at the next start.
func TestAKeyChangeThatIsInterrupted(t *testing.T) {
	smallBatches(t)
	dir := copyOfCrowd(t)
	for _, how := range []string{"cancelled", "closed", "signed out"} {
		for stop := 0; ; stop++ {
			if !interrupted(t, dir, how, stop) {
				if stop < 9 {
					t.Errorf("%s: only %d steps", how, stop)
				}
				break
			}
		}
	}
}

func copyOfCrowd(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	s := openIn(t, dir)
	sensitiveCrowd(t, s, rekeyPeople, rekeyFiles)
	shut(s)
	return dir
}

// interrupted stops a key change at a step; false when it was done before.
func interrupted(t *testing.T, dir, how string, stop int) bool {
	t.Helper()
	const letterID = 1
	s := openLocked(t, copyFolder(t, dir), cheap)
	enter(t, s)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	step := 0
	err := s.Rekey(ctx, func(int) {
		if step++; step <= stop {
			return
		}
		switch how {
		case "cancelled":
			cancel()
		case "closed":
			s.closePools()
		case "signed out":
			s.SignOut(context.Background(), true)
		}
	})
	if err == nil {
		return false
	}
	if how == "cancelled" && !errors.Is(err, context.Canceled) || how == "signed out" && model.CodeOf(err) != model.Denied {
		t.Errorf("%s at %d: %v", how, stop, err)
	}
	if how != "cancelled" {
		s = reopened(t, s)
		enter(t, s)
	}
	if !must[bool](t)(s.Rekeying(context.Background())) {
		t.Fatalf("%s at %d: nothing is to be gone on with", how, stop)
	}
	wantCrowd(t, s, rekeyPeople, rekeyFiles, letterID)
	newAccount(t, s, "qian", model.Clerk)
	must[string](t)(s.RenewRecoveryCode(context.Background()))
	ok(t, s.Rekey(context.Background(), nil))
	onlyKey(t, s, 2)
	wantCrowd(t, s, rekeyPeople, rekeyFiles, letterID)
	s = reopened(t, s)
	must[model.Account](t)(s.SignIn(context.Background(), "qian", clerkPassword))
	wantCrowd(t, s, rekeyPeople, rekeyFiles, letterID)
	shut(s)
	return true
}

// The office works on while the key changes, several times over.
func TestWorkGoesOnDuringAKeyChange(t *testing.T) {
	smallBatches(t)
	ctx := context.Background()
	s := openTest(t)
	id := sensitiveCrowd(t, s, rekeyPeople, rekeyFiles)
	var work sync.WaitGroup
	done := make(chan struct{})
	var saved, attached int
	busy := func(what func(n int) error) {
		work.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-done:
					return
				default:
					if err := what(n); err != nil {
						t.Errorf("during the key change: %v", err)
						return
					}
				}
			}
		})
	}
	busy(func(n int) error {
		if n >= 150 {
			time.Sleep(time.Millisecond)
			return nil
		}
		_, err := s.SaveStaff(ctx, model.Staff{EmployeeNo: fmt.Sprintf("W%05d", n), Name: "刘赟", DepartmentID: 1, Phone: "138" + phoneOf(n)[3:]})
		saved = n + 1
		return err
	})
	busy(func(n int) error {
		if n >= 20 {
			time.Sleep(time.Millisecond)
			return nil
		}
		_, err := s.Attach(ctx, "承诺书", id+1, fmt.Sprintf("新%d.pdf", n), scan(fmt.Sprintf("新内容%d", n)))
		attached = n + 1
		return err
	})
	busy(func(n int) error {
		_, _, err := s.AttachmentContent(ctx, int64(n%rekeyFiles+1))
		return err
	})
	busy(func(n int) error {
		_, err := s.Staff(ctx, StaffFilter{Find: "赵犇"}, Page{Limit: 50, Offset: n % 3 * 50})
		return err
	})
	busy(func(n int) error {
		_, err := s.Hospital(ctx)
		return err
	})
	for range 2 {
		ok(t, s.Rekey(ctx, nil))
	}
	close(done)
	work.Wait()
	if t.Failed() {
		return
	}
	onlyKey(t, s, 3)
	wantCrowd(t, s, rekeyPeople, rekeyFiles, id)
	if n := must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{Find: "刘赟"}, Page{})).Total; n != saved {
		t.Errorf("%d of %d people saved meanwhile", n, saved)
	}
	all := must[[]model.Attachment](t)(s.Attachments(ctx, "承诺书", id+1))
	if len(all) != attached {
		t.Errorf("%d of %d attachments", len(all), attached)
	}
	for i, a := range all {
		if _, content, err := s.AttachmentContent(ctx, a.ID); err != nil || !strings.HasSuffix(string(content), fmt.Sprintf("新内容%d", i)) {
			t.Errorf("attachment %d: %v", i, err)
		}
	}
	t.Logf("%d people and %d attachments saved meanwhile", saved, attached)
}

// A file may be opened at the very moment in which its key changes.
func TestAFileIsReadWhileItsKeyChanges(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	id := letter(t, s)
	for i := range 3 {
		must[int64](t)(s.Attach(ctx, "承诺书", id, "扫描件.pdf", scan(fmt.Sprint(i))))
	}
	var readers sync.WaitGroup
	done := make(chan struct{})
	for i := range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					if _, _, err := s.AttachmentContent(ctx, int64(i+1)); err != nil {
						t.Error(err)
						return
					}
				}
			}
		})
	}
	for range 12 {
		ok(t, s.Rekey(ctx, nil))
	}
	close(done)
	readers.Wait()
}

// Who signed in before another session began a key change does not know its
// key, and must not throw it away.
func TestASessionWithoutTheNewKey(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	before := s.session.Load()
	stale := &session{account: before.account, id: before.id, held: &held{}}
	ok(t, stale.held.hold(before.held.Load().list))
	ok(t, s.beginRekey(ctx))
	must[int64](t)(s.SaveDepartment(ctx, model.Department{Name: "急诊科"}))
	must[int64](t)(s.SaveStaff(ctx, model.Staff{EmployeeNo: "1", Name: "赵犇", DepartmentID: 1, Phone: phoneOf(1)}))
	s.session.Store(stale)
	wantCode(t, s.Rekey(ctx, nil), model.Conflict)
	_, err := s.AddAccount(ctx, model.Account{Login: "qian", Name: "王某", Role: model.Clerk}, clerkPassword)
	wantCode(t, err, model.Conflict)
	enter(t, s)
	ok(t, s.Rekey(ctx, nil))
	onlyKey(t, s, 2)
	if p := must[StaffRow](t)(s.StaffMember(ctx, 1)).Phone; p != phoneOf(1) {
		t.Errorf("the telephone number is %q", p)
	}
	clean(t, s)
}
