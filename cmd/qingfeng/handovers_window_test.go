//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// handOver registers two red envelopes with the keyboard alone, as one does
// with somebody waiting at the desk: one under a name, with its receipt, and
// one of somebody who, when already chosen, asks not to be named. What came of
// it is read from a copy of the data folder.
func (w *window) handOver() {
	w.t.Helper()
	const named, unnamed = "01311", "01271"
	before := len(w.list("handover", "list"))
	w.keys("ctrl+9")
	w.settle()
	w.picture("handovers.png")
	w.keys("ctrl+n")
	w.settle()
	w.keys("Tab")
	w.typed(named)
	w.settle()
	w.keys("Return", "Tab")
	w.typed("2026-9-17 16:30")
	w.keys("Tab", "Tab", "Down", "Return", "Tab", "space", "Tab")
	w.typed("贾某某")
	w.keys("Tab")
	w.typed("ZY2026091701")
	w.keys("Tab", "Tab", "Tab", "Tab", "Down", "Return", "Tab")
	w.typed("100 yuan")
	w.keys("Tab")
	w.typed("20") // over the 1 that is proposed
	w.keys("Tab", "Tab")
	w.typed("2000")
	w.keys("Tab", "Tab", "Tab", "Tab", "Tab")
	w.typed("赵某")
	w.keys("ctrl+s")
	w.until("the red envelope is registered", func() bool { return len(w.list("handover", "list")) == before+1 })
	w.until("its receipt is previewed", w.previews)
	w.keys("ctrl+p")
	w.until("the viewer is called", func() bool { return strings.Contains(filepath.Base(w.viewed()), "收据") })
	if info, err := os.Stat(w.viewed()); err != nil || info.Size() < 5_000 {
		w.t.Errorf("the viewer got %s: %v", w.viewed(), err)
	}
	w.backToRegister()

	w.keys("ctrl+n")
	w.settle()
	w.keys("Tab")
	w.typed(unnamed)
	w.settle()
	w.keys("Return", "shift+Tab", "Right", "Tab")
	w.typed("2026-9-18 8:00")
	w.keys("Tab", "Tab", "Down", "Return", "Tab", "Right", "Right", "Right", "Right", "Tab", "Tab", "Tab", "Down", "Return", "Tab", "Tab", "Tab", "Tab")
	w.typed("500")
	w.keys("Tab", "Tab", "Tab", "Tab", "Tab")
	w.typed("赵某")
	w.keys("ctrl+s")
	w.until("the other one is registered", func() bool { return len(w.list("handover", "list")) == before+2 })
	w.until("its receipt is previewed too", w.previews)
	w.backToRegister()

	rows := w.list("handover", "list")
	first, second := rows[before], rows[before+1]
	if fmt.Sprintf("%v %v %v", first["anonymous"], first["amount_fen"], first["employee_no"]) != "false 200000 "+named {
		w.t.Errorf("the first is %v", first)
	}
	if receipts, _ := first["receipts"].([]any); len(receipts) != 1 {
		w.t.Errorf("its receipts are %v", first["receipts"])
	}
	if fmt.Sprintf("%v %v", second["anonymous"], second["amount_fen"]) != "true 50000" {
		w.t.Errorf("the second is %v", second)
	}
	if told := w.console("handover", "show", second["no"].(string)); len(told) == 0 || bytes.Contains(told, []byte(unnamed)) {
		w.t.Errorf("of the unnamed one is told %s", told)
	}
}

// The place of 红包上交 in the navigation, where the page is marked in teal.
const markX, markY = 20, 364

// previews reports whether a preview covers the whole window: a dialog leaves
// the mark in the navigation dark.
func (w *window) previews() bool {
	r, g, b, _ := w.shot().At(markX, markY).RGBA()
	return min(r, g, b) > 0xb000
}

// backToRegister closes what lies over the register, which are a notice and a
// preview at most.
func (w *window) backToRegister() {
	w.t.Helper()
	w.until("the register is back", func() bool {
		r, g, b, _ := w.shot().At(markX, markY).RGBA()
		if r>>8 == 0x0f && g>>8 == 0x6b && b>>8 == 0x66 { // the accent, not dimmed
			return true
		}
		w.keys("Escape")
		w.settle()
		return false
	})
}
