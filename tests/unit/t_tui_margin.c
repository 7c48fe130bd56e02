// Cards beside the text: at the height of their claims, in step with the text, none lost or on top
// of another.
#include "t.h"

#define LINE6(a)                                                                                   \
    a " one went out early.\n" a " two stayed at home all day.\n" a                                \
      " three came late, it was said.\n" a " four is not known.\n" a " five left for good.\n" a    \
      " six has nothing to say.\n"
#define WORLD_A                                                                                    \
    LINE6("Ada")                                                                                   \
    LINE6("Ben")                                                                                   \
    LINE6("Cem")                                                                                   \
    LINE6("Dov") LINE6("Eva") LINE6("Fay") LINE6("Gus") LINE6("Hal") LINE6("Ida") LINE6("Jon")     \
        LINE6("Kit") LINE6("Lea") LINE6("Max") LINE6("Nan")
#define WORLD_B "Somewhere else.\n"

#include "app_world.h"

#include "base/attr.h"
#include "tui/layout.h"
#include "tui/margin.h"

static void resize(struct app_world *world, int rows, int cols)
{
    app_event(world->app, &(struct event){ .type = EVENT_RESIZE, .rows = rows, .cols = cols });
    grid_release(&world->grid);
    grid_init(&world->grid, rows, cols);
}

// A claim over the line that begins with `name` (a person and a number: "Ben two").
static struct sv mark_line(struct app_world *world, const char *name)
{
    struct article *article = world->a->article;
    size_t beg = sv_find(article_bytes(article), sv_from(name), 0);
    struct byte_span span = { beg, article_line_end(article, beg) };
    struct err err = { 0 };
    struct sv id;

    assert_true(verb_mark(world->session, world->a, &span, 1, &id, &err));
    return id;
}

static struct layout layout_of(struct app_world *world)
{
    struct layout layout;

    layout_make(world->app, &layout);
    return layout;
}

// Row of the margin that holds `text`, from its first one; -1: none.
static int card_row(struct app_world *world, const char *text)
{
    struct layout layout = layout_of(world);
    const struct rect *margin = &layout.panes[PANE_ARTICLE].margin;

    app_draw(world->app, &world->grid);
    for (int row = 0; row < margin->rows; row++) {
        struct buf out = { 0 };

        for (int col = 0; col < margin->cols; col++)
            buf_add_cstr(&out, grid_cell(&world->grid, margin->row + row, margin->col + col)->text);

        bool is_here = sv_find(buf_sv(&out), sv_from(text), 0) != SIZE_MAX;

        buf_release(&out);
        if (is_here)
            return row;
    }
    return -1;
}

static void a_card_stands_at_the_height_of_its_claim(void **state)
{
    struct app_world *world = *state;

    mark_line(world, "Ada three");
    mark_line(world, "Ben one");

    assert_int_equal(card_row(world, "1   Ada three"), 2);
    assert_int_equal(card_row(world, "2   Ben one"), 6);
}

static void cards_are_pushed_down_but_none_is_lost(void **state)
{
    static const char *const names[] = { "Ada one",  "Ada two", "Ada three", "Ada four",
                                         "Ada five", "Ada six", "Ben one",   "Ben two" };
    struct app_world *world = *state;
    int last = -1;

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        mark_line(world, names[i]);
    press(world, "G gg");
    resize(world, 40, 80);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        int row = card_row(world, names[i]);

        assert_true(row > last);
        assert_true(row >= (int)i && row <= (int)i + 6);
        last = row;
    }
}

static void the_current_card_is_shown_in_full(void **state)
{
    struct app_world *world = *state;
    struct sv id = mark_line(world, "Ada three");
    struct err err = { 0 };

    assert_true(
        verb_set_field(world->session, world->a, SECTION_CLAIMS, id, "type", SV("event"), &err));
    assert_true(
        verb_set_field(world->session, world->a, SECTION_CLAIMS, id, "topic", SV("nights"), &err));
    press(world, "l");
    assert_int_equal(card_row(world, "event · nights"), -1);
    at(world, "Ada three");
    press(world, "l");
    assert_true(card_row(world, "event · nights") > card_row(world, "▶1"));
}

