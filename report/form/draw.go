package form

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/report/page"
)

// DrawnPick is a drawn department with its name.
type DrawnPick struct {
	model.Pick
	Department string
}

// DrawPrint is a 双随机抽取 to print.
type DrawPrint struct {
	Library  *assets.Library
	Fonts    *page.Fonts // nil for the bundled ones
	Hospital model.Hospital
	Campaign model.Campaign
	Draw     model.Draw
	Picks    []DrawnPick
	Date     day.Date // of printing
}

// drawValues are what the texts of both papers may name of the draw.
var drawValues = map[string]func(DrawPrint) string{
	"form_no":     func(in DrawPrint) string { return in.Draw.FormNo },
	"campaign":    func(in DrawPrint) string { return in.Campaign.Title },
	"seed":        func(in DrawPrint) string { return in.Draw.Seed },
	"drawn_on":    func(in DrawPrint) string { return chinese(in.Draw.DrawnOn) },
	"drawn_by":    func(in DrawPrint) string { return in.Draw.DrawnBy },
	"witness":     func(in DrawPrint) string { return in.Draw.Witness },
	"departments": func(in DrawPrint) string { return strconv.Itoa(len(in.Draw.Pool.Departments)) },
	"slots":       func(in DrawPrint) string { return strconv.Itoa(len(in.Draw.Pool.Slots)) },
	"inspectors":  func(in DrawPrint) string { return atLeastOne(len(in.Draw.Pool.Inspectors)) },
	"per_visit":   func(in DrawPrint) string { return atLeastOne(in.Draw.Pool.PerVisit) },
	"picks":       func(in DrawPrint) string { return strconv.Itoa(in.Draw.Pool.Picks) },
	"first_slot":  func(in DrawPrint) string { return slotDay(in, slices.Min[[]day.Date]) },
	"last_slot":   func(in DrawPrint) string { return slotDay(in, slices.Max[[]day.Date]) },
	"pool":        poolNames,
	"team":        teamNames,
	"void":        func(in DrawPrint) string { return in.Draw.VoidReason },
	"void_on":     func(in DrawPrint) string { return chinese(in.Draw.VoidedOn) },
}

