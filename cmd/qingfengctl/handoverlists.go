package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/money"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/report/page"
)

// handovers says which handovers a command is about.
type handovers struct {
	From       string   `help:"从哪一天上交的起" placeholder:"日期"`
	To         string   `help:"到哪一天止" placeholder:"日期"`
	Department string   `help:"只要一个科室" placeholder:"科室"`
	State      string   `help:"只要一种状态：待处置、部分处置、已结清、作废；缺省不含作废的" placeholder:"状态"`
	Late       bool     `help:"只要逾期的"`
	Unjudged   bool     `help:"只要没有判定是否逾期的"`
	Giver      string   `help:"只要一种送方：患者、家属、企业、不明" placeholder:"类别"`
	Category   string   `help:"只要有一种财物的，如 现金、购物卡" placeholder:"类别"`
	Disposed   string   `help:"只要有一种处置的，如 退还送方" placeholder:"方式"`
	Keeper     string   `help:"只要一人保管、还没有处置完的" placeholder:"姓名"`
	Anonymous  bool     `help:"只要匿名的"`
	Watch      *string  `help:"没有处置完 open，久未处置 stale，一人保管 alone，同一送方再次 again，今年上交满次数可记加分的 merit（逾期的不算）" enum:"open,stale,alone,again,merit" placeholder:"提醒"`
	Find       string   `help:"编号、原编号、姓名、工号、科室、企业、保管人或保管位置" placeholder:"文字"`
	FindFile   string   `help:"第一行是患者或送方的全名或住院号的文件：这些不写在命令里" placeholder:"文件" type:"path"`
	No         []string `help:"只要这些编号，登记号、收据号、处置单号都可以" placeholder:"编号"`
}

func (f handovers) filter(ctx context.Context, s *store.Store) (out store.HandoverFilter, err error) {
	switch {
	case f.Late && f.Unjudged:
		return out, usageError("--late 和 --unjudged 不能同时用")
	case f.Late:
		out.Timeliness = model.Late
	case f.Unjudged:
		out.Timeliness = model.Unjudged
	}
	if f.Anonymous {
		out.Anonymous = &f.Anonymous
	}
	if f.Watch != nil {
		out.Watch = store.HandoverWatch(*f.Watch)
	}
	out.Keeper, out.Find = f.Keeper, f.Find
	if f.FindFile != "" {
		if f.Find != "" {
			return out, usageError("--find 和 --find-file 不能同时用")
		}
		if err := allowed(s, model.ReadPlain); err != nil { // to others they are no text to be found
			return out, err
		}
		if out.Find, err = (secret{what: "要找的内容", flag: "--find-file", file: f.FindFile}).given(); err != nil {
			return out, err
		}
	}
	on, err := spanOf(f.From, f.To, model.Span{})
	if err != nil {
		return out, err
	}
	out.From, out.To = on.From, on.To
	if out.State, err = stateNamed(f.State, model.HandoverStates); err != nil {
		return out, err
	}
	if out.Giver, err = wordNamed("送方类别", f.Giver, model.Givers); err != nil {
		return out, err
	}
	if out.Category, err = wordNamed("财物类别", f.Category, model.ItemCategories); err != nil {
		return out, err
	}
	if out.Disposed, err = wordNamed("处置方式", f.Disposed, model.DispositionKinds()); err != nil {
		return out, err
	}
	if out.DepartmentID, err = departmentID(ctx, s, f.Department); err != nil {
		return out, err
	}
	out.FormNos, err = handoverNumbers(ctx, s, f.No)
	return out, err
}

// handoverNumbers are the handovers' own numbers of numbers that were typed,
// nil for none.
func handoverNumbers(ctx context.Context, s *store.Store, typed []string) (nos []string, err error) {
	if typed == nil {
		return nil, nil
	}
	rows, err := handoversNumbered(ctx, s, typed)
	for _, row := range rows {
		nos = append(nos, row.FormNo)
	}
	return nos, err
}

