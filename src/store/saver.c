// The protocol of a save: lock, compare, merge, splice, replace.
// Never writes over bytes it has not read, and never writes when nothing changed.
#include "store/saver.h"

#include "base/limits.h"

#define LOCK_WAIT_MS 2000 // another session's save takes some 10 ms; longer means it hangs

bool saver_read(const char *path, struct buf *bytes, struct fs_stamp *stamp, struct err *err)
{
    buf_clear(bytes);
    if (!fs_stamp(path, stamp, err)) // before reading: a change after it is seen the next time
        return false;
    return !stamp->exists || fs_read(path, LIMIT_YAML_BYTES, bytes, err);
}

bool saver_is_current(const char *path, const struct doc *doc, struct fs_stamp *stamp)
{
    struct fs_stamp now;
    struct buf bytes = { 0 };
    struct err err = { 0 };
    bool same = false;

    if (fs_stamp(path, &now, &err)) {
        same = fs_stamp_eq(&now, stamp);
        if (!same && now.exists && saver_read(path, &bytes, &now, &err)) {
            same = sv_eq(buf_sv(&bytes), doc_bytes(doc));
            if (same)
                *stamp = now;
        }
    }
    err_release(&err);
    buf_release(&bytes);
    return same;
}

static void render(const struct saver *saver, struct buf *out)
{
    struct doc_content content = { 0 };

    buf_clear(out);
    saver->content(saver->ctx, &content);
    doc_render(*saver->doc, &content, out);
}

// Take in what stands on disk when it is not what was loaded. A file that was taken away or emptied
// is no decision to delete every record: it counts as lost and is written anew.
static bool take_disk(const struct saver *saver, struct sv disk, struct save_report *report,
                      struct err *err)
{
    struct doc_content theirs = { 0 };
    struct doc *doc = NULL;

    if (sv_eq(disk, doc_bytes(*saver->doc)))
        return true;
    if (disk.len == 0) {
        report->was_gone = true;
        return true;
    }
    if (!doc_load(saver->shape, disk, saver->name, saver->arena, &theirs, &doc, &report->findings,
                  err))
        return false;
    saver->merge(saver->ctx, &theirs, report);
    report->was_merged = true;
    doc_free(*saver->doc);
    *saver->doc = doc;
    return true;
}

static void settle(const struct saver *saver, struct sv bytes)
{
    struct doc_content content = { 0 };

    saver->content(saver->ctx, &content);
    doc_adopt(*saver->doc, &content, bytes);
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

// Do `exact` bytes say what memory holds, to the letter? Then *out is a doc of them.
static bool is_same_content(const struct saver *saver, struct doc **out)
{
    struct doc_content loaded = { 0 }, ours = { 0 };
    struct findings findings = { 0 };
    struct buf bytes = { 0 };
    struct err err = { 0 };
    bool same = doc_load(saver->shape, saver->exact, saver->name, saver->arena, &loaded, out,
                         &findings, &err);

    if (same) {
        saver->content(saver->ctx, &ours);
        doc_render(*out, &ours, &bytes);
        same = sv_eq(buf_sv(&bytes), saver->exact);
    }
    if (!same) {
        doc_free(*out);
        *out = NULL;
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

//   bytes  in: what the file is to be if nobody else wrote it; out: what it is
static bool write_locked(const struct saver *saver, struct buf *bytes, struct save_report *report,
                         struct err *err)
{
    struct fs_lock lock = { 0 };
    struct buf disk = { 0 };
    struct doc *exact = NULL;
    struct fs_stamp stamp;
    bool is_in_place = true;
    bool ok = make_parent(saver->path, err) && fs_lock(saver->path, LOCK_WAIT_MS, &lock, err) &&
              saver_read(saver->path, &disk, &stamp, err) &&
              take_disk(saver, buf_sv(&disk), report, err);

    if (!ok)
        goto out;
    if (report->was_merged)
        render(saver, bytes);
    if (!sv_is_absent(saver->exact) && !sv_eq(buf_sv(bytes), saver->exact) &&
        is_same_content(saver, &exact)) {
        buf_clear(bytes);
        buf_add(bytes, saver->exact);
    }
    if (!sv_eq(buf_sv(bytes), buf_sv(&disk)) || *saver->is_unsure) {
        ok = fs_replace_and_tell(saver->path, buf_sv(bytes), &is_in_place, err);
        if (!is_in_place)
            goto out;
        take_stamp(saver->path, &stamp);
    }
    // What stands there is ours even when a power cut may still take it back: else it would come
    // back as another program's work.
    *saver->is_unsure = !ok;
    if (exact) {
        doc_free(*saver->doc);
        *saver->doc = exact;
        exact = NULL;
    }
    *saver->stamp = stamp;
    settle(saver, buf_sv(bytes));
out:
    fs_unlock(&lock);
    doc_free(exact);
    buf_release(&disk);
    return ok;
}

// Nothing to write: look only whether something came from the other side. *done: that was all.
static bool look(const struct saver *saver, struct save_report *report, bool *done, struct err *err)
{
    struct buf disk = { 0 }, bytes = { 0 };
    struct fs_stamp stamp;
    bool ok = true;

    *done = true;
    if (saver_is_current(saver->path, *saver->doc, saver->stamp))
        goto out;
    ok =
        saver_read(saver->path, &disk, &stamp, err) && take_disk(saver, buf_sv(&disk), report, err);
    if (!ok)
        goto out;
    *saver->stamp = stamp;
    if (!report->was_merged)
        goto out;
    render(saver, &bytes);
    *done = sv_eq(buf_sv(&bytes), buf_sv(&disk));
    if (*done)
        settle(saver, buf_sv(&bytes));
out:
    buf_release(&disk);
    buf_release(&bytes);
    return ok;
}

bool saver_run(const struct saver *saver, struct save_report *report, struct err *err)
{
    struct buf bytes = { 0 };
    bool done = false, ok = true;

    render(saver, &bytes);

    struct sv loaded = doc_bytes(*saver->doc);
    bool is_same = !*saver->is_unsure &&
                   (sv_eq(buf_sv(&bytes), loaded) || (loaded.len == 0 && saver->is_blank));

    if (is_same)
        ok = look(saver, report, &done, err);
    if (ok && !done)
        ok = write_locked(saver, &bytes, report, err);
    buf_release(&bytes);
    return ok;
}

void save_report_release(struct save_report *report)
{
    mem_free(report->conflicts);
    findings_release(&report->findings);
    *report = (struct save_report){ 0 };
}
