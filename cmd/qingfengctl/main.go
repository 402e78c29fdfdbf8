// Qingfengctl does the office's work without a window: for the IT desk, for
// scheduled jobs and for tests. It parses, calls and shows; it holds no rule.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"

	"qingfeng/model"
)

// Exit statuses, which scheduled jobs rely on.
const (
	exitDone    = 0
	exitFailed  = 1 // nothing changed
	exitUsage   = 2
	exitPartial = 3 // done in part, or refused because the data is invalid
	exitLocked  = 4 // another program has the folder
)

// errPartial ends a command whose report, already written, names what could
// not be done.
var errPartial = errors.New("部分内容未能处理，详见上面的报告")

type commands struct {
	Data         string `help:"数据文件夹，缺省与窗口程序相同" placeholder:"文件夹" type:"path"`
	JSON         bool   `name:"json" help:"标准输出只写一份 JSON"`
	PasswordFile string `help:"存放密码的文件（也可用环境变量 QINGFENG_PASSWORD）" placeholder:"文件" type:"path"`

	Init       initCommand       `cmd:"" help:"新建数据文件夹"`
	Demo       demoCommand       `cmd:"" help:"生成示例医院：数据文件夹和各种打印件"`
	Roster     rosterCommand     `cmd:"" help:"花名册：导入、导出"`
	Department departmentCommand `cmd:"" help:"科室"`
	Staff      staffCommand      `cmd:"" help:"职工"`
	Campaign   campaignCommand   `cmd:"" help:"专项行动"`
	Commitment commitmentCommand `cmd:"" help:"承诺书：打印、登记交回、汇总"`
	Check      checkCommand      `cmd:"" help:"体检：数据库完整性、引用和编号"`
	Version    versionCommand    `cmd:"" help:"版本"`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole program but for the process around it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	var c commands
	// Kong ends the process after --help; the panic lets run return instead.
	type helpShown struct{}
	status, parsed := exitUsage, (*kong.Context)(nil)
	func() {
		defer func() {
			if r := recover(); r != nil {
				if _, ok := r.(helpShown); !ok {
					panic(r)
				}
				status = exitDone
			}
		}()
		parser, err := kong.New(&c, kong.Name("qingfengctl"), kong.Writers(stdout, stderr),
			kong.Help(chineseHelp), kong.Exit(func(int) { panic(helpShown{}) }))
		if err == nil {
			parsed, err = parser.Parse(args)
		}
		if err != nil {
			fmt.Fprintf(stderr, "命令用法有误：%s\n用 qingfengctl --help 查看用法。\n", usageText(err))
		}
	}()
	if parsed == nil {
		return status
	}
	out := &output{commands: &c, stdout: stdout, stderr: stderr}
	parsed.BindTo(ctx, (*context.Context)(nil))
	return out.status(parsed.Run(out))
}

// status turns a command's error into a message and the exit status.
func (o *output) status(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errPartial):
		o.say("%s", err)
		return exitPartial
	case model.CodeOf(err) == model.Locked:
		o.say("%s", err)
		return exitLocked
	case errors.Is(err, context.Canceled):
		o.say("已取消。")
		return exitFailed
	case model.CodeOf(err) == "":
		o.say("没有完成：程序遇到意外情况，详情已记入数据文件夹的日志。")
		return exitFailed
	}
	o.say("没有完成：%s", err)
	return exitFailed
}
