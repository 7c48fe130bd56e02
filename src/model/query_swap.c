// Values of a query given another name. Declared in model/query.h.
// Changes nothing else: blanks, order and the words in between stay.
#include "base/mem.h"
#include "model/query_term.h"

struct swapping {
    struct sv text; // of the query itself, as it was parsed
    struct sv old;
    bool (*is_meant)(const void *ctx, const char *key, enum vocab_id vocab);
    const void *ctx;
    size_t *places; // where in `text` a value stands that is to go
    size_t count, cap;
};

static void take_value(void *ctx, const struct query_key *key, struct sv value)
{
    struct swapping *s = ctx;
    bool is_own = value.ptr >= s->text.ptr && value.ptr < s->text.ptr + s->text.len;

    if (!is_own || !sv_eq(value, s->old) || !s->is_meant(s->ctx, key->name, key->vocab))
        return; // a saved query that is asked for is changed where it stands
    MEM_GROW(s->places, s->count, s->cap);
    s->places[s->count++] = (size_t)(value.ptr - s->text.ptr);
}

static bool needs_quotes(struct sv value)
{
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];

        if (c == ' ' || c == '\t' || c == ',' || c == '(' || c == ')')
            return true;
    }
    return false;
}

size_t query_swap(const struct query *query, struct sv old, struct sv new,
                  bool (*is_meant)(const void *ctx, const char *key, enum vocab_id vocab),
                  const void *ctx, struct buf *out)
{
    struct swapping s = { query_text(query), old, is_meant, ctx, NULL, 0, 0 };
    size_t done = 0;

    query_each_value(query, take_value, &s); // in the order of the text
    for (size_t i = 0; i < s.count; i++) {
        size_t at = s.places[i];
        bool is_quoted = at > 0 && s.text.ptr[at - 1] == '"';
        const char *mark = !is_quoted && needs_quotes(new) ? "\"" : "";

        buf_add(out, sv_sub(s.text, done, at));
        buf_addf(out, "%s" SV_FMT "%s", mark, SV_ARG(new), mark);
        done = at + old.len;
    }
    buf_add(out, sv_sub(s.text, done, s.text.len));
    mem_free(s.places);
    return s.count;
}
