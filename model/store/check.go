package store

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"qingfeng/model/formno"

	"gorm.io/gorm"
)

// Problem is something that a check of the data folder found.
type Problem struct {
	Area   string `json:"area"`
	Detail string `json:"detail"`
}

// The areas that problems are found in.
const (
	areaDatabase    = "数据库"
	areaTrail       = "操作记录"
	areaSecrets     = "加密"
	areaAttachments = "附件"
	areaNumbers     = "编号"
	areaRegisters   = "台账"
	areaProgram     = "程序"
)

// Areas are what [Store.Check] looks at, in its order.
var Areas = []string{areaDatabase, areaTrail, areaSecrets, areaAttachments, areaNumbers, areaRegisters, areaProgram}

// Check looks through the whole data folder: the database's integrity,
// structure and references, the audit trail's chain, the attachments against
// their hashes and records, the locks of accounts and of the recovery code, the
// form numbers for holes, doubles and wrong check digits, and the registers of
// campaigns against each other, drawing each draw again. With somebody signed in it
// also opens every encrypted value and proves the trail's seal and the rows of
// accounts.
// It changes nothing and tells no value, so nobody has to be signed in.
func (s *Store) Check(ctx context.Context) ([]Problem, error) {
	var out []Problem
	for _, check := range []func(context.Context) ([]Problem, error){
		s.checkIntegrity, s.checkSchema, s.checkAltered, s.checkReferences, s.checkTrail, s.checkSecrets, s.checkLocks, s.checkAttachments, s.checkAttached,
		s.checkNumbering, s.checkRegisters, s.checkDrivers,
	} {
		found, err := check(ctx)
		if err != nil {
			return nil, faultOf(err)
		}
		out = append(out, found...)
	}
	return out, nil
}

func (s *Store) checkIntegrity(ctx context.Context) ([]Problem, error) {
	var lines []string
	if err := s.peek(ctx).Raw(`PRAGMA integrity_check(20)`).Scan(&lines).Error; err != nil {
		return nil, err
	}
	if len(lines) == 1 && lines[0] == "ok" {
		return nil, nil
	}
	slog.Error("integrity check", "found", lines) // names of tables and pages, no values
	return []Problem{{areaDatabase, fmt.Sprintf("完整性检查发现 %d 处损坏，详情已记入日志", len(lines))}}, nil
}

func (s *Store) checkReferences(ctx context.Context) ([]Problem, error) {
	rows, err := brokenReferences(s.peek(ctx))
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	slog.Error("reference check", "found", rows)
	return []Problem{{areaDatabase, fmt.Sprintf("有 %d 条记录引用了不存在的记录，详情已记入日志", len(rows))}}, nil
}

// reference is a row that refers to one that is not there.
type reference struct {
	Table string
	Rowid int64
}

func brokenReferences(db *gorm.DB) ([]reference, error) {
	var rows []reference
	err := db.Raw(`PRAGMA foreign_key_check`).Scan(&rows).Error
	return rows, err
}

// numberedTables are the tables whose records bear a number, form_no.
var numberedTables = []string{"commitment", "selfcheck", "finding", "draw", "handover", "receipt", "disposition", "custody"}

// checkNumbering compares each register of numbers with the papers that bear
// them: every number from 1 to the last one must stand on exactly one paper.
func (s *Store) checkNumbering(ctx context.Context) ([]Problem, error) {
	var nos []string
	all := `SELECT form_no FROM ` + strings.Join(numberedTables, ` UNION ALL SELECT form_no FROM `) + ` ORDER BY form_no`
	if err := s.peek(ctx).Raw(all).Scan(&nos).Error; err != nil {
		return nil, err
	}
	var given []register
	if err := s.peek(ctx).Raw(`SELECT prefix, year, last FROM numbering ORDER BY prefix, year`).Scan(&given).Error; err != nil {
		return nil, err
	}
	seen := map[formno.No]bool{}
	var out []Problem
	for _, text := range nos {
		no, err := formno.Parse(text)
		if err != nil || seen[no] {
			out = append(out, Problem{areaNumbers, fmt.Sprintf("编号 %s 有误或重复", text)})
			continue
		}
		seen[no] = true
	}
	for _, g := range given {
		if missing := g.holes(seen); len(missing) > 0 {
			out = append(out, Problem{areaNumbers, fmt.Sprintf("有编号已发出但没有对应的表单：%s", strings.Join(missing, "、"))})
		}
	}
	for no := range seen {
		if !slices.ContainsFunc(given, func(g register) bool { return g.gave(no) }) {
			out = append(out, Problem{areaNumbers, fmt.Sprintf("编号 %s 不在已发出的号码之内", no)})
		}
	}
	return out, nil
}

// register says which running numbers of a prefix and year were given out.
type register struct {
	Prefix     string
	Year, Last int
}

func (g register) gave(no formno.No) bool {
	return no.Prefix == g.Prefix && no.Year == g.Year && no.Seq >= 1 && no.Seq <= g.Last
}

// holes are the numbers given out that no paper bears, as far as a person
// wants to read them: a damaged register may claim billions.
func (g register) holes(seen map[formno.No]bool) []string {
	const most = 10
	var missing []string
	for seq := 1; seq <= g.Last; seq++ {
		no := formno.No{Prefix: g.Prefix, Year: g.Year, Seq: seq}
		if seen[no] {
			continue
		}
		if len(missing) == most {
			return append(missing, "…")
		}
		missing = append(missing, no.String())
	}
	return missing
}

func (s *Store) checkDrivers(context.Context) ([]Problem, error) {
	var out []Problem
	for _, m := range untestedDrivers() {
		out = append(out, Problem{areaProgram, fmt.Sprintf("数据库组件 %s 是 %s，未经测试，应为 %s", m.Module, m.Found, m.Tested)})
	}
	return out, nil
}
