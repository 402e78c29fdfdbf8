// Package preview turns PDF pages into pictures, for the window and for
// checking our own paper. It runs PDFium in WebAssembly, so it needs no C
// compiler and no library on the machine.
package preview

import (
	"fmt"
	"image"
	"image/draw"
	"io"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
)

// engine is the one PDFium of the program. It starts with the first document,
// which takes a second or two, and does one thing at a time.
var engine struct {
	sync.Mutex
	pool     pdfium.Pool
	instance pdfium.Pdfium
}

// started returns the engine's instance; the caller holds its lock.
func started() (pdfium.Pdfium, error) {
	if engine.instance != nil {
		return engine.instance, nil
	}
	pool, err := webassembly.Init(webassembly.Config{
		MinIdle: 1, MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig(), // documents come as bytes; it sees no disk
		Stdout:   io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		return nil, fmt.Errorf("无法启动预览：%w", err)
	}
	instance, err := pool.GetInstance(time.Minute)
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("无法启动预览：%w", err)
	}
	engine.pool, engine.instance = pool, instance
	return instance, nil
}

// Close stops the engine and gives its memory back. Documents still open can
// no longer be read; the next [Open] starts it again.
func Close() {
	engine.Lock()
	defer engine.Unlock()
	if engine.instance != nil {
		engine.instance.Close()
		engine.pool.Close()
		engine.instance, engine.pool = nil, nil
	}
}

// Document is an open PDF. It is safe for concurrent use.
type Document struct {
	instance pdfium.Pdfium
	ref      references.FPDF_DOCUMENT
	pages    int
}

// Open reads a PDF.
func Open(pdf []byte) (*Document, error) {
	engine.Lock()
	defer engine.Unlock()
	instance, err := started()
	if err != nil {
		return nil, err
	}
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &pdf})
	if err != nil {
		return nil, fmt.Errorf("无法读取 PDF：%w", err)
	}
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: opened.Document})
	if err != nil {
		return nil, fmt.Errorf("无法读取 PDF：%w", err)
	}
	return &Document{instance: instance, ref: opened.Document, pages: count.PageCount}, nil
}

// Pages is the number of pages.
func (d *Document) Pages() int { return d.pages }

// Page draws a page, the first being 1, at a resolution in dots per inch.
func (d *Document) Page(n, dpi int) (*image.RGBA, error) {
	if n < 1 || n > d.pages {
		return nil, fmt.Errorf("没有第 %d 页，共 %d 页", n, d.pages)
	}
	engine.Lock()
	defer engine.Unlock()
	if engine.instance != d.instance {
		return nil, fmt.Errorf("预览已关闭")
	}
	drawn, err := d.instance.RenderPageInDPI(&requests.RenderPageInDPI{
		DPI:  dpi,
		Page: requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: n - 1}},
	})
	if err != nil {
		return nil, fmt.Errorf("无法显示第 %d 页：%w", n, err)
	}
	defer drawn.Cleanup()
	// The picture lies in the engine's memory and goes with it.
	own := image.NewRGBA(drawn.Result.Image.Bounds())
	draw.Draw(own, own.Bounds(), drawn.Result.Image, own.Bounds().Min, draw.Src)
	return own, nil
}

// Close gives the document's memory back.
func (d *Document) Close() {
	engine.Lock()
	defer engine.Unlock()
	if engine.instance == d.instance {
		// What a failed close leaves behind goes with the engine.
		_, _ = d.instance.FPDF_CloseDocument(&requests.FPDF_CloseDocument{Document: d.ref})
	}
}
