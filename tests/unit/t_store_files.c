// Loading and saving layers and the registry: new files, merges, refusals, failures.
#include "space.h"

#include <fcntl.h>
#include <string.h>
#ifdef __linux__
#include <sys/inotify.h>
#endif
#include <sys/stat.h>
#include <unistd.h>

#include "store/files.h"

#define LAYER "annotations/ana/ev/blast.yaml"
#define HEAD  "gainsay: 1\narticle: ev/blast\nannotator: ana\n"
#define ONE                                                                                        \
    HEAD "claims:\n\n- id: c0000001\n  span:\n  - at: [0, 14]\n    quote: Khalil Haqqani\n"        \
         "  says: one # why not\n  unknown: kept\n"
#define TWO "\n- id: c0000002\n  span:\n  - at: [22, 27]\n    quote: Kabul\n"

static void load(struct space *space, struct layer_file *file)
{
    struct err err = { 0 };

    if (!layer_file_load(&space->ws, SV("ana"), SV(SPACE_BLAST), file, &space->findings, &err))
        fail_msg("%s", buf_cstr(&err.text));
}

static void save(struct layer_file *file, struct save_report *report)
{
    struct err err = { 0 };

    save_report_release(report);
    if (!layer_file_save(file, NULL, report, &err))
        fail_msg("%s", buf_cstr(&err.text));
}

// Put the claim `id` with another `says` into the layer.
static void set_says(struct layer_file *file, const char *id, const char *says)
{
    const struct claim *claim = layer_claim(&file->layer, sv_from(id));
    struct claim *edit = record_edit(&file->layer.arena, KIND_CLAIM, claim);

    edit->says = sv_copy(&file->layer.arena, sv_from(says));
    layer_put(&file->layer, SECTION_CLAIMS, edit);
}

static void add_claim(struct layer_file *file, const char *id, size_t beg)
{
    struct arena *arena = &file->layer.arena;
    struct claim *claim = arena_new(arena, sizeof(*claim));
    struct part *part = arena_new(arena, sizeof(*part));
    const void **items = arena_new(arena, sizeof(*items));

    part->at = (struct cp_span){ beg, beg + 3 };
    part->quote = SV("xyz");
    items[0] = part;
    claim->id = sv_copy(arena, sv_from(id));
    claim->span = (struct rec_list){ items, 1 };
    layer_put(&file->layer, SECTION_CLAIMS, claim);
}

static void move_claim(struct layer_file *file, const char *id, size_t beg)
{
    const struct claim *claim = layer_claim(&file->layer, sv_from(id));
    struct claim *edit = record_edit(&file->layer.arena, KIND_CLAIM, claim);
    struct part *part = record_edit(&file->layer.arena, KIND_PART, claim->span.items[0]);
    const void **items = arena_new(&file->layer.arena, sizeof(*items));

    part->at = (struct cp_span){ beg, beg + 3 };
    items[0] = part;
    edit->span = (struct rec_list){ items, 1 };
    layer_put(&file->layer, SECTION_CLAIMS, edit);
}

#define CLAIM(id, at) "\n- id: " id "\n  span:\n  - at: " at "\n    quote: xyz\n"
#define LINK(id, from, to)                                                                         \
    "\n- id: " id "\n  from: " from "\n  to:\n    claim: " to "\n  type: contradicts # " id "\n"
#define CLAIMS HEAD "claims:\n" CLAIM("ca", "[1, 4]") CLAIM("cb", "[5, 8]") CLAIM("cc", "[9, 12]")
#define LINK_A LINK("la", "ca", "cb")
#define LINK_B LINK("lb", "cb", "cc")
#define LINK_C LINK("lc", "cc", "ca")

static void links_follow_their_claim_where_they_stood_in_order(void **state)
{
    static const struct {
        const char *before, *after;
    } files[] = {
        { CLAIMS "links:\n" LINK_A LINK_B LINK_C, LINK_B LINK_C LINK_A },
        { CLAIMS "links:\n" LINK_C LINK_A LINK_B, "links:\n" LINK_C LINK_A LINK_B }, // odd: stays
    };
    struct space *space = *state;

    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        struct layer_file file;
        struct save_report report = { 0 };

        space_write(space, LAYER, files[i].before);
        load(space, &file);
        move_claim(&file, "ca", 20);
        save(&file, &report);
        if (!space_has(space, LAYER, files[i].after))
            fail_msg("file %zu: %s", i, space_read(space, LAYER));
        move_claim(&file, "ca", 1);
        save(&file, &report);
        assert_true(space_has(space, LAYER, files[i].before));
        layer_file_release(&file);
        save_report_release(&report);
    }
}

