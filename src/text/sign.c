// What a cluster is for breaking rows.
// Never looks at more than code points: clusters are cluster.c's.
#include "text/sign.h"

#include <stddef.h>
#include <string.h>

#include "base/attr.h"

// What breaking needs to know of a code point.
enum side {
    SIDE_OTHER,
    SIDE_LETTER, // letters and digits of scripts that part words by spaces
    SIDE_OPEN,   // no break after it
    SIDE_CLOSE,  // no break before it
    SIDE_WIDE,   // ideographs and kana: a break on either side
};

// Beyond ASCII, sorted; what is in no range is SIDE_OTHER.
static const struct {
    int32_t first, last;
    enum side side;
} sides[] = {
    { 0x00ab, 0x00ab, SIDE_OPEN },     { 0x00bb, 0x00bb, SIDE_CLOSE },
    { 0x00c0, 0x00d6, SIDE_LETTER },   { 0x00d8, 0x00f6, SIDE_LETTER },
    { 0x00f8, 0x167f, SIDE_LETTER },   { 0x1681, 0x1fff, SIDE_LETTER },
    { 0x2018, 0x2018, SIDE_OPEN },     { 0x2019, 0x2019, SIDE_CLOSE },
    { 0x201c, 0x201c, SIDE_OPEN },     { 0x201d, 0x201d, SIDE_CLOSE },
    { 0x2026, 0x2026, SIDE_CLOSE },    { 0x2c00, 0x2dff, SIDE_LETTER },
    { 0x2e80, 0x2fff, SIDE_WIDE },     { 0x3001, 0x3002, SIDE_CLOSE },
    { 0x3005, 0x3005, SIDE_CLOSE },    { 0x3008, 0x3008, SIDE_OPEN },
    { 0x3009, 0x3009, SIDE_CLOSE },    { 0x300a, 0x300a, SIDE_OPEN },
    { 0x300b, 0x300b, SIDE_CLOSE },    { 0x300c, 0x300c, SIDE_OPEN },
    { 0x300d, 0x300d, SIDE_CLOSE },    { 0x300e, 0x300e, SIDE_OPEN },
    { 0x300f, 0x300f, SIDE_CLOSE },    { 0x3010, 0x3010, SIDE_OPEN },
    { 0x3011, 0x3011, SIDE_CLOSE },    { 0x3014, 0x3014, SIDE_OPEN },
    { 0x3015, 0x3015, SIDE_CLOSE },    { 0x3041, 0x3096, SIDE_WIDE },
    { 0x309b, 0x309e, SIDE_CLOSE },    { 0x30a1, 0x30fa, SIDE_WIDE },
    { 0x30fb, 0x30fe, SIDE_CLOSE },    { 0x3100, 0x312f, SIDE_WIDE },
    { 0x3130, 0x318f, SIDE_LETTER },   { 0x3190, 0xa4cf, SIDE_WIDE },
    { 0xa4d0, 0xd7ff, SIDE_LETTER },   { 0xf900, 0xfaff, SIDE_WIDE },
    { 0xfb00, 0xfdff, SIDE_LETTER },   { 0xfe70, 0xfefe, SIDE_LETTER },
    { 0xff01, 0xff01, SIDE_CLOSE },    { 0xff08, 0xff08, SIDE_OPEN },
    { 0xff09, 0xff09, SIDE_CLOSE },    { 0xff0c, 0xff0c, SIDE_CLOSE },
    { 0xff0e, 0xff0e, SIDE_CLOSE },    { 0xff10, 0xff19, SIDE_WIDE },
    { 0xff1a, 0xff1b, SIDE_CLOSE },    { 0xff1f, 0xff1f, SIDE_CLOSE },
    { 0xff21, 0xff3a, SIDE_WIDE },     { 0xff41, 0xff5a, SIDE_WIDE },
    { 0x10000, 0x1afff, SIDE_LETTER }, { 0x1b000, 0x1b2ff, SIDE_WIDE },
    { 0x1f000, 0x1f1e5, SIDE_WIDE },   { 0x1f200, 0x1faff, SIDE_WIDE },
    { 0x20000, 0x3ffff, SIDE_WIDE },
};

