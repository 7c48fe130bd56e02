// Files of a workspace that a merge left in conflict.
// Never writes over what it could not read, and leaves git's index to its owner.
#include "store/resolve.h"

#include <string.h>

#include "base/limits.h"
#include "store/git.h"

#define LOCK_WAIT_MS 2000

// The three versions that git keeps of a file in conflict.
struct stages {
    struct buf bytes[SIDE__N];
    bool has[SIDE__N];
};

static void stages_load(const struct resolve *r, struct stages *out)
{
    static const char *const names[SIDE__N] = {
        [SIDE_BASE] = ":1",
        [SIDE_OURS] = ":2",
        [SIDE_THEIRS] = ":3",
    };

    *out = (struct stages){ 0 };
    for (size_t side = 0; side < SIDE__N; side++) {
        struct err err = { 0 };

        out->has[side] =
            git_blob(buf_cstr(&r->ws->root), names[side], r->path, &out->bytes[side], &err);
        err_release(&err);
    }
}

static void stages_release(struct stages *stages)
{
    for (size_t side = 0; side < SIDE__N; side++)
        buf_release(&stages->bytes[side]);
}

static bool merge(const struct resolve *r, struct sv base, struct sv ours, struct sv theirs,
                  struct doc_merged *out, struct err *err)
{
    struct doc_merge merge = {
        .shape = doc_shape_of(r->path, ours),
        .path = r->path,
        .sides = { [SIDE_BASE] = base, [SIDE_OURS] = ours, [SIDE_THEIRS] = theirs },
        .decide = r->decide,
        .ctx = r->ctx,
    };

    if (!merge.shape)
        return err_set(err, E_NAME, (struct err_at){ .path = r->path },
                       "is no file of the workspace; mend it by hand");
    if (doc_merge_run(&merge, out, err))
        return true;
    doc_merged_release(out);
    return false;
}

static bool merge_stages(const struct resolve *r, const struct stages *stages,
                         struct doc_merged *out, struct err *err)
{
    return merge(r, buf_sv(&stages->bytes[SIDE_BASE]), buf_sv(&stages->bytes[SIDE_OURS]),
                 buf_sv(&stages->bytes[SIDE_THEIRS]), out, err);
}

// What stands in the file, with the lines of either side. What both sides were before is said by
// the file itself or by git.
static bool merge_marked(const struct resolve *r, const struct marked *marked,
                         const struct stages *stages, struct doc_merged *out, struct err *err)
{
    struct sv ours = buf_sv(&marked->sides[SIDE_OURS]);
    struct sv theirs = buf_sv(&marked->sides[SIDE_THEIRS]);
    struct err ignored = { 0 };

    if (marked->has_base &&
        merge(r, buf_sv(&marked->sides[SIDE_BASE]), ours, theirs, out, &ignored))
        return true;
    err_release(&ignored);
    return merge(r, buf_sv(&stages->bytes[SIDE_BASE]), ours, theirs, out, err);
}

// Merge what the file holds; out->state says what was found.
static bool work(const struct resolve *r, struct sv bytes, const struct stages *stages,
                 struct resolved *out, struct err *err)
{
    bool has_both = stages->has[SIDE_OURS] && stages->has[SIDE_THEIRS];
    struct err first = { 0 };
    struct marked marked;
    int line;
    bool is_paired = markers_split(bytes, &marked, &line), ok = true;

    out->state = RESOLVE_NOTHING;
    if (is_paired && !marked.count) {
        if (has_both && sv_eq(bytes, buf_sv(&stages->bytes[SIDE_OURS])))
            ok = merge_stages(r, stages, &out->merged, err);
        else if (!has_both && (stages->has[SIDE_OURS] || stages->has[SIDE_THEIRS]))
            out->state = RESOLVE_GONE;
        goto out;
    }
    if (!is_paired)
        (void)err_set(&first, E_CONFLICT, (struct err_at){ r->path, line, 1 },
                      "the markers of a conflict do not pair; mend them by hand");
    ok = is_paired && merge_marked(r, &marked, stages, &out->merged, &first);
    if (!ok && has_both) {
        ok = merge_stages(r, stages, &out->merged, err);
        out->is_anew = ok;
    } else if (!ok) {
        *err = first;
        first = (struct err){ 0 };
    }
out:
    if (ok && (out->merged.bytes.len || out->merged.count))
        out->state = out->merged.open ? RESOLVE_OPEN : RESOLVE_DONE;
    err_release(&first);
    marked_release(&marked);
    return ok;
}

bool resolve_file(const struct resolve *r, struct resolved *out, struct err *err)
{
    struct buf path = { 0 }, bytes = { 0 };
    struct fs_lock lock = { 0 };
    struct stages stages;
    bool ok;

    *out = (struct resolved){ 0 };
    fs_join(&path, buf_cstr(&r->ws->root), r->path);
    if (fs_leads_out(buf_cstr(&path), buf_cstr(&r->ws->root))) {
        buf_release(&path);
        return err_set(err, E_NAME, (struct err_at){ .path = r->path },
                       "is a link out of the workspace; put the file itself here");
    }
    stages_load(r, &stages);
    ok = (r->is_dry || fs_lock(buf_cstr(&path), LOCK_WAIT_MS, &lock, err)) &&
         fs_read(buf_cstr(&path), LIMIT_YAML_BYTES, &bytes, err) &&
         work(r, buf_sv(&bytes), &stages, out, err);
    if (ok && !r->is_dry && (out->state == RESOLVE_DONE || out->state == RESOLVE_OPEN) &&
        !sv_eq(buf_sv(&out->merged.bytes), buf_sv(&bytes)))
        ok = fs_replace(buf_cstr(&path), buf_sv(&out->merged.bytes), err);
    fs_unlock(&lock);
    stages_release(&stages);
    buf_release(&path);
    buf_release(&bytes);
    return ok;
}

void resolved_release(struct resolved *resolved)
{
    doc_merged_release(&resolved->merged);
    *resolved = (struct resolved){ 0 };
}

bool resolve_list(const struct workspace *ws, struct fs_names *out, struct err *err)
{
    struct fs_names all = { 0 };
    size_t count = 0;

    *out = (struct fs_names){ 0 };
    if (!git_has_tree(buf_cstr(&ws->root)))
        return true;
    if (!git_unmerged(buf_cstr(&ws->root), &all, err))
        return false;
    for (size_t i = 0; i < all.count; i++) {
        if (sv_ends(sv_from(all.items[i]), SV(".yaml")) && doc_shape_of(all.items[i], SV("")))
            all.items[count++] = all.items[i];
        else
            mem_free(all.items[i]);
    }
    all.count = count;
    *out = all;
    return true;
}
