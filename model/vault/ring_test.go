package vault

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"qingfeng/model"
)

func testRing(t *testing.T, numbers ...int) *Ring {
	t.Helper()
	keys := make([]Key, len(numbers))
	for i, n := range numbers {
		keys[i] = must[Key](t)(NewKey(n))
	}
	return must[*Ring](t)(NewRing(keys...))
}

// The texts were made by an independent program from the comments of Seal,
// Mark, MAC and subkey.
func TestTheFormatOfValuesStays(t *testing.T) {
	key := must[Key](t)(NewKey(7))
	for i := range key.material.secret {
		key.material.secret[i] = byte(i)
	}
	r := must[*Ring](t)(NewRing(key))
	const column, number = "staff.id_number", "11010519491231002X"
	if got, err := r.Open(column, "k7.AAECAwQFBgcICQoLt4gbUfPZmXDrMw5VVnLcDgtvTSdU4xaLJ4nm1teGDnVXeA"); got != number {
		t.Errorf("the sealed value opens as %q, %v", got, err)
	}
	if got := r.Mark(column, number); got != "k7.Mi-zYE_nYr__4CWvxnx2fA" {
		t.Errorf("the mark is %s", got)
	}
	if got := r.MAC("audit", []byte("line")); got != "k7.wZf6bH60QflfG0Vk_RteSBxyXLuQ3l591KhDJZZ04bw" {
		t.Errorf("the MAC is %s", got)
	}
}

func TestSealedValuesOpenUnderTheirColumnOnly(t *testing.T) {
	r := testRing(t, 2, 3, 1)
	columns := rapid.SampledFrom([]string{"staff.id_number", "staff.phone", "commitment.patient", ""})
	rapid.Check(t, func(t *rapid.T) {
		column, other, plain := columns.Draw(t, "column"), columns.Draw(t, "other"), rapid.String().Draw(t, "plain")
		sealed := r.Seal(column, plain)
		if got := must[string](t)(r.Open(column, sealed)); got != plain {
			t.Fatalf("%q came back as %q", plain, got)
		}
		if plain == "" {
			if sealed != "" || r.Mark(column, "") != "" || r.Marks(column, "") != nil {
				t.Fatal("the empty value did not stay empty")
			}
			return
		}
		if n, ok := KeyNumber(sealed); !ok || n != 3 {
			t.Fatalf("sealed under key %d", n)
		}
		if r.Seal(column, plain) == sealed {
			t.Fatal("the same text twice: no fresh nonce")
		}
		if len(plain) > 3 && strings.Contains(sealed, plain) {
			t.Fatal("the value shows")
		}
		if column != other {
			if _, err := r.Open(other, sealed); model.CodeOf(err) != model.Storage {
				t.Fatalf("moved to another column: %v", err)
			}
		}
	})
}

func TestADamagedValueIsNoticed(t *testing.T) {
	r := testRing(t, 1, 12)
	sealed := r.Seal("staff.phone", "13800000000")
	eachDamage(sealed, func(d string, at int) {
		if got, err := r.Open("staff.phone", d); model.CodeOf(err) == "" || got != "" {
			t.Fatalf("damage at %d gave %q, %v", at, got, err)
		}
	})
	for cut := 1; cut < len(sealed); cut++ {
		if _, err := r.Open("staff.phone", sealed[:cut]); model.CodeOf(err) != model.Storage {
			t.Fatalf("cut at %d gave %v", cut, err)
		}
	}
	for _, c := range []struct {
		sealed string
		want   model.Code
	}{
		{"k0.13800000000", model.Conflict},
		{"k2" + strings.TrimPrefix(sealed, "k12"), model.Conflict},
		{"k1" + strings.TrimPrefix(sealed, "k12"), model.Storage},
		{"13800000000", model.Storage},
		{"k1.", model.Storage},
		{".", model.Storage},
		{sealed + "A", model.Storage},
		{r.Mark("staff.phone", "13800000000"), model.Storage},
	} {
		_, err := r.Open("staff.phone", c.sealed)
		wantCode(t, err, c.want)
		if err != nil && strings.Contains(err.Error(), "13800000000") {
			t.Errorf("the error quotes the value: %v", err)
		}
	}
}

