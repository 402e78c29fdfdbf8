package kit

import (
	"context"
	"errors"
	"maps"
)

// Query is what a table asks of its source. Sort is the Sort key of a column,
// "" meaning the source's own order; Limit 0 means all rows from Offset on.
// Filters holds the values of a register page's filters by their key; a
// filter that stands on "all" is absent.
type Query struct {
	Sort          string
	Desc          bool
	Offset, Limit int
	Keyword       string
	Filters       map[string]string
}

// Source answers a query with rows and the number of rows without Offset and
// Limit. It is called off the UI goroutine and should stop when ctx is done.
type Source[R any] func(ctx context.Context, q Query) (rows []R, total int, err error)

// Rows is a source over a short list that is at hand anyway. It does not sort.
func Rows[R any](rows []R) Source[R] {
	return func(_ context.Context, q Query) ([]R, int, error) {
		from := min(q.Offset, len(rows))
		to := len(rows)
		if q.Limit > 0 {
			to = min(to, from+q.Limit)
		}
		return rows[from:to], len(rows), nil
	}
}

// TableState says how far a table is with its rows.
type TableState struct {
	Loading bool // asked, and nothing to show yet
	Err     error
	Total   int
}

// keptPages bounds what a table holds in memory after a long scroll.
const keptPages = 24

// pager keeps the pages of one query. Answers to an older query, and pages no
// longer looked at, are dropped.
type pager[R any] struct {
	source   Source[R]
	query    Query
	pageSize int
	arrived  func(page int) // UI goroutine, also after an error

	total      int
	err        error
	answered   bool // the present query has had an answer
	generation int
	pages      map[int][]R
	asked      map[int]context.CancelFunc
}

func newPager[R any](source Source[R], pageSize int, arrived func(int)) *pager[R] {
	return &pager[R]{
		source: source, pageSize: pageSize, arrived: arrived,
		pages: map[int][]R{}, asked: map[int]context.CancelFunc{},
	}
}

// reset starts a new query. The old rows stay until its first answer, so that
// the table does not flicker.
func (p *pager[R]) reset(q Query) {
	for _, cancel := range p.asked {
		cancel()
	}
	clear(p.asked)
	p.generation++
	p.query, p.err, p.answered = q, nil, false
}

// row returns the row at an index if its page is here.
func (p *pager[R]) row(i int) (row R, ok bool) {
	if i < 0 || i >= p.total {
		return row, false
	}
	page := p.pages[i/p.pageSize]
	if i%p.pageSize >= len(page) {
		return row, false
	}
	return page[i%p.pageSize], true
}

// want asks for the pages of the rows first to last that are neither here nor
// asked for, and gives up those asked for that nobody looks at any more.
func (p *pager[R]) want(first, last int) {
	from, to := max(0, first)/p.pageSize, max(0, last)/p.pageSize
	for page, cancel := range p.asked {
		if page < from-1 || page > to+1 {
			cancel()
			delete(p.asked, page)
		}
	}
	if p.err != nil {
		return
	}
	for page := from; page <= to; page++ {
		_, here := p.pages[page]
		if p.answered && (here || page*p.pageSize >= p.total) {
			continue
		}
		if _, asked := p.asked[page]; !asked {
			p.ask(page, from, to)
		}
	}
}

type pageAnswer[R any] struct {
	rows  []R
	total int
}

func (p *pager[R]) ask(page, from, to int) {
	q := p.query
	q.Filters = maps.Clone(q.Filters)
	q.Offset, q.Limit = page*p.pageSize, p.pageSize
	ctx, cancel := context.WithCancel(context.Background())
	p.asked[page] = cancel
	generation := p.generation
	Run(ctx, func(ctx context.Context) (pageAnswer[R], error) {
		rows, total, err := p.source(ctx, q)
		return pageAnswer[R]{rows, total}, err
	}, func(a pageAnswer[R], err error) {
		given := ctx.Err() != nil
		cancel()
		if generation != p.generation || given || errors.Is(err, context.Canceled) {
			return
		}
		delete(p.asked, page)
		p.take(page, a, err, from, to)
	})
}

func (p *pager[R]) take(page int, a pageAnswer[R], err error, from, to int) {
	if err != nil {
		p.err = err
		p.arrived(page)
		return
	}
	if !p.answered {
		clear(p.pages)
		p.answered = true
	}
	p.pages[page], p.total = a.rows, a.total
	if len(p.pages) > keptPages {
		for k := range p.pages {
			if k != page && (k < from-keptPages/4 || k > to+keptPages/4) {
				delete(p.pages, k)
			}
		}
	}
	p.arrived(page)
}

func (p *pager[R]) state() TableState {
	return TableState{Loading: !p.answered && p.err == nil, Err: p.err, Total: p.total}
}
