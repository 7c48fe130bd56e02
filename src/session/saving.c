// Saving what a step touched, and taking in what other programs wrote. Declared in
// session/session.h. Never gives up a change that could not be written: it stays in memory and is
// tried again.
#include "session/inner.h"

#include "base/bug.h"

static const char *section_word(enum section section)
{
    return section == SECTION__N ? "source" : kind_get(section_get(section)->kind)->name;
}

static void say_conflict(struct session *session, const char *path,
                         const struct merge_conflict *conflict)
{
    struct sv id = ((const struct record *)conflict->ours)->id;
    const char *word = section_word(conflict->section);
    struct err_at at = { .path = path };

    if (conflict->field)
        findings_add(&session->findings, SEVERITY_WARNING, E_MERGED, at,
                     "%s '" SV_FMT "': '%s' was changed here and by another program; yours is "
                     "kept, undo takes the other",
                     word, SV_ARG(id), conflict->field->key);
    else if (conflict->is_our_deletion)
        findings_add(&session->findings, SEVERITY_WARNING, E_MERGED, at,
                     "%s '" SV_FMT "' was deleted here and changed by another program; it is kept, "
                     "undo deletes it",
                     word, SV_ARG(id));
    else
        findings_add(&session->findings, SEVERITY_WARNING, E_MERGED, at,
                     "%s '" SV_FMT "' was changed here and deleted by another program; it is kept, "
                     "undo deletes it",
                     word, SV_ARG(id));
}

// A step whose undo puts the other side's decisions in the place of ours.
static void push_conflicts(struct session *session, struct inner *reading,
                           const struct save_report *report)
{
    struct change *change = change_begin(session, "keep yours");
    struct step *step = change->step;
    const void *last = NULL;

    for (size_t i = 0; i < report->conflict_count; i++) {
        const struct merge_conflict *conflict = &report->conflicts[i];

        if (conflict->ours == last)
            continue;
        last = conflict->ours;
        MEM_GROW(step->items, step->count, step->cap);
        step->items[step->count++] =
            (struct item){ .kind = reading ? ITEM_RECORD : ITEM_SOURCE,
                           .reading = reading,
                           .section = reading ? conflict->section : SECTION_CLAIMS,
                           .id = ((const struct record *)conflict->ours)->id,
                           .before = conflict->theirs,
                           .after = conflict->ours };
    }
    steps_push(&session->undo, step);
    past_add(session, step);
    mem_free(change);
}

static void take_report(struct session *session, struct inner *reading, const char *path,
                        struct save_report *report)
{
    struct err_at at = { .path = path };

    for (size_t i = 0; i < report->findings.count; i++)
        findings_take(&session->findings, report->findings.items[i].severity,
                      &report->findings.items[i].err);
    if (report->was_gone)
        findings_add(&session->findings, SEVERITY_WARNING, E_MERGED, at,
                     "the file was taken away or emptied by another program; the next change "
                     "writes it again, whole");
    if (report->was_merged && report->taken)
        findings_add(&session->findings, SEVERITY_WARNING, E_MERGED, at,
                     "another program changed the file; what it changed is taken in (%zu %s)",
                     report->taken, report->taken == 1 ? "record" : "records");
    for (size_t i = 0; i < report->conflict_count; i++)
        say_conflict(session, path, &report->conflicts[i]);
    if (report->conflict_count)
        push_conflicts(session, reading, report);
    if (report->was_merged) {
        if (reading)
            session_place_records(session, reading); // it may name another text now
        session_changed(session);
    }
}

void session_save_reading(struct session *session, struct inner *reading,
                          const struct splice *exact, struct save_report *report)
{
    struct err err = { 0 };

    reading->is_dirty = !layer_file_save(&reading->pub.file, exact, report, &err);
    reading->state = ++session->last_state;
    take_report(session, reading, layer_file_name(&reading->pub.file), report);
    if (reading->is_dirty)
        findings_take(&session->findings, SEVERITY_ERROR, &err);
}

void session_save_registry(struct session *session, const struct splice *exact,
                           struct save_report *report)
{
    struct err err = { 0 };

    session->is_registry_dirty = !registry_file_save(&session->registry, exact, report, &err);
    session->registry_state = ++session->last_state;
    take_report(session, NULL, registry_file_name(&session->registry), report);
    if (session->is_registry_dirty)
        findings_take(&session->findings, SEVERITY_ERROR, &err);
}

static void save_again(struct session *session, struct inner *reading)
{
    struct save_report report = { 0 };

    if (reading)
        session_save_reading(session, reading, NULL, &report);
    else
        session_save_registry(session, NULL, &report);
    save_report_release(&report);
}

void session_changed(struct session *session)
{
    session_drop_derived(session);
    session->version++;
    deltas_forget(session);
}

bool session_is_saved(const struct session *session)
{
    for (size_t i = 0; i < session->reading_count; i++) {
        if (session->readings[i]->is_dirty)
            return false;
    }
    return !session->is_registry_dirty;
}

bool session_is_refused(const struct session *session, const struct reading *reading)
{
    return session->registry.is_refused || (reading && reading->file.is_refused);
}

