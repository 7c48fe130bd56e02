// Reports: what is counted, named and left out; the same records give the same bytes wherever they
// lie in memory.
#include "t.h"

#include <string.h>

#include "exchange/report_data.h"

#include "model_world.h"

#define ONE "e/one"
#define TWO "e/two"

static const struct claim plain = { .type = { "event", 5 }, .topic = { "deaths", 6 } };

// A report on the first layers of a world, each of a text of its own, by one annotator.
struct desk {
    struct world *world;
    struct meta meta;
    struct team team;
    struct report_text texts[WORLD_LAYERS];
    struct anchors *anchors[WORLD_LAYERS];
    struct report_reading readings[2];
    struct report_input in;
};

static struct report *open_desk(struct world *world, struct desk *desk)
{
    *desk = (struct desk){ .world = world };
    for (size_t i = 0; i < world->count; i++) {
        struct article *article = article_new(sv_from(world->texts[i]));

        desk->texts[i] =
            (struct report_text){ world->layers[i].head.article, &desk->meta, article, NULL };
        desk->anchors[i] = anchors_new(article);
    }
    desk->readings[0] =
        (struct report_reading){ SV("ana"), world->list, NULL, desk->anchors, true, false };
    desk->in = (struct report_input){ .event = SV("e"),
                                      .texts = desk->texts,
                                      .text_count = world->count,
                                      .readings = desk->readings,
                                      .reading_count = 1,
                                      .scheme = scheme_builtin(),
                                      .registry = &world->registry,
                                      .team = &desk->team };
    return report_new(&desk->in);
}

static void close_desk(struct desk *desk, struct report *report)
{
    report_free(report);
    for (size_t i = 0; i < desk->world->count; i++) {
        anchors_free(desk->anchors[i]);
        article_free(desk->texts[i].article);
    }
}

static void two_articles(struct world *world)
{
    world_layer(world, ONE, "one two three four five\n\nsix seven eight\n");
    world_layer(world, TWO, "nine ten eleven twelve\n");
}

static bool says(const struct buf *text, const char *what)
{
    return strstr(buf_cstr(text), what) != NULL;
}

static void articles_are_lettered_past_z(void **state)
{
    static const struct {
        size_t text;
        const char *want;
    } cases[] = {
        { 0, "A" }, { 25, "Z" }, { 26, "AA" }, { 27, "AB" }, { 701, "ZZ" }, { 702, "AAA" }
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct buf out = { 0 };

        add_letter(cases[i].text, &out);
        assert_string_equal(buf_cstr(&out), cases[i].want);
        buf_release(&out);
    }
}

static void links_are_told_by_what_they_join(void **state)
{
    struct world *world = *state;
    struct desk desk;

    two_articles(world);
    world_claim(world, 0, "c00000a1", 0, 3, plain);
    world_claim(world, 0, "c00000a2", 4, 7, plain);
    world_claim(world, 0, "c00000a3", 8, 13, plain);
    world_claim(world, 1, "c00000b1", 0, 4, plain);
    world_link(world, 0, "l0000001", "c00000a1", TWO, "c00000b1", "contradicts");
    world_link(world, 0, "l0000002", "c00000a2", TWO, NULL, "omits");
    world_link(world, 0, "l0000003", "c00000a2", TWO, "c0000000", "contradicts");

    struct report *report = open_desk(world, &desk);
    const struct reading *reading = &report->readings[0];
    struct report_counts counts = report_count(report);
    struct buf out = { 0 };

    assert_int_equal(reading->row_counts[ROW_LINK], 1);
    assert_int_equal(reading->row_counts[ROW_SILENT], 1);
    assert_int_equal(reading->row_counts[ROW_BROKEN], 1);
    assert_int_equal(reading->row_counts[ROW_ALONE], 1);
    assert_int_equal(counts.claims, 4);
    assert_int_equal(counts.links, 2);
    assert_int_equal(counts.disputes, 1);
    assert_true(reading->exhibits[2].is_alone && !reading->exhibits[0].is_alone);
    report_html(report, &out);
    assert_true(says(&out, "claims that are not there:"));
    assert_true(says(&out, "id=\"l-l0000003\""));
    close_desk(&desk, report);
    buf_release(&out);
}

