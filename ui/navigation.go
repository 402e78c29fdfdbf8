package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/campaign"
	"qingfeng/ui/handover"
	"qingfeng/ui/kit"
	"qingfeng/ui/roster"
	"qingfeng/ui/system"
)

// Keys of the pages in the navigation.
const (
	keyHome        = "home"
	keyDepartments = "departments"
	keyStaff       = "staff"
	keyCampaigns   = "campaigns"
	keySelfChecks  = "selfchecks"
	keyCommitments = "commitments"
	keyFindings    = "findings"
	keyDraws       = "draws"
	keyHandovers   = "handovers"
	keySafe        = "safe"
	keyProfile     = "profile"
	keyAccounts    = "accounts"
	keyTrail       = "trail"
	keyBackups     = "backups"
	keyCheckUp     = "checkup"
	keySettings    = "settings"
)

var navigation = []kit.NavGroup{
	{Items: []kit.NavItem{{Key: keyHome, Title: "工作台"}}},
	{Title: "基础", Items: []kit.NavItem{{Key: keyDepartments, Title: "科室"}, {Key: keyStaff, Title: "职工"}}},
	{Title: "专项行动", Items: []kit.NavItem{{Key: keyCampaigns, Title: "方案与进度"}, {Key: keySelfChecks, Title: "自查自纠"},
		{Key: keyCommitments, Title: "承诺书"}, {Key: keyFindings, Title: "问题整改"}, {Key: keyDraws, Title: "双随机抽查"}}},
	{Title: "台账", Items: []kit.NavItem{{Key: keyHandovers, Title: "红包上交"}, {Key: keySafe, Title: "保管"}}},
	{Title: "系统", Items: []kit.NavItem{{Key: keyProfile, Title: "医院概况"}, {Key: keyAccounts, Title: "账号"}, {Key: keyTrail, Title: "操作记录"},
		{Key: keyBackups, Title: "备份与恢复"}, {Key: keyCheckUp, Title: "体检"}, {Key: keySettings, Title: "设置"}}},
}

// needs is what one must be allowed to see a page at all; nothing for those
// that every role has.
var needs = map[string]model.Permission{keyAccounts: model.Manage, keyTrail: model.ReadTrail, keyBackups: model.BackUp}

// navigationOf is the navigation of the account that is signed in.
func navigationOf(s *store.Store) []kit.NavGroup {
	groups := slices.Clone(navigation)
	for i, g := range groups {
		groups[i].Items = slices.DeleteFunc(slices.Clone(g.Items), func(item kit.NavItem) bool {
			need := needs[item.Key]
			return need != "" && !s.May(need)
		})
	}
	return groups
}

// leaver is a page that may hold unsaved input.
type leaver interface{ Leave(then func()) }

// open shows a page after the one before has let go of its input.
func (f *frame) open(key string) { f.openThen(key, func() {}) }

// openThen opens a page and then does something with it, unless the page
// before keeps its input.
func (f *frame) openThen(key string, then func()) {
	if key == f.shown {
		then()
		return
	}
	f.leave(func() {
		f.swap(key)
		then()
	})
}

// leave calls then once the page that is shown has let go of its input.
func (f *frame) leave(then func()) {
	if l, ok := f.pages[f.shown].(leaver); ok {
		f.nav.Select(f.shown)
		l.Leave(then)
		return
	}
	then()
}

// scanned are the pages on which one scans paper after paper.
var scanned = []string{keyCommitments, keySelfChecks, keyHandovers, keySafe}

// showScanner says at the foot whether a scan would be taken now: a form that
// stands in the place of its register takes none.
func (f *frame) showScanner() {
	page, hasForm := f.pages[f.shown].(interface{ Filling() bool })
	filling := hasForm && page.Filling()
	visible(f.scanner, slices.Contains(scanned, f.shown) && !filling)
	f.foot.Refresh() // the rest of the line moves
}

