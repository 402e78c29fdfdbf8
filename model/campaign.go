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
}

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
	if msg := BadText(c.DocumentNo, MaxShort); msg != "" {
		errs.add("DocumentNo", "发文字号", msg)
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
