// Decisions in records of the adjudicated layer.
// Never looks at a layer of an annotator; who does is model/adjudicate.h.
#include "model/decision.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/attr.h"

#define DIGEST_LEN   8
#define DIGEST_BITS  5 // of a character
#define FNV_OFFSET   UINT64_C(14695981039346656037)
#define FNV_PRIME    UINT64_C(1099511628211)
#define DIGEST_SHIFT (64 - DIGEST_LEN * DIGEST_BITS)

struct decision decision_get(enum section section, const void *rec)
{
    if (section == SECTION_CLAIMS) {
        const struct claim *claim = rec;

        return (struct decision){ claim->origin, claim->decision, claim->decided_by, claim->why,
                                  claim->seen };
    }
    if (section == SECTION_LINKS) {
        const struct link *link = rec;

        return (struct decision){ link->origin, link->decision, link->decided_by, link->decided_why,
                                  link->seen };
    }
    return (struct decision){ 0 };
}

void decision_set(enum section section, void *rec, const struct decision *decision)
{
    if (section == SECTION_CLAIMS) {
        struct claim *claim = rec;

        claim->origin = decision->origin;
        claim->decision = decision->word;
        claim->decided_by = decision->by;
        claim->why = decision->why;
        claim->seen = decision->seen;
    } else if (section == SECTION_LINKS) {
        struct link *link = rec;

        link->origin = decision->origin;
        link->decision = decision->word;
        link->decided_by = decision->by;
        link->decided_why = decision->why;
        link->seen = decision->seen;
    }
}

bool decision_is_rejected(enum section section, const void *rec)
{
    return sv_eq_cstr(decision_get(section, rec).word, DECISION_REJECTED);
}

static bool leads_to_rejected(const struct layer *layer, const struct link *link)
{
    bool is_within = link->to && sv_is_absent(link->to->article);
    const struct claim *from = layer_claim(layer, link->from);
    const struct claim *to = is_within ? layer_claim(layer, link->to->claim) : NULL;

    return (from && decision_is_rejected(SECTION_CLAIMS, from)) ||
           (to && decision_is_rejected(SECTION_CLAIMS, to));
}

void layer_drop_rejected(struct layer *layer)
{
    static const enum section order[] = { SECTION_LINKS,
                                          SECTION_CLAIMS }; // links need their claims

    for (size_t k = 0; k < ARRAY_LEN(order); k++)
        for (size_t i = layer->sections[order[k]].count; i > 0; i--) {
            const void *rec = layer->sections[order[k]].items[i - 1];

            if (decision_is_rejected(order[k], rec) ||
                (order[k] == SECTION_LINKS && leads_to_rejected(layer, rec)))
                layer_drop(layer, order[k], ((const struct record *)rec)->id);
        }
}

static int compare_ids(const void *a, const void *b)
{
    return sv_cmp(*(const struct sv *)a, *(const struct sv *)b);
}

// Ids of the claims that were rejected, sorted; ids are unique in a workspace. To be freed.
static struct sv *rejected_claims(struct layer *const *layers, size_t count, size_t *found)
{
    struct sv *ids = NULL;
    size_t cap = 0;

    *found = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < layers[i]->sections[SECTION_CLAIMS].count; j++) {
            const struct claim *claim = layers[i]->sections[SECTION_CLAIMS].items[j];

            if (!decision_is_rejected(SECTION_CLAIMS, claim))
                continue;
            MEM_GROW(ids, *found, cap);
            ids[(*found)++] = claim->id;
        }
    if (*found)
        qsort(ids, *found, sizeof(*ids), compare_ids);
    return ids;
}

void layers_drop_rejected(struct layer *const *layers, size_t count)
{
    size_t found;
    struct sv *ids = rejected_claims(layers, count, &found);

    for (size_t i = 0; i < count; i++) {
        for (size_t j = found ? layers[i]->sections[SECTION_LINKS].count : 0; j > 0; j--) {
            const struct link *link = layers[i]->sections[SECTION_LINKS].items[j - 1];

            if (link->to && bsearch(&link->to->claim, ids, found, sizeof(*ids), compare_ids))
                layer_drop(layers[i], SECTION_LINKS, link->id);
        }
        layer_drop_rejected(layers[i]);
    }
    mem_free(ids);
}

