// One sitting: opening articles with this annotator's layers, and what callers may ask of it.
// Never fails as a whole because of one file: what cannot be read is reported and left out.
#include "session/inner.h"

#include "base/limits.h"
#include "session/relation.h"
#include "store/git.h"
#include "store/old_text.h"
#include "store/snapshot.h"

#define HASH_AT_ONCE ((size_t)1 << 20) // bytes hashed in 3 ms: not noticed before the first paint

static void free_reading(struct inner *reading)
{
    left_free(reading->left);
    marks_release(reading);
    peers_release(reading);
    layer_file_release(&reading->pub.file);
    anchors_free(reading->pub.anchors);
    buf_release(&reading->old_text);
    mem_free(reading->settled);
    meta_file_release(&reading->meta);
    article_free(reading->pub.article);
    fs_text_release(&reading->text);
    buf_release(&reading->id);
    mem_free(reading);
}

const char *inner_sha256(struct inner *reading)
{
    if (!reading->sha256[0])
        article_sha256(reading->text.bytes, reading->sha256);
    return reading->sha256;
}

// Marks, by the old text when this is another. A large text is hashed only when a quote is no
// longer where it was.
void session_place_records(struct session *session, struct inner *reading)
{
    struct reading *pub = &reading->pub;
    bool may_hash;

    anchors_free(pub->anchors);
    buf_clear(&reading->old_text);
    pub->anchors = anchors_new(pub->article);
    marks_build(reading);
    may_hash = pub->file.layer.head.text &&
               (reading->text.bytes.len <= HASH_AT_ONCE || pub->misplaced_count > 0);
    pub->is_text_changed = may_hash && old_text_use(session->ws, pub->id, pub->file.layer.head.text,
                                                    reading->text.bytes, inner_sha256(reading),
                                                    pub->anchors, &reading->old_text);
    if (pub->is_text_changed)
        marks_build(reading);
}

// Metadata that cannot be read is no reason not to read the article.
static void load_meta(struct session *session, struct inner *reading)
{
    struct err err = { 0 };

    if (!meta_file_load(session->ws, reading->pub.id, &reading->meta, &session->findings, &err))
        findings_take(&session->findings, SEVERITY_ERROR, &err);
    reading->pub.meta = reading->meta.meta;
}

// Say once what became of records whose words are no longer where they were.
static void report_misplaced(struct session *session, const struct inner *reading)
{
    const struct reading *pub = &reading->pub;
    struct err_at at = { .path = layer_file_name(&pub->file) };
    size_t counts[ANCHOR_LOST + 1] = { 0 };

    for (size_t i = 0; i < pub->misplaced_count; i++)
        counts[pub->misplaced[i].anchor]++;
    if (pub->is_text_changed)
        findings_add(&session->findings, SEVERITY_WARNING, E_TEXT, at,
                     "the article changed since these positions were made: %zu records stand "
                     "elsewhere, %zu are doubtful, %zu lost; gR lists them",
                     counts[ANCHOR_MOVED], counts[ANCHOR_DOUBT], counts[ANCHOR_LOST]);
    else if (pub->misplaced_count)
        findings_add(&session->findings, SEVERITY_WARNING, E_QUOTE, at,
                     "%zu records have a quote that is not at its position: %zu stand elsewhere, "
                     "%zu are doubtful, %zu lost; gR lists them",
                     pub->misplaced_count, counts[ANCHOR_MOVED], counts[ANCHOR_DOUBT],
                     counts[ANCHOR_LOST]);
}

void session_load_layer(struct session *session, struct inner *reading)
{
    struct layer_file *file = &reading->pub.file;
    struct err err = { 0 };

    layer_file_release(file);
    if (!layer_file_load(session->ws, buf_sv(&session->annotator), reading->pub.id, file,
                         &session->findings, &err))
        findings_take(&session->findings, SEVERITY_ERROR, &err);
    reading->pub.is_writable =
        !session->ws->at && !file->is_refused && fs_is_writable(buf_cstr(&file->path));
    if (reading->pub.is_writable)
        fs_sweep(buf_cstr(&file->path)); // what a killed sitting left
    reading->seen = file->stamp;
    session_place_records(session, reading);
    report_misplaced(session, reading);
}

