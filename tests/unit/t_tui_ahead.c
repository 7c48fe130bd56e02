// What the next keys may ask for, made ready at rest.
#include "app_world.h"

#include "session/relation.h"
#include "tui/ahead.h"

#define STEPS_MOST 5000

static void make_ready(struct app *app)
{
    int steps = 0;

    for (; ahead_is_due(app) && steps < STEPS_MOST; steps++)
        ahead_go_on(app);
    assert_true(steps < STEPS_MOST);
}

// The roles of the screen: what is marked in the texts shows there alone.
static void draw(struct app_world *world, struct app *app, struct buf *out)
{
    app_event(app, &(struct event){ .type = EVENT_RESIZE, .rows = 24, .cols = 80 });
    app_draw(app, &world->grid);
    buf_clear(out);
    for (int row = 0; row < world->grid.rows; row++)
        grid_row_roles(&world->grid, row, out);
}

static void nothing_is_due_for_who_reads_alone(void **state)
{
    struct session *session;
    struct app *app = long_app(*state, 100, &session);

    assert_false(ahead_is_due(app));
    type_to(app, "C");
    assert_true(ahead_is_due(app));
    app_free(app);
    session_free(session);
}

static void nothing_is_due_of_vast_texts(void **state)
{
    struct session *session;
    struct app *app = long_app(*state, AHEAD_BYTES, &session);

    type_to(app, "C");
    assert_false(ahead_is_due(app));
    app_free(app);
    session_free(session);
}

static void the_articles_are_compared_before_a_key_asks(void **state)
{
    struct session *session;
    struct app *app = long_app(*state, RELATION_QUICK, &session);

    type_to(app, "C");
    make_ready(app);
    type_to(app, "#");
    assert_false(app_wants_rest(app));
    assert_true(sv_find(buf_sv(&app->message), SV("clash 1 of"), 0) != SIZE_MAX);
    app_free(app);
    session_free(session);
}

static void the_list_is_whole_when_it_opens(void **state)
{
    struct session *session;
    struct app *app = long_app(*state, RELATION_QUICK, &session);
    struct buf screen = { 0 };

    for (int i = 0; i < 2; i++) { // what is kept follows a change
        type_to(app, ")C");
        assert_true(ahead_is_due(app));
        make_ready(app);
        type_to(app, "gw");
        draw(*state, app, &screen);
        assert_false(app_is_behind(app));
        type_to(app, "q");
    }
    buf_release(&screen);
    app_free(app);
    session_free(session);
}

static void nothing_that_is_seen_changes(void **state)
{
    struct session *session;
    struct app *app = long_app(*state, RELATION_QUICK, &session);
    struct buf before = { 0 }, after = { 0 };

    type_to(app, "C");
    draw(*state, app, &before);
    make_ready(app);
    assert_false(app_is_behind(app));
    draw(*state, app, &after);
    assert_string_equal(buf_cstr(&before), buf_cstr(&after));
    buf_release(&before);
    buf_release(&after);
    app_free(app);
    session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_due_for_who_reads_alone, app_world_setup,
                                        app_world_teardown),
        cmocka_unit_test_setup_teardown(nothing_is_due_of_vast_texts, app_world_setup,
                                        app_world_teardown),
        cmocka_unit_test_setup_teardown(the_articles_are_compared_before_a_key_asks,
                                        app_world_setup, app_world_teardown),
        cmocka_unit_test_setup_teardown(the_list_is_whole_when_it_opens, app_world_setup,
                                        app_world_teardown),
        cmocka_unit_test_setup_teardown(nothing_that_is_seen_changes, app_world_setup,
                                        app_world_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
