// Two sittings on the same files, files that change, vanish or cannot be written.
#include "sitting.h"

#define LAYER "annotations/ana/" SPACE_BLAST ".yaml"

static struct session *second(struct sitting *t, struct reading **blast, struct reading **fall)
{
    struct session *session;

    setenv("GAINSAY_SEED", "2", 1); // other ids
    session = sitting_open(t->space, blast, fall);
    setenv("GAINSAY_SEED", "1", 1);
    return session;
}

static void set(struct session *s, struct reading *r, struct sv id, const char *key,
                const char *text)
{
    struct err err = { 0 };

    sitting_must(verb_set_field(s, r, SECTION_CLAIMS, id, key, sv_from(text), &err), &err);
}

static void records_of_both_sittings_survive(void **state)
{
    struct sitting *t = *state;
    struct reading *blast, *fall;
    struct session *other = second(t, &blast, &fall);
    struct findings findings = { 0 };
    struct err err = { 0 };
    struct byte_span mine = sitting_span(t->blast, "IS wrote");
    struct byte_span theirs = sitting_span(t->blast, "the government");
    struct sv my_id, their_id;

    for (int round = 0; round < 3; round++) {
        sitting_must(verb_mark(t->session, t->blast, &mine, 1, &my_id, &err), &err);
        sitting_must(verb_mark(other, blast, &theirs, 1, &their_id, &err), &err);
        mine.end--;
        theirs.end--;
    }
    set(t->session, t->blast, t->dead, "topic", "deaths");
    set(other, blast, t->dead, "says", "He died.");

    assert_true(session_refresh(t->session));
    assert_false(session_refresh(t->session));
    assert_int_equal(t->blast->file.layer.sections[SECTION_CLAIMS].count, 9);
    assert_true(sv_eq(sitting_claim(t->blast, t->dead)->topic, SV("deaths")));
    assert_true(sv_eq(sitting_claim(t->blast, t->dead)->says, SV("He died.")));
    assert_non_null(layer_claim(&t->blast->file.layer, their_id));
    session_take_findings(t->session, &findings);
    assert_true(space_found(&findings, E_MERGED, "taken in"));
    findings_release(&findings);
    session_free(other);
}

// What became of each claim marked in the interleaved sittings.
struct fate {
    char id[9];
    bool is_deleted; // by either side, at some time
};

static const struct claim *random_claim(const struct reading *r, struct rng *rng)
{
    size_t count = r->file.layer.sections[SECTION_CLAIMS].count;

    return count ? r->file.layer.sections[SECTION_CLAIMS].items[rng_next(rng) % count] : NULL;
}

static void random_deed(struct session *s, struct reading *r, struct rng *rng, struct fate *fates,
                        size_t *count)
{
    static const char *const keys[] = { "says", "topic", "note" };
    size_t len = article_bytes(r->article).len / 2, pos = rng_next(rng) % len;
    struct byte_span span = { pos, pos + 12 };
    const struct claim *claim = random_claim(r, rng);
    bool is_full = r->file.layer.sections[SECTION_CLAIMS].count > 80;
    uint64_t deed = is_full ? 7 : rng_next(rng) % 10;
    struct err err = { 0 };
    struct reading *where;
    const char *what;
    char text[16];
    struct sv id;

    if (!claim || deed < 3) {
        sitting_must(verb_mark(s, r, &span, 1, &id, &err), &err);
        snprintf(fates[(*count)++].id, sizeof(fates->id), SV_FMT, SV_ARG(id));
    } else if (deed < 7) {
        snprintf(text, sizeof(text), "%d", (int)(rng_next(rng) % 100));
        set(s, r, claim->id, keys[rng_next(rng) % ARRAY_LEN(keys)], text);
    } else if (deed == 7) {
        for (size_t i = 0; i < *count; i++)
            fates[i].is_deleted |= sv_eq_cstr(claim->id, fates[i].id);
        sitting_must(verb_delete(s, r, claim->id, &err), &err);
    } else if (deed == 8) {
        session_refresh(s);
    } else if (session_undo(s, &what, &where, &err)) {
        for (size_t i = 0; i < *count; i++) // an undone mark is gone by its maker's will
            fates[i].is_deleted |= !layer_claim(&r->file.layer, sv_from(fates[i].id));
    }
    err_release(&err);
}

