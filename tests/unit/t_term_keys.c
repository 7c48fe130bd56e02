// Bytes of a terminal to events.
// Never needs a terminal: bytes are fed as a terminal would send them.
#include "term/keys.h"

#include "t.h"

// Events as one readable line: keys by character or number, `+N` a named key, others by word.
static void drain(struct keys *keys, bool is_late, struct buf *out)
{
    struct event event;

    while (keys_next(keys, is_late, &event)) {
        switch (event.type) {
        case EVENT_KEY:
            if (event.key > ' ' && event.key < 127)
                buf_addf(out, "%c ", (char)event.key);
            else if (event.key > KEYCODE__BASE)
                buf_addf(out, "+%d ", event.key - KEYCODE__BASE);
            else
                buf_addf(out, "%d ", event.key);
            break;
        case EVENT_PASTE:
            buf_addf(out, "paste(" SV_FMT ") ", SV_ARG(event.paste));
            break;
        case EVENT_MOUSE:
            buf_addf(out, "mouse(%d,%d,%d) ", event.row, event.col, event.button);
            break;
        case EVENT_WAKE:
            buf_add_cstr(out, "wake ");
            break;
        case EVENT_RESIZE:
        case EVENT_REST:
        case EVENT_HANGUP:
            fail();
        }
    }
}

// Feed a row of bytes; `late` comes after a pause, when the loop says that nothing followed.
struct row {
    struct sv bytes;
    const char *at_once, *late;
};

static void expect(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct keys keys = { 0 };
        struct buf out = { 0 };

        keys_define(&keys, SV("\b"), 127);
        keys_define(&keys, SV("\033[[A"), KEYCODE_UP);
        keys_define(&keys, SV("x"), KEYCODE_DOWN); // a printable byte is never taken
        keys_feed(&keys, rows[i].bytes);
        drain(&keys, false, &out);
        assert_string_equal(buf_cstr(&out), rows[i].at_once);
        assert_int_equal(keys_wait_ms(&keys) >= 0, *rows[i].late != '\0');

        buf_clear(&out);
        drain(&keys, true, &out);
        assert_string_equal(buf_cstr(&out), rows[i].late);
        assert_int_equal(keys_wait_ms(&keys), -1);
        buf_release(&out);
        keys_release(&keys);
    }
}

#define EXPECT(...)                                                                                \
    do {                                                                                           \
        const struct row rows[] = { __VA_ARGS__ };                                                 \
        expect(rows, ARRAY_LEN(rows));                                                             \
    } while (0)

static void t_keys_are_characters(void **state)
{
    (void)state;
    EXPECT({ SV("jkx"), "j k x ", "" }, { SV("\r\t\177\001\023\032"), "13 9 127 1 19 26 ", "" },
           { SV("\xC3\xA9\xE2\x80\xBA\xF0\x9F\x98\x80"), "233 8250 128512 ", "" },
           { SV("\0"), "0 ", "" });
}

static void t_keys_show_invalid_bytes_as_replacement(void **state)
{
    (void)state;
    EXPECT({ SV("\xE9x"), "65533 x ", "" }, { SV("\xFFz"), "65533 z ", "" },
           { SV("a\xE2\x80"), "a ", "65533 65533 " });
}

static void t_keys_read_sequences_in_all_forms(void **state)
{
    (void)state;
    EXPECT({ SV("\033[A\033OA\033[1;5A"), "+1 +1 +1 ", "" },
           { SV("\033[B\033[C\033[D\033[H\033[F"), "+2 +4 +3 +5 +6 ", "" },
           { SV("\033[1~\033[7~\033[4~\033[8~"), "+5 +5 +6 +6 ", "" },
           { SV("\033[5~\033[6~\033[3~\033[Z"), "+7 +8 +9 +10 ", "" },
           { SV("\033OM\033Oj\033Oy"), "13 * 9 ", "" });
}

static void t_keys_drop_unknown_sequences_whole(void **state)
{
    (void)state;
    EXPECT({ SV("a\033[15~\033[27;5;9~\033[?1;2cb"), "a b ", "" },
           { SV("\033[12\nj"), "10 j ", "" }, { SV("\033OPx"), "x ", "" }, { SV("\033[O"), "", "" },
           { SV("\033[Mx\033[[By"), "x y ", "" });
}

