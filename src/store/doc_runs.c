// Lines of a file as runs of keys and records.
// Never trusts a place it cannot prove: what does not stand on lines of its own gets no run.
#include "store/doc_runs.h"

#include <string.h>

#include "store/doc_decode.h"

size_t line_beg(struct sv bytes, size_t pos)
{
    while (pos && bytes.ptr[pos - 1] != '\n')
        pos--;
    return pos;
}

size_t line_next(struct sv bytes, size_t pos)
{
    const char *end = pos < bytes.len ? memchr(bytes.ptr + pos, '\n', bytes.len - pos) : NULL;

    return end ? (size_t)(end - bytes.ptr) + 1 : bytes.len;
}

static bool is_bom(struct sv bytes, size_t pos)
{
    return pos == 3 && sv_starts(bytes, SV(BYTE_ORDER_MARK));
}

bool is_first_on_line(struct sv bytes, size_t pos)
{
    while (pos && bytes.ptr[pos - 1] == ' ')
        pos--;
    return !pos || bytes.ptr[pos - 1] == '\n' || is_bom(bytes, pos);
}

// First byte at or after `pos` in its line that is no blank; *is_blank: the line ends there.
static size_t skip_blanks(struct sv bytes, size_t pos, bool *is_blank)
{
    while (pos < bytes.len &&
           (bytes.ptr[pos] == ' ' || bytes.ptr[pos] == '\t' || bytes.ptr[pos] == '\r'))
        pos++;
    *is_blank = pos == bytes.len || bytes.ptr[pos] == '\n';
    return pos;
}

size_t run_end(struct sv bytes, size_t pos, int col)
{
    size_t end = line_next(bytes, pos), next;

    for (size_t beg = end; beg < bytes.len; beg = next) {
        bool is_blank;
        size_t text = skip_blanks(bytes, beg, &is_blank);

        next = line_next(bytes, beg);
        if (is_blank)
            continue;
        if (bytes.ptr[text] != '#' || text - beg <= (size_t)col)
            break;
        end = next;
    }
    return end;
}

bool ends_in_keep(struct sv bytes, const struct ynode *node)
{
    const struct ynode *leaf = ynode_last_leaf(node);

    if (leaf->type != YNODE_SCALAR || leaf->is_plain || leaf->bytes.beg >= bytes.len ||
        !strchr("|>", bytes.ptr[leaf->bytes.beg]))
        return false;
    for (size_t i = leaf->bytes.beg; i < bytes.len && strchr("|>+-123456789", bytes.ptr[i]); i++)
        if (bytes.ptr[i] == '+')
            return true;
    return false;
}

size_t lead_own(struct sv bytes, size_t beg, size_t end)
{
    size_t own = beg, next;

    for (; beg < end; beg = next) {
        bool is_blank;

        skip_blanks(bytes, beg, &is_blank);
        next = line_next(bytes, beg);
        if (is_blank)
            own = next;
    }
    return own < end ? own : end;
}

// The dash of the item that begins at `pos`, the first text behind `from` that is no comment.
static bool find_dash(struct sv bytes, size_t from, size_t pos, int dash_col, size_t *dash)
{
    size_t next;

    for (size_t beg = from; beg < bytes.len && beg <= pos; beg = next) {
        bool is_blank;
        size_t text = skip_blanks(bytes, beg, &is_blank);

        next = line_next(bytes, beg);
        if (is_blank || bytes.ptr[text] == '#')
            continue;
        *dash = text;
        return bytes.ptr[text] == '-' && text - beg == (size_t)dash_col && text < pos &&
               is_first_on_line(bytes, text);
    }
    return false;
}

// Only blanks between `beg` and `end`, or lines of comments and blanks.
static bool is_gap(struct sv bytes, size_t beg, size_t end)
{
    for (size_t pos = beg; pos < end;) {
        bool is_blank;

        pos = skip_blanks(bytes, pos, &is_blank);
        if (pos >= end)
            return true;
        if (!is_blank && bytes.ptr[pos] != '#')
            return false;
        pos = line_next(bytes, pos);
    }
    return true;
}

static uint16_t field_index(const struct kind *kind, struct sv key, size_t *hint)
{
    const struct field *field = doc_find_field(kind, key, hint);

    return field ? (uint16_t)(field - kind->fields) : FIELD_UNKNOWN;
}

static bool field_runs_make(struct sv bytes, const struct kind *kind, const struct ynode *map,
                            size_t beg, struct field_run *runs)
{
    int col = map->col - 1;
    size_t last = 0, hint = 0;

    for (size_t i = 0; i < map->count / 2; i++) {
        const struct ynode *key = map->items[2 * i], *value = map->items[2 * i + 1];
        size_t key_beg = i ? line_beg(bytes, key->bytes.beg) : key->bytes.beg;
        size_t end = run_end(bytes, ynode_last_leaf(value)->bytes.end, col);

        if (key->col != map->col || key_beg < last ||
            (i && !is_first_on_line(bytes, key->bytes.beg)) || end - beg > UINT32_MAX)
            return false;
        runs[i] = (struct field_run){ (uint32_t)(key_beg - beg), (uint32_t)(end - beg),
                                      field_index(kind, key->text, &hint) };
        last = end;
    }
    return true;
}

bool record_run_make(struct sv bytes, size_t from, int dash_col, const struct kind *kind,
                     const struct ynode *item, struct arena *arena, struct record_run *out)
{
    size_t dash;

    if (!find_dash(bytes, from, item->bytes.beg, dash_col, &dash) ||
        !is_gap(bytes, dash + 1, item->bytes.beg))
        return false;
    out->beg = line_beg(bytes, dash);
    out->end = run_end(bytes, ynode_last_leaf(item)->bytes.end, dash_col);
    out->ends_keep = ends_in_keep(bytes, item);
    out->fields = NULL;
    out->field_count = 0;
    if (item->type != YNODE_MAP || item->is_flow || !item->count)
        return true;

    struct field_run *runs = arena_new(arena, item->count / 2 * sizeof(*runs));

    if (field_runs_make(bytes, kind, item, out->beg, runs)) {
        out->fields = runs;
        out->field_count = (uint32_t)(item->count / 2);
    }
    return true;
}
