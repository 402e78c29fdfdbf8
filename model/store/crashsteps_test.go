package store

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"qingfeng/model"
	"qingfeng/model/formno"
)

// The steps of a writer. Each knows beforehand what will be true after it.

// some are at most n names of facts that begin with prefix, without it, and
// whose value begins with value.
func (w *writer) some(prefix, value string, n int) []string {
	var out []string
	for name, is := range w.facts {
		if strings.HasPrefix(name, prefix) && strings.HasPrefix(is, value) {
			out = append(out, strings.TrimPrefix(name, prefix))
		}
	}
	slices.Sort(out) // so that a seed picks the same again
	w.r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out[:min(n, len(out))]
}

// one is a name of [writer.some], if there is any.
func (w *writer) one(prefix, value string) (name string, ok bool) {
	if all := w.some(prefix, value, 1); len(all) > 0 {
		return all[0], true
	}
	return "", false
}

func (w *writer) next() int64 { return w.last.Load() + 1 }

func (w *writer) addDepartment() error {
	return w.do("add department", map[string]string{"科室 急诊科": ""}, func(*said) error {
		_, err := w.s.SaveDepartment(context.Background(), model.Department{Name: "急诊科"})
		return err
	})
}

func (w *writer) addCampaign() error {
	c, err := w.s.NewPlan("county-plan-2024", 2026)
	if err != nil {
		return err
	}
	return w.do("add campaign", map[string]string{"专项行动 " + c.Title: "", "领导小组": memberFact(c.Members)}, func(*said) error {
		_, err := w.s.StartCampaign(context.Background(), c)
		return err
	})
}

func worker(no string, n int64) model.Staff {
	return model.Staff{EmployeeNo: no, Name: "赵犇", Phone: fmt.Sprintf("139%08d", n), IDNumber: fmt.Sprintf("99010119%09dX", n)}
}

func workerFact(m model.Staff) string { return m.Phone + " " + m.IDNumber }

func (w *writer) addPerson() error {
	m := worker(fmt.Sprintf("Z%06d", w.next()), w.next())
	m.DepartmentID = 1
	return w.do("add person", map[string]string{"职工 " + m.EmployeeNo: workerFact(m)}, func(*said) error {
		_, err := w.s.SaveStaff(context.Background(), m)
		return err
	})
}

func (w *writer) changePerson() error {
	if no, ok := w.one("职工 ", ""); ok {
		rows, err := w.s.Staff(context.Background(), StaffFilter{Find: no}, Page{})
		if err != nil || len(rows.Items) != 1 {
			return fmt.Errorf("%d people have number %s: %w", len(rows.Items), no, err)
		}
		m := rows.Items[0].Staff
		m.Phone = worker(no, w.next()).Phone
		return w.do("change person", map[string]string{"职工 " + no: workerFact(m)}, func(*said) error {
			_, err := w.s.SaveStaff(context.Background(), m)
			return err
		})
	}
	return nil
}

func (w *writer) importRoster() error {
	n := w.next()
	department := fmt.Sprintf("病区%d", n)
	facts := map[string]string{"科室 " + department: ""}
	people := 1 + w.r.IntN(40)
	if w.r.IntN(4) == 0 {
		people = 300 // a change whose writing takes long enough to be killed in
	}
	rows := make([]model.RosterRow, people)
	for i := range rows {
		m := worker(fmt.Sprintf("R%06d-%03d", n, i), n*1000+int64(i))
		rows[i] = model.RosterRow{Line: i + 2, Department: department, Staff: m}
		facts["职工 "+m.EmployeeNo] = workerFact(m)
	}
	return w.do("import", facts, func(*said) error {
		_, err := w.s.ImportRoster(context.Background(), "花名册.xlsx", model.RosterReading{Total: len(rows), Rows: rows}, RosterAnswers{})
		return err
	})
}

// makeLetters knows the numbers beforehand: none is skipped, whatever happens.
func (w *writer) makeLetters() error {
	missing, err := w.s.WithoutCommitment(context.Background(), 1, model.PersonalCommitment)
	if err != nil {
		return err
	}
	facts := map[string]string{}
	given := len(w.some("承诺书 ", "", len(w.facts)))
	for i := range missing {
		facts["承诺书 "+formno.No{Prefix: "CN", Year: 2026, Seq: given + i + 1}.String()] = letterFact(model.Unprinted, 0)
	}
	return w.do("make letters", facts, func(*said) error {
		_, err := w.s.MakeCommitments(context.Background(), 1, model.PersonalCommitment)
		return err
	})
}

func letterFact(state model.PaperState, printed int) string {
	return fmt.Sprintf("%s %d", state, printed)
}

func (w *writer) letter(no string) (state model.PaperState, printed int) {
	fmt.Sscan(w.facts["承诺书 "+no], &state, &printed)
	return state, printed
}

