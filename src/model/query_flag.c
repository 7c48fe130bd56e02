// What each flag of the query language asks of a claim, in a table. Declared in model/query_term.h.
// Knows nothing of keys; they are query_term.c's.
#include "base/attr.h"
#include "model/query_term.h"

static bool has_flag(const struct subject *subject, enum claim_flag flag)
{
    unsigned flags = subject->ctx
                         ? derive_flags(subject->ctx->derived, subject->layer, subject->claim)
                         : claim_flags(subject->claim);

    return flags & flag;
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

// Does any voice of the claim, at any depth, satisfy this?
static bool has_voice(const struct subject *subject, bool (*holds)(const struct voice *voice))
{
    for (size_t i = 0; i < subject->claim->attributed_to.count; i++)
        for (const struct voice *voice = subject->claim->attributed_to.items[i]; voice;
             voice = voice->citing)
            if (holds(voice))
                return true;
    return false;
}

static bool voice_is_unsure(const struct voice *voice)
{
    return voice->unsure;
}

static bool voice_cites(const struct voice *voice)
{
    return voice->citing;
}

static bool voice_has_source(const struct voice *voice)
{
    return voice->source.len;
}

static bool is_unsure(const struct subject *subject)
{
    return has_voice(subject, voice_is_unsure);
}

static bool is_nested(const struct subject *subject)
{
    return has_voice(subject, voice_cites);
}

static bool is_unsourced(const struct subject *subject)
{
    return !has_voice(subject, voice_has_source);
}

static bool is_strict(const struct subject *subject)
{
    size_t count;
    const struct end *ends = query_ends(subject, &count);

    for (size_t i = 0; i < count; i++)
        if (ends[i].link->strict)
            return true;
    return false;
}

static bool is_repeated(const struct subject *subject)
{
    return subject->claim->repeats.count;
}

// clang-format off

static const struct query_flag flags[] = {
#define QUERY_KEY(name, form, unit, vocab, example, help)
#define QUERY_FLAG(name, help) { #name, is_##name },
#include "model/query.def"
#undef QUERY_KEY
#undef QUERY_FLAG
};

// clang-format on

const struct query_flag *query_flag_find(struct sv name)
{
    for (size_t i = 0; i < ARRAY_LEN(flags); i++)
        if (sv_eq_cstr(name, flags[i].name))
            return &flags[i];
    return NULL;
}

const struct query_flag *query_flag_get(enum query_flag_id id)
{
    return &flags[id];
}
