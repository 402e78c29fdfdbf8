package vault

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"

	"filippo.io/age"
)

// markSize is how much of the HMAC a mark keeps, in bytes: 128 bits, so that
// two values never share a mark by chance.
const markSize = 16

// Ring holds the data keys of a session; the one with the highest number is
// current and seals, all of them open. It is safe for concurrent use and
// prints as an ellipsis.
type Ring struct {
	hidden
	keys    map[int]*ringKey
	numbers []int // in the order given to NewRing
	current *ringKey
}

// NewRing makes a ring of at least one key, no two with the same number.
func NewRing(keys ...Key) (*Ring, error) {
	r := &Ring{keys: map[int]*ringKey{}}
	for _, k := range keys {
		if k.material == nil {
			return nil, errors.New("vault: a ring of a key that was never made")
		}
		if r.Has(k.number) {
			return nil, fmt.Errorf("vault: two data keys have number %d", k.number)
		}
		rk := &ringKey{Key: k}
		r.keys[k.number] = rk
		r.numbers = append(r.numbers, k.number)
		if r.current == nil || k.number > r.current.number {
			r.current = rk
		}
	}
	if r.current == nil {
		return nil, errors.New("vault: a ring without keys")
	}
	return r, nil
}

// Current is the number of the key that seals.
func (r *Ring) Current() int { return r.current.number }

// Has reports whether the ring holds the key with this number.
func (r *Ring) Has(number int) bool { return r.keys[number] != nil }

// Seal locks the value of a column ("staff.id_number") under the current key:
// "k<number>." and raw URL base64 of nonce, ciphertext and tag. The empty
// value stays empty. It opens under the same column only.
func (r *Ring) Seal(column, plain string) string {
	if plain == "" {
		return ""
	}
	return r.current.tagged(r.current.aead(column).Seal(nil, nil, []byte(plain), []byte(column)))
}

// Open returns what [Ring.Seal] locked. It fails with a model.Error when the
// value is damaged, was moved from another column, or was sealed under a key
// that the ring lacks; number 0, plain text of the time before encryption, is
// such a key.
func (r *Ring) Open(column, sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	number, ok := KeyNumber(sealed)
	if !ok {
		return "", errValue
	}
	k := r.keys[number]
	if k == nil {
		return "", errNoKey(number)
	}
	_, text, _ := strings.Cut(sealed, ".")
	box, err := encoding.DecodeString(text)
	if err != nil {
		return "", errValue
	}
	plain, err := k.aead(column).Open(box[:0], nil, box, []byte(column))
	if err != nil {
		return "", errValue
	}
	return string(plain), nil
}

// Mark is the same text for the same value of the same column, and says
// nothing else about it: what a database compares to find equal values. The
// empty value stays empty. Values must be brought to one form before.
func (r *Ring) Mark(column, plain string) string { return r.current.mark(column, plain) }

// Marks are the marks of a value under every key of the ring: what to look
// for while rows of several keys are about. None for the empty value.
func (r *Ring) Marks(column, plain string) []string {
	if plain == "" {
		return nil
	}
	marks := make([]string, len(r.numbers))
	for i, n := range r.numbers {
		marks[i] = r.keys[n].mark(column, plain)
	}
	return marks
}

// MAC proves that data was written by someone who had the key. purpose is a
// fixed word that keeps the proofs of different things apart.
func (r *Ring) MAC(purpose string, data []byte) string { return r.current.mac(purpose, data) }

// CheckMAC reports whether mac is what [Ring.MAC] gave for data under the same
// purpose and a key that the ring still holds.
func (r *Ring) CheckMAC(mac, purpose string, data []byte) bool {
	number, ok := KeyNumber(mac)
	k := r.keys[number]
	return ok && k != nil && hmac.Equal([]byte(mac), []byte(k.mac(purpose, data)))
}

// KeyNumber is the number of the data key in a sealed value, a mark or a MAC,
// and 0 for plain text of the time before encryption ("k0.…"). It is false
// for anything else, the empty value included.
func KeyNumber(sealed string) (int, bool) {
	head, _, found := strings.Cut(sealed, ".")
	digits, isKey := strings.CutPrefix(head, "k")
	number, err := strconv.Atoi(digits)
	if !found || !isKey || err != nil || number < 0 || strconv.Itoa(number) != digits {
		return 0, false
	}
	return number, true
}

// EncryptFile locks what is written to it for the current key and writes an
// age file to dst. Close ends the file, not dst.
func (r *Ring) EncryptFile(dst io.Writer) (io.WriteCloser, error) {
	w, err := age.Encrypt(dst, r.current.material.files.Recipient())
	if err != nil {
		return nil, fmt.Errorf("vault: encrypting a file: %w", err)
	}
	return w, nil
}

// DecryptFile opens what [Ring.EncryptFile] wrote while the key with this
// number was current. Bytes are checked as they are read: a damaged or cut
// file is an error of the reader at the latest, and what was read until then
// must not be used before io.EOF.
func (r *Ring) DecryptFile(src io.Reader, number int) (io.Reader, error) {
	k := r.keys[number]
	if k == nil {
		return nil, errNoKey(number)
	}
	plain, err := decrypt(src, errFile, k.material.files)
	if errors.Is(err, errNotForUs) {
		return nil, errFile
	}
	return plain, err
}

// encoding takes no stray bits after the last byte.
var encoding = base64.RawURLEncoding.Strict()

// ringKey is a data key with the subkeys that were needed so far. Columns and
// purposes are fixed words of the program, so the caches stay small.
type ringKey struct {
	Key
	columns sync.Map // column → cipher.AEAD
	macs    sync.Map // info → []byte
}

func (k *ringKey) tagged(b []byte) string {
	return "k" + strconv.Itoa(k.number) + "." + encoding.EncodeToString(b)
}

func (k *ringKey) aead(column string) cipher.AEAD {
	return cached(&k.columns, column, func() cipher.AEAD { return newAEAD(k.subkey("column", column)) })
}

func (k *ringKey) mark(column, plain string) string {
	if plain == "" {
		return ""
	}
	return k.tagged(k.hmac("mark", column, []byte(plain))[:markSize])
}

func (k *ringKey) mac(purpose string, data []byte) string {
	return k.tagged(k.hmac("mac", purpose, data))
}

func (k *ringKey) hmac(use, name string, data []byte) []byte {
	key := cached(&k.macs, use+" "+name, func() []byte { return k.subkey(use, name) })
	h := hmac.New(sha256.New, key)
	h.Write(data)
	return h.Sum(nil)
}

// subkey is a key for one use and one name. No use contains a blank, so that
// no two pairs share an info string.
func (k *ringKey) subkey(use, name string) []byte {
	key, err := hkdf.Key(sha256.New, k.material.secret[:], nil, "qingfeng "+use+" "+name, keySize)
	if err != nil {
		panic(err) // only for lengths that HKDF cannot give
	}
	return key
}

// cached returns m's value for a name, made at the first call.
func cached[T any](m *sync.Map, name string, fresh func() T) T {
	v, ok := m.Load(name)
	if !ok {
		v, _ = m.LoadOrStore(name, fresh())
	}
	return v.(T)
}
