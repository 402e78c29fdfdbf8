package form

import (
	"errors"
	"io"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/report/page"
)

// Paper is a numbered form that is handed out, signed and brought back.
type Paper interface{ entry() coverEntry }

// coverEntry is a paper's line on the cover sheet of its bundle.
type coverEntry struct{ formNo, name, employeeNo, note string }

// Bundle is the papers that are handed to one department.
type Bundle[P Paper] struct {
	Department string
	Head       string // who hands them out, "" when not known
	Papers     []P
}

// Batch is papers to print, in the order given.
type Batch[P Paper] struct {
	Library     *assets.Library
	Fonts       *page.Fonts // nil for the bundled ones
	Hospital    model.Hospital
	Campaign    model.Campaign
	Date        day.Date // of printing
	Bundles     []Bundle[P]
	CoverSheets bool // a sheet before each bundle that lists what is in it
}

// print writes a batch as one PDF; add puts one paper on its pages, noun says
// what the papers are. progress is told the papers done after each and may
// return an error to stop; it may be nil. The warnings name what a person
// should look at before handing the papers out.
func (in Batch[P]) print(w io.Writer, noun string, progress func(done, total int) error, add func(*page.Doc, P) error) ([]page.Warning, error) {
	total := 0
	for _, b := range in.Bundles {
		total += len(b.Papers)
	}
	if total == 0 {
		return nil, errors.New("没有可打印的" + noun)
	}
	d := newDoc(in.Fonts, in.Hospital, in.Date, in.Campaign.Title+noun)
	done := 0
	for _, b := range in.Bundles {
		if in.CoverSheets && len(b.Papers) > 0 {
			coverSheet(d, in, noun, b)
		}
		d.Number(0)
		for _, p := range b.Papers {
			if err := add(d, p); err != nil {
				return nil, err
			}
			if done++; progress != nil {
				if err := progress(done, total); err != nil {
					return nil, err
				}
			}
		}
	}
	_, err := d.WriteTo(w)
	return d.Warnings(), err
}
