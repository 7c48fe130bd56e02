// Texts kept while they are typed: bytes, files, and files that are damaged or hostile.
#include "space.h"

#include <signal.h>
#include <sys/wait.h>

#include "base/owner.h"
#include "store/journal.h"

#define MUTATIONS 100 // GAINSAY_LONG: 1,000

static int setup(void **state)
{
    if (space_setup(state) != 0)
        return -1;

    struct space *space = *state;

    return setenv("GAINSAY_STATE", space_path(space, "state"), 1);
}

static void fill(struct unsaved *unsaved)
{
    buf_add_cstr(&unsaved->article, SPACE_BLAST);
    buf_add_cstr(&unsaved->section, "claims");
    buf_add_cstr(&unsaved->record, "c1");
    buf_add_cstr(&unsaved->field, "contested.why");
    buf_add_cstr(&unsaved->quote, "Nobody was named.");
    buf_add_cstr(&unsaved->text, "says who?\nthe “mayor”");
    unsaved->span = (struct cp_span){ 10, 27 };
    unsaved->cursor = 4;
}

static void keep(struct space *space, struct buf *path)
{
    struct unsaved unsaved = { 0 };
    struct err err = { 0 };

    fill(&unsaved);
    assert_true(journal_write(&space->ws, SV("ana"), &unsaved, false, path, &err));
    unsaved_release(&unsaved);
}

static struct kept_list list(struct space *space, const char *annotator)
{
    struct kept_list kept;

    journal_list(&space->ws, sv_from(annotator), "", &kept, &space->findings);
    return kept;
}

static void assert_filled(const struct unsaved *unsaved)
{
    struct unsaved want = { 0 };

    fill(&want);
    assert_string_equal(buf_cstr(&unsaved->article), buf_cstr(&want.article));
    assert_string_equal(buf_cstr(&unsaved->section), buf_cstr(&want.section));
    assert_string_equal(buf_cstr(&unsaved->record), buf_cstr(&want.record));
    assert_string_equal(buf_cstr(&unsaved->field), buf_cstr(&want.field));
    assert_string_equal(buf_cstr(&unsaved->quote), buf_cstr(&want.quote));
    assert_string_equal(buf_cstr(&unsaved->text), buf_cstr(&want.text));
    assert_int_equal(unsaved->span.beg, want.span.beg);
    assert_int_equal(unsaved->span.end, want.span.end);
    assert_int_equal(unsaved->cursor, want.cursor);
    unsaved_release(&want);
}

