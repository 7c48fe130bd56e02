// How often the names of the sources stand in texts.
// Never decides whose a name is that two sources have.
#include "model/mention.h"

#include <stdint.h>

#include "model/name.h"

#define RIVALS_MAX 16 // of one name; more are not told apart

struct namer {
    struct alias_set *set;
    size_t owner;
};

static void enter_name(void *ctx, struct sv name, struct sv id)
{
    struct namer *namer = ctx;

    (void)id;
    (void)alias_set_add(namer->set, name, namer->owner);
}

struct alias_set *mention_names(const struct registry *registry)
{
    struct alias_set *set = alias_set_new();

    for (size_t i = 0; i < registry->count; i++) {
        struct namer namer = { set, i };

        registry_names(registry, registry->items[i], enter_name, &namer);
    }
    return set;
}

struct maker {
    struct mentions *out;
    const struct source *source;
    size_t first; // of the source's names
};

static void add_name(void *ctx, struct sv name, struct sv id)
{
    struct maker *maker = ctx;
    struct mentions *out = maker->out;
    struct mention *mention;

    for (size_t i = maker->first; i < out->count; i++)
        if (name_eq(out->items[i].name, name))
            return;
    MEM_GROW(out->items, out->count, out->cap);
    mention = &out->items[out->count++];
    *mention =
        (struct mention){ .source = maker->source, .name = sv_copy(&out->arena, name), .id = id };
    mention->counts = arena_new(&out->arena, (out->text_count + 1) * sizeof(*mention->counts));
    mention->doubtful = arena_new(&out->arena, (out->text_count + 1) * sizeof(*mention->counts));
}

static bool is_skipped(const struct mention_text *text, struct byte_span span)
{
    for (size_t i = 0; i < text->skip_count; i++)
        if (byte_spans_overlap(text->skip[i], span))
            return true;
    return false;
}

// A hit of several owners counts for none; each learns of another.
static void note_hit(struct mentions *out, const struct alias_set *set, struct sv text,
                     const struct alias_hit *hit, size_t index)
{
    size_t names[RIVALS_MAX];
    size_t count;

    if (!hit->is_ambiguous) {
        out->items[hit->name].counts[index]++;
        return;
    }
    count = alias_set_rivals(set, text, hit, names, RIVALS_MAX);
    count = count < RIVALS_MAX ? count : RIVALS_MAX;
    for (size_t i = 0; i < count; i++) {
        out->items[names[i]].doubtful[index]++;
        out->items[names[i]].rival = out->items[names[i ? 0 : 1]].source;
    }
}

void mentions_begin(const struct registry *registry, size_t text_count, struct mentions *out)
{
    *out = (struct mentions){ .text_count = text_count, .names = alias_set_new() };
    for (size_t i = 0; i < registry->count; i++) {
        struct maker maker = { out, registry->items[i], out->count };

        registry_names(registry, registry->items[i], add_name, &maker);
        for (size_t k = maker.first; k < out->count; k++)
            (void)alias_set_add(out->names, out->items[k].name, i);
    }
}

// Look through one text up to byte `until`.
static void count_stretch(struct mentions *out, const struct mention_text *text, size_t until)
{
    struct alias_hit hit;

    while (alias_set_next_before(out->names, text->text, out->from, until, &hit)) {
        if (!is_skipped(text, hit.span))
            note_hit(out, out->names, text->text, &hit, out->text);
        out->from = hit.span.end;
    }
    if (out->from < until)
        out->from = until;
}

bool mentions_go_on(struct mentions *mentions, const struct mention_text *texts, size_t bytes)
{
    while (mentions->text < mentions->text_count) {
        const struct mention_text *text = &texts[mentions->text];
        size_t left = text->text.len - mentions->from, most = left < bytes ? left : bytes;

        count_stretch(mentions, text, mentions->from + most);
        if (mentions->from < text->text.len)
            return true;
        bytes -= most;
        mentions->text++;
        mentions->from = 0;
    }
    alias_set_free(mentions->names);
    mentions->names = NULL;
    return false;
}

void mentions_count(const struct registry *registry, const struct mention_text *texts, size_t count,
                    struct mentions *out)
{
    mentions_begin(registry, count, out);
    (void)mentions_go_on(out, texts, SIZE_MAX);
}

void mentions_release(struct mentions *mentions)
{
    alias_set_free(mentions->names);
    mem_free(mentions->items);
    arena_release(&mentions->arena);
    *mentions = (struct mentions){ 0 };
}

size_t mentions_of(const struct mentions *mentions, const struct source *source, size_t text)
{
    size_t sum = 0;

    for (size_t i = 0; i < mentions->count; i++)
        if (mentions->items[i].source == source)
            sum += mentions->items[i].counts[text];
    return sum;
}
