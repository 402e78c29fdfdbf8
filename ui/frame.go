package ui

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
	"qingfeng/ui/system"
)

// frame is the window around the pages, for one account.
type frame struct {
	*Window
	store   *store.Store
	account model.Account

	campaign  model.Campaign // in hand; ID 0 when there is none
	campaigns []model.Campaign
	ready     bool // the campaign in hand is known

	top      *fyne.Container // the head
	foot     *fyne.Container // the status line
	hospital *kit.Label
	scanner  *kit.Label // shown on the page that takes scans
	choice   *kit.Choice
	find     *kit.Entry
	user     *kit.Button
	whose    *kit.Label // in the status line
	backups  *backupLine
	nav      *kit.SideNav
	body     *fyne.Container
	pages    map[string]kit.Page
	shown    string

	idle          *kit.IdleWatch // locks the window
	pause         *kit.IdleWatch // looks whether a new day has begun
	day           day.Date
	locked        bool
	unsavedBehind bool // something would be lost with what the lock hides
	ended         bool // another frame has taken its place
	dropKeys      func()
}

func newFrame(w *Window, s *store.Store, a model.Account) *frame {
	return &frame{Window: w, store: s, account: a, pages: map[string]kit.Page{}, day: s.Today()}
}

// show builds the frame and opens 工作台.
func (f *frame) show() {
	f.hospital, f.scanner = kit.NewMuted(""), kit.NewMuted("扫码枪就绪")
	f.choice = kit.NewChoice(nil)
	f.choice.OnChanged = f.chooseCampaign
	f.find = kit.NewEntry(40)
	f.find.SetPlaceHolder("查找：姓名、工号、编号　Ctrl+K")
	f.find.OnEnter = func(text string) {
		f.focusFind() // the next number that is scanned takes the place of this one
		f.findAnything(text)
	}
	f.user = kit.NewMenuButton(office.Shorten(f.account.Name, 6), f.userMenu)
	f.nav = kit.NewSideNav(navigationOf(f.store), f.open)
	f.body = container.NewStack()

	right := kit.Beside(kit.Wide(225, f.find), kit.NewDoor("帮助 F1", f.help), f.user)
	f.top = kit.Spread(kit.Beside(f.hospital, kit.Wide(240, f.choice)), right)
	kit.SetContent(f.win, kit.Shell(f.top, f.nav, f.body, f.status()))
	f.keys()
	f.win.SetCloseIntercept(f.closeWindow)
	f.idle = kit.WatchIdle(f.win, 0, func() { f.lock(true) })
	f.pause = kit.WatchIdle(f.win, time.Minute, f.lookAtDay)
	f.loadHead()
	f.open(keyHome)
	f.backups.makeIfDue()
	f.tellWhatIsOpen()
}

// status is the line at the foot of the window.
func (f *frame) status() fyne.CanvasObject {
	f.backups = newBackupLine(f)
	f.whose = kit.NewMuted(f.who())
	end := kit.Beside(f.scanner, f.whose, f.backups.label, f.paintMark())
	f.foot = kit.Spread(kit.NewMuted("数据："+f.store.Folder().Dir()).Shorten(), end)
	return f.foot
}

// who is the account as the window names it.
func (f *frame) who() string {
	return office.Shorten(f.account.Name, 6) + "（" + string(f.account.Role) + "）"
}

// end takes down what the frame has put into the window; another follows.
func (f *frame) end() {
	f.ended = true
	if p := f.pages[f.shown]; p != nil {
		p.Hidden()
	}
	f.dropKeys()
	f.idle.Stop()
	f.pause.Stop()
	f.win.SetCloseIntercept(nil)
	kit.Dismiss(f.win)
}

// fail tells that something went wrong, unless nobody may see it: what is read
// for a locked window is refused.
func (f *frame) fail(err error) {
	if !f.ended && !f.locked {
		kit.ShowError(f.win, err, slog.Default())
	}
}

func (f *frame) userMenu() []kit.MenuItem {
	return []kit.MenuItem{
		{Label: f.account.Label() + "　" + string(f.account.Role), Disabled: true},
		{Label: "修改密码…", Run: func() { system.ShowOwnPassword(f.systemDeps()) }},
		{Label: "锁定", Key: "Ctrl+L", Run: func() { f.lock(false) }},
		{Label: "退出登录", Run: f.leaveOffice},
	}
}

func (f *frame) keys() {
	dropLock := kit.PushAlwaysKeys(f.win, kit.Keys{"Ctrl+L": func() { f.lock(false) }})
	dropKeys := kit.PushKeys(f.win, kit.Keys{
		"F1":     f.help,
		"Ctrl+K": f.focusFind,
		"Ctrl+F": f.focusFind, // pages with a search field of their own come first
		"Ctrl+1": func() { f.open(keyHome) },
		"Ctrl+2": func() { f.open(keyDepartments) },
		"Ctrl+3": func() { f.open(keyStaff) },
		"Ctrl+4": func() { f.open(keyCampaigns) },
		"Ctrl+5": func() { f.open(keySelfChecks) },
		"Ctrl+6": func() { f.open(keyCommitments) },
		"Ctrl+7": func() { f.open(keyFindings) },
		"Ctrl+8": func() { f.open(keyDraws) },
		"Ctrl+9": func() { f.open(keyHandovers) },
		"Ctrl+I": func() { f.importRoster("") },
	})
	f.dropKeys = func() { dropKeys(); dropLock() }
}

// head is what the frame itself shows of the office, and the settings it keeps.
type head struct {
	hospital  model.Hospital
	campaigns []model.Campaign
	inHand    string
	idle      string
	second    string // folder of backups
}

