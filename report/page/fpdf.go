package page

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"time"
	"unsafe"

	"github.com/jung-kurt/gofpdf"
)

// This file is the only one that knows gofpdf v1.16.2, which is kept no more.
// It serves as the container of the PDF: pages, font embedding, cross
// references. Page content is written by ourselves, because:
//
//   - MultiCell, SplitText and WriteAligned lose a Chinese character at many
//     line breaks, so lines are broken here (breaker.go);
//   - it has no fallback from font to font, and a character beyond U+FFFF
//     makes it panic in Output, so runs are split by font and such characters
//     are set by private-use code points (fonts.go, layout.go);
//   - it writes into the font bytes it is given and prints complaints to
//     standard output, so it only gets fonts checked and rebuilt by us
//     (truetype.go);
//   - it lists the widths of the used characters in time that grows with the
//     cube of a run of neighbours, minutes for the names of 5,000 staff, so
//     the widths that need no entry are taken away before (dropUsualWidths);
//   - setting a font and a text costs more than the content is worth when the
//     same paragraph is printed on 5,000 pages.
//
// Two things it keeps to itself are had through a template, a page of its own
// that never becomes part of the document: the resource name of a font, and
// the marks of the characters that embedding must keep.
type container struct {
	f     *gofpdf.Fpdf
	faces map[*typeface]*embedded
	order []*embedded // by first use, so that output does not depend on map order
}

// embedded is a font in one document.
type embedded struct {
	*typeface
	key      string // family name given to gofpdf
	resource string // name in content streams, without slash
	used     [0x10000 / 64]uint64
}

// newContainer starts a document of A4 pages.
func newContainer(o Options) *container {
	orientation := "P"
	if o.Landscape {
		orientation = "L"
	}
	f := gofpdf.New(orientation, "pt", "A4", "")
	created := o.Created
	if created.IsZero() { // gofpdf would take the clock
		created = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	f.SetCreationDate(created)
	f.SetModificationDate(created)
	f.SetCatalogSort(true) // else its resources come in map order
	f.SetMargins(0, 0, 0)
	f.SetAutoPageBreak(false, 0) // it would break pages inside a cell
	f.SetTitle(o.Title, true)
	f.SetAuthor(o.Author, true)
	f.SetProducer("清风", true)
	return &container{f: f, faces: map[*typeface]*embedded{}}
}

// embed returns the font as the document knows it.
func (c *container) embed(t *typeface) *embedded {
	if e := c.faces[t]; e != nil {
		return e
	}
	e := &embedded{typeface: t, key: "f" + strconv.Itoa(len(c.order))}
	c.faces[t] = e
	c.order = append(c.order, e)
	c.f.AddUTF8FontFromBytes(e.key, "", t.data)
	content := c.f.CreateTemplate(func(tpl *gofpdf.Tpl) { tpl.SetFont(e.key, "", 10) }).Bytes()
	if _, after, ok := bytes.Cut(content, []byte("BT /")); ok {
		name, _, _ := bytes.Cut(after, []byte(" "))
		e.resource = string(name)
	} else {
		c.f.SetErrorf("字体 %s 无法使用", t.name)
	}
	return e
}

func (c *container) addPage() { c.f.AddPage() }

// raw writes content operators to the current page.
func (c *container) raw(content []byte) { c.f.RawWriteBuf(bytes.NewReader(content)) }

// write finishes the document.
func (c *container) write(w io.Writer) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("生成 PDF 失败：%v", r)
		}
	}()
	for _, e := range c.order {
		c.f.CreateTemplate(func(tpl *gofpdf.Tpl) {
			tpl.SetFont(e.key, "", 10)
			for code := range rune(0x10000) {
				if e.used[code>>6]&(1<<(code&63)) != 0 {
					tpl.Text(0, 0, string(code))
				}
			}
		})
	}
	for _, e := range c.order {
		if err := c.dropUsualWidths(e); err != nil {
			return err
		}
	}
	// Output would write what there is even after an error; its errors stick,
	// so that the one asked for here tells of any call before.
	c.f.Close()
	if err := c.f.Error(); err != nil {
		return fmt.Errorf("生成 PDF 失败：%w", err)
	}
	return c.f.Output(w)
}

// dropUsualWidths empties gofpdf's width table of the characters that are as
// wide as the font's default width; it skips what has none. The table is
// private, but it is a slice, so that reflection reaches what gofpdf reads.
func (c *container) dropUsualWidths(e *embedded) error {
	fonts := reflect.ValueOf(c.f).Elem().FieldByName("fonts")
	if fonts.Kind() != reflect.Map {
		return errors.New("gofpdf keeps its fonts elsewhere")
	}
	def := fonts.MapIndex(reflect.ValueOf(e.key))
	if !def.IsValid() {
		return nil // the error of embed sticks and is told by the caller
	}
	table := def.FieldByName("Cw")
	if table.Kind() != reflect.Slice || table.Type().Elem().Kind() != reflect.Int {
		return errors.New("gofpdf keeps its widths elsewhere")
	}
	widths := unsafe.Slice((*int)(table.UnsafePointer()), table.Len())
	for code := 0x100; code < len(widths); code++ { // below, gofpdf lists all
		if widths[code] == int(e.usual) {
			widths[code] = 0
		}
	}
	return nil
}
