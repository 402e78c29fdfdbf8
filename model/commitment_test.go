package model

import (
	"testing"

	"pgregory.net/rapid"
)

// Whatever the office does to a letter, its state and its fields agree, and a
// voided letter stays void.
func TestCommitmentStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Commitment{Paper: Paper{FormNo: "CN-2026-00001-00", State: Unprinted}}
		void := func(*rapid.T) { _ = c.Void("写错", "2026-08-01") }
		wasVoid := false
		t.Repeat(map[string]func(*rapid.T){
			"print":  func(*rapid.T) { _ = c.Print("2026-07-01") },
			"return": func(*rapid.T) { _ = c.Return("2026-08-01") },
			"excuse": func(*rapid.T) { _ = c.Excuse("产假", "") },
			"reopen": func(*rapid.T) { _ = c.Reopen() },
			"void":   void,
			"": func(t *rapid.T) {
				if wasVoid && c.State != Voided {
					t.Fatalf("left %s for %s", Voided, c.State)
				}
				wasVoid = c.State == Voided
				if (c.State == Voided) != (c.VoidReason != "") {
					t.Fatalf("%+v", c)
				}
				if (c.State == Returned) != (c.ReturnedOn != "") || (c.State == Excused) != (c.ExcuseReason != "") {
					t.Fatalf("%+v", c)
				}
				if c.State == Unprinted && c.PrintCount > 0 || c.State == Printed && c.PrintCount == 0 {
					t.Fatalf("%+v", c)
				}
			},
		})
	})
}

func TestCommitmentRefusals(t *testing.T) {
	for _, c := range []struct {
		name string
		in   Commitment
		move func(*Commitment) error
		code Code
	}{
		{"return twice", Commitment{Paper: Paper{State: Returned, ReturnedOn: "2026-08-01"}}, func(c *Commitment) error { return c.Return("2026-08-02") }, Conflict},
		{"return a void one", Commitment{Paper: Paper{State: Voided}}, func(c *Commitment) error { return c.Return("2026-08-02") }, Conflict},
		{"print a void one", Commitment{Paper: Paper{State: Voided}}, func(c *Commitment) error { return c.Print("2026-08-02") }, Conflict},
		{"excuse without a reason", Commitment{Paper: Paper{State: Printed}}, func(c *Commitment) error { return c.Excuse("  ", "") }, Invalid},
		{"excuse a returned one", Commitment{Paper: Paper{State: Returned}}, func(c *Commitment) error { return c.Excuse("产假", "") }, Conflict},
		{"void without a reason", Commitment{Paper: Paper{State: Printed}}, func(c *Commitment) error { return c.Void("", "2026-08-02") }, Invalid},
		{"reopen an open one", Commitment{Paper: Paper{State: Printed}}, func(c *Commitment) error { return c.Reopen() }, Conflict},
	} {
		after := c.in
		if err := c.move(&after); CodeOf(err) != c.code || after != c.in {
			t.Errorf("%s: %v, %+v", c.name, err, after)
		}
	}
}
