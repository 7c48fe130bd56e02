// String views.
// Never copies, but for sv_copy.
#include "base/sv.h"

#include <stdint.h>
#include <string.h>

#define DISTANCE_MAX 64

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static size_t min3(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;

    return m < c ? m : c;
}

struct sv sv_from(const char *cstr)
{
    return cstr ? (struct sv){ cstr, strlen(cstr) } : (struct sv){ 0 };
}

struct sv sv_of(const char *ptr, size_t len)
{
    return (struct sv){ ptr, len };
}

struct sv sv_copy(struct arena *arena, struct sv s)
{
    return s.ptr ? (struct sv){ arena_copy(arena, s.ptr, s.len), s.len } : s;
}

bool sv_is_absent(struct sv s)
{
    return !s.ptr;
}

bool sv_is_blank(struct sv s)
{
    return sv_trim(s).len == 0;
}

bool sv_eq(struct sv a, struct sv b)
{
    return !a.ptr == !b.ptr && a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

bool sv_eq_cstr(struct sv a, const char *b)
{
    return sv_eq(a, sv_from(b));
}

int sv_cmp(struct sv a, struct sv b)
{
    if (!a.ptr || !b.ptr)
        return (a.ptr != NULL) - (b.ptr != NULL);

    size_t len = a.len < b.len ? a.len : b.len;
    int diff = len ? memcmp(a.ptr, b.ptr, len) : 0;

    return diff ? diff : (a.len > b.len) - (a.len < b.len);
}

bool sv_starts(struct sv s, struct sv prefix)
{
    return s.len >= prefix.len && (!prefix.len || !memcmp(s.ptr, prefix.ptr, prefix.len));
}

bool sv_ends(struct sv s, struct sv suffix)
{
    return s.len >= suffix.len &&
           (!suffix.len || !memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len));
}

struct sv sv_sub(struct sv s, size_t beg, size_t end)
{
    if (end > s.len)
        end = s.len;
    if (beg > end)
        beg = end;
    return s.ptr ? sv_of(s.ptr + beg, end - beg) : s;
}

struct sv sv_trim(struct sv s)
{
    while (s.len && is_space(s.ptr[s.len - 1]))
        s.len--;
    while (s.len && is_space(s.ptr[0])) {
        s.ptr++;
        s.len--;
    }
    return s;
}

size_t sv_find(struct sv s, struct sv needle, size_t from)
{
    if (from > s.len || !s.ptr)
        return SIZE_MAX;
    if (!needle.len)
        return from;

    const char *hit = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);

    return hit ? (size_t)(hit - s.ptr) : SIZE_MAX;
}

bool sv_split(struct sv *rest, char sep, struct sv *piece)
{
    if (!rest->ptr)
        return false;

    const char *hit = rest->len ? memchr(rest->ptr, sep, rest->len) : NULL;

    if (!hit) {
        *piece = *rest;
        *rest = (struct sv){ 0 };
        return true;
    }
    *piece = sv_of(rest->ptr, (size_t)(hit - rest->ptr));
    *rest = sv_of(hit + 1, rest->len - piece->len - 1);
    return true;
}

size_t sv_distance(struct sv a, struct sv b)
{
    size_t rows[3][DISTANCE_MAX + 1]; // two rows back, one back, this one

    if (a.len > DISTANCE_MAX || b.len > DISTANCE_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.len; j++)
        rows[1][j] = j;
    memcpy(rows[2], rows[1], sizeof(rows[1]));
    for (size_t i = 1; i <= a.len; i++) {
        size_t *this_row = rows[2], *last = rows[1], *before = rows[0];

        this_row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t cost = a.ptr[i - 1] != b.ptr[j - 1];

            this_row[j] = min3(last[j] + 1, this_row[j - 1] + 1, last[j - 1] + cost);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
                before[j - 2] + 1 < this_row[j])
                this_row[j] = before[j - 2] + 1;
        }
        memcpy(before, last, sizeof(rows[0]));
        memcpy(last, this_row, sizeof(rows[0]));
    }
    return rows[1][b.len];
}
