package preview

import (
	"bytes"
	"image"
	"sync"
	"testing"

	"github.com/jung-kurt/gofpdf"
)

// twoPages is a document with a black square on its second page.
func twoPages(t *testing.T) []byte {
	t.Helper()
	f := gofpdf.New("P", "mm", "A4", "")
	f.AddPage()
	f.AddPage()
	f.Rect(100, 100, 20, 20, "F")
	var buf bytes.Buffer
	if err := f.Output(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func dark(picture *image.RGBA) int {
	n := 0
	for i := 0; i < len(picture.Pix); i += 4 {
		if picture.Pix[i] < 128 {
			n++
		}
	}
	return n
}

func TestPages(t *testing.T) {
	pdf := twoPages(t)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			doc, err := Open(pdf)
			if err != nil {
				t.Error(err)
				return
			}
			defer doc.Close()
			if doc.Pages() != 2 {
				t.Errorf("%d pages", doc.Pages())
			}
			first, err := doc.Page(1, 72)
			if err != nil {
				t.Error(err)
				return
			}
			second, err := doc.Page(2, 72)
			if err != nil {
				t.Error(err)
				return
			}
			// A4 is 595 by 842 points, 20 mm are 57 of them.
			if b := second.Bounds(); b.Dx() < 594 || b.Dx() > 596 || b.Dy() < 841 || b.Dy() > 843 {
				t.Errorf("picture is %v", b)
			}
			if dark(first) != 0 {
				t.Error("the first page is not blank")
			}
			if n := dark(second); n < 55*55 || n > 59*59 {
				t.Errorf("the square has %d dark pixels", n)
			}
		})
	}
	wait.Wait()
}

func TestPageOutside(t *testing.T) {
	doc, err := Open(twoPages(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 3} {
		if _, err := doc.Page(n, 72); err == nil {
			t.Errorf("page %d was drawn", n)
		}
	}
}

func TestBrokenDocument(t *testing.T) {
	if _, err := Open([]byte("%PDF-1.4 nothing")); err == nil {
		t.Error("a broken document was opened")
	}
	if _, err := Open(nil); err == nil {
		t.Error("an empty document was opened")
	}
	if doc, err := Open(twoPages(t)); err != nil || doc.Pages() != 2 {
		t.Errorf("after a broken document: %v", err)
	}
}

func TestClosedEngine(t *testing.T) {
	doc, err := Open(twoPages(t))
	if err != nil {
		t.Fatal(err)
	}
	Close()
	if _, err := doc.Page(1, 72); err == nil {
		t.Error("a page was drawn after Close")
	}
	doc.Close() // does no harm
	Close()
	again, err := Open(twoPages(t))
	if err != nil || again.Pages() != 2 {
		t.Errorf("open after Close: %v", err)
	}
	Close()
}
