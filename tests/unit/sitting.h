// A session over a temporary workspace, with a few records to work on, for tests of session/.
#ifndef SITTING_H
#define SITTING_H

#include "space.h"

#include "session/session.h"
#include "session/verbs.h"
#include "store/undo_log.h"

#define SITTING_FILES 3

static const char *const sitting_files[SITTING_FILES] = {
    "annotations/ana/" SPACE_BLAST ".yaml",
    "annotations/ana/" SPACE_FALL ".yaml",
    "annotations/sources.yaml",
};

struct sitting {
    struct space *space;
    struct arena arena;
    struct session *session;
    struct reading *blast, *fall;
    struct sv dead, five, named, six; // claims; the first three in `blast`
    struct sv link;                   // five differs from six
    struct sv order;                  // named undercuts six
    struct sv note, furniture;        // of `blast`
};

static inline void sitting_must(bool ok, struct err *err)
{
    if (!ok)
        fail_msg("%s", buf_cstr(&err->text));
}

static inline struct session *sitting_open(struct space *space, struct reading **blast,
                                           struct reading **fall)
{
    struct session *session;
    struct err err = { 0 };

    sitting_must(session_new(&space->ws, SV("ana"), &session, &err), &err);
    sitting_must(session_open(session, SV(SPACE_BLAST), blast, &err), &err);
    *fall = session_find(session, SV(SPACE_FALL));
    assert_non_null(*fall);
    return session;
}

// Where `words` stand in the text of `r` first.
static inline struct byte_span sitting_span(const struct reading *r, const char *words)
{
    return space_span(article_bytes(r->article), words);
}

static inline struct sv sitting_mark(struct sitting *t, struct reading *r, const char *words)
{
    struct byte_span span = sitting_span(r, words);
    struct err err = { 0 };
    struct sv id;

    sitting_must(verb_mark(t->session, r, &span, 1, &id, &err), &err);
    return id;
}

static inline void sitting_fill(struct sitting *t)
{
    struct session *s = t->session;
    struct new_voice media = { .source = SV("local-media"), .act = SV("reports") };
    struct new_link differs = { .type = SV("differs"), .point = SV("number") };
    struct new_link undercuts = { .type = SV("undercuts") };
    struct err err = { 0 };

    t->dead = sitting_mark(t, t->blast, "Khalil Haqqani died in Kabul");
    t->five = sitting_mark(t, t->blast, "Five others died too");
    t->named = sitting_mark(t, t->blast, "Nobody was named.");
    t->six = sitting_mark(t, t->fall, "Six more people died");
    media.cue = sitting_span(t->blast, "local media said");
    sitting_must(verb_attribute(s, t->blast, t->dead, &media, NULL, &err), &err);
    sitting_must(verb_link(s, t->blast, t->five, t->fall, t->six, &differs, &t->link, &err), &err);
    sitting_must(verb_link(s, t->blast, t->named, t->fall, t->six, &undercuts, &t->order, &err),
                 &err);
    sitting_must(verb_note(s, t->blast, sitting_span(t->blast, "wrote later"), SV("comment"),
                           SV("when?"), &t->note, &err),
                 &err);
    sitting_must(
        verb_furniture(s, t->blast, sitting_span(t->blast, "It was us,"), &t->furniture, &err),
        &err);
    sitting_must(verb_set_field(s, t->blast, SECTION_CLAIMS, t->named, "repeats", t->five, &err),
                 &err);
}

static inline int sitting_setup(void **state)
{
    struct sitting *t = mem_new(sizeof(*t));
    void *space;

    if (space_setup(&space) != 0)
        return -1;
    t->space = space;
    t->session = sitting_open(space, &t->blast, &t->fall);
    sitting_fill(t);
    *state = t;
    return 0;
}

// Undo knows of no earlier sitting from the next one on.
static inline void sitting_forget(struct sitting *t)
{
    struct undo_log log;

    undo_log_open(&t->space->ws, SV("ana"), &log);
    fs_unlink(buf_cstr(&log.path));
    undo_log_release(&log);
}

// A new sitting on the same files: no last voice, its undo goes on where the one before ended.
static inline void sitting_reopen(struct sitting *t)
{
    struct sv *ids[] = { &t->dead, &t->five,  &t->named, &t->six,
                         &t->link, &t->order, &t->note,  &t->furniture };

    for (size_t i = 0; i < ARRAY_LEN(ids); i++)
        *ids[i] = sv_copy(&t->arena, *ids[i]);
    session_free(t->session);
    t->session = sitting_open(t->space, &t->blast, &t->fall);
}

static inline int sitting_teardown(void **state)
{
    struct sitting *t = *state;
    void *space = t->space;

    session_free(t->session);
    arena_release(&t->arena);
    mem_free(t);
    return space_teardown(&space);
}

// All files of the sitting, one after the other; owned by the caller.
static inline char *sitting_bytes(struct sitting *t)
{
    struct buf all = { 0 };

    for (size_t i = 0; i < SITTING_FILES; i++) {
        char *bytes = space_read(t->space, sitting_files[i]);

        buf_addf(&all, "== %s\n%s", sitting_files[i], bytes);
        mem_free(bytes);
    }

    char *copy = mem_copy(all.ptr, all.len);

    buf_release(&all);
    return copy;
}

static inline void sitting_undo(struct sitting *t)
{
    struct err err = { 0 };
    const char *what;
    struct reading *where;

    sitting_must(session_undo(t->session, &what, &where, &err), &err);
}

static inline void sitting_redo(struct sitting *t)
{
    struct err err = { 0 };
    const char *what;
    struct reading *where;

    sitting_must(session_redo(t->session, &what, &where, &err), &err);
}

static inline const struct claim *sitting_claim(const struct reading *r, struct sv id)
{
    const struct claim *claim = layer_claim(&r->file.layer, id);

    assert_non_null(claim);
    return claim;
}

#define SITTING(name) cmocka_unit_test_setup_teardown(name, sitting_setup, sitting_teardown)

#endif
