package vault

import (
	"bytes"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"filippo.io/age"
	"pgregory.net/rapid"

	"qingfeng/model"
)

// testSlots are slots and the secrets that open them.
func testSlots(t *testing.T, secrets ...string) ([]Slot, []*Identity) {
	t.Helper()
	slots, ids := make([]Slot, len(secrets)), make([]*Identity, len(secrets))
	for i, s := range secrets {
		var err error
		if slots[i], ids[i], err = NewSlot(s, Cheap); err != nil {
			t.Fatal(err)
		}
	}
	return slots, ids
}

func archive(t *testing.T, plain []byte, slots []Slot) []byte {
	t.Helper()
	return written(t, plain, func(w io.Writer) (io.WriteCloser, error) { return EncryptArchive(w, slots) })
}

// readArchive opens an archive with a secret and reads it to its end.
func readArchive(file []byte, secret string) ([]byte, *Identity, error) {
	r, id, err := OpenArchive(bytes.NewReader(file), secret)
	if err != nil {
		return nil, id, err
	}
	plain, err := io.ReadAll(r)
	return plain, id, err
}

func TestAnArchiveOpensWithEverySecret(t *testing.T) {
	code := NewRecoveryCode()
	secrets := []string{"管理员的密码", "correct horse", code}
	slots, ids := testSlots(t, secrets...)
	for _, size := range sizes {
		plain := bytes.Repeat([]byte("备份"), size/6+1)[:size]
		file := archive(t, plain, slots)
		for i, secret := range secrets {
			got, id, err := readArchive(file, secret)
			if err != nil || !bytes.Equal(got, plain) || id.Recipient() != ids[i].Recipient() {
				t.Fatalf("secret %d of %d bytes: %d bytes, %v", i, size, len(got), err)
			}
			r := must[io.Reader](t)(ids[i].OpenArchive(bytes.NewReader(file)))
			if got := must[[]byte](t)(io.ReadAll(r)); !bytes.Equal(got, plain) {
				t.Fatalf("identity %d of %d bytes: other bytes", i, size)
			}
		}
		must[*Identity](t)(second(readArchive(file, strings.ToLower(code))))
	}
}

func second(_ []byte, id *Identity, err error) (*Identity, error) { return id, err }

// Any age program opens an archive with the identity: nobody depends on this
// one.
func TestAnArchiveIsAnAgeFile(t *testing.T) {
	slots, ids := testSlots(t, "a", "b")
	r := must[io.Reader](t)(age.Decrypt(bytes.NewReader(archive(t, []byte("x"), slots)), ids[1].x))
	if got := must[[]byte](t)(io.ReadAll(r)); string(got) != "x" {
		t.Errorf("came back as %q", got)
	}
}

func TestAnArchiveOpensForNobodyElse(t *testing.T) {
	slots, _ := testSlots(t, "a", "b")
	file := archive(t, []byte("x"), slots)
	rapid.Check(t, func(t *rapid.T) {
		secret := secrets().Filter(func(s string) bool { return s != "a" && s != "b" }).Draw(t, "secret")
		if _, id, err := readArchive(file, secret); !errors.Is(err, ErrSecret) || id != nil {
			t.Fatalf("%v, %v", id, err)
		}
	})
	if _, err := testIdentity(t).OpenArchive(bytes.NewReader(file)); !errors.Is(err, ErrSecret) {
		t.Errorf("a stranger's identity gave %v", err)
	}
	for _, secret := range []string{"", "A", NewRecoveryCode()} {
		if _, _, err := readArchive(file, secret); !errors.Is(err, ErrSecret) {
			t.Errorf("%q gave %v", secret, err)
		}
	}
}

func TestTheHeaderNamesNobody(t *testing.T) {
	slots, _ := testSlots(t, "a", "b")
	file := archive(t, []byte("secret words"), slots)
	for _, s := range slots {
		if bytes.Contains(file, []byte(s.Recipient)) {
			t.Error("a recipient stands in the file")
		}
	}
	if bytes.Contains(file, []byte("secret words")) || bytes.Contains(file, []byte("AGE-SECRET")) {
		t.Error("the file is not encrypted")
	}
}

func TestADamagedArchiveIsNoticed(t *testing.T) {
	slots, ids := testSlots(t, "a", "b")
	for _, size := range []int{10, 200_000} {
		file := archive(t, make([]byte, size), slots)
		damagedFile(file, func(name string, at int, damaged []byte) {
			// Without the name of its stanza a slot is not there, so the secret opens none.
			if _, _, err := readArchive(damaged, "b"); model.CodeOf(err) != model.Storage && !errors.Is(err, ErrSecret) {
				t.Fatalf("%d bytes, %s at %d: %v", size, name, at, err)
			}
			r, err := ids[1].OpenArchive(bytes.NewReader(damaged))
			if err == nil {
				_, err = io.ReadAll(r)
			}
			if model.CodeOf(err) != model.Storage && !errors.Is(err, ErrSecret) {
				t.Fatalf("%d bytes, %s at %d: %v", size, name, at, err)
			}
		})
	}
}