// Kana that may not begin a row: small ones. Both syllabaries have them at the same places.
static bool is_small_kana(int32_t cp)
{
    static const char places[] = "\x01\x03\x05\x07\x09\x23\x43\x45\x47";

    return cp >= 0x3041 && cp <= 0x30e7 &&
           memchr(places, cp >= 0x30a1 ? cp - 0x30a0 : cp - 0x3040, sizeof(places) - 1);
}

static enum side side_of_ascii(int32_t cp)
{
    static const char closing[] = "!),.:;?]}";

    if ((cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z'))
        return SIDE_LETTER;
    if (cp == '(' || cp == '[' || cp == '{')
        return SIDE_OPEN;
    return cp > 0 && memchr(closing, cp, sizeof(closing) - 1) ? SIDE_CLOSE : SIDE_OTHER;
}

static enum side side_of(int32_t cp)
{
    size_t lo = 0, hi = ARRAY_LEN(sides);

    if (cp < 0x80)
        return side_of_ascii(cp);
    if ((cp >= 0x370 && cp < 0x1680) || (cp >= 0xac00 && cp <= 0xd7ff))
        return SIDE_LETTER;
    if (cp >= 0x3190 && cp <= 0xa4cf)
        return SIDE_WIDE;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (cp > sides[mid].last)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == ARRAY_LEN(sides) || cp < sides[lo].first)
        return SIDE_OTHER;
    return is_small_kana(cp) ? SIDE_CLOSE : sides[lo].side;
}

// The same as bits.
enum {
    NONE = 1 << SIGN_NONE,
    LETTER = 1 << SIGN_LETTER,
    WORD = LETTER | 1 << SIGN_DIGIT,
    DASH = 1 << SIGN_HYPHEN | 1 << SIGN_DASH | 1 << SIGN_OTHER_DASH,
    CLOSE = 1 << SIGN_CLOSE | 1 << SIGN_WIDE_CLOSE,
    WIDE = 1 << SIGN_WIDE | 1 << SIGN_WIDE_OPEN,
    ANY = (1 << (SIGN_WIDE_OTHER + 1)) - 1,
};

const struct sign_break sign_breaks[SIGN_MARK] = {
    [SIGN_NONE] = { 0, 0 },
    [SIGN_LETTER] = { ANY, WIDE },
    [SIGN_DIGIT] = { ANY, WIDE },
    [SIGN_CLOSE] = { ANY, WIDE },
    [SIGN_HYPHEN] = { WORD, LETTER },
    [SIGN_SLASH] = { LETTER, LETTER },
    [SIGN_DASH] = { ANY & ~(NONE | DASH), ANY & ~(DASH | CLOSE) },
    [SIGN_WIDE] = { ANY, WIDE | WORD | 1 << SIGN_OPEN },
    [SIGN_WIDE_CLOSE] = { ANY, WIDE | WORD | 1 << SIGN_OPEN },
    [SIGN_WIDE_OTHER] = { 0, 0 }, // as all that are not named
};

enum sign sign_of(int32_t cp)
{
    enum side side = side_of(cp);
    bool is_wide = (cp >= 0x3000 && cp <= 0x30ff) || cp >= 0xff01;

    if (cp == '-' || cp == 0x2010)
        return SIGN_HYPHEN;
    if (cp == '/')
        return SIGN_SLASH;
    if (cp >= 0x2011 && cp <= 0x2015)
        return cp == 0x2013 || cp == 0x2014 ? SIGN_DASH : SIGN_OTHER_DASH;
    switch (side) {
    case SIDE_LETTER:
        return cp >= '0' && cp <= '9' ? SIGN_DIGIT : SIGN_LETTER;
    case SIDE_OPEN:
        return is_wide ? SIGN_WIDE_OPEN : SIGN_OPEN;
    case SIDE_CLOSE:
        return is_wide ? SIGN_WIDE_CLOSE : SIGN_CLOSE;
    case SIDE_WIDE:
        return SIGN_WIDE;
    case SIDE_OTHER:
        break;
    }
    return is_wide ? SIGN_WIDE_OTHER : SIGN_OTHER;
}
