// Values of a query that nothing can have. Declared in model/query.h.
// Never refuses a query: what it says is for a misspelt word.
#include "model/name.h"
#include "model/query_term.h"

#define AT ((struct err_at){ .path = "query" })

struct values {
    const struct registry *registry;
    const struct scheme *scheme;
    struct findings *findings;
};

static bool has_word(const struct scheme *scheme, enum vocab_id vocab, struct sv value)
{
    for (size_t i = 0; i < scheme->vocabs[vocab].count; i++)
        if (name_eq(((const struct word *)scheme->vocabs[vocab].items[i])->id, value))
            return true;
    return false;
}

static void check_word(const struct values *values, const struct query_key *key, struct sv value)
{
    const struct word *near = scheme_nearest(values->scheme, key->vocab, value);

    if (has_word(values->scheme, key->vocab, value))
        return;
    if (near)
        findings_add(values->findings, SEVERITY_WARNING, E_WORD, AT,
                     "'" SV_FMT "' is no %s; did you mean '" SV_FMT "'?", SV_ARG(value), key->name,
                     SV_ARG(near->id));
    else
        findings_add(values->findings, SEVERITY_WARNING, E_WORD, AT, "'" SV_FMT "' is no %s",
                     SV_ARG(value), key->name);
}

static void check_source(const struct values *values, struct sv value)
{
    struct sv near = registry_nearest(values->registry, value);

    if (query_source_is_known(values->registry, value))
        return;
    if (near.len)
        findings_add(values->findings, SEVERITY_WARNING, E_DANGLING, AT,
                     "no source goes by '" SV_FMT "'; did you mean '" SV_FMT "'?", SV_ARG(value),
                     SV_ARG(near));
    else
        findings_add(values->findings, SEVERITY_WARNING, E_DANGLING, AT,
                     "no source goes by '" SV_FMT "'", SV_ARG(value));
}

static void check_value(void *ctx, const struct query_key *key, struct sv value)
{
    const struct values *values = ctx;

    if (key->vocab != VOCAB_NONE)
        check_word(values, key, value);
    else if (values->registry && sv_eq_cstr(SV("source"), key->name))
        check_source(values, value);
}

void query_check(const struct query *query, const struct registry *registry,
                 const struct scheme *scheme, struct findings *findings)
{
    struct values values = { registry, scheme, findings };

    query_each_value(query, check_value, &values);
}