static void missing_file_is_an_empty_layer(void **state)
{
    struct space *space = *state;
    struct layer_file file;
    struct save_report report = { 0 };

    load(space, &file);
    assert_true(sv_eq(file.layer.head.article, SV(SPACE_BLAST)));
    assert_true(sv_eq(file.layer.head.annotator, SV("ana")));
    assert_string_equal(layer_file_name(&file), LAYER);
    assert_true(layer_file_is_current(&file));
    save(&file, &report);
    assert_false(fs_is_file(space_path(space, LAYER))); // nothing to say, no file

    add_claim(&file, "c0000009", 3);
    save(&file, &report);
    assert_true(space_has(space, LAYER, HEAD "claims:\n\n- id: c0000009\n"));
    assert_true(layer_file_is_current(&file));
    layer_file_release(&file);
    layer_file_release(&file);
    save_report_release(&report);
}

static void saving_unchanged_writes_nothing(void **state)
{
    struct space *space = *state;
    struct layer_file file;
    struct save_report report = { 0 };
    struct fs_stamp before, after;
    struct err err = { 0 };

    space_write(space, LAYER, ONE);
    load(space, &file);
    assert_true(fs_stamp(space_path(space, LAYER), &before, &err));
    save(&file, &report);
    assert_true(fs_stamp(space_path(space, LAYER), &after, &err));
    assert_true(fs_stamp_eq(&before, &after));
    assert_false(report.was_merged);
    layer_file_release(&file);
    save_report_release(&report);
}

static void both_sides_survive_a_change_underneath(void **state)
{
    struct space *space = *state;
    struct layer_file file;
    struct save_report report = { 0 };

    space_write(space, LAYER, ONE);
    load(space, &file);
    add_claim(&file, "c0000009", 30);
    space_write(space, LAYER, ONE TWO);
    assert_false(layer_file_is_current(&file));
    save(&file, &report);

    assert_true(report.was_merged);
    assert_int_equal(report.taken, 1);
    assert_int_equal(report.conflict_count, 0);
    assert_non_null(layer_claim(&file.layer, SV("c0000002")));
    assert_true(space_has(space, LAYER, ONE TWO "\n- id: c0000009\n"));
    save_report_release(&report);
    layer_file_release(&file);
}

static void conflicting_fields_keep_ours_and_are_reported(void **state)
{
    struct space *space = *state;
    struct layer_file file;
    struct save_report report = { 0 };

    space_write(space, LAYER, ONE);
    load(space, &file);
    set_says(&file, "c0000001", "ours");
    space_write(space, LAYER,
                HEAD "claims:\n\n- id: c0000001\n  span:\n  - at: [0, 14]\n"
                     "    quote: Khalil Haqqani\n  says: theirs\n  topic: death\n");
    save(&file, &report);

    assert_int_equal(report.conflict_count, 1);
    assert_string_equal(report.conflicts[0].field->key, "says");
    assert_true(sv_eq(((const struct claim *)report.conflicts[0].theirs)->says, SV("theirs")));
    assert_true(space_has(space, LAYER, "says: ours\n"));
    assert_true(space_has(space, LAYER, "topic: death\n"));
    save_report_release(&report);
    layer_file_release(&file);
}

static void change_on_disk_alone_is_taken_in_without_writing(void **state)
{
    struct space *space = *state;
    struct layer_file file;
    struct save_report report = { 0 };
    struct fs_stamp before, after;
    struct err err = { 0 };

    space_write(space, LAYER, ONE);
    load(space, &file);
    space_write(space, LAYER, ONE TWO);
    assert_true(fs_stamp(space_path(space, LAYER), &before, &err));
    save(&file, &report);
    assert_true(fs_stamp(space_path(space, LAYER), &after, &err));

    assert_true(fs_stamp_eq(&before, &after));
    assert_true(report.was_merged);
    assert_non_null(layer_claim(&file.layer, SV("c0000002")));
    assert_true(layer_file_is_current(&file));
    save_report_release(&report);
    layer_file_release(&file);
}

