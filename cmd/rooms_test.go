// Package cmd holds the programs; its test keeps the one rule of the house.
package cmd

import (
	"os/exec"
	"strings"
	"testing"
)

// floors is the order of the rooms: an import only ever goes down.
var floors = map[string]int{"assets": 0, "model": 1, "report": 2, "ui": 3, "cmd": 4}

// A room may not know these modules, directly.
var forbidden = map[string][]string{
	"assets": {"fyne.io/", "gorm.io/"},
	"model":  {"fyne.io/"},
	"report": {"fyne.io/", "gorm.io/"},
	"ui":     {"gorm.io/", "github.com/glebarez/", "github.com/jung-kurt/"},
	"cmd":    {"gorm.io/", "github.com/glebarez/", "github.com/jung-kurt/"},
}

func TestImportsOnlyGoDown(t *testing.T) {
	out, err := exec.Command("go", "list", "-tags", "migrated_fynedo", "-f",
		`{{$p := .ImportPath}}{{range .Imports}}{{$p}} {{.}}{{"\n"}}{{end}}{{range .TestImports}}{{$p}} {{.}}{{"\n"}}{{end}}{{range .XTestImports}}{{$p}} {{.}}{{"\n"}}{{end}}`,
		"qingfeng/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	rooms := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		from, to, _ := strings.Cut(line, " ")
		room := roomOf(from)
		floor, known := floors[room]
		if !known {
			t.Errorf("%s is in no room", from)
			continue
		}
		rooms[room] = true
		if target := roomOf(to); strings.HasPrefix(to, "qingfeng/") && floors[target] > floor {
			t.Errorf("%s imports %s: up", from, to)
		}
		for _, module := range forbidden[room] {
			if strings.HasPrefix(to, module) {
				t.Errorf("%s imports %s", from, to)
			}
		}
		// The entities have no database handle and open no file.
		if from == "qingfeng/model" && (strings.HasPrefix(to, "gorm.io/") || to == "os" || to == "database/sql") {
			t.Errorf("the entities import %s", to)
		}
		if strings.HasPrefix(to, "gorm.io/") && from != "qingfeng/model/store" {
			t.Errorf("%s imports %s; only model/store knows GORM", from, to)
		}
	}
	if len(rooms) != len(floors) {
		t.Errorf("found the rooms %v, want all of %v", rooms, floors)
	}
}

func roomOf(path string) string {
	room, _, _ := strings.Cut(strings.TrimPrefix(path, "qingfeng/"), "/")
	return room
}
