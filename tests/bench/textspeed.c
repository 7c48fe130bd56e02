// Speed of the text layer on one file: wrapping against the plain loop over utf8proc, and
// searching. Usage: textspeed RUNS FILE plain|wrap|clauses|/PATTERN; prints MB/s, the best of RUNS.
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <utf8proc.h>

#include "text/find.h"
#include "text/segment.h"
#include "text/wrap.h"

#define COLS 72

static double cpu_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// Clusters and cells as one would count them with utf8proc alone.
static size_t run_plain(struct sv text)
{
    utf8proc_int32_t cp, last = 0, state = 0;
    size_t clusters = 0, cols = 0;

    for (size_t pos = 0; pos < text.len;) {
        utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text.ptr + pos,
                                                 (utf8proc_ssize_t)(text.len - pos), &cp);

        if (size < 1) {
            pos++;
            continue;
        }
        clusters += utf8proc_grapheme_break_stateful(last, cp, &state);
        cols += (size_t)utf8proc_charwidth(cp);
        last = cp;
        pos += (size_t)size;
    }
    return clusters + cols;
}

static size_t run_wrap(struct sv text)
{
    struct article *article = article_new(text);
    struct row row = wrap_at(article, 0, COLS);
    size_t rows = 1;

    while (wrap_next(article, &row, COLS, &row))
        rows++;
    article_free(article);
    return rows;
}

static size_t run_clauses(struct sv text)
{
    struct article *article = article_new(text);
    struct byte_span span;
    struct units *units = units_new(article, UNIT_CLAUSE, false);
    size_t count = 0;

    while (units_next(units, &span))
        count++;
    units_free(units);
    article_free(article);
    return count;
}

static size_t run_find(struct sv text, struct sv pattern)
{
    struct finder *finder;
    struct err err = { 0 };
    struct byte_span span;
    size_t count = 0;

    if (!finder_new(pattern, &finder, &err)) {
        fprintf(stderr, "textspeed: %s\n", buf_cstr(&err.text));
        exit(2);
    }
    for (size_t from = 0; finder_next(finder, text, from, &span); from = span.end)
        count++;
    finder_free(finder);
    return count;
}

static size_t run(struct sv text, const char *what)
{
    if (strcmp(what, "plain") == 0)
        return run_plain(text);
    if (strcmp(what, "wrap") == 0)
        return run_wrap(text);
    if (strcmp(what, "clauses") == 0)
        return run_clauses(text);
    return run_find(text, sv_from(what + (what[0] == '/')));
}

int main(int argc, char **argv)
{
    struct stat st;
    double best = 1e9;
    size_t result = 0;
    int fd = argc == 4 ? open(argv[2], O_RDONLY) : -1;

    setlocale(LC_CTYPE, "C.UTF-8");
    if (fd < 0 || fstat(fd, &st) || st.st_size < 1) {
        fputs("usage: textspeed RUNS FILE plain|wrap|clauses|/PATTERN\n", stderr);
        return 2;
    }

    void *map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    struct sv text = { map, (size_t)st.st_size };

    if (map == MAP_FAILED)
        return 2;
    for (int i = 0; i < atoi(argv[1]); i++) {
        double start = cpu_seconds();

        result = run(text, argv[3]);
        start = cpu_seconds() - start;
        best = start < best ? start : best;
    }
    printf("%-12s %9.2f ms %9.1f MB/s  %zu\n", argv[3], best * 1e3, (double)text.len / best / 1e6,
           result);
    return 0;
}
