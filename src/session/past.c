// Undo beyond this sitting: each step goes to a log in the person's state folder as it is done, and
// the steps of earlier sittings come back from it, read at the first undo that needs one. Never
// undoes what does not fit: every record must stand as the step left it, in the text it was made
// for.
#include "session/inner.h"

#include <string.h>

#include "store/undo_log.h"

#define WHEN_CHARS 16 // 2026-11-25T21:14

struct past {
    struct undo_log log;
    struct undo_past steps;
    bool is_read;
};

struct past *past_new(const struct workspace *ws, struct sv annotator)
{
    struct past *past = mem_new(sizeof(*past));

    undo_log_open(ws, annotator, &past->log);
    return past;
}

void past_free(struct past *past)
{
    if (!past)
        return;
    undo_log_release(&past->log);
    undo_past_release(&past->steps);
    mem_free(past);
}

static struct arena *arena_of(struct session *session, const struct item *item)
{
    return item->reading ? change_arena(&item->reading->pub) : change_source_arena(session);
}

// ---- things as text

static enum kind_id kind_of(const struct item *item)
{
    switch (item->kind) {
    case ITEM_RECORD:
        return section_get(item->section)->kind;
    case ITEM_SOURCE:
        return KIND_SOURCE;
    case ITEM_TEXT:
        return KIND_TEXT_STATE;
    case ITEM_READ:
    case ITEM_STATE:
    case ITEM_GUIDELINE:
        break;
    }
    return KIND_NONE;
}

// A word of the layer's head.
static bool is_word(const struct item *item)
{
    return item->kind == ITEM_STATE || item->kind == ITEM_GUIDELINE;
}

static struct sv thing_text(struct arena *arena, const struct item *item, const void *thing)
{
    struct buf text = { 0 };
    struct sv copy;

    if (!thing)
        return (struct sv){ 0 };
    if (item->kind == ITEM_READ) {
        undo_spans_print(thing, &text);
    } else if (is_word(item)) {
        buf_add(&text, *(const struct sv *)thing);
    } else {
        doc_write_record(kind_of(item), thing, &text);
    }
    copy = sv_copy(arena, text.len ? buf_sv(&text) : SV(""));
    buf_release(&text);
    return copy;
}

static bool parse_number(struct sv text, size_t *out)
{
    size_t value = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9' || value > SIZE_MAX / 100)
            return false;
        value = value * 10 + (size_t)(text.ptr[i] - '0');
    }
    *out = value;
    return text.len > 0;
}

// Ranges inside the article, sorted, apart from each other.
static bool parse_spans(const struct inner *reading, struct arena *arena, struct sv text,
                        const void **out)
{
    struct cp_span_list *list = arena_new(arena, sizeof(*list));
    struct cp_span *items = arena_new(arena, (text.len / 4 + 1) * sizeof(*items));
    size_t len = article_cp_len(reading->pub.article), last = 0;
    struct sv line, beg;

    while (text.len && sv_split(&text, '\n', &line)) {
        struct cp_span *span = &items[list->count];

        if (!sv_split(&line, '-', &beg) || !parse_number(beg, &span->beg) ||
            !parse_number(line, &span->end) || span->beg >= span->end || span->end > len ||
            (list->count && span->beg <= last))
            return false;
        last = span->end;
        list->count++;
    }
    list->items = items;
    *out = list;
    return true;
}

static bool text_thing(struct session *session, const struct item *item, struct sv text,
                       const void **out)
{
    struct arena *arena = arena_of(session, item);
    struct err err = { 0 };
    bool ok = true;

    *out = NULL;
    if (sv_is_absent(text))
        return item->kind != ITEM_READ;
    if (item->kind == ITEM_READ)
        return parse_spans(item->reading, arena, text, out);
    if (is_word(item)) {
        struct sv *word = arena_new(arena, sizeof(*word));

        *word = sv_copy(arena, text);
        *out = word;
        return true;
    }
    ok = doc_read_record(kind_of(item), text, "the log of undo", arena, out, &err);
    if (ok && item->kind != ITEM_TEXT)
        ok = sv_eq(((const struct record *)*out)->id, item->id);
    err_release(&err);
    return ok;
}

// ---- into the log

static struct sv sum_of(const struct inner *reading)
{
    const struct text_state *text = reading ? reading->pub.file.layer.head.text : NULL;

