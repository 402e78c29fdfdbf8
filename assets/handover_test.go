package assets

import (
	"strings"
	"testing"
)

func TestHandoverWords(t *testing.T) {
	known := func(l *Library) (HandoverWords, error) {
		return l.HandoverWords([]string{"实名", "匿名"}, []string{"患者", "家属", "企业", "不明"},
			[]string{"现金", "转账", "购物卡", "代金券", "有价证券", "物品", "宴请旅游"},
			[]string{"退还送方", "转住院预交金", "上缴廉政账户", "上缴国库", "物品变价", "物品捐赠", "物品销毁", "移送纪检监察"})
	}
	w, err := known(New(""))
	if err != nil || w.Giver["病人"] != "患者" || w.Disposition["住院押金"] != "转住院预交金" || w.Category["微信红包"] != "转账" || w.Manner["不具名"] != "匿名" {
		t.Errorf("%v, %v", w, err)
	}
	if _, err := New("").SheetColumns("handover/columns.toml"); err != nil {
		t.Error(err)
	}
	own := "[giver]\n\"送礼的\" = \"客户\"\n"
	if _, err := known(officeFile(t, "handover/words.toml", own)); err == nil || !strings.Contains(err.Error(), "送礼的") {
		t.Errorf("a word for nothing: %v", err)
	}
}

func TestHandoverWatch(t *testing.T) {
	if w, err := New("").HandoverWatch(); err != nil || w != (HandoverWatch{30, 365, 3}) {
		t.Errorf("%v, %v", w, err)
	}
	own := "stale_days = 0\nagain_days = 365\nmerit_count = 3\n"
	if _, err := officeFile(t, "handover/watch.toml", own).HandoverWatch(); err == nil || !strings.Contains(err.Error(), "stale_days") {
		t.Errorf("zero days: %v", err)
	}
}
