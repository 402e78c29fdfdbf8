package campaign

import (
	"qingfeng/model"
	"qingfeng/ui/kit"
)

func (p *FindingsPage) actions() []kit.Action[finding] {
	return []kit.Action[finding]{
		{Label: "新建", Key: "Ctrl+N", Primary: true, Run: func(kit.Selection[finding]) { p.New(model.Finding{}) }},
	}
}

func (p *FindingsPage) rowActions() []kit.RowAction[finding] {
	return []kit.RowAction[finding]{
		{Label: "佐证…", Run: p.openScans},
	}
}

// readers are the actions of roles that do not fill the registers.
func (p *FindingsPage) readers() []string { return []string{"佐证…"} }

// New opens the form for a new finding, with what is known of it filled in.
func (p *FindingsPage) New(preset model.Finding) {}

// tell shows all of a finding and what happened to it.
func (p *FindingsPage) tell(r finding) {}
