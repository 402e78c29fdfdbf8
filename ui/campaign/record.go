package campaign

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"qingfeng/model/day"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// scanned hands the number to take that a scanner typed, and reports whether
// there is one. What stood in the field before does not swallow the form, but
// of two numbers nobody knows which was scanned.
func (p *slipPage[R]) scanned(typed string, take func(no string)) bool {
	nos := office.ScannedNumbers(typed)
	switch len(nos) {
	case 0:
	case 1:
		take(nos[0])
	default:
		kit.Toast(p.deps.Win, "搜索框里原有另一个编号，这一份没有登记，请重扫", kit.Bad)
	}
	return len(nos) > 0
}

// recordScanned records one form as returned today and says so: said gets the
// form and how many were scanned in a row.
func (p *slipPage[R]) recordScanned(code string, said func(s slip, nth int) string) {
	p.record(code, p.deps.Store.Today(), func(r taken) {
		if r.problem != "" {
			p.refused++
			kit.Toast(p.deps.Win, r.problem, kit.Bad)
			return
		}
		p.inARow++
		text := said(r.slip, p.inARow)
		if p.refused > 0 { // the next scan takes a refusal off the screen before anyone reads it
			text += fmt.Sprintf("（另有 %d 个没有登记）", p.refused)
		}
		kit.Toast(p.deps.Win, text, kit.Good)
		p.SelectID(r.slip.ID)
	})
}

// record records one number and hands its result to done.
func (p *slipPage[R]) record(code string, on day.Date, done func(taken)) {
	c := p.campaignInHand()
	kit.Run(context.Background(), func(ctx context.Context) (taken, error) {
		out, err := p.forms.takeBack(ctx, c.ID, []string{code}, on)
		if err != nil {
			return taken{}, err
		}
		return out[0], nil
	}, func(r taken, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		if r.problem == "" {
			p.changed()
		}
		done(r)
	})
}

// tally is the list of what was recorded in one sitting, the newest first. The
// table reads it off the UI goroutine.
type tally struct {
	mu    sync.Mutex
	noun  string // of the forms
	lines []tallyLine
	taken int
}

type tallyLine struct {
	id int64
	taken
}

func (t *tally) add(r taken) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r.problem == "" {
		t.taken++
	}
	t.lines = append([]tallyLine{{int64(len(t.lines) + 1), r}}, t.lines...)
}

func (t *tally) source(ctx context.Context, q kit.Query) ([]tallyLine, int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return kit.Rows(append([]tallyLine(nil), t.lines...))(ctx, q)
}

func (t *tally) text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	text := fmt.Sprintf("本次已登记 %d 份", t.taken)
	if wrong := len(t.lines) - t.taken; wrong > 0 {
		text += fmt.Sprintf("，%d 个编号没有登记", wrong)
	}
	return text
}

func (t *tally) columns() []kit.Column[tallyLine] {
	return []kit.Column[tallyLine]{
		{Title: "结果", Chip: func(l tallyLine) (string, kit.Tone) {
			if l.problem != "" {
				return "未登记", kit.Bad
			}
			return "已登记", kit.Good
		}},
		{Title: "编号", Text: func(l tallyLine) string { return l.number() }},
		{Title: "姓名", Text: func(l tallyLine) string { return l.slip.name }},
		{Title: "科室", Text: func(l tallyLine) string { return l.slip.department }},
		{Title: "说明", Flex: true, Text: t.problem},
	}
}

// number is the form's number, or what was typed when there is no form.
func (l tallyLine) number() string {
	if l.slip.FormNo != "" {
		return l.slip.FormNo
	}
	return l.typed
}

// problem is the message without the number and the name, which have columns
// of their own.
func (t *tally) problem(l tallyLine) string {
	if l.slip.FormNo == "" {
		return l.taken.problem
	}
	text := strings.Replace(l.taken.problem, l.slip.name+"：", "", 1)
	text = strings.Replace(text, "（"+l.slip.name+"）", "", 1)
	return strings.TrimSpace(strings.Replace(text, t.noun+" "+l.slip.FormNo, "", 1))
}

