package folder

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
)

// The write-ahead log of a killed program, as sqlite.org/walformat.html
// describes it: a header, then frames, each a page with a checksum over all
// before it. SQLite takes a log to end at the first frame that does not fit and
// says nothing of what comes after: right for a transaction that the power cut
// off, but a byte that changed in the middle would take every later change away
// unseen.
const (
	logHeaderSize   = 32
	frameHeaderSize = 24
	indexHeaderSize = 48 // the wal-index has two of them, equal when nobody writes
)

// logLost reports whether the log lost changes that were committed. They are
// committed for certain when the wal-index, which a killed program leaves
// behind, counts them, or when another transaction followed: each is flushed
// before the next begins.
func (f *Folder) logLost() (bool, error) {
	file, err := os.ReadFile(f.Database() + "-wal")
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return false, cannotRead(f.Database()+"-wal", err)
	case len(file) < logHeaderSize+frameHeaderSize:
		return f.indexed(nil) > 0, nil
	}
	log, ok := openLog(file)
	if !ok {
		return true, nil // its header was flushed before there was a frame
	}
	committed, marks := log.follow()
	certain := f.indexed(log.salts)
	if n := len(marks); n > 1 {
		certain = max(certain, marks[n-2])
	}
	return committed < certain, nil
}

// writeLog is a log whose header is sound.
type writeLog struct {
	frames   []byte
	salts    []byte // tell this log from the one that the file held before
	pageSize int
	order    binary.ByteOrder
	sum      checksum // over the header
}

func openLog(file []byte) (writeLog, bool) {
	head := file[:logHeaderSize]
	l := writeLog{frames: file[logHeaderSize:], salts: head[16:24], pageSize: int(binary.BigEndian.Uint32(head[8:])), order: binary.LittleEndian}
	switch binary.BigEndian.Uint32(head) {
	case 0x377f0682:
	case 0x377f0683:
		l.order = binary.BigEndian
	default:
		return l, false
	}
	l.sum.add(head[:24], l.order)
	return l, l.sum.stands(head[24:]) && l.pageSize >= 512 && l.pageSize <= 65536
}

// follow returns the number of the last sound frame that ends a transaction,
// counted from 1, and the numbers of all frames, sound or not, that do.
func (l writeLog) follow() (committed int, marks []int) {
	sum, sound := l.sum, true
	size := frameHeaderSize + l.pageSize
	for n := 1; n*size <= len(l.frames); n++ {
		frame := l.frames[(n-1)*size : n*size]
		head, page := frame[:frameHeaderSize], frame[frameHeaderSize:]
		ours := bytes.Equal(head[8:16], l.salts)
		if sound {
			sum.add(head[:8], l.order)
			sum.add(page, l.order)
			sound = ours && sum.stands(head[16:])
		}
		if !ours || binary.BigEndian.Uint32(head[4:]) == 0 {
			continue
		}
		marks = append(marks, n)
		if sound {
			committed = n
		}
	}
	return committed, marks
}

// indexed is how many frames of the log with these salts, or of any when there
// is no log, the wal-index knows to be committed; 0 when there is no index that
// can be relied on.
func (f *Folder) indexed(salts []byte) int {
	file, err := os.Open(f.Database() + "-shm")
	if err != nil {
		return 0
	}
	defer file.Close()
	var both [2 * indexHeaderSize]byte
	if _, err := io.ReadFull(file, both[:]); err != nil {
		return 0
	}
	head := both[:indexHeaderSize]
	var sum checksum
	sum.add(head[:40], binary.NativeEndian)
	if !bytes.Equal(head, both[indexHeaderSize:]) || salts != nil && !bytes.Equal(head[32:40], salts) ||
		sum != (checksum{binary.NativeEndian.Uint32(head[40:]), binary.NativeEndian.Uint32(head[44:])}) {
		return 0
	}
	return int(binary.NativeEndian.Uint32(head[16:]))
}

// checksum is SQLite's, over words of four bytes.
type checksum [2]uint32

func (c *checksum) add(data []byte, order binary.ByteOrder) {
	for ; len(data) >= 8; data = data[8:] {
		c[0] += order.Uint32(data) + c[1]
		c[1] += order.Uint32(data[4:]) + c[0]
	}
}

// stands reports whether the checksum is the one that the file holds.
func (c checksum) stands(at []byte) bool {
	return c == checksum{binary.BigEndian.Uint32(at), binary.BigEndian.Uint32(at[4:])}
}
