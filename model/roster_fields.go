package model

// The fields that a roster (花名册) can bring, as assets/roster/columns.toml
// names them.
const (
	RosterEmployeeNo     = "employee_no"
	RosterName           = "name"
	RosterDepartment     = "department"
	RosterSex            = "sex"
	RosterBornOn         = "born_on"
	RosterIDNumber       = "id_number"
	RosterPhone          = "phone"
	RosterPost           = "post"
	RosterTitle          = "title"
	RosterPosition       = "position"
	RosterPolitical      = "political"
	RosterJoinedOn       = "joined_on"
	RosterBranch         = "branch"
	RosterKeyPostReason  = "key_post_reason"
	RosterGridSupervisor = "grid_supervisor"
	RosterNote           = "note"
)

// rosterFields are all fields with their usual column name, in the order in
// which problems of one row are listed.
var rosterFields = []struct{ id, label string }{
	{RosterEmployeeNo, "工号"}, {RosterName, "姓名"}, {RosterDepartment, "科室"}, {RosterSex, "性别"},
	{RosterBornOn, "出生年月"}, {RosterIDNumber, "身份证号"}, {RosterPhone, "联系电话"}, {RosterPost, "岗位类别"},
	{RosterTitle, "职称"}, {RosterPosition, "职务"}, {RosterPolitical, "政治面貌"}, {RosterJoinedOn, "参加工作时间"},
	{RosterBranch, "支部"}, {RosterKeyPostReason, "重点岗位原因"}, {RosterGridSupervisor, "网格监察员"}, {RosterNote, "备注"},
}

// KnownRosterField reports whether id is one of the Roster fields.
func KnownRosterField(id string) bool {
	for _, f := range rosterFields {
		if f.id == id {
			return true
		}
	}
	return false
}

// MappedRow is one row of a spreadsheet after its columns were matched to
// fields: the cells by field id, as text. It is what an import reads, be the
// source Excel or CSV.
type MappedRow struct {
	Line  int // row number as Excel shows it
	Cells map[string]string
	// Numeric marks cells that the file holds as a number, whose text may
	// have lost a closing zero.
	Numeric map[string]bool
	// Problems say by field why the cell cannot be read, if so.
	Problems map[string]string
}

// RosterRow is a staff member as a roster gives one; the store finds or makes
// the department and the party branch.
type RosterRow struct {
	Line               int
	Staff              Staff // DepartmentID and BranchID unset
	Department, Branch string
}

// RosterProblem is what is wrong or odd in one cell. Value is what the clerk
// sees in the file, cut when long and with sensitive digits hidden.
type RosterProblem struct {
	Row     int    `json:"row"`
	Column  string `json:"column"`
	Value   string `json:"value"`
	Problem string `json:"problem"`
}

// RosterReading is a roster read and checked, before anything is stored.
// Total is the number of Rows and of distinct rejected rows together.
type RosterReading struct {
	Total       int
	Fields      map[string]bool // the fields that the file has columns for
	Rows        []RosterRow
	Rejected    []RosterProblem // sorted by row; a row may have several
	Warnings    []RosterProblem
	Departments []string // of Rows, in the order of first appearance
	// Listed are all 工号 that the file names, spelled as in Rows, those of
	// rejected rows included: whoever stands in the file has not left.
	Listed map[string]bool
}
