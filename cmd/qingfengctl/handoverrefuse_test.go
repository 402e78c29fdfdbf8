package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"qingfeng/model"
)

func TestHandoversThatAreRefused(t *testing.T) {
	c := newHandovers(t)
	for says, path := range map[string]string{
		"监交人：须与经手人不同":     handedIn(t, `witnessed_by = "李某"`),
		"经手人：不能是上交人本人":    handedIn(t, `received_by = "吴秀英"`),
		"没有工号为 09999 的职工": handedIn(t, `employee_no = "09999"`),
		"上交时间：不是可识别的时间":   handedIn(t, `handed_at = "昨天"`),
		"收受时间：不能晚于上交时间":   handedIn(t, `received_at = "2026-03-04"`),
		"请核对": handedIn(t, `handed_at = "2099-03-04"`),
		"匿名上交不记录上交人和科室":             handedIn(t, `anonymous = true`),
		"请选择职工；不愿具名的选“匿名”":          handedIn(t, `employee_no = ""`),
		"送方类别：应为 患者、家属、企业 或 不明":     handedIn(t, `giver = "熟人"`),
		"送方是“不明”时不填":                handedIn(t, `giver = "不明"`),
		"中有不认识的项目 patients":         handedIn(t, `patients = "甲"`),
		"类型不对":                      handedIn(t, `employee_no = 1002`),
		"有误：项目 items.quantity 类型不对": file(t, "错.toml", strings.Replace(read(t, handedIn(t)), "quantity = 2\n", "quantity = \"两张\"\n", 1)),
		"请至少登记一项财物":                 file(t, "空.toml", strings.Split(read(t, handedIn(t)), "[[items]]")[0]),
		"第 1 项金额：不是可识别的金额":          file(t, "错.toml", strings.Replace(read(t, handedIn(t)), "2,000.00", "两千", 1)),
		"第 2 项数量：应为 1 到":            file(t, "错.toml", strings.Replace(read(t, handedIn(t)), "quantity = 2\n", "quantity = 0\n", 1)),
		"以 UTF-8 编码保存":              file(t, "错.toml", "remark = \"\xc7\xe5\"\n"),
		"第 1 行写得不对":                 file(t, "错.toml", "handed_at 2026\n"),
		"打不开文件 没有.toml":             filepath.Join(t.TempDir(), "没有.toml"),
	} {
		c.fails(says, "handover", "register", path)
	}
	c.fails("应以 .pdf 结尾", "handover", "register", handedIn(t), "--receipt", "a.xlsx")
	c.refused(exitUsage, "缺少参数：登记文件", "handover", "register")

	// The handover stays when its receipt cannot be written.
	nowhere := filepath.Join(t.TempDir(), "没有", "收据.pdf")
	if msg := c.do(exitPartial, nil, "handover", "register", handedIn(t), "--receipt", nowhere); !strings.Contains(msg, "已登记，但收据没有打印") {
		t.Error(msg)
	}
	no := c.handovers()[0].No
	c.fails("不能写入文件", "handover", "receipt", no, "--out", nowhere)
	if h := c.handovers()[0]; len(h.Receipts) != 0 {
		t.Errorf("a receipt that is nowhere: %+v", h)
	}
	pdf := filepath.Join(t.TempDir(), "a.pdf")
	c.do(exitDone, nil, "handover", "receipt", no, "--out", pdf)
	receipt := c.handovers()[0].Receipts[0].No
	os.Remove(pdf)

	dispose := func(more ...string) []string {
		return append([]string{"handover", "dispose", no, "--approver", "王院长", "--handled-by", "李某"}, more...)
	}
	for says, more := range map[string][]string{
		"没有处置方式“扔掉”，应为 退还送方":       {"--kind", "扔掉"},
		"签收人：不能为空":                 {"--kind", "退还送方"},
		"缴款凭证号：不能为空":               {"--kind", "上缴国库"},
		"告知日期：请填写日期":               {"--kind", "转住院预交金", "--voucher", "1", "--signer-file", file(t, "a", patient)},
		"不能早于上交日期":                 {"--kind", "上缴国库", "--voucher", "1", "--on", "2026-03-01"},
		"在今天（":                     {"--kind", "上缴国库", "--voucher", "1", "--on", "2099-01-01"},
		"处置日期：不是可识别的日期":            {"--kind", "上缴国库", "--voucher", "1", "--on", "下周"},
		"只用于物品和卡券":                 {"--kind", "物品销毁"},
		"没有第 4 项财物":                {"--kind", "上缴国库", "--voucher", "1", "--item", "4"},
		"只剩 2,000.00 元":            {"--kind", "上缴国库", "--voucher", "1", "--item", "1=2000.01"},
		"只剩 2 张":                   {"--kind", "上缴国库", "--voucher", "1", "--item", "2=500"},
		"--item 1=一百 的金额：不是可识别的金额": {"--kind", "上缴国库", "--voucher", "1", "--item", "1=一百"},
		"或同一项填了两次":                 {"--kind", "上缴国库", "--voucher", "1", "--item", "1", "--item", "1"},
		"变价所得：不是可识别的金额":            {"--kind", "物品变价", "--voucher", "1", "--proceeds", "一百"},
		"找不到 --signer-file 指定的文件":  {"--kind", "退还送方", "--signer-file", patient},
	} {
		c.fails(says, dispose(more...)...)
	}
	c.refused(exitUsage, "--item 应写成", dispose("--kind", "上缴国库", "--item", "现金")...)
	c.refused(exitUsage, "件数应为整数", dispose("--kind", "上缴国库", "--item", "2=500/半")...)
	c.fails("批准人：须与经办人不同", "handover", "dispose", no, "--kind", "上缴国库", "--voucher", "1", "--approver", "李某", "--handled-by", "李某")
	c.refused(exitUsage, "这里要写登记号 "+no, "handover", "void", receipt, "--reason", "写错")
	c.refused(exitUsage, "这里要写收据号", "handover", "receipt-void", no, "--reason", "写错")
	c.fails("不是红包上交的编号", "handover", "show", "ZC-2025-00478-58")
	c.fails("校验码不对", "handover", "show", "HB-2026-00001-00")
	c.fails("找不到", "handover", "slip", receipt, "--out", pdf)
	c.fails("找不到这次保管交接", "handover", "custody-sheet", no, "--out", pdf)
	c.fails("应以 .pdf 结尾", "handover", "form", no, "--out", pdf+".xlsx")
	c.fails("监交人：须与移交人、接收人不同", "handover", "custody", no, "--from-keeper", "李某", "--to", "钱某", "--witness", "钱某")
	c.fails("红包上交 "+no+" 选了两次", "handover", "custody", no, receipt, "--from-keeper", "李某", "--to", "钱某", "--witness", "王某")
	c.refused(exitUsage, "请写登记号，或用 --all", "handover", "custody", "--from-keeper", "李某", "--to", "钱某", "--witness", "王某")
	c.refused(exitUsage, "--watch 只能是 open、stale、alone、again、merit", "handover", "list", "--watch", "all")
	c.fails("--from 晚于 --to（从 2026-03-04 到 2026-03-01）", "handover", "list", "--from", "2026-03-04", "--to", "2026-03-01")
	c.fails("--from 晚于 --to（从 20", "handover", "totals", "--to", "2020-12-31")
	c.fails("没有送方类别“熟人”，应为 患者、家属", "handover", "list", "--giver", "熟人")
	c.refused(exitUsage, "后面的内容是空的", "handover", "list", "--keeper", "")
	c.refused(exitUsage, "--late 和 --unjudged 不能同时用", "handover", "list", "--late", "--unjudged")
	c.fails("没有给出编号", "handover", "list", "--no", "")
	absent(t, pdf)
	wrong := file(t, "更正.toml", "wrong = [7]\n")
	c.fails("没有第 7 项财物", "handover", "correct", no, "--file", wrong, "--reason", "写错")
	c.fails("中有不认识的项目 item", "handover", "correct", no, "--file", file(t, "更正.toml", "item = [1]\n"), "--reason", "写错")
}

// The help and the blank name every word that a command takes.
func TestHelpNamesTheWordsOfAHandover(t *testing.T) {
	c := &console{t: t}
	wants := func(text string, words []string) {
		t.Helper()
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s is not in:\n%s", w, text)
			}
		}
	}
	list := c.text(exitDone, "handover", "list", "--help")
	wants(list, wordsOf(model.HandoverStates))
	wants(list, wordsOf(model.Givers))
	wants(c.text(exitDone, "handover", "dispose", "--help"), wordsOf(model.DispositionKinds()))
	wants(string(handoverBlank), slices.Concat(wordsOf(model.Givers), wordsOf(model.ItemCategories), model.Occasions))
}

func wordsOf[T ~string](all []T) []string {
	words := make([]string, len(all))
	for i, w := range all {
		words[i] = string(w)
	}
	return words
}

func read(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