func (f *frame) swap(key string) {
	if p := f.pages[f.shown]; p != nil {
		p.Hidden()
	}
	p := f.page(key)
	f.shown = key
	f.nav.Select(key)
	f.showScanner()
	f.body.Objects = []fyne.CanvasObject{p.Content()}
	f.body.Refresh()
	p.Shown()
}

func (f *frame) page(key string) kit.Page {
	if p := f.pages[key]; p != nil {
		return p
	}
	p := f.newPage(key)
	f.pages[key] = p
	return p
}

func (f *frame) newPage(key string) kit.Page {
	people := f.rosterDeps()
	people.OpenStaff = f.staffOf
	letters := f.campaignDeps()
	sys := f.systemDeps()
	switch key {
	case keyDepartments:
		return roster.NewDepartments(people)
	case keyStaff:
		return roster.NewStaff(people)
	case keyCampaigns:
		return campaign.NewCampaigns(letters)
	case keySelfChecks:
		return campaign.NewSelfChecks(letters)
	case keyCommitments:
		return campaign.NewCommitments(letters)
	case keyFindings:
		return campaign.NewFindings(letters)
	case keyDraws:
		return campaign.NewDraws(letters)
	case keyHandovers:
		return handover.NewHandovers(f.handoverDeps())
	case keySafe:
		return handover.NewSafe(f.handoverDeps())
	case keyProfile:
		return system.NewProfile(sys)
	case keyAccounts:
		return system.NewAccounts(sys)
	case keyTrail:
		return system.NewTrail(sys)
	case keyBackups:
		return system.NewBackups(sys, system.BackupHooks{Restore: f.restore, Changed: f.backups.renewed})
	case keyCheckUp:
		page := system.NewCheckUp(sys)
		if f.store.May(needs[keyBackups]) {
			page.OpenBackups = func() { f.open(keyBackups) }
		}
		return page
	case keySettings:
		return system.NewSettings(sys, f.scale, f.setScale)
	}
	return newHome(f)
}

func (f *frame) rosterDeps() roster.Deps {
	return roster.Deps{Deps: f.office(f.store), Changed: f.peopleChanged}
}

func (f *frame) campaignDeps() campaign.Deps {
	return campaign.Deps{Deps: f.office(f.store),
		Campaign: func() model.Campaign { return f.campaign }, SetInHand: f.takeInHand, OnCampaigns: f.loadHead, OnCommitments: f.countOpen,
		OnSelfChecks: f.countOpen, OnFindings: f.countOpen, NewFinding: f.newFinding, OpenLetters: func() { f.open(keyCommitments) },
		OpenChecks: func() { f.open(keySelfChecks) }, OpenFindings: func() { f.open(keyFindings) }}
}

func (f *frame) handoverDeps() handover.Deps {
	return handover.Deps{Deps: f.office(f.store), OnHandovers: f.countHandovers, OnForm: f.showScanner, OpenHandover: f.showHandover}
}

// showHandover shows one handover in the register.
func (f *frame) showHandover(r store.HandoverRow) {
	f.openThen(keyHandovers, func() { f.page(keyHandovers).(*handover.HandoversPage).ShowHandover(r) })
}

func (f *frame) systemDeps() system.Deps {
	return system.Deps{Deps: f.office(f.store), Changed: f.changed}
}

func (f *frame) peopleChanged() { f.refreshPages() }

// staffOf shows the staff of one department.
func (f *frame) staffOf(departmentID int64) {
	p := f.page(keyStaff).(*roster.StaffPage)
	f.openThen(keyStaff, func() {
		p.ClearFilters()
		p.SetDepartment(departmentID)
	})
}

// newFinding opens the register of findings with a form for a new one.
func (f *frame) newFinding(preset model.Finding) {
	f.openThen(keyFindings, func() { f.page(keyFindings).(*campaign.FindingsPage).New(preset) })
}

func (f *frame) importRoster(path string) {
	if !f.store.May(model.Write) {
		return
	}
	f.openThen(keyStaff, func() {
		roster.ShowImport(f.rosterDeps(), path, f.peopleChanged)
	})
}
