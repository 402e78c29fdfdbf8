package roster

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// problemTable lists what is wrong or odd in single cells. The reason is the
// widest column and is never cut; a long value may be.
func problemTable(problems []model.RosterProblem, empty string) fyne.CanvasObject {
	return kit.NewTable(kit.TableOptions[model.RosterProblem]{
		Columns: []kit.Column[model.RosterProblem]{
			{Title: "行号", Align: kit.AlignRight, Text: func(p model.RosterProblem) string { return fmt.Sprint(p.Row) }},
			{Title: "列", Text: func(p model.RosterProblem) string { return p.Column }},
			{Title: "原值", Flex: true, Text: func(p model.RosterProblem) string { return office.OneLine(p.Value) }},
			{Title: "问题", Text: func(p model.RosterProblem) string { return p.Problem }},
		},
		Source: kit.Rows(problems),
		Empty:  empty,
	})
}

// problemLine stands above a list of problems, with the door to save them.
func (im *importer) problemLine(text string) fyne.CanvasObject {
	return kit.Frame(nil, nil, nil, kit.NewButton("另存为 Excel…", im.saveProblems), kit.NewLabel(text).Shorten())
}

func (im *importer) saveProblems() {
	im.save("花名册问题", sheet.RosterProblemTables(im.judged))
}

// save writes tables to a file that the clerk names; the notice stands over
// the open step, where a toast could not be seen.
func (im *importer) save(name string, tables []sheet.Table) {
	kit.PickSave(im.deps.Win, "另存为", fmt.Sprintf("%s%s.xlsx", name, im.deps.Store.Today()), func(path string) {
		im.deps.writeSheet(path, exported{name, quotesNumbers(im.judged)}, func(context.Context) ([]sheet.Table, error) { return tables, nil },
			func(text string) { kit.ShowNotice(im.deps.Win, "已保存", text) })
	})
}

// longNumber is what an ID number or a telephone number looks like.
var longNumber = regexp.MustCompile(`\d([ -]?\d){10}`)

// quotesNumbers reports whether a list of problems shows such a number: the
// digits of ID numbers are hidden in it, but not those in a wrong column.
func quotesNumbers(r model.RosterReading) bool {
	for _, p := range slices.Concat(r.Rejected, r.Warnings) {
		if longNumber.MatchString(p.Value) {
			return true
		}
	}
	return false
}

// warningKind is a group of warnings that say the same of different cells.
type warningKind struct {
	text     string
	problems []model.RosterProblem
}

var digits = regexp.MustCompile(`\d+`)

// warningKinds groups warnings by column and by what they say apart from
// figures, the rarest first: a thing odd in every row hides nothing then.
func warningKinds(warnings []model.RosterProblem) []warningKind {
	index := map[string]int{}
	var kinds []warningKind
	for _, w := range warnings {
		text := w.Column + "：" + digits.ReplaceAllString(w.Problem, "×")
		i, known := index[text]
		if !known {
			i = len(kinds)
			index[text] = i
			kinds = append(kinds, warningKind{text: text})
		}
		kinds[i].problems = append(kinds[i].problems, w)
	}
	sort.SliceStable(kinds, func(i, j int) bool { return len(kinds[i].problems) < len(kinds[j].problems) })
	return kinds
}

// warningsView lists the warnings by kind; one kind can be looked at alone.
func (im *importer) warningsView() fyne.CanvasObject {
	kinds := warningKinds(im.judged.Warnings)
	var all []model.RosterProblem
	options := []kit.Option{{Text: fmt.Sprintf("全部提醒（%d）", len(im.judged.Warnings))}}
	for i, k := range kinds {
		all = append(all, k.problems...)
		options = append(options, kit.Option{Value: fmt.Sprint(i), Text: fmt.Sprintf("%s（%d）", k.text, len(k.problems))})
	}
	const none = "没有需要提醒的内容。"
	list := container.NewStack(problemTable(all, none))
	choice := kit.NewChoice(options)
	choice.OnChanged = func(value string) {
		shown := all
		for i, k := range kinds {
			if value == fmt.Sprint(i) {
				shown = k.problems
			}
		}
		list.Objects = []fyne.CanvasObject{problemTable(shown, none)}
		list.Refresh()
	}
	line := im.problemLine("提醒不影响导入，请核对后在职工页面改正。")
	if len(kinds) > 1 {
		line = kit.Below(line, kit.Wide(420, choice))
	}
	return below(line, list, nil)
}
