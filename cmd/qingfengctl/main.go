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
	"syscall"

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

// usageError ends a command whose options do not go together or lack something
// that only shows when it runs.
type usageError string

func (e usageError) Error() string { return string(e) }

// errPartial ends a command whose report, already written, names what could
// not be done.
var errPartial = errors.New("部分内容未能处理，详见上面的报告")

type commands struct {
	Data         string `help:"数据文件夹，缺省与窗口程序相同" placeholder:"文件夹" type:"path"`
	JSON         bool   `name:"json" help:"标准输出只写一份 JSON"`
	Login        string `help:"登录名（或环境变量 QINGFENG_LOGIN），缺省为第一个账号" placeholder:"登录名" env:"QINGFENG_LOGIN"`
	PasswordFile string `help:"第一行是密码的文件，缺省用环境变量 QINGFENG_PASSWORD" placeholder:"文件" type:"path"`

	Init       initCommand       `cmd:"" help:"新建数据文件夹，打印一次恢复码"`
	Demo       demoCommand       `cmd:"" help:"生成示例医院：数据文件夹和各种打印件"`
	Roster     rosterCommand     `cmd:"" help:"花名册：导入、导出"`
	Department departmentCommand `cmd:"" help:"科室"`
	Staff      staffCommand      `cmd:"" help:"职工"`
	Campaign   campaignCommand   `cmd:"" help:"专项行动"`
	Selfcheck  selfCheckCommand  `cmd:"" help:"自查自纠：打印、登记交回、汇总"`
	Commitment commitmentCommand `cmd:"" help:"承诺书：打印、登记交回、汇总、扫描件"`
	Finding    findingCommand    `cmd:"" help:"问题整改：登记、整改、验收销号、导入"`
	Handover   handoverCommand   `cmd:"" help:"红包上交：登记、收据、处置、保管交接、清点、导入"`
	Backup     backupCommand     `cmd:"" help:"备份：写成一个加密文件"`
	Restore    restoreCommand    `cmd:"" help:"从备份恢复，原来的数据另存"`
	Check      checkCommand      `cmd:"" help:"体检：数据库、操作记录、加密内容、附件和编号"`
	Audit      auditCommand      `cmd:"" help:"操作记录：查看、导出"`
	Account    accountCommand    `cmd:"" help:"账号、密码和恢复码"`
	Rekey      rekeyCommand      `cmd:"" help:"更换数据密钥，重新加密全部内容"`
	Version    versionCommand    `cmd:"" help:"版本"`
}

const wrongUse = "命令用法有误：%s\n用 qingfengctl --help 查看用法。"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	signal.Ignore(syscall.SIGPIPE) // who reads the results may end first: the folder is closed in order all the same
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
		if err == nil {
			if name := blankFilter(parsed); name != "" {
				fmt.Fprintf(stderr, wrongUse+"\n", name+" 后面的内容是空的")
				parsed = nil
			}
		}
		if err != nil {
			fmt.Fprintf(stderr, wrongUse+"\n", usageText(err))
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
	case errors.As(err, new(usageError)):
		o.say(wrongUse, err)
		return exitUsage
	case errors.Is(err, errPartial):
		o.say("%s", err)
		return exitPartial
	case model.CodeOf(err) == model.Locked:
		o.say("%s", err)
		return exitLocked
	case errors.Is(err, context.Canceled):
		o.say("已取消。")
		return exitFailed
	}
	o.say("没有完成：%s", sentence(err))
	return exitFailed
}

// sentence is an error as a person reads it.
func sentence(err error) string {
	switch {
	case errors.Is(err, context.Canceled):
		return "已取消。"
	case model.CodeOf(err) == "":
		return "程序遇到意外情况，详情已记入数据文件夹的日志。"
	}
	return err.Error()
}