// What makes scrolling cheap on every terminal: the rows that stay are the same rows.
static void cards_scroll_in_step_with_the_text(void **state)
{
    static const char *const names[] = { "Ada two", "Ada three", "Ada four", "Ben one",
                                         "Ben six", "Cem one",   "Cem two",  "Dov five" };
    struct app_world *world = *state;
    struct buf before[40] = { 0 };
    struct layout layout;

    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        mark_line(world, names[i]);
    resize(world, 40, 120);
    press(world, "4j");
    layout = layout_of(world);

    int top = layout.panes[0].text.row, rows = layout.panes[0].text.rows;

    for (int step = 0; step < 12; step++) {
        app_draw(world->app, &world->grid);
        for (int row = 0; row < rows; row++) {
            buf_clear(&before[row]);
            grid_row_text(&world->grid, top + row, &before[row]);
        }
        at(world, "Eva four"); // a place without a claim, so that the current card does not change
        press(world, "l <C-e>");
        if (step == 0)
            continue; // this one jumped
        app_draw(world->app, &world->grid);
        for (int row = 0; row + 1 < rows; row++) {
            struct buf now = { 0 };

            grid_row_text(&world->grid, top + row, &now);
            assert_string_equal(buf_cstr(&now), buf_cstr(&before[row + 1]));
            buf_release(&now);
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(before); i++)
        buf_release(&before[i]);
}

// While a motion key is held the first motion is answered in full, the others by the text alone.
static void a_held_key_moves_the_text_alone(void **state)
{
    struct app_world *world = *state;

    mark_line(world, "Ada one");
    mark_line(world, "Ada two");
    mark_line(world, "Ada three");
    press(world, "zt"); // no motion
    assert_false(app_wants_rest(world->app));
    type_text(world, "j");
    assert_true(app_wants_rest(world->app));
    assert_true(card_row(world, "▶2   Ada two") >= 0);
    type_text(world, "j");
    assert_int_equal(view_cursor_row(app_view(world->app)), 2);
    assert_true(card_row(world, "▶2   Ada two") >= 0);
    app_event(world->app, &(struct event){ .type = EVENT_REST });
    assert_false(app_wants_rest(world->app));
    assert_true(card_row(world, "▶3   Ada three") >= 0);
}

static void a_key_that_is_no_motion_ends_the_holding(void **state)
{
    struct app_world *world = *state;

    mark_line(world, "Ada one");
    mark_line(world, "Ada three");
    type_text(world, "jj");
    assert_true(card_row(world, "▶2") < 0);
    type_text(world, "z");
    assert_true(card_row(world, "▶2   Ada three") >= 0);
}

static void a_click_on_a_card_goes_to_its_claim(void **state)
{
    struct app_world *world = *state;
    struct layout layout = layout_of(world);
    struct event event = { .type = EVENT_MOUSE, .button = 1 };

    mark_line(world, "Ada three");
    mark_line(world, "Ben one");
    event.col = layout.panes[0].margin.col + 4;
    event.row = layout.panes[0].margin.row + card_row(world, "2   Ben one");
    app_event(world->app, &event);
    assert_true(card_row(world, "▶2   Ben one") >= 0);

    size_t cursor = app_view(world->app)->cursor;

    assert_int_equal(cursor, sv_find(article_bytes(world->a->article), SV("Ben one"), 0));
    event.row = layout.panes[0].margin.row; // no card there: the text beside it
    app_event(world->app, &event);
    assert_int_equal(view_cursor_row(app_view(world->app)), 0);
}

static void numbers_are_those_of_the_order_in_the_text(void **state)
{
    struct app_world *world = *state;
    struct sv second = mark_line(world, "Gus one"), first = mark_line(world, "Ada one");

    assert_int_equal(margin_number(world->a, layer_claim(&world->a->file.layer, first)), 1);
    assert_int_equal(margin_number(world->a, layer_claim(&world->a->file.layer, second)), 2);
}

static void signs_say_what_follows_from_the_links(void **state)
{
    struct app_world *world = *state;
    struct sv a = mark_line(world, "Ada one"), c = mark_line(world, "Ada two"), id;
    const struct new_link link = { .type = SV("contradicts") };
    struct byte_span span = { 0, 9 };
    struct buf signs = { 0 };
    struct err err = { 0 };

    assert_true(verb_link_passage(world->session, world->a, a, world->b, span, &link, &id, &err));
    assert_true(verb_contest(world->session, world->a, c, &err));
    margin_signs(world->app, world->a, layer_claim(&world->a->file.layer, a), &signs);
    assert_string_equal(buf_cstr(&signs), "≠");
    buf_clear(&signs);
    margin_signs(world->app, world->a, layer_claim(&world->a->file.layer, c), &signs);
    assert_string_equal(buf_cstr(&signs), "!");
    buf_clear(&signs);
    margin_signs(world->app, world->b, claim_at(world->b, 0), &signs); // seen from its other end
    assert_string_equal(buf_cstr(&signs), "≠");
    buf_release(&signs);
    press(world, "l");
    assert_true(shows(world, "claims 2  !2  ≠1"));
    assert_true(shows(world, "claims 1  !1  ≠1"));
}

static void a_gutter_tells_what_colour_tells(void **state)
{
    struct app_world *world = *state;
    struct byte_span over = { 0, 12 }, line;
    struct sv wide = mark_line(world, "Ada one"), id;
    struct err err = { 0 };

    assert_true(verb_mark(world->session, world->a, &over, 1, &id, &err));
    assert_true(verb_contest(world->session, world->a, wide, &err));
    assert_true(verb_note(world->session, world->a, (struct byte_span){ 25, 40 }, SV("comment"),
                          SV("why"), &id, &err));
    line.beg = sv_find(article_bytes(world->a->article), SV("Ada three"), 0);
    line.end = article_line_end(world->a->article, line.beg);
    assert_true(verb_furniture(world->session, world->a, line, &id, &err));
    press(world, "l");

    assert_true(shows(world, "││!Ada one"));
    assert_true(shows(world, "  *Ada two"));
    assert_true(shows(world, " ┊ Ada three"));
}

int main(void)
{
#define MARGIN_TEST(test) cmocka_unit_test_setup_teardown(test, app_world_setup, app_world_teardown)
    const struct CMUnitTest tests[] = {
        MARGIN_TEST(a_card_stands_at_the_height_of_its_claim),
        MARGIN_TEST(cards_are_pushed_down_but_none_is_lost),
        MARGIN_TEST(the_current_card_is_shown_in_full),
        MARGIN_TEST(cards_scroll_in_step_with_the_text),
        MARGIN_TEST(a_held_key_moves_the_text_alone),
        MARGIN_TEST(a_key_that_is_no_motion_ends_the_holding),
        MARGIN_TEST(a_click_on_a_card_goes_to_its_claim),
        MARGIN_TEST(numbers_are_those_of_the_order_in_the_text),
        MARGIN_TEST(signs_say_what_follows_from_the_links),
        MARGIN_TEST(a_gutter_tells_what_colour_tells),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
