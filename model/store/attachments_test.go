package store

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"qingfeng/model"
)

func TestAFileIsKeptAsItWas(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	id := letter(t, s)
	big := "%PDF-1.4\n" + strings.Repeat("承诺书扫描件", 1<<16)
	picture := image.NewGray(image.Rect(0, 0, 40, 40))
	var jpg, pngs bytes.Buffer
	ok(t, jpeg.Encode(&jpg, picture, nil))
	ok(t, png.Encode(&pngs, picture))
	contents := map[string]string{"扫描件.pdf": "%PDF-1.7\n甲", "大.PDF": big, "照片.jpg": jpg.String(), "照片.JPEG": jpg.String(), "截图.png": pngs.String(), "a b (1).pdf": "%PDF-1.7\n乙"}
	for name, content := range contents {
		must[int64](t)(s.Attach(ctx, "承诺书", id, filepath.Join("某处", name), strings.NewReader(content)))
	}
	s = reopened(t, s)
	enter(t, s)
	all := must[[]model.Attachment](t)(s.Attachments(ctx, "承诺书", id))
	if len(all) != len(contents) {
		t.Fatalf("%d attachments", len(all))
	}
	for _, a := range all {
		got, content, err := s.AttachmentContent(ctx, a.ID)
		ok(t, err)
		if string(content) != contents[a.FileName] || got != a || a.Size != int64(len(content)) || !a.AddedAt.Equal(noon) || a.Entity != "承诺书" || a.EntityID != id {
			t.Errorf("%+v came back with %d bytes", a, len(content))
		}
	}
	if other := must[[]model.Attachment](t)(s.Attachments(ctx, "承诺书", id+1)); len(other) > 0 {
		t.Errorf("another letter has %+v", other)
	}
	for name, content := range filesOf(t, s.folder.Attachments()) {
		if strings.Contains(content, "%PDF-1") || strings.Contains(content, "承诺书") || len(name) != 64 {
			t.Errorf("the file %s is not locked", name)
		}
	}
	clean(t, s)
}

