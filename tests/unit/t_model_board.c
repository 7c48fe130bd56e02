// The dispute board: what weighs how much, how rows are grouped and ordered, what stands alone.
#include "t.h"

#include "model/board.h"

#include "model_edits.h"

#define BLAST "e/blast"
#define FALL  "e/fall"

static const struct claim deaths = { .type = { "quantity", 8 }, .topic = { "deaths", 6 } };
static const struct claim opinion = { .type = { "judgement", 9 }, .topic = { "blame", 5 } };

static void two_articles(struct world *world)
{
    world_layer(world, BLAST, "one two three four five");
    world_layer(world, FALL, "six seven eight nine ten");
}

static struct board make(struct world *world, enum board_order order, const char *text)
{
    struct derived *derived = derive_new(world->list, world->count, scheme_builtin());
    struct query *query = NULL;
    struct board board = { 0 };
    struct err err = { 0 };

    assert_true(!*text || query_parse(sv_from(text), NULL, &query, &err));
    board_make(&(struct board_input){ .layers = world->list,
                                      .count = world->count,
                                      .derived = derived,
                                      .scheme = scheme_builtin(),
                                      .registry = &world->registry,
                                      .query = query },
               order, &board);
    query_free(query);
    derive_free(derived);
    return board;
}

static void t_a_row_has_the_weight_of_what_differs(void **state)
{
    static const struct {
        const char *type, *point;
        bool strict;
        enum board_weight weight;
    } cases[] = {
        { "contradicts", "place", true, BOARD_STRICT },
        { "differs", "number", false, BOARD_NUMBER },
        { "contradicts", "place", false, BOARD_SCENE },
        { "differs", "time", false, BOARD_SCENE },
        { "differs", "sequence", false, BOARD_SCENE },
        { "contradicts", "actor", false, BOARD_ACTOR },
        { "undercuts", "cause", false, BOARD_DISPUTE },
        { "contradicts", NULL, false, BOARD_DISPUTE },
        { "reframes", "number", false, BOARD_REFRAMING },
        { "qualifies", NULL, true, BOARD_REFRAMING },
        { "corroborates", "number", false, BOARD_AGREEMENT },
        { "repeats", NULL, false, BOARD_AGREEMENT },
        { "omits", NULL, false, BOARD_ALONE },
    };
    struct world *world = *state;
    struct link *link;

    two_articles(world);
    world_claim(world, 0, "c00000a1", 0, 3, deaths);
    world_claim(world, 1, "c00000b1", 0, 3, deaths);
    link = world_link(world, 0, "l0000001", "c00000a1", FALL, "c00000b1", "differs");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        link->type = sv_from(cases[i].type);
        link->point = sv_from(cases[i].point);
        link->strict = cases[i].strict;

        struct board board = make(world, BOARD_BY_TOPIC, "");

        assert_int_equal(board.count, cases[i].weight == BOARD_ALONE ? 2 : 1);
        assert_int_equal(board.rows[0].weight, cases[i].weight);
        assert_ptr_equal(board.rows[0].link, link);
        board_release(&board);
    }
}

static void t_one_speaker_of_both_weighs_more_than_two(void **state)
{
    struct world *world = *state;
    struct claim *near, *far;
    struct voice *outer;
    struct board board;

    two_articles(world);
    world_source(world, "dar", (struct source){ .merged = world_strs(world, "ishaq-dar") });
    near = world_claim(world, 0, "c00000a1", 0, 3, opinion);
    far = world_claim(world, 1, "c00000b1", 0, 3, opinion);
    world_link(world, 1, "l0000001", "c00000b1", BLAST, "c00000a1", "contradicts");
    near->attributed_to = world_list(world, world_voice(world, "dar", "asserts"));
    outer = world_voice(world, "local-media", "reports");
    outer->citing = world_voice(world, "ishaq-dar", "asserts");
    far->attributed_to = world_list(world, outer);
    board = make(world, BOARD_BY_TOPIC, "");
    assert_int_equal(board.rows[0].weight, BOARD_SPEAKER);
    assert_true(board.rows[0].is_turned);
    assert_ptr_equal(board.rows[0].left.claim, near);
    assert_ptr_equal(board.rows[0].right.claim, far);
    board_release(&board);
    outer->citing = NULL;
    board = make(world, BOARD_BY_TOPIC, "");
    assert_int_equal(board.rows[0].weight, BOARD_DISPUTE);
    board_release(&board);
}

