package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/vault"
)

// A program that writes all the time is killed at random moments, over and
// over on the same folder. After each kill the folder has to open, with every
// change that was acknowledged, none of those that were not half done, and
// nothing for the check to find. A kill leaves to the disk what the system's
// cache holds: what a power cut loses is not tried here.
//
// Environment: QINGFENG_KILLS, kills of each folder instead of 20;
// QINGFENG_SEED, that of an earlier run.
func TestAKilledWriterLosesNothing(t *testing.T) {
	const folders = 10
	kills := int(number(t, "QINGFENG_KILLS", 20))
	seed := number(t, "QINGFENG_SEED", uint64(time.Now().UnixNano())%1e9)
	t.Logf("QINGFENG_SEED=%d: %d folders, each killed %d times", seed, folders, kills)
	all := make([]tally, folders)
	t.Run("folders", func(t *testing.T) {
		for i := range folders {
			t.Run(strconv.Itoa(i), func(t *testing.T) {
				t.Parallel()
				k := &killer{T: t, dir: filepath.Join(t.TempDir(), "清风 数据"), r: rand.New(rand.NewPCG(seed, uint64(i))),
					facts: map[string]string{}, proven: map[string]bool{}, backups: map[string]bool{}, key: 1}
				for k.kills < kills && !t.Failed() {
					k.once()
				}
				k.end()
				all[i] = k.tally
			})
		}
	})
	var sum tally
	for _, one := range all {
		sum.add(one)
	}
	t.Logf("%+v", sum)
	if !t.Failed() && (sum.kills < folders*kills || sum.changes < sum.kills || sum.cut == 0) {
		t.Error("the kills hit nothing")
	}
}

func number(t *testing.T, variable string, usual uint64) uint64 {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return usual
	}
	return must[uint64](t)(strconv.ParseUint(text, 10, 64))
}

// tally is what a run came across.
type tally struct {
	kills, changes int // changes that were acknowledged
	cut, kept      int // begun but not acknowledged, and those of them that are there
	rekeys         int // key changes that a kill interrupted
	backups        int // proven ones
}

func (a *tally) add(b tally) {
	a.kills, a.changes, a.cut, a.kept = a.kills+b.kills, a.changes+b.changes, a.cut+b.cut, a.kept+b.kept
	a.rekeys, a.backups = a.rekeys+b.rekeys, a.backups+b.backups
}

// killer is what a test knows of one folder from the writers that it killed.
type killer struct {
	*testing.T
	dir      string
	r        *rand.Rand
	last     int64             // number of the last change that was begun
	facts    map[string]string // what was acknowledged
	key      int               // number of the data key
	rekeying bool              // a change of it was begun
	backups  map[string]bool   // names of the acknowledged ones that nothing removes
	proven   map[string]bool   // names of backups that were opened
	tally
}

// once starts a writer, kills it and looks at the folder.
func (k *killer) once() {
	if k.r.IntN(4) == 0 { // who opens a folder after a kill may be killed himself
		k.life(true)
	}
	cut := k.life(false)
	s := openLocked(k, k.dir, inTime)
	defer shut(s)
	got := look(k, s, k.facts, cut)
	k.settle(got, cut)
	if len(got) > 0 {
		k.lookAtKeys(s)
		k.lookAtBackups(s)
	}
	clean(k, s)
	k.kills++
}

// life runs a writer until it is killed, and returns what it had begun.
func (k *killer) life(idle bool) (cut []said) {
	known, err := json.Marshal(known{Last: k.last, Seed: k.r.Uint64(), Idle: idle, Facts: k.facts})
	ok(k, err)
	c := startChild(k, "write", k.dir, bytes.NewReader(known))
	reached, heard := make(chan bool), make(chan []said)
	when := k.r.IntN(4)
	if when == 0 || idle { // at any time from its start
		go listen(c, 0, reached, heard)
		<-reached
		time.Sleep(time.Duration(k.r.IntN(80)) * time.Millisecond)
	} else { // after some changes
		go listen(c, 1+k.r.IntN(40), reached, heard)
		<-reached
		if when == 1 {
			awaitWriting(k.dir)
		}
		time.Sleep(time.Duration(k.r.IntN(4000)>>(4-when)) * time.Microsecond)
	}
	c.Process.Kill()
	all := <-heard
	c.Wait()
	if complaint := c.complaint.String(); complaint != "" {
		k.Fatalf("the writer: %s", complaint)
	}
	return k.fold(all)
}

