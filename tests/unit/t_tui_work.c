// The work left in a text too long to be looked through while a key waits.
#include "app_world.h"

#define LINE       "Nobody has said a word of what went on, and all are still at work.\n"
#define LINES      2000 // 134 kB
#define STEPS_MOST 100

// In place of the short ones.
static void open_long(struct app_world *world)
{
    struct buf text = { 0 };
    struct err err = { 0 };
    struct reading *reading;

    for (int i = 0; i < LINES; i++)
        buf_add_cstr(&text, LINE);
    world_write(world->dir, "corpus/e/b.txt", buf_cstr(&text));
    buf_release(&text);
    app_free(world->app);
    session_free(world->session);
    assert_true(session_new(&world->ws, SV("ben"), &world->session, &err));
    assert_true(session_open(world->session, SV("e/b"), &reading, &err));
    world->app = app_new(world->session, reading, NULL, 0, 0);
}

static int rest(struct app_world *world)
{
    struct app *app = world->app;
    int steps = 0;

    for (; app_wants_rest(app) && steps < STEPS_MOST; steps++)
        app_event(app, &(struct event){ .type = EVENT_REST });
    return steps;
}

static void a_long_text_is_looked_through_at_rest(void **state)
{
    struct app_world *world = *state;
    int steps;

    open_long(world);
    type_text(world, "gw");
    assert_true(shows(world, "work left  0 so far  0% of the text read"));
    assert_false(shows(world, "nothing is left"));
    assert_true(app_is_behind(world->app));
    for (int i = 0; i < 4; i++) // records of both articles, two stretches of the long one
        app_event(world->app, &(struct event){ .type = EVENT_REST });
    assert_true(shows(world, "so far  12% of the text read"));

    steps = rest(world);
    assert_true(steps > 2 && steps < STEPS_MOST);
    assert_true(shows(world, " b  2000 left  0% covered"));
    assert_false(app_is_behind(world->app));
}

// What is mended goes at once, and the row that was chosen stays.
static void what_is_mended_goes_at_once(void **state)
{
    struct app_world *world = *state;

    open_long(world);
    type_text(world, "gw");
    (void)rest(world);
    type_text(world, "jF");
    assert_true(shows(world, " b  1999 left  "));
    assert_false(app_is_behind(world->app));
}

// A list that is left before all is found, and one taken up again.
static void a_list_is_left_before_its_end(void **state)
{
    struct app_world *world = *state;

    open_long(world);
    type_text(world, "gw");
    app_event(world->app, &(struct event){ .type = EVENT_REST });
    type_text(world, "q");
    assert_false(app_is_behind(world->app));
    type_text(world, "gwj");
    assert_true(app_is_behind(world->app));
    (void)rest(world);
    assert_true(shows(world, " b  2000 left  0% covered"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_long_text_is_looked_through_at_rest, app_world_setup,
                                        app_world_teardown),
        cmocka_unit_test_setup_teardown(what_is_mended_goes_at_once, app_world_setup,
                                        app_world_teardown),
        cmocka_unit_test_setup_teardown(a_list_is_left_before_its_end, app_world_setup,
                                        app_world_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
