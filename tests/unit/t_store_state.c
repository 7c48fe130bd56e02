// Places and histories outside the workspace.
#include "space.h"

#include "store/state.h"

static int setup(void **state)
{
    if (space_setup(state) != 0)
        return -1;

    struct space *space = *state;

    return setenv("GAINSAY_STATE", space_path(space, "state"), 1);
}

static void save(struct space *space, const char *article, size_t pos)
{
    struct place place = { .pos = pos, .other_pos = 7 };

    buf_add_cstr(&place.article, article);
    buf_add_cstr(&place.other, "ev/other");
    buf_add_cstr(&place.looks, "beside loose");
    state_place_save(&space->ws, SV("ana"), &place);
    place_release(&place);
}

static void nothing_is_known_at_first(void **state)
{
    struct space *space = *state;
    struct place place;

    assert_false(state_place_load(&space->ws, SV("ana"), SV(""), &place));
    assert_int_equal(place.article.len, 0);
}

static void place_of_an_article_or_the_latest(void **state)
{
    struct space *space = *state;
    struct place place;

    save(space, "ev/blast", 10);
    save(space, "ev/fall", 20);
    save(space, "ev/blast", 30);

    assert_true(state_place_load(&space->ws, SV("ana"), SV(""), &place));
    assert_string_equal(buf_cstr(&place.article), "ev/blast");
    assert_int_equal(place.pos, 30);
    assert_string_equal(buf_cstr(&place.other), "ev/other");
    assert_int_equal(place.other_pos, 7);
    assert_string_equal(buf_cstr(&place.looks), "beside loose");
    place_release(&place);

    assert_true(state_place_load(&space->ws, SV("ana"), SV("ev/fall"), &place));
    assert_int_equal(place.pos, 20);
    place_release(&place);
    assert_false(state_place_load(&space->ws, SV("ben"), SV("ev/fall"), &place));
}

static void damaged_lines_are_passed_over(void **state)
{
    struct space *space = *state;
    struct place place;

    save(space, "ev/fall", 20);

    char *bytes = space_read(space, "state/places");
    struct buf damaged = { 0 };

    buf_addf(&damaged, "nonsense\n%s\t\t\n%s\tana\tev/x\n", bytes, space->dir);
    space_write(space, "state/places", buf_cstr(&damaged));
    assert_true(state_place_load(&space->ws, SV("ana"), SV("ev/fall"), &place));
    place_release(&place);
    mem_free(bytes);
    buf_release(&damaged);
}

static void old_places_are_forgotten_in_the_end(void **state)
{
    struct space *space = *state;
    struct buf many = { 0 };
    struct place place;

    for (int i = 0; i < 600; i++)
        buf_addf(&many, "%s\tana\tev/%d\t1\tev/x\t2\n", buf_cstr(&space->ws.root), i);
    space_write(space, "state/places", buf_cstr(&many));
    save(space, "ev/new", 1);

    assert_false(state_place_load(&space->ws, SV("ana"), SV("ev/0"), &place));
    assert_true(state_place_load(&space->ws, SV("ana"), SV("ev/599"), &place));
    place_release(&place);
    assert_true(state_place_load(&space->ws, SV("ana"), SV("ev/new"), &place));
    place_release(&place);
    buf_release(&many);
}

static void failing_to_save_is_no_error(void **state)
{
    struct space *space = *state;
    struct place place;

    space_write(space, "blocked", "a file");
    setenv("GAINSAY_STATE", space_path(space, "blocked/state"), 1);
    save(space, "ev/fall", 20);
    assert_false(state_place_load(&space->ws, SV("ana"), SV("ev/fall"), &place));
    state_history_add("search", SV("word"));
}

static void history_keeps_the_latest_once(void **state)
{
    struct fs_names lines;
    char line[32];

    (void)state;
    state_history_load("search", &lines);
    assert_int_equal(lines.count, 0);
    state_history_add("search", SV("one"));
    state_history_add("search", SV("two"));
    state_history_add("search", SV("one"));
    state_history_add("search", SV("  "));
    state_history_add("search", SV("a\nb"));
    state_history_add("command", SV("other"));
    state_history_load("search", &lines);
    assert_int_equal(lines.count, 2);
    assert_string_equal(lines.items[0], "two");
    assert_string_equal(lines.items[1], "one");
    fs_names_release(&lines);

    for (int i = 0; i < 205; i++) {
        snprintf(line, sizeof(line), "line %d", i);
        state_history_add("search", sv_from(line));
    }
    state_history_load("search", &lines);
    assert_int_equal(lines.count, 200);
    assert_string_equal(lines.items[0], "line 5");
    assert_string_equal(lines.items[199], "line 204");
    fs_names_release(&lines);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, space_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_known_at_first),     TEST(place_of_an_article_or_the_latest),
        TEST(damaged_lines_are_passed_over), TEST(old_places_are_forgotten_in_the_end),
        TEST(failing_to_save_is_no_error),   TEST(history_keeps_the_latest_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