// handoversNumbered finds handovers by numbers that were typed.
func handoversNumbered(ctx context.Context, s *store.Store, typed []string) (rows []store.HandoverRow, err error) {
	if typed, err = formNumbers(typed); err != nil {
		return nil, err
	}
	for _, no := range typed {
		row, err := s.HandoverByNumber(ctx, no)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// spanOf reads the two ends of a span that were typed; usual are those that
// were not.
func spanOf(from, to string, usual model.Span) (on model.Span, err error) {
	if on.From, err = dayOr(usual.From, "--from", from); err != nil {
		return on, err
	}
	if on.To, err = dayOr(usual.To, "--to", to); err != nil {
		return on, err
	}
	if on.From != "" && on.To != "" && on.From > on.To {
		err = model.Errorf(model.Invalid, "--from 晚于 --to（从 %s 到 %s），没有这样的日子", on.From, on.To)
	}
	return on, err
}

// period is a span of days, this year so far unless others are given.
type period struct {
	From string `help:"从哪一天上交的起，缺省今年 1 月 1 日" placeholder:"日期"`
	To   string `help:"到哪一天止，缺省今天" placeholder:"日期"`
}

func (p period) span(today day.Date) (model.Span, error) {
	return spanOf(p.From, p.To, model.Span{From: today[:4] + "-01-01", To: today})
}

type receiptRef struct {
	No   string `json:"no"`
	Void bool   `json:"void"`
}

// handoverRow is a handover of the list. What is sealed is there with --plain
// only.
type handoverRow struct {
	No          string       `json:"no"`
	OldNo       string       `json:"old_no"`
	ReceivedAt  string       `json:"received_at"`
	HandedAt    string       `json:"handed_at"`
	Late        bool         `json:"late"`
	Timeliness  string       `json:"timeliness"`
	Anonymous   bool         `json:"anonymous"`
	EmployeeNo  string       `json:"employee_no"` // "" when anonymous, as are name and department
	Name        string       `json:"name"`
	Department  string       `json:"department"`
	Giver       string       `json:"giver"`
	Company     string       `json:"company"`
	Items       int          `json:"items"`
	AmountFen   int64        `json:"amount_fen"`
	DisposedFen int64        `json:"disposed_fen"`
	LeftFen     int64        `json:"left_fen"`
	State       string       `json:"state"`
	Keeper      string       `json:"keeper"`
	Receipts    []receiptRef `json:"receipts"`
	Patient     *string      `json:"patient,omitempty"`
	AdmissionNo *string      `json:"admission_no,omitempty"`
	GiverName   *string      `json:"giver_name,omitempty"`
}

func handoverRowOf(d store.HandoverDetail, plain bool) handoverRow {
	r := handoverRow{No: d.FormNo, OldNo: d.OldNo, ReceivedAt: string(d.ReceivedAt), HandedAt: string(d.HandedAt), Late: d.Timeliness == model.Late,
		Timeliness: string(d.Timeliness), Anonymous: d.Anonymous, EmployeeNo: d.EmployeeNo, Name: d.Person, Department: d.Department,
		Giver: string(d.Giver), Company: d.Company, Items: d.Items, AmountFen: d.AmountFen, DisposedFen: d.DisposedFen, LeftFen: d.LeftFen(),
		State: string(d.State), Keeper: d.Keeper, Receipts: []receiptRef{}}
	for _, x := range d.Receipts {
		r.Receipts = append(r.Receipts, receiptRef{x.FormNo, x.Voided()})
	}
	if plain {
		r.Patient, r.AdmissionNo, r.GiverName = &d.Patient, &d.AdmissionNo, &d.GiverName
	}
	return r
}

type handoverListCommand struct {
	handovers `embed:""`
	Plain     bool   `help:"也列出患者姓名、住院号和送方姓名；另存时连同工号、经过等全部写出"`
	Out       string `help:"另存为 .pdf 或 .xlsx" placeholder:"文件" type:"path"`
}

func (c *handoverListCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		filter, err := c.filter(ctx, s)
		if err != nil {
			return err
		}
		shown := c.Plain && c.Out == "" // else the names are in the file
		if shown {
			if err := allowed(s, model.ReadPlain); err != nil {
				return err
			}
		}
		found, err := s.HandoverDetails(ctx, filter, store.Page{})
		if err != nil {
			return err
		}
		err = o.alsoWritten(ctx, s, export{handoverLedger, c.Out, c.Plain}, func() (listing, error) { return ledgerListing(ctx, s, filter, c.Plain) })
		if err == nil && shown {
			err = s.RecordExport(ctx, handoverLedger, onConsole, len(found), true)
		}
		if err != nil {
			return err
		}
		rows := make([]handoverRow, len(found))
		for i, d := range found {
			rows[i] = handoverRowOf(d, shown)
		}
		return o.result(rows, func(w io.Writer) {
			for i, r := range rows {
				r.text(w, found[i].From())
			}
		})
	})
}

