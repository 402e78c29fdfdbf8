package handover

import (
	"context"
	"slices"

	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// circumstances are the fields of a handover that are no money and no custody,
// which the form for a new one and that for changing one share.
type circumstances struct {
	page *HandoversPage
	form *kit.Form // set once the fields stand in one

	anonymous         bool
	person            *kit.Picker
	received, handed  *kit.MomentField
	occasion          *kit.Choice
	giver             *kit.Segmented
	patient           *kit.Entry
	admissionNo, bed  *kit.Entry
	giverName, agent  *kit.Entry
	company           *kit.Picker
	story, bystanders *kit.Entry
	remark            *kit.Entry
	receivedBy        *kit.WordField
	witnessedBy       *kit.WordField
	judged            int         // questions asked about the limit
	named             model.Giver // the kind of giver on file who has a name besides, "" for none
}

func newCircumstances(p *HandoversPage, used words) *circumstances {
	c := &circumstances{page: p}
	s := p.deps.Store
	c.person = kit.NewPicker(office.SuggestPeople(s, nil))
	c.person.SetPlaceHolder(office.PersonPrompt)
	c.received, c.handed = kit.NewMomentField(), kit.NewMomentField()
	c.occasion = kit.NewChoice(office.Options(model.Occasions))
	c.giver = kit.NewSegmented(office.Options(model.Givers))
	c.patient, c.giverName, c.agent = kit.NewEntry(model.MaxName), kit.NewEntry(model.MaxName), kit.NewEntry(model.MaxName)
	c.admissionNo, c.bed = kit.NewEntry(model.MaxShort), kit.NewEntry(model.MaxEmployeeNo)
	c.company = office.NewNamePicker(office.SuggestNames(func(ctx context.Context, text string) ([]string, error) {
		return s.SupplierNames(ctx, text, companiesOffered)
	}))
	c.company.SetPlaceHolder("输入名称，没有登记过的按输入的填写")
	c.story, c.bystanders, c.remark = kit.NewMultiEntry(model.MaxNote, 3), kit.NewEntry(model.MaxShort), kit.NewEntry(model.MaxNote)
	c.receivedBy, c.witnessedBy = kit.NewWordField(model.MaxName, used.receivers...), kit.NewWordField(model.MaxName, used.witnesses...)
	c.received.OnTime = func(day.Moment) { c.judge() }
	c.handed.OnTime = func(day.Moment) { c.judge() }
	c.giver.OnChanged = func(string) { c.fitGiver() }
	return c
}

const companiesOffered = 12

// fill puts what is on file into the fields.
func (c *circumstances) fill(h model.Handover, person kit.Suggestion) {
	c.anonymous = h.Anonymous
	if h.GiverName != "" {
		c.named = h.Giver
	}
	c.person.SetChosen(person)
	c.received.SetMoment(h.ReceivedAt)
	c.handed.SetMoment(h.HandedAt)
	c.occasion.SetValue(h.Occasion)
	c.giver.SetValue(string(h.Giver))
	c.company.SetChosen(kit.Suggestion{Text: h.Company})
	for field, text := range map[*kit.Entry]string{
		c.patient: h.Patient, c.admissionNo: h.AdmissionNo, c.bed: h.Bed, c.giverName: h.GiverName, c.agent: h.Agent,
		c.story: h.Story, c.bystanders: h.Bystanders, c.remark: h.Remark,
	} {
		field.SetText(text)
	}
	c.receivedBy.SetText(h.ReceivedBy)
	c.witnessedBy.SetText(h.WitnessedBy)
}

// who are the fields of who hands in, and when.
func (c *circumstances) who() []kit.FormItem {
	return []kit.FormItem{
		kit.Field{Key: "StaffID", Label: "上交人", Required: true, Input: c.person},
		kit.Field{Key: "ReceivedAt", Label: "收受时间", Required: true, Input: c.received},
		kit.Field{Key: "HandedAt", Label: "上交时间", Required: true, Input: c.handed},
		kit.Field{Key: "Occasion", Label: "情形", Required: true, Input: c.occasion},
	}
}

// from are the fields of who gave, and how.
func (c *circumstances) from() []kit.FormItem {
	return []kit.FormItem{
		kit.Field{Key: "Giver", Label: "送方类别", Required: true, Input: c.giver},
		kit.Field{Key: "Company", Label: "企业", Required: true, Input: c.company},
		kit.Field{Key: "Agent", Label: "企业代表", Input: c.agent},
		kit.Field{Key: "GiverName", Label: "送方姓名", Input: c.giverName},
		kit.Field{Key: "Patient", Label: "患者姓名", Input: c.patient},
		kit.Field{Key: "AdmissionNo", Label: "住院号", Input: c.admissionNo},
		kit.Field{Key: "Bed", Label: "床号", Input: c.bed},
		kit.Field{Key: "Story", Label: "地点和经过", Input: c.story},
		kit.Field{Key: "Bystanders", Label: "证明人", Input: c.bystanders},
	}
}

// placed tells the fields in which form they stand.
func (c *circumstances) placed(f *kit.Form) {
	c.form = f
	c.fitManner()
	c.fitGiver()
	c.judge()
}

// fitManner shows the person of those who give their name. Of the others
// nothing is kept in the window either.
func (c *circumstances) fitManner() {
	if c.anonymous {
		c.person.SetChosen(kit.Suggestion{})
	}
	c.form.SetVisible("StaffID", !c.anonymous)
	c.form.SetRequired("ReceivedAt", !c.anonymous)
}

// giverFields are the fields that belong to the kinds of givers. A patient is
// the giver himself.
var giverFields = map[model.Giver][]string{
	model.FromPatient: {"Patient", "AdmissionNo", "Bed"},
	model.FromFamily:  {"GiverName", "Patient", "AdmissionNo", "Bed"},
	model.FromCompany: {"Company", "Agent"},
}

func (c *circumstances) shows(key string) bool {
	now := model.Giver(c.giver.Value())
	return slices.Contains(giverFields[now], key) || key == "GiverName" && now != "" && now == c.named
}

func (c *circumstances) fitGiver() {
	for _, key := range []string{"Company", "Agent", "GiverName", "Patient", "AdmissionNo", "Bed"} {
		c.form.SetVisible(key, c.shows(key))
	}
}

// judge tells below the times at once whether the handover comes in time.
func (c *circumstances) judge() {
	if c.form == nil {
		return // still being filled in
	}
	c.judged++
	asked := c.judged
	received, handed := c.received.Moment(), c.handed.Moment()
	if handed == "" || received == "" && !c.anonymous {
		c.form.SetHint("HandedAt", "", kit.Neutral)
		return
	}
	type answer struct {
		timeliness model.Timeliness
		why        string
	}
	kit.Run(context.Background(), func(ctx context.Context) (answer, error) {
		t, why, err := c.page.deps.Store.JudgeHandover(ctx, received, handed)
		return answer{t, why}, err
	}, func(a answer, err error) {
		switch {
		case asked != c.judged:
		case err != nil:
			c.form.SetHint("HandedAt", "", kit.Neutral)
			c.page.deps.Log.Error("judge handover", "err", err)
		default:
			c.form.SetHint("HandedAt", a.why, timelinessTones[a.timeliness])
		}
	})
}

// sayNames tells at once when one person stands where two have to: below the
// names, once there are any.
func (c *circumstances) sayNames(h model.Handover, more ...string) {
	found := office.FieldMessages(h.Validate())
	hander := office.FieldMessages(h.CheckHander(c.person.Chosen().Text))
	values := map[string]string{"ReceivedBy": h.ReceivedBy, "WitnessedBy": h.WitnessedBy, "CoKeeper": h.CoKeeper}
	for _, key := range append([]string{"ReceivedBy", "WitnessedBy"}, more...) {
		if values[key] == "" {
			continue // that it is missing is told when one saves
		}
		message := found[key]
		if c.person.ID() != 0 && message == "" {
			message = hander[key]
		}
		c.form.SetError(key, message)
	}
}

// value is h with what stands in the fields; what is not shown is not kept.
func (c *circumstances) value(h model.Handover) model.Handover {
	h.Anonymous, h.StaffID = c.anonymous, c.person.ID()
	if c.anonymous {
		h.StaffID, h.DepartmentID = 0, 0
	}
	h.ReceivedAt, h.HandedAt, h.Occasion = c.received.Moment(), c.handed.Moment(), c.occasion.Value()
	h.Giver = model.Giver(c.giver.Value())
	given := func(key, text string) string {
		if !c.shows(key) {
			return ""
		}
		return text
	}
	h.Company, h.Agent, h.GiverName = given("Company", c.company.Chosen().Text), given("Agent", c.agent.Value()), given("GiverName", c.giverName.Value())
	h.Patient, h.AdmissionNo, h.Bed = given("Patient", c.patient.Value()), given("AdmissionNo", c.admissionNo.Value()), given("Bed", c.bed.Value())
	h.Story, h.Bystanders, h.Remark = c.story.Value(), c.bystanders.Value(), c.remark.Value()
	h.ReceivedBy, h.WitnessedBy = c.receivedBy.Value(), c.witnessedBy.Value()
	return h
}

// words are what was written into a field before, the latest first.
type words struct{ receivers, witnesses, keepers, coKeepers, places []string }

// How many handovers are looked through for words, and how many are offered.
const (
	wordsFrom    = 200
	wordsOffered = 12
)

// usedWords are the names and places of the latest handovers. Nobody who handed
// in is among them.
func usedWords(ctx context.Context, s *store.Store) (words, error) {
	found, err := s.Handovers(ctx, store.HandoverFilter{}, store.Page{Sort: "handed_at", Desc: true, Limit: wordsFrom})
	var w words
	for _, r := range found.Items {
		remember(&w.receivers, r.ReceivedBy)
		remember(&w.witnesses, r.WitnessedBy)
		remember(&w.keepers, r.Keeper)
		remember(&w.coKeepers, r.CoKeeper)
		remember(&w.places, r.KeptAt)
	}
	return w, err
}

func remember(all *[]string, word string) {
	if word == "" || len(*all) >= wordsOffered {
		return
	}
	if !slices.Contains(*all, word) {
		*all = append(*all, word)
	}
}