func TestWhatIsNoArchive(t *testing.T) {
	r := testRing(t, 1)
	attachment := written(t, []byte("x"), r.EncryptFile)
	for name, file := range map[string][]byte{"nothing": nil, "text": []byte("你好\n"), "a database": []byte("SQLite format 3\x00"),
		"an attachment": attachment, "an endless line": bytes.Repeat([]byte("a"), 3<<20)} {
		if _, _, err := readArchive(file, "a"); model.CodeOf(err) != model.Storage {
			t.Errorf("%s gave %v", name, err)
		}
	}
	gone := errors.New("the stick is gone")
	if _, _, err := OpenArchive(iotest.ErrReader(gone), "a"); !errors.Is(err, gone) {
		t.Errorf("an unreadable source gave %v", err)
	}
}

// A slot taken from one archive must not pass in another: its owner is none
// of the recipients, and the header's MAC tells.
func TestAForgedHeaderIsNoticed(t *testing.T) {
	slots, _ := testSlots(t, "a")
	forged, _ := testSlots(t, "forged")
	own := must[*slotRecipient](t)(newSlotRecipient(slots[0]))
	own.stanza = must[*slotRecipient](t)(newSlotRecipient(forged[0])).stanza
	file := written(t, []byte("x"), func(w io.Writer) (io.WriteCloser, error) { return age.Encrypt(w, own) })
	_, _, err := readArchive(file, "forged")
	wantCode(t, err, model.Storage)
}

func TestArchivesAreMadeProperly(t *testing.T) {
	slots, _ := testSlots(t, "a")
	many := make([]Slot, maxSlots+1)
	for i := range many {
		many[i] = slots[0]
	}
	for name, bad := range map[string][]Slot{
		"no slot":             nil,
		"a damaged KDF":       {slots[0], {"argon2id", slots[0].Locked, slots[0].Recipient}},
		"a damaged lock":      {slots[0], {slots[0].KDF, "AAAA", slots[0].Recipient}},
		"a lock of no base64": {slots[0], {slots[0].KDF, "风", slots[0].Recipient}},
		"a damaged recipient": {slots[0], {slots[0].KDF, slots[0].Locked, "age1"}},
		"too many":            many,
	} {
		var b bytes.Buffer
		if _, err := EncryptArchive(&b, bad); err == nil || b.Len() > 0 {
			t.Errorf("%s: %d bytes, %v", name, b.Len(), err)
		}
	}
	if _, _, err := readArchive(archive(t, []byte("x"), many[:maxSlots]), "a"); err != nil {
		t.Errorf("as many as may be: %v", err)
	}
}

// A slot that shows damage must not let the right password look wrong.
func TestADamagedSlotInAnArchiveIsNoWrongPassword(t *testing.T) {
	slots, _ := testSlots(t, "a", "b")
	first, last := must[*slotRecipient](t)(newSlotRecipient(slots[0])), must[*slotRecipient](t)(newSlotRecipient(slots[1]))
	first.stanza.Body[20] ^= 1
	file := written(t, []byte("x"), func(w io.Writer) (io.WriteCloser, error) { return age.Encrypt(w, first, last) })
	_, _, err := readArchive(file, "a")
	wantCode(t, err, model.Storage)
	if _, _, err := readArchive(file, "b"); err != nil {
		t.Errorf("the slot that is whole gave %v", err)
	}
}

// A forged header with a slot after the other must not keep the machine busy.
func TestTooManySlotsAreNotTried(t *testing.T) {
	slots, _ := testSlots(t, "a", "b")
	many := make([]age.Recipient, maxSlots+1)
	for i := range many {
		many[i] = must[*slotRecipient](t)(newSlotRecipient(slots[0]))
	}
	many[maxSlots] = must[*slotRecipient](t)(newSlotRecipient(slots[1]))
	file := written(t, []byte("x"), func(w io.Writer) (io.WriteCloser, error) { return age.Encrypt(w, many...) })
	_, _, err := readArchive(file, "b")
	wantCode(t, err, model.Storage)
}

// The file was written by the first version; every later one must open it.
func TestTheFormatOfAnArchiveStays(t *testing.T) {
	file := must[[]byte](t)(os.ReadFile("testdata/archive-1.age"))
	for _, secret := range []string{"清风 correct horse", "N9W4-HRB3-6BCD-X58Z-GPHW-PHN7-AK31"} {
		if got, _, err := readArchive(file, secret); err != nil || string(got) != "第一版的备份\n" {
			t.Errorf("%q, %v", got, err)
		}
	}
}

func FuzzOpenArchive(f *testing.F) {
	f.Add(must[[]byte](f)(os.ReadFile("testdata/archive-1.age")), "清风 correct horse")
	f.Add([]byte("age-encryption.org/v1\n-> qingfeng-slot argon2id v=19 m=4294967295,t=9,p=9 AA\n\n--- AA\n"), "")
	f.Fuzz(func(t *testing.T, file []byte, secret string) {
		_, _, err := readArchive(file, secret)
		if err != nil {
			wantOneOf(t, err, model.Storage, model.Invalid)
		}
	})
}
