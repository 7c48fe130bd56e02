// What annotators say differently of one claim or link, field by field. Declared in
// model/adjudicate_unit.h and model/adjudicate.h. What one of them does not say is no difference,
// but for voices and the contested mark: without them a claim is the article's own, and not
// contested.
#include <string.h>

#include "base/attr.h"
#include "model/adjudicate_unit.h"

// ---- values

static bool cue_eq(const struct cue *a, const struct cue *b)
{
    return a == b || (a && b && a->at.beg == b->at.beg && a->at.end == b->at.end);
}

static bool source_eq(const struct registry *registry, struct sv a, struct sv b)
{
    const struct source *x = registry ? registry_find(registry, a) : NULL;
    const struct source *y = registry ? registry_find(registry, b) : NULL;

    return x && y ? x == y : sv_eq(a, b);
}

// A voice with those inside it. `with_cue`: its words count too.
static bool voice_eq(const struct registry *registry, const struct voice *a, const struct voice *b,
                     bool with_cue)
{
    for (; a && b; a = a->citing, b = b->citing)
        if (!source_eq(registry, a->source, b->source) || !sv_eq(a->act, b->act) ||
            !sv_eq(a->quoting, b->quoting) || !sv_eq(a->certainty, b->certainty) ||
            a->unsure != b->unsure || (with_cue && !cue_eq(a->cue, b->cue)))
            return false;
    return a == b;
}

// The same voices, in whatever order.
static bool voices_eq(const struct registry *registry, const struct claim *a, const struct claim *b,
                      bool with_cue)
{
    if (a->attributed_to.count != b->attributed_to.count)
        return false;
    for (size_t i = 0; i < a->attributed_to.count; i++) {
        size_t j = 0;

        while (j < b->attributed_to.count &&
               !voice_eq(registry, a->attributed_to.items[i], b->attributed_to.items[j], with_cue))
            j++;
        if (j == b->attributed_to.count)
            return false;
    }
    return true;
}

static bool span_eq(const struct claim *a, const struct claim *b)
{
    if (a->span.count != b->span.count)
        return false;
    for (size_t i = 0; i < a->span.count; i++) {
        const struct part *x = a->span.items[i], *y = b->span.items[i];

        if (x->at.beg != y->at.beg || x->at.end != y->at.end)
            return false;
    }
    return true;
}

static bool contested_eq(const struct registry *registry, const struct claim *a,
                         const struct claim *b)
{
    if (!a->contested || !b->contested)
        return a->contested == b->contested;
    if (a->contested->by.count != b->contested->by.count)
        return !a->contested->by.count || !b->contested->by.count;
    for (size_t i = 0; i < a->contested->by.count; i++) {
        size_t j = 0;

        while (j < b->contested->by.count &&
               !source_eq(registry, a->contested->by.items[i], b->contested->by.items[j]))
            j++;
        if (j == b->contested->by.count)
            return false;
    }
    return true;
}

// ---- fields

// Fields that are nobody's to decide: free words of an annotator, and what is no part of the
// reading.
static bool is_own(enum section section, const struct field *field)
{
    static const char *const claim[] = { "id",   "says",     "note",       "tags", "created",
                                         "from", "decision", "decided_by", "why",  "seen" };
    static const char *const link[] = { "id",         "from",        "to",         "why",
                                        "searched",   "created",     "taken_from", "decision",
                                        "decided_by", "decided_why", "seen" };
    const char *const *keys = section == SECTION_CLAIMS ? claim : link;
    size_t count = section == SECTION_CLAIMS ? ARRAY_LEN(claim) : ARRAY_LEN(link);

    for (size_t i = 0; i < count; i++)
        if (!strcmp(keys[i], field->key))
            return true;
    return false;
}

static const struct field *field_at(enum section section, size_t index)
{
    return &kind_get(section_get(section)->kind)->fields[index];
}

