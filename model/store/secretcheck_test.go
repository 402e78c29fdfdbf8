package store

import (
	"context"
	"strings"
	"testing"
)

func TestTheCheckOpensEveryValue(t *testing.T) {
	dir := furnished(t)
	const two = `INSERT INTO staff SELECT 50, 'X50', '吴㛃', sex, born_on, id_number, phone, department_id, branch_id, post, title, position, political,
		joined_on, key_post_reason, grid_supervisor, note, left_on, left_reason, sort_key, initials, id_number_mark, phone_mark FROM staff WHERE id = 1; `
	for name, c := range map[string]struct {
		change, where string
		needsKeys     bool
	}{
		"plain":             {`UPDATE staff SET id_number = '` + itsIDNumber + `' WHERE id = 1`, "staff 表的 id_number", false},
		"of the old time":   {`UPDATE staff SET phone = 'k0.` + itsPhone + `' WHERE id = 1`, "staff 表的 phone", false},
		"mark taken away":   {`UPDATE staff SET id_number_mark = '' WHERE id = 1`, "staff 表的 id_number", false},
		"changed":           {`UPDATE staff SET phone = substr(phone, 1, 20) || 'AAAA' || substr(phone, 25) WHERE id = 1`, "staff 表的 phone", true},
		"cut":               {`UPDATE hospital SET integrity_no = substr(integrity_no, 1, 20)`, "hospital 表的 integrity_no", true},
		"of another column": {`UPDATE staff SET phone = id_number, phone_mark = id_number_mark WHERE id = 1`, "staff 表的 phone", true},
		"another's mark":    {two + `UPDATE staff SET phone_mark = 'k1.AAAAAAAAAAAAAAAAAAAAAA' WHERE id = 50`, "staff 表的 phone 列有 1 个值", true},
		"of no key":         {`UPDATE staff SET phone = 'k7' || substr(phone, 3) WHERE id = 1`, "staff 表的 phone", true},
		"a file's name":     {`UPDATE attachment SET file_name = 'k1.AAAA'`, "attachment 表的 file_name", true},
	} {
		t.Run(name, func(t *testing.T) {
			s := openLocked(t, copyFolder(t, dir), cheap)
			raw(t, s.folder.Database(), c.change)
			found := strings.Join(problemsIn(t, s, areaSecrets), "；")
			if strings.Contains(found, c.where) == c.needsKeys {
				t.Errorf("without keys: %q", found)
			}
			enter(t, s)
			if found = strings.Join(problemsIn(t, s, areaSecrets), "；"); !strings.Contains(found, c.where) {
				t.Errorf("with keys: %q", found)
			}
			if strings.Contains(found, itsIDNumber) || strings.Contains(found, itsPhone) {
				t.Error("the finding tells the value")
			}
			if name == "another's mark" || name == "mark taken away" {
				return
			}
			err := s.Rekey(context.Background(), nil)
			if c.needsKeys && err == nil {
				t.Error("a key change went over a value that does not open")
			}
			wantSentence(t, err)
		})
	}
}
