// The layers of all annotators beside the adjudicated one.
// Never writes a file of an annotator; verbs are in adjudicate_verbs.c.
#include "session/adjudicate.h"

#include <string.h>

#include "session/adjudicate_inner.h"
#include "session/inner.h"
#include "store/names.h"

static void add_finding(struct adjudicating *adjudicating, const char *path, const char *what)
{
    findings_add(&adjudicating->session->findings, SEVERITY_WARNING, E_INCOMPLETE,
                 (struct err_at){ .path = path }, "%s", what);
}

// ---- what may be seen

// Has who looks finished the article?
static bool has_finished(struct adjudicating *adjudicating, struct sv article)
{
    struct findings findings = { 0 };
    struct layer_file file;
    struct err err = { 0 };
    bool is_finished = false;

    if (!adjudicating->viewer.len)
        return false;
    if (layer_file_load(adjudicating->session->ws, buf_sv(&adjudicating->viewer), article, &file,
                        &findings, &err))
        is_finished = layer_is_finished(&file.layer);
    err_release(&err); // nothing of theirs: nothing is finished
    findings_release(&findings);
    layer_file_release(&file);
    return is_finished;
}

static bool is_shown(struct adjudicating *adjudicating, size_t rater, bool is_finished)
{
    return team_shows(&adjudicating->team.team, buf_sv(&adjudicating->viewer),
                      sv_from(adjudicating->names.items[rater]), is_finished);
}

// ---- layers

static struct annotator_layer *layer_at(struct adjudicating *adjudicating, size_t article,
                                        size_t rater)
{
    return &adjudicating->layers[article * adjudicating->names.count + rater];
}

// Positions of a layer count in the text as it is?
static bool is_of_text(struct adjudicating *adjudicating, size_t article, const struct layer *layer)
{
    struct inner *inner = (struct inner *)adjudicating->articles[article];

    return !layer->head.text || sv_eq_cstr(layer->head.text->sha256, inner_sha256(inner));
}

static void load_layer(struct adjudicating *adjudicating, size_t article, size_t rater)
{
    struct annotator_layer *own = layer_at(adjudicating, article, rater);
    struct session *session = adjudicating->session;
    struct findings findings = { 0 };
    struct err err = { 0 };

    layer_file_release(&own->file);
    own->is_there = false;
    if (!layer_file_load(session->ws, sv_from(adjudicating->names.items[rater]),
                         adjudicating->articles[article]->id, &own->file, &findings, &err)) {
        findings_take(&session->findings, SEVERITY_ERROR, &err);
        if (!adjudicating->unread.len)
            buf_add_cstr(&adjudicating->unread, layer_file_name(&own->file));
    } else if (own->file.stamp.exists) {
        own->is_there = is_of_text(adjudicating, article, &own->file.layer);
        if (!own->is_there)
            add_finding(adjudicating, layer_file_name(&own->file),
                        "left out: its positions count in another text; run 'reanchor' first");
    }
    findings_release(&findings); // for `check`
}

static void load_article(struct adjudicating *adjudicating, size_t article)
{
    bool is_blind = adjudicating->team.team.head.blind;
    bool is_finished = is_blind && has_finished(adjudicating, adjudicating->articles[article]->id);

    for (size_t r = 0; r < adjudicating->names.count; r++) {
        if (is_shown(adjudicating, r, is_finished))
            load_layer(adjudicating, article, r);
        else if (article == 0)
            adjudicating->hidden++;
    }
    if (is_blind && article == 0)
        adjudicating->is_settled_hidden = !team_shows(
            &adjudicating->team.team, buf_sv(&adjudicating->viewer), SV(ADJUDICATED), is_finished);
}

static void find_articles(struct adjudicating *adjudicating, struct reading *reading)
{
    size_t cap = 0;
    struct reading *next = reading;

    for (size_t i = 0; next; i++) {
        MEM_GROW(adjudicating->articles, adjudicating->article_count, cap);
        adjudicating->articles[adjudicating->article_count++] = next;
        next = session_other(adjudicating->session, reading, i);
    }
}

// Who has a folder, but the team itself.
static bool find_names(struct adjudicating *adjudicating, struct err *err)
{
    struct fs_names *names = &adjudicating->names;

    if (!workspace_annotators(adjudicating->session->ws, names, err))
        return false;
    if (names->count && !strcmp(names->items[names->count - 1], ADJUDICATED))
        mem_free(names->items[--names->count]);
    return true;
}

bool adjudicating_new(struct session *session, struct reading *reading,
                      const struct adjudicator *who, struct adjudicating **out, struct err *err)
{
    struct adjudicating *adjudicating = mem_new(sizeof(*adjudicating));
    struct findings findings = { 0 };

    adjudicating->session = session;
    buf_add(&adjudicating->person, who->name);
    buf_add(&adjudicating->viewer, who->viewer);

    bool ok = find_names(adjudicating, err) &&
              team_file_load(session->ws, &adjudicating->team, &findings, err);

    findings_release(&findings); // for `check`
    if (!ok) {
        adjudicating_free(adjudicating);
        return false;
    }
    find_articles(adjudicating, reading);
    buf_add(&adjudicating->unread, buf_sv(&session->unopened));
    adjudicating->layers = mem_new((adjudicating->article_count * adjudicating->names.count + 1) *
                                   sizeof(*adjudicating->layers));
    for (size_t a = 0; a < adjudicating->article_count; a++)
        load_article(adjudicating, a);
    if (adjudicating->hidden)
        findings_add(&session->findings, SEVERITY_WARNING, E_INCOMPLETE, ERR_NOWHERE,
                     "the team works blind: %zu layer%s left out until you have finished the "
                     "article; see 'gainsay status'",
                     adjudicating->hidden, adjudicating->hidden == 1 ? " is" : "s are");
    *out = adjudicating;
    return true;
}

