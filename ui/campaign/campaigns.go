package campaign

import (
	"context"
	"fmt"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/ui/kit"
)

// campaignRow is a campaign with how far its letters are.
type campaignRow struct {
	model.Campaign
	rates map[model.CommitmentKind]model.Rate
	today day.Date
}

func (r campaignRow) stage() (string, kit.Tone) {
	switch {
	case r.today < r.StartsOn:
		return "未开始", kit.Neutral
	case r.today > r.EndsOn:
		return "已结束", kit.Neutral
	}
	return "进行中", kit.Good
}

// count is how many letters of a kind are signed out of how many.
func (r campaignRow) count(kind model.CommitmentKind) string {
	rate := r.rates[kind]
	if rate.Expected == 0 {
		return ""
	}
	return fmt.Sprintf("%d / %d", rate.Returned, rate.Expected-rate.Excused)
}

// CampaignsPage is the page 方案与进度: the campaigns of all years.
type CampaignsPage struct {
	*kit.RegisterPage[campaignRow]
	deps Deps
}

// NewCampaigns makes the page.
func NewCampaigns(deps Deps) *CampaignsPage {
	p := &CampaignsPage{deps: deps}
	spec := kit.Register[campaignRow]{
		Title: "方案与进度", Subtitle: "专项行动和承诺书签订进度",
		Columns: p.columns(), Source: p.source, ID: func(r campaignRow) int64 { return r.ID },
		Actions: []kit.Action[campaignRow]{
			{Label: "新建", Key: "Ctrl+N", Primary: true, Run: func(kit.Selection[campaignRow]) { p.New() }},
		},
		RowActions: []kit.RowAction[campaignRow]{
			{Label: "设为当前", Show: func(r campaignRow) bool { return !p.inHand(r) }, Run: p.take},
			{Label: "查看承诺书", Show: func(campaignRow) bool { return deps.OpenLetters != nil }, Run: p.openLetters},
			{Label: "修改", Run: p.edit},
		},
		Detail: campaignDetail,
		Open:   p.edit,
		Empty: kit.Empty{
			Text:   "承诺书按专项行动生成、编号和统计。先从模板新建一个。",
			Button: "新建专项行动", Run: p.New,
		},
		Count: func(total int) string { return fmt.Sprintf("%d 个", total) },
		Log:   deps.Log,
	}
	if !deps.Store.May(model.Write) {
		spec = spec.Only("设为当前", "查看承诺书")
	}
	p.RegisterPage = kit.NewRegisterPage(deps.Win, spec)
	return p
}

func (p *CampaignsPage) columns() []kit.Column[campaignRow] {
	cols := []kit.Column[campaignRow]{
		{Title: "名称", Text: func(r campaignRow) string { return r.Title }},
		{Title: "发文字号", Text: func(r campaignRow) string { return r.DocumentNo }},
		{Title: "开始", Text: func(r campaignRow) string { return string(r.StartsOn) }},
		{Title: "结束", Text: func(r campaignRow) string { return string(r.EndsOn) }},
		{Title: "状态", Chip: campaignRow.stage},
		{Title: "", Chip: func(r campaignRow) (string, kit.Tone) {
			if p.inHand(r) {
				return "当前", kit.Accent
			}
			return "", kit.Neutral
		}},
		{Title: "签订率", Width: 90, Bar: func(r campaignRow) (float64, kit.Tone) {
			signed, due := people(r)
			return float64(signed) / float64(max(1, due)), kit.Accent
		}},
		{Title: "", Align: kit.AlignRight, Text: func(r campaignRow) string { return model.Percent(people(r)) }},
	}
	for _, k := range model.CommitmentKinds {
		cols = append(cols, kit.Column[campaignRow]{Title: k.Label, Align: kit.AlignRight,
			Text: func(r campaignRow) string { return r.count(k.Kind) }})
	}
	return cols
}

// people counts the personal letters that are signed and that have to be: the
// rate that offices report counts people.
func people(r campaignRow) (signed, due int) {
	rate := r.rates[model.PersonalCommitment]
	return rate.Returned, rate.Expected - rate.Excused
}

func campaignDetail(r campaignRow) []kit.Piece {
	out := []kit.Piece{{Text: r.Title, Style: kit.PieceBold}}
	for _, k := range model.CommitmentKinds {
		rate := r.rates[k.Kind]
		if rate.Expected == 0 {
			continue
		}
		text := fmt.Sprintf("%s：应签 %d，已签 %d，未签 %d", k.Label, rate.Expected, rate.Returned, rate.Missing)
		if rate.Excused > 0 {
			text += fmt.Sprintf("，免签 %d", rate.Excused)
		}
		out = append(out, kit.Piece{Text: text, Style: kit.PieceMuted})
	}
	return out
}

func (p *CampaignsPage) source(ctx context.Context, q kit.Query) ([]campaignRow, int, error) {
	all, err := p.deps.Store.Campaigns(ctx)
	if err != nil {
		return nil, 0, err
	}
	rows := make([]campaignRow, len(all))
	for i, m := range all {
		rows[i] = campaignRow{Campaign: m, rates: map[model.CommitmentKind]model.Rate{}, today: p.deps.Store.Today()}
		for _, k := range model.CommitmentKinds {
			if rows[i].rates[k.Kind], _, err = p.deps.Store.CommitmentRates(ctx, m.ID, k.Kind); err != nil {
				return nil, 0, err
			}
		}
	}
	return kit.Rows(rows)(ctx, q)
}

func (p *CampaignsPage) inHand(r campaignRow) bool { return p.deps.inHand().ID == r.ID }

// take makes a campaign the one in hand, which the frame remembers.
func (p *CampaignsPage) take(r campaignRow) {
	if p.deps.SetInHand != nil {
		p.deps.SetInHand(r.Campaign)
	}
	p.Refresh()
	kit.Toast(p.deps.Win, "当前专项行动："+r.Title, kit.Good)
}

func (p *CampaignsPage) openLetters(r campaignRow) {
	if !p.inHand(r) {
		p.take(r)
	}
	p.deps.OpenLetters()
}
