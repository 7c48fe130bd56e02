// The dispute board and the work left in the reader: from rows to the texts and back, mended in
// place.
#include "app_world.h"

#include "tui/sheet.h"

static struct sv mark(struct app_world *world, struct reading *reading, const char *words,
                      const char *type)
{
    size_t pos = sv_find(article_bytes(reading->article), sv_from(words), 0);
    struct byte_span span = { pos, pos + strlen(words) };
    struct err err = { 0 };
    struct sv id;

    assert_int_not_equal(pos, SIZE_MAX);
    assert_true(verb_mark(world->session, reading, &span, 1, &id, &err));
    assert_true(
        verb_set_field(world->session, reading, SECTION_CLAIMS, id, "type", sv_from(type), &err));
    return id;
}

// "Five people died" contradicts "Six people were dead"; a claim of weight stands alone in each.
static const struct link *link_them(struct app_world *world, const char *type)
{
    struct sv five = mark(world, world->a, "Five people died", "quantity");
    struct sv six = mark(world, world->b, "Six people were dead", "quantity"), id;
    struct new_link link = { .type = sv_from(type), .point = SV("number") };
    struct err err = { 0 };

    mark(world, world->a, "The league claimed the attack", "event");
    mark(world, world->b, "A fire broke out", "event");
    assert_true(verb_link(world->session, world->a, five, world->b, six, &link, &id, &err));
    return layer_find(&world->a->file.layer, SECTION_LINKS, id);
}

static const struct link *only_link(const struct reading *reading)
{
    assert_int_equal(reading->file.layer.sections[SECTION_LINKS].count, 1);
    return reading->file.layer.sections[SECTION_LINKS].items[0];
}

static size_t link_count(const struct reading *reading)
{
    return reading->file.layer.sections[SECTION_LINKS].count;
}

static void t_enter_shows_both_texts_and_q_comes_back(void **state)
{
    struct app_world *world = *state;
    struct sheet *sheet;

    link_them(world, "contradicts");
    press(world, "gd");
    sheet = sheet_on_top(world->app);
    assert_true(shows(world, "board  3 rows  ≠1"));
    assert_true(shows(world, "“Five people died”"));
    press(world, "j <Enter>");
    assert_null(world->app->top);
    assert_int_equal(world->app->focus, PANE_ARTICLE);
    assert_true(shows(world, "q goes back to the board"));
    press(world, "q");
    assert_ptr_equal(sheet_on_top(world->app), sheet);
    assert_int_equal(sheet->at, 1);
    press(world, "k <Enter>");
    assert_true(view_claim(&world->app->views[0]) == claim_at(world->a, 0));
    assert_true(view_claim(&world->app->views[1]) == claim_at(world->b, 0));
    press(world, "q q");
    assert_null(world->app->top);
    assert_int_equal(app_request(world->app, &(struct buf){ 0 }), REQUEST_NONE);
    press(world, "q");
    assert_int_equal(app_request(world->app, &(struct buf){ 0 }), REQUEST_QUIT);
}

static void t_a_link_is_edited_in_its_row(void **state)
{
    struct app_world *world = *state;

    link_them(world, "contradicts");
    press(world, "gd !");
    assert_true(only_link(world->a)->strict);
    assert_true(shows(world, "number, strict"));
    press(world, "p t"); // the point: time
    assert_sv(only_link(world->a)->point, "time");
    press(world, "t f"); // the relation: reframes
    assert_sv(only_link(world->a)->type, "reframes");
    press(world, "w <C-u>");
    type_text(world, "as it is\n");
    assert_sv(only_link(world->a)->why, "as it is");
    assert_true(shows(world, "reframing  because: as it is"));
    press(world, "u u u u");
    assert_sv(only_link(world->a)->type, "contradicts");
    assert_false(only_link(world->a)->strict);
}

static void t_a_reason_is_proposed_where_there_is_none(void **state)
{
    struct app_world *world = *state;

    link_them(world, "contradicts");
    press(world, "gd w <Enter>");
    assert_true(sv_find(only_link(world->a)->why, SV("Five"), 0) != SIZE_MAX);
    assert_true(sv_find(only_link(world->a)->why, SV("Six"), 0) != SIZE_MAX);
}

static void t_an_ordered_link_is_turned_round(void **state)
{
    struct app_world *world = *state;

    link_them(world, "undercuts");
    press(world, "gd");
    assert_true(shows(world, "≠ → undercuts"));
    press(world, "r");
    assert_true(shows(world, "≠ ← undercuts"));
    assert_int_equal(link_count(world->a), 0);
    only_link(world->b);
    press(world, "u t c r"); // contradicts is the same from both ends
    assert_true(shows(world, "nothing to turn round"));
    only_link(world->a);
}

static void t_undo_goes_back_to_the_row_that_was_deleted(void **state)
{
    struct app_world *world = *state;

    link_them(world, "contradicts");
    press(world, "gd d");
    assert_int_equal(link_count(world->a), 0);
    assert_true(shows(world, "board  4 rows")); // both claims stand alone now
    press(world, "u");
    assert_true(shows(world, "board  3 rows"));
    assert_int_equal(sheet_on_top(world->app)->at, 0);
    assert_true(shows(world, "▶ “Five people died”"));
}

static void t_a_claim_alone_is_linked_or_said_to_be_alone(void **state)
{
    struct app_world *world = *state;

    link_them(world, "contradicts");
    press(world, "gd j O");
    type_text(world, "league\n");
    assert_int_equal(link_count(world->a), 2);
    assert_true(shows(world, "∅ omits"));
    assert_true(shows(world, "searched: league"));
    press(world, "u x");
    assert_null(world->app->top); // a place is chosen in the texts
    assert_non_null(world->app->choosing.prompt);
    press(world, "<Esc> q");
    assert_non_null(sheet_on_top(world->app));
    assert_int_equal(sheet_on_top(world->app)->at, 1);
}