static void t_claims_of_weight_without_counterpart_stand_alone(void **state)
{
    struct world *world = *state;
    struct claim *again;
    struct board board;

    two_articles(world);
    world_claim(world, 0, "c00000a1", 0, 3, deaths);
    world_claim(world, 1, "c00000b1", 0, 3, deaths);
    world_claim(world, 1, "c00000b2", 4, 9, opinion);
    again = world_claim(world, 1, "c00000b3", 10, 15, deaths);
    again->repeats = world_strs(world, "c00000b1");
    // One within the article is no counterpart.
    world_link(world, 1, "l0000001", "c00000b1", NULL, "c00000b2", "qualifies");
    board = make(world, BOARD_BY_WEIGHT, "");
    assert_int_equal(board.count, 3);
    assert_int_equal(board.rows[0].weight, BOARD_REFRAMING);
    assert_ptr_equal(board.rows[0].left.layer, board.rows[0].right.layer);
    assert_null(board.rows[1].link);
    assert_true(sv_eq_cstr(board.rows[1].left.claim->id, "c00000a1"));
    assert_null(board.rows[1].right.claim);
    assert_true(sv_eq_cstr(board.rows[1].right.article, FALL));
    assert_true(sv_eq_cstr(board.rows[2].right.claim->id, "c00000b1"));
    board_release(&board);
}

static void t_the_topic_with_the_heaviest_row_comes_first(void **state)
{
    struct world *world = *state;
    struct claim place = { .type = SV("place"), .topic = SV("Scène") },
                 none = { .topic = SV("base") };
    struct board board;

    two_articles(world);
    world_claim(world, 0, "c00000a1", 0, 3, opinion);
    world_claim(world, 0, "c00000a2", 4, 7, place);
    world_claim(world, 0, "c00000a3", 8, 13, none);
    world_claim(world, 1, "c00000b1", 0, 3, opinion);
    place.topic = SV("scene"); // the same, folded
    world_claim(world, 1, "c00000b2", 4, 9, place);
    world_link(world, 0, "l0000001", "c00000a1", FALL, "c00000b1", "reframes");
    world_link(world, 0, "l0000002", "c00000a2", FALL, "c00000b2", "contradicts")->strict = true;
    board = make(world, BOARD_BY_TOPIC, "");
    assert_int_equal(board.topic_count, 3);
    assert_true(sv_eq_cstr(board.topics[0].name, "Scène"));
    assert_int_equal(board.topics[0].claims[0], 1);
    assert_int_equal(board.topics[0].claims[1], 1);
    assert_int_equal(board.topics[0].disputes, 1);
    assert_true(sv_eq_cstr(board.topics[1].name, "blame"));
    assert_int_equal(board.topics[1].first, 1);
    assert_true(sv_eq_cstr(board.topics[2].name, "base"));
    assert_int_equal(board.topics[2].count, 0);
    assert_int_equal(board.topics[2].claims[1], 0);
    assert_int_equal(board.count, 2);
    assert_int_equal(board.rows[0].topic, 0);
    board_release(&board);
    board = make(world, BOARD_BY_PLACE, "");
    assert_true(sv_eq_cstr(board.rows[0].link->id, "l0000001"));
    board_release(&board);
}

