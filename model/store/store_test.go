package store

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/vault"
)

// noon is the clock of the tests.
var noon = time.Date(2026, 8, 11, 12, 0, 0, 0, time.Local)

func openTest(t testing.TB) *Store {
	t.Helper()
	return openIn(t, filepath.Join(t.TempDir(), "清风 数据"))
}

func openIn(t testing.TB, dir string) *Store {
	t.Helper()
	f, err := folder.Open(dir, folder.Holder{Program: "测试", Since: noon})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(context.Background(), f, cheap)
	if err != nil {
		f.Close()
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(); f.Close() })
	enter(t, s)
	return s
}

// cheap are the options of the tests: passwords that cost nothing.
var cheap = Options{Now: func() time.Time { return noon }, Program: "测试", Cost: vault.Cheap}

const password = "清风徐来 2026"

// enter signs the administrator in, and founds the folder before if need be.
func enter(t testing.TB, s *Store) {
	t.Helper()
	ctx := context.Background()
	if must[bool](t)(s.Founded(ctx)) {
		must[model.Account](t)(s.SignIn(ctx, "li", password))
		return
	}
	must[string](t)(s.Found(ctx, model.NewHospital("某县中医院"), model.Account{Login: "li", Name: "李某"}, password))
}

// must ends the test on an error.
func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// ward makes a department with n people, 工号 prefix001….
func ward(t testing.TB, s *Store, name, prefix string, n int) (int64, []int64) {
	t.Helper()
	ctx := context.Background()
	dept := must[int64](t)(s.SaveDepartment(ctx, model.Department{Name: name}))
	names := []string{"张三", "李喆", "王䶮", "阿依古丽·买买提", "徐𬱖"}
	ids := make([]int64, n)
	for i := range ids {
		no := prefix + string(rune('0'+i/100)) + string(rune('0'+i/10%10)) + string(rune('0'+i%10))
		ids[i] = must[int64](t)(s.SaveStaff(ctx, model.Staff{EmployeeNo: no, Name: names[i%len(names)], DepartmentID: dept, Post: "护士"}))
	}
	return dept, ids
}

func drive(t testing.TB, s *Store) model.Campaign {
	t.Helper()
	ctx := context.Background()
	p := must[model.Plan](t)(s.NewPlan("county-plan-2024", 2026))
	p.ID = must[int64](t)(s.StartCampaign(ctx, p))
	return p.Campaign
}
