package store

import "testing"

var drawUses = []use{}

func furnishDraws(t *testing.T, s *Store) {}
