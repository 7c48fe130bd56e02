// Who reads what: names first, figures for the rows that are looked at.
// Says nothing of a layer that the team hides from whoever sits here.
#include "session/roster.h"

#include <stdlib.h>

#include "session/inner.h"
#include "session/peers.h"

static void add_row(struct session *session, struct roster *roster, struct sv annotator,
                    struct sv article)
{
    MEM_GROW(roster->rows, roster->count, roster->cap);
    roster->rows[roster->count++] = (struct roster_row){
        .annotator = annotator,
        .article = article,
        .is_own = sv_eq(annotator, session_annotator(session)),
        .is_assigned = team_is_assigned(session_team(session), annotator, article),
    };
}

static bool has_layer(struct session *session, struct sv annotator, struct sv article)
{
    struct buf path = { 0 };
    bool is_there;

    workspace_layer_path(session->ws, annotator, article, &path);
    is_there = fs_is_file(buf_cstr(&path));
    buf_release(&path);
    return is_there;
}

static bool has_name(const struct sv *names, size_t count, struct sv name)
{
    for (size_t i = 0; i < count; i++)
        if (sv_eq(names[i], name))
            return true;
    return false;
}

static int compare_names(const void *a, const void *b)
{
    return sv_cmp(*(const struct sv *)a, *(const struct sv *)b);
}

// Annotators with a folder, those of the team, and whoever sits here, sorted.
static size_t find_annotators(struct session *session, struct roster *roster, struct sv **out)
{
    const struct rec_list *members = &session_team(session)->members;
    struct fs_names folders = { 0 };
    struct err err = { 0 };
    size_t count = 0;

    if (!workspace_annotators(session->ws, &folders, &err))
        findings_take(&session->findings, SEVERITY_ERROR, &err);
    *out = mem_new((folders.count + members->count + 1) * sizeof(**out));
    for (size_t i = 0; i < folders.count; i++)
        (*out)[count++] = sv_copy(&roster->arena, sv_from(folders.items[i]));
    for (size_t i = 0; i < members->count; i++) {
        struct sv id = ((const struct member *)members->items[i])->id;

        if (!has_name(*out, count, id))
            (*out)[count++] = sv_copy(&roster->arena, id);
    }
    if (!has_name(*out, count, session_annotator(session)))
        (*out)[count++] = sv_copy(&roster->arena, session_annotator(session));
    qsort(*out, count, sizeof(**out), compare_names);
    fs_names_release(&folders);
    return count;
}

void roster_find(struct session *session, struct roster *out)
{
    const struct fs_names *articles = workspace_articles(session->ws);
    struct sv *annotators;
    size_t count;

    *out = (struct roster){ 0 };
    count = find_annotators(session, out, &annotators);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < articles->count; j++) {
            struct sv article = sv_from(articles->items[j]);
            bool is_open =
                sv_eq(annotators[i], session_annotator(session)) && session_find(session, article);

            if (is_open || team_is_assigned(session_team(session), annotators[i], article) ||
                has_layer(session, annotators[i], article))
                add_row(session, out, annotators[i], sv_copy(&out->arena, article));
        }
    mem_free(annotators);
}

static void take_layer(struct session *session, struct roster *roster, struct roster_row *row,
                       const struct layer *layer)
{
    row->is_finished = layer_is_finished(layer);
    row->is_old = team_guideline_is_old(session_team(session), layer);
    row->read = layer_read_share(layer);
    row->claims = layer->sections[SECTION_CLAIMS].count;
    row->links = layer->sections[SECTION_LINKS].count;
    row->guideline = sv_copy(&roster->arena, layer->head.guideline);
}

// Has whoever sits here finished the article?
static bool has_finished(struct session *session, struct sv article)
{
    const struct reading *reading = session_find(session, article);
    struct findings findings = { 0 };
    struct layer_file file;
    struct err err = { 0 };
    bool is_finished;

    if (reading)
        return layer_is_finished(&reading->file.layer);
    is_finished =
        layer_file_load(session->ws, session_annotator(session), article, &file, &findings, &err) &&
        layer_is_finished(&file.layer);
    err_release(&err);
    findings_release(&findings);
    layer_file_release(&file);
    return is_finished;
}

void roster_look(struct session *session, struct roster *roster, size_t at)
{
    struct roster_row *row = &roster->rows[at];
    const struct reading *reading = row->is_own ? session_find(session, row->article) : NULL;
    struct findings findings = { 0 };
    struct layer_file file;
    struct err err = { 0 };

    if (row->is_known)
        return;
    row->is_known = true;
    row->is_there = has_layer(session, row->annotator, row->article);
    if (!row->is_own &&
        !team_shows(session_team(session), session_annotator(session), row->annotator, false))
        row->is_hidden = !has_finished(session, row->article);
    if (row->is_hidden || (!row->is_there && !reading))
        return;
    if (reading) {
        take_layer(session, roster, row, &reading->file.layer);
        return;
    }
    if (layer_file_load(session->ws, row->annotator, row->article, &file, &findings, &err))
        take_layer(session, roster, row, &file.layer);
    else
        row->is_refused = true; // `check` says why
    err_release(&err);
    findings_release(&findings);
    layer_file_release(&file);
}

void roster_release(struct roster *roster)
{
    mem_free(roster->rows);
    arena_release(&roster->arena);
    *roster = (struct roster){ 0 };
}
