package office

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"qingfeng/model"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// FileImport takes the records of a file into a register: the clerk picks the
// file, it is read and tried off the UI goroutine, and nothing is stored before
// he has seen what would be and confirmed.
type FileImport[R any] struct {
	Deps        Deps
	File        string // what the file is: 整改台账
	Unit, Thing string // how its records are counted and called: 个, 问题
	Into        string // where they go, behind their number: ，归入“…”; may be ""
	Wrong       string // what becomes of rows with a problem, behind their number: 行不能导入，

	Read  func(path string) (FileRows[R], error)
	Store func(ctx context.Context, records []R, dryRun bool) (Imported, error)
	Done  func(text string) // once they are stored

	RemarkTables func(rejected, warnings []model.RosterProblem) []sheet.Table
	Plain        bool // the remarks hold what lists mask
}

// FileRows is what was read from a file.
type FileRows[R any] struct {
	Records  []R
	Skipped  []int                 // row numbers of totals and signatures
	Warnings []model.RosterProblem // about whole columns
}

// Imported is what an import did, or would do.
type Imported struct {
	Rows, Added int
	Sum         string                // behind the number of those added: ，共 500 元; may be ""
	Rejected    []model.RosterProblem // a row may have several
	Warnings    []model.RosterProblem
}

// Pick asks for the file.
func (f FileImport[R]) Pick() {
	kit.PickOpen(f.Deps.Win, "选择"+f.File, []string{".xlsx", ".csv"}, f.Open)
}

// Open reads a file and shows what its import would do.
func (f FileImport[R]) Open(path string) {
	var rows FileRows[R]
	var would Imported
	kit.ShowProgress(f.Deps.Win, "正在核对"+f.File, func(ctx context.Context, report kit.Report) error {
		report(0, 0, filepath.Base(path))
		var err error
		if rows, err = f.Read(path); err != nil {
			return err
		}
		report(0, 0, f.counted(len(rows.Records)))
		would, err = f.Store(ctx, rows.Records, true)
		return err
	}, func(err error) {
		if err != nil {
			f.Deps.Fail(err) // a cancellation shows nothing
			return
		}
		f.show(filepath.Base(path), rows, would)
	})
}

func (f FileImport[R]) counted(n int) string { return fmt.Sprintf("%d %s%s", n, f.Unit, f.Thing) }

func (f FileImport[R]) show(file string, rows FileRows[R], would Imported) {
	confirm := ""
	if would.Added > 0 {
		confirm = "登记 " + f.counted(would.Added)
	}
	showImport(f.Deps, importPreview{
		Title: "导入" + f.File, Summary: f.summary(file, rows.Skipped, would),
		Rejected: would.Rejected, Warnings: slices.Concat(rows.Warnings, would.Warnings),
		Confirm: confirm, Run: func() { f.run(rows.Records, would.Added) },
		RemarkList: f.File + "问题清单", RemarkTables: f.RemarkTables, Plain: f.Plain,
	})
}

// summary says in lines what was read and what it would come to.
func (f FileImport[R]) summary(file string, skipped []int, would Imported) []string {
	lines := []string{fmt.Sprintf("%s 有 %d 行，可以登记 %s%s%s。", file, would.Rows, f.counted(would.Added), would.Sum, f.Into)}
	if n := problemRows(would.Rejected); n > 0 {
		lines = append(lines, fmt.Sprintf("%d %s改正后可以再导入一次，已登记的不会重复。", n, f.Wrong))
	}
	if len(skipped) > 0 {
		rows := make([]string, len(skipped))
		for i, n := range skipped {
			rows[i] = strconv.Itoa(n)
		}
		lines = append(lines, "第 "+strings.Join(rows, "、")+" 行是合计或签字，已跳过。")
	}
	return lines
}

// run stores the records in one transaction.
func (f FileImport[R]) run(records []R, expected int) {
	var done Imported
	kit.ShowProgress(f.Deps.Win, "正在导入"+f.File, func(ctx context.Context, report kit.Report) error {
		report(0, 0, f.counted(expected))
		var err error
		done, err = f.Store(ctx, records, false)
		return err
	}, func(err error) {
		switch {
		case Cancelled(err):
			kit.ShowNotice(f.Deps.Win, "已取消", "导入已取消，没有登记任何"+f.Thing+"。")
		case err != nil:
			f.Deps.Fail(err)
		default:
			f.Done("已登记 " + f.counted(done.Added) + done.Sum)
		}
	})
}
