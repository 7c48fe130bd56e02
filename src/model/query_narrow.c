// Layers without what a query does not ask for: which claims match, then what hangs on them.
// Never changes a layer, nor a record.
#include "model/query_narrow.h"

#include "model/index.h"

struct narrow {
    const struct layer *const *layers;
    size_t count;
    struct id_index **matched, **kept; // of each layer: claims that match, and all that stay
};

// Index of the layer of an article; `count` when it is none of these.
static size_t find_layer(const struct narrow *narrow, struct sv article)
{
    size_t i = 0;

    while (i < narrow->count && !sv_eq(narrow->layers[i]->head.article, article))
        i++;
    return i;
}

static void match(const struct query *query, const struct query_ctx *ctx, struct narrow *narrow,
                  size_t at)
{
    const struct layer *layer = narrow->layers[at];

    for (size_t i = 0; i < layer->sections[SECTION_CLAIMS].count; i++) {
        const struct claim *claim = layer->sections[SECTION_CLAIMS].items[i];

        if (!query_matches(query, ctx, layer, claim))
            continue;
        id_index_put(&narrow->matched[at], claim);
        id_index_put(&narrow->kept[at], claim);
    }
}

static void keep_claim(struct narrow *narrow, size_t at, struct sv id)
{
    const struct claim *claim = at < narrow->count ? layer_claim(narrow->layers[at], id) : NULL;

    if (claim)
        id_index_put(&narrow->kept[at], claim);
}

struct far {         // end of a link
    size_t at;       // index of its layer; the number of layers: none of these
    struct sv claim; // absent: none
};

static struct far far_of(const struct narrow *narrow, size_t at, const struct link *link)
{
    struct far far = { .at = at };

    if (link->to && link->to->article.len)
        far.at = find_layer(narrow, link->to->article);
    if (link->to)
        far.claim = link->to->claim;
    return far;
}

// Does it join a claim that matches?
static bool is_kept(const struct narrow *narrow, size_t at, const struct link *link)
{
    struct far far = far_of(narrow, at, link);

    return id_index_find(narrow->matched[at], link->from) ||
           (far.at < narrow->count && id_index_find(narrow->matched[far.at], far.claim));
}

static void keep_ends(struct narrow *narrow, size_t at)
{
    const struct layer *layer = narrow->layers[at];

    for (size_t i = 0; i < layer->sections[SECTION_LINKS].count; i++) {
        const struct link *link = layer->sections[SECTION_LINKS].items[i];
        struct far far = far_of(narrow, at, link);

        if (!is_kept(narrow, at, link))
            continue;
        keep_claim(narrow, at, link->from);
        keep_claim(narrow, far.at, far.claim);
    }
}

// Claims and links of a layer that stay; in this order, since links stand by their claims.
static void fill(const struct narrow *narrow, size_t at, struct layer *out)
{
    const struct layer *layer = narrow->layers[at];
    size_t claims = layer->sections[SECTION_CLAIMS].count,
           links = layer->sections[SECTION_LINKS].count;
    const void **items = mem_new((claims + links) * sizeof(*items));
    size_t count = 0;

    for (size_t i = 0; i < claims; i++) {
        const struct claim *claim = layer->sections[SECTION_CLAIMS].items[i];

        if (id_index_find(narrow->kept[at], claim->id))
            items[count++] = claim;
    }
    layer_fill(out, SECTION_CLAIMS, (struct rec_list){ items, count });
    count = 0;
    for (size_t i = 0; i < links; i++)
        if (is_kept(narrow, at, layer->sections[SECTION_LINKS].items[i]))
            items[count++] = layer->sections[SECTION_LINKS].items[i];
    layer_fill(out, SECTION_LINKS, (struct rec_list){ items, count });
    mem_free(items);
}

static void keep_section(const struct layer *layer, enum section section, struct layer *out)
{
    layer_fill(out, section,
               (struct rec_list){ layer->sections[section].items, layer->sections[section].count });
}

void query_narrow(const struct query *query, const struct query_ctx *ctx,
                  const struct layer *const *layers, size_t count, struct layer *out)
{
    struct narrow narrow = { .layers = layers, .count = count };

    narrow.matched = mem_new(count * sizeof(*narrow.matched));
    narrow.kept = mem_new(count * sizeof(*narrow.kept));
    for (size_t i = 0; i < count; i++) {
        out[i].head = layers[i]->head;
        match(query, ctx, &narrow, i);
    }
    for (size_t i = 0; i < count; i++)
        keep_ends(&narrow, i);
    for (size_t i = 0; i < count; i++) {
        fill(&narrow, i, &out[i]);
        keep_section(layers[i], SECTION_FURNITURE, &out[i]);
        if (query_is_of_layers(query) &&
            query_matches(query, ctx, layers[i], &(struct claim){ 0 })) {
            keep_section(layers[i], SECTION_NOTES, &out[i]);
            keep_section(layers[i], SECTION_COMMENTS, &out[i]);
        }
    }
    for (size_t i = 0; i < count; i++) {
        id_index_free(narrow.matched[i]);
        id_index_free(narrow.kept[i]);
    }
    mem_free(narrow.matched);
    mem_free(narrow.kept);
}
