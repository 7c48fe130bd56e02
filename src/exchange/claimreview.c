// ClaimReview of schema.org: claims that the team rated, and nothing else. The rating is a tag of
// the claim, "rating:2/5:mostly false": value, best value, and the words a reader sees. A mark of
// contested or disputed is no verdict and never becomes one.
#include "exchange/forms.h"

#include <stdint.h>

#include "exchange/annotation.h"
#include "model/types.h"

struct rating {
    struct sv value, best, words;
};

static bool is_number(struct sv text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((text.ptr[i] < '0' || text.ptr[i] > '9') && text.ptr[i] != '.')
            return false;
    return text.len > 0;
}

// false: the tag is no rating. An empty value: it is meant to be one and is not.
static bool read_rating(struct sv tag, struct rating *out)
{
    size_t slash, colon;

    *out = (struct rating){ 0 };
    if (!sv_starts(tag, SV("rating:")))
        return false;
    tag = sv_sub(tag, sizeof("rating:") - 1, tag.len);
    slash = sv_find(tag, SV("/"), 0);
    colon = sv_find(tag, SV(":"), 0);
    if (slash == SIZE_MAX || colon == SIZE_MAX || colon < slash ||
        !is_number(sv_sub(tag, 0, slash)) || !is_number(sv_sub(tag, slash + 1, colon)) ||
        sv_is_blank(sv_sub(tag, colon + 1, tag.len)))
        return true;
    *out = (struct rating){ sv_sub(tag, 0, slash), sv_sub(tag, slash + 1, colon),
                            sv_trim(sv_sub(tag, colon + 1, tag.len)) };
    return true;
}

static bool find_rating(const struct claim *claim, struct rating *out, struct leftovers *left)
{
    for (size_t i = 0; i < claim->tags.count; i++) {
        if (!read_rating(claim->tags.items[i], out))
            continue;
        if (out->value.len)
            return true;
        leftovers_add(left, "ratings that are not written as 'rating:2/5:WORDS'");
    }
    return false;
}

static struct jnode *typed_node(const char *type)
{
    struct jnode *map = jnode_map();

    jnode_set_text(map, "@type", sv_from(type));
    return map;
}

static struct jnode *named_node(const char *type, struct sv name)
{
    struct jnode *map = typed_node(type);

    jnode_set_text(map, "name", name);
    return map;
}

// Whose claim it is: its first voice, else where the article appeared.
static struct jnode *author_node(const struct outgoing *out, const struct outgoing_layer *layer,
                                 const struct claim *claim)
{
    const struct voice *voice = claim->attributed_to.count ? claim->attributed_to.items[0] : NULL;
    const struct source *source =
        voice && !sv_is_absent(voice->source) ? registry_find(out->registry, voice->source) : NULL;

    if (voice && !sv_is_absent(voice->source))
        return named_node(source && sv_eq(source->kind, SV("person")) ? "Person" : "Organization",
                          registry_name(out->registry, voice->source));
    if (layer->meta->outlet.len)
        return named_node("Organization", layer->meta->outlet);
    return NULL;
}

static struct jnode *item_node(const struct outgoing *out, const struct outgoing_layer *layer,
                               const struct claim *claim)
{
    struct jnode *item = typed_node("Claim"), *appearance = typed_node("CreativeWork");
    struct jnode *author = author_node(out, layer, claim);
    const struct meta *meta = layer->meta;
    struct buf words = { 0 };

    claim_words(claim, &words);
    if (author)
        jnode_set(item, "author", author);
    jnode_set_text(item, "datePublished", meta->published);
    jnode_set_text(appearance, "url", meta->url);
    jnode_set_text(appearance, "headline", meta->title);
    jnode_set_text(appearance, "text", buf_sv(&words));
    jnode_set(item, "appearance", appearance);
    buf_release(&words);
    return item;
}

static struct jnode *review_node(const struct outgoing *out, const struct outgoing_layer *layer,
                                 const struct claim *claim, const struct rating *rating)
{
    struct jnode *map = jnode_map(), *review = typed_node("Rating");
    struct buf id = { 0 }, sentence = { 0 };
    struct sv by =
        sv_is_blank(claim->decided_by) ? layer->layer->head.annotator : claim->decided_by;

    urn_add(&id, URN_RECORD, claim->id);
    claim_sentence(claim, &sentence);
    jnode_set_text(map, "@context", SV("https://schema.org"));
    jnode_set_text(map, "@type", SV("ClaimReview"));
    jnode_set_text(map, "@id", buf_sv(&id));
    jnode_set_text(map, "claimReviewed", buf_sv(&sentence));
    jnode_set(map, "itemReviewed", item_node(out, layer, claim));
    jnode_set(map, "author", named_node("Organization", by));
    jnode_set(review, "ratingValue", jnode_number(rating->value));
    jnode_set(review, "bestRating", jnode_number(rating->best));
    jnode_set_text(review, "alternateName", rating->words);
    jnode_set(map, "reviewRating", review);
    buf_release(&id);
    buf_release(&sentence);
    return map;
}

static void add_claim(const struct outgoing *out, const struct outgoing_layer *layer,
                      const struct claim *claim, struct jnode *list, struct leftovers *left)
{
    struct rating rating;

    if (!find_rating(claim, &rating, left))
        leftovers_add(left, "claims without a rating");
    else if (!layer->is_team)
        leftovers_add(left, "ratings of one reader, which are not the team's; decide them in the "
                            "adjudicated layer");
    else
        jnode_add(list, review_node(out, layer, claim, &rating));
}

// No file when there is no rating.
void claimreview_write(const struct outgoing *out, struct out_files *files, struct leftovers *left)
{
    struct jnode *list = jnode_list();

    for (size_t i = 0; i < out->count; i++)
        for (size_t j = 0; j < out->layers[i].sections[SECTION_CLAIMS].count; j++)
            add_claim(out, &out->layers[i], out->layers[i].sections[SECTION_CLAIMS].items[j], list,
                      left);
    if (jnode_size(list)) {
        leftovers_add(left, "the address at which a review will stand ('url')");
        jnode_print(list, out_files_add(files, "claimreview.json"));
    }
    jnode_free(list);
}