void session_load_registry(struct session *session)
{
    struct registry_file *file = &session->registry;
    struct err err = { 0 };

    registry_file_release(file);
    if (!registry_file_load(session->ws, file, &session->findings, &err))
        findings_take(&session->findings, SEVERITY_ERROR, &err);
    else if (!session->ws->at && fs_is_writable(buf_cstr(&file->path)))
        fs_sweep(buf_cstr(&file->path));
    session->registry_seen = file->stamp;
}

static bool load_text(struct session *session, struct inner *reading, const char *path,
                      struct err *err)
{
    bool is_there = true, ok;

    if (!session->ws->at)
        return fs_stamp(path, &reading->text_stamp, err) && fs_text_open(path, &reading->text, err);
    ok = workspace_read(session->ws, path, LIMIT_TEXT_BYTES, &is_there, &reading->text.own, err);
    if (ok && !is_there)
        ok = err_set(err, E_NO_ARTICLE, (struct err_at){ .path = path }, "was not there as of %s",
                     buf_cstr(&session->as_of));
    reading->text.bytes = buf_sv(&reading->text.own);
    return ok;
}

static bool load_reading(struct session *session, struct sv id, struct inner **out, struct err *err)
{
    struct inner *reading = mem_new(sizeof(*reading));
    struct buf path = { 0 };
    bool ok = true;

    reading->session = session;
    buf_add(&reading->id, id);
    reading->pub.id = buf_sv(&reading->id);
    workspace_text_path(session->ws, id, &path);

    if (load_text(session, reading, buf_cstr(&path), err)) {
        reading->pub.article = article_new(reading->text.bytes);
        load_meta(session, reading);
        session_load_layer(session, reading);
        *out = reading;
    } else {
        free_reading(reading);
        ok = false;
    }
    buf_release(&path);
    return ok;
}

static void insert_reading(struct session *session, struct inner *reading)
{
    size_t at = session->reading_count;

    MEM_GROW(session->readings, session->reading_count, session->reading_cap);
    for (; at && sv_cmp(session->readings[at - 1]->pub.id, reading->pub.id) > 0; at--)
        session->readings[at] = session->readings[at - 1];
    session->readings[at] = reading;
    session->reading_count++;
    (void)peers_look(session, reading);
    session_changed(session);
}

// `workspace_others` calls this for each article of the event.
static void open_other(void *ctx, struct sv other)
{
    struct session *session = ctx;
    struct inner *reading = NULL;
    struct err err = { 0 };

    if (session_find(session, other))
        return;
    if (load_reading(session, other, &reading, &err)) {
        insert_reading(session, reading);
        return;
    }
    findings_take(&session->findings, SEVERITY_ERROR, &err);
    if (!session->unopened.len)
        buf_add(&session->unopened, other);
}

bool session_new(struct workspace *ws, struct sv annotator, struct session **out, struct err *err)
{
    struct session *session = mem_new(sizeof(*session));

    if (!annotator.len) {
        mem_free(session);
        return err_set(err, E_NAME, ERR_NOWHERE, "a sitting needs the name of an annotator");
    }
    session->ws = ws;
    if (ws->at)
        buf_addf(&session->as_of, "%.8s (%s)", snapshot_commit(ws->at), snapshot_day(ws->at));
    buf_add(&session->annotator, annotator);
    rng_init(&session->rng);
    session->past = past_new(ws, annotator);
    session_load_registry(session);
    session_load_team(session);
    *out = session;
    return true;
}

bool session_new_at(struct session *present, const char *revision, struct session **out,
                    struct err *err)
{
    struct workspace *ws = mem_new(sizeof(*ws));
    struct findings findings = { 0 };
    bool ok = workspace_open_at(buf_cstr(&present->ws->root), revision, ws, &findings, err) &&
              session_new(ws, buf_sv(&present->annotator), out, err);

    if (ok) {
        (*out)->own_ws = ws;
        for (size_t i = 0; i < findings.count; i++)
            findings_take(&(*out)->findings, findings.items[i].severity, &findings.items[i].err);
    } else {
        workspace_release(ws);
        mem_free(ws);
    }
    findings_release(&findings);
    return ok;
}

void session_hint_driver(struct session *session)
{
    if (git_lacks_driver(buf_cstr(&session->ws->root)))
        findings_add(&session->findings, SEVERITY_WARNING, E_DRIVER, ERR_NOWHERE, GIT_DRIVER_HINT);
}

