package page

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"qingfeng/assets"
)

// Face is a type face as GB/T 9704 names it. Which font prints it depends on
// the machine; see [System].
type Face int

// The faces of official paper.
const (
	FangSong     Face = iota // 仿宋: body text
	Hei                      // 黑体: first headings, heads of tables
	KaiTi                    // 楷体: second headings, notes
	XiaoBiaoSong             // 小标宋: titles
	faces        = iota
)

// Fonts knows for each face which fonts to try, in order, for a character.
// A font is read when a document first needs it. Fonts may be shared by
// documents that are made at the same time.
type Fonts struct {
	chain [faces][]*source
}

// source is a font not read yet, or found unusable.
type source struct {
	name string
	read func() ([]byte, error)
	once sync.Once
	face *typeface
	err  error

	bundled bool
}

func (s *source) load() *typeface {
	s.once.Do(func() {
		var data []byte
		if data, s.err = s.read(); s.err != nil {
			return
		}
		if s.face, s.err = parseTypeface(s.name, data); s.err == nil {
			s.face.bundled = s.bundled
		}
	})
	return s.face
}

var bundled = sync.OnceValue(func() *Fonts {
	own := func(name string, data []byte) *source {
		return &source{name: name, read: func() ([]byte, error) { return data, nil }, bundled: true}
	}
	serif, sans := own("SerifRegular", assets.SerifRegular), own("SansRegular", assets.SansRegular)
	bold, kai := own("SerifBold", assets.SerifBold), own("Kai", assets.Kai)
	return &Fonts{chain: [faces][]*source{
		FangSong:     {serif, sans, kai},
		Hei:          {sans, serif, kai},
		KaiTi:        {kai, serif, sans},
		XiaoBiaoSong: {bold, serif, sans},
	}}
})

// Bundled returns the fonts that come with the program. They print every
// character of 通用规范汉字表.
func Bundled() *Fonts { return bundled() }

// systemFiles names the files, in order of preference, in which Windows and
// the common office installations keep the faces of GB/T 9704.
var systemFiles = [faces][]string{
	FangSong:     {"仿宋_GB2312.ttf", "simfang_gb2312.ttf", "simfang.ttf"},
	Hei:          {"simhei.ttf"},
	KaiTi:        {"楷体_GB2312.ttf", "simkai_gb2312.ttf", "simkai.ttf"},
	XiaoBiaoSong: {"FZXBSJW.ttf", "FZXBSJW--GB1-0.ttf", "方正小标宋简体.ttf", "方正小标宋_GBK.ttf", "FZXBSK.ttf"},
}

// System returns fonts that try the faces found in the given folders before
// the bundled ones. A font that is broken, a collection, or may not be
// embedded is passed over.
func System(folders ...string) *Fonts {
	found := map[string]string{}
	for _, folder := range folders {
		entries, err := os.ReadDir(folder)
		if err != nil {
			continue // a folder that is not there holds no fonts
		}
		for _, e := range entries {
			if key := strings.ToLower(e.Name()); found[key] == "" {
				found[key] = filepath.Join(folder, e.Name())
			}
		}
	}
	out := &Fonts{chain: Bundled().chain}
	for face, names := range systemFiles {
		var own []*source
		for _, name := range names {
			if path := found[strings.ToLower(name)]; path != "" {
				own = append(own, &source{name: filepath.Base(path), read: func() ([]byte, error) { return os.ReadFile(path) }})
			}
		}
		out.chain[face] = append(own, out.chain[face]...)
	}
	return out
}

// ThisMachine returns [System] with the folders in which Windows keeps fonts,
// and [Bundled] on other systems.
func ThisMachine() *Fonts {
	if runtime.GOOS != "windows" {
		return Bundled()
	}
	return System(filepath.Join(os.Getenv("WINDIR"), "Fonts"),
		filepath.Join(os.Getenv("LOCALAPPDATA"), "Microsoft", "Windows", "Fonts"))
}

// Name tells which font prints most characters of a face.
func (f *Fonts) Name(face Face) string {
	for _, s := range f.chain[face] {
		if s.load() != nil {
			return s.name
		}
	}
	return ""
}

// privateCodes maps characters beyond U+FFFF to the code points of the bundled
// fonts that stand in for them.
var privateCodes = sync.OnceValue(func() map[rune]uint16 {
	out := map[rune]uint16{}
	for line := range strings.Lines(assets.PrivateCodePoints) {
		var char rune
		var code uint16
		if _, err := fmt.Sscanf(line, "%x %x", &char, &code); err == nil {
			out[char] = code
		}
	}
	return out
})

// geta stands for a character that no font has, as printers have it of old.
const geta = '〓'

// find returns the font and its code point for a character. missing is true
// when no font has it and the glyph is 〓.
func (f *Fonts) find(face Face, r rune) (t *typeface, code uint16, missing bool) {
	stand, beyond := uint16(r), r > 0xFFFF
	if beyond {
		stand = privateCodes()[r]
	}
	// What a private-use character of the input means nobody knows, and it
	// must not show as one of our stand-ins.
	unknown := beyond && stand == 0 || !beyond && 0xE000 <= r && r <= 0xF8FF
	for _, s := range f.chain[face] {
		if unknown || beyond && !s.bundled {
			continue
		}
		if t := s.load(); t != nil && t.covers(stand) {
			return t, stand, false
		}
	}
	t, code, _ = f.find(face, geta)
	return t, code, true
}
