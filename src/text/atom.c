// Words and signs as a text that may have been set anew is compared.
// Never takes two letters, figures or signs for one another that a reader could tell apart in
// meaning.
#include "text/atom.h"

#include <string.h>

#include "base/mem.h"
#include "text/cluster.h"
#include "text/decode.h"
#include "text/fold.h"
#include "text/token.h"

#define REPLACEMENT 0xfffd
#define MARKS_MOST  32 // of one letter; more stand for themselves

enum sort {
    SORT_BLANK,
    SORT_IGNORED, // inside words too
    SORT_WORD,
    SORT_ALONE, // a letter that is a word
    SORT_DASH,
    SORT_QUOTE, // '
    SORT_DOUBLE_QUOTE,
    SORT_SIGN,
};

static enum sort sort_of_ascii(int32_t cp)
{
    if ((cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= '0' && cp <= '9'))
        return SORT_WORD;
    if (cp == ' ' || (cp >= '\t' && cp <= '\r'))
        return SORT_BLANK;
    if (cp == '-')
        return SORT_DASH;
    return cp == '\'' ? SORT_QUOTE : cp == '"' ? SORT_DOUBLE_QUOTE : SORT_SIGN;
}

static bool is_alone(int32_t cp)
{
    return (cp >= 0x2e80 && cp <= 0x9fff) || (cp >= 0xf900 && cp <= 0xfaff) ||
           (cp >= 0x20000 && cp <= 0x3ffff);
}

static enum sort sort_of(int32_t cp)
{
    if (cp < 0)
        return SORT_SIGN;
    if (cp < 0x80)
        return sort_of_ascii(cp);
    if (cp == 0xad || cp == 0x200b || cp == 0x2060 || cp == 0xfeff)
        return SORT_IGNORED;
    if (cp == 0x85 || cp == 0x2028 || cp == 0x2029 || cp_is_blank(cp))
        return SORT_BLANK;
    if (fold_is_relative('-', cp))
        return SORT_DASH;
    if (fold_is_relative('\'', cp))
        return SORT_QUOTE;
    if (fold_is_relative('"', cp))
        return SORT_DOUBLE_QUOTE;
    if (cp_kind(cp) == CP_OTHER && !cp_is_mark(cp))
        return SORT_SIGN;
    return is_alone(cp) ? SORT_ALONE : SORT_WORD;
}

// ---- canonical code points of an atom

struct canon {
    struct sv text; // up to the atom's end
    size_t pos;
    int32_t cps[MARKS_MOST + CP_DECOMPOSED_MAX];
    size_t count, at;
};

static void canon_init(struct canon *canon, struct sv text, struct byte_span span)
{
    canon->text = sv_sub(text, 0, span.end);
    canon->pos = span.beg;
    canon->count = canon->at = 0;
}

// Put the decomposition of `cp` behind the rest, marks in canonical order.
static void add_decomposed(struct canon *canon, int32_t cp)
{
    int32_t parts[CP_DECOMPOSED_MAX];
    size_t count = cp_decompose(cp, false, parts);

    for (size_t i = 0; i < count; i++) {
        int class = cp_combining_class(parts[i]);
        size_t at = canon->count++;

        for (; class && at > 0 && cp_combining_class(canon->cps[at - 1]) > class; at--)
            canon->cps[at] = canon->cps[at - 1];
        canon->cps[at] = parts[i];
    }
}

static void skip_dashes(struct canon *canon)
{
    while (canon->pos < canon->text.len) {
        size_t size;

        if (sort_of(decode_at(canon->text, canon->pos, &size)) != SORT_DASH)
            return;
        canon->pos += size;
    }
}

// The next letter with its marks, or sign; false at the end of the atom.
static bool canon_fill(struct canon *canon)
{
    size_t size;
    int32_t cp = -1;
    enum sort sort = SORT_IGNORED;

    while (sort == SORT_IGNORED) {
        if (canon->pos >= canon->text.len)
            return false;
        cp = decode_at(canon->text, canon->pos, &size);
        sort = sort_of(cp);
        canon->pos += size;
    }
    canon->at = 0;
    canon->count = 1;
    canon->cps[0] = cp < 0                      ? REPLACEMENT
                    : sort == SORT_DASH         ? '-'
                    : sort == SORT_QUOTE        ? '\''
                    : sort == SORT_DOUBLE_QUOTE ? '"'
                                                : cp;
    if (sort == SORT_DASH)
        skip_dashes(canon);
    if (cp >= 0x80 && canon->cps[0] == cp) {
        canon->count = 0;
        add_decomposed(canon, cp);
    }
    while (canon->pos < canon->text.len && canon->count < MARKS_MOST) {
        cp = decode_at(canon->text, canon->pos, &size);
        if (cp < 0x300 || !cp_combining_class(cp))
            break;
        add_decomposed(canon, cp);
        canon->pos += size;
    }
    return true;
}

