package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"qingfeng/model"
)

// zipped makes a zip of names and contents.
func zipped(t testing.TB, parts ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err == nil {
			_, err = io.WriteString(w, parts[i+1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// bomb is a workbook whose first sheet unzips to size bytes. It is written
// block by block, so that it costs neither memory nor disk.
func bomb(t testing.TB, size uint64) []byte {
	t.Helper()
	var packed bytes.Buffer
	f, _ := flate.NewWriter(&packed, flate.BestSpeed)
	block := make([]byte, 1<<20)
	for range size >> 20 {
		if _, err := f.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	f.Close()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	if w, err := z.Create("xl/workbook.xml"); err == nil {
		_, _ = io.WriteString(w, "<workbook/>")
	}
	w, err := z.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet1.xml", Method: zip.Deflate,
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: size})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(packed.Bytes()); err != nil {
		t.Fatal(err)
	}
	z.Close()
	return buf.Bytes()
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// ole is the beginning of an OLE file that has a stream of this name.
func ole(stream string) string {
	return string(oleMagic) + strings.Repeat("\x00", 600) + string(utf16le(stream)) + strings.Repeat("\x00", 600)
}

// encrypted is a workbook with a password, made by excelize itself.
func encrypted(t testing.TB) string {
	f := excelize.NewFile()
	defer f.Close()
	var buf bytes.Buffer
	if err := f.Write(&buf, excelize.Options{Password: "123456"}); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

// Each wrong file is refused with what it is and what to do about it.
func TestRefusals(t *testing.T) {
	good := string(sample(t, "dirty-roster.xlsx"))
	picture, _ := base64.StdEncoding.DecodeString(png)
	for name, c := range map[string]struct{ content, says, todo string }{
		"旧版.xls":        {ole("Workbook"), "97-2003", "另存为"},
		"旧版改名.xlsx":     {ole("Workbook"), "97-2003", "另存为"},
		"密码.xlsx":       {encrypted(t), "打开密码", "去掉密码"},
		"花名册.et":        {ole("Workbook"), "WPS 的专用格式", "另存为"},
		"花名册.wps":       {ole("Contents"), "WPS 的专用格式", "另存为"},
		"文档.doc":        {ole("WordDocument"), "Word", "复制到 Excel"},
		"照片.xlsx":       {string(picture), "图片", "索取"},
		"文件.xlsx":       {"%PDF-1.7\n", "PDF", "索取"},
		"系统导出.xls":      {"\ufeff<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>", "网页", "另存为"},
		"系统导出.xlsx":     {"  \r\n<TABLE><tr><td>工号</td></tr></TABLE>", "网页", "另存为"},
		"2003.xml":      {`<?xml version="1.0"?><Workbook>`, "XML", "另存为"},
		"截断.xlsx":       {good[:len(good)/2], "不完整", "重新取得"},
		"截断一点.xlsx":     {good[:len(good)-30], "不完整", "重新取得"},
		"压缩包.zip":       {string(zipped(t, "花名册.txt", "a")), "没有工作簿", "解压"},
		"文档.docx":       {string(zipped(t, "word/document.xml", "<a/>")), "Word", "复制到 Excel"},
		"表.ods":         {string(zipped(t, "content.xml", "<a/>")), "OpenDocument", "另存为"},
		"表.xlsb":        {string(zipped(t, "xl/workbook.bin", "a")), "二进制工作簿", "另存为"},
		"坏.xlsx":        {string(zipped(t, "xl/workbook.xml", "<workbook")), "已损坏", "另存为"},
		"无表.xlsx":       {workbookOf(t, ""), "没有工作表", "确认"},
		"空.xlsx":        {"", "空的", "检查"},
		"空.csv":         {"\n\r\n ", "空的", "检查"},
		"rar.xlsx":      {"Rar!\x1a\x07\x01\x00aaaa", "压缩包", "解压"},
		"7z.xlsx":       {"7z\xbc\xaf\x27\x1c\x00\x04", "压缩包", "解压"},
		"文本.xlsx":       {"工号,姓名,科室\n1,王五,内科\n", "纯文本", ".csv"},
		"文本.xls":        {"工号\t姓名\t科室\n1\t王五\t内科\n", "纯文本", ".csv"},
		"二进制.csv":       {"工号,\x00\x01\x02", "无法识别", "另存为"},
		"乱码.csv":        {"工号,姓名\n1,\xff\xff\xff\xff\n", "编码", "另存为"},
		"引号.csv":        {"工号,姓名\n1,\"王五\n2,赵六\n", "第 2 行的引号", "改正"},
		"引号吞行.csv":      {"工号,姓名,备注\n1,王五,\"长期\n2,赵六,\n3,钱七,\"在职\"\n", "第 2 行的引号", "改正"},
		"UTF16.csv":     {"\xff\xfe\x00\xd8\x00\x00", "编码", "另存为"},
		"zip 炸弹.xlsx":   {string(bomb(t, 300<<20)), "超过 256 MB", "删去"},
		"两 GB 工作表.xlsx": {string(bomb(t, 2<<30)), "超过 256 MB", "删去"},
		"谎报大小.xlsx":     {liar(t), "已损坏", "另存为"},
		"空压缩包.xlsx":     {string(zipped(t)), "没有工作簿", "解压"},
		"加密压缩.xlsx":     {locked(t), "压缩密码", "去掉密码"},
		"负数大小.xlsx":     {declared(t, 1<<63, 3), "超过 256 MB", "删去"},
		"许多部件.xlsx":     {declared(t, 100<<20, 3), "超过 256 MB", "删去"},
		"缺表.xlsx":       {workbookOf(t, `<sheet name="甲" sheetId="1" r:id="rId1"/>`), "没有工作表", "确认"},
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadRoster(library, path, "")
		if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), c.todo) || model.CodeOf(err) != model.Invalid {
			t.Errorf("%s: %v, want %q and %q", name, err, c.says, c.todo)
		}
	}
}

// workbookOf is a workbook with these sheet entries; rId1 is sheet1.xml. More
// parts may follow by name and content.
func workbookOf(t testing.TB, sheets string, more ...string) string {
	t.Helper()
	const main, rel = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	parts := []string{
		"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>`,
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + rel + `"><sheets>` + sheets + `</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + rel + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
	}
	return string(zipped(t, append(parts, more...)...))
}

// liar declares a small size for a sheet that unzips to much more.
func liar(t testing.TB) string {
	data := bomb(t, 300<<20)
	return strings.ReplaceAll(string(data), "\x00\x00\xc0\x12", "\x00\x10\x00\x00") // 300 MB as little-endian
}

// locked marks the entries of a workbook as encrypted.
func locked(t testing.TB) string {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	if _, err := z.CreateRaw(&zip.FileHeader{Name: "xl/workbook.xml", Flags: 1}); err != nil {
		t.Fatal(err)
	}
	z.Close()
	return buf.String()
}

// declared is a zip of n entries that are said to have this size.
func declared(t testing.TB, size uint64, n int) string {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for i := range n {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("xl/%d", i), UncompressedSize64: size}); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	return buf.String()
}

func TestRefusesWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(filepath.Join(dir, "没有.xlsx")); model.CodeOf(err) != model.NotFound || !strings.Contains(err.Error(), "没有.xlsx") {
		t.Error(err)
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "是文件夹") {
		t.Error(err)
	}
	big := filepath.Join(dir, "大.xlsx")
	if err := os.WriteFile(big, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(big, MaxFile+1); err != nil { // sparse: takes no room
		t.Fatal(err)
	}
	if _, err := Open(big); err == nil || !strings.Contains(err.Error(), "超过 100 MB") {
		t.Error(err)
	}
}

// A corrupt byte anywhere in a workbook is refused or read, and never ends
// the program.
func TestCorruptWorkbook(t *testing.T) {
	data := sample(t, "dirty-roster.xlsx")
	for i := 0; i < len(data); i += 7 {
		bad := bytes.Clone(data)
		bad[i] ^= 0x55
		if book, err := open(bad, "a.xlsx"); err == nil {
			for _, s := range book.Sheets {
				_, _ = book.Grid(s)
			}
		} else if model.CodeOf(err) != model.Invalid {
			t.Fatalf("byte %d: %v", i, err)
		}
	}
}
