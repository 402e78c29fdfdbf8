#!/usr/bin/python3
"""Makes the bundled fonts from their sources. Needs fonttools only.

    python3 prepare.py --sans-regular NotoSansSC-Regular.ttf \
        --sans-bold NotoSansSC-Bold.ttf --serif-regular NotoSerifSC-Regular.ttf \
        --serif-bold NotoSerifSC-Bold.ttf --kai LXGWWenKai-Regular.ttf \
        --unihan Unihan_OtherMappings.txt[.bz2] --out .

Sources: Noto Sans SC and Noto Serif SC as static TrueType (the npm packages
@expo-google-fonts/noto-sans-sc and noto-serif-sc 0.4.3), 霞鹜文楷 (Debian
fonts-lxgw-wenkai), Unihan 15.0 (Debian unicode-data), whose property kTGH is
the national table 通用规范汉字表. The same sources give the same bytes.

Characters beyond U+FFFF are mapped a second time, to a private-use code point
of the Basic Multilingual Plane, because the PDF library knows no others. The
code point is the same in every face; private.txt lists the pairs. tgh.txt is
the national table itself, in its own order, for the tests of coverage.
"""
import argparse
import bz2
import pathlib

from fontTools import subset
from fontTools.ttLib import TTFont

# First private-use code point handed out. The ranges E000-E864 (characters
# that old GB 18030 versions had no code point for) and F000-F0FF (symbol
# fonts) stay free.
PRIVATE = 0xEC00

# What any text may hold besides ideographs, where the source has it: Latin,
# Greek, Cyrillic, punctuation, number forms, arrows, mathematics, boxes and
# shapes, check marks, CJK punctuation, enclosed and full-width forms.
SIGNS = [(0x20, 0x7E), (0xA0, 0x17F), (0x1CD, 0x1DC), (0x391, 0x3C9),
         (0x401, 0x451), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x20A0, 0x20BF),
         (0x2100, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF),
         (0x2460, 0x27BF), (0x3000, 0x312F), (0x31A0, 0x31BF), (0x3200, 0x33FF),
         (0xFE10, 0xFE4F), (0xFF00, 0xFFEF)]

DROP = ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "DSIG", "VORG", "vhea", "vmtx",
        "gasp", "MATH", "avar", "fvar", "HVAR", "VVAR", "MVAR", "gvar", "meta"]


def codec(name):
    """All characters of a two-byte Chinese character set."""
    chars = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                chars.add(ord(bytes((lead, trail)).decode(name)))
            except (UnicodeDecodeError, TypeError):
                pass
    return {c for c in chars if not 0xE000 <= c <= 0xF8FF}


def national_table(path):
    """Code points of 通用规范汉字表 in the table's order."""
    opener = bz2.open if str(path).endswith(".bz2") else open
    places = {}
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if "\tkTGH\t" in line:
                code, _, place = line.rstrip().split("\t")
                places[int(place.split(":")[1])] = int(code[2:], 16)
    if sorted(places) != list(range(1, 8106)):
        raise SystemExit("the Unihan file does not hold the 8105 entries")
    return [places[n] for n in sorted(places)]


def make(source, wanted, private, name, out):
    font = TTFont(source, recalcTimestamp=False)
    os2 = font["OS/2"]
    if os2.fsType & 0x0302:
        raise SystemExit(f"{source}: embedding is restricted")
    options = subset.Options(
        hinting=False, layout_features=[], notdef_outline=True, glyph_names=False,
        name_IDs=[0, 1, 2, 3, 4, 6, 13, 14], name_languages=[0x409], recalc_timestamp=False,
        recalc_bounds=False)
    options.drop_tables += DROP
    have = set(font.getBestCmap())
    used = wanted & have
    sub = subset.Subsetter(options)
    sub.populate(unicodes=used)
    sub.subset(font)
    best = font.getBestCmap()
    for table in font["cmap"].tables:
        if table.isUnicode():
            for real, stand_in in private.items():
                if real in best:
                    table.cmap[stand_in] = best[real]
    rename(font, name)
    font.save(out)
    print(f"{out.name}: {len(used)} characters, {out.stat().st_size} bytes, "
          f"{sum(1 for c in used if c > 0xFFFF)} beyond U+FFFF")


def rename(font, name):
    """A cut font must not bear a reserved name (OFL 1.1, condition 3)."""
    family, style = name.split("-")
    for record in font["name"].names:
        value = {1: family, 2: style, 3: name, 4: f"{family} {style}", 6: name}.get(record.nameID)
        if value:
            record.string = value


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("sans-regular", "sans-bold", "serif-regular", "serif-bold", "kai", "unihan", "out"):
        parser.add_argument("--" + option, required=True, type=pathlib.Path)
    args = parser.parse_args()

    national = national_table(args.unihan)
    signs = {c for first, last in SIGNS for c in range(first, last + 1)}
    gbk, gb2312 = codec("gbk") | signs, codec("gb2312") | signs
    beyond = {c for c in TTFont(args.serif_regular).getBestCmap() if c > 0xFFFF}
    beyond |= {c for c in national if c > 0xFFFF}
    beyond = {c for c in beyond if 0x20000 <= c <= 0x3FFFF}
    private = {c: PRIVATE + i for i, c in enumerate(sorted(beyond))}

    names = set(national) | beyond
    ext_a = set(range(0x3400, 0x4DC0)) | set(range(0x9FA6, 0xA000))
    make(args.sans_regular, gbk | names, private, "QingfengSans-Regular", args.out / "SansRegular.ttf")
    make(args.sans_bold, gb2312 | names, private, "QingfengSans-Bold", args.out / "SansBold.ttf")
    make(args.serif_regular, gbk | names | ext_a, private, "QingfengSerif-Regular", args.out / "SerifRegular.ttf")
    make(args.serif_bold, gb2312, private, "QingfengSerif-Bold", args.out / "SerifBold.ttf")
    make(args.kai, gb2312, private, "QingfengKai-Regular", args.out / "Kai.ttf")

    lines = ["# Characters beyond U+FFFF and the private-use code points that stand in for them.\n"]
    lines += [f"{c:X} {p:X}\n" for c, p in private.items()]
    (args.out / "private.txt").write_text("".join(lines), encoding="utf-8")
    rows = ["".join(map(chr, national[i:i + 50])) + "\n" for i in range(0, len(national), 50)]
    (args.out / "tgh.txt").write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
