// How near the clauses come to what people marked: for each part of a claim, the least number of
// word steps from one clause (`t`) to it, both ends counted; none where `c` alone marks it.
// Usage: reach [-v] FILE <PARTS; a part a line, BEG END in code points; -v prints those missed.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/mem.h"
#include "text/segment.h"

#define NEAR     2                 // word steps that are allowed
#define TEXT_MAX ((size_t)1 << 24) // bytes

struct list {
    struct byte_span *items;
    size_t count, cap;
};

static struct list all_units(const struct article *article, enum unit unit)
{
    struct list list = { 0 };
    struct byte_span span;
    struct units *units = units_new(article, unit, false);

    while (units_next(units, &span)) {
        MEM_GROW(list.items, list.count, list.cap);
        list.items[list.count++] = span;
    }
    units_free(units);
    return list;
}

// Words whose beginning (or end) lies between `a` and `b`: what `w` (or `e`) is pressed for.
//   returns  SIZE_MAX when no word has its edge at `to`: words alone do not get there
static size_t steps(const struct list *words, size_t from, size_t to, bool at_end)
{
    size_t low = from < to ? from : to, high = from < to ? to : from, count = 0;
    bool is_edge = false;

    for (size_t i = 0; i < words->count; i++) {
        size_t edge = at_end ? words->items[i].end : words->items[i].beg;

        is_edge |= edge == to;
        count += edge > low && edge <= high;
    }
    return is_edge || from == to ? count : SIZE_MAX;
}

// The unit nearest to `part`; *least its steps.
static struct byte_span nearest(const struct list *units, const struct list *words,
                                struct byte_span part, size_t *least)
{
    struct byte_span found = { 0 };

    *least = SIZE_MAX;
    for (size_t i = 0; i < units->count; i++) {
        if (!byte_spans_overlap(units->items[i], part))
            continue;

        size_t left = steps(words, units->items[i].beg, part.beg, false);
        size_t right = steps(words, units->items[i].end, part.end, true);

        if (left < *least && right < *least - left) {
            *least = left + right;
            found = units->items[i];
        }
    }
    return found;
}

// What `c` marks with the cursor at the beginning of a clause, with nothing selected.
static struct byte_span whole_of(const struct article *article, struct byte_span clause)
{
    struct byte_span whole = clause;

    (void)unit_at(article, UNIT_WHOLE, clause.beg, &whole);
    return whole;
}

static void add(struct list *list, struct byte_span span)
{
    MEM_GROW(list->items, list->count, list->cap);
    list->items[list->count++] = span;
}

// What `t` selects when it is pressed twice: the whole of a clause, or it and the next.
static struct list all_pairs(const struct article *article, const struct list *clauses)
{
    struct list list = { 0 };

    for (size_t i = 0; i < clauses->count; i++) {
        struct byte_span clause = clauses->items[i], whole = whole_of(article, clause);

        if (whole.end > clause.end)
            add(&list, whole);
        else if (i + 1 < clauses->count)
            add(&list, (struct byte_span){ clause.beg, clauses->items[i + 1].end });
    }
    return list;
}

static bool is_whole(const struct article *article, const struct list *clauses,
                     struct byte_span part)
{
    for (size_t i = 0; i < clauses->count; i++)
        if (clauses->items[i].beg == part.beg &&
            whole_of(article, clauses->items[i]).end == part.end)
            return true;
    return false;
}

static void print_span(const struct article *article, const char *label, struct byte_span span)
{
    struct sv s = article_sub(article, span);

    printf("  %s %.*s\n", label, (int)s.len, s.ptr);
}

int main(int argc, char **argv)
{
    bool is_verbose = argc == 3 && strcmp(argv[1], "-v") == 0;
    const char *path = argc > 1 ? argv[argc - 1] : "";
    struct buf bytes = { 0 };
    struct err err = { 0 };
    size_t off[NEAR + 1] = { 0 }, near = 0, by_two = 0, by_quotation = 0, by_sentence = 0;
    size_t total = 0, beg, end;

    if (argc != 2 + is_verbose || !fs_read(path, TEXT_MAX, &bytes, &err)) {
        fputs("usage: reach [-v] FILE <PARTS\n", stderr);
        return 2;
    }

    struct article *article = article_new(buf_sv(&bytes));
    struct list words = all_units(article, UNIT_WORD), clauses = all_units(article, UNIT_CLAUSE);
    struct list sentences = all_units(article, UNIT_SENTENCE);
    struct list quotations = all_units(article, UNIT_QUOTATION);
    struct list pairs = all_pairs(article, &clauses);

    for (; scanf("%zu %zu", &beg, &end) == 2; total++) {
        struct byte_span part = article_to_bytes(article, (struct cp_span){ beg, end });
        size_t one, two, sentence, quotation;
        struct byte_span clause = nearest(&clauses, &words, part, &one);

        if (is_whole(article, &clauses, part))
            one = 0;
        if (one <= NEAR) {
            off[one]++;
            near++;
            continue;
        }
        nearest(&pairs, &words, part, &two);
        nearest(&sentences, &words, part, &sentence);
        nearest(&quotations, &words, part, &quotation);
        if (two < NEAR)
            by_two++;
        else if (quotation <= NEAR)
            by_quotation++;
        else if (sentence <= NEAR)
            by_sentence++;
        if (is_verbose) {
            print_span(article, "marked:", part);
            print_span(article, "clause:", clause);
        }
    }

    double percent = 100.0 / (double)(total ? total : 1);
    size_t others = by_two + by_quotation + by_sentence;

    printf("%zu parts in %zu clauses, %zu sentences\n", total, clauses.count, sentences.count);
    printf("%5.1f %% reached by one clause: %zu at once, %zu by one word more, %zu by two\n",
           percent * (double)near, off[0], off[1], off[2]);
    printf("%5.1f %% in as many keys: %zu more by two clauses, %zu by the quotation, %zu by the "
           "sentence\n",
           percent * (double)(near + others), by_two, by_quotation, by_sentence);
    article_free(article);
    buf_release(&bytes);
    mem_free(words.items);
    mem_free(clauses.items);
    mem_free(sentences.items);
    mem_free(quotations.items);
    mem_free(pairs.items);
    return 0;
}
