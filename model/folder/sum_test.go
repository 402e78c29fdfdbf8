package folder

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"qingfeng/model"
)

const database = "SQLite format 3\x00 … 张某退回红包 500 元"

// sealed is a folder whose database was closed.
func sealed(t *testing.T) *Folder {
	f := newFolder(t)
	put(t, f.Database(), database)
	if err := f.SealDatabase(); err != nil {
		t.Fatal(err)
	}
	return f
}

func verdict(t T, f *Folder) Verdict {
	t.Helper()
	v, err := f.VerifyDatabase()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTheSumNoticesWhatHappenedToTheDatabase(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(f *Folder)
		want    Verdict
	}{
		"nothing":          {func(f *Folder) {}, SumMatches},
		"an empty journal": {func(f *Folder) { put(t, f.Database()+"-wal", "") }, SumMatches},
		"a digit changed":  {func(f *Folder) { put(t, f.Database(), strings.Replace(database, "500", "900", 1)) }, SumDiffers},
		"a byte less":      {func(f *Folder) { os.Truncate(f.Database(), int64(len(database)-1)) }, SumDiffers},
		"a byte more":      {func(f *Folder) { put(t, f.Database(), database+"\x00") }, SumDiffers},
		"emptied":          {func(f *Folder) { put(t, f.Database(), "") }, SumDiffers},
		"removed":          {func(f *Folder) { os.Remove(f.Database()) }, SumDiffers},
		"changes waiting":  {func(f *Folder) { put(t, f.Database()+"-wal", "x") }, SumUnknown},
		"only changes":     {func(f *Folder) { put(t, f.Database()+"-wal", "x"); os.Remove(f.Database()) }, SumDiffers},
		"changes undone":   {func(f *Folder) { put(t, f.Database()+"-journal", "x") }, SumUnknown},
		"no sum":           {func(f *Folder) { os.Remove(f.path(sumName)) }, SumUnknown},
		"half a sum":       {func(f *Folder) { os.Truncate(f.path(sumName), 20) }, SumUnknown},
		"an empty sum":     {func(f *Folder) { os.Truncate(f.path(sumName), 0) }, SumUnknown},
		"a sum of nothing": {func(f *Folder) { put(t, f.path(sumName), "{}") }, SumUnknown},
		"opened":           {func(f *Folder) { f.UnsealDatabase() }, SumUnknown},
	} {
		t.Run(name, func(t *testing.T) {
			f := sealed(t)
			c.happens(f)
			if got := verdict(t, f); got != c.want {
				t.Errorf("verdict %d, want %d", got, c.want)
			}
		})
	}
}

func TestAnyChangedByteIsNoticed(t *testing.T) {
	f := sealed(t)
	rapid.Check(t, func(t *rapid.T) {
		data := []byte(database)
		at := rapid.IntRange(0, len(data)-1).Draw(t, "at")
		data[at] ^= rapid.ByteRange(1, 255).Draw(t, "bits")
		put(t, f.Database(), string(data))
		if verdict(t, f) != SumDiffers {
			t.Errorf("byte %d changed unnoticed", at)
		}
	})
}

