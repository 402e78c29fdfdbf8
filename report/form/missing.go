package form

import (
	"fmt"
	"io"
	"strconv"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/report/page"
)

// MissingPaper is a paper not returned yet, or excused with a reason.
type MissingPaper struct {
	FormNo, Name, EmployeeNo string
	State                    model.PaperState
	Reason                   string
}

// MissingDepartment is the open papers of one department.
type MissingDepartment struct {
	Department string
	Papers     []MissingPaper
}

// MissingPrint is a list of those whose papers are not back (未签名单,
// 未查名单).
type MissingPrint struct {
	Fonts       *page.Fonts // nil for the bundled ones
	Hospital    model.Hospital
	Campaign    model.Campaign
	Title       string
	Missing     string   // what one of them is, such as 未签
	Date        day.Date // as of
	Departments []MissingDepartment
}

// MissingList prints the list, a table for each department.
func MissingList(w io.Writer, in MissingPrint) ([]page.Warning, error) {
	total := 0
	for _, dep := range in.Departments {
		total += len(dep.Papers)
	}
	d := newDoc(in.Fonts, in.Hospital, in.Date, in.Title)
	heading(d, in.Hospital, in.Campaign, in.Title,
		fmt.Sprintf("截至 %s，%s %d 份，涉及 %d 个科室。", in.Date.Chinese(), in.Missing, total, len(in.Departments)))
	name := page.Style{Face: page.Hei, Size: page.XiaoSi, Pitch: 8}
	for _, dep := range in.Departments {
		d.Need(name.Pitch + 22) // a department's name is not left alone at the foot
		d.Text(name, fmt.Sprintf("%s（%d 份）", dep.Department, len(dep.Papers)))
		rows := make([][]string, len(dep.Papers))
		for i, l := range dep.Papers {
			rows[i] = []string{strconv.Itoa(i + 1), l.FormNo, l.Name, l.EmployeeNo, string(l.State), l.Reason}
		}
		d.PutTable(page.Table{
			Columns: []page.Column{
				{Title: "序号", Width: 11, Align: page.AlignCenter},
				{Title: "编号", Width: 42, Align: page.AlignCenter},
				{Title: "姓名（名称）", Width: 32},
				{Title: "工号", Width: 21, Align: page.AlignCenter},
				{Title: "状态", Width: 15, Align: page.AlignCenter},
				{Title: "原因", Width: 35},
			},
			Continued: dep.Department + "（续）",
		}, rows)
		d.Space(3)
	}
	_, err := d.WriteTo(w)
	return d.Warnings(), err
}
