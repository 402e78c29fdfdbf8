package system

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"qingfeng/model"
	"qingfeng/model/folder"
	"qingfeng/model/store"
	"qingfeng/report/issue"
	"qingfeng/ui/kit"
)

// checkReport is a check-up as a text for people who mend computers. It names
// nobody.
type checkReport struct {
	Hospital string
	At       time.Time
	Size     int64 // of the database, bytes
	Free     string
	Found    []store.Problem
	Advice   func(area string, n int) string
}

func (r checkReport) String() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	b.WriteString("\ufeff") // older Notepads need it for Chinese
	line("清风体检报告\r\n")
	line("医院：%s", r.Hospital)
	line("时间：%s", r.At.Format("2006-01-02 15:04"))
	line("程序：清风 %s（%s/%s）", model.Version, runtime.GOOS, runtime.GOARCH)
	line("数据库：%s；磁盘剩余：%s", sizeOf(r.Size), r.Free)
	if len(r.Found) == 0 {
		line("结果：一切正常\r\n")
	} else {
		line("结果：发现 %s\r\n", problems(len(r.Found)))
	}
	count := countByArea(r.Found)
	for _, name := range store.Areas {
		n := count[name]
		if n == 0 {
			line("【%s】正常", name)
			continue
		}
		line("【%s】%s", name, problems(n))
		for _, f := range r.Found {
			if f.Area == name {
				line("  ・%s", withoutNames(f.Detail))
			}
		}
		line("  怎么办：%s", r.Advice(name, n))
	}
	line("\r\n本报告不含姓名、证件号等个人信息，可以发给信息科。")
	return b.String()
}

// withoutNames leaves out what stands in brackets: the store puts the who and
// when of a line there.
func withoutNames(detail string) string {
	from, to := strings.Index(detail, "（"), strings.LastIndex(detail, "）")
	if from < 0 || to < from {
		return detail
	}
	return detail[:from] + detail[to+len("）"):]
}

func (p *CheckUp) askReport() {
	name := fmt.Sprintf("清风体检报告%s.txt", p.deps.Store.Today())
	kit.PickSave(p.deps.Win, "保存体检报告", name, p.saveReport)
}

func (p *CheckUp) saveReport(path string) {
	r := checkReport{At: p.at, Found: p.found, Advice: p.advice}
	p.deps.Do(func(ctx context.Context) error {
		if err := r.look(ctx, p.deps.Store); err != nil {
			return err
		}
		text := r.String()
		if err := folder.WriteFile(path, func(w io.Writer) error { _, err := io.WriteString(w, text); return err }); err != nil {
			return err
		}
		return issue.RecordExport(ctx, p.deps.Store, "体检报告", path, len(r.Found), false)
	}, func() { kit.Toast(p.deps.Win, "已保存体检报告："+path, kit.Good) })
}

// look adds what the report says about the machine.
func (r *checkReport) look(ctx context.Context, s *store.Store) (err error) {
	if r.Hospital, err = s.HospitalName(ctx); err != nil {
		return err
	}
	if info, err := os.Stat(s.Folder().Database()); err == nil {
		r.Size = info.Size()
	}
	r.Free = "未知"
	if free, ok := folder.FreeSpace(s.Folder().Dir()); ok {
		r.Free = sizeOf(int64(free))
	}
	return nil
}