// atLeastOne is a count that leaves its sentence out when there is none.
func atLeastOne(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func slotDay(in DrawPrint, choose func([]day.Date) day.Date) string {
	var days []day.Date
	for _, s := range in.Draw.Pool.Slots {
		days = append(days, s.Day)
	}
	if len(days) == 0 {
		return ""
	}
	return chinese(choose(days))
}

// poolNames lists the departments that could be drawn, with how often they
// were drawn before, where that counts.
func poolNames(in DrawPrint) string {
	var out []string
	for _, d := range in.Draw.Pool.Departments {
		name := d.Name
		if d.Times > 0 {
			name += fmt.Sprintf("（%d）", d.Times)
		}
		out = append(out, name)
	}
	return strings.Join(out, "、")
}

func teamNames(in DrawPrint) string {
	var out []string
	for _, i := range in.Draw.Pool.Inspectors {
		out = append(out, i.Name)
	}
	return strings.Join(out, "、")
}

// pickLine is what the texts of both papers may name of a pick.
type pickLine struct {
	DrawnPick
	draw DrawPrint
}

var pickValues = map[string]func(pickLine) string{
	"no":           func(l pickLine) string { return strconv.Itoa(l.Position) },
	"form_no":      func(l pickLine) string { return l.draw.Draw.FormNo },
	"campaign":     func(l pickLine) string { return l.draw.Campaign.Title },
	"department":   func(l pickLine) string { return l.Department },
	"day":          func(l pickLine) string { return chinese(l.Day) },
	"half":         func(l pickLine) string { return l.Half },
	"slot":         func(l pickLine) string { return joined(" ", chinese(l.Day), l.Half) },
	"inspectors":   func(l pickLine) string { return l.Inspectors },
	"inspected_on": func(l pickLine) string { return chinese(l.InspectedOn) },
	"record":       func(l pickLine) string { return l.Record },
	"published":    func(l pickLine) string { return l.Published },
	"blank":        func(pickLine) string { return "" },
}

var (
	drawWords       = vocabulary[DrawPrint, pickLine]{drawValues, pickValues}
	inspectionWords = vocabulary[pickLine, pickLine]{pickValues, pickValues}
)

// DrawSheet prints the 双随机抽取结果单: what was drawn and from what, and how
// witnesses compute it again.
func DrawSheet(w io.Writer, in DrawPrint) ([]page.Warning, error) {
	text, err := drawWords.load(in.Library, "draw/result")
	if err != nil {
		return nil, err
	}
	values := drawWords.values(in, in.Hospital)
	value := func(name string) string { return drawValues[name](in) }
	d := newDoc(in.Fonts, in.Hospital, in.Date, text.Title)
	d.Number(1)
	d.AddPage()
	drawHospital(d, in.Hospital, sheetTop-10)
	d.Draw(d.Fit(page.TitleStyle, page.TextWidth, 12, text.Title), page.Left, sheetTop)
	d.Space(sheetTop + 14 - d.Y())
	if void := values.join(text.Facts); void != "" {
		d.Text(page.Style{Face: page.Hei, Size: page.SiHao, Pitch: 8, Align: page.AlignCenter}, void)
	}
	if err := corner(d, in.Draw.FormNo, false); err != nil {
		return nil, err
	}
	d.Space(drawFieldValues(d, text.Fields, value, d.Y()) - d.Y() + 3)
	table := text.table(page.TextWidth)
	table.MinRow, table.Foot = 8, signRoom(text.Sign)
	var lines []pickLine
	for _, p := range in.Picks {
		lines = append(lines, pickLine{p, in})
	}
	d.PutTable(table, drawWords.rows(text, lines))
	signLines(d, values, text.Sign) // below the result, on its page
	d.Space(2)
	heading := page.Style{Face: page.Hei, Size: page.XiaoSi, Pitch: 6.2}
	body := page.Style{Face: page.FangSong, Size: page.WuHao, Pitch: 5.2, Indent: 2, Align: page.Justify}
	for _, s := range text.Body {
		if text := strings.TrimSpace(values.join(s.Sentences)); text != "" {
			d.Need(heading.Pitch + 2*body.Pitch)
			if s.Heading != "" {
				d.Text(heading, s.Heading)
			}
			d.Text(body, text)
		}
	}
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

// An inspection sheet has so many rows to write in.
const (
	fewRows  = 3
	manyRows = 12
)

// InspectionSheets prints the 检查记录表, a page for each department drawn.
func InspectionSheets(w io.Writer, in DrawPrint) ([]page.Warning, error) {
	text, err := inspectionWords.load(in.Library, "draw/inspection")
	if err != nil {
		return nil, err
	}
	if len(in.Picks) == 0 {
		return nil, model.Errorf(model.Conflict, "抽取 %s 没有抽中的科室", in.Draw.FormNo)
	}
	d := newDoc(in.Fonts, in.Hospital, in.Date, text.Title)
	for _, p := range in.Picks {
		d.AddPage()
		if err := inspectionSheet(d, text, pickLine{p, in}); err != nil {
			return nil, err
		}
	}
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

// inspectionSheet draws fields, rows to write in, as many as there is room,
// and boxes on the current page.
func inspectionSheet(d *page.Doc, text sheetText, l pickLine) error {
	value := func(name string) string { return pickValues[name](l) }
	drawHospital(d, l.draw.Hospital, sheetTop-15) // above the line of the numbers, which begins farther left here
	d.Draw(d.Fit(page.TitleStyle, page.TextWidth, 12, text.Title), page.Left, sheetTop)
	end := drawFieldValues(d, text.Fields, value, sheetTop+14)
	if len(text.Columns) > 0 {
		table := text.table(page.TextWidth)
		table.MinRow = 11
		row := inspectionWords.rows(text, []pickLine{l})
		bottom := page.Top + page.TextHeight
		_, heights, _ := fitBoxes(d, text.Boxes, value, bottom-end-d.TableHeight(table, slices.Repeat(row, fewRows)))
		for _, h := range heights {
			bottom -= h
		}
		n := 1
		for n < manyRows && d.TableHeight(table, slices.Repeat(row, n+1)) <= bottom-end {
			n++
		}
		d.Space(end - d.Y())
		d.PutTable(table, slices.Repeat(row, n))
		end = d.Y()
	}
	drawBoxes(d, text.Boxes, value, end, page.Top+page.TextHeight)
	return d.QR(l.draw.Draw.FormNo, right, codeTop, fmt.Sprintf("第 %d 号　", l.Position))
}
