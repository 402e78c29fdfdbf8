package vault

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"

	"filippo.io/age"
	"golang.org/x/crypto/argon2"
)

// Cost is what one guess of a password costs: Time passes over MemoryKiB
// kibibytes in Threads lanes (t, m and p of RFC 9106).
type Cost struct {
	Time, MemoryKiB uint32
	Threads         uint8
}

var (
	// Usual is the cost of a password: twice the memory and more than twice the
	// passes of RFC 9106, second option (t=3, m=64 MiB, p=4), 0.3 to 0.5 s on
	// two idle server cores. More memory would hurt old office computers.
	Usual = Cost{Time: 7, MemoryKiB: 128 << 10, Threads: 4}
	// Cheap is for tests alone.
	Cheap = Cost{Time: 1, MemoryKiB: 64, Threads: 1}
)

// Bounds on the cost that a slot may ask for: a damaged or forged row must
// not eat the machine.
const (
	maxTime      = 20
	maxMemoryKiB = 1 << 20
	maxThreads   = 16
)

func (c Cost) bounded() bool {
	return c.Time >= 1 && c.Time <= maxTime &&
		c.Threads >= 1 && c.Threads <= maxThreads &&
		c.MemoryKiB >= 8*uint32(c.Threads) && c.MemoryKiB <= maxMemoryKiB // 8·p: RFC 9106, section 3.1
}

const (
	saltSize     = 16 // bytes, RFC 9106, section 3.1
	keySize      = 32 // bytes, AES-256
	checksumSize = 8  // bytes
)

// kdf is how a secret becomes the key of a slot.
type kdf struct {
	cost Cost
	salt [saltSize]byte
}

func newKDF(cost Cost) (kdf, error) {
	if !cost.bounded() {
		return kdf{}, fmt.Errorf("vault: cost %+v is out of bounds", cost)
	}
	k := kdf{cost: cost}
	rand.Read(k.salt[:])
	return k, nil
}

// String is the form in which PHC strings write argon2id and its parameters.
func (k kdf) String() string {
	return fmt.Sprintf("argon2id$v=%d$m=%d,t=%d,p=%d$%s", argon2.Version,
		k.cost.MemoryKiB, k.cost.Time, k.cost.Threads, base64.RawStdEncoding.EncodeToString(k.salt[:]))
}

// parseKDF takes nothing but what String writes, within the bounds.
func parseKDF(s string) (kdf, error) {
	var k kdf
	parts := strings.Split(s, "$")
	if len(parts) != 4 {
		return kdf{}, errSlot
	}
	if _, err := fmt.Sscanf(parts[2], "m=%d,t=%d,p=%d", &k.cost.MemoryKiB, &k.cost.Time, &k.cost.Threads); err != nil {
		return kdf{}, errSlot
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[3])
	if err != nil || len(salt) != saltSize {
		return kdf{}, errSlot
	}
	copy(k.salt[:], salt)
	if !k.cost.bounded() || k.String() != s {
		return kdf{}, errSlot
	}
	return k, nil
}

// key stretches the secret, which takes the time that the cost says.
func (k kdf) key(secret string) []byte {
	return argon2.IDKey(secretBytes(secret), k.salt[:], k.cost.Time, k.cost.MemoryKiB, k.cost.Threads, keySize)
}

// secretBytes lets a recovery code be typed in any way that
// [ParseRecoveryCode] understands; every other secret counts as it is.
func secretBytes(secret string) []byte {
	if code, err := ParseRecoveryCode(secret); err == nil {
		return []byte(code)
	}
	return []byte(secret)
}