void adjudicating_free(struct adjudicating *adjudicating)
{
    if (!adjudicating)
        return;
    adjudication_release(&adjudicating->adjudication);
    for (size_t i = 0;
         adjudicating->layers && i < adjudicating->article_count * adjudicating->names.count; i++)
        layer_file_release(&adjudicating->layers[i].file);
    mem_free(adjudicating->layers);
    mem_free(adjudicating->articles);
    fs_names_release(&adjudicating->names);
    team_file_release(&adjudicating->team);
    buf_release(&adjudicating->unread);
    buf_release(&adjudicating->person);
    buf_release(&adjudicating->viewer);
    mem_free(adjudicating);
}

// ---- who decides

static bool is_adjudicator(const struct team *team, struct sv name)
{
    for (size_t i = 0; i < team->head.adjudicators.count; i++)
        if (sv_eq(team->head.adjudicators.items[i], name))
            return true;
    return false;
}

bool adjudicating_may_decide(const struct adjudicating *adjudicating, struct err *err)
{
    const struct team *team = &adjudicating->team.team;
    struct buf names = { 0 };

    if (adjudicating->is_settled_hidden) // deciding without seeing it would decide twice
        return err_set(err, E_TEAM,
                       (struct err_at){ .path = buf_cstr(&adjudicating->team.file.name) },
                       "the team works blind, and '" SV_FMT
                       "' has not finished the article; see 'gainsay status'",
                       SV_ARG(buf_sv(&adjudicating->viewer)));
    if (!team->head.adjudicators.count || is_adjudicator(team, buf_sv(&adjudicating->person)))
        return true;
    for (size_t i = 0; i < team->head.adjudicators.count; i++)
        buf_addf(&names, "%s'" SV_FMT "'", i ? ", " : "", SV_ARG(team->head.adjudicators.items[i]));
    (void)err_set(err, E_TEAM, (struct err_at){ .path = buf_cstr(&adjudicating->team.file.name) },
                  "'%s' is no adjudicator of this team; %s decide%s, and --list only looks",
                  buf_cstr(&adjudicating->person), buf_cstr(&names),
                  team->head.adjudicators.count == 1 ? "s" : "");
    buf_release(&names);
    return false;
}

// ---- rows

struct reading *adjudicating_reading(struct adjudicating *adjudicating)
{
    return adjudicating->articles[0];
}

struct reading *adjudicating_article(struct adjudicating *adjudicating, size_t index)
{
    return adjudicating->articles[index];
}

struct sv adjudicating_person(const struct adjudicating *adjudicating)
{
    return buf_sv(&adjudicating->person);
}

static void make(struct adjudicating *adjudicating)
{
    size_t raters = adjudicating->names.count, articles = adjudicating->article_count;
    const struct layer **layers = mem_new((articles * raters + 1) * sizeof(*layers));
    const struct layer **settled = mem_new((articles + 1) * sizeof(*settled));
    struct sv *names = mem_new((raters + 1) * sizeof(*names));
    struct sv *ids = mem_new((articles + 1) * sizeof(*ids));

    for (size_t r = 0; r < raters; r++)
        names[r] = sv_from(adjudicating->names.items[r]);
    for (size_t a = 0; a < articles; a++) {
        ids[a] = adjudicating->articles[a]->id;
        if (!adjudicating->is_settled_hidden)
            settled[a] = &adjudicating->articles[a]->file.layer;
        for (size_t r = 0; r < raters; r++)
            if (layer_at(adjudicating, a, r)->is_there)
                layers[a * raters + r] = &layer_at(adjudicating, a, r)->file.layer;
    }
    adjudication_release(&adjudicating->adjudication);
    adjudication_make(
        &(struct adjudicate_input){ .raters = raters,
                                    .articles = articles,
                                    .names = names,
                                    .ids = ids,
                                    .layers = layers,
                                    .settled = settled,
                                    .scheme = session_scheme(adjudicating->session),
                                    .registry = session_registry(adjudicating->session) },
        &adjudicating->adjudication);
    mem_free(layers);
    mem_free(settled);
    mem_free(names);
    mem_free(ids);
}

const struct adjudication *adjudicating_now(struct adjudicating *adjudicating)
{
    size_t version = session_version(adjudicating->session);

    if (!adjudicating->is_made || version != adjudicating->version) {
        adjudicating->is_made = true;
        adjudicating->version = version;
        make(adjudicating);
    }
    return &adjudicating->adjudication;
}

bool adjudicating_refresh(struct adjudicating *adjudicating)
{
    bool has_changed = false;

    for (size_t a = 0; a < adjudicating->article_count; a++)
        for (size_t r = 0; r < adjudicating->names.count; r++) {
            struct annotator_layer *own = layer_at(adjudicating, a, r);

            if (!own->is_there || layer_file_is_current(&own->file))
                continue;
            if (!has_changed)
                adjudication_release(&adjudicating->adjudication); // its records go
            load_layer(adjudicating, a, r);
            adjudicating->is_made = false;
            has_changed = true;
        }
    if (has_changed)
        session_changed(adjudicating->session);
    return has_changed;
}
