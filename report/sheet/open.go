package sheet

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"qingfeng/model"
)

// Book is an opened spreadsheet file. It holds the file in memory and needs
// no closing.
type Book struct {
	// Sheets are the names of the worksheets in the file's order, hidden ones
	// last.
	Sheets []string
	read   func(sheet string) (Grid, error)
}

// Grid reads a worksheet. The error is a [model.Error].
func (b *Book) Grid(sheet string) (Grid, error) {
	for _, s := range b.Sheets {
		if s == sheet {
			return b.read(sheet)
		}
	}
	return nil, refuse("文件里没有名为“%s”的工作表，只有：%s", sheet, strings.Join(b.Sheets, "、"))
}

// Open reads an .xlsx or .csv file. What the file is, is told by its content:
// a name often lies. Errors are [model.Error] with a sentence for the clerk
// that says what to do.
func Open(path string) (*Book, error) {
	data, err := load(path)
	if err != nil {
		return nil, err
	}
	return open(data, filepath.Base(path))
}

func open(data []byte, name string) (*Book, error) {
	if err := recognise(data, name); err != nil {
		return nil, err
	}
	if isZip(data) {
		return openWorkbook(data)
	}
	grid, err := readCSV(data)
	if err != nil {
		return nil, err
	}
	title := strings.TrimSuffix(name, filepath.Ext(name))
	return &Book{Sheets: []string{title}, read: func(string) (Grid, error) { return grid, nil }}, nil
}

func load(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, model.Errorf(model.NotFound, "找不到文件 %s", filepath.Base(path))
	case err == nil && info.IsDir():
		return nil, refuse("%s 是文件夹，请选择其中的 .xlsx 或 .csv 文件", filepath.Base(path))
	case err == nil && info.Size() > MaxFile:
		return nil, refuse("文件超过 %d MB。请删去其中的图片和无关的工作表后再导入", MaxFile>>20)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, refuse("打不开文件 %s。如果它正在 Excel 或 WPS 中打开，请先关闭；也请确认有权限读取", filepath.Base(path))
	}
	if len(data) > MaxFile { // grown since Stat, or a device
		return nil, refuse("文件超过 %d MB。请删去其中的图片和无关的工作表后再导入", MaxFile>>20)
	}
	return data, nil
}

func refuse(format string, args ...any) error { return model.Errorf(model.Invalid, format, args...) }