static void t_a_query_sees_the_link_of_the_row_alone(void **state)
{
    static const struct {
        const char *query;
        size_t rows;
    } cases[] = {
        { "link:differs", 1 },     { "link:reframes", 1 },   { "not link:differs", 1 },
        { "topic:deaths", 2 },     { "article:fall", 2 },    { "id:c00000b2", 1 },
        { "link:contradicts", 0 }, { "\"seven eight\"", 1 }, { "disputed", 2 },
    };
    struct world *world = *state;

    two_articles(world);
    world_claim(world, 0, "c00000a1", 0, 3, deaths);
    world_claim(world, 1, "c00000b1", 0, 3, opinion);
    world_claim(world, 1, "c00000b2", 4, 15, opinion);
    world_link(world, 0, "l0000001", "c00000a1", FALL, "c00000b1", "differs");
    world_link(world, 0, "l0000002", "c00000a1", FALL, "c00000b2", "reframes");
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct board board = make(world, BOARD_BY_TOPIC, cases[i].query);

        assert_int_equal(board.count, cases[i].rows);
        board_release(&board);
    }
}

static void t_values_of_one_thing_stand_against_each_other(void **state)
{
    struct value years = { .what = SV("years"), .number = SV("3") };
    struct value six = { .what = SV("Others killed"), .number = SV("6"), .bound = SV("at-least") };
    struct value five = { .what = SV("others killed"), .number = SV("5") };
    const void *two[] = { &years, &six }, *one[] = { &five }, *other[] = { &years };
    struct claim left = { .values = { two, 2 } }, right = { .values = { one, 1 } };
    struct board_row row = { .left.claim = &left, .right.claim = &right };
    const struct value *a, *b;
    struct buf text = { 0 };

    (void)state;
    assert_true(board_values(&row, &a, &b));
    assert_ptr_equal(a, &six);
    assert_ptr_equal(b, &five);
    value_figure(a, &text);
    assert_string_equal(buf_cstr(&text), "≥ 6");
    buf_release(&text);
    left.values = (struct rec_list){ other, 1 };
    assert_false(board_values(&row, &a, &b)); // years against dead
    row.right.claim = NULL;
    assert_false(board_values(&row, &a, &b));
    assert_ptr_equal(a, &years);
    assert_null(b);
}

static void t_a_link_to_a_missing_claim_is_a_row(void **state)
{
    struct world *world = *state;
    struct board board;

    two_articles(world);
    world_claim(world, 0, "c00000a1", 0, 3, deaths);
    world_link(world, 0, "l0000001", "c00000a1", FALL, "c00000zz", "differs");
    world_link(world, 0, "l0000002", "c00000yy", "e/third", "c00000b1", "differs");
    board = make(world, BOARD_BY_PLACE, "");
    assert_int_equal(board.count, 2);
    assert_null(board.rows[0].right.claim);
    assert_true(sv_eq_cstr(board.rows[0].right.article, FALL));
    assert_null(board.rows[1].left.claim);
    assert_null(board.rows[1].right.layer);
    board_release(&board);
}

// ---- brought up to date

static void assert_same_board(const struct board *a, const struct board *b, size_t layers)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct board_row *x = &a->rows[i], *y = &b->rows[i];

        assert_ptr_equal(x->link, y->link);
        assert_ptr_equal(x->left.claim, y->left.claim);
        assert_ptr_equal(x->right.claim, y->right.claim);
        assert_int_equal(x->weight, y->weight);
        assert_int_equal(x->topic, y->topic);
        assert_int_equal(x->is_turned, y->is_turned);
        assert_int_equal(x->place, y->place);
    }
    assert_int_equal(a->topic_count, b->topic_count);
    for (size_t i = 0; i < a->topic_count; i++) {
        const struct board_topic *x = &a->topics[i], *y = &b->topics[i];

        assert_true(sv_eq(x->name, y->name));
        assert_int_equal(x->first, y->first);
        assert_int_equal(x->count, y->count);
        assert_int_equal(x->links, y->links);
        assert_int_equal(x->disputes, y->disputes);
        assert_memory_equal(x->claims, y->claims, layers * sizeof(*x->claims));
    }
}

static struct board_base *make_base(const struct board_input *in, size_t most)
{
    struct board_base *base = board_base_begin(in);

