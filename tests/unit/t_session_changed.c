// A layer that another program changes while it is open: each kind of change, with all saved and
// with something that is not. Nothing is overwritten, nothing stays untold, and what was not saved
// is when the file is right again.
#include "sitting.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#define LAYER  "annotations/ana/" SPACE_BLAST ".yaml"
#define SAYS   "by another program"
#define EDITED "  says: " SAYS "\n"

// What is to become of it.
enum outcome {
    TAKEN,   // their change is in memory and in the file, beside ours
    REFUSED, // the file stays as it is, and says why; ours waits
    MADE,    // there is no file any more: it is made anew, and that is told
    SAME,    // nothing that a record holds is another
};

struct change {
    const char *name;
    void (*make)(struct space *space, const char *good);
    enum outcome outcome;
};

static const char *path_of(struct space *space)
{
    return space_path(space, LAYER);
}

// The bytes with `to` in place of the first `from`.
static void replace(struct space *space, const char *good, const char *from, const char *to)
{
    const char *at = strstr(good, from);
    struct buf bytes = { 0 };

    assert_non_null(at);
    buf_add(&bytes, sv_of(good, (size_t)(at - good)));
    buf_addf(&bytes, "%s%s", to, at + strlen(from));
    space_write(space, LAYER, buf_cstr(&bytes));
    buf_release(&bytes);
}

// The first claim says something, in the place of the line that says when it was made.
static void edit(struct space *space, const char *good)
{
    const char *line = strstr(good, "  created:");
    struct buf from = { 0 }, to = { 0 };

    buf_add(&from, sv_of(line, strcspn(line, "\n") + 1));
    buf_addf(&to, EDITED "%s", buf_cstr(&from));
    replace(space, good, buf_cstr(&from), buf_cstr(&to));
    buf_release(&from);
    buf_release(&to);
}

// As many bytes as before, and the same time.
static void edit_unseen(struct space *space, const char *good)
{
    struct stat st;

    assert_int_equal(stat(path_of(space), &st), 0);
    replace(space, good, "source: local-media", "source: other-media");
    assert_int_equal(
        utimensat(AT_FDCWD, path_of(space), (struct timespec[]){ st.st_atim, st.st_mtim }, 0), 0);
}

static void edit_by_rename(struct space *space, const char *good)
{
    edit(space, good);

    char *bytes = space_read(space, LAYER);

    fs_unlink(path_of(space));
    space_write(space, LAYER, bytes); // another inode
    mem_free(bytes);
}

static void add_comment(struct space *space, const char *good)
{
    replace(space, good, "claims:\n", "# " SAYS "\nclaims:\n");
}

static void add_unknown(struct space *space, const char *good)
{
    replace(space, good, "  created:", "  mood: " SAYS "\n  created:");
}

static void check_out_another_branch(struct space *space, const char *good)
{
    const char *first = strstr(good, "\n- id: c") + 1, *second = strstr(first, "\n- id: c") + 1;
    struct buf bytes = { 0 };

    buf_add(&bytes, sv_of(good, (size_t)(first - good)));
    buf_add_cstr(&bytes, "- id: c7branch\n  span:\n  - at: [0, 3]\n    quote: ");
    buf_addf(&bytes, "Kha\n" EDITED "\n");
    buf_add_cstr(&bytes, second);
    space_write(space, LAYER, buf_cstr(&bytes));
    buf_release(&bytes);
}

static void take_away(struct space *space, const char *good)
{
    (void)good;
    fs_unlink(path_of(space));
}

static void rename_away(struct space *space, const char *good)
{
    char *from = mem_copy(path_of(space), strlen(path_of(space)));

    (void)good;
    assert_int_equal(rename(from, space_path(space, "annotations/ana/away")), 0);
    mem_free(from);
}

static void take_folder_away(struct space *space, const char *good)
{
    (void)good;
    fs_unlink(space_path(space, "annotations/ana/" SPACE_FALL ".yaml"));
    fs_unlink(path_of(space));
    assert_int_equal(rmdir(space_path(space, "annotations/ana/ev")), 0);
}

