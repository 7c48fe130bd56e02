// Units a reader moves and marks by.
#include "text/segment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "text/clause.h"
#include "text/sentence.h"

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

// All units of the text, each in brackets.
static void show(struct sv text, enum unit unit, bool hard_wrapped, struct buf *out)
{
    struct article *article = article_new(text);
    struct byte_span span;
    struct units *units = units_new(article, unit, hard_wrapped);

    while (units_next(units, &span)) {
        buf_add_char(out, '[');
        buf_add(out, article_sub(article, span));
        buf_add_char(out, ']');
    }
    units_free(units);
    article_free(article);
}

static void check(enum unit unit, const char *text, const char *expected)
{
    struct buf out = { 0 };

    show(sv_from(text), unit, false, &out);
    assert_string_equal(buf_cstr(&out), expected);
    buf_release(&out);
}

static void words_hold_apostrophes_hyphens_and_figures(void **state)
{
    (void)state;
    check(UNIT_WORD, "Don't go-ahead, it\u2019s 1,000.5!",
          "[Don't][go-ahead][,][it\u2019s][1,000.5][!]");
    check(UNIT_WORD, "\u201cYes,\u201d he\u2014she", "[\u201c][Yes][,\u201d][he][\u2014][she]");
    check(UNIT_WORD, "e\u0301te\u0301 \u4e2d\u6587\u3067\u3059\u3002",
          "[e\u0301te\u0301][\u4e2d\u6587][\u3067\u3059][\u3002]");
    check(UNIT_WORD, "- a- 'b' c.", "[-][a][-]['][b]['][c][.]");
    check(UNIT_WORD, "", "");
}

static void clauses_part_at_signs_conjunctions_and_cues(void **state)
{
    static const struct {
        const char *text, *clauses;
    } cases[] = {
        { "The bridge fell, and two men died.", "[The bridge fell][two men died]" },
        { "The mayor said that the bridge was old.", "[The mayor said that][the bridge was old]" },
        { "The mayor said the bridge was old.", "[The mayor said][the bridge was old]" },
        { "The bridge was old, the mayor said.", "[The bridge was old][the mayor said]" },
        { "The bridge was old; nobody cared.", "[The bridge was old][nobody cared]" },
        { "One thing was clear: it fell.", "[One thing was clear][it fell]" },
        { "The bridge\u2014built in 1920\u2014was old.", "[The bridge][built in 1920][was old]" },
        { "The mayor, who opened it, was there.", "[The mayor][who opened it][was there]" },
        { "They built a bridge which fell in a week.",
          "[They built a bridge][which fell in a week]" },
        { "The council condemned the delay and blamed the builders.",
          "[The council condemned the delay][blamed the builders]" },
        { "It fell on May 3, 2024 in Oslo, Norway.", "[It fell on May 3, 2024 in Oslo, Norway]" },
        { "They sold wood, iron, and tin.", "[They sold wood, iron, and tin]" },
        { "They sold wood, iron and tin.", "[They sold wood, iron and tin]" },
        { "Some 1,200 people (TTP) came.", "[Some 1,200 people (TTP) came]" },
        { "The fall (it was a long one) was filmed.", "[The fall][it was a long one][was filmed]" },
        { "However, the bridge was old.", "[However][the bridge was old]" },
        { "\u201cWe saw it,\u201d he wrote.", "[\u201cWe saw it,\u201d][he wrote]" },
        { "1. The bridge fell.", "[The bridge fell]" },
        { "They live in the U.S.", "[They live in the U.S.]" },
        { "IS said it was there.", "[IS said][it was there]" },
        { "...", "" },
    };

    (void)state;
    check(UNIT_CLAUSE, "By May 2021 the mill had burned.", "[By May 2021][the mill had burned]");
    check(UNIT_CLAUSE, "Since Ann came in 2019 her trade has grown.",
          "[Since Ann came in 2019][her trade has grown]");
    check(UNIT_CLAUSE, "The river rose all night, on farms and mills.",
          "[The river rose all night][on farms and mills]");
    check(UNIT_CLAUSE, "A pump might be to blame, or else the rain.",
          "[A pump might be to blame][else the rain]");
    check(UNIT_CLAUSE, "They blamed the mayor, the man who built the dam.",
          "[They blamed the mayor][the man][who built the dam]");
    check(UNIT_CLAUSE, "The plan of Ortiz divides the town and deepens a quarrel.",
          "[The plan of Ortiz divides the town][deepens a quarrel]");
    check(UNIT_CLAUSE, "It was slow, costly, and late.", "[It was slow, costly, and late]");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check(UNIT_CLAUSE, cases[i].text, cases[i].clauses);
}

