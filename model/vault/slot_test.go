package vault

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/model"
)

// The value was computed with the OpenSSL binding of Python's cryptography
// package, which gives the argon2id vector of RFC 9106, section 5.3.
func TestArgon2idIsThatOfTheStandard(t *testing.T) {
	k := kdf{cost: Cost{Time: 3, MemoryKiB: 1024, Threads: 4}}
	for i := range k.salt {
		k.salt[i] = byte(i)
	}
	const want = "35cb4ec5412cb7b98f124d47ed6d518f0a95305636a96779b423a30a77fc98be"
	if got := hex.EncodeToString(k.key("清风 correct horse")); got != want {
		t.Errorf("the key is %s, want %s", got, want)
	}
}

// foreignSlot was made by an independent program from the description of Slot.
var foreignSlot = Slot{
	KDF: "argon2id$v=19$m=64,t=1,p=1$AAECAwQFBgcICQoLDA0ODw",
	Locked: "AAECAwQFBgcICQoLirXS0ZsVatuxHyeGPoTmG33D7/hdcv05breMn5C9uAoQsp/E3XrB/V6GyfWhioZTCOSWNatrOojeKpSvXFRzxuDiKk/0" +
		"okOBvmFP0wxss4Dfx4Gm8fdbTP6UVqnb6N88Ve4=",
	Recipient: "age1q73he0q5yzfu3d64msd3p6rvksnrwjk3d2598mgtmlqt9wrdr37q2vrn72",
}

func TestTheFormatOfASlotStays(t *testing.T) {
	id := must[*Identity](t)(foreignSlot.Open("清风 correct horse"))
	if got := id.x.String(); got != "AGE-SECRET-KEY-1QYPQXPQ9QCRSSZG2PVXQ6RS0ZQG3YYC5Z5TPWXQERGD3C8G7RUSQGPQYEE" {
		t.Errorf("another identity came out: %s", got)
	}
}

func TestASlotOpensWithItsSecretOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		secret, wrong := secrets().Draw(t, "secret"), secrets().Draw(t, "wrong")
		slot, id, err := NewSlot(secret, Cheap)
		if err != nil {
			t.Fatal(err)
		}
		if got := must[*Identity](t)(slot.Open(secret)); got.x.String() != id.x.String() || got.Recipient() != slot.Recipient {
			t.Fatal("another identity came out")
		}
		if wrong == secret {
			return
		}
		if _, err := slot.Open(wrong); !errors.Is(err, ErrSecret) {
			t.Fatalf("the wrong secret gave %v", err)
		}
	})
}

func TestANewPasswordKeepsTheIdentity(t *testing.T) {
	old, id, err := NewSlot("旧密码", Cheap)
	if err != nil {
		t.Fatal(err)
	}
	changed := must[Slot](t)(id.Lock("新密码", Cheap))
	if changed.Recipient != old.Recipient || changed.KDF == old.KDF || changed.Locked == old.Locked {
		t.Errorf("the slot went from %v to %v", old, changed)
	}
	must[*Identity](t)(changed.Open("新密码"))
	if _, err := changed.Open("旧密码"); !errors.Is(err, ErrSecret) {
		t.Errorf("the old password gave %v", err)
	}
}

func TestARecoveryCodeOpensHoweverItIsTyped(t *testing.T) {
	code := NewRecoveryCode()
	slot, _, err := NewSlot(code, Cheap)
	if err != nil {
		t.Fatal(err)
	}
	must[*Identity](t)(slot.Open(" " + strings.ToLower(strings.ReplaceAll(code, "-", "")) + "\n"))
}

