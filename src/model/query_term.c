// What each key of the query language asks of a claim, in a table. Flags are in query_flag.c.
// Never parses more than one value; structure is query.c's.
#include "model/query_term.h"

#include <stdlib.h>
#include <string.h>

#include "base/attr.h"
#include "model/name.h"
#include "model/near.h"

#define DAY_BYTES    10 // of 2026-11-01T03:10:00Z
#define NUMBER_BYTES 40 // of a figure that is compared

// `path` is `typed`, or ends in it after a slash.
static bool is_tail(struct sv path, struct sv typed)
{
    size_t head = path.len - typed.len;

    return sv_eq(path, typed) ||
           (path.len > typed.len && typed.len && sv_ends(path, typed) && path.ptr[head - 1] == '/');
}

static struct sv event_of(struct sv article)
{
    while (article.len && article.ptr[article.len - 1] != '/')
        article.len--;
    return sv_sub(article, 0, article.len ? article.len - 1 : 0);
}

static bool has_folded(struct sv_list list, struct sv s)
{
    for (size_t i = 0; i < list.count; i++)
        if (name_eq(list.items[i], s))
            return true;
    return false;
}

static bool finds(struct finder *finder, struct sv text)
{
    struct byte_span hit;

    return text.len && finder_next(finder, text, 0, &hit);
}

// The links of the claim that are looked at.
static const struct end *ends_of(const struct subject *subject, size_t *count)
{
    const struct end *ends =
        derive_ends(subject->ctx->derived, subject->layer, subject->claim, count);
    const struct link *only = subject->ctx->only;

    for (size_t i = 0; only && i < *count; i++) {
        if (ends[i].link == only) {
            *count = 1;
            return &ends[i];
        }
    }
    if (only)
        *count = 0;
    return ends;
}

// ---- what a key is of

static struct sv article_value(const struct facet *facet)
{
    return facet->subject->layer->head.article;
}

static struct sv event_value(const struct facet *facet)
{
    return event_of(facet->subject->layer->head.article);
}

static struct sv by_value(const struct facet *facet)
{
    return facet->subject->layer->head.annotator;
}

static struct sv guideline_value(const struct facet *facet)
{
    return facet->subject->layer->head.guideline;
}

static struct sv type_value(const struct facet *facet)
{
    return facet->subject->claim->type;
}

static struct sv form_value(const struct facet *facet)
{
    return facet->subject->claim->form;
}

static struct sv topic_value(const struct facet *facet)
{
    return facet->subject->claim->topic;
}

static struct sv certainty_value(const struct facet *facet)
{
    return facet->subject->claim->certainty;
}

static struct sv stance_value(const struct facet *facet)
{
    return facet->subject->claim->author_stance;
}

static struct sv note_value(const struct facet *facet)
{
    return facet->subject->claim->note;
}

static struct sv created_value(const struct facet *facet) // the day
{
    return sv_sub(facet->subject->claim->created, 0, DAY_BYTES);
}

static const struct source *source_of(const struct facet *facet)
{
    const struct registry *registry = facet->subject->ctx->registry;

    return registry && facet->voice ? registry_find(registry, facet->voice->source) : NULL;
}

static struct sv source_value(const struct facet *facet)
{
    const struct source *source = source_of(facet);

    return source ? source->id : facet->voice ? facet->voice->source : (struct sv){ 0 };
}

static struct sv kind_value(const struct facet *facet)
{
    const struct source *source = source_of(facet);

    return source ? source->kind : (struct sv){ 0 };
}

static struct sv act_value(const struct facet *facet)
{
    return facet->voice ? facet->voice->act : (struct sv){ 0 };
}

static struct sv quoting_value(const struct facet *facet)
{
    return facet->voice ? facet->voice->quoting : (struct sv){ 0 };
}

static struct sv cue_value(const struct facet *facet)
{
    return facet->voice && facet->voice->cue ? facet->voice->cue->quote : (struct sv){ 0 };
}

