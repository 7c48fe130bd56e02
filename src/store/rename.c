// A value renamed in every file that uses it.
// Never writes one before all are ready, and never leaves an id between its two names unresolved.
#include "store/rename.h"

#include <string.h>

#include "base/limits.h"
#include "store/queries_file.h"
#include "store/rename_index.h"

#define LOCK_WAIT_MS 2000
#define ROUNDS       4 // looks for files that came to use the old name meanwhile

struct task {
    const struct rename_file *file;
    const char *name;
    struct fs_lock lock;
    struct buf old, new;
    struct buf bridge; // the index while layers change; empty: it stays as it is
    size_t count;      // places
    bool is_index;     // the registry or the scheme, when it tells what the value is
    bool is_there;     // in the file system, before
    bool is_changed, is_written;
};

struct run {
    const struct workspace *ws;
    const struct swap *swap;
    struct task *tasks;
    size_t count;
    bool is_dry;
};

static bool is_index(const struct run *run, const struct doc_shape *shape)
{
    return (run->swap->kind == SWAP_SOURCE && shape == &doc_registry) ||
           (run->swap->kind == SWAP_WORD && shape == &doc_scheme);
}

// Every record must be readable: one that is not may hold the old name.
static bool check_whole(const struct task *task, struct sv bytes, struct err *err)
{
    struct arena arena = { 0 };
    struct doc_content content = { 0 };
    struct findings findings = { 0 };
    struct doc *doc = NULL;
    bool ok =
        doc_load(task->file->shape, bytes, task->name, &arena, &content, &doc, &findings, err);

    for (size_t i = 0; ok && i < findings.count; i++) {
        const struct err *first = &findings.items[i].err;

        if (findings.items[i].severity == SEVERITY_ERROR)
            ok = err_set(err, first->code, (struct err_at){ task->name, first->line, first->col },
                         "%s; nothing is renamed before this is mended", buf_cstr(&first->text));
    }
    doc_free(doc);
    findings_release(&findings);
    arena_release(&arena);
    return ok;
}

// The new bytes of the file as it stands now.
static bool prepare(const struct run *run, struct task *task, struct err *err)
{
    enum fs_type type = fs_look(task->file->path, err);
    bool ok = type != FS_UNKNOWN;

    buf_clear(&task->old);
    buf_clear(&task->new);
    buf_clear(&task->bridge);
    task->count = 0;
    task->is_there = type == FS_FILE;
    if (ok && task->is_there)
        ok = fs_read(task->file->path, LIMIT_YAML_BYTES, &task->old, err) &&
             check_whole(task, buf_sv(&task->old), err);
    if (ok && task->is_index)
        ok = rename_index(run->swap, task->file->shape, buf_sv(&task->old), task->name, &task->new,
                          &task->bridge, &task->count, err);
    else if (ok && task->file->shape == &doc_queries)
        ok = queries_swap(buf_sv(&task->old), task->name, run->swap, &task->new, &task->count, err);
    else if (ok)
        ok = doc_swap(task->file->shape, buf_sv(&task->old), task->name, run->swap, &task->new,
                      &task->count, err);
    task->is_changed = ok && !sv_eq(buf_sv(&task->old), buf_sv(&task->new));
    return ok && (!task->is_changed || check_whole(task, buf_sv(&task->new), err));
}

// Find the files that are to change, lock them, and make ready what they will hold.
//   any  set when there is one that was not known before
static bool gather(struct run *run, bool *any, struct err *err)
{
    *any = false;
    for (size_t i = 0; i < run->count; i++) {
        struct task *task = &run->tasks[i];

        if (task->lock.path.len)
            continue;
        if (!prepare(run, task, err))
            return false;
        if (!task->is_changed || run->is_dry)
            continue;
        if (!fs_lock(task->file->path, LOCK_WAIT_MS, &task->lock, err) || !prepare(run, task, err))
            return false;
        *any = *any || task->is_changed;
    }
    return true;
}

