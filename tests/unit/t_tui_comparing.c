// Commands that need two articles compared that are too long for a key to wait.
#include "app_world.h"

#include "session/relation.h"

#define STEPS_MOST 1000

static bool says(const struct app *app, const char *words)
{
    return sv_find(buf_sv(&app->message), sv_from(words), 0) != SIZE_MAX;
}

static void it_is_said_at_once_and_done_at_rest(void **state)
{
    struct session *session;
    struct app *app = long_app(*state, RELATION_QUICK, &session);
    int steps = 0;

    assert_false(app_wants_rest(app));
    type_to(app, "#");
    assert_true(says(app, "comparing with b"));
    assert_true(app_wants_rest(app) && app_is_resting(app) && app_is_behind(app));
    for (; app_wants_rest(app) && steps < STEPS_MOST; steps++) {
        assert_true(says(app, "comparing with b"));
        app_event(app, &(struct event){ .type = EVENT_REST });
    }
    assert_true(steps > 4 && steps < STEPS_MOST);
    assert_true(says(app, "clash 1 of"));
    type_to(app, "#"); // it is known by now
    assert_false(app_wants_rest(app));
    assert_true(says(app, "clash 2 of"));
    app_free(app);
    session_free(session);
}

static void the_next_key_is_for_what_it_shows(void **state)
{
    struct session *session;
    struct app *app = long_app(*state, RELATION_QUICK, &session);

    type_to(app, "g=");
    assert_null(app->top);
    app_event(app, &(struct event){ .type = EVENT_REST });
    type_to(app, "\n"); // in the list
    assert_null(app->top);
    assert_false(app_wants_rest(app));
    assert_int_equal(app->focus, PANE_OTHER);
    app_free(app);
    session_free(session);
}

static void escape_leaves_it_and_nothing_else(void **state)
{
    struct session *session;
    struct app *app = long_app(*state, RELATION_QUICK, &session);

    type_to(app, "vwwx");
    assert_true(says(app, "comparing with b"));
    app_event(app, &(struct event){ .type = EVENT_REST });
    type_to(app, "\033");
    assert_false(app_wants_rest(app));
    assert_int_equal(app->message.len, 0);
    assert_true(app->views[0].has_selection);
    assert_null(app->choosing.prompt);
    type_to(app, "x"); // goes on from there
    assert_true(app_wants_rest(app));
    while (app_wants_rest(app))
        app_event(app, &(struct event){ .type = EVENT_REST });
    assert_non_null(app->choosing.prompt);
    app_free(app);
    session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_said_at_once_and_done_at_rest, app_world_setup,
                                        app_world_teardown),
        cmocka_unit_test_setup_teardown(the_next_key_is_for_what_it_shows, app_world_setup,
                                        app_world_teardown),
        cmocka_unit_test_setup_teardown(escape_leaves_it_and_nothing_else, app_world_setup,
                                        app_world_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
