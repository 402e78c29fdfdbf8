package form

import (
	"fmt"
	"strconv"

	"qingfeng/report/page"
)

// coverSheet lists what is in a bundle, with a box to tick for each paper
// that comes back, and room to sign for handing out and taking back.
func coverSheet[P Paper](d *page.Doc, in Batch[P], noun string, b Bundle[P]) {
	facts, continued := "", ""
	if b.Department != "" { // letters of suppliers and works belong to none
		head := b.Head
		if head == "" {
			head = "　　　　　　"
		}
		facts = fmt.Sprintf("科室：%s　　负责人：%s　　", b.Department, head)
		continued = b.Department + "（续）"
	}
	facts += fmt.Sprintf("共 %d 份　　%s", len(b.Papers), in.Date.Chinese())
	heading(d, in.Hospital, in.Campaign, noun+"发放回收单", facts)
	rows := make([][]string, len(b.Papers))
	for i, p := range b.Papers {
		e := p.entry()
		rows[i] = []string{strconv.Itoa(i + 1), e.formNo, e.name, e.employeeNo, "□", e.note}
	}
	d.PutTable(page.Table{
		Columns: []page.Column{
			{Title: "序号", Width: 13, Align: page.AlignCenter},
			{Title: "编号", Width: 42, Align: page.AlignCenter},
			{Title: "姓名（名称）", Width: 42},
			{Title: "工号", Width: 26, Align: page.AlignCenter},
			{Title: "已交回", Width: 15, Align: page.AlignCenter},
			{Title: "备注", Width: 18},
		},
		MinRow: 7.5, Continued: continued,
	}, rows)

	signLines(d, nil, []string{"发放___份，发放人：_________　领取人：_________", "交回___份，交回人：_________　核收人：_________"})
}
