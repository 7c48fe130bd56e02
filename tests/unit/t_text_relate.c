// Passages of two articles related, and why.
#include "text/relate.h"

#include "t.h"

#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "text/quoted_alike.h"

static const char harbour[] =
    "Fire in the harbour\n"
    "Six sailors died when the ferry Aurora burned in the old harbour on Friday.\n"
    "Captain Ilse Brandt left the ship last, her crew told us.\n"
    "“We were never shown how to lower the boats in the dark,” a cook said.\n"
    "The line has run since 1996 and carries 1,200 people a day.\n"
    "Bakers sold bread on the quay.\n";
static const char inquiry[] =
    "Inquiry opens\n"
    "Nobody has been charged yet.\n"
    "The burning of the Aurora cost the lives of 6 of her sailors, a board found.\n"
    "Brandt, the master, stayed aboard until the end.\n"
    "A cook told the board that he was “never shown how to lower the boats”.\n"
    "Weather played no part in it.\n";

struct world {
    struct article *a, *b;
    struct relate *relate;
};

static struct world world_make(const char *a, const char *b, struct alias_set *names)
{
    struct world w = { article_new(sv_from(a)), article_new(sv_from(b)), NULL };

    w.relate = relate_new(w.a, w.b, names);
    return w;
}

static void world_free(struct world *w)
{
    relate_free(w->relate);
    article_free(w->a);
    article_free(w->b);
}

// The sentence of a side that holds `words`.
static struct byte_span passage_of(const struct world *w, int side, const char *words)
{
    struct sv text = article_bytes(side ? w->b : w->a);
    size_t at = sv_find(text, sv_from(words), 0), count;
    const struct byte_span *passages = relate_passages(w->relate, side, &count);

    assert_true(at < text.len);
    for (size_t i = 0; i < count; i++) {
        if (byte_span_has(passages[i], at))
            return passages[i];
    }
    fail();
    return (struct byte_span){ 0, 0 };
}

static void what_tells_of_the_same_comes_first(void **state)
{
    static const struct {
        const char *here, *there;
    } cases[] = {
        { "Six sailors", "burning of the Aurora" },
        { "Captain Ilse", "the master" },
        { "lower the boats", "A cook told" },
    };
    struct world w = world_make(harbour, inquiry, NULL);

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        for (int side = 0; side < 2; side++) {
            struct byte_span query = passage_of(&w, side, side ? cases[i].there : cases[i].here);
            struct byte_span want = passage_of(&w, !side, side ? cases[i].here : cases[i].there);
            struct related found[3];
            size_t count = relate_rank(w.relate, side, query, NULL, 0, found, 3);

            assert_true(count >= 1);
            assert_int_equal(found[0].passage.beg, want.beg);
            assert_int_equal(found[0].passage.end, want.end);
            assert_true(found[0].best.beg >= want.beg && found[0].best.end <= want.end);
            for (size_t j = 0; j < count; j++)
                assert_true(found[j].score > 0 && found[j].score <= 1 &&
                            (!j || found[j].score <= found[j - 1].score));
        }
    }
    world_free(&w);
}

static void what_shares_nothing_is_left_out(void **state)
{
    struct world w = world_make(harbour, inquiry, NULL);
    struct related found[9];

    (void)state;
    assert_int_equal(relate_rank(w.relate, 0, passage_of(&w, 0, "Bakers"), NULL, 0, found, 9), 0);
    assert_int_equal(relate_rank(w.relate, 0, (struct byte_span){ 0, 0 }, NULL, 0, found, 9), 0);
    assert_true(relate_score(w.relate, 0, passage_of(&w, 0, "Bakers"),
                             passage_of(&w, 1, "Weather")) < RELATE_FLOOR);
    world_free(&w);
}

static double sum_of(const struct world *w, struct byte_span query, const struct relate_hint *hints,
                     size_t hint_count, const struct related *related)
{
    struct reason reasons[200];
    size_t count = relate_explain(w->relate, 0, query, hints, hint_count, related, reasons, 200);
    double sum = 0;

    assert_true(count < 200);
    for (size_t i = 0; i < count; i++) {
        assert_true(reasons[i].share > 0 && (!i || reasons[i].share <= reasons[i - 1].share));
        sum += reasons[i].share;
    }
    return sum;
}

