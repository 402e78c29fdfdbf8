package roster

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/report/sheet"
	"qingfeng/ui/kit"
)

// importer is one import on its way through its steps: file, columns,
// departments, preview, result. Each step is a dialog of one size; nothing is
// stored before the last.
type importer struct {
	deps Deps
	done func()

	path      string
	file      *sheet.RosterFile
	reading   model.RosterReading
	judged    model.RosterReading // the reading in view of who is on file
	questions []store.DepartmentQuestion
	names     []string          // of the open departments, for the answers
	answers   map[string]string // department that a name in the roster stands for
	plan      store.RosterPlan
}

// Size of the steps, in px: fits a screen of 1366 by 768.
const (
	stepWidth  = 1040
	stepHeight = 600
)

// edge keeps frames clear of the edge at which a scrolled area is cut, in px.
const edge = 3

// ShowImport leads through the import of a roster. path may be "": then the
// file is asked for. done is called after an import, not after a cancellation.
func ShowImport(deps Deps, path string, done func()) {
	im := &importer{deps: deps, done: done, path: path}
	if path == "" {
		im.askFile()
		return
	}
	im.open()
}

// step shows one step. Each button closes it before it does its work, so that
// only one step is on the screen.
func (im *importer) step(title string, content fyne.CanvasObject, buttons ...stepButton) {
	im.stepOf(stepWidth, stepHeight, title, content, nil, buttons...)
}

// stepOf is step in another size; height 0 is as high as the content. field,
// if given, gets the focus, and Enter in it is the last button.
func (im *importer) stepOf(width, height float32, title string, content fyne.CanvasObject, field *kit.Entry, buttons ...stepButton) {
	var dialog *kit.Dialog
	closing := func() {
		dialog.Close()
		im.deps.Win.SetOnDropped(nil)
	}
	list := []*kit.Button{kit.NewButton("取消", closing)}
	for _, b := range buttons {
		run := func() {
			if b.check != nil && !b.check() {
				return
			}
			closing()
			b.run()
		}
		if b.primary {
			list = append(list, kit.NewPrimaryButton(b.label, run))
		} else {
			list = append(list, kit.NewButton(b.label, run))
		}
	}
	var focus fyne.Focusable
	if field != nil {
		field.OnEnter = func(string) { list[len(list)-1].Tapped(nil) }
		focus = field
	}
	dialog = kit.ShowDialog(im.deps.Win, kit.DialogOptions{
		Focus: focus,
		Title: "导入花名册 · " + title, Width: width, Height: height,
		Content: container.New(layout.NewCustomPaddedLayout(edge, edge, edge, edge), content),
		Buttons: list, OnEscape: closing,
	})
}

// stepButton ends a step. check may refuse and say why in the step itself.
type stepButton struct {
	label   string
	primary bool
	check   func() bool
	run     func()
}

// below puts a step's list under what stands above it, with room between, and
// its problem line under both.
func below(top, list, problem fyne.CanvasObject) fyne.CanvasObject {
	return kit.Frame(container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), top), problem, nil, nil, list)
}

// paragraph is text that breaks, aligned with the lines around it: Fyne's
// label keeps a padding of its own.
func paragraph(text string) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(-5, -5, -5, -5), kit.NewParagraph(text))
}

// clearOfBar keeps a list's fields out from under its scroll bar.
func clearOfBar(list fyne.CanvasObject) fyne.CanvasObject {
	return kit.NewVScroll(container.New(layout.NewCustomPaddedLayout(edge, edge, 0, 14), list))
}

func (im *importer) fileName() string { return filepath.Base(im.path) }

// fail goes back to a step and says why; a cancellation just goes back.
func (im *importer) fail(err error, back func()) {
	back()
	im.deps.Fail(err)
}

// open reads the file and goes on to its columns.
func (im *importer) open() {
	var file *sheet.RosterFile
	kit.ShowProgress(im.deps.Win, "正在读取文件", func(ctx context.Context, report kit.Report) error {
		report(0, 0, im.fileName())
		var err error
		if file, err = sheet.OpenRoster(im.deps.Store.Assets(), im.path); err != nil {
			return err
		}
		return ctx.Err()
	}, func(err error) {
		if err != nil {
			im.fail(err, im.askFile)
			return
		}
		im.file = file
		im.askColumns()
	})
}

// read reads the rows with the columns as they stand and goes on to the
// departments that are not known.
func (im *importer) read() {
	var reading model.RosterReading
	var questions []store.DepartmentQuestion
	var names []string
	kit.ShowProgress(im.deps.Win, "正在核对花名册", func(ctx context.Context, report kit.Report) error {
		report(0, 0, fmt.Sprintf("%s，工作表“%s”", im.fileName(), im.file.Sheet))
		var err error
		if reading, err = im.file.Read(); err != nil {
			return err
		}
		if questions, err = im.deps.Store.RosterQuestions(ctx, reading); err != nil {
			return err
		}
		names, err = departmentNames(ctx, im.deps.Store)
		return err
	}, func(err error) {
		if err != nil {
			im.fail(err, im.askColumns)
			return
		}
		im.reading, im.questions, im.names = reading, questions, names
		im.answers = map[string]string{}
		if len(questions) > 0 {
			im.askDepartments()
			return
		}
		im.makePlan()
	})
}

func departmentNames(ctx context.Context, s *store.Store) ([]string, error) {
	found, err := s.Departments(ctx, store.DepartmentFilter{}, store.Page{})
	out := make([]string, len(found.Items))
	for i, d := range found.Items {
		out[i] = d.Name
	}
	return out, err
}

// makePlan compares the roster with what is on file and goes on to the preview.
func (im *importer) makePlan() {
	var plan store.RosterPlan
	kit.ShowProgress(im.deps.Win, "正在与现有职工比较", func(ctx context.Context, report kit.Report) error {
		report(0, 0, fmt.Sprintf("%d 人", len(im.reading.Rows)))
		var err error
		plan, err = im.deps.Store.PlanRoster(ctx, im.reading, store.RosterAnswers{Aliases: im.answers})
		return err
	}, func(err error) {
		if err != nil {
			im.fail(err, im.askColumns)
			return
		}
		im.plan, im.judged = plan, plan.Onto(im.reading)
		im.preview()
	})
}
