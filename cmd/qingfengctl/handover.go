package main

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"qingfeng/model"
	"qingfeng/model/formno"
	"qingfeng/model/money"
	"qingfeng/model/store"
)

type handoverCommand struct {
	List     handoverListCommand     `cmd:"" help:"列出红包上交台账"`
	Show     handoverShowCommand     `cmd:"" help:"一次上交的全部情况"`
	Import   handoverImportCommand   `cmd:"" help:"导入原有的上交台账（.xlsx 或 .csv）"`
	Template handoverTemplateCommand `cmd:"" help:"写一份空白：导入用的 .xlsx，登记用的 .toml"`
	Register handoverRegisterCommand `cmd:"" help:"按一个 .toml 文件登记一次上交"`
	Edit     handoverEditCommand     `cmd:"" help:"按一个 .toml 文件修改时间、送方、经过等"`
	Correct  handoverCorrectCommand  `cmd:"" help:"更正财物：写错的冲正，补上对的"`
	Void     handoverVoidCommand     `cmd:"" help:"作废一次登记，连同它的收据"`

	Receipt     handoverReceiptCommand     `cmd:"" help:"打印收据，还没有的先开；再次打印的有“补打”字样"`
	ReceiptVoid handoverReceiptVoidCommand `cmd:"" help:"作废一张收据"`

	Dispose handoverDisposeCommand `cmd:"" help:"登记处置，缺省全部剩下的"`
	Reverse handoverReverseCommand `cmd:"" help:"冲正一次处置"`
	Slip    handoverSlipCommand    `cmd:"" help:"打印处置单：退还签收单、告知单、审批单等"`

	Safe         handoverSafeCommand         `cmd:"" help:"清点：现在应在保管中的财物"`
	Custody      handoverCustodyCommand      `cmd:"" help:"登记保管交接"`
	Custodies    handoverCustodiesCommand    `cmd:"" help:"列出历次保管交接"`
	CustodySheet handoverCustodySheetCommand `cmd:"" help:"打印保管交接单"`

	Form   handoverFormCommand   `cmd:"" help:"打印登记表"`
	Ledger handoverLedgerCommand `cmd:"" help:"打印一段时间的台账，缺省今年"`
	Totals handoverTotalsCommand `cmd:"" help:"一段时间的合计，缺省今年"`
	Watch  handoverWatchCommand  `cmd:"" help:"要留意的：没有处置、久未处置、一人保管、同一送方再次等"`

	Attach      attachCommand      `cmd:"" help:"给一次上交、处置或交接添加扫描件（PDF、JPG、PNG）"`
	Attachments attachmentsCommand `cmd:"" help:"列出它的扫描件"`
	Attachment  attachmentCommand  `cmd:"" help:"取出一个扫描件"`
}

type handoverRegisterCommand struct {
	File    string `arg:"" help:"登记文件，空白的见 handover template" type:"path"`
	Receipt string `help:"同时开收据，写成这个 PDF" placeholder:"文件" type:"path"`
}

func (c *handoverRegisterCommand) Run(ctx context.Context, o *output) error {
	if c.Receipt != "" {
		if err := wantsExtension(c.Receipt, ".pdf"); err != nil {
			return err
		}
	}
	return o.withStore(ctx, func(s *store.Store) error {
		var file handoverFile
		if err := decodeFile(c.File, &file); err != nil {
			return err
		}
		h, items, err := file.handover(ctx, s)
		if err != nil {
			return err
		}
		id, _, err := s.RegisterHandover(ctx, h, items)
		if err != nil {
			return err
		}
		return o.registered(ctx, s, id, c.Receipt)
	})
}

// registered tells what was registered and what the same giver gave before,
// and prints the receipt when that was asked for. The handover stays when its
// receipt cannot be printed.
func (o *output) registered(ctx context.Context, s *store.Store, id int64, receipt string) error {
	var r model.Receipt
	var unprinted error
	if receipt != "" {
		var warnings []string
		r, warnings, unprinted = printReceipt(ctx, s, receipt, func() (model.Receipt, error) { return s.IssueReceipt(ctx, id) })
		o.warn(warnings)
	}
	row, err := s.Handover(ctx, id)
	if err != nil {
		return err
	}
	earlier, err := s.SameGiver(ctx, id)
	if err != nil {
		return err
	}
	for _, e := range earlier {
		o.say("提醒：%s，此前上交过 %s（%s），请核对", e.Why, e.FormNo, e.HandedAt)
	}
	done := map[string]any{"no": row.FormNo, "timeliness": row.Timeliness, "amount_fen": row.AmountFen, "receipt": row.Receipt,
		"same_giver": companionReports(earlier)}
	err = o.result(done, func(w io.Writer) {
		fmt.Fprintf(w, "已登记\t%s\t%s 元\t%s\n", row.FormNo, money.Yuan(row.AmountFen), row.Timeliness)
		if r.ID != 0 && unprinted == nil {
			fmt.Fprintf(w, "收据\t%s\t%s\n", r.FormNo, receipt)
		}
	})
	if err == nil && unprinted != nil {
		err = o.doneBut("已登记，但收据没有打印", unprinted)
	}
	return err
}

