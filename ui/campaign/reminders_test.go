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
	d.menu("打印", "催办单")
	d.sees("没有要催办的")
	d.escape()
	d.staff("急诊科", "01", "张堃", "李喆")
	id := d.inHand.ID
	if id == 0 {
		id = must[[]model.Campaign](t)(d.store.Campaigns(ctx))[0].ID
	}
	must[int](t)(d.store.MakeCommitments(ctx, id, model.PersonalCommitment))
	d.markPrinted()
	d.menu("打印", "催办单")
	d.tap(printButton)
	d.tapLast("知道了")
	if lines := d.exports(); len(lines) != 1 || !strings.HasPrefix(lines[0], "催办单 ") {
		t.Errorf("the trail says %q", lines)
	}
}
