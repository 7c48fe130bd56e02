// Matches of a text too long to be counted while a key waits.
#include "app_world.h"

#include "tui/counting.h"

#define LINE       "A needle lies in a hay stack that nobody has looked through since.\n"
#define MATCHES    80000 // one a line; 5.3 MB
#define STEPS_MOST 100

static struct app *open_long(struct app_world *world, struct session **session)
{
    struct buf text = { 0 };
    struct err err = { 0 };
    struct reading *reading;

    for (int i = 0; i < MATCHES; i++)
        buf_add_cstr(&text, LINE);
    assert_true(text.len > COUNTING_BYTES);
    world_write(world->dir, "corpus/e/b.txt", buf_cstr(&text));
    buf_release(&text);
    assert_true(session_new(&world->ws, SV("ben"), session, &err));
    assert_true(session_open(*session, SV("e/b"), &reading, &err));
    return app_new(*session, reading, NULL, 0, 0);
}

static void rest(struct app *app)
{
    app_event(app, &(struct event){ .type = EVENT_REST });
}

static void a_long_text_is_counted_at_rest(void **state)
{
    struct session *session;
    struct app *app = open_long(*state, &session);
    int steps = 0;

    type_to(app, "/needle\n");
    assert_int_equal(app->match_count, 0);
    assert_false(app_is_resting(app));
    rest(app);
    assert_true(app_is_resting(app));
    assert_true(app_wants_rest(app));
    assert_int_equal(app->match_count, 0);
    type_to(app, "n"); // begins again
    assert_false(app_is_resting(app));
    for (; app_wants_rest(app) && steps < STEPS_MOST; steps++)
        rest(app);

    assert_true(steps > 2 && steps < STEPS_MOST);
    assert_int_equal(app->match_count, MATCHES);
    assert_int_equal(app->match_index, 2);
    app_free(app);
    session_free(session);
}

static void what_is_no_longer_searched_is_no_longer_counted(void **state)
{
    struct session *session;
    struct app *app = open_long(*state, &session);

    type_to(app, "/needle\n");
    rest(app);
    type_to(app, "/nobody here\n");
    rest(app); // after a motion, if it was one
    assert_int_equal(app->match_count, 0);
    assert_false(app_wants_rest(app));
    type_to(app, "/needle\n");
    assert_true(app_wants_rest(app));
    type_to(app, "g/");
    rest(app);
    assert_false(app_wants_rest(app));
    app_free(app);
    session_free(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_long_text_is_counted_at_rest, app_world_setup,
                                        app_world_teardown),
        cmocka_unit_test_setup_teardown(what_is_no_longer_searched_is_no_longer_counted,
                                        app_world_setup, app_world_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
