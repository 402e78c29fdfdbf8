package office

import "testing"

func TestFigures(t *testing.T) {
	var f Figures[int]
	shown := []int{}
	show := func(n int) { shown = append(shown, n) }
	if _, answered := f.Show(show); answered {
		t.Error("figures before an answer")
	}
	for _, n := range []int{3, 3, 5} {
		f.Came(n)
		if now, answered := f.Show(show); now != n || !answered {
			t.Errorf("%d, %v after %d", now, answered, n)
		}
	}
	if len(shown) != 2 || shown[0] != 3 || shown[1] != 5 {
		t.Errorf("shown %v", shown)
	}
}
