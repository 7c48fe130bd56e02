// Agreement over layers: pairs first, then codings of what is in common.
// Knows nothing of how many records are shown to whom.
#include "model/agree.h"

#include <stdlib.h>
#include <string.h>

#include "base/bug.h"
#include "base/mem.h"
#include "model/agree_links.h"
#include "model/agree_units.h"

static const struct agree_field_info fields[AGREE_FIELD__N] = {
#define AGREE_FIELD(id, name, of, scale, help)                                                     \
    [AGREE_FIELD_##id] = { name, help, AGREE_##of, AGREE_##scale },
#include "model/agree.def"
#undef AGREE_FIELD
};

const struct agree_field_info *agree_field_get(enum agree_field field)
{
    return &fields[field];
}

enum agree_field agree_field_find(struct sv name)
{
    int field = 0;

    while (field < AGREE_FIELD__N && !sv_eq_cstr(name, fields[field].name))
        field++;
    return (enum agree_field)field;
}

// ---- pairing

static size_t text_length(const struct layer *const *layers, size_t raters)
{
    size_t length = 0;

    for (size_t r = 0; r < raters; r++)
        if (layers[r] && layers[r]->head.text && layers[r]->head.text->length > length)
            length = layers[r]->head.text->length;
    return length;
}

bool agreement_can_compare(const struct layer *const *layers, size_t count)
{
    const struct text_state *first = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct text_state *text = layers[i] ? layers[i]->head.text : NULL;

        if (text && first && !sv_eq(text->sha256, first->sha256))
            return false;
        first = first ? first : text;
    }
    return true;
}

void agreement_make(const struct layer *const *layers, size_t raters, size_t articles, double least,
                    const struct scheme *scheme, const struct registry *registry,
                    struct agreement *out)
{
    *out = (struct agreement){ .raters = raters,
                               .articles = articles,
                               .scheme = scheme,
                               .registry = registry,
                               .layers = layers };
    out->offsets = mem_new((articles + 1) * sizeof(*out->offsets));
    out->claims = mem_new((articles + 1) * sizeof(*out->claims));
    out->exact = mem_new((articles + 1) * sizeof(*out->exact));
    out->claims_of = mem_new((raters + 1) * sizeof(*out->claims_of));
    out->links_of = mem_new((raters + 1) * sizeof(*out->links_of));
    out->loose_of = mem_new((raters + 1) * sizeof(*out->loose_of));
    for (size_t a = 0; a < articles; a++) {
        const struct layer *const *own = layers + a * raters;

        claim_groups_make(own, raters, least, &out->claims[a]);
        claim_groups_make(own, raters, 1, &out->exact[a]);
        out->group_count += out->claims[a].count;
        out->exact_count += out->exact[a].count;
        out->offsets[a + 1] = out->offsets[a] + text_length(own, raters);
        for (size_t r = 0; r < raters; r++)
            if (own[r]) {
                out->claims_of[r] += own[r]->sections[SECTION_CLAIMS].count;
                out->links_of[r] += own[r]->sections[SECTION_LINKS].count;
            }
    }
    agree_links_group(out);
}

void agreement_release(struct agreement *agreement)
{
    for (size_t a = 0; a < agreement->articles; a++) {
        claim_groups_release(&agreement->claims[a]);
        claim_groups_release(&agreement->exact[a]);
    }
    mem_free(agreement->offsets);
    mem_free(agreement->claims);
    mem_free(agreement->exact);
    mem_free(agreement->claims_of);
    mem_free(agreement->links_of);
    mem_free(agreement->loose_of);
    mem_free(agreement->links);
    arena_release(&agreement->arena);
    *agreement = (struct agreement){ 0 };
}

// ---- what is in common

struct sizes { // how many records each group has
    size_t *items;
    size_t count, raters;
};

static bool f1_of(void *ctx, const size_t *sample, size_t count, double *value)
{
    const struct sizes *sizes = ctx;
    double common = 0, all = 0;

    for (size_t i = 0; i < count; i++) {
        double size = (double)sizes->items[sample ? sample[i] : i];

        common += size * (size - 1);
        all += size * ((double)sizes->raters - 1);
    }
    *value = all > 0 ? common / all : 0;
    return all > 0;
}

static size_t claims_in(const struct claim_groups *groups, size_t group)
{
    const struct claim *const *slots = claim_group(groups, group);
    size_t size = 0;

    for (size_t r = 0; r < groups->raters; r++)
        size += slots[r] != NULL;
    return size;
}

static void add_claim_sizes(const struct claim_groups *groups, size_t articles, struct sizes *sizes)
{
    for (size_t a = 0; a < articles; a++)
        for (size_t g = 0; g < groups[a].count; g++)
            sizes->items[sizes->count++] = claims_in(&groups[a], g);
}

static bool is_alike(const struct link_group *group, size_t a, size_t b)
{
    return sv_eq(group->links[a]->type, group->links[b]->type) &&
           group->is_turned[a] == group->is_turned[b];
}

// The links of a group; with `is_typed`, those of one type and direction apart from the others.
static void add_link_sizes(const struct agreement *agreement, bool is_typed, struct sizes *sizes)
{
    size_t raters = agreement->raters;

    for (size_t g = 0; g < agreement->link_count; g++) {
        const struct link_group *group = &agreement->links[g];

        for (size_t i = 0; i < raters; i++) {
            size_t size = 0;
            bool is_counted = false;

            for (size_t j = 0; group->links[i] && j < raters; j++) {
                if (!group->links[j] || (is_typed && !is_alike(group, i, j)))
                    continue;
                is_counted = is_counted || j < i;
                size++;
            }
            if (size && !is_counted)
                sizes->items[sizes->count++] = size;
        }
    }
}

