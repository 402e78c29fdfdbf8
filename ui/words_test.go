package ui

import (
	"regexp"
	"strings"
	"testing"
)

// latin are the words in Latin letters that Chinese offices use as they are:
// file formats, keys, a program, standards, and the pinyin that find takes.
var latin = regexp.MustCompile(`Excel|WPS|PDF|CSV|GB|\.xlsx?\b|\.csv\b|Ctrl\+\w|F1|[KM]B|Enter|Esc|U 盘|（zs `)

var word = regexp.MustCompile(`[A-Za-z]{2,}|\b[A-Za-z]\b`)

// onlyChinese fails when an English word stands on the screen. Paths, form
// numbers and the account's name are not words.
func onlyChinese(t testing.TB, d *desk) {
	t.Helper()
	text := d.text()
	for _, data := range d.data {
		chars := strings.Split(data, "")
		for i := range chars {
			chars[i] = regexp.QuoteMeta(chars[i])
		}
		text = regexp.MustCompile(strings.Join(chars, `\n?`)).ReplaceAllString(text, "") // a path may break into lines
	}
	for line := range strings.Lines(text) {
		line = formNumber.ReplaceAllString(latin.ReplaceAllString(line, ""), "")
		if found := word.FindString(line); found != "" {
			t.Errorf("%q stands on the screen: %s", found, line)
		}
	}
}

var formNumber = regexp.MustCompile(`[A-Z]{2}-?\d{4}-?\d+-?\w`)

func TestNoEnglishOnAnyPage(t *testing.T) {
	o := fewPeople(t)
	d := sit(t, o.close())
	pages := []string{"工作台", "科室", "职工", "方案与进度", "自查自纠", "承诺书", "问题整改", "双随机抽查", "红包上交", "保管", "医院概况", "体检", "设置"}
	for _, page := range pages {
		d.tap(page)
		onlyChinese(t, d)
	}
	d.tap("体检")
	d.press("开始体检")
	onlyChinese(t, d)
	d.key("F1")
	d.sees("帮助")
	onlyChinese(t, d)
	d.press("知道了")
	d.key("Ctrl+I")
	onlyChinese(t, d)
	d.Close()
	d = sit(t, newHospital(t).close())
	for _, page := range pages {
		d.tap(page)
		onlyChinese(t, d)
	}
}
