// Traits of claims, and what of them a query needs. Never leaves out a claim that a query wants:
// what it cannot tell it takes for possible.
#include "model/query_trait.h"

#include <stddef.h>
#include <string.h>

#include "base/attr.h"
#include "model/index.h"
#include "model/name.h"
#include "model/query_term.h"

// Of each flag two bits, the second set where the claim does not have it: 0 to 11.
static const enum query_flag_id own_flags[] = { FLAG_contested, FLAG_attributed, FLAG_unsourced,
                                                FLAG_unsure,    FLAG_nested,     FLAG_repeated };
// What a claim that has no link never has.
static const enum query_flag_id link_flags[] = { FLAG_disputed, FLAG_corroborated, FLAG_silent,
                                                 FLAG_strict, FLAG_linked };

// The bits of a key: the first is set where the claim has no value, one of the others for each
// value.
struct bits {
    const char *key;
    unsigned first, count;
    size_t offset; // of the value in the claim, bytes
};

#define OF_VOICES SIZE_MAX
#define OF_TAGS   (SIZE_MAX - 1)

static const struct bits keys[] = {
    { "type", 12, 12, offsetof(struct claim, type) },
    { "topic", 24, 14, offsetof(struct claim, topic) },
    { "form", 38, 4, offsetof(struct claim, form) },
    { "certainty", 42, 4, offsetof(struct claim, certainty) },
    { "stance", 46, 4, offsetof(struct claim, author_stance) },
    { "act", 50, 8, OF_VOICES },
    { "tag", 58, 6, OF_TAGS },
};

// Of the sources, in bits of their own.
static const struct bits source_bits = { "source", 0, 32, OF_VOICES };

// Keys that ask for no more than the head of the layer.
static const char *const head_keys[] = { "article", "event", "by", "guideline" };

static uint64_t bit_at(size_t i)
{
    return UINT64_C(1) << i;
}

// All that stand for values.
static uint64_t value_bits(const struct bits *bits)
{
    return (bit_at(bits->count) - 2) << bits->first;
}

static uint64_t bit_of(const struct bits *bits, struct sv folded)
{
    return bit_at(bits->first + 1 + hash_bytes(0, folded) % (bits->count - 1));
}

static bool is_ascii(struct sv text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] & 0x80)
            return false;
    return true;
}

// What other characters fold to is the library's to say, and may change with it: then any value.
static uint64_t bits_of(const struct bits *bits, struct sv value)
{
    char folded[64];

    if (value.len > sizeof(folded) || !is_ascii(value))
        return value_bits(bits);
    for (size_t i = 0; i < value.len; i++)
        folded[i] =
            (char)(value.ptr[i] >= 'A' && value.ptr[i] <= 'Z' ? value.ptr[i] | 0x20 : value.ptr[i]);
    return bit_of(bits, sv_of(folded, value.len));
}

static uint64_t key_traits(const struct claim *claim, const struct bits *bits)
{
    uint64_t traits = 0;

    if (bits->offset == OF_VOICES) {
        for (size_t i = 0; i < claim->attributed_to.count; i++)
            for (const struct voice *voice = claim->attributed_to.items[i]; voice;
                 voice = voice->citing)
                traits |= voice->act.len ? bits_of(bits, voice->act) : 0;
    } else if (bits->offset == OF_TAGS) {
        for (size_t i = 0; i < claim->tags.count; i++)
            traits |= claim->tags.items[i].len ? bits_of(bits, claim->tags.items[i]) : 0;
    } else {
        const struct sv *value = (const void *)((const char *)claim + bits->offset);

        traits = value->len ? bits_of(bits, *value) : 0;
    }
    return traits ? traits : bit_at(bits->first);
}

