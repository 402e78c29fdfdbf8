package store

import (
	"context"
	"strings"
	"testing"
)

func TestAChangedSchemaIsNoticed(t *testing.T) {
	for name, c := range map[string]struct{ change, named string }{
		"a trigger dropped":  {`DROP TRIGGER audit_loses_nothing`, "audit_loses_nothing"},
		"a trigger disarmed": {`DROP TRIGGER audit_keeps_lines; CREATE TRIGGER audit_keeps_lines BEFORE UPDATE ON audit WHEN 0 BEGIN SELECT 1; END`, "audit_keeps_lines"},
		"an index dropped":   {`DROP INDEX commitment_one_per_person`, "commitment_one_per_person"},
		"a trigger added":    {`CREATE TRIGGER quiet AFTER INSERT ON audit BEGIN DELETE FROM setting; END`, "quiet"},
		"a table added":      {`CREATE TABLE extra (a)`, "extra"},
		"a column added":     {`ALTER TABLE staff ADD COLUMN nick TEXT`, "staff"},
	} {
		t.Run(name, func(t *testing.T) {
			s := openTest(t)
			if found := must[[]Problem](t)(s.Check(context.Background())); len(found) > 0 {
				t.Fatal(found)
			}
			for _, q := range strings.SplitAfter(c.change, "audit_keeps_lines; ") {
				s.raw(t, q)
			}
			found := must[[]Problem](t)(s.Check(context.Background()))
			if len(found) != 1 || found[0].Area != areaDatabase || !strings.Contains(found[0].Detail, c.named) {
				t.Errorf("found %+v", found)
			}
		})
	}
}
