package model

import "testing"

func TestStaffValidate(t *testing.T) {
	good := Staff{EmployeeNo: "01006", Name: "阿依古丽·买买提", DepartmentID: 1, IDNumber: "99010119850722420X", BornOn: "1985-07"}
	if err := good.Validate(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		field string
		spoil func(*Staff)
	}{
		{"EmployeeNo", func(s *Staff) { s.EmployeeNo = "" }},
		{"EmployeeNo", func(s *Staff) { s.EmployeeNo = "01 006" }},
		{"Name", func(s *Staff) { s.Name = " " }},
		{"Name", func(s *Staff) { s.Name = `=HYPERLINK("x")` }},
		{"Sex", func(s *Staff) { s.Sex = "F" }},
		{"DepartmentID", func(s *Staff) { s.DepartmentID = 0 }},
		{"IDNumber", func(s *Staff) { s.IDNumber = "99010119670927286?" }},
		{"BornOn", func(s *Staff) { s.BornOn = "1985-13" }},
		{"Title", func(s *Staff) { s.Title = string(make([]rune, 61)) }},
		{"Note", func(s *Staff) { s.Note = "a\x00b" }},
	} {
		s := good
		c.spoil(&s)
		err, ok := s.Validate().(FieldErrors)
		if !ok || err.Of(c.field) == "" || len(err) != 1 {
			t.Errorf("%s: %v", c.field, s.Validate())
		}
	}
}

func TestSensitiveValuesAreMasked(t *testing.T) {
	for in, want := range map[string]string{"990101198507224204": "990101**********04", "123": "***", "": ""} {
		if got := MaskIDNumber(in); got != want {
			t.Errorf("MaskIDNumber(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"13900001234": "139****1234", "8622": "****", "0575-0000000": "057*****0000"} {
		if got := MaskPhone(in); got != want {
			t.Errorf("MaskPhone(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMergeKeepsWhatRostersLeaveOut(t *testing.T) {
	onFile := Staff{ID: 7, EmployeeNo: "01", Name: "张三", BornOn: "1985-12-07", Phone: "0575", Title: "护师", DepartmentID: 1}
	got := onFile.Merge(Staff{EmployeeNo: "01", Name: "张三", BornOn: "1985-12", Title: "主管护师", DepartmentID: 2})
	want := onFile
	want.Title, want.DepartmentID = "主管护师", 2
	if got != want {
		t.Errorf("merged to %+v", got)
	}
	if d := onFile.Differences(got); len(d) != 1 || d[0] != (FieldChange{"职称", "护师", "主管护师"}) {
		t.Errorf("differences %+v", d)
	}
}