    return text ? text->sha256 : SV("");
}

static const char *section_key(const struct item *item)
{
    switch (item->kind) {
    case ITEM_RECORD:
        return section_get(item->section)->key;
    case ITEM_SOURCE:
        return UNDO_SOURCES;
    case ITEM_READ:
        return UNDO_READ;
    case ITEM_TEXT:
        return UNDO_TEXT;
    case ITEM_STATE:
        return UNDO_STATE;
    case ITEM_GUIDELINE:
        return UNDO_GUIDELINE;
    }
    return "";
}

void past_add(struct session *session, struct step *step)
{
    struct arena arena = { 0 };
    struct undo_item *items = arena_new(&arena, step->count * sizeof(*items));
    struct undo_step text = { .what = sv_from(step->what), .items = items, .count = step->count };
    struct buf id = { 0 }, when = { 0 };
    struct err err = { 0 };

    for (size_t i = 0; i < step->count; i++) {
        const struct item *item = &step->items[i];

        items[i] = (struct undo_item){
            .section = sv_from(section_key(item)),
            .article = item->reading ? item->reading->pub.id : SV(""),
            .sum = sum_of(item->reading),
            .id = sv_is_absent(item->id) ? SV("") : item->id,
            .before = thing_text(&arena, item, item->before),
            .after = thing_text(&arena, item, item->after),
        };
    }
    env_now(&when);
    text.when = buf_sv(&when);
    if (undo_log_add(&session->past->log, &text, &id, &err))
        step->log_id = mem_copy(id.ptr, id.len);
    err_release(&err);
    session->past->steps.undone_count = 0; // what was undone before is not done again any more
    buf_release(&id);
    buf_release(&when);
    arena_release(&arena);
}

static void mark(struct session *session, enum undo_mark mark, struct sv id)
{
    struct err err = { 0 };

    if (!undo_log_mark(&session->past->log, mark, id, &err))
        err_release(&err);
}

void past_mark(struct session *session, const struct step *step, bool is_undone)
{
    if (step->log_id)
        mark(session, is_undone ? UNDO_UNDONE : UNDO_REDONE, sv_from(step->log_id));
}

// ---- out of it

enum fit {
    FITS,
    IS_DONE, // it stands already as the step would make it: a sitting died before it could say so
    DIFFERS, // something else stands there
    OTHER_TEXT, // the positions of its records count in another text of the article
    ABSENT,     // its article cannot be opened now
    BROKEN,
};

static bool find_section(struct sv key, enum section *out)
{
    for (int i = 0; i < SECTION__N; i++) {
        if (sv_eq_cstr(key, section_get((enum section)i)->key)) {
            *out = (enum section)i;
            return true;
        }
    }
    return false;
}

// What the item is about; its sides are still to be set.
static enum fit resolve(struct session *session, const struct undo_item *text, struct item *out)
{
    struct reading *reading = NULL;
    struct err err = { 0 };

    *out = (struct item){ .kind = ITEM_RECORD };
    if (sv_eq_cstr(text->section, UNDO_SOURCES)) {
        out->kind = ITEM_SOURCE;
        out->id = sv_copy(change_source_arena(session), text->id);
        return session->registry.is_refused ? ABSENT : FITS;
    }
    if (sv_eq_cstr(text->section, UNDO_READ))
        out->kind = ITEM_READ;
    else if (sv_eq_cstr(text->section, UNDO_TEXT))
        out->kind = ITEM_TEXT;
    else if (sv_eq_cstr(text->section, UNDO_STATE))
        out->kind = ITEM_STATE;
    else if (sv_eq_cstr(text->section, UNDO_GUIDELINE))
        out->kind = ITEM_GUIDELINE;
    else if (!find_section(text->section, &out->section))
        return BROKEN;
    if (!session_open(session, text->article, &reading, &err)) {
        err_release(&err);
        return ABSENT;
    }
    out->reading = (struct inner *)reading;
    out->id = text->id.len ? sv_copy(change_arena(reading), text->id) : (struct sv){ 0 };
    if (reading->file.is_refused || !reading->is_writable)
        return ABSENT;
    if (text->sum.len && sum_of(out->reading).len && !sv_eq(text->sum, sum_of(out->reading)))
        return OTHER_TEXT;
    return FITS;
}

