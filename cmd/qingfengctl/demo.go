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

// demo makes the sample hospital. Its clock runs through the year, so that
// every date in it is the same on every day on which it is made.
type demo struct {
	store    *store.Store
	asset    assets.Demo
	clock    time.Time
	accounts []demoAccount
	recovery string
	files    []string

	adminPassword string
	campaign      model.Campaign // the one in hand
	stating       []string       // findings that self-checks stated
	inspected     []string       // findings of inspections
	draw          int64
	coming        []demoEvent // what is still to happen, by time
	custody       int64
	slips         map[model.DispositionKind]bool // of which one is printed
}

// demoAccount is how somebody who tries the sample signs in. The password is
// "" when whoever made the sample gave it.
type demoAccount struct {
	Login    string     `json:"login"`
	Name     string     `json:"name"`
	Role     model.Role `json:"role"`
	Password string     `json:"password,omitempty"`
}

func (c *demoCommand) Run(ctx context.Context, o *output) error {
	asset, err := assets.DemoHospital()
	if err != nil {
		return err
	}
	password, err := o.passwordSecret().given()
	if err != nil {
		return err
	}
	d := &demo{asset: asset, clock: time.Date(asset.Campaign.Year, 1, 5, 9, 0, 0, 0, time.Local), slips: map[model.DispositionKind]bool{}}
	return o.withNewFolder(ctx, c.Out, func() time.Time { return d.clock }, func(s *store.Store) error {
		d.store = s
		if err := d.found(ctx, password); err != nil {
			return err
		}
		if err := d.make(ctx); err != nil {
			return err
		}
		return d.report(ctx, o)
	})
}

// make does a year's work as the clerk: red envelopes from January on, a
// campaign from July on.
func (d *demo) make(ctx context.Context) error {
	if err := d.clerk(ctx); err != nil {
		return err
	}
	if err := d.people(ctx); err != nil {
		return err
	}
	if err := d.expectHandovers(); err != nil {
		return err
	}
	err := d.until(ctx, time.Date(d.asset.Campaign.Year, 7, 6, 9, 0, 0, 0, time.Local))
	if err != nil {
		return err
	}
	if d.campaign, err = d.start(ctx); err != nil {
		return err
	}
	for _, step := range []func(context.Context, model.Campaign) error{d.print, d.selfChecks, d.returns, d.rectify, d.lists} {
		if err := step(ctx, d.campaign); err != nil {
			return err
		}
	}
	if err := d.handoverPapers(ctx); err != nil {
		return err
	}
	return d.backup(ctx)
}

// found makes the hospital and its administrator. Without a given password
// there is a random one.
func (d *demo) found(ctx context.Context, password string) (err error) {
	admin := demoAccount{Login: "li", Name: "李某", Role: model.Administrator}
	if password == "" {
		admin.Password = randomPassword()
		password = admin.Password
	}
	d.accounts, d.adminPassword = append(d.accounts, admin), password
	h := d.asset.Hospital
	d.recovery, err = d.store.Found(ctx, model.Hospital{
		Name: h.Name, CreditCode: h.CreditCode, Office: h.Office, ReportPhone: h.ReportPhone,
		ReportAddress: h.ReportAddress, Mailbox: h.Mailbox, ReceptionHours: h.ReceptionHours,
		IntegrityAccount: h.IntegrityAccount, IntegrityBank: h.IntegrityBank, IntegrityNo: h.IntegrityNo,
		Bureau: h.Bureau, HandoverLimit: h.HandoverLimit, HandoverUnit: model.HandoverUnit(h.HandoverUnit),
		HandoverDocument: h.HandoverDocument,
	}, model.Account{Login: admin.Login, Name: admin.Name}, password)
	return err
}

// clerk lets a clerk start who has changed the first password, and who does
// all that follows: the sample's trail shows two people.
func (d *demo) clerk(ctx context.Context) error {
	clerk := demoAccount{Login: "wang", Name: "王某", Role: model.Clerk, Password: randomPassword()}
	first := randomPassword()
	if _, err := d.store.AddAccount(ctx, model.Account{Login: clerk.Login, Name: clerk.Name, Role: clerk.Role}, first); err != nil {
		return err
	}
	if _, err := d.store.SignIn(ctx, clerk.Login, first); err != nil {
		return err
	}
	d.accounts = append(d.accounts, clerk)
	return d.store.ChangePassword(ctx, first, clerk.Password)
}

// backup shows where backups lie and what they are called.
func (d *demo) backup(ctx context.Context) error {
	made, err := d.store.Backup(ctx, folder.OnDemand, "")
	d.files = append(d.files, made.Path)
	return err
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

func (d *demo) start(ctx context.Context) (model.Campaign, error) {
	plan, err := d.store.NewPlan(d.asset.Campaign.Template, d.asset.Campaign.Year)
	if err != nil {
		return plan.Campaign, err
	}
	plan.DocumentNo = d.asset.Campaign.DocumentNo
	if plan.ID, err = d.store.StartCampaign(ctx, plan); err != nil {
		return plan.Campaign, err
	}
	c := plan.Campaign
	for _, p := range d.asset.Parties {
		if _, err := d.store.AddPartyCommitment(ctx, model.Commitment{Paper: model.Paper{CampaignID: c.ID}, Kind: model.CommitmentKind(p.Kind),
			PartyName: p.Name, PartyCode: p.Code, PartyPerson: p.Person}); err != nil {
			return c, err
		}
	}
	return c, nil
}

// print makes the letters of each kind and puts them on paper.
func (d *demo) print(ctx context.Context, c model.Campaign) error {
	if err := d.wait(ctx, 7); err != nil {
		return err
	}
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
	for _, nos := range batches {
		if err := d.wait(ctx, 7); err != nil {
			return err
		}
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
	missing := func(path string) (int, error) { return writeMissing(ctx, d.store, filter, path) }
	rates := func(path string) (int, error) { return writeRates(ctx, d.store, c.ID, filter.Kind, path) }
	unchecked := func(path string) (int, error) {
		f := store.SelfCheckFilter{CampaignID: c.ID, Kind: model.PersonalSelfCheck}
		table, err := issue.UncheckedTable(ctx, d.store, f)
		if err != nil {
			return 0, err
		}
		return len(table.Rows), writeAs(path, func(w io.Writer) error {
			_, err := issue.Unchecked(ctx, w, d.store, f, page.ThisMachine())
			return err
		}, table)
	}
	for _, list := range []struct {
		name  string
		write func(path string) (int, error)
	}{{"未签名单", missing}, {"签订率", rates}, {"未查名单", unchecked}} {
		for _, extension := range []string{".pdf", ".xlsx"} {
			path := d.path(list.name + extension)
			err := exported(ctx, d.store, export{what: list.name, path: path}, func() (int, error) { return list.write(path) })
			if err != nil {
				return err
			}
			d.files = append(d.files, path)
		}
	}
	return nil
}

func (d *demo) path(name string) string { return filepath.Join(d.store.Folder().Output(), name) }
