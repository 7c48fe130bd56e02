// Every hint of every view: its key is bound there, is not refused, and does something.
// The views are gone to by keys, once to look at their hints and once anew for each of them.
#include "app_world.h"

#include "base/attr.h"
#include "store/git.h"
#include "tui/adjudic.h"
#include "tui/drafts.h"
#include "tui/hints.h"
#include "tui/list.h"

// ---- worlds

static void sit_down(struct app_world *world, const char *annotator)
{
    struct err err = { 0 };

    app_free(world->app);
    session_free(world->session);
    assert_true(session_new(&world->ws, sv_from(annotator), &world->session, &err));
    assert_true(session_open(world->session, SV("e/a"), &world->a, &err));
    assert_true(session_open(world->session, SV("e/b"), &world->b, &err));
    world->app = app_new(world->session, world->a, world->b, 0, 0);
}

// A claim in each article, contested and linked, of a type and a topic; one more that stands alone,
// with two voices.
static void read_both(struct app_world *world)
{
    at(world, "Five");
    press(world, "C ! :");
    type_text(world, "set topic deaths\n");
    press(world, ":");
    type_text(world, "set type quantity\n");
    press(world, "<Tab>");
    at(world, "Six");
    press(world, "C <Tab>");
    at(world, "Five");
    press(world, "x <Enter> d n");
    at(world, "The league");
    press(world, "C ! gg");
    at(world, "Five");
}

static void git(const struct app_world *world, const char *const *args)
{
    struct buf out = { 0 };
    struct err err = { 0 };

    if (!git_read(world->dir, args, &out, &err))
        fail_msg("%s", buf_cstr(&err.text));
    buf_release(&out);
}
#define GIT(world, ...) git(world, (const char *const[]){ __VA_ARGS__, NULL })

static void commit(struct app_world *world)
{
    read_both(world);
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    GIT(world, "init", "-q");
    GIT(world, "add", "corpus", "annotations");
    GIT(world, "-c", "user.name=Ana", "-c", "user.email=ana@example.org", "commit", "-q", "-m",
        "first reading");
}

static void lanes(struct app_world *world)
{
    const struct adjudicator who = { SV("eva"), SV("eva") };
    struct adjudicating *it;
    struct err err = { 0 };

    read_both(world);
    sit_down(world, "ben");
    read_both(world);
    at(world, "Five");
    press(world, ":");
    type_text(world, "set type event\n");
    sit_down(world, "adjudicated");
    if (!adjudicating_new(world->session, world->a, &who, &it, &err))
        fail_msg("%s", buf_cstr(&err.text));
    adjudic_begin(world->app, it);
}

static void lost_words(struct app_world *world)
{
    read_both(world);
    world_write(world->dir, "corpus/e/a.txt",
                "A blast in the port\n\nSome seven people died there, local media said.\n\n"
                "And more. The league claimed the attack. Nobody saw it come.\n");
    sit_down(world, "ana");
}

// How far the help can be scrolled is known when it was drawn.
static void help_drawn(struct app_world *world)
{
    press(world, "?");
    (void)screen(world);
}

// ---- views

struct view_case {
    const char *name;
    void (*begin)(struct app_world *world);
    const char *keys;
    const char *hint; // one that is there, as the bottom line has it; NULL: none is asked for
};

static const struct view_case views[] = {
    { "text", NULL, "", "c mark" },
    { "text, on a claim", read_both, "", "x dispute" },
    { "selection", read_both, "vll", "o other-end" },
    { "the list", read_both, "gc", "s sort" },
    { "the list, empty", NULL, "gc", "q leave" },
    { "the list, beside", read_both, "gCgc", "<Enter> to the claim" },
    { "the board", read_both, "gd", "m matrix" },
    { "the board, a claim alone", read_both, "gdG", "x link" },
    { "the matrix", read_both, "gdm", "m rows" },
    { "the board, empty", NULL, "gd", "q leave" },
    { "from the board in the texts", read_both, "gd<Enter>", "q back" },
    { "the work left", read_both, "gw", "s by place" },
    { "the work left, text", read_both, "gwG", "c mark" },
    { "paragraphs", read_both, "gwm", "m work left" },
    { "conflicts, none", read_both, "gx", "q leave" },
    { "the sources, none", read_both, "gs", "q leave" },
    { "threads, none", read_both, "gt", "m settled too" },
    { "here, nothing said", read_both, "T", "T say" },
    { "who reads what", read_both, "gS", "m this event" },
    { "finished", read_both, "gSD", "D take up again" },
    { "history", commit, "gh", "<Enter> as of then" },
    { "history of the article", commit, "gH", "q leave" },
    { "as of then", commit, "gh<Enter>", "q back" },
    { "as of then, the list", commit, "gh<Enter>gc", "q leave" },
    { "as of then, the board", commit, "gh<Enter>gd", "f filter" },
    { "as of then, here", commit, "gh<Enter>T", "q leave" },
    { "as of then, the threads", commit, "gh<Enter>gt", "q leave" },
    { "as of then, who reads what", commit, "gh<Enter>gS", "q leave" },
    { "what was misplaced", lost_words, "gR", "q leave" },
    { "lanes", lanes, "", "1 take ana" },
    { "lanes, decided", lanes, "1[[", "d take back" },
    { "lanes, all agree", lanes, "a]]", "gL list" },
    { "from the lanes in the texts", lanes, "q", "gA the lanes" },
    { "the differences", lanes, "gL", "m open ones" },
    { "the differences, none open", lanes, "agLm", "m all" },
    { "a claim's form", read_both, "<Enter>", "<Esc> done" },
    { "a field of text", read_both, "<Enter><Tab><Tab><Tab>", "<Enter> edit" },
    { "a text typed", read_both, "<Enter><Tab><Tab><Tab><Enter>", "<Enter> take it" },
    { "sources to pick from", read_both, "a", "<Enter> take" },
    { "the help", NULL, "?", "j down" },
    { "the help, below", help_drawn, "jj", "k up" },
    { "the help, searched", NULL, "?/cl", "<Esc> show all" },
};

