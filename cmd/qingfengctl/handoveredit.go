package main

import (
	"context"

	"qingfeng/model/store"
)

type handoverEditCommand struct {
	No   string `arg:"" help:"登记号、收据号或处置单号"`
	File string `required:"" help:"要改成什么：与登记用的 .toml 相同的项目，只写要改的；上交方式、保管和财物不在这里改" placeholder:"文件" type:"path"`
}

func (c *handoverEditCommand) Run(ctx context.Context, o *output) error {
	return o.withHandover(ctx, c.No, func(s *store.Store, row store.HandoverRow) error {
		file := circumstancesOf(row)
		if err := decodeFile(c.File, &file); err != nil {
			return err
		}
		h, err := file.onto(ctx, s, row.Handover)
		if err != nil {
			return err
		}
		if err := s.EditHandover(ctx, h); err != nil {
			return err
		}
		return o.handoverState(ctx, s, row.ID, "已修改", nil)
	})
}
