// Undo beyond a sitting: the log in the state folder, whole, torn, mutated and out of date.
#include "sitting.h"

#include "store/undo_log.h"

#define MUTATIONS 60 // GAINSAY_LONG: 1,000

// Steps that can be undone or done again in a row.
static size_t travel_all(struct sitting *t, bool is_redo)
{
    struct reading *where;
    const char *what;
    struct err err = { 0 };
    size_t count = 0;

    while (is_redo ? session_redo(t->session, &what, &where, &err)
                   : session_undo(t->session, &what, &where, &err))
        count++;
    assert_int_equal(err.code, E_USAGE);
    err_release(&err);
    return count;
}

static void assert_refused(struct sitting *t, enum err_code code, const char *text)
{
    struct reading *where;
    const char *what;
    struct err err = { 0 };

    assert_false(session_undo(t->session, &what, &where, &err));
    assert_int_equal(err.code, code);
    assert_non_null(strstr(buf_cstr(&err.text), text));
    err_release(&err);
}

static size_t count_of(const struct reading *r, enum section section)
{
    return r->file.layer.sections[section].count;
}

static const char *log_path(struct sitting *t)
{
    struct undo_log log;
    static char path[256];

    undo_log_open(&t->space->ws, SV("ana"), &log);
    snprintf(path, sizeof(path), "%s", buf_cstr(&log.path));
    undo_log_release(&log);
    return path;
}

static void read_log(struct sitting *t, struct buf *out)
{
    struct err err = { 0 };

    buf_clear(out);
    assert_true(fs_read(log_path(t), SIZE_MAX, out, &err));
}

