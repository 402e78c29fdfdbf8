// Package vault locks what only people with a password may read: the columns
// and files of a data folder, and its backups. It knows no database and no
// folder; it turns text into locked text and streams into locked streams.
//
// Three layers hold each other. A password, or the printed recovery code,
// opens a [Slot] and yields an [Identity]; an identity opens the data keys
// sealed to it ([OpenKey]); data keys, gathered in a [Ring], open values and
// files. So a new password replaces one slot and touches no data.
//
// Nothing here is cryptography of our own: argon2id (RFC 9106) stretches
// passwords, AES-256-GCM locks identities and columns, HKDF-SHA256 (RFC 5869)
// derives subkeys, HMAC-SHA256 marks and seals, age (age-encryption.org/v1,
// X25519) locks data keys, files and backups.
package vault

import (
	"fmt"
	"io"
	"log/slog"

	"qingfeng/model"
)

// ErrSecret says that the password or recovery code, or the identity in hand,
// is none that opens the thing.
var ErrSecret error = &model.Error{Code: model.Invalid, Message: "密码或恢复码不对"}

// What a person reads when stored bytes are not what was written. They say
// what to do and never quote the bytes.
var (
	errEmptySecret = model.Errorf(model.Invalid, "密码不能为空")
	errSlot        = model.Errorf(model.Storage, "账号的密钥已损坏，请由管理员重置密码，或从备份恢复")
	errKey         = model.Errorf(model.Storage, "数据密钥已损坏或被改动，请从备份恢复")
	errKeyForeign  = model.Errorf(model.Conflict, "数据密钥没有交给这个账号，请由管理员重置该账号的密码")
	errValue       = model.Errorf(model.Storage, "有一个加密的值打不开，数据已损坏或被改动，请做一次体检，并从备份恢复")
	errFile        = model.Errorf(model.Storage, "加密的文件打不开，文件已损坏或被改动，请从备份恢复")
	errArchive     = model.Errorf(model.Storage, "备份文件打不开，它已损坏，或不是本系统的备份，请换一份备份")
)

// errNoKey names the data key that is missing; a key's number is no secret.
func errNoKey(number int) error {
	return model.Errorf(model.Conflict, "内容由第 %d 号数据密钥加密，当前账号没有这把密钥", number)
}

// hidden keeps a type that holds secrets out of logs and messages, whichever
// way it is printed.
type hidden struct{}

const veil = "…"

// String returns an ellipsis: the value is secret.
func (hidden) String() string { return veil }

// GoString returns an ellipsis: the value is secret.
func (hidden) GoString() string { return veil }

// Format prints an ellipsis under every verb: the value is secret.
func (hidden) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, veil) }

// LogValue is an ellipsis: the value is secret.
func (hidden) LogValue() slog.Value { return slog.StringValue(veil) }
