package form

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"qingfeng/assets"
	"qingfeng/model"
	"qingfeng/model/formno"
	"qingfeng/report/page"
)

// testNames are names with rare characters, two of them far beyond what old
// systems print, and a long one with a dot.
var testNames = strings.Fields("王䶮 李喆 张堃 赵犇 刘赟 陈龘 吴㛃 徐𬱖 孙𣲗 胡𫖮 朱𬭎 阿依古丽·买买提")

func sampleHospital() model.Hospital {
	h := model.NewHospital("清河县人民医院")
	h.ReportPhone = "0575-88880000"
	h.HandoverLimit, h.HandoverUnit = 2, "个工作日"
	return h
}

func sampleCampaign() model.Campaign {
	return model.Campaign{Title: "2026年医药购销领域和医疗服务中不正之风集中整治", DocumentNo: "清医发〔2026〕12号",
		StartsOn: "2026-09-01", EndsOn: "2026-12-31"}
}

func sampleBundle(n int) Bundle[Letter] {
	b := Bundle[Letter]{Department: "重症医学科", Head: "王䶮"}
	for i := range n {
		b.Papers = append(b.Papers, Letter{
			FormNo: formno.No{Prefix: "CN", Year: 2026, Seq: i + 1}.String(), Kind: model.PersonalCommitment,
			Name: testNames[i%len(testNames)], EmployeeNo: fmt.Sprintf("%05d", 1000+i), Department: b.Department,
			Post: "医生", Title: "副主任医师",
		})
	}
	return b
}

func samplePrint(bundles ...Bundle[Letter]) Batch[Letter] {
	return Batch[Letter]{Library: assets.New(""), Hospital: sampleHospital(), Campaign: sampleCampaign(),
		Date: "2026-09-01", Bundles: bundles, CoverSheets: true}
}

// otherKinds are letters of the kinds that are not personal.
func otherKinds() []Letter {
	return []Letter{
		{FormNo: "CK-2026-00001-13", Kind: model.DepartmentCommitment, Department: "重症医学科", Name: "王䶮"},
		{FormNo: "CG-2026-00001-13", Kind: model.SupplierCommitment, PartyName: "某某医疗器械有限公司", PartyCode: "91330100MA27XXXX0A", PartyPerson: "孙𣲗"},
		{FormNo: "CJ-2026-00001-13", Kind: model.WorksCommitment, PartyName: "门诊综合楼改扩建工程（一期）"},
	}
}

// save writes a PDF into a folder of the test, or into FORM_TEST_OUT to look
// at it.
func save(t testing.TB, name string, pdf []byte) string {
	t.Helper()
	dir := os.Getenv("FORM_TEST_OUT")
	if dir == "" {
		dir = t.TempDir()
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// overriding is a library in which the office has changed a file.
func overriding(t testing.TB, name, text string) *assets.Library {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return assets.New(dir)
}

// run runs a PDF tool. Without the tool the test is skipped, but not in CI.
func run(t testing.TB, tool string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(tool); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed", tool)
		}
		t.Skipf("%s is not installed", tool)
	}
	out, err := exec.Command(tool, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", tool, err, out)
	}
	return string(out)
}

func commitments(t testing.TB, in Batch[Letter]) ([]byte, []page.Warning) {
	t.Helper()
	var buf bytes.Buffer
	warnings, err := Commitments(&buf, in, nil)
	if err != nil {
		t.Fatal(err)
	}
	return buf.Bytes(), warnings
}

// pagesOf returns the text of each page without blanks.
func pagesOf(t testing.TB, path string) []string {
	t.Helper()
	text := run(t, "pdftotext", "-layout", "-enc", "UTF-8", path, "-")
	var out []string
	for _, p := range strings.Split(strings.TrimSuffix(text, "\f"), "\f") {
		out = append(out, strings.Join(strings.Fields(p), ""))
	}
	return out
}
