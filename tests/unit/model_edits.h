// Layers that change at random, and the deltas that say so: for what is brought up to date by
// deltas, against the same made anew.
#ifndef MODEL_EDITS_H
#define MODEL_EDITS_H

#include <stdio.h>

#include "base/attr.h"

#include "model_make.h"
#include "model_world.h"

#define EDIT_CLAIMS 24 // numbers of claims and links that may be there
#define EDIT_LINKS  40
#define EDITS_MOST  4 // records in one change

static const char *const edit_articles[] = { "e/a", "e/b", "e/c" };

static inline struct sv edit_word(struct made *made, const char *const *words, unsigned count)
{
    return sv_from(words[made_random(made, count)]);
}

static inline const char *edit_id(struct world *world, struct made *made, char letter,
                                  unsigned below)
{
    char id[16];

    snprintf(id, sizeof(id), "%c%07u", letter, made_random(made, below));
    return sv_copy(&world->arena, sv_from(id)).ptr;
}

static inline void *edit_new(struct world *world, size_t size)
{
    return arena_new(&world->arena, size);
}

static inline const void *edit_voice(struct world *world, struct made *made, size_t layer)
{
    static const char *const sources[] = { "mayor", "nobody", "police", "" };
    struct voice *voice = world_voice(world, sources[made_random(made, 4)], "says");

    if (made_random(made, 2)) {
        size_t beg = made_random(made, (unsigned)strlen(world->texts[layer]) - 9);
        struct cue *cue = edit_new(world, sizeof(*cue));

        cue->at = (struct cp_span){ beg, beg + 3 + made_random(made, 6) };
        cue->quote = sv_sub(sv_from(world->texts[layer]), cue->at.beg, cue->at.end);
        voice->cue = cue;
    }
    return voice;
}

// A claim at random, in place of the one with this id if there is one.
static inline const struct claim *edit_claim(struct world *world, struct made *made, size_t layer,
                                             const char *id, const struct claim *old)
{
    static const char *const topics[] = { "dead", "Dead", "cause", "blame", "" };
    static const char *const types[] = { "quantity", "event", "judgement", "" };
    static const char *const stances[] = { "owns", "rejects", "" };
    static const struct contested mark = { 0 };
    unsigned len = (unsigned)strlen(world->texts[layer]);
    bool stays = old && made_random(made, 4);
    size_t beg = stays ? parts_extent(old->span).beg : made_random(made, len - 2);
    size_t end = beg + 1 + made_random(made, 60);
    struct claim like = { .type = edit_word(made, types, 4),
                          .topic = edit_word(made, topics, 5),
                          .author_stance = edit_word(made, stances, 3),
                          .contested = made_random(made, 3) ? NULL : &mark };

    if (made_random(made, 3) == 0)
        like.attributed_to = world_list(world, edit_voice(world, made, layer));
    if (made_random(made, 6) == 0)
        like.repeats = world_strs(world, edit_id(world, made, 'c', EDIT_CLAIMS));
    return world_claim(world, layer, id, beg, end < len ? end : len, like);
}

static inline const struct link *edit_link(struct world *world, struct made *made, size_t layer,
                                           const char *id, const struct link *old)
{
    static const char *const types[] = { "differs", "corroborates", "omits", "qualifies",
                                         "contradicts" };
    static const char *const points[] = { "number", "place", "actor", "" };
    const char *type = types[made_random(made, 5)];
    const char *from = edit_id(world, made, 'c', EDIT_CLAIMS);
    const char *to = edit_id(world, made, 'c', EDIT_CLAIMS);
    const char *article = edit_articles[made_random(made, 3)];
    struct link *link;

    if (old && made_random(made, 2)) { // another relation of the same two
        from = old->from.ptr;
        to = old->to->claim.ptr;
        article = old->to->article.ptr;
    }
    if (old)
        layer_drop(&world->layers[layer], SECTION_LINKS, old->id);
    link = world_link(world, layer, id, from, article, strcmp(type, "omits") ? to : NULL, type);
    link->point = edit_word(made, points, 4);
    link->strict = made_random(made, 4) == 0;
    return link;
}

static inline const struct furniture *edit_furniture(struct world *world, struct made *made,
                                                     size_t layer, const char *id)
{
    unsigned len = (unsigned)strlen(world->texts[layer]);
    size_t beg = made_random(made, len - 2), end = beg + 1 + made_random(made, 80);
    struct furniture *furniture = edit_new(world, sizeof(*furniture));

    furniture->id = sv_from(id);
    furniture->span = world_list(world, world_part(world, layer, beg, end < len ? end : len));
    layer_put(&world->layers[layer], SECTION_FURNITURE, furniture);
    return furniture;
}

// One record comes, goes or changes.
static inline struct delta edit_record(struct world *world, struct made *made)
{
    static const enum section sections[] = { SECTION_CLAIMS, SECTION_CLAIMS, SECTION_LINKS,
                                             SECTION_LINKS, SECTION_FURNITURE };
    static const char letters[] = {
        [SECTION_CLAIMS] = 'c', [SECTION_LINKS] = 'l', [SECTION_FURNITURE] = 'f'
    };
    size_t layer = made_random(made, (unsigned)world->count);
    enum section section = sections[made_random(made, ARRAY_LEN(sections))];
    const char *id = edit_id(world, made, letters[section],
                             section == SECTION_LINKS    ? EDIT_LINKS
                             : section == SECTION_CLAIMS ? EDIT_CLAIMS
                                                         : 6);
    const void *old = layer_find(&world->layers[layer], section, sv_from(id));
    struct delta delta = { world->list[layer], section, old, NULL };

    if (old && made_random(made, 5) == 0)
        layer_drop(&world->layers[layer], section, sv_from(id));
    else if (section == SECTION_CLAIMS)
        delta.come = edit_claim(world, made, layer, id, old);
    else if (section == SECTION_LINKS)
        delta.come = edit_link(world, made, layer, id, old);
    else
        delta.come = edit_furniture(world, made, layer, id);
    return delta;
}

// One change of up to EDITS_MOST records, each of them once.
static inline size_t edit_some(struct world *world, struct made *made, struct delta *out)
{
    size_t count = 1 + made_random(made, EDITS_MOST), kept = 0;

    for (size_t i = 0; i < count; i++) {
        struct delta delta = edit_record(world, made);
        size_t at = 0;

        while (at < kept && (out[at].layer != delta.layer || out[at].section != delta.section ||
                             !out[at].come || out[at].come != delta.gone))
            at++;
        if (at < kept)
            out[at].come = delta.come;
        else
            out[kept++] = delta;
    }
    count = kept;
    kept = 0;
    for (size_t i = 0; i < count; i++)
        if (out[i].gone || out[i].come)
            out[kept++] = out[i];
    return kept;
}

// Three articles with these texts, full of records at random.
static inline void edit_world(struct world *world, struct made *made, const char *const *texts)
{
    struct delta delta[EDITS_MOST];

    for (size_t i = 0; i < 3; i++)
        world_layer(world, edit_articles[i], texts[i]);
    world_source(world, "mayor", (struct source){ .name = SV("the mayor") });
    world_source(world, "police", (struct source){ .name = SV("police") });
    for (int i = 0; i < 150; i++)
        (void)edit_some(world, made, delta);
}

#endif
