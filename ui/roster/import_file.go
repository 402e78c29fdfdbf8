package roster

import (
	"strings"

	"qingfeng/ui/kit"
)

const fileStepWidth = 640 // px

// askFile asks for the file: picked, typed, or dropped on the window.
func (im *importer) askFile() {
	path := kit.NewEntry(0)
	path.SetPlaceHolder("花名册文件，.xlsx 或 .csv")
	path.SetText(im.path)
	problem := kit.NewLabel("")
	problem.SetTone(kit.Bad)
	browse := kit.NewButton("浏览…", func() {
		kit.PickOpen(im.deps.Win, "选择花名册", []string{".xlsx", ".csv"}, func(chosen string) {
			path.SetText(chosen)
			im.deps.Win.Canvas().Focus(path) // Enter goes on
		})
	})
	content := kit.Below(
		paragraph("选择人事科的花名册，也可以把文件拖到这个窗口上。程序会自动找到表头并对应各列，下一步可以核对和改正；在最后确认之前不会改动任何数据。"),
		kit.Frame(nil, nil, nil, atRight(browse), path),
		problem,
		kit.NewMuted("至少要有工号、姓名、科室三列。合计行、签字行和空行自动跳过。"),
		kit.NewMuted("旧版 .xls 或带密码的文件，请先用 Excel 或 WPS 另存为不带密码的 .xlsx。"),
	)
	kit.OnDrop(im.deps.Win, func(paths []string) {
		if len(paths) > 0 {
			path.SetText(paths[0])
		}
	})
	im.stepOf(fileStepWidth, 0, "选择文件", content, path, stepButton{
		label: "下一步", primary: true,
		check: func() bool {
			if im.path = strings.Trim(path.Value(), `"`); im.path == "" {
				problem.SetText("请选择文件")
				return false
			}
			return true
		},
		run: im.open,
	})
}