// Bytes swapped for as many others without a trace in size and time, right after we have written
// the file.
static void change_right_behind_a_save(struct space *space, const char *bytes_before)
{
    struct layer_file file;
    struct save_report report = { 0 };
    struct stat st;

    space_write(space, LAYER, bytes_before);
    load(space, &file);
    for (int round = 0; round < 5; round++) {
        char says[] = "ours 0", theirs[] = "hers 0";
        int fd;

        says[5] = theirs[5] = (char)('0' + round);
        set_says(&file, "c0000001", says);
        save(&file, &report);
        assert_false(report.was_merged);
        fd = open(space_path(space, LAYER), O_RDWR);
        assert_true(fd >= 0);
        assert_int_equal(fstat(fd, &st), 0);

        char *bytes = space_read(space, LAYER);
        long at = strstr(bytes, says) - bytes;

        assert_int_equal(pwrite(fd, theirs, 6, at), 6);
        assert_int_equal(futimens(fd, (struct timespec[]){ st.st_atim, st.st_mtim }), 0);
        close(fd);
        mem_free(bytes);
        add_claim(&file, round % 2 ? "c0000008" : "c0000009", 30);
        save(&file, &report);
        assert_true(report.was_merged);
        assert_true(space_has(space, LAYER, theirs));
    }
    save_report_release(&report);
    layer_file_release(&file);
}

// One so large that it is not read again where nobody has opened it.
static void add_large(struct buf *out)
{
    buf_add_cstr(out, ONE);
    while (out->len < FS_LARGE_BYTES)
        buf_add_cstr(out, "# so that it is large\n");
}

static void a_change_right_behind_a_save_is_taken_in(void **state)
{
    struct buf large = { 0 };

    add_large(&large);
    change_right_behind_a_save(*state, ONE);
    change_right_behind_a_save(*state, buf_cstr(&large));
    buf_release(&large);
}

// What another program does while we wait for the disk.
static int meanwhile; // so often
static struct space *where;

int fsync(int fd) // in place of the library's
{
    (void)fd;
    if (meanwhile > 0) {
        FILE *file = fopen(space_path(where, LAYER), "w");

        assert_non_null(file);
        // Of another size each time: times of files may stand still for some milliseconds.
        fprintf(file, ONE "\n- id: c000010%d\n  span:\n  - at: [1, 3]\n    quote: ha\n#%*d\n",
                meanwhile, 9 * meanwhile, 0);
        meanwhile--;
        fclose(file);
    }
    return 0;
}

static void a_change_in_the_midst_of_a_save_is_taken_in(void **state)
{
    struct space *space = *state;
    struct layer_file file;
    struct save_report report = { 0 };

    space_write(space, LAYER, ONE);
    load(space, &file);
    where = space;
    meanwhile = 1;
    set_says(&file, "c0000001", "ours");
    save(&file, &report);
    assert_true(report.was_merged);
    assert_int_equal(report.taken, 1);
    assert_true(space_has(space, LAYER, "says: ours"));
    assert_true(space_has(space, LAYER, "id: c0000101"));

    // One that never ends is not waited for: the last of these comes behind the rename.
    meanwhile = 5;
    set_says(&file, "c0000001", "again");
    save(&file, &report);
    assert_int_equal(meanwhile, 0);
    assert_false(space_has(space, LAYER, "says: again"));
    set_says(&file, "c0000001", "at last");
    save(&file, &report);
    assert_true(report.was_merged);
    assert_true(space_has(space, LAYER, "says: at last"));
    save_report_release(&report);
    layer_file_release(&file);
}

#ifdef __linux__
// What this program has just written, and nobody has touched, it does not read again.
static void a_save_behind_a_save_reads_nothing(void **state)
{
    struct space *space = *state;
    struct layer_file file;
    struct save_report report = { 0 };
    char event[4096];
    struct buf large = { 0 };
    int events = inotify_init1(IN_NONBLOCK);

    add_large(&large);
    space_write(space, LAYER, buf_cstr(&large));
    buf_release(&large);
    load(space, &file);
    set_says(&file, "c0000001", "first");
    save(&file, &report);
    if (events < 0 || !fs_hold_vouches(&file.hold, &file.stamp))
        skip();
    assert_true(inotify_add_watch(events, space_path(space, LAYER), IN_OPEN) >= 0);
    set_says(&file, "c0000001", "second");
    save(&file, &report);
    assert_int_equal(read(events, event, sizeof(event)), -1);
    assert_true(space_has(space, LAYER, "says: second"));
    close(events);
    save_report_release(&report);
    layer_file_release(&file);
}
#endif

