// What is known of a file since it was written: whether another program can have changed it.
#include "fs_dir.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs_hold.h"

static struct fs_dir dir;
static struct err err;
static struct fs_hold hold;

static int make_dir(void **state)
{
    (void)state;
    return fs_dir_make(&dir, "other");
}

static int drop_dir(void **state)
{
    (void)state;
    fs_hold_release(&hold);
    err_release(&err);
    return fs_dir_drop(&dir);
}

static void write_bytes(size_t len)
{
    struct buf bytes = { 0 };
    enum fs_outcome outcome;

    buf_add_fill(&bytes, 'x', len);

    struct sv pieces[] = { SV("we"), buf_sv(&bytes) };

    assert_true(fs_replace_seen(buf_cstr(&dir.path), pieces, 2, NULL, &hold, &outcome, &err));
    buf_release(&bytes);
    assert_int_equal(outcome, FS_REPLACED);
}

static bool is_vouched(void)
{
    struct fs_stamp now;

    assert_true(fs_stamp(buf_cstr(&dir.path), &now, &err));
    return fs_hold_vouches(&hold, &now);
}

// Only where the kernel tells: nothing to test elsewhere.
static void need_vouching(void)
{
    write_bytes(FS_LARGE_BYTES);
    if (!is_vouched())
        skip();
}

static void write_at(int flags)
{
    int fd = open(buf_cstr(&dir.path), flags);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, "W", 1), 1);
    close(fd);
}

static void writes(void)
{
    write_at(O_WRONLY);
}

static void appends(void)
{
    write_at(O_WRONLY | O_APPEND);
}

// As many bytes and the same times.
static void writes_unseen(void)
{
    struct stat st;

    assert_int_equal(stat(buf_cstr(&dir.path), &st), 0);
    writes();
    assert_int_equal(
        utimensat(AT_FDCWD, buf_cstr(&dir.path), (struct timespec[]){ st.st_atim, st.st_mtim }, 0),
        0);
}

// Some file systems change no time then.
static void writes_by_memory(void)
{
    int fd = open(buf_cstr(&dir.path), O_RDWR);
    char *map = mmap(NULL, 1, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

    assert_ptr_not_equal(map, MAP_FAILED);
    close(fd);
    map[0] = 'M';
    munmap(map, 1);
}

static void cuts(void)
{
    assert_int_equal(truncate(buf_cstr(&dir.path), 3), 0);
}

static void cuts_nothing(void)
{
    assert_int_equal(truncate(buf_cstr(&dir.path), FS_LARGE_BYTES + 2), 0);
}

static void opens_by_link(void)
{
    int fd;

    assert_int_equal(link(buf_cstr(&dir.path), buf_cstr(&dir.beside)), 0);
    fd = open(buf_cstr(&dir.beside), O_RDWR);
    assert_true(fd >= 0);
    close(fd);
}

static void copy(const char *from, const char *to)
{
    struct buf bytes = { 0 };
    FILE *file;

    assert_true(fs_read(from, 2 * FS_LARGE_BYTES, &bytes, &err));
    file = fopen(to, "w");
    assert_non_null(file);
    fwrite(bytes.ptr, 1, bytes.len, file);
    fclose(file);
    buf_release(&bytes);
}

static void replaces(void)
{
    FILE *file = fopen(buf_cstr(&dir.beside), "w");

    assert_non_null(file);
    fputs("another", file);
    fclose(file);
    assert_int_equal(rename(buf_cstr(&dir.beside), buf_cstr(&dir.path)), 0);
}

static void replaces_by_the_same(void)
{
    copy(buf_cstr(&dir.path), buf_cstr(&dir.beside));
    assert_int_equal(rename(buf_cstr(&dir.beside), buf_cstr(&dir.path)), 0);
}

// Another file of as many bytes and the same times.
static void make_like(const struct stat *st)
{
    FILE *file = fopen(buf_cstr(&dir.path), "w");

    assert_non_null(file);
    for (off_t i = 0; i < st->st_size; i++)
        putc('h', file);
    fclose(file);
    assert_int_equal(utimensat(AT_FDCWD, buf_cstr(&dir.path),
                               (struct timespec[]){ st->st_atim, st->st_mtim }, 0),
                     0);
}

// Ours lives on elsewhere, and nobody has opened it.
static void moves_ours_away(void)
{
    struct stat st;

    assert_int_equal(stat(buf_cstr(&dir.path), &st), 0);
    assert_int_equal(rename(buf_cstr(&dir.path), buf_cstr(&dir.beside)), 0);
    make_like(&st);
}

static void removes(void)
{
    fs_unlink(buf_cstr(&dir.path));
}

// The new file may get the number of the old one.
static void makes_anew(void)
{
    struct stat st;

    assert_int_equal(stat(buf_cstr(&dir.path), &st), 0);
    fs_unlink(buf_cstr(&dir.path));
    make_like(&st);
}

static void reads(void)
{
    struct buf bytes = { 0 };

    assert_true(fs_read(buf_cstr(&dir.path), 2 * FS_LARGE_BYTES, &bytes, &err));
    buf_release(&bytes);
}

static void changes_rights(void)
{
    assert_int_equal(chmod(buf_cstr(&dir.path), 0400), 0);
}

static void looks(void)
{
    struct stat st;

    assert_int_equal(stat(buf_cstr(&dir.path), &st), 0);
    assert_int_equal(access(buf_cstr(&dir.path), R_OK), 0);
}

static void nothing(void)
{
}

static const struct {
    const char *name;
    void (*act)(void);
    bool is_vouched; // afterwards
} acts[] = {
    { "nothing", nothing, true },
    { "looks", looks, true },
    { "changes the rights", changes_rights, true },
    { "reads", reads, false }, // in doubt
    { "writes", writes, false },
    { "appends", appends, false },
    { "writes as many bytes, at the same time", writes_unseen, false },
    { "writes by memory", writes_by_memory, false },
    { "cuts", cuts, false },
    { "cuts nothing off", cuts_nothing, false },
    { "opens it by another name", opens_by_link, false },
    { "replaces it", replaces, false },
    { "replaces it by the same", replaces_by_the_same, false },
    { "moves it away and makes one like it", moves_ours_away, false },
    { "removes it", removes, false },
    { "removes it and makes one like it", makes_anew, false },
};

// Another process does it: what this one does could be told from within.
static void whatever_can_write_is_noticed(void **state)
{
    (void)state;
    need_vouching();
    for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
        int status;

        fs_unlink(buf_cstr(&dir.beside));
        write_bytes(FS_LARGE_BYTES);
        assert_true(is_vouched());
        if (!fork()) {
            acts[i].act();
            _exit(0);
        }
        wait(&status);
        assert_int_equal(status, 0);
        if (is_vouched() != acts[i].is_vouched || is_vouched() != acts[i].is_vouched)
            fail_msg("who %s: vouched for is not %d", acts[i].name, acts[i].is_vouched);
    }
}

