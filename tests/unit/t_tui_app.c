// What keys, pastes and the mouse do to the panes: focus, search, command line, choosing, leaving.
// Forms and pickers have tests of their own.
#include "app_world.h"

#include "base/attr.h"

static size_t place(const struct reading *reading, const char *words)
{
    return sv_find(article_bytes(reading->article), sv_from(words), 0);
}

// A claim in each article, linked; the focus on the first.
static void link_two(struct app_world *world)
{
    const struct new_link link = { .type = SV("differs"), .point = SV("number") };
    struct err err = { 0 };
    struct sv id;

    at(world, "Five");
    press(world, "C <Tab>");
    at(world, "Six");
    press(world, "C <Tab>");
    assert_true(verb_link(world->session, world->a, claim_at(world->a, 0)->id, world->b,
                          claim_at(world->b, 0)->id, &link, &id, &err));
}

// Places are bytes, so that none of a long text need be counted to come back to one.
static void a_sitting_begins_at_a_byte_of_the_text(void **state)
{
    static const char text[] =
        "\u201cSo many \u00e9l\u00e8ves,\u201d said the mayor. It ends here.\n";
    struct app_world *world = *state;
    struct err err = { 0 };
    struct reading *reading;
    struct session *session;
    size_t len = sizeof(text) - 1;

    world_write(world->dir, "corpus/e/b.txt", text);
    assert_true(session_new(&world->ws, SV("ben"), &session, &err));
    assert_true(session_open(session, SV("e/b"), &reading, &err));

    const struct {
        size_t pos, cursor;
    } cases[] = {
        { 0, 0 },
        { place(reading, "mayor"), place(reading, "mayor") },
        { place(reading, "\u00e9l") + 1, place(reading, "\u00e9l") },
        { len + 100, len - 2 },
    };

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct app *app = app_new(session, reading, NULL, cases[i].pos, 0);

        assert_int_equal(app->views[PANE_ARTICLE].cursor, cases[i].cursor);
        app_free(app);
    }
    session_free(session);
}

static void the_counterpart_comes_into_view(void **state)
{
    struct app_world *world = *state;
    struct view *other = &world->app->views[PANE_OTHER];

    link_two(world);
    press(world, "gg");
    view_show(other, place(world->b, "mayor"));
    press(world, "]");

    assert_int_equal(world->app->focus, PANE_ARTICLE);
    assert_int_equal(other->cursor, place(world->b, "Six"));
    assert_true(shows(world, "≠ differs (number) a"));
}

static void the_other_pane_stays_where_no_link_leads(void **state)
{
    struct app_world *world = *state;
    struct view *other = &world->app->views[PANE_OTHER];

    at(world, "Five");
    press(world, "C gg");
    view_show(other, place(world->b, "mayor"));
    press(world, "]");

    assert_int_equal(other->cursor, place(world->b, "mayor"));
}

static void an_unknown_key_is_named_and_forgotten_at_the_next(void **state)
{
    struct app_world *world = *state;

    press(world, "Q");
    assert_message(world, "no command on Q; ? shows the keys");
    press(world, "gQ");
    assert_message(world, "no command on gQ; ? shows the keys");
    press(world, "l");
    assert_message(world, "");
}

static void pasted_text_is_no_keys(void **state)
{
    struct app_world *world = *state;

    app_event(world->app, &(struct event){ .type = EVENT_PASTE, .paste = SV("ddCx") });
    assert_int_equal(claim_count(world->a), 0);
    assert_message(world, "pasted text goes into text fields only");
}

static void a_search_moves_along_as_it_is_typed(void **state)
{
    struct app_world *world = *state;
    struct view *view = app_view(world->app);

    press(world, "/");
    type_text(world, "the");
    assert_int_equal(view->cursor, place(world->a, "the port"));
    type_text(world, " league");
    assert_int_equal(view->cursor, place(world->a, "The league"));
    press(world, "<Esc>");
    assert_int_equal(view->cursor, 0);
    assert_false(world->app->is_match_shown);
}

