package form

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"qingfeng/model"
	"qingfeng/report/page"
	"qingfeng/report/preview"
)

// squeeze leaves out blanks, which extraction makes anew.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func TestLettersSayWhatTheyShould(t *testing.T) {
	b := sampleBundle(len(testNames))
	b.Papers[1].Reprint = true
	b.Papers = append(b.Papers, otherKinds()...)
	in := samplePrint(b)
	in.CoverSheets = false
	pdf, warnings := commitments(t, in)
	if len(warnings) != 0 {
		t.Errorf("warnings: %v", warnings)
	}
	path := save(t, "letters.pdf", pdf)
	run(t, "qpdf", "--check", path)
	pages := pagesOf(t, path)
	if len(pages) != len(b.Papers) {
		t.Fatalf("%d pages, want %d", len(pages), len(b.Papers))
	}
	common := []string{"清河县人民医院", "0575-88880000", "行风办", "申诉", "清医发〔2026〕12号", "年月日"}
	byKind := map[model.CommitmentKind][]string{
		model.PersonalCommitment: {"廉洁从业承诺书", "医疗机构工作人员廉洁从业九项准则", "一、合法按劳取酬，不接受商业提成；",
			"九、恪守交往底线，不收受企业回扣。", "在2个工作日内交行风办登记", "承诺人（签名）：", "科室负责人（签名）：",
			"监督部门（签名）：", "一式两份：单位备案、医德档案"},
		model.DepartmentCommitment: {"科室廉洁从业承诺书", "科主任（签名）：", "护士长（签名）：", "分管院领导（签名）："},
		model.SupplierCommitment:   {"供应商廉洁供货承诺书", "统一社会信用代码", "法定代表人或授权代表（签名）：", "供应商（公司章）：", "联系电话："},
		model.WorksCommitment:      {"基建廉洁承诺书", "建设单位", "施工单位", "监理单位", "见证部门"},
	}
	for i, l := range b.Papers {
		want := append([]string{l.FormNo, l.Name, l.EmployeeNo, l.Department, l.Post, l.Title, l.PartyName, l.PartyCode, l.PartyPerson}, byKind[l.Kind]...)
		if l.Kind != model.WorksCommitment {
			want = append(want, common...)
		}
		for _, w := range want {
			if !strings.Contains(pages[i], squeeze(w)) {
				t.Errorf("letter %d lacks %q:\n%s", i+1, w, pages[i])
			}
		}
		if got := strings.Contains(pages[i], "补打"); got != l.Reprint {
			t.Errorf("letter %d says reprint: %v", i+1, got)
		}
		for _, never := range []string{"放弃", "不申诉", "不提异议", "〓", "{"} {
			if strings.Contains(pages[i], never) {
				t.Errorf("letter %d says %q", i+1, never)
			}
		}
	}
}

// The number is read back from the picture of each page at 150 dpi, from the
// part a scanner program looks at first.
func TestNumbersReadBack(t *testing.T) {
	b := sampleBundle(20)
	b.Papers = append(b.Papers, otherKinds()...)
	b.Papers[0].FormNo = "CN-2026-1234567-89" // the longest there is
	in := samplePrint(b)
	in.CoverSheets = false
	pdf, _ := commitments(t, in)
	var want []string
	for _, l := range b.Papers {
		want = append(want, l.FormNo)
	}
	readBack(t, pdf, want)
}

// readBack reads the code of each page.
func readBack(t *testing.T, pdf []byte, want []string) {
	t.Helper()
	defer preview.Close()
	doc, err := preview.Open(pdf)
	if err != nil {
		t.Fatal(err)
	}
	for i, no := range want {
		picture, err := doc.Page(i+1, 150)
		if err != nil {
			t.Fatal(err)
		}
		bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
		if err != nil {
			t.Fatal(err)
		}
		result, err := qrcode.NewQRCodeReader().Decode(bitmap, nil)
		if err != nil {
			t.Errorf("paper %d: %v", i+1, err)
		} else if result.GetText() != no {
			t.Errorf("paper %d reads %q, want %q", i+1, result.GetText(), no)
		}
	}
}

// longest returns letters, hospital and campaign with the longest values that
// the model allows, made of the given character.
func longest(unit string) Batch[Letter] {
	of := func(n int) string { return strings.Repeat(unit, n) }
	l := Letter{FormNo: "CN-2026-1234567-89", Name: of(model.MaxName), EmployeeNo: strings.Repeat("9", model.MaxEmployeeNo),
		Department: of(model.MaxName), Post: of(model.MaxShort), Title: of(model.MaxShort),
		PartyName: of(model.MaxShort), PartyCode: "91330100MA27XXXX0A", PartyPerson: of(model.MaxName), Reprint: true}
	b := Bundle[Letter]{Department: of(model.MaxName), Head: of(model.MaxName)}
	for _, k := range model.CommitmentKinds {
		l.Kind = k.Kind
		b.Papers = append(b.Papers, l)
	}
	in := samplePrint(b)
	in.Hospital.Name, in.Hospital.Office, in.Hospital.ReportPhone = of(model.MaxShort), of(model.MaxShort), of(model.MaxShort)
	in.Campaign.Title, in.Campaign.DocumentNo = of(model.MaxShort), of(model.MaxShort)
	return in
}

