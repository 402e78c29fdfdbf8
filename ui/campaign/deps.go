// Package campaign holds the pages of a campaign: the campaigns themselves
// with their progress, and the commitment letters from printing to return.
package campaign

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/report/page"
	"qingfeng/ui/kit"
)

// Deps is what the pages of this package need from the frame. The functions
// are called on the UI goroutine and may be nil.
type Deps struct {
	Win   fyne.Window
	Store *store.Store
	Fonts *page.Fonts
	Log   *slog.Logger

	Campaign      func() model.Campaign // in hand; ID 0 when there is none
	SetInHand     func(model.Campaign)  // take another campaign in hand and remember it
	OnCampaigns   func()                // a campaign was added or changed
	OnCommitments func()                // letters were made, printed, recorded …
	OnSelfChecks  func()                // self-check forms were made, printed, recorded …
	OnFindings    func()                // findings were added or moved
	Random        func() string         // a seed for a draw that nobody can foresee; nil is the usual way
	NewFinding    func(model.Finding)   // show the register with a form for a new finding, filled in so far
	OpenLetters   func()                // show the letters of the campaign in hand
	OpenChecks    func()                // show its self-check forms
	OpenFindings  func()                // show its findings

	// Open shows a file with the system's viewer; nil is the usual way. It
	// runs off the UI goroutine.
	Open func(path string) error
}

func (d Deps) inHand() model.Campaign {
	if d.Campaign == nil {
		return model.Campaign{}
	}
	return d.Campaign()
}

func (d Deps) campaignsChanged() {
	if d.OnCampaigns != nil {
		d.OnCampaigns()
	}
}

func (d Deps) commitmentsChanged() {
	if d.OnCommitments != nil {
		d.OnCommitments()
	}
}

func (d Deps) selfChecksChanged() {
	if d.OnSelfChecks != nil {
		d.OnSelfChecks()
	}
}

func (d Deps) findingsChanged() {
	if d.OnFindings != nil {
		d.OnFindings()
	}
}

func (d Deps) fail(err error) { kit.ShowError(d.Win, err, d.Log) }

// do runs one change of the store and then, when it went well, done.
func (d Deps) do(work func(ctx context.Context) error, done func()) {
	kit.Run(context.Background(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, work(ctx)
	}, func(_ struct{}, err error) {
		if err != nil {
			d.fail(err)
			return
		}
		done()
	})
}

// outputPath is where a printed file goes when nobody chooses a place: the
// data folder's output, named after what it is and when it was made.
func outputPath(f *folder.Folder, name string) string {
	return filepath.Join(f.Output(), fmt.Sprintf("%s-%s.pdf", fileName(name), kit.Now().Format("20060102-150405")))
}

// fileName replaces what Windows does not allow in a file's name.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`\/:*?"<>|`, r) {
			return '_'
		}
		return r
	}, s)
}
