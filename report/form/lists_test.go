package form

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"qingfeng/model"
)

func TestMissingList(t *testing.T) {
	in := MissingPrint{Hospital: sampleHospital(), Campaign: sampleCampaign(), Title: "个人承诺书未签名单", Missing: "未签", Date: "2026-10-01"}
	for d := range 12 {
		dep := MissingDepartment{Department: fmt.Sprintf("第%d病区", d+1)}
		for i := range d * 3 % 40 {
			dep.Papers = append(dep.Papers, MissingPaper{FormNo: fmt.Sprintf("CN-2026-%05d-11", d*100+i), Name: testNames[i%len(testNames)],
				EmployeeNo: fmt.Sprintf("%05d", d*100+i), State: model.Printed})
		}
		if len(dep.Papers) > 0 {
			dep.Papers[0].State, dep.Papers[0].Reason = model.Excused, "援外至2027年6月30日，回院后补签"
			in.Departments = append(in.Departments, dep)
		}
	}
	var buf bytes.Buffer
	warnings, err := MissingList(&buf, in)
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	pages := pagesOf(t, save(t, "missing.pdf", buf.Bytes()))
	all := strings.Join(pages, "")
	for _, dep := range in.Departments {
		for _, l := range dep.Papers {
			if !strings.Contains(all, l.FormNo+l.Name+l.EmployeeNo) {
				t.Errorf("%s %s is not on the list", l.FormNo, l.Name)
			}
		}
	}
	for i, p := range pages {
		if !strings.Contains(p, fmt.Sprintf("—%d—", i+1)) {
			t.Errorf("page %d bears no number", i+1)
		}
	}
	for _, want := range []string{"个人承诺书未签名单", "截至2026年10月1日", "清医发〔2026〕12号"} {
		if !strings.Contains(pages[0], want) {
			t.Errorf("the first page lacks %q", want)
		}
	}
}

func TestRateTable(t *testing.T) {
	in := RatePrint{Hospital: sampleHospital(), Campaign: sampleCampaign(), Kind: model.PersonalCommitment, Date: "2026-10-01"}
	in.Departments = []model.DepartmentRate{
		{Department: "急诊科", Rate: model.Rate{Expected: 40, Returned: 38, Excused: 2}},
		{Department: "重症医学科", Rate: model.Rate{Expected: 31, Returned: 29, Excused: 1, Missing: 1}},
		{Department: "援外医疗队", Rate: model.Rate{Expected: 3, Excused: 3}},
	}
	var buf bytes.Buffer
	warnings, err := RateTable(&buf, in)
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	text := strings.Join(pagesOf(t, save(t, "rate.pdf", buf.Bytes())), "")
	for _, want := range []string{"个人承诺书签订情况表", "急诊科403820100.0%", "重症医学科31291196.7%", "援外医疗队3030—", "合计74676198.5%"} {
		if !strings.Contains(text, want) {
			t.Errorf("the table lacks %q:\n%s", want, text)
		}
	}
}
