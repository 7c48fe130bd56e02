// Line and column of a record's field, for messages. Declared in doc.h.
// Never parses again: it counts lines once, after each save at most.
#include <stdint.h>
#include <string.h>

#include "store/doc_runs.h"

struct slot {
    const void *rec; // NULL: free
    const struct record_run *run;
    const struct head_run *section;
};

struct place_cache {
    bool is_made;
    size_t *lines; // where each line begins
    size_t line_count, line_cap;
    struct slot *slots; // records by pointer
    size_t slot_count;
};

static size_t hash(const void *rec, size_t slot_count)
{
    return ((uintptr_t)rec >> 4) * 0x9e3779b97f4a7c15U % slot_count;
}

static void make_lines(struct place_cache *cache, struct sv bytes)
{
    for (size_t beg = 0; beg < bytes.len; beg = line_next(bytes, beg)) {
        MEM_GROW(cache->lines, cache->line_count, cache->line_cap);
        cache->lines[cache->line_count++] = beg;
    }
}

static void make_slots(struct place_cache *cache, const struct doc *doc)
{
    size_t records = 0;

    for (size_t h = 0; h < doc->count; h++)
        records += doc->heads[h].count;
    cache->slot_count = 2 * records + 1;
    cache->slots = mem_new(cache->slot_count * sizeof(*cache->slots));
    for (const struct head_run *head = doc->heads; head < doc->heads + doc->count; head++)
        for (size_t i = 0; i < head->count; i++) {
            const void *rec = head->records[i].rec;
            size_t slot = hash(rec, cache->slot_count);

            if (!rec)
                continue;
            while (cache->slots[slot].rec)
                slot = (slot + 1) % cache->slot_count;
            cache->slots[slot] = (struct slot){ rec, &head->records[i], head };
        }
}

static const struct slot *find_slot(const struct place_cache *cache, const void *rec)
{
    for (size_t slot = hash(rec, cache->slot_count); cache->slots[slot].rec;
         slot = (slot + 1) % cache->slot_count)
        if (cache->slots[slot].rec == rec)
            return &cache->slots[slot];
    return NULL;
}

// The line `pos` is in, and the first text in it from `pos` on that is neither blank nor dash.
static struct err_at place_of(const struct doc *doc, size_t pos)
{
    const struct place_cache *cache = doc->places;
    struct sv bytes = buf_sv(&doc->bytes);
    size_t low = 0, high = cache->line_count;
    int col = 1;

    while (pos < bytes.len && (bytes.ptr[pos] == ' ' || bytes.ptr[pos] == '-'))
        pos++;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;

        if (cache->lines[mid] <= pos)
            low = mid;
        else
            high = mid;
    }
    for (size_t i = high ? cache->lines[low] : 0; i < pos; i++)
        col += ((unsigned char)bytes.ptr[i] & 0xc0) != 0x80;
    return (struct err_at){ buf_cstr(&doc->path), (int)low + 1, col };
}

static size_t field_pos(const struct slot *slot, const struct field *field)
{
    const struct kind *kind = kind_get(slot->section->field->sub);
    const struct record_run *run = slot->run;

    for (size_t i = 0; field && i < run->field_count; i++)
        if (run->fields[i].field != FIELD_UNKNOWN && &kind->fields[run->fields[i].field] == field)
            return run->beg + run->fields[i].beg;
    return run->beg;
}

struct err_at doc_place(const struct doc *doc, const void *rec, const struct field *field)
{
    struct place_cache *cache = doc->places;
    struct err_at nowhere = { buf_cstr(&doc->path), 0, 0 };

    if (!cache->is_made) {
        make_lines(cache, buf_sv(&doc->bytes));
        make_slots(cache, doc);
        cache->is_made = true;
    }

    const struct slot *slot = rec ? find_slot(cache, rec) : NULL;

    if (slot && slot->section->is_block)
        return place_of(doc, field_pos(slot, field));
    if (slot) // somewhere in a flow list: the line of its section
        return doc->is_flow ? nowhere : place_of(doc, slot->section->beg);
    for (size_t i = 0; field && i < doc->count && !doc->is_flow; i++)
        if (doc->heads[i].field == field || (!rec && !strcmp(doc->heads[i].field->key, field->key)))
            return place_of(doc, doc->heads[i].beg);
    return nowhere;
}

struct place_cache *doc_places_new(void)
{
    return mem_new(sizeof(struct place_cache));
}

void doc_places_drop(struct place_cache *cache)
{
    if (!cache)
        return;
    mem_free(cache->lines);
    mem_free(cache->slots);
    *cache = (struct place_cache){ 0 };
}
