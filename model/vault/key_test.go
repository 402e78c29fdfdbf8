package vault

import (
	"bytes"
	"encoding/base64"
	"testing"

	"filippo.io/age"
	"pgregory.net/rapid"

	"qingfeng/model"
)

func testIdentity(t *testing.T) *Identity {
	t.Helper()
	return &Identity{x: must[*age.X25519Identity](t)(age.GenerateX25519Identity())}
}

func TestASealedKeyOpensForEachRecipient(t *testing.T) {
	ids := []*Identity{testIdentity(t), testIdentity(t), testIdentity(t)}
	rapid.Check(t, func(t *rapid.T) {
		key := must[Key](t)(NewKey(rapid.IntRange(1, 1<<31).Draw(t, "number")))
		var to []string
		for _, id := range ids {
			to = append(to, id.Recipient())
		}
		sealed := must[string](t)(key.SealTo(to))
		for _, id := range ids {
			got := must[Key](t)(OpenKey(key.Number(), sealed, id))
			if got.Number() != key.Number() || got.material.secret != key.material.secret ||
				got.material.files.String() != key.material.files.String() {
				t.Fatal("another key came out")
			}
		}
	})
}

func TestASealedKeyIsRefused(t *testing.T) {
	mine, other := testIdentity(t), testIdentity(t)
	key := must[Key](t)(NewKey(1))
	sealed := must[string](t)(key.SealTo([]string{mine.Recipient()}))
	seal := func(plain string) string {
		var b bytes.Buffer
		if err := encryptAll(&b, []byte(plain), []age.Recipient{mine.x.Recipient()}); err != nil {
			t.Fatal(err)
		}
		return base64.StdEncoding.EncodeToString(b.Bytes())
	}
	for _, c := range []struct {
		name   string
		number int
		sealed string
		id     *Identity
		want   model.Code
	}{
		{"by whom it was not sealed to", 1, sealed, other, model.Conflict},
		{"under the number of another key", 2, sealed, mine, model.Storage},
		{"under the number 0", 0, seal(`{"number":0}`), mine, model.Storage},
		{"cut", 1, sealed[:len(sealed)-8], mine, model.Storage},
		{"empty", 1, "", mine, model.Storage},
		{"without JSON", 1, seal("k"), mine, model.Storage},
		{"with a short secret", 1, seal(`{"number":1,"secret":"AAAA","files":"` + mine.x.String() + `"}`), mine, model.Storage},
		{"without an identity", 1, seal(`{"number":1,"secret":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=","files":""}`), mine, model.Storage},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := OpenKey(c.number, c.sealed, c.id)
			wantCode(t, err, c.want)
		})
	}
}

func TestADamagedSealedKeyIsNoticed(t *testing.T) {
	id := testIdentity(t)
	key := must[Key](t)(NewKey(1))
	file := must[[]byte](t)(base64.StdEncoding.DecodeString(must[string](t)(key.SealTo([]string{id.Recipient()}))))
	for at := range file {
		for bit := range 8 {
			damaged := bytes.Clone(file)
			damaged[at] ^= 1 << bit
			// A damaged recipient stanza is one for somebody else.
			if _, err := OpenKey(1, base64.StdEncoding.EncodeToString(damaged), id); model.CodeOf(err) == "" {
				t.Fatalf("bit %d at %d gave %v", bit, at, err)
			}
		}
	}
}

func TestKeysAreMadeProperly(t *testing.T) {
	for _, number := range []int{0, -1} {
		if _, err := NewKey(number); err == nil {
			t.Errorf("a key got number %d", number)
		}
	}
	a, b := must[Key](t)(NewKey(1)), must[Key](t)(NewKey(1))
	if a.material.secret == b.material.secret || a.material.files.String() == b.material.files.String() {
		t.Error("two fresh keys are the same")
	}
	if _, err := a.SealTo(nil); err == nil {
		t.Error("a key was sealed to nobody")
	}
	_, err := a.SealTo([]string{"age1nobody"})
	wantCode(t, err, model.Storage)
	if _, err := (Key{}).SealTo([]string{testIdentity(t).Recipient()}); err == nil {
		t.Error("a key never made was sealed")
	}
}

func FuzzOpenKey(f *testing.F) {
	x, err := age.ParseX25519Identity("AGE-SECRET-KEY-1QYPQXPQ9QCRSSZG2PVXQ6RS0ZQG3YYC5Z5TPWXQERGD3C8G7RUSQGPQYEE")
	if err != nil {
		f.Fatal(err)
	}
	id := &Identity{x: x}
	key := must[Key](f)(NewKey(1))
	f.Add(1, must[[]byte](f)(base64.StdEncoding.DecodeString(must[string](f)(key.SealTo([]string{id.Recipient()})))))
	f.Add(1, []byte("age-encryption.org/v1\n"))
	f.Fuzz(func(t *testing.T, number int, file []byte) {
		if _, err := OpenKey(number, base64.StdEncoding.EncodeToString(file), id); err != nil {
			wantOneOf(t, err, model.Storage, model.Conflict)
		}
	})
}
