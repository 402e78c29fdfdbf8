package form

import (
	"bytes"
	"io"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"qingfeng/assets"
	"qingfeng/model"
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
	lines := linesOfPages(b, one)[0]
	pages := make([][]string, papersInBench)
	for i := range pages {
		pages[i] = lines
	}
	compare(b, what, papers, func() { barePages(b, pages) })
}

// compare measures ours against a floor in the same run.
func compare(b *testing.B, what string, papers, floor func()) {
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

// linesOfPages returns the lines of text of each page of a document.
func linesOfPages(b *testing.B, pdf []byte) [][]string {
	text := run(b, "pdftotext", "-layout", "-enc", "UTF-8", save(b, "pages.pdf", pdf), "-")
	var out [][]string
	for _, p := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
		var lines []string
		for line := range strings.Lines(p) {
			if line = strings.TrimSpace(line); line != "" {
				lines = append(lines, line)
			}
		}
		out = append(out, lines)
	}
	return out
}

func barePages(b *testing.B, pages [][]string) {
	f := gofpdf.New("P", "mm", "A4", "")
	f.AddUTF8FontFromBytes("serif", "", assets.SerifRegular)
	f.SetAutoPageBreak(false, 0)
	for _, lines := range pages {
		f.AddPage()
		f.SetFont("serif", "", page.SanHao)
		for _, line := range lines {
			f.CellFormat(0, 8, line, "", 1, "L", false, 0, "")
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

const handoversInBench = 10_000

// BenchmarkHandoverLedger10000 prints the ledger of 10,000 handovers, each with
// one to three items and most with a disposition, and reports the time against
// bare gofpdf writing the same text with the same font as a table: cell by cell
// with borders, without anything masked, measured or broken.
func BenchmarkHandoverLedger10000(b *testing.B) {
	lines := make([]HandoverLine, handoversInBench)
	for i := range lines {
		l := handover(i, things(1+i%3, int64(1+i%50)*100_00))
		switch i % 10 {
		case 3:
			l = anonymous(l)
		case 6:
			l.Giver, l.Patient, l.AdmissionNo, l.Bed, l.Company, l.Agent = model.FromCompany, "", "", "", "某某医疗器械有限公司", "陈龘"
		case 9:
			l.Dispositions, l.DisposedFen, l.State = nil, 0, model.Undisposed
		}
		lines[i] = l
	}
	in := handoverPrint(lines...)
	var pdf bytes.Buffer
	if _, err := HandoverLedger(&pdf, in); err != nil {
		b.Fatal(err)
	}
	var pages [][][]string
	for _, lines := range linesOfPages(b, pdf.Bytes()) {
		rows := make([][]string, len(lines))
		for i, line := range lines {
			rows[i] = columnGap.Split(line, -1)
		}
		pages = append(pages, rows)
	}
	compare(b, "ledger", func() {
		if _, err := HandoverLedger(io.Discard, in); err != nil {
			b.Fatal(err)
		}
	}, func() { bareTables(b, pages) })
}

// columnGap is what pdftotext -layout puts between the columns of a table.
var columnGap = regexp.MustCompile(` {2,}`)

func bareTables(b *testing.B, pages [][][]string) {
	f := gofpdf.New("L", "mm", "A4", "")
	f.AddUTF8FontFromBytes("serif", "", assets.SerifRegular)
	f.SetAutoPageBreak(false, 0)
	for _, rows := range pages {
		f.AddPage()
		f.SetFont("serif", "", ledgerSize)
		for _, cells := range rows {
			for _, text := range cells {
				f.CellFormat(24, 4, text, "LR", 0, "L", false, 0, "")
			}
			f.Ln(4)
		}
	}
	if err := f.Output(io.Discard); err != nil {
		b.Fatal(err)
	}
}