static void a_text_comes_back_as_it_was_typed(void **state)
{
    struct space *space = *state;
    struct buf path = { 0 };
    struct stat st;

    keep(space, &path);
    keep(space, &path); // the same file again
    assert_int_equal(stat(buf_cstr(&path), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);

    struct kept_list kept = list(space, "ana");

    assert_int_equal(kept.count, 1);
    assert_filled(&kept.items[0].unsaved);
    assert_string_equal(buf_cstr(&kept.items[0].unsaved.when), "2026-11-22T03:10:00Z");
    kept_list_release(&kept);
    journal_forget(buf_cstr(&path));
    kept = list(space, "ana");
    assert_int_equal(kept.count, 0);
    buf_release(&path);
}

static void each_text_has_a_file_and_an_annotator(void **state)
{
    struct space *space = *state;
    struct buf a = { 0 }, b = { 0 };

    keep(space, &a);
    keep(space, &b);
    assert_string_not_equal(buf_cstr(&a), buf_cstr(&b));

    struct kept_list kept = list(space, "ana"), other = list(space, "ben");

    assert_int_equal(kept.count, 2);
    assert_int_equal(other.count, 0);
    kept_list_release(&kept);
    journal_list(&space->ws, SV("ana"), buf_cstr(&a), &kept, &space->findings);
    assert_int_equal(kept.count, 1); // the other is in use
    kept_list_release(&kept);
    buf_release(&a);
    buf_release(&b);
}

static void what_is_dropped_can_be_brought_back(void **state)
{
    struct space *space = *state;
    struct buf path = { 0 };
    struct err err = { 0 };

    keep(space, &path);

    struct kept_list kept = list(space, "ana");

    assert_true(journal_drop(&kept.items[0], true, &err));
    kept_list_release(&kept);
    buf_clear(&path);
    keep(space, &path); // does not take the name of the dropped one
    kept = list(space, "ana");
    assert_int_equal(kept.count, 2);
    assert_false(kept.items[0].is_dropped);
    assert_true(kept.items[1].is_dropped);
    assert_true(journal_drop(&kept.items[1], false, &err));
    kept_list_release(&kept);
    kept = list(space, "ana");
    assert_int_equal(kept.count, 2);
    assert_false(kept.items[1].is_dropped);
    kept_list_release(&kept);
    buf_release(&path);
}

static void of_those_dropped_the_last_stay(void **state)
{
    struct space *space = *state;
    struct err err = { 0 };

    for (int i = 0; i < 25; i++) {
        struct buf path = { 0 };

        keep(space, &path);
        buf_release(&path);

        struct kept_list kept = list(space, "ana");

        assert_true(journal_drop(&kept.items[0], true, &err));
        kept_list_release(&kept);
    }

    struct kept_list kept = list(space, "ana");

    assert_int_equal(kept.count, 20);
    kept_list_release(&kept);
}

// A child keeps a text and waits; killed, it is a zombie until we look.
static void a_sitting_that_runs_keeps_its_text(void **state)
{
    struct space *space = *state;
    int ready[2];
    char byte;
    pid_t pid;

    assert_int_equal(pipe(ready), 0);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        struct buf path = { 0 };

        keep(space, &path);
        if (write(ready[1], "x", 1) == 1)
            pause();
        _exit(1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);

    struct kept_list kept = list(space, "ana");

    assert_int_equal(kept.count, 0);
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    kept = list(space, "ana");
    assert_int_equal(kept.count, 1);
    kept_list_release(&kept);
    close(ready[0]);
    close(ready[1]);
}

// ---- damage

static void replace(const char *path, struct sv bytes)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

// The file at `path` holds `bytes`, which are not those that were kept: refused, kept aside, named.
static void assert_set_aside(struct space *space, const struct buf *path, struct sv bytes)
{
    struct kept_list kept;
    struct buf aside = { 0 }, there = { 0 };
    struct err err = { 0 };

    replace(buf_cstr(path), bytes);
    findings_release(&space->findings);
    kept = list(space, "ana");
    assert_int_equal(kept.count, 0);
    assert_int_equal(space->findings.count, 1);
    buf_add(&aside, sv_sub(buf_sv(path), 0, path->len - 5));
    buf_add_cstr(&aside, ".damaged");
    assert_string_equal(buf_cstr(&space->findings.items[0].err.path), buf_cstr(&aside));
    assert_false(fs_is_file(buf_cstr(path)));
    assert_true(fs_read(buf_cstr(&aside), SIZE_MAX, &there, &err));
    assert_true(sv_eq(buf_sv(&there), bytes));
    fs_unlink(buf_cstr(&aside));
    buf_release(&aside);
    buf_release(&there);
}

static void a_file_cut_anywhere_is_set_aside(void **state)
{
    struct space *space = *state;
    struct buf path = { 0 }, bytes = { 0 };
    struct unsaved unsaved;
    struct err err = { 0 };

    keep(space, &path);
    assert_true(fs_read(buf_cstr(&path), SIZE_MAX, &bytes, &err));
    for (size_t len = 0; len < bytes.len; len++) {
        assert_false(unsaved_parse(sv_sub(buf_sv(&bytes), 0, len), "f", &unsaved, &err));
        assert_int_equal(err.code, E_REFUSED);
        err_release(&err);
    }
    assert_set_aside(space, &path, sv_sub(buf_sv(&bytes), 0, bytes.len / 2));
    assert_set_aside(space, &path, SV(""));
    buf_release(&path);
    buf_release(&bytes);
}

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return *seed >> 33;
}

static void mutate(struct buf *bytes, uint64_t *seed)
{
    size_t at = next(seed) % bytes->len, end = at + next(seed) % 8;
    struct buf part = { 0 };

    switch (next(seed) % 4) {
    case 0:
        bytes->ptr[at] = (char)next(seed);
        break;
    case 1:
        buf_splice(bytes, at, end < bytes->len ? end : bytes->len, SV(""));
        break;
    case 2:
        buf_splice(bytes, at, at, SV("99999999999999999999\n"));
        break;
    case 3:
        buf_add(&part, sv_sub(buf_sv(bytes), at / 2, at));
        buf_splice(bytes, at, at, buf_sv(&part));
        break;
    }
    buf_release(&part);
}

