package store

import (
	"context"
	"testing"

	"qingfeng/model"
)

func TestHospitalAndSettingsAreKept(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	h := model.NewHospital("某县中医院")
	h.CreditCode = " １２3306000000000270 "
	if err := s.SaveHospital(ctx, h); err != nil {
		t.Fatal(err)
	}
	if h.CreditCode = "123306000000000270"; must[model.Hospital](t)(s.Hospital(ctx)) != h {
		t.Error("full-width digits of the credit code were kept")
	}
	for _, phone := range []string{"", "0575-0000000", "0575-0000000"} {
		h.ReportPhone = phone
		if err := s.SaveHospital(ctx, h); err != nil {
			t.Fatal(err)
		}
		if got := must[model.Hospital](t)(s.Hospital(ctx)); got != h {
			t.Errorf("kept %+v", got)
		}
	}
	if lines := must[[]model.AuditLine](t)(s.AuditLines(ctx, "医院概况", 1, 10)); len(lines) != 3 || lines[2].Action != "新增" || lines[0].After != `{"report_phone":"0575-0000000"}` {
		t.Errorf("trail %+v", lines)
	}
	for _, v := range []string{"3", "4", "4"} {
		if err := s.SaveSetting(ctx, CampaignInHand, v); err != nil {
			t.Fatal(err)
		}
		if got := must[string](t)(s.Setting(ctx, CampaignInHand)); got != v {
			t.Errorf("kept %q, want %q", got, v)
		}
	}
}