static void reasons_add_up_to_the_score(void **state)
{
    struct world w = world_make(harbour, inquiry, NULL);
    struct relate_hint hint = { passage_of(&w, 1, "Weather"), 0.25 };
    size_t passages;
    const struct byte_span *all = relate_passages(w.relate, 0, &passages);
    struct related found[6];

    (void)state;
    for (size_t i = 0; i < passages; i++) {
        size_t count = relate_rank(w.relate, 0, all[i], &hint, 1, found, 6);

        assert_true(count > 0); // the hint alone
        for (size_t j = 0; j < count; j++)
            assert_true(fabs(sum_of(&w, all[i], &hint, 1, &found[j]) - found[j].score) < 1e-4);
    }
    world_free(&w);
}

// Is there a reason of this kind with these words?
static bool has_reason(const struct world *w, struct byte_span query, enum reason_kind kind,
                       const char *here, const char *there)
{
    struct related found;
    struct reason reasons[64];
    size_t count;

    assert_int_equal(relate_rank(w->relate, 0, query, NULL, 0, &found, 1), 1);
    count = relate_explain(w->relate, 0, query, NULL, 0, &found, reasons, 64);
    for (size_t i = 0; i < count; i++) {
        if (reasons[i].kind == kind && sv_eq_cstr(article_sub(w->a, reasons[i].here), here) &&
            sv_eq_cstr(article_sub(w->b, reasons[i].there), there))
            return true;
    }
    return false;
}

static void reasons_name_what_is_shared(void **state)
{
    struct alias_set *names = alias_set_new();
    struct byte_span query;
    struct world w;

    (void)state;
    (void)alias_set_add(names, SV("Captain Ilse Brandt"), 7);
    (void)alias_set_add(names, SV("the master"), 7);
    (void)alias_set_add(names, SV("Weather"), 8);
    w = world_make(harbour, inquiry, names);
    query = passage_of(&w, 0, "Six sailors");
    assert_true(has_reason(&w, query, REASON_NUMBER, "Six", "6"));
    assert_true(has_reason(&w, query, REASON_NAME, "Aurora", "Aurora"));
    assert_true(has_reason(&w, query, REASON_WORD, "burned", "burning"));
    query = passage_of(&w, 0, "Captain");
    assert_true(has_reason(&w, query, REASON_SOURCE, "Captain Ilse Brandt", "the master"));
    query = passage_of(&w, 0, "lower the boats");
    assert_true(has_reason(&w, query, REASON_QUOTATION, "never shown how to lower the boats",
                           "never shown how to lower the boats"));
    world_free(&w);
}

static void names_written_differently_are_spelled_alike(void **state)
{
    struct world w =
        world_make("Then Khalilurahman spoke.\n", "It was Khalilrahman there.\n", NULL);

    (void)state;
    assert_true(has_reason(&w, passage_of(&w, 0, "Khalilurahman"), REASON_SPELLING, "Khalilurahman",
                           "Khalilrahman"));
    world_free(&w);
}

static void a_hint_lifts_its_passage(void **state)
{
    struct world w = world_make(harbour, inquiry, NULL);
    struct byte_span weather = passage_of(&w, 1, "Weather");
    struct relate_hint hint = { { weather.beg + 3, weather.beg + 4 }, 0.9 };
    struct related found[2];

    (void)state;
    assert_true(relate_rank(w.relate, 0, passage_of(&w, 0, "Six sailors"), &hint, 1, found, 2) ==
                2);
    assert_int_equal(found[0].passage.beg, weather.beg);
    assert_true(fabs(found[0].score - 0.9) < 0.05);
    world_free(&w);
}

static void a_long_sentence_points_at_its_clause(void **state)
{
    static const char there[] = "Many words were spoken about taxes and roads and schools, but "
                                "in the end the ferry Aurora had burned with six sailors.\n";
    struct world w = world_make("The Aurora burned, six sailors died.\n", there, NULL);
    struct related found;

    (void)state;
    assert_int_equal(relate_rank(w.relate, 0, passage_of(&w, 0, "Aurora"), NULL, 0, &found, 1), 1);
    assert_true(found.best.beg > found.passage.beg);
    assert_true(sv_find(article_sub(w.b, found.best), SV("Aurora"), 0) != SIZE_MAX);
    world_free(&w);
}

