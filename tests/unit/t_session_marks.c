// Marks: order, reach, records whose text moved or is gone, cost.
#include "sitting.h"

#include <time.h>

#include "session/inner.h"
#include "text/anchor.h"

#define LAYER "annotations/ana/" SPACE_BLAST ".yaml"

static const struct mark *mark_of(const struct reading *r, struct sv id)
{
    static const struct mark none;

    for (size_t i = 0; i < r->mark_count; i++) {
        if (sv_eq(((const struct record *)r->marks[i].rec)->id, id))
            return &r->marks[i];
    }
    fail_msg("no mark of " SV_FMT, SV_ARG(id));
    return &none;
}

static void check_order(const struct reading *r)
{
    size_t reach = 0;

    for (size_t i = 0; i < r->mark_count; i++) {
        const struct mark *mark = &r->marks[i];

        if (i && (mark[-1].span.beg > mark->span.beg ||
                  (mark[-1].span.beg == mark->span.beg && mark[-1].span.end < mark->span.end)))
            fail_msg("mark %zu is out of order", i);
        reach = mark->span.end > reach ? mark->span.end : reach;
        assert_int_equal(mark->reach, reach);
    }
}

static void marks_stand_in_text_order_longer_first(void **state)
{
    struct sitting *t = *state;

    sitting_mark(t, t->blast, "Khalil Haqqani");
    sitting_mark(t, t->blast, "Khalil Haqqani died in Kabul, local media said.");
    check_order(t->blast);
    assert_int_equal(t->blast->mark_count, 7); // five claims, a note, furniture; links have none
    assert_int_equal(t->blast->marks[0].span.end, 47);
    sitting_undo(t);
    sitting_undo(t);
    check_order(t->blast);
    assert_int_equal(t->blast->mark_count, 5);
}

static void parts_are_marked_each(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };
    size_t count = t->blast->mark_count;

    sitting_must(
        verb_add_part(t->session, t->blast, t->dead, sitting_span(t->blast, "later"), &err), &err);
    assert_int_equal(t->blast->mark_count, count + 1);
    assert_int_equal(t->blast->marks[count].part, 1);
    assert_ptr_equal(t->blast->marks[count].rec, t->blast->marks[0].rec);
    check_order(t->blast);
}

static struct session *open_changed(struct sitting *t, const char *text, struct reading **blast)
{
    struct reading *fall;

    space_write(t->space, "corpus/" SPACE_BLAST ".txt", text);
    return sitting_open(t->space, blast, &fall);
}

static void changed_text_moves_marks_and_not_records(void **state)
{
    struct sitting *t = *state;
    struct reading *blast;
    char *before = space_read(t->space, LAYER);
    struct session *s = open_changed(t, "A new first line.\n\n" SPACE_BLAST_TEXT, &blast);
    const struct mark *mark = mark_of(blast, t->dead);
    struct findings findings = { 0 };

    assert_true(blast->is_text_changed);
    session_take_findings(s, &findings);
    assert_true(space_found(&findings, E_TEXT, "5 records stand elsewhere"));
    assert_int_equal(mark->span.beg, 19);
    assert_int_equal(blast->misplaced_count, 5);
    assert_int_equal(blast->misplaced[0].anchor, ANCHOR_MOVED);
    assert_int_equal(((const struct part *)sitting_claim(blast, t->dead)->span.items[0])->at.beg,
                     0);
    assert_true(space_has(t->space, LAYER, before));
    check_order(blast);

    // An edit of the claim's ends works on the place where it is shown, and makes it good.
    struct err err = { 0 };

    sitting_must(verb_add_part(s, blast, t->dead, sitting_span(blast, "IS wrote"), &err), &err);
    assert_int_equal(((const struct part *)sitting_claim(blast, t->dead)->span.items[0])->at.beg,
                     19);
    assert_int_equal(blast->misplaced_count, 4);
    mem_free(before);
    findings_release(&findings);
    session_free(s);
}

static void lost_words_are_listed_and_have_no_mark(void **state)
{
    struct sitting *t = *state;
    struct reading *blast;
    struct session *s = open_changed(t, "Nothing of it is left.\n", &blast);

    assert_int_equal(blast->misplaced_count, 5);
    assert_int_equal(blast->misplaced[0].anchor, ANCHOR_LOST);
    assert_int_equal(blast->mark_count, 0);
    assert_int_equal(blast->file.layer.sections[SECTION_CLAIMS].count, 3);
    session_free(s);
}

static void unchanged_text_misplaces_nothing(void **state)
{
    struct sitting *t = *state;

    assert_false(t->blast->is_text_changed);
    assert_int_equal(t->blast->misplaced_count, 0);
}

// Hashing 100 MB takes a third of a second: not before the first paint, unless there is a reason.
static void large_text_is_hashed_only_for_a_reason(void **state)
{
    struct sitting *t = *state;
    struct buf text = { 0 };
    struct reading *blast;
    struct session *s;

    buf_add_cstr(&text, SPACE_BLAST_TEXT);
    while (text.len < (size_t)4 << 20)
        buf_add_cstr(&text, "More of it, line by line.\n");
    s = open_changed(t, buf_cstr(&text), &blast);
    assert_int_equal(((struct inner *)blast)->sha256[0], '\0');
    assert_non_null(((struct inner *)blast)->text.map); // not read into memory either
    assert_false(blast->is_text_changed);               // every quote stands where it stood
    session_free(s);

    buf_splice(&text, 0, 1, SV("The late K"));
    s = open_changed(t, buf_cstr(&text), &blast);
    assert_true(blast->is_text_changed);
    session_free(s);
    buf_release(&text);
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

// Ten thousand claims: rebuilding marks and derived is far from being noticed. The bound is loose,
// for sanitizers and busy machines; the figure itself is for the log.
static void many_marks_cost_little(void **state)
{
    struct sitting *t = *state;
    struct change *change = change_begin(t->session, "many");
    struct rec_list parts = sitting_claim(t->blast, t->dead)->span;
    struct err err = { 0 };
    char id[16];

    for (int i = 0; i < 10000; i++) {
        struct claim *claim = arena_new(change_arena(t->blast), sizeof(*claim));

        snprintf(id, sizeof(id), "c%07d", i);
        claim->id = sv_copy(change_arena(t->blast), sv_from(id));
        claim->span = parts;
        change_put(change, t->blast, SECTION_CLAIMS, claim);
    }
    sitting_must(change_commit(change, &err), &err);

    double start = seconds();

    sitting_must(verb_contest(t->session, t->blast, SV("c0005000"), &err), &err);
    session_derived(t->session);
    print_message("one verb among 10000 claims: %.1f ms\n", (seconds() - start) * 1000);
    assert_true(seconds() - start < 2.0);
    check_order(t->blast);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITTING(marks_stand_in_text_order_longer_first),
        SITTING(parts_are_marked_each),
        SITTING(changed_text_moves_marks_and_not_records),
        SITTING(lost_words_are_listed_and_have_no_mark),
        SITTING(unchanged_text_misplaces_nothing),
        SITTING(large_text_is_hashed_only_for_a_reason),
        SITTING(many_marks_cost_little),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
