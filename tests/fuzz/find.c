// A pattern in the first line, a text behind it: matches stand inside the text, not empty, in
// order, and backwards the same.
#include "fuzz.h"

#include "text/find.h"

#define TEXT_MAX    2048
#define MATCHES_MAX 50

static void check_matches(struct finder *finder, struct sv text)
{
    struct byte_span match, back, last = { 0 };

    for (int i = 0; i < MATCHES_MAX && finder_next(finder, text, last.end, &match); i++) {
        MUST(match.beg >= last.end && match.beg < match.end && match.end <= text.len);
        if (finder_prev(finder, text, match.beg + 1, &back))
            MUST(back.beg <= match.beg && back.end <= text.len);
        else
            MUST(finder_was_limited(finder));
        last = match;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sv text = sv_of((const char *)data, size), pattern;
    struct finder *finder;
    struct err err = { 0 };

    if (size > TEXT_MAX || !sv_split(&text, '\n', &pattern))
        return 0;
    if (finder_new(pattern, &finder, &err)) {
        check_matches(finder, text);
        finder_free(finder);
    } else {
        MUST(err.code == E_QUERY && err.text.len);
    }
    err_release(&err);
    return 0;
}
