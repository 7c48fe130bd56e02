// Places and histories of this person on this machine, as lines of text.
// Never says that anything failed: losing a place loses no work.
#include "store/state.h"

#include <stdlib.h>
#include <string.h>

#define STATE_BYTES ((size_t)4 << 20) // a larger file is none of ours
#define PLACES_MAX  500               // articles remembered over all workspaces
#define HISTORY_MAX 200

// One line of the file of places: root, annotator, article, pos, other, other_pos, looks; tabs
// between. The last may be missing: places were kept without it once.
enum { COL_ROOT, COL_ANNOTATOR, COL_ARTICLE, COL_POS, COL_OTHER, COL_OTHER_POS, COL_LOOKS, COL__N };

static void state_path(const char *name, struct buf *out)
{
    struct buf dir = { 0 };

    env_state_dir(&dir);
    fs_join(out, buf_cstr(&dir), name);
    buf_release(&dir);
}

static void read_state(const char *name, struct buf *out)
{
    struct buf path = { 0 };
    struct err err = { 0 };

    state_path(name, &path);
    if (!fs_is_file(buf_cstr(&path)) || !fs_read(buf_cstr(&path), STATE_BYTES, out, &err))
        buf_clear(out);
    err_release(&err);
    buf_release(&path);
}

static void write_state(const char *name, struct sv bytes)
{
    struct buf path = { 0 };
    struct err err = { 0 };

    state_path(name, &path);
    if (!fs_replace(buf_cstr(&path), bytes, &err))
        err_release(&err);
    buf_release(&path);
}

static bool is_one_cell(struct sv s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\t' || s.ptr[i] == '\n' || s.ptr[i] == '\0')
            return false;
    }
    return true;
}

static bool parse_line(struct sv line, struct sv cells[COL__N])
{
    struct sv cell;
    size_t count = 0;

    while (sv_split(&line, '\t', &cell)) {
        if (count == COL__N)
            return false;
        cells[count++] = cell;
    }
    if (count == COL_LOOKS)
        cells[count++] = SV("");
    return count == COL__N;
}

static size_t parse_number(struct sv s)
{
    size_t value = 0;

    for (size_t i = 0; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9' && value < SIZE_MAX / 20;
         i++)
        value = value * 10 + (size_t)(s.ptr[i] - '0');
    return value;
}

static bool is_of(const struct sv cells[COL__N], const struct workspace *ws, struct sv annotator,
                  struct sv article)
{
    return sv_eq(cells[COL_ROOT], buf_sv(&ws->root)) && sv_eq(cells[COL_ANNOTATOR], annotator) &&
           (article.len == 0 || sv_eq(cells[COL_ARTICLE], article));
}

bool state_place_load(const struct workspace *ws, struct sv annotator, struct sv article,
                      struct place *out)
{
    struct buf bytes = { 0 };
    bool found = false;

    *out = (struct place){ 0 };
    read_state("places", &bytes);

    struct sv rest = buf_sv(&bytes), line, cells[COL__N];

    while (sv_split(&rest, '\n', &line)) {
        if (!parse_line(line, cells) || !is_of(cells, ws, annotator, article))
            continue;
        place_release(out); // the last line is the latest
        buf_add(&out->article, cells[COL_ARTICLE]);
        buf_add(&out->other, cells[COL_OTHER]);
        buf_add(&out->looks, cells[COL_LOOKS]);
        out->pos = parse_number(cells[COL_POS]);
        out->other_pos = parse_number(cells[COL_OTHER_POS]);
        found = true;
    }
    buf_release(&bytes);
    return found;
}

static size_t count_lines(struct sv text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\n';
    return count;
}

// Take lines off the top until at most `max` are left.
static struct sv last_lines(struct sv text, size_t max)
{
    struct sv line;

    for (size_t count = count_lines(text); count > max; count--)
        sv_split(&text, '\n', &line);
    return text;
}

void state_place_save(const struct workspace *ws, struct sv annotator, const struct place *place)
{
    struct sv article = buf_sv(&place->article), other = buf_sv(&place->other);
    struct buf old = { 0 }, new = { 0 };

    if (article.len == 0 || !is_one_cell(buf_sv(&ws->root)) || !is_one_cell(article) ||
        !is_one_cell(other) || !is_one_cell(buf_sv(&place->looks)))
        return;
    read_state("places", &old);

    struct sv rest = last_lines(buf_sv(&old), PLACES_MAX - 1), line, cells[COL__N];

    while (sv_split(&rest, '\n', &line)) {
        if (parse_line(line, cells) && !is_of(cells, ws, annotator, article))
            buf_addf(&new, SV_FMT "\n", SV_ARG(line));
    }
    buf_addf(&new, SV_FMT "\t" SV_FMT "\t" SV_FMT "\t%zu\t" SV_FMT "\t%zu\t" SV_FMT "\n",
             SV_ARG(buf_sv(&ws->root)), SV_ARG(annotator), SV_ARG(article), place->pos,
             SV_ARG(other), place->other_pos, SV_ARG(buf_sv(&place->looks)));
    write_state("places", buf_sv(&new));
    buf_release(&old);
    buf_release(&new);
}

void place_release(struct place *place)
{
    buf_release(&place->article);
    buf_release(&place->other);
    buf_release(&place->looks);
    *place = (struct place){ 0 };
}

static void history_name(const char *name, struct buf *out)
{
    buf_addf(out, "history-%s", name);
}

void state_history_load(const char *name, struct fs_names *out)
{
    struct buf file = { 0 }, bytes = { 0 };

    *out = (struct fs_names){ 0 };
    history_name(name, &file);
    read_state(buf_cstr(&file), &bytes);

    struct sv rest = last_lines(buf_sv(&bytes), HISTORY_MAX), line;

    while (sv_split(&rest, '\n', &line)) {
        if (line.len == 0)
            continue;
        MEM_GROW(out->items, out->count, out->cap);
        out->items[out->count++] = mem_copy(line.ptr, line.len);
    }
    buf_release(&file);
    buf_release(&bytes);
}

void state_history_add(const char *name, struct sv line)
{
    struct buf file = { 0 }, old = { 0 }, new = { 0 };

    if (sv_is_blank(line) || sv_find(line, SV("\n"), 0) < line.len)
        return;
    history_name(name, &file);
    read_state(buf_cstr(&file), &old);

    struct sv rest = buf_sv(&old), each;

    while (sv_split(&rest, '\n', &each)) {
        if (each.len && !sv_eq(each, line))
            buf_addf(&new, SV_FMT "\n", SV_ARG(each));
    }
    buf_addf(&new, SV_FMT "\n", SV_ARG(line));
    write_state(buf_cstr(&file), last_lines(buf_sv(&new), HISTORY_MAX));
    buf_release(&file);
    buf_release(&old);
    buf_release(&new);
}
