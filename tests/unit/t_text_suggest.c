// Proposals of attributions: single patterns, a team's own words, and a floor on sentences marked
// by hand.
#include "text/suggest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/fs.h"

#define GOLD "tests/data/attribution/gold.txt"

static void add_words(struct buf *out, struct sv text, struct byte_span span)
{
    buf_add(out, sv_sub(text, span.beg, span.end));
}

// "source|cue|content", parts of it parted by " + ", suggestions by a line end.
static void describe(struct sv text, const struct cue_rows *own, struct buf *out)
{
    struct article *article = article_new(text);
    struct suggestions found = { 0 };

    suggest_all(article, own, &found);
    for (size_t i = 0; i < found.count; i++) {
        if (i)
            buf_add_char(out, '\n');
        add_words(out, text, found.items[i].source);
        buf_add_char(out, '|');
        add_words(out, text, found.items[i].cue);
        buf_add_char(out, '|');
        for (size_t k = 0; k < found.items[i].content_count; k++) {
            buf_add_cstr(out, k ? " + " : "");
            add_words(out, text, found.items[i].content[k]);
        }
    }
    suggestions_release(&found);
    article_free(article);
}

static void check(const char *text, const struct cue_rows *own, const char *expected)
{
    struct buf out = { 0 };

    describe(sv_from(text), own, &out);
    assert_string_equal(buf_cstr(&out), expected);
    buf_release(&out);
}