static void go_to(struct app_world *world, const struct view_case *view)
{
    if (view->begin)
        view->begin(world);
    press(world, view->keys);
    buf_clear(&world->app->message);
}

static void in_new_world(const struct view_case *view, void (*look)(struct app_world *, void *),
                         void *ctx)
{
    void *state;

    assert_int_equal(app_world_setup(&state), 0);
    go_to(state, view);
    look(state, ctx);
    assert_int_equal(app_world_teardown(&state), 0);
}

// ---- what is asked of each

struct seen {
    const struct view_case *view;
    enum command_id ids[HINTS_MAX], now;
    size_t count;
    size_t wrong;
};

#define complain(seen, ...) ((seen)->wrong++, print_error(__VA_ARGS__))

static void take_hints(struct app_world *world, void *ctx)
{
    struct seen *seen = ctx;

    seen->count = hints_get(world->app, seen->ids);
    if (seen->view->hint && !shows(world, seen->view->hint))
        complain(seen, "%s: no hint '%s' on\n" SV_FMT, seen->view->name, seen->view->hint,
                 SV_ARG(screen(world)));
}

static void press_hint(struct app_world *world, void *ctx)
{
    struct seen *seen = ctx;
    const struct command *command = command_get(seen->now);
    struct sv rest = sv_from(command->keys), keys;
    struct buf before = { 0 }, word = { 0 };
    struct app *app = world->app;
    key_num key = 0;

    assert_true(command->contexts & app_context(app));
    assert_true(hints_word(app, seen->now, &word));
    buf_add(&before, screen(world));
    sv_split(&rest, ' ', &keys);
    while (key_parse(&keys, &key))
        app_event(app, &(struct event){ .type = EVENT_KEY, .key = key });
    if (app->message.len && app->message_role != ROLE_MESSAGE)
        complain(seen, "%s: '%s %s' says: %s", seen->view->name, command->keys, buf_cstr(&word),
                 buf_cstr(&app->message));
    if (app->request == REQUEST_NONE && sv_eq(screen(world), buf_sv(&before)))
        complain(seen, "%s: '%s %s' does nothing on\n%s", seen->view->name, command->keys,
                 buf_cstr(&word), buf_cstr(&before));
    buf_release(&before);
    buf_release(&word);
}

static void every_hint_does_what_it_says(void **state)
{
    struct seen seen = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(views); i++) {
        seen.view = &views[i];
        in_new_world(&views[i], take_hints, &seen);
        assert_true(seen.count > 0);
        for (size_t k = 0; k < seen.count; k++) {
            seen.now = seen.ids[k];
            in_new_world(&views[i], press_hint, &seen);
        }
    }
    assert_int_equal(seen.wrong, 0);
}

// What can follow a key is no less a promise.
static void a_sequence_goes_on_to_what_is_there(void **state)
{
    struct app_world *world = *state;

    press(world, "g");
    assert_true(shows(world, "gc claims"));
    assert_false(shows(world, "gA adjudicate"));
    assert_false(shows(world, "gl links"));
    press(world, "<Esc>");
    read_both(world);
    press(world, "g");
    assert_true(shows(world, "gl links"));
}

// One rule for every list: <Esc>, q and the key that opens it.
static void every_list_is_left_by_three_keys(void **state)
{
    static const char *const own[] = { "gc", "gd", "gw", "gx", "gs", "gt", "gS", "gh", "gH", "gR" };
    struct app_world *world = *state;

    commit(world);
    for (size_t i = 0; i < ARRAY_LEN(own); i++) {
        const char *const keys[] = { "<Esc>", "q", own[i] };

        for (size_t k = 0; k < ARRAY_LEN(keys); k++) {
            press(world, own[i]);
            assert_true(app_context(world->app) & (CONTEXT_LIST | CONTEXT_BOARD));
            press(world, keys[k]);
            assert_int_equal(app_context(world->app), CONTEXT_TEXT);
            assert_int_equal(world->app->request, REQUEST_NONE);
        }
    }
}

static void the_differences_are_left_to_the_lanes(void **state)
{
    static const char *const keys[] = { "<Esc>", "q", "gL" };
    struct app_world *world = *state;

    lanes(world);
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        press(world, "gL");
        assert_int_equal(app_context(world->app), CONTEXT_BOARD);
        press(world, keys[i]);
        assert_int_equal(app_context(world->app), CONTEXT_LANES);
    }
}

int main(void)
{
#define APP_TEST(test) cmocka_unit_test_setup_teardown(test, app_world_setup, app_world_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_hint_does_what_it_says),
        APP_TEST(a_sequence_goes_on_to_what_is_there),
        APP_TEST(every_list_is_left_by_three_keys),
        APP_TEST(the_differences_are_left_to_the_lanes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
