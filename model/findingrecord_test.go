package model

import (
	"strings"
	"testing"

	"qingfeng/model/day"
)

var theStates = map[string]string{"待整改": "待整改", "未整改": "待整改", "整改中": "整改中", "已整改": "整改中", "已销号": "已销号"}

const readOn = day.Date("2026-08-11")

// aRecord is a good row, changed in pairs of field and cell.
func aRecord(pairs ...string) FindingRecord {
	cells := map[string]string{"found_on": "2026年3月2日", "source": "督查", "category": "收费", "level": "一般", "department": "急诊 科",
		"person": "张 三", "problem": "超标准收费", "measure": "退还", "due_on": "2026/3/31", "state": "待整改"}
	for i := 0; i < len(pairs); i += 2 {
		cells[pairs[i]] = pairs[i+1]
	}
	return FindingRecord{MappedRow{Line: 7, Cells: cells}, map[string]string{"due_on": "整改期限"}}
}

func TestReadFinding(t *testing.T) {
	got := aRecord("funds", "1,200.5元", "leader", "/").Read(readOn, theStates)
	want := Finding{Source: "督查", FoundOn: "2026-03-02", Category: "收费", Level: Ordinary, Problem: "超标准收费", Measure: "退还",
		FundsFen: 120050, DueOn: "2026-03-31", State: ToMend}
	if got.Finding != want || got.Department != "急诊科" || got.Person != "张三" || len(got.Problems)+len(got.Warnings) != 0 {
		t.Errorf("%+v", got)
	}
	for name, c := range map[string]struct {
		record FindingRecord
		check  func(Finding) bool
		warned string
	}{
		"begun":          {aRecord("state", "整改中"), func(f Finding) bool { return f.State == Mending && f.BegunOn == readOn }, ""},
		"mended":         {aRecord("state", "已整改"), func(f Finding) bool { return f.State == Mending }, "状态"},
		"no state":       {aRecord("state", ""), func(f Finding) bool { return f.State == ToMend }, ""},
		"grave":          {aRecord("level", "重大隐患"), func(f Finding) bool { return f.Level == Grave }, ""},
		"unknown source": {aRecord("source", "12345 热线", "origin", "第 9 号"), func(f Finding) bool { return f.Source == "其他" && f.Origin == "12345 热线；第 9 号" }, "来源"},
		"no source":      {aRecord("source", ""), func(f Finding) bool { return f.Source == "其他" && f.Origin == "" }, ""},
		"closed": {aRecord("state", "已销号", "accepted_on", "2026-04-01", "accepted_by", "吴 某"), func(f Finding) bool {
			return f.State == ClosedOut && f.AcceptedOn == "2026-04-01" && f.AcceptedBy == "吴某" && f.AcceptNote == FromOldRegister
		}, ""},
		"closed some day": {aRecord("state", "已销号"), func(f Finding) bool {
			return f.AcceptedOn == readOn && f.AcceptedBy == "原台账" && f.LookBackDue == ""
		}, "销号日期"},
		"date of no use": {aRecord("accepted_on", "2026-04-01"), func(f Finding) bool { return f.AcceptedOn == "" }, "销号日期"},
		"name of no use": {aRecord("accepted_by", "吴某"), func(f Finding) bool { return f.AcceptedBy == "" }, "验收人"},
	} {
		got := c.record.Read(readOn, theStates)
		if !c.check(got.Finding) || len(got.Problems) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
		if (c.warned == "") != (len(got.Warnings) == 0) || c.warned != "" && got.Warnings[0].Column != c.warned {
			t.Errorf("%s: warnings %v", name, got.Warnings)
		}
	}
}

func TestReadBadFinding(t *testing.T) {
	numeric := aRecord("due_on", "46112")
	numeric.Numeric = map[string]bool{"due_on": true}
	broken := aRecord("problem", "#REF!")
	broken.MappedRow.Problems = map[string]string{"problem": "是 Excel 的错误值，请改正"}
	for name, c := range map[string]struct {
		record FindingRecord
		column string
		says   string
	}{
		"no day":              {aRecord("found_on", ""), "发现日期", "请填写日期"},
		"an impossible day":   {aRecord("found_on", "2026-2-30"), "发现日期", "没有 30 日"},
		"a day to come":       {aRecord("found_on", "2026-08-12", "due_on", ""), "发现日期", "之后"},
		"a limit before":      {aRecord("due_on", "2026-03-01"), "整改期限", "早于"},
		"a limit in words":    {aRecord("due_on", "立行立改"), "整改期限", "请写成"},
		"a serial number":     {numeric, "整改期限", "序号"},
		"no category":         {aRecord("category", "/"), "类别", "不能为空"},
		"a level of its own":  {aRecord("level", "特大"), "级别", "一般"},
		"no department":       {aRecord("department", ""), "科室", "不能为空"},
		"no problem":          {aRecord("problem", " "), "问题", "不能为空"},
		"a state of its own":  {aRecord("state", "搁置"), "状态", "不认识"},
		"begun with no plan":  {aRecord("state", "整改中", "measure", ""), "整改措施", "不能为空"},
		"a negative amount":   {aRecord("funds", "-5"), "资金", "金额"},
		"closed before found": {aRecord("state", "已销号", "accepted_on", "2026-03-01"), "销号日期", "早于发现日期"},
		"closed in future":    {aRecord("state", "已销号", "accepted_on", "2026-08-12"), "销号日期", "之后"},
		"too long":            {aRecord("measure", strings.Repeat("长", MaxNote+1)), "整改措施", "有 501 个字符，最多 500 个"},
		"an error of Excel":   {broken, "问题", "错误值"},
	} {
		got := c.record.Read(readOn, theStates)
		if len(got.Problems) != 1 || got.Problems[0].Row != 7 || got.Problems[0].Column != c.column || !strings.Contains(got.Problems[0].Problem, c.says) {
			t.Errorf("%s: %+v", name, got.Problems)
		}
	}
	got := aRecord("found_on", "", "problem", "", "level", "特大").Read(readOn, theStates)
	if len(got.Problems) != 3 || got.Problems[0].Column != "发现日期" || got.Problems[2].Column != "问题" {
		t.Errorf("in the order of columns: %+v", got.Problems)
	}
}