// newAEAD is AES-256-GCM that puts a fresh random nonce before each
// ciphertext. It panics on a key of another length.
func newAEAD(key []byte) cipher.AEAD {
	block, err := aes.NewCipher(key)
	if err != nil {
		panic(err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// SpendTime costs what [Slot.Open] costs. A sign-in under an unknown login
// name calls it, so that the time does not tell which names exist.
func SpendTime(cost Cost) {
	if k, err := newKDF(cost); err == nil {
		k.key("")
	}
}

// Identity is the private key of an account or of the recovery code. It
// prints as an ellipsis.
type Identity struct {
	hidden
	x *age.X25519Identity
}

// Recipient is the public half ("age1…"), to which data keys are sealed.
func (id *Identity) Recipient() string { return id.x.Recipient().String() }

// Slot is an identity locked by a secret: a password or a recovery code. Its
// fields are text for a database row and hold no secret in the clear.
type Slot struct {
	KDF       string // "argon2id$v=19$m=131072,t=7,p=4$<salt, raw base64>"
	Locked    string // base64 of nonce, AES-256-GCM of the identity, checksum
	Recipient string // "age1…", public: what data keys are sealed to
}

// NewSlot makes a fresh identity and locks it with the secret. It fails on an
// empty secret and on a cost out of bounds.
func NewSlot(secret string, cost Cost) (Slot, *Identity, error) {
	x, err := age.GenerateX25519Identity()
	if err != nil {
		return Slot{}, nil, fmt.Errorf("vault: %w", err)
	}
	id := &Identity{x: x}
	slot, err := id.Lock(secret, cost)
	if err != nil {
		return Slot{}, nil, err
	}
	return slot, id, nil
}

// Lock puts the same identity under a new secret: a change of password.
func (id *Identity) Lock(secret string, cost Cost) (Slot, error) {
	if secret == "" {
		return Slot{}, errEmptySecret
	}
	k, err := newKDF(cost)
	if err != nil {
		return Slot{}, err
	}
	params := k.String()
	sealed := newAEAD(k.key(secret)).Seal(nil, nil, []byte(id.x.String()), []byte(params))
	locked := append(sealed, checksum(params, sealed)...)
	return Slot{
		KDF:       params,
		Locked:    base64.StdEncoding.EncodeToString(locked),
		Recipient: id.Recipient(),
	}, nil
}

// Open unlocks the identity. It returns [ErrSecret] when the secret is not
// the one, and a [model.Error] of code Storage when the slot is damaged.
func (s Slot) Open(secret string) (*Identity, error) {
	body, err := base64.StdEncoding.Strict().DecodeString(s.Locked)
	if err != nil {
		return nil, errSlot
	}
	id, err := unlock(s.KDF, body, secret)
	if err != nil {
		return nil, err
	}
	if id.Recipient() != s.Recipient {
		return nil, errSlot
	}
	return id, nil
}

// Check says without a secret whether the slot is whole. A [model.Error] of code
// Storage says that it is not.
func (s Slot) Check() error {
	_, err := newSlotRecipient(s)
	return err
}

// checksum tells a damaged slot from a wrong password, which GCM alone cannot:
// nobody should be locked out for mistyping when the disk is at fault. It is a
// plain hash of what lies beside it and so tells a guesser nothing.
func checksum(params string, sealed []byte) []byte {
	h := sha256.New()
	h.Write([]byte(params))
	h.Write(sealed)
	return h.Sum(nil)[:checksumSize]
}

// intact takes a slot's body apart without a secret; it says whether the slot
// is whole, not whether anybody can open it.
func intact(params string, body []byte) (k kdf, sealed []byte, err error) {
	if k, err = parseKDF(params); err != nil {
		return kdf{}, nil, err
	}
	if len(body) < checksumSize {
		return kdf{}, nil, errSlot
	}
	sealed = body[:len(body)-checksumSize]
	if !bytes.Equal(checksum(params, sealed), body[len(sealed):]) {
		return kdf{}, nil, errSlot
	}
	return k, sealed, nil
}

func unlock(params string, body []byte, secret string) (*Identity, error) {
	k, sealed, err := intact(params, body)
	if err != nil {
		return nil, err
	}
	text, err := newAEAD(k.key(secret)).Open(nil, nil, sealed, []byte(params))
	if err != nil {
		return nil, ErrSecret
	}
	x, err := age.ParseX25519Identity(string(text))
	if err != nil {
		return nil, errSlot
	}
	return &Identity{x: x}, nil
}
