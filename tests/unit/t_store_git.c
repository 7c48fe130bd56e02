// What git knows of files, asked of a real repository.
#include "space.h"

#include "base/proc.h"
#include "store/git.h"
#include "store/git_log.h"
#include "store/git_objects.h"
#include "store/snapshot.h"

static bool have_git(void)
{
    static const char *const argv[] = { "git", "--version", NULL };
    struct buf out = { 0 };
    struct err err = { 0 };
    int status = 1;
    bool have = proc_output(NULL, argv, &out, &status, &err) && status == 0;

    buf_release(&out);
    err_release(&err);
    return have;
}

// git ARGS in the folder; fails the test when git says no.
static void git(const struct space *space, const char *const *args)
{
    struct buf out = { 0 };
    struct err err = { 0 };

    if (!git_read(space->dir, args, &out, &err))
        fail_msg("%s", buf_cstr(&err.text));
    buf_release(&out);
}
#define GIT(space, ...) git(space, (const char *const[]){ __VA_ARGS__, NULL })

static void commit(struct space *space, const char *path, const char *text)
{
    space_write(space, path, text);
    GIT(space, "add", "--", path);
    GIT(space, "-c", "user.name=Ana", "-c", "user.email=ana@example.org", "commit", "-q", "-m",
        "a change");
}

static int setup(void **state)
{
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
    return space_setup_bare(state);
}

static bool count(void *ctx, const char *commit)
{
    size_t *left = ctx;

    assert_int_equal(strlen(commit), 40);
    return --*left > 0;
}

static void objects_are_read_below_a_folder_of_the_tree(void **state)
{
    struct space *space = *state;
    struct buf out = { 0 };
    struct err err = { 0 };
    size_t left = 10;

    if (!have_git())
        skip();
    GIT(space, "init", "-q");
    commit(space, "sub/a [b].txt", "old\n");
    commit(space, "sub/other.txt", "x\n");
    commit(space, "sub/a [b].txt", "new\n");

    char *dir = mem_copy(space_path(space, "sub"), strlen(space_path(space, "sub")));

    assert_true(git_has_tree(dir));
    assert_true(git_blob(dir, "HEAD~2", "a [b].txt", &out, &err));
    assert_true(git_blob(dir, "HEAD", "a [b].txt", &out, &err));
    assert_true(git_blob(dir, "", "a [b].txt", &out, &err));
    assert_string_equal(buf_cstr(&out), "old\nnew\nnew\n");
    assert_true(git_commits(dir, "a [b].txt", count, &left, &err));
    assert_int_equal(left, 8);
    left = 1; // the walk ends where it is told to
    assert_true(git_commits(dir, "a [b].txt", count, &left, &err));
    assert_int_equal(left, 0);
    buf_release(&out);
    mem_free(dir);
}

static void what_is_not_there_is_an_error_and_no_bytes(void **state)
{
    static const char *const revisions[] = { "HEAD", "nowhere", "--help", "-p", "a\nb", ":2" };
    struct space *space = *state;
    struct buf out = { 0 };

    if (!have_git())
        skip();
    setenv("GIT_CEILING_DIRECTORIES", "/dev/shm:/tmp", 1);
    assert_false(git_has_tree(space->dir));
    GIT(space, "init", "-q");
    commit(space, "a.txt", "old\n");
    for (size_t i = 0; i < ARRAY_LEN(revisions); i++) {
        struct err err = { 0 };

        assert_false(git_blob(space->dir, revisions[i], "b.txt", &out, &err));
        assert_true(err.code == E_SYSTEM || err.code == E_USAGE);
        assert_int_equal(out.len, 0);
        err_release(&err);
    }
    buf_release(&out);
}

#define LINES "one\ntwo\nthree\nfour\nfive\nsix\n"

static void save(struct space *space, const char *what)
{
    GIT(space, "add", "-A");
    GIT(space, "-c", "user.name=Ana", "-c", "user.email=ana@example.org", "commit", "-q", "-m",
        what);
}

// A file of two names, and another one that has its first name now.
static void make_renamed(struct space *space)
{
    GIT(space, "init", "-q");
    commit(space, "ws/annotations/ana/first.yaml", LINES);
    commit(space, "ws/annotations/ana/first.yaml", LINES "seven\n");
    GIT(space, "mv", "ws/annotations/ana/first.yaml", "ws/annotations/ana/second.yaml");
    save(space, "moved");
    commit(space, "ws/annotations/ana/second.yaml", LINES "seven\neight\n");
    commit(space, "ws/annotations/ana/first.yaml", "- id: c0000001\n");
    commit(space, "ws/annotations/ben/other.yaml", "- id: c0000002\n");
}

