package campaign

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// partKind tells how the lines of one kind of a plan are listed and changed.
type partKind[R model.PlanPart] struct {
	section string
	word    string // what one line is called
	of      func(model.Plan) []R
	place   func(R) (id int64, name string)
	columns []kit.Column[R]
	filters []kit.Filter
	keyword string
	match   func(R, kit.Query) bool // nil: the section has no filters
	detail  func(R) []kit.Piece
	// form makes the fields for a line; a new one is the zero value with
	// what start filled in.
	form    func(R) partForm[R]
	start   func(selected R, any bool) R
	actions []kit.Action[R]
	more    []kit.RowAction[R] // before the usual ones
	readers []string           // labels of what all may do
	empty   string
	count   func(total int) string
}

// partForm is the form of one line.
type partForm[R model.PlanPart] struct {
	items []kit.FormItem
	read  func() R
	ready func(*kit.Form) // before it is shown; may be nil
}

// parts lists the lines of one kind of a plan.
type parts[R model.PlanPart] struct {
	*kit.RegisterPage[R]
	plan *planPage
	kind partKind[R]
}

func newParts[R model.PlanPart](p *planPage, kind partKind[R]) *parts[R] {
	s := &parts[R]{plan: p, kind: kind}
	spec := kit.Register[R]{
		Title: p.title(), Subtitle: p.stage, Side: p.switcher(kind.section),
		Columns: kind.columns, Source: s.source, ID: s.id,
		Filters: kind.filters, Keyword: kind.keyword,
		Actions: append([]kit.Action[R]{
			{Label: "新增", Key: "Ctrl+N", Primary: true, Run: func(kit.Selection[R]) { s.add() }},
			planPrinting[R](p),
		}, kind.actions...),
		RowActions: append(kind.more,
			kit.RowAction[R]{Label: "修改", Run: s.edit},
			kit.RowAction[R]{Label: "上移", Show: s.unfiltered, Run: func(r R) { s.move(r, true) }},
			kit.RowAction[R]{Label: "下移", Show: s.unfiltered, Run: func(r R) { s.move(r, false) }},
			kit.RowAction[R]{Label: "删除…", Danger: true, Run: s.remove},
		),
		Detail: kind.detail, Open: s.edit,
		Empty: kit.Empty{Text: kind.empty, Button: "新增" + kind.word, Run: s.add},
		Count: kind.count, Log: p.deps.Log,
	}
	if spec.Count == nil {
		spec.Count = func(n int) string { return fmt.Sprintf("%d 条", n) }
	}
	if !p.mayWrite() {
		spec = spec.Only(append(planPapers(), kind.readers...)...)
	}
	s.RegisterPage = kit.NewRegisterPage(p.deps.Win, spec)
	return s
}

func (s *parts[R]) id(r R) int64 {
	id, _ := s.kind.place(r)
	return id
}

// unfiltered reports whether the rows stand one below the other as in the
// plan: else a line would move to where nobody sees it.
func (s *parts[R]) unfiltered(R) bool {
	q := s.Query()
	return q.Keyword == "" && len(q.Filters) == 0
}

func (s *parts[R]) source(ctx context.Context, q kit.Query) ([]R, int, error) {
	plan, err := s.plan.deps.Store.Plan(ctx, s.plan.campaign.ID)
	if err != nil {
		return nil, 0, err
	}
	var rows []R
	for _, r := range s.kind.of(plan) {
		if s.kind.match == nil || s.kind.match(r, q) {
			rows = append(rows, r)
		}
	}
	return kit.Rows(rows)(ctx, q)
}

// add asks for a new line.
func (s *parts[R]) add() {
	selected, any := s.Table().Selected()
	s.show("新增"+s.kind.word, "新增", s.kind.start(selected, any))
}

func (s *parts[R]) edit(r R) { s.show("修改"+s.kind.word, "保存", r) }

func (s *parts[R]) show(title, save string, r R) {
	d := s.plan.deps
	f := s.kind.form(r)
	form := kit.NewForm(d.Win, f.items...)
	form.Log = d.Log
	form.Validate = func() map[string]string { return office.FieldMessages(f.read().Validate(s.plan.campaign)) }
	var id int64
	form.OnSave = func() func(context.Context) error {
		part := f.read()
		return func(ctx context.Context) (err error) {
			id, err = d.Store.SavePart(ctx, part)
			return err
		}
	}
	form.OnSaved = func() {
		s.plan.done("已保存" + s.kind.word)
		s.SelectID(id)
	}
	if f.ready != nil {
		f.ready(form)
	}
	form.ShowDialog(title, save)
}

func (s *parts[R]) move(r R, up bool) {
	d := s.plan.deps
	d.Do(func(ctx context.Context) error { return d.Store.MovePart(ctx, r, up) }, s.Refresh)
}

func (s *parts[R]) remove(r R) {
	d := s.plan.deps
	_, name := s.kind.place(r)
	kit.Confirm(d.Win, kit.Question{
		Title: "删除" + s.kind.word, Text: fmt.Sprintf("从方案中删除“%s”？删除记入操作记录。", office.Shorten(name, 60)),
		Yes: "删除", Danger: true,
	}, func() {
		d.Do(func(ctx context.Context) error { return d.Store.RemovePart(ctx, r) },
			func() { s.plan.done("已删除" + s.kind.word) })
	})
}