func (w *writer) print() error {
	facts := map[string]string{}
	var ids []int64
	for _, no := range append(w.some("承诺书 ", string(model.Unprinted), 1+w.r.IntN(20)), w.some("承诺书 ", string(model.Returned), 1)...) {
		row, err := w.s.CommitmentByNumber(context.Background(), no)
		if err != nil {
			return err
		}
		ids = append(ids, row.ID)
		state, printed := w.letter(no)
		if state == model.Unprinted {
			state = model.Printed
		}
		facts["承诺书 "+no] = letterFact(state, printed+1)
	}
	if ids == nil {
		return nil
	}
	return w.do("print", facts, func(*said) error { return w.s.MarkPrinted(context.Background(), ids) })
}

func (w *writer) takeBack() error {
	facts := map[string]string{}
	nos := w.some("承诺书 ", string(model.Printed), 1+w.r.IntN(8))
	if nos == nil {
		return nil
	}
	for _, no := range nos {
		_, printed := w.letter(no)
		facts["承诺书 "+no] = letterFact(model.Returned, printed)
	}
	return w.do("take back", facts, func(*said) error {
		results, err := w.s.ReturnCommitments(context.Background(), 1, nos, w.s.Today())
		for _, r := range results {
			if r.Problem != "" {
				err = fmt.Errorf("%s: %s", r.FormNo, r.Problem)
			}
		}
		return err
	})
}

func (w *writer) void() error {
	if no, ok := w.one("承诺书 ", string(model.Printed)); ok {
		row, err := w.s.CommitmentByNumber(context.Background(), no)
		if err != nil {
			return err
		}
		_, printed := w.letter(no)
		return w.do("void", map[string]string{"承诺书 " + no: letterFact(model.Voided, printed)}, func(*said) error {
			return w.s.VoidCommitment(context.Background(), row.ID, "打印错误")
		})
	}
	return nil
}

func (w *writer) attach() error {
	if no, ok := w.one("承诺书 ", ""); ok {
		row, err := w.s.CommitmentByNumber(context.Background(), no)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("扫描件%d.pdf", w.next())
		text := strings.Repeat(no, 1+w.r.IntN(3000))
		fact := fmt.Sprintf("%s %x", no, sha256.Sum256([]byte("%PDF-1.7\n"+text)))
		return w.do("attach", map[string]string{"附件 " + name: fact}, func(*said) error {
			_, err := w.s.Attach(context.Background(), "承诺书", row.ID, name, scan(text))
			return err
		})
	}
	return nil
}

// secret is a password that nobody had before.
func (w *writer) secret() string { return fmt.Sprintf("清风第 %d 号密码", w.next()) }

func (w *writer) addAccount() error {
	login := fmt.Sprintf("z%d", w.next())
	pw := w.secret()
	return w.do("add account", map[string]string{"账号 " + login: "经办", "密码 " + login: pw}, func(*said) error {
		_, err := w.s.AddAccount(context.Background(), model.Account{Login: login, Name: "王某", Role: model.Clerk}, pw)
		return err
	})
}

// onAccount changes one of the clerks' accounts.
func (w *writer) onAccount(what, before, after, pw string, change func(id int64) error) error {
	if login, ok := w.one("账号 ", before); ok {
		row, err := findAccount(w.s, login)
		if err != nil {
			return err
		}
		return w.do(what, map[string]string{"账号 " + login: after, "密码 " + login: pw}, func(*said) error { return change(row.ID) })
	}
	return nil
}

func findAccount(s *Store, login string) (accountRow, error) {
	var row accountRow
	err := first(s.peek(context.Background()).Table("account").Where("login = ?", login), &row, "个账号")
	return row, err
}

func (w *writer) disableAccount() error {
	return w.onAccount("disable account", "经办", "停用的经办", "", func(id int64) error { return w.s.DisableAccount(context.Background(), id) })
}

func (w *writer) resetPassword() error {
	pw := w.secret()
	if w.r.IntN(2) == 0 {
		return w.onAccount("enable account", "停用", "经办", pw, func(id int64) error { return w.s.EnableAccount(context.Background(), id, pw) })
	}
	return w.onAccount("reset password", "经办", "经办", pw, func(id int64) error { return w.s.ResetPassword(context.Background(), id, pw) })
}

func (w *writer) changePassword() error {
	old, pw := w.facts["密码 li"], w.secret()
	return w.do("change password", map[string]string{"密码 li": pw}, func(*said) error {
		return w.s.ChangePassword(context.Background(), old, pw)
	})
}

func (w *writer) renewCode() error {
	return w.do("renew code", map[string]string{"恢复码": unknown}, func(done *said) error {
		code, err := w.s.RenewRecoveryCode(context.Background())
		done.Facts = map[string]string{"恢复码": code}
		return err
	})
}

// startAgain closes the folder in good order and opens it again.
func (w *writer) startAgain() error {
	w.busy.Lock()
	defer w.busy.Unlock()
	if err := w.s.SignOut(context.Background(), w.r.IntN(2) == 0); err != nil {
		return err
	}
	if err := w.s.Close(); err != nil {
		return err
	}
	if err := w.s.folder.Close(); err != nil {
		return err
	}
	return w.enter()
}