    while (!board_base_go_on(base, in, most))
        ;
    return base;
}

// With ` or (strict links:>99)` behind it, which holds of no claim, each row asks for itself what
// otherwise the claims are asked once.
static struct query *parse(const char *text, const char *rest)
{
    struct query *query = NULL;
    struct buf buf = { 0 };
    struct err err = { 0 };

    buf_addf(&buf, "(%s)%s", text, rest);
    assert_true(query_parse(buf_sv(&buf), NULL, &query, &err));
    buf_release(&buf);
    return query;
}

// Do both show the same, in every order, with and without a query?
static void assert_same_views(const struct board_base *a, const struct board_base *b,
                              struct board_input in, int turn)
{
    static const char *const texts[] = {
        "contested or type:quantity", "not disputed", "linked",
        "silent or corroborated",     "attributed",   "stance:*",
        "unsourced not repeated",     "source:mayor", "topic:dead"
    };
    const char *text = texts[(size_t)turn % ARRAY_LEN(texts)];
    struct query *query = parse(text, ""), *by_rows = parse(text, " or (strict links:>99)");

    assert_false(query_sees_links(query));
    assert_true(query_sees_links(by_rows));
    for (int i = 0; i < 2 * BOARD_ORDER__N; i++) {
        struct board x = { 0 }, y = { 0 };

        in.query = i % 2 ? query : NULL;
        board_view(a, &in, (enum board_order)(i / 2), &x);
        in.query = i % 2 ? by_rows : NULL;
        board_view(b, &in, (enum board_order)(i / 2), &y);
        assert_same_board(&x, &y, in.count);
        board_release(&x);
        board_release(&y);
    }
    query_free(query);
    query_free(by_rows);
}

static void an_updated_base_is_the_one_made_anew(struct world *world, size_t layers)
{
    static const char *const texts[] = { "one two three four five", "six seven eight nine",
                                         "ten eleven twelve" };
    struct made made = { .seed = 3 + layers };
    struct board_input in = { .layers = world->list,
                              .count = layers,
                              .scheme = scheme_builtin(),
                              .registry = &world->registry };
    struct board_base *base = NULL;
    size_t updated = 0;

    edit_world(world, &made, texts);
    for (int i = 0; i < 600; i++) {
        struct delta deltas[EDITS_MOST];
        size_t count = edit_some(world, &made, deltas);
        struct derived *derived = derive_new(world->list, 3, scheme_builtin());
        struct board_base *anew;

        in.derived = derived;
        anew = make_base(&in, 7);
        if (base && board_base_update(base, &in, deltas, count)) {
            updated++;
        } else {
            board_base_free(base);
            base = make_base(&in, SIZE_MAX);
        }
        assert_same_views(base, anew, in, i);
        board_base_free(anew);
        derive_free(derived);
    }
    assert_int_equal(updated, 599);
    board_base_free(base);
    arena_release(&made.arena);
}

static void t_an_updated_board_is_the_one_made_anew(void **state)
{
    an_updated_base_is_the_one_made_anew(*state, 2);
}

static void t_a_board_of_three_too(void **state)
{
    an_updated_base_is_the_one_made_anew(*state, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(t_a_row_has_the_weight_of_what_differs, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(t_one_speaker_of_both_weighs_more_than_two, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(t_claims_of_weight_without_counterpart_stand_alone,
                                        world_setup, world_teardown),
        cmocka_unit_test_setup_teardown(t_the_topic_with_the_heaviest_row_comes_first, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(t_a_query_sees_the_link_of_the_row_alone, world_setup,
                                        world_teardown),
        cmocka_unit_test(t_values_of_one_thing_stand_against_each_other),
        cmocka_unit_test_setup_teardown(t_a_link_to_a_missing_claim_is_a_row, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(t_an_updated_board_is_the_one_made_anew, world_setup,
                                        world_teardown),
        cmocka_unit_test_setup_teardown(t_a_board_of_three_too, world_setup, world_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