static void deletion_there_is_taken_unless_edited_here(void **state)
{
    struct space *space = *state;
    struct layer_file file;
    struct save_report report = { 0 };

    space_write(space, LAYER, ONE TWO);
    load(space, &file);
    set_says(&file, "c0000001", "edited");
    space_write(space, LAYER,
                HEAD "claims:\n\n- id: c0000003\n  span:\n  - at: [1, 3]\n    quote: ha\n");
    save(&file, &report);

    assert_non_null(layer_claim(&file.layer, SV("c0000001")));
    assert_null(layer_claim(&file.layer, SV("c0000002")));
    assert_non_null(layer_claim(&file.layer, SV("c0000003")));
    assert_int_equal(report.conflict_count, 1);
    assert_null(report.conflicts[0].field);
    assert_false(report.conflicts[0].is_our_deletion);
    save_report_release(&report);
    layer_file_release(&file);
}

static void vanished_or_emptied_file_is_written_anew(void **state)
{
    static const bool emptied[] = { false, true };
    struct space *space = *state;

    for (size_t i = 0; i < ARRAY_LEN(emptied); i++) {
        struct layer_file file;
        struct save_report report = { 0 };

        space_write(space, LAYER, ONE);
        load(space, &file);
        if (emptied[i])
            space_write(space, LAYER, "");
        else
            fs_unlink(space_path(space, LAYER));
        assert_false(layer_file_is_current(&file));
        save(&file, &report);
        assert_true(report.was_gone);
        add_claim(&file, "c0000009", 30);
        save(&file, &report);
        assert_true(space_has(space, LAYER, ONE "\n- id: c0000009\n"));
        layer_file_release(&file);
        save_report_release(&report);
    }
}

static void file_that_became_unreadable_is_not_touched(void **state)
{
    static const char conflict[] = "<<<<<<< ours\n" ONE "=======\n" ONE ">>>>>>> theirs\n";
    struct space *space = *state;
    struct layer_file file;
    struct save_report report = { 0 };
    struct err err = { 0 };

    space_write(space, LAYER, ONE);
    load(space, &file);
    add_claim(&file, "c0000009", 30);
    space_write(space, LAYER, conflict);
    assert_false(layer_file_save(&file, NULL, &report, &err));
    assert_int_equal(err.code, E_CONFLICT);
    assert_string_equal(buf_cstr(&err.path), LAYER);
    assert_true(space_has(space, LAYER, conflict));

    space_write(space, LAYER, ONE TWO); // mended
    save(&file, &report);
    assert_true(space_has(space, LAYER, TWO));
    assert_true(space_has(space, LAYER, "c0000009"));
    err_release(&err);
    save_report_release(&report);
    layer_file_release(&file);
}

static void refused_file_is_never_written(void **state)
{
    struct space *space = *state;
    struct layer_file file;
    struct save_report report = { 0 };
    struct err err = { 0 };

    space_write(space, LAYER, "gainsay: 1\nclaims: &x []\n");
    assert_false(
        layer_file_load(&space->ws, SV("ana"), SV(SPACE_BLAST), &file, &space->findings, &err));
    assert_true(file.is_refused);
    assert_string_equal(buf_cstr(&err.path), LAYER);
    add_claim(&file, "c0000009", 30);
    assert_false(layer_file_save(&file, NULL, &report, &err));
    assert_true(space_has(space, LAYER, "&x"));
    err_release(&err);
    layer_file_release(&file);
    save_report_release(&report);
}

static void failed_save_can_be_tried_again(void **state)
{
    struct space *space = *state;
    struct layer_file file;
    struct save_report report = { 0 };
    struct err err = { 0 };

    load(space, &file);
    add_claim(&file, "c0000009", 3);
    space_write(space, "annotations/ana", "in the way");
    assert_false(layer_file_save(&file, NULL, &report, &err));
    assert_true(err.code != E_NONE);
    assert_non_null(layer_claim(&file.layer, SV("c0000009")));

    fs_unlink(space_path(space, "annotations/ana"));
    save(&file, &report);
    assert_true(space_has(space, LAYER, "c0000009"));
    err_release(&err);
    layer_file_release(&file);
    save_report_release(&report);
}

static void file_in_a_foreign_place_is_reported(void **state)
{
    struct space *space = *state;
    struct layer_file file;

    space_write(space, LAYER, "gainsay: 1\narticle: ev/other\nannotator: ben\n");
    load(space, &file);
    assert_true(space_found(&space->findings, E_NAME, "'ev/other'"));
    assert_true(space_found(&space->findings, E_NAME, "'ben'"));
    layer_file_release(&file);
}

