package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"qingfeng/model"
)

// A killed program leaves no digest, but the write-ahead log and its index. The
// log is guarded by SQLite's checksums and by the index; the database itself by
// its structure, its indexes, the trail's chain and the seals of values.

// killed is the disk after a kill while the office worked. With copied, all
// changes in the log had been copied into the database too; with anew, the log
// was begun anew after that, before the last changes. acknowledged is the end of
// the last change that was, in bytes of the log.
func killed(t *testing.T, copied, anew bool) (d disk, acknowledged int) {
	t.Helper()
	s := openLocked(t, livedIn(t), cheap)
	enter(t, s)
	work(t, s, 0, 25)
	if copied || anew {
		ok(t, s.writer.Exec(`PRAGMA wal_checkpoint(PASSIVE)`).Error)
	}
	if anew {
		work(t, s, 25, 30)
	}
	files := map[string][]byte{}
	for _, part := range []string{".db", ".db-wal", ".db-shm"} {
		files[part] = must[[]byte](t)(os.ReadFile(s.folder.Dir() + "/qingfeng" + part))
	}
	shut(s)
	d = readDisk(t, s.folder.Dir())
	d.files = files
	return d, endOfLog(t, files[".db-wal"])
}

func work(t *testing.T, s *Store, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		must[int64](t)(s.SaveStaff(context.Background(), model.Staff{EmployeeNo: fmt.Sprintf("W%05d", i), Name: "刘赟", DepartmentID: 1, IDNumber: idOf(i), Phone: phoneOf(i)}))
	}
}

const frame = 24 + 4096 // bytes of the log: a header and a page

// endOfLog is where the frames end that bear the log's own mark.
func endOfLog(t *testing.T, log []byte) int {
	t.Helper()
	end := 32
	for end+frame <= len(log) && bytes.Equal(log[end+8:end+16], log[16:24]) {
		end += frame
	}
	if end < 32+5*frame {
		t.Fatalf("the log has %d bytes of its own", end)
	}
	return end
}

// holding is what all tables hold.
func (d disk) holding(t *testing.T) map[string]string {
	t.Helper()
	s := must[*Store](t)(Open(context.Background(), d.Folder, cheap))
	defer s.closePools()
	return dump(t, s)
}

func TestAKillAloneIsNoDamage(t *testing.T) {
	t.Parallel()
	for _, how := range [][2]bool{{false, false}, {true, false}, {false, true}} {
		d, end := killed(t, how[0], how[1])
		d.put(t, "", nil)
		want := d.holding(t)
		if !strings.Contains(want["staff"], "W00024") || how[1] && !strings.Contains(want["staff"], "W00029") {
			t.Fatal("changes are lost")
		}
		log := d.files[".db-wal"]
		// The next change was being written: whole frames of it, none of them the
		// last, or half a frame; its pages in any order when the power went.
		last := log[end-frame : end]
		next := bytes.Clone(last)
		next[4], next[5], next[6], next[7] = 0, 0, 0, 0 // ends no change
		for name, tail := range map[string][]byte{
			"nothing": nil, "half a header": next[:10], "a header": next[:24], "half a page": next[:2000], "a page": next, "two pages": slices.Concat(next, next),
			"only the last page": slices.Concat(make([]byte, 2*frame), last), "zeros": make([]byte, 3*frame),
		} {
			d.put(t, ".db-wal", slices.Concat(log[:end], tail, log[min(len(log), end+len(tail)):]))
			if how := d.reread(t); how != "" {
				t.Errorf("%v, %s was being written: %s", how, name, how)
			}
			d.put(t, ".db-wal", slices.Concat(log[:end], tail, log[min(len(log), end+len(tail)):]))
			if diff := differences(want, d.holding(t)); len(diff) > 0 {
				t.Errorf("%v, %s was being written: holds %v", how, name, diff)
			}
		}
	}
}

// Each byte of the log up to the last acknowledged change is noticed. What was
// written after it was acknowledged to nobody: then all that was is there.
func TestAChangedByteOfTheLogIsNoticed(t *testing.T) {
	for name, c := range map[string]struct {
		copied, anew bool
		share        int // of the places
	}{"not yet copied": {false, false, 2}, "copied": {true, false, 4}, "begun anew": {false, true, 4}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d, end := killed(t, c.copied, c.anew)
			log := d.files[".db-wal"]
			if !c.anew { // the next change was being written
				log = append(log, bytes.Clone(log[end-frame:])...)
				log[end+4], log[end+5], log[end+6], log[end+7] = 0, 0, 0, 0
				log = append(log, log[:frame/2]...)
				d.files[".db-wal"] = log
			}
			d.put(t, "", nil)
			want := d.holding(t)
			how := map[string]int{}
			try := func(name string, content []byte, lost bool) {
				d.put(t, ".db-wal", content)
				found := d.reread(t)
				if how[found]++; lost && found == "" {
					t.Fatalf("%s, the log's end is %d: nobody noticed", name, end)
				}
			}
			for _, at := range places(len(log), 32, flips(t)/c.share) {
				try("byte "+strconv.Itoa(at), flipped(log, at), at < end)
				if at < end {
					continue
				}
				d.put(t, ".db-wal", flipped(log, at))
				if diff := differences(want, d.holding(t)); len(diff) > 0 {
					t.Errorf("byte %d after the log's end %d: holds %v", at, end, diff)
				}
			}
			for name, content := range mangled(log, 12) {
				try(name, content, len(content) < end || !bytes.Equal(content[:end], log[:end]))
			}
			t.Logf("%d bytes, %d of them acknowledged: %v", len(log), end, how)
		})
	}
}

