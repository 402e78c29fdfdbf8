// Package form prints the office's forms, one file a form. What a form says
// is in assets/forms; here is how it looks.
package form

import (
	"io"
	"strings"

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

func (l Letter) entry() coverEntry {
	e := coverEntry{formNo: l.FormNo, name: l.PartyName, employeeNo: l.EmployeeNo, note: l.Kind.Label()}
	switch l.Kind {
	case model.PersonalCommitment:
		e.name, e.note = l.Name, ""
	case model.DepartmentCommitment:
		e.name = l.Department
	}
	return e
}

// Commitments prints letters into one PDF, a page each.
func Commitments(w io.Writer, in Batch[Letter], progress func(done, total int) error) ([]page.Warning, error) {
	forms := map[model.CommitmentKind]*letterForms{}
	return in.print(w, "承诺书", progress, func(d *page.Doc, l Letter) error {
		f := forms[l.Kind]
		if f == nil {
			text, err := loadText(in.Library, l.Kind)
			if err == nil {
				err = text.fill(in.Library, in.Hospital, in.Date)
			}
			if err != nil {
				return err
			}
			f = &letterForms{text: text, campaign: campaignLine(in.Campaign)}
			forms[l.Kind] = f
		}
		return f.print(d, l)
	})
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
