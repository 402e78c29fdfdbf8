package store

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// Besides the permissions of the roles: what everybody may call, and what
// whoever is signed in may, even with a password that has to be changed.
const (
	everybody model.Permission = "everybody"
	signedIn  model.Permission = "signed in"
)

// use is a call of a method as its permission demands; it succeeds for those
// who may, on the folder that furnished makes.
type use struct {
	method string
	need   model.Permission
	call   func(ctx context.Context, s *Store) error
}

// The records of a furnished folder.
const (
	hisDepartment, hisStaff, leaver              = 1, 1, 4
	theCampaign, openLetter, returned, voidedOne = 1, 1, 2, 3
	theAttachment, himself, theDisabled          = 1, 2, 3
	itsIDNumber, itsPhone                        = "990101198507224204", "13900000000"
	itsAccountNo, itsScan                        = "6222020200112233445", "患者王某的红包退还单.pdf"
)

// allUses is the one table of who may do what; the registers of campaigns
// have their parts of it in files of their own.
func allUses() []use {
	return slices.Concat(everyUse, planUses, selfCheckUses, findingUses, drawUses, handoverUses)
}

// everyUse is the part of the folder, the people and the letters.
var everyUse = []use{
	{"Founded", everybody, with(func(ctx context.Context, s *Store) (bool, error) { return s.Founded(ctx) })},
	{"HospitalName", everybody, with(func(ctx context.Context, s *Store) (string, error) { return s.HospitalName(ctx) })},
	{"Logins", everybody, with(func(ctx context.Context, s *Store) ([]string, error) { return s.Logins(ctx) })},
	{"Setting", everybody, with(func(ctx context.Context, s *Store) (string, error) { return s.Setting(ctx, IdleMinutes) })},
	{"AlteredAt", everybody, with(func(ctx context.Context, s *Store) (string, error) { return s.AlteredAt(ctx) })},
	{"Check", everybody, with(func(ctx context.Context, s *Store) ([]Problem, error) { return s.Check(ctx) })},
	{"Rekeying", everybody, with(func(ctx context.Context, s *Store) (bool, error) { return s.Rekeying(ctx) })},
	{"SignIn", everybody, with(func(ctx context.Context, s *Store) (model.Account, error) { return s.SignIn(ctx, "li", password) })},
	{"SignOut", everybody, func(ctx context.Context, s *Store) error { return s.SignOut(ctx, false) }},
	{"Found", everybody, func(ctx context.Context, s *Store) error { // open to all, of use once
		_, err := s.Found(ctx, model.NewHospital("别的医院"), model.Account{Login: "zhao", Name: "赵某"}, clerkPassword)
		if model.CodeOf(err) == model.Conflict {
			return nil
		}
		return errors.Join(errors.New("founded again"), err)
	}},
	{"Recover", everybody, func(ctx context.Context, s *Store) error { // open to whoever has the code
		_, err := s.Recover(ctx, "N9W4-HRB3-6BCD-X58Z-GPHW-PHN7-AK31", "li", clerkPassword)
		if err != nil && strings.Contains(err.Error(), "这不是这个数据文件夹现在的恢复码") {
			return nil
		}
		return errors.Join(errors.New("a wrong code"), err)
	}},
	{"UnfoundedHospital", everybody, func(ctx context.Context, s *Store) error { // closed to all once founded
		if _, err := s.UnfoundedHospital(ctx); model.CodeOf(err) != model.Denied {
			return errors.Join(errors.New("the profile is open"), err)
		}
		return nil
	}},
	{"ChangePassword", signedIn, func(ctx context.Context, s *Store) error {
		a, _ := s.Account()
		old := map[string]string{"li": password, "must": "头一个密码 1号"}[a.Login]
		if old == "" {
			old = clerkPassword
		}
		return s.ChangePassword(ctx, old, "新的密码 2027")
	}},

	{"Hospital", model.Read, with(func(ctx context.Context, s *Store) (model.Hospital, error) { return s.Hospital(ctx) })},
	{"Staff", model.Read, with(func(ctx context.Context, s *Store) (Rows[StaffRow], error) {
		return s.Staff(ctx, StaffFilter{}, Page{})
	})},
	{"StaffMember", model.Read, with(func(ctx context.Context, s *Store) (StaffRow, error) { return s.StaffMember(ctx, hisStaff) })},
	{"StaffWords", model.Read, with(func(ctx context.Context, s *Store) (StaffWords, error) { return s.StaffWords(ctx) })},
	{"Posts", model.Read, with(func(ctx context.Context, s *Store) ([]string, error) { return s.Posts(ctx) })},
	{"Counts", model.Read, with(func(ctx context.Context, s *Store) (Counts, error) { return s.Counts(ctx) })},
	{"Departments", model.Read, with(func(ctx context.Context, s *Store) (Rows[DepartmentRow], error) {
		return s.Departments(ctx, DepartmentFilter{}, Page{})
	})},
	{"Department", model.Read, with(func(ctx context.Context, s *Store) (model.Department, error) {
		return s.Department(ctx, hisDepartment)
	})},
	{"DepartmentNamed", model.Read, with(func(ctx context.Context, s *Store) (model.Department, error) {
		return s.DepartmentNamed(ctx, "急诊科")
	})},
	{"Aliases", model.Read, with(func(ctx context.Context, s *Store) (map[string]string, error) { return s.Aliases(ctx) })},
	{"PartyBranches", model.Read, with(func(ctx context.Context, s *Store) ([]model.PartyBranch, error) { return s.PartyBranches(ctx) })},
	{"RosterQuestions", model.Read, with(func(ctx context.Context, s *Store) ([]DepartmentQuestion, error) {
		return s.RosterQuestions(ctx, reading(person("90", "赵犇", "急诊科", "")))
	})},
	{"Campaigns", model.Read, with(func(ctx context.Context, s *Store) ([]model.Campaign, error) { return s.Campaigns(ctx) })},
	{"Campaign", model.Read, with(func(ctx context.Context, s *Store) (model.Campaign, error) { return s.Campaign(ctx, theCampaign) })},
	{"CampaignNamed", model.Read, with(func(ctx context.Context, s *Store) (model.Campaign, error) { return s.CampaignNamed(ctx, "1") })},
	{"Commitments", model.Read, with(func(ctx context.Context, s *Store) (Rows[CommitmentRow], error) {
		return s.Commitments(ctx, CommitmentFilter{CampaignID: theCampaign, Kind: model.PersonalCommitment}, Page{})
	})},
	{"CommitmentByNumber", model.Read, with(func(ctx context.Context, s *Store) (CommitmentRow, error) {
		return s.CommitmentByNumber(ctx, numberOf(s, openLetter))
	})},
	{"CommitmentRates", model.Read, func(ctx context.Context, s *Store) error {
		_, _, err := s.CommitmentRates(ctx, theCampaign, model.PersonalCommitment)
		return err
	}},
	{"WithoutCommitment", model.Read, with(func(ctx context.Context, s *Store) (int, error) {
		return s.WithoutCommitment(ctx, theCampaign, model.PersonalCommitment)
	})},
	{"Unsigned", model.Read, with(func(ctx context.Context, s *Store) ([]CommitmentRow, error) {
		return s.Unsigned(ctx, CommitmentFilter{CampaignID: theCampaign, Kind: model.PersonalCommitment})
	})},
	{"Unsigned", model.Read, with(func(ctx context.Context, s *Store) ([]CommitmentRow, error) {
		return s.Unsigned(ctx, CommitmentFilter{CampaignID: theCampaign, Kind: model.SupplierCommitment})
	})},
	{"Attachments", model.Read, with(func(ctx context.Context, s *Store) ([]model.Attachment, error) {
		return s.Attachments(ctx, "承诺书", openLetter)
	})},
	{"AuditLines", model.Read, with(func(ctx context.Context, s *Store) ([]model.AuditLine, error) {
		return s.AuditLines(ctx, "职工", hisStaff, 10)
	})},
	{"SaveSetting", model.Read, func(ctx context.Context, s *Store) error { return s.SaveSetting(ctx, TextScale, "120") }},
	{"RecordExport", model.Read, func(ctx context.Context, s *Store) error {
		return s.RecordExport(ctx, "职工", "职工.xlsx", 3, false)
	}},

	{"AuditLines", model.ReadTrail, with(func(ctx context.Context, s *Store) ([]model.AuditLine, error) {
		return s.AuditLines(ctx, "职工", 0, 10)
	})},
	{"AuditLines", model.ReadTrail, with(func(ctx context.Context, s *Store) ([]model.AuditLine, error) {
		return s.AuditLines(ctx, "账号", 1, 10)
	})},
	{"Trail", model.ReadTrail, with(func(ctx context.Context, s *Store) (Rows[model.AuditLine], error) {
		return s.Trail(ctx, TrailFilter{}, Page{})
	})},
	{"TrailWords", model.ReadTrail, with(func(ctx context.Context, s *Store) (TrailWords, error) { return s.TrailWords(ctx) })},

	{"AttachmentContent", model.ReadPlain, func(ctx context.Context, s *Store) error {
		_, _, err := s.AttachmentContent(ctx, theAttachment)
		return err
	}},
	{"RecordExport", model.ReadPlain, func(ctx context.Context, s *Store) error {
		return s.RecordExport(ctx, "职工", "职工.xlsx", 3, true)
	}},

	{"SaveStaff", model.Write, with(func(ctx context.Context, s *Store) (int64, error) {
		return s.SaveStaff(ctx, model.Staff{EmployeeNo: "90", Name: "赵犇", DepartmentID: hisDepartment, IDNumber: itsIDNumber})
	})},
	{"Leave", model.Write, func(ctx context.Context, s *Store) error { return s.Leave(ctx, hisStaff, "2026-08-01", "调出") }},
	{"ComeBack", model.Write, func(ctx context.Context, s *Store) error { return s.ComeBack(ctx, leaver) }},
	{"PlanRoster", model.Write, with(func(ctx context.Context, s *Store) (RosterPlan, error) {
		return s.PlanRoster(ctx, reading(person("90", "赵犇", "急诊科", "")), RosterAnswers{})
	})},
	{"ImportRoster", model.Write, with(func(ctx context.Context, s *Store) (RosterPlan, error) {
		return s.ImportRoster(ctx, "花名册.xlsx", reading(person("90", "赵犇", "急诊科", "")), RosterAnswers{})
	})},
	{"SaveDepartment", model.Write, with(func(ctx context.Context, s *Store) (int64, error) {
		return s.SaveDepartment(ctx, model.Department{Name: "内科"})
	})},
	{"SavePartyBranch", model.Write, with(func(ctx context.Context, s *Store) (int64, error) {
		return s.SavePartyBranch(ctx, model.PartyBranch{Name: "第一支部"})
	})},
	{"SaveCampaign", model.Write, with(func(ctx context.Context, s *Store) (int64, error) {
		return s.SaveCampaign(ctx, model.Campaign{Title: "又一次行动", StartsOn: "2026-01-01", EndsOn: "2026-12-31"})
	})},
	{"MakeCommitments", model.Write, with(func(ctx context.Context, s *Store) (int, error) {
		return s.MakeCommitments(ctx, theCampaign, model.DepartmentCommitment)
	})},
	{"AddPartyCommitment", model.Write, with(func(ctx context.Context, s *Store) (string, error) {
		return s.AddPartyCommitment(ctx, model.Commitment{Paper: model.Paper{CampaignID: theCampaign}, Kind: model.SupplierCommitment, PartyName: "某医药公司"})
	})},
	{"RenewCommitment", model.Write, with(func(ctx context.Context, s *Store) (string, error) {
		return s.RenewCommitment(ctx, voidedOne)
	})},
	{"MarkPrinted", model.Write, func(ctx context.Context, s *Store) error { return s.MarkPrinted(ctx, []int64{openLetter}) }},
	{"ReturnCommitments", model.Write, with(func(ctx context.Context, s *Store) ([]ReturnResult, error) {
		return s.ReturnCommitments(ctx, theCampaign, []string{numberOf(s, openLetter)}, "2026-08-11")
	})},
	{"ReturnDepartment", model.Write, with(func(ctx context.Context, s *Store) (int, error) {
		return s.ReturnDepartment(ctx, CommitmentFilter{CampaignID: theCampaign, Kind: model.PersonalCommitment}, nil, "2026-08-11")
	})},
	{"Attach", model.Write, with(func(ctx context.Context, s *Store) (int64, error) {
		return s.Attach(ctx, "承诺书", openLetter, "扫描件.pdf", scan("甲"))
	})},

	{"ExcuseCommitment", model.Decide, func(ctx context.Context, s *Store) error { return s.ExcuseCommitment(ctx, openLetter, "产假", "") }},
	{"ReopenCommitment", model.Decide, func(ctx context.Context, s *Store) error { return s.ReopenCommitment(ctx, returned, "登记错") }},
	{"VoidCommitment", model.Decide, func(ctx context.Context, s *Store) error { return s.VoidCommitment(ctx, openLetter, "打印模糊") }},
	{"VoidAttachment", model.Decide, func(ctx context.Context, s *Store) error { return s.VoidAttachment(ctx, theAttachment, "扫错了") }},

	{"Backup", model.BackUp, with(func(ctx context.Context, s *Store) (BackupResult, error) { return s.Backup(ctx, folder.Daily, "") })},
	{"VerifyBackup", model.BackUp, func(ctx context.Context, s *Store) error {
		all, err := s.Backups()
		if err == nil {
			_, err = s.VerifyBackup(ctx, all[len(all)-1].Path)
		}
		return err
	}},

	{"SaveHospital", model.Manage, func(ctx context.Context, s *Store) error {
		return s.SaveHospital(ctx, model.NewHospital("某县医院"))
	}},
	{"SaveSetting", model.Manage, func(ctx context.Context, s *Store) error { return s.SaveSetting(ctx, IdleMinutes, "5") }},
	{"AcceptAlteration", model.Manage, func(ctx context.Context, s *Store) error { return s.AcceptAlteration(ctx, "磁盘坏道，已更换") }},
	{"Accounts", model.Manage, with(func(ctx context.Context, s *Store) ([]model.Account, error) { return s.Accounts(ctx) })},
	{"AddAccount", model.Manage, with(func(ctx context.Context, s *Store) (int64, error) {
		return s.AddAccount(ctx, model.Account{Login: "zhao", Name: "赵某", Role: model.Clerk}, clerkPassword)
	})},
	{"SaveAccount", model.Manage, func(ctx context.Context, s *Store) error {
		return s.SaveAccount(ctx, model.Account{ID: himself, Login: "clerk", Name: "钱某", Role: model.Administrator})
	}},
	{"DisableAccount", model.Manage, func(ctx context.Context, s *Store) error { return s.DisableAccount(ctx, himself) }},
	{"EnableAccount", model.Manage, func(ctx context.Context, s *Store) error { return s.EnableAccount(ctx, theDisabled, clerkPassword) }},
	{"ResetPassword", model.Manage, func(ctx context.Context, s *Store) error { return s.ResetPassword(ctx, himself, "重设的密码 77") }},
	{"RenewRecoveryCode", model.Manage, with(func(ctx context.Context, s *Store) (string, error) { return s.RenewRecoveryCode(ctx) })},
	{"Rekey", model.Manage, func(ctx context.Context, s *Store) error { return s.Rekey(ctx, nil) }},
}

