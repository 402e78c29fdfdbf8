package store

import (
	"context"
	"testing"

	"qingfeng/model"
)

func TestProfileOfAFoundedFolderNeedsASignIn(t *testing.T) {
	ctx := context.Background()
	s := openTest(t)
	if err := s.SignOut(ctx, false); err != nil {
		t.Fatal(err)
	}
	if h, err := s.UnfoundedHospital(ctx); model.CodeOf(err) != model.Denied || h != (model.Hospital{}) {
		t.Errorf("a stranger reads %+v (%v)", h, err)
	}
}