// awaitWriting waits until something is written to the database or its journal.
func awaitWriting(dir string) {
	last := func() (at time.Time) {
		for _, suffix := range []string{"", "-wal", "-journal"} {
			if info, err := os.Stat(filepath.Join(dir, databaseEntry+suffix)); err == nil && info.ModTime().After(at) {
				at = info.ModTime()
			}
		}
		return at
	}
	before := last()
	for deadline := time.Now().Add(200 * time.Millisecond); !last().After(before) && time.Now().Before(deadline); {
		runtime.Gosched()
	}
}

// listen gathers what a writer says to its end, and tells when that are as many
// lines, or when it has ended.
func listen(c *child, lines int, reached chan<- bool, heard chan<- []said) {
	var all []said
	told := false
	for {
		if !told && len(all) >= lines {
			told = true
			reached <- true
		}
		line, err := c.says.ReadBytes('\n')
		var one said
		if err != nil || json.Unmarshal(line, &one) != nil { // a line that was cut off was not said
			break
		}
		all = append(all, one)
	}
	if !told {
		reached <- false
	}
	heard <- all
}

// fold adds what was acknowledged to the facts and returns the rest.
func (k *killer) fold(all []said) (cut []said) {
	begun := map[int64]said{}
	for _, one := range all {
		if !one.Done {
			begun[one.No], k.last = one, max(k.last, one.No)
			k.rekeying = k.rekeying || one.What == "rekey"
			continue
		}
		maps.Copy(k.facts, begun[one.No].Facts)
		maps.Copy(k.facts, one.Facts)
		delete(begun, one.No)
		k.changes++
		switch {
		case one.Key != 0:
			k.key, k.rekeying = one.Key, false
		case one.Backup != "":
			k.backups[one.Backup] = true
		}
	}
	k.cut += len(begun)
	return slices.Collect(maps.Values(begun))
}

// settle compares what a folder holds with what it should. A change that was
// cut off is there in whole or not at all.
func (k *killer) settle(got map[string]string, cut []said) {
	k.Helper()
	if maps.Equal(got, k.facts) {
		return
	}
	for _, one := range cut {
		with := maps.Clone(k.facts)
		maps.Copy(with, one.Facts)
		if maps.Equal(got, with) {
			k.facts = with
			k.kept++
			return
		}
	}
	for _, key := range slices.Sorted(maps.Keys(k.facts)) {
		if is, there := got[key]; !there || is != k.facts[key] {
			k.Errorf("%s: %q, want %q", key, is, k.facts[key])
		}
	}
	for _, key := range slices.Sorted(maps.Keys(got)) {
		if _, known := k.facts[key]; !known {
			k.Errorf("%s: %q, want none", key, got[key])
		}
	}
	k.Fatalf("after kill %d, begun were %v", k.kills, cut)
}

// look reads the facts of a folder and leaves the administrator signed in. A
// password or code is shown when it is one of those that it may be.
func look(t testing.TB, s *Store, known map[string]string, cut []said) map[string]string {
	t.Helper()
	ctx := context.Background()
	got := map[string]string{}
	if !must[bool](t)(s.Founded(ctx)) {
		return got
	}
	var accounts []accountRow
	ok(t, s.peek(ctx).Table("account").Find(&accounts).Error)
	for _, a := range accounts {
		got["账号 "+a.Login] = string(a.Role)
		if a.DisabledOn != "" {
			got["账号 "+a.Login] = "停用的" + string(a.Role)
		}
		got["密码 "+a.Login] = whichOpens(a.slot(), "密码 "+a.Login, known, cut)
	}
	var code accountRow
	ok(t, s.peek(ctx).Table("recovery").Find(&code).Error)
	if got["恢复码"] = whichOpens(code.slot(), "恢复码", known, cut); got["恢复码"] == "" {
		got["恢复码"] = unknown
	}
	signInAs(t, s, got["密码 li"])
	for _, r := range must[Rows[StaffRow]](t)(s.Staff(ctx, StaffFilter{}, Page{})).Items {
		got["职工 "+r.EmployeeNo] = workerFact(r.Staff)
	}
	for _, d := range must[Rows[DepartmentRow]](t)(s.Departments(ctx, DepartmentFilter{}, Page{})).Items {
		got["科室 "+d.Name] = ""
	}
	for _, c := range must[[]model.Campaign](t)(s.Campaigns(ctx)) {
		got["专项行动 "+c.Title] = ""
	}
	var letters []model.Commitment
	ok(t, s.read(ctx).Table("commitment").Find(&letters).Error)
	for _, c := range letters {
		got["承诺书 "+c.FormNo] = letterFact(c.State, c.PrintCount)
	}
	lookAtAttachments(t, s, letters, got)
	lookAtRegisters(t, s, got)
	return got
}

