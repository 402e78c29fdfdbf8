package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/vault"
)

// attachable are the tables whose records may have attachments, by the word
// that the audit trail uses. label is the SQL of how the office calls a record.
var attachable = map[string]struct{ table, label string }{
	"承诺书":  {"commitment", "form_no"},
	"自查表":  {"selfcheck", "form_no"},
	"问题":   {"finding", "form_no"},
	"责任事项": {"duty", "project"},
	"红包上交": {"handover", "form_no"},
	"处置":   {"disposition", "form_no"},
	"保管交接": {"custody", "form_no"},
	"抽查":   {"pick", "(SELECT form_no FROM draw WHERE draw.id = draw_id)"},
}

type attachmentRow struct {
	model.Attachment
	Sum     string // hex SHA-256 of the encrypted file, which is its name
	KeyNo   int
	AddedAt int64
}

// shortSum is enough of the file's name to find it, whatever the row holds.
func (r attachmentRow) shortSum() string { return r.Sum[:min(len(r.Sum), 12)] }

// attachment is the row as people see it.
func (by *session) attachment(r attachmentRow) (model.Attachment, error) {
	a := r.Attachment
	a.AddedAt = time.Unix(r.AddedAt, 0)
	return a, by.unseal("attachment", map[string]*string{"file_name": &a.FileName})
}

// Attach adds a file to a record. Its content is read whole, must be what its
// name says and is stored encrypted.
func (s *Store) Attach(ctx context.Context, entity string, id int64, fileName string, src io.Reader) (int64, error) {
	by, err := s.may(model.Write)
	if err != nil {
		return 0, err
	}
	fileName = filepath.Base(fileName)
	content, err := readAttachment(fileName, src)
	if err != nil {
		return 0, err
	}
	var added int64
	var sum string
	err = s.transact(ctx, by, func(c *change) error {
		label, err := c.labelOf(entity, id)
		if err != nil {
			return err
		}
		ring := by.ring() // a key change waits for this transaction
		if sum, err = s.storeFile(ring, content); err != nil {
			return err
		}
		added, err = c.insert("attachment", columns{"entity": entity, "entity_id": id, "file_name": fileName, "size": len(content), "sum": sum,
			"key_no": ring.Current(), "added_at": s.now().Unix(), "voided_on": "", "void_reason": ""})
		if err != nil {
			return err
		}
		return c.record("添加附件", entity, id, label, nil, columns{"file_name": fileName, "size": len(content), "sum": sum})
	})
	if err != nil {
		if sum != "" {
			os.Remove(s.attachmentPath(sum))
		}
		return 0, err
	}
	return added, nil
}

// longestFileName is what Windows allows, in characters.
const longestFileName = 255

func readAttachment(fileName string, src io.Reader) ([]byte, error) {
	if msg := model.BadText(fileName, longestFileName); msg != "" {
		return nil, model.Errorf(model.Invalid, "附件的文件名%s。请改名后再添加", msg)
	}
	content, err := io.ReadAll(io.LimitReader(src, model.LargestAttachment+1))
	kind := strings.ToLower(filepath.Ext(fileName))
	switch {
	case err != nil:
		return nil, model.Errorf(model.Invalid, "读不了文件 %s，请检查它所在的磁盘", fileName)
	case len(content) > model.LargestAttachment:
		return nil, model.Errorf(model.Invalid, "%s 超过 %d MB。请降低扫描分辨率，或分成几个文件", fileName, model.LargestAttachment>>20)
	case len(content) == 0:
		return nil, model.Errorf(model.Invalid, "%s 是空文件", fileName)
	case !slices.Contains(model.AttachmentKinds, kind):
		return nil, model.Errorf(model.Invalid, "%s 不能作为附件。请用 PDF、JPG 或 PNG 文件", fileName)
	}
	is := http.DetectContentType(content)
	if want := map[string]string{".pdf": "application/pdf", ".png": "image/png"}[kind]; is != want && (want != "" || is != "image/jpeg") {
		return nil, model.Errorf(model.Invalid, "%s 的内容与扩展名不符，可能已损坏。请重新扫描，或改正扩展名", fileName)
	}
	return content, nil
}

