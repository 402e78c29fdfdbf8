package sheet

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// workbook reads the sheets of an .xlsx. Excelize unzips it and knows its
// sheets and styles; the cells are read here, because excelize's row reader
// tells neither formulas nor errors from text, and its cell readers first
// build the whole sheet in memory.
type workbook struct {
	file     *excelize.File
	paths    map[string]string // sheet name to part
	strings  []string
	formats  map[int]numberFormat // by style
	numbers  formatter
	base1904 bool
}

const damaged = "文件已损坏，或不是 Excel 保存的。请用 Excel 或 WPS 打开，另存为新的 .xlsx 后再导入"

func openWorkbook(data []byte) (*Book, error) {
	if err := checkZip(data); err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: MaxUnzip, UnzipXMLSizeLimit: MaxUnzip})
	if err != nil || file.WorkBook == nil {
		return nil, refuse(damaged)
	}
	w := &workbook{file: file, formats: map[int]numberFormat{}}
	if props := file.WorkBook.WorkbookPr; props != nil {
		w.base1904 = props.Date1904
	}
	visible, hidden, err := w.listSheets()
	if err != nil {
		return nil, err
	}
	return &Book{Sheets: append(visible, hidden...), read: w.grid}, nil
}

// checkZip looks at the table of contents only, so that a bomb is refused
// before a byte of it is unzipped.
func checkZip(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return refuse("文件不完整，可能没有下载或拷贝完。请重新取得文件后再导入")
	}
	var size uint64
	has := map[string]bool{}
	for _, f := range z.File {
		if size += f.UncompressedSize64; f.UncompressedSize64 > MaxUnzip || size > MaxUnzip {
			return refuse("文件解开后超过 %d MB，远大于一份花名册。请删去图片、多余的工作表和空行，只保留数据后再导入", MaxUnzip>>20)
		}
		if f.Flags&1 != 0 {
			return refuse("文件设有压缩密码，请去掉密码后再导入")
		}
		has[strings.ToLower(strings.ReplaceAll(f.Name, "\\", "/"))] = true
	}
	switch {
	case has["xl/workbook.xml"]:
		return nil
	case has["xl/workbook.bin"]:
		return refuse("这是二进制工作簿（.xlsb）。%s", saveAs)
	case has["word/document.xml"]:
		return refuse("这是 Word 文档，不是表格。请把表格复制到 Excel 中，存为 .xlsx 后再导入")
	case has["content.xml"]:
		return refuse("这是 OpenDocument 格式（.ods）。%s", saveAs)
	}
	return refuse("这是压缩包，里面没有工作簿。如果里面装着 Excel 文件，请先解压再选择它")
}

func (w *workbook) listSheets() (visible, hidden []string, err error) {
	var rels struct {
		Relationship []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		}
	}
	if err := xml.Unmarshal(w.part("xl/_rels/workbook.xml.rels"), &rels); err != nil {
		return nil, nil, refuse(damaged)
	}
	targets := map[string]string{}
	for _, r := range rels.Relationship {
		t := strings.ReplaceAll(r.Target, "\\", "/")
		if !strings.HasPrefix(t, "/") {
			t = path.Join("/xl", t)
		}
		targets[r.ID] = strings.TrimPrefix(t, "/")
	}
	w.paths = map[string]string{}
	for _, s := range w.file.WorkBook.Sheets.Sheet {
		part := targets[s.ID]
		if part == "" || w.part(part) == nil || strings.HasPrefix(part, "xl/chartsheets/") {
			continue
		}
		w.paths[s.Name] = part
		if s.State == "" || s.State == "visible" {
			visible = append(visible, s.Name)
		} else {
			hidden = append(hidden, s.Name)
		}
	}
	if len(w.paths) == 0 {
		return nil, nil, refuse("文件里没有工作表。请确认选对了文件")
	}
	return visible, hidden, nil
}

func (w *workbook) part(name string) []byte {
	data, _ := w.file.Pkg.Load(name)
	b, _ := data.([]byte)
	return b
}

func (w *workbook) decoder(part string) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(w.part(part)))
	d.CharsetReader = w.file.CharsetReader
	return d
}

func (w *workbook) grid(sheet string) (Grid, error) {
	if w.strings == nil {
		if err := w.readStrings(); err != nil {
			return nil, err
		}
	}
	r := sheetReader{workbook: w, xml: w.decoder(w.paths[sheet])}
	if err := r.run(); err != nil {
		return nil, err
	}
	return r.builder.grid, nil
}

// format is the number format of a style, read once.
func (w *workbook) format(style int) numberFormat {
	f, known := w.formats[style]
	if !known {
		f = numberFormat{general: true}
		if s, err := w.file.GetStyle(style); err == nil {
			f = newNumberFormat(s)
		}
		w.formats[style] = f
	}
	return f
}
