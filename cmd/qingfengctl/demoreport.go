package main

import (
	"context"
	"fmt"
	"io"

	"qingfeng/model"
	"qingfeng/model/money"
)

// report lists what was made.
func (d *demo) report(ctx context.Context, o *output) error {
	counts, err := d.store.Counts(ctx)
	if err != nil {
		return err
	}
	rates := map[string]rateRow{}
	for _, kind := range model.CommitmentKinds {
		sum, _, err := d.store.CommitmentRates(ctx, d.campaign.ID, kind.Kind)
		if err != nil {
			return err
		}
		rates[string(kind.Kind)] = rateRowOf("", sum)
	}
	checks, err := d.store.SelfCheckSummary(ctx, d.campaign.ID)
	if err != nil {
		return err
	}
	findings, err := d.store.FindingCounts(ctx, d.campaign.ID)
	if err != nil {
		return err
	}
	handovers, err := d.store.HandoverCounts(ctx)
	if err != nil {
		return err
	}
	admin := d.accounts[0]
	made := map[string]any{"data": d.store.Folder().Dir(), "departments": counts.Departments, "staff": counts.Staff,
		"campaign": d.campaign.Title, "commitments": rates, "selfchecks": selfCheckReportOf(checks).selfCheckRow,
		"findings":  map[string]int{"all": findings.All, "closed": findings.Closed, "overdue": findings.Overdue},
		"handovers": map[string]any{"all": handovers.All, "open": handovers.Open, "left_fen": handovers.OpenFen}, "files": d.files,
		"login": admin.Login, "recovery_code": d.recovery, "accounts": d.accounts}
	if admin.Password != "" {
		made["password"] = admin.Password
	}
	return o.result(made, func(w io.Writer) {
		fmt.Fprintf(w, "示例医院已建好：%s\n", d.asset.Hospital.Name)
		fmt.Fprintf(w, "  数据文件夹　%s\n  科室　%d 个　　在职职工　%d 人\n  专项行动　%s\n",
			d.store.Folder().Dir(), counts.Departments, counts.Staff, d.campaign.Title)
		for _, kind := range model.CommitmentKinds {
			r := rates[string(kind.Kind)]
			fmt.Fprintf(w, "  %s承诺书　应签 %d，已交回 %d，未交回 %d，免签 %d\n", kind.Label, r.Expected, r.Returned, r.Missing, r.Excused)
		}
		fmt.Fprintf(w, "  自查表　　　　应查 %d，实查 %d，未查 %d，免查 %d，有问题 %d 项\n", checks.Expected, checks.Returned, checks.Missing, checks.Excused, checks.Findings)
		fmt.Fprintf(w, "  问题整改　　　共 %d 项，已销号 %d 项\n", findings.All, findings.Closed)
		fmt.Fprintf(w, "  红包上交　　　共 %d 次，没有处置完 %d 次，计 %s 元\n", handovers.All, handovers.Open, money.Yuan(handovers.OpenFen))
		for _, path := range d.files {
			fmt.Fprintf(w, "  文件　%s\n", path)
		}
		d.secrets(w)
	})
}

// secrets shows what stands nowhere else.
func (d *demo) secrets(w io.Writer) {
	fmt.Fprintln(w, "登录（密码和恢复码只显示这一次，没有存进任何文件）：")
	for _, a := range d.accounts {
		password := a.Password
		if password == "" {
			password = "您给出的密码"
		}
		fmt.Fprintf(w, "  %s　登录名 %s　密码 %s\n", a.Role, a.Login, password)
	}
	fmt.Fprintf(w, "  恢复码　%s\n", d.recovery)
}
