// Two articles that go together: in step side by side, by the links anywhere, never against a
// selection. The texts are numbered lines, so that a place on the screen can be read off it.
#define TEN(word, d)                                                                               \
    word d "0\n" word d "1\n" word d "2\n" word d "3\n" word d "4\n" word d "5\n" word d           \
           "6\n" word d "7\n" word d "8\n" word d "9\n"
#define HUNDRED(word)                                                                              \
    TEN(word, "0")                                                                                 \
    TEN(word, "1")                                                                                 \
    TEN(word, "2")                                                                                 \
    TEN(word, "3")                                                                                 \
    TEN(word, "4") TEN(word, "5") TEN(word, "6") TEN(word, "7") TEN(word, "8") TEN(word, "9")
#define WORLD_A HUNDRED("alpha ")
#define WORLD_B HUNDRED("beta ")
#include "app_world.h"

#include "base/attr.h"
#include "tui/layout.h"

static void resize(struct app_world *world, int rows, int cols)
{
    app_event(world->app, &(struct event){ .type = EVENT_RESIZE, .rows = rows, .cols = cols });
    grid_release(&world->grid);
    grid_init(&world->grid, rows, cols);
}

// Number of the line a byte of the view's article stands on.
static int line_at(const struct view *view, size_t pos)
{
    struct sv text = article_bytes(view->reading->article);
    int count = 0;

    for (size_t i = 0; i < pos; i++)
        count += text.ptr[i] == '\n';
    return count;
}

static int top_line(const struct app_world *world, enum pane pane)
{
    return line_at(&world->app->views[pane], world->app->views[pane].top);
}

static int cursor_line(const struct app_world *world, enum pane pane)
{
    return line_at(&world->app->views[pane], world->app->views[pane].cursor);
}

static void link_lines(struct app_world *world, const char *a, const char *b)
{
    const struct new_link link = { .type = SV("differs") };
    struct byte_span span;
    struct err err = { 0 };
    struct sv from, to, id;

    span.beg = sv_find(article_bytes(world->a->article), sv_from(a), 0);
    span.end = span.beg + strlen(a);
    assert_true(verb_mark(world->session, world->a, &span, 1, &from, &err));
    span.beg = sv_find(article_bytes(world->b->article), sv_from(b), 0);
    span.end = span.beg + strlen(b);
    assert_true(verb_mark(world->session, world->b, &span, 1, &to, &err));
    assert_true(verb_link(world->session, world->a, from, world->b, to, &link, &id, &err));
}

static void side_by_side_both_scroll_in_step(void **state)
{
    struct app_world *world = *state;

    resize(world, 40, 120);
    press(world, "5 <C-e>");
    assert_int_equal(top_line(world, PANE_ARTICLE), 5);
    assert_int_equal(top_line(world, PANE_OTHER), 0); // stacked: each alone
    press(world, "5 <C-y> |");
    press(world, "5 <C-e>");
    assert_int_equal(top_line(world, PANE_OTHER), 5);
    press(world, "<Space>");
    assert_int_equal(top_line(world, PANE_OTHER), top_line(world, PANE_ARTICLE));
    press(world, "<Tab> 3 <C-y>");
    assert_int_equal(top_line(world, PANE_OTHER), top_line(world, PANE_ARTICLE));
}

static void unbound_each_scrolls_alone(void **state)
{
    struct app_world *world = *state;

    resize(world, 40, 120);
    link_lines(world, "alpha 60", "beta 20");
    press(world, "| gb 5 <C-e>");
    assert_int_equal(top_line(world, PANE_OTHER), 0);
    at(world, "alpha 60");
    press(world, "l");
    assert_int_equal(cursor_line(world, PANE_OTHER), 0);
    press(world, "gb");
    at(world, "alpha 60");
    press(world, "l");
    assert_int_equal(cursor_line(world, PANE_OTHER), 20);
}

static void a_selection_stays_while_the_other_moves(void **state)
{
    struct app_world *world = *state;
    const struct view *other = &world->app->views[PANE_OTHER];
    struct byte_span before, after;

    resize(world, 40, 120);
    link_lines(world, "alpha 60", "beta 80");
    press(world, "| <Tab> jj v 3l <Tab>");
    assert_true(view_selection(other, &before));
    press(world, "<Space> <Space> 10 <C-e>");
    at(world, "alpha 60");
    press(world, "l");
    assert_true(view_selection(other, &after));
    assert_int_equal(after.beg, before.beg);
    assert_int_equal(after.end, before.end);
    assert_int_equal(top_line(world, PANE_OTHER), 0);
}

static void counterparts_come_to_the_same_height(void **state)
{
    struct app_world *world = *state;
    const struct view *views = world->app->views;

    resize(world, 40, 120);
    link_lines(world, "alpha 40", "beta 80");
    press(world, "| ]");
    assert_int_equal(cursor_line(world, PANE_ARTICLE), 40);
    assert_int_equal(cursor_line(world, PANE_OTHER), 80);
    assert_int_equal(view_cursor_row(&views[0]), view_cursor_row(&views[1]));
}

// In plain text the nearest link in sight leads, once it is out of sight over there.
static void the_nearest_link_carries_the_other(void **state)
{
    struct app_world *world = *state;
    int top;

    resize(world, 24, 80);
    link_lines(world, "alpha 60", "beta 20");
    link_lines(world, "alpha 90", "beta 50");
    at(world, "alpha 62");
    press(world, "l");
    assert_int_equal(cursor_line(world, PANE_OTHER), 20);
    top = top_line(world, PANE_OTHER);
    press(world, "jj");
    assert_int_equal(top_line(world, PANE_OTHER), top);
    press(world, "G");
    assert_int_equal(cursor_line(world, PANE_OTHER), 50);
}

static void a_key_goes_to_the_counterpart_and_back(void **state)
{
    struct app_world *world = *state;

    link_lines(world, "alpha 60", "beta 20");
    link_lines(world, "alpha 61", "beta 20");
    press(world, "] ] ;");
    assert_int_equal(world->app->focus, PANE_OTHER);
    assert_int_equal(cursor_line(world, PANE_OTHER), 20);
    press(world, "5j 5k ;");
    assert_int_equal(world->app->focus, PANE_ARTICLE);
    assert_int_equal(cursor_line(world, PANE_ARTICLE), 61);
    press(world, "gg ;");
    assert_int_equal(world->app->focus, PANE_ARTICLE);
}

static void a_narrow_screen_stays_stacked(void **state)
{
    struct app_world *world = *state;
    struct layout layout;

    press(world, "|");
    layout_make(world->app, &layout);
    assert_int_equal(layout.split_col, -1);
    assert_true(sv_find(buf_sv(&world->app->message), SV("needs 100 columns"), 0) != SIZE_MAX);
    resize(world, 24, 100);
    layout_make(world->app, &layout);
    assert_true(layout.split_col > 0);
    press(world, "|");
    layout_make(world->app, &layout);
    assert_int_equal(layout.split_col, -1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, app_world_setup, app_world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(side_by_side_both_scroll_in_step),        TEST(unbound_each_scrolls_alone),
        TEST(a_selection_stays_while_the_other_moves), TEST(counterparts_come_to_the_same_height),
        TEST(the_nearest_link_carries_the_other),      TEST(a_key_goes_to_the_counterpart_and_back),
        TEST(a_narrow_screen_stays_stacked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
