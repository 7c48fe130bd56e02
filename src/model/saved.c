// Saved queries: by name, and what is wrong with them.
// Never asks one; query.c does.
#include "model/saved.h"

#include "model/check_rule.h"
#include "model/near.h"
#include "model/query.h"

static const struct saved_query *at(const struct rec_list *saved, size_t index)
{
    return saved->items[index];
}

const struct saved_query *saved_find(const struct rec_list *saved, struct sv name)
{
    for (size_t i = 0; saved && i < saved->count; i++)
        if (sv_eq(at(saved, i)->id, name))
            return at(saved, i);
    return NULL;
}

const struct saved_query *saved_nearest(const struct rec_list *saved, struct sv name)
{
    const struct saved_query *nearest = NULL;
    size_t best = near_limit(name);

    for (size_t i = 0; saved && i < saved->count; i++)
        if (near_is_better(name, at(saved, i)->id, &best))
            nearest = at(saved, i);
    return nearest;
}

// A name that a query can hold as one word: letters, digits and signs that end no word.
static bool is_name(struct sv name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
              (i > 0 && (c == '-' || c == '_' || c == '.'))))
            return false;
    }
    return name.len > 0;
}

static void check_query(const struct checker *checker, const struct rec_list *saved,
                        const struct saved_query *asked, const struct registry *registry)
{
    struct spot spot = { .kind = KIND_SAVED_QUERY, .rec = asked };
    struct findings doubts = { 0 };
    struct query *query = NULL;
    struct err err = { 0 };

    if (!is_name(asked->id))
        findings_add(checker->findings, SEVERITY_ERROR, E_NAME, rule_at(checker, &spot, "id"),
                     "'" SV_FMT "' cannot be asked for; use small letters, digits, . _ and -",
                     SV_ARG(asked->id));
    if (query_parse(asked->query, saved, &query, &err))
        query_check(query, registry, checker->scheme, &doubts);
    else
        findings_add(checker->findings, SEVERITY_ERROR, E_QUERY, rule_at(checker, &spot, "query"),
                     "%s", buf_cstr(&err.text));
    for (size_t i = 0; i < doubts.count; i++)
        findings_add(checker->findings, SEVERITY_WARNING, doubts.items[i].err.code,
                     rule_at(checker, &spot, "query"), "%s", buf_cstr(&doubts.items[i].err.text));
    findings_release(&doubts);
    query_free(query);
    err_release(&err);
}

void check_saved(const struct rec_list *saved, const struct scheme *scheme,
                 const struct registry *registry, const char *path,
                 struct err_at (*place)(void *ctx, const void *rec, const struct field *field),
                 void *place_ctx, struct findings *findings)
{
    struct checker checker = {
        .path = path, .scheme = scheme, .place = place, .place_ctx = place_ctx, .findings = findings
    };

    for (size_t i = 0; i < saved->count; i++)
        check_query(&checker, saved, at(saved, i), registry);
}