// with forgets a call's value.
func with[T any](call func(context.Context, *Store) (T, error)) func(context.Context, *Store) error {
	return func(ctx context.Context, s *Store) error { _, err := call(ctx, s); return err }
}

// numberOf reads a letter's number past all permissions.
func numberOf(s *Store, id int64) string {
	var no string
	s.peek(context.Background()).Raw(`SELECT form_no FROM commitment WHERE id = ?`, id).Scan(&no)
	return no
}

// people sign in as the roles of the table; must is one whose password has to
// be changed, "" nobody.
var people = map[string]model.Role{"": "", "must": "", "li": model.Administrator, "clerk": model.Clerk, "reviewer": model.Reviewer, "auditor": model.Auditor}

func (u use) allows(login string) bool {
	switch {
	case u.need == everybody:
		return true
	case u.need == signedIn:
		return login != ""
	}
	return people[login].May(u.need)
}

// furnished makes a folder in which every use of the table can be tried.
func furnished(t *testing.T) string {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "清风 数据")
	s := openIn(t, dir)
	for login, role := range map[string]model.Role{"clerk": model.Clerk} {
		newAccount(t, s, login, role)
	}
	gone := newAccount(t, s, "gone", model.Clerk)
	ok(t, s.DisableAccount(ctx, gone))
	newAccount(t, s, "reviewer", model.Reviewer)
	newAccount(t, s, "auditor", model.Auditor)
	must[int64](t)(s.AddAccount(ctx, model.Account{Login: "must", Name: "孙某", Role: model.Administrator}, "头一个密码 1号"))
	h := model.NewHospital("某县中医院")
	h.IntegrityNo = itsAccountNo
	ok(t, s.SaveHospital(ctx, h))
	id := letter(t, s)
	m := must[StaffRow](t)(s.StaffMember(ctx, hisStaff)).Staff
	m.IDNumber, m.Phone = itsIDNumber, itsPhone
	must[int64](t)(s.SaveStaff(ctx, m))
	must[int64](t)(s.Attach(ctx, "承诺书", id, itsScan, scan("甲")))
	must[[]ReturnResult](t)(s.ReturnCommitments(ctx, theCampaign, []string{numberOf(s, returned)}, s.Today()))
	ok(t, s.VoidCommitment(ctx, voidedOne, "打印模糊"))
	ok(t, s.Leave(ctx, 2, s.Today(), "调出"))
	ok(t, s.ComeBack(ctx, 2))
	plain := must[int64](t)(s.SaveStaff(ctx, model.Staff{EmployeeNo: "80", Name: "陈龘", DepartmentID: hisDepartment}))
	ok(t, s.Leave(ctx, plain, s.Today(), "退休"))
	ok(t, s.writer.Exec(`INSERT INTO setting VALUES (?, '2026-08-10 09:00')`, alteredAt).Error)
	furnishPlan(t, s)
	furnishSelfChecks(t, s)
	furnishFindings(t, s)
	furnishDraws(t, s)
	furnishHandovers(t, s)
	must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, ""))
	s.Close()
	s.folder.Close()
	return dir
}

