// Which atoms of an old text stand where in a new one.
// Knows atoms by their hashes alone: who takes a span for the same must compare the texts.
#include "text/align.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"

#define SHINGLE 8   // atoms in a row that are looked for in both texts, then half as many ...
#define SMALL   600 // atoms of both sides: compared to the end, whatever it costs
#define CHANGES 256 // in a larger stretch; more of them have nothing to do with each other

// A stretch of both texts without runs.
struct gap {
    size_t old, old_end, new, new_end;
};

static bool is_same(const struct align *align, size_t old, size_t new)
{
    return align->old[old].hash == align->new[new].hash;
}

static void add_run(struct align *align, size_t old, size_t new, size_t len)
{
    struct align_run *last = align->count ? &align->runs[align->count - 1] : NULL;

    if (!len)
        return;
    if (last && last->old + last->len == old && last->new + last->len == new) {
        last->len += len;
        return;
    }
    MEM_GROW(align->runs, align->count, align->cap);
    align->runs[align->count++] = (struct align_run){ old, new, len };
}

// ---- Myers

struct myers {
    struct align *align;
    struct gap gap;
    ptrdiff_t *furthest; // by diagonal, for each number of changes: row d begins at d * d
};

static ptrdiff_t *row_of(const struct myers *myers, ptrdiff_t changes)
{
    return myers->furthest + changes * changes + changes; // diagonals -d .. d
}

// Furthest old atom on `diagonal` after `changes`, before the atoms that are the same.
static ptrdiff_t step_to(const struct myers *myers, ptrdiff_t changes, ptrdiff_t diagonal,
                         bool *is_insertion)
{
    const ptrdiff_t *last = row_of(myers, changes - 1);

    *is_insertion =
        diagonal == -changes || (diagonal != changes && last[diagonal - 1] < last[diagonal + 1]);
    return *is_insertion ? last[diagonal + 1] : last[diagonal - 1] + 1;
}

// Walk back from the end and add the runs, first to last.
static void add_path(const struct myers *myers, ptrdiff_t changes, ptrdiff_t diagonal)
{
    const struct gap *gap = &myers->gap;
    struct align_run *found = mem_new(((size_t)changes + 1) * sizeof(*found));
    size_t count = 0;

    for (ptrdiff_t d = changes; d >= 0; d--) {
        ptrdiff_t end = row_of(myers, d)[diagonal], beg = 0;
        bool is_insertion = false;

        if (d > 0)
            beg = step_to(myers, d, diagonal, &is_insertion);
        found[count++] =
            (struct align_run){ gap->old + (size_t)beg, gap->new + (size_t)(beg - diagonal),
                                (size_t)(end - beg) };
        diagonal += is_insertion ? 1 : -1;
    }
    while (count-- > 0)
        add_run(myers->align, found[count].old, found[count].new, found[count].len);
    mem_free(found);
}

// Compare a gap with at most `most` changes; false when there are more.
static bool compare(struct align *align, struct gap gap, size_t most)
{
    ptrdiff_t old_len = (ptrdiff_t)(gap.old_end - gap.old);
    ptrdiff_t new_len = (ptrdiff_t)(gap.new_end - gap.new);
    ptrdiff_t limit = (ptrdiff_t)most < old_len + new_len ? (ptrdiff_t)most : old_len + new_len;
    struct myers myers = { .align = align, .gap = gap };
    bool ok = false;
    size_t rows = 0, room = 0;

    for (ptrdiff_t d = 0; d <= limit && !ok; d++) {
        rows = (size_t)((d + 1) * (d + 1));
        if (rows > room) {
            room = rows * 2;
            myers.furthest = mem_resize(myers.furthest, room, sizeof(*myers.furthest));
        }
        for (ptrdiff_t k = -d; k <= d; k += 2) {
            bool is_insertion;
            ptrdiff_t x = d ? step_to(&myers, d, k, &is_insertion) : 0, y = x - k;

            while (x >= 0 && y >= 0 && x < old_len && y < new_len &&
                   is_same(align, gap.old + (size_t)x, gap.new + (size_t)y)) {
                x++;
                y++;
            }
            row_of(&myers, d)[k] = x;
            if (x == old_len && y == new_len) {
                add_path(&myers, d, k);
                ok = true;
                break;
            }
        }
    }
    mem_free(myers.furthest);
    return ok;
}

// ---- what occurs once in both

struct shingle {
    uint64_t hash; // 0: free
    size_t old, new;
    unsigned char old_count, new_count; // 2: more than once
};

struct shingles {
    struct shingle *slots;
    size_t mask;
};

static struct shingle *slot_of(const struct shingles *table, uint64_t hash)
{
    size_t at = (size_t)(hash ^ hash >> 32) & table->mask;

    while (table->slots[at].hash && table->slots[at].hash != hash)
        at = (at + 1) & table->mask;
    return &table->slots[at];
}

