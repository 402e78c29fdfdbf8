package vault

import (
	"errors"
	"io"

	"filippo.io/age"
)

// errNotForUs says that an age file is whole as far as can be seen, but none
// of the identities is among its recipients.
var errNotForUs = errors.New("vault: sealed to others")

// decrypt opens an age file. What is wrong with its bytes becomes damaged,
// here and in the reader returned; what goes wrong in reading src stays as it
// is, since a pulled stick is no damaged file.
func decrypt(src io.Reader, damaged error, id age.Identity) (io.Reader, error) {
	d := &decrypted{src: &source{r: src}, damaged: damaged}
	var err error
	if d.plain, err = age.Decrypt(d.src, id); err != nil {
		if _, ok := errors.AsType[*age.NoIdentityMatchError](err); ok {
			return nil, errNotForUs
		}
		return nil, d.explain(err)
	}
	return d, nil
}

// decrypted is the plain stream of an age file.
type decrypted struct {
	src     *source
	plain   io.Reader
	damaged error
}

func (d *decrypted) Read(p []byte) (int, error) {
	n, err := d.plain.Read(p)
	return n, d.explain(err)
}

func (d *decrypted) explain(err error) error {
	switch {
	case err == nil || err == io.EOF:
		return err
	case d.src.err != nil:
		return d.src.err
	}
	return d.damaged
}

// source remembers that reading itself failed.
type source struct {
	r   io.Reader
	err error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}
