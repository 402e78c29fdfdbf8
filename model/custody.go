package model

import (
	"slices"
	"strings"

	"qingfeng/model/day"
)

// CustodyPrefix begins the numbers of changes of custodian.
const CustodyPrefix = "HJ"

// Custody is a change of custodian (保管交接): what lies in the safe goes from
// one keeper to another, and both sign.
type Custody struct {
	ID          int64
	FormNo      string
	MovedOn     day.Date
	FromKeeper  string
	Keeper      string
	CoKeeper    string
	KeptAt      string // "" when it stays where it is
	WitnessedBy string
	Note        string
}

// Tidied is c with its names and texts as they are stored.
func (c Custody) Tidied() Custody {
	for _, name := range []*string{&c.FromKeeper, &c.Keeper, &c.CoKeeper, &c.WitnessedBy} {
		*name = TidyName(*name)
	}
	c.KeptAt, c.Note = strings.TrimSpace(c.KeptAt), strings.TrimSpace(c.Note)
	return c
}

// Validate returns [FieldErrors] with everything that keeps c from being stored.
func (c Custody) Validate() error {
	var errs FieldErrors
	errs.date("MovedOn", "交接日期", c.MovedOn, true)
	errs.text("FromKeeper", "移交人", c.FromKeeper, MaxName, true)
	checkKeepers(&errs, c.Keeper, c.CoKeeper, c.KeptAt)
	errs.text("WitnessedBy", "监交人", c.WitnessedBy, MaxName, true)
	for _, name := range []string{c.FromKeeper, c.Keeper} {
		if SharedName(name, c.WitnessedBy) != "" {
			errs.add("WitnessedBy", "监交人", "须与移交人、接收人不同")
			break
		}
	}
	errs.text("Note", "备注", c.Note, MaxNote, false)
	return errs.err()
}

// Move puts h into the hands of c's keepers.
func (c Custody) Move(h *Handover) error {
	switch {
	case h.Voided():
		return h.refuse("已作废，没有保管的财物")
	case h.Keeper != c.FromKeeper:
		return h.refuse("由 %s 保管，不能由 %s 移交", h.Keeper, c.FromKeeper)
	case c.MovedOn < h.HandedAt.Date():
		return h.refuse("于 %s 上交，交接日期不能更早", h.HandedAt.Date())
	}
	next := *h
	next.Keeper, next.CoKeeper = c.Keeper, c.CoKeeper
	if c.KeptAt != "" {
		next.KeptAt = c.KeptAt
	}
	if next == *h {
		return h.refuse("的保管人和保管位置没有变化")
	}
	*h = next
	return nil
}

// Follow refuses a change before the last one of h, and before something left
// that lay in the safe then: the sheet would not say that it changed hands.
func (c Custody) Follow(h Handover, last Custody, left Disposition) error {
	switch {
	case c.MovedOn < last.MovedOn:
		return h.refuse("已于 %s 交接（%s），这次交接的日期不能更早", last.MovedOn, last.FormNo)
	case c.MovedOn < left.DisposedOn:
		return h.refuse("已于 %s 处置（%s），交接日期不能更早。交接在前的，请先冲正这次处置，登记交接后再登记处置", left.DisposedOn, left.FormNo)
	}
	return nil
}

// KeptOf are the balances that lie in a safe.
func KeptOf(balances []Balance) []Balance {
	return slices.DeleteFunc(slices.Clone(balances), func(b Balance) bool { return b.LeftFen == 0 || !b.Category.Kept() })
}
