package form

import (
	"bytes"
	"io"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"qingfeng/assets"
	"qingfeng/report/page"
)

const papersInBench = 5000

// BenchmarkLetters5000 prints 5,000 letters with names, numbers and QR codes
// and reports the time against bare gofpdf writing the same text with the same
// font, line by line, without codes and without anything checked.
func BenchmarkLetters5000(b *testing.B) {
	in := samplePrint(sampleBundle(papersInBench))
	in.CoverSheets = false
	one := samplePrint(sampleBundle(1))
	one.CoverSheets = false
	pdf, _ := commitments(b, one)
	againstBare(b, "letters", pdf, func() { commitments(b, in) })
}

// BenchmarkSelfChecks5000 does the same with personal self-check forms of
// sixteen items.
func BenchmarkSelfChecks5000(b *testing.B) {
	items := checkItems(b, 7)
	in := selfCheckBatch(papersInBench)
	pdf, _ := selfChecks(b, selfCheckBatch(1), items)
	againstBare(b, "forms", pdf, func() { selfChecks(b, in, items) })
}

// againstBare measures printing papers against gofpdf with the lines of one.
func againstBare(b *testing.B, what string, one []byte, papers func()) {
	lines := linesOf(b, one)
	floor := func() { barePapers(b, lines) }
	papers() // fonts are read once in a program's life
	floor()
	var ours, bare time.Duration
	b.ResetTimer()
	for range b.N {
		ours += took(papers)
		bare += took(floor)
	}
	b.StopTimer()
	n := float64(b.N)
	b.ReportMetric(ours.Seconds()/bare.Seconds(), "ratio")
	b.ReportMetric(ours.Seconds()/n, "s/"+what)
	b.ReportMetric(bare.Seconds()/n, "s/floor")
	b.ReportMetric(peakHeap(papers), "MB-peak/"+what)
	b.ReportMetric(peakHeap(floor), "MB-peak/floor")
	b.ReportMetric(0, "ns/op") // the sum of both says nothing
}

func took(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// linesOf returns the lines of text of a one-page document.
func linesOf(b *testing.B, pdf []byte) []string {
	text := run(b, "pdftotext", "-layout", "-enc", "UTF-8", save(b, "one.pdf", pdf), "-")
	var out []string
	for line := range bytes.Lines([]byte(text)) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			out = append(out, string(line))
		}
	}
	return out
}

func barePapers(b *testing.B, lines []string) {
	f := gofpdf.New("P", "mm", "A4", "")
	f.AddUTF8FontFromBytes("serif", "", assets.SerifRegular)
	f.SetAutoPageBreak(false, 0)
	for range papersInBench {
		f.AddPage()
		f.SetFont("serif", "", page.SanHao)
		for _, line := range lines {
			f.CellFormat(page.TextWidth, 8, line, "", 1, "L", false, 0, "")
		}
	}
	if err := f.Output(io.Discard); err != nil {
		b.Fatal(err)
	}
}

// peakHeap runs f and returns the largest heap seen, in MB.
func peakHeap(f func()) float64 {
	runtime.GC()
	stop := make(chan struct{})
	var wait sync.WaitGroup
	peak := uint64(0)
	wait.Go(func() {
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapAlloc)
			select {
			case <-stop:
				return
			case <-time.After(10 * time.Millisecond):
			}
		}
	})
	f()
	close(stop)
	wait.Wait()
	return float64(peak) / 1e6
}
