package vault

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
)

// Key is one data key: 32 random bytes for columns and an age identity for
// files. Keys are numbered 1, 2, … in the order they come into use. It prints
// as an ellipsis.
type Key struct {
	hidden
	number int
	// Behind a pointer, because fmt prints the unexported fields of a struct
	// around a Key without asking Format, and stops at pointers.
	material *material
}

type material struct {
	secret [keySize]byte
	files  *age.X25519Identity
}

// NewKey makes a fresh data key. Numbers start at 1; 0 stands for the time
// before encryption.
func NewKey(number int) (Key, error) {
	if number < 1 {
		return Key{}, fmt.Errorf("vault: no data key has number %d", number)
	}
	files, err := age.GenerateX25519Identity()
	if err != nil {
		return Key{}, fmt.Errorf("vault: %w", err)
	}
	m := &material{files: files}
	rand.Read(m.secret[:])
	return Key{number: number, material: m}, nil
}

// Number tells data keys apart; it stands before everything a key sealed.
func (k Key) Number() int { return k.number }

// sealedKey is what lies inside the age file of a sealed key. The number is
// inside, so that a row's number cannot be exchanged.
type sealedKey struct {
	Number int    `json:"number"`
	Secret []byte `json:"secret"`
	Files  string `json:"files"` // AGE-SECRET-KEY-1…
}

// SealTo locks the key for the recipients ("age1…"), each of whom opens it
// alone: base64 of an age file.
func (k Key) SealTo(recipients []string) (string, error) {
	if k.material == nil {
		return "", errors.New("vault: sealing a key that was never made")
	}
	to := make([]age.Recipient, len(recipients))
	for i, r := range recipients {
		recipient, err := age.ParseX25519Recipient(r)
		if err != nil {
			return "", errSlot
		}
		to[i] = recipient
	}
	plain, err := json.Marshal(sealedKey{k.number, k.material.secret[:], k.material.files.String()})
	if err != nil {
		return "", fmt.Errorf("vault: %w", err)
	}
	var sealed bytes.Buffer
	if err := encryptAll(&sealed, plain, to); err != nil {
		return "", fmt.Errorf("vault: sealing a data key: %w", err)
	}
	return base64.StdEncoding.EncodeToString(sealed.Bytes()), nil
}

func encryptAll(dst io.Writer, plain []byte, to []age.Recipient) error {
	w, err := age.Encrypt(dst, to...)
	if err != nil {
		return err
	}
	if _, err := w.Write(plain); err != nil {
		return err
	}
	return w.Close()
}

// OpenKey opens a key that was sealed to the identity. It returns a
// model.Error of code Conflict when the key was sealed to others only, and of
// code Storage when it is damaged or was stored under another number.
func OpenKey(number int, sealed string, id *Identity) (Key, error) {
	file, err := base64.StdEncoding.Strict().DecodeString(sealed)
	if err != nil {
		return Key{}, errKey
	}
	r, err := decrypt(bytes.NewReader(file), errKey, id.x)
	if errors.Is(err, errNotForUs) {
		return Key{}, errKeyForeign
	}
	if err != nil {
		return Key{}, err
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return Key{}, err
	}
	var s sealedKey
	if err := json.Unmarshal(plain, &s); err != nil {
		return Key{}, errKey
	}
	files, err := age.ParseX25519Identity(s.Files)
	if err != nil || s.Number != number || number < 1 || len(s.Secret) != keySize {
		return Key{}, errKey
	}
	return Key{number: number, material: &material{secret: [keySize]byte(s.Secret), files: files}}, nil
}