uint64_t claim_traits(const struct claim *claim)
{
    struct subject subject = { .claim = claim };
    uint64_t traits = 0;

    for (size_t i = 0; i < ARRAY_LEN(own_flags); i++)
        traits |= bit_at(2 * i + !query_flag_get(own_flags[i])->holds(&subject));
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        traits |= key_traits(claim, &keys[i]);
    return traits;
}

static uint32_t bits_of_source(struct sv id)
{
    return (uint32_t)bits_of(&source_bits, id);
}

uint32_t claim_sources(const struct claim *claim)
{
    uint32_t sources = 0;

    for (size_t i = 0; i < claim->attributed_to.count; i++)
        for (const struct voice *voice = claim->attributed_to.items[i]; voice;
             voice = voice->citing)
            sources |= voice->source.len ? bits_of_source(voice->source) : 0;
    return sources ? sources : 1;
}

// ---- what a query needs

static void need_all(struct claim_need *out)
{
    out->count = 0;
}

static void need_any(struct claim_need *out, uint64_t bits)
{
    *out = (struct claim_need){ .any = { { .traits = bits } }, .count = 1 };
}

// Both needs. What there is no room for is not asked.
static void need_and(struct claim_need *out, const struct claim_need *also)
{
    for (size_t i = 0; i < also->count && out->count < NEEDS_MAX; i++)
        out->any[out->count++] = also->any[i];
}

// Either of them: one of each pair, (a b) or (c d) being (a or c) (a or d) (b or c) (b or d).
static void need_or(struct claim_need *out, const struct claim_need *also)
{
    const struct claim_need one = *out;

    out->count = 0;
    for (size_t i = 0; i < one.count; i++)
        for (size_t j = 0; j < also->count && out->count < NEEDS_MAX; j++)
            out->any[out->count++] =
                (struct trait_bits){ one.any[i].traits | also->any[j].traits,
                                     one.any[i].sources | also->any[j].sources };
}

static void flag_need(const struct query_flag *flag, bool is_wanted, struct claim_need *out)
{
    need_all(out);
    for (size_t i = 0; i < ARRAY_LEN(own_flags); i++)
        if (flag == query_flag_get(own_flags[i]))
            need_any(out, bit_at(2 * i + !is_wanted));
    for (size_t i = 0; i < ARRAY_LEN(link_flags) && is_wanted; i++)
        if (flag == query_flag_get(link_flags[i]))
            need_any(out, 0);
}

static bool is_head_key(const struct query_key *key)
{
    for (size_t i = 0; i < ARRAY_LEN(head_keys); i++)
        if (!strcmp(key->name, head_keys[i]))
            return true;
    return false;
}

static bool asks_of_layers(const struct node *node) // recursive, as deep as a query is
{
    return node->key ? is_head_key(node->key)
                     : node->left && asks_of_layers(node->left) &&
                           (!node->right || asks_of_layers(node->right));
}

bool query_is_of_layers(const struct query *query)
{
    return !query || !query_root(query) || asks_of_layers(query_root(query));
}

// One of the values, or none: of the words that share a bit none can be told not to be there.
static void values_need(const struct node *node, const struct bits *bits, bool is_wanted,
                        struct claim_need *out)
{
    struct arena arena = { 0 };
    uint64_t any = 0;
    bool has_any = false;

    for (size_t i = 0; i < node->value_count; i++) {
        const struct query_value *value = &node->values[i];

        struct sv folded = name_fold(&arena, value->text);

        has_any |= value->is_any;
        any |= value->is_any ? value_bits(bits) : bits_of(bits, folded);
        any |= folded.len ? 0 : bit_at(bits->first); // an empty value is equal to it
    }
    if (is_wanted)
        need_any(out, any);
    else if (has_any)
        need_any(out, bit_at(bits->first));
    else
        need_all(out);
    arena_release(&arena);
}

