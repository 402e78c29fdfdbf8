package store

import (
	"maps"

	"qingfeng/model"
)

// sealedColumns are stored encrypted, table by table. With true an equal value
// is found through a keyed hash in the column <name>_mark.
var sealedColumns = map[string]map[string]bool{
	"staff":      {"id_number": true, "phone": true},
	"hospital":   {"integrity_no": false},
	"attachment": {"file_name": false},
	"problem":    {"particulars": false, "counterpart": false},

	"handover": {"giver_name": true, "patient": true, "admission_no": true, "bed": false, "agent": false, "story": false,
		"bystanders": false, "remark": false},
	"handover_item":    {"particulars": false},
	"disposition":      {"signer": false, "remark": false},
	"receipt":          {"content": false},
	"custody_handover": {"kept": false},
}

// isSealed reports whether any table seals a column of that name: audit lines
// say of such a column only that it is filled.
func isSealed(column string) bool {
	for _, cols := range sealedColumns {
		if _, ok := cols[column]; ok {
			return true
		}
	}
	return false
}

// sealed returns a row as it is stored.
func (c *change) sealed(table string, row columns) (columns, error) {
	secrets, err := c.secrets(table, row)
	if err != nil || len(secrets) == 0 {
		return row, err
	}
	out := maps.Clone(row)
	maps.Copy(out, secrets)
	return out, nil
}

// secrets are the sealed columns of a row, and their marks, as they are stored.
func (c *change) secrets(table string, row columns) (columns, error) {
	var out columns
	for name, marked := range sealedColumns[table] {
		plain, ok := row[name].(string)
		if !ok {
			continue
		}
		if c.by == nil && plain != "" {
			return nil, model.Errorf(model.Denied, "请先登录")
		}
		if out == nil {
			out = columns{}
		}
		var value, mark string
		if plain != "" {
			value = c.by.ring().Seal(table+"."+name, plain)
		}
		if plain != "" && marked {
			mark = c.by.ring().Mark(table+"."+name, plain)
		}
		out[name] = value
		if marked {
			out[name+"_mark"] = mark
		}
	}
	return out, nil
}

// unseal replaces sealed values of one row, by column, with the plain ones. A
// role that may not see them reads that they are filled.
func (by *session) unseal(table string, values map[string]*string) error {
	for column, v := range values {
		if *v == "" {
			continue
		}
		if !by.account.Role.May(model.ReadPlain) {
			*v = filled
			continue
		}
		plain, err := by.ring().Open(table+"."+column, *v)
		if err != nil {
			return wrapFault(err, "有加密内容打不开，数据库可能已损坏。请做一次体检")
		}
		*v = plain
	}
	return nil
}

func (by *session) openStaff(m *model.Staff) error {
	return by.unseal("staff", map[string]*string{"id_number": &m.IDNumber, "phone": &m.Phone})
}

func (by *session) openHospital(h *model.Hospital) error {
	return by.unseal("hospital", map[string]*string{"integrity_no": &h.IntegrityNo})
}

// marks are the keyed hashes of a value under which a row may be found.
func (by *session) marks(table, column, plain string) []string {
	return by.ring().Marks(table+"."+column, plain)
}
