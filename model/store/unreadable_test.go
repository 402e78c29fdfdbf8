package store

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// A stick that is pulled out while its backup is read is no damaged backup.
func TestABackupThatCannotBeReadIsNotCalledDamaged(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	sensitiveCrowd(t, s, 20, 2)
	backup := filepath.Join(t.TempDir(), "a.qfbak")
	must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, backup))
	whole := must[[]byte](t)(os.ReadFile(backup))
	id := s.session.Load().id
	pulled := &fs.PathError{Op: "read", Path: backup, Err: syscall.EIO}
	for _, at := range places(len(whole), 0, 40) {
		plain, err := id.OpenArchive(io.MultiReader(bytes.NewReader(whole[:at]), iotest.ErrReader(pulled)))
		if err != nil {
			err = brokenArchive(err)
		} else {
			_, err = unpack(ctx, plain, t.TempDir())
		}
		wantCode(t, err, model.Storage)
		if err == nil || !strings.Contains(err.Error(), "读不出来") || !errors.Is(err, syscall.EIO) {
			t.Fatalf("pulled out at byte %d of %d: %v", at, len(whole), err)
		}
		if _, err = id.OpenArchive(bytes.NewReader(whole[:at])); err == nil {
			plain, _ := id.OpenArchive(bytes.NewReader(whole[:at]))
			_, err = unpack(ctx, plain, t.TempDir())
		}
		if err = brokenArchive(err); !strings.Contains(err.Error(), "损坏") {
			t.Fatalf("cut off at byte %d of %d: %v", at, len(whole), err)
		}
	}
	_, err := s.VerifyBackup(ctx, t.TempDir()) // opens, but gives no byte
	if wantCode(t, err, model.Storage); !strings.Contains(err.Error(), "读不出来") {
		t.Errorf("a folder: %v", err)
	}
}

func TestASecretIsTriedOnABackup(t *testing.T) {
	ctx := context.Background()
	s, code := founded(t)
	newAccount(t, s, "wang", model.Clerk)
	backup := filepath.Join(t.TempDir(), "a.qfbak")
	must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, backup))
	ok(t, s.ChangePassword(ctx, password, "新的密码 2027"))
	for _, secret := range []string{password, code, strings.ToLower(strings.ReplaceAll(code, "-", " ")), clerkPassword} {
		ok(t, OpensBackup(backup, secret))
	}
	for _, secret := range []string{"", "新的密码 2027", code[:len(code)-1]} {
		wantCode(t, OpensBackup(backup, secret), model.Denied)
	}
	wantCode(t, OpensBackup(backup+"x", password), model.NotFound)
	wantCode(t, OpensBackup(s.folder.Database(), password), model.Storage)
	wantCode(t, OpensBackup(t.TempDir(), password), model.Storage)
}
