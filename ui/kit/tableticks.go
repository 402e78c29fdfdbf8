package kit

import "context"

func (t *Table[R]) isTicked(row int) bool {
	r, ok := t.pager.row(row)
	if !ok || t.opt.ID == nil {
		return false
	}
	_, ticked := t.ticked[t.opt.ID(r)]
	return ticked
}

func (t *Table[R]) toggle(row int) {
	r, ok := t.pager.row(row)
	if !ok || t.opt.ID == nil {
		return
	}
	id := t.opt.ID(r)
	if _, on := t.ticked[id]; on {
		delete(t.ticked, id)
		for i, o := range t.tickOrder {
			if o == id {
				t.tickOrder = append(t.tickOrder[:i:i], t.tickOrder[i+1:]...)
				break
			}
		}
	} else {
		t.tick(r)
	}
	t.ticksChanged()
}

func (t *Table[R]) tick(r R) {
	id := t.opt.ID(r)
	if _, on := t.ticked[id]; !on {
		t.ticked[id] = r
		t.tickOrder = append(t.tickOrder, id)
	}
}

// toggleAll ticks every row of the query, those never seen included, or takes
// all ticks away when there are as many as rows.
func (t *Table[R]) toggleAll() {
	if t.opt.ID == nil {
		return
	}
	if t.allTicked() {
		t.ClearTicks()
		return
	}
	q, generation := t.pager.query, t.pager.generation
	Run(context.Background(), func(ctx context.Context) ([]R, error) {
		rows, _, err := t.opt.Source(ctx, q)
		return rows, err
	}, func(rows []R, err error) {
		if generation != t.pager.generation {
			return
		}
		if err != nil {
			t.pager.err = err
			t.tell()
			return
		}
		for _, r := range rows {
			t.tick(r)
		}
		t.ticksChanged()
	})
}

func (t *Table[R]) allTicked() bool { return len(t.ticked) > 0 && len(t.ticked) >= t.pager.total }

// Ticked returns the ticked rows in the order in which they were ticked.
func (t *Table[R]) Ticked() []R {
	rows := make([]R, 0, len(t.tickOrder))
	for _, id := range t.tickOrder {
		rows = append(rows, t.ticked[id])
	}
	return rows
}

// ClearTicks takes all ticks away.
func (t *Table[R]) ClearTicks() {
	clear(t.ticked)
	t.tickOrder = nil
	t.ticksChanged()
}

func (t *Table[R]) ticksChanged() {
	if t.OnTick != nil {
		t.OnTick(len(t.ticked))
	}
	t.view.update()
}