// storeFile encrypts content into the folder of attachments and returns the
// file's name.
func (s *Store) storeFile(ring *vault.Ring, content []byte) (string, error) {
	var locked bytes.Buffer
	w, err := ring.EncryptFile(&locked)
	if err != nil {
		return "", err
	}
	if _, err := w.Write(content); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	sum := sha256.Sum256(locked.Bytes())
	name := hex.EncodeToString(sum[:])
	return name, folder.WriteFile(s.attachmentPath(name), func(w io.Writer) error {
		_, err := w.Write(locked.Bytes())
		return err
	})
}

func (s *Store) attachmentPath(sum string) string {
	return filepath.Join(s.folder.Attachments(), sum)
}

// labelOf is how the office calls the record that gets an attachment.
func (c *change) labelOf(entity string, id int64) (string, error) {
	of, ok := attachable[entity]
	if !ok {
		return "", fmt.Errorf("records of %s have no attachments", entity)
	}
	var label string
	err := first(c.Table(of.table).Select(of.label).Where("id = ?", id), &label, "份"+entity)
	return label, err
}

// Attachments lists the files of a record that are in force, oldest first.
func (s *Store) Attachments(ctx context.Context, entity string, id int64) ([]model.Attachment, error) {
	by, err := s.may(model.Read)
	if err != nil {
		return nil, err
	}
	var rows []attachmentRow
	if err := s.read(ctx).Table("attachment").Where("entity = ? AND entity_id = ? AND voided_on = ''", entity, id).Order("id").Find(&rows).Error; err != nil {
		return nil, faultOf(err)
	}
	out := make([]model.Attachment, len(rows))
	for i, r := range rows {
		if out[i], err = by.attachment(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// AttachmentContent returns a file's plain content, which is kept on no disk.
// It is for those who may see sensitive values: scans show names and hands.
func (s *Store) AttachmentContent(ctx context.Context, id int64) (model.Attachment, []byte, error) {
	by, err := s.may(model.ReadPlain)
	if err != nil {
		return model.Attachment{}, nil, err
	}
	s.files.RLock()
	defer s.files.RUnlock()
	var row attachmentRow
	if err := first(s.read(ctx).Table("attachment").Where("id = ?", id), &row, "个附件"); err != nil {
		return model.Attachment{}, nil, err
	}
	content, err := s.openFile(by.ring(), row)
	if err != nil {
		return model.Attachment{}, nil, err
	}
	a, err := by.attachment(row)
	return a, content, err
}

func (s *Store) openFile(ring *vault.Ring, row attachmentRow) ([]byte, error) {
	locked, err := os.ReadFile(s.attachmentPath(row.Sum))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, wrapFault(err, "附件的文件不见了。请做一次体检，或从备份恢复")
	case err != nil:
		return nil, wrapFault(err, "附件的文件读不出来，请检查磁盘")
	}
	if sum := sha256.Sum256(locked); hex.EncodeToString(sum[:]) != row.Sum {
		return nil, model.Errorf(model.Storage, "附件的文件已损坏。请从备份恢复")
	}
	plain, err := ring.DecryptFile(bytes.NewReader(locked), row.KeyNo)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(plain)
}

// VoidAttachment takes a wrong file out of use; it stays on the disk.
func (s *Store) VoidAttachment(ctx context.Context, id int64, reason string) error {
	reason = strings.TrimSpace(reason)
	if msg := model.BadText(reason, model.MaxNote); reason == "" || msg != "" {
		return model.Errorf(model.Invalid, "请填写作废原因（最多 %d 字）", model.MaxNote)
	}
	return s.write(ctx, model.Decide, func(c *change) error {
		var row attachmentRow
		if err := first(c.Table("attachment").Where("id = ?", id), &row, "个附件"); err != nil {
			return err
		}
		if row.VoidedOn != "" {
			return model.Errorf(model.Conflict, "这个附件已于 %s 作废", row.VoidedOn)
		}
		label, err := c.labelOf(row.Entity, row.EntityID)
		if err != nil {
			return err
		}
		after := columns{"voided_on": string(s.Today()), "void_reason": reason}
		if err := c.update("attachment", id, after); err != nil {
			return err
		}
		after["sum"] = row.Sum
		return c.record("作废附件", row.Entity, row.EntityID, label, nil, after)
	})
}

// rekeyAttachment encrypts one attachment under the current key and returns
// how many it did: 1, or 0 when none is left.
func (s *Store) rekeyAttachment(ctx context.Context) (int, error) {
	var row attachmentRow
	var sum string
	err := s.writeOrNothing(ctx, model.Manage, func(c *change) (bool, error) {
		ring := c.by.ring()
		err := first(c.Table("attachment").Where("key_no <> ?", ring.Current()).Order("id"), &row, "个附件")
		if model.CodeOf(err) == model.NotFound {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		content, err := s.openFile(ring, row)
		if err != nil {
			return false, err
		}
		if sum, err = s.storeFile(ring, content); err != nil {
			return false, err
		}
		if err := c.update("attachment", row.ID, columns{"sum": sum, "key_no": ring.Current()}); err != nil {
			return false, err
		}
		return true, c.record("重新加密", "数据密钥", int64(ring.Current()), "1 个附件", columns{"sum": row.Sum}, columns{"sum": sum})
	})
	switch {
	case sum == "":
		return 0, err
	case err != nil:
		os.Remove(s.attachmentPath(sum))
		return 0, err
	}
	s.files.Lock() // a backup or a reader may just want it
	defer s.files.Unlock()
	os.Remove(s.attachmentPath(row.Sum)) // one that stays is dropped when the change ends
	return 1, nil
}

// dropStrayFiles removes files that no row names: of a change that was killed
// between the file and its row, or a scanner of viruses held. It runs in a
// transaction, so that no file waits for its row, when no key opens them.
func (c *change) dropStrayFiles() error {
	if !c.s.files.TryLock() {
		return nil // a backup runs: the next key change will do
	}
	defer c.s.files.Unlock()
	var sums []string
	if err := c.Raw(`SELECT sum FROM attachment`).Scan(&sums).Error; err != nil {
		return err
	}
	slices.Sort(sums)
	entries, err := os.ReadDir(c.s.folder.Attachments())
	for _, e := range entries {
		if _, known := slices.BinarySearch(sums, e.Name()); !known && len(e.Name()) == 2*sha256.Size {
			os.Remove(c.s.attachmentPath(e.Name()))
		}
	}
	return err
}

// checkAttachments compares each file with its name.
func (s *Store) checkAttachments(ctx context.Context) ([]Problem, error) {
	var rows []attachmentRow
	if err := s.peek(ctx).Table("attachment").Order("id").Find(&rows).Error; err != nil {
		return nil, err
	}
	var out []Problem
	for _, r := range rows {
		switch sum, err := sumOfFile(s.attachmentPath(r.Sum)); {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.Is(err, fs.ErrNotExist):
			out = append(out, Problem{areaAttachments, fmt.Sprintf("附件 %d 的文件 %s… 不见了", r.ID, r.shortSum())})
		case err != nil:
			out = append(out, Problem{areaAttachments, fmt.Sprintf("附件 %d 的文件 %s… 读不出来", r.ID, r.shortSum())})
		case sum != r.Sum:
			out = append(out, Problem{areaAttachments, fmt.Sprintf("附件 %d 的文件 %s… 被改动或已损坏", r.ID, r.shortSum())})
		}
	}
	return out, nil
}

func sumOfFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
