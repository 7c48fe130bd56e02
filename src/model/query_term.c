// What each key and flag of the query language asks of a claim, in two tables.
// Never parses more than one value; structure is query.c's.
#include "model/query_term.h"

#include "base/attr.h"
#include "model/name.h"
#include "model/near.h"

enum form { FORM_PLAIN, FORM_SEARCH, FORM_DATE };

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

static bool article_matches(const struct subject *subject, const struct query_value *value)
{
    return is_tail(subject->layer->head.article, value->text);
}

// An event, or a folder of events that it lies in.
static bool event_matches(const struct subject *subject, const struct query_value *value)
{
    struct sv event = event_of(subject->layer->head.article);

    for (; event.len; event = event_of(event))
        if (is_tail(event, value->text))
            return true;
    return false;
}

static bool by_matches(const struct subject *subject, const struct query_value *value)
{
    return sv_eq(subject->layer->head.annotator, value->text);
}

static bool type_matches(const struct subject *subject, const struct query_value *value)
{
    return name_eq(subject->claim->type, value->text);
}

static bool topic_matches(const struct subject *subject, const struct query_value *value)
{
    return name_eq(subject->claim->topic, value->text);
}

static bool certainty_matches(const struct subject *subject, const struct query_value *value)
{
    return name_eq(subject->claim->certainty, value->text);
}

static bool stance_matches(const struct subject *subject, const struct query_value *value)
{
    return name_eq(subject->claim->author_stance, value->text);
}

static bool tag_matches(const struct subject *subject, const struct query_value *value)
{
    return has_folded(subject->claim->tags, value->text);
}

static bool note_matches(const struct subject *subject, const struct query_value *value)
{
    return finds(value->finder, subject->claim->note);
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

// The source `id`, or one that it belongs to, goes by this name.
static bool is_source(const struct registry *registry, struct sv id, struct sv name)
{
    if (name_eq(id, name))
        return true;
    for (size_t steps = 0; registry && steps <= registry->count && id.len; steps++) {
        const struct source *source = registry_find(registry, id);

        if (!source)
            return name_eq(id, name);
        if (goes_by(registry, source, name))
            return true;
        id = source->part_of;
    }
    return false;
}

static bool source_matches(const struct subject *subject, const struct query_value *value)
{
    for (size_t i = 0; i < subject->claim->attributed_to.count; i++)
        for (const struct voice *voice = subject->claim->attributed_to.items[i]; voice;
             voice = voice->citing)
            if (voice->source.len && is_source(subject->ctx->registry, voice->source, value->text))
                return true;
    return false;
}

static bool act_matches(const struct subject *subject, const struct query_value *value)
{
    for (size_t i = 0; i < subject->claim->attributed_to.count; i++)
        for (const struct voice *voice = subject->claim->attributed_to.items[i]; voice;
             voice = voice->citing)
            if (name_eq(voice->act, value->text))
                return true;
    return false;
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

static bool link_matches(const struct subject *subject, const struct query_value *value)
{
    size_t count;
    const struct end *ends = ends_of(subject, &count);

    for (size_t i = 0; i < count; i++)
        if (name_eq(ends[i].link->type, value->text))
            return true;
    return false;
}

static bool point_matches(const struct subject *subject, const struct query_value *value)
{
    size_t count;
    const struct end *ends = ends_of(subject, &count);

    for (size_t i = 0; i < count; i++)
        if (name_eq(ends[i].link->point, value->text))
            return true;
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

// Cut `>=` and the like off the front of a date; absent means `=`.
static struct sv cut_sign(struct sv *date)
{
    size_t len = 0;

    while (len < 2 && len < date->len &&
           (date->ptr[len] == '<' || date->ptr[len] == '>' || date->ptr[len] == '='))
        len++;

    struct sv sign = sv_sub(*date, 0, len);

    *date = sv_sub(*date, len, date->len);
    return sign;
}

// 2026, 2026-11, 2026-11-01, or more of 2026-11-01T03:10:00Z up to the minute, the second or Z.
static bool date_is_valid(struct sv value)
{
    static const char form[] = "0000-00-00T00:00:00Z", ends[] = "    y  m  d  h  t  sz";
    struct sv sign = cut_sign(&value);

    if (sign.len == 2 && sign.ptr[1] != '=')
        return false;
    if (sv_eq(sign, SV("==")) || value.len >= sizeof(ends) || value.len < 4 ||
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
    struct sv date = value->text;
    struct sv sign = cut_sign(&date);
    int order = sv_cmp(sv_sub(subject->claim->created, 0, date.len), date);
    bool is_equal = !sign.len || sign.ptr[sign.len - 1] == '=';

    if (!subject->claim->created.len)
        return false;
    if (order == 0)
        return is_equal;
    if (!sign.len || sign.ptr[0] == '=')
        return false;
    return sign.ptr[0] == '>' ? order > 0 : order < 0;
}

static bool has_flag(const struct subject *subject, enum claim_flag flag)
{
    return derive_flags(subject->ctx->derived, subject->layer, subject->claim) & flag;
}

static bool is_contested(const struct subject *subject)
{
    return has_flag(subject, CLAIM_CONTESTED);
}

static bool is_disputed(const struct subject *subject)
{
    return has_flag(subject, CLAIM_DISPUTED);
}

static bool is_attributed(const struct subject *subject)
{
    return has_flag(subject, CLAIM_ATTRIBUTED);
}

static bool is_corroborated(const struct subject *subject)
{
    return has_flag(subject, CLAIM_CORROBORATED);
}

static bool is_silent(const struct subject *subject)
{
    return has_flag(subject, CLAIM_SILENT);
}

static bool is_linked(const struct subject *subject)
{
    return has_flag(subject, CLAIM_LINKED);
}

// No voice of the claim, at any depth, names a source.
static bool is_unsourced(const struct subject *subject)
{
    for (size_t i = 0; i < subject->claim->attributed_to.count; i++)
        for (const struct voice *voice = subject->claim->attributed_to.items[i]; voice;
             voice = voice->citing)
            if (voice->source.len)
                return false;
    return true;
}

// clang-format off

static const struct query_key keys[] = {
#define QUERY_KEY(name, form, vocab, example, help) \
    { #name, example, FORM_##form == FORM_SEARCH, VOCAB_##vocab, \
      FORM_##form == FORM_DATE ? date_is_valid : NULL, name##_matches },
#define QUERY_FLAG(name, help)
#include "model/query.def"
#undef QUERY_KEY
#undef QUERY_FLAG
};

static const struct query_flag flags[] = {
#define QUERY_KEY(name, form, vocab, example, help)
#define QUERY_FLAG(name, help) { #name, is_##name },
#include "model/query.def"
#undef QUERY_KEY
#undef QUERY_FLAG
};

static const struct query_word words[] = {
#define QUERY_KEY(name, form, vocab, example, help) { #name ":", example, help, VOCAB_##vocab },
#define QUERY_FLAG(name, help) { #name, NULL, help, VOCAB_NONE },
#include "model/query.def"
#undef QUERY_KEY
#undef QUERY_FLAG
    { "not", NULL, "what follows does not hold", VOCAB_NONE },
    { "or", NULL, "what stands before or what follows holds", VOCAB_NONE },
};

// clang-format on

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

const struct query_flag *query_flag_find(struct sv name)
{
    for (size_t i = 0; i < ARRAY_LEN(flags); i++)
        if (sv_eq_cstr(name, flags[i].name))
            return &flags[i];
    return NULL;
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
