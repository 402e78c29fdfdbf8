package assets

import (
	"strings"
	"testing"
)

func TestBuiltInHolidays(t *testing.T) {
	tables, err := New("").Holidays()
	if err != nil {
		t.Fatal(err)
	}
	// Days off and days worked in exchange, counted in the notices.
	want := map[int]struct {
		number    string
		off, work int
	}{
		2025: {"国办发明电〔2024〕12号", 1 + 8 + 3 + 5 + 3 + 8, 5},
		2026: {"国办发明电〔2025〕7号", 3 + 9 + 3 + 5 + 3 + 3 + 7, 6},
	}
	if len(tables) != len(want) || tables[0].Year > tables[1].Year {
		t.Fatal(tables)
	}
	for _, table := range tables {
		off := 0
		for _, r := range table.Off {
			first, _ := table.day(r[0])
			last, _ := table.day(r[1])
			off += int(last.Sub(first).Hours()/24) + 1
		}
		if w := want[table.Year]; table.DocumentNo != w.number || off != w.off || len(table.Work) != w.work {
			t.Errorf("%+v: %d days off", table, off)
		}
	}
}

func TestOfficeAddsAYear(t *testing.T) {
	l := officeFile(t, "holidays/2027.toml", `
year = 2027
off = [["2027-01-01", "2027-01-03"]]
work = ["2027-02-20"]`)
	tables, err := l.Holidays()
	if err != nil || len(tables) != 3 || tables[2].Year != 2027 || tables[2].Off[0] != [2]string{"2027-01-01", "2027-01-03"} || tables[2].Work[0] != "2027-02-20" {
		t.Fatal(tables, err)
	}
	l = officeFile(t, "holidays/2026.toml", `
year = 2026
off = [["2026-01-01", "2026-01-01"]]`)
	if tables, err = l.Holidays(); err != nil || len(tables) != 2 || len(tables[1].Off) != 1 {
		t.Error("the office's own version does not come first", tables, err)
	}
}

func TestWrongHolidaysAreRefused(t *testing.T) {
	const name = "holidays/2027.toml"
	for content, want := range map[string]string{
		``:                                      "把文件命名为 holidays/0.toml",
		`year = 2026`:                           "把文件命名为 holidays/2026.toml",
		`year = 2027`:                           "缺少 off",
		`year = "2027"`:                         "项目 year 类型不对",
		"year = 2027\noff = [[\"2027-01-01\"]]": "类型不对",
		"year = 2027\noff = [[\"2027-01-01\", \"2027-01-02\", \"2027-01-03\"]]":                          "类型不对",
		"year = 2027\noff = [[2027-01-01, 2027-01-03]]":                                                  "类型不对",
		"year = 2027\noff = [[\"2027-02-29\", \"2027-03-01\"]]":                                          "“2027-02-29”不是日期",
		"year = 2027\noff = [[\"2027-1-1\", \"2027-1-3\"]]":                                              "“2027-1-1”不是日期，请写成 2027-01-01",
		"year = 2027\noff = [[\"2027-01-01\", \"2027-01-32\"]]":                                          "“2027-01-32”不是日期",
		"year = 2027\noff = [[\"2026-12-31\", \"2027-01-02\"]]":                                          "2026-12-31 不在 2027 年，请改正，或写到 holidays/2026.toml",
		"year = 2027\noff = [[\"2027-12-31\", \"2028-01-01\"]]":                                          "2028-01-01 不在 2027 年",
		"year = 2027\noff = [[\"2027-01-03\", \"2027-01-01\"]]":                                          "2027-01-03 至 2027-01-01 前后颠倒",
		"year = 2027\noff = [[\"2027-01-01\", \"2027-01-03\"],[\"2027-01-03\", \"2027-01-04\"]]":         "2027-01-03 写了不止一次",
		"year = 2027\noff = [[\"2027-01-01\", \"2027-01-01\"]]\nwork = [\"2027-01-04\"]":                 "2027-01-04 不是星期六或星期日",
		"year = 2027\noff = [[\"2027-01-01\", \"2027-01-03\"]]\nwork = [\"2027-01-02\"]":                 "2027-01-02 写了不止一次",
		"year = 2027\noff = [[\"2027-01-01\", \"2027-01-01\"]]\nwork = [\"2027-01-09\", \"2027-01-09\"]": "2027-01-09 写了不止一次",
		"year = 2027\noff = [[\"2027-01-01\", \"2027-01-01\"]]\nwork = [\"2026-12-26\"]":                 "2026-12-26 不在 2027 年",
		"year = 2027\noff = [[\"2027-01-01\", \"2027-01-01\"]]\nwrok = [\"2027-01-09\"]":                 "不认识的项目 wrok",
	} {
		_, err := officeFile(t, name, content).Holidays()
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), name) {
			t.Errorf("%q: %v, want %q", content, err, want)
		}
	}
}
