package sheet

import (
	"qingfeng/assets"
	"qingfeng/model"
)

var findingRegister = oldRegister{"finding/columns.toml", model.FindingFields, "“发现日期”“类别”“科室”“问题”四列"}

// FindingRows are the rows of an older register of findings, not yet checked.
type FindingRows struct {
	Records []model.FindingRecord
	// Skipped are the Excel row numbers that were taken for totals and
	// signatures, so that the clerk can see that no finding was among them.
	Skipped  []int
	Warnings []model.RosterProblem // about whole columns
}

// ReadFindings reads a register of findings: sheet is its name, or "" for the
// one in which most columns are found. Errors are [model.Error].
func ReadFindings(lib *assets.Library, path, sheet string) (FindingRows, error) {
	rows, err := findingRegister.read(lib, path, sheet)
	out := FindingRows{Skipped: rows.Skipped, Warnings: rows.Warnings}
	for _, row := range rows.Mapped {
		out.Records = append(out.Records, model.FindingRecord{MappedRow: row, Heads: rows.Heads})
	}
	return out, err
}

// FindingTemplate is an empty register of findings to fill in, with every
// column that an import takes.
func FindingTemplate() Table { return template("整改台账", model.FindingFields) }

// FindingProblemTables are the rows of an import that were not taken or should
// be looked at, for [Write].
func FindingProblemTables(rejected, warnings []model.RosterProblem) []Table {
	return problemTables(rejected, warnings)
}
