package store

import (
	"strings"

	"qingfeng/model"
	"qingfeng/model/vault"
)

// Whoever can write the database file could give an account another role, or
// slip in a key pair of their own to which the data keys would be sealed next.
// So each row that decides who gets the keys bears a MAC under them.

// proofText joins what a proof covers; no part contains a line break.
func proofText(parts ...string) []byte { return []byte(strings.Join(parts, "\n")) }

func (r accountRow) proofText() []byte {
	return proofText(r.Login, string(r.Role), string(r.DisabledOn), r.Recipient)
}

// proves reports whether the program wrote an account's row.
func (by *session) proves(r accountRow) bool {
	return by.ring().CheckMAC(r.Proof, "account", r.proofText())
}

func (by *session) recoveryProof(recipient string) string {
	return by.ring().MAC("recovery", proofText(recipient))
}

// keyProof is what the keys before say about a new one: only who has both can
// make it.
func keyProof(key vault.Key) ([]byte, error) {
	ring, err := vault.NewRing(key)
	if err != nil {
		return nil, err
	}
	return []byte(ring.MAC("data key", nil)), nil
}

func (by *session) provesKey(key vault.Key, proof string) bool {
	text, err := keyProof(key)
	return err == nil && by.ring().CheckMAC(proof, "data key", text)
}

func forged(login string) error {
	return model.Errorf(model.Denied, "账号 %s 的记录被清风以外的程序改动过，不能使用。请由管理员重设它的密码，再改回它的角色；管理员自己的账号请用恢复码", login)
}

// proveAccount renews the proof of an account that this transaction changed.
func (c *change) proveAccount(id int64) error {
	var row accountRow
	if err := first(c.Table("account").Where("id = ?", id), &row, "个账号"); err != nil {
		return err
	}
	return c.Exec(`UPDATE account SET proof = ? WHERE id = ?`, c.by.ring().MAC("account", row.proofText()), id).Error
}

// proveAll renews the proofs of all rows that have one, under the current key.
func (c *change) proveAll() error {
	var rows []accountRow
	if err := c.Table("account").Find(&rows).Error; err != nil {
		return err
	}
	for _, r := range rows {
		if !c.by.proves(r) {
			continue
		}
		if err := c.proveAccount(r.ID); err != nil {
			return err
		}
	}
	recipient, err := c.provenRecovery()
	if err != nil {
		return err
	}
	return c.Exec(`UPDATE recovery SET proof = ?`, c.by.recoveryProof(recipient)).Error
}

// addKey stores a new data key; sealKeys has to follow in the same transaction.
func (c *change) addKey(key vault.Key) error {
	text, err := keyProof(key)
	if err != nil {
		return err
	}
	return c.Exec(`INSERT INTO data_key (number, made_at, sealed, proof) VALUES (?, ?, '', ?)`,
		key.Number(), c.s.now().Unix(), c.by.ring().MAC("data key", text)).Error
}

// sealKeys seals the data keys that are stored to all accounts in use and to
// the recovery code, as they now stand. more are keys that the session does
// not hold yet.
func (c *change) sealKeys(more ...vault.Key) error {
	recipients, err := c.recipients()
	if err != nil {
		return err
	}
	var numbers []int
	if err := c.Raw(`SELECT number FROM data_key`).Scan(&numbers).Error; err != nil {
		return err
	}
	sealed := 0
	for _, key := range append(more, c.by.held.Load().list...) {
		text, err := key.SealTo(recipients)
		if err != nil {
			return err
		}
		res := c.Exec(`UPDATE data_key SET sealed = ? WHERE number = ?`, text, key.Number()) // retired ones are gone
		if res.Error != nil {
			return res.Error
		}
		sealed += int(res.RowsAffected)
	}
	if sealed < len(numbers) {
		return model.Errorf(model.Conflict, "正在更换数据密钥，请稍后再试")
	}
	return nil
}

// recipients are to whom data keys are sealed: only those whose rows the
// program wrote.
func (c *change) recipients() ([]string, error) {
	var rows []accountRow
	if err := c.Table("account").Where("disabled_on = ''").Find(&rows).Error; err != nil {
		return nil, err
	}
	recovery, err := c.provenRecovery()
	if err != nil {
		return nil, err
	}
	out := []string{recovery}
	for _, r := range rows {
		if c.by.proves(r) { // others cannot sign in until their password is reset
			out = append(out, r.Recipient)
		}
	}
	return out, nil
}

func (c *change) provenRecovery() (string, error) {
	var row struct{ Recipient, Proof string }
	if err := first(c.Table("recovery"), &row, "个恢复码"); err != nil {
		return "", err
	}
	if !c.by.ring().CheckMAC(row.Proof, "recovery", proofText(row.Recipient)) {
		return "", model.Errorf(model.Storage, "恢复码的记录被清风以外的程序改动过。请先由管理员重新生成恢复码")
	}
	return row.Recipient, nil
}
