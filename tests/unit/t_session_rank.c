// What is offered first: sources, claims of the other article, topics, tags.
#include "sitting.h"

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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
