package model

import "fmt"

// Rate counts the letters of a kind: everyone who has to sign is returned,
// missing or excused.
type Rate struct {
	Expected, Returned, Missing, Excused int
}

// DepartmentRate is the rate of one department. ID is 0 and Department the
// word for the kind where letters belong to no department.
type DepartmentRate struct {
	ID         int64
	Department string
	Rate
}

// Due is how many signatures there will be in the end: nobody waits for the
// excused.
func (r Rate) Due() int { return r.Expected - r.Excused }

// Permille is the 签订率 in tenths of a percent, Returned of [Rate.Due], as
// [Percent] writes it; 1000 when nobody has to sign.
func (r Rate) Permille() int {
	if r.Due() <= 0 {
		return 1000
	}
	return permille(r.Returned, r.Due())
}

// Plus adds the letters of another department.
func (r Rate) Plus(o Rate) Rate {
	return Rate{r.Expected + o.Expected, r.Returned + o.Returned, r.Missing + o.Missing, r.Excused + o.Excused}
}

// String is the 签订率 as screen and paper write it.
func (r Rate) String() string { return Percent(r.Returned, r.Due()) }

// Percent writes part of whole with one decimal, rounded half up. 100.0% is
// kept for all: what would round up to it is 99.9%. A whole of 0 gives “—”.
func Percent(part, whole int) string {
	if whole <= 0 {
		return "—"
	}
	p := permille(part, whole)
	return fmt.Sprintf("%d.%d%%", p/10, p%10)
}

func permille(part, whole int) int {
	p := (part*2000 + whole) / (2 * whole)
	if part < whole {
		return min(p, 999)
	}
	return p
}
