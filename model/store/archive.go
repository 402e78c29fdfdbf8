package store

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
)

// A backup is a tar file, gzipped and locked by the vault: first the manifest,
// then the files it lists, in its order.

const (
	manifestName   = "manifest.json"
	archiveVersion = 1
	maxManifest    = 64 << 20 // bytes; a hundred thousand scans need a tenth
)

// Manifest says what a backup holds.
type Manifest struct {
	Version  int            `json:"version"`
	Program  string         `json:"program"`
	Hospital string         `json:"hospital"`
	MadeAt   int64          `json:"made_at"` // UTC seconds
	TrailNo  int64          `json:"trail_no"`
	Trail    string         `json:"trail"` // hash of the audit trail's last line
	Files    []ManifestFile `json:"files"`

	// Flaws are what was wrong with the data when the backup was made, a sentence
	// each: such a backup brings back what there was. Known once the backup was
	// opened.
	Flaws []string `json:"-"`

	broken int // attachments that are missing or damaged
}

// ManifestFile is one file of a backup; Name is its slash-separated path in a
// data folder.
type ManifestFile struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
	Sum  string `json:"sum"` // SHA-256, hex

	path string // where it lies while the archive is written
}

// listFiles adds the files below dir to the manifest, their names below prefix.
func (m *Manifest) listFiles(dir, prefix string, take func(name string) bool) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !d.Type().IsRegular() || !take(d.Name()) {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		return m.add(path, prefix+"/"+filepath.ToSlash(rel))
	})
}

// addAttachments adds the files of the attachments that the database has. One
// that is missing or damaged is no reason to have no backup.
func (m *Manifest) addAttachments(dir string, sums []string) error {
	for _, sum := range sums {
		if name, err := hex.DecodeString(sum); err != nil || len(name) != sha256.Size {
			m.broken++
			continue
		}
		err := m.add(filepath.Join(dir, sum), attachmentsEntry+"/"+sum)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			m.broken++
		case err != nil:
			return err
		case m.Files[len(m.Files)-1].Sum != sum:
			m.broken++
		}
	}
	return nil
}

// findFlaws looks for what a backup's database has and its files lack, and for
// a broken trail. They are no reason to have no backup: it is needed all the
// more.
func (m *Manifest) findFlaws(db *gorm.DB) error {
	head, err := readHead(db)
	if err != nil {
		return faultOf(err)
	}
	bad, err := head.brokenAt(db)
	if err != nil {
		return faultOf(err)
	}
	if bad != "" {
		m.Flaws = append(m.Flaws, "操作记录"+bad)
	}
	var sums []string
	if err := db.Raw(`SELECT sum FROM attachment`).Scan(&sums).Error; err != nil {
		return faultOf(err)
	}
	whole := map[string]bool{}
	for _, f := range m.Files {
		whole[strings.TrimPrefix(f.Name, attachmentsEntry+"/")] = f.Name == attachmentsEntry+"/"+f.Sum
	}
	lost := 0
	for _, sum := range sums {
		if !whole[sum] {
			lost++
		}
	}
	if lost > 0 {
		m.Flaws = append(m.Flaws, fmt.Sprintf("有 %d 个附件的文件不见了或已损坏", lost))
	}
	return nil
}

func (m *Manifest) add(path, name string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	sum, err := sumOfFile(path)
	if err != nil {
		return err
	}
	m.Files = append(m.Files, ManifestFile{Name: name, Size: info.Size(), Sum: sum, path: path})
	return nil
}

// write puts the manifest and its files into w.
func (m *Manifest) write(ctx context.Context, w io.Writer) error {
	zipped := gzip.NewWriter(w)
	out := tar.NewWriter(zipped)
	head, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if err := out.WriteHeader(&tar.Header{Name: manifestName, Mode: 0o600, Size: int64(len(head))}); err != nil {
		return err
	}
	if _, err := out.Write(head); err != nil {
		return err
	}
	for _, f := range m.Files {
		if err := errors.Join(ctx.Err(), writeEntry(out, f)); err != nil {
			return err
		}
	}
	return errors.Join(out.Close(), zipped.Close())
}

func writeEntry(out *tar.Writer, f ManifestFile) error {
	file, err := os.Open(f.path)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := out.WriteHeader(&tar.Header{Name: f.Name, Mode: 0o600, Size: f.Size}); err != nil {
		return err
	}
	_, err = io.Copy(out, file)
	return err
}

