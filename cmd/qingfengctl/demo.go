package main

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
	"qingfeng/report/sheet"
)

type demoCommand struct {
	Out string `required:"" help:"要新建的文件夹" placeholder:"文件夹" type:"path"`
}

// demo makes the sample hospital. Its clock runs through the campaign, so that
// every date in it is the same on every day on which it is made.
type demo struct {
	store *store.Store
	asset assets.Demo
	clock time.Time
	files []string
}

func (c *demoCommand) Run(ctx context.Context, o *output) error {
	asset, err := assets.DemoHospital()
	if err != nil {
		return err
	}
	d := &demo{asset: asset, clock: time.Date(asset.Campaign.Year, 7, 6, 9, 0, 0, 0, time.Local)}
	return o.withNewFolder(ctx, c.Out, func() time.Time { return d.clock }, func(s *store.Store) error {
		d.store = s
		if err := d.make(ctx); err != nil {
			return err
		}
		return d.report(ctx, o)
	})
}

func (d *demo) make(ctx context.Context) error {
	if err := d.hospital(ctx); err != nil {
		return err
	}
	if err := d.people(ctx); err != nil {
		return err
	}
	campaign, err := d.campaign(ctx)
	if err != nil {
		return err
	}
	if err := d.print(ctx, campaign); err != nil {
		return err
	}
	if err := d.returns(ctx, campaign); err != nil {
		return err
	}
	return d.lists(ctx, campaign)
}

func (d *demo) hospital(ctx context.Context) error {
	h := d.asset.Hospital
	return d.store.SaveHospital(ctx, model.Hospital{
		Name: h.Name, CreditCode: h.CreditCode, Office: h.Office, ReportPhone: h.ReportPhone,
		ReportAddress: h.ReportAddress, Mailbox: h.Mailbox, ReceptionHours: h.ReceptionHours,
		IntegrityAccount: h.IntegrityAccount, IntegrityBank: h.IntegrityBank, IntegrityNo: h.IntegrityNo,
		Bureau: h.Bureau, HandoverLimit: h.HandoverLimit, HandoverUnit: model.HandoverUnit(h.HandoverUnit)})
}

// people imports the roster as the office would and adds what no roster says.
func (d *demo) people(ctx context.Context) error {
	data, err := assets.DemoRoster()
	if err != nil {
		return err
	}
	path := d.path("花名册.xlsx")
	if err := folder.WriteFile(path, func(w io.Writer) error { _, err := w.Write(data); return err }); err != nil {
		return err
	}
	d.files = append(d.files, path)
	reading, err := sheet.ReadRoster(d.store.Assets(), path, "")
	if err != nil {
		return err
	}
	if _, err := d.store.ImportRoster(ctx, filepath.Base(path), reading, store.RosterAnswers{}); err != nil {
		return err
	}
	return d.departments(ctx)
}

func (d *demo) departments(ctx context.Context) error {
	kinds := map[string]model.DepartmentKind{}
	for kind, names := range d.asset.Kinds {
		for _, name := range names {
			kinds[name] = model.DepartmentKind(kind)
		}
	}
	found, err := d.store.Departments(ctx, store.DepartmentFilter{}, store.Page{})
	if err != nil {
		return err
	}
	for _, row := range found.Items {
		dept := row.Department
		if dept.Kind = kinds[dept.Name]; dept.Kind == "" {
			dept.Kind = "临床"
		}
		staff, err := d.store.Staff(ctx, store.StaffFilter{DepartmentID: dept.ID}, store.Page{})
		if err != nil {
			return err
		}
		for _, m := range staff.Items {
			if m.Position == "护士长" {
				dept.NurseHeadID = m.ID
			}
		}
		if _, err := d.store.SaveDepartment(ctx, dept); err != nil {
			return err
		}
		if err := d.posts(ctx, dept.Name, staff.Items); err != nil {
			return err
		}
	}
	return nil
}

// posts gives each department a grid supervisor and marks the key posts.
func (d *demo) posts(ctx context.Context, department string, staff []store.StaffRow) error {
	for i, m := range staff {
		m.GridSupervisor = i == 1
		m.KeyPostReason = d.asset.KeyPosts[department]
		if _, err := d.store.SaveStaff(ctx, m.Staff); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) campaign(ctx context.Context) (model.Campaign, error) {
	c, err := d.store.NewCampaign(d.asset.Campaign.Template, d.asset.Campaign.Year)
	if err != nil {
		return c, err
	}
	c.DocumentNo = d.asset.Campaign.DocumentNo
	if c.ID, err = d.store.SaveCampaign(ctx, c); err != nil {
		return c, err
	}
	for _, p := range d.asset.Parties {
		if _, err := d.store.AddPartyCommitment(ctx, model.Commitment{CampaignID: c.ID, Kind: model.CommitmentKind(p.Kind),
			PartyName: p.Name, PartyCode: p.Code, PartyPerson: p.Person}); err != nil {
			return c, err
		}
	}
	return c, nil
}

// print makes the letters of each kind and puts them on paper.
func (d *demo) print(ctx context.Context, c model.Campaign) error {
	d.clock = d.clock.AddDate(0, 0, 7)
	for _, kind := range model.CommitmentKinds {
		path := d.path("承诺书-" + kind.Label + ".pdf")
		filter := store.CommitmentFilter{CampaignID: c.ID, Kind: kind.Kind}
		if _, _, err := printLetters(ctx, d.store, filter, path, true); err != nil {
			return err
		}
		d.files = append(d.files, path)
	}
	return nil
}

// returns lets most letters come back over four weeks, some departments being
// slower, excuses a few people and voids two letters, and lets newcomers start.
func (d *demo) returns(ctx context.Context, c model.Campaign) error {
	filter := store.CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}
	found, err := d.store.Commitments(ctx, filter, store.Page{})
	if err != nil {
		return err
	}
	start := d.clock
	batches := make([][]string, 4)
	for i, row := range found.Items {
		switch {
		case i%97 == 40:
			err = d.store.ExcuseCommitment(ctx, row.ID, "产假", c.EndsOn)
		case i == 100 || i == 300:
			err = d.store.VoidCommitment(ctx, row.ID, "姓名打印模糊，重新打印")
		case i/12%7 == 3 && i%12 >= 8 || i%53 == 7:
			// still out
		default:
			batches[i%4] = append(batches[i%4], row.FormNo)
		}
		if err != nil {
			return err
		}
	}
	for week, nos := range batches {
		d.clock = start.AddDate(0, 0, 7*(week+1))
		if _, err := d.store.ReturnCommitments(ctx, c.ID, nos, day.Of(d.clock)); err != nil {
			return err
		}
	}
	if err := d.departmentReturns(ctx, c); err != nil {
		return err
	}
	return d.newcomers(ctx, found.Items[0])
}

