// Working together in a sitting: comments, what is finished, by which guideline; and what of others
// is in memory when the team works blind.
#include "sitting.h"

#include "session/peers.h"
#include "session/roster.h"

#define THEIRS "annotations/ben/" SPACE_BLAST ".yaml"

static void write_theirs(struct sitting *t, const char *comment)
{
    struct buf file = { 0 };

    buf_addf(&file,
             "gainsay: 1\narticle: " SPACE_BLAST "\nannotator: ben\nclaims:\n\n"
             "- id: cb000001\n  span:\n  - at: [0, 6]\n    quote: Khalil\n%s",
             comment);
    space_write(t->space, THEIRS, buf_cstr(&file));
    buf_release(&file);
}

static void write_team(struct sitting *t, const char *rest)
{
    struct buf file = { 0 };

    buf_addf(&file, "gainsay: 1\n%sannotators:\n\n- id: ana\n\n- id: ben\n", rest);
    space_write(t->space, "annotations/team.yaml", buf_cstr(&file));
    buf_release(&file);
}

static struct sv comment(struct sitting *t, const char *annotator, struct sv id,
                         struct comment_ref reply_to, const char *kind, const char *text)
{
    struct new_comment new = { .about = { sv_from(annotator), id },
                               .reply_to = reply_to,
                               .kind = sv_from(kind),
                               .text = sv_from(text) };
    struct err err = { 0 };
    struct sv out;

    sitting_must(verb_comment(t->session, t->blast, &new, &out, &err), &err);
    return out;
}

static const struct comment *find(const struct sitting *t, struct sv id)
{
    const struct comment *found = layer_find(&t->blast->file.layer, SECTION_COMMENTS, id);

    assert_non_null(found);
    return found;
}

static void t_comments_are_one_step_and_leave_no_trace_when_undone(void **state)
{
    struct sitting *t = *state;
    struct comment_ref none = { 0 };
    struct sv asked, answered;
    char *before, *after;

    write_theirs(t, "");
    before = sitting_bytes(t);
    asked = comment(t, "ben", SV("cb000001"), none, "question", " Who? ");
    assert_string_equal(find(t, asked)->about.ptr, "ben/cb000001");
    assert_true(sv_eq(find(t, asked)->text, SV("Who?")));
    answered =
        comment(t, "ben", SV("cb000001"), (struct comment_ref){ SV("ana"), asked }, "resolved", "");
    assert_true(sv_eq(find(t, answered)->reply_to, asked));
    assert_true(sv_is_absent(find(t, answered)->text));
    assert_false(session_threads(t->session)->items[0].is_open);
    sitting_undo(t);
    assert_true(session_threads(t->session)->items[0].is_open);
    sitting_redo(t);
    assert_false(session_threads(t->session)->items[0].is_open);
    sitting_undo(t);
    sitting_undo(t);
    after = sitting_bytes(t);
    assert_string_equal(before, after);
    assert_int_equal(session_threads(t->session)->count, 0);
    mem_free(before);
    mem_free(after);
}

static void t_a_comment_needs_a_record_and_something_to_say(void **state)
{
    struct sitting *t = *state;
    struct new_comment wrong[] = {
        { .about = { SV("ben"), SV("cb000001") }, .text = SV("x") }, // no such layer
        { .about = { SV("ana"), SV("c9999999") }, .text = SV("x") },
        { .about = { SV("ana"), t->dead }, .text = SV(" \n") },
        { .about = { SV("ana"), t->dead }, .kind = SV("quest"), .text = SV("x") },
    };
    struct err err = { 0 };
    struct sv id;

    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        assert_false(verb_comment(t->session, t->blast, &wrong[i], &id, &err));
        err_release(&err);
    }
    assert_int_equal(t->blast->file.layer.sections[SECTION_COMMENTS].count, 0);
}

static void t_what_others_say_comes_in_from_outside(void **state)
{
    struct sitting *t = *state;
    const struct threads *threads;
    struct buf text = { 0 };

    buf_addf(&text,
             "comments:\n\n- id: tb000001\n  about: ana/" SV_FMT
             "\n  kind: question\n  text: Why?\n  created: 2026-11-25T10:00:00Z\n",
             SV_ARG(t->dead));
    write_theirs(t, buf_cstr(&text));
    assert_true(session_refresh(t->session));
    threads = session_threads(t->session);
    assert_int_equal(threads->count, 1);
    assert_ptr_equal(threads->items[0].rec, sitting_claim(t->blast, t->dead));
    assert_false(session_refresh(t->session));
    write_theirs(t, "");
    assert_true(session_refresh(t->session));
    assert_int_equal(session_threads(t->session)->count, 0);
    buf_release(&text);
}

static size_t peers(struct sitting *t)
{
    const struct layer *const *layers;

    return session_peers(t->session, t->blast, &layers);
}

