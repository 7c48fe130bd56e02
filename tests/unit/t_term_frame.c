// What of a picture's bytes is left out on the way to the terminal.
// Needs no terminal.
#include "term/frame.h"

#include "t.h"

static void expect(const char *bytes, bool is_first, const char *thin)
{
    struct buf out = { 0 };

    frame_thin(sv_from(bytes), &is_first, &out);
    assert_string_equal(buf_cstr(&out), thin);
    buf_release(&out);
}

static void t_frame_keeps_texts_and_moves(void **state)
{
    (void)state;
    expect("", true, "");
    expect("plain é\r\n\033[2;5Htext\033[K", false, "plain é\r\n\033[2;5Htext\033[K");
    expect("\033", false, "\033");
    expect("\033[1m bold \033[31mred", false, "\033[1m bold \033[31mred");
}

static void t_frame_sets_the_character_set_once(void **state)
{
    (void)state;
    expect("\033(B\033[ma\033(B\033[0;1mb\033(B", true, "\033(B\033[ma\033[0;1mb");
    expect("\033(Ba", false, "a");
}

static void t_frame_drops_resets_before_a_greater_one(void **state)
{
    (void)state;
    expect("\033[36mx\033[39m\033(B\033[my", false, "\033[36mx\033[my");
    expect("x\033[39m\033(B\033[0;2my", false, "x\033[0;2my");
    expect("x\033[39;49m\033[m\033[0my", false, "x\033[0my");
    expect("x\033[39m\033[36my", false, "x\033[39m\033[36my"); // the bold that was on stays on
    expect("x\033[39my\033[m", false, "x\033[39my\033[m");
}

static void t_frame_state_outlives_a_picture(void **state)
{
    bool is_first = true;
    struct buf out = { 0 };

    (void)state;
    frame_thin(SV("\033(Ba"), &is_first, &out);
    frame_thin(SV("\033(Bb"), &is_first, &out);

    assert_false(is_first);
    assert_string_equal(buf_cstr(&out), "\033(Bab");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_frame_keeps_texts_and_moves),
        cmocka_unit_test(t_frame_sets_the_character_set_once),
        cmocka_unit_test(t_frame_drops_resets_before_a_greater_one),
        cmocka_unit_test(t_frame_state_outlives_a_picture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