func TestOldKeysOpenAndTheCurrentOneSeals(t *testing.T) {
	old, fresh := must[Key](t)(NewKey(1)), must[Key](t)(NewKey(2))
	before := must[*Ring](t)(NewRing(old))
	both := must[*Ring](t)(NewRing(fresh, old))
	after := must[*Ring](t)(NewRing(fresh))
	if before.Current() != 1 || both.Current() != 2 || !both.Has(1) || after.Has(1) || both.Has(0) {
		t.Error("the rings hold other keys")
	}
	const column, plain = "staff.phone", "13800000000"
	sealed := before.Seal(column, plain)
	if got := must[string](t)(both.Open(column, sealed)); got != plain {
		t.Errorf("came back as %q", got)
	}
	_, err := after.Open(column, sealed)
	wantCode(t, err, model.Conflict)
	must[string](t)(after.Open(column, both.Seal(column, plain)))

	want := []string{before.Mark(column, plain), after.Mark(column, plain)}
	if got := both.Marks(column, plain); !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want))) {
		t.Errorf("marks %v, want %v", got, want)
	}
	mac := before.MAC("audit", []byte("line"))
	if !both.CheckMAC(mac, "audit", []byte("line")) || after.CheckMAC(mac, "audit", []byte("line")) {
		t.Error("a MAC counts by the keys that the ring has")
	}
	if !after.CheckMAC(both.MAC("audit", nil), "audit", nil) {
		t.Error("the current key does not sign")
	}
}

