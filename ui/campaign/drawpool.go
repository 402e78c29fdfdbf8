package campaign

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"qingfeng/model"
	"qingfeng/model/store"
	"qingfeng/ui/kit"
	"qingfeng/ui/office"
)

// showPool shows from what will be drawn, and asks the witness for the seed.
func (f *drawForm) showPool(r store.DrawRequest, pool model.Pool) {
	d := f.page.deps
	seed, by, witness := kit.NewEntry(model.MaxSeed), kit.NewEntry(model.MaxShort), kit.NewEntry(model.MaxShort)
	if a, ok := d.Store.Account(); ok {
		by.SetText(a.Name)
	}
	var dialog *kit.Dialog
	back := kit.NewDoor("← 改抽取范围", func() { dialog.Close(); f.show() })
	throw := kit.NewButton("掷一个", func() { seed.SetText(d.random()) })
	form := kit.NewForm(d.Win,
		kit.Block(kit.Beside(back)), kit.Block(poolView(pool, r.Fair)),
		kit.Field{Key: "Seed", Label: "随机种子", Required: true, Input: newInputPair(seed, nil, kit.Frame(nil, nil, nil, throwRoom(throw), seed)),
			Hint: "由见证人当场报一个数，或当场掷一个。种子和范围相同，抽出的结果就相同，谁都可以重演"},
		kit.Field{Key: "DrawnBy", Label: "抽取人", Required: true, Input: by},
		kit.Field{Key: "Witness", Label: "见证人", Required: true, Input: witness},
	)
	form.Log = d.Log
	form.Validate = func() map[string]string {
		out := map[string]string{}
		if model.TidyName(by.Value()) == model.TidyName(witness.Value()) {
			out["Witness"] = "抽取人和见证人不能是同一个人"
		}
		return out
	}
	var id int64
	form.OnSave = func() func(context.Context) error {
		r.Seed, r.DrawnBy, r.Witness = seed.Value(), by.Value(), witness.Value()
		return func(ctx context.Context) (err error) {
			id, err = d.Store.MakeDraw(ctx, r)
			return err
		}
	}
	form.OnSaved = func() { f.page.drawn(id) }
	dialog = form.ShowDialog("抽取", "抽取")
	form.Focus("Seed")
}

func throwRoom(b *kit.Button) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, 8, 0), b)
}

// drawn shows the result before the witnesses, on the page of the new draw.
func (p *DrawsPage) drawn(id int64) {
	kit.Run(context.Background(), func(ctx context.Context) (drawRow, error) {
		return p.deps.Store.Draw(ctx, id)
	}, func(r drawRow, err error) {
		if err != nil {
			p.deps.Fail(err)
			return
		}
		p.RegisterPage.Refresh()
		p.ShowDraw(r)
		p.show(r, false)
	})
}

// poolView tells a pool in words: how much there is of what, and how often
// each department was drawn before.
func poolView(pool model.Pool, fair bool) fyne.CanvasObject {
	box := kit.Below()
	for _, x := range poolFacts(pool, fair) {
		box.Add(kit.Frame(nil, nil, kit.Wide(82, container.NewVBox(kit.NewMuted(x[0]))), nil, office.FlushParagraph(x[1])))
	}
	return box
}

func poolFacts(pool model.Pool, fair bool) [][2]string {
	out := [][2]string{
		{"抽取", fmt.Sprintf("从 %d 个科室中抽 %d 个", len(pool.Departments), pool.Picks)},
		{"时间", fmt.Sprintf("%s，%d 个时段", slotRange(pool.Slots), len(pool.Slots))},
	}
	if pool.PerVisit > 0 {
		var names []string
		for _, i := range pool.Inspectors {
			names = append(names, i.Name)
		}
		out = append(out, [2]string{"检查人", fmt.Sprintf("%d 名，每个科室派 %d 名：%s", len(names), pool.PerVisit, strings.Join(names, "、"))})
	}
	if !fair {
		return append(out, [2]string{"科室", namesOf(pool.Departments)})
	}
	return append(out, turns(pool.Departments)...)
}

// turns lists the departments by how often they were drawn, those whose turn
// comes first before the others.
func turns(departments []model.PoolDepartment) [][2]string {
	by := map[int][]model.PoolDepartment{}
	var times []int
	for _, d := range departments {
		if by[d.Times] == nil {
			times = append(times, d.Times)
		}
		by[d.Times] = append(by[d.Times], d)
	}
	slices.Sort(times)
	var out [][2]string
	for _, n := range times {
		label := "没有抽过"
		if n > 0 {
			label = fmt.Sprintf("抽过 %d 次", n)
		}
		out = append(out, [2]string{label, fmt.Sprintf("%d 个：%s", len(by[n]), namesOf(by[n]))})
	}
	return out
}

func namesOf(departments []model.PoolDepartment) string {
	names := make([]string, len(departments))
	for i, d := range departments {
		names[i] = d.Name
	}
	return strings.Join(names, "、")
}

// random is a seed that nobody can foresee.
func (d Deps) random() string {
	if d.Random != nil {
		return d.Random()
	}
	return throwSeed()
}

// throwSeed throws eight digits: few enough to be read out and written down.
func throwSeed() string {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails: the program would end
	return fmt.Sprintf("%08d", binary.BigEndian.Uint64(b[:])%100_000_000)
}
