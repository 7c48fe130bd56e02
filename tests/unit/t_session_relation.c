// Two open articles compared: what is kept, and what the claims and the registry add.
#include "sitting.h"

#include "session/relation.h"

static struct question question_of(struct sitting *t, struct sv claim)
{
    const struct claim *found = layer_claim(&t->blast->file.layer, claim);

    return (struct question){ .reading = t->blast,
                              .claim = found,
                              .span =
                                  article_to_bytes(t->blast->article, parts_extent(found->span)) };
}

static void what_was_compared_is_kept(void **state)
{
    struct sitting *t = *state;
    int side, other_side;
    const struct relate *relate = session_relate(t->session, t->blast, t->fall, &side);

    assert_ptr_equal(session_relate(t->session, t->fall, t->blast, &other_side), relate);
    assert_int_equal(side, !other_side);
    sitting_mark(t, t->blast, "local media");
    assert_ptr_equal(session_relate(t->session, t->blast, t->fall, &side), relate);
    (void)session_clashes(t->session, t->blast, t->fall, &side);
    assert_true(session_has_clashes(t->session, t->fall, t->blast));
}

static void a_topic_weighs_in(void **state)
{
    struct sitting *t = *state;
    struct question question = question_of(t, t->five);
    struct related before[8], after[8];
    size_t count = session_related(t->session, &question, t->fall, before, 8);
    struct err err = { 0 };
    struct buf why = { 0 };

    assert_true(count >= 1);
    sitting_must(
        verb_set_field(t->session, t->blast, SECTION_CLAIMS, t->five, "topic", SV("deaths"), &err),
        &err);
    sitting_must(
        verb_set_field(t->session, t->fall, SECTION_CLAIMS, t->six, "topic", SV("deaths"), &err),
        &err);
    question = question_of(t, t->five);
    assert_true(session_related(t->session, &question, t->fall, after, 8) >= 1);
    assert_true(after[0].score > before[0].score);
    assert_true(byte_spans_overlap(after[0].passage, sitting_span(t->fall, "Six more people")));
    session_related_say(t->session, &question, t->fall, &after[0], 9, &why);
    assert_true(sv_find(buf_sv(&why), SV("the same topic"), 0) != SIZE_MAX);
    buf_release(&why);
}

static void furniture_is_no_counterpart(void **state)
{
    struct sitting *t = *state;
    struct question question = question_of(t, t->five);
    struct related found[8];
    struct byte_span six = sitting_span(t->fall, "Six more people");
    struct err err = { 0 };
    struct sv id;
    size_t count = session_related(t->session, &question, t->fall, found, 8);

    assert_true(count >= 1 && byte_spans_overlap(found[0].passage, six));
    sitting_must(verb_furniture(t->session, t->fall, six, &id, &err), &err);
    count = session_related(t->session, &question, t->fall, found, 8);
    for (size_t i = 0; i < count; i++)
        assert_false(byte_spans_overlap(found[i].passage, six));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITTING(what_was_compared_is_kept),
        SITTING(a_topic_weighs_in),
        SITTING(furniture_is_no_counterpart),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
