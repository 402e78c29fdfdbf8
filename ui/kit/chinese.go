package kit

import (
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// fyneTexts are the words Fyne itself shows: the menu of text fields. Fyne
// chooses the language by the system; on a machine set up in English they
// would be English.
const fyneTexts = `{
	"Cut": "剪切", "Copy": "复制", "Paste": "粘贴", "Select all": "全选", "Undo": "撤销", "Redo": "重做",
	"Cancel": "取消", "OK": "确定", "Yes": "是", "No": "否", "Quit": "退出"
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