static uint64_t hash_at(const struct atom *atoms, size_t at, size_t width)
{
    uint64_t hash = 0x9e3779b97f4a7c15;

    for (size_t i = 0; i < width; i++)
        hash = (hash ^ atoms[at + i].hash) * 0xff51afd7ed558ccd, hash ^= hash >> 33;
    return hash ? hash : 1;
}

static void shingles_fill(struct shingles *table, const struct align *align, struct gap gap,
                          size_t width)
{
    size_t room = 16;

    while (room < 2 * (gap.old_end - gap.old))
        room *= 2;
    table->mask = room - 1;
    table->slots = mem_new(room * sizeof(*table->slots));
    for (size_t i = gap.old; i + width <= gap.old_end; i++) {
        uint64_t hash = hash_at(align->old, i, width);
        struct shingle *slot = slot_of(table, hash);

        slot->hash = hash;
        slot->old = i;
        slot->old_count = slot->old_count ? 2 : 1;
    }
    for (size_t i = gap.new; i + width <= gap.new_end; i++) {
        struct shingle *slot = slot_of(table, hash_at(align->new, i, width));

        slot->new = i;
        if (slot->hash)
            slot->new_count = slot->new_count ? 2 : 1;
    }
}

struct pair {
    size_t old, new;
    size_t before; // index of the pair before it in the longest chain; SIZE_MAX: none
};

// Pairs of places in order of the old text.
static struct pair *find_pairs(const struct align *align, struct gap gap, size_t width,
                               size_t *count)
{
    struct shingles table;
    struct pair *pairs = NULL;
    size_t cap = 0;

    *count = 0;
    shingles_fill(&table, align, gap, width);
    for (size_t i = gap.old; i + width <= gap.old_end; i++) {
        const struct shingle *slot = slot_of(&table, hash_at(align->old, i, width));

        if (slot->old_count != 1 || slot->new_count != 1)
            continue;
        MEM_GROW(pairs, *count, cap);
        pairs[(*count)++] = (struct pair){ i, slot->new, SIZE_MAX };
    }
    mem_free(table.slots);
    return pairs;
}

// Keep the longest chain that is in order in both texts.
static size_t longest_chain(struct pair *pairs, size_t count)
{
    size_t *ends = mem_new((count + 1) * sizeof(*ends)); // of the best chain of each length
    size_t most = 0, kept;

    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = most;

        while (low < high) {
            size_t middle = low + (high - low) / 2;

            if (pairs[ends[middle]].new < pairs[i].new)
                low = middle + 1;
            else
                high = middle;
        }
        pairs[i].before = low ? ends[low - 1] : SIZE_MAX;
        ends[low] = i;
        most = low == most ? most + 1 : most;
    }
    kept = most;
    for (size_t at = most ? ends[most - 1] : SIZE_MAX; at != SIZE_MAX; at = pairs[at].before)
        ends[--most] = at;
    for (size_t i = 0; i < kept; i++) // ends[i] >= i: nothing is overwritten before it is read
        pairs[i] = pairs[ends[i]];
    mem_free(ends);
    return kept;
}

// ---- gaps

static void find_gap(struct align *align, struct gap gap, size_t width);

// Split the gap at what occurs once in both; false when there is no such thing.
static bool split(struct align *align, struct gap gap, size_t width)
{
    size_t count;
    struct pair *pairs = find_pairs(align, gap, width, &count);

    count = longest_chain(pairs, count);
    for (size_t i = 0; i < count; i++) {
        size_t old = pairs[i].old, new = pairs[i].new, len = 0;

        if (old < gap.old || new < gap.new)
            continue;
        find_gap(align, (struct gap){ gap.old, old, gap.new, new }, width / 2);
        while (old + len < gap.old_end && new + len < gap.new_end &&
               is_same(align, old + len, new + len))
            len++;
        add_run(align, old, new, len);
        gap.old = old + len;
        gap.new = new + len;
    }
    if (count)
        find_gap(align, gap, width / 2);
    mem_free(pairs);
    return count > 0;
}

// Runs of the gap, in order. `width` halves from level to level, so this goes five deep at most.
static void find_gap(struct align *align, struct gap gap, size_t width)
{
    size_t head = 0, tail = 0;

    while (gap.old + head < gap.old_end &&
           gap.new + head < gap.new_end &&is_same(align, gap.old + head, gap.new + head))
        head++;
    add_run(align, gap.old, gap.new, head);
    gap.old += head;
    gap.new += head;
    while (gap.old_end > gap.old &&
           gap.new_end > gap.new &&is_same(align, gap.old_end - 1, gap.new_end - 1)) {
        gap.old_end--;
        gap.new_end--;
        tail++;
    }
    if (gap.old < gap.old_end && gap.new < gap.new_end) {
        bool ok =
            gap.old_end - gap.old + gap.new_end - gap.new <= SMALL &&compare(align, gap, SMALL);

        for (size_t w = width; !ok && w > 0; w /= 2)
            ok = split(align, gap, w);
        if (!ok)
            (void)compare(align, gap, CHANGES);
    }
    add_run(align, gap.old_end, gap.new_end, tail);
}

