// What the store does when the system fails it at one call: nothing lost, nothing said that is not so.
#include "space.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "store/files.h"

#define LAYER      "annotations/ana/ev/blast.yaml"
#define META       "corpus/ev/blast.yaml"
#define SCHEME     "annotations/scheme.yaml"
#define ATTRIBUTES ".gitattributes"
#define ONE                                                                                        \
    "gainsay: 1\narticle: ev/blast\nannotator: ana\nclaims:\n\n- id: c0000001\n  span:\n"          \
    "  - at: [0, 14]\n    quote: Khalil Haqqani\n  says: one\n"

static int folder_syncs_to_fail, folder_syncs; // fsyncs of folders: to fail next, made
static const char *stat_to_fail;               // end of the path whose stat fails with EIO

// In the place of the C library's.
int fsync(int fd)
{
    struct stat st;

    if (!fstat(fd, &st) && S_ISDIR(st.st_mode)) {
        folder_syncs++;
        if (folder_syncs_to_fail && folder_syncs_to_fail--) {
            errno = EIO;
            return -1;
        }
    }
    return (int)syscall(SYS_fsync, fd);
}

int stat(const char *restrict path, struct stat *restrict out)
{
    if (stat_to_fail && sv_ends(sv_from(path), sv_from(stat_to_fail))) {
        errno = EIO;
        return -1;
    }
    return fstatat(AT_FDCWD, path, out, 0);
}

static void load(struct space *space, struct layer_file *file)
{
    struct err err = { 0 };

    folder_syncs_to_fail = folder_syncs = 0;
    stat_to_fail = NULL;
    space_write(space, LAYER, ONE);
    if (!layer_file_load(&space->ws, SV("ana"), SV(SPACE_BLAST), file, &space->findings, &err))
        fail_msg("%s", buf_cstr(&err.text));
}

static void set_says(struct layer_file *file, const char *says)
{
    const struct claim *claim = layer_claim(&file->layer, SV("c0000001"));
    struct claim *edit = record_edit(&file->layer.arena, KIND_CLAIM, claim);

    edit->says = sv_copy(&file->layer.arena, sv_from(says));
    layer_put(&file->layer, SECTION_CLAIMS, edit);
}

static bool save(struct layer_file *file, struct save_report *report)
{
    struct err err = { 0 };
    bool ok = layer_file_save(file, NULL, report, &err);

    assert_int_equal(ok, !err.text.len);
    err_release(&err);
    return ok;
}

static void undo_after_a_folder_not_on_disk_is_not_taken_back(void **state)
{
    struct space *space = *state;
    struct save_report report = { 0 };
    struct layer_file file;

    load(space, &file);
    set_says(&file, "two");
    folder_syncs_to_fail = 1;
    assert_false(save(&file, &report));
    set_says(&file, "one");
    assert_true(save(&file, &report));
    assert_false(report.was_merged);
    assert_true(space_has(space, LAYER, "says: one\n"));
    save_report_release(&report);
    layer_file_release(&file);
}

static void folder_not_on_disk_is_unsaved_until_it_is_written_again(void **state)
{
    struct space *space = *state;
    struct save_report report = { 0 };
    struct layer_file file;

    load(space, &file);
    set_says(&file, "two");
    folder_syncs_to_fail = 2;
    assert_false(save(&file, &report));
    assert_false(save(&file, &report));
    folder_syncs = 0;
    assert_true(save(&file, &report));
    assert_int_equal(folder_syncs, 1);
    assert_true(save(&file, &report));
    assert_int_equal(folder_syncs, 1);
    assert_true(space_has(space, LAYER, "says: two\n"));
    save_report_release(&report);
    layer_file_release(&file);
}

static void metadata_of_another_hand_outlives_a_failed_add(void **state)
{
    const struct meta meta = { .title = SV("Ours") };
    struct space *space = *state;
    struct err err = { 0 };

    space_write(space, "corpus/ev/new.yaml", "title: Theirs\n");
    stat_to_fail = "corpus/ev/new.yaml";
    assert_false(corpus_add(&space->ws, SV("ev/new"), SV("Text.\n"), &meta, &err));
    stat_to_fail = NULL;
    assert_true(space_has(space, "corpus/ev/new.yaml", "title: Theirs\n"));
    assert_false(fs_is_file(space_path(space, "corpus/ev/new.txt")));
    err_release(&err);
}

