package form

import (
	"strconv"
	"time"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/report/page"
)

// Widths of the chart's columns, mm; the months have what is left.
const (
	chartName  = 30.0
	chartDates = 32.0
	chartTasks = 100.0
	chartPad   = 1.2
	chartBar   = 3.6 // height of a bar
	chartGrey  = 0.55
)

// chart shows phases as bars over the months of a campaign, with dates and
// main tasks beside them.
type chart struct {
	months []time.Time // the first of each
	end    time.Time   // first day after the last month
	width  float64     // of all columns, mm
	line   float64     // height of a line of the head, mm
	heads  [3]page.Block
	ticks  []tick
	every  int // months from one rule to the next
	rows   []chartRow
}

// tick is a label of the head: a year in its first line, a month in the second.
type tick struct {
	block page.Block
	x     float64 // from the chart's left edge, mm
	line  int
}

type chartRow struct {
	name, dates, tasks page.Block
	from, to           float64 // of the bar, from the chart's left edge, mm
	height             float64
}

func newChart(d *page.Doc, p model.Plan, words map[string]string, size float64) *chart {
	const ratio, mm = 1.35, 72 / 25.4
	first, last := p.StartsOn.Time(), p.EndsOn.Time()
	c := &chart{width: d.Area().Width, line: max(5, size*ratio/mm+1)}
	for m := time.Date(first.Year(), first.Month(), 1, 0, 0, 0, 0, time.UTC); !m.After(last); m = m.AddDate(0, 1, 0) {
		c.months = append(c.months, m)
	}
	c.end = c.months[len(c.months)-1].AddDate(0, 1, 0)
	head := page.Style{Face: page.Hei, Size: size, Pitch: size * ratio / mm, Align: page.AlignCenter}
	for i, h := range []struct {
		word  string
		width float64
	}{{"phase", chartName}, {"months", chartDates}, {"tasks", chartTasks}} {
		c.heads[i], _ = d.TryFit(head, h.width-2*chartPad, 2*c.line, words[h.word])
	}
	c.setTicks(d, size)
	text := page.Style{Face: page.FangSong, Size: size, Pitch: size * ratio / mm}
	for _, ph := range p.Phases {
		r := chartRow{
			name:  d.Layout(text, chartName-2*chartPad, ph.Name),
			dates: d.Layout(text, chartDates-2*chartPad, ph.StartsOn.Chinese()+"\n至 "+ph.EndsOn.Chinese()),
			tasks: d.Layout(text, chartTasks-2*chartPad, ph.Tasks),
			from:  c.x(ph.StartsOn), to: c.x(day.Of(ph.EndsOn.Time().AddDate(0, 0, 1))),
		}
		r.height = max(r.name.Height, r.dates.Height, r.tasks.Height, chartBar) + 2
		c.rows = append(c.rows, r)
	}
	return c
}

// left is where the months begin, from the chart's left edge.
func (c *chart) left() float64 { return chartName + chartDates }

// month is the width of one month.
func (c *chart) month() float64 { return (c.width - c.left() - chartTasks) / float64(len(c.months)) }

// x is where the morning of a day lies; each month is as wide as the others.
func (c *chart) x(on day.Date) float64 {
	t := on.Time()
	for i, m := range c.months {
		next := m.AddDate(0, 1, 0)
		if t.Before(next) {
			return c.left() + c.month()*(float64(i)+t.Sub(m).Hours()/next.Sub(m).Hours())
		}
	}
	return c.left() + c.month()*float64(len(c.months))
}

// setTicks labels years and, as often as there is room, months.
func (c *chart) setTicks(d *page.Doc, size float64) {
	const mm = 72 / 25.4
	st := page.Style{Face: page.FangSong, Size: min(size, page.XiaoWu), Pitch: c.line, Align: page.AlignCenter}
	for _, n := range []int{1, 3, 6, 12} {
		if c.every = n; c.month()*float64(n) > 2.2*st.Size/mm {
			break
		}
	}
	yearFrom := 0
	for i, m := range c.months {
		if (int(m.Month())-1)%c.every == 0 {
			width := c.month() * float64(min(c.every, len(c.months)-i))
			label, _ := d.TryFit(st, width, c.line, strconv.Itoa(int(m.Month())))
			c.ticks = append(c.ticks, tick{label, c.left() + c.month()*float64(i), 1})
		}
		if m.Month() == time.December || i == len(c.months)-1 {
			if label, ok := d.TryFit(st, c.month()*float64(i+1-yearFrom), c.line, strconv.Itoa(m.Year())+"年"); ok {
				c.ticks = append(c.ticks, tick{label, c.left() + c.month()*float64(yearFrom), 0})
			}
			yearFrom = i + 1
		}
	}
}

func (c *chart) height() float64 {
	sum := 2 * c.line
	for _, r := range c.rows {
		sum += r.height
	}
	return sum
}

func (c *chart) draw(d *page.Doc, left, top float64) {
	const thin = 0.5
	tasks := c.width - chartTasks
	y := top + 2*c.line
	d.DrawIn(c.heads[0], left+chartPad, top, 2*c.line)
	d.DrawIn(c.heads[1], left+chartName+chartPad, top, 2*c.line)
	d.DrawIn(c.heads[2], left+tasks+chartPad, top, 2*c.line)
	for _, t := range c.ticks {
		d.DrawIn(t.block, left+t.x, top+float64(t.line)*c.line, c.line)
	}
	d.Rule(left+c.left(), top+c.line, left+tasks, top+c.line, thin)
	for i, m := range c.months {
		width, from := 0.15, top+2*c.line
		if m.Month() == time.January || i == 0 {
			width, from = thin, top
		} else if (int(m.Month())-1)%c.every > 0 {
			continue
		}
		x := left + c.left() + c.month()*float64(i)
		d.Rule(x, from, x, top+c.height(), width)
	}
	for _, r := range c.rows {
		d.DrawIn(r.name, left+chartPad, y, r.height)
		d.DrawIn(r.dates, left+chartName+chartPad, y, r.height)
		d.DrawIn(r.tasks, left+tasks+chartPad, y, r.height)
		d.Fill(left+r.from, y+(r.height-chartBar)/2, r.to-r.from, chartBar, chartGrey)
		d.Rule(left, y, left+c.width, y, thin)
		y += r.height
	}
	for _, x := range []float64{chartName, tasks} {
		d.Rule(left+x, top, left+x, y, thin)
	}
	d.Box(left, top, c.width, y-top, 1)
}