// After both looked at the file: the same claims on both sides, and none that nobody deleted is
// missing.
static void agree_and_have_all(struct session *s[2], struct reading *r[2], const struct fate *fates,
                               size_t count)
{
    const struct layer *a = &r[0]->file.layer, *b = &r[1]->file.layer;

    for (size_t i = 0; i < count; i++) {
        struct sv id = sv_from(fates[i].id);

        if (!fates[i].is_deleted && !layer_claim(a, id))
            fail_msg("%s was lost", fates[i].id);
    }
    assert_int_equal(a->sections[SECTION_CLAIMS].count, b->sections[SECTION_CLAIMS].count);
    for (size_t i = 0; i < a->sections[SECTION_CLAIMS].count; i++)
        assert_true(record_eq(KIND_CLAIM, a->sections[SECTION_CLAIMS].items[i],
                              b->sections[SECTION_CLAIMS].items[i]));
    assert_true(session_is_saved(s[0]) && session_is_saved(s[1]));
}

// Of two sittings one ends now and then as if it were killed: without another look, and a new one
// begins.
static void random_interleavings_lose_nothing(void **state)
{
    enum { DEEDS = 60, ROUNDS = 6, LONG_ROUNDS = 500 };
    struct sitting *t = *state;
    int rounds = getenv("GAINSAY_LONG") ? LONG_ROUNDS : ROUNDS;
    struct reading *r[2], *fall;
    struct session *s[2] = { sitting_open(t->space, &r[0], &fall), second(t, &r[1], &fall) };
    struct fate *fates = mem_new((size_t)rounds * DEEDS * sizeof(*fates));
    struct rng rng;
    size_t count = 0;

    rng_init(&rng);
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < DEEDS; i++) {
            size_t side = rng_next(&rng) % 2;

            random_deed(s[side], r[side], &rng, fates, &count);
        }

        size_t killed = rng_next(&rng) % 2;

        session_free(s[killed]);
        s[killed] = second(t, &r[killed], &fall);
        for (int i = 0; i < 4; i++)
            session_refresh(s[i % 2]);
        agree_and_have_all(s, r, fates, count);
    }
    assert_true(count > 50);
    mem_free(fates);
    session_free(s[0]);
    session_free(s[1]);
}

static void conflict_keeps_mine_and_undo_takes_theirs(void **state)
{
    struct sitting *t = *state;
    struct reading *blast, *fall, *where;
    struct session *other = second(t, &blast, &fall);
    struct findings findings = { 0 };
    struct err err = { 0 };
    const char *what;

    set(other, blast, t->dead, "says", "theirs");
    set(t->session, t->blast, t->dead, "says", "mine");
    assert_true(sv_eq(sitting_claim(t->blast, t->dead)->says, SV("mine")));
    session_take_findings(t->session, &findings);
    assert_true(space_found(&findings, E_MERGED, "'says' was changed here and by another"));

    sitting_must(session_undo(t->session, &what, &where, &err), &err);
    assert_string_equal(what, "keep yours");
    assert_true(sv_eq(sitting_claim(t->blast, t->dead)->says, SV("theirs")));
    assert_true(space_has(t->space, LAYER, "says: theirs\n"));
    sitting_redo(t);
    assert_true(space_has(t->space, LAYER, "says: mine\n"));
    findings_release(&findings);
    session_free(other);
}

