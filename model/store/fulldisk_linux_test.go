package store

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// officeOn is a data folder on a small disk in which there is something to do:
// letters and forms to print and to take back, findings to close, departments to
// inspect, and people to come.
func officeOn(t *testing.T, d smallDisk) *Store {
	t.Helper()
	dir := filepath.Join(d.dir, "清风 数据")
	s := openIn(t, dir)
	letter(t, s)
	furnishSelfChecks(t, s)
	furnishFindings(t, s)
	furnishDraws(t, s)
	must[int64](t)(s.Attach(context.Background(), "承诺书", 1, "旧.pdf", scan("旧")))
	return s
}

func newcomers(prefix string, n int) model.RosterReading {
	rows := make([]model.RosterRow, n)
	for i := range rows {
		rows[i] = model.RosterRow{Line: i + 2, Department: "内科", Staff: worker(fmt.Sprintf("%s%04d", prefix, i), int64(i))}
	}
	return model.RosterReading{Total: n, Rows: rows}
}

// works are the things that need space, each of which can be done but once.
var works = map[string]func(s *Store) error{
	"save a person": func(s *Store) error {
		m := worker("Z1", 1)
		m.DepartmentID, m.Note = 1, strings.Repeat("备注", 200)
		_, err := s.SaveStaff(context.Background(), m)
		return err
	},
	"import a roster": func(s *Store) error {
		_, err := s.ImportRoster(context.Background(), "花名册.xlsx", newcomers("R", 300), RosterAnswers{})
		return err
	},
	"make letters": func(s *Store) error {
		_, err := s.MakeCommitments(context.Background(), 1, model.DepartmentCommitment)
		return err
	},
	"print": func(s *Store) error { return s.MarkPrinted(context.Background(), []int64{1, 2, 3}) },
	"take letters back": func(s *Store) error {
		_, err := s.ReturnDepartment(context.Background(), CommitmentFilter{CampaignID: 1, Kind: model.PersonalCommitment}, nil, s.Today())
		return err
	},
	"start a campaign": func(s *Store) error {
		p, err := s.NewPlan("shaoxing-tcm-2019", 2027)
		if err == nil {
			_, err = s.StartCampaign(context.Background(), p)
		}
		return err
	},
	"change a plan": func(s *Store) error { return s.MovePart(context.Background(), model.Phase{ID: thePhase}, false) },
	"meet a deadline": func(s *Store) error {
		return s.MeetDeadline(context.Background(), openDeadline, openPeriod, s.Today(), strings.Repeat("备注", 100))
	},
	"make forms": func(s *Store) error {
		_, err := s.MakeSelfChecks(context.Background(), theCampaign, model.DepartmentSelfCheck)
		return err
	},
	"record a form": func(s *Store) error {
		plan, err := s.Plan(context.Background(), theCampaign)
		if err != nil {
			return err
		}
		e := SelfCheckEntry{On: s.Today()}
		for _, item := range plan.Items {
			e.Problems = append(e.Problems, stated(item.ID, strings.Repeat(itsDeed, 20)))
		}
		_, err = s.RecordSelfCheck(context.Background(), awaitedForm, e)
		return err
	},
	"void a form": func(s *Store) error { return s.VoidSelfCheck(context.Background(), returnedForm, "拿错了表") },
	"import findings": func(s *Store) error {
		rows := make([]model.FindingRecord, 100)
		for i := range rows {
			rows[i] = oldRow(i + 2)
		}
		_, err := s.ImportFindings(context.Background(), theCampaign, rows, false)
		return err
	},
	"close a finding": func(s *Store) error {
		return s.AcceptFinding(context.Background(), mendedFinding, s.Today(), strings.Repeat("属实", 100), "")
	},
	"grant more time": func(s *Store) error { return s.DecideExtension(context.Background(), theExtension, true, "同意") },
	"draw": func(s *Store) error {
		r := aDraw()
		r.To = "2026-12-31"
		_, err := s.MakeDraw(context.Background(), r)
		return err
	},
	"inspect": func(s *Store) error {
		return s.RecordPick(context.Background(), model.Pick{ID: thePick, InspectedOn: s.Today(), Record: strings.Repeat("未见异常", 100)})
	},
	"attach a scan": func(s *Store) error {
		_, err := s.Attach(context.Background(), "承诺书", 1, "新.pdf", scan(strings.Repeat("新", 50_000)))
		return err
	},
	"back up": func(s *Store) error {
		_, err := s.Backup(context.Background(), folder.OnDemand, "")
		return err
	},
	"sign in": func(s *Store) error {
		_, err := s.SignIn(context.Background(), "li", password)
		return err
	},
	"fail to sign in": func(s *Store) error {
		_, err := s.SignIn(context.Background(), "li", "不是这个密码")
		if model.CodeOf(err) == model.Denied {
			return nil
		}
		return err
	},
	"change the password": func(s *Store) error { return s.ChangePassword(context.Background(), password, "新的密码 2027") },
	"add an account": func(s *Store) error {
		_, err := s.AddAccount(context.Background(), model.Account{Login: "zhao", Name: "赵犇", Role: model.Clerk}, clerkPassword)
		return err
	},
	"renew the code": func(s *Store) error {
		_, err := s.RenewRecoveryCode(context.Background())
		return err
	},
	"write a paper": func(s *Store) error {
		return folder.WriteFile(filepath.Join(s.folder.Output(), "承诺书.pdf"), func(w io.Writer) error {
			_, err := io.Copy(w, bytes.NewReader(make([]byte, 100_000)))
			return err
		})
	},
}

