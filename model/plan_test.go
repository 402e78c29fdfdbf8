package model

import "testing"

func TestItemsInFewWords(t *testing.T) {
	for _, c := range []struct{ item, short, stated string }{
		{"共建和谐关系，不收受患方“红包”", "不收受患方“红包”", "不收受患方“红包”方面有问题"},
		{"不准开单提成", "不准开单提成", "不准开单提成方面有问题"},
	} {
		i := CheckItem{Source: "九项准则", Text: c.item}
		if i.Short() != c.short || i.Stated() != c.stated {
			t.Errorf("%s: %s, %s", c.item, i.Short(), i.Stated())
		}
	}
	own := CheckItem{Source: FocusSource, Text: "有无介绍患者到外院检查、治疗，购药而拿提成"}
	if own.Short() != "介绍患者到外院检查、治疗，购药而拿提成" || own.Stated() != "介绍患者到外院检查、治疗，购药而拿提成" {
		t.Error(own.Short(), own.Stated())
	}
}