// One of the sources that go by one of the values.
static void sources_need(const struct node *node, bool is_wanted, struct claim_need *out)
{
    uint32_t any = 0;

    need_all(out);
    for (size_t i = 0; i < node->value_count; i++) {
        if (!node->values[i].sources)
            return;
        any |= node->values[i].sources;
    }
    if (is_wanted)
        *out = (struct claim_need){ .any = { { .sources = any } }, .count = 1 };
}

static void key_need(const struct node *node, const struct layer *layer, bool is_wanted,
                     struct claim_need *out)
{
    if (is_head_key(node->key)) {
        if (query_node_holds(node, &(struct subject){ .layer = layer }) == is_wanted)
            need_all(out);
        else
            need_any(out, 0);
        return;
    }
    need_all(out);
    if (!strcmp(node->key->name, source_bits.key))
        sources_need(node, is_wanted, out);
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (!strcmp(node->key->name, keys[i].key))
            values_need(node, &keys[i], is_wanted, out);
}

// What a voice may name for the value to be true of it: an id that is written so, or that of a
// source that goes by it.
static uint32_t sources_of(const struct query_key *key, const struct query_value *value,
                           const struct registry *registry)
{
    struct query_ctx ctx = { .registry = registry };
    struct subject subject = { .ctx = &ctx };
    struct arena arena = { 0 };
    uint32_t sources = bits_of_source(name_fold(&arena, value->text));

    for (size_t i = 0; i < registry->record_count; i++) {
        const struct source *source = registry->records[i];
        struct voice voice = { .source = source->id };
        struct facet facet = { .subject = &subject, .voice = &voice };

        for (size_t m = 0; m <= source->merged.count; m++) {
            if (key->is(voice.source, &facet, value))
                sources |= bits_of_source(voice.source);
            voice.source = m < source->merged.count ? source->merged.items[m] : source->id;
        }
    }
    arena_release(&arena);
    return sources;
}

static void know_sources(const struct node *node, const struct registry *registry)
{ // recursive, as deep as a query is
    if (node->left)
        know_sources(node->left, registry);
    if (node->right)
        know_sources(node->right, registry);
    if (!node->key || strcmp(node->key->name, source_bits.key))
        return;
    for (size_t i = 0; i < node->value_count; i++)
        if (!node->values[i].is_any)
            node->values[i].sources = sources_of(node->key, &node->values[i], registry);
}

void query_know_sources(struct query *query, const struct registry *registry)
{
    if (query && query_root(query))
        know_sources(query_root(query), registry);
}

static void node_need(const struct node *node, const struct layer *layer, bool is_wanted,
                      struct claim_need *out) // recursive, as deep as a query is
{
    struct claim_need right;

    switch (node->type) {
    case NODE_AND:
    case NODE_OR:
        node_need(node->left, layer, is_wanted, out);
        node_need(node->right, layer, is_wanted, &right);
        ((node->type == NODE_AND) == is_wanted ? need_and : need_or)(out, &right);
        return;
    case NODE_NOT:
        node_need(node->left, layer, !is_wanted, out);
        return;
    case NODE_FLAG:
        flag_need(node->flag, is_wanted, out);
        return;
    case NODE_TEXT:
        need_all(out);
        return;
    case NODE_KEY:
        key_need(node, layer, is_wanted, out);
        return;
    }
}

void query_need(const struct query *query, unsigned flags, const struct layer *layer,
                struct claim_need *out)
{
    static const struct {
        enum claim_flag flag;
        enum query_flag_id id;
    } same[] = {
        { CLAIM_CONTESTED, FLAG_contested },       { CLAIM_DISPUTED, FLAG_disputed },
        { CLAIM_CORROBORATED, FLAG_corroborated }, { CLAIM_SILENT, FLAG_silent },
        { CLAIM_ATTRIBUTED, FLAG_attributed },     { CLAIM_LINKED, FLAG_linked },
    };
    const struct node *root = query ? query_root(query) : NULL;
    struct claim_need need;

