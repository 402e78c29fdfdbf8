package vault

import (
	"crypto/cipher"
	"fmt"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"
)

// pairwise runs both in turn n times and returns the fastest of each: what the
// rest of the machine does disturbs the two alike, and the minimum least.
func pairwise(n int, a, b func()) (fa, fb time.Duration) {
	fa, fb = time.Hour, time.Hour
	for range n {
		start := time.Now()
		a()
		mid := time.Now()
		b()
		fa, fb = min(fa, mid.Sub(start)), min(fb, time.Since(mid))
	}
	return fa, fb
}

func report(b *testing.B, floor, got time.Duration) {
	b.Helper()
	b.ReportMetric(float64(got)/float64(floor), "ratio")
	b.ReportMetric(float64(floor.Nanoseconds())/1e6, "floor-ms")
	b.ReportMetric(float64(got.Nanoseconds())/1e6, "ours-ms")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkSlotOpen is what a sign-in costs: 300 to 1000 ms are wanted. The
// floor is argon2id alone.
func BenchmarkSlotOpen(b *testing.B) {
	slot, _, err := NewSlot("correct horse", Usual)
	if err != nil {
		b.Fatal(err)
	}
	salt := make([]byte, saltSize)
	floor, got := pairwise(5, func() {
		argon2.IDKey([]byte("correct horse"), salt, Usual.Time, Usual.MemoryKiB, Usual.Threads, keySize)
	}, func() {
		if _, err := slot.Open("correct horse"); err != nil {
			b.Fatal(err)
		}
	})
	report(b, floor, got)
}

// BenchmarkUnknownName compares a sign-in under an unknown name with one under
// a wrong password: a ratio away from 1 would tell which names exist.
func BenchmarkUnknownName(b *testing.B) {
	slot, _, err := NewSlot("correct horse", Usual)
	if err != nil {
		b.Fatal(err)
	}
	floor, got := pairwise(5, func() {
		if _, err := slot.Open("wrong"); err != ErrSecret {
			b.Fatal(err)
		}
	}, func() { SpendTime(Usual) })
	report(b, floor, got)
}

// BenchmarkRingOpen opens a page: 50 rows of three values. The floor is
// AES-256-GCM on the same bytes, with keys and text at hand.
func BenchmarkRingOpen(b *testing.B) {
	ring := must[*Ring](b)(NewRing(must[Key](b)(NewKey(1))))
	columns := []string{"staff.id_number", "staff.phone", "staff.bank_account"}
	type value struct {
		column, sealed string
		aead           cipher.AEAD
		box            []byte
	}
	var page []value
	for i := range 150 {
		column := columns[i%3]
		sealed := ring.Seal(column, fmt.Sprintf("%018d", i))
		page = append(page, value{column, sealed, ring.current.aead(column), must[[]byte](b)(encoding.DecodeString(sealed[3:]))})
	}
	floor, got := pairwise(2000, func() {
		for _, v := range page {
			if _, err := v.aead.Open(nil, nil, v.box, []byte(v.column)); err != nil {
				b.Fatal(err)
			}
		}
	}, func() {
		for _, v := range page {
			if _, err := ring.Open(v.column, v.sealed); err != nil {
				b.Fatal(err)
			}
		}
	})
	report(b, floor, got)
}
