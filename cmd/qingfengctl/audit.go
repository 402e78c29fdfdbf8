package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/sheet"
)

type auditCommand struct {
	List   auditListCommand   `cmd:"" help:"列出最近 50 条操作记录，新的在前"`
	Export auditExportCommand `cmd:"" help:"导出操作记录，.csv 或 .xlsx，新的在前"`
}

// auditDays narrows the trail to some days, both included.
type auditDays struct {
	From string `help:"从哪一天起" placeholder:"日期"`
	To   string `help:"到哪一天止" placeholder:"日期"`
}

func (d auditDays) filter() (f store.TrailFilter, err error) {
	on, err := spanOf(d.From, d.To, model.Span{})
	f.From, f.To = on.From, on.To
	return f, err
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
		found, err := s.Trail(ctx, filter, store.Page{Sort: "id", Desc: true, Limit: newestLines})
		if err != nil {
			return err
		}
		labels, err := issue.AuditLabels(ctx, s, found.Items)
		if err != nil {
			return err
		}
		table := sheet.AuditTable(labels, found.Items)
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
		table, err := issue.TrailTable(ctx, s, filter, nil)
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