static bool write_task(struct task *task, const struct buf *bytes, struct err *err)
{
    struct sv whole = buf_sv(bytes);
    bool is_in_place = false;
    bool ok = fs_replace_and_tell(task->file->path, &whole, 1, &is_in_place, err);

    task->is_written = task->is_written || is_in_place;
    return ok;
}

// The index with both names first, then the layers, then the index with the new name alone.
static bool write_all(struct run *run, struct err *err)
{
    bool any = true;

    for (size_t i = 0; i < run->count; i++) {
        struct task *task = &run->tasks[i];

        if (task->is_index && task->is_changed && task->bridge.len &&
            !write_task(task, &task->bridge, err))
            return false;
    }
    for (int round = 0; any && round < ROUNDS; round++) {
        for (size_t i = 0; i < run->count; i++) {
            struct task *task = &run->tasks[i];

            if (!task->is_index && task->is_changed && !task->is_written &&
                !write_task(task, &task->new, err))
                return false;
        }
        if (!gather(run, &any, err))
            return false;
    }
    for (size_t i = 0; i < run->count; i++) {
        struct task *task = &run->tasks[i];

        if (task->is_index && task->is_changed && !write_task(task, &task->new, err))
            return false;
    }
    return true;
}

// Put back what was written, the index last, and say how things stand.
static void put_back(struct run *run, struct err *err)
{
    struct buf left = { 0 };

    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = run->count; i > 0; i--) {
            struct task *task = &run->tasks[i - 1];
            struct err again = { 0 };

            if (!task->is_written || task->is_index != (pass == 1))
                continue;
            if (pass == 1 && left.len) // layers have the new name still
                continue;
            if (!task->is_there)
                fs_unlink(task->file->path);
            else if (!fs_replace(task->file->path, buf_sv(&task->old), &again))
                buf_addf(&left, "%s%s", left.len ? ", " : "", task->name);
            err_release(&again);
        }
    }
    if (left.len)
        buf_addf(&err->text,
                 "; changed already and not put back: %s; both names hold until the same command "
                 "is run again",
                 buf_cstr(&left));
    else
        buf_add_cstr(&err->text, "; nothing was changed");
    buf_release(&left);
}

static void report_all(const struct run *run, struct rename_report *report)
{
    for (size_t i = 0; i < run->count; i++) {
        const struct task *task = &run->tasks[i];

        if (!task->is_changed)
            continue;
        MEM_GROW(report->items, report->count, report->cap);
        report->items[report->count++] =
            (struct renamed){ mem_copy(task->name, strlen(task->name)), task->count };
        report->total += task->count;
    }
}

static void run_init(struct run *run, const struct rename_file *files, size_t count)
{
    run->tasks = mem_new((count + 1) * sizeof(*run->tasks));
    for (size_t i = 0; i < count; i++) {
        if (!files[i].shape)
            continue;
        run->tasks[run->count++] = (struct task){
            .file = &files[i],
            .name = workspace_relative(run->ws, files[i].path),
            .is_index = is_index(run, files[i].shape),
        };
    }
}

static void run_release(struct run *run)
{
    for (size_t i = 0; i < run->count; i++) {
        fs_unlock(&run->tasks[i].lock);
        buf_release(&run->tasks[i].old);
        buf_release(&run->tasks[i].new);
        buf_release(&run->tasks[i].bridge);
    }
    mem_free(run->tasks);
}

bool rename_run(const struct workspace *ws, const struct swap *swap,
                const struct rename_file *files, size_t count, bool is_dry,
                struct rename_report *report, struct err *err)
{
    struct run run = { .ws = ws, .swap = swap, .is_dry = is_dry };
    bool ok = rename_check(swap, err), any;

    if (!ok)
        return false;
    run_init(&run, files, count);
    ok = gather(&run, &any, err);
    if (ok && !is_dry && !write_all(&run, err)) {
        put_back(&run, err);
        ok = false;
    }
    if (ok)
        report_all(&run, report);
    run_release(&run);
    return ok;
}

void rename_report_release(struct rename_report *report)
{
    for (size_t i = 0; i < report->count; i++)
        mem_free(report->items[i].name);
    mem_free(report->items);
    *report = (struct rename_report){ 0 };
}
