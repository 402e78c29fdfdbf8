package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestScansOfALetter(t *testing.T) {
	c := newConsole(t)
	c.do(exitDone, nil, "campaign", "new", "--template", "county-plan-2024", "--year", "2026")
	var letter struct {
		No string `json:"form_no"`
	}
	c.do(exitDone, &letter, "commitment", "add", "--campaign", "1", "--kind", "supplier", "--party", "某公司")
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 30))); err != nil {
		t.Fatal(err)
	}
	scan := file(t, "扫描 张三.png", picture.String())
	type done struct {
		FormNo   string `json:"form_no"`
		Attached []struct {
			ID       int
			FileName string `json:"file_name"`
		}
		Rejected []struct{ Problem string }
	}
	var d done
	c.do(exitDone, &d, "commitment", "attach", letter.No, scan)
	if d.FormNo != letter.No || len(d.Attached) != 1 || d.Attached[0].FileName != "扫描 张三.png" {
		t.Fatalf("attached %+v", d)
	}
	d = done{}
	c.do(exitPartial, &d, "commitment", "attach", letter.No, file(t, "a.pdf", "no PDF"), scan, filepath.Join(t.TempDir(), "没有.png"))
	if len(d.Attached) != 1 || len(d.Rejected) != 2 || !strings.Contains(d.Rejected[0].Problem, "内容与扩展名不符") || !strings.Contains(d.Rejected[1].Problem, "打不开文件 没有.png") {
		t.Errorf("in part: %+v", d)
	}
	c.do(exitFailed, nil, "commitment", "attach", letter.No, file(t, "a.exe", "MZ"))
	c.do(exitFailed, nil, "commitment", "attach", "CN-2026-99999-00", scan)

	var listed []struct {
		ID, Size int
		FileName string `json:"file_name"`
		AddedAt  string `json:"added_at"`
	}
	if c.do(exitDone, &listed, "commitment", "attachments", letter.No); len(listed) != 2 || listed[0].Size != picture.Len() || listed[0].AddedAt == "" {
		t.Errorf("listed %+v", listed)
	}
	out := filepath.Join(t.TempDir(), "取出.PNG")
	c.do(exitDone, nil, "commitment", "attachment", "1", "--out", out)
	if data, err := os.ReadFile(out); err != nil || !bytes.Equal(data, picture.Bytes()) {
		t.Errorf("taken out: %v, %d bytes", err, len(data))
	}
	if l := c.trail()[1]; l.Action != "导出" || l.Entity != "附件" || !strings.Contains(l.After, "含敏感信息：是") {
		t.Errorf("recorded %+v", l)
	}
	c.do(exitFailed, nil, "commitment", "attachment", "1", "--out", filepath.Join(c.dir, "qingfeng.db"))
	c.do(exitFailed, nil, "commitment", "attachment", "99", "--out", out)
	inNoFile(t, c.dir, picture.String())
	inNoFile(t, c.dir, "扫描 张三")
	c.do(exitDone, nil, "check")
}