static void matches_are_counted_and_gone_through(void **state)
{
    struct app_world *world = *state;
    struct view *view = app_view(world->app);

    press(world, "/");
    type_text(world, "blast\n");
    assert_int_equal(view->cursor, place(world->a, "blast in the port"));
    assert_true(shows(world, "match 1 of 2"));
    press(world, "n");
    assert_int_equal(view->cursor, place(world->a, "blast, local"));
    assert_true(shows(world, "match 2 of 2"));
    press(world, "n");
    assert_message(world, "went on from the beginning");
    assert_int_equal(view->cursor, place(world->a, "blast in the port"));
    press(world, "N");
    assert_message(world, "went on from the end");
    press(world, "<C-o>");
    assert_int_equal(view->cursor, place(world->a, "blast in the port"));
    press(world, "g/");
    assert_false(shows(world, "match"));
}

static void what_is_not_found_says_where_it_is(void **state)
{
    struct app_world *world = *state;

    press(world, "/");
    type_text(world, "mayor\n");
    assert_message(world, "not found here, but in the other article: <Tab> n, or gf");
    press(world, "<Tab>n");
    assert_int_equal(world->app->views[PANE_OTHER].cursor, place(world->b, "mayor"));
    press(world, "/");
    type_text(world, "giraffe\n");
    assert_message(world, "not found: giraffe");
}

static void matches_of_both_articles_and_claims_are_one_list(void **state)
{
    struct app_world *world = *state;
    struct err err = { 0 };

    at(world, "Nobody");
    press(world, "C");
    assert_true(verb_set_field(world->session, world->a, SECTION_CLAIMS, claim_at(world->a, 0)->id,
                               "says", SV("The fire had no witness."), &err));
    press(world, "gg gf");
    type_text(world, "fire");
    assert_true(shows(world, "The port after the [fire]"));
    assert_true(shows(world, "A [fire] broke out in the port."));
    assert_true(shows(world, "The fire had no witness."));
    press(world, "<Down><Enter>");
    assert_int_equal(world->app->focus, PANE_OTHER);
    assert_int_equal(app_view(world->app)->cursor, place(world->b, "fire broke"));
    press(world, "N");
    assert_int_equal(app_view(world->app)->cursor, place(world->b, "fire\n"));
    press(world, "gf<Down><Down><Enter>"); // the pattern is there already
    assert_int_equal(world->app->focus, PANE_ARTICLE);
    assert_int_equal(app_view(world->app)->cursor, place(world->a, "Nobody"));
    press(world, "<Esc>gf");
    type_text(world, "giraffe");
    assert_true(shows(world, "nothing matches"));
}

static void a_bad_pattern_is_refused_and_the_old_one_stays(void **state)
{
    struct app_world *world = *state;

    press(world, "/");
    type_text(world, "port\n");
    press(world, "/");
    type_text(world, "/(/\n");
    assert_int_equal(world->app->message_role, ROLE_ERROR);
    press(world, "gg n");
    assert_int_equal(app_view(world->app)->cursor, place(world->a, "port"));
}

static void the_word_under_the_cursor_is_searched(void **state)
{
    struct app_world *world = *state;

    press(world, "w *");
    assert_int_equal(app_view(world->app)->cursor, place(world->a, "blast, local"));
}

static void commands_are_typed_by_name(void **state)
{
    static const struct {
        const char *line, *message;
    } cases[] = {
        { "nonsense", "no command 'nonsense'; ? shows all" },
        { "sear", "'sear' can be search, search-next, search-back, search-word, search-clear" },
        { "quit now", "'quit' takes nothing after it" },
        { "list-down", "'list-down' does not work here; ? shows where" },
        { "set-mark x", "mark x is here; 'x comes back to it" },
    };
    struct app_world *world = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        press(world, ":");
        type_text(world, cases[i].line);
        press(world, "<Enter>");
        assert_message(world, cases[i].message);
    }
    press(world, ":");
    type_text(world, "3 down\n");
    assert_int_equal(view_cursor_row(app_view(world->app)), 3);
    press(world, ":");
    type_text(world, "up 2\n");
    assert_int_equal(view_cursor_row(app_view(world->app)), 1);
    press(world, ":");
    type_text(world, "100%\n");
    assert_true(shows(world, " end"));
}

static void an_article_is_opened_in_the_place_of_the_other(void **state)
{
    struct app_world *world = *state;

    press(world, "4l :");
    type_text(world, "open b\n");
    assert_ptr_equal(world->app->views[PANE_ARTICLE].reading, world->b);
    assert_ptr_equal(world->app->views[PANE_OTHER].reading, world->a);
    assert_int_equal(world->app->views[PANE_OTHER].cursor, 4); // nothing of it is lost
    press(world, "go");
    type_text(world, "nowhere\n");
    assert_int_equal(world->app->message_role, ROLE_ERROR);
}