bool origin_parse(struct sv text, struct origin *out)
{
    size_t slash = sv_find(text, SV("/"), 0);

    if (slash == SIZE_MAX || slash == 0 || slash + 1 == text.len)
        return false;
    *out = (struct origin){ sv_sub(text, 0, slash), sv_sub(text, slash + 1, text.len) };
    return true;
}

struct sv origin_make(struct arena *arena, struct sv annotator, struct sv id)
{
    size_t len = annotator.len + 1 + id.len;
    char *text = arena_new(arena, len + 1);

    memcpy(text, annotator.ptr, annotator.len);
    text[annotator.len] = '/';
    memcpy(text + annotator.len + 1, id.ptr, id.len);
    return sv_of(text, len);
}

// ---- digests

static uint64_t add_bytes(uint64_t sum, const char *ptr, size_t len)
{
    for (size_t i = 0; i < len; i++)
        sum = (sum ^ (unsigned char)ptr[i]) * FNV_PRIME;
    return (sum ^ 0xFF) * FNV_PRIME; // no byte of UTF-8: what follows is another piece
}

static uint64_t add_sv(uint64_t sum, struct sv text)
{
    return add_bytes(sum, text.ptr ? text.ptr : "", text.len);
}

// What does not count.
static bool is_passed_over(enum kind_id kind, const struct field *field)
{
    static const struct {
        enum kind_id kind;
        const char *keys[10];
    } rows[] = {
        { KIND_PART, { "at", "before", "after" } },
        { KIND_CUE, { "at" } },
        { KIND_CLAIM,
          { "id", "note", "tags", "created", "from", "decision", "decided_by", "why", "seen" } },
        { KIND_LINK,
          { "id", "created", "taken_from", "decision", "decided_by", "decided_why", "seen" } },
    };

    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        for (size_t k = 0; rows[i].kind == kind && rows[i].keys[k]; k++)
            if (!strcmp(rows[i].keys[k], field->key))
                return true;
    return false;
}

static uint64_t add_record(uint64_t sum, enum kind_id kind, const void *rec)
{
    const struct kind *info = kind_get(kind);

    for (size_t i = 0; i < info->field_count; i++) {
        const struct field *field = &info->fields[i];
        const void *member = field_get(rec, field);

        if (is_passed_over(kind, field) || field_is_absent(rec, field))
            continue;
        sum = add_sv(sum, sv_from(field->key));
        switch (field_storage(field)) {
        case STORAGE_SV:
            sum = add_sv(sum, *(const struct sv *)member);
            break;
        case STORAGE_STRS: {
            const struct sv_list *list = member;

            for (size_t k = 0; k < list->count; k++)
                sum = add_sv(sum, list->items[k]);
            break;
        }
        case STORAGE_LIST: {
            const struct rec_list *list = member;

            for (size_t k = 0; k < list->count; k++)
                sum = add_sv(add_record(sum, field->sub, list->items[k]), SV(";"));
            break;
        }
        case STORAGE_MAP:
            sum = add_record(sum, field->sub, *(const void *const *)member);
            break;
        case STORAGE_BOOL: // the key alone says that it is true
        case STORAGE_COUNT:
        case STORAGE_SPAN:
        case STORAGE_SPANS: // none in what counts of claims and links
            break;
        }
    }
    return add_sv(sum, SV("."));
}

struct sv decision_digest(struct arena *arena, enum section section, const void *rec)
{
    static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz"; // as in ids
    uint64_t sum = add_record(FNV_OFFSET, section_get(section)->kind, rec);
    char *text = arena_new(arena, DIGEST_LEN + 1);

    sum = sum >> DIGEST_SHIFT ^ (sum & ((UINT64_C(1) << DIGEST_SHIFT) - 1));
    for (int i = 0; i < DIGEST_LEN; i++)
        text[i] = letters[sum >> (DIGEST_LEN - 1 - i) * DIGEST_BITS & 31];
    return sv_of(text, DIGEST_LEN);
}
