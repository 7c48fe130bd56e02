// A text being typed outlives the program, and comes back where it belongs.
#include "app_world.h"

#include "session/drafts.h"
#include "tui/drafts.h"

// The program ends without a word, and a new sitting begins.
static void start_again(struct app_world *world)
{
    struct err err = { 0 };

    app_free(world->app);
    session_free(world->session);
    assert_true(session_new(&world->ws, SV("ana"), &world->session, &err));
    assert_true(session_open(world->session, SV("e/a"), &world->a, &err));
    assert_true(session_open(world->session, SV("e/b"), &world->b, &err));
    world->app = app_new(world->session, world->a, world->b, 0, 0);
    drafts_offer(world->app);
}

static void hang_up(struct app_world *world)
{
    app_event(world->app, &(struct event){ .type = EVENT_HANGUP });
}

// Files in the folder of kept texts whose names end so.
static size_t files(struct app_world *world, const char *end)
{
    struct buf dir = { 0 };
    struct fs_names names = { 0 };
    struct err err = { 0 };
    size_t count = 0;

    fs_join(&dir, world->dir, "unsaved");
    if (fs_is_dir(buf_cstr(&dir)))
        assert_true(fs_list(buf_cstr(&dir), &names, &err));
    for (size_t i = 0; i < names.count; i++)
        count += sv_ends(sv_from(names.items[i]), sv_from(end));
    fs_names_release(&names);
    buf_release(&dir);
    return count;
}

// To a field of the form.
static void go_to(struct app_world *world, const char *label)
{
    struct buf chosen = { 0 };

    buf_addf(&chosen, "▶%s ", label);
    for (int i = 0; i < 30 && !shows(world, buf_cstr(&chosen)); i++)
        press(world, "<Tab>");
    assert_true(shows(world, buf_cstr(&chosen)));
    buf_release(&chosen);
}

static void a_note_comes_back_at_a_hang_up(void **state)
{
    struct app_world *world = *state;

    at(world, "Five people");
    press(world, "M");
    type_text(world, "who counted?");
    press(world, "<Left>");
    assert_int_equal(files(world, ".text"), 0);
    hang_up(world);
    assert_int_equal(files(world, ".text"), 1);

    start_again(world);
    assert_true(shows(world, "a: note on “Five people died"));
    assert_true(shows(world, "who counted?"));
    press(world, "<Enter>");
    assert_int_equal(files(world, ".text"), 1); // from this sitting now
    type_text(world, "them");
    assert_true(shows(world, "note: who countedthem?"));
    press(world, "<Enter>");
    assert_int_equal(files(world, ".text"), 1); // its kind is not chosen yet
    press(world, "<Enter>");
    assert_int_equal(files(world, ".text"), 0);

    const struct note *note = world->a->file.layer.sections[SECTION_NOTES].items[0];

    assert_sv(note->text, "who countedthem?");
    start_again(world);
    assert_null(world->app->top);
}

static void a_field_of_a_form_comes_back(void **state)
{
    struct app_world *world = *state;

    at(world, "Five people");
    press(world, "tC!<Enter>");
    go_to(world, "contested");
    press(world, "<Enter>");
    go_to(world, "why");
    type_text(world, "no one was there");
    hang_up(world);

    start_again(world);
    assert_true(shows(world, "contested.why of "));
    press(world, "<Enter>");
    type_text(world, " to count");
    press(world, "<Enter>");
    assert_sv(claim_at(world->a, 0)->contested->why, "no one was there to count");
    assert_int_equal(files(world, ".text"), 0);
    press(world, "<Esc><Esc>u");
    assert_true(sv_is_absent(claim_at(world->a, 0)->contested->why));
}

static void a_source_of_the_registry_comes_back(void **state)
{
    struct app_world *world = *state;

    at(world, "Five people");
    press(world, "tC aMayor<Enter>p<Enter><Esc> gs e");
    go_to(world, "note");
    type_text(world, "elected in spring");
    hang_up(world);

    start_again(world);
    assert_true(shows(world, "note of mayor"));
    press(world, "<Enter><Enter>");
    assert_sv(registry_find(session_registry(world->session), SV("mayor"))->note,
              "elected in spring");
}

static void two_hundred_characters_are_kept_at_once(void **state)
{
    struct app_world *world = *state;

    press(world, "M");
    for (int i = 0; i < 198; i++) // M counts too
        type_text(world, "x");
    assert_true(app_wants_keep(world->app));
    assert_int_equal(files(world, ".text"), 0);
    type_text(world, "y");
    assert_false(app_wants_keep(world->app));
    assert_int_equal(files(world, ".text"), 1);
    press(world, "<Esc>"); // dropped by the person
    assert_int_equal(files(world, ".text"), 0);
}

static void a_paste_is_kept_at_once(void **state)
{
    struct app_world *world = *state;
    char paste[300];

    memset(paste, 'p', sizeof(paste));
    press(world, "M");
    app_event(world->app,
              &(struct event){ .type = EVENT_PASTE, .paste = sv_of(paste, sizeof(paste)) });
    assert_int_equal(files(world, ".text"), 1);
}

static void the_text_is_kept_before_an_editor_has_it(void **state)
{
    struct app_world *world = *state;
    struct buf text = { 0 };

    press(world, "M");
    type_text(world, "half");
    press(world, "<C-x>");
    assert_int_equal(app_request(world->app, &text), REQUEST_EDIT);
    assert_int_equal(files(world, ".text"), 1);
    app_edit_done(world->app, true, SV("whole"));
    assert_true(app_wants_keep(world->app));
    buf_release(&text);
}

