// Choosing a source: known ones nearest first, or a new one with its kind, or a new alias.
// Changes only the registry, and only when the reader chose a row that says so.
#include "tui/source_pick.h"

#include <string.h>

#include "session/verbs.h"
#include "tui/choice.h"
#include "tui/picker.h"

#define SOURCES_MAX 200 // rows; more are found by typing

struct pick {
    struct source_pick spec;
    struct buf label, claim, name, first, why, fresh;
    struct buf new_name,
        typed; // of the new source, while its kind is asked, and what was typed then
};

static void pick_free(void *ctx)
{
    struct pick *pick = ctx;

    if (pick->spec.free)
        pick->spec.free(pick->spec.ctx);
    buf_release(&pick->label);
    buf_release(&pick->claim);
    buf_release(&pick->name);
    buf_release(&pick->first);
    buf_release(&pick->why);
    buf_release(&pick->fresh);
    buf_release(&pick->new_name);
    buf_release(&pick->typed);
    mem_free(pick);
}

static void finish(struct app *app, struct pick *pick, struct sv id)
{
    pick->spec.free = NULL;
    pick->spec.done(app, pick->spec.ctx, id);
    pick_free(pick);
}

static void cancel(struct app *app, void *ctx)
{
    struct pick *pick = ctx;

    pick->spec.free = NULL;
    if (pick->spec.cancelled)
        pick->spec.cancelled(app, pick->spec.ctx);
    pick_free(pick);
}

struct named {
    struct sv name;
    bool is_there;
};

static void compare_name(void *ctx, struct sv name, struct sv id)
{
    struct named *named = ctx;

    (void)id;
    named->is_there = named->is_there || sv_eq(name, named->name);
}

static bool has_name(const struct registry *registry, const struct source *source, struct sv name)
{
    struct named named = { name, false };

    registry_names(registry, source, compare_name, &named);
    return named.is_there;
}

static bool is_first(const struct pick *pick, const struct source *source)
{
    return pick->first.len && sv_eq(source->id, buf_sv(&pick->first));
}

// What choosing the row would add, why it is offered, kind and further names.
static void describe(const struct registry *registry, const struct pick *pick,
                     const struct source *source, struct buf *out)
{
    struct sv name = buf_sv(&pick->name);

    if (name.len && !has_name(registry, source, name))
        buf_addf(out, "+ alias '" SV_FMT "'  ", SV_ARG(name));
    if (is_first(pick, source) && pick->why.len)
        buf_addf(out, "%s  ", buf_cstr(&pick->why));
    buf_add(out, source->kind);
    for (size_t i = 0; i < source->aliases.count; i++)
        buf_addf(out, "%s" SV_FMT,
                 i          ? ", "
                 : out->len ? ": "
                            : "",
                 SV_ARG(source->aliases.items[i]));
}

static void add_new(struct picker_rows *rows, struct sv name, struct sv why)
{
    struct buf text = { 0 };

    buf_addf(&text, "new source '" SV_FMT "'", SV_ARG(name));
    picker_add(rows, SV(""), buf_sv(&text), why);
    buf_release(&text);
}

static bool knows(const struct registry *registry, const struct source *const *sources,
                  size_t count, struct sv name)
{
    for (size_t i = 0; i < count; i++)
        if (has_name(registry, sources[i], name) || sv_eq(sources[i]->id, name))
            return true;
    return false;
}

static size_t rank(struct app *app, const struct pick *pick, struct sv typed,
                   const struct source **sources)
{
    struct registry *registry = session_registry(app->session);
    size_t count = 0;

    if (pick->spec.reading)
        return verbs_rank_sources(app->session, pick->spec.reading, buf_sv(&pick->claim), typed,
                                  sources, SOURCES_MAX);
    for (size_t i = 0; i < registry->count && count < SOURCES_MAX; i++)
        if (registry_match(registry, registry->items[i], typed) >= 0)
            sources[count++] = registry->items[i];
    return count;
}

static void add_known(const struct registry *registry, struct picker_rows *rows,
                      const struct pick *pick, const struct source *source)
{
    struct buf detail = { 0 };

    describe(registry, pick, source, &detail);
    picker_add(rows, source->id, sv_is_absent(source->name) ? source->id : source->name,
               buf_sv(&detail));
    buf_release(&detail);
}

// With words selected: sources that they may name, the words as a new source, all others.
static void fill_named(const struct registry *registry, struct picker_rows *rows,
                       const struct pick *pick, const struct source **sources, size_t count)
{
    struct sv name = buf_sv(&pick->name);

    for (size_t i = 0; i < count; i++)
        if (registry_match(registry, sources[i], name) >= 0)
            add_known(registry, rows, pick, sources[i]);
    if (!knows(registry, sources, count, name))
        add_new(rows, name, SV(""));
    for (size_t i = 0; i < count; i++)
        if (registry_match(registry, sources[i], name) < 0)
            add_known(registry, rows, pick, sources[i]);
}

