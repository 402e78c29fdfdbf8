package main

import (
	"fmt"
	"strings"

	"github.com/alecthomas/kong"
)

// chineseHelp prints the usage of the selected command or of all of them; the
// library's own printer speaks English.
func chineseHelp(_ kong.HelpOptions, ctx *kong.Context) error {
	w := ctx.Stdout
	node := ctx.Selected()
	if node == nil {
		node = ctx.Model.Node
	}
	fmt.Fprintf(w, "用法：%s\n", strings.TrimSpace(strings.Replace(ctx.Model.Name+" [--data 文件夹] [--json] "+node.Path(), ctx.Model.Name+" "+ctx.Model.Name, ctx.Model.Name, 1)))
	if node.Help != "" {
		fmt.Fprintf(w, "\n%s\n", node.Help)
	}
	if len(node.Positional) > 0 {
		fmt.Fprintln(w, "\n参数：")
		for _, p := range node.Positional {
			fmt.Fprintf(w, "  %-24s %s\n", p.Summary(), p.Help)
		}
	}
	if leaves := node.Leaves(true); len(node.Children) > 0 && len(leaves) > 0 {
		fmt.Fprintln(w, "\n命令：")
		for _, leaf := range leaves {
			fmt.Fprintf(w, "  %-24s %s\n", strings.TrimPrefix(leaf.FullPath(), ctx.Model.Name+" "), leaf.Help)
		}
	}
	fmt.Fprintln(w, "\n选项：")
	for _, group := range node.AllFlags(true) {
		for _, f := range group {
			if f.Name != "help" {
				remark := map[bool]string{true: "（必填）"}[f.Required]
				if f.Default != "" {
					remark = "（缺省 " + f.Default + "）"
				}
				fmt.Fprintf(w, "  --%-22s %s%s\n", f.Name, f.Help, remark)
			}
		}
	}
	return nil
}
