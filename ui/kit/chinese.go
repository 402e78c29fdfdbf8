package kit

import (
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// fyneTexts are the words Fyne itself shows: the menu of text fields and the
// file dialog. Fyne chooses the language by the system; on a machine set up
// in English they would be English, and its own Chinese has 不 for No.
const fyneTexts = `{
	"Advanced": "高级", "Cancel": "取消", "Confirm": "确定", "Copy": "复制", "Create Folder": "新建文件夹",
	"Cut": "剪切", "Enter filename": "文件名", "Error": "出错", "Favourites": "常用位置", "File": "文件",
	"Folder": "文件夹", "New Folder": "新建文件夹", "No": "否", "OK": "确定", "Open": "打开", "Paste": "粘贴",
	"Quit": "退出", "Redo": "重做", "Save": "保存", "Select all": "全选", "Show Hidden Files": "显示隐藏文件",
	"Undo": "撤销", "Yes": "是", "file.name": {"other": "名称"}, "file.parent": {"other": "上一级"}
}`

// speakChinese gives Fyne these words under every name it may look for:
// the system's language, Chinese, and English, its last resort.
var speakChinese = sync.OnceFunc(func() {
	for _, l := range []fyne.Locale{"en", "zh-Hans", lang.SystemLocale()} {
		if err := lang.AddTranslationsForLocale([]byte(fyneTexts), l); err != nil {
			fyne.LogError("Chinese texts for "+l.String(), err)
		}
	}
})
