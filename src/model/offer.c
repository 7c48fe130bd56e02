// What could stand at the cursor of a query.
// Offers nothing that could not be parsed there.
#include "model/offer.h"

#include <string.h>

#include "model/name.h"
#include "model/query_term.h"

struct offers {
    const struct offer_input *in;
    struct sv typed;      // of the value or word
    struct sv_list given; // values offered already
    struct arena arena;
    struct buf *out;
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// Where the term at the end of `text` begins: behind a blank or parenthesis outside quotation
// marks.
static size_t term_beg(struct sv text)
{
    size_t beg = 0;
    bool in_quotes = false;

    for (size_t i = 0; i < text.len; i++) {
        in_quotes ^= text.ptr[i] == '"';
        if (!in_quotes && (is_blank(text.ptr[i]) || text.ptr[i] == '(' || text.ptr[i] == ')'))
            beg = i + 1;
    }
    return beg;
}

// Where the value at the end of `key:one,"t wo"` begins.
static size_t value_beg(struct sv term, size_t key_len)
{
    size_t beg = key_len;
    bool in_quotes = false;

    for (size_t i = key_len; i < term.len; i++) {
        in_quotes ^= term.ptr[i] == '"';
        if (!in_quotes && term.ptr[i] == ',')
            beg = i + 1;
    }
    return beg;
}

// A value as a query holds it; absent where it cannot.
static struct sv written(struct offers *offers, struct sv value)
{
    struct buf quoted = { 0 };
    struct sv copy = value;
    bool is_plain = value.len > 0;

    if (memchr(value.ptr, '"', value.len) || memchr(value.ptr, '\n', value.len))
        return (struct sv){ 0 };
    for (size_t i = 0; i < value.len; i++)
        is_plain = is_plain && !is_blank(value.ptr[i]) && !strchr(",()*", value.ptr[i]);
    if (!is_plain) {
        buf_addf(&quoted, "\"" SV_FMT "\"", SV_ARG(value));
        copy = sv_copy(&offers->arena, buf_sv(&quoted));
        buf_release(&quoted);
    }
    return copy;
}

static void add(struct offers *offers, struct sv word, struct sv hint)
{
    bool is_quoted = sv_starts(word, SV("\""));

    if (!sv_starts(word, offers->typed) &&
        !(is_quoted && sv_starts(sv_sub(word, 1, word.len), offers->typed)))
        return;
    buf_add(offers->out, word);
    if (hint.len)
        buf_addf(offers->out, "\t" SV_FMT, SV_ARG(hint));
    buf_add_char(offers->out, '\n');
}

static void add_value(struct offers *offers, struct sv value, struct sv hint)
{
    struct sv word = value.len ? written(offers, value) : value;
    struct sv *given;

    if (!word.len)
        return;
    for (size_t i = 0; i < offers->given.count; i++)
        if (name_eq(offers->given.items[i], value))
            return;
    given = arena_new(&offers->arena, (offers->given.count + 1) * sizeof(*given));
    if (offers->given.count)
        memcpy(given, offers->given.items, offers->given.count * sizeof(*given));
    given[offers->given.count] = value;
    offers->given = (struct sv_list){ given, offers->given.count + 1 };
    add(offers, word, hint);
}

static void add_counted(struct offers *offers, const struct query_key *key, struct tally *tally)
{
    struct err err = { 0 };

    if (!offers->in->count || !tally_takes(sv_from(key->name)))
        return;
    if (!tally_init(tally, sv_from(key->name), &err)) {
        err_release(&err);
        return;
    }
    offers->in->count(offers->in->ctx, tally);
    tally_finish(tally);
    for (size_t i = 0; i < tally->row_count; i++) {
        struct buf hint = { 0 };

        buf_addf(&hint, "%zu", tally->rows[i].count);
        add_value(offers, tally->rows[i].values[0], buf_sv(&hint));
        buf_release(&hint);
    }
}

static struct sv help_of(const struct offers *offers, struct sv help)
{
    return offers->in->has_help ? help : (struct sv){ 0 };
}

static void add_vocab(struct offers *offers, enum vocab_id vocab)
{
    const struct scheme *scheme = offers->in->scheme;

    for (size_t i = 0; scheme && i < scheme->vocabs[vocab].count; i++) {
        const struct word *word = scheme->vocabs[vocab].items[i];

        add_value(offers, word->id, help_of(offers, word->definition));
    }
}

static void add_list(struct offers *offers, struct sv_list list)
{
    for (size_t i = 0; i < list.count; i++)
        add_value(offers, list.items[i], (struct sv){ 0 });
}

static void add_sources(struct offers *offers)
{
    const struct registry *registry = offers->in->registry;

    for (size_t i = 0; registry && i < registry->count; i++)
        add_value(offers, registry->items[i]->id, help_of(offers, registry->items[i]->name));
}

static void add_events(struct offers *offers)
{
    for (size_t i = 0; i < offers->in->articles.count; i++) {
        struct sv id = offers->in->articles.items[i];

        while (id.len && id.ptr[id.len - 1] != '/')
            id.len--;
        if (id.len)
            add_value(offers, sv_sub(id, 0, id.len - 1), (struct sv){ 0 });
    }
}

// Those in use first, by how often; then all others that there are.
static void add_values(struct offers *offers, const struct query_key *key)
{
    struct sv name = sv_from(key->name);
    struct tally tally = { 0 };

    add_counted(offers, key, &tally);
    if (key->vocab != VOCAB_NONE)
        add_vocab(offers, key->vocab);
    if (sv_eq(name, SV("source")))
        add_sources(offers);
    if (sv_eq(name, SV("article")) || sv_eq(name, SV("other")))
        add_list(offers, offers->in->articles);
    if (sv_eq(name, SV("event")))
        add_events(offers);
    if (sv_eq(name, SV("by")))
        add_list(offers, offers->in->annotators);
    tally_release(&tally);
}

static void add_saved(struct offers *offers)
{
    const struct rec_list *saved = offers->in->saved;

    for (size_t i = 0; saved && i < saved->count; i++) {
        const struct saved_query *query = saved->items[i];
        struct buf word = { 0 };

        buf_addf(&word, "@" SV_FMT, SV_ARG(query->id));
        add(offers, buf_sv(&word), help_of(offers, query->what.len ? query->what : query->query));
        buf_release(&word);
    }
}

static void add_words(struct offers *offers)
{
    size_t count;
    const struct query_word *words = query_words(&count);

    for (size_t i = 0; i < count; i++)
        add(offers, sv_from(words[i].text), help_of(offers, sv_from(words[i].help)));
}

size_t query_offer(const struct offer_input *in, struct sv text, size_t cursor, struct buf *out)
{
    size_t beg = term_beg(sv_sub(text, 0, cursor));
    struct sv term = sv_sub(text, beg, cursor);
    size_t colon = sv_find(term, SV(":"), 0);
    const struct query_key *key = colon == SIZE_MAX ? NULL : query_key_find(sv_sub(term, 0, colon));
    struct offers offers = { .in = in, .typed = term, .out = out };

    if (key) {
        size_t value = value_beg(term, colon + 1);

        beg += value;
        offers.typed = sv_sub(term, value, term.len);
        add_values(&offers, key);
    } else {
        add_words(&offers);
        add_saved(&offers);
    }
    arena_release(&offers.arena);
    return beg;
}