func lookAtAttachments(t testing.TB, s *Store, letters []model.Commitment, got map[string]string) {
	t.Helper()
	ctx := context.Background()
	nos := map[int64]string{}
	for _, c := range letters {
		nos[c.ID] = c.FormNo
	}
	var rows []attachmentRow
	ok(t, s.read(ctx).Table("attachment").Find(&rows).Error)
	for _, r := range rows {
		a, content, err := s.AttachmentContent(ctx, r.ID)
		ok(t, err)
		got["附件 "+a.FileName] = fmt.Sprintf("%s %x", nos[r.EntityID], sha256.Sum256(content))
	}
}

// whichOpens is the secret that opens a slot, out of those that it may be.
func whichOpens(slot vault.Slot, name string, known map[string]string, cut []said) string {
	may := []string{known[name]}
	for _, one := range cut {
		may = append(may, one.Facts[name])
	}
	for _, secret := range may {
		if _, err := slot.Open(secret); secret != "" && err == nil {
			return secret
		}
	}
	return ""
}

func signInAs(t testing.TB, s *Store, pw string) {
	t.Helper()
	must[model.Account](t)(s.SignIn(context.Background(), "li", pw))
}

// lookAtKeys checks that a key change has ended, or can.
func (k *killer) lookAtKeys(s *Store) {
	k.Helper()
	ctx := context.Background()
	current, pending := s.session.Load().ring().Current(), must[bool](k)(s.Rekeying(ctx))
	if (current != k.key || pending) && (current != k.key+1 || !k.rekeying) {
		k.Fatalf("key %d, pending %v; acknowledged was %d, and another begun %v", current, pending, k.key, k.rekeying)
	}
	if pending {
		k.rekeys++
		if k.r.IntN(2) == 0 {
			return // the next writer goes on with it
		}
		ok(k, s.Rekey(ctx, nil))
	}
	k.key, k.rekeying = current, false
}

// lookAtBackups opens those that came since, acknowledged or not: what has the
// name of a backup is one.
func (k *killer) lookAtBackups(s *Store) {
	k.Helper()
	there := map[string]bool{}
	daily := 0
	for _, b := range must[[]folder.Backup](k)(s.Backups()) {
		name := filepath.Base(b.Path)
		there[name] = true
		if b.Kind == folder.Daily {
			daily++
		}
		if !k.proven[name] {
			must[Manifest](k)(s.VerifyBackup(context.Background(), b.Path))
			k.proven[name] = true
			k.tally.backups++
		}
	}
	for name := range k.backups {
		if !there[name] {
			k.Errorf("the backup %s is gone", name)
		}
	}
	if daily > folder.KeptBackups+1 { // the one whose maker was killed before it removed others
		k.Errorf("%d daily backups", daily)
	}
}

// end looks at what many kills have left beside the data.
func (k *killer) end() {
	ctx := context.Background()
	s := openLocked(k, k.dir, inTime)
	defer shut(s)
	if k.facts["密码 li"] == "" {
		return // killed before it was founded, each time
	}
	signInAs(k, s, k.facts["密码 li"])
	for _, dir := range []string{s.folder.Attachments(), s.folder.Dir()} { // a day later
		left, err := folder.Named(dir, ".qingfeng-")
		ok(k, err)
		for _, path := range left {
			ok(k, os.Chtimes(path, time.Time{}, time.Now().Add(-25*time.Hour)))
		}
	}
	letters := slices.DeleteFunc(slices.Sorted(maps.Keys(k.facts)), func(key string) bool { return !strings.HasPrefix(key, "承诺书 ") })
	if len(letters) > 0 {
		row := must[CommitmentRow](k)(s.CommitmentByNumber(ctx, strings.TrimPrefix(letters[0], "承诺书 ")))
		must[int64](k)(s.Attach(ctx, "承诺书", row.ID, "最后.pdf", scan("")))
	}
	ok(k, s.Rekey(ctx, nil))
	onlyKey(k.T, s, s.session.Load().ring().Current())
	must[BackupResult](k)(s.Backup(ctx, folder.OnDemand, ""))
	if left := must[[]string](k)(folder.Named(s.folder.Backups(), ".")); len(left) > 0 {
		k.Errorf("left among the backups: %v", left)
	}
	if code := k.facts["恢复码"]; code != unknown {
		must[string](k)(s.Recover(ctx, code, "li", "失而复得的密码 1"))
	}
	clean(k, s)
}
