package form

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
)

func reminderPrint(people int) ReminderPrint {
	in := ReminderPrint{Library: assets.New(""), Hospital: sampleHospital(), Campaign: sampleCampaign(),
		Date: "2026-08-11", Due: "2026-08-15"}
	r := Reminder{Department: "急诊科"}
	for i := range people {
		p := Owing{Name: fmt.Sprintf("赵犇%d", i+1), EmployeeNo: fmt.Sprintf("01%03d", i)}
		if i%2 == 0 {
			p.SelfCheck = model.Printed
		}
		if i%3 != 1 || i%2 == 1 {
			p.Letter = model.Printed
		}
		r.People = append(r.People, p)
	}
	in.Reminders = []Reminder{r, {Department: "麻醉手术科", People: []Owing{{Name: "阿依古丽·买买提", EmployeeNo: "02001", SelfCheck: model.SentBack}}}}
	return in
}

func TestReminders(t *testing.T) {
	var pdf bytes.Buffer
	warnings, err := Reminders(&pdf, reminderPrint(60))
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	text := strings.Join(pagesOf(t, save(t, "reminders.pdf", pdf.Bytes())), "")
	for _, want := range []string{"急诊科：截至2026年8月11日，你科室还有60人没有交齐，其中自查表30份、承诺书50份。", "请于2026年8月15日前收齐交到", "急诊科（续）",
		"麻醉手术科：", "其中自查表1份、承诺书0份", "补课", "阿依古丽·买买提", "签收人（签名）"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q", want)
		}
	}
	for i := range 60 {
		if n := strings.Count(text, fmt.Sprintf("01%03d", i)); n != 1 {
			t.Errorf("%d is on it %d times", i, n)
		}
	}
}

func TestNoReminders(t *testing.T) {
	in := reminderPrint(1)
	in.Reminders = nil
	if _, err := Reminders(&bytes.Buffer{}, in); err == nil {
		t.Error("a paper of nothing")
	}
}
