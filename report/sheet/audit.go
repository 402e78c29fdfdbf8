package sheet

import (
	"strconv"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
)

// AuditTable is the audit trail (操作记录) for Excel or CSV, in the order of
// the lines. 序号 is the number of a line in the trail, so that a line left
// out or removed shows; times are in the zone of the lines' clock.
func AuditTable(labels assets.Labels, lines []model.AuditLine) Table {
	t := Table{Name: "操作记录", Columns: []string{"序号", "时间", "操作人", "动作", "对象", "名称", "修改前", "修改后", "校验值"},
		Counts: []string{"序号"}, Rows: make([][]string, len(lines))}
	for i, l := range lines {
		before, after := auditSides(labels, l)
		t.Rows[i] = []string{strconv.FormatInt(l.ID, 10), l.At.Format("2006-01-02 15:04:05"), l.Actor, l.Action, l.Entity,
			model.ReadableName(labels, l), before, after, l.Hash}
	}
	return t
}

// auditSides is what a line changed as 字段：值；字段：值, before and after. A
// side that the line does not have is "", an emptied column is named as empty.
func auditSides(labels assets.Labels, l model.AuditLine) (before, after string) {
	var olds, news []string
	for _, c := range model.ReadableChange(labels, l) {
		olds, news = append(olds, auditCell(c.Label, c.Old)), append(news, auditCell(c.Label, c.New))
	}
	if l.Before != "" {
		before = strings.Join(olds, "；")
	}
	if l.After != "" {
		after = strings.Join(news, "；")
	}
	return before, after
}

func auditCell(label, value string) string {
	if value == "" {
		value = "（空）"
	}
	return label + "：" + value
}
