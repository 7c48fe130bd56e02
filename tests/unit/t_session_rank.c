// What is offered first: sources, claims of the other article, topics, tags.
#include "sitting.h"

#include "session/inner.h"

static void check_sources(struct sitting *t, struct sv claim, const char *typed, const char *want)
{
    const struct source *found[8];
    size_t count =
        verbs_rank_sources(t->session, t->blast, claim, sv_from(typed), found, ARRAY_LEN(found));
    struct buf got = { 0 };

    for (size_t i = 0; i < count; i++)
        buf_addf(&got, "%s" SV_FMT, i ? " " : "", SV_ARG(found[i]->id));
    if (strcmp(buf_cstr(&got), want) != 0)
        fail_msg("got '%s', not '%s'", buf_cstr(&got), want);
    buf_release(&got);
}

static void sources_named_in_the_sentence_come_first(void **state)
{
    struct sitting *t = *state;

    check_sources(t, t->five, "", "government local-media is"); // "the government confirmed"
    check_sources(t, t->dead, "", "local-media government is"); // "local media said"
    check_sources(t, sitting_mark(t, t->blast, "wrote later"), "", "is local-media government");
}

static void short_names_are_not_found_inside_words(void **state)
{
    struct sitting *t = *state;

    check_sources(t, t->named, "", "local-media government is"); // no "IS" in "Nobody was named"
}

static void the_source_used_last_comes_next(void **state)
{
    struct sitting *t = *state;
    struct new_voice voice = { .source = SV("is") };
    struct err err = { 0 };

    sitting_must(verb_attribute(t->session, t->blast, t->five, &voice, NULL, &err), &err);
    check_sources(t, t->named, "", "is local-media government");
    check_sources(t, t->five, "", "government is local-media");
}

static void typing_filters(void **state)
{
    struct sitting *t = *state;

    check_sources(t, t->named, "gov", "government");
    check_sources(t, t->named, "is", "is");
    check_sources(t, t->named, "xyz", "");
}

static void no_claim_is_fine(void **state)
{
    struct sitting *t = *state;

    check_sources(t, SV(""), "", "local-media government is");
}

static void a_voice_is_proposed_from_the_text(void **state)
{
    static const struct {
        const char *claim, *name, *source, *cue;
    } cases[] = {
        { "Khalil Haqqani died in Kabul", "local media", "local-media", "said" },
        { "Five others died too", "the government", "government", "confirmed" },
        { "It was us,", "IS", "is", "wrote" },
    };
    struct sitting *t = *state;
    const struct article *article = t->blast->article;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct proposed_voice got;

        assert_true(verbs_propose_voice(t->session, t->blast,
                                        sitting_span(t->blast, cases[i].claim), &got));
        assert_true(sv_eq_cstr(article_sub(article, got.name), cases[i].name));
        assert_true(sv_eq(got.source, sv_from(cases[i].source)));
        assert_true(sv_eq_cstr(article_sub(article, got.cue), cases[i].cue));
    }
}

static void at_most_as_many_as_asked(void **state)
{
    struct sitting *t = *state;
    const struct source *found[1];

    assert_int_equal(verbs_rank_sources(t->session, t->blast, t->dead, SV(""), found, 1), 1);
}

static void topics_and_tags_most_used_first(void **state)
{
    struct sitting *t = *state;
    struct session *s = t->session;
    struct sv found[4];
    struct err err = { 0 };

    sitting_must(verb_set_field(s, t->blast, SECTION_CLAIMS, t->dead, "topic", SV("who"), &err),
                 &err);
    sitting_must(verb_set_field(s, t->blast, SECTION_CLAIMS, t->five, "topic", SV("deaths"), &err),
                 &err);
    sitting_must(verb_set_field(s, t->fall, SECTION_CLAIMS, t->six, "topic", SV("deaths"), &err),
                 &err);
    sitting_must(verb_set_field(s, t->fall, SECTION_CLAIMS, t->six, "tags", SV("b, a"), &err),
                 &err);

    assert_int_equal(verbs_topics(s, SV(""), found, 4), 2);
    assert_true(sv_eq(found[0], SV("deaths")));
    assert_int_equal(verbs_topics(s, SV("W"), found, 4), 1);
    assert_true(sv_eq(found[0], SV("who")));
    assert_int_equal(verbs_tags(s, SV(""), found, 1), 1);
    assert_true(sv_eq(found[0], SV("a")));
}

