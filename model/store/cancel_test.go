package store

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// patience is a context that is given up when it was asked for the n-th time.
type patience struct {
	context.Context
	left atomic.Int64
	done chan struct{}
}

func patient(n int64) *patience {
	p := &patience{Context: context.Background(), done: make(chan struct{})}
	p.left.Store(n)
	return p
}

func (p *patience) ask() {
	if p.left.Add(-1) == 0 {
		close(p.done)
	}
}

func (p *patience) Done() <-chan struct{} { p.ask(); return p.done }

func (p *patience) Err() error {
	p.ask()
	select {
	case <-p.done:
		return context.Canceled
	default:
		return nil
	}
}

// A change that was given up half-way is one that never was, whenever that
// happened, and the store goes on.
func TestAChangeThatIsGivenUp(t *testing.T) {
	s := openTest(t)
	id := letter(t, s)
	furnishPlan(t, s)
	furnishSelfChecks(t, s)
	furnishFindings(t, s)
	furnishDraws(t, s)
	must[[]string](t)(s.RecordSelfCheck(context.Background(), awaitedForm, SelfCheckEntry{On: s.Today(), Problems: []model.Problem{stated(firstItem(s), itsDeed)}}))
	who := newAccount(t, s, "qian", model.Clerk)
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
		"campaign": func(ctx context.Context) error {
			p, err := s.NewPlan("shaoxing-tcm-2019", 2027)
			if err == nil {
				_, err = s.StartCampaign(ctx, p)
			}
			return err
		},
		"plan": func(ctx context.Context) error { return s.RemovePart(ctx, model.Phase{ID: thePhase}) },
		"deadline": func(ctx context.Context) error {
			return s.MeetDeadline(ctx, openDeadline, openPeriod, s.Today(), "已报送")
		},
		"forms": func(ctx context.Context) error {
			_, err := s.MakeSelfChecks(ctx, theCampaign, model.DepartmentSelfCheck)
			return err
		},
		"form": func(ctx context.Context) error {
			_, err := s.RecordSelfCheck(ctx, awaitedForm, SelfCheckEntry{On: s.Today(), Gaps: "没有制度",
				Problems: []model.Problem{stated(firstItem(s)+1, itsDeed), stated(firstItem(s)+2, itsDeed)}})
			return err
		},
		"void form": func(ctx context.Context) error { return s.VoidSelfCheck(ctx, returnedForm, "拿错了表") },
		"finding": func(ctx context.Context) error {
			_, _, err := s.SaveFinding(ctx, aFinding(theCampaign, hisDepartment))
			return err
		},
		"findings": func(ctx context.Context) error {
			_, err := s.ImportFindings(ctx, theCampaign, []model.FindingRecord{oldRow(2), oldRow(3)}, false)
			return err
		},
		"close":     func(ctx context.Context) error { return s.AcceptFinding(ctx, mendedFinding, s.Today(), "属实", "") },
		"more time": func(ctx context.Context) error { return s.DecideExtension(ctx, theExtension, true, "同意") },
		"draw":      func(ctx context.Context) error { _, err := s.MakeDraw(ctx, aDraw()); return err },
		"inspection": func(ctx context.Context) error {
			return s.RecordPick(ctx, model.Pick{ID: thePick, InspectedOn: s.Today(), Record: "未见异常"})
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
			for asked := int64(1); ; asked += 1 + asked/10 {
				n++
				before, files := dump(t, s), filesOf(t, s.folder.Dir())
				err := change(patient(asked))
				if err == nil {
					break
				}
				given++
				if d := differences(before, dump(t, s)); len(d) > 0 {
					t.Fatalf("given up at question %d, it changed %v", asked, d)
				}
				if d := differences(files, filesOf(t, s.folder.Dir())); len(d) > 0 {
					t.Fatalf("given up at question %d, it left %d files", asked, len(d))
				}
				if _, there := s.Account(); !there {
					t.Fatal("nobody is signed in any more")
				}
			}
			t.Logf("given up %d times", given)
			clean(t, s)
			if given < 3 {
				t.Errorf("given up %d times only", given)
			}
		})
	}
	must[model.Account](t)(s.SignIn(context.Background(), "li", old))
	if got := must[[]model.Problem](t)(s.Problems(context.Background(), awaitedForm)); len(got) != 2 || got[0].Particulars != itsDeed {
		t.Errorf("the form states %+v", got)
	}
	ok(t, s.Rekey(context.Background(), nil))
	clean(t, s)
}
