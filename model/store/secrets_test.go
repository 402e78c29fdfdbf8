package store

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"qingfeng/model"
	"qingfeng/model/folder"
)

// secret values that a day's work puts in, each to be found nowhere.
const (
	typedLogin     = "zhongguo2026mima" // a password in the field of the name
	typedPassword  = "猜错的密码 3141"
	changedPhone   = "13811112222"
	replacedPhone  = "13733334444"
	pastedID       = "99010119900101211X"
	scanText       = "患者王某退还红包三千元整"
	pickedPassword = "秋水长天 8086"
)

func secretValues(codes ...string) []string {
	values := []string{itsIDNumber, itsPhone, itsAccountNo, itsScan, strings.TrimSuffix(itsScan, ".pdf"), scanText, typedLogin, typedPassword,
		changedPhone, replacedPhone, pastedID, password, clerkPassword, pickedPassword, "头一个密码 1号", idOf(7), phoneOf(7)}
	values = append(values, itsSecrets...)
	for _, c := range codes {
		values = append(values, c, strings.ReplaceAll(c, "-", ""), strings.ToLower(c))
	}
	return values
}

// shapes are how a value may lie in a file: as it is, as Windows writes text,
// and as base64 writes it wherever it begins.
func shapes(value string) map[string][]byte {
	out := map[string][]byte{"plain": []byte(value)}
	var wide []byte
	for _, u := range utf16.Encode([]rune(value)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	out["UTF-16"] = wide
	for shift := range 3 {
		text := base64.RawStdEncoding.EncodeToString(append(bytes.Repeat([]byte{'x'}, shift), value...))
		// The first and last characters depend on what lies beside the value.
		from, to := (shift*8+5)/6, len(text)-2
		out[fmt.Sprintf("base64 at %d", shift)] = []byte(text[from:to])
		out[fmt.Sprintf("URL base64 at %d", shift)] = []byte(strings.NewReplacer("+", "-", "/", "_").Replace(text[from:to]))
	}
	out["JSON escapes"] = []byte(strings.Trim(fmt.Sprintf("%+q", value), `"`))
	return out
}

// wantNoSecret searches all files below a folder for all values.
func wantNoSecret(t *testing.T, when, dir string, values []string) {
	t.Helper()
	searched := 0
	ok(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		searched++
		for _, v := range values {
			for shape, b := range shapes(v) {
				if bytes.Contains(data, b) {
					t.Errorf("%s: %s holds %q (%s)", when, d.Name(), v, shape)
				}
			}
		}
		return nil
	}))
	if searched < 3 {
		t.Errorf("%s: only %d files were searched", when, searched)
	}
}

// The search must find what is there.
func TestTheSearchForSecretsFindsThem(t *testing.T) {
	for shape, b := range shapes(itsScan) {
		for _, around := range []string{"", "x", "xy", "xyz"} {
			text := base64.StdEncoding.EncodeToString([]byte(around + itsScan + "z"))
			if strings.HasPrefix(shape, "base64") && fmt.Sprintf("base64 at %d", len(around)%3) == shape && !strings.Contains(text, string(b)) {
				t.Errorf("%s behind %q is not found", shape, around)
			}
		}
	}
	if len(shapes(itsPhone)) != 9 {
		t.Error("not all shapes")
	}
}