// ---- kept in line with each change

struct world {
    struct sitting *t;
    struct rng rng;
    struct sv sources[8];
};

static size_t chance(struct world *w, uint64_t below)
{
    return (size_t)rng_next(&w->rng) % below;
}

static struct sv any_claim(struct world *w, const struct reading *r)
{
    size_t count = r->file.layer.sections[SECTION_CLAIMS].count;

    return count ? ((const struct record *)r->file.layer.sections[SECTION_CLAIMS]
                        .items[chance(w, count)])
                       ->id
                 : SV("");
}

static void do_any(struct world *w)
{
    struct session *s = w->t->session;
    struct reading *r = chance(w, 3) ? w->t->blast : w->t->fall;
    size_t of = ARRAY_LEN(w->sources) / (r == w->t->blast ? 2 : 1); // some are not used here
    struct new_voice voice = { .source = w->sources[chance(w, of)] };
    size_t len = article_cp_len(r->article), beg = chance(w, len - 9), inside = 0;
    struct byte_span span = article_to_bytes(r->article, (struct cp_span){ beg, beg + 5 });
    struct err err = { 0 };
    const char *what;
    struct reading *where;
    struct sv id;

    switch (chance(w, 9)) {
    case 0:
    case 1:
        (void)!verb_mark(s, r, &span, 1, &id, &err);
        break;
    case 2:
    case 3:
        (void)!verb_attribute(s, r, any_claim(w, r), &voice, chance(w, 3) ? NULL : &inside, &err);
        break;
    case 4:
        (void)!verb_contest(s, r, any_claim(w, r), &err);
        break;
    case 5:
        (void)!verb_drop_voice(s, r, any_claim(w, r), 0, 0, &err);
        break;
    case 6:
        (void)!verb_set_span(s, r, any_claim(w, r), &span, 1, &err);
        break;
    case 7:
        (void)!(chance(w, 2) ? session_undo : session_redo)(s, &what, &where, &err);
        break;
    default:
        (void)!(chance(w, 3) ? verb_repeat_voice(s, r, any_claim(w, r), &err)
                             : verb_delete(s, r, any_claim(w, r), &err));
    }
    err_release(&err);
}

static size_t rank(struct sitting *t, const struct source **out, size_t max)
{
    return verbs_rank_sources(t->session, t->blast, SV(""), SV(""), out, max);
}

// A count that is kept in line ranks as one of all claims does. *kept: how often it may have been.
static void check_kept(struct sitting *t, size_t *kept)
{
    const struct source *now[32], *fresh[32];
    const struct uses *before = t->session->uses;

    t->session->used_count = 0; // what was given in this sitting would come before all

    size_t count = rank(t, now, ARRAY_LEN(now));
    struct uses *held = t->session->uses; // not given back: the next one has another address

    *kept += held == before;
    t->session->uses = NULL;
    assert_int_equal(rank(t, fresh, ARRAY_LEN(fresh)), count);
    for (size_t i = 0; i < count; i++)
        assert_ptr_equal(now[i], fresh[i]);
    uses_free(t->session->uses);
    t->session->uses = held;
}

static void changes_are_followed(void **state)
{
    struct world w = { .t = *state };
    char text[32];
    size_t kept = 0;
    struct err err = { 0 };

    rng_init(&w.rng);
    for (size_t i = 0; i < ARRAY_LEN(w.sources); i++) {
        snprintf(text, sizeof(text), "Source %d", (int)i);
        sitting_must(verb_new_source(w.t->session, sv_from(text), SV(""), &w.sources[i], &err),
                     &err);
    }
    for (int i = 0; i < 400; i++) {
        snprintf(text, sizeof(text), "2026-12-01T10:%02d:%02dZ", i / 60,
                 i > 300 ? i % 60 / 3 : i % 60);
        setenv("GAINSAY_NOW", text, 1);
        do_any(&w);
        check_kept(w.t, &kept);
    }
    assert_true(kept > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITTING(sources_named_in_the_sentence_come_first),
        SITTING(short_names_are_not_found_inside_words),
        SITTING(the_source_used_last_comes_next),
        SITTING(typing_filters),
        SITTING(no_claim_is_fine),
        SITTING(a_voice_is_proposed_from_the_text),
        SITTING(at_most_as_many_as_asked),
        SITTING(topics_and_tags_most_used_first),
        SITTING(changes_are_followed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
