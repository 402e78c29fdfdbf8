package campaign

import (
	"context"
	"testing"

	"qingfeng/model"
	"qingfeng/model/store/storetest"
	"qingfeng/ui/kit"
)

func TestAFindingFromItsDiscoveryToTheLookBack(t *testing.T) {
	d, p, _ := ward(t)
	id := d.found(func(f *model.Finding) { f.Measure, f.DueOn, f.Level = "", "", model.Grave })
	p.Refresh()
	p.SelectID(id)
	d.Tap("开始整改…")
	d.TapLast("开始整改")
	d.Sees("请填写整改措施", "请填写整改时限", "请填写责任领导", "请填写预案")
	d.Write(1, "逐件核对")
	d.Fields()[2].(*kit.DateField).SetDate("2026-09-30")
	d.Write(3, "欧阳建国")
	d.Write(4, "停用该批耗材")
	d.TapLast("开始整改")
	d.Sees("已开始整改", "整改中")
	if f := d.finding(id); f.State != model.Mending || f.BegunOn != "2026-08-11" || f.Leader != "欧阳建国" || f.DueOn != "2026-09-30" {
		t.Fatalf("the finding is %+v", f)
	}
	d.Tap("提交验收…")
	d.TapLast("提交验收")
	d.Sees("请填写整改人", "请填写完成情况")
	d.Write(1, "张堃、李喆")
	d.Write(2, "已逐件核对，账物相符")
	d.TapLast("提交验收")
	d.Sees("已提交验收", "待验收")

	d.Tap("验收销号…") // by the account that recorded it
	d.Sees("请换一个账号验收", "用您的账号")
	d.Tap("知道了")
	if f := d.finding(id); f.State != model.ToAccept || f.MendedBy != "张堃、李喆" {
		t.Fatalf("the finding is %+v", f)
	}
	p = d.asReviewer()
	p.SelectID(id)
	d.SeesNot("修改")
	d.Tap("验收销号…")
	d.Sees("账物相符", "王某")
	d.Write(1, "现场核查属实")
	d.TapLast("销号")
	d.Sees("已销号", "2026-08-11 销号（验收人 王某）")
	if f := d.finding(id); f.State != model.ClosedOut || f.AcceptedBy != "王某" || f.AcceptNote != "现场核查属实" || f.LookBackDue == "" {
		t.Fatalf("the finding is %+v", f)
	}

	storetest.Enter(t, d.Store)
	p = d.register()
	p.SelectID(id)
	d.SeesNot("作废…")
	d.Tap("回头看…")
	d.TapLast("登记")
	d.Sees("请选择结果")
	d.SeesNot("新的时限")
	d.Tap("反弹")
	d.TapLast("登记")
	d.Sees("请填写情况", "请填写新的时限")
	d.Write(2, "又发现两件不符")
	d.Fields()[3].(*kit.DateField).SetDate("2026-10-31")
	d.Picture("finding-look-back")
	d.TapLast("登记")
	if f := d.finding(id); f.State != model.Relapsed || f.Relapses != 1 || f.DueOn != "2026-10-31" || f.LookBackBy != storetest.Name {
		t.Fatalf("the finding is %+v", f)
	}
	d.Sees("反弹", "第 1 次反弹")
	d.Tap("经过")
	d.Sees("又发现两件不符", "状态：已销号 → 反弹", "状态：待验收 → 已销号", "提交验收", "新增", "王某")
	d.SeesNot("账号：")
	d.Picture("finding-story-whole")
}