func TestADatabaseThatCannotBeReadIsAnError(t *testing.T) {
	f := sealed(t)
	os.Remove(f.Database())
	if err := os.Mkdir(f.Database(), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := f.VerifyDatabase(); model.CodeOf(err) != model.Storage {
		t.Errorf("error %v", err)
	}
}

func TestSealingDoesNotTurnDamageIntoATruth(t *testing.T) {
	f := sealed(t)
	put(t, f.Database(), strings.Replace(database, "500", "900", 1))
	if err := f.SealDatabase(); err != nil {
		t.Fatal(err)
	}
	if got := verdict(t, f); got != SumDiffers {
		t.Errorf("verdict %d", got)
	}
}

func TestOnlyAClosedDatabaseIsSealed(t *testing.T) {
	f := sealed(t)
	put(t, f.Database()+"-wal", "changes")
	if err := f.SealDatabase(); err != nil || taken(f.path(sumName)) {
		t.Errorf("with a journal: %v, sum there: %v", err, taken(f.path(sumName)))
	}
	os.Remove(f.Database() + "-wal")
	for name, there := range map[string]func(){
		"no database":       func() { os.Remove(f.Database()) },
		"an empty database": func() { put(t, f.Database(), "") },
	} {
		there()
		if err := f.SealDatabase(); err != nil || taken(f.path(sumName)) {
			t.Errorf("%s: %v, sum there: %v", name, err, taken(f.path(sumName)))
		}
	}
}

func TestASumThatCannotBeWrittenStopsNothing(t *testing.T) {
	f := sealed(t)
	f.UnsealDatabase()
	defer stopAt(1, "refused")()
	if err := f.SealDatabase(); err != nil {
		t.Error(err)
	}
	if got := verdict(t, f); got != SumUnknown {
		t.Errorf("verdict %d", got)
	}
}

// A program that ends between any two steps of its work on the database never
// makes the next start believe that the database was damaged.
func TestAnEndBetweenTwoStepsIsNoAlarm(t *testing.T) {
	var f *Folder
	work := func() error { put(t, f.Database(), database+" "+time.Duration(rand.Int64()).String()); return nil }
	closed := func() error { put(t, f.Database()+"-wal", ""); return os.Remove(f.Database() + "-wal") }
	steps := []struct {
		name string
		do   func() error
		want Verdict
	}{
		{"start", func() error { return nil }, SumMatches},
		{"sum emptied, not yet removed", func() error { return os.Truncate(f.path(sumName), 0) }, SumUnknown},
		{"unsealed", func() error { return f.UnsealDatabase() }, SumUnknown},
		{"journal begun", func() error { put(t, f.Database()+"-wal", "x"); return nil }, SumUnknown},
		{"written", work, SumUnknown},
		{"closed", closed, SumUnknown},
		{"sealing, sum without its name", func() error {
			defer stopAt(1, "killed before")()
			return survive(f.SealDatabase)
		}, SumUnknown},
		{"sealing, sum just named", func() error {
			defer stopAt(1, "killed after")()
			return survive(f.SealDatabase)
		}, SumMatches},
		{"sealed", func() error { return f.SealDatabase() }, SumMatches},
	}
	for last := range steps {
		f = sealed(t)
		for _, s := range steps[:last+1] {
			if err := s.do(); err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
		}
		f = again(t, f)
		if got := verdict(t, f); got != steps[last].want {
			t.Errorf("ended at %q: verdict %d, want %d", steps[last].name, got, steps[last].want)
		}
		f.Close()
	}
}

const sealingDir = "QINGFENG_TEST_SEALING"

func TestMain(m *testing.M) {
	if dir := os.Getenv(sealingDir); dir != "" {
		fmt.Println(workUntilKilled(dir))
		return
	}
	os.Exit(m.Run())
}

// workUntilKilled is the program of the next test.
func workUntilKilled(dir string) error {
	f, err := Open(dir, Holder{})
	for n := 0; err == nil; n++ {
		if v, err := f.VerifyDatabase(); err != nil || v == SumDiffers {
			return fmt.Errorf("verdict %d, error %v", v, err)
		}
		if err := f.UnsealDatabase(); err != nil {
			return err
		}
		if err := os.WriteFile(f.Database(), []byte(strings.Repeat(fmt.Sprint(database, n), 1000)), 0o600); err != nil {
			return err
		}
		err = f.SealDatabase()
		fmt.Println("round")
	}
	return err
}

func TestAKilledProgramIsNoAlarm(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "数据")
	seen := map[Verdict]int{}
	for range 40 {
		program := exec.Command(os.Args[0])
		program.Env = append(os.Environ(), sealingDir+"="+dir)
		out, err := program.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := program.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 1 + rand.IntN(3); n > 0 && lines.Scan(); n-- {
			if lines.Text() != "round" {
				t.Fatalf("the program said %s", lines.Text())
			}
		}
		time.Sleep(rand.N(3 * time.Millisecond))
		program.Process.Kill()
		program.Wait()
		f := take(t, dir)
		seen[verdict(t, f)]++
		f.Close()
	}
	if seen[SumDiffers] > 0 || seen[SumUnknown] == 0 {
		t.Errorf("%d alarms, %d without a sum, %d matching", seen[SumDiffers], seen[SumUnknown], seen[SumMatches])
	}
	t.Logf("%d without a sum, %d matching", seen[SumUnknown], seen[SumMatches])
}

// What a power cut may bring back under the old name is worth nothing.
func TestARetiredFileLeavesNoContent(t *testing.T) {
	f := sealed(t)
	other := f.path("other name")
	if err := os.Link(f.path(sumName), other); err != nil {
		t.Skip(err)
	}
	if err := f.UnsealDatabase(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(other); err != nil || info.Size() != 0 {
		t.Errorf("%v, %v", info, err)
	}
}

// The floor is the digest of the same bytes in memory.
func BenchmarkVerifyDatabase(b *testing.B) {
	f := take(b, b.TempDir())
	defer f.Close()
	content := bytes.Repeat([]byte(database), 64<<20/len(database))
	put(b, f.Database(), string(content))
	if err := f.SealDatabase(); err != nil {
		b.Fatal(err)
	}
	var floor, took time.Duration
	for b.Loop() {
		start := time.Now()
		sha256.Sum256(content)
		floor += time.Since(start)
		start = time.Now()
		if verdict(b, f) != SumMatches {
			b.Fatal("differs")
		}
		took += time.Since(start)
	}
	b.ReportMetric(float64(took)/float64(floor), "ratio")
	b.ReportMetric(took.Seconds()*1000/float64(b.N)/64, "ms/MiB")
}
