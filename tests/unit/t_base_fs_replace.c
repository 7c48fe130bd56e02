// Files written: whole, durable, with the attributes they had.
#include "t.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#ifdef __linux__
#include <sys/xattr.h>
#endif
#include <unistd.h>

#include "base/fs.h"

static char dir[64];
static struct buf path; // of the file under test
static struct err err;

static const char *in_dir(const char *name, struct buf *out)
{
    buf_clear(out);
    fs_join(out, dir, name);
    return buf_cstr(out);
}

static int make_dir(void **state)
{
    (void)state;
    strcpy(dir, "/tmp/t_base_fs-XXXXXX");
    if (!mkdtemp(dir))
        return -1;
    in_dir("file", &path);
    return 0;
}

static int drop_dir(void **state)
{
    struct fs_names names;
    struct buf name = { 0 };

    (void)state;
    if (!fs_list(dir, &names, &err))
        return -1;
    for (size_t i = 0; i < names.count; i++)
        if (remove(in_dir(names.items[i], &name)))
            return -1;
    fs_names_release(&names);
    buf_release(&name);
    buf_release(&path);
    err_release(&err);
    return rmdir(dir);
}

static void assert_holds(const char *file, const char *text)
{
    struct buf bytes = { 0 };

    assert_true(fs_read(file, 1 << 20, &bytes, &err));
    assert_string_equal(buf_cstr(&bytes), text);
    buf_release(&bytes);
}

static size_t count_files(void)
{
    struct fs_names names;
    size_t count;

    assert_true(fs_list(dir, &names, &err));
    count = names.count;
    fs_names_release(&names);
    return count;
}

static mode_t mode_of(const char *file)
{
    struct stat st;

    assert_int_equal(lstat(file, &st), 0);
    return st.st_mode & 07777;
}

static void replace_makes_and_then_replaces(void **state)
{
    (void)state;
    assert_true(fs_replace(buf_cstr(&path), SV("one\n"), &err));
    assert_holds(buf_cstr(&path), "one\n");
    assert_true(fs_replace(buf_cstr(&path), SV("two, and longer\n"), &err));
    assert_holds(buf_cstr(&path), "two, and longer\n");
    assert_true(fs_replace(buf_cstr(&path), SV(""), &err));
    assert_holds(buf_cstr(&path), "");
    assert_int_equal(count_files(), 1);
}

static void replace_writes_nul_and_much(void **state)
{
    struct buf big = { 0 }, back = { 0 };

    (void)state;
    buf_add_fill(&big, '\0', 3 << 20);
    buf_add_cstr(&big, "end");
    assert_true(fs_replace(buf_cstr(&path), buf_sv(&big), &err));
    assert_true(fs_read(buf_cstr(&path), 4 << 20, &back, &err));
    assert_true(sv_eq(buf_sv(&big), buf_sv(&back)));
    buf_release(&big);
    buf_release(&back);
}

static void replace_makes_missing_folders(void **state)
{
    struct buf deep = { 0 };

    (void)state;
    in_dir("a/b/file", &deep);
    assert_true(fs_replace(buf_cstr(&deep), SV("x"), &err));
    assert_holds(buf_cstr(&deep), "x");
    unlink(buf_cstr(&deep));
    rmdir(in_dir("a/b", &deep));
    buf_release(&deep);
}

static void the_mode_of_a_file_stays(void **state)
{
    static const mode_t modes[] = { 0600, 0640, 0664, 0755, 0666 };
    static const mode_t masks[] = { 0, 022, 077 };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(modes); i++) {
        for (size_t j = 0; j < ARRAY_LEN(masks); j++) {
            mode_t before = umask(masks[j]);

            unlink(buf_cstr(&path));
            assert_true(fs_replace(buf_cstr(&path), SV("1"), &err));
            assert_int_equal(mode_of(buf_cstr(&path)), 0666 & ~masks[j]);
            chmod(buf_cstr(&path), modes[i]);
            assert_true(fs_replace(buf_cstr(&path), SV("2"), &err));
            assert_int_equal(mode_of(buf_cstr(&path)), modes[i]);
            umask(before);
        }
    }
}

static void owner_and_group_stay_where_the_system_allows(void **state)
{
    struct stat st;

    (void)state;
    if (geteuid() != 0)
        skip();
    assert_true(fs_replace(buf_cstr(&path), SV("1"), &err));
    assert_int_equal(chown(buf_cstr(&path), 1234, 4321), 0);
    assert_int_equal(chmod(buf_cstr(&path), 0664), 0);
    assert_true(fs_replace(buf_cstr(&path), SV("2"), &err));
    assert_int_equal(lstat(buf_cstr(&path), &st), 0);
    assert_int_equal(st.st_uid, 1234);
    assert_int_equal(st.st_gid, 4321);
    assert_int_equal(st.st_mode & 07777, 0664);
}

#ifdef __linux__
static const char acl[] = "system.posix_acl_access";

