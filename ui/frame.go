package ui

import (
	"context"
	"errors"
	"fmt"
	"image"
	"log/slog"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"qingfeng/model"
	"qingfeng/model/formno"
	"qingfeng/model/store"
	"qingfeng/ui/campaign"
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
	keyCommitments = "commitments"
	keyProfile     = "profile"
	keyCheckUp     = "checkup"
	keySettings    = "settings"
)

var navigation = []kit.NavGroup{
	{Items: []kit.NavItem{{Key: keyHome, Title: "工作台"}}},
	{Title: "基础", Items: []kit.NavItem{{Key: keyDepartments, Title: "科室"}, {Key: keyStaff, Title: "职工"}}},
	{Title: "专项行动", Items: []kit.NavItem{{Key: keyCampaigns, Title: "方案与进度"}, {Key: keyCommitments, Title: "承诺书"}}},
	{Title: "系统", Items: []kit.NavItem{{Key: keyProfile, Title: "医院概况"}, {Key: keyCheckUp, Title: "体检"}, {Key: keySettings, Title: "设置"}}},
}

// leaver is a page that may hold unsaved input.
type leaver interface{ Leave(then func()) }

// frame is the window around the pages.
type frame struct {
	*Window
	store *store.Store

	campaign  model.Campaign // in hand; ID 0 when there is none
	campaigns []model.Campaign
	ready     bool // the campaign in hand is known

	left     *fyne.Container // of the head
	hospital *kit.Label
	scanner  *kit.Label // shown on the page that takes scans
	choice   *kit.Choice
	find     *kit.Entry
	nav      *kit.SideNav
	body     *fyne.Container
	pages    map[string]kit.Page
	shown    string
}

func newFrame(w *Window, s *store.Store) *frame {
	return &frame{Window: w, store: s, pages: map[string]kit.Page{}}
}

// show builds the frame and opens 工作台.
func (f *frame) show() {
	f.hospital, f.scanner = kit.NewMuted(""), kit.NewMuted("扫码枪就绪")
	f.choice = kit.NewChoice(nil)
	f.choice.OnChanged = f.chooseCampaign
	f.find = kit.NewEntry(40)
	f.find.SetPlaceHolder("查找：姓名、拼音、工号、编号　Ctrl+K")
	f.find.OnEnter = f.findAnything
	f.nav = kit.NewSideNav(navigation, f.open)
	f.body = container.NewStack()

	f.left = kit.Beside(f.hospital, kit.Wide(250, f.choice))
	right := kit.Beside(kit.Wide(270, f.find), kit.NewDoor("帮助 F1", f.help))
	status := kit.Spread(kit.NewMuted("数据："+f.store.Folder().Dir()+"　　"+f.who()).Shorten(), kit.Beside(f.scanner, f.paintMark()))
	kit.SetContent(f.win, kit.Shell(kit.Spread(f.left, right), f.nav, f.body, status))
	f.keys()
	f.win.SetCloseIntercept(func() { f.leave(f.win.Close) })
	f.loadHead()
	f.open(keyHome)
}

// who is the account that is signed in, as the status line names it.
func (f *frame) who() string {
	a, ok := f.store.Account()
	if !ok {
		return "未登录"
	}
	return a.Label() + "　" + string(a.Role)
}

// paintMark is a dot that reports its first painting.
func (f *frame) paintMark() fyne.CanvasObject {
	done := f.opts.Painted
	mark := canvas.NewRaster(func(width, height int) image.Image {
		if done != nil {
			done()
			done = nil
		}
		return image.NewAlpha(image.Rect(0, 0, width, height))
	})
	mark.SetMinSize(fyne.NewSize(1, 1))
	return mark
}

func (f *frame) keys() {
	kit.PushKeys(f.win, kit.Keys{
		"F1":     f.help,
		"Ctrl+K": f.focusFind,
		"Ctrl+F": f.focusFind, // pages with a search field of their own come first
		"Ctrl+1": func() { f.open(keyHome) },
		"Ctrl+2": func() { f.open(keyDepartments) },
		"Ctrl+3": func() { f.open(keyStaff) },
		"Ctrl+4": func() { f.open(keyCampaigns) },
		"Ctrl+5": func() { f.open(keyCommitments) },
		"Ctrl+I": func() { f.importRoster("") },
	})
}

// loadHead fills in the hospital's name and the list of campaigns.
func (f *frame) loadHead() {
	type head struct {
		hospital  model.Hospital
		campaigns []model.Campaign
		inHand    string
	}
	kit.Run(context.Background(), func(ctx context.Context) (h head, err error) {
		if h.hospital, err = f.store.Hospital(ctx); err != nil {
			return h, err
		}
		if h.campaigns, err = f.store.Campaigns(ctx); err != nil {
			return h, err
		}
		h.inHand, err = f.store.Setting(ctx, store.CampaignInHand)
		return h, err
	}, func(h head, err error) {
		if err != nil {
			kit.ShowError(f.win, err, slog.Default())
			return
		}
		f.win.SetTitle("清风 · " + h.hospital.Name)
		f.hospital.SetText(clip(h.hospital.Name, 12) + " · " + clip(h.hospital.Office, 6) + "　") // the title bar has the whole name
		f.setCampaigns(h.campaigns, h.inHand)
	})
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
	f.left.Refresh() // the name has another width now
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
			kit.ShowError(f.win, err, slog.Default())
		}
	})
	f.refreshPages()
}