static void write_log(struct sitting *t, struct sv bytes)
{
    FILE *file = fopen(log_path(t), "w");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

static void everything_is_undone_and_done_again(void **state)
{
    struct sitting *t = *state;
    char *before = sitting_bytes(t), *after;

    sitting_reopen(t);
    assert_int_equal(travel_all(t, false), 10);
    for (int section = 0; section < SECTION__N; section++) {
        assert_int_equal(count_of(t->blast, (enum section)section), 0);
        assert_int_equal(count_of(t->fall, (enum section)section), 0);
    }
    sitting_reopen(t);
    assert_int_equal(travel_all(t, true), 10);
    after = sitting_bytes(t);
    assert_string_equal(before, after);
    mem_free(before);
    mem_free(after);
}

static void a_step_says_when_it_was_done(void **state)
{
    struct sitting *t = *state;
    struct reading *where;
    const char *what;
    struct err err = { 0 };

    sitting_reopen(t);
    assert_true(session_undo(t->session, &what, &where, &err));
    assert_non_null(strstr(what, ", of 2026-11-22T03:10"));
    assert_ptr_equal(where, t->blast);
}

static void the_log_is_of_this_person_alone(void **state)
{
    struct sitting *t = *state;
    struct stat st;

    assert_int_equal(stat(log_path(t), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
}

static void what_was_undone_stays_undone(void **state)
{
    struct sitting *t = *state;

    sitting_undo(t);
    sitting_undo(t);
    sitting_redo(t);
    sitting_reopen(t);
    assert_int_equal(count_of(t->blast, SECTION_FURNITURE), 1);
    assert_int_equal(travel_all(t, true), 1);
    assert_int_equal(travel_all(t, false), 10);
}

static void steps_of_three_sittings_are_one_row(void **state)
{
    struct sitting *t = *state;

    sitting_reopen(t);
    sitting_mark(t, t->blast, "the government confirmed");
    sitting_reopen(t);
    sitting_mark(t, t->blast, "local media said");
    sitting_undo(t);
    sitting_undo(t); // of the second sitting
    sitting_undo(t); // of the first
    assert_int_equal(sitting_claim(t->blast, t->named)->repeats.count, 0);
    assert_int_equal(count_of(t->blast, SECTION_CLAIMS), 3);
    assert_int_equal(travel_all(t, true), 3);
    assert_int_equal(count_of(t->blast, SECTION_CLAIMS), 5);
}

static void a_change_ends_what_could_be_done_again(void **state)
{
    struct sitting *t = *state;

    sitting_undo(t);
    sitting_reopen(t);
    sitting_mark(t, t->blast, "local media said");
    assert_int_equal(travel_all(t, true), 0);
    sitting_reopen(t);
    assert_int_equal(travel_all(t, true), 0);
}

static void a_record_changed_since_is_passed_over(void **state)
{
    struct sitting *t = *state;
    char *bytes;
    char *at;

    bytes = space_read(t->space, sitting_files[0]);
    at = strstr(bytes, "repeats: ");
    assert_non_null(at);
    memcpy(at, "topic: x ", 9); // by another program
    space_write(t->space, sitting_files[0], bytes);
    mem_free(bytes);
    sitting_reopen(t);
    assert_refused(t, E_MERGED, "was changed again elsewhere");
    assert_int_equal(count_of(t->blast, SECTION_FURNITURE), 1);
    sitting_undo(t); // the one before
    assert_int_equal(count_of(t->blast, SECTION_FURNITURE), 0);
    sitting_reopen(t);
    sitting_undo(t); // is not asked again
    assert_int_equal(count_of(t->blast, SECTION_NOTES), 0);
}

static void a_step_undone_by_a_sitting_that_died_is_not_undone_twice(void **state)
{
    struct sitting *t = *state;
    struct buf log = { 0 };

    read_log(t, &log);
    sitting_undo(t);
    write_log(t, buf_sv(&log)); // it could not say so any more
    sitting_reopen(t);
    sitting_undo(t);
    assert_int_equal(count_of(t->blast, SECTION_FURNITURE), 0);
    buf_release(&log);
}

static void a_step_of_another_text_is_passed_over(void **state)
{
    struct sitting *t = *state;
    char *bytes = space_read(t->space, sitting_files[0]), *at = strstr(bytes, "sha256: ");

    assert_non_null(at);
    memset(at + 8, 'a', 64);
    space_write(t->space, sitting_files[0], bytes);
    mem_free(bytes);
    sitting_reopen(t);
    assert_refused(t, E_MERGED, "the article has another text now");
}

static void an_article_that_is_gone_is_said(void **state)
{
    struct sitting *t = *state;

    assert_int_equal(remove(space_path(t->space, "corpus/ev/blast.txt")), 0);
    session_free(t->session);
    space_open(t->space);

    struct err err = { 0 };

    assert_true(session_new(&t->space->ws, SV("ana"), &t->session, &err));
    assert_refused(t, E_MERGED, "cannot be changed here now");
}

// Every record there stands in `log` with the same bytes: none was made up.
static void assert_known(const struct reading *r, struct sv log)
{
    struct buf text = { 0 };

    for (int section = 0; section < SECTION__N; section++) {
        for (size_t i = 0; i < count_of(r, (enum section)section); i++) {
            buf_clear(&text);
            doc_write_record(section_get((enum section)section)->kind,
                             r->file.layer.sections[section].items[i], &text);
            assert_int_not_equal(sv_find(log, buf_sv(&text), 0), SIZE_MAX);
        }
    }
    buf_release(&text);
}

// Undo what can be undone with these bytes as the log, then all of it again.
static void try_log(struct sitting *t, struct sv bytes, struct sv whole)
{
    char *before = sitting_bytes(t), *after;
    struct reading *where;
    const char *what;
    size_t undone = 0;

    write_log(t, bytes);
    sitting_reopen(t);
    for (int i = 0; i < 20; i++) {
        struct err err = { 0 };

        undone += session_undo(t->session, &what, &where, &err);
        err_release(&err);
    }
    assert_known(t->blast, whole);
    assert_known(t->fall, whole);
    assert_int_equal(travel_all(t, true), undone);
    after = sitting_bytes(t);
    assert_string_equal(before, after);
    mem_free(before);
    mem_free(after);
}

static void a_log_cut_anywhere_undoes_what_is_whole(void **state)
{
    struct sitting *t = *state;
    struct buf log = { 0 };

    read_log(t, &log);
    for (size_t len = 0; len <= log.len; len += 331)
        try_log(t, sv_sub(buf_sv(&log), 0, len), buf_sv(&log));
    buf_release(&log);
}

static uint64_t next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return *seed >> 33;
}

static void a_mutated_log_makes_nothing_up(void **state)
{
    struct sitting *t = *state;
    struct buf log = { 0 }, mutant = { 0 };
    size_t count = getenv("GAINSAY_LONG") ? 1000 : MUTATIONS;
    uint64_t seed = 1;

    read_log(t, &log);
    for (size_t i = 0; i < count; i++) {
        buf_clear(&mutant);
        buf_add(&mutant, buf_sv(&log));
        for (uint64_t n = next(&seed) % 4 + 1; n; n--) {
            size_t at = next(&seed) % mutant.len, end = at + next(&seed) % 400;

            if (next(&seed) % 2)
                mutant.ptr[at] = (char)next(&seed);
            else
                buf_splice(&mutant, at, end < mutant.len ? end : mutant.len,
                           sv_sub(buf_sv(&log), end / 2, end));
        }
        try_log(t, buf_sv(&mutant), buf_sv(&log));
    }
    buf_release(&log);
    buf_release(&mutant);
}

static void a_torn_end_harms_no_later_step(void **state)
{
    struct sitting *t = *state;
    struct buf log = { 0 };

    read_log(t, &log);
    write_log(t, sv_sub(buf_sv(&log), 0, log.len - 20));
    sitting_reopen(t);
    sitting_mark(t, t->blast, "local media said");
    sitting_reopen(t);
    sitting_undo(t);
    assert_int_equal(count_of(t->blast, SECTION_CLAIMS), 3);
    sitting_undo(t); // the torn one is not there: the furniture before it
    assert_int_equal(count_of(t->blast, SECTION_FURNITURE), 0);
    buf_release(&log);
}

static void a_long_log_is_trimmed(void **state)
{
    struct sitting *t = *state;
    struct buf text = { 0 }, id = { 0 };
    struct undo_item item = { .section = SV("claims"), .article = SV("e"), .id = SV("c") };
    struct undo_step step = { SV("what"), SV("when"), &item, 1 };
    struct undo_log log;
    struct undo_past past;
    struct err err = { 0 };
    struct fs_stamp stamp;

    buf_add_fill(&text, 'x', 100000);
    item.before = buf_sv(&text);
    undo_log_open(&t->space->ws, SV("ben"), &log);
    for (int i = 0; i < 100; i++) {
        buf_clear(&id);
        assert_true(undo_log_add(&log, &step, &id, &err));
        if (i % 3 == 0)
            assert_true(undo_log_mark(&log, UNDO_UNDONE, buf_sv(&id), &err));
    }
    assert_true(fs_stamp(buf_cstr(&log.path), &stamp, &err));
    assert_true(stamp.size < UNDO_LOG_BYTES);
    buf_clear(&log.sitting); // as a later sitting
    assert_true(undo_log_read(&log, &past, &err));
    assert_in_range(past.done_count, 30, 60);
    undo_past_release(&past);
    item.before = item.after = (struct sv){ 0 };
    buf_clear(&text);
    buf_add_fill(&text, 'y', UNDO_LOG_BYTES);
    item.after = buf_sv(&text);
    assert_false(undo_log_add(&log, &step, &id, &err)); // too large
    assert_int_equal(err.code, E_REFUSED);
    err_release(&err);
    undo_log_release(&log);
    buf_release(&text);
    buf_release(&id);
}

static void a_log_that_cannot_be_written_stops_nothing(void **state)
{
    struct sitting *t = *state;

    fs_unlink(log_path(t));
    assert_int_equal(mkdir(log_path(t), 0700), 0);
    sitting_reopen(t);
    sitting_mark(t, t->blast, "local media said");
    sitting_undo(t);
    assert_int_equal(count_of(t->blast, SECTION_CLAIMS), 3);
    assert_int_equal(travel_all(t, false), 0);
}

// Two sittings, or a command beside one: the log is read again.
static void a_step_of_another_program_is_found_meanwhile(void **state)
{
    struct sitting *t = *state, other = { .space = t->space };
    struct reading *where;
    const char *what;
    struct err err = { 0 };

    sitting_reopen(t);
    sitting_undo(t); // the log was read
    assert_int_equal(count_of(t->fall, SECTION_CLAIMS), 1);
    other.session = sitting_open(other.space, &other.blast, &other.fall);
    sitting_mark(&other, other.fall, "The minister was shot");
    session_free(other.session);
    assert_true(session_undo(t->session, &what, &where, &err));
    assert_ptr_equal(where, t->fall);
    assert_int_equal(count_of(t->fall, SECTION_CLAIMS), 1);
    sitting_reopen(t);
    assert_int_equal(count_of(t->fall, SECTION_CLAIMS), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SITTING(everything_is_undone_and_done_again),
        SITTING(a_step_says_when_it_was_done),
        SITTING(the_log_is_of_this_person_alone),
        SITTING(what_was_undone_stays_undone),
        SITTING(steps_of_three_sittings_are_one_row),
        SITTING(a_change_ends_what_could_be_done_again),
        SITTING(a_record_changed_since_is_passed_over),
        SITTING(a_step_undone_by_a_sitting_that_died_is_not_undone_twice),
        SITTING(a_step_of_another_text_is_passed_over),
        SITTING(an_article_that_is_gone_is_said),
        SITTING(a_log_cut_anywhere_undoes_what_is_whole),
        SITTING(a_mutated_log_makes_nothing_up),
        SITTING(a_torn_end_harms_no_later_step),
        SITTING(a_long_log_is_trimmed),
        SITTING(a_log_that_cannot_be_written_stops_nothing),
        SITTING(a_step_of_another_program_is_found_meanwhile),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
