package store

import (
	"context"
	"testing"
	"time"

	"qingfeng/model"
	"qingfeng/model/vault"
)

// BenchmarkSignIn is what a person waits for after typing the password: 300 to
// 1000 ms are wanted. The floor is the password's stretching alone.
func BenchmarkSignIn(b *testing.B) {
	ctx := context.Background()
	o := cheap
	o.Cost = vault.Usual
	s := openLocked(b, b.TempDir(), o)
	enter(b, s)
	floor, got := pairwise(5, func() { vault.SpendTime(vault.Usual) }, func() {
		must[model.Account](b)(s.SignIn(ctx, "li", password))
	})
	reportPair(b, floor, got)
}

// reportPair reports two times of [pairwise] and how they compare.
func reportPair(b *testing.B, floor, got time.Duration) {
	b.Helper()
	b.ReportMetric(float64(got)/float64(floor), "ratio")
	b.ReportMetric(float64(floor.Microseconds())/1000, "floor-ms")
	b.ReportMetric(float64(got.Microseconds())/1000, "ours-ms")
	b.ReportMetric(0, "ns/op")
}
