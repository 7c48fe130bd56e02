// Code points that texts are full of, by tables.
// Lists nothing about which the libraries could change their mind: joiners and what could join what
// follows it are left out, but for the virama of Devanagari, which has a kind of its own.
#include "text/common.h"

// A letter of enum common for each code point, 64 a line.
const char common_low[] = {
    "................................ )ssssss()ss)-)/dddddddddd))sss)" // U+0000
    "sLLLLLLLLLLLLLLLLLLLLLLLLLL(s)sssLLLLLLLLLLLLLLLLLLLLLLLLLL(s)s." // U+0040
    "................................sssssssssss(s.sssssssssssss)ssss" // U+0080
    "LLLLLLLLLLLLLLLLLLLLLLLsLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLsLLLLLLLL" // U+00C0
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+0100
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+0140
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+0180
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+01C0
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+0200
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+0240
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+0280
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+02C0
    "mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm" // U+0300
    "mmmmmmmmmmmmmmm.mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm................" // U+0340
    "......L.LLL.L.LLLLLLLLLLLLLLLLLLLL.LLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+0380
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+03C0
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+0400
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+0440
    "LLL.......LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+0480
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+04C0
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL................" // U+0500
    "................................................................" // U+0540
    ".................mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm.." // U+0580
    "................LLLLLLLLLLLLLLLLLLLLLLLLLLL....................." // U+05C0
    "............L..............L...LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+0600
    "LLLLLLLLLLLmmmmmmmmmmmmmmmmmmmmmLLLLLLLLLL.......LLLLLLLLLLLLLLL" // U+0640
    "LLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL" // U+0680
    "LLLLLLLLLLLLLLLLLLLL............................................" // U+06C0
    "................................................................" // U+0700
    "................................................................" // U+0740
    "................................................................" // U+0780
    "................................................................" // U+07C0
    "................................................................" // U+0800
    "................................................................" // U+0840
    "................................................................" // U+0880
    "................................................................" // U+08C0
    "mmmMLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLLL..m.MM" // U+0900
    "MmmmmmmmmMMMMv......................LL.........................." // U+0940
};

static const char punctuation[] = {
    "................-~~==~ss()ss()ssssssss)s........................" // U+2000
};
static const char kana[] = {
    ".]]SS]SS[][][][][]SS[]SSSSSSSSSSSSSSSSSSSS......................" // U+3000
    ".]W]W]W]W]WWWWWWWWWWWWWWWWWWWWWWWWW]WWWWWWWWWWWWWWWWWWWWWWWWWWWW" // U+3040
    "WWW]W]W]WWWWWWWWWWWWWWW..........]W]W]W]W]WWWWWWWWWWWWWWWWWWWWWW" // U+3080
    "WWW]WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW]W]W]WWWWWWWWWWWWWWWWWWW....." // U+30C0
};
static const char full_width[] = {
    ".]SSSSSS[]SS]S]SWWWWWWWWWW]]SSS]SWWWWWWWWWWWWWWWWWWWWWWWWWWSSSSS" // U+FF00
    "SWWWWWWWWWWWWWWWWWWWWWWWWWWSSSSSS..............................." // U+FF40
};

const signed char common_widths[128] = {
    [COMMON_NOT] = -1,      [COMMON_LETTER] = 1,     [COMMON_DIGIT] = 1,      [COMMON_BLANK] = 1,
    [COMMON_SIGN] = 1,      [COMMON_OPEN] = 1,       [COMMON_CLOSE] = 1,      [COMMON_HYPHEN] = 1,
    [COMMON_DASH] = 1,      [COMMON_OTHER_DASH] = 1, [COMMON_SLASH] = 1,      [COMMON_WIDE] = 2,
    [COMMON_WIDE_SIGN] = 2, [COMMON_WIDE_OPEN] = 2,  [COMMON_WIDE_CLOSE] = 2, [COMMON_SYLLABLE] = 2,
    [COMMON_MARK] = 0,      [COMMON_WIDE_MARK] = 1,  [COMMON_VIRAMA] = 0,
};

enum common common_high(int32_t cp)
{
    if (cp >= 0x4e00 && cp <= 0x9fcb)
        return COMMON_WIDE;
    if (cp >= 0xac00 && cp <= 0xd7a3)
        return COMMON_SYLLABLE;
    if (cp >= 0x3000 && cp <= 0x30ff)
        return (enum common)kana[cp - 0x3000];
    if (cp >= 0x2000 && cp <= 0x203f)
        return (enum common)punctuation[cp - 0x2000];
    if (cp >= 0xff00 && cp <= 0xff7f)
        return (enum common)full_width[cp - 0xff00];
    return cp >= 0x1e00 && cp <= 0x1eff ? COMMON_LETTER : COMMON_NOT;
}