// The source proposed goes before all others, where it is among them.
static void put_first(const struct pick *pick, const struct source **sources, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const struct source *first = sources[i];

        if (!is_first(pick, first))
            continue;
        memmove(sources + 1, sources, i * sizeof(*sources));
        sources[0] = first;
        return;
    }
}

static void fill(struct app *app, void *ctx, struct sv typed, struct picker_rows *rows)
{
    struct pick *pick = ctx;
    const struct registry *registry = session_registry(app->session);
    const struct source *sources[SOURCES_MAX];
    struct sv name = buf_sv(&pick->name);
    size_t count = rank(app, pick, typed, sources);

    put_first(pick, sources, count);
    if (name.len && !typed.len) {
        fill_named(registry, rows, pick, sources, count);
        return;
    }
    if (pick->fresh.len && !typed.len && !knows(registry, sources, count, buf_sv(&pick->fresh)))
        add_new(rows, buf_sv(&pick->fresh), buf_sv(&pick->why));
    for (size_t i = 0; i < count; i++)
        add_known(registry, rows, pick, sources[i]);
    if (typed.len && !knows(registry, sources, count, typed))
        add_new(rows, typed, SV(""));
}

static void make(struct app *app, void *ctx, struct sv kind, bool is_toggled)
{
    struct pick *pick = ctx;
    struct err err = { 0 };
    struct sv id;

    (void)is_toggled;
    if (!verb_new_source(app->session, buf_sv(&pick->new_name), kind, &id, &err)) {
        cancel(app, pick); // says that nothing was done; why has the last word
        app_say_err(app, &err);
        return;
    }
    app_say(app, ROLE_MESSAGE, "new source " SV_FMT, SV_ARG(id));
    finish(app, pick, id);
}

static void ask_source(struct app *app, struct pick *pick, struct sv typed);

// What was typed stands there again.
static void back_to_source(struct app *app, void *ctx)
{
    struct pick *pick = ctx;

    ask_source(app, pick, buf_sv(&pick->typed));
}

static void ask_kind(struct app *app, struct pick *pick, struct sv name)
{
    struct buf label = { 0 };

    buf_clear(&pick->new_name);
    buf_add(&pick->new_name, name);
    buf_addf(&label, "what is " SV_FMT "?  <Enter> later", SV_ARG(name));
    choice_open(app, &(struct choice){ .label = buf_cstr(&label),
                                       .vocab = VOCAB_SOURCE_KIND,
                                       .is_step = true,
                                       .done = make,
                                       .cancelled = back_to_source,
                                       .free = pick_free,
                                       .ctx = pick });
    buf_release(&label);
}

static void picked(struct app *app, void *ctx, struct sv key, struct sv typed)
{
    struct pick *pick = ctx;
    struct sv name = buf_sv(&pick->name);
    const struct registry *registry = session_registry(app->session);
    const struct source *source;
    struct err err = { 0 };

    if (!key.len) {
        buf_clear(&pick->typed);
        buf_add(&pick->typed, typed);
        ask_kind(app, pick, typed.len ? typed : name.len ? name : buf_sv(&pick->fresh));
        return;
    }
    source = registry_find(registry, key);
    if (name.len && source && !has_name(registry, source, name) &&
        !verb_add_alias(app->session, key, name, &err)) {
        cancel(app, pick); // says that nothing was done; why has the last word
        app_say_err(app, &err);
        return;
    }
    finish(app, pick, key);
}

static void ask_source(struct app *app, struct pick *pick, struct sv typed)
{
    picker_open(app, &(struct picker){ .label = buf_cstr(&pick->label),
                                       .empty = "no source yet: type a name",
                                       .initial = typed,
                                       .fill = fill,
                                       .picked = picked,
                                       .cancelled = cancel,
                                       .free = pick_free,
                                       .ctx = pick });
}

void source_pick_open(struct app *app, const struct source_pick *spec)
{
    struct pick *pick = mem_new(sizeof(*pick));

    pick->spec = *spec;
    buf_add_cstr(&pick->label, spec->label);
    buf_add(&pick->claim, spec->claim);
    buf_add(&pick->name, spec->name);
    buf_add(&pick->first, spec->first);
    buf_add(&pick->fresh, spec->fresh);
    buf_add_cstr(&pick->why, spec->why ? spec->why : "");
    ask_source(app, pick, (struct sv){ 0 });
}
