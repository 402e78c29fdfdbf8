package main

import (
	"context"
	"fmt"
	"io"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/folder"
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

type campaignCommand struct {
	Templates campaignTemplatesCommand `cmd:"" help:"列出专项行动模板"`
	List      campaignListCommand      `cmd:"" help:"列出专项行动"`
	New       campaignNewCommand       `cmd:"" help:"由模板新建专项行动"`
}

type campaignTemplatesCommand struct{}

func (c *campaignTemplatesCommand) Run(_ context.Context, o *output) error {
	overrides := ""
	if folder.Exists(o.dir()) {
		overrides = folder.OverridesOf(o.dir())
	}
	templates, err := assets.New(overrides).CampaignTemplates()
	if err != nil {
		return err
	}
	type row struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	rows := make([]row, len(templates))
	for i, t := range templates {
		rows[i] = row{t.ID, t.Title}
	}
	return o.result(rows, func(w io.Writer) {
		for _, r := range rows {
			fmt.Fprintf(w, "%s\t%s\n", r.ID, r.Title)
		}
	})
}

type campaignRow struct {
	ID         int64  `json:"id"`
	Title      string `json:"title"`
	DocumentNo string `json:"document_no"`
	StartsOn   string `json:"starts_on"`
	EndsOn     string `json:"ends_on"`
}

func campaignRowOf(m model.Campaign) campaignRow {
	return campaignRow{m.ID, m.Title, m.DocumentNo, string(m.StartsOn), string(m.EndsOn)}
}

type campaignListCommand struct{}

func (c *campaignListCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		found, err := s.Campaigns(ctx)
		if err != nil {
			return err
		}
		rows := make([]campaignRow, len(found))
		for i, m := range found {
			rows[i] = campaignRowOf(m)
		}
		return o.result(rows, func(w io.Writer) {
			for _, r := range rows {
				fmt.Fprintf(w, "%d\t%s\t%s\t%s\n", r.ID, r.Title, r.StartsOn, r.EndsOn)
			}
		})
	})
}

type campaignNewCommand struct {
	Template   string `required:"" help:"模板编号，见 campaign templates" placeholder:"模板"`
	Year       int    `required:"" help:"年度" placeholder:"年"`
	Title      string `help:"名称，缺省按模板" placeholder:"名称"`
	DocumentNo string `help:"发文字号" placeholder:"字号"`
}

func (c *campaignNewCommand) Run(ctx context.Context, o *output) error {
	if c.Year < 2000 || c.Year > 2100 {
		return model.Errorf(model.Invalid, "年度 %d 有误，应为 2000 到 2100", c.Year)
	}
	return o.withStore(ctx, func(s *store.Store) error {
		m, err := s.NewCampaign(c.Template, c.Year)
		if err != nil {
			return err
		}
		if c.Title != "" {
			m.Title = c.Title
		}
		m.DocumentNo = c.DocumentNo
		if m.ID, err = s.SaveCampaign(ctx, m); err != nil {
			return err
		}
		return o.result(campaignRowOf(m), func(w io.Writer) {
			fmt.Fprintf(w, "已新建专项行动 %d：%s（%s 至 %s）\n", m.ID, m.Title, m.StartsOn, m.EndsOn)
		})
	})
}