// loadHead fills in the hospital's name and the list of campaigns, and takes
// the settings that concern the window.
func (f *frame) loadHead() {
	kit.Run(context.Background(), f.readHead, func(h head, err error) {
		if err != nil {
			f.fail(err)
			return
		}
		if f.ended {
			return
		}
		f.win.SetTitle("清风 · " + h.hospital.Name)
		f.hospital.SetText(office.Shorten(h.hospital.Name, 12) + " · " + office.Shorten(h.hospital.Office, 6) + "　") // the title bar has the whole name
		f.idle.SetAfter(idleTime(h.idle))
		f.app.Preferences().SetString(secondFolder, h.second)
		f.setCampaigns(h.campaigns, h.inHand)
	})
}

func (f *frame) readHead(ctx context.Context) (h head, err error) {
	if h.hospital, err = f.store.Hospital(ctx); err != nil {
		return h, err
	}
	if h.campaigns, err = f.store.Campaigns(ctx); err != nil {
		return h, err
	}
	for key, value := range map[string]*string{store.CampaignInHand: &h.inHand, store.IdleMinutes: &h.idle, store.BackupFolder: &h.second} {
		if *value, err = f.store.Setting(ctx, key); err != nil {
			return h, err
		}
	}
	return h, nil
}

// idleTime is after what time without input the window locks, 0 for never.
func idleTime(setting string) time.Duration {
	minutes, err := strconv.Atoi(setting)
	if err != nil {
		minutes = store.UsualIdleMinutes
	}
	return time.Duration(minutes) * time.Minute
}

// changed takes new settings, a new profile, or another role of the account.
func (f *frame) changed() {
	a, ok := f.store.Account()
	switch {
	case !ok:
	case a.Role != f.account.Role:
		f.end()
		f.work(f.store, false)
	default:
		f.account = a
		f.user.SetLabel(office.Shorten(a.Name, 6))
		f.whose.SetText(f.who())
		f.loadHead()
		f.backups.load()
	}
}

func (f *frame) setCampaigns(campaigns []model.Campaign, inHand string) {
	f.campaigns = campaigns
	options := make([]kit.Option, len(campaigns))
	for i, c := range campaigns {
		options[i] = kit.Option{Value: strconv.FormatInt(c.ID, 10), Text: c.Title}
	}
	f.choice.SetOptions(options)
	if _, ok := f.campaignWith(inHand); !ok && len(campaigns) > 0 {
		inHand = options[0].Value
	}
	f.choice.SetValue(inHand)
	f.campaign, _ = f.campaignWith(inHand)
	f.ready = true
	f.top.Refresh() // the name has another width now
	f.refreshPages()
}

func (f *frame) campaignWith(id string) (model.Campaign, bool) {
	for _, c := range f.campaigns {
		if strconv.FormatInt(c.ID, 10) == id {
			return c, true
		}
	}
	return model.Campaign{}, false
}

// chooseCampaign takes another campaign in hand and remembers it.
func (f *frame) chooseCampaign(id string) {
	c, ok := f.campaignWith(id)
	if !ok || c == f.campaign {
		return
	}
	f.campaign = c
	kit.Run(context.Background(), func(ctx context.Context) (struct{}, error) {
		return struct{}{}, f.store.SaveSetting(ctx, store.CampaignInHand, id)
	}, func(_ struct{}, err error) {
		if err != nil {
			f.fail(err)
		}
	})
	f.refreshPages()
}

// openCounts is what the badges of the navigation count.
type openCounts struct{ selfChecks, letters, overdue int }

// countOpen shows beside 自查自纠 and 承诺书 how many personal papers are
// missing, and beside 问题整改 how many findings are overdue.
func (f *frame) countOpen() {
	id := f.campaign.ID
	kit.Run(context.Background(), func(ctx context.Context) (o openCounts, err error) {
		if id == 0 {
			return o, nil
		}
		letters, _, err := f.store.CommitmentRates(ctx, id, model.PersonalCommitment)
		if err != nil {
			return o, err
		}
		selfChecks, _, err := f.store.SelfCheckRates(ctx, id, model.PersonalSelfCheck)
		if err != nil {
			return o, err
		}
		findings, err := f.store.FindingCounts(ctx, id)
		return openCounts{selfChecks.Missing, letters.Missing, findings.Overdue}, err
	}, func(o openCounts, err error) {
		if err != nil {
			f.fail(err)
			return
		}
		if id != f.campaign.ID {
			return // another was taken in hand meanwhile
		}
		f.nav.SetBadge(keySelfChecks, o.selfChecks)
		f.nav.SetBadge(keyCommitments, o.letters)
		f.nav.SetBadge(keyFindings, o.overdue)
	})
}

// countHandovers shows beside 红包上交 how many are not disposed of.
func (f *frame) countHandovers() {
	kit.Run(context.Background(), f.store.HandoverCounts, func(n store.HandoverCounts, err error) {
		if err != nil {
			f.fail(err)
			return
		}
		f.nav.SetBadge(keyHandovers, n.Open)
	})
}

// refreshPages lets every page know that what it shows may be another.
func (f *frame) refreshPages() {
	f.countOpen()
	f.countHandovers()
	for _, p := range f.pages {
		if r, ok := p.(interface{ Refresh() }); ok {
			r.Refresh()
		}
	}
}

// takeInHand makes a campaign the one that the window works on.
func (f *frame) takeInHand(c model.Campaign) {
	f.choice.SetValue(strconv.FormatInt(c.ID, 10))
	f.chooseCampaign(strconv.FormatInt(c.ID, 10))
}