static void forbid_writing(struct space *space, const char *good)
{
    (void)good;
    assert_int_equal(chmod(path_of(space), 0444), 0);
}

static void touch(struct space *space, const char *good)
{
    space_write(space, LAYER, good);
}

static void empty(struct space *space, const char *good)
{
    (void)good;
    space_write(space, LAYER, "");
}

static void cut_off(struct space *space, const char *good)
{
    struct buf bytes = { 0 };

    buf_add(&bytes, sv_of(good, (size_t)(strstr(good, "quote:") + 3 - good)));
    space_write(space, LAYER, buf_cstr(&bytes));
    buf_release(&bytes);
}

static void conflict(struct space *space, const char *good)
{
    struct buf bytes = { 0 };

    buf_addf(&bytes, "<<<<<<< ours\n%s=======\n>>>>>>> theirs\n", good);
    space_write(space, LAYER, buf_cstr(&bytes));
    buf_release(&bytes);
}

static void newer_format(struct space *space, const char *good)
{
    replace(space, good, "gainsay: 1", "gainsay: 9");
}

static void another_article(struct space *space, const char *good)
{
    replace(space, good, "article: " SPACE_BLAST, "article: " SPACE_FALL);
}

static void no_yaml(struct space *space, const char *good)
{
    replace(space, good, "claims:", "\tclaims: \"");
}

static void no_text(struct space *space, const char *good)
{
    replace(space, good, "claims:", "claims: \xFF");
}

static void one_id_twice(struct space *space, const char *good)
{
    const char *first = strstr(good, "- id: c"), *second = strstr(first + 1, "- id: c");
    char from[16], to[16];

    snprintf(from, sizeof(from), "%.14s", second);
    snprintf(to, sizeof(to), "%.14s", first);
    replace(space, good, from, to);
}

static void become_folder(struct space *space, const char *good)
{
    (void)good;
    fs_unlink(path_of(space));
    assert_int_equal(mkdir(path_of(space), 0777), 0);
}

static void become_fifo(struct space *space, const char *good)
{
    (void)good;
    fs_unlink(path_of(space));
    assert_int_equal(mkfifo(path_of(space), 0666), 0);
}

static void lead_out(struct space *space, const char *good)
{
    (void)good;
    fs_unlink(path_of(space));
    assert_int_equal(symlink("/dev/null", path_of(space)), 0);
}

static void become_crlf(struct space *space, const char *good)
{
    struct buf bytes = { 0 };

    for (const char *at = good; *at; at++) {
        if (*at == '\n')
            buf_add_char(&bytes, '\r');
        buf_add_char(&bytes, *at);
    }
    space_write(space, LAYER, buf_cstr(&bytes));
    buf_release(&bytes);
}

static const struct change changes[] = {
    { "an edit", edit, TAKEN },
    { "an edit of as many bytes, at the same time", edit_unseen, TAKEN },
    { "an edit by a new file", edit_by_rename, TAKEN },
    { "a comment", add_comment, TAKEN },
    { "a key that is not known", add_unknown, TAKEN },
    { "another branch", check_out_another_branch, TAKEN },
    { "line ends of two bytes", become_crlf, SAME },
    { "the same bytes again", touch, SAME },
    { "no right to write", forbid_writing, SAME },
    { "a deletion", take_away, MADE },
    { "another name", rename_away, MADE },
    { "a deletion of the folder", take_folder_away, MADE },
    { "no bytes", empty, MADE },
    { "an end in the middle", cut_off, REFUSED },
    { "a conflict", conflict, REFUSED },
    { "a newer format", newer_format, REFUSED },
    { "another article's", another_article, TAKEN },
    { "no YAML", no_yaml, REFUSED },
    { "no UTF-8", no_text, REFUSED },
    { "an id twice", one_id_twice, REFUSED },
    { "a folder", become_folder, REFUSED },
    { "a FIFO", become_fifo, REFUSED },
    { "a link to elsewhere", lead_out, REFUSED },
};

