package campaign

import (
	"context"

	"qingfeng/model"
	"qingfeng/report/sheet"
	"qingfeng/ui/office"
)

// fileImport takes the findings of a register that was kept elsewhere into the
// campaign in hand.
func (p *FindingsPage) fileImport() office.FileImport[model.FindingRecord] {
	s, into := p.deps.Store, p.campaignInHand()
	f := office.FileImport[model.FindingRecord]{
		Deps: p.deps.Deps, File: "整改台账", Unit: "个", Thing: "问题", Wrong: "行不能导入，",
		Read: func(path string) (office.FileRows[model.FindingRecord], error) {
			rows, err := sheet.ReadFindings(s.Assets(), path, "")
			return office.FileRows[model.FindingRecord](rows), err
		},
		Store: func(ctx context.Context, records []model.FindingRecord, dryRun bool) (office.Imported, error) {
			in, err := s.ImportFindings(ctx, into.ID, records, dryRun)
			return office.Imported{Rows: in.Rows, Added: in.Added, Rejected: in.Rejected, Warnings: in.Warnings}, err
		},
		Done: p.done, RemarkTables: sheet.FindingProblemTables,
	}
	if into.Title != "" {
		f.Into = "，归入“" + into.Title + "”"
	}
	return f
}
