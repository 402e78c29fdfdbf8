package form

import (
	"qingfeng/model"
	"qingfeng/report/page"
)

// formHead is what stands above the fields of a form with a number: left of
// the code the hospital and the title, under them the campaign.
type formHead struct {
	hospital     model.Hospital
	campaign     model.Campaign
	annex, title string
}

func (h formHead) draw(d *page.Doc) {
	const (
		width = 100.0 // what the code leaves, centred on the sheet
		left  = (page.SheetWidth - width) / 2
	)
	annex := page.Style{Face: page.Hei, Size: page.XiaoSi, Pitch: 6}
	if h.annex != "" {
		d.Draw(d.Fit(annex, left-page.Left-1, 6, h.annex), page.Left, 13)
	}
	hospital := page.Style{Face: page.XiaoBiaoSong, Size: page.SiHao, Pitch: 7, Align: page.AlignCenter}
	d.DrawIn(d.Fit(hospital, width, 8, h.hospital.Name), left, 13, 8)
	d.DrawIn(d.Fit(page.TitleStyle, width, 12, h.title), left, 21.5, 12)
	campaign := page.Style{Face: page.KaiTi, Size: page.WuHao, Pitch: 4.3, Align: page.AlignCenter}
	d.DrawIn(d.Fit(campaign, page.TextWidth, 6, campaignLine(h.campaign)), page.Left, 38, 6)
}
