// alpha_U in floating point: the squares of lengths pass 32 bits in an article already.
// Knows no records.
#include "model/agree_units.h"

#include <stdlib.h>

#include "base/mem.h"

// The units of one category, those of each rater together and in order.
struct stretch {
    size_t rater;
    double beg, end;
};

struct category {
    struct stretch *units;
    size_t count;
    double *gaps; // lengths, of all raters
    size_t gap_count;
    size_t raters;
    double beg, end; // of the text
};

static int compare_units(const void *a, const void *b)
{
    const struct text_unit *x = a, *y = b;

    if (x->category != y->category)
        return x->category < y->category ? -1 : 1;
    if (x->rater != y->rater)
        return x->rater < y->rater ? -1 : 1;
    if (x->beg != y->beg)
        return x->beg < y->beg ? -1 : 1;
    return x->end < y->end ? -1 : x->end > y->end;
}

// Units that do not overlap, out of the sorted ones of a category; empty ones go.
static void add_units(struct category *category, const struct text_unit *units, size_t count,
                      size_t *merged)
{
    for (size_t i = 0; i < count; i++) {
        struct stretch next = { units[i].rater, (double)units[i].beg, (double)units[i].end };
        struct stretch *last = category->count ? &category->units[category->count - 1] : NULL;

        if (next.beg < category->beg)
            next.beg = category->beg;
        if (next.end > category->end)
            next.end = category->end;
        if (next.beg >= next.end)
            continue;
        if (last && last->rater == next.rater && next.beg < last->end) {
            *merged += 1;
            if (next.end > last->end)
                last->end = next.end;
        } else {
            category->units[category->count++] = next;
        }
    }
}

static size_t rater_end(const struct category *category, size_t from)
{
    size_t i = from;

    while (i < category->count && category->units[i].rater == category->units[from].rater)
        i++;
    return i;
}

static void add_gaps(struct category *category)
{
    size_t i = 0, next;

    for (size_t rater = 0; rater < category->raters; rater++, i = next) {
        double from = category->beg;

        next =
            i < category->count && category->units[i].rater == rater ? rater_end(category, i) : i;
        for (; i < next; i++) {
            if (category->units[i].beg > from)
                category->gaps[category->gap_count++] = category->units[i].beg - from;
            from = category->units[i].end;
        }
        if (category->end > from)
            category->gaps[category->gap_count++] = category->end - from;
    }
}

static double square(double x)
{
    return x * x;
}

// What the units of one rater differ from those of another. Both lists are in order.
//   returns  the sum over pairs that overlap and over units that lie in a gap of the other
static double differ(const struct stretch *a, size_t a_count, const struct stretch *b,
                     size_t b_count)
{
    double sum = 0;
    size_t first = 0;

    for (size_t i = 0; i < a_count; i++) {
        bool is_met = false;

        while (first < b_count && b[first].end <= a[i].beg)
            first++;
        for (size_t j = first; j < b_count && b[j].beg < a[i].end; j++) {
            sum += square(a[i].beg - b[j].beg) + square(a[i].end - b[j].end);
            is_met = true;
        }
        if (!is_met)
            sum += square(a[i].end - a[i].beg);
    }
    first = 0;
    for (size_t j = 0; j < b_count; j++) {
        while (first < a_count && a[first].end <= b[j].beg)
            first++;
        if (first == a_count || a[first].beg >= b[j].end)
            sum += square(b[j].end - b[j].beg);
    }
    return sum;
}

static double observed(const struct category *category)
{
    double raters = (double)category->raters, sum = 0;
    size_t present = 0;

    for (size_t i = 0, i_end; i < category->count; i = i_end) {
        i_end = rater_end(category, i);
        present++;
        for (size_t j = i_end, j_end; j < category->count; j = j_end) {
            j_end = rater_end(category, j);
            sum += differ(category->units + i, i_end - i, category->units + j, j_end - j);
        }
    }
    for (size_t i = 0; i < category->count; i++) // against those who have no unit at all
        sum += square(category->units[i].end - category->units[i].beg) *
               (double)(category->raters - present);
    return 2 * sum / (raters * (raters - 1) * square(category->end - category->beg));
}

static double expected(const struct category *category)
{
    double length = category->end - category->beg, all = (double)category->raters * length;
    double sum = 0, own = 0, count = (double)category->count;

    for (size_t i = 0; i < category->count; i++) {
        double l = category->units[i].end - category->units[i].beg, room = 0;

        for (size_t g = 0; g < category->gap_count; g++)
            if (category->gaps[g] >= l)
                room += category->gaps[g] - l + 1;
        sum += (count - 1) * (2 * l * l * l - 3 * l * l + l) / 3 + l * l * room;
        own += l * (l - 1);
    }
    return all * (all - 1) > own ? 2 / length * sum / (all * (all - 1) - own) : 0;
}

static void measure(struct measured *out, double seen, double chance)
{
    out->observed = seen;
    out->expected = chance;
    if (chance > 0)
        out->value = 1 - seen / chance; // without chance all units are empty: nothing beyond it
}

void units_alpha(const struct text_unit *units, size_t count, size_t raters, size_t categories,
                 size_t beg, size_t end, struct measured *each, struct measured *all,
                 size_t *merged)
{
    struct text_unit *sorted = mem_new(count * sizeof(*sorted));
    struct category category = { .raters = raters, .beg = (double)beg, .end = (double)end };
    double seen = 0, chance = 0;

    category.units = mem_new(count * sizeof(*category.units));
    category.gaps = mem_new((count + raters) * sizeof(*category.gaps));
    for (size_t i = 0; i < count; i++)
        sorted[i] = units[i];
    if (count)
        qsort(sorted, count, sizeof(*sorted), compare_units);
    *merged = 0;
    *all = (struct measured){ .why = AGREE_NO_RECORDS, .units = count };
    for (size_t c = 0, i = 0, first; c < categories; c++) {
        for (first = i; i < count && sorted[i].category == c;)
            i++;
        each[c] = (struct measured){ .units = i - first };
        category.count = category.gap_count = 0;
        add_units(&category, sorted + first, i - first, merged);
        add_gaps(&category);
        if (i == first || raters < 2 || end <= beg) {
            each[c].why = raters < 2 ? AGREE_NO_UNITS : AGREE_NO_RECORDS;
            continue;
        }
        measure(&each[c], observed(&category), expected(&category));
        seen += each[c].observed;
        chance += each[c].expected;
        all->why = AGREE_DEFINED;
    }
    if (all->why == AGREE_DEFINED)
        measure(all, seen, chance);
    mem_free(category.gaps);
    mem_free(category.units);
    mem_free(sorted);
}