void agreement_common(const struct agreement *agreement, enum agree_match match, uint64_t seed,
                      struct agree_common *out)
{
    size_t most =
        agreement->exact_count + agreement->group_count + agreement->link_count * agreement->raters;
    struct sizes sizes = { mem_new((most + 1) * sizeof(*sizes.items)), 0, agreement->raters };

    switch (match) {
    case AGREE_MATCH_EXACT:
        add_claim_sizes(agreement->exact, agreement->articles, &sizes);
        break;
    case AGREE_MATCH_OVERLAP:
        add_claim_sizes(agreement->claims, agreement->articles, &sizes);
        break;
    case AGREE_MATCH_ENDS:
    case AGREE_MATCH_TYPED:
        add_link_sizes(agreement, match == AGREE_MATCH_TYPED, &sizes);
        break;
    case AGREE_MATCH__N:
        BUG("no such match");
    }
    *out = (struct agree_common){ .units = sizes.count };
    for (size_t i = 0; i < sizes.count; i++)
        out->common += sizes.items[i] > 1;
    if (f1_of(&sizes, NULL, sizes.count, &out->f1))
        out->has_range = interval_of(sizes.count, seed, f1_of, &sizes, &out->range);
    else
        out->why = AGREE_NO_RECORDS;
    mem_free(sizes.items);
}

// ---- continua

static bool has_type(const struct sv *types, size_t count, struct sv type)
{
    for (size_t i = 0; i < count; i++)
        if (sv_eq(types[i], type))
            return true;
    return false;
}

static size_t add_types_of(const struct layer *layer, struct sv **types, size_t count, size_t *cap)
{
    for (size_t c = 0; layer && c < layer->sections[SECTION_CLAIMS].count; c++) {
        const struct claim *claim = layer->sections[SECTION_CLAIMS].items[c];

        if (!claim->type.len || has_type(*types, count, claim->type))
            continue;
        MEM_GROW(*types, count, *cap);
        (*types)[count++] = claim->type;
    }
    return count;
}

struct sv_list agreement_types(struct agreement *agreement)
{
    const struct rec_list *words = &agreement->scheme->vocabs[VOCAB_TYPE];
    struct sv *used = NULL, *sorted;
    size_t count = 0, cap = 0, placed = 0;

    for (size_t i = 0; i < agreement->articles * agreement->raters; i++)
        count = add_types_of(agreement->layers[i], &used, count, &cap);
    sorted = arena_new(&agreement->arena, (count + 1) * sizeof(*sorted));
    for (size_t i = 0; i < words->count; i++) {
        const struct word *word = words->items[i];

        if (has_type(used, count, word->id))
            sorted[placed++] = word->id;
    }
    for (size_t i = 0; i < count; i++)
        if (!has_type(sorted, placed, used[i]))
            sorted[placed++] = used[i];
    mem_free(used);
    return (struct sv_list){ sorted, placed };
}

// The category of a claim; one without a type has none of `types`.
static size_t category_of(const struct sv_list *types, const struct claim *claim)
{
    size_t category = 0;

    while (types && category < types->count && !sv_eq(types->items[category], claim->type))
        category++;
    return category;
}

void agreement_units(const struct agreement *agreement, const struct sv_list *types,
                     struct measured *each, struct measured *all, size_t *merged)
{
    size_t categories = types ? types->count : 1, count = 0, cap = 0;
    struct text_unit *units = NULL;

    for (size_t i = 0; i < agreement->articles * agreement->raters; i++) {
        const struct layer *layer = agreement->layers[i];
        size_t offset = agreement->offsets[i / agreement->raters];

        for (size_t c = 0; layer && c < layer->sections[SECTION_CLAIMS].count; c++) {
            const struct claim *claim = layer->sections[SECTION_CLAIMS].items[c];
            size_t category = category_of(types, claim);

            for (size_t p = 0; category < categories && p < claim->span.count; p++) {
                const struct part *part = claim->span.items[p];

                MEM_GROW(units, count, cap);
                units[count++] = (struct text_unit){ i % agreement->raters, category,
                                                     offset + part->at.beg, offset + part->at.end };
            }
        }
    }
    units_alpha(units, count, agreement->raters, categories, 0,
                agreement->offsets[agreement->articles], each, all, merged);
    mem_free(units);
}

void agreement_gamma(const struct agreement *agreement, const struct sv_list *types,
                     const struct gamma_options *options, struct gamma_result *out)
{
    struct gamma_options own = *options;
    struct gamma_unit *units = NULL;
    size_t count = 0, cap = 0;

    if (!types)
        own.beta = 0;
    for (size_t i = 0; i < agreement->articles * agreement->raters; i++) {
        const struct layer *layer = agreement->layers[i];
        size_t offset = agreement->offsets[i / agreement->raters];

        for (size_t c = 0; layer && c < layer->sections[SECTION_CLAIMS].count; c++) {
            const struct claim *claim = layer->sections[SECTION_CLAIMS].items[c];
            struct cp_span extent = parts_extent(claim->span);

            if (extent.beg >= extent.end)
                continue;
            MEM_GROW(units, count, cap);
            units[count++] =
                (struct gamma_unit){ i % agreement->raters, category_of(types, claim),
                                     (double)(offset + extent.beg), (double)(offset + extent.end) };
        }
    }
    gamma_measure(units, count, agreement->raters, &own, true, out);
    mem_free(units);
}
