package vault

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"

	"qingfeng/model"
)

// An archive is a standard age file. Its header holds, for every slot, an
// X25519 stanza for the slot's recipient and a stanza of our own type with the
// slot itself: the KDF string's parts as arguments, the locked identity as
// body. Whoever has a password or the recovery code needs nothing beside the
// file; whoever has an identity can open it with any age program.
const slotStanza = "qingfeng-slot"

// maxSlots keeps the header well below the 1024 stanzas that age reads, and
// bounds the time that a wrong password takes.
const maxSlots = 256

// EncryptArchive locks what is written to it for the secrets of all slots and
// writes an age file to dst. Close ends the file, not dst. It fails when a
// slot is damaged: a backup that its owner cannot open is worse than none.
func EncryptArchive(dst io.Writer, slots []Slot) (io.WriteCloser, error) {
	if len(slots) > maxSlots {
		return nil, model.Errorf(model.Conflict, "账号超过 %d 个，无法制作备份", maxSlots)
	}
	recipients := make([]age.Recipient, len(slots))
	for i, s := range slots {
		r, err := newSlotRecipient(s)
		if err != nil {
			return nil, err
		}
		recipients[i] = r
	}
	w, err := age.Encrypt(dst, recipients...)
	if err != nil {
		return nil, fmt.Errorf("vault: encrypting an archive: %w", err)
	}
	return w, nil
}

// slotRecipient writes the two stanzas of a slot.
type slotRecipient struct {
	*age.X25519Recipient
	stanza *age.Stanza
}

func newSlotRecipient(s Slot) (*slotRecipient, error) {
	x, err := age.ParseX25519Recipient(s.Recipient)
	if err != nil {
		return nil, errSlot
	}
	body, err := base64.StdEncoding.Strict().DecodeString(s.Locked)
	if err != nil {
		return nil, errSlot
	}
	if _, _, err := intact(s.KDF, body); err != nil {
		return nil, err
	}
	return &slotRecipient{x, &age.Stanza{Type: slotStanza, Args: strings.Split(s.KDF, "$"), Body: body}}, nil
}

func (r *slotRecipient) Wrap(fileKey []byte) ([]*age.Stanza, error) {
	stanzas, err := r.X25519Recipient.Wrap(fileKey)
	return append(stanzas, r.stanza), err
}

// OpenArchive opens an archive with a password or the recovery code and
// returns its plain bytes and the identity that opened it. It returns
// [ErrSecret] when no slot takes the secret, a model.Error of code Storage
// when the file is damaged or no archive, and src's own error when reading
// fails. Each slot that does not open costs what its KDF says. Bytes are
// checked as they are read; use none of them before io.EOF.
func OpenArchive(src io.Reader, secret string) (io.Reader, *Identity, error) {
	opener := &archiveOpener{secret: secret}
	plain, err := decrypt(src, errArchive, opener)
	if errors.Is(err, errNotForUs) {
		return nil, nil, ErrSecret
	}
	if err != nil {
		return nil, nil, err
	}
	return plain, opener.opened, nil
}

// archiveOpener finds the slot that the secret opens.
type archiveOpener struct {
	secret string
	opened *Identity
}

func (o *archiveOpener) Unwrap(stanzas []*age.Stanza) ([]byte, error) {
	slots, damaged := 0, false
	for _, s := range stanzas {
		if s.Type != slotStanza {
			continue
		}
		if slots++; slots > maxSlots {
			return nil, errArchive
		}
		id, err := unlock(strings.Join(s.Args, "$"), s.Body, o.secret)
		if err != nil {
			damaged = damaged || !errors.Is(err, ErrSecret)
			continue
		}
		fileKey, err := id.x.Unwrap(stanzas)
		if err != nil {
			return nil, errArchive
		}
		o.opened = id
		return fileKey, nil
	}
	if slots == 0 || damaged {
		return nil, errArchive
	}
	return nil, age.ErrIncorrectIdentity
}

// OpenArchive opens an archive with an identity that is at hand, at no cost.
// It returns [ErrSecret] when the archive was made without it; the errors are
// otherwise those of the function [OpenArchive].
func (id *Identity) OpenArchive(src io.Reader) (io.Reader, error) {
	plain, err := decrypt(src, errArchive, id.x)
	if errors.Is(err, errNotForUs) {
		return nil, ErrSecret
	}
	return plain, err
}
