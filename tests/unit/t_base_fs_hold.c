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

    assert_true(fs_replace_seen(buf_cstr(&dir.path), pieces, 2, &(struct fs_known){ .hold = &hold },
                                &outcome, &err));
    buf_release(&bytes);
    assert_int_equal(outcome, FS_REPLACED);
}

static bool is_vouched(void)
{
    struct fs_stamp stamp;

    assert_true(fs_stamp(buf_cstr(&dir.path), &stamp, &err));
    return fs_hold_vouches(&hold, &stamp);
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
    struct fs_stamp none = { 0 }, later;

    (void)state;
    assert_false(fs_hold_vouches(&hold, &none));
    write_bytes(FS_LARGE_BYTES / 2); // is read faster
    assert_false(is_vouched());
    assert_true(fs_stamp(buf_cstr(&dir.path), &later, &err));
    assert_false(fs_hold_vouches(&hold, &later));
    need_vouching();
    assert_false(fs_hold_vouches(&hold, &none));
    assert_false(fs_hold_vouches(&hold, &later)); // of the file before
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

// ---- the file of before

static struct buf now;

// Change `now` by one stretch, and the file with it.
static void edit(size_t beg, size_t end, struct sv text)
{
    struct buf old = { 0 };
    struct fs_stamp stamp;
    enum fs_outcome outcome;

    buf_add(&old, buf_sv(&now));
    assert_true(fs_stamp(buf_cstr(&dir.path), &stamp, &err));

    struct sv pieces[] = { sv_sub(buf_sv(&old), 0, beg), text, sv_sub(buf_sv(&old), end, old.len) };
    struct fs_known known = { &stamp, { pieces[0].len, pieces[2].len }, &hold };

    assert_true(
        fs_replace_seen(buf_cstr(&dir.path), pieces, ARRAY_LEN(pieces), &known, &outcome, &err));
    assert_int_equal(outcome, FS_REPLACED);
    buf_splice(&now, beg, end, text);
    buf_release(&old);
}

// The first of a row of saves.
static void begin_now(void)
{
    struct sv piece;
    enum fs_outcome outcome;

    buf_clear(&now);
    for (size_t i = 0; now.len < FS_LARGE_BYTES; i++)
        buf_addf(&now, "%zu ", i);
    piece = buf_sv(&now);
    assert_true(fs_replace_seen(buf_cstr(&dir.path), &piece, 1, &(struct fs_known){ .hold = &hold },
                                &outcome, &err));
}

// Only where the kernel tells who opens a file, and can shut it.
static void need_spare(void)
{
    begin_now();
    edit(5, 5, SV("one"));
    if (!hold.spare.path.len)
        skip();
}

static bool holds_now(void)
{
    bool same;

    assert_true(fs_holds(buf_cstr(&dir.path), buf_sv(&now), &same, &err));
    return same;
}

static size_t inode(const struct buf *name)
{
    struct stat st;

    assert_int_equal(lstat(buf_cstr(name), &st), 0);
    return st.st_ino;
}

static size_t count_names(void)
{
    struct fs_names names;
    size_t count;

    assert_true(fs_list(dir.name, &names, &err));
    count = names.count;
    fs_names_release(&names);
    return count;
}

static void two_files_take_turns(void **state)
{
    size_t first, second;

    (void)state;
    need_spare();
    first = inode(&hold.spare.path);
    second = inode(&dir.path);
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(inode(&dir.path), i % 2 ? first : second);
        assert_int_equal(count_names(), 2);
        edit(9, 9 + i, SV("two"));
    }
    assert_true(holds_now());
    fs_hold_release(&hold);
    assert_int_equal(count_names(), 1);
    buf_release(&now);
}

static size_t chance(uint64_t *seed, size_t below)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (size_t)(*seed >> 20) % below;
}

// Longer, shorter, as long, at either end, nothing: a byte that is not written was there.
static void bytes_are_right_whatever_changed(void **state)
{
    static char text[20000];
    uint64_t seed = 88172645463325252U;

    (void)state;
    need_spare();
    for (size_t i = 0; i < 80; i++) {
        size_t len = chance(&seed, sizeof(text)), gone = chance(&seed, 3) ? len : len / 2;
        size_t beg = chance(&seed, 7) ? chance(&seed, now.len + 1) : 0;
        size_t end = now.len - beg < gone || !chance(&seed, 9) ? now.len : beg + gone;

        if (beg + len + now.len - end < FS_LARGE_BYTES)
            len = sizeof(text), beg = end = now.len;
        memset(text, (int)('a' + i % 26), sizeof(text));
        edit(beg, end, sv_of(text, len));
        // Reading shuts out what was read; the one before is gone too, after some.
        if (chance(&seed, 3) == 0 && !holds_now())
            fail_msg("save %zu: other bytes", i);
    }
    assert_true(holds_now());
    buf_release(&now);
}

// What another process does to the file in place, or to the one of before, and goes on to have.
static int opened = -1;
static char *mapped;

static void keeps_it_open(void)
{
    opened = open(buf_cstr(&dir.path), O_RDONLY);
}

