package roster

import (
	"fmt"
	"sort"

	"qingfeng/model/store"
	"qingfeng/ui/kit"
)

// askDepartments asks what the department names mean that are not known. The
// answers are remembered with the import, so that each is asked once. A name
// that resembles another comes first and needs an answer; any other is new
// unless the clerk says otherwise.
func (im *importer) askDepartments() {
	sort.SliceStable(im.questions, func(i, j int) bool { return im.questions[i].Similar != "" && im.questions[j].Similar == "" })
	problem := kit.NewLabel("")
	problem.SetTone(kit.Bad)
	rows := kit.Below()
	choices := make([]*kit.Choice, len(im.questions))
	for i, q := range im.questions {
		choices[i] = kit.NewChoice(im.answersTo(q))
		if q.Similar == "" {
			choices[i].SetValue(q.Name)
		}
		if given := im.answers[q.Name]; given != "" {
			choices[i].SetValue(given)
		}
		rows.Add(kit.Frame(nil, nil, nil, kit.Wide(320, choices[i]), kit.NewLabel(questionText(q)).Shorten()))
	}
	top := paragraph("花名册中有几个科室名称不在现有科室中。请选择它们是哪个科室；答案会记住，下次导入不再询问。")
	im.step("科室名称", below(top, clearOfBar(rows), problem),
		stepButton{label: "上一步", run: im.askColumns},
		stepButton{label: "下一步", primary: true, check: func() bool {
			for i, q := range im.questions {
				if choices[i].Value() == "" {
					problem.SetText(fmt.Sprintf("请回答“%s”是哪个科室", q.Name))
					return false
				}
				im.answers[q.Name] = choices[i].Value()
			}
			followAnswers(im.answers)
			return true
		}, run: im.makePlan})
}

// followAnswers makes a name that stands for another unknown name stand for
// what that one stands for.
func followAnswers(answers map[string]string) {
	for name, to := range answers {
		for range answers { // no longer than the number of answers, should they go in a circle
			next, ok := answers[to]
			if !ok || next == to {
				break
			}
			to = next
		}
		answers[name] = to
	}
}

func questionText(q store.DepartmentQuestion) string {
	if q.Similar == "" {
		return fmt.Sprintf("“%s”（%d 人）是新科室吗？", q.Name, q.People)
	}
	return fmt.Sprintf("“%s”（%d 人）是否就是“%s”？", q.Name, q.People, q.Similar)
}

// answersTo offers the likely department first, then a new one, then all
// others. The value is the department's name.
func (im *importer) answersTo(q store.DepartmentQuestion) []kit.Option {
	var out []kit.Option
	if q.Similar != "" {
		out = append(out, kit.Option{Value: q.Similar, Text: "是，就是“" + q.Similar + "”"})
	}
	out = append(out, kit.Option{Value: q.Name, Text: "不是，新建科室“" + q.Name + "”"})
	if q.Similar == "" {
		out[0].Text = "是，新建科室“" + q.Name + "”"
	}
	for _, name := range im.names {
		if name != q.Similar && name != q.Name {
			out = append(out, kit.Option{Value: name, Text: "归入“" + name + "”"})
		}
	}
	return out
}
