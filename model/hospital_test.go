package model

import "testing"

func TestHospitalValidate(t *testing.T) {
	h := NewHospital("某县中医院")
	h.CreditCode = "123306000000000270"
	if err := h.Validate(); err != nil {
		t.Fatal(err)
	}
	h.CreditCode, h.Name, h.HandoverLimit, h.HandoverUnit = "123306000000000271", "", 0, "年"
	err, _ := h.Validate().(FieldErrors)
	for _, field := range []string{"CreditCode", "Name", "HandoverLimit", "HandoverUnit"} {
		if err.Of(field) == "" {
			t.Errorf("%s was taken: %v", field, err)
		}
	}
}

func TestCampaignValidate(t *testing.T) {
	c := Campaign{Title: "专项行动", StartsOn: "2026-07-01", EndsOn: "2026-12-31"}
	if err := c.Validate(); err != nil {
		t.Fatal(err)
	}
	c.EndsOn = "2026-06-30"
	if err, _ := c.Validate().(FieldErrors); err.Of("EndsOn") == "" {
		t.Error("a campaign that ends before it starts was taken")
	}
}