static void mutated_files_are_set_aside_and_nothing_else_changes(void **state)
{
    struct space *space = *state;
    struct buf path = { 0 }, bytes = { 0 };
    struct err err = { 0 };
    size_t count = getenv("GAINSAY_LONG") ? 10 * MUTATIONS : MUTATIONS;
    char *sources = space_read(space, "annotations/sources.yaml");
    uint64_t seed = 1;

    keep(space, &path);
    assert_true(fs_read(buf_cstr(&path), SIZE_MAX, &bytes, &err));
    for (size_t i = 0; i < count; i++) {
        struct buf mutant = { 0 };

        buf_add(&mutant, buf_sv(&bytes));
        for (uint64_t n = next(&seed) % 3 + 1; n; n--)
            mutate(&mutant, &seed);
        if (!sv_eq(buf_sv(&mutant), buf_sv(&bytes)))
            assert_set_aside(space, &path, buf_sv(&mutant));
        buf_release(&mutant);
    }

    char *after = space_read(space, "annotations/sources.yaml");

    assert_string_equal(sources, after);
    mem_free(sources);
    mem_free(after);
    buf_release(&path);
    buf_release(&bytes);
}

// With a right sum: whatever else is wrong.
static void hostile_members_are_refused(void **state)
{
    static const struct {
        const char *what, *text;
        size_t beg, end, cursor;
    } cases[] = {
        { "control code", "a\033[2Jb", 0, 0, 0 },
        { "invalid byte", "a\xff", 0, 0, 0 },
        { "cursor behind the text", "ab", 0, 0, 3 },
        { "cursor in a code point", "\xc3\xb8", 0, 0, 1 },
        { "span backwards", "ab", 2, 1, 0 },
        { "span past any text", "ab", 0, SIZE_MAX, 0 },
    };

    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct unsaved unsaved = { 0 }, out;
        struct buf bytes = { 0 };
        struct err err = { 0 };

        buf_add_cstr(&unsaved.text, cases[i].text);
        unsaved.span = (struct cp_span){ cases[i].beg, cases[i].end };
        unsaved.cursor = cases[i].cursor;
        unsaved_print(&unsaved, &bytes);
        if (unsaved_parse(buf_sv(&bytes), "f", &out, &err))
            fail_msg("taken: %s", cases[i].what);
        assert_int_equal(err.code, E_REFUSED);
        err_release(&err);
        buf_release(&bytes);
        unsaved_release(&unsaved);
    }
}

static void what_is_no_file_is_left_alone(void **state)
{
    struct space *space = *state;
    struct buf path = { 0 };

    keep(space, &path);
    fs_unlink(buf_cstr(&path));
    assert_int_equal(mkfifo(buf_cstr(&path), 0600), 0);
    findings_release(&space->findings);

    struct kept_list kept = list(space, "ana");

    assert_int_equal(kept.count, 0);
    assert_int_equal(space->findings.count, 1);
    assert_int_equal(unlink(buf_cstr(&path)), 0);
    assert_int_equal(symlink("/no/such/file", buf_cstr(&path)), 0);
    kept = list(space, "ana");
    assert_int_equal(kept.count, 0);
    buf_release(&path);
}

static void a_folder_that_cannot_be_made_is_an_error(void **state)
{
    struct space *space = *state;
    struct unsaved unsaved = { 0 };
    struct buf path = { 0 };
    struct err err = { 0 };

    space_write(space, "state", "a file");
    fill(&unsaved);
    assert_false(journal_write(&space->ws, SV("ana"), &unsaved, true, &path, &err));
    assert_int_equal(err.code, E_SYSTEM);
    assert_int_equal(path.len, 0);
    err_release(&err);
    unsaved_release(&unsaved);
    buf_release(&path);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, space_teardown)
        TEST(a_text_comes_back_as_it_was_typed),
        TEST(each_text_has_a_file_and_an_annotator),
        TEST(what_is_dropped_can_be_brought_back),
        TEST(of_those_dropped_the_last_stay),
        TEST(a_sitting_that_runs_keeps_its_text),
        TEST(a_file_cut_anywhere_is_set_aside),
        TEST(mutated_files_are_set_aside_and_nothing_else_changes),
        TEST(hostile_members_are_refused),
        TEST(what_is_no_file_is_left_alone),
        TEST(a_folder_that_cannot_be_made_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
