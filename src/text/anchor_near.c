// The place of a text that is nearest to a quote which stands nowhere.
// Only proposes: takes nothing for the same.
#include "text/anchor_near.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/align.h"

#define SEEDS 32 // places of a word, and not more, that are looked at: commoner words tell nothing
#define SPARE 3  // atoms more than there were at an end of the quote: the rest is something else
#define SLACK 12 // atoms on both sides that are compared too

// Words of the quote and its context in a row: what is laid beside the text.
struct row {
    struct atom *items;
    size_t count, quote_beg, quote_end;
};

static void row_init(struct row *row, const struct atoms *before, const struct atoms *quote,
                     const struct atoms *after)
{
    size_t count = 0;
    const struct atoms *const parts[] = { before, quote, after };

    row->items = mem_new((before->count + quote->count + after->count + 1) * sizeof(*row->items));
    for (size_t i = 0; i < 3; i++) {
        if (parts[i]->count)
            memcpy(row->items + count, parts[i]->items, parts[i]->count * sizeof(*row->items));
        count += parts[i]->count;
    }
    row->count = count;
    row->quote_beg = before->count;
    row->quote_end = before->count + quote->count;
}

static int compare_offsets(const void *a, const void *b)
{
    const ptrdiff_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

// How far each word of the row would have to be shifted to lie on one of the same in the text.
static ptrdiff_t *find_offsets(const struct atom_index *index, const struct row *row, size_t *count)
{
    ptrdiff_t *offsets = NULL;
    size_t cap = 0;

    *count = 0;
    for (size_t i = 0; i < row->count; i++) {
        uint64_t hash = row->items[i].hash;

        if (atom_index_count(index, hash) > SEEDS)
            continue;
        for (size_t at = atom_index_first(index, hash); at != SIZE_MAX;
             at = atom_index_next(index, at)) {
            MEM_GROW(offsets, *count, cap);
            offsets[(*count)++] = (ptrdiff_t)at - (ptrdiff_t)i;
        }
    }
    if (*count)
        qsort(offsets, *count, sizeof(*offsets), compare_offsets);
    return offsets;
}

// The offset where most words agree, give or take `width`; false when none does.
static bool best_offset(const ptrdiff_t *offsets, size_t count, ptrdiff_t width, ptrdiff_t *out)
{
    size_t most = 0;

    for (size_t low = 0, high = 0; high < count; high++) {
        while (offsets[high] - offsets[low] > width)
            low++;
        if (high - low + 1 > most) {
            most = high - low + 1;
            *out = offsets[low];
        }
    }
    return most > 0;
}

// Atoms of the row from `beg` on, up to `end`, that have their like in the text.
static size_t count_matched(const struct align *align, size_t beg, size_t end)
{
    size_t matched = 0;

    for (size_t i = 0; i < align->count; i++) {
        size_t from = align->runs[i].old, to = from + align->runs[i].len;

        from = from > beg ? from : beg;
        to = to < end ? to : end;
        matched += to > from ? to - from : 0;
    }
    return matched;
}

// Where words at the ends of the quote have no like, no more of the text is taken than they were.
static void clamp(const struct align *align, const struct row *row, struct align_span *map)
{
    size_t first = SIZE_MAX, lead = 0, last = 0, tail = 0;

    for (size_t i = 0; i < align->count; i++) {
        const struct align_run *run = &align->runs[i];
        size_t beg = run->old > row->quote_beg ? run->old : row->quote_beg;
        size_t end = run->old + run->len < row->quote_end ? run->old + run->len : row->quote_end;

        if (beg >= end)
            continue;
        if (first == SIZE_MAX) {
            first = run->new + (beg - run->old);
            lead = beg - row->quote_beg;
        }
        last = run->new + (end - run->old);
        tail = row->quote_end - end;
    }
    if (first == SIZE_MAX)
        return;
    if (first - map->beg > lead + SPARE)
        map->beg = first - lead;
    if (map->end - last > tail + SPARE)
        map->end = last + tail;
}

// Lay the row beside atoms [from, to) of the text, and see what lies beside the quote.
static bool judge(const struct atom_index *index, const struct row *row, size_t from, size_t to,
                  size_t *beg, size_t *end, size_t *around)
{
    size_t quote = row->quote_end - row->quote_beg, after = row->count - row->quote_end;
    struct align align;
    struct align_span map;
    size_t left, right, len;

    align_find(row->items, row->count, index->atoms.items + from, to - from, &align);
    align_map(&align, row->quote_beg, row->quote_end, &map);
    left = count_matched(&align, 0, row->quote_beg);
    right = count_matched(&align, row->quote_end, row->count);
    *around = left + right;
    clamp(&align, row, &map);
    align_release(&align);
    len = map.end - map.beg;
    *beg = from + map.beg;
    *end = from + map.end;
    if (len == 0 || len > 2 * quote + SLACK)
        return false;
    return map.matched * 2 >= quote ||
           (left + right > 1 && left * 2 >= row->quote_beg && right * 2 >= after);
}

bool anchor_near(const struct atom_index *index, const struct atoms *before,
                 const struct atoms *quote, const struct atoms *after, size_t *beg, size_t *end,
                 size_t *around)
{
    struct row row;
    size_t count = 0;
    ptrdiff_t *offsets, offset = 0;
    bool ok = false;

    if (!quote->count)
        return false;
    row_init(&row, before, quote, after);
    offsets = find_offsets(index, &row, &count);

    ptrdiff_t width = (ptrdiff_t)(row.count / 8 + 2);

    if (best_offset(offsets, count, width, &offset)) {
        ptrdiff_t from = offset - SLACK, to = offset + (ptrdiff_t)row.count + width + SLACK;
        ptrdiff_t length = (ptrdiff_t)index->atoms.count;

        from = from < 0 ? 0 : from > length ? length : from;
        to = to < 0 ? 0 : to > length ? length : to;
        ok = judge(index, &row, (size_t)from, (size_t)to, beg, end, around);
    }
    mem_free(offsets);
    mem_free(row.items);
    return ok;
}
