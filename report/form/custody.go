package form

import (
	"cmp"
	"io"
	"slices"
	"strconv"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/day"
	"qingfeng/model/money"
	"qingfeng/report/page"
)

// KeptLine is a handover of which something lies in a safe, or changed hands.
type KeptLine struct {
	FormNo        string
	HandedOn      day.Date
	Keeper, Place string          // who keeps it, with the second keeper
	Balances      []model.Balance // none when they are sealed to whom prints
}

// KeptPrint is what should lie in the safe, or what changed hands by a custody.
type KeptPrint struct {
	Library  *assets.Library
	Fonts    *page.Fonts // nil for the bundled ones
	Hospital model.Hospital
	Date     day.Date      // of printing
	Keeper   string        // whose safe, "" for all
	Custody  model.Custody // of the 交接单
	Kept     []KeptLine    // by keeper and place
}

var keptValues = map[string]func(KeptPrint) string{
	"on":     func(in KeptPrint) string { return chinese(in.Date) },
	"count":  func(in KeptPrint) string { return strconv.Itoa(len(in.lines())) },
	"amount": func(in KeptPrint) string { return money.Yuan(sumOf(in.lines())) },
	"upper":  func(in KeptPrint) string { return money.Upper(sumOf(in.lines())) },
	"keeper": func(in KeptPrint) string { return joined("", in.Keeper, in.Custody.Keeper) },
	"place":  later[KeptPrint],

	"form_no":      func(in KeptPrint) string { return in.Custody.FormNo },
	"moved_on":     func(in KeptPrint) string { return chinese(in.Custody.MovedOn) },
	"from_keeper":  func(in KeptPrint) string { return in.Custody.FromKeeper },
	"co_keeper":    func(in KeptPrint) string { return in.Custody.CoKeeper },
	"kept_at":      func(in KeptPrint) string { return in.Custody.KeptAt },
	"witnessed_by": func(in KeptPrint) string { return in.Custody.WitnessedBy },
	"note":         func(in KeptPrint) string { return in.Custody.Note },
}

var keptWords = vocabulary[KeptPrint, thingLine]{keptValues, thingValues}

// lines are all things, numbered through.
func (in KeptPrint) lines() []thingLine {
	var out []thingLine
	for _, k := range in.Kept {
		for _, b := range k.Balances {
			item := b.HandoverItem
			item.Quantity, item.AmountFen = b.LeftQuantity, b.LeftFen
			out = append(out, thingLine{no: len(out) + 1, formNo: k.FormNo, handedOn: k.HandedOn, HandoverItem: item, amountOnly: !b.Category.Counted()})
		}
	}
	return out
}

func sumOf(lines []thingLine) (fen int64) {
	for _, l := range lines {
		fen += l.AmountFen
	}
	return fen
}

// SafeSheet prints the 保管财物清点表: what should lie in the safe, by keeper and
// place, with columns to write in what does.
func SafeSheet(w io.Writer, in KeptPrint) ([]page.Warning, error) {
	text, err := keptWords.load(in.Library, "handover/safe")
	if err == nil {
		err = needWords(text, "group", "nowhere", "subtotal", "total", "none")
	}
	if err != nil {
		return nil, err
	}
	values := keptWords.values(in, in.Hospital)
	d := newWideDoc(in.Fonts, in.Hospital, in.Date, text.Title)
	d.Number(1)
	d.AddPage()
	sheetHead(d, in.Hospital.Name, text.Title, values.join(text.Facts))
	in.safes(d, text)
	signLines(d, values, text.Sign)
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}

// safes puts a table for each keeper and place, the last with the sum of all.
func (in KeptPrint) safes(d *page.Doc, text sheetText) {
	table := text.table(d.Area().Width)
	table.MinRow = 8
	sum := func(word string, lines []thingLine) []string {
		return totalRow(text, "", map[string]string{"form_no": text.Words[word], "amount": money.Yuan(sumOf(lines))})
	}
	all := in.lines()
	for i, n := 0, 0; i < len(in.Kept); {
		k := in.Kept[i]
		first := n
		for ; i < len(in.Kept) && in.Kept[i].Keeper == k.Keeper && in.Kept[i].Place == k.Place; i++ {
			n += len(in.Kept[i].Balances)
		}
		rows := append(keptWords.rows(text, all[first:n]), sum("subtotal", all[first:n]))
		if i == len(in.Kept) {
			rows = append(rows, sum("total", all))
			table.Foot = signRoom(text.Sign)
		}
		place := cmp.Or(k.Place, text.Words["nowhere"])
		table.Continued = placeholders{{"keeper", k.Keeper}, {"place", place}}.join([]string{text.Words["group"]})
		heading := page.Style{Face: page.Hei, Size: page.XiaoSi, Pitch: 8}
		d.Need(heading.Pitch + d.TableHeight(table, rows[:1]))
		d.Put(d.Fit(heading, d.Area().Width, heading.Pitch, table.Continued))
		d.PutTable(table, rows)
		d.Space(2)
	}
	if len(all) == 0 {
		d.PutTable(table, [][]string{totalRow(text, "", map[string]string{"particulars": text.Words["none"]})})
	}
}

// CustodySheet prints the 保管交接单 of a change of custodian.
func CustodySheet(w io.Writer, in KeptPrint) ([]page.Warning, error) {
	text, err := keptWords.load(in.Library, "handover/custody")
	if err == nil {
		err = needWords(text, "total", "sealed", "continued", "stays", "nobody")
	}
	if err != nil {
		return nil, err
	}
	values := keptWords.values(in, in.Hospital)
	d := newDoc(in.Fonts, in.Hospital, in.Date, text.Title)
	d.Number(1)
	d.AddPage()
	formHead{hospital: in.Hospital, title: text.Title}.draw(d)
	if err := corner(d, in.Custody.FormNo, false); err != nil {
		return nil, err
	}
	d.Space(fieldsUnder + 1 - d.Y())
	empty := map[string]string{"kept_at": text.Words["stays"], "co_keeper": text.Words["nobody"]}
	value := func(name string) string { return cmp.Or(keptValues[name](in), empty[name]) }
	d.Space(drawFieldValues(d, text.Fields, value, d.Y()) - d.Y())
	flowBoxes(d, slices.DeleteFunc(text.Boxes, func(b box) bool { return value(b.Value) == "" }), value, 0, d.Need)
	d.Space(3)
	lines := in.lines()
	rows := keptWords.rows(text, lines)
	if len(lines) == 0 { // sealed to whom prints
		for i, k := range in.Kept {
			rows = append(rows, totalRow(text, strconv.Itoa(i+1), map[string]string{"form_no": k.FormNo, "particulars": text.Words["sealed"]}))
		}
	} else {
		if said := values.join(text.Facts); said != "" {
			d.Text(page.Style{Face: page.FangSong, Size: page.XiaoSi, Pitch: 7, Indent: 2}, said)
			d.Space(2)
		}
		rows = append(rows, totalRow(text, text.Words["total"], map[string]string{"amount": money.Yuan(sumOf(lines))}))
	}
	table := text.table(page.TextWidth)
	table.Foot, table.Continued = signRoom(text.Sign), filledIn(values, text, "continued")
	d.PutTable(table, rows)
	signLines(d, values, text.Sign)
	_, err = d.WriteTo(w)
	return d.Warnings(), err
}