static void t_a_wrong_filter_changes_nothing(void **state)
{
    struct app_world *world = *state;

    link_them(world, "contradicts");
    press(world, "gd f");
    type_text(world, "link:contradicts\n");
    assert_true(shows(world, "board  1 row  ≠1  by topic  f: link:contradicts"));
    press(world, "f <C-u>");
    type_text(world, "(\n");
    assert_true(shows(world, "should stand here"));
    assert_int_equal(sheet_on_top(world->app)->count, 1);
    press(world, "f <C-u> <Enter>");
    assert_true(shows(world, "board  3 rows"));
}

static void t_counts_and_clicks_move(void **state)
{
    struct app_world *world = *state;
    struct event click = { .type = EVENT_MOUSE, .button = 1, .col = 5 };
    struct sheet *sheet;

    link_them(world, "contradicts");
    press(world, "gd 2j");
    sheet = sheet_on_top(world->app);
    assert_int_equal(sheet->at, 2);
    press(world, "9k");
    assert_int_equal(sheet->at, 0);
    screen(world);
    click.row = sheet->area.row + sheet->area.rows - 1; // below the rows
    app_event(world->app, &click);
    assert_int_equal(sheet->at, 0);
    for (click.row = sheet->area.row; sheet->at != 1 && click.row < 24; click.row++)
        app_event(world->app, &click);
    assert_int_equal(sheet->at, 1);
    assert_true(click.row > sheet->area.row + 1);
    click.button = 4; // the wheel
    app_event(world->app, &click);
    assert_int_equal(sheet->at, 0);
}

static void t_any_size_is_drawn(void **state)
{
    static const int sizes[][2] = { { 5, 20 }, { 6, 33 }, { 12, 40 }, { 24, 59 }, { 50, 200 } };
    struct app_world *world = *state;

    link_them(world, "contradicts");
    for (int i = 0; i < 4; i++) {
        press(world, i < 2 ? "gd" : "gw");
        if (i % 2)
            press(world, "m");
        for (size_t j = 0; j < ARRAY_LEN(sizes); j++) {
            struct event event = { .type = EVENT_RESIZE, .rows = sizes[j][0], .cols = sizes[j][1] };

            app_event(world->app, &event);
            grid_release(&world->grid);
            grid_init(&world->grid, event.rows, event.cols);
            press(world, "G gg");
            assert_true(shows(world, "▶"));
        }
        press(world, "q");
    }
}

static void t_one_list_takes_the_place_of_the_other(void **state)
{
    struct app_world *world = *state;

    link_them(world, "contradicts");
    press(world, "gd j gw");
    assert_true(shows(world, "work left"));
    assert_null(world->app->top->below);
    press(world, "<Enter> gd"); // the work is put aside, the board anew
    assert_true(shows(world, "board  3 rows"));
    press(world, "gw");
    assert_true(shows(world, "work left"));
    press(world, "q");
    assert_null(world->app->top);
}

static void t_text_is_marked_from_the_list(void **state)
{
    struct app_world *world = *state;

    press(world, "gw");
    assert_true(shows(world, "A blast in the port"));
    press(world, "F"); // the heading
    assert_int_equal(world->a->file.layer.sections[SECTION_FURNITURE].count, 1);
    press(world, "c q <Esc>"); // the next sentence, a quantity
    assert_int_equal(claim_count(world->a), 1);
    assert_sv(claim_at(world->a, 0)->type, "quantity");
    assert_true(shows(world, "work left"));
    press(world, "j <Enter>"); // behind its counterpart; what is left next is selected in its text
    assert_true(app_view(world->app)->has_selection);
    press(world, "C");
    assert_int_equal(claim_count(world->a), 2);
}

static void t_what_a_claim_lacks_is_mended_from_the_list(void **state)
{
    struct app_world *world = *state;
    struct err err = { 0 };
    struct sv id = mark(world, world->a, "Nobody saw it come", "judgement");

    assert_true(verb_contest(world->session, world->a, id, &err));
    press(world, "gw");
    assert_true(shows(world, "▶ contested"));
    press(world, "w");
    type_text(world, "a guard did\n");
    assert_sv(claim_at(world->a, 0)->contested->why, "a guard did");
    assert_false(shows(world, "▶ contested"));
    press(world, "f");
    type_text(world, "anchor nokind\n");
    assert_true(shows(world, "no kind 'nokind'"));
    press(world, "f <C-u>");
    type_text(world, "contested\n");
    assert_true(shows(world, "nothing is left"));
    press(world, "u");
    assert_true(shows(world, "▶ contested"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, app_world_setup, app_world_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(t_enter_shows_both_texts_and_q_comes_back),
        TEST(t_a_link_is_edited_in_its_row),
        TEST(t_a_reason_is_proposed_where_there_is_none),
        TEST(t_an_ordered_link_is_turned_round),
        TEST(t_undo_goes_back_to_the_row_that_was_deleted),
        TEST(t_a_claim_alone_is_linked_or_said_to_be_alone),
        TEST(t_a_wrong_filter_changes_nothing),
        TEST(t_counts_and_clicks_move),
        TEST(t_any_size_is_drawn),
        TEST(t_one_list_takes_the_place_of_the_other),
        TEST(t_text_is_marked_from_the_list),
        TEST(t_what_a_claim_lacks_is_mended_from_the_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
