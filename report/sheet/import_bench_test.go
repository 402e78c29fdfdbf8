package sheet

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"qingfeng/model/store"
	"qingfeng/model/store/storetest"
)

// BenchmarkImport5000 measures a whole import, from the file to the commit
// with all its audit lines, against excelize reading the same sheet.
func BenchmarkImport5000(b *testing.B) {
	path := writeBigRoster(b, 5000)
	floor, ours := time.Hour, time.Hour
	for range 5 {
		start := time.Now()
		f, err := excelize.OpenFile(path)
		if err != nil {
			b.Fatal(err)
		}
		if rows, err := f.GetRows("Sheet1"); err != nil || len(rows) != 5004 {
			b.Fatal(len(rows), err)
		}
		f.Close()
		floor = min(floor, time.Since(start))
		ours = min(ours, importOnce(b, path))
	}
	b.ReportMetric(float64(ours)/float64(floor), "ratio")
	b.ReportMetric(float64(floor.Milliseconds()), "floor-ms")
	b.ReportMetric(float64(ours.Milliseconds()), "ours-ms")
	b.ReportMetric(peakMB(b), "peak-MB")
	b.ReportMetric(0, "ns/op")
}

func importOnce(b *testing.B, path string) time.Duration {
	b.Helper()
	ctx := context.Background()
	s := storetest.Open(b, filepath.Join(b.TempDir(), "data"), time.Now)
	start := time.Now()
	r, err := ReadRoster(s.Assets(), path, "")
	if err != nil {
		b.Fatal(err)
	}
	plan, err := s.ImportRoster(ctx, filepath.Base(path), r, store.RosterAnswers{})
	if err != nil || len(plan.Added) != 5000 {
		b.Fatal(len(plan.Added), err)
	}
	return time.Since(start)
}

// peakMB is the largest resident size that the process has had.
func peakMB(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Skip("only Linux tells the peak: ", err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	var kib float64
	if _, err := fmt.Sscan(rest, &kib); err != nil {
		b.Fatal(err)
	}
	return kib / 1024
}