bool session_was_read(const struct session *session, struct err *err)
{
    const char *path = session->registry.is_refused ? buf_cstr(&session->registry.path) : NULL;

    for (size_t i = 0; i < session->reading_count && !path; i++)
        if (session->readings[i]->pub.file.is_refused)
            path = buf_cstr(&session->readings[i]->pub.file.path);
    return !path || err_set(err, E_REFUSED,
                            (struct err_at){ .path = workspace_relative(session->ws, path) },
                            "could not be read, so nothing in it was changed; 'gainsay check' "
                            "says what to mend");
}

// The latest error, which stays in the list too.
static bool repeat_error(const struct findings *findings, struct err *err)
{
    for (size_t i = findings->count; i > 0; i--) {
        const struct finding *finding = &findings->items[i - 1];

        if (finding->severity == SEVERITY_ERROR)
            return err_set(err, finding->err.code,
                           (struct err_at){ .path = buf_cstr(&finding->err.path) }, "%s",
                           buf_cstr(&finding->err.text));
    }
    BUG("a save failed without an error");
}

bool session_save(struct session *session, struct err *err)
{
    for (size_t i = 0; i < session->reading_count; i++) {
        if (session->readings[i]->is_dirty)
            save_again(session, session->readings[i]);
    }
    if (session->is_registry_dirty)
        save_again(session, NULL);
    return session_is_saved(session) || repeat_error(&session->findings, err);
}

bool session_holds(const struct session *session)
{
    bool holds = session->registry.hold.has_old;

    for (size_t i = 0; i < session->reading_count; i++)
        holds |= session->readings[i]->pub.file.hold.has_old;
    return holds;
}

void session_let_go(struct session *session)
{
    for (size_t i = 0; i < session->reading_count; i++)
        fs_hold_let_go(&session->readings[i]->pub.file.hold);
    fs_hold_let_go(&session->registry.hold);
}

// A file that could not be taken in is tried again only when it is another one.
static bool is_worth_trying(const char *path, struct fs_stamp *seen)
{
    struct fs_stamp now;
    struct err err = { 0 };

    if (!fs_stamp(path, &now, &err)) {
        err_release(&err);
        return false;
    }
    if (fs_stamp_eq(&now, seen))
        return false;
    *seen = now;
    return true;
}

// A refused file that is another one now may have been mended: it is read anew. No record of it was
// ever in memory, so nothing refers to one.
static void refresh_reading(struct session *session, struct inner *reading)
{
    struct layer_file *file = &reading->pub.file;

    if (file->is_refused) {
        if (is_worth_trying(buf_cstr(&file->path), &reading->seen) ||
            layer_file_is_worth_loading(file)) {
            session_load_layer(session, reading);
            session_changed(session);
        }
        return;
    }
    if (layer_file_is_current(file) ? reading->is_dirty
                                    : is_worth_trying(buf_cstr(&file->path), &reading->seen))
        save_again(session, reading);
}

// A text that was replaced stays on the screen as it was opened; positions count in that one.
static void look_at_text(struct session *session, struct inner *reading)
{
    struct buf path = { 0 };

    workspace_text_path(session->ws, reading->pub.id, &path);
    if (is_worth_trying(buf_cstr(&path), &reading->text_stamp))
        findings_add(&session->findings, SEVERITY_WARNING, E_TEXT,
                     (struct err_at){ .path = workspace_relative(session->ws, buf_cstr(&path)) },
                     "the text was changed by another program; %s, start again to read the new one",
                     reading->text.map ? "what is shown is no longer sure"
                                       : "it is shown as it was when it was opened");
    buf_release(&path);
}

static void refresh_registry(struct session *session)
{
    struct registry_file *file = &session->registry;

    if (file->is_refused) {
        if (is_worth_trying(buf_cstr(&file->path), &session->registry_seen) ||
            registry_file_is_worth_loading(file)) {
            session_load_registry(session);
            session_changed(session);
        }
        return;
    }
    if (registry_file_is_current(file)
            ? session->is_registry_dirty
            : is_worth_trying(buf_cstr(&file->path), &session->registry_seen))
        save_again(session, NULL);
}

// The team's rules, and what others have of the open articles.
static void refresh_peers(struct session *session)
{
    struct buf path = { 0 };
    bool changed = false;

    fs_join(&path, buf_cstr(&session->ws->root), "annotations/team.yaml");
    if (is_worth_trying(buf_cstr(&path), &session->team_seen)) {
        session_load_team(session);
        changed = true;
    }
    for (size_t i = 0; i < session->reading_count; i++)
        changed |= peers_look(session, session->readings[i]);
    session->version += changed;
    buf_release(&path);
}

bool session_refresh(struct session *session)
{
    size_t version = session->version;

    if (session->ws->at)
        return false; // no revision changes
    for (size_t i = 0; i < session->reading_count; i++) {
        refresh_reading(session, session->readings[i]);
        look_at_text(session, session->readings[i]);
    }
    refresh_registry(session);
    refresh_peers(session);
    return session->version != version;
}
