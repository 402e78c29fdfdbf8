package campaign

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/formno"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// scan takes what a scanner typed on the page. Anything that has the shape of
// a form number is meant as one, so a misread one gets its message.
func (p *CommitmentsPage) scan(code string) bool {
	if _, err := formno.Parse(code); errors.Is(err, formno.ErrShape) {
		return false
	}
	p.recordScanned(code)
	return true
}

// recordScanned records one letter as returned today.
func (p *CommitmentsPage) recordScanned(code string) {
	p.record(code, p.deps.Store.Today(), func(r store.ReturnResult) {
		if r.Problem != "" {
			kit.Toast(p.deps.Win, r.Problem, kit.Bad)
			return
		}
		p.scanned++
		kit.Toast(p.deps.Win, fmt.Sprintf("已登记 %s，本次第 %d 份", calls(r.Row), p.scanned), kit.Good)
		p.SelectID(r.Row.ID)
	})
}

// record records one number and hands its result to done.
func (p *CommitmentsPage) record(code string, on day.Date, done func(store.ReturnResult)) {
	c := p.campaignInHand()
	kit.Run(context.Background(), func(ctx context.Context) (store.ReturnResult, error) {
		out, err := p.deps.Store.ReturnCommitments(ctx, c.ID, []string{code}, on)
		if err != nil {
			return store.ReturnResult{}, err
		}
		return out[0], nil
	}, func(r store.ReturnResult, err error) {
		if err != nil {
			p.deps.fail(err)
			return
		}
		if r.Problem == "" {
			p.changed()
		}
		done(r)
	})
}

// tally is the list of what was recorded in one sitting, the newest first. The
// table reads it off the UI goroutine.
type tally struct {
	mu    sync.Mutex
	lines []tallyLine
	taken int
}

type tallyLine struct {
	id int64
	store.ReturnResult
}

func (t *tally) add(r store.ReturnResult) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r.Problem == "" {
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

func tallyColumns() []kit.Column[tallyLine] {
	return []kit.Column[tallyLine]{
		{Title: "结果", Chip: func(l tallyLine) (string, kit.Tone) {
			if l.Problem != "" {
				return "未登记", kit.Bad
			}
			return "已登记", kit.Good
		}},
		{Title: "编号", Text: func(l tallyLine) string { return l.number() }},
		{Title: "姓名", Text: func(l tallyLine) string { return l.Row.Name }},
		{Title: "科室", Text: func(l tallyLine) string { return l.Row.Department }},
		{Title: "说明", Flex: true, Text: tallyLine.problem},
	}
}

// number is the letter's number, or what was typed when there is no letter.
func (l tallyLine) number() string {
	if l.Row.FormNo != "" {
		return l.Row.FormNo
	}
	return l.FormNo
}

// problem is the message without the number and the name, which have columns
// of their own.
func (l tallyLine) problem() string {
	if l.Row.FormNo == "" {
		return l.Problem
	}
	text := strings.Replace(l.Problem, l.Row.Name+"：", "", 1)
	text = strings.Replace(text, "（"+l.Row.Name+"）", "", 1)
	return strings.TrimSpace(strings.Replace(text, "承诺书 "+l.Row.FormNo, "", 1))
}

// recordByNumber takes one number after another, typed or scanned.
func (p *CommitmentsPage) recordByNumber() {
	if p.campaignInHand().ID == 0 {
		p.makeMissing() // says that a campaign comes first
		return
	}
	list := &tally{}
	table := kit.NewTable(kit.TableOptions[tallyLine]{Columns: tallyColumns(), Source: list.source,
		ID: func(l tallyLine) int64 { return l.id }, Empty: "用扫码枪扫承诺书右上角的二维码，或输入编号后按回车。一份接一份，不用点按钮。"})
	count, latest := kit.NewSubHeading(list.text()), kit.NewLabel("")
	on, number := kit.NewDateField(), kit.NewEntry(30)
	on.SetDate(p.deps.Store.Today())
	number.SetPlaceHolder("扫码或输入编号，如 CN-2026-00307-09")
	head := kit.Beside(kit.NewMuted("编号"), kit.Wide(300, number), kit.NewMuted("交回日期"), kit.Wide(150, on))
	top := kit.Below(head, kit.Beside(count, latest))
	number.OnEnter = func(text string) {
		text = strings.TrimSpace(text)
		number.SetText("")
		if text == "" {
			return
		}
		p.record(text, on.Date(), func(r store.ReturnResult) {
			list.add(r)
			count.SetText(list.text())
			latest.SetText(r.Problem)
			latest.SetTone(kit.Bad)
			if r.Problem == "" {
				latest.SetText("已登记 " + calls(r.Row))
				latest.SetTone(kit.Good)
			}
			top.Refresh()
			table.Reload()
		})
	}
	var d *kit.Dialog
	d = kit.ShowDialog(p.deps.Win, kit.DialogOptions{
		Title: "登记交回", Width: 1120, Height: 520,
		Content: above(top, table),
		Buttons: []*kit.Button{kit.NewPrimaryButton("完成", func() { d.Close() })},
	})
	p.deps.Win.Canvas().Focus(number)
}

// above keeps a line's distance between the head of a dialog and its table.
func above(head, table fyne.CanvasObject) fyne.CanvasObject {
	return kit.Frame(container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), head), nil, nil, nil, table)
}