static struct sv link_value(const struct facet *facet)
{
    return facet->end ? facet->end->link->type : (struct sv){ 0 };
}

static struct sv point_value(const struct facet *facet)
{
    return facet->end ? facet->end->link->point : (struct sv){ 0 };
}

static struct sv other_value(const struct facet *facet)
{
    return facet->end ? facet->end->other_article : (struct sv){ 0 };
}

// Without a link: the reason of the claim's own mark.
static struct sv why_value(const struct facet *facet)
{
    const struct contested *mark = facet->subject->claim->contested;

    return facet->end ? facet->end->link->why : mark ? mark->why : (struct sv){ 0 };
}

static struct sv tag_value(const struct facet *facet)
{
    return facet->tag;
}

// ---- what a value asks of it

static bool is_same(struct sv own, const struct facet *facet, const struct query_value *value)
{
    (void)facet;
    return name_eq(own, value->text);
}

static bool is_article(struct sv own, const struct facet *facet, const struct query_value *value)
{
    (void)facet;
    return is_tail(own, value->text);
}

static bool is_other(struct sv own, const struct facet *facet, const struct query_value *value)
{
    return is_article(own, facet, value);
}

// An event, or a folder of events that it lies in.
static bool is_event(struct sv own, const struct facet *facet, const struct query_value *value)
{
    (void)facet;
    for (; own.len; own = event_of(own))
        if (is_tail(own, value->text))
            return true;
    return false;
}

static bool is_by(struct sv own, const struct facet *facet, const struct query_value *value)
{
    (void)facet;
    return sv_eq(own, value->text);
}

static bool is_found(struct sv own, const struct facet *facet, const struct query_value *value)
{
    (void)facet;
    return finds(value->finder, own);
}

static bool goes_by(const struct registry *registry, const struct source *source, struct sv name)
{
    if (name_eq(source->id, name) || name_eq(source->name, name) ||
        has_folded(source->aliases, name) || has_folded(source->merged, name))
        return true;
    for (size_t i = 0; i < source->merged.count; i++) {
        const struct source *old = registry_record(registry, source->merged.items[i]);

        if (old && (name_eq(old->name, name) || has_folded(old->aliases, name)))
            return true;
    }
    return false;
}

// The voice's source, or one that it belongs to, goes by this name.
static bool is_source(struct sv own, const struct facet *facet, const struct query_value *value)
{
    const struct registry *registry = facet->subject->ctx->registry;
    struct sv id = facet->voice ? facet->voice->source : own; // as the record has it

    if (!id.len)
        return false;
    if (name_eq(id, value->text))
        return true;
    for (size_t steps = 0; registry && steps <= registry->count && id.len; steps++) {
        const struct source *source = registry_find(registry, id);

        if (!source)
            return name_eq(id, value->text);
        if (goes_by(registry, source, value->text))
            return true;
        id = source->part_of;
    }
    return false;
}

// The claim's id, or that of one of its links; the beginning of one is enough.
static bool id_matches(const struct subject *subject, const struct query_value *value)
{
    size_t count;
    const struct end *ends = ends_of(subject, &count);

    if (sv_starts(subject->claim->id, value->text))
        return true;
    for (size_t i = 0; i < count; i++)
        if (sv_starts(ends[i].link->id, value->text))
            return true;
    return false;
}

// Cut `>=` and the like off the front of a date or number; absent means `=`.
static struct sv cut_sign(struct sv *value)
{
    size_t len = 0;

    while (len < 2 && len < value->len &&
           (value->ptr[len] == '<' || value->ptr[len] == '>' || value->ptr[len] == '='))
        len++;

    struct sv sign = sv_sub(*value, 0, len);

    *value = sv_sub(*value, len, value->len);
    return sign;
}

static bool sign_is_valid(struct sv sign)
{
    return !(sign.len == 2 && sign.ptr[1] != '=') && !sv_eq(sign, SV("=="));
}