// Each work is tried on a full disk, then with a little more space each time,
// until it is done. As long as it fails it changes nothing and says why.
func TestAFullDiskLosesNothing(t *testing.T) {
	onSmallDisk(t, func(t *testing.T, d smallDisk) {
		for _, name := range slices.Sorted(maps.Keys(works)) {
			t.Run(name, func(t *testing.T) {
				s := officeOn(t, d)
				defer os.RemoveAll(s.folder.Dir())
				defer shut(s)
				failed := 0
				for left := 0; !doneWith(t, d, s, left, works[name]); left += 1 + left/4 {
					if failed++; failed > 60 {
						t.Fatal("it never works")
					}
				}
				if failed == 0 {
					t.Error("a full disk was no hindrance")
				}
				t.Logf("failed %d times", failed)
				clean(t, s)
				s = reopened(t, s)
				defer shut(s)
				clean(t, s)
			})
		}
	})
}

// doneWith tries a work with some blocks left and reports whether it is done.
func doneWith(t *testing.T, d smallDisk, s *Store, left int, work func(*Store) error) bool {
	t.Helper()
	before, files := dump(t, s), filesOf(t, s.folder.Dir())
	d.fill(t, left)
	err := work(s)
	wantFull(t, err)
	must[Rows[StaffRow]](t)(s.Staff(context.Background(), StaffFilter{}, Page{}))
	d.empty(t)
	if err == nil {
		return true
	}
	if diff := differences(before, dump(t, s)); diff != nil {
		t.Errorf("with %d blocks left it said %v, but changed %v", left, err, diff)
	}
	if after := filesOf(t, s.folder.Dir()); !maps.Equal(after, files) {
		t.Errorf("with %d blocks left it said %v, but the files are %v", left, err, slices.Sorted(maps.Keys(after)))
	}
	clean(t, s)
	return false
}

// wantFull checks that an error says that the disk is full and what to do.
func wantFull(t *testing.T, err error) {
	t.Helper()
	wantSentence(t, err)
	if err != nil && (!strings.Contains(err.Error(), "磁盘已满") || !strings.Contains(err.Error(), "请清理磁盘") && !strings.Contains(err.Error(), "请检查磁盘")) {
		t.Errorf("it says %s", err)
	}
}
