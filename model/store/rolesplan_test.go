package store

import "testing"

var planUses = []use{}

func furnishPlan(t *testing.T, s *Store) {}
