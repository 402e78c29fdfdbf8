package office

import (
	"context"
	"strconv"

	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// PageOf is the page of a register that a query asks for.
func PageOf(q kit.Query) store.Page {
	return store.Page{Sort: q.Sort, Desc: q.Desc, Offset: q.Offset, Limit: q.Limit}
}

// Options offers words that are shown as they are stored.
func Options[T ~string](words []T) []kit.Option {
	out := make([]kit.Option, len(words))
	for i, w := range words {
		out[i] = kit.Option{Value: string(w), Text: string(w)}
	}
	return out
}

// IDValue is an id as the value of a filter or choice; none is "".
func IDValue(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

// ValueID is the id that a filter or choice stands on, 0 for none.
func ValueID(value string) int64 {
	id, _ := strconv.ParseInt(value, 10, 64)
	return id
}

// ByDepartment is the key of the filters by department.
const ByDepartment = "department"

// DepartmentOf is the department that a list is narrowed to, 0 for all.
func DepartmentOf(q kit.Query) int64 { return ValueID(q.Filters[ByDepartment]) }

// OpenDepartments is the filter by one of the departments that there are now.
func OpenDepartments(s *store.Store) kit.Filter {
	return departmentFilter(s, store.DepartmentFilter{}, "")
}

// AllDepartments is the filter by a department that may be closed by now; mark
// stands behind the names of those that are.
func AllDepartments(s *store.Store, mark string) kit.Filter {
	return departmentFilter(s, store.DepartmentFilter{Closed: true}, mark)
}

func departmentFilter(s *store.Store, which store.DepartmentFilter, mark string) kit.Filter {
	return kit.Filter{Key: ByDepartment, All: "全部科室", Load: func(ctx context.Context) ([]kit.Option, error) {
		found, err := s.Departments(ctx, which, store.Page{})
		out := make([]kit.Option, len(found.Items))
		for i, d := range found.Items {
			out[i] = kit.Option{Value: IDValue(d.ID), Text: d.Name}
			if d.ClosedOn != "" {
				out[i].Text += mark
			}
		}
		return out, err
	}}
}
