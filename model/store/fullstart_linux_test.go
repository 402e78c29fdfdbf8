package store

import (
	"context"
	"path/filepath"
	"testing"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// start opens a data folder as the program does, or says why not.
func start(dir string) (*Store, error) {
	f, err := folder.Open(dir, folder.Holder{Program: "测试", Since: noon})
	if err != nil {
		return nil, err
	}
	s, err := Open(context.Background(), f, cheap)
	if err != nil {
		f.Close()
	}
	return s, err
}

// A first start with ever more space, until it works, each time in the same
// folder.
func TestAFirstStartOnAFullDisk(t *testing.T) {
	onSmallDisk(t, func(t *testing.T, d smallDisk) {
		dir := filepath.Join(d.dir, "清风 数据")
		failed := map[string]int{}
		for left := 0; ; left++ {
			d.fill(t, left)
			s, err := start(dir)
			step := "start"
			if err == nil {
				step = "found"
				_, err = s.Found(context.Background(), model.NewHospital("某县中医院"), model.Account{Login: "li", Name: "李某"}, password)
			}
			wantFull(t, err)
			if s != nil {
				wantSentence(t, s.Close())
				ok(t, s.folder.Close())
			}
			d.empty(t)
			if err == nil {
				break
			}
			if failed[step]++; left > 200 {
				t.Fatal("it never works")
			}
			if left%10 == 9 {
				openAndClean(t, dir, false)
			}
		}
		t.Logf("failed %v", failed)
		if failed["start"] == 0 || failed["found"] == 0 {
			t.Error("a full disk was no hindrance")
		}
		openAndClean(t, dir, true)
	})
}

func openAndClean(t *testing.T, dir string, founded bool) {
	t.Helper()
	s := openLocked(t, dir, cheap)
	defer shut(s)
	if must[bool](t)(s.Founded(context.Background())) != founded {
		t.Fatalf("founded %v, want %v", !founded, founded)
	}
	if founded {
		enter(t, s)
	}
	clean(t, s)
}

// A program that was closed on a full disk, or killed there, opens again once
// there is space, and until then says why not.
func TestClosingAndOpeningOnAFullDisk(t *testing.T) {
	for how, end := range map[string]func(t *testing.T, d smallDisk, s *Store){
		"closed": func(t *testing.T, d smallDisk, s *Store) {
			must[RosterPlan](t)(s.ImportRoster(context.Background(), "花名册.xlsx", newcomers("R", 300), RosterAnswers{}))
			d.fill(t, 0)
			wantSentence(t, s.Close())
			ok(t, s.folder.Close())
		},
		"killed": func(t *testing.T, d smallDisk, s *Store) {
			must[RosterPlan](t)(s.ImportRoster(context.Background(), "花名册.xlsx", newcomers("R", 300), RosterAnswers{}))
			shut(s)
			c := startChild(t, "hold", s.folder.Dir(), nil)
			must[string](t)(c.says.ReadString('\n'))
			d.fill(t, 0)
			c.kill()
		},
	} {
		t.Run(how, func(t *testing.T) {
			onSmallDisk(t, func(t *testing.T, d smallDisk) {
				s := officeOn(t, d)
				dir := s.folder.Dir()
				end(t, d, s)
				d.empty(t)
				failed := 0
				for left := 0; !opensWith(t, d, dir, left); left++ {
					if failed++; failed > 100 {
						t.Fatal("it never opens")
					}
				}
				t.Logf("failed %d times", failed) // not at all after a kill: the files are there
				s = openLocked(t, dir, cheap)
				enter(t, s)
				clean(t, s)
				if n := must[Rows[StaffRow]](t)(s.Staff(context.Background(), StaffFilter{Find: "R"}, Page{})).Total; n != 300 {
					t.Errorf("%d of 300 people", n)
				}
			})
		})
	}
}

func opensWith(t *testing.T, d smallDisk, dir string, left int) bool {
	t.Helper()
	d.fill(t, left)
	defer d.empty(t)
	s, err := start(dir)
	wantFull(t, err)
	if err == nil {
		wantSentence(t, s.Close())
		ok(t, s.folder.Close())
	}
	return err == nil
}
