// The surroundings, and how a test fixes them.
#include "t.h"

#include <stdlib.h>
#include <string.h>

#include "base/env.h"

static struct buf out;

static int clean(void **state)
{
    static const char *const names[] = { "GAINSAY_STATE", "GAINSAY_NOW", "GAINSAY_SEED",
                                         "XDG_STATE_HOME" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        unsetenv(names[i]);
    buf_release(&out);
    return 0;
}

static void the_state_folder_follows_the_variables(void **state)
{
    static const struct {
        const char *own, *xdg, *home, *want;
    } cases[] = {
        { "/own", "/xdg", "/users/u", "/own" },
        { "", "/xdg", "/users/u", "/xdg/gainsay" },
        { "", "", "/users/u", "/users/u/.local/state/gainsay" },
        { "", "relative", "/users/u", "/users/u/.local/state/gainsay" },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        setenv("GAINSAY_STATE", cases[i].own, 1);
        setenv("XDG_STATE_HOME", cases[i].xdg, 1);
        setenv("HOME", cases[i].home, 1);
        buf_clear(&out);
        env_state_dir(&out);
        assert_string_equal(buf_cstr(&out), cases[i].want);
    }
}

static void the_time_is_utc_and_can_be_fixed(void **state)
{
    (void)state;
    setenv("GAINSAY_NOW", "2026-11-22T03:10:00Z", 1);
    env_now(&out);
    assert_string_equal(buf_cstr(&out), "2026-11-22T03:10:00Z");
    setenv("GAINSAY_NOW", "yesterday", 1);
    buf_clear(&out);
    env_now(&out);
    assert_int_equal(out.len, 20);
    assert_int_equal(out.ptr[10], 'T');
    assert_int_equal(out.ptr[19], 'Z');
}

static void a_seed_makes_chance_repeat(void **state)
{
    struct rng a, b, c;

    (void)state;
    setenv("GAINSAY_SEED", "7", 1);
    rng_init(&a);
    rng_init(&b);
    setenv("GAINSAY_SEED", "8", 1);
    rng_init(&c);
    for (int i = 0; i < 10; i++) {
        uint64_t x = rng_next(&a);

        assert_true(x == rng_next(&b));
        assert_true(x != rng_next(&c));
    }
    unsetenv("GAINSAY_SEED");
    rng_init(&a);
    rng_init(&b);
    assert_true(rng_next(&a) != rng_next(&b));
}

static void an_empty_variable_counts_as_unset(void **state)
{
    (void)state;
    setenv("GAINSAY_STATE", "", 1);
    assert_null(env_get("GAINSAY_STATE"));
    setenv("GAINSAY_STATE", "x", 1);
    assert_string_equal(env_get("GAINSAY_STATE"), "x");
}

static void there_is_always_a_login_name(void **state)
{
    (void)state;
    env_login(&out);
    assert_true(out.len > 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_teardown(name, clean)
        TEST(the_state_folder_follows_the_variables),
        TEST(the_time_is_utc_and_can_be_fixed),
        TEST(a_seed_makes_chance_repeat),
        TEST(an_empty_variable_counts_as_unset),
        TEST(there_is_always_a_login_name),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