static void read_ranges_of_both_sides_are_kept(void **state)
{
    struct space *space = *state;
    struct layer_file file;
    struct save_report report = { 0 };
    struct cp_span mine = { 40, 50 };

    space_write(space, LAYER, HEAD "read:\n- [0, 10]\n");
    load(space, &file);
    layer_set_read(&file.layer, cp_spans_add(&file.layer.arena, file.layer.head.read, mine));
    space_write(space, LAYER, HEAD "read:\n- [0, 20]\n");
    save(&file, &report);

    assert_true(space_has(space, LAYER, "read:\n- [0, 20]\n- [40, 50]\n"));
    save_report_release(&report);
    layer_file_release(&file);
}

static void registry_merges_like_a_layer(void **state)
{
    struct space *space = *state;
    struct registry_file file;
    struct save_report report = { 0 };
    struct err err = { 0 };

    assert_true(registry_file_load(&space->ws, &file, &space->findings, &err));
    assert_int_equal(file.registry.count, 3);

    struct source *source = arena_new(&file.registry.arena, sizeof(*source));

    source->id = SV("un");
    registry_put(&file.registry, source);
    space_write(space, "annotations/sources.yaml",
                "gainsay: 1\nsources:\n\n- id: government\n  name: The government\n");
    assert_false(registry_file_is_current(&file));
    assert_true(registry_file_save(&file, NULL, &report, &err));

    assert_true(report.was_merged);
    assert_int_equal(file.registry.count, 2);
    assert_non_null(registry_find(&file.registry, SV("un")));
    assert_true(space_has(space, "annotations/sources.yaml", "name: The government\n\n- id: un\n"));
    save_report_release(&report);
    registry_file_release(&file);
}

static void article_is_added_with_what_is_known(void **state)
{
    struct space *space = *state;
    struct meta meta = { .title = SV("A: title"), .published = SV("2024-12-11") };
    struct meta_file loaded;
    struct err err = { 0 };
    struct sv id;

    assert_true(corpus_add(&space->ws, SV("ev/new"), SV("Text.\n"), &meta, &err));
    assert_true(space_has(space, "corpus/ev/new.txt", "Text.\n"));
    assert_true(workspace_find_article(&space->ws, SV("ev/new"), &id));
    assert_true(meta_file_load(&space->ws, id, &loaded, &space->findings, &err));
    assert_true(sv_eq(loaded.meta.title, meta.title));
    assert_true(sv_eq(loaded.meta.published, meta.published));
    meta_file_release(&loaded);

    assert_false(corpus_add(&space->ws, SV("ev/new"), SV("Other.\n"), NULL, &err));
    assert_int_equal(err.code, E_NAME);
    assert_true(space_has(space, "corpus/ev/new.txt", "Text.\n"));
    err_release(&err);

    space_write(space, "corpus/ev/late.yaml", "title: was here\n");
    assert_false(corpus_add(&space->ws, SV("ev/late"), SV("Text.\n"), &meta, &err));
    assert_false(fs_is_file(space_path(space, "corpus/ev/late.txt"))); // all or nothing
    err_release(&err);
}

static void article_without_metadata_has_an_empty_record(void **state)
{
    struct space *space = *state;
    struct meta_file file;
    struct err err = { 0 };

    assert_true(meta_file_load(&space->ws, SV(SPACE_BLAST), &file, &space->findings, &err));
    assert_true(sv_is_absent(file.meta.title));
    meta_file_release(&file);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, space_setup, space_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(links_follow_their_claim_where_they_stood_in_order),
        TEST(missing_file_is_an_empty_layer),
        TEST(saving_unchanged_writes_nothing),
        TEST(both_sides_survive_a_change_underneath),
        TEST(conflicting_fields_keep_ours_and_are_reported),
        TEST(change_on_disk_alone_is_taken_in_without_writing),
        TEST(a_change_right_behind_a_save_is_taken_in),
        TEST(a_change_in_the_midst_of_a_save_is_taken_in),
#ifdef __linux__
        TEST(a_save_behind_a_save_reads_nothing),
#endif
        TEST(deletion_there_is_taken_unless_edited_here),
        TEST(vanished_or_emptied_file_is_written_anew),
        TEST(file_that_became_unreadable_is_not_touched),
        TEST(refused_file_is_never_written),
        TEST(failed_save_can_be_tried_again),
        TEST(file_in_a_foreign_place_is_reported),
        TEST(read_ranges_of_both_sides_are_kept),
        TEST(registry_merges_like_a_layer),
        TEST(article_is_added_with_what_is_known),
        TEST(article_without_metadata_has_an_empty_record),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