// recordSelected records the ticked letters of the list on one day.
func (p *CommitmentsPage) recordSelected(s selection) {
	nos := make([]string, len(s.Rows))
	for i, r := range s.Rows {
		nos[i] = r.FormNo
	}
	c := p.campaignInHand()
	on := kit.NewDateField()
	on.SetDate(p.deps.Store.Today())
	form := kit.NewForm(p.deps.Win,
		kit.Block(kit.NewParagraph(fmt.Sprintf("选中 %d 份：%s", len(nos), someNames(s.Rows)))),
		kit.Field{Key: "ReturnedOn", Label: "交回日期", Required: true, Input: on})
	form.Log = p.deps.Log
	var results []store.ReturnResult
	form.OnSave = func() func(context.Context) error {
		date := on.Date()
		return func(ctx context.Context) (err error) {
			results, err = p.deps.Store.ReturnCommitments(ctx, c.ID, nos, date)
			return err
		}
	}
	form.OnSaved = func() {
		p.Table().ClearTicks()
		p.changed()
		p.sayResults(results)
	}
	form.ShowDialog("登记选中的承诺书交回", "登记交回")
}

// someNames lists the first signers of a selection.
func someNames(rows []letter) string {
	const most = 12
	names := make([]string, 0, most)
	for _, r := range rows[:min(most, len(rows))] {
		names = append(names, r.Name)
	}
	text := strings.Join(names, "、")
	if len(rows) > most {
		text += " 等"
	}
	return text
}

func (p *CommitmentsPage) sayResults(results []store.ReturnResult) {
	var problems []string
	for _, r := range results {
		if r.Problem != "" {
			problems = append(problems, r.Problem)
		}
	}
	text := fmt.Sprintf("已登记 %d 份", len(results)-len(problems))
	if len(problems) == 0 {
		kit.Toast(p.deps.Win, text, kit.Good)
		return
	}
	kit.ShowNotice(p.deps.Win, text+fmt.Sprintf("，%d 份没有登记", len(problems)), strings.Join(problems, "\n"))
}

// awaited is the filter of a department's printed letters that are not back:
// one that was never printed cannot have been signed.
func (p *CommitmentsPage) awaited(departmentID int64) store.CommitmentFilter {
	return store.CommitmentFilter{CampaignID: p.campaignInHand().ID, Kind: model.PersonalCommitment,
		DepartmentID: departmentID, State: model.Printed}
}