// recordByNumber takes one number after another, typed or scanned.
func (p *slipPage[R]) recordByNumber() {
	if p.noCampaign() {
		return
	}
	words := p.forms.words()
	list := &tally{noun: words.noun}
	table := kit.NewTable(kit.TableOptions[tallyLine]{Columns: list.columns(), Source: list.source,
		ID: func(l tallyLine) int64 { return l.id }, Empty: "用扫码枪扫" + words.noun + "右上角的二维码，或输入编号后按回车。一份接一份，不用点按钮。"})
	count, latest := kit.NewSubHeading(list.text()), kit.NewLabel("")
	on, number := p.deps.DateOfToday(), kit.NewEntry(30)
	number.SetPlaceHolder("扫码或输入编号，如 " + words.sample)
	head := kit.Beside(kit.NewMuted("编号"), kit.Wide(300, number), kit.NewMuted("交回日期"), kit.Wide(150, on))
	top := kit.Below(head, kit.Beside(count, latest))
	number.OnEnter = func(text string) {
		text = strings.TrimSpace(text)
		number.SetText("")
		if text == "" {
			return
		}
		p.record(text, on.Date(), func(r taken) {
			list.add(r)
			count.SetText(list.text())
			latest.SetText(r.problem)
			latest.SetTone(kit.Bad)
			if r.problem == "" {
				latest.SetText("已登记 " + r.slip.calls)
				latest.SetTone(kit.Good)
			}
			top.Refresh()
			table.Reload()
		})
	}
	var d *kit.Dialog
	d = kit.ShowDialog(p.deps.Win, kit.DialogOptions{
		Title: words.taking, Width: 1120, Height: 520,
		Content: office.Above(top, table),
		Buttons: []*kit.Button{kit.NewPrimaryButton("完成", func() { d.Close() })},
	})
	p.deps.Win.Canvas().Focus(number)
}

// recordSelected records the ticked forms of the list on one day.
func (p *slipPage[R]) recordSelected(s kit.Selection[R]) {
	rows, words := p.slips(s.Rows), p.forms.words()
	nos := mapped(rows, func(r slip) string { return r.FormNo })
	c := p.campaignInHand()
	on := p.deps.DateOfToday()
	form := kit.NewForm(p.deps.Win,
		kit.Block(kit.NewParagraph(fmt.Sprintf("选中 %d 份：%s", len(nos), someNames(rows)))),
		kit.Field{Key: "ReturnedOn", Label: "交回日期", Required: true, Input: on})
	form.Log = p.deps.Log
	var results []taken
	form.OnSave = func() func(context.Context) error {
		date := on.Date()
		return func(ctx context.Context) (err error) {
			results, err = p.forms.takeBack(ctx, c.ID, nos, date)
			return err
		}
	}
	form.OnSaved = func() {
		p.Table().ClearTicks()
		p.changed()
		p.sayResults(results)
	}
	form.ShowDialog(words.taking+"：选中的"+words.noun, "登记交回")
}

// someNames lists the first signers of a selection.
func someNames(rows []slip) string {
	const most = 12
	names := make([]string, 0, most)
	for _, r := range rows[:min(most, len(rows))] {
		names = append(names, r.name)
	}
	text := strings.Join(names, "、")
	if len(rows) > most {
		text += " 等"
	}
	return text
}

func (p *slipPage[R]) sayResults(results []taken) {
	var problems []string
	for _, r := range results {
		if r.problem != "" {
			problems = append(problems, r.problem)
		}
	}
	text := fmt.Sprintf("已登记 %d 份", len(results)-len(problems))
	if len(problems) == 0 {
		kit.Toast(p.deps.Win, text, kit.Good)
		return
	}
	kit.ShowNotice(p.deps.Win, text+fmt.Sprintf("，%d 份没有登记", len(problems)), strings.Join(problems, "\n"))
}

// awaited are a department's personal forms that are not back.
func (p *slipPage[R]) awaited(departmentID int64) scope {
	return scope{campaignID: p.campaignInHand().ID, kind: personal, departmentID: departmentID, missing: true}
}
