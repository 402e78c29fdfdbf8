package campaign

import (
	"context"
	"strings"
	"testing"

	"qingfeng/model"
)

func TestReminders(t *testing.T) {
	ctx := context.Background()
	d, _ := planned(t, sectionDuties)
	d.Menu("打印", "催办单")
	d.Sees("没有要催办的")
	d.Escape()
	d.Staff("急诊科", "01", "张堃", "李喆")
	id := d.inHand.ID
	if id == 0 {
		id = must[[]model.Campaign](t)(d.Store.Campaigns(ctx))[0].ID
	}
	must[int](t)(d.Store.MakeCommitments(ctx, id, model.PersonalCommitment))
	d.markPrinted()
	d.Menu("打印", "催办单")
	d.Tap(printButton)
	d.TapLast("知道了")
	if lines := d.Exports(); len(lines) != 1 || !strings.HasPrefix(lines[0], "催办单 ") {
		t.Errorf("the trail says %q", lines)
	}
}
