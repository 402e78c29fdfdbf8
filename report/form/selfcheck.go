package form

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"qingfeng/model"
	"qingfeng/report/page"
)

// SelfCheck is one person's 自查自纠情况报告表 to print. Values left empty are
// written in by hand.
type SelfCheck struct {
	FormNo                       string
	Name, EmployeeNo, Department string
	Post, Position, Title        string
	Reprint                      bool // prints 补打 beside the number
}

func (c SelfCheck) entry() coverEntry {
	return coverEntry{formNo: c.FormNo, name: c.Name, employeeNo: c.EmployeeNo}
}

// SelfChecks prints personal self-check forms with the items of their
// campaign into one PDF, a page each while the items fit one.
func SelfChecks(w io.Writer, in Batch[SelfCheck], items []model.CheckItem, progress func(done, total int) error) ([]page.Warning, error) {
	if len(items) == 0 {
		return nil, errors.New("本次专项行动没有自查项目，请先在方案中添加")
	}
	text, err := loadSelfCheckText(in.Library, in.Hospital)
	if err != nil {
		return nil, err
	}
	forms := selfCheckForms{text: text, items: items, head: formHead{in.Hospital, in.Campaign, text.Annex, text.Title}}
	return in.print(w, selfCheckNoun, progress, forms.print)
}

// selfCheckNoun is what cover sheets and messages call the forms.
const selfCheckNoun = "自查表"

// Places on a self-check form, in mm. It uses more of the sheet than a letter.
const (
	formTop     = 45.0 // the fields, under the head
	formEnd     = 279.0
	notesHigh   = 4.5
	shortRow    = 7.5
	tallField   = 16.5 // for values of up to sixty characters
	headRow     = 9.0
	groupRow    = 5.6
	leastRow    = 6.5 // of an item, so that a hand can tick it
	mostRow     = 14.0
	declareRow  = 7.5
	handedRow   = 8.0
	signedRow   = 10.0
	opinionHigh = 22.0
	closingHigh = declareRow + handedRow + signedRow + opinionHigh + notesHigh
	backNameRow = 8.0 // on a second page, whose form it is
)

// itemColumns are the widths of the columns of items: number, item, answer,
// particulars, measure.
var itemColumns = [5]float64{8, 57, 19, 40, 32}

// itemSizes are the type sizes tried so that all items stand on one page.
var itemSizes = []float64{page.WuHao, 10, 9.5, page.XiaoWu, 8.5, 8}

// selfCheckForms prints the personal forms of one campaign.
type selfCheckForms struct {
	text  selfCheckText
	items []model.CheckItem
	head  formHead
	usual *selfCheckForm
	tall  *selfCheckForm // for people whose values the usual rows do not hold
}

// selfCheckForm has everything set that forms have alike, page by page.
type selfCheckForm struct {
	fields fieldTable
	stamps []page.Stamp
}

// itemRow is an item, or the name of the group that follows when no is 0.
type itemRow struct {
	no     int
	text   page.Block
	height float64
}

func (fs *selfCheckForms) print(d *page.Doc, c SelfCheck) error {
	valueOf := func(name string) string { return selfCheckValues[name](c) }
	if fs.usual == nil {
		fs.usual = fs.form(d, shortRow)
	}
	f := fs.usual
	values, fit := f.fields.set(d, valueOf)
	if !fit {
		if fs.tall == nil {
			fs.tall = fs.form(d, tallField)
		}
		f = fs.tall
		values, fit = f.fields.set(d, valueOf)
	}
	for i, stamp := range f.stamps {
		d.AddPage()
		d.Stamp(stamp)
		if i == 0 {
			f.fields.draw(d, values)
			if !fit {
				d.Misfit(c.Name)
			}
		} else {
			st := page.Style{Face: page.FangSong, Size: page.XiaoSi, Pitch: 5}
			whose := fmt.Sprintf("姓名：%s　工号：%s　科室：%s", c.Name, c.EmployeeNo, c.Department)
			d.Draw(d.Fit(st, page.TextWidth, backNameRow-0.5, whose), page.Left, formTop)
		}
		if err := corner(d, c.FormNo, c.Reprint); err != nil {
			return err
		}
	}
	return nil
}

// form sets what does not change from form to form, with rows of fields of a
// height.
func (fs *selfCheckForms) form(d *page.Doc, fieldRow float64) *selfCheckForm {
	f := &selfCheckForm{}
	d.Record(func() { f.fields = drawFields(d, fs.text.Fields, formTop, fieldRow) })
	first := formEnd - f.fields.end - headRow
	later := formEnd - formTop - backNameRow - headRow
	pages := fs.paginate(d, first, later)
	for i, rows := range pages {
		f.stamps = append(f.stamps, d.Record(func() {
			top, head := formTop+backNameRow, fs.head
			if i == 0 {
				drawFields(d, fs.text.Fields, formTop, fieldRow)
				top = f.fields.end
			} else {
				head.title = fs.text.Continued
			}
			head.draw(d)
			end := fs.drawItems(d, rows, top)
			if len(pages) > 1 {
				d.Draw(d.Layout(smallStyle, page.TextWidth, fmt.Sprintf("第 %d 页　共 %d 页", i+1, len(pages))), page.Left, 20)
			}
			if i == len(pages)-1 {
				fs.drawClosing(d, end)
			}
		}))
	}
	return f
}

