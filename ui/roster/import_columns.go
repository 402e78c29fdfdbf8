package roster

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"github.com/xuri/excelize/v2"

	"qingfeng/model"
	"qingfeng/model/idcode"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// columnStep is the step in which our fields are matched to their columns.
type columnStep struct {
	im      *importer
	rows    *fyne.Container
	head    *kit.Choice
	choices map[string]*kit.Choice // by field id
	samples map[string]*kit.Label
	problem *kit.Label
}

// How far down the head may be chosen, and what is shown of a column.
const (
	headChoices   = 30
	sampleRows    = 3
	sampleLetters = 18 // characters of one sample
)

func (im *importer) askColumns() {
	s := &columnStep{im: im, rows: container.New(layout.NewVBoxLayout()), problem: kit.NewLabel("")}
	s.problem.SetTone(kit.Bad)
	s.head = kit.NewChoice(nil)
	s.head.OnChanged = func(value string) {
		row, _ := strconv.Atoi(value)
		im.file.UseHeadRow(row)
		s.fill()
	}
	line := kit.Beside(kit.NewMuted("文件"), kit.NewLabel(im.fileName()))
	if len(im.file.Sheets) > 1 {
		line.Add(kit.NewMuted("工作表"))
		line.Add(s.sheetChoice())
	}
	line.Add(kit.NewMuted("表头"))
	line.Add(kit.Wide(320, s.head))
	s.fill()
	top := kit.Below(line, kit.NewMuted("请核对每一项对应花名册的哪一列，对应有误时改正。带 * 的必须有；选“不导入”的项目保留现有内容。"))
	im.step("核对列", below(top, clearOfBar(s.rows), s.problem),
		stepButton{label: "上一步", run: im.askFile},
		stepButton{label: "下一步", primary: true, check: s.check, run: im.read})
}

func (s *columnStep) sheetChoice() *kit.Choice {
	choice := kit.NewChoice(office.Options(s.im.file.Sheets))
	choice.SetValue(s.im.file.Sheet)
	choice.OnChanged = func(name string) {
		kit.ShowProgress(s.im.deps.Win, "正在读取工作表", func(_ context.Context, report kit.Report) error {
			report(0, 0, name)
			return s.im.file.UseSheet(name)
		}, func(err error) {
			if err != nil {
				choice.SetValue(s.im.file.Sheet)
				s.im.deps.Fail(err)
				return
			}
			s.fill()
		})
	}
	return choice
}

// fill shows the head row and the columns as they are proposed.
func (s *columnStep) fill() {
	file := s.im.file
	s.head.SetOptions(headOptions(file.Grid))
	s.head.SetValue(strconv.Itoa(file.Head.Row))
	s.choices, s.samples = map[string]*kit.Choice{}, map[string]*kit.Label{}
	options := columnOptions(file.Head.HeadTexts(file.Grid))
	grid := container.New(&columnGrid{})
	for _, text := range []string{"清风中的项目", "花名册中的列", "内容举例"} {
		grid.Add(kit.NewMuted(text))
	}
	for _, f := range file.Columns.Fields {
		label := f.Label
		if f.Required {
			label += " *"
		}
		choice, sample := kit.NewChoice(options), kit.NewMuted("").Shorten()
		if i, ok := file.Head.Columns[f.ID]; ok {
			choice.SetValue(strconv.Itoa(i))
		}
		choice.OnChanged = func(string) { s.sample(f.ID) }
		s.choices[f.ID], s.samples[f.ID] = choice, sample
		grid.Add(kit.NewLabel(label))
		grid.Add(choice)
		grid.Add(sample)
		s.sample(f.ID)
	}
	s.rows.Objects = []fyne.CanvasObject{grid}
	s.rows.Refresh()
	s.problem.SetText("")
}

func (s *columnStep) sample(field string) {
	text := ""
	if i, err := strconv.Atoi(s.choices[field].Value()); err == nil {
		text = samplesOf(s.im.file.Grid, s.im.file.Head.Row, i, field)
	}
	s.samples[field].SetText(text)
}

// samplesOf shows the first values below the head, sensitive ones masked.
func samplesOf(g sheet.Grid, head, column int, field string) string {
	var out []string
	for row := head + 1; row < len(g) && len(out) < sampleRows; row++ {
		text := office.OneLine(g.At(row, column).Text)
		switch {
		case field == model.RosterPhone:
			text = model.MaskPhone(text)
		case idcode.WellFormedPerson(idcode.NormalizePerson(text)):
			text = model.MaskIDNumber(idcode.NormalizePerson(text))
		}
		if r := []rune(text); len(r) > sampleLetters {
			text = string(r[:sampleLetters]) + "…"
		}
		if text != "" && (len(out) == 0 || out[len(out)-1] != text) {
			out = append(out, text)
		}
	}
	return strings.Join(out, "　")
}

// headOptions are the rows that may be the head, with what stands in them.
func headOptions(g sheet.Grid) []kit.Option {
	var out []kit.Option
	for row := range min(len(g), headChoices) {
		var texts []string
		for _, c := range g[row] {
			if c.Text != "" && len(texts) < 5 {
				texts = append(texts, office.OneLine(c.Text))
			}
		}
		if len(texts) > 0 {
			out = append(out, kit.Option{Value: strconv.Itoa(row), Text: fmt.Sprintf("第 %d 行：%s", row+1, strings.Join(texts, " "))})
		}
	}
	return out
}

// columnOptions are the file's columns by their letter and head.
func columnOptions(heads []string) []kit.Option {
	out := []kit.Option{{Text: "不导入"}}
	for i, text := range heads {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			continue
		}
		if text == "" {
			text = "（无列名）"
		}
		out = append(out, kit.Option{Value: strconv.Itoa(i), Text: letter + " 列　" + text})
	}
	return out
}

// check takes the corrections over and says what keeps the file from being read.
func (s *columnStep) check() bool {
	head := sheet.Head{Row: s.im.file.Head.Row, Columns: map[string]int{}}
	owner := map[int]string{}
	for _, f := range s.im.file.Columns.Fields {
		i, err := strconv.Atoi(s.choices[f.ID].Value())
		if err != nil {
			continue
		}
		if other := owner[i]; other != "" {
			s.problem.SetText(fmt.Sprintf("“%s”和“%s”对应了同一列，请改正", other, f.Label))
			return false
		}
		owner[i], head.Columns[f.ID] = f.Label, i
	}
	if head.Row < 0 {
		s.problem.SetText("请先选择表头所在的行")
		return false
	}
	if missing := head.Missing(s.im.file.Columns); len(missing) > 0 {
		s.problem.SetText("请指定“" + strings.Join(missing, "”“") + "”对应的列")
		return false
	}
	s.im.file.Head = head
	return true
}

// columnGrid lays the matching table out: names and columns at a width, the
// samples over the rest.
type columnGrid struct{}

// Widths in px.
const (
	fieldWidth  = 150
	choiceWidth = 250
	matchGap    = 16
	matchLine   = 29
)

func (columnGrid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(fieldWidth+choiceWidth+2*matchGap+200, float32((len(objects)+2)/3)*matchLine)
}

func (columnGrid) Layout(objects []fyne.CanvasObject, box fyne.Size) {
	starts := [3]float32{0, fieldWidth + matchGap, fieldWidth + choiceWidth + 2*matchGap}
	widths := [3]float32{fieldWidth, choiceWidth, max(0, box.Width-starts[2])}
	for i, o := range objects {
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(widths[i%3], h))
		o.Move(fyne.NewPos(starts[i%3], float32(i/3)*matchLine+(matchLine-h)/2))
	}
}
