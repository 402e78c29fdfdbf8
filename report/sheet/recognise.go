package sheet

import (
	"bytes"
	"net/http"
	"path/filepath"
	"strings"
)

const saveAs = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿 (*.xlsx)”后再导入"

var (
	oleMagic = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	// Names of streams in an OLE file are UTF-16LE.
	encryptedStream = utf16le("EncryptedPackage")
	wordStream      = utf16le("WordDocument")
)

func utf16le(s string) []byte {
	out := make([]byte, 0, 2*len(s))
	for _, c := range []byte(s) {
		out = append(out, c, 0)
	}
	return out
}

func isZip(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")) // the latter is empty
}

// recognise refuses what is neither a workbook nor text, each kind with the
// way out that it has.
func recognise(data []byte, name string) error {
	ext := strings.ToLower(filepath.Ext(name))
	head := data[:min(len(data), 4096)]
	kind := http.DetectContentType(head)
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return refuse("文件是空的，请检查是否保存成功")
	case isZip(data):
		return nil
	case bytes.HasPrefix(data, oleMagic):
		return refuseOLE(data, ext)
	case strings.HasPrefix(kind, "image/") && bytes.IndexByte(data, 0) >= 0: // text may begin with BM, too
		return refuse("这是一张图片，不是表格。请向提供者索取 Excel 文件（.xlsx）")
	case kind == "application/pdf":
		return refuse("这是 PDF 文件，不是表格。请向提供者索取 Excel 文件（.xlsx）")
	case kind == "application/x-rar-compressed", kind == "application/x-gzip", bytes.HasPrefix(data, []byte("7z\xbc\xaf\x27\x1c")):
		return refuse("这是压缩包，请先解压，再选择其中的 .xlsx 文件")
	case looksLikeMarkup(head):
		return refuse("这是网页或 XML 格式的表格，不是真正的 Excel 文件（常见于系统导出）。%s", saveAs)
	case !isUTF16(data) && bytes.IndexByte(data, 0) >= 0:
		return refuse("无法识别这个文件，它不是 .xlsx 也不是 .csv，或已经损坏。%s", saveAs)
	case ext != ".csv" && ext != ".txt":
		return refuse("文件的扩展名是 %s，内容却是纯文本。如果它是逗号分隔的文本，请把扩展名改为 .csv；否则%s", ext, saveAs)
	}
	return nil
}

func refuseOLE(data []byte, ext string) error {
	switch {
	case bytes.Contains(data, encryptedStream):
		return refuse("文件设有打开密码。请在 Excel 或 WPS 中打开，去掉密码（文件→信息→保护工作簿→用密码进行加密，清空密码）并保存后再导入")
	case bytes.Contains(data, wordStream):
		return refuse("这是 Word 或 WPS 文字的文档，不是表格。请把表格复制到 Excel 中，存为 .xlsx 后再导入")
	case ext == ".et" || ext == ".ett" || ext == ".wps":
		return refuse("%s 是 WPS 的专用格式。请在 WPS 中另存为“Excel 工作簿 (*.xlsx)”后再导入", ext)
	}
	return refuse("这是旧版 Excel 97-2003 格式（.xls）。%s", saveAs)
}

// looksLikeMarkup tells HTML and XML, which many systems export under the
// name .xls, from text that merely contains a bracket.
func looksLikeMarkup(head []byte) bool {
	s := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n"))
	for _, start := range []string{"<!doctype", "<html", "<head", "<body", "<meta", "<style", "<table", "<?xml", "<!--", "mime-version:"} {
		if bytes.HasPrefix(s, []byte(start)) {
			return true
		}
	}
	return false
}
