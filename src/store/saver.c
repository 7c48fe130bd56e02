// The protocol of a save: lock, compare, merge, splice, replace.
// Never writes over bytes it has not read, and never writes when nothing changed.
#include "store/saver.h"

#include "base/limits.h"

#define LOCK_WAIT_MS 2000 // another session's save takes some 10 ms; longer means it hangs
// Times that another program may change the file in the midst of a save. Then it is replaced as it
// was when it was compared: there are file systems that tell something else of a file each time.
#define TRIES_MAX 4
#define TRACE_MAX ((size_t)1 << 20) // bytes: a longer change is not kept to be undone to the letter

// Stamp before reading: a change after it is seen the next time.
static bool read_file(const char *path, struct buf *bytes, struct fs_stamp *stamp, struct err *err)
{
    buf_clear(bytes);
    if (!fs_stamp(path, stamp, err))
        return false;
    return !stamp->exists || fs_read(path, LIMIT_YAML_BYTES, bytes, err);
}

bool saver_load(const struct workspace *ws, const char *path, struct buf *bytes,
                struct fs_stamp *stamp, bool *is_unread, struct err *err)
{
    *is_unread = false;
    if (ws->at) {
        *stamp = (struct fs_stamp){ 0 };
        buf_clear(bytes);
        return workspace_read(ws, path, LIMIT_YAML_BYTES, &stamp->exists, bytes, err);
    }
    if (!fs_stamp(path, stamp, err)) {
        *is_unread = true;
        return false;
    }
    if (!workspace_holds(ws, path, err))
        return false;

    bool ok = read_file(path, bytes, stamp, err);

    *is_unread = !ok && err->code == E_SYSTEM;
    return ok;
}

bool saver_is_readable(const char *path)
{
    struct buf bytes = { 0 };
    struct fs_stamp stamp;
    struct err ignored = { 0 };
    bool ok = read_file(path, &bytes, &stamp, &ignored);

    err_release(&ignored);
    buf_release(&bytes);
    return ok;
}

bool saver_is_current(const char *path, const struct doc *doc, struct fs_stamp *stamp)
{
    struct fs_stamp now;
    struct err err = { 0 };
    bool same = false;

    if (fs_stamp(path, &now, &err)) {
        same = fs_stamp_eq(&now, stamp) && (!now.exists || fs_stamp_is_settled(&now));
        if (!same && now.exists && fs_holds(path, doc_bytes(doc), &same, &err) && same)
            *stamp = now;
    }
    err_release(&err);
    return same;
}

// A draft of what memory holds, in the place of one made before.
static void draft_anew(const struct saver *saver, struct draft **draft)
{
    struct doc_content content = { 0 };

    doc_draft_free(*draft);
    saver->content(saver->ctx, &content);
    *draft = doc_draft(*saver->doc, &content);
}

static bool is_unchanged(const struct draft *draft)
{
    return splice_is_nothing(doc_draft_splice(draft));
}

// Take in what stands on disk when it is not what was loaded. A file that was taken away or emptied
// is no decision to delete every record: it counts as lost and is written anew.
//   disk   what the file holds
//   draft  made anew when records came in
static bool take_disk(const struct saver *saver, struct sv disk, struct draft **draft,
                      struct save_report *report, struct err *err)
{
    struct doc_content theirs = { 0 };
    struct doc *doc = NULL;

    if (disk.len == 0) {
        report->was_gone = true;
        return true;
    }
    if (!doc_load(saver->shape, disk, saver->name, saver->arena, &theirs, &doc, &report->findings,
                  err))
        return false;
    saver->merge(saver->ctx, &theirs, report);
    report->was_merged = true;
    report->is_traced = false;
    doc_draft_free(*draft);
    *draft = NULL;
    doc_free(*saver->doc);
    *saver->doc = doc;
    draft_anew(saver, draft);
    return true;
}

// Compare the file with what was loaded, byte by byte unless nobody can have changed it, and take
// in what another program wrote.
//   same  the file holds the bytes of saver->doc now
static bool meet_disk(const struct saver *saver, struct draft **draft, struct fs_stamp *stamp,
                      bool *same, struct save_report *report, struct err *err)
{
    struct sv loaded = doc_bytes(*saver->doc);
    struct buf disk = { 0 };
    bool ok = fs_stamp(saver->path, stamp,
                       err); // before reading: a change after it is seen the next time

    *same = stamp->exists ? fs_hold_vouches(saver->hold, stamp) : loaded.len == 0;
    if (ok && stamp->exists && !*same)
        ok = fs_holds(saver->path, loaded, same, err);
    if (ok && !*same) {
        ok = read_file(saver->path, &disk, stamp, err);
        *same = sv_eq(buf_sv(&disk), loaded);
        ok = ok && (*same || take_disk(saver, buf_sv(&disk), draft, report, err));
        *same = *same || report->was_merged;
    }
    buf_release(&disk);
    return ok;
}

