package main

import (
	"strings"
	"testing"
)

// What a file says is changed; the rest stays as it was.
func TestAHandoverIsEdited(t *testing.T) {
	c := newHandovers(t)
	no := c.register()
	change := func(text string) []string {
		return []string{"handover", "edit", no, "--file", file(t, "修改.toml", text)}
	}
	var done struct{ No, Timeliness string }
	if c.do(exitDone, &done, change(`received_at = "2026-02-20"`)...); done.No != no || done.Timeliness != "逾期" {
		t.Errorf("edited %+v", done)
	}
	if h := c.handovers()[0]; h.ReceivedAt != "2026-02-20" || h.HandedAt != "2026-03-03 09:10" || h.EmployeeNo != "01002" || h.Giver != "患者" || h.AmountFen != 360000 {
		t.Errorf("listed %+v", h)
	}
	c.do(exitDone, nil, change("giver = \"家属\"\ngiver_name = \"诸葛某\"\nemployee_no = \"02002\"\nremark = \"\"")...)
	asked := &console{c.t, c.dir, nil} // for what is sealed
	shown := asked.text(exitDone, "handover", "show", no, "--plain")
	for _, want := range []string{"家属 诸葛某", patient, admitted, incident, "12床"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%s is not in:\n%s", want, shown)
		}
	}
	if h := c.handovers()[0]; h.EmployeeNo != "02002" || strings.Contains(shown, "患者已转院") {
		t.Errorf("listed %+v\n%s", h, shown)
	}
	for says, text := range map[string]string{
		"收受时间：请填写时间":         `received_at = ""`,
		"收受时间：不能晚于上交时间":      `received_at = "2026-03-04"`,
		"上交时间：不是可识别的时间":      `handed_at = "昨天"`,
		"没有工号为 09999 的职工":    `employee_no = "09999"`,
		"监交人：须与经手人不同":        `witnessed_by = "李某"`,
		"送方是“企业”时不填":         "giver = \"企业\"\ncompany = \"某某医药\"",
		"中有不认识的项目 anonymous": `anonymous = true`,
		"中有不认识的项目 keeper":    `keeper = "王某"`,
		"第 1 行写得不对":          `handed_at`,
		"第 1 行的项目 bed 类型不对":  `bed = 12`,
	} {
		c.fails(says, change(text)...)
	}
	c.fails("打不开文件 没有.toml", "handover", "edit", no, "--file", "没有.toml")
	c.refused(exitUsage, "--file", "handover", "edit", no)

	var made struct{ No string }
	c.do(exitDone, &made, "handover", "receipt", no, "--out", file(t, "收据.pdf", ""))
	c.fails(made.No, change(`received_by = "钱某"`)...) // stands on the receipt
	c.do(exitDone, nil, change(`story = "改正"`)...)
	c.do(exitDone, nil, "handover", "receipt-void", made.No, "--reason", "重开")
	c.do(exitDone, nil, "handover", "void", no, "--reason", "重复登记")
	c.fails("已作废", change(`story = "改正"`)...)
}

// A remark may name people, so it comes from a file.
func TestADispositionIsRemarked(t *testing.T) {
	c := newHandovers(t)
	no := c.register()
	c.disposed("部分处置", no, "--kind", "上缴国库", "--voucher", "1", "--item", "1=500", "--remark-file", file(t, "备注.txt", "与财务科核对过\n"))
	asked := &console{c.t, c.dir, nil} // for what is sealed
	if shown := asked.text(exitDone, "handover", "show", no, "--plain"); !strings.Contains(shown, "与财务科核对过") {
		t.Errorf("the remark is not in:\n%s", shown)
	}
}