static void one_article_is_compared_with_itself(void **state)
{
    struct world w = world_make(harbour, harbour, NULL);
    struct byte_span query = passage_of(&w, 0, "Six sailors");
    struct related found;

    (void)state;
    assert_int_equal(relate_rank(w.relate, 0, query, NULL, 0, &found, 1), 1);
    assert_int_equal(found.passage.beg, query.beg);
    assert_true(fabs(found.score - 1) < 1e-4);
    world_free(&w);
}

static void what_is_too_long_is_cut_at_a_sentence(void **state)
{
    struct buf text = { 0 };
    struct world w;
    size_t count;
    const struct byte_span *passages;

    (void)state;
    while (text.len <= RELATE_BYTES)
        buf_addf(&text, "Sentence %zu tells of boats.\n", text.len);
    w = world_make(buf_cstr(&text), inquiry, NULL);
    assert_true(relate_is_cut(w.relate, 0));
    assert_false(relate_is_cut(w.relate, 1));
    passages = relate_passages(w.relate, 0, &count);
    assert_true(passages[count - 1].end <= RELATE_BYTES);
    world_free(&w);
    buf_release(&text);
}

static void empty_and_odd_texts_are_compared(void **state)
{
    static const char *const odd[] = {
        "", "\n", "\xff\xfe. \x80", "… — “”", "“", "5", "the of and"
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        struct world w = world_make(odd[i], harbour, NULL);
        struct related found[4];
        struct byte_span all = { 0, strlen(odd[i]) };

        (void)relate_rank(w.relate, 0, all, NULL, 0, found, 4);
        assert_int_equal(relate_rank(w.relate, 1, passage_of(&w, 1, "Bakers"), NULL, 0, found, 4),
                         0);
        world_free(&w);
    }
}

// ---- what both quote
// -----------------------------------------------------------------------------

static void quotations_cut_differently_are_found(void **state)
{
    static const struct {
        const char *a, *b;
        const char *shared; // NULL: nothing
        bool is_same;
    } cases[] = {
        { "“One two three four five six,” he said.", "She heard “two three four five six”.",
          "two three four five six", false },
        { "\"One two three four FIVE.\"", "He said: “one two, three four five”",
          "One two three four FIVE", true },
        { "“One two three four six five.”", "“one two three four five”", NULL, false },
        { "“One two three four.” “Five six.”", "“one two three four five six”", NULL, false },
        { "One two three four five.", "“One two three four five.”", NULL, false },
        { "“a b c d e x a b c d e f”", "“a b c d e f”", "a b c d e f", false },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct article *a = article_new(sv_from(cases[i].a)), *b = article_new(sv_from(cases[i].b));
        struct quoted_alikes found;

        quoted_alike_find(a, b, SIZE_MAX, &found);
        assert_int_equal(found.count, cases[i].shared ? 1 : 0);
        if (cases[i].shared) {
            assert_true(sv_eq_cstr(article_sub(a, found.items[0].shared[0]), cases[i].shared));
            assert_int_equal(found.items[0].is_same, cases[i].is_same);
        }
        quoted_alikes_release(&found);
        article_free(a);
        article_free(b);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_tells_of_the_same_comes_first),
        cmocka_unit_test(what_shares_nothing_is_left_out),
        cmocka_unit_test(reasons_add_up_to_the_score),
        cmocka_unit_test(reasons_name_what_is_shared),
        cmocka_unit_test(names_written_differently_are_spelled_alike),
        cmocka_unit_test(a_hint_lifts_its_passage),
        cmocka_unit_test(a_long_sentence_points_at_its_clause),
        cmocka_unit_test(one_article_is_compared_with_itself),
        cmocka_unit_test(what_is_too_long_is_cut_at_a_sentence),
        cmocka_unit_test(empty_and_odd_texts_are_compared),
        cmocka_unit_test(quotations_cut_differently_are_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