func TestFilesThatAreNoAttachments(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	id := letter(t, s)
	before, files := dump(t, s), filesOf(t, s.folder.Dir())
	for _, c := range []struct {
		entity string
		id     int64
		name   string
		src    io.Reader
		want   model.Code
	}{
		{"承诺书", id, "空.pdf", strings.NewReader(""), model.Invalid},
		{"承诺书", id, "程序.exe", strings.NewReader("MZ"), model.Invalid},
		{"承诺书", id, "无后缀", scan("甲"), model.Invalid},
		{"承诺书", id, "程序.pdf", strings.NewReader("MZ"), model.Invalid},
		{"承诺书", id, "图.png", scan("甲"), model.Invalid},
		{"承诺书", id, "图.jpg", strings.NewReader("\x89PNG\x0D\x0A\x1A\x0A"), model.Invalid},
		{"承诺书", id, "太大.pdf", io.MultiReader(scan("甲"), io.LimitReader(zeros{}, model.LargestAttachment)), model.Invalid},
		{"承诺书", id, "坏盘.pdf", io.MultiReader(scan("甲"), iotest.ErrReader(os.ErrPermission)), model.Invalid},
		{"承诺书", id, strings.Repeat("长", 300) + ".pdf", scan("甲"), model.Invalid},
		{"承诺书", id, "名\x00字.pdf", scan("甲"), model.Invalid},
		{"承诺书", id, "名\xff字.pdf", scan("甲"), model.Invalid},
		{"承诺书", 999, "扫描件.pdf", scan("甲"), model.NotFound},
	} {
		_, err := s.Attach(ctx, c.entity, c.id, c.name, c.src)
		wantCode(t, err, c.want)
	}
	if _, err := s.Attach(ctx, "职工", 1, "扫描件.pdf", scan("甲")); err == nil {
		t.Error("staff got an attachment")
	}
	if d := differences(before, dump(t, s)); len(d) > 0 {
		t.Errorf("changed %v", d)
	}
	if d := differences(files, filesOf(t, s.folder.Dir())); len(d) > 0 {
		t.Errorf("left %d files", len(d))
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestAVoidedAttachmentStays(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	id := letter(t, s)
	a := must[int64](t)(s.Attach(ctx, "承诺书", id, "扫描件.pdf", scan("甲")))
	for _, reason := range []string{"", " ", strings.Repeat("长", 501)} {
		wantCode(t, s.VoidAttachment(ctx, a, reason), model.Invalid)
	}
	wantCode(t, s.VoidAttachment(ctx, a+1, "扫错了"), model.NotFound)
	ok(t, s.VoidAttachment(ctx, a, "扫错了"))
	wantCode(t, s.VoidAttachment(ctx, a, "扫错了"), model.Conflict)
	if all := must[[]model.Attachment](t)(s.Attachments(ctx, "承诺书", id)); len(all) > 0 {
		t.Errorf("still in force: %+v", all)
	}
	got, content, err := s.AttachmentContent(ctx, a)
	ok(t, err)
	if got.VoidedOn != "2026-08-11" || got.VoidReason != "扫错了" || !strings.Contains(string(content), "甲") {
		t.Errorf("kept %+v", got)
	}
	lines := must[[]model.AuditLine](t)(s.AuditLines(ctx, "承诺书", id, 2))
	if lines[0].Action != "作废附件" || lines[1].Action != "添加附件" || strings.Contains(lines[1].After, "扫描件") || !strings.Contains(lines[1].After, filled) {
		t.Errorf("trail %+v", lines)
	}
	clean(t, s)
}

func TestAttachmentsThatWereTamperedWith(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	id := letter(t, s)
	a := must[int64](t)(s.Attach(ctx, "承诺书", id, "扫描件.pdf", scan(strings.Repeat("甲", 1000))))
	b := must[int64](t)(s.Attach(ctx, "承诺书", id, "扫描件.pdf", scan("乙")))
	var sums []string
	ok(t, s.peek(ctx).Raw(`SELECT sum FROM attachment ORDER BY id`).Scan(&sums).Error)
	path := s.attachmentPath(sums[0])
	whole := must[[]byte](t)(os.ReadFile(path))
	other := must[[]byte](t)(os.ReadFile(s.attachmentPath(sums[1])))
	for name, content := range map[string][]byte{
		"emptied": {}, "cut": whole[:len(whole)-1], "longer": append(bytes.Clone(whole), 0), "exchanged": other, "removed": nil,
		"a byte changed": append(append(bytes.Clone(whole[:500]), whole[500]^1), whole[501:]...),
	} {
		if ok(t, os.WriteFile(path, content, 0o600)); content == nil {
			ok(t, os.Remove(path))
		}
		_, _, err := s.AttachmentContent(ctx, a)
		wantCode(t, err, model.Storage)
		if p := problemsIn(t, s, areaAttachments); len(p) != 1 || !strings.Contains(p[0], "附件 1 ") {
			t.Errorf("%s: check %v", name, p)
		}
		if _, _, err = s.AttachmentContent(ctx, b); err != nil {
			t.Errorf("%s: the other one: %v", name, err)
		}
		if err := s.Rekey(ctx, nil); err == nil {
			t.Fatalf("%s: a key change went over a damaged file", name)
		}
	}
	ok(t, os.WriteFile(path, whole, 0o600))
	ok(t, s.Rekey(ctx, nil))
	_, _, err := s.AttachmentContent(ctx, a)
	ok(t, err)
	clean(t, s)
	for _, row := range []string{`sum = ''`, `sum = '../../../../etc/passwd'`, `sum = 'kurz'`} {
		ok(t, s.writer.Exec(`UPDATE attachment SET `+row+` WHERE id = 1`).Error)
		if p := problemsIn(t, s, areaAttachments); len(p) != 1 {
			t.Errorf("%s: check %v", row, p)
		}
		_, _, err := s.AttachmentContent(ctx, a)
		wantCode(t, err, model.Storage)
	}
}
