// Links by their ends: the groups of claims they join, whichever end they are stored at.
// Two annotators' links are never the same by id.
#include "model/agree_links.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/index.h"
#include "model/link_key.h"

struct claim_ref { // a claim of one annotator
    struct sv id;
    size_t end;    // number of its group, over all articles
    bool is_alone; // no one else is in the group
};

struct keyed {
    struct link_key key; // as an end an article that is silent comes behind all groups
    size_t rater;
    const struct link *link;
};

struct grouping {
    struct agreement *agreement;
    struct id_index **refs; // of each annotator: struct claim_ref
    struct keyed *keys;
    size_t count, cap;
    size_t unknown; // ends that name nothing, each of them its own
};

static size_t size_of(const struct claim_groups *groups, size_t group)
{
    const struct claim *const *slots = claim_group(groups, group);
    size_t size = 0;

    for (size_t r = 0; r < groups->raters; r++)
        size += slots[r] != NULL;
    return size;
}

static void index_claims(struct grouping *grouping)
{
    struct agreement *agreement = grouping->agreement;
    size_t end = 0;

    for (size_t a = 0; a < agreement->articles; a++)
        for (size_t g = 0; g < agreement->claims[a].count; g++, end++) {
            const struct claim *const *slots = claim_group(&agreement->claims[a], g);
            bool is_alone = size_of(&agreement->claims[a], g) < 2;

            for (size_t r = 0; r < agreement->raters; r++) {
                struct claim_ref *ref;

                if (!slots[r])
                    continue;
                ref = arena_new(&agreement->arena, sizeof(*ref));
                *ref = (struct claim_ref){ slots[r]->id, end, is_alone };
                id_index_put(&grouping->refs[r], ref);
            }
        }
}

static size_t unknown_end(struct grouping *grouping, bool *is_loose)
{
    *is_loose = true;
    return SIZE_MAX - grouping->unknown++;
}

static size_t claim_end(struct grouping *grouping, size_t rater, struct sv id, bool *is_loose)
{
    const struct claim_ref *ref =
        grouping->refs[rater] ? id_index_find(grouping->refs[rater], id) : NULL;

    if (!ref)
        return unknown_end(grouping, is_loose);
    *is_loose = *is_loose || ref->is_alone;
    return ref->end;
}

// The end of an omission: the article that has nothing.
static size_t article_end(struct grouping *grouping, struct sv article, bool *is_loose)
{
    const struct agreement *agreement = grouping->agreement;

    for (size_t i = 0; i < agreement->articles * agreement->raters; i++)
        if (agreement->layers[i] && sv_eq(agreement->layers[i]->head.article, article))
            return agreement->group_count + i / agreement->raters;
    return unknown_end(grouping, is_loose);
}

static void add_link(struct grouping *grouping, size_t rater, const struct link *link)
{
    struct agreement *agreement = grouping->agreement;
    bool is_loose = false;
    size_t from = claim_end(grouping, rater, link->from, &is_loose), to;

    if (sv_is_absent(link->to->claim))
        to = article_end(grouping, link->to->article, &is_loose);
    else
        to = claim_end(grouping, rater, link->to->claim, &is_loose);
    agreement->loose_of[rater] += is_loose;
    MEM_GROW(grouping->keys, grouping->count, grouping->cap);
    grouping->keys[grouping->count++] =
        (struct keyed){ link_key_of(agreement->scheme, link->type, from, to), rater, link };
}

static int compare_keys(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    int diff = link_key_cmp(&x->key, &y->key);

    if (diff)
        return diff;
    if (x->rater != y->rater)
        return x->rater < y->rater ? -1 : 1;
    return sv_cmp(x->link->id, y->link->id);
}

// A group as it is filled; struct link_group has it read-only.
struct filling {
    const struct link **links;
    bool *is_turned;
};

static struct filling new_group(struct agreement *agreement)
{
    return (struct filling){
        arena_new(&agreement->arena, agreement->raters * sizeof(struct link *)),
        arena_new(&agreement->arena, agreement->raters * sizeof(bool)),
    };
}

static bool is_of_type(const struct filling *group, size_t raters, const struct keyed *key)
{
    for (size_t r = 0; r < raters; r++)
        if (group->links[r] && (!sv_eq(group->links[r]->type, key->link->type) ||
                                group->is_turned[r] != key->key.is_turned))
            return false;
    return true;
}

static bool are_apart(const struct filling *a, const struct filling *b, size_t raters)
{
    for (size_t r = 0; r < raters; r++)
        if (a->links[r] && b->links[r])
            return false;
    return true;
}

// The links of one pair of ends: those of one type together, then what is left over, type or not.
//   groups  room for one a link;  returns  how many there are
static size_t group_run(struct agreement *agreement, const struct keyed *keys, size_t count,
                        struct filling *groups)
{
    size_t made = 0, kept = 0;

    for (size_t i = 0; i < count; i++) {
        size_t g = 0;

        while (g < made && (groups[g].links[keys[i].rater] ||
                            !is_of_type(&groups[g], agreement->raters, &keys[i])))
            g++;
        if (g == made)
            groups[made++] = new_group(agreement);
        groups[g].links[keys[i].rater] = keys[i].link;
        groups[g].is_turned[keys[i].rater] = keys[i].key.is_turned;
    }
    for (size_t i = 0; i < made; i++) {
        size_t g = 0;

        while (g < kept && !are_apart(&groups[g], &groups[i], agreement->raters))
            g++;
        if (g == kept) {
            groups[kept++] = groups[i];
            continue;
        }
        for (size_t r = 0; r < agreement->raters; r++)
            if (groups[i].links[r]) {
                groups[g].links[r] = groups[i].links[r];
                groups[g].is_turned[r] = groups[i].is_turned[r];
            }
    }
    return kept;
}

static void group_keys(struct grouping *grouping)
{
    struct agreement *agreement = grouping->agreement;
    struct filling *groups = mem_new((grouping->count + 1) * sizeof(*groups));

    agreement->links = mem_new((grouping->count + 1) * sizeof(*agreement->links));
    qsort(grouping->keys, grouping->count, sizeof(*grouping->keys), compare_keys);
    for (size_t i = 0, next; i < grouping->count; i = next) {
        size_t made;

        for (next = i; next < grouping->count &&
                       link_key_has_ends_of(&grouping->keys[next].key, &grouping->keys[i].key);)
            next++;
        made = group_run(agreement, grouping->keys + i, next - i, groups);
        for (size_t g = 0; g < made; g++)
            agreement->links[agreement->link_count++] =
                (struct link_group){ groups[g].links, groups[g].is_turned };
    }
    mem_free(groups);
}

void agree_links_group(struct agreement *agreement)
{
    struct grouping grouping = { .agreement = agreement };

    grouping.refs = mem_new((agreement->raters + 1) * sizeof(struct id_index *));
    index_claims(&grouping);
    for (size_t i = 0; i < agreement->articles * agreement->raters; i++) {
        const struct layer *layer = agreement->layers[i];

        for (size_t k = 0; layer && k < layer->sections[SECTION_LINKS].count; k++)
            add_link(&grouping, i % agreement->raters, layer->sections[SECTION_LINKS].items[k]);
    }
    if (grouping.count)
        group_keys(&grouping);
    for (size_t r = 0; r < agreement->raters; r++)
        id_index_free(grouping.refs[r]);
    mem_free(grouping.refs);
    mem_free(grouping.keys);
}
