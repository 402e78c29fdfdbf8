package main

import (
	"fmt"
	"io"
)

// recorded is what became of one number that was given as handed in.
type recorded struct {
	FormNo     string `json:"form_no"`
	Name       string `json:"name"`
	Department string `json:"department"`
	Recorded   bool   `json:"recorded"`
	Problem    string `json:"problem"`
}

// recordedAll tells what was recorded; numbers that could not be end the
// command as done in part.
func (o *output) recordedAll(rows []recorded) error {
	taken := 0
	for _, r := range rows {
		if r.Recorded {
			taken++
		}
	}
	err := o.result(map[string]any{"recorded": taken, "forms": rows}, func(w io.Writer) {
		for _, r := range rows {
			if r.Recorded {
				fmt.Fprintf(w, "已登记\t%s\t%s\t%s\n", r.FormNo, r.Department, r.Name)
			} else {
				fmt.Fprintf(w, "未登记\t%s\t%s\n", r.FormNo, r.Problem)
			}
		}
	})
	if err == nil && taken < len(rows) {
		err = errPartial
	}
	return err
}