static void settle(const struct saver *saver, struct draft **draft)
{
    doc_adopt(*saver->doc, *draft);
    *draft = NULL;
    saver->settle(saver->ctx);
}

static bool make_parent(const char *path, struct err *err)
{
    struct buf parent = { 0 };

    fs_add_parent(&parent, path);

    bool ok = fs_is_dir(buf_cstr(&parent)) || fs_make_dirs(buf_cstr(&parent), err);

    buf_release(&parent);
    return ok;
}

// Do saver->exact bytes say what memory holds, to the letter? Then *doc and *draft are of them.
static bool load_exact(const struct saver *saver, struct doc **doc, struct draft **draft)
{
    struct doc_content loaded = { 0 }, ours = { 0 };
    struct findings findings = { 0 };
    struct buf bytes = { 0 };
    struct err err = { 0 };

    buf_add(&bytes, doc_bytes(*saver->doc));
    splice_apply(saver->exact, &bytes);

    bool same = doc_load(saver->shape, buf_sv(&bytes), saver->name, saver->arena, &loaded, doc,
                         &findings, &err);

    if (same) {
        saver->content(saver->ctx, &ours);
        *draft = doc_draft(*doc, &ours);
        same = is_unchanged(*draft);
    }
    if (!same) {
        doc_draft_free(*draft);
        doc_free(*doc);
        *draft = NULL;
        *doc = NULL;
    }
    findings_release(&findings);
    err_release(&err);
    buf_release(&bytes);
    return same;
}

// Stamp of a file just written. One that cannot be had matches none: the file is read the next
// time.
static void take_stamp(const char *path, struct fs_stamp *out)
{
    struct err ignored = { 0 };

    if (!fs_stamp(path, out, &ignored))
        err_release(&ignored);
}

// The way from the bytes of before to those of now and back, for who undoes this save to the
// letter.
static void note_change(const struct saver *saver, const struct draft *draft,
                        struct save_report *report)
{
    const struct splice *splice = doc_draft_splice(draft);

    report->is_traced = splice->end - splice->beg + splice->text.len <= TRACE_MAX;
    if (!report->is_traced)
        return;
    report->back = splice_inverse(splice, doc_bytes(*saver->doc));
    report->there = (struct splice){ .beg = splice->beg, .end = splice->end };
    buf_add(&report->there.text, buf_sv(&splice->text));
}

//   is_there  the file holds the bytes of `doc`
//   may_wait  not to replace a file that is another by now
//   stamp     in: of the file as it was looked at; out: of the one in its place
static bool replace(const struct saver *saver, const struct doc *doc, const struct draft *draft,
                    bool is_there, bool may_wait, struct fs_stamp *stamp, enum fs_outcome *outcome,
                    struct err *err)
{
    struct fs_known known = { .seen = may_wait ? stamp : NULL, .hold = saver->hold };
    struct sv pieces[3];

    splice_pieces(doc_draft_splice(draft), doc_bytes(doc), pieces);
    if (is_there)
        known.same = (struct fs_same){ pieces[0].len, pieces[2].len };

    bool ok = fs_replace_seen(saver->path, pieces, ARRAY_LEN(pieces), &known, outcome, err);

    if (*outcome == FS_REPLACED)
        take_stamp(saver->path, stamp);
    return ok;
}

static bool may_be_exact(const struct saver *saver, const struct save_report *report)
{
    return saver->exact && !report->was_merged && saver->exact->end <= doc_bytes(*saver->doc).len;
}

// What is in place is what memory holds: keep it as what was loaded.
//   exact  a doc of other bytes than the draft's that were written; NULL: none
static void settle_written(const struct saver *saver, struct draft **draft, struct doc *exact,
                           struct draft *exact_draft, struct save_report *report)
{
    if (exact) {
        doc_draft_free(*draft);
        doc_free(*saver->doc);
        *saver->doc = exact;
        *draft = exact_draft;
    } else if (!report->was_merged) {
        note_change(saver, *draft, report);
    }
    settle(saver, draft);
}

