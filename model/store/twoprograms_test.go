package store

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// holder is who the children say they are.
func holder(program string) folder.Holder {
	return folder.Holder{Program: program, User: "王某", Host: "纪检办-2号机", PID: os.Getpid(), Since: noon}
}

// hold is a program that signs in, saves something and stays open.
func hold(dir string) error {
	ctx := context.Background()
	f, err := folder.Open(dir, holder("清风"))
	if err != nil {
		return err
	}
	s, err := Open(ctx, f, cheap)
	if err != nil {
		return err
	}
	if _, err := s.SignIn(ctx, "li", password); err != nil {
		return err
	}
	id, err := s.SaveDepartment(ctx, model.Department{Name: "传染科"})
	if err != nil {
		return err
	}
	if _, _, err := s.SaveFinding(ctx, aFinding(0, id)); err != nil {
		return err
	}
	fmt.Println("open")
	select {}
}

func TestTheSecondProgramIsToldWhoHoldsTheFolder(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	dir := s.folder.Dir()
	shut(s)
	first := startChild(t, "hold", dir, nil)
	if line, err := first.says.ReadString('\n'); line != "open\n" {
		t.Fatalf("the first program says %q, %v", line, err)
	}
	for range 2 { // being refused changes nothing
		_, err := folder.Open(dir, holder("清风命令行"))
		wantCode(t, err, model.Locked)
		for _, want := range []string{"清风（", "纪检办-2号机", "王某", fmt.Sprintf("进程 %d，", first.Process.Pid), "2026-08-11 12:00 起", "请先关闭"} {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v\ndoes not say %s", err, want)
			}
		}
	}

	// Once the first is gone, however it went, the folder opens at the first try.
	first.kill()
	s = openLocked(t, dir, cheap)
	enter(t, s)
	if d := must[model.Department](t)(s.DepartmentNamed(ctx, "传染科")); d.Name != "传染科" {
		t.Error("what the first program saved is gone")
	}
	if f := must[Rows[FindingRow]](t)(s.Findings(ctx, FindingFilter{}, Page{})); f.Total != 1 || f.Items[0].Department != "传染科" {
		t.Errorf("what the first program found is gone: %+v", f)
	}
	clean(t, s)
	_, err := folder.Open(dir, holder("清风命令行"))
	wantCode(t, err, model.Locked)
	if !strings.Contains(err.Error(), "正被测试（") {
		t.Errorf("it names the one that was killed: %v", err)
	}
}

func TestOneOfManyProgramsGetsTheFolder(t *testing.T) {
	s := openTest(t)
	dir := s.folder.Dir()
	shut(s)
	all := make([]*child, 4)
	for i := range all {
		all[i] = startChild(t, "hold", dir, nil)
	}
	got := 0
	for _, c := range all {
		switch line, err := c.says.ReadString('\n'); {
		case line == "open\n":
			got++
		case err == io.EOF:
			if c.kill(); !strings.Contains(c.complaint.String(), "正被") {
				t.Errorf("refused with %q", c.complaint.String())
			}
		default:
			t.Errorf("it says %q, %v", line, err)
		}
	}
	if got != 1 {
		t.Errorf("%d programs hold the folder", got)
	}
}
