package office

import (
	"context"
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/ui/kit"
)

// storyLines bounds how much is told of one record.
const storyLines = 200

// Recorded is a record that the audit trail knows.
type Recorded struct {
	Entity string // the trail's word
	ID     int64
}

// Chapter is an audit line in words.
type Chapter struct{ When, Who, What, Text string }

// ReadStory reads what happened to a record and to what belongs to it, the
// newest first. Of the columns in without nothing is told: what they say stands
// elsewhere on the screen.
func ReadStory(ctx context.Context, s *store.Store, of Recorded, belonging []Recorded, without ...string) ([]Chapter, error) {
	var lines []model.AuditLine
	for _, r := range append([]Recorded{of}, belonging...) {
		more, err := s.AuditLines(ctx, r.Entity, r.ID, storyLines)
		if err != nil {
			return nil, err
		}
		lines = append(lines, more...)
	}
	slices.SortFunc(lines, func(a, b model.AuditLine) int { return int(b.ID - a.ID) })
	for i := range lines {
		lines[i].Before, lines[i].After = leaveOut(lines[i].Before, without), leaveOut(lines[i].After, without)
	}
	labels, err := issue.AuditLabels(ctx, s, lines)
	if err != nil {
		return nil, err
	}
	out := make([]Chapter, len(lines))
	for i, l := range lines {
		out[i] = chapterOf(labels, l, of.Entity)
	}
	return out, nil
}

func chapterOf(labels assets.Labels, l model.AuditLine, about string) Chapter {
	out := Chapter{When: l.At.Format("2006-01-02 15:04"), Who: l.Actor, What: l.Action}
	if l.Entity != about {
		out.What += l.Entity
	}
	if l.Entity != about || l.Before != "" { // what a new record says stands above
		out.Text = issue.ChangeText(labels, l)
	}
	return out
}

// leaveOut takes columns out of a side of an audit line.
func leaveOut(side string, names []string) string {
	var columns map[string]json.RawMessage
	if json.Unmarshal([]byte(side), &columns) != nil {
		return side
	}
	for _, c := range names {
		delete(columns, c)
	}
	rest, err := json.Marshal(columns)
	if err != nil {
		return side
	}
	return string(rest)
}

// Facts puts labels with their values below each other; those without a value
// are left out.
func Facts(facts [][2]string) *fyne.Container {
	box := kit.Below()
	for _, f := range facts {
		if f[1] != "" {
			box.Add(kit.Frame(nil, nil, kit.Wide(90, kit.Below(kit.NewMuted(f[0]))), nil, FlushParagraph(f[1])))
		}
	}
	return box
}

// Under is a heading within a dialog.
func Under(title string) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(12, 4, 0, 0), kit.NewSubHeading(title))
}

// AddStory puts chapters below what stands in a box.
func AddStory(box *fyne.Container, story []Chapter) {
	box.Add(Under("经过"))
	for _, c := range story {
		box.Add(kit.Beside(kit.NewLabel(c.When), kit.NewSubHeading(c.What), kit.NewMuted(c.Who)))
		if c.Text != "" {
			box.Add(container.New(layout.NewCustomPaddedLayout(0, 6, 0, 0), FlushParagraph(c.Text)))
		}
	}
}

// FlushParagraph is text that breaks, aligned with the lines around it: Fyne's
// label keeps a padding of its own.
func FlushParagraph(text string) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(-5, -5, -5, -5), kit.NewParagraph(text))
}
