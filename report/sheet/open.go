package sheet

import (
	"errors"
	"io"
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
	case err == nil && !info.Mode().IsRegular(): // a device or pipe may never end
		return nil, refuse("%s 不是普通的文件，请选择 .xlsx 或 .csv 文件", filepath.Base(path))
	case err == nil && info.Size() > MaxFile:
		return nil, tooLarge()
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, cannotRead(path)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, MaxFile+1))
	if err != nil {
		return nil, cannotRead(path)
	}
	if len(data) > MaxFile { // it has grown meanwhile
		return nil, tooLarge()
	}
	return data, nil
}

func tooLarge() error {
	return refuse("文件超过 %d MB。请删去其中的图片和无关的工作表后再导入", MaxFile>>20)
}

func cannotRead(path string) error {
	return refuse("打不开文件 %s。如果它正在 Excel 或 WPS 中打开，请先关闭；也请确认有权限读取", filepath.Base(path))
}

func refuse(format string, args ...any) error { return model.Errorf(model.Invalid, format, args...) }