func as(t *testing.T, dir, login string) *Store {
	t.Helper()
	s := openLocked(t, dir, cheap)
	switch login {
	case "":
	case "li":
		enter(t, s)
	case "must":
		must[model.Account](t)(s.SignIn(context.Background(), login, "头一个密码 1号"))
	default:
		must[model.Account](t)(s.SignIn(context.Background(), login, clerkPassword))
	}
	return s
}

func TestEveryMethodUnderEveryRole(t *testing.T) {
	ctx := context.Background()
	dir := furnished(t)
	for login := range people {
		denied := as(t, copyFolder(t, dir), login)
		for _, u := range allUses() {
			t.Run(login+" "+u.method, func(t *testing.T) {
				if u.allows(login) {
					s := as(t, copyFolder(t, dir), login)
					if err := u.call(ctx, s); err != nil {
						t.Errorf("may not: %v", err)
					}
					shut(s)
					return
				}
				before, files := dump(t, denied), filesOf(t, denied.folder.Dir())
				wantCode(t, u.call(ctx, denied), model.Denied)
				if d := differences(before, dump(t, denied)); len(d) > 0 {
					t.Errorf("a refused call changed %v", d)
				}
				if d := differences(files, filesOf(t, denied.folder.Dir())); len(d) > 0 {
					t.Errorf("a refused call changed %d files", len(d))
				}
			})
		}
		shut(denied)
	}
}

