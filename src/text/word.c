// Words: what a reader moves by.
// Never parts a letter from its marks.
#include "text/word.h"

#include <stdint.h>

#include "text/cluster.h"
#include "text/decode.h"

enum kind { KIND_BLANK, KIND_SIGN, KIND_TEXT, KIND_HAN, KIND_HIRAGANA, KIND_KATAKANA };

static enum kind kind_of(int32_t cp)
{
    if (cp < 0)
        return KIND_SIGN;
    if (cp_is_blank(cp))
        return KIND_BLANK;
    if (cp < 0x80)
        return cp_kind(cp) == CP_OTHER ? KIND_SIGN : KIND_TEXT;
    if (cp >= 0x3041 && cp <= 0x309f)
        return KIND_HIRAGANA;
    if ((cp >= 0x30a1 && cp <= 0x30ff && cp != 0x30fb) || (cp >= 0xff66 && cp <= 0xff9d))
        return KIND_KATAKANA;
    if (cp == 0x3005 || (cp >= 0x3400 && cp <= 0x9fff) || (cp >= 0xf900 && cp <= 0xfaff) ||
        (cp >= 0x20000 && cp <= 0x3ffff))
        return KIND_HAN;
    return cp_kind(cp) == CP_OTHER ? KIND_SIGN : KIND_TEXT;
}

static int32_t cp_at(struct sv text, size_t pos, size_t *size)
{
    *size = 0;
    return pos < text.len ? decode_at(text, pos, size) : ' ';
}

// Does `cp` hold a word together between the letters or digits `before` and `after`?
static bool is_inner(int32_t before, int32_t cp, int32_t after)
{
    if (kind_of(after) != KIND_TEXT)
        return false;
    if (cp == '\'' || cp == 0x2019 || cp == '-' || cp == 0x2010 || cp == 0x2011 || cp == '_')
        return true;
    return (cp == '.' || cp == ',' || cp == ':') && cp_kind(before) == CP_DIGIT &&
           cp_kind(after) == CP_DIGIT;
}

size_t word_end(struct sv text, size_t pos)
{
    size_t size, next;
    int32_t last = cp_at(text, pos, &size);
    enum kind kind = kind_of(last);

    for (pos += size; pos < text.len; pos += size) {
        int32_t cp = cp_at(text, pos, &size);

        if (cp_is_mark(cp) || (cp >= 0x200b && cp <= 0x200d) || cp == 0xad)
            continue;
        if (kind_of(cp) != kind &&
            !(kind == KIND_TEXT && is_inner(last, cp, cp_at(text, pos + size, &next))))
            break;
        last = cp;
    }
    return pos;
}

bool word_is_text(struct sv text, size_t pos)
{
    size_t size;
    enum kind kind = kind_of(cp_at(text, pos, &size));

    return kind != KIND_BLANK && kind != KIND_SIGN;
}