static void t_keys_wait_after_escape(void **state)
{
    (void)state;
    EXPECT({ SV("\033"), "", "27 " }, { SV("\033\033"), "27 ", "27 " },
           { SV("\033x"), "27 x ", "" }, { SV("\033["), "", "27 [ " },
           { SV("\033O"), "", "27 O " });
}

static void t_keys_take_definitions_of_the_terminal(void **state)
{
    (void)state;
    EXPECT({ SV("\b\033[[A"), "127 +1 ", "" }, { SV("\033[["), "", "27 [ [ " });
}

static void t_keys_read_mouse_and_focus(void **state)
{
    (void)state;
    EXPECT({ SV("\033[<0;5;3M\033[<0;5;3m"), "mouse(2,4,1) ", "" },
           { SV("\033[<64;1;1M\033[<69;1;2M"), "mouse(0,0,4) mouse(1,0,5) ", "" },
           { SV("\033[<35;1;1M\033[<;1M\033[<0;0;0M\033[<0;1M"), "", "" },
           { SV("\033[I"), "wake ", "" });
}

static void t_keys_collect_a_paste(void **state)
{
    (void)state;
    EXPECT({ SV("\033[200~dd\033[A\033[201~j"), "", "paste(dd\033[A) j " },
           { SV("\033[200~\033[201~"), "", "paste() " },
           { SV("\033[200~a\033[201~\033[200~b\033[201~"), "paste(a) ", "paste(b) " },
           { SV("\033[200~lost\033[20"), "", "paste(lost\033[20) " });
}

// A terminal that lets the end of a paste through inside one: what follows is no key.
static void t_keys_see_an_end_inside_a_paste(void **state)
{
    (void)state;
    EXPECT({ SV("\033[200~a\033[201~dd\r\033[201~"), "", "paste(add\r) " },
           { SV("\033[200~a\033[201~dd\033[201~x\033[201~j"), "", "paste(addx) j " },
           { SV("\033[200~a\033[201~j\033[200~b\033[201~"), "paste(a) j ", "paste(b) " });
}

static void t_keys_do_not_depend_on_how_bytes_arrive(void **state)
{
    static const char bytes[] = "a\033[200~x\r\033[201~\033[A\xC3\xA9\033[<0;5;3Mz";
    struct keys keys = { 0 };
    struct buf out = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(bytes) - 1; i++) {
        keys_feed(&keys, sv_of(bytes + i, 1));
        drain(&keys, false, &out);
    }

    drain(&keys, true, &out);
    assert_string_equal(buf_cstr(&out), "a paste(x\r) +1 233 mouse(2,4,1) z ");
    buf_release(&out);
    keys_release(&keys);
}

static void t_keys_cap_a_paste(void **state)
{
    struct keys keys = { 0 };
    struct buf block = { 0 };
    struct event event = { 0 };

    (void)state;
    buf_add_fill(&block, 'x', 1 << 20);
    keys_feed(&keys, SV("\033[200~"));
    assert_false(keys_next(&keys, false, &event));
    for (int i = 0; i < 20; i++) {
        keys_feed(&keys, buf_sv(&block));
        assert_false(keys_next(&keys, false, &event));
    }
    keys_feed(&keys, SV("\033[201~"));

    assert_false(keys_next(&keys, false, &event));
    assert_true(keys_next(&keys, true, &event));
    assert_int_equal(event.type, EVENT_PASTE);
    assert_int_equal(event.paste.len, KEYS_PASTE_MAX);
    assert_false(keys_next(&keys, true, &event));
    buf_release(&block);
    keys_release(&keys);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(t_keys_are_characters),
        cmocka_unit_test(t_keys_show_invalid_bytes_as_replacement),
        cmocka_unit_test(t_keys_read_sequences_in_all_forms),
        cmocka_unit_test(t_keys_drop_unknown_sequences_whole),
        cmocka_unit_test(t_keys_wait_after_escape),
        cmocka_unit_test(t_keys_take_definitions_of_the_terminal),
        cmocka_unit_test(t_keys_read_mouse_and_focus),
        cmocka_unit_test(t_keys_collect_a_paste),
        cmocka_unit_test(t_keys_see_an_end_inside_a_paste),
        cmocka_unit_test(t_keys_do_not_depend_on_how_bytes_arrive),
        cmocka_unit_test(t_keys_cap_a_paste),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
