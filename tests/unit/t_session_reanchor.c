// Records put right after a text changed: what is written, what waits, what a person decides, undo.
#include "sitting.h"

#include "session/reanchor.h"

#define LAYER "annotations/ana/" SPACE_BLAST ".yaml"
#define TEXT  "corpus/" SPACE_BLAST ".txt"

static struct session *open_changed(struct sitting *t, const char *text, struct reading **blast)
{
    struct reading *fall;

    space_write(t->space, TEXT, text);
    return sitting_open(t->space, blast, &fall);
}

static const struct part *first_part(struct reading *r, struct sv id)
{
    return sitting_claim(r, id)->span.items[0];
}

static void what_moved_is_written_and_comes_back(void **state)
{
    struct sitting *t = *state;
    char *before = space_read(t->space, LAYER);
    struct reading *blast;
    struct session *s = open_changed(t, "A new first line.\n\n" SPACE_BLAST_TEXT, &blast);
    struct err err = { 0 };
    const char *what;
    struct reading *where;
    size_t moved;

    sitting_must(verb_reanchor(s, blast, &moved, &err), &err);
    assert_int_equal(moved, 5);
    assert_false(blast->is_text_changed);
    assert_int_equal(blast->misplaced_count, 0);
    assert_int_equal(first_part(blast, t->dead)->at.beg, 19);
    assert_int_equal(
        ((const struct voice *)sitting_claim(blast, t->dead)->attributed_to.items[0])->cue->at.beg,
        49);
    assert_false(space_has(t->space, LAYER, before));

    assert_true(session_undo(s, &what, &where, &err));
    assert_true(space_has(t->space, LAYER, before));
    assert_true(blast->is_text_changed);
    assert_int_equal(blast->misplaced_count, 5);
    assert_true(session_redo(s, &what, &where, &err));
    assert_false(blast->is_text_changed);
    assert_int_equal(blast->misplaced_count, 0);
    mem_free(before);
    session_free(s);
}

static void a_changed_number_waits_for_a_person(void **state)
{
    struct sitting *t = *state;
    struct reading *blast;
    struct session *s = open_changed(t,
                                     "Khalil Haqqani died in Kabul, local media said.\n\n"
                                     "Six others died too, the government confirmed. "
                                     "Nobody was named.\n"
                                     "\xE2\x80\x9CIt was us,\xE2\x80\x9D IS wrote later.\n",
                                     &blast);
    struct reanchor found = { 0 };
    struct err err = { 0 };
    size_t moved;

    sitting_must(verb_reanchor(s, blast, &moved, &err), &err);
    reanchor_find(blast, &found);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.items[0].anchor, ANCHOR_DOUBT);
    assert_true(sv_eq(reanchor_quote(&found.pieces[0]), SV("Five others died too")));
    assert_int_equal(found.pieces[0].to.beg, 49);
    reanchor_release(&found);
    assert_true(sv_eq(first_part(blast, t->five)->quote, SV("Five others died too")));

    sitting_must(verb_accept_place(s, blast, t->five, &err), &err);
    assert_true(sv_eq(first_part(blast, t->five)->quote, SV("Six others died too")));
    assert_int_equal(blast->misplaced_count, 0);
    session_free(s);
}

static void what_is_lost_stays_until_it_is_placed(void **state)
{
    struct sitting *t = *state;
    struct reading *blast;
    struct session *s = open_changed(t,
                                     "Khalil Haqqani died in Kabul, local media said.\n\n"
                                     "\xE2\x80\x9CIt was us,\xE2\x80\x9D IS wrote later.\n",
                                     &blast);
    struct byte_span span = sitting_span(blast, "IS wrote");
    struct err err = { 0 };
    size_t moved;

    sitting_must(verb_reanchor(s, blast, &moved, &err), &err);
    assert_non_null(layer_claim(&blast->file.layer, t->five));
    assert_false(verb_accept_place(s, blast, t->five, &err));
    assert_int_equal(err.code, E_SPAN);
    err_release(&err);
    sitting_must(verb_set_place(s, blast, t->five, 0, span, &err), &err);
    assert_true(sv_eq(first_part(blast, t->five)->quote, SV("IS wrote")));
    session_free(s);
}

// Where the same sentence stands many times, one that went must not make the others stand for their
// neighbours, not even after the sure ones were written.
static void copies_wait_while_the_old_text_is_named(void **state)
{
    struct sitting *t = *state;
    struct buf text = { 0 };
    struct reading *blast;
    struct session *s;
    struct byte_span span;
    struct err err = { 0 };
    struct sv id;
    size_t moved, line = strlen("No comment was made.\n");

    for (int i = 0; i < 40; i++)
        buf_add_cstr(&text, "No comment was made.\n");
    s = open_changed(t, buf_cstr(&text), &blast);
    sitting_must(verb_delete(s, blast, t->dead, &err), &err);
    sitting_must(verb_delete(s, blast, t->five, &err), &err);
    sitting_must(verb_delete(s, blast, t->named, &err), &err);
    sitting_must(verb_delete(s, blast, t->note, &err), &err);
    sitting_must(verb_delete(s, blast, t->furniture, &err), &err);
    sitting_must(verb_reanchor(s, blast, &moved, &err), &err);
    span = (struct byte_span){ 20 * line, 21 * line - 1 };
    sitting_must(verb_mark(s, blast, &span, 1, &id, &err), &err);
    id = sv_copy(&t->arena, id);
    session_free(s);

    buf_splice(&text, 5 * line, 6 * line, SV(""));
    s = open_changed(t, buf_cstr(&text), &blast);
    assert_int_equal(blast->misplaced_count, 1);
    assert_int_equal(blast->misplaced[0].anchor, ANCHOR_DOUBT);
    sitting_must(verb_reanchor(s, blast, &moved, &err), &err);
    assert_int_equal(moved, 0);
    assert_int_equal(blast->misplaced_count, 1);
    assert_true(blast->is_text_changed);

    sitting_must(verb_accept_place(s, blast, id, &err), &err);
    assert_int_equal(blast->misplaced_count, 0);
    sitting_must(verb_reanchor(s, blast, &moved, &err), &err);
    assert_false(blast->is_text_changed);
    session_free(s);
    buf_release(&text);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        SITTING(what_moved_is_written_and_comes_back),
        SITTING(a_changed_number_waits_for_a_person),
        SITTING(what_is_lost_stays_until_it_is_placed),
        SITTING(copies_wait_while_the_old_text_is_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
