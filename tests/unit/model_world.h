// A small workspace in memory for tests: layers of one annotator, their texts, a registry.
#ifndef MODEL_WORLD_H
#define MODEL_WORLD_H

#include <string.h>

#include "model/layer.h"
#include "model/registry.h"

#define WORLD_LAYERS 4

struct world {
    struct arena arena;
    struct layer layers[WORLD_LAYERS];
    const struct layer *list[WORLD_LAYERS];
    const char *texts[WORLD_LAYERS]; // ASCII, so that code points are bytes
    size_t count;
    struct registry registry;
};

static inline int world_setup(void **state)
{
    *state = mem_new(sizeof(struct world));
    return 0;
}

static inline int world_teardown(void **state)
{
    struct world *world = *state;

    for (size_t i = 0; i < world->count; i++)
        layer_release(&world->layers[i]);
    registry_release(&world->registry);
    arena_release(&world->arena);
    mem_free(world);
    return 0;
}

// Returns the index of the new layer.
static inline size_t world_layer(struct world *world, const char *article, const char *text)
{
    size_t i = world->count++;

    world->layers[i].head.gainsay = 1;
    world->layers[i].head.article = sv_from(article);
    world->layers[i].head.annotator = SV("ana");
    world->list[i] = &world->layers[i];
    world->texts[i] = text;
    return i;
}

// A part at [beg, end) with quote and context as the program would store them.
static inline struct part *world_part(struct world *world, size_t layer, size_t beg, size_t end)
{
    struct part *part = arena_new(&world->arena, sizeof(*part));
    struct sv text = sv_from(world->texts[layer]);

    part->at = (struct cp_span){ beg, end };
    part->quote = sv_sub(text, beg, end);
    part->before = sv_sub(text, beg > 32 ? beg - 32 : 0, beg);
    part->after = sv_sub(text, end, end + 32);
    return part;
}

static inline struct rec_list world_list(struct world *world, const void *item)
{
    const void **items = arena_new(&world->arena, sizeof(*items));

    items[0] = item;
    return (struct rec_list){ items, 1 };
}

static inline struct sv_list world_strs(struct world *world, const char *text)
{
    struct sv rest = sv_from(text), piece, *items = arena_new(&world->arena, 8 * sizeof(*items));
    size_t count = 0;

    while (sv_split(&rest, ' ', &piece))
        items[count++] = piece;
    return (struct sv_list){ items, count };
}

// A claim at [beg, end) with the fields of `like` (its id and span are set here). Change it before
// the next look at the layer only where its order does not depend on it.
static inline struct claim *world_claim(struct world *world, size_t layer, const char *id,
                                        size_t beg, size_t end, struct claim like)
{
    struct claim *claim = arena_new(&world->arena, sizeof(*claim));

    *claim = like;
    claim->id = sv_from(id);
    claim->span = world_list(world, world_part(world, layer, beg, end));
    layer_put(&world->layers[layer], SECTION_CLAIMS, claim);
    return claim;
}

// A link; `article` NULL: the same, `to` NULL: one end.
static inline struct link *world_link(struct world *world, size_t layer, const char *id,
                                      const char *from, const char *article, const char *to,
                                      const char *type)
{
    struct link *link = arena_new(&world->arena, sizeof(*link));
    struct target *target = arena_new(&world->arena, sizeof(*target));

    target->article = sv_from(article);
    target->claim = sv_from(to);
    *link = (struct link){
        .id = sv_from(id), .from = sv_from(from), .to = target, .type = sv_from(type)
    };
    layer_put(&world->layers[layer], SECTION_LINKS, link);
    return link;
}

static inline struct voice *world_voice(struct world *world, const char *source, const char *act)
{
    struct voice *voice = arena_new(&world->arena, sizeof(*voice));

    voice->source = sv_from(source);
    voice->act = sv_from(act);
    return voice;
}

static inline struct source *world_source(struct world *world, const char *id, struct source like)
{
    struct source *source = arena_new(&world->arena, sizeof(*source));

    *source = like;
    source->id = sv_from(id);
    registry_put(&world->registry, source);
    return source;
}

#endif
