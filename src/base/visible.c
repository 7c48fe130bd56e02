// UTF-8 in and out, and text made safe to print.
// Never lets a byte pass that a terminal could obey.
#include "base/visible.h"

#include <stdbool.h>

// Ranges that terminals obey, hide or reorder. Sorted. Source: Unicode 15.0 general category Cf and
// Default_Ignorable_Code_Point, less those that scripts need to be read (ZWJ, ZWNJ, variation
// selectors, U+0600..0605 and the like, which have a shape of their own).
static const struct {
    int32_t first, last;
} hidden[] = {
    { 0x0000, 0x001f },   { 0x007f, 0x009f },   { 0x00ad, 0x00ad },   { 0x034f, 0x034f },
    { 0x061c, 0x061c },   { 0x115f, 0x1160 },   { 0x17b4, 0x17b5 },   { 0x180b, 0x180f },
    { 0x200b, 0x200b },   { 0x200e, 0x200f },   { 0x2028, 0x202e },   { 0x2060, 0x206f },
    { 0x3164, 0x3164 },   { 0xfdd0, 0xfdef },   { 0xfeff, 0xfeff },   { 0xffa0, 0xffa0 },
    { 0xfff0, 0xfffb },   { 0xfffe, 0xffff },   { 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a },
    { 0xe0000, 0xe00ff }, { 0xe01f0, 0xe0fff },
};

static void visible_run(struct buf *out, struct sv s, bool keep_lines)
{
    size_t pos = 0;

    while (pos < s.len) {
        size_t beg = pos;

        while (pos < s.len && s.ptr[pos] >= 0x20 && s.ptr[pos] < 0x7f)
            pos++;
        buf_add(out, sv_sub(s, beg, pos));
        if (pos == s.len)
            return;

        size_t size;
        int32_t cp = utf8_decode(sv_sub(s, pos, s.len), &size);

        if (cp >= 0 && (!cp_is_hidden(cp) || (keep_lines && (cp == '\n' || cp == '\t'))))
            buf_add(out, sv_sub(s, pos, pos + size));
        else
            visible_add_cp(out, cp, (unsigned char)s.ptr[pos]);
        pos += size;
    }
}

int32_t utf8_decode(struct sv s, size_t *size)
{
    static const int32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t len = p[0] < 0x80   ? 1
                 : p[0] < 0xc2 ? 0
                 : p[0] < 0xe0 ? 2
                 : p[0] < 0xf0 ? 3
                 : p[0] < 0xf5 ? 4
                               : 0;
    int32_t cp;

    *size = 1;
    if (len == 1)
        return p[0];
    if (!len || len > s.len)
        return -1;
    cp = p[0] & (0x7f >> len);
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return -1;
        cp = cp << 6 | (p[i] & 0x3f);
    }
    if (cp < least[len] || cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
        return -1;
    *size = len;
    return cp;
}

void utf8_add(struct buf *out, int32_t cp)
{
    if (cp < 0x80) {
        buf_add_char(out, (char)cp);
    } else if (cp < 0x800) {
        buf_add_char(out, (char)(0xc0 | cp >> 6));
        buf_add_char(out, (char)(0x80 | (cp & 0x3f)));
    } else if (cp < 0x10000) {
        buf_add_char(out, (char)(0xe0 | cp >> 12));
        buf_add_char(out, (char)(0x80 | (cp >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (cp & 0x3f)));
    } else {
        buf_add_char(out, (char)(0xf0 | cp >> 18));
        buf_add_char(out, (char)(0x80 | (cp >> 12 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (cp >> 6 & 0x3f)));
        buf_add_char(out, (char)(0x80 | (cp & 0x3f)));
    }
}

bool cp_is_hidden(int32_t cp)
{
    size_t lo = 0, hi = ARRAY_LEN(hidden);

    if ((cp & 0xfffe) == 0xfffe)
        return true; // the two noncharacters that end each plane
    if (cp > 0x1d17a && cp < 0xe0000)
        return false; // emoji and ideographs
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;

        if (cp > hidden[mid].last)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < ARRAY_LEN(hidden) && cp >= hidden[lo].first;
}

void visible_add_cp(struct buf *out, int32_t cp, unsigned char byte)
{
    if (cp < 0)
        buf_addf(out, "<%02X>", byte);
    else if (cp < 0x20 || cp == 0x7f)
        buf_addf(out, "^%c", (char)(cp ^ 0x40));
    else if (cp < 0xa0)
        buf_addf(out, "<%02X>", (unsigned)cp);
    else
        buf_addf(out, "<U+%04X>", (unsigned)cp);
}

void visible_add(struct buf *out, struct sv s)
{
    visible_run(out, s, false);
}

void visible_add_text(struct buf *out, struct sv s)
{
    visible_run(out, s, true);
}