// text writes the line of a list.
func (r handoverRow) text(w io.Writer, from string) {
	late := r.Timeliness
	if late == string(model.InTime) {
		late = ""
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s 元\t%s\t还剩 %s 元\t%s", r.No, r.HandedAt, from, r.Department, strings.TrimSpace(r.Giver+" "+r.Company),
		money.Yuan(r.AmountFen), r.State, money.Yuan(r.LeftFen), late)
	if r.Patient != nil {
		fmt.Fprintf(w, "\t%s\t%s\t%s", *r.Patient, *r.AdmissionNo, *r.GiverName)
	}
	fmt.Fprintln(w)
}

// onConsole stands for the file in the audit trail when a person reads what is
// sealed from the console.
const onConsole = "命令行输出"

func ledgerListing(ctx context.Context, s *store.Store, filter store.HandoverFilter, plain bool) (listing, error) {
	table, err := issue.HandoverTable(ctx, s, filter, store.Page{}, plain)
	return listing{table, func(w io.Writer) ([]string, error) {
		return issue.HandoverLedger(ctx, w, s, filter, plain, page.ThisMachine())
	}}, err
}

// spanLedger are the handovers of a span's ledger: voided ones too, so that no
// number is missing.
func spanLedger(on model.Span) store.HandoverFilter {
	return store.HandoverFilter{From: on.From, To: on.To, WithVoided: true}
}

type handoverLedgerCommand struct {
	period `embed:""`
	Plain  bool   `help:"姓名、住院号全部写出，.xlsx 中还有工号、经过等"`
	Out    string `required:"" help:"要写的 .pdf 或 .xlsx" placeholder:"文件" type:"path"`
}

func (c *handoverLedgerCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		on, err := c.span(s.Today())
		if err != nil {
			return err
		}
		l, err := ledgerListing(ctx, s, spanLedger(on), c.Plain)
		if err != nil {
			return err
		}
		return o.writtenTable(ctx, s, export{handoverLedger, c.Out, c.Plain}, l.table, l.pdf)
	})
}

type handoverWatchCommand struct{}

func (c *handoverWatchCommand) Run(ctx context.Context, o *output) error {
	type limits struct {
		StaleDays  int `json:"stale_days"`
		AgainDays  int `json:"again_days"`
		MeritCount int `json:"merit_count"`
	}
	type report struct {
		All      int    `json:"all"`
		Open     int    `json:"open"`
		OpenFen  int64  `json:"open_fen"`
		Stale    int    `json:"stale"`
		Alone    int    `json:"alone"`
		Again    int    `json:"again"`
		Merit    int    `json:"merit"`
		Late     int    `json:"late"`
		Unjudged int    `json:"unjudged"`
		Limits   limits `json:"limits"`
	}
	return o.withStore(ctx, func(s *store.Store) error {
		n, err := s.HandoverCounts(ctx)
		if err != nil {
			return err
		}
		r := report{n.All, n.Open, n.OpenFen, n.Stale, n.Alone, n.Again, n.Merit, n.Late, n.Unjudged,
			limits{n.Limits.StaleDays, n.Limits.AgainDays, n.Limits.MeritCount}}
		return o.result(r, func(w io.Writer) {
			fmt.Fprintf(w, "共 %d 次上交，没有处置完 %d 次，计 %s 元\n", r.All, r.Open, money.Yuan(r.OpenFen))
			fmt.Fprintf(w, "超过 %d 天没有处置完\t%d\n", r.Limits.StaleDays, r.Stale)
			fmt.Fprintf(w, "只有一人保管\t%d\n", r.Alone)
			fmt.Fprintf(w, "同一送方 %d 天内再次送\t%d\n", r.Limits.AgainDays, r.Again)
			fmt.Fprintf(w, "今年上交满 %d 次的职工（逾期的不算）\t%d 人\n", r.Limits.MeritCount, r.Merit)
			fmt.Fprintf(w, "今年逾期\t%d\n今年未判是否逾期\t%d\n", r.Late, r.Unjudged)
		})
	})
}