static void panes_are_shown_and_hidden(void **state)
{
    struct app_world *world = *state;

    assert_true(shows(world, "─ b ─"));
    press(world, "gO");
    assert_false(shows(world, "─ b ─"));
    press(world, "<Tab>");
    assert_true(shows(world, "─ b ─"));
    assert_int_equal(world->app->focus, PANE_OTHER);
    press(world, "<Tab>");
    assert_int_equal(world->app->focus, PANE_ARTICLE);
    assert_true(shows(world, "  claims 0"));
    assert_false(shows(world, "│  claims")); // there is nothing in the margin yet
    at(world, "Five");
    press(world, "C");
    assert_true(shows(world, "│  claims 1"));
    press(world, "gm");
    assert_false(shows(world, "│  claims"));
    assert_true(shows(world, "claims 1")); // the border says it still
}

static void the_list_is_entered_left_and_closed(void **state)
{
    struct app_world *world = *state;

    at(world, "Five");
    press(world, "C gc");
    assert_int_equal(world->app->focus, PANE_LIST);
    press(world, "<Enter>");
    assert_int_equal(world->app->focus, PANE_ARTICLE);
    assert_non_null(world->app->list); // it is seen below still
    press(world, "gc");
    assert_int_equal(world->app->focus, PANE_LIST);
    press(world, "q");
    assert_null(world->app->list);
    assert_int_equal(app_request(world->app, &(struct buf){ 0 }), REQUEST_NONE);
}

static void the_program_is_left_suspended_and_redrawn_by_request(void **state)
{
    static const struct {
        const char *keys;
        enum app_request request;
    } cases[] = {
        { "<C-l>", REQUEST_REDRAW },
        { "<C-z>", REQUEST_SUSPEND },
        { "q", REQUEST_QUIT },
        { "ZZ", REQUEST_QUIT },
        { "vq", REQUEST_QUIT },
        { ":q<Enter>", REQUEST_QUIT },
        { ":q!<Enter>", REQUEST_QUIT }, // no other command begins with q
        { ":wq<Enter>", REQUEST_QUIT },
        { ":x<Enter>", REQUEST_QUIT },
        { ":qa<Enter>", REQUEST_QUIT },
        { ":w<Enter>", REQUEST_NONE },
        { "gw:wq<Enter>", REQUEST_NONE },
        { "gw:qa<Enter>", REQUEST_QUIT },
        { ":x!<Enter>", REQUEST_QUIT },
    };
    struct app_world *world = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        press(world, cases[i].keys);
        assert_int_equal(app_request(world->app, &(struct buf){ 0 }), cases[i].request);
        assert_int_equal(app_request(world->app, &(struct buf){ 0 }), REQUEST_NONE);
    }
    app_event(world->app, &(struct event){ .type = EVENT_HANGUP });
    assert_int_equal(app_request(world->app, &(struct buf){ 0 }), REQUEST_QUIT);
}

static void messages_can_be_read_again(void **state)
{
    struct app_world *world = *state;

    at(world, "Five");
    press(world, "gM");
    assert_true(shows(world, "nothing was said"));
    press(world, "q gQ gQ l :nope<Enter> gM"); // the same one twice in a row is one
    assert_true(shows(world, "messages 2"));
    assert_true(shows(world, "no command on gQ"));
    assert_true(shows(world, "! no command 'nope'"));
    press(world, "k");
    assert_true(shows(world, "said 2 times"));
    press(world, "<Enter>"); // what is said in the list is in it at once
    assert_true(shows(world, "messages 3"));
    press(world, "gM");
    assert_null(world->app->top);
    press(world, "gw gM q"); // the list below it is there again
    assert_true(shows(world, "work left"));
    press(world, "gM gd q"); // one list at a time
    assert_null(world->app->top);
    for (int i = 0; i < 300; i++)
        press(world, "gQ :nope<Enter>");
    press(world, "gM");
    assert_true(shows(world, "messages 500"));
    press(world, "gg");
    assert_true(shows(world, "▶"));
    press(world, "q");
}

struct chosen {
    int picked, cancelled, freed, wanted; // wanted: how often `picked` asks to go on
};