// Does what stands in this order (below 0, 0, above 0) to the value satisfy the sign?
static bool sign_holds(struct sv sign, int order)
{
    if (order == 0)
        return !sign.len || sign.ptr[sign.len - 1] == '=';
    if (!sign.len || sign.ptr[0] == '=')
        return false;
    return sign.ptr[0] == '>' ? order > 0 : order < 0;
}

// 2026, 2026-11, 2026-11-01, or more of 2026-11-01T03:10:00Z up to the minute, the second or Z.
static bool date_is_valid(struct sv value)
{
    static const char form[] = "0000-00-00T00:00:00Z", ends[] = "    y  m  d  h  t  sz";
    struct sv sign = cut_sign(&value);

    if (!sign_is_valid(sign) || value.len >= sizeof(ends) || value.len < 4 ||
        ends[value.len] == ' ')
        return false;
    for (size_t i = 0; i < value.len; i++) {
        bool is_digit = value.ptr[i] >= '0' && value.ptr[i] <= '9';

        if (form[i] == '0' ? !is_digit : value.ptr[i] != form[i])
            return false;
    }
    return true;
}

// As much of the time as the date gives is compared: `>2026-11-01` begins on the second.
static bool created_matches(const struct subject *subject, const struct query_value *value)
{
    struct sv date = value->text, own = subject->claim->created;
    struct sv sign = cut_sign(&date);

    return own.len && (value->is_any || sign_holds(sign, sv_cmp(sv_sub(own, 0, date.len), date)));
}

// Digits, with a point among them at most.
static bool number_is_valid(struct sv value)
{
    struct sv sign = cut_sign(&value);
    size_t points = 0;

    for (size_t i = 0; i < value.len; i++) {
        points += value.ptr[i] == '.';
        if (value.ptr[i] != '.' && (value.ptr[i] < '0' || value.ptr[i] > '9'))
            return false;
    }
    return sign_is_valid(sign) && points < 2 && value.len > points && value.len <= NUMBER_BYTES;
}

static double number_of(struct sv text) // LC_NUMERIC stays "C"
{
    char digits[NUMBER_BYTES + 1] = { 0 };

    memcpy(digits, text.ptr, text.len < NUMBER_BYTES ? text.len : NUMBER_BYTES);
    return strtod(digits, NULL);
}

static bool compares(double own, const struct query_value *value)
{
    struct sv number = value->text;
    struct sv sign = cut_sign(&number);
    double wanted = number_of(number);

    return sign_holds(sign, (own > wanted) - (own < wanted));
}

static bool voices_matches(const struct subject *subject, const struct query_value *value)
{
    size_t count = subject->claim->attributed_to.count;

    return value->is_any ? count > 0 : compares((double)count, value);
}

static bool links_matches(const struct subject *subject, const struct query_value *value)
{
    size_t count;

    (void)ends_of(subject, &count);
    return value->is_any ? count > 0 : compares((double)count, value);
}

static bool value_matches(const struct subject *subject, const struct query_value *value)
{
    const struct rec_list *values = &subject->claim->values;

    for (size_t i = 0; i < values->count; i++) {
        struct sv number = ((const struct value *)values->items[i])->number;

        if (number.len && (value->is_any || compares(number_of(number), value)))
            return true;
    }
    return false;
}

// clang-format off

#define ROW_SAME(name)   .value = name##_value, .is = is_same, .is_counted = true
#define ROW_OWN(name)    .value = name##_value, .is = is_##name, .is_counted = true
#define ROW_SEARCH(name) .value = name##_value, .is = is_found, .is_search = true
#define ROW_DATE(name)   .value = name##_value, .matches = name##_matches, .is_valid = date_is_valid, .is_counted = true
#define ROW_NUMBER(name) .matches = name##_matches, .is_valid = number_is_valid
#define ROW_ID(name)     .matches = name##_matches

