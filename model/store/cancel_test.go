package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// A change that was given up half-way is one that never was, whenever that
// happened, and the store goes on.
func TestAChangeThatIsGivenUp(t *testing.T) {
	s := openTest(t)
	id := letter(t, s)
	who := newAccount(t, s, "wang", model.Clerk)
	n := 0
	old, next := password, "新的密码 2027"
	for name, change := range map[string]func(ctx context.Context) error{
		"person": func(ctx context.Context) error {
			_, err := s.SaveStaff(ctx, model.Staff{EmployeeNo: fmt.Sprintf("P%05d", n), Name: "赵犇", DepartmentID: 1, Phone: itsPhone})
			return err
		},
		"roster": func(ctx context.Context) error {
			rows := make([]model.RosterRow, 30)
			for i := range rows {
				rows[i] = person(fmt.Sprintf("R%05d", n*30+i), "赵犇", fmt.Sprintf("第%d科", n), "")
			}
			_, err := s.ImportRoster(ctx, "花名册.xlsx", reading(rows...), RosterAnswers{})
			return err
		},
		"attachment": func(ctx context.Context) error {
			_, err := s.Attach(ctx, "承诺书", id, "扫描件.pdf", scan(fmt.Sprint(n)))
			return err
		},
		"account": func(ctx context.Context) error {
			_, err := s.AddAccount(ctx, model.Account{Login: fmt.Sprintf("a%d", n), Name: "钱某", Role: model.Clerk}, clerkPassword)
			return err
		},
		"reset": func(ctx context.Context) error { return s.ResetPassword(ctx, who, "重设的密码 77") },
		"code":  func(ctx context.Context) error { _, err := s.RenewRecoveryCode(ctx); return err },
		"own password": func(ctx context.Context) error {
			err := s.ChangePassword(ctx, old, next)
			if err == nil {
				old, next = next, old
			}
			return err
		},
		"sign-in":    func(ctx context.Context) error { _, err := s.SignIn(ctx, "li", old); return err },
		"backup":     func(ctx context.Context) error { _, err := s.Backup(ctx, folder.OnDemand, ""); return err },
		"key change": func(ctx context.Context) error { return s.beginRekey(ctx) },
	} {
		t.Run(name, func(t *testing.T) {
			given := 0
			for wait := time.Duration(0); ; wait += 1 + wait/4 + 40*time.Microsecond {
				n++
				before, files := dump(t, s), filesOf(t, s.folder.Dir())
				ctx, cancel := context.WithTimeout(context.Background(), wait)
				err := change(ctx)
				cancel()
				if err == nil {
					break
				}
				given++
				if d := differences(before, dump(t, s)); len(d) > 0 {
					t.Fatalf("given up after %s, it changed %v", wait, d)
				}
				if d := differences(files, filesOf(t, s.folder.Dir())); len(d) > 0 {
					t.Fatalf("given up after %s, it left %d files", wait, len(d))
				}
				if _, there := s.Account(); !there {
					t.Fatal("nobody is signed in any more")
				}
			}
			clean(t, s)
			if given < 3 {
				t.Errorf("given up %d times only", given)
			}
		})
	}
	must[model.Account](t)(s.SignIn(context.Background(), "li", old))
	ok(t, s.Rekey(context.Background(), nil))
	clean(t, s)
}
