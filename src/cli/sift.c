// Telling a claim that a query needs from one it does not, before there are layers to ask.
// Never says no of a claim that the query might take once they are there.
#include "cli/sift.h"

// A link's end is kept for the link. Of any other claim the query knows all there is to know: it
// has no links.
static bool keeps(void *ctx, const void *head, const void *rec)
{
    struct sift *sift = ctx;
    const struct claim *claim = rec;
    struct query_ctx asked = { .derived = sift->derived, .registry = sift->registry };

    if (id_index_find(sift->named, claim->id))
        return true;
    if (sift->head != head) {
        sift->head = head;
        sift->layer.head = *(const struct layer_head *)head;
        if (sv_is_absent(sift->layer.head.article))
            sift->layer.head.article = sift->article;
        if (sv_is_absent(sift->layer.head.annotator))
            sift->layer.head.annotator = sift->annotator;
    }
    return (derive_flags(sift->derived, &sift->layer, claim) & sift->flags) == sift->flags &&
           query_matches(sift->query, &asked, &sift->layer, claim);
}

void sift_begin(struct sift *sift, struct query *query, unsigned flags,
                const struct registry *registry, const struct scheme *scheme)
{
    *sift = (struct sift){
        .sieve = { KIND_CLAIM, keeps, sift },
        .query = query,
        .flags = flags,
        .registry = registry,
        .derived = derive_new(NULL, 0, scheme),
    };
}

void sift_add_links(struct sift *sift, struct rec_list links)
{
    for (size_t i = 0; i < links.count; i++) {
        const struct link *link = links.items[i];

        id_index_put(&sift->named, &link->from); // the index asks no more of a record than its id
        if (link->to)
            id_index_put(&sift->named, &link->to->claim);
    }
}

void sift_turn(struct sift *sift, struct sv annotator, struct sv article)
{
    sift->annotator = annotator;
    sift->article = article;
    sift->head = NULL;
}

void sift_end(struct sift *sift)
{
    query_free(sift->query);
    derive_free(sift->derived);
    id_index_free(sift->named);
    arena_release(&sift->arena);
    *sift = (struct sift){ 0 };
}