// aDay does what an office does, with sensitive values everywhere.
func aDay(t *testing.T, s *Store, codes *[]string) {
	t.Helper()
	ctx := context.Background()
	dept := must[int64](t)(s.SaveDepartment(ctx, model.Department{Name: "检验科"}))
	who := model.Staff{EmployeeNo: "S1", Name: "陈龘", DepartmentID: dept, IDNumber: itsIDNumber, Phone: changedPhone}
	who.ID = must[int64](t)(s.SaveStaff(ctx, who))
	for _, phone := range []string{replacedPhone, "", itsPhone} {
		who.Phone = phone
		must[int64](t)(s.SaveStaff(ctx, who))
	}
	_, err := s.SaveStaff(ctx, model.Staff{EmployeeNo: "S1", Name: "吴㛃", DepartmentID: dept, IDNumber: pastedID})
	wantCode(t, err, model.Invalid)
	h := model.NewHospital("某县中医院")
	h.IntegrityNo = itsAccountNo
	ok(t, s.SaveHospital(ctx, h))
	rows := []model.RosterRow{person("S1", "陈龘", "检验科", ""), person("S2", "胡𫖮", "检验科", "")}
	rows[1].Staff.IDNumber, rows[1].Staff.Phone = idOf(7), phoneOf(7)
	must[RosterPlan](t)(s.ImportRoster(ctx, "花名册.xlsx", reading(rows...), RosterAnswers{}))
	rows[0].Staff.Name, rows[0].Staff.IDNumber = "别的人", pastedID // rejected: another person
	must[RosterPlan](t)(s.ImportRoster(ctx, "花名册.xlsx", reading(rows...), RosterAnswers{}))

	c := must[model.Plan](t)(s.NewPlan("county-plan-2024", 2027))
	c.ID = must[int64](t)(s.StartCampaign(ctx, c))
	must[int](t)(s.MakeCommitments(ctx, c.ID, model.PersonalCommitment))
	letters := must[Rows[CommitmentRow]](t)(s.Commitments(ctx, CommitmentFilter{CampaignID: c.ID, Kind: model.PersonalCommitment}, Page{})).Items
	ok(t, s.MarkPrinted(ctx, []int64{letters[0].ID}))
	scanID := must[int64](t)(s.Attach(ctx, "承诺书", letters[0].ID, itsScan, scan(strings.Repeat(scanText, 500))))
	_, err = s.Attach(ctx, "承诺书", letters[0].ID, itsScan, strings.NewReader(scanText))
	wantCode(t, err, model.Invalid)
	for _, find := range []string{itsIDNumber, itsPhone, idOf(7)} {
		must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{Find: find}, Page{}))
		must[Rows[model.AuditLine]](t)(s.Trail(ctx, TrailFilter{Find: find}, Page{}))
	}
	ok(t, s.RecordExport(ctx, "职工", "职工.xlsx", 2, true))

	furnishHandovers(t, s)
	for _, secret := range itsSecrets {
		must[Rows[HandoverRow]](t)(s.Handovers(ctx, HandoverFilter{Find: secret}, Page{}))
	}
	must[HandoverImport](t)(s.ImportHandovers(ctx, []model.HandoverRecord{oldHandover(2)}, false))

	for _, login := range []string{typedLogin, "li", "wang"} {
		_, err = s.SignIn(ctx, login, typedPassword)
		wantCode(t, err, model.Denied)
	}
	newAccount(t, s, "wang", model.Clerk)
	ok(t, s.ChangePassword(ctx, password, pickedPassword))
	ok(t, s.ChangePassword(ctx, pickedPassword, password))
	_, err = s.Recover(ctx, (*codes)[0][:20]+"-7777-77", typedLogin, typedPassword)
	wantCode(t, err, model.Invalid)
	*codes = append(*codes, must[string](t)(s.RenewRecoveryCode(ctx)))
	*codes = append(*codes, must[string](t)(s.Recover(ctx, (*codes)[len(*codes)-1], "li", password)))

	must[BackupResult](t)(s.Backup(ctx, folder.Daily, ""))
	ok(t, s.Rekey(ctx, nil))
	ok(t, s.VoidAttachment(ctx, scanID, "扫错了"))
	must[BackupResult](t)(s.Backup(ctx, folder.OnDemand, ""))
	clean(t, s)
}

func logged(t *testing.T) *bytes.Buffer {
	var log bytes.Buffer
	usual := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(usual) })
	return &log
}

func TestNoFileHoldsASensitiveValue(t *testing.T) {
	log := logged(t)
	dir := filepath.Join(t.TempDir(), "清风 数据")
	f := openLocked(t, dir, cheap)
	codes := []string{must[string](t)(f.Found(context.Background(), model.NewHospital("某县中医院"), model.Account{Login: "li", Name: "李某"}, password))}
	searchADay(t, dir, f, codes)
	if slices.ContainsFunc(secretValues(codes...), func(v string) bool { return strings.Contains(log.String(), v) }) {
		t.Errorf("the log holds a sensitive value: %s", log)
	}
}

