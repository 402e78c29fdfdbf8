package form

import (
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/report/page"
)

func TestTextsOfAllKinds(t *testing.T) {
	lib := assets.New("")
	for _, k := range model.CommitmentKinds {
		text, err := loadText(lib, k.Kind)
		if err != nil {
			t.Error(err)
			continue
		}
		if text.Footer == "" || len(text.Closing) == 0 {
			t.Errorf("%s: no footer or closing", k.Label)
		}
		// A signature needs 35 mm of line.
		f := letterForm{text: text}
		d := page.New(page.Bundled(), page.Options{})
		small := page.Style{Face: page.FangSong, Size: page.XiaoSi}
		if room := leftEnd - page.Left - f.longestLabel(d, small); room < 35 {
			t.Errorf("%s: %v mm to sign", k.Label, room)
		}
	}
}

func TestBrokenTexts(t *testing.T) {
	const good = `title = "T"
fields = [[{ label = "姓名", value = "name", share = 1 }]]
opening = ["O"]
clauses = ["C"]
closing = ["E"]
signatures = [{ label = "S", right = "date" }]
footer = "F"
`
	for _, c := range []struct{ name, old, new, want string }{
		{"good", "", "", ""},
		{"no title", `title = "T"`, "", "title"},
		{"unknown item", `title = "T"`, "title = \"T\"\ntitel = \"T\"", "titel"},
		{"unknown value", `"name"`, `"nmae"`, "nmae"},
		{"no share", `, share = 1`, "", "share"},
		{"no signatures", `signatures = [{ label = "S", right = "date" }]`, "", "signatures"},
		{"signature without right", `, right = "date"`, "", "right"},
		{"unknown placeholder", `"C"`, `"{fone}"`, "{fone}"},
		{"no clauses", `clauses = ["C"]`, "", "clauses"},
		{"clauses and checklist", `footer`, "checklist = true\nfooter", "checklist"},
		{"not TOML", `title`, `= title`, "内容有误"},
	} {
		lib := overriding(t, "forms/commitment/personal.toml", strings.Replace(good, c.old, c.new, 1))
		_, err := loadText(lib, model.PersonalCommitment)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestJoinLeavesOutWhatIsNotKnown(t *testing.T) {
	values := placeholders{{"phone", ""}, {"office", "行风办"}}
	for _, c := range []struct {
		sentences []string
		want      string
	}{
		{[]string{"请监督。", "电话：{phone}。", "交{office}。"}, "请监督。交行风办。"},
		{[]string{"电话：{phone}。"}, ""},
		{nil, ""},
	} {
		if got := values.join(c.sentences); got != c.want {
			t.Errorf("%q: %q, want %q", c.sentences, got, c.want)
		}
	}
}

func TestChecklistByDate(t *testing.T) {
	text, err := loadText(assets.New(""), model.PersonalCommitment)
	if err != nil {
		t.Fatal(err)
	}
	if err := text.fill(assets.New(""), sampleHospital(), "2020-05-01"); err != nil {
		t.Fatal(err)
	}
	if got := text.clause(0); strings.Contains(got, "合法按劳取酬") || !strings.HasPrefix(got, "一、") {
		t.Errorf("a letter of 2020 says %q", got)
	}
}