static const struct query_key keys[] = {
#define QUERY_KEY(key, form, of, words, shown, text) \
    { .name = #key, .example = shown, .unit = UNIT_##of, .vocab = VOCAB_##words, ROW_##form(key) },
#define QUERY_FLAG(name, help)
#include "model/query.def"
#undef QUERY_KEY
#undef QUERY_FLAG
};

static const struct query_word words[] = {
#define QUERY_KEY(name, form, unit, vocab, example, help) { #name ":", example, help, VOCAB_##vocab },
#define QUERY_FLAG(name, help) { #name, NULL, help, VOCAB_NONE },
#include "model/query.def"
#undef QUERY_KEY
#undef QUERY_FLAG
    { "not", NULL, "what follows does not hold", VOCAB_NONE },
    { "or", NULL, "what stands before or what follows holds", VOCAB_NONE },
};

// clang-format on

static bool asks(const struct query_key *key, const struct facet *facet,
                 const struct query_value *value)
{
    struct sv own = key->value(facet);

    return value->is_any ? own.len > 0 : key->is(own, facet, value);
}

static bool any_voice_matches(const struct query_key *key, struct facet facet,
                              const struct query_value *value)
{
    const struct rec_list *voices = &facet.subject->claim->attributed_to;

    for (size_t i = 0; i < voices->count; i++)
        for (facet.voice = voices->items[i]; facet.voice; facet.voice = facet.voice->citing)
            if (asks(key, &facet, value))
                return true;
    return false;
}

static bool any_link_matches(const struct query_key *key, struct facet facet,
                             const struct query_value *value)
{
    size_t count;
    const struct end *ends = ends_of(facet.subject, &count);

    for (size_t i = 0; i < count; i++) {
        facet.end = &ends[i];
        if (asks(key, &facet, value))
            return true;
    }
    facet.end = NULL;
    return key->is_search && asks(key, &facet, value);
}

static bool any_tag_matches(const struct query_key *key, struct facet facet,
                            const struct query_value *value)
{
    for (size_t i = 0; i < facet.subject->claim->tags.count; i++) {
        facet.tag = facet.subject->claim->tags.items[i];
        if (asks(key, &facet, value))
            return true;
    }
    return false;
}

bool query_key_matches(const struct query_key *key, const struct subject *subject,
                       const struct query_value *value)
{
    struct facet facet = { .subject = subject };

    if (key->matches)
        return key->matches(subject, value);
    switch (key->unit) {
    case UNIT_CLAIM:
        return asks(key, &facet, value);
    case UNIT_VOICE:
        return any_voice_matches(key, facet, value);
    case UNIT_LINK:
        return any_link_matches(key, facet, value);
    case UNIT_TAG:
        return any_tag_matches(key, facet, value);
    }
    return false;
}

const struct end *query_ends(const struct subject *subject, size_t *count)
{
    return ends_of(subject, count);
}

bool query_source_is_known(const struct registry *registry, struct sv name)
{
    for (size_t i = 0; i < registry->count; i++)
        if (goes_by(registry, registry->items[i], name))
            return true;
    return false;
}

const struct query_key *query_key_find(struct sv name)
{
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (sv_eq_cstr(name, keys[i].name))
            return &keys[i];
    return NULL;
}

const char *query_key_nearest(struct sv name)
{
    size_t best = near_limit(name);
    const char *nearest = NULL;

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (near_is_better(name, sv_from(keys[i].name), &best))
            nearest = keys[i].name;
    return nearest;
}

const struct query_word *query_words(size_t *count)
{
    *count = ARRAY_LEN(words);
    return words;
}

bool query_text_matches(const struct subject *subject, struct finder *finder)
{
    for (size_t i = 0; i < subject->claim->span.count; i++)
        if (finds(finder, ((const struct part *)subject->claim->span.items[i])->quote))
            return true;
    return finds(finder, subject->claim->says);
}
