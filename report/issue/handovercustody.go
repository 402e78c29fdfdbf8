package issue

import (
	"context"
	"io"
	"strconv"
	"strings"

	"qingfeng/model"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/report/form"
	"qingfeng/report/page"
	"qingfeng/report/sheet"
)

func keptPrint(ctx context.Context, s *store.Store, fonts *page.Fonts) (form.KeptPrint, error) {
	in := form.KeptPrint{Library: s.Assets(), Fonts: fonts, Date: s.Today()}
	var err error
	in.Hospital, err = s.Hospital(ctx)
	return in, err
}

// keepers names who keeps something, as papers do.
func keepers(keeper, second string) string {
	if second == "" {
		return keeper
	}
	return keeper + "、" + second
}

// SafeSheet writes the 保管财物清点表: what should lie in the safe today, of one
// keeper or of all with "".
func SafeSheet(ctx context.Context, w io.Writer, s *store.Store, keeper string, fonts *page.Fonts) ([]string, error) {
	in, err := keptPrint(ctx, s, fonts)
	if err != nil {
		return nil, err
	}
	kept, err := s.InSafe(ctx, keeper)
	if err != nil {
		return nil, err
	}
	in.Keeper = keeper
	for _, k := range kept {
		in.Kept = append(in.Kept, form.KeptLine{FormNo: k.FormNo, HandedOn: k.HandedAt.Date(), Keeper: keepers(k.Keeper, k.CoKeeper),
			Place: k.KeptAt, Balances: k.Balances})
	}
	warnings, err := form.SafeSheet(w, in)
	return texts(warnings), err
}

// SafeTable is the 保管财物清点表 for Excel, with columns to fill in.
func SafeTable(ctx context.Context, s *store.Store, keeper string) (sheet.Table, error) {
	t := sheet.Table{Name: "保管财物清点表", Columns: []string{"保管人", "共同保管人", "保管位置", "登记号", "上交日期", "类别", "说明", "应有数量", "单位",
		"应有金额", "实有数量", "实有金额", "差异"}, Counts: []string{"应有数量", "实有数量"}, Amounts: []string{"应有金额", "实有金额", "差异"}}
	kept, err := s.InSafe(ctx, keeper)
	sum := int64(0)
	for _, k := range kept {
		for _, b := range k.Balances {
			count, unit := "", ""
			if b.Category.Counted() { // money is counted by its amount
				count, unit = strconv.Itoa(b.LeftQuantity), b.Unit
			}
			sum += b.LeftFen
			t.Rows = append(t.Rows, []string{k.Keeper, k.CoKeeper, k.KeptAt, k.FormNo, string(k.HandedAt.Date()), string(b.Category), b.Particulars,
				count, unit, money.Yuan(b.LeftFen), "", "", ""})
		}
	}
	t.Rows = append(t.Rows, []string{"合计", "", "", "", "", "", "", "", "", money.Yuan(sum), "", "", ""})
	return t, err
}

// CustodySheet writes the 保管交接单 of a change of custodian.
func CustodySheet(ctx context.Context, w io.Writer, s *store.Store, custodyID int64, fonts *page.Fonts) ([]string, error) {
	in, err := keptPrint(ctx, s, fonts)
	if err != nil {
		return nil, err
	}
	var moved []store.MovedKept
	if in.Custody, moved, err = s.Custody(ctx, custodyID); err != nil {
		return nil, err
	}
	for _, m := range moved {
		in.Kept = append(in.Kept, form.KeptLine{FormNo: m.FormNo, Balances: m.Balances})
	}
	warnings, err := form.CustodySheet(w, in)
	return texts(warnings), err
}

// TotalsSheet writes the 红包上交统计表 of a span.
func TotalsSheet(ctx context.Context, w io.Writer, s *store.Store, span model.Span, fonts *page.Fonts) ([]string, error) {
	in, err := handoverSums(ctx, s, span)
	if err != nil {
		return nil, err
	}
	in.Fonts = fonts
	warnings, err := form.HandoverTotals(w, in)
	return texts(warnings), err
}

// TotalsTable is the 红包上交统计表 for Excel.
func TotalsTable(ctx context.Context, s *store.Store, span model.Span) (sheet.Table, error) {
	in, err := handoverSums(ctx, s, span)
	if err != nil {
		return sheet.Table{}, err
	}
	columns, rows, err := form.HandoverTotalRows(in)
	for _, row := range rows {
		row[0] = strings.ReplaceAll(row[0], "　", "  ")
	}
	return sheet.Table{Name: "红包上交统计", Columns: columns, Rows: rows, Counts: columns, Amounts: columns}, err
}

func handoverSums(ctx context.Context, s *store.Store, span model.Span) (form.HandoverSums, error) {
	in := form.HandoverSums{Library: s.Assets(), Date: s.Today(), Span: span}
	var err error
	if in.Hospital, err = s.Hospital(ctx); err != nil {
		return in, err
	}
	t, err := s.HandoverTotals(ctx, span)
	if err != nil {
		return in, err
	}
	count := func(word string, n int) { in.Sums = append(in.Sums, form.HandoverSum{Word: word, Count: n}) }
	amount := func(word string, n int, fen int64) {
		in.Sums = append(in.Sums, form.HandoverSum{Word: word, Count: n, AmountFen: fen, Money: true})
	}
	group := func(word string, totals []store.HandoverTotal) {
		if len(totals) == 0 {
			return
		}
		in.Sums = append(in.Sums, form.HandoverSum{Word: word, Heading: true})
		for _, x := range totals {
			in.Sums = append(in.Sums, form.HandoverSum{Name: x.Name, Count: x.Count, Quantity: x.Quantity, AmountFen: x.AmountFen, Money: true})
		}
	}
	amount("all", t.Handovers, t.AmountFen)
	count("named", t.Named)
	count("anonymous", t.Anonymous)
	count("people", t.People)
	count("late", t.Late)
	count("unjudged", t.Unjudged)
	group("categories", t.Categories)
	group("givers", t.Givers)
	group("months", t.Months)
	group("dispositions", t.Dispositions)
	n := 0
	for _, x := range t.Dispositions {
		n += x.Count
	}
	amount("disposed", n, t.DisposedFen)
	in.Sums = append(in.Sums, form.HandoverSum{Word: "left", Heading: true, AmountFen: t.LeftFen, Money: true})
	return in, nil
}
