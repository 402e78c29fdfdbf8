package cmd

import (
	"os"
	"strings"
	"testing"

	"qingfeng/model"
)

func TestVersionIsTheOneOfThePackage(t *testing.T) {
	toml, err := os.ReadFile("../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(toml), `Version = "`+model.Version+`"`) {
		t.Errorf("FyneApp.toml has another version than %s", model.Version)
	}
}
