// Claims counted by what they have.
// Knows no key by name; what a key is of a claim is query_term.c's.
#include "model/tally.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/name.h"
#include "model/query_term.h"

// One combination of values that one of those counted has.
struct tally_entry {
    const struct tally *tally;
    struct sv *values;
    size_t number; // of what was counted
};

static const struct query_key *key_of(struct sv name)
{
    const struct query_key *key = query_key_find(name);

    return key && key->is_counted ? key : NULL;
}

static struct sv value_of(const struct tally *tally, size_t index, const struct facet *facet)
{
    if (tally->keys[index])
        return tally->keys[index]->value(facet);
    return tally->flags[index]->holds(facet->subject) ? SV("yes") : SV("no");
}

static void add_entry(struct tally *tally, const struct facet *facet)
{
    struct sv *values = arena_new(&tally->arena, tally->key_count * sizeof(*values));

    for (size_t i = 0; i < tally->key_count; i++)
        values[i] = value_of(tally, i, facet);
    MEM_GROW(tally->entries, tally->entry_count, tally->entry_cap);
    tally->entries[tally->entry_count++] = (struct tally_entry){ tally, values, tally->added };
}

static bool asks_for(const struct tally *tally, enum query_unit unit)
{
    for (size_t i = 0; i < tally->key_count; i++)
        if (tally->keys[i] && tally->keys[i]->unit == unit)
            return true;
    return false;
}

static void each_tag(struct tally *tally, struct facet facet)
{
    const struct sv_list *tags = &facet.subject->claim->tags;
    size_t count = asks_for(tally, UNIT_TAG) ? tags->count : 0;

    if (!count)
        add_entry(tally, &facet);
    for (size_t i = 0; i < count; i++) {
        facet.tag = tags->items[i];
        add_entry(tally, &facet);
    }
}

static void each_link(struct tally *tally, struct facet facet)
{
    size_t count = 0;
    const struct end *ends = query_ends(facet.subject, &count);

    if (!asks_for(tally, UNIT_LINK))
        count = 0;
    if (!count)
        each_tag(tally, facet);
    for (size_t i = 0; i < count; i++) {
        facet.end = &ends[i];
        each_tag(tally, facet);
    }
}

static void each_voice(struct tally *tally, struct facet facet)
{
    const struct rec_list *voices = &facet.subject->claim->attributed_to;
    size_t count = asks_for(tally, UNIT_VOICE) ? voices->count : 0;

    if (!count)
        each_link(tally, facet);
    for (size_t i = 0; i < count; i++)
        for (facet.voice = voices->items[i]; facet.voice; facet.voice = facet.voice->citing)
            each_link(tally, facet);
}

static int compare_values(const struct tally *tally, const struct sv *a, const struct sv *b)
{
    for (size_t i = 0; i < tally->key_count; i++) {
        int diff = (a[i].len > 0) - (b[i].len > 0);

        if (!diff)
            diff = name_cmp(a[i], b[i]);
        if (diff)
            return diff;
    }
    return 0;
}

static int compare_entries(const void *a, const void *b)
{
    const struct tally_entry *x = a, *y = b;
    int diff = compare_values(x->tally, x->values, y->values);

    return diff ? diff : (x->number > y->number) - (x->number < y->number);
}

static int compare_rows(const void *a, const void *b)
{
    const struct tally_row *x = a, *y = b;

    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return (x->rank > y->rank) - (x->rank < y->rank);
}

static bool refuse(struct sv name, struct err *err)
{
    struct buf list = { 0 };
    size_t count;
    const struct query_word *words = query_words(&count);

    for (size_t i = 0; i < count; i++) {
        struct sv word = sv_from(words[i].text);

        if (sv_ends(word, SV(":")))
            word.len--;
        if (tally_takes(word))
            buf_addf(&list, "%s" SV_FMT, list.len ? ", " : "", SV_ARG(word));
    }
    (void)err_set(err, E_USAGE, ERR_NOWHERE, "nothing can be counted by '" SV_FMT "'; there are %s",
                  SV_ARG(name), buf_cstr(&list));
    buf_release(&list);
    return false;
}

bool tally_takes(struct sv name)
{
    return key_of(name) || query_flag_find(name);
}

bool tally_init(struct tally *tally, struct sv keys, struct err *err)
{
    struct sv name;

    *tally = (struct tally){ 0 };
    while (sv_split(&keys, ',', &name)) {
        size_t i = tally->key_count;

        name = sv_trim(name);
        if (!tally_takes(name))
            return refuse(name, err);
        if (i == TALLY_KEYS)
            return err_set(err, E_USAGE, ERR_NOWHERE, "counted by more than %d keys at once",
                           TALLY_KEYS);
        tally->keys[i] = key_of(name);
        tally->flags[i] = tally->keys[i] ? NULL : query_flag_find(name);
        tally->names[i] = tally->keys[i] ? tally->keys[i]->name : tally->flags[i]->name;
        tally->key_count++;
    }
    return tally->key_count || refuse(SV(""), err);
}

void tally_add(struct tally *tally, const struct query_ctx *ctx, const struct layer *layer,
               const struct claim *claim, const struct voice *voice)
{
    struct subject subject = { ctx, layer, claim };
    struct facet facet = { .subject = &subject, .voice = voice };

    if (voice)
        each_link(tally, facet);
    else
        each_voice(tally, facet);
    tally->added++;
}

void tally_finish(struct tally *tally)
{
    size_t last = SIZE_MAX; // number of the entry counted last

    if (!tally->entry_count)
        return;
    qsort(tally->entries, tally->entry_count, sizeof(*tally->entries), compare_entries);
    tally->rows = arena_new(&tally->arena, tally->entry_count * sizeof(*tally->rows));
    for (size_t i = 0, counted = 0; i < tally->entry_count; i++) {
        const struct tally_entry *entry = &tally->entries[i];

        if (!i || compare_values(tally, entry->values, tally->entries[i - 1].values) != 0) {
            tally->rows[tally->row_count] = (struct tally_row){ entry->values, 0, i };
            tally->row_count++;
            last = SIZE_MAX;
        }
        if (entry->number == last)
            continue;
        last = entry->number;
        tally->rows[tally->row_count - 1].count++;
        tally->is_many |= ++counted > tally->added;
    }
    qsort(tally->rows, tally->row_count, sizeof(*tally->rows), compare_rows);
}

void tally_release(struct tally *tally)
{
    mem_free(tally->entries);
    arena_release(&tally->arena);
    *tally = (struct tally){ 0 };
}
