package store

import (
	"gorm.io/gorm"
)

// Page says which slice of a list is wanted, in which order. Sort is one of
// the list's own sort words; an unknown or empty one means the list's order.
type Page struct {
	Sort   string
	Desc   bool
	Offset int
	Limit  int // 0 for all rows, as exports and printing need
}

// Rows is one page and the number of rows of the whole list.
type Rows[T any] struct {
	Items []T
	Total int
}

// orders maps a list's sort words to what the database sorts by. Each ends in
// a unique column, so that pages never overlap.
type orders map[string][]string

func (o orders) clause(p Page, usual string) string {
	keys, ok := o[p.Sort]
	if !ok {
		keys = o[usual]
	}
	text := ""
	for i, k := range keys {
		if i > 0 {
			text += ", "
		}
		text += k
		if p.Desc {
			text += " DESC"
		}
	}
	return text
}

// fetchByID is [fetch] for lists whose rows cost queries of their own: SQLite
// works out every column of every row before it sorts, so the page's ids are
// found first, unless all are wanted. all is the query without its conditions.
func fetchByID[T any](q, all *gorm.DB, id, selected, order string, p Page) (Rows[T], error) {
	if p.Limit == 0 {
		return fetch[T](q, selected, order, p)
	}
	found, err := fetch[struct{ ID int64 }](q, id, order, p)
	out := Rows[T]{Total: found.Total}
	if err != nil || len(found.Items) == 0 {
		return out, err
	}
	ids := make([]int64, len(found.Items))
	for i, r := range found.Items {
		ids[i] = r.ID
	}
	err = all.Where(id+" IN ?", ids).Select(selected).Order(order).Find(&out.Items).Error
	return out, faultOf(err)
}

// fetch counts a query's rows and reads one page of it. selected is the list
// of columns.
func fetch[T any](q *gorm.DB, selected, order string, p Page) (Rows[T], error) {
	var out Rows[T]
	if q.Error != nil { // GORM would begin a transaction, see the error and leave the connection in it
		return out, faultOf(q.Error)
	}
	// One snapshot for both, or the count may not belong to the page.
	err := q.Transaction(func(tx *gorm.DB) error {
		var total int64
		if err := tx.Session(&gorm.Session{}).Count(&total).Error; err != nil {
			return err
		}
		out.Total = int(total)
		page := tx.Session(&gorm.Session{}).Select(selected).Order(order)
		if p.Limit > 0 {
			page = page.Limit(p.Limit).Offset(p.Offset)
		}
		return page.Find(&out.Items).Error
	})
	return out, faultOf(err)
}
