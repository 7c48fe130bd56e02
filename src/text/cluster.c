// Grapheme clusters, widths and character properties: the only file that asks utf8proc and wcwidth.
// Never draws, and never answers differently for the same bytes in one locale.
#include "text/cluster.h"

#include <utf8proc.h>
#include <wchar.h>

#include "base/attr.h"
#include "base/bug.h"
#include "base/visible.h"
#include "text/common.h"
#include "text/decode.h"

#define ZWJ 0x200d

// Cells of a common code point that is no mark, -1 for all others.
static int plain_cols(int32_t cp)
{
    enum common kind = common_of(cp);

    return common_is_mark(kind) ? -1 : common_cols(kind);
}

// True when a code point that begins with the byte `c` never joins a plain one before it: ASCII,
// Latin, Cyrillic, ideographs, Hangul syllables.
static bool is_plain_lead(unsigned char c)
{
    return c < 0x80 || (c >= 0xc3 && c <= 0xc9) || c == 0xd0 || c == 0xd1 ||
           (c >= 0xe4 && c <= 0xe9) || c == 0xeb || c == 0xec;
}

// Cells of a common mark that joins nothing to what stands before it, -1 for the others.
static int mark_cols(int32_t cp)
{
    enum common kind = common_of(cp);

    return common_is_mark(kind) && kind != COMMON_VIRAMA ? common_cols(kind) : -1;
}

static bool is_break(int32_t a, int32_t b, utf8proc_int32_t *state)
{
    return utf8proc_grapheme_break_stateful(a, b, state);
}

// True when a cluster surely ends between `a` and `b`, whatever stands before `a`.
static bool is_sure_break(int32_t a, int32_t b)
{
    if (a < 0 || b < 0 || cp_is_hidden(a) || cp_is_hidden(b))
        return true;
    if (plain_cols(a) >= 0 && plain_cols(b) >= 0)
        return true;
    return a != ZWJ && utf8proc_grapheme_break(a, b);
}

// The code point (or invalid byte, -1) that ends at `pos` > 0; *beg is where it begins.
static int32_t decode_before(struct sv s, size_t pos, size_t *beg)
{
    for (size_t back = 1; back <= 4 && back <= pos; back++) {
        size_t size;
        int32_t cp;

        if ((s.ptr[pos - back] & 0xc0) == 0x80)
            continue;
        cp = utf8_decode(sv_sub(s, pos - back, s.len), &size);
        if (size != back)
            break;
        *beg = pos - back;
        return cp;
    }
    *beg = pos - 1;
    return -1;
}

size_t cluster_uax29(struct sv s, size_t pos)
{
    utf8proc_int32_t state = 0;
    size_t size, end;
    int32_t last = utf8_decode(sv_sub(s, pos, s.len), &size);

    for (end = pos + size; last >= 0 && end < s.len; end += size) {
        int32_t cp = utf8_decode(sv_sub(s, end, s.len), &size);

        if (cp < 0 || is_break(last, cp, &state))
            break;
        last = cp;
    }
    return end - pos;
}

static void add_width(struct cluster *out, int32_t cp)
{
    int cols = cp == ZWJ ? 0 : cp_width(cp);

    out->cols += cols < 0 ? 1 : cols;
    out->is_altered |= cols < 0 || cp == ZWJ;
}

// Read a plain code point with common marks behind it, when nothing else can join it.
//   returns  false when this is left to the library
static bool read_plain(struct sv s, size_t pos, struct cluster *out)
{
    size_t size;
    int32_t cp = decode_at(s, pos, &size);
    int cols = plain_cols(cp);

    if (cols < 0)
        return false;
    *out = (struct cluster){ .size = size, .cp = cp, .cols = cols, .is_single = true };
    for (;;) {
        size_t end = pos + out->size;

        if (end == s.len || is_plain_lead((unsigned char)s.ptr[end]))
            return true;
        cp = decode_at(s, end, &size);
        if (cp < 0 || plain_cols(cp) >= 0)
            return true;
        cols = mark_cols(cp);
        if (cols < 0)
            return false;
        out->cols += cols;
        out->size += size;
        out->is_single = false;
    }
}

