package store

import (
	"context"
	"fmt"
)

// checkLocks looks whether passwords and the recovery code can still open their
// locks, and with somebody signed in, whether the program wrote the rows that
// decide who gets the keys. A recovery code that does not work any more would
// be noticed on the day that it is needed.
func (s *Store) checkLocks(ctx context.Context) ([]Problem, error) {
	var accounts []accountRow
	if err := s.peek(ctx).Table("account").Order("id").Find(&accounts).Error; err != nil {
		return nil, err
	}
	var codes []accountRow // only what is a lock, and its proof
	if err := s.peek(ctx).Table("recovery").Select("kdf", "locked", "recipient", "proof").Find(&codes).Error; err != nil {
		return nil, err
	}
	by := s.session.Load()
	var out []Problem
	for _, a := range accounts {
		switch {
		case a.DisabledOn == "" && a.slot().Check() != nil:
			out = append(out, Problem{areaSecrets, fmt.Sprintf("账号 %s 的密钥已损坏，密码打不开它。请由管理员重设它的密码", a.Login)})
		case by != nil && !by.proves(a):
			out = append(out, Problem{areaSecrets, forged(a.Login).Error()})
		}
	}
	for _, r := range codes {
		if r.slot().Check() != nil || by != nil && !by.ring().CheckMAC(r.Proof, "recovery", proofText(r.Recipient)) {
			out = append(out, Problem{areaSecrets, "恢复码的记录已损坏或被改动，封存的恢复码可能打不开数据。请由管理员重新生成恢复码"})
		}
	}
	if len(accounts) > 0 && len(codes) == 0 {
		out = append(out, Problem{areaSecrets, "恢复码的记录不见了，封存的恢复码打不开数据。请由管理员重新生成恢复码"})
	}
	return out, nil
}
