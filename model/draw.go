package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"qingfeng/model/day"
)

// DrawPrefix begins the numbers of draws.
const DrawPrefix = "SJ"

// Draw (双随机抽取) is a draw of departments and times to be inspected. The
// same seed and pool give the same picks again, before any witness.
type Draw struct {
	ID         int64
	FormNo     string
	CampaignID int64
	Seed       string
	DrawnOn    day.Date
	DrawnBy    string
	Witness    string
	Pool       Pool
	VoidReason string
	VoidedOn   day.Date
}

// Void takes a draw out of use: it does not count as a turn of its departments.
func (d *Draw) Void(on day.Date, reason string) error {
	reason, err := reasonOf("作废原因", reason)
	if err != nil {
		return err
	}
	if d.VoidedOn != "" {
		return Errorf(Conflict, "抽取 %s 已于 %s 作废", d.FormNo, d.VoidedOn)
	}
	d.VoidedOn, d.VoidReason = on, reason
	return nil
}

// Pool is what a draw is made from.
type Pool struct {
	Departments []PoolDepartment `json:"departments"`
	Slots       []Slot           `json:"slots"`
	Inspectors  []Inspector      `json:"inspectors"`
	Picks       int              `json:"picks"`     // how many departments
	PerVisit    int              `json:"per_visit"` // inspectors to a visit, 0 for none named
}

// PoolDepartment is a department that may be drawn. Times is how often it was
// drawn before, 0 where that does not count.
type PoolDepartment struct {
	ID    int64  `json:"id"`
	Name  string `json:"name"`
	Times int    `json:"times"`
}

// Slot is half a day.
type Slot struct {
	Day  day.Date `json:"day"`
	Half string   `json:"half"` // 上午 or 下午
}

// Halves of a day.
var Halves = []string{"上午", "下午"}

func (s Slot) String() string { return string(s.Day) + " " + s.Half }

// Inspector is somebody who may be sent, never to the own department.
type Inspector struct {
	Name         string `json:"name"`
	DepartmentID int64  `json:"department_id"`
}

// PickState is where the inspection of a pick stands.
type PickState string

// The states of a pick.
const (
	ToInspect PickState = "待检查"
	Inspected PickState = "已检查"
)

// Pick is one department that was drawn, with its time.
type Pick struct {
	ID, DrawID   int64
	Position     int
	DepartmentID int64
	Slot
	Inspectors  string // 、 between names
	State       PickState
	InspectedOn day.Date
	Record      string // what was looked at and found
	Published   string // how the result was made public
}

// MaxSeed is the longest seed, in characters.
const MaxSeed = 40

// rank is where the seed puts a candidate: the SHA-256, in hex, of seed, kind
// and name with | between them. Whoever knows the seed can compute it with any
// program.
func rank(seed, kind, name string) string {
	sum := sha256.Sum256([]byte(seed + "|" + kind + "|" + name))
	return hex.EncodeToString(sum[:])
}

// Draw picks departments, gives each a slot of its own and sends inspectors.
// Departments that were drawn less often come first, then the order of their
// rank decides; so it does for slots. Inspectors with fewer visits come first,
// and nobody inspects the own department.
func (p Pool) Draw(seed string) ([]Pick, error) {
	if err := p.validate(seed); err != nil {
		return nil, err
	}
	departments := slices.SortedFunc(slices.Values(p.Departments), func(a, b PoolDepartment) int {
		return cmp.Or(cmp.Compare(a.Times, b.Times), cmp.Compare(rank(seed, "科室", a.Name), rank(seed, "科室", b.Name)))
	})
	slots := slices.SortedFunc(slices.Values(p.Slots), func(a, b Slot) int {
		return cmp.Compare(rank(seed, "时段", a.String()), rank(seed, "时段", b.String()))
	})
	visits := map[string]int{}
	picks := make([]Pick, p.Picks)
	for i := range picks {
		d := departments[i]
		sent, err := p.send(seed, d, visits)
		if err != nil {
			return nil, err
		}
		picks[i] = Pick{Position: i + 1, DepartmentID: d.ID, Slot: slots[i], Inspectors: strings.Join(sent, "、"), State: ToInspect}
	}
	return picks, nil
}

// send chooses the inspectors of a department and counts their visits.
func (p Pool) send(seed string, d PoolDepartment, visits map[string]int) ([]string, error) {
	var free []string
	for _, i := range p.Inspectors {
		if i.DepartmentID == 0 || i.DepartmentID != d.ID {
			free = append(free, i.Name)
		}
	}
	if len(free) < p.PerVisit {
		return nil, Errorf(Invalid, "能检查%s的检查人不足 %d 人（本科室的人不检查本科室），请增加检查人", d.Name, p.PerVisit)
	}
	slices.SortFunc(free, func(a, b string) int {
		return cmp.Or(cmp.Compare(visits[a], visits[b]), cmp.Compare(rank(seed, "检查人|"+d.Name, a), rank(seed, "检查人|"+d.Name, b)))
	})
	for _, name := range free[:p.PerVisit] {
		visits[name]++
	}
	return free[:p.PerVisit], nil
}

func (p Pool) validate(seed string) error {
	var errs FieldErrors
	errs.text("Seed", "随机种子", seed, MaxSeed, true)
	switch {
	case p.Picks < 1:
		errs.add("Picks", "抽取科室数", "至少抽 1 个")
	case p.Picks > len(p.Departments):
		errs.add("Picks", "抽取科室数", "只有 "+strconv.Itoa(len(p.Departments))+" 个科室可抽")
	case p.Picks > len(p.Slots):
		errs.add("Slots", "检查时段", "只有 "+strconv.Itoa(len(p.Slots))+" 个时段，少于要抽的科室数，请放宽日期")
	}
	if p.PerVisit < 0 || p.PerVisit > len(p.Inspectors) {
		errs.add("PerVisit", "每组检查人", "检查人只有 "+strconv.Itoa(len(p.Inspectors))+" 名")
	}
	names := map[string]bool{}
	for _, i := range p.Inspectors {
		if names[i.Name] {
			errs.add("Inspectors", "检查人", "“"+i.Name+"”出现两次，同名的请加注科室")
		}
		names[i.Name] = true
	}
	return errs.err()
}

// Validate returns [FieldErrors] with what is wrong with the record of an
// inspection.
func (p Pick) Validate() error {
	var errs FieldErrors
	errs.text("Record", "检查情况", p.Record, MaxNote, p.State == Inspected)
	errs.text("Published", "公开方式", p.Published, MaxShort, false)
	errs.date("InspectedOn", "检查日期", p.InspectedOn, p.State == Inspected)
	return errs.err()
}