void cluster_at(struct sv s, size_t pos, struct cluster *out)
{
    utf8proc_int32_t state = 0;
    size_t size;

    if (read_plain(s, pos, out))
        return;

    int32_t last = decode_at(s, pos, &size);
    size_t end = pos + size;

    *out = (struct cluster){ .size = size, .cp = last, .is_single = true };
    if (last < 0 || cp_is_hidden(last)) {
        out->is_hidden = true;
        return;
    }
    add_width(out, last);
    while (end < s.len) {
        int32_t cp = decode_at(s, end, &size);

        if (cp < 0 || (common_of(cp) == COMMON_NOT && cp_is_hidden(cp)) ||
            is_break(last, cp, &state))
            break;
        add_width(out, cp);
        out->is_single = false;
        last = cp;
        end += size;
    }
    out->size = end - pos;
}

size_t cluster_before(struct sv s, size_t pos)
{
    size_t beg, at;
    int32_t cp = decode_before(s, pos, &beg);

    while (beg > 0) {
        int32_t before = decode_before(s, beg, &at);

        if (is_sure_break(before, cp))
            break;
        cp = before;
        beg = at;
    }
    for (;;) { // from a sure boundary forward to the last one before pos
        struct cluster cluster;

        cluster_at(s, beg, &cluster);
        if (beg + cluster.size >= pos)
            return beg;
        beg += cluster.size;
    }
}

bool cluster_surely_ends(struct sv s, size_t pos)
{
    size_t at, size;
    int32_t before;

    if ((unsigned char)s.ptr[pos - 1] - 0x20u < 0x5f && // printable ASCII
        (is_plain_lead((unsigned char)s.ptr[pos]) || plain_cols(decode_at(s, pos, &size)) > 0))
        return true;
    before = decode_before(s, pos, &at);
    if (before < 0 && (s.ptr[pos] & 0xc0) == 0x80)
        return false; // perhaps inside a code point
    return is_sure_break(before, utf8_decode(sv_sub(s, pos, s.len), &size));
}

int cp_width(int32_t cp)
{
    int cols = plain_cols(cp);

    if (cols < 0)
        cols = mark_cols(cp);
    return cols >= 0 ? cols : wcwidth((wchar_t)cp);
}

bool cp_is_blank(int32_t cp)
{
    if (cp < 0x80)
        return cp == ' ' || (cp >= '\t' && cp <= '\r');
    return cp == 0xa0 || cp == 0x85 || cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200a) ||
           cp == 0x2028 || cp == 0x2029 || cp == 0x202f || cp == 0x205f || cp == 0x3000;
}

enum cp_kind cp_kind(int32_t cp)
{
    static const unsigned char kinds[] = {
        [UTF8PROC_CATEGORY_LU] = CP_UPPER,  [UTF8PROC_CATEGORY_LT] = CP_UPPER,
        [UTF8PROC_CATEGORY_LL] = CP_LOWER,  [UTF8PROC_CATEGORY_LM] = CP_LETTER,
        [UTF8PROC_CATEGORY_LO] = CP_LETTER, [UTF8PROC_CATEGORY_ND] = CP_DIGIT,
        [UTF8PROC_CATEGORY_NL] = CP_DIGIT,  [UTF8PROC_CATEGORY_NO] = CP_DIGIT,
        [UTF8PROC_CATEGORY_CO] = CP_OTHER, // the last category
    };

    if (cp < 0)
        return CP_OTHER;
    if (cp < 0x80)
        return cp >= 'a' && cp <= 'z'   ? CP_LOWER
               : cp >= 'A' && cp <= 'Z' ? CP_UPPER
               : cp >= '0' && cp <= '9' ? CP_DIGIT
                                        : CP_OTHER;
    return (enum cp_kind)kinds[utf8proc_category(cp)];
}

bool cp_is_mark(int32_t cp)
{
    if (cp < 0x300)
        return false;

    utf8proc_category_t category = utf8proc_category(cp);

    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
           category == UTF8PROC_CATEGORY_ME;
}

int cp_combining_class(int32_t cp)
{
    return cp < 0x300 ? 0 : utf8proc_get_property(cp)->combining_class;
}

size_t cp_decompose(int32_t cp, bool fold_case, int32_t *out)
{
    utf8proc_option_t options = UTF8PROC_DECOMPOSE | (fold_case ? UTF8PROC_CASEFOLD : 0);
    int boundclass = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char(cp, out, CP_DECOMPOSED_MAX, options, &boundclass);

    BUG_ON(count < 1 || count > CP_DECOMPOSED_MAX);
    return (size_t)count;
}

void cluster_library(struct buf *out)
{
    buf_addf(out, "utf8proc %s Unicode %s", utf8proc_version(), utf8proc_unicode_version());
}
