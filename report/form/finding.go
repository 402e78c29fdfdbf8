package form

import (
	"strconv"
	"strings"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/money"
	"qingfeng/report/page"
)

// FindingLine is a finding with the names of what it refers to.
type FindingLine struct {
	model.Finding
	Campaign   string
	Department string
	Person     string   // 责任人, "" when nobody in particular
	Attached   int      // how many files are attached
	Evidence   []string // their names, for the 销号审批单
}

// FindingPrint is findings to print, in the order given.
type FindingPrint struct {
	Library  *assets.Library
	Fonts    *page.Fonts // nil for the bundled ones
	Hospital model.Hospital
	Campaign model.Campaign // zero for findings of several
	Date     day.Date       // of printing; limits passed by then are overdue
	Span     model.Span     // of the weekly form
	Findings []FindingLine
}

// findingLine is what a text of a form says of one finding.
type findingLine struct {
	FindingLine
	no   int
	on   day.Date // of printing
	span model.Span
	word func(name string) string // of the form's own words
}

func (in FindingPrint) lines() []findingLine {
	out := make([]findingLine, len(in.Findings))
	for i, f := range in.Findings {
		out[i] = findingLine{FindingLine: f, no: i + 1, on: in.Date, span: in.Span}
	}
	return out
}

// findingValues are what forms may name of a finding.
var findingValues = map[string]func(findingLine) string{
	"no":          func(l findingLine) string { return strconv.Itoa(l.no) },
	"form_no":     func(l findingLine) string { return l.FormNo },
	"campaign":    func(l findingLine) string { return l.Campaign },
	"source":      func(l findingLine) string { return l.Source },
	"origin":      func(l findingLine) string { return l.Origin },
	"from":        func(l findingLine) string { return joined("，", l.Source, l.Origin) },
	"found_on":    func(l findingLine) string { return l.FoundOn.Chinese() },
	"found":       func(l findingLine) string { return string(l.FoundOn) },
	"numbered":    func(l findingLine) string { return joined("\n", l.FormNo, string(l.FoundOn), l.Source) },
	"category":    func(l findingLine) string { return l.Category },
	"kind":        func(l findingLine) string { return joined("\n", l.Category, string(l.Level)) },
	"level":       func(l findingLine) string { return string(l.Level) },
	"department":  func(l findingLine) string { return l.Department },
	"person":      func(l findingLine) string { return l.Person },
	"leader":      func(l findingLine) string { return l.Leader },
	"who":         responsible,
	"problem":     func(l findingLine) string { return l.Problem },
	"measure":     func(l findingLine) string { return l.Measure },
	"funds":       func(l findingLine) string { return funds(l.FundsFen) },
	"due_on":      func(l findingLine) string { return chinese(l.DueOn) },
	"due":         due,
	"contingency": func(l findingLine) string { return l.Contingency },
	"state":       func(l findingLine) string { return string(l.State) },
	"begun_on":    func(l findingLine) string { return chinese(l.BegunOn) },
	"mended_by":   func(l findingLine) string { return l.MendedBy },
	"mended_on":   func(l findingLine) string { return chinese(l.SubmittedOn) },
	"result":      func(l findingLine) string { return l.Result },
	"progress":    progress,
	"evidence":    evidence,
	"accepted_by": func(l findingLine) string { return l.AcceptedBy },
	"accepted":    func(l findingLine) string { return joined("\n", l.AcceptedBy, string(l.AcceptedOn)) },
	"mended": func(l findingLine) string {
		return joined("\n", l.Result, labelled("整改人：", joined("　", l.MendedBy, chinese(l.SubmittedOn))))
	},
	"accept": func(l findingLine) string {
		return joined("\n", l.AcceptNote, labelled("验收人：", joined("　", l.AcceptedBy, chinese(l.AcceptedOn))))
	},
	"accept_note": func(l findingLine) string { return l.AcceptNote },
	"look_back":   lookBack,
	"finished":    finished,
	"steps":       func(l findingLine) string { return joined("\n", l.Measure, l.Result) },
	"occasion":    func(l findingLine) string { return l.said(l.Source) },
	"limit_text":  limit,
	"on":          func(l findingLine) string { return chinese(l.on) },
}

// noLimit is the word for a finding that has no limit yet.
const noLimit = "no_limit"

func (l findingLine) said(name string) string {
	if l.word == nil {
		return ""
	}
	return l.word(name)
}

func limit(l findingLine) string {
	if l.DueOn == "" {
		return l.said(noLimit)
	}
	return l.DueOn.Chinese() + "前"
}

// chinese is a day as papers write it, "" for none.
func chinese(d day.Date) string {
	if d == "" {
		return ""
	}
	return d.Chinese()
}

// joined joins the parts that are not empty.
func joined(between string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, between)
}

// labelled is a value with what it is, "" for none.
func labelled(label, value string) string {
	if value == "" {
		return ""
	}
	return label + value
}

func funds(fen int64) string {
	if fen == 0 {
		return ""
	}
	return money.Yuan(fen) + " 元"
}

func responsible(l findingLine) string {
	return joined("\n", l.Department, labelled("责任人：", l.Person), labelled("责任领导：", l.Leader))
}

func due(l findingLine) string {
	if l.Overdue(l.on) {
		return string(l.DueOn) + "\n（超期）"
	}
	return string(l.DueOn)
}

func evidence(l findingLine) string {
	var out []string
	for i, name := range l.Evidence {
		out = append(out, strconv.Itoa(i+1)+". "+name)
	}
	return strings.Join(out, "\n")
}

// progress says how far the mending is.
func progress(l findingLine) string {
	attached := ""
	if l.Attached > 0 {
		attached = "附件 " + strconv.Itoa(l.Attached) + " 份"
	}
	state := string(l.State)
	if l.State == model.Refused {
		state = joined("：", state, l.RefuseReason)
	}
	return joined("\n", state, l.Result, attached)
}

// lookBack says whether it came up again.
func lookBack(l findingLine) string {
	switch {
	case l.State == model.Relapsed:
		return joined("\n", "反弹", string(l.LookBackOn), l.LookBackNote)
	case l.LookBackOn != "":
		return joined("\n", "未反弹", string(l.LookBackOn))
	case l.LookBackDue != "":
		return "应于\n" + string(l.LookBackDue)
	}
	return ""
}

// closedBy reports whether the finding was closed out by a day.
func (l findingLine) closedBy(on day.Date) bool {
	return l.State == model.ClosedOut && l.AcceptedOn <= on
}

// finished answers 是否完成整改（未整改原因） at the end of the week.
func finished(l findingLine) string {
	if l.closedBy(l.span.To) {
		return "是"
	}
	reason := string(model.Mending)
	switch l.State {
	case model.ClosedOut: // after the week
	case model.Refused:
		reason = joined("：", string(l.State), l.RefuseReason)
	case model.ToAccept:
		reason = "已整改，待验收"
	default:
		reason = string(l.State)
	}
	if l.DueOn != "" && l.DueOn < l.span.To {
		return joined("\n", "否（"+reason+"）", "已超期（"+string(l.DueOn)+"）")
	}
	return joined("\n", "否（"+reason+"）", labelled("时限 ", string(l.DueOn)))
}