const char *session_as_of(const struct session *session)
{
    return session->as_of.len ? buf_cstr(&session->as_of) : NULL;
}

bool session_is_present(const struct session *session, struct err *err)
{
    if (!session->as_of.len)
        return true;
    return err_set(err, E_SYSTEM, ERR_NOWHERE,
                   "this is the workspace as of %s: nothing can be changed here",
                   buf_cstr(&session->as_of));
}

void session_free(struct session *session)
{
    if (!session)
        return;
    steps_clear(&session->undo);
    steps_clear(&session->redo);
    past_free(session->past);
    derive_free(session->derived);
    deltas_release(session);
    relation_free(session->relation);
    uses_free(session->uses);
    shown_free(session->shown);
    for (size_t i = 0; i < session->reading_count; i++)
        free_reading(session->readings[i]);
    mem_free(session->readings);
    mem_free(session->used);
    registry_file_release(&session->registry);
    team_file_release(&session->team);
    threads_release(&session->threads);
    findings_release(&session->findings);
    arena_release(&session->arena);
    buf_release(&session->annotator);
    buf_release(&session->unopened);
    buf_release(&session->unsaved_path);
    list_file_release(&session->saved);
    buf_release(&session->as_of);
    if (session->own_ws)
        workspace_release(session->own_ws);
    mem_free(session->own_ws);
    mem_free(session);
}

struct workspace *session_workspace(struct session *session)
{
    return session->ws;
}

struct sv session_annotator(const struct session *session)
{
    return buf_sv(&session->annotator);
}

const struct scheme *session_scheme(const struct session *session)
{
    return &session->ws->scheme;
}

struct registry *session_registry(struct session *session)
{
    return &session->registry.registry;
}

bool session_open(struct session *session, struct sv article, struct reading **out, struct err *err)
{
    struct reading *found = session_find(session, article);
    struct inner *reading = NULL;
    struct sv id;

    if (!found) {
        if (!workspace_find_article(session->ws, article, &id))
            return err_set(err, E_NO_ARTICLE, ERR_NOWHERE, "no article '" SV_FMT "' in the corpus",
                           SV_ARG(article));
        if (!load_reading(session, id, &reading, err))
            return false;
        insert_reading(session, reading);
        found = &reading->pub;
    }
    workspace_others(session->ws, found->id, open_other, session);
    workspace_take_findings(session->ws, &session->findings);
    *out = found;
    return true;
}

struct reading *session_find(struct session *session, struct sv article)
{
    for (size_t i = 0; i < session->reading_count; i++) {
        if (sv_eq(session->readings[i]->pub.id, article))
            return &session->readings[i]->pub;
    }
    return NULL;
}

struct reading *session_other(struct session *session, const struct reading *reading, size_t index)
{
    struct sv event = article_event(reading->id);

    for (size_t i = 0; i < session->reading_count; i++) {
        struct reading *other = &session->readings[i]->pub;

        if (other != reading && sv_eq(article_event(other->id), event) && index-- == 0)
            return other;
    }
    return NULL;
}

struct reading *session_reading(struct session *session, size_t index)
{
    return index < session->reading_count ? &session->readings[index]->pub : NULL;
}

void session_drop_derived(struct session *session)
{
    derive_free(session->derived);
    session->derived = NULL;
}

struct claim_counts session_counts(struct session *session, const struct reading *reading)
{
    (void)session_derived(session);
    return derive_counts(session->derived, &reading->file.layer);
}

const struct derived *session_derived(struct session *session)
{
    if (session->derived)
        return session->derived;

    size_t count = session->reading_count;
    const struct layer **layers = mem_new((count + 1) * sizeof(*layers));

    for (size_t i = 0; i < count; i++)
        layers[i] = &session->readings[i]->pub.file.layer;
    session->derived = derive_new(layers, count, session_scheme(session));
    mem_free(layers);
    return session->derived;
}

void session_now(struct buf *out)
{
    env_now(out);
}

size_t session_version(const struct session *session)
{
    return session->version;
}

void session_take_findings(struct session *session, struct findings *out)
{
    workspace_take_findings(session->ws, &session->findings);
    for (size_t i = 0; i < session->findings.count; i++)
        findings_take(out, session->findings.items[i].severity, &session->findings.items[i].err);
    findings_release(&session->findings);
}
