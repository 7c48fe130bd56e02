// Other programs: their output, and the user's editor.
#include "t.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/proc.h"

static struct buf out;
static struct err err;

static int clean(void **state)
{
    (void)state;
    buf_release(&out);
    err_release(&err);
    return 0;
}

static void output_and_status_come_back(void **state)
{
    static const char *const argv[] = { "sh", "-c", "printf 'a\\nb'; echo no >&2; exit 7", NULL };
    int status = 0;

    (void)state;
    assert_true(proc_output(NULL, argv, &out, &status, &err));
    assert_string_equal(buf_cstr(&out), "a\nb");
    assert_int_equal(status, 7);
}

static void more_output_than_a_pipe_holds_comes_whole(void **state)
{
    static const char *const argv[] = { "head", "-c", "300000", "/dev/zero", NULL };
    int status = 1;

    (void)state;
    assert_true(proc_output(NULL, argv, &out, &status, &err));
    assert_int_equal(status, 0);
    assert_int_equal(out.len, 300000);
}

static void a_signal_is_told_by_the_status(void **state)
{
    static const char *const argv[] = { "sh", "-c", "kill -TERM $$", NULL };
    int status = 0;

    (void)state;
    assert_true(proc_output(NULL, argv, &out, &status, &err));
    assert_int_equal(status, 128 + SIGTERM);
}

static void it_runs_in_the_folder_with_nothing_to_read(void **state)
{
    static const char *const argv[] = { "sh", "-c", "pwd; cat", NULL };
    int status = 1;

    (void)state;
    assert_true(proc_output("/", argv, &out, &status, &err));
    assert_string_equal(buf_cstr(&out), "/\n");
    assert_int_equal(status, 0);
}

static void no_argument_is_read_by_a_shell(void **state)
{
    static const char *const argv[] = { "echo", "$(echo x) `y` ; *", NULL };
    int status = 1;

    (void)state;
    assert_true(proc_output(NULL, argv, &out, &status, &err));
    assert_string_equal(buf_cstr(&out), "$(echo x) `y` ; *\n");
}

static void what_cannot_be_started_is_an_error(void **state)
{
    static const char *const missing[] = { "no-such-program-at-all", NULL };
    static const char *const present[] = { "true", NULL };
    int status = 0;

    (void)state;
    assert_false(proc_output(NULL, missing, &out, &status, &err));
    assert_int_equal(err.code, E_SYSTEM);
    assert_non_null(strstr(buf_cstr(&err.text), "'no-such-program-at-all'"));
    assert_false(proc_output("/no/such/folder", present, &out, &status, &err));
}

static void the_editor_gets_the_path_as_it_is(void **state)
{
    struct buf path = { 0 };

    (void)state;
    assert_true(fs_temp(" $(touch x); 'y'.txt", SV("old"), &path, &err));
    unsetenv("VISUAL");
    setenv("EDITOR", "f() { printf new >\"$2\"; test \"$1\" = -o; }; f -o", 1);
    assert_true(proc_edit(buf_cstr(&path), &err));
    assert_true(fs_read(buf_cstr(&path), 100, &out, &err));
    assert_string_equal(buf_cstr(&out), "new");
    fs_unlink(buf_cstr(&path));
    buf_release(&path);
}

static void words_are_run_without_a_shell(void **state)
{
    struct buf path = { 0 };

    (void)state;
    assert_true(fs_temp(" $(touch x);.txt", SV("old"), &path, &err));
    unsetenv("VISUAL");
    setenv("EDITOR", "  truncate   --size=2 ", 1);
    assert_true(proc_edit(buf_cstr(&path), &err));
    assert_true(fs_read(buf_cstr(&path), 100, &out, &err));
    assert_string_equal(buf_cstr(&out), "ol");
    setenv("EDITOR", " ", 1);
    assert_false(proc_edit(buf_cstr(&path), &err));
    fs_unlink(buf_cstr(&path));
    buf_release(&path);
}

static void visual_goes_before_editor_and_a_failure_is_told(void **state)
{
    (void)state;
    setenv("VISUAL", "exit 3 #", 1);
    setenv("EDITOR", "true", 1);
    assert_false(proc_edit("/dev/null", &err));
    assert_non_null(strstr(buf_cstr(&err.text), "status 3"));
    setenv("VISUAL", "", 1);
    assert_true(proc_edit("/dev/null", &err));
}