// A form that a value does not fit is found here and not by the office.
func TestLongestValuesFit(t *testing.T) {
	for _, unit := range []string{"龘", "W", "买·"} {
		in := longest(unit)
		if unit == "买·" {
			in = longest("买") // the dot below makes names of two parts
			for i := range in.Bundles[0].Papers {
				in.Bundles[0].Papers[i].Name = strings.Repeat("阿依古丽·", 8)
			}
		}
		pdf, warnings := commitments(t, in)
		for _, w := range warnings {
			t.Errorf("%s: %v", unit, w)
		}
		path := save(t, fmt.Sprintf("longest-%X.pdf", unit), pdf)
		pages := pagesOf(t, path)
		if want := 1 + len(in.Bundles[0].Papers); len(pages) != want {
			t.Errorf("%s: %d pages, want %d", unit, len(pages), want)
		}
		for i, l := range in.Bundles[0].Papers {
			if l.Kind != model.PersonalCommitment || unit != "龘" {
				continue
			}
			// hospital, name, department, post, title, office, phone, campaign
			if got, want := strings.Count(pages[i+1], unit), 6*model.MaxShort+2*model.MaxName+model.MaxShort; got != want {
				t.Errorf("%d of %d characters of the values are on the letter", got, want)
			}
		}
	}
}

func TestCoverSheetOverPages(t *testing.T) {
	in := samplePrint(sampleBundle(120), sampleBundle(3))
	pdf, warnings := commitments(t, in)
	if len(warnings) != 0 {
		t.Errorf("warnings: %v", warnings)
	}
	pages := pagesOf(t, save(t, "bundles.pdf", pdf))
	var covers []string
	for _, p := range pages {
		if strings.Contains(p, "序号编号") {
			covers = append(covers, p)
		}
	}
	if len(pages) != len(covers)+123 || len(covers) < 4 {
		t.Fatalf("%d pages, %d of them covers", len(pages), len(covers))
	}
	for i, c := range covers[:len(covers)-1] {
		if !strings.Contains(c, fmt.Sprintf("—%d—", i+1)) || (i > 0 && !strings.Contains(c, "重症医学科（续）")) {
			t.Errorf("cover %d: %s", i+1, c)
		}
	}
	if last := covers[len(covers)-1]; !strings.Contains(last, "共3份") || !strings.Contains(last, "—1—") || !strings.Contains(last, "领取人") {
		t.Errorf("second bundle's cover: %s", last)
	}
	all := strings.Join(covers, "")
	for _, l := range in.Bundles[0].Papers {
		if !strings.Contains(all, l.FormNo) || !strings.Contains(all, l.EmployeeNo+"□") {
			t.Errorf("%s is not on the cover", l.FormNo)
		}
	}
	if strings.Contains(pages[len(pages)-1], "—") {
		t.Errorf("a letter bears a page number: %s", pages[len(pages)-1])
	}
}

func TestCommitmentsCancelled(t *testing.T) {
	stop := errors.New("stop")
	var told []int
	var buf bytes.Buffer
	_, err := Commitments(&buf, samplePrint(sampleBundle(5), sampleBundle(2)), func(done, total int) error {
		told = append(told, done)
		if total != 7 {
			t.Errorf("total %d", total)
		}
		if done == 3 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || buf.Len() != 0 || len(told) != 3 {
		t.Errorf("error %v, %d bytes written, told %v", err, buf.Len(), told)
	}
}

func TestCommitmentsDeterministic(t *testing.T) {
	one, _ := commitments(t, samplePrint(sampleBundle(3)))
	two, _ := commitments(t, samplePrint(sampleBundle(3)))
	if !bytes.Equal(one, two) {
		t.Error("the same letters give different bytes")
	}
}

func TestNothingToPrint(t *testing.T) {
	if _, err := Commitments(&bytes.Buffer{}, samplePrint(Bundle[Letter]{Department: "内科"}), nil); err == nil {
		t.Error("an empty batch was printed")
	}
}

func TestUnknownCharacterIsTold(t *testing.T) {
	b := sampleBundle(2)
	b.Papers[1].Name = "王\U00030000"
	_, warnings := commitments(t, samplePrint(b))
	if len(warnings) != 1 || warnings[0].Kind != page.MissingCharacter || warnings[0].Text != "\U00030000" {
		t.Errorf("warnings %v", warnings)
	}
}
