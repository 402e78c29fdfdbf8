package sheet

import (
	"qingfeng/assets"
	"qingfeng/model"
)

var handoverRegister = oldRegister{"handover/columns.toml", model.HandoverFields, "“上交时间”“财物类别”“金额”“经手人”“监交人”五列"}

// HandoverRows are the rows of an older ledger of red envelopes, not yet
// checked.
type HandoverRows struct {
	Records []model.HandoverRecord
	// Skipped are the Excel row numbers that were taken for totals and
	// signatures, so that the clerk can see that no handover was among them.
	Skipped  []int
	Warnings []model.RosterProblem // about whole columns
}

// ReadHandovers reads a ledger of red envelopes: sheet is its name, or "" for
// the one in which most columns are found. Errors are [model.Error].
func ReadHandovers(lib *assets.Library, path, sheet string) (HandoverRows, error) {
	rows, err := handoverRegister.read(lib, path, sheet)
	return HandoverRows{model.HandoverRecords(rows.Mapped, rows.Heads), rows.Skipped, rows.Warnings}, err
}

// HandoverTemplate is an empty ledger of red envelopes to fill in, with every
// column that an import takes.
func HandoverTemplate() Table { return template("红包上交台账", model.HandoverFields) }

// HandoverProblemTables are the rows of an import that were not taken or
// should be looked at, for [Write].
func HandoverProblemTables(rejected, warnings []model.RosterProblem) []Table {
	return problemTables(rejected, warnings)
}
