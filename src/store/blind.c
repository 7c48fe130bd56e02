// What a team that works blind hides from whoever asks.
// Never shows anything because it could not find out: then it is hidden.
#include "store/blind.h"

#include <stdint.h>
#include <string.h>

#include "store/files.h"

#define FOLDER "annotations/"
#define SUFFIX ".yaml"

bool blind_open(const struct workspace *ws, struct blind *out, struct err *err)
{
    struct findings findings = { 0 };
    struct err nobody = { 0 };
    bool ok;

    *out = (struct blind){ .ws = ws };
    ok = team_file_load(ws, &out->team, &findings, err);
    if (out->team.team.head.blind && !workspace_annotator(ws, NULL, &out->viewer, &nobody)) {
        err_release(&nobody); // who sees nothing
        buf_clear(&out->viewer);
    }
    findings_release(&findings); // for `check`
    return ok;
}

void blind_release(struct blind *blind)
{
    for (size_t i = 0; i < blind->known_count; i++)
        mem_free(blind->known[i].article);
    mem_free(blind->known);
    team_file_release(&blind->team);
    buf_release(&blind->viewer);
    *blind = (struct blind){ 0 };
}

static bool look(const struct blind *blind, struct sv article)
{
    struct arena arena = { 0 };
    struct layer_reader reader = { .ws = blind->ws, .arena = &arena };
    struct findings findings = { 0 };
    struct layer layer;
    struct err err = { 0 };
    bool finished = layer_read(&reader, buf_sv(&blind->viewer), article, &layer, &findings, &err) &&
                    layer_is_finished(&layer);

    err_release(&err); // said when it is loaded to be shown
    findings_release(&findings);
    layer_release(&layer);
    layer_reader_release(&reader);
    arena_release(&arena);
    return finished;
}

// Has whoever asks finished the article?
static bool has_finished(struct blind *blind, struct sv article)
{
    size_t beg = 0, end = blind->known_count;

    if (!blind->viewer.len || !article.len)
        return false;
    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;
        int diff = sv_cmp(sv_from(blind->known[mid].article), article);

        if (!diff)
            return blind->known[mid].is_finished;
        if (diff < 0)
            beg = mid + 1;
        else
            end = mid;
    }
    MEM_GROW(blind->known, blind->known_count, blind->known_cap);
    memmove(blind->known + beg + 1, blind->known + beg,
            (blind->known_count - beg) * sizeof(*blind->known));
    blind->known_count++;
    blind->known[beg] =
        (struct finished){ mem_copy(article.ptr, article.len), look(blind, article) };
    return blind->known[beg].is_finished;
}

bool blind_shows(struct blind *blind, struct sv owner, struct sv article)
{
    struct sv viewer = buf_sv(&blind->viewer);

    return team_shows(&blind->team.team, viewer, owner, false) || has_finished(blind, article);
}

bool blind_shows_path(struct blind *blind, const char *path)
{
    struct sv rest = sv_from(path), owner;

    if (!sv_starts(rest, SV(FOLDER)) || !sv_ends(rest, SV(SUFFIX)))
        return true;
    rest = sv_sub(rest, sizeof(FOLDER) - 1, rest.len - (sizeof(SUFFIX) - 1));
    if (sv_find(rest, SV("/"), 0) == SIZE_MAX || !sv_split(&rest, '/', &owner))
        return true; // sources, scheme, team
    return blind_shows(blind, owner, rest);
}

bool blind_shows_bytes(struct blind *blind, struct sv bytes)
{
    static const struct {
        const char *key;
        size_t len;
    } keys[] = { { "article:", 8 }, { "annotator:", 10 } };
    struct sv found[2] = { 0 }, line;

    if (!blind->team.team.head.blind)
        return true;
    while (sv_split(&bytes, '\n', &line))
        for (size_t i = 0; i < ARRAY_LEN(keys); i++)
            if (sv_is_absent(found[i]) && sv_starts(line, sv_of(keys[i].key, keys[i].len)))
                found[i] = sv_trim(sv_sub(line, keys[i].len, line.len));
    if (sv_is_absent(found[0]) && sv_is_absent(found[1]))
        return true; // no layer
    return blind_shows(blind, found[1], sv_is_absent(found[0]) ? SV("") : found[0]);
}
