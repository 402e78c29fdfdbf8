package model

import (
	"strconv"
	"strings"

	"qingfeng/model/day"
)

// Campaign is a rectification drive (专项行动).
type Campaign struct {
	ID         int64
	TemplateID string
	Title      string
	DocumentNo string // 发文字号
	StartsOn   day.Date
	EndsOn     day.Date
	Basis      string // 依据
	Scope      string // 范围
	Recipient  string // to whom the summary goes
	// LookBackDays after it was closed out a finding is looked at again.
	LookBackDays int
}

// UsualLookBack is how many days after it was closed out a finding is looked
// at again, unless its campaign says otherwise.
const UsualLookBack = 90

// Validate returns [FieldErrors] with everything that keeps c from being stored.
func (c Campaign) Validate() error {
	var errs FieldErrors
	if strings.TrimSpace(c.Title) == "" {
		errs.add("Title", "名称", "不能为空")
	} else if _, err := strconv.Atoi(strings.TrimSpace(c.Title)); err == nil {
		errs.add("Title", "名称", "不能只是一个数字")
	} else if msg := BadText(c.Title, MaxShort); msg != "" {
		errs.add("Title", "名称", msg)
	}
	errs.text("DocumentNo", "发文字号", c.DocumentNo, MaxShort, false)
	errs.text("Basis", "依据", c.Basis, MaxNote, false)
	errs.text("Scope", "范围", c.Scope, MaxNote, false)
	errs.text("Recipient", "总结报送", c.Recipient, MaxShort, false)
	if c.LookBackDays < 0 || c.LookBackDays > 3650 {
		errs.add("LookBackDays", "回头看间隔", "应为 0 至 3650 天")
	}
	if !c.StartsOn.Valid() {
		errs.add("StartsOn", "开始日期", "请填写日期")
	}
	if !c.EndsOn.Valid() {
		errs.add("EndsOn", "结束日期", "请填写日期")
	}
	if c.StartsOn.Valid() && c.EndsOn.Valid() && c.EndsOn < c.StartsOn {
		errs.add("EndsOn", "结束日期", "不能早于开始日期")
	}
	return errs.err()
}
