// Package form prints the office's forms, one file a form. What a form says
// is in assets/forms; here is how it looks.
package form

import (
	"errors"
	"io"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/report/page"
)

// Letter is one commitment letter to print. Name to Title are the signer's,
// or the department head's name on a department's letter; the Party fields
// belong to letters of suppliers and works. Values left empty are written in
// by hand.
type Letter struct {
	FormNo                            string
	Kind                              model.CommitmentKind
	Name, EmployeeNo, Department      string
	Post, Title                       string
	PartyName, PartyCode, PartyPerson string
	Reprint                           bool // prints 补打 beside the number
}

// signer is whom the cover sheet and the screen name for the letter.
func (l Letter) signer() string {
	switch l.Kind {
	case model.PersonalCommitment:
		return l.Name
	case model.DepartmentCommitment:
		return l.Department
	}
	return l.PartyName
}

// Bundle is the letters that are handed to one department.
type Bundle struct {
	Department string
	Head       string // who hands them out, "" when not known
	Letters    []Letter
}

// CommitmentPrint is a batch of letters to print, in the order given.
type CommitmentPrint struct {
	Library     *assets.Library
	Fonts       *page.Fonts // nil for the bundled ones
	Hospital    model.Hospital
	Campaign    model.Campaign
	Date        day.Date // of printing; the checklist in force then applies
	Bundles     []Bundle
	CoverSheets bool // a sheet before each bundle that lists what is in it
}

// Commitments prints letters into one PDF, a page each. progress is told the
// letters done after each and may return an error to stop; it may be nil. The
// warnings name what a person should look at before handing the paper out.
func Commitments(w io.Writer, in CommitmentPrint, progress func(done, total int) error) ([]page.Warning, error) {
	total := 0
	for _, b := range in.Bundles {
		total += len(b.Letters)
	}
	if total == 0 {
		return nil, errors.New("没有可打印的承诺书")
	}
	d := newDoc(in.Fonts, in.Hospital, in.Date, in.Campaign.Title+"承诺书")
	forms := map[model.CommitmentKind]*letterForms{}
	done := 0
	for _, b := range in.Bundles {
		if in.CoverSheets && len(b.Letters) > 0 {
			coverSheet(d, in, b)
		}
		d.Number(0)
		for _, l := range b.Letters {
			f := forms[l.Kind]
			if f == nil {
				text, err := loadText(in.Library, l.Kind)
				if err == nil {
					err = text.fill(in.Library, in.Hospital, in.Date)
				}
				if err != nil {
					return nil, err
				}
				f = &letterForms{text: text, campaign: campaignLine(in.Campaign)}
				forms[l.Kind] = f
			}
			if err := f.print(d, l); err != nil {
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

// newDoc starts a document dated on the day of printing.
func newDoc(fonts *page.Fonts, h model.Hospital, on day.Date, title string) *page.Doc {
	if fonts == nil {
		fonts = page.Bundled()
	}
	return page.New(fonts, page.Options{Title: title, Author: h.Name, Created: on.Time()})
}

// campaignLine names the campaign as subtitles and footers do.
func campaignLine(c model.Campaign) string {
	return strings.TrimSpace(c.Title + "　" + c.DocumentNo)
}

// heading puts hospital, title, campaign and a line of facts on a new page,
// numbered from 1.
func heading(d *page.Doc, h model.Hospital, c model.Campaign, title, facts string) {
	d.Number(1)
	d.AddPage()
	hospital := page.Style{Face: page.XiaoBiaoSong, Size: page.SanHao, Pitch: 8, Align: page.AlignCenter}
	d.Put(d.Fit(hospital, page.TextWidth, 16, h.Name))
	d.Text(page.TitleStyle, title)
	campaign := page.Style{Face: page.KaiTi, Size: page.XiaoSi, Pitch: 7, Align: page.AlignCenter}
	d.Put(d.Fit(campaign, page.TextWidth, 14, campaignLine(c)))
	d.Space(2)
	d.Put(d.Fit(page.Style{Face: page.FangSong, Size: page.XiaoSi, Pitch: 7}, page.TextWidth, 14, facts))
	d.Space(1)
}