static void edit_outlives_deletion_either_way(void **state)
{
    struct sitting *t = *state;
    struct reading *blast, *fall;
    struct session *other = second(t, &blast, &fall);
    struct findings findings = { 0 };
    struct err err = { 0 };

    sitting_must(verb_delete(other, blast, t->dead, &err), &err);
    set(t->session, t->blast, t->dead, "says", "edited");
    assert_non_null(layer_claim(&t->blast->file.layer, t->dead));
    session_take_findings(t->session, &findings);
    assert_true(space_found(&findings, E_MERGED, "changed here and deleted by another"));
    sitting_undo(t);
    assert_null(layer_claim(&t->blast->file.layer, t->dead));
    findings_release(&findings);

    session_refresh(other);
    set(other, blast, t->five, "says", "edited there");
    sitting_must(verb_delete(t->session, t->blast, t->five, &err), &err);
    assert_true(sv_eq(sitting_claim(t->blast, t->five)->says, SV("edited there")));
    session_take_findings(t->session, &findings);
    assert_true(space_found(&findings, E_MERGED, "deleted here and changed by another"));
    sitting_undo(t);
    assert_null(layer_claim(&t->blast->file.layer, t->five));
    findings_release(&findings);
    session_free(other);
}

static void undo_leaves_what_the_other_side_did(void **state)
{
    struct sitting *t = *state;
    struct reading *blast, *fall;
    struct session *other = second(t, &blast, &fall);
    struct findings findings = { 0 };
    struct sv id;

    set(t->session, t->blast, t->dead, "topic", "deaths");
    session_refresh(other);
    set(other, blast, t->dead, "says", "He died."); // another field of the same record
    session_refresh(t->session);
    sitting_undo(t);
    assert_true(sv_is_absent(sitting_claim(t->blast, t->dead)->topic));
    assert_true(sv_eq(sitting_claim(t->blast, t->dead)->says, SV("He died.")));
    sitting_redo(t);
    assert_true(sv_eq(sitting_claim(t->blast, t->dead)->topic, SV("deaths")));
    assert_true(sv_eq(sitting_claim(t->blast, t->dead)->says, SV("He died.")));

    id = sitting_mark(t, t->blast, "IS wrote"); // made here, worked on there
    session_refresh(other);
    set(other, blast, id, "says", "IS wrote it.");
    session_refresh(t->session);
    session_take_findings(t->session, &findings);
    findings_release(&findings);
    sitting_undo(t);
    assert_true(sv_eq(sitting_claim(t->blast, id)->says, SV("IS wrote it.")));
    session_take_findings(t->session, &findings);
    assert_true(space_found(&findings, E_MERGED, "could not be undone as a whole"));
    findings_release(&findings);
    session_free(other);
}

static void sources_of_both_sittings_survive(void **state)
{
    struct sitting *t = *state;
    struct reading *blast, *fall;
    struct session *other = second(t, &blast, &fall);
    struct err err = { 0 };
    struct sv id;

    sitting_must(verb_new_source(t->session, SV("One"), SV(""), &id, &err), &err);
    sitting_must(verb_new_source(other, SV("Two"), SV(""), &id, &err), &err);
    assert_non_null(registry_find(session_registry(other), SV("one")));
    assert_true(session_refresh(t->session));
    assert_non_null(registry_find(session_registry(t->session), SV("two")));
    session_free(other);
}

static void failed_save_keeps_everything_and_is_tried_again(void **state)
{
    struct sitting *t = *state;
    struct findings findings = { 0 };
    struct err err = { 0 };
    char *bytes = space_read(t->space, LAYER);
    struct sv first, later;

    fs_unlink(space_path(t->space, LAYER));
    fs_unlink(space_path(t->space, "annotations/ana/" SPACE_FALL ".yaml"));
    assert_int_equal(rmdir(space_path(t->space, "annotations/ana/ev")), 0);
    space_write(t->space, "annotations/ana/ev", "a file in the way");

    first = sitting_mark(t, t->blast, "IS wrote");
    assert_false(session_is_saved(t->session));
    session_take_findings(t->session, &findings);
    assert_true(findings.errors > 0);
    findings_release(&findings);
    assert_false(session_save(t->session, &err));
    assert_true(err.code != E_NONE);
    err_release(&err);

    fs_unlink(space_path(t->space, "annotations/ana/ev"));
    later = sitting_mark(t, t->blast, "Nobody");
    assert_true(session_is_saved(t->session));
    assert_true(space_has(t->space, LAYER, first.ptr));
    assert_true(space_has(t->space, LAYER, later.ptr));
    sitting_undo(t);
    sitting_undo(t);
    assert_true(space_has(t->space, LAYER, bytes));
    assert_true(session_save(t->session, &err));
    mem_free(bytes);
}

