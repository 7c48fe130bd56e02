// Two thousand random verbs in five sittings with undo and redo between; then everything undone
// gives the first bytes.
#include "sitting.h"

#include "session/inner.h"

#define ROUNDS 2000

static uint64_t next(struct rng *rng, uint64_t below)
{
    return rng_next(rng) % below;
}

static struct reading *any_reading(struct sitting *t, struct rng *rng)
{
    return next(rng, 2) ? t->blast : t->fall;
}

// A random id of a section, absent when it is empty.
static struct sv any_id(const struct reading *r, enum section section, struct rng *rng)
{
    size_t count = r->file.layer.sections[section].count;

    if (!count)
        return SV("");
    return ((const struct record *)r->file.layer.sections[section].items[next(rng, count)])->id;
}

static struct sv any_claim(const struct reading *r, struct rng *rng)
{
    return any_id(r, SECTION_CLAIMS, rng);
}

// A stretch between two character boundaries.
static struct byte_span any_span(const struct reading *r, struct rng *rng)
{
    size_t cps = article_cp_len(r->article);
    struct cp_span at = { next(rng, cps), 0 };

    at.end = at.beg + 1 + next(rng, 30);
    return article_to_bytes(r->article, (struct cp_span){ at.beg, at.end < cps ? at.end : cps });
}

static struct sv any_word(struct session *s, enum vocab_id vocab, struct rng *rng)
{
    struct rec_list words = session_scheme(s)->vocabs[vocab];

    return ((const struct word *)words.items[next(rng, words.count)])->id;
}

static struct sv any_source(struct session *s, struct rng *rng)
{
    const struct registry *registry = session_registry(s);

    return registry->items[next(rng, registry->count)]->id;
}

static const char *const texts[] = { "",           "plain words",
                                     "true",       "a: b # c",
                                     "- dash",     "'quoted'",
                                     "two\nlines", "ends in blank \n",
                                     "12",         "\xC3\xA9t\xC3\xA9 \xF0\x9F\x99\x82" };
static const char *const keys[] = { "says", "note", "topic", "tags", "contested.why" };

static bool set_text(struct sitting *t, struct rng *rng, struct err *err)
{
    struct reading *r = any_reading(t, rng);

    return verb_set_field(t->session, r, SECTION_CLAIMS, any_claim(r, rng),
                          keys[next(rng, ARRAY_LEN(keys))],
                          sv_from(texts[next(rng, ARRAY_LEN(texts))]), err);
}

static bool set_word(struct sitting *t, struct rng *rng, struct err *err)
{
    struct reading *r = any_reading(t, rng);

    return verb_set_field(t->session, r, SECTION_CLAIMS, any_claim(r, rng), "type",
                          any_word(t->session, VOCAB_TYPE, rng), err);
}

static bool mark(struct sitting *t, struct rng *rng, struct err *err)
{
    struct reading *r = any_reading(t, rng);
    struct byte_span spans[] = { any_span(r, rng), any_span(r, rng) };
    struct sv id;

    return verb_mark(t->session, r, spans, 1 + next(rng, 2), &id, err);
}

static bool move(struct sitting *t, struct rng *rng, struct err *err)
{
    struct reading *r = any_reading(t, rng);
    struct byte_span span = any_span(r, rng);

    if (next(rng, 2))
        return verb_set_span(t->session, r, any_claim(r, rng), &span, 1, err);
    if (next(rng, 2))
        return verb_add_part(t->session, r, any_claim(r, rng), span, err);
    return verb_drop_part(t->session, r, any_claim(r, rng), span.beg, err);
}

static bool cut_or_join(struct sitting *t, struct rng *rng, struct err *err)
{
    struct reading *r = any_reading(t, rng);
    struct sv id;

    if (next(rng, 2))
        return verb_join(t->session, r, any_claim(r, rng), any_claim(r, rng), err);
    return verb_split(t->session, r, any_claim(r, rng), any_span(r, rng).beg, &id, err);
}

static bool drop(struct sitting *t, struct rng *rng, struct err *err)
{
    struct reading *r = any_reading(t, rng);

    return verb_delete(t->session, r, any_id(r, (enum section)next(rng, SECTION__N), rng), err);
}

static bool contest(struct sitting *t, struct rng *rng, struct err *err)
{
    struct reading *r = any_reading(t, rng);

    return verb_contest(t->session, r, any_claim(r, rng), err);
}

static bool voice(struct sitting *t, struct rng *rng, struct err *err)
{
    struct reading *r = any_reading(t, rng);
    struct new_voice new = { .source = any_source(t->session, rng),
                             .act = any_word(t->session, VOCAB_ACT, rng),
                             .cue = any_span(r, rng) };
    size_t inside = next(rng, 2);

    if (next(rng, 4) == 0)
        return verb_repeat_voice(t->session, r, any_claim(r, rng), err);
    if (next(rng, 4) == 0)
        return verb_drop_voice(t->session, r, any_claim(r, rng), next(rng, 2), next(rng, 2), err);
    return verb_attribute(t->session, r, any_claim(r, rng), &new, next(rng, 2) ? &inside : NULL,
                          err);
}