static bool picked(struct app *app, void *ctx)
{
    struct chosen *chosen = ctx;

    (void)app;
    return ++chosen->picked > chosen->wanted;
}

static void cancelled(struct app *app, void *ctx)
{
    (void)app;
    ((struct chosen *)ctx)->cancelled++;
}

static void freed(void *ctx)
{
    ((struct chosen *)ctx)->freed++;
}

static void choose(struct app_world *world, struct chosen *chosen)
{
    app_choose(world->app, (struct choosing){ .prompt = "choose a place",
                                              .picked = picked,
                                              .cancelled = cancelled,
                                              .free = freed,
                                              .ctx = chosen });
}

static void a_place_is_chosen_or_not(void **state)
{
    struct app_world *world = *state;
    struct chosen chosen = { .wanted = 1 };

    choose(world, &chosen);
    assert_true(shows(world, "choose a place"));
    press(world, "w w v e <Esc>"); // motions work; the first <Esc> drops the selection
    assert_int_equal(chosen.cancelled, 0);
    press(world, "<Enter>");
    assert_int_equal(chosen.picked, 1);
    assert_non_null(world->app->choosing.prompt); // it wants another place
    press(world, "<Enter>");
    assert_int_equal(chosen.picked, 2);
    assert_null(world->app->choosing.prompt);

    choose(world, &chosen);
    press(world, "<Esc>");
    assert_int_equal(chosen.cancelled, 1);
    assert_null(world->app->choosing.prompt);
    choose(world, &chosen);
    choose(world, &chosen); // in its place
    assert_int_equal(chosen.freed, 1);
    press(world, "<Esc>");
}

static void the_mouse_puts_the_cursor_and_scrolls(void **state)
{
    struct app_world *world = *state;
    struct view *other = &world->app->views[PANE_OTHER];

    app_event(world->app, &(struct event){ .type = EVENT_MOUSE, .row = 17, .col = 5, .button = 1 });
    assert_int_equal(world->app->focus, PANE_OTHER);
    assert_int_equal(other->cursor, place(world->b, "Six") + 2);
    app_event(world->app, &(struct event){ .type = EVENT_MOUSE, .row = 2, .col = 79, .button = 1 });
    assert_int_equal(world->app->focus, PANE_ARTICLE);
    for (int row = -1; row < 30; row++) {
        for (int button = 0; button < 7; button++)
            app_event(
                world->app,
                &(struct event){ .type = EVENT_MOUSE, .row = row, .col = 99, .button = button });
    }
    assert_int_equal(claim_count(world->a), 0);
}

static void marks_are_set_and_found_again(void **state)
{
    struct app_world *world = *state;

    at(world, "league");
    press(world, "mq gg 'q");
    assert_int_equal(app_view(world->app)->cursor, place(world->a, "league"));
    press(world, "'r");
    assert_message(world, "mark r is not set in this article; mr sets it");
    press(world, "m1");
    assert_message(world, "marks are the letters a to z");
}

static void a_write_without_a_claim_says_what_is_missing(void **state)
{
    struct app_world *world = *state;

    press(world, "!");
    assert_message(world, "no claim here; c marks one");
    press(world, "u");
    assert_message(world, "nothing to undo");
}

static void an_article_open_for_reading_only_is_not_changed(void **state)
{
    struct app_world *world = *state;

    world->a->is_writable = false;
    press(world, "C");
    assert_int_equal(claim_count(world->a), 0);
    assert_int_equal(world->app->message_role, ROLE_ERROR);
    assert_true(shows(world, "read only"));
}

// Drawing changes nothing: two frames of one state are equal, at every size.
static void drawing_is_a_function_of_the_state(void **state)
{
    struct app_world *world = *state;

    link_two(world);
    press(world, "/");
    type_text(world, "the\n");
    press(world, "v w");
    for (int rows = 1; rows <= 45; rows += rows < 8 ? 1 : 4) {
        for (int cols = 1; cols <= 130; cols += cols < 24 ? 1 : 9) {
            struct grid a, b;

            app_event(world->app,
                      &(struct event){ .type = EVENT_RESIZE, .rows = rows, .cols = cols });
            grid_init(&a, rows, cols);
            grid_init(&b, rows, cols);
            app_draw(world->app, &a);
            app_draw(world->app, &b);
            for (int i = 0; i < rows * cols; i++) {
                assert_string_equal(a.cells[i].text, b.cells[i].text);
                assert_int_equal(a.cells[i].role, b.cells[i].role);
                assert_true(a.cells[i].text[0] || !a.cells[i].cols);
            }
            if (rows >= 5 && cols >= 20)
                assert_true(a.is_cursor_visible);
            grid_release(&a);
            grid_release(&b);
        }
    }
}