func TestMarksAreEqualForEqualValuesOnly(t *testing.T) {
	r := testRing(t, 1)
	value := rapid.StringMatching(`[0-9X]{1,3}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := value.Draw(t, "a"), value.Draw(t, "b")
		if (r.Mark("staff.phone", a) == r.Mark("staff.phone", b)) != (a == b) {
			t.Fatalf("the marks of %s and %s", a, b)
		}
		if r.Mark("staff.phone", a) == r.Mark("staff.id_number", a) {
			t.Fatal("one value in two columns has one mark")
		}
	})
}

func TestAMACCountsForItsDataAndPurpose(t *testing.T) {
	r := testRing(t, 1, 2)
	data := []byte("第 1 行")
	mac := r.MAC("audit", data)
	if !r.CheckMAC(mac, "audit", data) {
		t.Fatal("its own MAC is refused")
	}
	eachDamage(mac, func(d string, at int) {
		if r.CheckMAC(d, "audit", data) {
			t.Fatalf("damage at %d was taken", at)
		}
	})
	for at := range data {
		damaged := bytes.Clone(data)
		damaged[at] ^= 1
		if r.CheckMAC(mac, "audit", damaged) {
			t.Fatalf("data damaged at %d were taken", at)
		}
	}
	for _, mac := range []string{"", "k2.", "k0.", mac[:len(mac)-1], mac + "A", "k1" + mac[2:]} {
		if r.CheckMAC(mac, "audit", data) {
			t.Errorf("%q was taken", mac)
		}
	}
	if r.CheckMAC(mac, "numbering", data) || r.CheckMAC(r.Mark("audit", string(data)), "audit", data) {
		t.Error("a MAC of another purpose was taken")
	}
}

func TestKeyNumber(t *testing.T) {
	for s, want := range map[string]int{"k0.": 0, "k0.plain.text": 0, "k1.AA": 1, "k12.": 12} {
		if got, ok := KeyNumber(s); !ok || got != want {
			t.Errorf("KeyNumber(%q) = %d, %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "k", "k.", "k1", "1.AA", "K1.AA", "k01.", "k+1.", "k-1.", "k1 .", "k99999999999999999999.", "张三", "k①."} {
		if got, ok := KeyNumber(s); ok || got != 0 {
			t.Errorf("KeyNumber(%q) = %d, %v", s, got, ok)
		}
	}
}

func TestRingsAreMadeProperly(t *testing.T) {
	k := must[Key](t)(NewKey(1))
	for name, keys := range map[string][]Key{"no key": nil, "one number twice": {k, must[Key](t)(NewKey(1))}, "a key never made": {k, {}}} {
		if _, err := NewRing(keys...); err == nil {
			t.Errorf("a ring of %s was made", name)
		}
	}
}

func TestARingServesManyAtOnce(t *testing.T) {
	r := testRing(t, 1)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for _, column := range []string{"a", "b", "c", "d", "e"} {
				if got, err := r.Open(column, r.Seal(column, column)); got != column {
					t.Errorf("%s came back as %s, %v", column, got, err)
				}
				if n, ok := KeyNumber(r.Mark(column, column)); n != 1 || !ok {
					t.Error("a mark has no key")
				}
			}
		})
	}
	all.Wait()
}

// sizes lie around the 64 KiB blocks in which age encrypts.
var sizes = []int{0, 1, 64<<10 - 1, 64 << 10, 64<<10 + 1, 200_000}

func TestFilesComeBackWhole(t *testing.T) {
	r := testRing(t, 1, 2)
	for _, size := range sizes {
		plain := bytes.Repeat([]byte("扫描件"), size/9+1)[:size]
		file := written(t, plain, r.EncryptFile)
		back := must[[]byte](t)(io.ReadAll(must[io.Reader](t)(r.DecryptFile(bytes.NewReader(file), 2))))
		if !bytes.Equal(back, plain) {
			t.Errorf("%d bytes came back as %d others", size, len(back))
		}
	}
	file := written(t, []byte("x"), r.EncryptFile)
	_, err := r.DecryptFile(bytes.NewReader(file), 1)
	wantCode(t, err, model.Storage)
	_, err = r.DecryptFile(bytes.NewReader(file), 3)
	wantCode(t, err, model.Conflict)
	_, err = testRing(t, 2).DecryptFile(bytes.NewReader(file), 2)
	wantCode(t, err, model.Storage)
}

// damagedFile calls try with a file damaged in each way that a disk, a hasty
// copy or a hand may damage it.
func damagedFile(file []byte, try func(name string, at int, damaged []byte)) {
	header := bytes.Index(file, []byte("\n---")) + 1
	header += bytes.IndexByte(file[header:], '\n') + 1
	const block = 64<<10 + 16
	var places []int
	if len(file) < block { // the header is the same before a long body
		for at := range file {
			places = append(places, at)
		}
	}
	for at := header; at < len(file); at += 8191 { // nonce, blocks
		places = append(places, at)
	}
	places = append(places, len(file)-17, len(file)-1) // the last tag
	for _, at := range places {
		for _, bits := range []byte{1, 0x20, 0x80} {
			damaged := bytes.Clone(file)
			damaged[at] ^= bits
			try("flipped", at, damaged)
		}
		try("cut", at, file[:at])
	}
	try("longer", len(file), append(bytes.Clone(file), 0))
	if body := file[header+16:]; len(body) > 2*block {
		swapped := bytes.Clone(file)
		copy(swapped[header+16:], body[block:2*block])
		copy(swapped[header+16+block:], body[:block])
		try("blocks exchanged", header, swapped)
		try("block left out", header, slices.Concat(file[:header+16], body[block:]))
		try("end left out", header, file[:header+16+2*block])
	}
}

func TestADamagedFileIsNoticed(t *testing.T) {
	r := testRing(t, 1)
	for _, size := range []int{0, 10, 200_000} {
		file := written(t, make([]byte, size), r.EncryptFile)
		damagedFile(file, func(name string, at int, damaged []byte) {
			plain, err := r.DecryptFile(bytes.NewReader(damaged), 1)
			if err == nil {
				_, err = io.ReadAll(plain)
			}
			if model.CodeOf(err) != model.Storage {
				t.Fatalf("%d bytes, %s at %d: %v", size, name, at, err)
			}
		})
	}
}

// A pulled stick is not a damaged file: the cause must reach whoever explains.
func TestReadErrorsStayWhatTheyAre(t *testing.T) {
	r := testRing(t, 1)
	file := written(t, make([]byte, 200_000), r.EncryptFile)
	gone := errors.New("the stick is gone")
	for _, at := range []int{0, 10, 100, 300, 70_000, len(file) - 1, len(file)} {
		src := io.MultiReader(bytes.NewReader(file[:at]), iotest.ErrReader(gone))
		plain, err := r.DecryptFile(src, 1)
		if err == nil {
			_, err = io.ReadAll(plain)
		}
		if !errors.Is(err, gone) {
			t.Errorf("gone after %d bytes: %v", at, err)
		}
	}
}

func FuzzRingOpen(f *testing.F) {
	key := must[Key](f)(NewKey(1))
	r := must[*Ring](f)(NewRing(key))
	f.Add("a", r.Seal("a", "x"))
	f.Add("a", "k0.x")
	f.Add("", "k1.AAAA")
	f.Fuzz(func(t *testing.T, column, sealed string) {
		plain, err := r.Open(column, sealed)
		if err != nil {
			wantOneOf(t, err, model.Storage, model.Conflict)
		} else if (plain == "") != (sealed == "") {
			t.Errorf("%q opened as %q", sealed, plain)
		}
		r.CheckMAC(sealed, column, nil)
	})
}