static void a_history_follows_names(void **state)
{
    static const struct {
        const char *path;
        size_t commits;
        const char *oldest;
    } cases[] = {
        { "annotations/ana/second.yaml", 4, "annotations/ana/first.yaml" },
        { "annotations/ana/first.yaml", 1, "annotations/ana/first.yaml" },
        { "annotations/ben/other.yaml", 1, "annotations/ben/other.yaml" },
        { "annotations/ana/none.yaml", 0, NULL },
    };
    static const char *const all[] = { "annotations", NULL };
    struct space *space = *state;

    if (!have_git())
        skip();
    make_renamed(space);

    char *dir = mem_copy(space_path(space, "ws"), strlen(space_path(space, "ws")));

    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct git_log log;
        struct fs_names paths = { 0 };
        struct err err = { 0 };

        fs_names_add(&paths, cases[i].path);
        assert_true(git_log_read(dir, all, &log, &err));
        assert_int_equal(log.count, 6);
        git_log_follow(&log, &paths);
        assert_int_equal(log.count, cases[i].commits);
        if (log.count) {
            assert_string_equal(log.commits[log.count - 1].files[0].new, cases[i].oldest);
            assert_null(log.commits[log.count - 1].files[0].old);
            assert_string_equal(log.commits[0].files[0].new, cases[i].path);
        }
        git_log_release(&log);
        fs_names_release(&paths);
    }
    mem_free(dir);
}

static void records_are_found_where_they_are_or_were(void **state)
{
    struct space *space = *state;
    struct fs_names found;
    struct err err = { 0 };

    if (!have_git())
        skip();
    make_renamed(space);

    char *dir = mem_copy(space_path(space, "ws"), strlen(space_path(space, "ws")));

    assert_true(git_find_record(dir, "c0000002", &found, &err));
    assert_int_equal(found.count, 1);
    assert_string_equal(found.items[0], "annotations/ben/other.yaml");
    fs_names_release(&found);
    GIT(space, "rm", "-q", "ws/annotations/ben/other.yaml");
    save(space, "gone");
    assert_true(git_find_record(dir, "c0000002", &found, &err));
    assert_int_equal(found.count, 1);
    fs_names_release(&found);
    assert_true(git_find_record(dir, "c0000009", &found, &err));
    assert_int_equal(found.count, 0);
    fs_names_release(&found);
    mem_free(dir);
}

static void a_snapshot_is_what_the_revision_has(void **state)
{
    struct space *space = *state;
    struct snapshot *snapshot;
    struct buf bytes = { 0 };
    struct err err = { 0 };

    if (!have_git())
        skip();
    make_renamed(space);

    char *dir = mem_copy(space_path(space, "ws"), strlen(space_path(space, "ws")));

    assert_true(snapshot_open(dir, "HEAD~3", &snapshot, &err));
    assert_int_equal(snapshot_paths(snapshot)->count, 1);
    assert_true(snapshot_has(snapshot, "annotations/ana/second.yaml"));
    assert_false(snapshot_has(snapshot, "annotations/ana/first.yaml"));
    assert_true(snapshot_read(snapshot, "annotations/ana/second.yaml", 1 << 20, &bytes, &err));
    assert_string_equal(buf_cstr(&bytes), LINES "seven\n");
    assert_false(snapshot_read(snapshot, "annotations/ana/second.yaml", 5, &bytes, &err));
    err_release(&err);
    snapshot_free(snapshot);

    space_write(space, "ws/annotations/ana/second.yaml", "staged\n");
    GIT(space, "add", "-A");
    space_write(space, "ws/annotations/ana/second.yaml", "not staged\n");
    buf_clear(&bytes);
    assert_true(snapshot_open_index(dir, &snapshot, &err));
    assert_true(snapshot_read(snapshot, "annotations/ana/second.yaml", 1 << 20, &bytes, &err));
    assert_string_equal(buf_cstr(&bytes), "staged\n");
    snapshot_free(snapshot);

    assert_false(snapshot_open(dir, "nowhere", &snapshot, &err));
    assert_int_equal(err.code, E_USAGE);
    err_release(&err);
    assert_false(snapshot_open(dir, "--all", &snapshot, &err));
    assert_int_equal(err.code, E_USAGE);
    err_release(&err);
    buf_release(&bytes);
    mem_free(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(objects_are_read_below_a_folder_of_the_tree, setup,
                                        space_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_an_error_and_no_bytes, setup,
                                        space_teardown),
        cmocka_unit_test_setup_teardown(a_history_follows_names, setup, space_teardown),
        cmocka_unit_test_setup_teardown(records_are_found_where_they_are_or_were, setup,
                                        space_teardown),
        cmocka_unit_test_setup_teardown(a_snapshot_is_what_the_revision_has, setup, space_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