// What a verb begins is a clause even where no sign parts it from the last one.
static void clauses_part_before_second_verbs(void **state)
{
    static const struct {
        const char *text, *clauses;
    } cases[] = {
        // participles
        { "He left, cursing the mayor and blaming the rain.",
          "[He left][cursing the mayor][blaming the rain]" },
        { "They were caught taking bricks from a barn and selling them.",
          "[They were caught taking bricks from a barn][selling them]" },
        { "It split the town while feeding an old quarrel.",
          "[It split the town][while feeding an old quarrel]" },
        { "The building of roads and housing for the poor stopped.",
          "[The building of roads and housing for the poor stopped]" },
        { "They hit the port, sinking boats, barges, and a ferry.",
          "[They hit the port][sinking boats, barges, and a ferry]" },
        { "She crossed the river despite having no boat.",
          "[She crossed the river][despite having no boat]" },
        { "The clerk left the office after refusing to sign.",
          "[The clerk left the office][after refusing to sign]" },
        { "They named several men including the mayor and Berg.",
          "[They named several men][including the mayor and Berg]" },
        { "The dam broke shortly after he left the valley.",
          "[The dam broke][shortly after he left the valley]" },
        { "The dam broke, as shown by the photographs.",
          "[The dam broke][as shown by the photographs]" },
        // verbs in -s, and base forms
        { "The plan not only divides the town but also feeds an old quarrel.",
          "[The plan not only divides the town][also feeds an old quarrel]" },
        { "It not only hit barns but also mills in the valley.",
          "[It not only hit barns but also mills in the valley]" },
        { "The fall of the dam exposes the mayor and raises doubts about the mill.",
          "[The fall of the dam exposes the mayor][raises doubts about the mill]" },
        { "The town must sell the mill and work on the dam.",
          "[The town must sell the mill][work on the dam]" },
        { "They must guard the mill and the dam in winter.",
          "[They must guard the mill and the dam in winter]" },
        // what is said, and why
        { "Clerks have often claimed that Ortiz works from home.",
          "[Clerks have often claimed that][Ortiz works from home]" },
        { "There were fears they would stay in the valley.",
          "[There were fears][they would stay in the valley]" },
        { "We were late because we read the wrong map.",
          "[We were late][because we read the wrong map]" },
        { "We had no map or enough time to get ready.",
          "[We had no map or enough time to get ready]" },
        { "It was built long before Oslo's alleged role.",
          "[It was built long before Oslo's alleged role]" },
        { "They told the council the mill was old.", "[They told the council][the mill was old]" },
        { "They were told the mill was old.", "[They were told][the mill was old]" },
        { "They gave the council the mill that was old.",
          "[They gave the council the mill that was old]" },
        { "He laughed at what the mayor had written.",
          "[He laughed at][what the mayor had written]" },
        { "Berg said the mayor, a clerk once, had left the town.",
          "[Berg said][the mayor][a clerk once][had left the town]" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check(UNIT_CLAUSE, cases[i].text, cases[i].clauses);
}

// A phrase that opens the sentence ends where the subject begins.
static void clauses_part_behind_openings(void **state)
{
    static const struct {
        const char *text, *clauses;
    } cases[] = {
        { "In doing so it broke the wall.", "[In doing so][it broke the wall]" },
        { "With the men of the town she built a wall.",
          "[With the men of the town][she built a wall]" },
        { "In the summer of 2019 the council sold the mill.",
          "[In the summer of 2019][the council sold the mill]" },
        { "According to Berg the mill in question was sold.",
          "[According to Berg][the mill in question was sold]" },
        { "To cross the river they built a raft.", "[To cross the river][they built a raft]" },
        { "To cross the river the men built a raft.",
          "[To cross the river][the men built a raft]" },
        { "At the time the mill stood idle.", "[At the time the mill stood idle]" },
        { "Men of the town built it.", "[Men of the town built it]" },
        // a relative clause in the subject is no end of it
        { "The land that the mill needs is dry.", "[The land that the mill needs is dry]" },
        { "It is wet, and the room that the mill enjoys lets Oslo grow fast.",
          "[It is wet][the room that the mill enjoys lets Oslo grow fast]" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check(UNIT_CLAUSE, cases[i].text, cases[i].clauses);
}

// A list is cut at all of its commas or at none; what is put in briefly stays where it stands.
static void clauses_keep_lists_and_names_whole(void **state)
{
    static const struct {
        const char *text, *clauses;
    } cases[] = {
        { "It asks about the hour, motives, and the men involved.",
          "[It asks about the hour, motives, and the men involved]" },
        { "They teach reading, writing, and sums in the old school by the river.",
          "[They teach reading, writing, and sums in the old school by the river]" },
        { "They were told to cut, carry, and stack logs painted red.",
          "[They were told to cut, carry, and stack logs painted red]" },
        { "They blamed the mayor of the town, the man behind the dam, and the rain.",
          "[They blamed the mayor of the town][the man behind the dam][the rain]" },
        { "The mayor, Anna Berg, opened the bridge.", "[The mayor, Anna Berg, opened the bridge]" },
        { "They are made of wood, not of stone.", "[They are made of wood, not of stone]" },
        { "They left, not because they had to.", "[They left][not because they had to]" },
        { "The bridge, however, stands.", "[The bridge, however, stands]" },
        { "The envoy, Anna Berg, seated in front, spoke first.",
          "[The envoy, Anna Berg][seated in front][spoke first]" },
        { "They want peace in the valley, particularly Berg.",
          "[They want peace in the valley][particularly Berg]" },
        { "Despite all that, both towns, with some doubts, agreed.",
          "[Despite all that][both towns][with some doubts][agreed]" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        check(UNIT_CLAUSE, cases[i].text, cases[i].clauses);
}

static void quotations_leave_their_marks_out(void **state)
{
    (void)state;
    check(UNIT_QUOTATION, "He said \u201cI am here\u201d and \"so am I\".", "[I am here][so am I]");
    check(UNIT_QUOTATION, "It\u2019s the men\u2019s \u2018own\u2019 word", "[own]");
    check(UNIT_QUOTATION, "\u201cHe said \u2018no\u2019 twice\u201d",
          "[He said \u2018no\u2019 twice][no]");
    check(UNIT_QUOTATION, "a \u201cheinous act. It went on.", "[heinous act.]");
    check(UNIT_QUOTATION, "\u201copen \u201cagain\u201d", "[open \u201cagain\u201d][again]");
    check(UNIT_QUOTATION, "\u00abici\u00bb \u201eda\u201c \u300c\u3053\u300d", "[ici][da][\u3053]");
}

static void innermost_quotation_holds_the_cursor(void **state)
{
    struct article *article = article_new(SV("He said \"one 'two' three\" then."));
    struct byte_span span;

    (void)state;
    assert_false(unit_at(article, UNIT_QUOTATION, 3, &span));
    assert_true(unit_at(article, UNIT_QUOTATION, 10, &span));
    assert_int_equal(span.beg, 9);
    assert_int_equal(span.end, 24);
    assert_true(unit_at(article, UNIT_QUOTATION, 15, &span));
    assert_int_equal(span.beg, 14);
    assert_int_equal(span.end, 17);
    assert_false(unit_at(article, UNIT_QUOTATION, 26, &span));
    article_free(article);
}

static void motions_cross_lines(void **state)
{
    //                                       0         10        20         30
    struct article *article = article_new(SV("One two. Three.\n\n  Four five.\nSix"));

    (void)state;
    assert_int_equal(unit_next(article, UNIT_WORD, 0), 4);
    assert_int_equal(unit_next(article, UNIT_WORD, 14), 19);
    assert_int_equal(unit_next(article, UNIT_SENTENCE, 0), 9);
    assert_int_equal(unit_next(article, UNIT_SENTENCE, 9), 19);
    assert_int_equal(unit_next(article, UNIT_PARAGRAPH, 3), 19);
    assert_int_equal(unit_next(article, UNIT_PARAGRAPH, 30), 33);
    assert_int_equal(unit_prev(article, UNIT_SENTENCE, 19), 9);
    assert_int_equal(unit_prev(article, UNIT_SENTENCE, 10), 9);
    assert_int_equal(unit_prev(article, UNIT_PARAGRAPH, 19), 0);
    assert_int_equal(unit_prev(article, UNIT_WORD, 0), 0);
    assert_int_equal(unit_end(article, UNIT_WORD, 0), 2);
    assert_int_equal(unit_end(article, UNIT_WORD, 2), 6);
    assert_int_equal(unit_end(article, UNIT_SENTENCE, 14), 28);
    assert_int_equal(unit_end(article, UNIT_WORD, 32), 32);
    article_free(article);
}

static void between_units_the_next_counts_and_past_the_last_the_last(void **state)
{
    struct article *article = article_new(SV("One. Two.  \n\n"));
    struct byte_span span;

    (void)state;
    assert_true(unit_at(article, UNIT_SENTENCE, 4, &span));
    assert_int_equal(span.beg, 5);
    assert_true(unit_at(article, UNIT_SENTENCE, 10, &span));
    assert_int_equal(span.beg, 5);
    assert_false(unit_at(article, UNIT_SENTENCE, 12, &span));
    assert_false(unit_at(article, UNIT_WORD, 13, &span));
    article_free(article);
}

static void hard_wrapped_text_has_sentences_across_lines(void **state)
{
    struct buf out = { 0 };

    (void)state;
    show(SV("It was a\ncold night. They\nleft.\n\nThen it\nrained, and it stopped.\n"),
         UNIT_SENTENCE, true, &out);
    assert_string_equal(buf_cstr(&out), "[It was a\ncold night.][They\nleft.][Then it\nrained, and "
                                        "it stopped.]");
    buf_clear(&out);
    show(SV("It was\ncold, and they\nleft.\n \nThen it\nrained."), UNIT_CLAUSE, true, &out);
    assert_string_equal(buf_cstr(&out), "[It was\ncold][they\nleft][Then it\nrained]");
    buf_release(&out);
}

static bool is_blank_byte(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// Whatever the text: units are in order, none is empty or has blanks at its ends, and the motions
// agree with the list of all.
// The paragraph is looked at in part only: no sentence is lost or cut there, and none takes longer.
static void very_long_wrapped_paragraph_has_all_its_sentences(void **state)
{
    struct buf text = { 0 }, all = { 0 };
    struct article *article;
    struct units *units;
    struct byte_span span;
    size_t count = 0;

    (void)state;
    for (int i = 0; i < 4000; i++)
        buf_addf(&text, "The %dth of them came,\nand nobody said why.%s", i, i % 3 ? "\n" : " ");
    article = article_new(buf_sv(&text));
    units = units_new(article, UNIT_SENTENCE, true);
    while (units_next(units, &span)) {
        buf_clear(&all);
        buf_addf(&all, "The %zuth of them came,\nand nobody said why.", count++);
        assert_true(sv_eq(article_sub(article, span), buf_sv(&all)));
    }
    assert_int_equal(count, 4000);
    units_free(units);
    article_free(article);
    buf_release(&text);
    buf_release(&all);
}

static void units_of_any_text_agree_with_each_other(void **state)
{
    static const char *const pieces[] = {
        "He said ", "that ",  "it fell", ", ",       ". ",        "The ",     "U.S. ",     "\u201c",
        "\u201d ",  "\n",     "\n\n",    " \u2014 ", "who left ", "1. ",      "(a b c d)", "\u3002",
        "\u4e2d",   "\xff",   "\u0301",  "? ",       "...",       "and was ", "\t",        "'",
        "\r\n",     "\u202e", "\"",      "; ",       "\u2022 ",   "co. "
    };
    uint32_t seed = 9;

    (void)state;
    for (int round = 0; round < 400; round++) {
        struct buf text = { 0 };

        for (uint32_t n = next_random(&seed) % 40; n > 0; n--)
            buf_add_cstr(&text, pieces[next_random(&seed) % ARRAY_LEN(pieces)]);

        struct article *article = article_new(buf_sv(&text));

        for (int u = 0; u < UNIT__N; u++) {
            enum unit unit = (enum unit)u;
            struct byte_span span, at;
            struct units *units = units_new(article, unit, false);
            size_t covered = 0, last_beg = 0, count = 0;

            while (units_next(units, &span)) {
                assert_true(span.beg < span.end && span.end <= text.len);
                assert_true(unit == UNIT_CLUSTER || (!is_blank_byte(text.ptr[span.beg]) &&
                                                     !is_blank_byte(text.ptr[span.end - 1])));
                assert_true(count == 0 || span.beg > last_beg);
                if (unit == UNIT_WORD || unit == UNIT_SENTENCE)
                    for (size_t i = covered; i < span.beg; i++) // nothing but blanks is left out
                        assert_true(is_blank_byte(text.ptr[i]));
                assert_true(unit == UNIT_QUOTATION || span.beg >= covered);
                if (unit != UNIT_QUOTATION) {
                    assert_true(unit_at(article, unit, span.beg, &at));
                    assert_int_equal(at.beg, span.beg);
                    assert_int_equal(at.end, span.end);
                }
                if (count > 0) {
                    assert_int_equal(unit_next(article, unit, last_beg), span.beg);
                    assert_int_equal(unit_prev(article, unit, span.beg), last_beg);
                }
                covered = span.end;
                last_beg = span.beg;
                count++;
            }
            if (count > 0)
                assert_int_equal(unit_next(article, unit, last_beg), text.len);
            units_free(units);
        }
        article_free(article);
        buf_release(&text);
    }
}

// A sentence that nobody would write is cut into stretches: no word of it gets lost.
static void clauses_cover_a_sentence_without_end(void **state)
{
    static const struct {
        const char *words;
        size_t count, clauses;
    } cases[] = { { "word ", 5000, 10 }, { "he went, ", 1000, 1000 }, { "(a ", 3000, 12 } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf text = { 0 };
        struct spans spans = { 0 };
        size_t bytes = 0, in_clauses = 0;

        for (size_t n = 0; n < cases[i].count; n++)
            buf_add_cstr(&text, cases[i].words);
        clauses_of(buf_sv(&text), 0, text.len, &spans, NULL);
        for (size_t n = 0; n < text.len; n++)
            bytes += text.ptr[n] >= 'a' && text.ptr[n] <= 'z';
        for (size_t n = 0; n < spans.count; n++) {
            assert_true(n == 0 || spans.items[n].beg >= spans.items[n - 1].end);
            for (size_t at = spans.items[n].beg; at < spans.items[n].end; at++)
                in_clauses += text.ptr[at] >= 'a' && text.ptr[at] <= 'z';
        }
        assert_int_equal(in_clauses, bytes);
        assert_int_equal(spans.count, cases[i].clauses);
        spans_release(&spans);
        buf_release(&text);
    }
}

// The two published texts: as many sentences as were counted by hand. Nothing of them is kept here.
static void originals_have_the_sentences_counted_by_hand(void **state)
{
    static const struct {
        const char *name;
        int sentences;
    } cases[] = { { "fall-of-haqqani", 114 }, { "kabul-blast", 88 } };
    const char *folder = getenv("GAINSAY_EXTRA");
    static char bytes[1 << 16];

    (void)state;
    if (!folder)
        skip();
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf path = { 0 };
        struct byte_span span;
        int count = 0;

        buf_addf(&path, "%s/originals/%s.txt", folder, cases[i].name);

        FILE *file = fopen(buf_cstr(&path), "rb");

        assert_non_null(file);

        struct article *article = article_new(sv_of(bytes, fread(bytes, 1, sizeof(bytes), file)));

        fclose(file);

        struct units *units = units_new(article, UNIT_SENTENCE, false);

        while (units_next(units, &span))
            count++;
        units_free(units);
        assert_int_equal(count, cases[i].sentences);
        article_free(article);
        buf_release(&path);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_hold_apostrophes_hyphens_and_figures),
        cmocka_unit_test(clauses_part_at_signs_conjunctions_and_cues),
        cmocka_unit_test(clauses_part_before_second_verbs),
        cmocka_unit_test(clauses_part_behind_openings),
        cmocka_unit_test(clauses_keep_lists_and_names_whole),
        cmocka_unit_test(quotations_leave_their_marks_out),
        cmocka_unit_test(clauses_cover_a_sentence_without_end),
        cmocka_unit_test(innermost_quotation_holds_the_cursor),
        cmocka_unit_test(motions_cross_lines),
        cmocka_unit_test(between_units_the_next_counts_and_past_the_last_the_last),
        cmocka_unit_test(hard_wrapped_text_has_sentences_across_lines),
        cmocka_unit_test(very_long_wrapped_paragraph_has_all_its_sentences),
        cmocka_unit_test(units_of_any_text_agree_with_each_other),
        cmocka_unit_test(originals_have_the_sentences_counted_by_hand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