bool adjudicate_says(enum section section, const void *rec, size_t index)
{
    const struct field *field = field_at(section, index);

    if (section == SECTION_CLAIMS && (field->offset == offsetof(struct claim, attributed_to) ||
                                      field->offset == offsetof(struct claim, contested)))
        return true;
    return field->type == FIELD_BOOL || !field_is_absent(rec, field);
}

bool members_agree(const struct registry *registry, enum section section, const void *a,
                   const void *b, size_t index)
{
    const struct field *field = field_at(section, index);

    if (!adjudicate_says(section, a, index) || !adjudicate_says(section, b, index))
        return true;
    if (section == SECTION_CLAIMS && field->offset == offsetof(struct claim, span))
        return span_eq(a, b);
    if (section == SECTION_CLAIMS && field->offset == offsetof(struct claim, attributed_to))
        return voices_eq(registry, a, b, true);
    if (section == SECTION_CLAIMS && field->offset == offsetof(struct claim, contested))
        return contested_eq(registry, a, b);
    return field_eq(a, b, field);
}

// ---- rows

static void weigh(struct adjudicate_row *row, enum adjudicate_weight weight)
{
    row->weight = weight < row->weight ? weight : row->weight;
}

static enum adjudicate_weight claim_weight(const struct sorting *sorting, const struct field *field,
                                           const struct claim *a, const struct claim *b)
{
    if (field->offset == offsetof(struct claim, attributed_to))
        return voices_eq(sorting->input->registry, a, b, false) ? ADJUDICATE_EDGES
                                                                : ADJUDICATE_ATTRIBUTION;
    if (field->offset == offsetof(struct claim, contested))
        return !a->contested == !b->contested ? ADJUDICATE_FIELDS : ADJUDICATE_CONTESTED;
    if (field->offset == offsetof(struct claim, type))
        return ADJUDICATE_TYPE;
    if (field->offset == offsetof(struct claim, span))
        return ADJUDICATE_EDGES;
    return ADJUDICATE_FIELDS;
}

static const struct word *type_of(const struct sorting *sorting, const struct link *link)
{
    return scheme_find(sorting->input->scheme, VOCAB_LINK, link->type);
}

static bool disputes(const struct sorting *sorting, const struct link *link)
{
    const struct word *type = type_of(sorting, link);

    return type && type->disputes;
}

static enum adjudicate_weight link_weight(const struct sorting *sorting, const struct link *a,
                                          const struct link *b)
{
    return disputes(sorting, a) != disputes(sorting, b) ? ADJUDICATE_OPPOSITE : ADJUDICATE_LINK;
}

// The claims that the `repeats` of two claims name are the same ones, or in the same sets.
static bool repeats_agree(const struct sorting *sorting, const struct adjudicate_member *a,
                          const struct adjudicate_member *b)
{
    const struct claim *x = a->rec, *y = b->rec;

    if (!x->repeats.count || !y->repeats.count)
        return true;
    if (x->repeats.count != y->repeats.count)
        return false;
    for (size_t i = 0; i < x->repeats.count; i++) {
        size_t unit = unit_find(sorting, a->rater, x->repeats.items[i]), j = 0;

        for (; unit != NO_UNIT && j < y->repeats.count; j++) {
            size_t other = unit_find(sorting, b->rater, y->repeats.items[j]);

            if (other != NO_UNIT && sorting->units[other].set == sorting->units[unit].set)
                break;
        }
        if (unit == NO_UNIT || j == y->repeats.count)
            return false;
    }
    return true;
}

static void compare_pair(const struct sorting *sorting, struct adjudicate_row *row,
                         const struct adjudicate_member *a, const struct adjudicate_member *b)
{
    const struct kind *kind = kind_get(section_get(row->section)->kind);

    for (size_t f = 0; f < kind->field_count; f++) {
        const struct field *field = &kind->fields[f];
        bool is_repeats =
            row->section == SECTION_CLAIMS && field->offset == offsetof(struct claim, repeats);

        if (is_own(row->section, field) ||
            (is_repeats ? repeats_agree(sorting, a, b)
                        : members_agree(sorting->input->registry, row->section, a->rec, b->rec, f)))
            continue;
        row->differs |= UINT32_C(1) << f;
        weigh(row, row->section == SECTION_CLAIMS ? claim_weight(sorting, field, a->rec, b->rec)
                                                  : link_weight(sorting, a->rec, b->rec));
    }
    if (a->is_turned != b->is_turned)
        weigh(row, ADJUDICATE_LINK);
}

