package office

import (
	"context"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
	"qingfeng/ui/kit"
)

func TestFiltersByDepartment(t *testing.T) {
	d := newDesk(t)
	ctx := context.Background()
	open := d.Staff("急诊科", "01", "张堃")
	closed := must[int64](t)(d.Store.SaveDepartment(ctx, model.Department{Name: "传染科", ClosedOn: "2026-01-01"}))
	for name, c := range map[string]struct {
		filter kit.Filter
		want   []kit.Option
	}{
		"open":   {OpenDepartments(d.Store), []kit.Option{{Value: IDValue(open), Text: "急诊科"}}},
		"all":    {AllDepartments(d.Store, ""), []kit.Option{{Value: IDValue(closed), Text: "传染科"}, {Value: IDValue(open), Text: "急诊科"}}},
		"marked": {AllDepartments(d.Store, "（已撤销）"), []kit.Option{{Value: IDValue(closed), Text: "传染科（已撤销）"}, {Value: IDValue(open), Text: "急诊科"}}},
	} {
		got := must[[]kit.Option](t)(c.filter.Load(ctx))
		slices.SortFunc(got, func(a, b kit.Option) int { return strings.Compare(a.Text, b.Text) })
		if c.filter.Key != ByDepartment || !slices.Equal(got, c.want) {
			t.Errorf("%s: %s offers %v, want %v", name, c.filter.Key, got, c.want)
		}
	}
	q := kit.Query{Filters: map[string]string{ByDepartment: IDValue(open)}}
	if got := DepartmentOf(q); got != open || DepartmentOf(kit.Query{}) != 0 || IDValue(0) != "" {
		t.Errorf("narrowed to %d, want %d", got, open)
	}
}