static int32_t canon_next(struct canon *canon) // -1 at the end
{
    if (canon->at == canon->count && !canon_fill(canon))
        return -1;
    return canon->cps[canon->at++];
}

static uint64_t hash_of(struct sv text, struct byte_span span)
{
    struct canon canon;
    uint64_t hash = 0xcbf29ce484222325;
    int32_t cp;

    canon_init(&canon, text, span);
    while ((cp = canon_next(&canon)) >= 0)
        hash = (hash ^ (uint64_t)cp) * 0x100000001b3;
    return hash ^ hash >> 29;
}

// ---- atoms

static bool is_digit_at(struct sv text, size_t pos)
{
    return pos < text.len && text.ptr[pos] >= '0' && text.ptr[pos] <= '9';
}

// Does the sign at `pos` join two figures?
static bool joins_figures(struct sv text, size_t beg, size_t pos)
{
    char c = text.ptr[pos];

    return (c == '.' || c == ',' || c == ':') && pos > beg && is_digit_at(text, pos - 1) &&
           is_digit_at(text, pos + 1);
}

// Where the atom ends that begins at `beg`.
static size_t end_of(struct sv text, size_t beg)
{
    size_t size;
    enum sort sort = sort_of(decode_at(text, beg, &size));
    size_t end = beg + size, solid = end; // ignored ones at the end are left out

    while (end < text.len) {
        int32_t cp = decode_at(text, end, &size);
        enum sort next = sort_of(cp);
        bool is_mark = cp >= 0x300 && cp_combining_class(cp);
        bool goes_on = sort == SORT_WORD   ? next == SORT_WORD || joins_figures(text, beg, end)
                       : sort == SORT_DASH ? next == SORT_DASH
                                           : is_mark;

        if (!goes_on && !(sort == SORT_WORD && next == SORT_IGNORED))
            break;
        end += size;
        if (goes_on)
            solid = end;
    }
    return solid;
}

bool atom_next(struct sv text, size_t *pos, struct atom *out)
{
    while (*pos < text.len) {
        size_t size;
        enum sort sort = sort_of(decode_at(text, *pos, &size));

        if (sort != SORT_BLANK && sort != SORT_IGNORED) {
            out->span = (struct byte_span){ *pos, end_of(text, *pos) };
            out->hash = hash_of(text, out->span);
            out->is_word = sort == SORT_WORD || sort == SORT_ALONE;
            *pos = out->span.end;
            return true;
        }
        *pos += size;
    }
    return false;
}

void atoms_read(struct sv text, struct atoms *out)
{
    struct atom atom;
    size_t pos = 0;

    while (atom_next(text, &pos, &atom)) {
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] = atom;
    }
}

void atoms_release(struct atoms *atoms)
{
    mem_free(atoms->items);
    *atoms = (struct atoms){ 0 };
}

static bool atom_is_alike(struct sv a, struct byte_span at, struct sv b, struct byte_span other)
{
    struct canon x, y;
    int32_t cp;

    canon_init(&x, a, at);
    canon_init(&y, b, other);
    while ((cp = canon_next(&x)) >= 0) {
        if (canon_next(&y) != cp)
            return false;
    }
    return canon_next(&y) < 0;
}

bool text_is_alike(struct sv a, struct sv b)
{
    size_t at = 0, other = 0;
    struct atom x, y;

    while (atom_next(a, &at, &x)) {
        if (!atom_next(b, &other, &y) || !atom_is_alike(a, x.span, b, y.span))
            return false;
    }
    return !atom_next(b, &other, &y);
}

static bool is_letter(int32_t cp)
{
    return cp < 0x300 || !cp_combining_class(cp);
}

size_t atom_inside(struct sv a, struct byte_span span, size_t pos, struct sv b,
                   struct byte_span other)
{
    struct canon x, y;
    size_t letters = 0;

    if (pos <= span.beg)
        return other.beg;
    if (pos >= span.end)
        return other.end;
    canon_init(&x, a, span);
    while (x.pos < pos && canon_fill(&x))
        for (size_t i = 0; i < x.count; i++)
            letters += is_letter(x.cps[i]);
    canon_init(&y, b, other);
    while (letters > 0 && canon_fill(&y))
        for (size_t i = 0; i < y.count && letters > 0; i++)
            letters -= is_letter(y.cps[i]);
    return y.pos;
}