static bool join(struct sitting *t, struct rng *rng, struct err *err)
{
    struct reading *r = any_reading(t, rng), *other = any_reading(t, rng);
    struct new_link link = { .type = any_word(t->session, VOCAB_LINK, rng),
                             .point = any_word(t->session, VOCAB_POINT, rng) };
    struct sv id;

    switch (next(rng, 4)) {
    case 0:
        return verb_omits(t->session, r, any_claim(r, rng), other->id, NULL, 0, &id, err);
    case 1:
        return verb_turn_link(t->session, r, any_id(r, SECTION_LINKS, rng), err);
    case 2:
        return verb_link_passage(t->session, r, any_claim(r, rng), other, any_span(other, rng),
                                 &link, &id, err);
    default:
        return verb_link(t->session, r, any_claim(r, rng), other, any_claim(other, rng), &link, &id,
                         err);
    }
}

static bool rest(struct sitting *t, struct rng *rng, struct err *err)
{
    struct reading *r = any_reading(t, rng);
    struct byte_span span = any_span(r, rng);
    char name[16];
    struct sv id;

    switch (next(rng, 4)) {
    case 0:
        return verb_furniture(t->session, r, span, &id, err);
    case 1:
        return verb_note(t->session, r, span, any_word(t->session, VOCAB_NOTE_KIND, rng),
                         sv_from(texts[next(rng, ARRAY_LEN(texts))]), &id, err);
    case 2:
        snprintf(name, sizeof(name), "Source %d", (int)next(rng, 50));
        return verb_new_source(t->session, sv_from(name), SV(""), &id, err);
    default:
        return verb_read(t->session, r, span, next(rng, 3) > 0, err);
    }
}

static bool travel(struct sitting *t, struct rng *rng, struct err *err)
{
    const char *what;
    struct reading *where;
    bool is_undo = next(rng, 2);

    for (uint64_t n = 1 + next(rng, 5); n > 0; n--) {
        if (!(is_undo ? session_undo : session_redo)(t->session, &what, &where, err))
            return false;
    }
    return true;
}

static bool (*const deeds[])(struct sitting *t, struct rng *rng, struct err *err) = {
    mark,  mark,  move, cut_or_join, set_text, set_text, set_word, contest,
    voice, voice, join, join,        drop,     rest,     travel,
};

// What is saved can be loaded, and holds what memory holds.
static void check_saved(struct sitting *t)
{
    struct reading *blast, *fall;
    struct session *fresh = sitting_open(t->space, &blast, &fall);
    struct findings findings = { 0 };

    session_take_findings(fresh, &findings);
    if (findings.count)
        fail_msg("%s", buf_cstr(&findings.items[0].err.text));
    for (enum section s = 0; s < SECTION__N; s++) {
        const struct layer *a = &t->blast->file.layer, *b = &blast->file.layer;

        assert_int_equal(a->sections[s].count, b->sections[s].count);
        for (size_t j = 0; j < a->sections[s].count; j++)
            assert_true(
                record_eq(section_get(s)->kind, a->sections[s].items[j], b->sections[s].items[j]));
    }
    session_free(fresh);
}

// What the verbs wrote is in canonical form.
static void check_canonical(struct sitting *t)
{
    for (size_t i = 0; i < 2; i++) {
        char *bytes = space_read(t->space, sitting_files[i]);
        struct findings findings = { 0 };
        struct err err = { 0 };
        struct buf canonical = { 0 };

        sitting_must(
            doc_format(&doc_layer, sv_from(bytes), sitting_files[i], &canonical, &findings, &err),
            &err);
        assert_string_equal(bytes, buf_cstr(&canonical));
        findings_release(&findings);
        buf_release(&canonical);
        mem_free(bytes);
    }
}

// Some claims are made in one second.
static void set_time(int round)
{
    char now[32];

    snprintf(now, sizeof(now), "2026-11-22T%02d:%02d:00Z", round / 180, round / 3 % 60);
    setenv("GAINSAY_NOW", now, 1);
}

// What is kept in line with each change ranks the sources as a count of all claims does.
static void check_ranks(struct sitting *t)
{
    const struct source *kept[64], *fresh[64];
    size_t count = verbs_rank_sources(t->session, t->blast, SV(""), SV(""), kept, ARRAY_LEN(kept));

    uses_free(t->session->uses);
    t->session->uses = NULL;
    assert_int_equal(
        verbs_rank_sources(t->session, t->blast, SV(""), SV(""), fresh, ARRAY_LEN(fresh)), count);
    for (size_t i = 0; i < count; i++)
        assert_ptr_equal(kept[i], fresh[i]);
}

static void everything_undone_gives_the_first_bytes(void **state)
{
    struct sitting *t = *state;
    struct rng rng;
    char *first = sitting_bytes(t), *last;
    size_t done = 0;
    const char *what;
    struct reading *where;
    struct err err = { 0 };

    sitting_forget(t);
    sitting_reopen(t); // so that the history begins with these files
    rng_init(&rng);
    for (int i = 0; i < ROUNDS; i++) {
        set_time(i);
        done += deeds[next(&rng, ARRAY_LEN(deeds))](t, &rng, &err);
        err_release(&err);
        if (next(&rng, 4) == 0)
            check_ranks(t);
        if (i % 400 == 0) {
            check_saved(t);
            check_canonical(t);
        }
        if (i % 500 == 300)
            sitting_reopen(t);
    }
    assert_true(done > ROUNDS / 3);
    assert_true(session_is_saved(t->session));
    check_saved(t);
    check_canonical(t);
    while (session_undo(t->session, &what, &where, &err))
        continue;
    last = sitting_bytes(t);
    assert_string_equal(first, last);
    err_release(&err);
    mem_free(first);
    mem_free(last);
}

int main(void)
{
    const struct CMUnitTest tests[] = { SITTING(everything_undone_gives_the_first_bytes) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