// Annotators that have a layer of the article.
static size_t readers(const struct sorting *sorting, size_t article)
{
    size_t count = 0;

    for (size_t r = 0; r < sorting->input->raters; r++)
        count += sorting->layers[article * sorting->input->raters + r] != NULL;
    return count;
}

static void compare_marked(const struct sorting *sorting, struct adjudicate_row *row)
{
    bool has_dispute = false, has_omission = false;

    if (row->marked >= readers(sorting, row->article))
        return;
    if (row->section == SECTION_CLAIMS) {
        weigh(row, ADJUDICATE_ALONE);
        return;
    }
    for (size_t i = 0; i < row->count; i++) {
        const struct word *type = type_of(sorting, row->members[i].rec);

        has_dispute = has_dispute || (type && type->disputes);
        has_omission = has_omission || (type && type->one_end);
    }
    weigh(row, has_dispute    ? ADJUDICATE_MISSED
               : has_omission ? ADJUDICATE_OMISSION
                              : ADJUDICATE_LINK);
}

void row_compare(const struct sorting *sorting, struct adjudicate_row *row)
{
    row->differs = 0;
    row->weight = ADJUDICATE_NONE;
    for (size_t i = 0; i < row->count; i++) {
        row->marked += !i || row->members[i].rater != row->members[i - 1].rater;
        for (size_t j = 0; j < i; j++)
            compare_pair(sorting, row, &row->members[j], &row->members[i]);
    }
    compare_marked(sorting, row);
}

bool says_what_was_decided(const struct sorting *sorting, enum section section, const void *rec,
                           const void *settled)
{
    const struct kind *kind = kind_get(section_get(section)->kind);
    const struct word *type = section == SECTION_LINKS ? type_of(sorting, rec) : NULL;

    if (decision_is_rejected(section, settled) || (type && type->ordered))
        return false; // the ends of an ordered link would have to be compared too
    for (size_t f = 0; f < kind->field_count; f++) {
        const struct field *field = &kind->fields[f];

        if (is_own(section, field) ||
            (section == SECTION_CLAIMS && field->offset == offsetof(struct claim, repeats)))
            continue; // the ids of repeats are others
        if (adjudicate_says(section, rec, f) != adjudicate_says(section, settled, f) ||
            !members_agree(sorting->input->registry, section, rec, settled, f))
            return false;
    }
    return true;
}

bool adjudicate_is_same(const struct adjudication *adjudication, const struct adjudicate_row *row,
                        size_t a, size_t b)
{
    const struct kind *kind = kind_get(section_get(row->section)->kind);
    const struct adjudicate_member *x = &row->members[a], *y = &row->members[b];

    for (size_t f = 0; f < kind->field_count; f++)
        if (row->differs >> f & 1 &&
            !members_agree(adjudication->registry, row->section, x->rec, y->rec, f))
            return false;
    return x->is_turned == y->is_turned;
}

size_t adjudicate_proposed(const struct adjudication *adjudication,
                           const struct adjudicate_row *row, size_t field)
{
    size_t best = 0, most = 0;

    for (size_t i = 0; i < row->count; i++) {
        size_t votes = 0;

        if (!adjudicate_says(row->section, row->members[i].rec, field))
            continue;
        for (size_t j = 0; j < row->count; j++)
            votes += adjudicate_says(row->section, row->members[j].rec, field) &&
                     members_agree(adjudication->registry, row->section, row->members[i].rec,
                                   row->members[j].rec, field);
        if (votes > most) {
            most = votes;
            best = i;
        }
    }
    return best;
}