// unpack reads a whole archive, compares every file with the manifest and puts
// them below dir. Whatever is not as it should be is an error.
func unpack(ctx context.Context, plain io.Reader, dir string) (m Manifest, err error) {
	zipped, err := gzip.NewReader(plain)
	if err != nil {
		return m, brokenArchive(err)
	}
	in := tar.NewReader(zipped)
	if m, err = readManifest(in); err != nil {
		return m, err
	}
	for _, f := range m.Files {
		if err := ctx.Err(); err != nil {
			return m, err
		}
		if err := unpackFile(in, f, dir); err != nil {
			return m, err
		}
	}
	if _, err := in.Next(); err != io.EOF {
		return m, brokenArchive(err)
	}
	// The end of the tar is not the end of what is locked: read it out, so that
	// a changed byte anywhere shows.
	if _, err := io.Copy(io.Discard, zipped); err != nil {
		return m, brokenArchive(err)
	}
	if _, err := io.Copy(io.Discard, plain); err != nil {
		return m, brokenArchive(err)
	}
	return m, nil
}

func readManifest(in *tar.Reader) (Manifest, error) {
	var m Manifest
	head, err := in.Next()
	if err != nil || head.Name != manifestName || head.Size > maxManifest {
		return m, brokenArchive(err)
	}
	data, err := io.ReadAll(in)
	if err != nil {
		return m, brokenArchive(err)
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, brokenArchive(err)
	}
	if m.Version > archiveVersion {
		return m, newerArchive()
	}
	if !slices.ContainsFunc(m.Files, func(f ManifestFile) bool { return f.Name == databaseEntry && f.Size > 0 }) {
		return m, brokenArchive(errors.New("no database"))
	}
	return m, nil
}

func unpackFile(in *tar.Reader, f ManifestFile, dir string) error {
	head, err := in.Next()
	if err != nil || head.Name != f.Name || head.Size != f.Size {
		return brokenArchive(err)
	}
	if !belongs(f.Name) {
		return brokenArchive(fmt.Errorf("entry that no backup has"))
	}
	target := filepath.Join(dir, filepath.FromSlash(f.Name))
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return cannotUnpack(err)
	}
	file, err := os.OpenFile(target, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return cannotUnpack(err)
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(io.MultiWriter(file, h), in); err != nil {
		if fault, disk := errors.AsType[*fs.PathError](err); disk && fault.Path == target {
			return cannotUnpack(err)
		}
		return brokenArchive(err)
	}
	if hex.EncodeToString(h.Sum(nil)) != f.Sum {
		return brokenArchive(fmt.Errorf("entry differs from the manifest"))
	}
	if err := errors.Join(file.Sync(), file.Close()); err != nil {
		return cannotUnpack(err)
	}
	return nil
}

func newerArchive() error {
	return model.Errorf(model.Conflict, "这份备份由更新版本的清风写入。请升级程序后再恢复")
}

// belongs reports whether a backup of ours can have a file of that name: nothing
// outside the folder, and nothing that would be taken for the database's journal.
func belongs(name string) bool {
	if name == databaseEntry {
		return true
	}
	top, rest, _ := strings.Cut(name, "/")
	return (top == attachmentsEntry || top == assetsEntry) && filepath.IsLocal(filepath.FromSlash(rest)) &&
		path.Clean(rest) == rest && !strings.Contains(rest, `\`)
}

// brokenArchive says that a backup is damaged, unless it could not be read at
// all: a stick that was pulled out is no damaged backup.
func brokenArchive(cause error) error {
	if model.CodeOf(cause) != "" { // the vault's own sentence
		return cause
	}
	if _, disk := errors.AsType[*fs.PathError](cause); disk {
		return wrapFault(cause, "备份文件读不出来：它所在的磁盘可能已经拔出，或有坏道。请接好磁盘后再试，或换另一份备份")
	}
	return wrapFault(errors.Join(errors.New("archive"), cause), "备份文件已损坏，不能用它恢复。请换另一份备份")
}

func cannotUnpack(cause error) error {
	return wrapFault(cause, "备份解不出来：磁盘已满或不能写入。原有数据没有改动，请清理磁盘后再试")
}
