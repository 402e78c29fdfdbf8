package main

import (
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
)

// usageRules turn the parser's English messages into Chinese. The parser has
// no error types to tell them apart by; the first pattern that fits decides.
var usageRules = []struct {
	pattern *regexp.Regexp
	text    func(err error, m []string) string
}{
	{usage(`missing flags: (.*)`), func(_ error, m []string) string {
		return "缺少必填的选项 " + strings.ReplaceAll(strings.ReplaceAll(m[1], ",...", ""), ", ", "、")
	}},
	{usage(`(?:expected|missing positional arguments) "?(<.*>)(?: \.\.\.)?"?`), func(err error, m []string) string {
		return "缺少参数：" + positionals(err, m[1])
	}},
	{usage(`expected (?:one of )?(".*)`), func(_ error, m []string) string {
		return "还要写明命令，如 " + list(m[1])
	}},
	{usage(`unknown flag (.*?)(?:, did you mean (?:one of )?(".*")\?)?`), func(_ error, m []string) string {
		return "没有选项 " + m[1] + meant(m[2])
	}},
	{usage(`unexpected argument (.*?)(?:, did you mean (?:one of )?(".*")\?)?`), func(_ error, m []string) string {
		return "不认识或多余的参数“" + m[1] + "”" + meant(m[2])
	}},
	{usage(`(\S+) must be one of (.*) but got (".*")`), func(_ error, m []string) string {
		return m[1] + " 只能是 " + list(m[2]) + "，不能是“" + unquote(m[3]) + "”"
	}},
	{usage(`(<\S+>): expected a valid \d+ bit u?int but got (".*")`), func(err error, m []string) string {
		return positionals(err, m[1]) + "应为整数，不能是“" + unquote(m[2]) + "”"
	}},
	{usage(`(\S+): expected a valid \d+ bit u?int but got (".*")`), func(_ error, m []string) string {
		return m[1] + " 应为整数，不能是“" + unquote(m[2]) + "”"
	}},
	{usage(`(--\S+) and (--\S+) can't be used together`), func(_ error, m []string) string {
		return m[1] + " 和 " + m[2] + " 不能同时用"
	}},
	{usage(`flag (--\S+) applies to the default command (".*"), not (".*")`), func(_ error, m []string) string {
		return m[1] + " 是 " + unquote(m[2]) + " 的选项，不能用于 " + unquote(m[3])
	}},
	{usage(`(\S+): expected "<key>=<value>" but got (".*")`), func(_ error, m []string) string {
		return m[1] + " 应写成“名称=值”，不能是“" + unquote(m[2]) + "”"
	}},
	{usage(`(\S+): (?:expected .* value but got "EOL" .*|missing value, expecting .*)`), func(_ error, m []string) string {
		return m[1] + " 后面缺少内容"
	}},
	{usage(`(\S+): expected .* value but got (".*") \(.*\).*`), func(_ error, m []string) string {
		value := unquote(m[2])
		return m[1] + " 后面缺少内容；若内容就是“" + value + "”，请写成 " + m[1] + "=" + value
	}},
	{usage(`(\S+): bool value must be .*`), func(_ error, m []string) string {
		return m[1] + " 是开关，后面不用写内容"
	}},
}

func usage(pattern string) *regexp.Regexp { return regexp.MustCompile(`(?s)^` + pattern + `$`) }

// usageText says in Chinese what is wrong with the command line, without a
// full stop. err is an error of the parser.
func usageText(err error) string {
	for _, r := range usageRules {
		if m := r.pattern.FindStringSubmatch(err.Error()); m != nil {
			return r.text(err, m)
		}
	}
	return "命令或选项写得不对"
}

// blankFilter names an option that narrows what a command is about and was
// given without content, as by a script's empty variable: all is not what was
// meant.
func blankFilter(parsed *kong.Context) string {
	for _, p := range parsed.Path {
		if f := p.Flag; f != nil && slices.Contains([]string{"campaign", "department", "state", "giver", "category", "disposed", "keeper", "find-file"}, f.Name) &&
			f.Target.Kind() == reflect.String && strings.TrimSpace(f.Target.String()) == "" {
			return "--" + f.Name
		}
	}
	return ""
}

// positionals names missing arguments such as "<file>" by what their help calls them.
func positionals(err error, missing string) string {
	parse, ok := errors.AsType[*kong.ParseError](err)
	if !ok || parse.Context.Selected() == nil {
		return missing
	}
	var names []string
	for _, p := range parse.Context.Selected().Positional {
		if strings.Contains(missing, "<"+p.Name+">") {
			names = append(names, p.Help)
		}
	}
	return strings.Join(names, "、")
}

// meant proposes what the parser thinks was meant, if anything.
func meant(quoted string) string {
	if quoted == "" {
		return ""
	}
	return "，是不是 " + list(quoted)
}

var quotedWord = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// list joins quoted words. The parser ends a long list with three dots.
func list(quoted string) string {
	words := quotedWord.FindAllString(quoted, -1)
	for i := range words {
		words[i] = unquote(words[i])
	}
	text := strings.Join(words, "、")
	if strings.HasSuffix(quoted, "...") {
		text += " 等"
	}
	return text
}

func unquote(s string) string {
	if text, err := strconv.Unquote(s); err == nil {
		return text
	}
	return s
}
