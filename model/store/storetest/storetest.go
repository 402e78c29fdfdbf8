// Package storetest opens data folders for tests of the other rooms.
package storetest

import (
	"context"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/model/vault"
)

// The administrator of every folder of [Open].
const (
	Login    = "li"
	Name     = "李某"
	Password = "清风徐来 2026"
)

// Options are those of a test: passwords that cost nothing.
func Options(now func() time.Time) store.Options {
	return store.Options{Now: now, Program: "测试", Cost: vault.Cheap}
}

// Open opens a data folder with the administrator signed in; a fresh one, or
// one of the time before accounts, is founded first. The end of the test
// closes it.
func Open(t testing.TB, dir string, now func() time.Time) *store.Store {
	t.Helper()
	s := Closed(t, dir, now)
	Enter(t, s)
	return s
}

// Enter signs the administrator in.
func Enter(t testing.TB, s *store.Store) {
	t.Helper()
	ctx := context.Background()
	founded, err := s.Founded(ctx)
	if err == nil && !founded {
		_, err = s.Found(ctx, model.NewHospital("某县中医院"), model.Account{Login: Login, Name: Name}, Password)
	} else if err == nil {
		_, err = s.SignIn(ctx, Login, Password)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Closed opens a data folder with nobody signed in.
func Closed(t testing.TB, dir string, now func() time.Time) *store.Store {
	t.Helper()
	f, err := folder.Open(dir, folder.Holder{Program: "测试", Since: now()})
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(context.Background(), f, Options(now))
	if err != nil {
		f.Close()
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close(); f.Close() })
	return s
}
