package form

import (
	"fmt"
	"io"
	"strconv"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/report/page"
)

// RatePrint is the table of signing rates (签订率) by department.
type RatePrint struct {
	Fonts       *page.Fonts // nil for the bundled ones
	Hospital    model.Hospital
	Campaign    model.Campaign
	Kind        model.CommitmentKind
	Date        day.Date // as of
	Departments []model.DepartmentRate
}

// RateTable prints the 签订率 by department with a row of totals.
func RateTable(w io.Writer, in RatePrint) ([]page.Warning, error) {
	title := in.Kind.Label() + "承诺书签订情况表"
	d := newDoc(in.Fonts, in.Hospital, in.Date, title)
	heading(d, in.Hospital, in.Campaign, title, "截至 "+in.Date.Chinese()+"　　签订率 = 已交回 ÷（应签 − 免签）")
	total := model.DepartmentRate{Department: "合计"}
	var rows [][]string
	add := func(no string, r model.DepartmentRate) {
		rows = append(rows, []string{no, r.Department, strconv.Itoa(r.Expected), strconv.Itoa(r.Returned),
			strconv.Itoa(r.Excused), strconv.Itoa(r.Missing), r.Rate.String()})
	}
	for i, r := range in.Departments {
		add(strconv.Itoa(i+1), r)
		total.Rate = total.Plus(r.Rate)
	}
	add("", total)
	d.PutTable(page.Table{
		Columns: []page.Column{
			{Title: "序号", Width: 14, Align: page.AlignCenter},
			{Title: "科室", Width: 52},
			{Title: "应签", Width: 17, Align: page.AlignRight},
			{Title: "已交回", Width: 18, Align: page.AlignRight},
			{Title: "免签", Width: 17, Align: page.AlignRight},
			{Title: "未交回", Width: 18, Align: page.AlignRight},
			{Title: "签订率", Width: 20, Align: page.AlignRight},
		},
		MinRow: 7.5,
	}, rows)
	d.Need(14)
	d.Space(4)
	d.Text(page.Style{Face: page.FangSong, Size: page.XiaoSi, Pitch: 8},
		fmt.Sprintf("%s　　填表人：　　　　　　　　　审核人：　　　　　　　　　（盖章）", in.Hospital.Office))
	_, err := d.WriteTo(w)
	return d.Warnings(), err
}