static void t_a_blind_team_is_loaded_when_one_has_finished_and_goes_again(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };

    write_theirs(t, "comments:\n\n- id: tb000001\n  about: cb000001\n  text: x\n");
    write_team(t, "blind: true\n");
    assert_true(session_refresh(t->session));
    assert_true(session_is_blind(t->session, t->blast));
    assert_int_equal(peers(t), 0);
    assert_int_equal(session_threads(t->session)->count, 0);
    sitting_must(verb_finish(t->session, t->blast, true, &err), &err);
    assert_false(session_is_blind(t->session, t->blast));
    assert_int_equal(session_threads(t->session)->count, 1); // without being asked for
    assert_int_equal(peers(t), 1);
    sitting_undo(t);
    assert_int_equal(session_threads(t->session)->count, 0);
    assert_int_equal(peers(t), 0);
    sitting_redo(t);
    assert_int_equal(peers(t), 1);
    write_team(t, "");
    session_refresh(t->session);
    sitting_undo(t);
    assert_int_equal(peers(t), 1); // nothing is hidden any more
}

static void t_the_roster_counts_nothing_that_is_hidden(void **state)
{
    struct sitting *t = *state;
    struct roster roster;
    struct err err = { 0 };

    write_theirs(t, "");
    write_team(t, "blind: true\n");
    session_refresh(t->session);
    for (int finished = 0; finished < 2; finished++) {
        if (finished)
            sitting_must(verb_finish(t->session, t->blast, true, &err), &err);
        roster_find(t->session, &roster);
        assert_int_equal(roster.count, 4); // two annotators who are to read both articles
        for (size_t i = 0; i < roster.count; i++) {
            struct roster_row *row = &roster.rows[i];
            bool is_blast = sv_eq(row->article, t->blast->id);

            roster_look(t->session, &roster, i);
            assert_int_equal(row->is_hidden, !row->is_own && !(finished && is_blast));
            if (!row->is_own && is_blast)
                assert_int_equal(row->claims, finished ? 1 : 0);
            if (row->is_own && is_blast)
                assert_int_equal(row->claims, 3);
        }
        roster_release(&roster);
    }
}

static void t_a_new_layer_names_the_guideline_and_an_old_one_keeps_its_own(void **state)
{
    struct sitting *t = *state;
    struct byte_span span;
    struct reading *blast;
    struct err err = { 0 };
    struct sv id;
    char *bytes;

    write_team(t, "guideline: v3\n");
    session_refresh(t->session);
    span = sitting_span(t->blast, "wrote");
    sitting_must(verb_mark(t->session, t->blast, &span, 1, &id, &err), &err);
    assert_true(sv_is_absent(t->blast->file.layer.head.guideline)); // begun before
    assert_true(team_guideline_is_old(session_team(t->session), &t->blast->file.layer));
    sitting_must(verb_guideline(t->session, t->blast, &err), &err);
    assert_true(sv_eq(t->blast->file.layer.head.guideline, SV("v3")));
    sitting_undo(t);
    assert_true(sv_is_absent(t->blast->file.layer.head.guideline));
    session_free(t->session);
    sitting_must(session_new(&t->space->ws, SV("zoe"), &t->session, &err), &err);
    sitting_must(session_open(t->session, SV(SPACE_BLAST), &blast, &err), &err);
    span = sitting_span(blast, "wrote");
    sitting_must(verb_mark(t->session, blast, &span, 1, &id, &err), &err);
    bytes = space_read(t->space, "annotations/zoe/" SPACE_BLAST ".yaml");
    assert_non_null(strstr(bytes, "annotator: zoe\nguideline: v3\ntext:"));
    mem_free(bytes);
}

static void t_what_was_finished_is_undone_in_the_next_sitting(void **state)
{
    struct sitting *t = *state;
    struct err err = { 0 };
    char *before = sitting_bytes(t), *after;

    sitting_must(verb_finish(t->session, t->blast, true, &err), &err);
    sitting_reopen(t);
    assert_true(layer_is_finished(&t->blast->file.layer));
    sitting_undo(t);
    after = sitting_bytes(t);
    assert_string_equal(before, after);
    mem_free(before);
    mem_free(after);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITTING(t_comments_are_one_step_and_leave_no_trace_when_undone),
        SITTING(t_a_comment_needs_a_record_and_something_to_say),
        SITTING(t_what_others_say_comes_in_from_outside),
        SITTING(t_a_blind_team_is_loaded_when_one_has_finished_and_goes_again),
        SITTING(t_the_roster_counts_nothing_that_is_hidden),
        SITTING(t_a_new_layer_names_the_guideline_and_an_old_one_keeps_its_own),
        SITTING(t_what_was_finished_is_undone_in_the_next_sitting),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