//   may_wait       not to replace a file that another program changes meanwhile
//   *is_overtaken  in: false; out: one did, and nothing is done
static bool write_once(const struct saver *saver, struct draft **draft, bool may_wait,
                       struct save_report *report, bool *is_overtaken, struct err *err)
{
    struct doc *exact = NULL;
    struct draft *exact_draft = NULL;
    struct fs_stamp stamp;
    enum fs_outcome outcome = FS_REPLACED;
    bool same = false, is_exact = false;
    bool ok = meet_disk(saver, draft, &stamp, &same, report, err);

    if (!ok)
        return false;
    if (may_be_exact(saver, report))
        is_exact = splice_eq(saver->exact, doc_draft_splice(*draft), doc_bytes(*saver->doc)) ||
                   doc_respell(*saver->doc, *draft, saver->exact) ||
                   load_exact(saver, &exact, &exact_draft);
    if (!same || exact || !is_unchanged(*draft) || *saver->is_unsure) {
        ok = replace(saver, exact ? exact : *saver->doc, exact ? exact_draft : *draft,
                     same && !exact, may_wait, &stamp, &outcome, err);
        *is_overtaken = outcome == FS_OVERTAKEN;
        if (outcome != FS_REPLACED)
            goto out;
    }
    // What stands there is ours even when a power cut may still take it back: else it would come
    // back as another program's work.
    *saver->is_unsure = !ok;
    *saver->stamp = stamp;
    report->is_exact = is_exact;
    settle_written(saver, draft, exact, exact_draft, report);
    exact = NULL;
    exact_draft = NULL;
out:
    doc_draft_free(exact_draft);
    doc_free(exact);
    return ok;
}

static bool write_locked(const struct saver *saver, struct draft **draft,
                         struct save_report *report, struct err *err)
{
    struct fs_lock lock = { 0 };
    bool is_overtaken = true;
    bool ok = make_parent(saver->path, err) && fs_lock(saver->path, LOCK_WAIT_MS, &lock, err);

    for (int tries = 1; ok && is_overtaken; tries++) {
        is_overtaken = false;
        ok =
            write_once(saver, draft, tries < TRIES_MAX, report, &is_overtaken, err) || is_overtaken;
    }
    fs_unlock(&lock);
    return ok;
}

// Nothing to write: look only whether something came from the other side. *done: that was all.
static bool look(const struct saver *saver, struct draft **draft, struct save_report *report,
                 bool *done, struct err *err)
{
    struct fs_stamp stamp;
    bool same;

    *done = true;
    report->is_exact = saver->exact && splice_is_nothing(saver->exact);
    if (saver_is_current(saver->path, *saver->doc, saver->stamp))
        return true;
    if (!meet_disk(saver, draft, &stamp, &same, report, err))
        return false;
    *saver->stamp = stamp;
    if (!report->was_merged)
        return true;
    *done = is_unchanged(*draft);
    if (*done)
        settle(saver, draft);
    return true;
}

// A link may have come since the file was loaded.
static bool stays_in_workspace(const struct saver *saver, struct err *err)
{
    struct buf root = { 0 };

    buf_add(&root, sv_of(saver->path, saver->root_len ? saver->root_len - 1 : 0));

    bool ok = fs_stays_in(saver->path, buf_cstr(&root), err);

    buf_release(&root);
    return ok;
}

bool saver_run(const struct saver *saver, struct save_report *report, struct err *err)
{
    struct draft *draft = NULL;
    bool done = false, ok = true;

    if (!stays_in_workspace(saver, err))
        return false;
    splice_release(&report->there);
    splice_release(&report->back);
    report->is_traced = true; // so far no byte changes
    draft_anew(saver, &draft);
    if (!*saver->is_unsure &&
        (is_unchanged(draft) || (doc_bytes(*saver->doc).len == 0 && saver->is_blank)))
        ok = look(saver, &draft, report, &done, err);
    if (ok && !done)
        ok = write_locked(saver, &draft, report, err);
    doc_draft_free(draft);
    return ok;
}

void save_report_release(struct save_report *report)
{
    mem_free(report->conflicts);
    splice_release(&report->there);
    splice_release(&report->back);
    findings_release(&report->findings);
    *report = (struct save_report){ 0 };
}
