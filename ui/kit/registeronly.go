package kit

import "slices"

// Only is the register for people who may do no more than what is labelled so:
// it keeps those actions, in menus and on rows too, opens no record, takes no
// scan and offers no first record.
func (r Register[R]) Only(labels ...string) Register[R] {
	r.Actions, r.More = onlyActions(r.Actions, labels), onlyActions(r.More, labels)
	r.RowActions = onlyRowActions(r.RowActions, labels)
	r.Open, r.OnScan, r.Empty.Button, r.Empty.Run = nil, nil, "", nil
	return r
}

func onlyRowActions[R any](all []RowAction[R], labels []string) []RowAction[R] {
	var kept []RowAction[R]
	for _, a := range all {
		if a.Menu = onlyRowActions(a.Menu, labels); slices.Contains(labels, a.Label) || len(a.Menu) > 0 {
			kept = append(kept, a)
		}
	}
	return kept
}

// onlyActions keeps the actions with these labels, and the menus that lead to
// one.
func onlyActions[R any](all []Action[R], labels []string) []Action[R] {
	var kept []Action[R]
	for _, a := range all {
		may := slices.Contains(labels, a.Label)
		if a.Menu = onlyActions(a.Menu, labels); !may {
			a.Run, a.Primary = nil, false
		}
		if may || len(a.Menu) > 0 {
			kept = append(kept, a)
		}
	}
	return kept
}
