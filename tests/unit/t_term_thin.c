// What of a picture's bytes is left out on the way to the terminal, or said shorter.
// Needs no terminal.
#include "term/thin.h"

#include "t.h"

static const struct thin able = { .has_columns = true,
                                  .rows = 40,
                                  .has_charset = true,
                                  .is_pen_known = true,
                                  .is_region_full = true };

static void expect_by(struct thin thin, const char *bytes, const char *thinned)
{
    struct buf out = { 0 };

    thin_add(&thin, sv_from(bytes), &out);
    assert_string_equal(buf_cstr(&out), thinned);
    buf_release(&out);
}

static void expect(const char *bytes, const char *thinned)
{
    expect_by(able, bytes, thinned);
}

static void t_thin_keeps_texts_and_what_it_does_not_know(void **state)
{
    (void)state;
    expect("", "");
    expect("plain é\r\n\033[2;5Htext\033[K", "plain é\r\n\033[2;5Htext\033[K");
    expect("\033", "\033");
    expect("\033[3", "\033[3");
    expect("\033[?25h\033Mx\033]0;title\007", "\033[?25h\033Mx\033]0;title\007");
}

static void t_thin_sets_the_character_set_once(void **state)
{
    struct thin fresh = able;

    (void)state;
    fresh.has_charset = false;
    expect_by(fresh, "\033(Ba\033(Bb", "\033(Bab");
    expect("\033(Ba", "a");
    expect("\033(0q\033(B", "\033(0q\033(B");
}

static void t_thin_says_looks_where_they_are_seen(void **state)
{
    (void)state;
    expect("\033[1m\033[31mred\033[m", "\033[1;31mred\033[m");
    expect("\033[36mx\033[39m\033[m\033[36my", "\033[36mxy");
    expect("\033[36mx\033[39m\033[m\033[0;2my", "\033[36mx\033[2;39my");
    expect("\033[1mx\033[31my", "\033[1mx\033[31my");
    expect("\033[4mx\033[24my", "\033[4mx\033[my");
    expect("\033[36;44mx\033[39my\033[49mz", "\033[36;44mx\033[39my\033[mz");
    expect("\033[36mx\033[5;5H\033[m", "\033[36mx\033[5;5H\033[m");
    expect("\033[44mx\033[m\033[K", "\033[44mx\033[m\033[K"); // erasing takes the background
}

static void t_thin_leaves_looks_it_does_not_keep(void **state)
{
    (void)state;
    expect("\033[38;5;99mx\033[1my\033[mz", "\033[38;5;99mx\033[1my\033[mz");
}

static void t_thin_says_all_looks_when_nothing_is_known(void **state)
{
    struct thin thin = able;

    (void)state;
    thin_forget(&thin);
    expect_by(thin, "\033[36mx", "\033[r\033[0;36mx");
    expect_by(thin, "x", "\033[r\033[mx");
}

static void t_thin_moves_by_the_shortest_way(void **state)
{
    (void)state;
    expect("\033[1;1Ha\033[3;1Hb", "\033[Ha\033[3Hb");
    expect("\033[3;1Ha\033[3;9Hb\033[3;1Hc", "\033[3Ha\033[9Gb\rc");
    expect("\033[3;1Ha\033[4;1Hb\033[5;2Hc", "\033[3Ha\r\nb\033[5;2Hc");
    expect("\033[40;1Ha\033[41;1Hb", "\033[40Ha\033[41Hb"); // would scroll
    expect("\033[3;1Ha\n\033[4;1Hb", "\033[3Ha\n\033[4Hb"); // where a line feed leads is not known
}

// The rows that scroll are set once for many pictures, and all rows again only when it matters.
static void t_thin_scrolls_in_few_bytes(void **state)
{
    static const char once[] = "\033[3;24r\033[24;1H\n\033[1;40r\033[24;1Hx\033[5;5H";
    struct thin thin = able;
    struct buf out = { 0 };

    (void)state;
    thin_add(&thin, sv_from(once), &out);
    assert_string_equal(buf_cstr(&out), "\033[3;24r\033[24H\n\rx\033[5;5H");
    buf_clear(&out);
    thin_add(&thin, sv_from(once), &out);
    assert_string_equal(buf_cstr(&out), "\033[24H\n\rx\033[5;5H");
    buf_clear(&out);
    thin_add(&thin, SV("\033[24;1Ha\033[25;1Hb\033[26;1Hc"), &out); // no line feed in row 24
    assert_string_equal(buf_cstr(&out), "\033[24Ha\033[25Hb\r\nc");
    buf_clear(&out);
    thin_end(&thin, &out);
    thin_end(&thin, &out);
    assert_string_equal(buf_cstr(&out), "\033[r");
    buf_release(&out);
}

static void t_thin_lets_all_rows_scroll_where_it_matters(void **state)
{
    (void)state;
    expect("\033[3;24r\033[24;1H\n\033[1;40r\033[24;1H\n",
           "\033[3;24r\033[24H\n\r\0337\033[r\0338\n");
    expect("\033[3;24r\033[1;40r\033[2;1H\033[L", "\033[3;24r\033[2H\0337\033[r\0338\033[L");
    expect("\033[3;24r\033[1;40r\033[2;1H\033M", "\033[3;24r\033[2H\0337\033[r\0338\033M");
    expect("\033[3;24r\033[1;40r\033[2;1H\033[1P", "\033[3;24r\033[2H\0337\033[r\0338\033[1P");
    expect("\033[3;24r\033[1;40r\033[26;39r", "\033[3;24r\033[26;39r");
}

// "Again" (rep) would be shorter, but terminals that take xterm's name draw nothing for it after a
// character of several bytes.
static void t_thin_says_every_character_of_a_run(void **state)
{
    (void)state;
    expect("┌──────────┐", "┌──────────┐");
    expect("┌───┐aaaaaaaa", "┌───┐aaaaaaaa");
}

static void t_thin_without_abilities_moves_as_told(void **state)
{
    (void)state;
    expect_by((struct thin){ .has_charset = true, .is_pen_known = true, .is_region_full = true },
              "\033[3;1Ha\033[3;9Hb\033[4;1Hc", "\033[3Ha\033[3;9Hb\033[4Hc");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_thin_keeps_texts_and_what_it_does_not_know),
        cmocka_unit_test(t_thin_sets_the_character_set_once),
        cmocka_unit_test(t_thin_says_looks_where_they_are_seen),
        cmocka_unit_test(t_thin_leaves_looks_it_does_not_keep),
        cmocka_unit_test(t_thin_says_all_looks_when_nothing_is_known),
        cmocka_unit_test(t_thin_moves_by_the_shortest_way),
        cmocka_unit_test(t_thin_scrolls_in_few_bytes),
        cmocka_unit_test(t_thin_lets_all_rows_scroll_where_it_matters),
        cmocka_unit_test(t_thin_says_every_character_of_a_run),
        cmocka_unit_test(t_thin_without_abilities_moves_as_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
