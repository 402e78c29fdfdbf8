package campaign

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// split gives objects shares of a line's width.
type split []float32

// MinSize implements fyne.Layout.
func (s split) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := fyne.NewSize(overviewGap*float32(len(objects)-1), 0)
	for _, o := range objects {
		m.Width += o.MinSize().Width
		m.Height = max(m.Height, o.MinSize().Height)
	}
	return m
}

// Layout implements fyne.Layout.
func (s split) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var all, x float32
	for _, share := range s {
		all += share
	}
	free := size.Width - overviewGap*float32(len(objects)-1)
	for i, o := range objects {
		w := free * s[i] / all
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w, size.Height))
		x += w + overviewGap
	}
}

// halves gives two objects half of the height each.
type halves struct{}

// MinSize implements fyne.Layout.
func (halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), 2*max(a.Height, b.Height)+overviewGap)
}

// Layout implements fyne.Layout.
func (halves) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := (size.Height - overviewGap) / 2
	for i, x := range o {
		x.Resize(fyne.NewSize(size.Width, h))
		x.Move(fyne.NewPos(0, float32(i)*(h+overviewGap)))
	}
}

// phaseLines draws the phases as bars over the time of the campaign, with a
// dot for today.
func phaseLines(p model.Plan, today day.Date) fyne.CanvasObject {
	if len(p.Phases) == 0 {
		return kit.NewMuted("还没有阶段。")
	}
	t := timeline{p.StartsOn.Time(), p.EndsOn.Time().AddDate(0, 0, 1)}
	lines := make([]fyne.CanvasObject, 0, len(p.Phases)+1)
	for _, ph := range p.Phases {
		lines = append(lines, phaseLine(ph.Name, fmt.Sprintf("%s 至 %s", ph.StartsOn, ph.EndsOn), t.bar(ph, today)))
	}
	lines = append(lines, phaseLine("", t.todayText(today), t.axis()))
	return kit.Below(lines...)
}

// phaseLine keeps names and days of all phases below each other.
func phaseLine(name, days string, bar fyne.CanvasObject) fyne.CanvasObject {
	return kit.Frame(nil, nil, kit.Beside(kit.Wide(116, kit.NewLabel(office.Shorten(name, 8))), kit.Wide(180, kit.NewMuted(days))), nil, bar)
}

// timeline is a campaign's time, the end not included.
type timeline struct{ from, to time.Time }

// at is where a day begins, from 0 to 1.
func (t timeline) at(d time.Time) float32 {
	return float32(min(1, max(0, float64(d.Sub(t.from))/float64(t.to.Sub(t.from)))))
}

func (t timeline) todayText(today day.Date) string {
	if t.at(today.Time()) == 0 || t.at(today.Time()) == 1 {
		return ""
	}
	return "红点是今天（" + string(today) + "）"
}

func (t timeline) bar(ph model.Phase, today day.Date) fyne.CanvasObject {
	tone := kit.Neutral
	switch {
	case today > ph.EndsOn:
		tone = kit.Good
	case today >= ph.StartsOn:
		tone = kit.Accent
	}
	places := spans{{0, 1}, {t.at(ph.StartsOn.Time()), t.at(ph.EndsOn.Time().AddDate(0, 0, 1))}}
	bars := []fyne.CanvasObject{kit.NewBar(0, kit.Neutral), kit.NewBar(1, tone)}
	if now := t.at(today.Time()); tone == kit.Accent {
		places, bars = append(places, [2]float32{now, now}), append(bars, kit.NewBar(1, kit.Bad))
	}
	return container.New(places, bars...)
}

// axis names the months that begin in the campaign, the years where there are
// too many.
func (t timeline) axis() fyne.CanvasObject {
	months := int(t.to.Sub(t.from).Hours()/24/30) + 1
	every := 1
	switch {
	case months > 18:
		every = 12
	case months > 8:
		every = 3
	}
	var places spans
	var labels []fyne.CanvasObject
	first := time.Date(t.from.Year(), t.from.Month(), 1, 0, 0, 0, 0, time.UTC)
	for m := first; m.Before(t.to); m = m.AddDate(0, 1, 0) {
		if (int(m.Month())-1)%every != 0 {
			continue
		}
		text := fmt.Sprintf("%d月", m.Month())
		if every == 12 {
			text = fmt.Sprintf("%d年", m.Year())
		}
		places = append(places, [2]float32{t.at(m), t.at(m)})
		labels = append(labels, kit.NewMuted(text))
	}
	return container.New(places, labels...)
}

// spans lays each object from one share of the width to another; one that
// needs more is as wide as it needs. A label that would cover the one before
// it is left out.
type spans [][2]float32

// MinSize implements fyne.Layout.
func (s spans) MinSize(objects []fyne.CanvasObject) fyne.Size {
	h := float32(8)
	for _, o := range objects {
		h = max(h, o.MinSize().Height)
	}
	return fyne.NewSize(100, h)
}

// Layout implements fyne.Layout.
func (s spans) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	const dot = 8 // px, a bar's height
	var labelled float32
	for i, o := range objects {
		from, width := s[i][0]*size.Width, (s[i][1]-s[i][0])*size.Width
		isLabel := s[i][0] == s[i][1] && o.MinSize().Height > dot
		switch {
		case isLabel:
			width = o.MinSize().Width
		case s[i][0] == s[i][1]:
			width = dot
		}
		from = min(from, size.Width-width)
		o.Resize(fyne.NewSize(width, size.Height))
		o.Move(fyne.NewPos(from, 0))
		if !isLabel {
			continue
		}
		if from < labelled {
			o.Hide()
			continue
		}
		o.Show()
		labelled = from + width
	}
}