func TestEveryMethodIsInTheTable(t *testing.T) {
	var listed, have []string
	for _, u := range allUses() {
		listed = append(listed, u.method)
	}
	for m := range reflect.TypeFor[*Store]().Methods() {
		if m.Type.NumIn() > 1 && m.Type.In(1) == reflect.TypeFor[context.Context]() {
			have = append(have, m.Name)
			if !slices.Contains(listed, m.Name) {
				t.Errorf("%s: who may call it? Write it into everyUse", m.Name)
			}
		}
	}
	for _, name := range listed {
		if !slices.Contains(have, name) {
			t.Errorf("everyUse has %s, the store has not", name)
		}
	}
}

// An auditor sees that values are there, and nothing else of them.
func TestAnAuditorSeesNoSensitiveValue(t *testing.T) {
	ctx := context.Background()
	dir := furnished(t)
	for login, want := range map[string]bool{"auditor": false, "reviewer": true, "clerk": true} {
		s := as(t, copyFolder(t, dir), login)
		row := must[StaffRow](t)(s.StaffMember(ctx, hisStaff))
		list := must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{}, Page{Sort: "employee_no"}))
		hospital := must[model.Hospital](t)(s.Hospital(ctx))
		files := must[[]model.Attachment](t)(s.Attachments(ctx, "承诺书", openLetter))
		got := []string{row.IDNumber, row.Phone, list.Items[0].IDNumber, list.Items[0].Phone, hospital.IntegrityNo, files[0].FileName}
		all := []string{filled, filled, filled, filled, filled, filled}
		if want {
			all = []string{itsIDNumber, itsPhone, itsIDNumber, itsPhone, itsAccountNo, itsScan}
		}
		if !slices.Equal(got, all) {
			t.Errorf("%s sees %v", login, got)
		}
		if list.Items[1].IDNumber != "" {
			t.Errorf("%s: nothing is filled there: %q", login, list.Items[1].IDNumber)
		}
		for _, find := range []string{itsIDNumber, itsPhone, strings.ToLower(" " + itsIDNumber + " ")} {
			if n := must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{Find: find}, Page{})).Total; (n == 1) != want {
				t.Errorf("%s finds %d people by %s", login, n, find)
			}
		}
		if login == "auditor" {
			for _, find := range []string{itsIDNumber, itsPhone, itsAccountNo, itsScan} {
				if n := must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{Find: find}, Page{})).Total; n != 0 {
					t.Errorf("the trail holds %s", find)
				}
			}
		}
		shut(s)
	}
}
