package form

import (
	"fmt"
	"strconv"

	"qingfeng/model"
	"qingfeng/report/page"
)

// coverSheet lists what is in a bundle, with a box to tick for each letter
// that comes back, and room to sign for handing out and taking back.
func coverSheet(d *page.Doc, in CommitmentPrint, b Bundle) {
	facts, continued := "", ""
	if b.Department != "" { // letters of suppliers and works belong to none
		head := b.Head
		if head == "" {
			head = "　　　　　　"
		}
		facts = fmt.Sprintf("科室：%s　　负责人：%s　　", b.Department, head)
		continued = b.Department + "（续）"
	}
	facts += fmt.Sprintf("共 %d 份　　%s", len(b.Letters), in.Date.Chinese())
	heading(d, in.Hospital, in.Campaign, "承诺书发放回收单", facts)
	rows := make([][]string, len(b.Letters))
	for i, l := range b.Letters {
		kind := ""
		if l.Kind != model.PersonalCommitment {
			kind = l.Kind.Label()
		}
		rows[i] = []string{strconv.Itoa(i + 1), l.FormNo, l.signer(), l.EmployeeNo, "□", kind}
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

	st := page.Style{Face: page.FangSong, Size: page.XiaoSi, Pitch: 11}
	d.Need(2*st.Pitch + 2)
	d.Space(2)
	signLine(d, st, "发放", "份，发放人", "领取人")
	signLine(d, st, "交回", "份，交回人", "核收人")
}

// signLine puts “发放 __ 份，发放人：____ 领取人：____  年 月 日” at the cursor.
func signLine(d *page.Doc, st page.Style, verb, giver, taker string) {
	x, y := page.Left, d.Y()
	text := func(s string) {
		b := d.Layout(st, d.Width(st.Face, st.Size, s)+1, s)
		d.Draw(b, x, y)
		x += b.Width - 1
	}
	blank := func(width float64) {
		d.Rule(x, y+st.Pitch/2+3, x+width, y+st.Pitch/2+3, 0.5)
		x += width
	}
	text(verb)
	blank(12)
	text(giver + "：")
	blank(35)
	x += 3
	text(taker + "：")
	blank(right - x)
	d.Space(st.Pitch)
}
