package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWriteCSV(t *testing.T) {
	var buf bytes.Buffer
	table := Table{Columns: []string{"序号", "名称", "说明"}, Counts: []string{"序号"}, Amounts: []string{"说明"}, Rows: [][]string{
		{"0", "-1,234.50", "-1,234.50"},
		{"-1", "-1", "a,b"}, {"=1", "=1", "一\n二"}, {"3", " \t@SUM(A1)", "“\"”"}, {"4", "＋86 199", "\x00王\r"}, {"5", "01001", "a=b"},
	}}
	if err := WriteCSV(&buf, table); err != nil {
		t.Fatal(err)
	}
	want := "\ufeff序号,名称,说明\r\n0,\"'-1,234.50\",-1234.50\r\n-1,'-1,\"a,b\"\r\n'=1,'=1,\"一\r\n二\"\r\n3,' \t@SUM(A1),\"“\"\"”\"\r\n4,'＋86 199,王\r\n5,01001,a=b\r\n"
	if got := buf.String(); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// Whatever a table holds, no cell is a formula and none loses a character.
func TestWriteCSVIsInertAndWhole(t *testing.T) {
	cell := rapid.OneOf(rapid.String(), rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"", " ", "\t", "\r", "\n", "\u3000", "\u200b", "\ufeff", "'", "\""}).Draw(t, "before") +
			rapid.SampledFrom([]string{"=", "+", "-", "@", "＝", "＠"}).Draw(t, "start") + rapid.String().Draw(t, "rest")
	}))
	rapid.Check(t, func(t *rapid.T) {
		table := Table{Columns: []string{"甲", "乙"}}
		for range rapid.IntRange(1, 4).Draw(t, "rows") {
			table.Rows = append(table.Rows, []string{cell.Draw(t, "a"), cell.Draw(t, "b")})
		}
		var buf bytes.Buffer
		if err := WriteCSV(&buf, table); err != nil {
			t.Fatal(err)
		}
		text, ok := bytes.CutPrefix(buf.Bytes(), utf8BOM)
		records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
		if !ok || err != nil || len(records) != 1+len(table.Rows) {
			t.Fatal(ok, err, len(records))
		}
		for i, row := range table.Rows {
			for j, v := range row {
				got, want := records[i+1][j], printable(v)
				if strings.TrimPrefix(got, "'") != want && got != want {
					t.Fatalf("%q came back as %q", v, got)
				}
				if start := strings.TrimLeft(got, " \t\r\n\u3000\u200b\ufeff"); start != "" && strings.ContainsAny(start[:1], "=+-@") {
					t.Fatalf("%q is a formula in %q", v, got)
				}
			}
		}
	})
}

type fullDisk struct{ left int }

func (d *fullDisk) Write(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

var errFull = errors.New("full")

func TestWriteCSVTellsOfAFullDisk(t *testing.T) {
	table := Table{Columns: []string{"甲"}, Rows: [][]string{{strings.Repeat("长", 10_000)}}}
	for _, room := range []int{0, 3, 4096} {
		if err := WriteCSV(&fullDisk{room}, table); !errors.Is(err, errFull) {
			t.Errorf("%d bytes of room: %v", room, err)
		}
	}
}
