// How the panes stand, from one sitting to the next.
#include "app_world.h"

#include "tui/looks.h"

static void looks_of(const struct app_world *world, struct buf *out)
{
    buf_clear(out);
    looks_get(world->app, out);
}

static void what_is_as_at_first_has_no_word(void **state)
{
    struct app_world *world = *state;
    struct buf words = { 0 };

    looks_of(world, &words);
    assert_int_equal(words.len, 0);
    press(world, "| gb gb | gC gC");
    looks_of(world, &words);
    assert_int_equal(words.len, 0);
    buf_release(&words);
}

static void the_next_sitting_begins_as_the_last_ended(void **state)
{
    struct app_world *world = *state;
    struct buf words = { 0 }, again = { 0 };

    press(world, "| gb gC gm");
    looks_of(world, &words);
    assert_string_equal(buf_cstr(&words), "beside loose plain sidebar");
    app_free(world->app);
    world->app = app_new(world->session, world->a, world->b, 0, 0);
    looks_set(world->app, buf_sv(&words));
    looks_of(world, &again);
    assert_string_equal(buf_cstr(&again), buf_cstr(&words));
    assert_true(world->app->is_beside && world->app->list && !world->app->is_bound);
    (void)screen(world); // it can be drawn
    buf_release(&words);
    buf_release(&again);
}

static void unknown_words_are_passed_over(void **state)
{
    struct app_world *world = *state;
    struct buf words = { 0 };

    looks_set(world->app, SV("upside-down  beside \tplain loose"));
    looks_of(world, &words);
    assert_string_equal(buf_cstr(&words), "beside loose");
    buf_release(&words);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, app_world_setup, app_world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_as_at_first_has_no_word),
        TEST(the_next_sitting_begins_as_the_last_ended),
        TEST(unknown_words_are_passed_over),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