static void refused_file_is_shown_and_not_changed(void **state)
{
    struct sitting *t = *state;
    struct reading *blast, *fall;
    struct findings findings = { 0 };
    struct err err = { 0 };
    struct byte_span span = sitting_span(t->blast, "IS wrote");
    char *good = space_read(t->space, LAYER);
    struct session *fresh;
    struct sv id;

    space_write(t->space, LAYER, "gainsay: 1\n<<<<<<< ours\n");
    sitting_forget(t);
    fresh = sitting_open(t->space, &blast, &fall);
    session_take_findings(fresh, &findings);
    assert_true(findings.errors > 0);
    assert_false(blast->is_writable);
    assert_true(fall->is_writable); // the rest still opens
    assert_false(verb_mark(fresh, blast, &span, 1, &id, &err));
    assert_int_equal(err.code, E_REFUSED);
    assert_true(space_has(t->space, LAYER, "<<<<<<< ours\n"));
    assert_false(session_refresh(fresh));
    space_write(t->space, LAYER, good); // mended by somebody
    assert_true(session_refresh(fresh));
    assert_true(blast->is_writable);
    assert_int_equal(blast->mark_count, t->blast->mark_count);
    sitting_must(verb_mark(fresh, blast, &span, 1, &id, &err), &err);
    sitting_undo(&(struct sitting){ .session = fresh });
    assert_false(session_undo(fresh, &(const char *){ NULL }, &(struct reading *){ NULL }, &err));
    err_release(&err);
    findings_release(&findings);
    session_free(fresh);
    mem_free(good);
}

static void file_that_turns_bad_is_left_alone_and_taken_in_when_mended(void **state)
{
    struct sitting *t = *state;
    struct findings findings = { 0 };
    char *good = space_read(t->space, LAYER);
    struct buf bad = { 0 };

    buf_addf(&bad, "<<<<<<< ours\n%s=======\n>>>>>>> theirs\n", good);
    space_write(t->space, LAYER, buf_cstr(&bad));
    session_refresh(t->session);
    session_take_findings(t->session, &findings);
    assert_true(space_found(&findings, E_CONFLICT, "conflict"));
    findings_release(&findings);
    session_refresh(t->session); // said once
    session_take_findings(t->session, &findings);
    assert_int_equal(findings.count, 0);

    set(t->session, t->blast, t->dead, "says", "while it is bad");
    assert_false(session_is_saved(t->session));
    assert_true(space_has(t->space, LAYER, buf_cstr(&bad)));
    space_write(t->space, LAYER, good);
    session_refresh(t->session);
    assert_true(session_is_saved(t->session));
    assert_true(space_has(t->space, LAYER, "says: while it is bad\n"));
    findings_release(&findings);
    mem_free(good);
    buf_release(&bad);
}

static void missing_article_is_named(void **state)
{
    struct sitting *t = *state;
    struct reading *blast = NULL;
    struct findings findings = { 0 };
    struct session *fresh;
    struct err err = { 0 };

    assert_false(session_open(t->session, SV("ev/none"), &blast, &err));
    assert_int_equal(err.code, E_NO_ARTICLE);

    fs_unlink(space_path(t->space, "corpus/" SPACE_FALL ".txt")); // listed, but gone meanwhile
    sitting_must(session_new(&t->space->ws, SV("ana"), &fresh, &err), &err);
    sitting_must(session_open(fresh, SV(SPACE_BLAST), &blast, &err), &err);
    assert_null(session_other(fresh, blast, 0));
    session_take_findings(fresh, &findings);
    assert_int_equal(findings.errors, 1);
    assert_false(session_open(fresh, SV(SPACE_FALL), &blast, &err));
    err_release(&err);
    findings_release(&findings);
    session_free(fresh);
}