// handoverState is what steps tell of a handover.
func (o *output) handoverState(ctx context.Context, s *store.Store, id int64, did string, more map[string]any) error {
	row, err := s.Handover(ctx, id)
	if err != nil {
		return err
	}
	done := map[string]any{"no": row.FormNo, "state": row.State, "timeliness": row.Timeliness, "amount_fen": row.AmountFen, "disposed_fen": row.DisposedFen, "left_fen": row.LeftFen()}
	for k, v := range more {
		done[k] = v
	}
	return o.result(done, func(w io.Writer) {
		fmt.Fprintf(w, "%s\t%s\t%s\t还剩 %s 元\n", did, row.FormNo, row.State, money.Yuan(row.LeftFen()))
	})
}

// withHandover runs work on the handover of a number that was typed: its own,
// or that of a receipt or a disposition of it.
func (o *output) withHandover(ctx context.Context, typed string, work func(s *store.Store, row store.HandoverRow) error) error {
	return o.withStore(ctx, func(s *store.Store) error {
		row, err := s.HandoverByNumber(ctx, typed)
		if err != nil {
			return err
		}
		return work(s, row)
	})
}

// wholeHandover refuses the number of a receipt or a disposition where a step
// is about the whole handover.
func wholeHandover(typed string, row store.HandoverRow, instead string) error {
	if numberOf(typed).Prefix == model.HandoverPrefix {
		return nil
	}
	return usageError("这里要写登记号 " + row.FormNo + "；" + instead)
}

// numberOf is a number that was typed, the zero number when it is none.
func numberOf(typed string) formno.No {
	no, err := formno.Parse(typed)
	if err != nil {
		return formno.No{}
	}
	return no
}

type handoverVoidCommand struct {
	No     string `arg:"" help:"登记号"`
	Reason string `required:"" help:"原因" placeholder:"原因"`
}

func (c *handoverVoidCommand) Run(ctx context.Context, o *output) error {
	return o.withHandover(ctx, c.No, func(s *store.Store, row store.HandoverRow) error {
		if err := wholeHandover(c.No, row, "只作废收据用 receipt-void，处置有误用 reverse"); err != nil {
			return err
		}
		if err := s.VoidHandover(ctx, row.ID, c.Reason); err != nil {
			return err
		}
		return o.handoverState(ctx, s, row.ID, "已作废", nil)
	})
}

type handoverCorrectCommand struct {
	No     string `arg:"" help:"登记号"`
	File   string `required:"" help:"更正的 .toml：wrong = [2] 是写错的第几项（见 handover show），[[items]] 是对的" placeholder:"文件" type:"path"`
	Reason string `required:"" help:"原因" placeholder:"原因"`
}

func (c *handoverCorrectCommand) Run(ctx context.Context, o *output) error {
	return o.withHandover(ctx, c.No, func(s *store.Store, row store.HandoverRow) error {
		if err := wholeHandover(c.No, row, "更正的是登记的财物"); err != nil {
			return err
		}
		var file correctionFile
		if err := decodeFile(c.File, &file); err != nil {
			return err
		}
		right, err := fileItems(file.Items)
		if err != nil {
			return err
		}
		d, err := s.HandoverDetail(ctx, row.ID)
		if err != nil {
			return err
		}
		wrong, err := itemIDs(d, file.Wrong)
		if err != nil {
			return err
		}
		if err := s.CorrectHandover(ctx, row.ID, wrong, right, c.Reason); err != nil {
			return err
		}
		return o.handoverState(ctx, s, row.ID, "已更正", nil)
	})
}

func itemIDs(d store.HandoverDetail, positions []int) (ids []int64, err error) {
	for _, n := range positions {
		i, err := itemAt(d, n)
		if err != nil {
			return nil, err
		}
		ids = append(ids, i.ID)
	}
	return ids, nil
}

// itemAt is the item at a position.
func itemAt(d store.HandoverDetail, position int) (model.HandoverItem, error) {
	for _, i := range d.Entries {
		if i.Position == position {
			return i, nil
		}
	}
	return model.HandoverItem{}, model.Errorf(model.NotFound, "%s 没有第 %d 项财物，各项见 handover show", d.FormNo, position)
}