// No file can be written from now on.
static void fill_disk(bool is_full)
{
    struct rlimit limit;

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = is_full ? 0 : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void topic(struct sitting *t, struct sv id, const char *word)
{
    struct err err = { 0 };

    sitting_must(
        verb_set_field(t->session, t->blast, SECTION_CLAIMS, id, "topic", sv_from(word), &err),
        &err);
}

// What stands at the layer's place: its bytes, or what kind of thing it is.
static char *state_of(struct space *space)
{
    struct stat st;

    if (lstat(path_of(space), &st))
        return mem_copy("gone", 4);
    return S_ISREG(st.st_mode)
               ? space_read(space, LAYER)
               : mem_copy(S_ISDIR(st.st_mode) ? "folder" : "else", S_ISDIR(st.st_mode) ? 6 : 4);
}

static void put_right(struct space *space, const char *good)
{
    if (rmdir(path_of(space)))
        fs_unlink(path_of(space));
    space_write(space, LAYER, good);
}

static void expect(const struct change *change, bool is_so, const char *or_else)
{
    if (!is_so)
        fail_msg("%s: %s", change->name, or_else);
}

// Every line that they put in is there now.
static bool has_theirs(const char *now, const char *theirs, const char *good)
{
    struct sv rest = sv_from(theirs), line;

    while (sv_split(&rest, '\n', &line))
        if (sv_find(sv_from(good), line, 0) == SIZE_MAX &&
            sv_find(sv_from(now), line, 0) == SIZE_MAX)
            return false;
    return true;
}

static void go_through(struct sitting *t, const struct change *change, bool is_unsaved)
{
    struct findings findings = { 0 };
    char *good = space_read(t->space, LAYER), *theirs;

    if (is_unsaved) {
        fill_disk(true);
        topic(t, t->five, "unsaved");
        assert_false(session_is_saved(t->session));
        fill_disk(false);
        session_take_findings(t->session, &findings);
        findings_release(&findings);
    }
    change->make(t->space, good);
    theirs = state_of(t->space);
    session_refresh(t->session);
    topic(t, t->named, "after");
    session_take_findings(t->session, &findings);

    char *now = state_of(t->space);
    bool is_ours = strstr(now, "topic: after") && (!is_unsaved || strstr(now, "topic: unsaved"));

    switch (change->outcome) {
    case TAKEN:
        expect(change, is_ours, "what is ours is not saved");
        expect(change, has_theirs(now, theirs, good), "what is theirs is gone");
        expect(change, change->make == add_comment || findings.count, "it is not told");
        break;
    case SAME:
        expect(change, is_ours && !findings.errors, "it is not saved as if nothing were");
        break;
    case MADE:
        expect(change, is_ours && findings.count, "it is not made anew, or that is not told");
        break;
    case REFUSED:
        expect(change, !strcmp(now, theirs), "what cannot be read was written over");
        expect(change, findings.errors && !session_is_saved(t->session), "it is not told");
        break;
    }
    mem_free(now);

    put_right(t->space, good);
    session_refresh(t->session);
    topic(t, t->dead, "in the end");
    now = space_read(t->space, LAYER);
    expect(change, session_is_saved(t->session) && strstr(now, "topic: in the end"),
           "nothing is saved when the file is right again");
    if (change->outcome == REFUSED)
        expect(change,
               strstr(now, "topic: after") && (!is_unsaved || strstr(now, "topic: unsaved")),
               "what waited is lost");
    mem_free(now);
    findings_release(&findings);
    mem_free(good);
    mem_free(theirs);
}

static void every_change_is_noticed_and_told(void **state)
{
    for (size_t i = 0; i < 2 * ARRAY_LEN(changes); i++) {
        void *sitting = NULL;

        if (sitting_setup(&sitting) || !sitting) {
            fail();
            return;
        }
        go_through(sitting, &changes[i / 2], i % 2);
        assert_int_equal(sitting_teardown(&sitting), 0);
    }
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_change_is_noticed_and_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
