package store

import (
	"context"
	"strings"

	"gorm.io/gorm"

	"qingfeng/model"
	"qingfeng/model/day"
)

// DrawRequest says what to draw.
type DrawRequest struct {
	CampaignID  int64
	Seed        string
	From, To    day.Date // both halves of each working day are drawn from
	Picks       int      // how many departments
	PerVisit    int      // inspectors to a visit, 0 for none named
	Inspectors  []model.Inspector
	Fair        bool    // nobody twice until all had their turn
	Departments []int64 // nil for all open ones
	DrawnBy     string  // "" for whoever is signed in
	Witness     string
}

// longestDraw is the longest stretch to draw from, in days; more is a slip.
const longestDraw = 366

// draw is the request as a draw from a pool, checked.
func (r DrawRequest) draw(pool model.Pool, account string, today day.Date) (model.Draw, error) {
	d := model.Draw{CampaignID: r.CampaignID, Seed: strings.TrimSpace(r.Seed), DrawnOn: today, DrawnBy: model.TidyName(r.DrawnBy),
		Witness: model.TidyName(r.Witness), Pool: pool}
	if d.DrawnBy == "" {
		d.DrawnBy = account
	}
	for _, x := range []struct{ label, text string }{{"抽取人", d.DrawnBy}, {"见证人", d.Witness}} {
		if msg := model.BadText(x.text, model.MaxShort); msg != "" {
			return d, model.Errorf(model.Invalid, "%s%s", x.label, msg)
		}
	}
	if d.Witness == d.DrawnBy {
		return d, model.Errorf(model.Invalid, "抽取人和见证人不能是同一个人（%s）", d.Witness)
	}
	return d, nil
}

// DrawPool is what a request draws from: the departments, both halves of each
// working day, the inspectors. A year without a table of holidays is an error.
func (s *Store) DrawPool(ctx context.Context, r DrawRequest) (model.Pool, error) {
	pool, err := s.drawPool(s.read(ctx), r)
	return pool, faultOf(err)
}

func (s *Store) drawPool(db *gorm.DB, r DrawRequest) (model.Pool, error) {
	pool := model.Pool{Picks: r.Picks, PerVisit: r.PerVisit}
	_, err := findCampaign(db, r.CampaignID)
	if err == nil {
		pool.Departments, err = poolDepartments(db, r)
	}
	if err == nil {
		pool.Slots, err = s.slots(r.From, r.To)
	}
	if err == nil {
		pool.Inspectors, err = inspectors(db, r.Inspectors)
	}
	return pool, err
}

// poolDepartments are the departments that may be drawn, in the office's
// order, with how often the campaign drew them before if that counts.
func poolDepartments(db *gorm.DB, r DrawRequest) ([]model.PoolDepartment, error) {
	q := db.Table("department d").Where("d.closed_on = ''").Order("d.sort_order, d.id")
	if r.Departments != nil {
		q = q.Where("d.id IN ?", r.Departments)
	}
	if r.Fair {
		q = q.Select(`d.id, d.name, (SELECT COUNT(*) FROM pick p JOIN draw w ON w.id = p.draw_id
			WHERE p.department_id = d.id AND w.campaign_id = ? AND w.voided_on = '') AS times`, r.CampaignID)
	} else {
		q = q.Select("d.id, d.name, 0 AS times")
	}
	var out []model.PoolDepartment
	if err := q.Find(&out).Error; err != nil {
		return nil, err
	}
	found := map[int64]bool{}
	for _, d := range out {
		found[d.ID] = true
	}
	for _, id := range r.Departments {
		if found[id] {
			continue
		}
		d, err := findDepartment(db, id)
		if err != nil {
			return nil, err
		}
		return nil, model.Errorf(model.Conflict, "%s 已于 %s 撤销，不能抽取", d.Name, d.ClosedOn)
	}
	return out, nil
}

// slots are both halves of each working day of a stretch.
func (s *Store) slots(from, to day.Date) ([]model.Slot, error) {
	switch today := s.Today(); {
	case !from.Valid() || !to.Valid() || to < from:
		return nil, model.Errorf(model.Invalid, "检查日期 %s 至 %s 不是一段日期", from, to)
	case from < today:
		return nil, model.Errorf(model.Invalid, "检查日期从 %s 开始，已经过去（今天 %s），请改正", from, today)
	case to.Time().Sub(from.Time()).Hours() > longestDraw*24:
		return nil, model.Errorf(model.Invalid, "检查日期 %s 至 %s 超过一年，请缩短", from, to)
	}
	calendar, err := s.Calendar()
	if err != nil {
		return nil, err
	}
	var out []model.Slot
	for d := from; d <= to; d = day.Of(d.Time().AddDate(0, 0, 1)) {
		worked, err := calendar.IsWorkday(d)
		if err != nil {
			return nil, model.Errorf(model.Invalid, "%v", err)
		}
		if !worked {
			continue
		}
		for _, half := range model.Halves {
			out = append(out, model.Slot{Day: d, Half: half})
		}
	}
	return out, nil
}

// inspectors are the given ones, those of our own staff with their department,
// so that nobody inspects it. Of two people of one name the department in
// brackets behind it, as in 张三（急诊科）, says who it is.
func inspectors(db *gorm.DB, given []model.Inspector) ([]model.Inspector, error) {
	var out []model.Inspector
	for _, i := range given {
		i.Name = model.TidyDepartment(i.Name) // brackets in one spelling
		if i.Name == "" {
			continue
		}
		if msg := model.BadText(i.Name, model.MaxShort); msg != "" {
			return nil, model.Errorf(model.Invalid, "检查人%s", msg)
		}
		if i.DepartmentID == 0 {
			var err error
			if i.DepartmentID, err = departmentOf(db, i.Name); err != nil {
				return nil, err
			}
		}
		out = append(out, i)
	}
	return out, nil
}

// departmentOf is the department of the one who works here under a name, 0 for
// somebody from outside.
func departmentOf(db *gorm.DB, inspector string) (int64, error) {
	name, remark, _ := strings.Cut(inspector, "（")
	var homes []struct {
		ID   int64
		Name string
	}
	err := db.Raw(`SELECT DISTINCT d.id, d.name FROM staff s JOIN department d ON d.id = s.department_id
		WHERE s.name = ? AND s.left_on = ''`, name).Scan(&homes).Error
	if err != nil || len(homes) == 0 {
		return 0, err
	}
	for _, h := range homes {
		if len(homes) == 1 || h.Name == strings.TrimSuffix(remark, "）") {
			return h.ID, nil
		}
	}
	return 0, model.Errorf(model.Invalid, "有 %d 个科室有叫“%s”的职工，请写成“%s（%s）”这样", len(homes), name, name, homes[0].Name)
}