// Make the step's items; what it fits is what all of them fit.
static enum fit fit_step(struct session *session, const struct undo_step *text, bool is_undo,
                         struct step *step)
{
    size_t done = 0, fitting = 0;

    for (size_t i = 0; i < text->count; i++) {
        struct item item;
        enum fit fit = resolve(session, &text->items[i], &item);
        const void *now;

        if (fit != FITS)
            return fit;
        if (!text_thing(session, &item, text->items[i].before, &item.before) ||
            !text_thing(session, &item, text->items[i].after, &item.after))
            return BROKEN;
        now = item_now(session, &item);
        fitting += item_eq(&item, now, is_undo ? item.after : item.before);
        done += item_eq(&item, now, is_undo ? item.before : item.after);
        MEM_GROW(step->items, step->count, step->cap);
        step->items[step->count++] = item;
    }
    if (fitting == text->count)
        return FITS;
    return done == text->count ? IS_DONE : DIFFERS;
}

static void read_log(struct session *session)
{
    struct past *past = session->past;
    struct err err = { 0 };

    if (past->is_read && !undo_log_is_news(&past->log))
        return;
    (void)session_refresh(session); // what was done there is seen here before it is undone
    past->is_read = true;
    undo_past_release(&past->steps);
    if (!undo_log_read(&past->log, &past->steps, &err))
        findings_take(&session->findings, SEVERITY_WARNING, &err);
}

static void say_why(struct err *err, const struct undo_step *text, enum fit fit, bool is_undo)
{
    static const char *const reasons[] = {
        [DIFFERS] = "what it changed was changed again elsewhere",
        [OTHER_TEXT] = "the article has another text now",
        [ABSENT] = "its file cannot be changed here now",
        [BROKEN] = "the log of it is damaged",
    };

    (void)err_set(err, E_MERGED, ERR_NOWHERE,
                  "'" SV_FMT "' of " SV_FMT " cannot be %s: %s; the next %s takes the step %s it",
                  SV_ARG(text->what), SV_ARG(sv_sub(text->when, 0, WHEN_CHARS)),
                  is_undo ? "undone" : "redone", reasons[fit], is_undo ? "undo" : "redo",
                  is_undo ? "before" : "after");
}

// One entry as a step; NULL when it does not fit.
static struct step *make_step(struct session *session, const struct undo_entry *entry, bool is_undo,
                              enum fit *fit, struct err *err)
{
    struct arena arena = { 0 };
    struct undo_step text = { .what = SV("a step") };
    struct step *step = mem_new(sizeof(*step));
    struct buf what = { 0 };
    struct err ignored = { 0 };

    *fit = undo_step_parse(entry->body, &arena, &text, &ignored)
               ? fit_step(session, &text, is_undo, step)
               : BROKEN;
    buf_addf(&what, SV_FMT ", of " SV_FMT, SV_ARG(text.what),
             SV_ARG(sv_sub(text.when, 0, WHEN_CHARS)));
    step->what = mem_copy(what.ptr, what.len);
    step->log_id = mem_copy(entry->id.ptr, entry->id.len);
    if (*fit != FITS) {
        step_free(step);
        step = NULL;
    }
    if (*fit != FITS && *fit != IS_DONE)
        say_why(err, &text, *fit, is_undo);
    err_release(&ignored);
    buf_release(&what);
    arena_release(&arena);
    return step;
}

struct step *past_take(struct session *session, bool is_undo, struct err *err)
{
    struct undo_past *steps = &session->past->steps;

    read_log(session);
    while (is_undo ? steps->done_count : steps->undone_count) {
        struct undo_entry *entry =
            is_undo ? &steps->done[--steps->done_count] : &steps->undone[--steps->undone_count];
        enum fit fit;
        struct step *step = make_step(session, entry, is_undo, &fit, err);

        if (step)
            return step;
        if (fit == IS_DONE) {
            mark(session, is_undo ? UNDO_UNDONE : UNDO_REDONE, entry->id);
            continue;
        }
        if (fit != ABSENT)
            mark(session, UNDO_PASSED, entry->id);
        return NULL;
    }
    (void)err_set(err, E_USAGE, ERR_NOWHERE, "nothing to %s", is_undo ? "undo" : "redo");
    return NULL;
}
