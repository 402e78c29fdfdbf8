package model

// FindingRecord is one row of a register of findings that an office kept
// elsewhere, its cells as text by field, with the file's own column names.
type FindingRecord struct {
	MappedRow
	Heads map[string]string
}
