package kit

import (
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// FileList is a list of files to be taken along with a form. It is an [Input]
// to be given to a field that is [Field.Wide].
type FileList struct {
	widget.BaseWidget
	hooks
	paths []string
	none  string
	box   *fyne.Container
}

// NewFileList makes an empty list; none is what stands there while it is.
func NewFileList(none string) *FileList {
	l := &FileList{none: none, box: container.New(columnLayout{4})}
	l.ExtendBaseWidget(l)
	l.show()
	return l
}

// Paths are the files in the order in which they were added.
func (l *FileList) Paths() []string { return slices.Clone(l.paths) }

// Add adds files; one that is there already is not added again.
func (l *FileList) Add(paths []string) {
	for _, p := range paths {
		if !slices.Contains(l.paths, p) {
			l.paths = append(l.paths, p)
		}
	}
	l.show()
	l.tellChanged()
}

func (l *FileList) remove(path string) {
	l.paths = slices.DeleteFunc(l.paths, func(p string) bool { return p == path })
	l.show()
	l.tellChanged()
}

func (l *FileList) show() {
	l.box.Objects = nil
	for _, p := range l.paths {
		remove := NewDoor("×", func() { l.remove(p) })
		remove.watchArrival(func(fyne.CanvasObject) { l.tellArrived(l) })
		l.box.Add(Frame(nil, nil, nil, remove, NewLabel(filepath.Base(p)).Shorten()))
	}
	if len(l.paths) == 0 {
		l.box.Add(NewMuted(l.none).Shorten())
	}
	l.box.Refresh()
	l.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (l *FileList) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.box) }

// Raw implements Input.
func (l *FileList) Raw() string { return strings.Join(l.paths, "\n") }

// Check implements Input.
func (l *FileList) Check() string { return "" }

// Target implements Input.
func (l *FileList) Target() fyne.Focusable { return nil }

// SetInvalid implements Input.
func (l *FileList) SetInvalid(bool) {}
