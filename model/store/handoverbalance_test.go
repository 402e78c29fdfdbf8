package store

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"qingfeng/model"
	"qingfeng/model/formno"
)

// ledger is what one handover should come to, kept by plain adding beside the
// store.
type ledger struct {
	id       int64
	void     bool
	items    map[int64]*[2]int64 // of standing items: pieces and fen that are left
	whole    map[int64][2]int64  // the same as they came in
	out      map[int64]model.Disposition
	receipts int
	inForce  bool
}

func (l *ledger) sums() (amount, left int64) {
	for id, i := range l.items {
		amount += l.whole[id][1]
		left += i[1]
	}
	return amount, left
}

// refused ends the test unless err is a sentence that refuses.
func refused(t *rapid.T, what string, err error) {
	if code := model.CodeOf(err); code != model.Conflict && code != model.Invalid {
		t.Fatalf("%s: %v", what, err)
	}
}

// Random handovers are registered, disposed of, corrected, reversed, voided and
// given receipts, rightly and wrongly, one after the other. After each step the
// store says what plain adding says; at the end no number is missing or used
// twice, and 体检 finds nothing.
func TestHandoverSequencesBalance(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	numbers := map[string]bool{}
	take := func(t *rapid.T, no string) {
		if numbers[no] || no == "" {
			t.Fatalf("number %q was given twice", no)
		}
		numbers[no] = true
	}
	rapid.Check(t, func(t *rapid.T) {
		var all []*ledger
		for range rapid.IntRange(1, 14).Draw(t, "steps") {
			action := rapid.SampledFrom([]string{"register", "dispose", "dispose", "reverse", "correct", "void", "receipt", "void receipt"}).Draw(t, "action")
			if action == "register" || len(all) == 0 {
				all = append(all, registerRandom(t, s, people, take))
				continue
			}
			l := all[rapid.IntRange(0, len(all)-1).Draw(t, "which")]
			switch action {
			case "dispose":
				l.dispose(t, s, take)
			case "reverse":
				l.reverse(t, s, take)
			case "correct":
				l.correct(t, s)
			case "void":
				err := s.VoidHandover(ctx, l.id, "登记错")
				if amount, left := l.sums(); l.void || amount != left {
					refused(t, "void", err)
				} else if err != nil {
					t.Fatal(err)
				} else {
					l.void, l.inForce = true, false
				}
			case "receipt":
				r, err := s.IssueReceipt(ctx, l.id)
				switch {
				case l.void:
					refused(t, "receipt", err)
				case err != nil:
					t.Fatal(err)
				case !l.inForce:
					take(t, r.FormNo)
					l.inForce = true
					l.receipts++
				}
				if amount, _ := l.sums(); err == nil && r.AmountFen != amount {
					t.Fatalf("a receipt of %d for %d", r.AmountFen, amount)
				}
			case "void receipt":
				d, err := s.HandoverDetail(ctx, l.id)
				for _, r := range d.Receipts {
					if err == nil && !r.Voided() {
						err = s.VoidReceipt(ctx, r.ID, "打印错")
						l.inForce = false
					}
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			l.compare(t, s)
		}
	})
	var given []register
	ok(t, s.reader.Raw(`SELECT prefix, year, last FROM numbering`).Scan(&given).Error)
	seen := map[formno.No]bool{}
	for no := range numbers {
		n, err := formno.Parse(no)
		ok(t, err)
		seen[n] = true
	}
	for _, g := range given {
		if holes := g.holes(seen); g.Prefix[0] == 'H' && len(holes) > 0 {
			t.Errorf("numbers were skipped: %v", holes)
		}
	}
	wantSound(t, s)
}

func randomItem(t *rapid.T) model.HandoverItem {
	i := model.HandoverItem{Category: rapid.SampledFrom(model.ItemCategories).Draw(t, "category"), Particulars: "某物", Quantity: rapid.IntRange(1, 4).Draw(t, "pieces")}
	i.AmountFen = int64(i.Quantity) * rapid.Int64Range(1, 1_000_000).Draw(t, "fen each")
	return i
}

func registerRandom(t *rapid.T, s *Store, people []int64, take func(*rapid.T, string)) *ledger {
	h, _ := aHandover(people[0])
	if rapid.Bool().Draw(t, "anonymous") {
		h.Anonymous, h.StaffID = true, 0
	}
	var items []model.HandoverItem
	for range rapid.IntRange(1, 4).Draw(t, "items") {
		items = append(items, randomItem(t))
	}
	id, no, err := s.RegisterHandover(context.Background(), h, items)
	if err != nil {
		t.Fatal(err)
	}
	take(t, no)
	l := &ledger{id: id, items: map[int64]*[2]int64{}, whole: map[int64][2]int64{}, out: map[int64]model.Disposition{}}
	l.standing(t, s)
	var want int64
	for _, i := range items {
		want += i.AmountFen
	}
	if amount, _ := l.sums(); amount != want {
		t.Fatalf("%d was registered for %d", amount, want)
	}
	return l
}

// standing takes new items over and drops those that a counter-entry took back.
func (l *ledger) standing(t *rapid.T, s *Store) {
	d, err := s.HandoverDetail(context.Background(), l.id)
	if err != nil {
		t.Fatal(err)
	}
	back := map[int64]bool{}
	for _, i := range d.Entries {
		back[i.CorrectsID] = true
	}
	for _, i := range d.Entries {
		_, known := l.items[i.ID]
		switch {
		case i.CorrectsID != 0:
		case back[i.ID]:
			delete(l.items, i.ID)
		case !known:
			l.whole[i.ID] = [2]int64{int64(i.Quantity), i.AmountFen}
			l.items[i.ID] = &[2]int64{int64(i.Quantity), i.AmountFen}
			if !i.Category.Counted() {
				l.items[i.ID][0] = 0
			}
		}
	}
}

func (l *ledger) pick(t *rapid.T) int64 {
	ids := make([]int64, 0, len(l.items))
	for id := range l.items {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return rapid.SampledFrom(ids).Draw(t, "item")
}

func (l *ledger) dispose(t *rapid.T, s *Store, take func(*rapid.T, string)) {
	id := l.pick(t)
	left := l.items[id]
	line := model.DispositionLine{ItemID: id, Quantity: int(left[0]), AmountFen: left[1]}
	if rapid.Bool().Draw(t, "part") {
		line.AmountFen = rapid.Int64Range(0, left[1]+1).Draw(t, "fen")
		line.Quantity = int(rapid.Int64Range(0, left[0]+1).Draw(t, "pieces"))
	}
	counted := left[0] > 0
	right := !l.void && line.AmountFen > 0 && line.AmountFen <= left[1]
	if counted {
		right = right && line.Quantity > 0 && int64(line.Quantity) <= left[0] && (int64(line.Quantity) == left[0]) == (line.AmountFen == left[1])
	} else {
		right = right && line.Quantity == 0
	}
	d := model.Disposition{HandoverID: l.id, Kind: model.ReturnedToGiver, DisposedOn: "2026-08-11", AmountFen: line.AmountFen, Approver: "王院长",
		HandledBy: "李某", Signer: "贾某某", Lines: []model.DispositionLine{line}}
	did, no, err := s.Dispose(context.Background(), d)
	if !right {
		refused(t, fmt.Sprintf("dispose %+v of %v", line, *left), err)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	take(t, no)
	l.out[did] = d
	left[0], left[1] = left[0]-int64(line.Quantity), left[1]-line.AmountFen
}

func (l *ledger) reverse(t *rapid.T, s *Store, take func(*rapid.T, string)) {
	ids := make([]int64, 0, len(l.out))
	for id := range l.out {
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return
	}
	slices.Sort(ids)
	id := rapid.SampledFrom(ids).Draw(t, "disposition")
	no, err := s.ReverseDisposition(context.Background(), id, "填错")
	if err != nil {
		t.Fatal(err)
	}
	take(t, no)
	for _, line := range l.out[id].Lines {
		l.items[line.ItemID][0] += int64(line.Quantity)
		l.items[line.ItemID][1] += line.AmountFen
	}
	delete(l.out, id)
	if _, err := s.ReverseDisposition(context.Background(), id, "再来一次"); err == nil {
		t.Fatal("reversed twice")
	}
}

func (l *ledger) correct(t *rapid.T, s *Store) {
	var wrong []int64
	var right []model.HandoverItem
	touched := false
	if rapid.Bool().Draw(t, "take back") {
		wrong = []int64{l.pick(t)}
		touched = l.items[wrong[0]][1] != l.whole[wrong[0]][1]
	}
	if rapid.Bool().Draw(t, "put in") {
		right = []model.HandoverItem{randomItem(t)}
	}
	before, _ := l.sums()
	err := s.CorrectHandover(context.Background(), l.id, wrong, right, "数错")
	if l.void || l.inForce || touched || len(wrong)+len(right) == 0 || len(l.items)-len(wrong)+len(right) == 0 {
		refused(t, "correct", err)
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range wrong {
		before -= l.whole[id][1]
	}
	before += model.Total(right)
	l.standing(t, s)
	if after, _ := l.sums(); after != before {
		t.Fatalf("corrected to %d, want %d", after, before)
	}
}

func (l *ledger) compare(t *rapid.T, s *Store) {
	row, err := s.Handover(context.Background(), l.id)
	if err != nil {
		t.Fatal(err)
	}
	amount, left := l.sums()
	want := model.PartDisposed
	switch {
	case l.void:
		want, left = model.HandoverVoid, 0
	case left == amount:
		want = model.Undisposed
	case left == 0:
		want = model.Settled
	}
	if row.AmountFen != amount || row.LeftFen() != left || row.State != want || (row.Receipt != "") != l.inForce || row.Items != len(l.items) {
		t.Fatalf("%s %s: %d, left %d, receipt %q, %d items; want %s, %d, %d, %v, %d", row.FormNo, row.State, row.AmountFen, row.LeftFen(), row.Receipt,
			row.Items, want, amount, left, l.inForce, len(l.items))
	}
}

// Whoever writes into the file past the program: what came in and what left
// stays as it was entered, and nothing leaves twice.
func TestHandoverEntriesStand(t *testing.T) {
	ctx := context.Background()
	s, _, _, people := registerOf(t)
	h, items := aHandover(people[0])
	d := handed(t, s, h, items...)
	_, _, err := s.Dispose(ctx, returned20(d))
	ok(t, err)
	_, err = s.IssueReceipt(ctx, d.ID)
	ok(t, err)
	for _, sql := range []string{
		`UPDATE handover_item SET amount_fen = 1 WHERE id = 1`, `DELETE FROM handover_item`, `DELETE FROM handover`, `DELETE FROM receipt`,
		`UPDATE handover_item SET handover_id = 2`, `UPDATE disposition SET amount_fen = 1`, `DELETE FROM disposition`, `UPDATE disposition_line SET amount_fen = 1`,
		`DELETE FROM disposition_line`, `UPDATE receipt SET amount_fen = 1`, `UPDATE receipt SET form_no = 'HS-2026-00009-01'`,
		`UPDATE handover SET disposed_fen = amount_fen + 1`, `UPDATE handover SET state = '已结清'`, `UPDATE handover SET anonymous = 1`,
		`UPDATE handover SET witnessed_by = received_by`, `UPDATE handover SET state = '作废', voided_on = '2026-08-11'`,
		`INSERT INTO disposition_line (disposition_id, item_id, quantity, amount_fen) VALUES (1, 2, 3, 100000)`,
		`INSERT INTO disposition_line (disposition_id, item_id, quantity, amount_fen) VALUES (1, 2, 2, 100001)`,
		`INSERT INTO handover_item SELECT 9, handover_id, 9, category, particulars, -quantity, unit, -amount_fen - 1, basis, 1, '错', entered_on FROM handover_item WHERE id = 1`,
		`INSERT INTO receipt SELECT 9, 'HS-2026-00009-01', handover_id, issued_on, amount_fen, content, '', 0, '', '' FROM receipt`,
	} {
		if err := s.writer.Exec(sql).Error; err == nil {
			t.Errorf("went through: %s", sql)
		}
	}
	wantSound(t, s)
}