static void attributes_that_cannot_be_looked_at_are_not_replaced(void **state)
{
    struct space *space = *state;
    struct buf report = { 0 };
    struct err err = { 0 };

    assert_true(fs_make_dirs(space_path(space, ".git"), &err));
    space_write(space, ATTRIBUTES, "*.png binary\n");
    stat_to_fail = ATTRIBUTES;
    assert_false(workspace_init(space->dir, &report, &err));
    stat_to_fail = NULL;
    assert_non_null(strstr(buf_cstr(&err.path), ATTRIBUTES));
    assert_true(space_has(space, ATTRIBUTES, "*.png binary\n"));
    buf_release(&report);
    err_release(&err);
}

static void git_that_cannot_be_looked_at_is_not_taken_for_missing(void **state)
{
    struct space *space = *state;
    struct buf report = { 0 };
    struct err err = { 0 };

    stat_to_fail = "/.git";
    assert_false(workspace_init(space->dir, &report, &err));
    stat_to_fail = NULL;
    buf_release(&report);
    err_release(&err);
}

static void what_cannot_be_looked_at_is_reported(void **state)
{
    static const char *const names[] = { SCHEME, "corpus/ev/blast.txt", "corpus/ev" };
    struct space *space = *state;

    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct workspace ws;
        struct findings findings = { 0 };
        struct err err = { 0 };

        stat_to_fail = names[i];
        assert_true(workspace_open(space->dir, &ws, &findings, &err));
        stat_to_fail = NULL;
        assert_int_equal(findings.count, 1);
        assert_non_null(strstr(buf_cstr(&findings.items[0].err.path), names[i]));
        findings_release(&findings);
        workspace_release(&ws);
    }
}

static void root_that_cannot_be_looked_at_ends_the_search(void **state)
{
    struct space *space = *state;
    struct workspace ws;
    struct findings findings = { 0 };
    struct err err = { 0 };

    assert_true(fs_make_dirs(space_path(space, "inner/corpus"), &err));
    assert_true(fs_make_dirs(space_path(space, "inner/annotations"), &err));
    stat_to_fail = "inner/annotations";
    assert_false(workspace_open(space_path(space, "inner"), &ws, &findings, &err));
    stat_to_fail = NULL;
    assert_int_equal(err.code, E_SYSTEM);
    err_release(&err);
}

static void annotators_that_cannot_be_looked_at_are_not_left_out(void **state)
{
    struct space *space = *state;
    struct fs_names names;
    struct err err = { 0 };

    space_write(space, LAYER, ONE);
    stat_to_fail = "annotations/ana";
    assert_false(workspace_annotators(&space->ws, &names, &err));
    stat_to_fail = NULL;
    assert_non_null(strstr(buf_cstr(&err.path), "annotations/ana"));
    err_release(&err);
}

static void metadata_that_cannot_be_looked_at_is_an_error(void **state)
{
    struct space *space = *state;
    struct meta_file file;
    struct err err = { 0 };

    stat_to_fail = META;
    assert_false(meta_file_load(&space->ws, SV(SPACE_BLAST), &file, &space->findings, &err));
    stat_to_fail = NULL;
    meta_file_release(&file);
    err_release(&err);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, space_setup, space_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(undo_after_a_folder_not_on_disk_is_not_taken_back),
        TEST(folder_not_on_disk_is_unsaved_until_it_is_written_again),
        TEST(metadata_of_another_hand_outlives_a_failed_add),
        TEST(attributes_that_cannot_be_looked_at_are_not_replaced),
        TEST(git_that_cannot_be_looked_at_is_not_taken_for_missing),
        TEST(what_cannot_be_looked_at_is_reported),
        TEST(root_that_cannot_be_looked_at_ends_the_search),
        TEST(annotators_that_cannot_be_looked_at_are_not_left_out),
        TEST(metadata_that_cannot_be_looked_at_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