static void source_cue_and_content_are_cut_out(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        { "The mayor said the bridge was old.", "The mayor|said|the bridge was old." },
        { "On Friday, Anna Berg said that it fell.", "Anna Berg|said|that it fell." },
        { "The bridge was old, officials say.", "officials|say|The bridge was old" },
        { "\"It is old,\" Anna said.", "Anna|said|\"It is old,\"" },
        { "\u201cIt is old,\u201d said Anna.", "Anna|said|\u201cIt is old,\u201d" },
        { "\u201cIt is,\u201d he said. \u201cIt was.\u201d He left.",
          "he|said|\u201cIt is,\u201d + \u201cIt was.\u201d" },
        { "The bridge, he said, was old.", "he|said|The bridge + was old." },
        { "Anna Berg, the mayor, said it was old.", "Anna Berg|said|it was old." },
        { "Anna, who said it was old, left.", "Anna|said|it was old, left." },
        { "According to Anna, it was old.", "Anna|According to|it was old." },
        { "It was old, according to the mayor.", "the mayor|according to|It was old" },
        { "Roads which, according to Anna, are old were closed.",
          "Anna|according to|which, according to Anna, are old were closed." },
        { "He told the court that it was old.", "He|told|that it was old." },
        { "He claimed it fell and argued that it was old.",
          "He|claimed|it fell\nHe|argued|that it was old." },
        { "It is alleged that it was old.", "|is alleged|that it was old." },
        { "This was confirmed by the mayor.", "the mayor|was confirmed|This" },
        { "He said \"it fell.\" They asked for the report that it fell.",
          "He|said|\"it fell.\"\nThey|asked|that it fell." },
        { "The council condemned the fire.", "The council|condemned|the fire." },
        { "''It is old,'' Anna said.", "Anna|said|''It is old,''" },
        { "Acme Inc. said it was old.", "Acme Inc.|said|it was old." },
        { "A survey found it was old.", "A survey|found|it was old." },
        // no attribution
        { "She found a key.", "" },
        { "The alleged role of the mayor was small.", "" },
        { "Said.", "" },
        { "The club is called the Circle.", "" },
        { "Allegedly it fell.", "" },
        { "", "" },
        { "\n\n", "" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check(cases[i].text, NULL, cases[i].expected);
}

static void words_of_a_team_go_first(void **state)
{
    static const struct cue_row rows[] = {
        { { "blogged", "blog", "blogs", "" }, SAYS, "asserts", true, false },
        { { "say", "", "", "" }, SAYS, "", false, true },
    };
    const struct cue_rows own = { rows, ARRAY_LEN(rows) };

    (void)state;
    check("Anna blogged that it fell.", NULL, "");
    check("Anna blogged that it fell.", &own, "Anna|blogged|that it fell.");
    check("Anna said that it fell.", &own, "");
    check("Anna wrote that it fell.", &own, "Anna|wrote|that it fell.");
}

static void the_attribution_of_a_claim_is_found(void **state)
{
    static const struct {
        const char *text, *claim, *source; // NULL: none
    } cases[] = {
        { "Anna said it fell. Tom said it stood.", "it stood", "Tom" },
        { "Anna said Tom believes it stood.", "it stood", "Tom" },
        { "Anna condemned the fire.", "Anna condemned", "Anna" },
        { "Anna said it fell. It was old.", "It was old", NULL },
        { "Anna said it fell.\nIt was old.", "It was old", NULL },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct article *article = article_new(sv_from(cases[i].text));
        size_t beg = (size_t)(strstr(cases[i].text, cases[i].claim) - cases[i].text);
        struct byte_span claim = { beg, beg + strlen(cases[i].claim) };
        struct suggestion found;

        assert_int_equal(suggest_for(article, claim, NULL, &found), cases[i].source != NULL);
        if (cases[i].source) {
            struct sv source = article_sub(article, found.source);

            assert_memory_equal(source.ptr, cases[i].source, source.len);
            assert_int_equal(source.len, strlen(cases[i].source));
        }
        article_free(article);
    }
}

// ---- the floor

struct marked {
    struct byte_span source, cue;
    struct byte_span content[SUGGEST_PARTS];
    size_t content_count;
};

struct tally {
    size_t marked, made;            // attributions
    size_t cues, sources, contents; // right
    size_t with_source, made_with_source;
};

// Take the marks of a line off. Parts of a content that follow one another without a cue between
// them belong to one.
static size_t read_marks(struct sv line, struct buf *text, struct marked *out, size_t max)
{
    struct byte_span *open = NULL;
    size_t count = 0;

    for (size_t i = 0; i < line.len; i++) {
        struct marked *last = count ? &out[count - 1] : NULL;
        char c = line.ptr[i];

        if (c == '{' || c == '<' || c == '[') {
            bool is_full =
                !last || (c == '{' && last->cue.end) || (c == '<' && last->source.end) ||
                (c == '[' && last->content_count && last->cue.beg < last->content[0].beg);

            if (is_full) {
                assert_true(count < max);
                last = &out[count++];
                *last = (struct marked){ 0 };
            }
            if (c == '[')
                assert_true(last->content_count < SUGGEST_PARTS);
            open = c == '{'   ? &last->cue
                   : c == '<' ? &last->source
                              : &last->content[last->content_count++];
            open->beg = text->len;
        } else if (c == '}' || c == '>' || c == ']') {
            open->end = text->len;
        } else {
            buf_add_char(text, c);
        }
    }
    return count;
}

static size_t shared(const struct byte_span *a, size_t a_count, const struct byte_span *b,
                     size_t b_count)
{
    size_t sum = 0;

    for (size_t i = 0; i < a_count; i++)
        for (size_t k = 0; k < b_count; k++) {
            size_t beg = a[i].beg > b[k].beg ? a[i].beg : b[k].beg;
            size_t end = a[i].end < b[k].end ? a[i].end : b[k].end;

            sum += beg < end ? end - beg : 0;
        }
    return sum;
}

// At least half of each lies in the other.
static bool is_half_right(const struct byte_span *a, size_t a_count, const struct byte_span *b,
                          size_t b_count)
{
    size_t common = shared(a, a_count, b, b_count);

    return common && 2 * common >= shared(a, a_count, a, a_count) &&
           2 * common >= shared(b, b_count, b, b_count);
}

static void score(const struct marked *marked, size_t count, const struct suggestions *found,
                  struct tally *tally)
{
    tally->marked += count;
    tally->made += found->count;
    for (size_t i = 0; i < found->count; i++)
        tally->made_with_source += !byte_span_is_empty(found->items[i].source);
    for (size_t i = 0; i < count; i++) {
        tally->with_source += !byte_span_is_empty(marked[i].source);
        for (size_t k = 0; k < found->count; k++) {
            const struct suggestion *each = &found->items[k];

            if (!byte_spans_overlap(marked[i].cue, each->cue))
                continue;
            tally->cues++;
            tally->sources += is_half_right(&marked[i].source, 1, &each->source, 1);
            tally->contents += is_half_right(marked[i].content, marked[i].content_count,
                                             each->content, each->content_count);
            break;
        }
    }
}

static double f1(size_t right, size_t made, size_t marked)
{
    return 2.0 * (double)right / (double)(made + marked);
}

static void floor_on_marked_sentences_holds(void **state)
{
    struct buf file = { 0 };
    struct err err = { 0 };
    struct tally tally = { 0 };
    struct sv rest, line;

    (void)state;
    assert_true(fs_read(GOLD, 1 << 20, &file, &err));
    rest = buf_sv(&file);
    while (sv_split(&rest, '\n', &line)) {
        struct buf text = { 0 };
        struct marked marked[8];
        struct suggestions found = { 0 };
        size_t count;

        if (!line.len || line.ptr[0] == '#')
            continue;
        count = read_marks(line, &text, marked, ARRAY_LEN(marked));
        suggest_in(buf_sv(&text), (struct byte_span){ 0, text.len }, NULL, &found);
        score(marked, count, &found, &tally);
        suggestions_release(&found);
        buf_release(&text);
    }
    buf_release(&file);

    double precision = (double)tally.cues / (double)tally.made;
    double cue = f1(tally.cues, tally.made, tally.marked);
    double source = f1(tally.sources, tally.made_with_source, tally.with_source);
    double content = f1(tally.contents, tally.made, tally.marked);

    print_message("%zu marked, %zu made; cue precision %.3f, F1 %.3f; half right: source %.3f, "
                  "content %.3f\n",
                  tally.marked, tally.made, precision, cue, source, content);
    assert_true(tally.marked > 40);
    assert_true(precision >= 0.90);
    assert_true(cue >= 0.90);
    assert_true(source >= 0.90);
    assert_true(content >= 0.88);
}

// Any bytes give spans inside the paragraph, in order and not empty.
static void any_text_gives_sound_spans(void **state)
{
    static const char *const pieces[] = { "said", " ",     "\"",    "\u201c", "\u201d",        ",",
                                          ".",    "Anna ", "that ", "to ",    "and ",          "(",
                                          "\x80", "''",    "was ",  "by ",    "according to ", "\n",
                                          "who ", "\u2019" };
    unsigned seed = 1;

    (void)state;
    for (size_t round = 0; round < 2000; round++) {
        struct buf text = { 0 };
        struct suggestions found = { 0 };
        struct article *article;

        for (size_t i = 0; i < 24; i++) {
            seed = seed * 1103515245u + 12345u;
            buf_add_cstr(&text, pieces[(seed >> 16) % ARRAY_LEN(pieces)]);
        }
        article = article_new(buf_sv(&text));
        suggest_all(article, NULL, &found);
        for (size_t i = 0; i < found.count; i++) {
            const struct suggestion *each = &found.items[i];

            assert_true(each->cue.beg < each->cue.end && each->cue.end <= text.len);
            assert_true(each->source.end <= text.len && each->content_count > 0);
            for (size_t k = 0; k < each->content_count; k++)
                assert_true(each->content[k].beg < each->content[k].end &&
                            each->content[k].end <= text.len);
        }
        suggestions_release(&found);
        article_free(article);
        buf_release(&text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(source_cue_and_content_are_cut_out),
        cmocka_unit_test(words_of_a_team_go_first),
        cmocka_unit_test(the_attribution_of_a_claim_is_found),
        cmocka_unit_test(floor_on_marked_sentences_holds),
        cmocka_unit_test(any_text_gives_sound_spans),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