// user::rw-, user:1:r--, group::r--, mask::r--, other::---, as the kernel has it
static const unsigned char entries[] = {
    2,    0, 0, 0,                     // version
    1,    0, 6, 0, 255, 255, 255, 255, // the owner
    2,    0, 4, 0, 1,   0,   0,   0,   // user 1
    4,    0, 4, 0, 255, 255, 255, 255, // the group
    0x10, 0, 4, 0, 255, 255, 255, 255, // the mask
    0x20, 0, 0, 0, 255, 255, 255, 255, // others
};

static void access_list_and_attributes_stay(void **state)
{
    char value[100];

    (void)state;
    assert_true(fs_replace(buf_cstr(&path), SV("old"), &err));
    if (setxattr(buf_cstr(&path), acl, entries, sizeof(entries), 0) ||
        setxattr(buf_cstr(&path), "user.note", "mine", 4, 0)) {
        print_message("this file system keeps no access lists\n");
        skip();
    }
    assert_true(fs_replace(buf_cstr(&path), SV("new"), &err));

    assert_holds(buf_cstr(&path), "new");
    assert_int_equal(getxattr(buf_cstr(&path), acl, value, sizeof(value)), sizeof(entries));
    assert_memory_equal(value, entries, sizeof(entries));
    assert_int_equal(getxattr(buf_cstr(&path), "user.note", value, sizeof(value)), 4);
    assert_memory_equal(value, "mine", 4);
}

static void the_list_of_the_folder_is_not_put_on_an_old_file(void **state)
{
    char value[100];

    (void)state;
    assert_true(fs_replace(buf_cstr(&path), SV("old"), &err));
    if (setxattr(dir, "system.posix_acl_default", entries, sizeof(entries), 0))
        skip();
    assert_true(fs_replace(buf_cstr(&path), SV("new"), &err));
    assert_true(getxattr(buf_cstr(&path), acl, value, sizeof(value)) < 0);
}
#endif

static void a_link_is_followed_and_stays_a_link(void **state)
{
    struct buf link_path = { 0 };
    struct stat st;

    (void)state;
    assert_true(fs_replace(buf_cstr(&path), SV("old"), &err));
    assert_int_equal(symlink("file", in_dir("link", &link_path)), 0);
    assert_true(fs_replace(buf_cstr(&link_path), SV("new"), &err));
    assert_int_equal(lstat(buf_cstr(&link_path), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_holds(buf_cstr(&path), "new");
    buf_release(&link_path);
}

static void what_cannot_be_replaced_whole_is_refused_with_a_remedy(void **state)
{
    struct buf other = { 0 };

    (void)state;
    assert_int_equal(symlink("nothing", in_dir("dangling", &other)), 0);
    assert_false(fs_replace(buf_cstr(&other), SV("x"), &err));
    assert_non_null(strstr(buf_cstr(&err.text), "link to no file"));
    assert_false(fs_replace(dir, SV("x"), &err));
    assert_true(fs_replace(buf_cstr(&path), SV("old"), &err));
    assert_int_equal(link(buf_cstr(&path), in_dir("second", &other)), 0);
    assert_false(fs_replace(buf_cstr(&path), SV("new"), &err));
    assert_non_null(strstr(buf_cstr(&err.text), "2 hard links"));
    assert_string_equal(buf_cstr(&err.path), buf_cstr(&path));
    assert_holds(buf_cstr(&path), "old");
    assert_int_equal(count_files(), 3);
    buf_release(&other);
}

static void a_full_disk_leaves_the_old_file_and_no_other(void **state)
{
    struct rlimit before, small;
    struct buf big = { 0 };

    (void)state;
    assert_true(fs_replace(buf_cstr(&path), SV("old"), &err));
    buf_add_fill(&big, 'x', 100000);
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = 5000;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &small);

    bool ok = fs_replace(buf_cstr(&path), buf_sv(&big), &err);

    setrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_DFL);
    assert_false(ok);
    assert_int_equal(err.code, E_SYSTEM);
    assert_non_null(strstr(buf_cstr(&err.text), "File too large"));
    assert_holds(buf_cstr(&path), "old");
    assert_int_equal(count_files(), 1);
    buf_release(&big);
}

static void without_permission_nothing_is_written(void **state)
{
    (void)state;
    if (geteuid() == 0) { // root may write anything: as somebody else
        pid_t pid = fork();
        int status;

        assert_true(fs_replace(buf_cstr(&path), SV("old"), &err));
        if (pid == 0) {
            bool refused = !setuid(65534) && !fs_replace(buf_cstr(&path), SV("new"), &err);

            _exit(refused && err.code == E_SYSTEM && !fs_is_writable(buf_cstr(&path)) ? 0 : 1);
        }
        waitpid(pid, &status, 0);
        assert_int_equal(status, 0);
    } else {
        assert_true(fs_replace(buf_cstr(&path), SV("old"), &err));
        chmod(buf_cstr(&path), 0444);
        assert_false(fs_replace(buf_cstr(&path), SV("new"), &err));
        assert_false(fs_is_writable(buf_cstr(&path)));
    }
    assert_holds(buf_cstr(&path), "old");
    assert_int_equal(count_files(), 1);
}

