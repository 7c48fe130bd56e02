// Files read, listed and named.
#include "t.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"

static char dir[64];

static const char *in_dir(const char *name, struct buf *path)
{
    buf_clear(path);
    fs_join(path, dir, name);
    return buf_cstr(path);
}

static int make_dir(void **state)
{
    (void)state;
    strcpy(dir, "/tmp/t_base_fs-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int drop_dir(void **state)
{
    struct fs_names names;
    struct err err = { 0 };
    struct buf path = { 0 };

    (void)state;
    if (!fs_list(dir, &names, &err))
        return -1;
    for (size_t i = 0; i < names.count; i++)
        if (remove(in_dir(names.items[i], &path)))
            return -1;
    fs_names_release(&names);
    buf_release(&path);
    return rmdir(dir);
}

static void put(const char *name, const char *text)
{
    struct buf path = { 0 };
    FILE *f = fopen(in_dir(name, &path), "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    buf_release(&path);
}

static void read_appends_the_bytes_of_a_file(void **state)
{
    struct buf path = { 0 }, bytes = { 0 };
    struct err err = { 0 };

    (void)state;
    put("a", "one\n");
    buf_add_cstr(&bytes, "> ");
    assert_true(fs_read(in_dir("a", &path), 100, &bytes, &err));
    assert_string_equal(buf_cstr(&bytes), "> one\n");
    buf_release(&path);
    buf_release(&bytes);
}

static void read_refuses_more_than_the_limit(void **state)
{
    struct buf path = { 0 }, bytes = { 0 };
    struct err err = { 0 };

    (void)state;
    put("a", "12345");
    assert_true(fs_read(in_dir("a", &path), 5, &bytes, &err));
    assert_false(fs_read(in_dir("a", &path), 4, &bytes, &err));
    assert_int_equal(err.code, E_REFUSED);
    assert_string_equal(buf_cstr(&bytes), "12345");
    // a file whose size says 0 and that never ends a read short of the limit
    assert_false(fs_read("/proc/self/status", 10, &bytes, &err));
    assert_int_equal(err.code, E_REFUSED);
    err_release(&err);
    buf_release(&path);
    buf_release(&bytes);
}

static void what_is_no_regular_file_is_refused_at_once(void **state)
{
    struct buf path = { 0 }, bytes = { 0 };
    struct err err = { 0 };
    struct fs_text text;

    (void)state;
    assert_int_equal(mkfifo(in_dir("pipe", &path), 0600), 0);
    assert_false(fs_read(buf_cstr(&path), 100, &bytes, &err));
    assert_non_null(strstr(buf_cstr(&err.text), "named pipe"));
    assert_false(fs_text_open(dir, &text, &err));
    assert_non_null(strstr(buf_cstr(&err.text), "folder"));
    assert_false(fs_read("/dev/zero", 100, &bytes, &err));
    assert_non_null(strstr(buf_cstr(&err.text), "device"));
    assert_false(fs_read(in_dir("none", &path), 100, &bytes, &err));
    assert_int_equal(err.code, E_SYSTEM);
    assert_string_equal(buf_cstr(&err.path), buf_cstr(&path));
    err_release(&err);
    buf_release(&path);
    buf_release(&bytes);
}

static void a_text_has_the_bytes_of_its_file_read_or_mapped(void **state)
{
    static const size_t sizes[] = { 0, 5, (size_t)5 << 20 };
    struct buf path = { 0 }, bytes = { 0 };
    struct err err = { 0 };
    struct fs_text text;

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
        buf_clear(&bytes);
        buf_add_fill(&bytes, 'x', sizes[i]);
        put("t", buf_cstr(&bytes));
        assert_true(fs_text_open(in_dir("t", &path), &text, &err));
        assert_int_equal(text.map != NULL, sizes[i] > 1000);
        assert_true(sv_eq(text.bytes, buf_sv(&bytes)));
        fs_text_release(&text);
        fs_text_release(&text);
        assert_true(sv_is_absent(text.bytes));
    }
    buf_release(&path);
    buf_release(&bytes);
}

static void a_stamp_tells_states_of_a_file_apart(void **state)
{
    struct buf path = { 0 };
    struct err err = { 0 };
    struct fs_stamp none, one, again, two;

    (void)state;
    assert_true(fs_stamp(in_dir("s", &path), &none, &err));
    assert_false(none.exists);
    put("s", "1");
    assert_true(fs_stamp(buf_cstr(&path), &one, &err));
    assert_true(fs_stamp(buf_cstr(&path), &again, &err));
    put("s", "12");
    assert_true(fs_stamp(buf_cstr(&path), &two, &err));
    assert_true(fs_stamp_eq(&one, &again));
    assert_false(fs_stamp_eq(&one, &two));
    assert_false(fs_stamp_eq(&none, &one));
    buf_release(&path);
}

static void names_are_listed_in_order_of_bytes(void **state)
{
    struct fs_names names;
    struct err err = { 0 };

    (void)state;
    put("b", "");
    put("Z", "");
    put("a", "");
    put(".h", "");
    assert_true(fs_list(dir, &names, &err));
    assert_int_equal(names.count, 4);
    assert_string_equal(names.items[0], ".h");
    assert_string_equal(names.items[1], "Z");
    assert_string_equal(names.items[3], "b");
    fs_names_release(&names);
    assert_false(fs_list("/nowhere/at/all", &names, &err));
    err_release(&err);
}

static void paths_are_joined_and_taken_apart(void **state)
{
    static const struct {
        const char *path, *parent, *base;
    } cases[] = {
        { "a", ".", "a" },     { "/a", "/", "a" },      { "a/b", "a", "b" },
        { "/a/b", "/a", "b" }, { "a//b", "a", "b" },    { "/", "/", "" },
        { "a/b/", "a", "" },   { "./x.y", ".", "x.y" }, { "//a", "/", "a" },
    };
    struct buf out = { 0 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        buf_clear(&out);
        fs_add_parent(&out, cases[i].path);
        assert_string_equal(buf_cstr(&out), cases[i].parent);
        assert_string_equal(fs_base_name(cases[i].path), cases[i].base);
    }
    buf_clear(&out);
    fs_join(&out, "a", "b");
    assert_string_equal(buf_cstr(&out), "a/b");
    buf_clear(&out);
    fs_join(&out, "/", "b");
    assert_string_equal(buf_cstr(&out), "/b");
    buf_release(&out);
}

static void a_real_path_has_no_links(void **state)
{
    struct buf path = { 0 }, link_path = { 0 }, real = { 0 }, want = { 0 };
    struct err err = { 0 };

    (void)state;
    put("file", "");
    assert_int_equal(symlink("file", in_dir("link", &link_path)), 0);
    assert_true(fs_real(in_dir("file", &path), &want, &err));
    assert_true(fs_real(buf_cstr(&link_path), &real, &err));
    assert_string_equal(buf_cstr(&real), buf_cstr(&want));
    assert_false(fs_real(in_dir("none", &path), &real, &err));
    err_release(&err);
    buf_release(&path);
    buf_release(&link_path);
    buf_release(&real);
    buf_release(&want);
}

// Another program empties a large text that is open, then the rest of it is read.
static void a_text_cut_short_reads_as_zeros(void **state)
{
    struct fs_text text, other;
    struct err err = { 0 };
    struct buf path = { 0 }, bytes = { 0 };
    size_t sum = 0;

    (void)state;
    buf_add_fill(&bytes, 'x', (size_t)5 << 20);
    put("large", buf_cstr(&bytes));
    assert_true(fs_text_open(in_dir("large", &path), &text, &err));
    assert_true(fs_text_open(buf_cstr(&path), &other, &err));
    assert_non_null(text.map);
    assert_int_equal(text.bytes.ptr[0], 'x');
    assert_int_equal(truncate(buf_cstr(&path), 1 << 20), 0);
    for (size_t i = 0; i < text.bytes.len; i++)
        sum += text.bytes.ptr[i] == 'x';

    assert_int_equal(sum, 1 << 20);
    assert_true(fs_text_is_cut(&text));
    assert_false(fs_text_is_cut(&other));
    fs_text_release(&text);
    assert_int_equal(other.bytes.ptr[other.bytes.len - 1], 0);
    assert_true(fs_text_is_cut(&other));
    fs_text_release(&other);
    fs_unlink(buf_cstr(&path));
    buf_release(&bytes);
    buf_release(&path);
}

static void kinds_of_paths_are_known(void **state)
{
    struct buf path = { 0 };

    (void)state;
    put("file", "");
    assert_true(fs_is_dir(dir));
    assert_false(fs_is_file(dir));
    assert_true(fs_is_file(in_dir("file", &path)));
    assert_false(fs_is_dir(buf_cstr(&path)));
    assert_false(fs_is_link(buf_cstr(&path)));
    assert_int_equal(symlink("nothing", in_dir("link", &path)), 0);
    assert_true(fs_is_link(buf_cstr(&path)));
    assert_true(fs_leads_out(buf_cstr(&path), dir)); // to nothing
    assert_false(fs_leads_out(dir, "/usr"));         // no link
    in_dir("file", &path);
    assert_true(fs_is_writable(buf_cstr(&path)));
    assert_true(fs_is_writable(in_dir("new/folder/file", &path)));
    assert_false(fs_is_writable(in_dir("file/below", &path)));
    assert_false(fs_is_writable("/proc/self/new"));
    buf_release(&path);
}

// Streams are numbers that any file may get: in a process of its own.
static void closed_streams_are_held(void **state)
{
    pid_t pid = fork();
    int status;

    (void)state;
    if (pid == 0) {
        struct buf input = { 0 };
        struct err err = { 0 };

        close(STDIN_FILENO);
        close(STDERR_FILENO);
        if (fs_hold_streams() != (1U << STDIN_FILENO | 1U << STDERR_FILENO) ||
            fs_hold_streams() != 0 || !fs_read_input(10, &input, &err) || input.len)
            _exit(1);
        _exit(open("/dev/null", O_RDONLY) > STDERR_FILENO ? 0 : 1);
    }
    waitpid(pid, &status, 0);
    assert_int_equal(status, 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_dir, drop_dir)
        TEST(read_appends_the_bytes_of_a_file),
        TEST(read_refuses_more_than_the_limit),
        TEST(what_is_no_regular_file_is_refused_at_once),
        TEST(a_text_has_the_bytes_of_its_file_read_or_mapped),
        TEST(a_stamp_tells_states_of_a_file_apart),
        TEST(names_are_listed_in_order_of_bytes),
        TEST(paths_are_joined_and_taken_apart),
        TEST(a_real_path_has_no_links),
        TEST(a_text_cut_short_reads_as_zeros),
        TEST(kinds_of_paths_are_known),
        TEST(closed_streams_are_held),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