type handoverDisposeCommand struct {
	No         string   `arg:"" help:"登记号或收据号"`
	Kind       string   `required:"" help:"处置方式：退还送方、转住院预交金、上缴廉政账户、上缴国库、物品变价、物品捐赠、物品销毁、移送纪检监察" placeholder:"方式"`
	On         string   `help:"处置日期，缺省今天" placeholder:"日期"`
	Approver   string   `required:"" help:"批准人" placeholder:"姓名"`
	HandledBy  string   `required:"" help:"经办人，须与批准人不同" placeholder:"姓名"`
	Voucher    string   `help:"缴款凭证、预交金收据等的号码" placeholder:"号码"`
	SignerFile string   `help:"第一行是签收人、被告知人或接收单位的文件：患者姓名不写在命令里" placeholder:"文件" type:"path"`
	ToldOn     string   `help:"告知患者的日期" placeholder:"日期"`
	ToldHow    string   `help:"告知的方式" placeholder:"方式"`
	RemarkFile string   `help:"第一行是备注的文件" placeholder:"文件" type:"path"`
	Proceeds   string   `help:"变价所得，元" placeholder:"金额"`
	Item       []string `sep:"none" help:"只处置这一项：第几项，或 第几项=金额，或 第几项=金额/件数；可以多个" placeholder:"项"`
}

func (c *handoverDisposeCommand) Run(ctx context.Context, o *output) error {
	return o.withHandover(ctx, c.No, func(s *store.Store, row store.HandoverRow) error {
		d, err := c.disposition(ctx, s, row.ID)
		if err != nil {
			return err
		}
		_, no, err := s.Dispose(ctx, d)
		if err != nil {
			return err
		}
		return o.handoverState(ctx, s, row.ID, "已处置 "+no, map[string]any{"disposition": no})
	})
}

func (c *handoverDisposeCommand) disposition(ctx context.Context, s *store.Store, id int64) (d model.Disposition, err error) {
	d = model.Disposition{HandoverID: id, Approver: c.Approver, HandledBy: c.HandledBy, Voucher: c.Voucher, ToldHow: c.ToldHow}
	if d.Kind, err = wordNamed("处置方式", c.Kind, model.DispositionKinds()); err != nil {
		return d, err
	}
	if d.DisposedOn, err = dayOr(s.Today(), "处置日期", c.On); err != nil {
		return d, err
	}
	if d.ToldOn, err = dayOr("", "告知日期", c.ToldOn); err != nil {
		return d, err
	}
	if d.ProceedsFen, err = fenOr("变价所得", c.Proceeds); err != nil {
		return d, err
	}
	if d.Signer, err = (secret{what: "签收人", flag: "--signer-file", file: c.SignerFile}).given(); err != nil {
		return d, err
	}
	if d.Remark, err = (secret{what: "备注", flag: "--remark-file", file: c.RemarkFile}).given(); err != nil {
		return d, err
	}
	detail, err := s.HandoverDetail(ctx, id)
	if err != nil {
		return d, err
	}
	d.Lines, err = linesOf(detail, c.Item)
	for _, l := range d.Lines {
		d.AmountFen += l.AmountFen
	}
	return d, err
}

// linesOf are the items that were typed, or everything that is left.
func linesOf(d store.HandoverDetail, typed []string) (lines []model.DispositionLine, err error) {
	left := map[int64]model.Balance{}
	for _, b := range d.Balances() {
		left[b.ID] = b
		if typed == nil && b.LeftFen > 0 {
			lines = append(lines, b.Rest())
		}
	}
	for _, text := range typed {
		item, part, inPart := strings.Cut(text, "=")
		n, err := strconv.Atoi(strings.TrimSpace(item))
		if err != nil {
			return nil, usageError("--item 应写成 2、2=500 或 2=500/1，不能是“" + text + "”")
		}
		i, err := itemAt(d, n)
		if err != nil {
			return nil, err
		}
		line := left[i.ID].Rest()
		line.ItemID = i.ID // of a corrected one nothing is left: the rules say so
		if inPart {
			if err := partOf(&line, text, part); err != nil {
				return nil, err
			}
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// partOf narrows a line to an amount and, for what is counted, to pieces; typed
// is the whole of what was typed.
func partOf(line *model.DispositionLine, typed, part string) error {
	amount, pieces, counted := strings.Cut(part, "/")
	fen, err := money.Parse(amount)
	if err != nil {
		return model.Errorf(model.Invalid, "--item %s 的金额：%s", typed, err)
	}
	if fen != line.AmountFen {
		line.Quantity = 0 // how many pieces has to be said
	}
	line.AmountFen = fen
	if counted {
		if line.Quantity, err = strconv.Atoi(strings.TrimSpace(pieces)); err != nil {
			return usageError("--item " + typed + " 的件数应为整数")
		}
	}
	return nil
}

type handoverReverseCommand struct {
	No     string `arg:"" help:"处置单号"`
	Reason string `required:"" help:"冲正原因" placeholder:"原因"`
}

func (c *handoverReverseCommand) Run(ctx context.Context, o *output) error {
	return o.withStore(ctx, func(s *store.Store) error {
		d, err := s.DispositionByNumber(ctx, c.No)
		if err != nil {
			return err
		}
		no, err := s.ReverseDisposition(ctx, d.ID, c.Reason)
		if err != nil {
			return err
		}
		return o.handoverState(ctx, s, d.HandoverID, "已冲正 "+d.FormNo+"，冲正单 "+no, map[string]any{"disposition": d.FormNo, "counter": no})
	})
}