static void questions_are_not_kept(void **state)
{
    static const char *const asked[] = { "/", "f", "go", "gf" };
    struct app_world *world = *state;

    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        press(world, asked[i]);
        type_text(world, "port");
        hang_up(world);
        assert_int_equal(files(world, ".text"), 0);
        press(world, "<Esc>");
    }
}

static void a_text_left_as_it_was_is_not_kept(void **state)
{
    struct app_world *world = *state;

    at(world, "Five people");
    press(world, "M");
    type_text(world, "n");
    press(world, "<Enter><Enter><Enter>");
    go_to(world, "text");
    press(world, "<Enter>x<Backspace>");
    hang_up(world);
    assert_int_equal(files(world, ".text"), 0);
}

static void dropped_and_brought_back(void **state)
{
    struct app_world *world = *state;

    press(world, "M");
    type_text(world, "never mind");
    hang_up(world);
    start_again(world);
    press(world, "d");
    assert_int_equal(files(world, ".text"), 0);
    assert_int_equal(files(world, ".dropped"), 1);
    press(world, "<Esc>");
    start_again(world);
    assert_null(world->app->top); // not offered again
    press(world, "gu");
    assert_true(shows(world, "dropped "));
    press(world, "u<Enter>");
    assert_true(shows(world, "note: never mind"));
    assert_int_equal(files(world, ".dropped"), 0);
    press(world, "<Esc>gu");
    assert_message(world, "nothing was left unsaved");
}

static void a_text_whose_record_is_gone_is_not_lost(void **state)
{
    struct app_world *world = *state;

    at(world, "Five people");
    press(world, "tc");
    go_to(world, "topic");
    type_text(world, "deaths");
    hang_up(world);
    start_again(world);
    press(world, "<Esc>");
    at(world, "Five people");
    press(world, "d");
    assert_int_equal(claim_count(world->a), 0);
    press(world, "gu<Enter>");
    assert_true(shows(world, "is not there any more; n makes a note"));
    assert_int_equal(files(world, ".text"), 1);
    press(world, "n"); // the list is still there
    assert_true(shows(world, "note: deaths"));
}

static void a_text_whose_words_are_gone_is_not_lost(void **state)
{
    struct app_world *world = *state;

    at(world, "Five people");
    press(world, "M");
    type_text(world, "who?");
    hang_up(world);
    world_write(world->dir, "corpus/e/a.txt", "Another text altogether.\n");
    start_again(world);
    press(world, "<Enter>");
    assert_true(shows(world, "its words are not in the article any more"));
    assert_int_equal(files(world, ".text"), 1);
}

static void words_that_moved_are_found(void **state)
{
    struct app_world *world = *state;

    at(world, "Nobody saw");
    press(world, "M");
    type_text(world, "who?");
    hang_up(world);
    world_write(world->dir, "corpus/e/a.txt", "New first line.\n\n" WORLD_A);
    start_again(world);
    press(world, "<Enter><Enter><Enter>");

    const struct note *note = world->a->file.layer.sections[SECTION_NOTES].items[0];
    const struct part *part = note->span.items[0];

    assert_sv(part->quote, "Nobody saw it come.");
}

// A file that names a command which is no question runs nothing.
static void a_file_runs_no_command(void **state)
{
    struct app_world *world = *state;
    struct unsaved unsaved = { 0 };

    buf_add_cstr(&unsaved.article, "e/a");
    buf_add_cstr(&unsaved.command, "quit");
    buf_add_cstr(&unsaved.text, "x");
    assert_true(session_keep(world->session, &unsaved, false));
    unsaved_release(&unsaved);
    start_again(world);
    press(world, "<Enter>");
    assert_int_equal(world->app->request, REQUEST_NONE);
    assert_int_equal(files(world, ".text"), 1);
}

static void the_list_is_moved_in(void **state)
{
    struct app_world *world = *state;
    const char *texts[] = { "first", "second", "third" };

    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        press(world, "M");
        type_text(world, texts[i]);
        hang_up(world);
        start_again(world);
        assert_true(shows(world, "<Enter> takes it up"));
        press(world, "<Esc>");
    }
    press(world, "gujd<Esc>gu");
    for (int i = 0; i < 3; i++)
        press(world, "k");
    assert_true(shows(world, "dropped"));
    press(world, ":q!<Enter>");
    assert_int_equal(app_request(world->app, &(struct buf){ 0 }), REQUEST_QUIT);
    world->app->rows = 12;
    world->app->cols = 40;
    app_event(world->app, &(struct event){ .type = EVENT_RESIZE, .rows = 12, .cols = 40 });
    assert_true(screen(world).len > 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, app_world_setup, app_world_teardown)
        TEST(a_note_comes_back_at_a_hang_up),
        TEST(a_field_of_a_form_comes_back),
        TEST(a_source_of_the_registry_comes_back),
        TEST(two_hundred_characters_are_kept_at_once),
        TEST(a_paste_is_kept_at_once),
        TEST(the_text_is_kept_before_an_editor_has_it),
        TEST(questions_are_not_kept),
        TEST(a_text_left_as_it_was_is_not_kept),
        TEST(dropped_and_brought_back),
        TEST(a_text_whose_record_is_gone_is_not_lost),
        TEST(a_text_whose_words_are_gone_is_not_lost),
        TEST(words_that_moved_are_found),
        TEST(a_file_runs_no_command),
        TEST(the_list_is_moved_in),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