    need_all(out);
    for (size_t i = 0; i < ARRAY_LEN(same); i++) {
        if (flags & same[i].flag) {
            flag_need(query_flag_get(same[i].id), true, &need);
            need_and(out, &need);
        }
    }
    if (root) {
        node_need(root, layer, true, &need);
        need_and(out, &need);
    }
}

static size_t words_needed(const struct node *node, struct finder **out,
                           size_t most) // recursive, as deep as a query is
{
    bool is_key = node->type == NODE_KEY;
    size_t count;

    if (node->type == NODE_AND) {
        count = words_needed(node->left, out, most);
        return count + words_needed(node->right, out + count, most - count);
    }
    if (!most || (node->type != NODE_TEXT && !is_key) || node->value_count != 1 ||
        !node->values[0].is_literal)
        return 0;
    out[0] = node->values[0].finder;
    return 1;
}

size_t query_words_needed(const struct query *query, struct finder **out, size_t most)
{
    const struct node *root = query ? query_root(query) : NULL;

    return root ? words_needed(root, out, most) : 0;
}

// ---- fields

static const struct {
    const char *name;  // of a key
    const char *field; // NULL: none, but for what links or the head of the layer have
} key_fields[] = {
    { "article", NULL },
    { "event", NULL },
    { "by", NULL },
    { "guideline", NULL },
    { "type", "type" },
    { "form", "form" },
    { "topic", "topic" },
    { "source", "attributed_to" },
    { "kind", "attributed_to" },
    { "act", "attributed_to" },
    { "quoting", "attributed_to" },
    { "cue", "attributed_to" },
    { "voices", "attributed_to" },
    { "certainty", "certainty" },
    { "stance", "author_stance" },
    { "value", "values" },
    { "link", NULL },
    { "point", NULL },
    { "other", NULL },
    { "links", NULL },
    { "why", "contested" },
    { "tag", "tags" },
    { "note", "note" },
    { "id", "id" },
    { "created", "created" },
};

static uint64_t field_bit(const char *key)
{
    const struct kind *kind = kind_get(KIND_CLAIM);
    const struct field *field = kind_find(kind, sv_from(key));

    return field ? bit_at((size_t)(field - kind->fields)) : 0;
}

static uint64_t fields_of_key(const struct query_key *key)
{
    for (size_t i = 0; i < ARRAY_LEN(key_fields); i++)
        if (!strcmp(key->name, key_fields[i].name))
            return key_fields[i].field ? field_bit(key_fields[i].field) : 0;
    return UINT64_MAX; // a key that is not known here
}

static uint64_t fields_of_flag(const struct query_flag *flag)
{
    if (flag == query_flag_get(FLAG_contested))
        return field_bit("contested");
    if (flag == query_flag_get(FLAG_repeated))
        return field_bit("repeats");
    for (size_t i = 0; i < ARRAY_LEN(link_flags); i++)
        if (flag == query_flag_get(link_flags[i]))
            return 0;
    return field_bit("attributed_to");
}

static uint64_t fields_of(const struct node *node) // recursive, as deep as a query is
{
    switch (node->type) {
    case NODE_AND:
    case NODE_OR:
        return fields_of(node->left) | fields_of(node->right);
    case NODE_NOT:
        return fields_of(node->left);
    case NODE_FLAG:
        return fields_of_flag(node->flag);
    case NODE_TEXT:
        return field_bit("span") | field_bit("says");
    case NODE_KEY:
        return fields_of_key(node->key);
    }
    return UINT64_MAX;
}

uint64_t query_fields_needed(const struct query *query, unsigned flags)
{
    const struct node *root = query ? query_root(query) : NULL;
    uint64_t fields = field_bit("id") | field_bit("decision");

    fields |= flags & CLAIM_CONTESTED ? field_bit("contested") : 0;
    fields |= flags & CLAIM_ATTRIBUTED ? field_bit("attributed_to") : 0;
    return root ? fields | fields_of(root) : fields;
}