// A process killed between making its temporary file and renaming it, and while making a new file.
static void left_overs_of_the_dead_are_swept_away(void **state)
{
    struct buf temp = { 0 }, kept = { 0 };
    struct fs_names names;
    char name[256];

    (void)state;

    pid_t pid = fork();

    if (pid == 0) {
        struct rlimit none = { 0, RLIM_INFINITY };

        setrlimit(RLIMIT_FSIZE, &none); // the first write is the end of us
        signal(SIGXFSZ, SIG_DFL);
        setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
        (void)!fs_replace(buf_cstr(&path), SV("never"), &err);
        _exit(0);
    }
    waitpid(pid, NULL, 0);
    assert_true(fs_list(dir, &names, &err));
    assert_int_equal(names.count, 1);
    snprintf(name, sizeof(name), "%s", names.items[0]);
    fs_names_release(&names);
    assert_int_equal(strncmp(name, ".file.gainsay-", 14), 0);
    in_dir(name, &temp);
    // The same of a process that lives (init) and of another file: they stay.
    snprintf(strrchr(name, '-'), 4, "-1");
    in_dir(name, &kept);
    assert_int_equal(close(open(buf_cstr(&kept), O_CREAT | O_WRONLY, 0600)), 0);

    assert_int_equal(link(buf_cstr(&temp), buf_cstr(&path)), 0); // as a dead fs_create leaves it
    assert_true(fs_replace(buf_cstr(&path), SV("new"), &err));

    assert_holds(buf_cstr(&path), "new");
    assert_false(fs_is_file(buf_cstr(&temp)));
    assert_true(fs_is_file(buf_cstr(&kept)));
    assert_int_equal(count_files(), 2);
    buf_release(&temp);
    buf_release(&kept);
}

static void create_makes_only_what_is_not_there(void **state)
{
    struct stat st;

    (void)state;
    assert_true(fs_create(buf_cstr(&path), SV("one"), &err));
    assert_int_equal(stat(buf_cstr(&path), &st), 0);
    assert_int_equal(st.st_nlink, 1);
    assert_false(fs_create(buf_cstr(&path), SV("two"), &err));
    assert_non_null(strstr(buf_cstr(&err.text), "exists"));
    assert_holds(buf_cstr(&path), "one");
    assert_int_equal(count_files(), 1);
}

static void folders_are_made_once_and_not_over_files(void **state)
{
    struct buf deep = { 0 };

    (void)state;
    in_dir("x", &deep);
    assert_true(fs_make_dirs(buf_cstr(&deep), &err));
    assert_true(fs_make_dirs(buf_cstr(&deep), &err));
    assert_true(fs_is_dir(buf_cstr(&deep)));
    assert_true(fs_replace(buf_cstr(&path), SV(""), &err));
    assert_false(fs_make_dirs(buf_cstr(&path), &err));
    in_dir("file/y", &deep);
    assert_false(fs_make_dirs(buf_cstr(&deep), &err));
    buf_release(&deep);
}

static void a_temporary_file_is_private(void **state)
{
    struct buf temp = { 0 };

    (void)state;
    setenv("TMPDIR", dir, 1);
    assert_true(fs_temp(".txt", SV("draft"), &temp, &err));
    unsetenv("TMPDIR");
    assert_int_equal(strncmp(buf_cstr(&temp), dir, strlen(dir)), 0);
    assert_true(sv_ends(buf_sv(&temp), SV(".txt")));
    assert_int_equal(mode_of(buf_cstr(&temp)), 0600);
    assert_holds(buf_cstr(&temp), "draft");
    fs_unlink(buf_cstr(&temp));
    assert_false(fs_is_file(buf_cstr(&temp)));
    fs_unlink(buf_cstr(&temp));
    buf_release(&temp);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_dir, drop_dir)
        TEST(replace_makes_and_then_replaces),
        TEST(replace_writes_nul_and_much),
        TEST(replace_makes_missing_folders),
        TEST(the_mode_of_a_file_stays),
        TEST(owner_and_group_stay_where_the_system_allows),
#ifdef __linux__
        TEST(access_list_and_attributes_stay),
        TEST(the_list_of_the_folder_is_not_put_on_an_old_file),
#endif
        TEST(a_link_is_followed_and_stays_a_link),
        TEST(what_cannot_be_replaced_whole_is_refused_with_a_remedy),
        TEST(a_full_disk_leaves_the_old_file_and_no_other),
        TEST(without_permission_nothing_is_written),
        TEST(left_overs_of_the_dead_are_swept_away),
        TEST(create_makes_only_what_is_not_there),
        TEST(folders_are_made_once_and_not_over_files),
        TEST(a_temporary_file_is_private),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