static void claims_that_cross_keep_every_word(void **state)
{
    struct world *world = *state;
    struct claim *split;
    struct desk desk;

    two_articles(world);
    world_claim(world, 0, "c00000a1", 0, 13, plain);
    world_claim(world, 0, "c00000a2", 4, 18, plain);
    split = world_claim(world, 0, "c00000a3", 4, 7, plain);

    const void *parts[] = { world_part(world, 0, 4, 7), world_part(world, 0, 19, 23) };

    split->span = (struct rec_list){ parts, 2 };

    struct report *report = open_desk(world, &desk);
    struct buf out = { 0 };

    report_html(report, &out);
    assert_true(says(&out, "data-c=\"c00000a1\">one </mark>"));
    assert_true(says(&out, "data-c=\"c00000a1 c00000a2 c00000a3\">two</mark>"));
    assert_true(says(&out, "data-c=\"c00000a1 c00000a2\"> three</mark>"));
    assert_true(says(&out, "data-c=\"c00000a2\"> four</mark> <a"));
    assert_true(says(&out, ">…3</a><mark class=\"m\" data-c=\"c00000a3\">five</mark>"));
    assert_true(says(&out, "code points 4–7 and 19–23, line 1"));
    close_desk(&desk, report);
    buf_release(&out);
}

static void words_that_are_gone_are_said_to_be(void **state)
{
    struct world *world = *state;
    struct desk desk;

    two_articles(world);
    world_claim(world, 0, "c00000a1", 0, 3, plain);
    world->texts[0] = "quite another text\n";

    struct report *report = open_desk(world, &desk);
    struct buf out = { 0 };

    assert_int_equal(report_count(report).lost, 1);
    report_html(report, &out);
    assert_true(says(&out, "not in the text as it is now"));
    assert_false(says(&out, "id=\"t-c00000a1\""));
    assert_false(says(&out, "href=\"#t-c00000a1\""));
    close_desk(&desk, report);
    buf_release(&out);
}

static void fill(struct world *world, bool is_other_way)
{
    two_articles(world);
    for (size_t i = 0; i < 6; i++) {
        size_t n = is_other_way ? 5 - i : i;
        char *id = arena_copy(&world->arena, "c00000a0", 8);
        struct claim *claim;

        if (is_other_way) // other places in memory
            id = arena_copy(&world->arena, arena_new(&world->arena, 1000 * (i + 1)), 8);
        memcpy(id, "c00000a", 7);
        id[7] = (char)('0' + n);
        claim = world_claim(world, n % 2, id, n, n + 4, plain);
        claim->attributed_to =
            world_list(world, world_voice(world, n % 3 ? "mayor" : "police", "reports"));
    }
    world_link(world, 0, "l0000001", "c00000a0", TWO, "c00000a1", "contradicts");
    world_link(world, 0, "l0000002", "c00000a2", TWO, "c00000a3", "differs");
}

static void the_same_records_give_the_same_bytes(void **state)
{
    struct buf html[2] = { { 0 } }, markdown[2] = { { 0 } };

    (void)state;
    for (int i = 0; i < 2; i++) {
        struct world *world;
        struct desk desk;

        world_setup((void **)&world);
        fill(world, i);

        struct report *report = open_desk(world, &desk);

        report_html(report, &html[i]);
        report_markdown(report, &markdown[i]);
        close_desk(&desk, report);
        world_teardown((void **)&world);
    }
    assert_string_equal(buf_cstr(&html[0]), buf_cstr(&html[1]));
    assert_string_equal(buf_cstr(&markdown[0]), buf_cstr(&markdown[1]));
    for (int i = 0; i < 2; i++) {
        buf_release(&html[i]);
        buf_release(&markdown[i]);
    }
}

static void readers_agree_with_readers_alone(void **state)
{
    static const struct {
        bool is_adjudicated;
        size_t raters;
    } cases[] = { { false, 2 }, { true, 0 } };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct world *world;
        struct desk desk;

        world_setup((void **)&world);
        fill(world, false);

        struct report *report = open_desk(world, &desk);

        report_free(report);
        desk.readings[1] = desk.readings[0];
        desk.readings[1].annotator = SV("other");
        desk.readings[1].is_shown = false;
        desk.readings[1].is_adjudicated = cases[i].is_adjudicated;
        desk.in.reading_count = 2;
        report = report_new(&desk.in);
        assert_int_equal(report->agreement.raters, cases[i].raters);
        assert_int_equal(report->reading_count, 1);
        close_desk(&desk, report);
        world_teardown((void **)&world);
    }
}

static void nothing_marked_is_a_report_too(void **state)
{
    struct world *world = *state;
    struct desk desk;

    two_articles(world);

    struct report *report = open_desk(world, &desk);
    struct buf out = { 0 };

    report_html(report, &out);
    report_markdown(report, &out);
    assert_true(says(&out, "No two claims are linked."));
    assert_true(says(&out, "No claim is marked."));
    close_desk(&desk, report);
    buf_release(&out);
}

#define WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(articles_are_lettered_past_z),
        WORLD(links_are_told_by_what_they_join),
        WORLD(claims_that_cross_keep_every_word),
        WORLD(words_that_are_gone_are_said_to_be),
        cmocka_unit_test(the_same_records_give_the_same_bytes),
        cmocka_unit_test(readers_agree_with_readers_alone),
        WORLD(nothing_marked_is_a_report_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
