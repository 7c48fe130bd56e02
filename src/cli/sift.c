// Telling a claim that a query needs from one it does not, before there are layers to ask.
// Never says no of a claim that the query might take once they are there.
#include "cli/sift.h"

#define NAMED_BITS ((size_t)1 << 20) // so many hashes of ids, for some ten thousand links

static uint64_t named_bit(uint32_t id_hash)
{
    return UINT64_C(1) << id_hash % 64;
}

static uint64_t *named_word(const struct sift *sift, uint32_t id_hash)
{
    return &sift->named_bits[id_hash % NAMED_BITS / 64];
}

// Be about the layer that this is the head of.
static void take_head(struct sift *sift, const void *head)
{
    if (sift->head == head)
        return;
    sift->head = head;
    sift->layer.head = *(const struct layer_head *)head;
    if (sv_is_absent(sift->layer.head.article))
        sift->layer.head.article = sift->article;
    if (sv_is_absent(sift->layer.head.annotator))
        sift->layer.head.annotator = sift->annotator;
    query_need(sift->query, sift->flags, &sift->layer, &sift->need);
}

static bool is_named(const struct sift *sift, uint32_t id_hash)
{
    return sift->named_bits && *named_word(sift, id_hash) & named_bit(id_hash);
}

// Does the word stand in these texts? Claims come one after the other, and what lies between two
// places of a word is passed over at once.
static bool has_word(struct sift_word *word, const struct glance *glance)
{
    size_t beg = (size_t)(glance->texts.ptr - glance->run.ptr);
    struct byte_span hit;

    if (word->run != glance->run.ptr || (word->next != SIZE_MAX && word->next < beg)) {
        word->run = glance->run.ptr;
        word->next = finder_next(word->finder, glance->run, beg, &hit) ? hit.beg : SIZE_MAX;
    }
    return word->next < beg + glance->texts.len || finder_was_limited(word->finder);
}

static bool may_keep(void *ctx, const void *head, const struct glance *glance)
{
    struct sift *sift = ctx;

    take_head(sift, head);
    if (is_named(sift, glance->id_hash))
        return true;
    if (!claim_need_is_met(&sift->need, glance->traits, glance->sources))
        return false;
    for (size_t i = 0; i < sift->word_count; i++)
        if (!has_word(&sift->words[i], glance))
            return false;
    return true;
}

// A link's end is kept for the link. Of any other claim the query knows all there is to know: it
// has no links.
static bool keeps(void *ctx, const void *head, const struct claim *claim)
{
    struct sift *sift = ctx;
    struct query_ctx asked = { .derived = sift->derived, .registry = sift->registry };

    if (id_index_find(sift->named, claim->id))
        return true;
    take_head(sift, head);
    return (derive_flags(sift->derived, &sift->layer, claim) & sift->flags) == sift->flags &&
           query_matches(sift->query, &asked, &sift->layer, claim);
}

void sift_begin(struct sift *sift, struct query *query, unsigned flags,
                const struct registry *registry, const struct scheme *scheme)
{
    struct finder *finders[SIFT_WORDS];

    *sift = (struct sift){
        .sieve = { may_keep, query_fields_needed(query, flags), keeps, sift, &sift->scratch },
        .query = query,
        .flags = flags,
        .registry = registry,
        .derived = derive_new(NULL, 0, scheme),
    };
    query_know_sources(query, registry);
    sift->word_count = query_words_needed(query, finders, SIFT_WORDS);
    for (size_t i = 0; i < sift->word_count; i++)
        sift->words[i].finder = finders[i];
}

// The index asks no more of a record than its id, which `id` is.
static void add_name(struct sift *sift, const struct sv *id)
{
    uint32_t hash = pack_id_hash(*id);

    id_index_put(&sift->named, id);
    if (!sift->named_bits)
        sift->named_bits = mem_new(NAMED_BITS / 8);
    *named_word(sift, hash) |= named_bit(hash);
}

void sift_add_links(struct sift *sift, struct rec_list links)
{
    for (size_t i = 0; i < links.count; i++) {
        const struct link *link = links.items[i];

        add_name(sift, &link->from);
        if (link->to)
            add_name(sift, &link->to->claim);
    }
}

void sift_turn(struct sift *sift, struct sv annotator, struct sv article)
{
    sift->annotator = annotator;
    sift->article = article;
    sift->head = NULL;
    for (size_t i = 0; i < sift->word_count; i++)
        sift->words[i].run = NULL;
}

void sift_end(struct sift *sift)
{
    query_free(sift->query);
    derive_free(sift->derived);
    id_index_free(sift->named);
    mem_free(sift->named_bits);
    arena_release(&sift->arena);
    arena_release(&sift->scratch);
    *sift = (struct sift){ 0 };
}
