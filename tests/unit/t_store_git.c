// What git knows of files, asked of a real repository.
#include "space.h"

#include "base/proc.h"
#include "store/git.h"

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(objects_are_read_below_a_folder_of_the_tree, setup,
                                        space_teardown),
        cmocka_unit_test_setup_teardown(what_is_not_there_is_an_error_and_no_bytes, setup,
                                        space_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
