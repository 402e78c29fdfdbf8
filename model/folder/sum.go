package folder

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
)

// Verdict is what the sum says about the database of a folder.
type Verdict int

// The verdicts of [Folder.VerifyDatabase].
const (
	SumUnknown Verdict = iota // there is no sum to compare with: the program was killed, or this is a new folder
	SumMatches                // the database is byte for byte the one that was closed
	SumDiffers                // something else changed or removed the database since it was closed, or the log of a killed program lost changes
)

const sumName = "qingfeng.sum"

// sum is the digest of a file. It finds accidents of the disk, which the
// database's own check does not see inside a text; it is no proof against a
// person, who could write a new sum. It is there only while the database is
// closed, so a program killed anywhere in this order leaves none, or a true one:
//
//	VerifyDatabase · UnsealDatabase · open, work, close · SealDatabase
type sum struct {
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// VerifyDatabase compares the closed database with the sum that was taken when
// it was closed. An error says that the database cannot be read.
func (f *Folder) VerifyDatabase() (Verdict, error) {
	want, err := readSum(f.path(sumName))
	if waiting := f.hasJournal(); waiting || err != nil {
		lost, err := f.logLost()
		if err == nil && (lost || waiting && gone(f.Database())) {
			return SumDiffers, nil
		}
		return SumUnknown, err
	}
	got, err := sumOf(f.Database())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return SumDiffers, nil
	case err != nil:
		return SumUnknown, cannotRead(f.Database(), err)
	case got != want:
		return SumDiffers, nil
	}
	return SumMatches, nil
}

// UnsealDatabase takes the sum away durably. It comes before the database is
// opened for writing; when it fails, the database must not be written.
func (f *Folder) UnsealDatabase() error { return retire(f.path(sumName)) }

// SealDatabase takes the sum of the database after it was closed. A sum that
// is there already stays, because nobody opened the database since it was
// taken: a damaged file must not become a good one by this. When changes still
// wait in a journal or the disk is full there is no sum, which is no error:
// the next start has nothing to compare with.
func (f *Folder) SealDatabase() error {
	if f.hasJournal() {
		return f.UnsealDatabase()
	}
	if _, err := readSum(f.path(sumName)); err == nil {
		return nil
	}
	err := flush(f.Database())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return cannotRead(f.Database(), err)
	}
	s, err := sumOf(f.Database())
	if err != nil {
		return cannotRead(f.Database(), err)
	}
	if s.Size > 0 { // an empty file is a failed start, nothing to vouch for
		_ = writeJSON(f.path(sumName), s)
	}
	return nil
}

// hasJournal reports whether changes wait beside the database that belong into
// it: it was not closed.
func (f *Folder) hasJournal() bool {
	for _, suffix := range []string{"-wal", "-journal"} {
		info, err := os.Stat(f.Database() + suffix)
		if err == nil && info.Size() > 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

func readSum(path string) (sum, error) {
	var s sum
	data, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	if err == nil && (s.Size <= 0 || len(s.SHA256) != hex.EncodedLen(sha256.Size)) {
		err = errors.New("not a sum")
	}
	return s, err
}

func sumOf(path string) (sum, error) {
	file, err := os.Open(path)
	if err != nil {
		return sum{}, err
	}
	defer file.Close()
	hash := sha256.New()
	n, err := io.Copy(hash, file)
	return sum{n, hex.EncodeToString(hash.Sum(nil))}, err
}
