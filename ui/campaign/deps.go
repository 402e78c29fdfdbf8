// Package campaign holds the pages of a campaign: the campaigns themselves
// with their progress, and the commitment letters from printing to return.
package campaign

import (
	"qingfeng/model"
	"qingfeng/ui/office"
)

// Deps is what the pages of this package need from the frame. The functions
// are called on the UI goroutine and may be nil.
type Deps struct {
	office.Deps

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
