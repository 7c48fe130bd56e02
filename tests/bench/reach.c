// How near the clauses come to what people marked: for each part of a claim, the least number of
// word steps from one clause (`t`) to it, both ends counted.
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

// The run of `count` units nearest to `part`; *least its steps.
static struct byte_span nearest(const struct list *units, size_t count, const struct list *words,
                                struct byte_span part, size_t *least)
{
    struct byte_span found = { 0 };

    *least = SIZE_MAX;
    for (size_t i = 0; i + count <= units->count; i++) {
        struct byte_span unit = { units->items[i].beg, units->items[i + count - 1].end };

        if (!byte_spans_overlap(unit, part))
            continue;

        size_t left = steps(words, unit.beg, part.beg, false);
        size_t right = steps(words, unit.end, part.end, true);

        if (left < *least && right < *least - left) {
            *least = left + right;
            found = unit;
        }
    }
    return found;
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
    size_t off[NEAR + 2] = { 0 }, by_two = 0, by_sentence = 0, by_quotation = 0;
    size_t total = 0, beg, end;

    if (argc != 2 + is_verbose || !fs_read(path, TEXT_MAX, &bytes, &err)) {
        fputs("usage: reach [-v] FILE <PARTS\n", stderr);
        return 2;
    }

    struct article *article = article_new(buf_sv(&bytes));
    struct list words = all_units(article, UNIT_WORD), clauses = all_units(article, UNIT_CLAUSE);
    struct list sentences = all_units(article, UNIT_SENTENCE);
    struct list quotations = all_units(article, UNIT_QUOTATION);

    for (; scanf("%zu %zu", &beg, &end) == 2; total++) {
        struct byte_span part = article_to_bytes(article, (struct cp_span){ beg, end });
        size_t one, two, sentence, quotation;
        struct byte_span clause = nearest(&clauses, 1, &words, part, &one);

        off[one <= NEAR ? one : NEAR + 1]++;
        if (one <= NEAR)
            continue;
        nearest(&clauses, 2, &words, part, &two);
        nearest(&sentences, 1, &words, part, &sentence);
        nearest(&quotations, 1, &words, part, &quotation);
        by_two += two <= NEAR;
        by_sentence += sentence <= NEAR;
        by_quotation += quotation <= NEAR;
        if (is_verbose) {
            print_span(article, "marked:", part);
            print_span(article, "clause:", clause);
        }
    }
    printf("%zu parts in %zu clauses, %zu sentences\n", total, clauses.count, sentences.count);
    printf("%5.1f %% reached by one clause: %zu at once, %zu by one word more, %zu by two\n",
           100.0 * (double)(total - off[NEAR + 1]) / (double)(total ? total : 1), off[0], off[1],
           off[2]);
    printf("%zu others: %zu by two clauses, %zu by the sentence, %zu by the quotation\n",
           off[NEAR + 1], by_two, by_sentence, by_quotation);
    article_free(article);
    buf_release(&bytes);
    mem_free(words.items);
    mem_free(clauses.items);
    mem_free(sentences.items);
    mem_free(quotations.items);
    return 0;
}