// countMissing shows beside 承诺书 how many personal letters are missing.
func (f *frame) countMissing() {
	id := f.campaign.ID
	kit.Run(context.Background(), func(ctx context.Context) (model.Rate, error) {
		if id == 0 {
			return model.Rate{}, nil
		}
		rate, _, err := f.store.CommitmentRates(ctx, id, model.PersonalCommitment)
		return rate, err
	}, func(rate model.Rate, err error) {
		if err != nil {
			kit.ShowError(f.win, err, slog.Default())
			return
		}
		f.nav.SetBadge(keyCommitments, rate.Missing)
	})
}

// refreshPages lets every page know that what it shows may be another.
func (f *frame) refreshPages() {
	f.countMissing()
	for _, p := range f.pages {
		if r, ok := p.(interface{ Refresh() }); ok {
			r.Refresh()
		}
	}
}

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

func (f *frame) swap(key string) {
	if p := f.pages[f.shown]; p != nil {
		p.Hidden()
	}
	p := f.page(key)
	f.shown = key
	f.nav.Select(key)
	if key == keyCommitments {
		f.scanner.Show()
	} else {
		f.scanner.Hide()
	}
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
	log := slog.Default()
	people := roster.Deps{Win: f.win, Store: f.store, Log: log, Changed: f.peopleChanged, OpenStaff: f.staffOf}
	letters := campaign.Deps{Win: f.win, Store: f.store, Fonts: f.fonts, Log: log,
		Campaign: func() model.Campaign { return f.campaign }, SetInHand: f.takeInHand, OnCampaigns: f.loadHead, OnCommitments: f.countMissing,
		OpenLetters: func() { f.open(keyCommitments) }}
	sys := system.Deps{Win: f.win, Store: f.store, Log: log, Fonts: f.fonts, Changed: f.loadHead}
	switch key {
	case keyDepartments:
		return roster.NewDepartments(people)
	case keyStaff:
		return roster.NewStaff(people)
	case keyCampaigns:
		return campaign.NewCampaigns(letters)
	case keyCommitments:
		return campaign.NewCommitments(letters)
	case keyProfile:
		return system.NewProfile(sys)
	case keyCheckUp:
		return system.NewCheckUp(sys)
	case keySettings:
		return system.NewSettings(sys, f.scale, f.setScale)
	}
	return newHome(f)
}

// takeInHand makes a campaign the one that the window works on.
func (f *frame) takeInHand(c model.Campaign) {
	f.choice.SetValue(strconv.FormatInt(c.ID, 10))
	f.chooseCampaign(strconv.FormatInt(c.ID, 10))
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

func (f *frame) importRoster(path string) {
	f.openThen(keyStaff, func() {
		roster.ShowImport(roster.Deps{Win: f.win, Store: f.store, Log: slog.Default(), Changed: f.peopleChanged}, path, f.peopleChanged)
	})
}

// findAnything takes what was typed into the head: a form number leads to the
// letter, anything else to the staff.
func (f *frame) findAnything(text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	no, err := formno.Parse(text)
	switch {
	case err == nil:
		f.findLetter(no.String())
		return
	case errors.Is(err, formno.ErrCheck):
		kit.Toast(f.win, fmt.Sprintf("“%s”%s", text, err), kit.Bad)
		return
	}
	f.openThen(keyStaff, func() {
		p := f.page(keyStaff).(*roster.StaffPage)
		p.ClearFilters()
		p.SetKeyword(text)
	})
}

// findLetter shows a letter, in its own campaign when that is another one.
func (f *frame) findLetter(no string) {
	kit.Run(context.Background(), func(ctx context.Context) (store.CommitmentRow, error) {
		return f.store.CommitmentByNumber(ctx, no)
	}, func(r store.CommitmentRow, err error) {
		if err != nil {
			kit.ShowError(f.win, err, slog.Default())
			return
		}
		show := func() {
			f.openThen(keyCommitments, func() {
				p := f.page(keyCommitments).(*campaign.CommitmentsPage)
				p.ShowLetter(r)
			})
		}
		other, ok := f.campaignWith(strconv.FormatInt(r.CampaignID, 10))
		if !ok || other.ID == f.campaign.ID {
			show()
			return
		}
		kit.Confirm(f.win, kit.Question{Title: "换一个专项行动？", Text: fmt.Sprintf("%s 属于“%s”，不是当前的专项行动。", no, other.Title), Yes: "换过去查看"}, func() {
			f.takeInHand(other)
			show()
		})
	})
}

func (f *frame) focusFind() { f.win.Canvas().Focus(f.find) }

func (f *frame) help() {
	kit.ShowNotice(f.win, "帮助", strings.Join([]string{
		"Ctrl+1 工作台　　Ctrl+2 科室　　Ctrl+3 职工　　Ctrl+4 方案与进度　　Ctrl+5 承诺书",
		"Ctrl+I 导入花名册　　Ctrl+K 全局查找　　Ctrl+F 在本页查找",
		"Ctrl+N 新建　　Ctrl+P 打印　　Ctrl+S 保存　　Enter 打开　　Esc 关闭",
		"在承诺书页面，用扫码枪扫纸上的二维码（或输入编号后按回车）就登记交回。",
		"查找可以用汉字、拼音首字母（zs 找张三）、工号和表单编号。",
		fmt.Sprintf("数据文件夹：%s", f.store.Folder().Dir()),
	}, "\n"))
}
