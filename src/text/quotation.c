// Words between quotation marks.
// Never takes an apostrophe for a mark, nor waits for a closing one past its sentence.
#include "text/quotation.h"

#include <stdint.h>

#include "base/attr.h"
#include "base/visible.h"
#include "text/cluster.h"
#include "text/sentence.h"

static const struct {
    int32_t open, close, other; // `other`: a second sign that closes it, or 0
} pairs[QUOTATION_PAIRS] = {
    { 0x201c, 0x201d, '"' },    { 0x201e, 0x201c, 0x201d }, { 0x2018, 0x2019, 0 },
    { 0x201a, 0x2018, 0x2019 }, { 0xab, 0xbb, 0 },          { 0x2039, 0x203a, 0 },
    { 0x300c, 0x300d, 0 },      { 0x300e, 0x300f, 0 },      { '"', '"', 0x201d },
    { '\'', '\'', 0 },
};

static int32_t cp_at(struct sv line, size_t pos, size_t *size)
{
    *size = 0;
    return pos < line.len ? utf8_decode(sv_sub(line, pos, line.len), size) : ' ';
}

// Can the byte neither open nor close a quotation?
static bool is_idle(char c)
{
    return (unsigned char)c < 0x80 && c != '"' && c != '\'';
}

static bool is_letter(int32_t cp)
{
    return cp_kind(cp) != CP_OTHER;
}

// The pair that `cp`, between `before` and `after`, opens; -1 for none.
static int pair_opened(int32_t before, int32_t cp, int32_t after)
{
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        bool is_either = pairs[i].open == pairs[i].close || cp == 0x2018;

        if (cp != pairs[i].open)
            continue;
        // a sign that can close too opens at the beginning of a word
        if (is_either && (is_letter(before) || cp_is_blank(after)))
            return -1;
        if (cp == 0x201c && is_letter(before) && !is_letter(after))
            return -1;
        return (int)i;
    }
    return -1;
}

static bool is_closed(int pair, int32_t before, int32_t cp, int32_t after)
{
    bool is_apostrophe = cp == '\'' || cp == 0x2019;

    if (cp != pairs[pair].close && (!pairs[pair].other || cp != pairs[pair].other))
        return false;
    if (is_apostrophe && is_letter(after))
        return false;
    return cp != '"' || !cp_is_blank(before) || !is_letter(after);
}

// End of the sentence of the line in which byte `pos` lies.
static size_t sentence_end_at(struct quotations *walk, size_t pos)
{
    struct byte_span *last = &walk->sentence;
    size_t beg = pos < last->beg ? 0 : last->end;

    if (byte_span_has(*last, pos))
        return last->end;
    for (beg = skip_blanks(walk->line, beg); beg < walk->line.len;) {
        *last = (struct byte_span){ beg, sentence_end(walk->line, beg) };
        if (last->end > pos)
            return last->end;
        beg = skip_blanks(walk->line, last->end);
    }
    return walk->line.len;
}

// Find what closes the mark of a pair before byte `beg`.
//   returns  its place, or the length of the line
static size_t find_close(struct quotations *walk, int pair, size_t beg)
{
    struct sv line = walk->line;
    size_t size, next_size, pos;
    int32_t before = ' ';

    if (walk->known[pair].from <= beg && beg < walk->known[pair].close)
        return walk->known[pair].close;
    for (pos = beg; pos < line.len; pos += size) {
        int32_t cp = cp_at(line, pos, &size);

        if (is_idle(line.ptr[pos])) {
            before = cp;
            continue;
        }
        if (pos > beg && is_closed(pair, before, cp, cp_at(line, pos + size, &next_size)))
            break;
        if (cp == pairs[pair].open && cp != pairs[pair].close &&
            pair_opened(before, cp, cp_at(line, pos + size, &next_size)) == pair)
            return line.len; // opened again: the first was never closed
        before = cp;
    }
    walk->known[pair].from = beg;
    walk->known[pair].close = pos;
    return pos;
}

bool quotation_next(struct quotations *walk, size_t from, struct byte_span *inner,
                    struct byte_span *outer)
{
    struct sv line = walk->line;
    size_t size, next_size;
    int32_t before = ' ';

    if (from > 0) {
        size_t back = from - 1;

        while (back > 0 && (line.ptr[back] & 0xc0) == 0x80)
            back--;
        before = cp_at(line, back, &size);
    }
    for (size_t pos = from; pos < line.len; pos += size) {
        int32_t cp = cp_at(line, pos, &size);
        int pair = is_idle(line.ptr[pos])
                       ? -1
                       : pair_opened(before, cp, cp_at(line, pos + size, &next_size));

        before = cp;
        if (pair < 0)
            continue;
        outer->beg = pos;
        inner->beg = skip_blanks(line, pos + size);
        inner->end = find_close(walk, pair, pos + size);
        cp_at(line, inner->end, &next_size);
        if (inner->end == line.len)
            inner->end = sentence_end_at(walk, pos + size);
        outer->end = inner->end + next_size;
        inner->end = trim_blanks(line, inner->beg, inner->end);
        if (inner->end > inner->beg)
            return true;
    }
    return false;
}
