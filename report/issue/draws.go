package issue

import (
	"context"
	"io"

	"qingfeng/model/store"
	"qingfeng/report/form"
	"qingfeng/report/page"
)

// DrawSheet writes the 双随机抽取结果单 of a draw as PDF. The texts tell what
// should be looked at on the paper.
func DrawSheet(ctx context.Context, w io.Writer, s *store.Store, drawID int64, fonts *page.Fonts) ([]string, error) {
	in, err := drawPrint(ctx, s, drawID, fonts)
	if err != nil {
		return nil, err
	}
	warnings, err := form.DrawSheet(w, in)
	return texts(warnings), err
}

// InspectionSheets writes the 检查记录表 of each department drawn.
func InspectionSheets(ctx context.Context, w io.Writer, s *store.Store, drawID int64, fonts *page.Fonts) ([]string, error) {
	in, err := drawPrint(ctx, s, drawID, fonts)
	if err != nil {
		return nil, err
	}
	warnings, err := form.InspectionSheets(w, in)
	return texts(warnings), err
}

func drawPrint(ctx context.Context, s *store.Store, drawID int64, fonts *page.Fonts) (form.DrawPrint, error) {
	in := form.DrawPrint{Library: s.Assets(), Fonts: fonts, Date: s.Today()}
	row, err := s.Draw(ctx, drawID)
	if err != nil {
		return in, err
	}
	in.Draw = row.Draw
	if in.Hospital, err = s.Hospital(ctx); err != nil {
		return in, err
	}
	if in.Campaign, err = s.Campaign(ctx, row.CampaignID); err != nil {
		return in, err
	}
	picks, err := s.Picks(ctx, drawID)
	// A department is named as it was when it was drawn: the draw is computed
	// from that name.
	drawnAs := map[int64]string{}
	for _, d := range row.Pool.Departments {
		drawnAs[d.ID] = d.Name
	}
	for _, p := range picks {
		in.Picks = append(in.Picks, form.DrawnPick{Pick: p.Pick, Department: drawnAs[p.DepartmentID]})
	}
	return in, err
}
