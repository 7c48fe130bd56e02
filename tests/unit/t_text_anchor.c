// Finding a quote again in a text that changed.
#include "text/anchor.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "text/atom.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static enum anchor find(struct article *article, struct cp_span at, struct sv quote,
                        struct sv before, struct sv after, struct cp_span *found)
{
    struct anchors *anchors = anchors_new(article);
    enum anchor anchor =
        anchors_find(anchors, &(struct quoted){ at, quote, before, after, { 0 }, { 0 } }, found);

    anchors_free(anchors);
    return anchor;
}

static void quotes_are_found_where_they_stand(void **state)
{
    static const struct {
        const char *text;
        struct cp_span at;
        const char *quote, *before, *after;
        enum anchor anchor;
        size_t beg; // code point where it is found
    } cases[] = {
        { "one two three", { 4, 7 }, "two", "one ", " three", ANCHOR_HERE, 4 },
        { "one two three", { 4, 7 }, "two", "", "", ANCHOR_HERE, 4 },
        { "\u00e9\u00e9 two", { 3, 6 }, "two", "", "", ANCHOR_HERE, 3 },
        { "a \xff b", { 2, 3 }, "\ufffd", "", "", ANCHOR_HERE, 2 },
        // moved
        { "new one two three", { 4, 7 }, "two", "one ", " three", ANCHOR_MOVED, 8 },
        { "new one two three", { 0, 13 }, "one two three", NULL, NULL, ANCHOR_MOVED, 4 },
        { "new a \xff b", { 2, 5 }, "\ufffd b", "a ", "", ANCHOR_MOVED, 6 },
        { "two x two y two z", { 2, 5 }, "two", "x ", " y", ANCHOR_MOVED, 6 },
        { "one two three", { 4, 8 }, "two", "one ", " three", ANCHOR_MOVED, 4 },
        // doubt
        { "one tow three", { 4, 7 }, "two", "one ", " three", ANCHOR_DOUBT, 4 },
        { "one Two three", { 4, 7 }, "two", "one ", " three", ANCHOR_DOUBT, 4 },
        { "and as was said before, two",
          { 0, 3 },
          "two",
          "d as was said before, ",
          " three",
          ANCHOR_DOUBT,
          24 },
        { "xx one two other", { 4, 7 }, "two", "one ", " o!", ANCHOR_DOUBT, 7 },
        { "new one two three", { 4, 7 }, "two", NULL, NULL, ANCHOR_DOUBT, 8 },
        { "a two b two c", { 4, 7 }, "two", "", "", ANCHOR_DOUBT, 2 },
        { "here two there", { 99, 102 }, "two", "one ", " three", ANCHOR_DOUBT, 5 },
        { "q two q two q", { 0, 3 }, "two", "q ", " q", ANCHOR_DOUBT, 2 },
        // lost
        { "one three", { 4, 7 }, "two", "one ", " three", ANCHOR_LOST, 0 },
        { "", { 0, 3 }, "two", "", "", ANCHOR_LOST, 0 },
        { "one two", { 0, 0 }, "", "", "", ANCHOR_LOST, 0 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct article *article = article_new(sv_from(cases[i].text));
        struct cp_span found = { 0, 0 };
        enum anchor anchor = find(article, cases[i].at, sv_from(cases[i].quote),
                                  sv_from(cases[i].before), sv_from(cases[i].after), &found);

        if (anchor != cases[i].anchor || (anchor != ANCHOR_LOST && found.beg != cases[i].beg))
            print_message("case %zu: %d at %zu\n", i, (int)anchor, found.beg);
        assert_int_equal(anchor, cases[i].anchor);
        if (anchor != ANCHOR_LOST)
            assert_int_equal(found.beg, cases[i].beg);
        article_free(article);
    }
}

// An excerpt of any text is found where it was taken, and again when words are put before it; what
// is found always says the quote.
static void excerpts_of_any_text_are_found_again(void **state)
{
    static const char *const pieces[] = { "one ", "two ",   "\u00e9", "\xff",     "\u4e2d",
                                          "\n",   "\ufffd", "three ", "\xe2\x80", ". " };
    uint32_t seed = 21;

    (void)state;
    for (int round = 0; round < 500; round++) {
        struct buf text = { 0 };
        struct arena arena = { 0 };

        for (uint32_t n = 5 + next_random(&seed) % 40; n > 0; n--)
            buf_add_cstr(&text, pieces[next_random(&seed) % ARRAY_LEN(pieces)]);

        struct article *article = article_new(buf_sv(&text));
        size_t len = article_cp_len(article), beg = next_random(&seed) % len;
        struct cp_span at = { beg, beg + 1 + next_random(&seed) % (len - beg) }, found;
        struct excerpt excerpt = article_excerpt(article, article_to_bytes(article, at), &arena);

        assert_int_equal(find(article, at, excerpt.quote, excerpt.before, excerpt.after, &found),
                         ANCHOR_HERE);
        article_free(article);

        buf_splice(&text, 0, 0, SV("Added here. "));
        article = article_new(buf_sv(&text));

        enum anchor anchor =
            find(article, at, excerpt.quote, excerpt.before, excerpt.after, &found);
        struct excerpt again = article_excerpt(article, article_to_bytes(article, found), &arena);

        assert_int_not_equal(anchor, ANCHOR_LOST);
        assert_true(anchor == ANCHOR_DOUBT || text_is_alike(again.quote, excerpt.quote));
        article_free(article);
        arena_release(&arena);
        buf_release(&text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_are_found_where_they_stand),
        cmocka_unit_test(excerpts_of_any_text_are_found_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