void align_find(const struct atom *old, size_t old_count, const struct atom *new, size_t new_count,
                struct align *out)
{
    *out = (struct align){ old, new, old_count, new_count, NULL, 0, 0 };
    find_gap(out, (struct gap){ 0, old_count, 0, new_count }, SHINGLE);
}

void align_release(struct align *align)
{
    mem_free(align->runs);
    *align = (struct align){ 0 };
}

// ---- questions

// The first run that ends after atom `old`; count when there is none.
static size_t run_after(const struct align *align, size_t old)
{
    size_t low = 0, high = align->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (align->runs[middle].old + align->runs[middle].len <= old)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

// What lies between run `index` and the one before it; index may be the count.
static struct gap gap_before(const struct align *align, size_t index)
{
    struct gap gap = { 0, align->old_count, 0, align->new_count };

    if (index > 0) {
        gap.old = align->runs[index - 1].old + align->runs[index - 1].len;
        gap.new = align->runs[index - 1].new + align->runs[index - 1].len;
    }
    if (index < align->count) {
        gap.old_end = align->runs[index].old;
        gap.new_end = align->runs[index].new;
    }
    return gap;
}

// Could the gap, text that came or went, as well lie up to `len` atoms further on?
static bool slides_on(const struct align *align, struct gap gap, size_t len)
{
    bool is_deletion = gap.new == gap.new_end, is_insertion = gap.old == gap.old_end;
    const struct atom *atoms = is_deletion ? align->old : align->new;
    size_t beg = is_deletion ? gap.old : gap.new, end = is_deletion ? gap.old_end : gap.new_end;

    if (is_deletion == is_insertion)
        return false;
    for (size_t i = 0; i < len; i++)
        if (atoms[beg + i].hash != atoms[end + i].hash)
            return false;
    return true;
}

static bool slides_back(const struct align *align, struct gap gap, size_t len)
{
    bool is_deletion = gap.new == gap.new_end, is_insertion = gap.old == gap.old_end;
    const struct atom *atoms = is_deletion ? align->old : align->new;
    size_t beg = is_deletion ? gap.old : gap.new, end = is_deletion ? gap.old_end : gap.new_end;

    if (is_deletion == is_insertion)
        return false;
    for (size_t i = 1; i <= len; i++)
        if (atoms[beg - i].hash != atoms[end - i].hash)
            return false;
    return true;
}

static size_t count_words(const struct atom *atoms, size_t len)
{
    size_t words = 0;

    for (size_t i = 0; i < len; i++)
        words += atoms[i].is_word;
    return words;
}

static void map_whole(const struct align *align, size_t index, size_t beg, size_t end,
                      struct align_span *out)
{
    const struct align_run *run = &align->runs[index];

    out->beg = run->new + (beg - run->old);
    out->end = out->beg + (end - beg);
    out->matched = end - beg;
    out->is_whole = true;
    out->evidence = count_words(align->old + run->old, run->len);
    out->is_ambiguous = slides_on(align, gap_before(align, index), end - run->old) ||
                        slides_back(align, gap_before(align, index + 1), run->old + run->len - beg);
}

void align_map(const struct align *align, size_t beg, size_t end, struct align_span *out)
{
    size_t first = run_after(align, beg), last = run_after(align, end - 1);

    *out = (struct align_span){ 0 };
    if (first < align->count && align->runs[first].old <= beg &&
        align->runs[first].old + align->runs[first].len >= end) {
        map_whole(align, first, beg, end, out);
        return;
    }
    if (first < align->count && align->runs[first].old <= beg) {
        out->beg = align->runs[first].new + (beg - align->runs[first].old);
    } else {
        struct gap gap = gap_before(align, first);
        size_t lead = beg - gap.old, room = gap.new_end - gap.new;

        out->beg = gap.new + (lead < room ? lead : room);
    }
    if (last < align->count && align->runs[last].old < end) {
        out->end = align->runs[last].new + (end - align->runs[last].old);
    } else {
        struct gap gap = gap_before(align, last);
        size_t tail = gap.old_end - end, room = gap.new_end - gap.new;

        out->end = gap.new_end - (tail < room ? tail : room);
    }
    if (out->end < out->beg)
        out->end = out->beg;
    for (size_t i = first; i < align->count && align->runs[i].old < end; i++) {
        size_t from = align->runs[i].old > beg ? align->runs[i].old : beg;
        size_t to = align->runs[i].old + align->runs[i].len;

        out->matched += (to < end ? to : end) - from;
    }
}