func TestRefusedStepsChangeNothing(t *testing.T) {
	d, p, _ := ward(t)
	id := d.begun()
	p.Refresh()
	p.SelectID(id)
	d.Tap("提交验收…")
	d.Fields()[0].(*kit.DateField).SetDate("2026-07-01") // before it was begun
	d.Write(1, "张堃")
	d.Write(2, "已核对")
	d.TapLast("提交验收")
	d.Sees("不能早于")
	d.Tap("知道了")
	d.Fields()[0].(*kit.DateField).SetDate("2026-08-12")
	d.TapLast("提交验收")
	d.Sees("在今天（2026-08-11）之后")
	d.Tap("知道了")
	d.Escape()
	d.Tap("放弃修改")
	if f := d.finding(id); f.State != model.Mending {
		t.Errorf("the finding is %+v", f)
	}

	d.Tap("作废…")
	d.Tap("作废") // without a reason
	if f := d.finding(id); f.State != model.Mending {
		t.Error("voided without a reason")
	}
	d.Write(0, "重复登记")
	d.Tap("作废")
	d.Sees("已作废")
	if f := d.finding(id); f.State != model.Withdrawn || f.VoidReason != "重复登记" {
		t.Errorf("the finding is %+v", f)
	}
}

// Somebody else moved the finding since the page showed it.
func TestAStepThatTheStateNoLongerAllows(t *testing.T) {
	d, p, _ := ward(t)
	id := d.found(nil)
	p.Refresh()
	p.SelectID(id)
	d.Tap("开始整改…")
	check(t, d.Store.VoidFinding(context.Background(), id, "重复登记"))
	d.TapLast("开始整改")
	d.Sees("是“作废”，不能开始整改")
}

func TestSentBack(t *testing.T) {
	d, _, _ := ward(t)
	id := d.mended()
	p := d.asReviewer()
	p.SelectID(id)
	d.Tap("退回…")
	d.TapLast("退回")
	d.Sees("请填写退回原因")
	d.Write(1, "没有附照片")
	d.TapLast("退回")
	d.Sees("已退回", "2026-08-11 退回：没有附照片")
	if f := d.finding(id); f.State != model.Refused {
		t.Errorf("the finding is %+v", f)
	}
	d.SeesNot("开始整改…") // a reviewer's part is done
}

func TestMoreTime(t *testing.T) {
	d, p, _ := ward(t)
	id := d.begun()
	p.Refresh()
	p.SelectID(id)
	d.Tap("申请延期…")
	d.Fields()[0].(*kit.DateField).SetDate("2026-09-30") // no later than before
	d.Write(1, "设备采购周期长")
	d.TapLast("申请")
	d.Sees("新时限应晚于原时限 2026-09-30")
	d.Tap("知道了")
	d.Fields()[0].(*kit.DateField).SetDate("2026-11-30")
	d.TapLast("申请")
	d.Sees("已申请延期，等待审批", "延期待批")
	d.SeesNot("申请延期…")
	d.Tap("审批延期…")
	d.Sees("请换一个账号审批")
	d.Tap("知道了")
	p = d.asReviewer()
	p.Show(FindingsWithRequests)
	p.SelectID(id)
	d.Tap("审批延期…")
	d.Sees("设备采购周期长", "2026-11-30")
	d.TapLast("登记")
	d.Sees("请选择审批")
	d.Tap("批准")
	d.TapLast("登记")
	d.Sees("的延期申请已审批")
	if f := d.finding(id); f.DueOn != "2026-11-30" || f.Extensions != 0 {
		t.Errorf("the finding is %+v", f)
	}
	x := must[[]model.Extension](t)(d.Store.Extensions(context.Background(), id))
	if x[0].State != model.Granted || x[0].DecidedBy != "王某" {
		t.Errorf("the request is %+v", x[0])
	}
}

func TestMoreTimeDenied(t *testing.T) {
	d, _, _ := ward(t)
	id := d.begun()
	check(t, d.Store.AskExtension(context.Background(), id, "2026-11-30", "设备采购周期长"))
	p := d.asReviewer()
	p.SelectID(id)
	d.Tap("审批延期…", "不批准")
	d.Write(0, "请按期完成")
	d.TapLast("登记")
	if f := d.finding(id); f.DueOn != "2026-09-30" {
		t.Errorf("the finding is %+v", f)
	}
	d.Tap("经过")
	d.Sees("申请延期", "审批延期", "请按期完成", "待批 → 未批准")
}
