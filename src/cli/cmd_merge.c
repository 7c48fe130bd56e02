// merge: three versions of one file made into one; what git runs for files of a workspace.
// Never touches OURS unless all of the result can be trusted, and never lets a fault look like a
// conflict.
#include "cli/conflicts.h"
#include "cli/hidden.h"

#include <string.h>

#include "base/limits.h"

// A version as bytes. Git hands over an empty file where there is no base; people write /dev/null.
static bool read_version(const char *path, enum merge_side side, struct buf *out, struct err *err)
{
    if (side == SIDE_BASE && !strcmp(path, "/dev/null"))
        return true;
    return fs_read(path, LIMIT_YAML_BYTES, out, err);
}

// The result in the place of OURS. That it is on disk for good is git's business, which reads it
// now.
static bool write_ours(const char *path, struct sv bytes, struct err *err)
{
    bool is_in_place = false;

    if (fs_replace_and_tell(path, &bytes, 1, &is_in_place, err))
        return true;
    if (is_in_place)
        err_release(err);
    return is_in_place;
}

static bool merge_files(struct cli *cli, const struct doc_shape *shape, const char *name,
                        const struct buf versions[SIDE__N], size_t *open, struct err *err)
{
    struct doc_merge merge = { .shape = shape, .path = name };
    struct doc_merged merged;
    struct blind blind;
    bool ok;

    for (enum merge_side side = 0; side < SIDE__N; side++)
        merge.sides[side] = buf_sv(&versions[side]);
    ok = doc_merge_run(&merge, &merged, err);
    if (ok && !sv_eq(buf_sv(&merged.bytes), merge.sides[SIDE_OURS]))
        ok = write_ours(cli->operands[1], buf_sv(&merged.bytes), err);
    if (ok) {
        (void)blind_find(cli, &blind);
        conflicts_report(cli, name, &merged, !blind_shows_bytes(&blind, merge.sides[SIDE_OURS]));
        blind_release(&blind);
        *open = merged.open;
    }
    doc_merged_release(&merged);
    return ok;
}

int cmd_merge(struct cli *cli)
{
    static const enum merge_side order[] = { SIDE_BASE, SIDE_OURS, SIDE_THEIRS };
    const char *path = cli->operand_count > 3 ? cli->operands[3] : NULL;
    const char *name = path ? path : cli->operands[1];
    struct buf versions[SIDE__N] = { 0 };
    struct err err = { 0 };
    size_t open = 0;
    bool ok = true;

    for (size_t i = 0; ok && i < ARRAY_LEN(order); i++)
        ok = read_version(cli->operands[i], order[i], &versions[order[i]], &err);
    if (ok) {
        const struct doc_shape *shape = doc_shape_of(path, buf_sv(&versions[SIDE_OURS]));

        if (!shape)
            ok = err_set(
                &err, E_NAME, (struct err_at){ .path = name },
                "is no file of a workspace; git merges it by lines without 'merge=gainsay'");
        else
            ok = merge_files(cli, shape, name, versions, &open, &err);
    }
    for (enum merge_side side = 0; side < SIDE__N; side++)
        buf_release(&versions[side]);
    if (!ok)
        return cli_fail(cli, &err);
    return cli_status(cli, open ? 1 : 0);
}