// Without its index, of the last change alone nobody can say whether it was
// acknowledged.
func TestAChangedByteOfTheLogIsNoticedWithoutItsIndex(t *testing.T) {
	t.Parallel()
	d, end := killed(t, false, false)
	delete(d.files, ".db-shm")
	log := d.files[".db-wal"]
	lastButOne := end - frame
	for endsNothing(log, lastButOne-frame) {
		lastButOne -= frame
	}
	for _, at := range places(lastButOne, 0, 60) {
		d.put(t, ".db-wal", flipped(log, at))
		if d.reread(t) == "" {
			t.Fatalf("byte %d of %d: nobody noticed", at, end)
		}
	}
}

// endsNothing reports whether the frame at an offset ends no change.
func endsNothing(log []byte, at int) bool { return bytes.Equal(log[at+4:at+8], make([]byte, 4)) }

// The index is made anew from the log at the next start: whatever happens to
// it, nothing is lost.
func TestAChangedByteOfTheLogsIndexLosesNothing(t *testing.T) {
	t.Parallel()
	d, _ := killed(t, false, false)
	d.put(t, "", nil)
	want := d.holding(t)
	index := d.files[".db-shm"]
	try := func(name string, content []byte) {
		d.put(t, ".db-shm", content)
		if diff := differences(want, d.holding(t)); len(diff) > 0 {
			t.Fatalf("%s: holds %v", name, diff)
		}
		d.put(t, ".db-shm", content)
		if how := d.reread(t); how != "" {
			t.Fatalf("%s: %s", name, how)
		}
	}
	for _, at := range places(len(index), 48, 12) {
		try("byte "+strconv.Itoa(at), flipped(index, at))
	}
	for name, content := range mangled(index, 3) {
		try(name, content)
	}
}

// onlyTheDigest are the columns whose plain values nothing guards but the
// digest of a database that was closed in good order.
var onlyTheDigest = []string{"staff", "department", "hospital", "campaign", "commitment", "account.name", "account.must_change", "account.failures",
	"account.locked_until", "attachment", "data_key.made_at", "data_key.proof", "recovery.made_at", "migration",
	"phase", "member", "deadline", "deadline_done", "duty", "check_item", "selfcheck", "problem", "draw", "pick", "finding", "extension"}

// guarded are columns of those tables in which each wrong value is noticed.
var guarded = []string{"staff.employee_no", "staff.sort_key", "staff.id_number", "staff.phone", "staff.id_number_mark", "staff.phone_mark", "hospital.integrity_no",
	"department.name", "campaign.title", "commitment.form_no", "commitment.state", "commitment.staff_id", "attachment.sum", "attachment.file_name",
	"attachment.entity", "attachment.entity_id", "deadline_done.deadline_id", "check_item.campaign_id", "selfcheck.form_no", "selfcheck.kind", "selfcheck.state",
	"problem.selfcheck_id", "problem.item_id", "problem.particulars", "problem.counterpart", "draw.form_no", "draw.seed", "draw.campaign_id",
	"pick.draw_id", "pick.position", "pick.department_id", "pick.day", "pick.half", "pick.inspectors",
	"finding.form_no", "finding.problem_id", "finding.state", "extension.finding_id"}

func TestAChangedByteOfTheDatabaseBesideALogIsNoticed(t *testing.T) {
	t.Parallel()
	d, _ := killed(t, true, false)
	d.put(t, "", nil)
	want, cells := d.holding(t), d.cells(t)
	whole := d.files[".db"]
	how := map[string]int{}
	try := func(name string, content []byte) {
		d.put(t, ".db", content)
		found := d.reread(t)
		if found != "" {
			how[found]++
			return
		}
		d.put(t, ".db", content)
		if len(differences(want, d.holding(t))) == 0 {
			how["nothing changed"]++
			return
		}
		for column, text := range d.cells(t) {
			table, _, _ := strings.Cut(column, ".")
			if text != cells[column] && (slices.Contains(guarded, column) || !slices.Contains(onlyTheDigest, table) && !slices.Contains(onlyTheDigest, column)) {
				t.Errorf("%s: nobody noticed what became of %s", name, column)
			}
		}
		how["a plain value"]++
	}
	for _, at := range places(len(whole), 30, flips(t)/2) {
		try("byte "+strconv.Itoa(at), flipped(whole, at))
	}
	for name, content := range mangled(whole, 12) {
		try(name, content)
	}
	t.Logf("%d bytes: %v", len(whole), how)
}

// cells are the contents of each column of each table.
func (d disk) cells(t *testing.T) map[string]string {
	t.Helper()
	s := must[*Store](t)(Open(context.Background(), d.Folder, cheap))
	defer s.closePools()
	out := map[string]string{}
	for _, table := range tables(t, s) {
		for _, column := range rowsOf(t, s, `SELECT name FROM pragma_table_info('`+table+`')`) {
			column = strings.Trim(column, "[]")
			out[table+"."+column] = strings.Join(rowsOf(t, s, `SELECT `+column+` FROM `+table+` ORDER BY rowid`), "\n")
		}
	}
	return out
}
