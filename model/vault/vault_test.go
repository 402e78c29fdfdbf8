package vault

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/model"
)

func must[T any](t interface {
	Helper()
	Fatal(...any)
}) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// wantCode fails unless err is a sentence for a person with this code.
func wantCode(t interface {
	Helper()
	Errorf(string, ...any)
}, err error, want model.Code) {
	t.Helper()
	if got := model.CodeOf(err); got != want {
		t.Errorf("error %v has code %q, want %q", err, got, want)
	}
}

// written returns what fill writes through the writer that open makes.
func written(t *testing.T, plain []byte, open func(io.Writer) (io.WriteCloser, error)) []byte {
	t.Helper()
	var b bytes.Buffer
	w := must[io.WriteCloser](t)(open(&b))
	must[int](t)(w.Write(plain))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// secrets are passwords of any sort, Chinese ones among them.
func secrets() *rapid.Generator[string] {
	return rapid.OneOf(rapid.StringN(1, 40, -1), rapid.StringMatching(`[清风正气a-z0-9]{1,12}`))
}

// otherLetters are the characters that a damaged place of a text may show.
func otherLetters(c byte) []byte {
	var other []byte
	for _, o := range []byte{c ^ 1, c ^ 2, c ^ 0x20, c ^ 0x80, 'A', '0', '9', '=', '$', '.', '\n', 0} {
		if o != c {
			other = append(other, o)
		}
	}
	return other
}

// eachDamage calls try with s changed at one place, for every place.
func eachDamage(s string, try func(damaged string, at int)) {
	for at := range len(s) {
		for _, other := range otherLetters(s[at]) {
			try(s[:at]+string([]byte{other})+s[at+1:], at)
		}
	}
}

func TestSecretsDoNotPrint(t *testing.T) {
	key := must[Key](t)(NewKey(1))
	ring := must[*Ring](t)(NewRing(key))
	ring.Seal("staff.phone", "1") // fills the cache
	_, id, err := NewSlot("correct horse", Cheap)
	if err != nil {
		t.Fatal(err)
	}
	type session struct { // fmt does not ask Format about unexported fields
		key  Key
		id   Identity
		ring *Ring
	}
	type Open struct {
		Key  Key
		ID   *Identity
		Ring *Ring
	}
	var log bytes.Buffer
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", key, "id", id, "ring", ring, "all", Open{key, id, ring})
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", key, "id", id, "ring", ring, "all", session{key, *id, ring})
	shown := log.String() + string(must[[]byte](t)(json.Marshal(Open{key, id, ring}))) +
		key.String() + key.GoString() + id.String() + id.GoString() + ring.String() + ring.GoString()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%p", "%t"} {
		for _, v := range []any{key, &key, id, *id, ring, ring.current} {
			if got := fmt.Sprintf(verb, v); got != veil && verb != "%p" {
				t.Errorf("%s of %T prints %s", verb, v, got)
			}
		}
		for _, v := range []any{session{key, *id, ring}, &session{key, *id, ring}, Open{key, id, ring}, []Key{key}, map[int]Key{1: key}} {
			shown += fmt.Sprintf(verb, v)
		}
	}
	if want := `"key":"…","id":"…","ring":"…"`; !strings.Contains(log.String(), want) {
		t.Errorf("the log has no %s: %s", want, log.String())
	}
	secret := key.material.secret[:]
	for _, bad := range []string{
		"AGE-SECRET", fmt.Sprintf("%d", secret[:4])[1:], fmt.Sprintf("%#v", secret[:4])[7:20],
		hex.EncodeToString(secret[:8]), strings.ToUpper(hex.EncodeToString(secret[:8])), string(secret[:8]),
		base64.StdEncoding.EncodeToString(secret[:9]), base64.URLEncoding.EncodeToString(secret[:9]),
		id.x.String()[20:],
	} {
		if strings.Contains(shown, bad) {
			t.Errorf("a secret shows as %q", bad)
		}
	}
}

func wantOneOf(t *testing.T, err error, codes ...model.Code) {
	t.Helper()
	for _, c := range codes {
		if model.CodeOf(err) == c {
			return
		}
	}
	t.Errorf("error %v has code %q, want one of %q", err, model.CodeOf(err), codes)
}