static void a_program_runs_with_the_streams_as_they_are(void **state)
{
    static const char *const argv[] = { "sh", "-c", "exit 5", NULL };
    static const char *const missing[] = { "no-such-program-at-all", NULL };
    int status = 0;

    (void)state;
    assert_true(proc_run(argv, &status, &err));
    assert_int_equal(status, 5);
    assert_false(proc_run(missing, &status, &err));
}

static void a_pager_gets_the_whole_text_and_may_leave_early(void **state)
{
    struct buf path = { 0 }, text = { 0 };

    (void)state;
    assert_true(fs_temp(".txt", SV(""), &path, &err));
    buf_add_fill(&text, 'x', 200000);
    setenv("OUT", buf_cstr(&path), 1);
    setenv("PAGER", "cat > \"$OUT\"", 1);
    assert_true(proc_page(buf_sv(&text)));
    assert_true(fs_read(buf_cstr(&path), 1 << 20, &out, &err));
    assert_true(sv_eq(buf_sv(&out), buf_sv(&text)));
    setenv("PAGER", "exit 0 #", 1);
    assert_true(proc_page(buf_sv(&text)));
    fs_unlink(buf_cstr(&path));
    buf_release(&path);
    buf_release(&text);
}

static void no_pager_shows_nothing(void **state)
{
    static const char *const none[] = { "", "cat", "no-such-program-at-all 2>/dev/null" };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(none); i++) {
        setenv("PAGER", none[i], 1);
        assert_false(proc_page(SV("text")));
    }
}

static void a_program_is_asked_and_answers(void **state)
{
    static const char *const argv[] = { "cat", NULL };
    struct proc_talk talk;
    struct buf text = { 0 }, heard = { 0 };

    (void)state;
    assert_true(proc_talk(NULL, argv, &talk, &err));
    for (int i = 0; i < 100; i++) { // more than a pipe holds, in all
        buf_clear(&text);
        buf_addf(&text, "question %d\n", i);
        buf_add_fill(&text, 'x', 3000);
        assert_true(proc_say(&talk, buf_sv(&text)));
        buf_clear(&heard);
        assert_true(proc_hear_line(&talk, &heard));
        buf_add_char(&heard, '\n');
        assert_true(proc_hear(&talk, 3000, &heard));
        assert_true(sv_eq(buf_sv(&heard), buf_sv(&text)));
    }
    proc_talk_end(&talk);
    proc_talk_end(&talk); // twice is allowed
    buf_release(&text);
    buf_release(&heard);
}

static void a_program_that_leaves_is_told(void **state)
{
    static const char *const leaves[] = { "true", NULL };
    static const char *const none[] = { "no-such-program-at-all", NULL };
    struct proc_talk talk;
    struct buf heard = { 0 };

    (void)state;
    assert_true(proc_talk(NULL, leaves, &talk, &err));
    assert_false(proc_hear_line(&talk, &heard));
    assert_false(proc_hear(&talk, 1, &heard));
    proc_talk_end(&talk);
    assert_false(proc_talk(NULL, none, &talk, &err));
    assert_int_equal(err.code, E_SYSTEM);
    err_release(&err);
    buf_release(&heard);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_teardown(name, clean)
        TEST(output_and_status_come_back),
        TEST(more_output_than_a_pipe_holds_comes_whole),
        TEST(a_signal_is_told_by_the_status),
        TEST(it_runs_in_the_folder_with_nothing_to_read),
        TEST(no_argument_is_read_by_a_shell),
        TEST(what_cannot_be_started_is_an_error),
        TEST(the_editor_gets_the_path_as_it_is),
        TEST(words_are_run_without_a_shell),
        TEST(a_program_runs_with_the_streams_as_they_are),
        TEST(a_pager_gets_the_whole_text_and_may_leave_early),
        TEST(no_pager_shows_nothing),
        TEST(a_program_is_asked_and_answers),
        TEST(a_program_that_leaves_is_told),
        TEST(visual_goes_before_editor_and_a_failure_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
