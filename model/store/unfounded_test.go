package store

import (
	"context"
	"testing"

	"qingfeng/model"
)

func TestProfileOfAFoundedFolderNeedsASignIn(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	check(t, s.SignOut(ctx, false))
	if h, err := s.UnfoundedHospital(ctx); model.CodeOf(err) != model.Denied || h != (model.Hospital{}) {
		t.Errorf("a stranger reads %+v (%v)", h, err)
	}
}