static void nothing_is_vouched_for_that_was_not_written(void **state)
{
    struct fs_stamp none = { 0 }, now;

    (void)state;
    assert_false(fs_hold_vouches(&hold, &none));
    write_bytes(FS_LARGE_BYTES / 2); // is read faster
    assert_false(is_vouched());
    assert_true(fs_stamp(buf_cstr(&dir.path), &now, &err));
    assert_false(fs_hold_vouches(&hold, &now));
    need_vouching();
    assert_false(fs_hold_vouches(&hold, &none));
    assert_false(fs_hold_vouches(&hold, &now)); // of the file before
    assert_true(is_vouched());
    write_bytes(FS_LARGE_BYTES / 2);
    assert_false(is_vouched());
    write_bytes(FS_LARGE_BYTES);
    assert_true(is_vouched());
    fs_hold_release(&hold);
    assert_false(is_vouched());
    fs_hold_release(&hold);
}

// Who had the file before open writes to that one, which is gone.
static void the_file_before_is_another(void **state)
{
    struct buf bytes = { 0 };
    int fd;

    (void)state;
    need_vouching();
    fd = open(buf_cstr(&dir.path), O_RDWR);
    assert_true(fd >= 0);
    assert_false(is_vouched());
    write_bytes(FS_LARGE_BYTES + 1);
    assert_int_equal(write(fd, "late", 4), 4);
    assert_true(is_vouched());
    assert_true(fs_read(buf_cstr(&dir.path), 2 * FS_LARGE_BYTES, &bytes, &err));
    assert_true(sv_starts(buf_sv(&bytes), SV("wexx")));
    close(fd);
    buf_release(&bytes);
}

static size_t count_open(void)
{
    struct fs_names names;
    size_t count;

    assert_true(fs_list("/proc/self/fd", &names, &err));
    count = names.count;
    fs_names_release(&names);
    return count;
}

// One file before at most is kept, and nothing is when it is let go.
static void no_more_is_kept_than_the_file_before(void **state)
{
    size_t before, with_one;

    (void)state;
    if (!fs_is_dir("/proc/self/fd"))
        skip();
    before = count_open();
    write_bytes(FS_LARGE_BYTES);
    with_one = count_open();
    for (int i = 0; i < 20; i++)
        write_bytes(FS_LARGE_BYTES);
    assert_true(count_open() <= with_one + 1);
    fs_hold_let_go(&hold);
    fs_hold_let_go(&hold);
    assert_true(count_open() <= with_one);
    fs_hold_release(&hold);
    assert_int_equal(count_open(), before);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_dir, drop_dir)
        TEST(whatever_can_write_is_noticed),
        TEST(nothing_is_vouched_for_that_was_not_written),
        TEST(the_file_before_is_another),
        TEST(no_more_is_kept_than_the_file_before),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
