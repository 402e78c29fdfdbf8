//go:build linux

package main

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"qingfeng/model/day"
)

// compare holds what is in the closed folder against the test's own count.
func (o *selfCheckOffice) compare(w *window) {
	o.t.Helper()
	type count struct {
		Department                                     string
		Expected, Returned, Missing, Excused, Findings int
	}
	want, byDepartment := count{}, map[string]count{}
	add := func(c *count, no string) {
		c.Expected++
		problems, back := o.returned[no]
		switch {
		case back:
			c.Returned++
			c.Findings += problems
		case o.excused[no] > 0:
			c.Excused++
		default:
			c.Missing++
		}
	}
	for i, f := range o.forms {
		d := byDepartment[f["department"].(string)]
		d.Department = f["department"].(string)
		add(&d, o.no(i))
		byDepartment[d.Department] = d
		add(&want, o.no(i))
	}
	var got struct {
		count
		Departments []count
	}
	if err := json.Unmarshal(w.console("selfcheck", "summary", "--campaign", campaignInHand), &got); err != nil {
		o.t.Fatal(err)
	}
	o.t.Logf("counted: %+v, %d departments", want, len(byDepartment))
	if got.count != want {
		o.t.Errorf("the summary is %+v, counted were %+v", got.count, want)
	}
	for _, d := range got.Departments {
		if d != byDepartment[d.Department] {
			o.t.Errorf("the summary has %+v, counted were %+v", d, byDepartment[d.Department])
		}
		delete(byDepartment, d.Department)
	}
	if len(byDepartment) > 0 {
		o.t.Errorf("the summary lacks %v", byDepartment)
	}
	o.compareForms(w)
	o.compareTrail(w)
	if found := w.list("finding", "list", "--campaign", campaignInHand); len(found) != want.Findings {
		o.t.Errorf("the register of findings has %v", found)
	}
}

// compareForms looks at each form of both campaigns.
func (o *selfCheckOffice) compareForms(w *window) {
	today := string(day.Of(time.Now()))
	for _, f := range w.list("selfcheck", "list", "--campaign", campaignInHand) {
		state, on := "未交回", ""
		problems, back := o.returned[f["form_no"].(string)]
		if back {
			state, on = "已交回", today
		} else if o.excused[f["form_no"].(string)] > 0 {
			state = "免查"
		}
		if f["state"] != state || f["returned_on"] != on || f["problems"] != float64(problems) || f["late"] != false {
			o.t.Errorf("%s: %v, want %s %s with %d problems", f["form_no"], f, state, on, problems)
		}
	}
	if now := w.list("selfcheck", "list", "--campaign", "1"); !slices.EqualFunc(now, o.others, maps.Equal) {
		o.t.Error("forms of the other campaign have changed")
	}
}

// compareTrail reads in the audit trail how often each form was taken.
func (o *selfCheckOffice) compareTrail(w *window) {
	out := filepath.Join(o.t.TempDir(), "trail.csv")
	w.console("audit", "export", "--out", out)
	file, err := os.Open(out)
	if err != nil {
		o.t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		o.t.Fatal(err)
	}
	taken, corrected := map[string]int{}, 0
	for _, l := range lines { // 序号 时间 操作人 动作 对象 名称 …
		switch {
		case l[4] != "自查表":
		case l[3] == "交回":
			taken[l[5]]++
		case l[3] == "更正":
			corrected++
		}
	}
	for no, n := range taken {
		if _, back := o.returned[no]; !back || n != 1 {
			o.t.Errorf("%s was taken %d times", no, n)
		}
	}
	if len(taken) != len(o.returned) || corrected != 2 {
		o.t.Errorf("%d forms were taken and %d corrected, want %d and 2", len(taken), corrected, len(o.returned))
	}
}