static void resize(struct app_world *world, int rows, int cols)
{
    grid_release(&world->grid);
    grid_init(&world->grid, rows, cols);
    app_event(world->app, &(struct event){ .type = EVENT_RESIZE, .rows = rows, .cols = cols });
}

// Whatever its role and the size of the screen; while a line is typed it stands at the top.
static void a_long_message_is_read_whole(void **state)
{
    static const enum role roles[] = { ROLE_MESSAGE, ROLE_WARNING, ROLE_ERROR };
    static const struct {
        int rows, cols;
        const char *keys;
    } cases[] = { { 24, 80, "" },  { 12, 40, "" },   { 6, 40, "" },
                  { 12, 40, "/" }, { 24, 80, "gc" }, { 12, 40, "gd" } };
    struct app_world *world = *state;

    for (size_t i = 0; i < ARRAY_LEN(cases) * ARRAY_LEN(roles); i++) {
        resize(world, cases[i / ARRAY_LEN(roles)].rows, cases[i / ARRAY_LEN(roles)].cols);
        press(world, cases[i / ARRAY_LEN(roles)].keys);
        app_say(world->app, roles[i % ARRAY_LEN(roles)],
                "alpha beta: what cannot be told in one row of this screen, nor in two, and then "
                "what would be right to do about it, to the omega");
        assert_true(shows(world, "alpha"));
        assert_true(shows(world, "what would"));
        assert_true(shows(world, "omega"));
        press(world, "<Esc> <Esc>");
        assert_false(shows(world, "alpha"));
        if (*cases[i / ARRAY_LEN(roles)].keys == 'g')
            press(world, "q");
    }
}

static void findings_are_shown_one_by_one(void **state)
{
    struct app_world *world = *state;
    struct err err = { 0 };

    for (int i = 0; i < 2; i++) {
        err_set(&err, E_INCOMPLETE, ERR_NOWHERE, "thing %d", i);
        findings_take(&world->app->findings, SEVERITY_WARNING, &err);
    }
    press(world, "l");
    assert_message(world, "thing 0 (1 more)");
    press(world, "l");
    assert_message(world, "thing 1");
    press(world, "l");
    assert_message(world, "");
}

int main(void)
{
#define APP_TEST(test) cmocka_unit_test_setup_teardown(test, app_world_setup, app_world_teardown)
    const struct CMUnitTest tests[] = {
        APP_TEST(a_sitting_begins_at_a_byte_of_the_text),
        APP_TEST(the_counterpart_comes_into_view),
        APP_TEST(the_other_pane_stays_where_no_link_leads),
        APP_TEST(an_unknown_key_is_named_and_forgotten_at_the_next),
        APP_TEST(pasted_text_is_no_keys),
        APP_TEST(a_search_moves_along_as_it_is_typed),
        APP_TEST(matches_are_counted_and_gone_through),
        APP_TEST(what_is_not_found_says_where_it_is),
        APP_TEST(a_bad_pattern_is_refused_and_the_old_one_stays),
        APP_TEST(matches_of_both_articles_and_claims_are_one_list),
        APP_TEST(the_word_under_the_cursor_is_searched),
        APP_TEST(commands_are_typed_by_name),
        APP_TEST(an_article_is_opened_in_the_place_of_the_other),
        APP_TEST(panes_are_shown_and_hidden),
        APP_TEST(the_list_is_entered_left_and_closed),
        APP_TEST(the_program_is_left_suspended_and_redrawn_by_request),
        APP_TEST(messages_can_be_read_again),
        APP_TEST(a_place_is_chosen_or_not),
        APP_TEST(the_mouse_puts_the_cursor_and_scrolls),
        APP_TEST(marks_are_set_and_found_again),
        APP_TEST(a_write_without_a_claim_says_what_is_missing),
        APP_TEST(an_article_open_for_reading_only_is_not_changed),
        APP_TEST(drawing_is_a_function_of_the_state),
        APP_TEST(a_long_message_is_read_whole),
        APP_TEST(findings_are_shown_one_by_one),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
