package main

import (
	"context"
	"fmt"
	"io"

	"qingfeng/model"
	"qingfeng/model/store"
)

type departmentCommand struct {
	List departmentListCommand `cmd:"" help:"列出科室"`
}

type departmentListCommand struct{}

func (c *departmentListCommand) Run(ctx context.Context, o *output) error {
	type row struct {
		ID       int64  `json:"id"`
		Name     string `json:"name"`
		Kind     string `json:"kind"`
		Head     string `json:"head"`
		Staff    int    `json:"staff"`
		ClosedOn string `json:"closed_on"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		found, err := s.Departments(ctx, store.DepartmentFilter{Closed: true}, store.Page{})
		if err != nil {
			return err
		}
		rows := make([]row, len(found.Items))
		for i, d := range found.Items {
			rows[i] = row{d.ID, d.Name, string(d.Kind), d.Head, d.Staff, string(d.ClosedOn)}
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range rows {
				fmt.Fprintf(w, "%s\t%s\t%s\t%d\n", r.Name, r.Kind, r.Head, r.Staff)
			}
		})
	})
}

type staffCommand struct {
	List staffListCommand `cmd:"" help:"列出职工"`
}

type staffListCommand struct {
	Department string `help:"只列一个科室" placeholder:"科室"`
	Find       string `help:"姓名、拼音首字母或工号" placeholder:"文字"`
	Left       bool   `help:"也列出已离职的"`
}

func (c *staffListCommand) Run(ctx context.Context, o *output) error {
	type row struct {
		EmployeeNo     string `json:"employee_no"`
		Name           string `json:"name"`
		Department     string `json:"department"`
		Post           string `json:"post"`
		Title          string `json:"title"`
		Position       string `json:"position"`
		IDNumberMasked string `json:"id_number_masked"`
		LeftOn         string `json:"left_on"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		filter := store.StaffFilter{Find: c.Find}
		if c.Left {
			filter.Status = store.Anyone
		}
		var err error
		if filter.DepartmentID, err = departmentID(ctx, s, c.Department); err != nil {
			return err
		}
		found, err := s.Staff(ctx, filter, store.Page{})
		if err != nil {
			return err
		}
		rows := make([]row, len(found.Items))
		for i, m := range found.Items {
			rows[i] = row{m.EmployeeNo, m.Name, m.Department, m.Post, m.Title, m.Position, model.MaskIDNumber(m.IDNumber), string(m.LeftOn)}
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range rows {
				fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.EmployeeNo, r.Name, r.Department, r.Post, r.Title)
			}
		})
	})
}

// departmentID finds a department by its name; "" is all of them.
func departmentID(ctx context.Context, s *store.Store, name string) (int64, error) {
	if name == "" {
		return 0, nil
	}
	d, err := s.DepartmentNamed(ctx, name)
	return d.ID, err
}