// paginate sets the items: all on one page at the largest size that allows
// it, else on as many as it takes. first and later are the heights for items
// on the first and on further pages; the last page keeps room to sign.
func (fs *selfCheckForms) paginate(d *page.Doc, first, later float64) [][]itemRow {
	for _, size := range itemSizes {
		rows := fs.rows(d, size, leastRow)
		if spare := first - closingHigh - height(rows); spare >= 0 {
			widen(rows, spare)
			return [][]itemRow{rows}
		}
	}
	const roomy = 9.0
	rows := fs.rows(d, page.WuHao, roomy)
	var pages [][]itemRow
	for room := first; len(rows) > 0; room = later {
		if height(rows) <= room-closingHigh {
			return append(pages, rows)
		}
		n, used := 0, 0.0
		for n < len(rows)-1 && used+rows[n].height <= room { // one stays to stand above the signatures
			used += rows[n].height
			n++
		}
		if rows[n-1].no == 0 { // a group's name goes with its first item
			n--
		}
		pages, rows = append(pages, rows[:n]), rows[n:]
	}
	return pages
}

func height(rows []itemRow) float64 {
	sum := 0.0
	for _, r := range rows {
		sum += r.height
	}
	return sum
}

// widen shares spare height out to the items.
func widen(rows []itemRow, spare float64) {
	items := 0
	for _, r := range rows {
		if r.no > 0 {
			items++
		}
	}
	for i := range rows {
		if r := &rows[i]; r.no > 0 {
			r.height = max(r.height, min(mostRow, r.height+spare/float64(items)))
		}
	}
}

// rows sets the items in a type size, each group under its name.
func (fs *selfCheckForms) rows(d *page.Doc, size, least float64) []itemRow {
	const pad = 1.2
	item := page.Style{Face: page.FangSong, Size: size, Pitch: size * 1.25 * 25.4 / 72}
	group := page.Style{Face: page.KaiTi, Size: page.WuHao, Pitch: 5}
	var rows []itemRow
	for i, it := range fs.items {
		if i == 0 || it.Source != fs.items[i-1].Source {
			rows = append(rows, itemRow{text: d.Fit(group, page.TextWidth-2*pad, groupRow-0.4, it.Source), height: groupRow})
		}
		b := d.Layout(item, itemColumns[1]-2*pad, it.Text)
		rows = append(rows, itemRow{no: i + 1, text: b, height: max(least, b.Height+1)})
	}
	return rows
}

// drawItems draws the table of items and returns where it ends.
func (fs *selfCheckForms) drawItems(d *page.Doc, rows []itemRow, top float64) float64 {
	const pad = 1.2
	cell := page.Style{Face: page.FangSong, Size: page.WuHao, Pitch: 5, Align: page.AlignCenter}
	head := cell
	head.Face, head.Pitch = page.Hei, 4.2
	y := top
	cells := func(height float64, draw func(i int, x, width float64)) {
		x := page.Left
		for i, width := range itemColumns {
			d.Box(x, y, width, height, 0.5)
			draw(i, x, width)
			x += width
		}
		y += height
	}
	titles := fs.text.Columns.titles()
	cells(headRow, func(i int, x, width float64) {
		d.DrawIn(d.Fit(head, width-pad, headRow-0.4, titles[i]), x+pad/2, y, headRow)
	})
	for _, r := range rows {
		if r.no == 0 {
			d.Box(page.Left, y, page.TextWidth, r.height, 0.5)
			d.DrawIn(r.text, page.Left+pad, y, r.height)
			y += r.height
			continue
		}
		cells(r.height, func(i int, x, width float64) {
			switch i {
			case 0:
				d.DrawIn(d.Fit(cell, width, 6, strconv.Itoa(r.no)), x, y, r.height)
			case 1:
				d.DrawIn(r.text, x+pad, y, r.height)
			case 2:
				d.DrawIn(d.Fit(cell, width-pad, 6, fs.text.Answer), x+pad/2, y, r.height)
			}
		})
	}
	d.Box(page.Left, top, page.TextWidth, y-top, 1)
	return y
}

// drawClosing draws what stands under the items: declaration, what was handed
// in, signature and opinions, down to the end of the form.
func (fs *selfCheckForms) drawClosing(d *page.Doc, top float64) {
	const pad = 2.0
	st := page.Style{Face: page.FangSong, Size: page.XiaoSi, Pitch: 6}
	y := top
	for _, line := range []struct {
		text   string
		height float64
	}{{fs.text.Declared, declareRow}, {fs.text.HandedIn, handedRow}, {fs.text.Signed, signedRow}} {
		d.Box(page.Left, y, page.TextWidth, line.height, 0.5)
		blankLine(d, st, page.Left+pad, y+(line.height-st.Pitch)/2, page.TextWidth-2*pad, line.text)
		y += line.height
	}
	high := formEnd - notesHigh - y
	width := page.TextWidth / float64(len(fs.text.Opinions))
	for i, o := range fs.text.Opinions {
		opinionBox(d, o, page.Left+float64(i)*width, y, width, high)
	}
	d.Box(page.Left, top, page.TextWidth, formEnd-notesHigh-top, 1)
	formNote(d, fs.text.note)
}

// formNote puts a note under a form; it may go on below the form's end.
func formNote(d *page.Doc, note string) {
	st := smallStyle
	st.Pitch = 4.5
	d.Draw(d.Fit(st, page.TextWidth, 9, note), page.Left, formEnd-notesHigh+0.6)
}

// opinion is a box in which somebody writes what he thinks and signs.
type opinion struct {
	Label  string `toml:"label"`
	Signed string `toml:"signed"`
}

func opinionBox(d *page.Doc, o opinion, x, y, width, height float64) {
	const pad = 2.0
	d.Box(x, y, width, height, 0.5)
	label := page.Style{Face: page.Hei, Size: page.WuHao, Pitch: 5}
	d.Draw(d.Layout(label, width-2*pad, o.Label+"："), x+pad, y+1)
	st := page.Style{Face: page.FangSong, Size: page.WuHao, Pitch: 6}
	blankLine(d, st, x+pad, y+height-st.Pitch-1, width-2*pad, o.Signed)
}