static void keeps_it_mapped(void)
{
    int fd = open(buf_cstr(&dir.path), O_RDONLY);

    mapped = mmap(NULL, FS_LARGE_BYTES, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
}

static void keeps_the_one_before_open(void)
{
    opened = open(buf_cstr(&hold.spare.path), O_RDONLY);
}

static void links_the_one_before(void)
{
    assert_int_equal(link(buf_cstr(&hold.spare.path), buf_cstr(&dir.beside)), 0);
    opened = -2;
}

// Reads what it has, after two more saves.
static bool still_has(const char *first)
{
    char bytes[8] = { 0 };

    if (opened == -2)
        opened = open(buf_cstr(&dir.beside), O_RDONLY);
    if (mapped)
        memcpy(bytes, mapped, sizeof(bytes));
    else if (pread(opened, bytes, sizeof(bytes), 0) != sizeof(bytes))
        return false;
    return memcmp(bytes, first, sizeof(bytes)) == 0;
}

static void wait_for(int fd)
{
    char byte;

    if (read(fd, &byte, 1) != 1)
        _exit(2);
}

static const struct {
    const char *name;
    void (*act)(void);
    const char *has;
} keepers[] = {
    { "keeps it open", keeps_it_open, "0 1 2one" },
    { "keeps it mapped", keeps_it_mapped, "0 1 2one" },
    { "keeps the one before open", keeps_the_one_before_open, "0 1 2 3 " },
    { "links the one before", links_the_one_before, "0 1 2 3 " },
};

static void what_others_have_stays_as_it_was(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(keepers); i++) {
        int there[2], back[2], status;

        need_spare();
        assert_int_equal(pipe(there) | pipe(back), 0);
        if (!fork()) {
            keepers[i].act();
            if (write(back[1], "", 1) != 1)
                _exit(3);
            wait_for(there[0]);
            _exit(!still_has(keepers[i].has));
        }
        wait_for(back[0]);
        for (int k = 0; k < 3; k++)
            edit(0, 3, SV("two "));
        assert_int_equal(write(there[1], "", 1), 1);
        wait(&status);
        for (int k = 0; k < 2; k++)
            close(there[k]), close(back[k]);
        if (status)
            fail_msg("who %s: other bytes", keepers[i].name);
        assert_true(holds_now());
        fs_hold_release(&hold);
        fs_unlink(buf_cstr(&dir.beside));
    }
    buf_release(&now);
}

// A spare file that is not as it was left is none.
static void changes_the_one_before(void)
{
    int fd = open(buf_cstr(&hold.spare.path), O_WRONLY);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, "???", 3), 3);
    close(fd);
}

static void takes_the_one_before_away(void)
{
    fs_unlink(buf_cstr(&hold.spare.path));
}

static void puts_another_there(void)
{
    copy(buf_cstr(&dir.path), buf_cstr(&dir.beside));
    assert_int_equal(rename(buf_cstr(&dir.beside), buf_cstr(&hold.spare.path)), 0);
}

static void cuts_the_one_before(void)
{
    assert_int_equal(truncate(buf_cstr(&hold.spare.path), 7), 0);
}

static void a_spare_file_that_was_touched_is_not_used(void **state)
{
    static void (*const acts_on_spare[])(void) = { changes_the_one_before, cuts_the_one_before,
                                                   takes_the_one_before_away, puts_another_there };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(acts_on_spare); i++) {
        int status;

        need_spare();
        if (!fork()) {
            acts_on_spare[i]();
            _exit(0);
        }
        wait(&status);
        assert_int_equal(status, 0);
        edit(now.len, now.len, SV("end"));
        assert_true(holds_now());
        assert_true(count_names() <= 2);
        fs_hold_release(&hold);
        assert_int_equal(count_names(), 1);
    }
    buf_release(&now);
}

// The old text is nobody else's to read when the file was not, any more; its mode stays that of the
// file.
static void rights_are_those_of_the_file(void **state)
{
    struct stat st;

    (void)state;
    need_spare();
    assert_int_equal(chmod(buf_cstr(&dir.path), 0640), 0);
    for (int i = 0; i < 3; i++) {
        edit(0, 1, SV("x"));
        assert_int_equal(stat(buf_cstr(&dir.path), &st), 0);
        assert_int_equal(st.st_mode & 0777, 0640);
        assert_int_equal(stat(buf_cstr(&hold.spare.path), &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
    }
    edit(0, now.len, SV("small"));
    assert_int_equal(count_names(), 1);
    assert_true(holds_now());
    buf_release(&now);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_dir, drop_dir)
        TEST(whatever_can_write_is_noticed),
        TEST(nothing_is_vouched_for_that_was_not_written),
        TEST(the_file_before_is_another),
        TEST(no_more_is_kept_than_the_file_before),
        TEST(two_files_take_turns),
        TEST(bytes_are_right_whatever_changed),
        TEST(what_others_have_stays_as_it_was),
        TEST(a_spare_file_that_was_touched_is_not_used),
        TEST(rights_are_those_of_the_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
