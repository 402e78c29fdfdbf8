package issue

import (
	"context"
	"io"
	"slices"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/model/workday"
	"qingfeng/report/form"
	"qingfeng/report/page"
)

// Receipts writes receipts in three copies, a sheet each, as they were issued.
// The texts tell what should be looked at on the paper.
func Receipts(ctx context.Context, w io.Writer, s *store.Store, receiptIDs []int64, fonts *page.Fonts) ([]string, error) {
	in := form.ReceiptPrint{Library: s.Assets(), Fonts: fonts, Date: s.Today()}
	var err error
	if in.Hospital, err = s.Hospital(ctx); err != nil {
		return nil, err
	}
	for _, id := range receiptIDs {
		r, err := s.Receipt(ctx, id)
		if err != nil {
			return nil, err
		}
		if r.Content.HandoverNo == "" { // sealed to whom prints
			h, err := s.Handover(ctx, r.HandoverID)
			if err != nil {
				return nil, err
			}
			r.Content = model.ReceiptContent{HandoverNo: h.FormNo, HandedAt: h.HandedAt, From: model.Filled,
				ReceivedBy: model.Filled, WitnessedBy: model.Filled}
			if h.Anonymous {
				r.Content.From = model.Nameless
			}
		}
		in.Receipts = append(in.Receipts, r)
	}
	warnings, err := form.Receipts(w, in)
	return texts(warnings), err
}

// handoverPrint reads the handovers of a filter with everything that belongs
// to them.
func handoverPrint(ctx context.Context, s *store.Store, f store.HandoverFilter, p store.Page, fonts *page.Fonts) (form.HandoverPrint, error) {
	in := form.HandoverPrint{Library: s.Assets(), Fonts: fonts, Date: s.Today(), Span: model.Span{From: f.From, To: f.To}}
	var err error
	if in.Hospital, err = s.Hospital(ctx); err != nil {
		return in, err
	}
	details, err := s.HandoverDetails(ctx, f, p)
	for _, d := range details {
		in.Handovers = append(in.Handovers, handoverLine(d))
	}
	return in, err
}

func handoverLine(d store.HandoverDetail) form.HandoverLine {
	return form.HandoverLine{Handover: d.Handover, Person: d.Person, EmployeeNo: d.EmployeeNo, Department: d.Department,
		Attached: d.Attachments, Entries: d.Entries, Dispositions: d.Dispositions, Receipts: d.Receipts}
}

// HandoverForms writes the 登记表 of the handovers of a filter by number, one
// to a sheet.
func HandoverForms(ctx context.Context, w io.Writer, s *store.Store, f store.HandoverFilter, fonts *page.Fonts) ([]string, error) {
	in, err := handoverPrint(ctx, s, f, store.Page{}, fonts)
	if err != nil {
		return nil, err
	}
	if len(in.Handovers) == 0 {
		return nil, model.Errorf(model.Conflict, "没有可以打印的红包上交登记")
	}
	calendar, err := s.Calendar()
	if err != nil {
		calendar = nil // 体检 says so
	}
	people := map[int64]store.StaffRow{}
	for i := range in.Handovers {
		l := &in.Handovers[i]
		l.Verdict = verdict(l.Handover, calendar)
		if l.StaffID == 0 {
			continue
		}
		p, known := people[l.StaffID]
		if !known {
			if p, err = s.StaffMember(ctx, l.StaffID); err != nil {
				return nil, err
			}
			people[l.StaffID] = p
		}
		l.Post, l.Position, l.Title = p.Post, p.Position, p.Title
	}
	warnings, err := form.HandoverForms(w, in)
	return texts(warnings), err
}

// verdict says why h was judged as it was, "" when it cannot be said: without a
// holiday table, or when the present one gives another answer.
func verdict(h model.Handover, calendar *workday.Calendar) string {
	if calendar == nil && h.LimitUnit == model.WorkingDays {
		return ""
	}
	judged, why := h.Rule().Judge(h.ReceivedAt, h.HandedAt, calendar)
	if judged != h.Timeliness {
		return ""
	}
	return why
}

// DispositionSlips writes a slip for each of some dispositions of a handover,
// all of them with none.
func DispositionSlips(ctx context.Context, w io.Writer, s *store.Store, handoverID int64, dispositionIDs []int64, fonts *page.Fonts) ([]string, error) {
	d, err := s.HandoverDetail(ctx, handoverID)
	if err != nil {
		return nil, err
	}
	in := form.SlipPrint{Library: s.Assets(), Fonts: fonts, Date: s.Today(), Handover: handoverLine(d)}
	if in.Hospital, err = s.Hospital(ctx); err != nil {
		return nil, err
	}
	for _, x := range d.Dispositions {
		if len(dispositionIDs) == 0 || slices.Contains(dispositionIDs, x.ID) {
			in.Slips = append(in.Slips, x)
		}
	}
	if len(in.Slips) == 0 || len(dispositionIDs) > 0 && len(in.Slips) != len(dispositionIDs) {
		return nil, model.Errorf(model.NotFound, "红包上交 %s 没有可以打印的处置", d.FormNo)
	}
	warnings, err := form.DispositionSlips(w, in)
	return texts(warnings), err
}

// HandoverLedger writes the 红包上交台账 of a filter by number, with totals. plain
// shows names.
func HandoverLedger(ctx context.Context, w io.Writer, s *store.Store, f store.HandoverFilter, plain bool, fonts *page.Fonts) ([]string, error) {
	in, err := handoverPrint(ctx, s, f, store.Page{}, fonts)
	if err != nil {
		return nil, err
	}
	in.Plain = plain
	warnings, err := form.HandoverLedger(w, in)
	return texts(warnings), err
}