static void bad_registry_opens_without_sources(void **state)
{
    struct sitting *t = *state;
    struct findings findings = { 0 };
    struct reading *blast, *fall;
    struct session *fresh;
    struct err err = { 0 };
    struct sv id;

    space_write(t->space, "annotations/sources.yaml", "sources: [*x]\n");
    fresh = sitting_open(t->space, &blast, &fall);
    session_take_findings(fresh, &findings);
    assert_int_equal(findings.errors, 1);
    assert_int_equal(session_registry(fresh)->count, 0);
    assert_false(verb_new_source(fresh, SV("X"), SV(""), &id, &err));
    assert_int_equal(err.code, E_REFUSED);
    assert_true(blast->is_writable);
    space_write(t->space, "annotations/sources.yaml", "gainsay: 1\nsources:\n\n- id: x\n");
    assert_true(session_refresh(fresh));
    assert_int_equal(session_registry(fresh)->count, 1);
    sitting_must(verb_new_source(fresh, SV("Y"), SV(""), &id, &err), &err);
    err_release(&err);
    findings_release(&findings);
    session_free(fresh);
}

static void opening_again_gives_the_same_reading(void **state)
{
    struct sitting *t = *state;
    struct reading *again;
    struct err err = { 0 };

    sitting_must(session_open(t->session, SV(SPACE_BLAST), &again, &err), &err);
    assert_ptr_equal(again, t->blast);
    assert_ptr_equal(session_other(t->session, t->blast, 0), t->fall);
    assert_ptr_equal(session_other(t->session, t->fall, 0), t->blast);
    assert_null(session_other(t->session, t->blast, 1));
    assert_ptr_equal(session_reading(t->session, 0), t->blast);
    assert_null(session_reading(t->session, 2));
}

static void text_that_is_replaced_is_told_once(void **state)
{
    struct sitting *t = *state;
    struct findings findings = { 0 };

    space_write(t->space, "corpus/" SPACE_BLAST ".txt", "Another text.\n");
    session_refresh(t->session);
    session_refresh(t->session);
    session_take_findings(t->session, &findings);
    assert_int_equal(findings.count, 1);
    assert_true(space_found(&findings, E_TEXT, "start again"));
    assert_true(sv_eq(article_bytes(t->blast->article), SV(SPACE_BLAST_TEXT)));
    findings_release(&findings);
}

static void version_counts_changes(void **state)
{
    struct sitting *t = *state;
    size_t version = session_version(t->session);
    struct err err = { 0 };

    sitting_must(
        verb_set_field(t->session, t->blast, SECTION_CLAIMS, t->dead, "topic", SV(""), &err), &err);
    assert_int_equal(session_version(t->session), version); // it had none: no change, no step
    set(t->session, t->blast, t->dead, "topic", "x");
    assert_true(session_version(t->session) > version);
}

static void text_header_is_written_once_and_undone_with_it(void **state)
{
    struct sitting *t = *state;
    char sha256[65];

    article_sha256(SV(SPACE_BLAST_TEXT), sha256);
    assert_true(space_has(t->space, LAYER, sha256));
    assert_int_equal(t->blast->file.layer.head.text->length, article_cp_len(t->blast->article));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITTING(records_of_both_sittings_survive),
        SITTING(random_interleavings_lose_nothing),
        SITTING(conflict_keeps_mine_and_undo_takes_theirs),
        SITTING(edit_outlives_deletion_either_way),
        SITTING(undo_leaves_what_the_other_side_did),
        SITTING(sources_of_both_sittings_survive),
        SITTING(failed_save_keeps_everything_and_is_tried_again),
        SITTING(refused_file_is_shown_and_not_changed),
        SITTING(file_that_turns_bad_is_left_alone_and_taken_in_when_mended),
        SITTING(missing_article_is_named),
        SITTING(bad_registry_opens_without_sources),
        SITTING(opening_again_gives_the_same_reading),
        SITTING(text_that_is_replaced_is_told_once),
        SITTING(version_counts_changes),
        SITTING(text_header_is_written_once_and_undone_with_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
