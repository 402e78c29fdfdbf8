package store

import (
	"context"
	"strings"

	"qingfeng/model"
)

// UnfoundedHospital is the profile in a folder of the time before accounts, so
// that [Store.Found] need not be given a new one; before the first start is
// finished it returns a NotFound error. Once the folder has accounts one has to
// sign in and ask for [Store.Hospital].
func (s *Store) UnfoundedHospital(ctx context.Context) (model.Hospital, error) {
	var h model.Hospital
	founded, err := s.Founded(ctx)
	if err != nil {
		return h, err
	}
	if founded {
		return h, model.Errorf(model.Denied, "请先登录")
	}
	if err := first(s.peek(ctx).Table("hospital"), &h, "份医院概况，请先完成首次设置"); err != nil {
		return h, err
	}
	h.IntegrityNo = strings.TrimPrefix(h.IntegrityNo, plainPrefix)
	return h, nil
}
