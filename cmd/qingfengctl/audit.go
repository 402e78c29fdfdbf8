package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
)

type auditCommand struct {
	List   auditListCommand   `cmd:"" help:"列出最近 50 条操作记录，新的在前"`
	Export auditExportCommand `cmd:"" help:"导出操作记录，.csv 或 .xlsx，旧的在前"`
}

// auditDays narrows the trail to some days, both included.
type auditDays struct {
	From string `help:"从哪一天起" placeholder:"日期"`
	To   string `help:"到哪一天止" placeholder:"日期"`
}

func (d auditDays) filter() (f store.TrailFilter, err error) {
	for _, end := range []struct {
		flag, text string
		to         *day.Date
	}{{"--from", d.From, &f.From}, {"--to", d.To, &f.To}} {
		if end.text == "" {
			continue
		}
		if *end.to, err = day.Parse(end.text); err != nil {
			return f, model.Errorf(model.Invalid, "%s：%s", end.flag, err)
		}
	}
	if f.From != "" && f.To != "" && f.From > f.To {
		return f, model.Errorf(model.Invalid, "--from 晚于 --to，没有这样的日子")
	}
	return f, nil
}

// trailTable is the part of the trail that a page asks for, in the office's
// words.
func trailTable(ctx context.Context, s *store.Store, f store.TrailFilter, p store.Page) (sheet.Table, error) {
	found, err := s.Trail(ctx, f, p)
	if err != nil {
		return sheet.Table{}, err
	}
	labels, err := namedLabels(ctx, s)
	if err != nil {
		return sheet.Table{}, err
	}
	return sheet.AuditTable(labels, found.Items), nil
}

// namedLabels are the labels with the names of the records that audit lines
// refer to by id.
func namedLabels(ctx context.Context, s *store.Store) (assets.Labels, error) {
	labels, err := s.Assets().ColumnLabels()
	if err != nil {
		return labels, err
	}
	names := func(columns ...string) map[string]string {
		byID := map[string]string{}
		for _, column := range columns {
			labels.Values[column] = byID
		}
		return byID
	}
	departments, err := s.Departments(ctx, store.DepartmentFilter{Closed: true}, store.Page{})
	if err != nil {
		return labels, err
	}
	byID := names("department_id")
	for _, d := range departments.Items {
		byID[strconv.FormatInt(d.ID, 10)] = d.Name
	}
	staff, err := s.Staff(ctx, store.StaffFilter{Status: store.Anyone}, store.Page{})
	if err != nil {
		return labels, err
	}
	byID = names("staff_id", "head_id", "nurse_head_id")
	for _, m := range staff.Items {
		byID[strconv.FormatInt(m.ID, 10)] = m.Name + "（" + m.EmployeeNo + "）"
	}
	branches, err := s.PartyBranches(ctx)
	if err != nil {
		return labels, err
	}
	byID = names("branch_id")
	for _, b := range branches {
		byID[strconv.FormatInt(b.ID, 10)] = b.Name
	}
	campaigns, err := s.Campaigns(ctx)
	if err != nil {
		return labels, err
	}
	byID = names("campaign_id")
	for _, c := range campaigns {
		byID[strconv.FormatInt(c.ID, 10)] = c.Title
	}
	return labels, nil
}

// newestLines is how much of the trail a list shows.
const newestLines = 50

type auditListCommand struct {
	auditDays `embed:""`
}

func (c *auditListCommand) Run(ctx context.Context, o *output) error {
	type row struct {
		No     int64  `json:"no"`
		At     string `json:"at"`
		Actor  string `json:"actor"`
		Action string `json:"action"`
		Entity string `json:"entity"`
		Name   string `json:"name"`
		Before string `json:"before"`
		After  string `json:"after"`
		Hash   string `json:"hash"`
	}
	filter, err := c.filter()
	if err != nil {
		return err
	}
	return o.withStore(ctx, func(s *store.Store) error {
		table, err := trailTable(ctx, s, filter, store.Page{Sort: "id", Desc: true, Limit: newestLines})
		if err != nil {
			return err
		}
		rows := make([]row, len(table.Rows))
		for i, r := range table.Rows {
			no, _ := strconv.ParseInt(r[0], 10, 64)
			rows[i] = row{no, r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8]}
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range table.Rows {
				line := strings.Join(r[:8], "\t") // without the hash, which nobody reads
				fmt.Fprintln(w, strings.ReplaceAll(line, "\n", " "))
			}
		})
	})
}

type auditExportCommand struct {
	auditDays `embed:""`
	Out       string `required:"" help:"要写的 .csv 或 .xlsx" placeholder:"文件" type:"path"`
}

func (c *auditExportCommand) Run(ctx context.Context, o *output) error {
	if err := wantsExtension(c.Out, ".csv", ".xlsx"); err != nil {
		return err
	}
	filter, err := c.filter()
	if err != nil {
		return err
	}
	return o.withStore(ctx, func(s *store.Store) error {
		table, err := trailTable(ctx, s, filter, store.Page{Sort: "id"})
		if err != nil {
			return err
		}
		err = exported(ctx, s, export{what: "操作记录", path: c.Out}, func() (int, error) {
			if wantsExtension(c.Out, ".xlsx") == nil {
				return len(table.Rows), sheet.Write(c.Out, table)
			}
			return len(table.Rows), folder.WriteFile(c.Out, func(w io.Writer) error { return sheet.WriteCSV(w, table) })
		})
		if err != nil {
			return err
		}
		return o.result(map[string]any{"file": c.Out, "rows": len(table.Rows)}, func(w io.Writer) {
			fmt.Fprintf(w, "已导出 %d 条操作记录到 %s\n", len(table.Rows), c.Out)
		})
	})
}