func (d *demo) departmentReturns(ctx context.Context, c model.Campaign) error {
	found, err := d.store.Commitments(ctx, store.CommitmentFilter{CampaignID: c.ID, Kind: model.DepartmentCommitment}, store.Page{})
	if err != nil {
		return err
	}
	var nos []string
	for i, row := range found.Items {
		if i%9 != 4 {
			nos = append(nos, row.FormNo)
		}
	}
	_, err = d.store.ReturnCommitments(ctx, c.ID, nos, day.Of(d.clock))
	return err
}

func (d *demo) newcomers(ctx context.Context, colleague store.CommitmentRow) error {
	m, err := d.store.StaffMember(ctx, colleague.StaffID)
	if err != nil {
		return err
	}
	for i, name := range []string{"孙𣲗", "胡𫖮", "阿依古丽·买买提"} {
		if _, err := d.store.SaveStaff(ctx, model.Staff{EmployeeNo: fmt.Sprintf("02%03d", i+1), Name: name,
			DepartmentID: m.DepartmentID, Post: "行政", JoinedOn: "2026-08", Note: "新入职"}); err != nil {
			return err
		}
	}
	return nil
}

// lists writes what the office takes to its meeting.
func (d *demo) lists(ctx context.Context, c model.Campaign) error {
	filter := store.CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}
	missing := func(w io.Writer) error {
		_, err := issue.Missing(ctx, w, d.store, filter, page.ThisMachine())
		return err
	}
	rates := func(w io.Writer) error {
		_, err := issue.Rates(ctx, w, d.store, c.ID, filter.Kind, page.ThisMachine())
		return err
	}
	missingTable := func() (sheet.Table, error) { return issue.MissingTable(ctx, d.store, filter) }
	ratesTable := func() (sheet.Table, error) { return issue.RatesTable(ctx, d.store, c.ID, filter.Kind) }
	for _, name := range []string{"未签名单.pdf", "未签名单.xlsx"} {
		if err := d.list(name, missing, missingTable); err != nil {
			return err
		}
	}
	for _, name := range []string{"签订率.pdf", "签订率.xlsx"} {
		if err := d.list(name, rates, ratesTable); err != nil {
			return err
		}
	}
	return nil
}

func (d *demo) list(name string, pdf func(io.Writer) error, table func() (sheet.Table, error)) error {
	path := d.path(name)
	d.files = append(d.files, path)
	return writeAs(path, pdf, table)
}

func (d *demo) path(name string) string { return filepath.Join(d.store.Folder().Output(), name) }

// report lists what was made.
func (d *demo) report(ctx context.Context, o *output) error {
	counts, err := d.store.Counts(ctx)
	if err != nil {
		return err
	}
	campaigns, err := d.store.Campaigns(ctx)
	if err != nil {
		return err
	}
	rates := map[string]rateRow{}
	for _, kind := range model.CommitmentKinds {
		sum, _, err := d.store.CommitmentRates(ctx, campaigns[0].ID, kind.Kind)
		if err != nil {
			return err
		}
		rates[string(kind.Kind)] = rateRowOf("", sum)
	}
	made := map[string]any{"data": d.store.Folder().Dir(), "departments": counts.Departments, "staff": counts.Staff,
		"campaign": campaigns[0].Title, "commitments": rates, "files": d.files}
	return o.result(made, func(w io.Writer) {
		fmt.Fprintf(w, "示例医院已建好：%s\n", d.asset.Hospital.Name)
		fmt.Fprintf(w, "  数据文件夹　%s\n  科室　%d 个　　在职职工　%d 人\n  专项行动　%s\n",
			d.store.Folder().Dir(), counts.Departments, counts.Staff, campaigns[0].Title)
		for _, kind := range model.CommitmentKinds {
			r := rates[string(kind.Kind)]
			fmt.Fprintf(w, "  %s承诺书　应签 %d，已交回 %d，未交回 %d，免签 %d\n", kind.Label, r.Expected, r.Returned, r.Missing, r.Excused)
		}
		for _, path := range d.files {
			fmt.Fprintf(w, "  文件　%s\n", path)
		}
	})
}