// searchADay lets a day pass and searches the files again and again.
func searchADay(t *testing.T, dir string, s *Store, codes []string) {
	t.Helper()
	ctx := context.Background()
	aDay(t, s, &codes)
	values := secretValues(codes...)
	wantNoSecret(t, "open", dir, values)
	if info, err := os.Stat(s.folder.Database() + "-wal"); err != nil || info.Size() == 0 {
		t.Error("there was no write-ahead log to search")
	}
	all := must[[]folder.Backup](t)(s.Backups())
	shut(s)
	wantNoSecret(t, "closed", dir, values)
	held, err := folder.Open(dir, folder.Holder{Program: "测试"})
	ok(t, err)
	_, err = Restore(ctx, held, all[0].Path, typedPassword, cheap.Now)
	wantCode(t, err, model.Denied)
	must[Restored](t)(Restore(ctx, held, all[0].Path, codes[len(codes)-1], cheap.Now))
	held.Close()
	wantNoSecret(t, "restored", dir, values)
	s = openLocked(t, dir, cheap)
	enter(t, s)
	clean(t, s)
	wantNoSecret(t, "open again", dir, values)
	if got := must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{Find: itsIDNumber}, Page{})); got.Total != 1 || got.Items[0].Phone != itsPhone {
		t.Errorf("the values themselves: %+v", got)
	}
}

// The first schema knew no encryption; what it held is locked with the first
// start, and the copy made before goes, whatever happens in between.
func TestAFolderOfTheFirstSchemaHoldsNoSensitiveValue(t *testing.T) {
	ctx := context.Background()
	old := []string{
		`PRAGMA secure_delete = 0`, // as the first release had it
		`UPDATE staff SET id_number = '` + pastedID + `', phone = '` + changedPhone + `' WHERE id = 1`,
		`CREATE TABLE spare AS SELECT '` + replacedPhone + `' AS phone FROM audit, audit, audit, audit`,
		`DROP TABLE spare`, // stays in free pages
		`INSERT INTO hospital VALUES (1, '某县中医院', '', '行风办', '', '', '', '', '某医院', '某银行', '` + itsAccountNo + `', '', 24, '小时')`,
		// Its audit lines told the account's number.
		`INSERT INTO audit (at, actor, action, entity, entity_id, label, before, after) VALUES (1786449600, '李某', '新增', '医院概况', 1, '某县中医院', '', '{"integrity_no":"` + itsAccountNo + `","handover_limit":24}')`,
		`INSERT INTO audit (at, actor, action, entity, entity_id, label, before, after) VALUES (1786449600, '李某', '修改', '医院概况', 1, '某县中医院', '{"integrity_no":"` + itsAccountNo + `"}', '{"integrity_no":""}')`,
	}
	dir := filepath.Join(t.TempDir(), "清风数据 [1]") // not a pattern
	ok(t, os.Rename(firstSchema(t, old...), dir))
	found := func(s *Store) []string {
		t.Helper()
		h := must[model.Hospital](t)(s.UnfoundedHospital(ctx))
		if h.IntegrityNo != itsAccountNo {
			t.Errorf("the profile before has %q", h.IntegrityNo)
		}
		return []string{must[string](t)(s.Found(ctx, h, model.Account{Login: "li", Name: "李某"}, password))}
	}

	s := openLocked(t, dir, cheap)
	plain, err := folder.Named(s.folder.Backups(), plainCopy)
	if err != nil || len(plain) != 1 {
		t.Fatalf("copies made before: %v %v", plain, err)
	}
	if data := must[[]byte](t)(os.ReadFile(s.folder.Database())); !bytes.Contains(data, []byte(replacedPhone)) {
		t.Error("the free space does not hold what the test looks for")
	}
	copied := must[[]byte](t)(os.ReadFile(plain[0]))
	if !bytes.Contains(copied, []byte(changedPhone)) {
		t.Fatal("the copy does not hold what the test looks for")
	}
	shut(s)
	twin := copyFolder(t, dir)
	s = openLocked(t, dir, cheap)
	codes := found(s)
	values := append(secretValues(codes...), `"`+itsAccountNo+`"`)
	wantNoSecret(t, "just founded", dir, values)
	clean(t, s)
	if m := must[StaffRow](t)(s.StaffMember(ctx, 1)); m.IDNumber != pastedID || m.Phone != changedPhone {
		t.Errorf("its values are %q and %q", m.IDNumber, m.Phone)
	}
	line := must[[]model.AuditLine](t)(s.AuditLines(ctx, "医院概况", 1, 10))
	if last := line[len(line)-1]; last.After != `{"handover_limit":24,"integrity_no":"`+filled+`"}` {
		t.Errorf("its oldest line is %+v", last)
	}
	searchADay(t, dir, s, codes)

	// Killed between the founding and the removal of the copy.
	s = openLocked(t, twin, cheap)
	codes = found(s)
	shut(s)
	ok(t, os.WriteFile(filepath.Join(twin, "backups", filepath.Base(plain[0])), copied, 0o600))
	openLocked(t, twin, cheap)
	wantNoSecret(t, "after the next start", twin, secretValues(codes...))
}
