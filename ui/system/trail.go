package system

import (
	"context"
	"strings"
	"sync"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/ui/kit"
)

// trailArea is the trail's name among those of [store.Areas], and that of the
// list in the trail itself.
const trailArea = "操作记录"

// Keys of the filters.
const (
	trailFrom   = "from"
	trailTo     = "to"
	trailActor  = "actor"
	trailAction = "action"
	trailEntity = "entity"
)

// trailLine is a line as the page shows it.
type trailLine struct {
	model.AuditLine
	name    string // of the record
	text    string // what changed, on one line
	changes []model.Change
}

// Trail is the page 操作记录.
type Trail struct {
	*kit.RegisterPage[trailLine]
	deps     Deps
	words    trailWords
	state    *kit.Chip // of the chain
	side     *fyne.Container
	checking bool
}

// NewTrail makes the page.
func NewTrail(deps Deps) *Trail {
	p := &Trail{deps: deps, state: kit.NewChip("未核对", kit.Neutral)}
	p.side = kit.Beside(p.state)
	p.RegisterPage = kit.NewRegisterPage(deps.Win, kit.Register[trailLine]{
		Title:    trailArea,
		Subtitle: "操作记录不能修改和删除，一直保存",
		Columns:  trailColumns(),
		Source:   p.source,
		ID:       func(l trailLine) int64 { return l.ID },
		Sort:     "id",
		Desc:     true,
		Keyword:  "名称或内容",
		Filters: []kit.Filter{
			{Key: trailFrom, All: "从哪天", Date: true},
			{Key: trailTo, All: "到哪天", Date: true},
			{Key: trailActor, All: "全部操作人", Load: p.options(func(w store.TrailWords) []string { return w.Actors })},
			{Key: trailAction, All: "全部动作", Load: p.options(func(w store.TrailWords) []string { return w.Actions })},
			{Key: trailEntity, All: "全部对象", Load: p.options(func(w store.TrailWords) []string { return w.Entities })},
		},
		Actions: []kit.Action[trailLine]{
			{Label: "日期", Menu: p.spanMenu()},
			{Label: "核对", Run: func(kit.Selection[trailLine]) { p.check() }},
			{Label: "导出", Menu: []kit.Action[trailLine]{
				{Label: "Excel 工作簿（.xlsx）…", Run: p.askExport(".xlsx")},
				{Label: "CSV 文本（.csv）…", Run: p.askExport(".csv")},
			}},
		},
		RowActions: []kit.RowAction[trailLine]{{Label: "详情", Run: p.showLine}},
		Detail:     trailDetail,
		Open:       p.showLine,
		Side:       p.side,
		Empty:      kit.Empty{Text: "这里记着谁在什么时候做了什么：登录、登记、修改、打印、导出、备份。"},
		Log:        deps.Log,
	})
	return p
}

func trailColumns() []kit.Column[trailLine] {
	return []kit.Column[trailLine]{
		{Title: "时间", Sort: "id", Text: func(l trailLine) string { return l.At.Format("2006-01-02 15:04") }},
		{Title: "操作人", Text: func(l trailLine) string { return l.Actor }},
		{Title: "动作", Width: 110, Text: func(l trailLine) string { return l.Action }},
		{Title: "对象", Text: func(l trailLine) string { return l.Entity }},
		{Title: "名称", Width: 190, Text: func(l trailLine) string { return l.name }},
		{Title: "内容", Flex: true, Text: func(l trailLine) string { return l.text }},
	}
}

// trailFilter is the store's filter for what the page shows.
func trailFilter(q kit.Query) store.TrailFilter {
	return store.TrailFilter{
		From: day.Date(q.Filters[trailFrom]), To: day.Date(q.Filters[trailTo]), Actor: q.Filters[trailActor],
		Action: q.Filters[trailAction], Entity: q.Filters[trailEntity], Find: strings.TrimSpace(q.Keyword),
	}
}

func (p *Trail) source(ctx context.Context, q kit.Query) ([]trailLine, int, error) {
	s := p.deps.Store
	found, err := s.Trail(ctx, trailFilter(q), store.Page{Sort: q.Sort, Desc: q.Desc, Offset: q.Offset, Limit: q.Limit})
	if err != nil {
		return nil, 0, err
	}
	labels, err := issue.AuditLabels(ctx, s, found.Items)
	if err != nil {
		return nil, 0, err
	}
	rows := make([]trailLine, len(found.Items))
	for i, l := range found.Items {
		rows[i] = trailLine{l, model.ReadableName(labels, l), issue.ChangeText(labels, l), model.ReadableChange(labels, l)}
	}
	return rows, found.Total, nil
}

// longestWord is what a filter's list shows of a word, in characters.
const longestWord = 16

// options loads the words of a filter.
func (p *Trail) options(pick func(store.TrailWords) []string) func(context.Context) ([]kit.Option, error) {
	return func(ctx context.Context) ([]kit.Option, error) {
		all, err := p.words.read(ctx, p.deps.Store)
		if err != nil {
			return nil, err
		}
		var out []kit.Option
		for _, w := range pick(all) {
			out = append(out, kit.Option{Value: w, Text: shortened(w, longestWord)})
		}
		return out, nil
	}
}

// trailWords are the words of the three filters. They are collected again only
// when the trail has grown: that takes a look at every line.
type trailWords struct {
	mu    sync.Mutex
	upTo  int64 // the last line that was looked at
	words store.TrailWords
}

func (w *trailWords) read(ctx context.Context, s *store.Store) (store.TrailWords, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	newest, err := s.Trail(ctx, store.TrailFilter{}, store.Page{Sort: "id", Desc: true, Limit: 1})
	if err != nil || len(newest.Items) == 0 || newest.Items[0].ID == w.upTo {
		return w.words, err
	}
	words, err := s.TrailWords(ctx)
	if err == nil {
		w.upTo, w.words = newest.Items[0].ID, words
	}
	return words, err
}

func shortened(text string, most int) string {
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}

// check looks whether the chain of the lines is whole.
func (p *Trail) check() {
	if p.checking {
		return
	}
	p.checking = true
	p.say("正在核对…", kit.Neutral)
	kit.Run(context.Background(), p.deps.Store.Check, func(found []store.Problem, err error) {
		p.checking = false
		if err != nil {
			p.say("未核对", kit.Neutral)
			p.deps.Fail(err)
			return
		}
		var problems []string
		for _, f := range found {
			if f.Area == trailArea {
				problems = append(problems, f.Detail)
			}
		}
		if len(problems) == 0 {
			p.say("记录完整", kit.Good)
			kit.Toast(p.deps.Win, kit.Now().Format("15:04")+" 核对：操作记录完整，没有被改动、删除或调换", kit.Good)
			return
		}
		p.say("记录有问题", kit.Bad)
		kit.ShowNotice(p.deps.Win, "操作记录有问题", strings.Join(problems, "\n")+
			"\n请保留数据文件夹原样，不要自行修改里面的文件，并到“体检”页查看其他内容是否完好。")
	})
}

func (p *Trail) say(text string, tone kit.Tone) {
	p.state.Set(text, tone)
	p.side.Refresh()
	p.Content().Refresh() // the filter line gives the chip its room
}
