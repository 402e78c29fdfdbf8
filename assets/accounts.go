package assets

// CommonPasswords lists, in lower case, the passwords that everybody tries first.
func (l *Library) CommonPasswords() ([]string, error) {
	var list struct {
		Passwords []string `toml:"passwords"`
	}
	err := l.TOML("accounts/common-passwords.toml", &list)
	return list.Passwords, err
}