func TestNothingLocksWithoutASecret(t *testing.T) {
	_, _, err := NewSlot("", Cheap)
	wantCode(t, err, model.Invalid)
	for _, c := range []Cost{{}, {Time: 1, MemoryKiB: 64}, {MemoryKiB: 64, Threads: 1}, {Time: 21, MemoryKiB: 64, Threads: 1},
		{Time: 1, MemoryKiB: 1<<20 + 1, Threads: 1}, {Time: 1, MemoryKiB: 1 << 10, Threads: 17}, {Time: 1, MemoryKiB: 63, Threads: 8}} {
		if _, _, err := NewSlot("x", c); err == nil {
			t.Errorf("cost %+v was taken", c)
		}
	}
	if u := Usual; !u.bounded() || u.Time < 3 || u.MemoryKiB < 64<<10 {
		t.Errorf("the usual cost %+v is below RFC 9106's second option", u)
	}
}

// A damaged slot must not look like a wrong password, with which people would
// lock themselves out.
func TestADamagedSlotIsNoWrongPassword(t *testing.T) {
	const secret = "清风 correct horse"
	try := func(field string, at int, s Slot) {
		t.Helper()
		_, err := s.Open(secret)
		if model.CodeOf(err) != model.Storage || strings.Contains(err.Error(), secret) {
			t.Fatalf("%s damaged at %d gave %v", field, at, err)
		}
		if !strings.HasSuffix(field, "another slot") && model.CodeOf(s.Check()) != model.Storage {
			t.Fatalf("%s damaged at %d passes the check", field, at)
		}
	}
	s := foreignSlot
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	eachDamage(s.KDF, func(d string, at int) { try("KDF", at, Slot{d, s.Locked, s.Recipient}) })
	eachDamage(s.Locked, func(d string, at int) { try("Locked", at, Slot{s.KDF, d, s.Recipient}) })
	eachDamage(s.Recipient, func(d string, at int) { try("Recipient", at, Slot{s.KDF, s.Locked, d}) })
	for cut := range len(s.Locked) {
		try("Locked cut", cut, Slot{s.KDF, s.Locked[:cut], s.Recipient})
	}
	other, _, err := NewSlot(secret, Cheap)
	if err != nil {
		t.Fatal(err)
	}
	try("Recipient of another slot", 0, Slot{s.KDF, s.Locked, other.Recipient})
	try("Locked of another slot", 0, Slot{s.KDF, other.Locked, s.Recipient})
	try("nothing", 0, Slot{})
}

// A row that asks for too much is refused before it costs anything, however
// well its checksum fits.
func TestASlotCannotAskForTooMuch(t *testing.T) {
	for _, params := range []string{
		"m=1048577,t=1,p=1", "m=4294967295,t=1,p=1", "m=64,t=21,p=1", "m=64,t=4294967295,p=1", "m=1024,t=1,p=17",
		"m=64,t=1,p=257", "m=64,t=0,p=1", "m=64,t=1,p=0", "m=0,t=1,p=1", "m=-64,t=1,p=1", "m=64,t=1", "m=064,t=1,p=1",
		"m=64,t=1,p=1,x=1", "t=1,m=64,p=1", "",
	} {
		k := "argon2id$v=19$" + params + "$AAECAwQFBgcICQoLDA0ODw"
		sealed := make([]byte, 40)
		s := Slot{KDF: k, Locked: base64.StdEncoding.EncodeToString(append(sealed, checksum(k, sealed)...))}
		if _, err := s.Open("x"); model.CodeOf(err) != model.Storage {
			t.Errorf("%s gave %v", k, err)
		}
	}
}

func FuzzSlotOpen(f *testing.F) {
	f.Add(foreignSlot.KDF, foreignSlot.Locked, foreignSlot.Recipient, "清风 correct horse")
	f.Add("argon2id$v=19$m=4294967295,t=4294967295,p=255$", "", "", "")
	f.Fuzz(func(t *testing.T, params, locked, recipient, secret string) {
		id, err := Slot{params, locked, recipient}.Open(secret)
		if (id == nil) == (err == nil) {
			t.Fatalf("both or neither of %v and %v", id, err)
		}
		if k, err := parseKDF(params); err == nil && (k.String() != params || !k.cost.bounded()) {
			t.Fatalf("%q was read as %+v", params, k)
		}
	})
}
