// Line and column of a record's field, for messages. Declared in doc.h.
// Never parses again: it counts lines once, after each save at most.
#include <stdint.h>
#include <string.h>

#include "store/doc_runs.h"

struct slot {
    const void *rec; // NULL: free; a record, or a map inside one
    const struct record_run *run;
    const struct head_run *section;
};

struct place_cache {
    bool is_made;
    size_t *lines; // where each line begins
    size_t line_count, line_cap;
    struct slot *slots; // records and maps in them by pointer, at most half full
    size_t slot_count, used;
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

static void add_slot(struct place_cache *cache, struct slot new)
{
    if (2 * (cache->used + 1) > cache->slot_count) {
        struct slot *old = cache->slots;
        size_t old_count = cache->slot_count;

        cache->slot_count = old_count ? 2 * old_count : 64;
        cache->slots = mem_new(cache->slot_count * sizeof(*cache->slots));
        cache->used = 0;
        for (size_t i = 0; i < old_count; i++)
            if (old[i].rec)
                add_slot(cache, old[i]);
        mem_free(old);
    }

    size_t at = hash(new.rec, cache->slot_count);

    while (cache->slots[at].rec && cache->slots[at].rec != new.rec)
        at = (at + 1) % cache->slot_count;
    cache->used += !cache->slots[at].rec;
    cache->slots[at] = new;
}

// A record and the maps in it.
static void add_record(struct place_cache *cache, enum kind_id id, struct slot slot)
{
    const struct kind *kind = kind_get(id);
    const void *rec = slot.rec;

    if (!rec)
        return;
    add_slot(cache, slot);
    for (const struct field *f = kind->fields; f < kind->fields + kind->field_count; f++) {
        const void *member = field_get(rec, f);

        if (f->type == FIELD_MAP) {
            slot.rec = *(const void *const *)member;
            add_record(cache, f->sub, slot);
        }
        for (size_t i = 0; f->type == FIELD_LIST && i < ((const struct rec_list *)member)->count;
             i++) {
            slot.rec = ((const struct rec_list *)member)->items[i];
            add_record(cache, f->sub, slot);
        }
    }
}

static void make_slots(struct place_cache *cache, const struct doc *doc)
{
    for (const struct head_run *head = doc->heads; head < doc->heads + doc->count; head++)
        for (size_t i = 0; i < head->count; i++)
            add_record(cache, head->field->sub,
                       (struct slot){ head->records[i].rec, &head->records[i], head });
}

static const struct slot *find_slot(const struct place_cache *cache, const void *rec)
{
    if (!cache->used)
        return NULL;
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

// The node of the map `wanted` in `node`, which is that of `rec`; NULL when the two do not fit.
static const struct ynode *find_node(enum kind_id id, const void *rec, const struct ynode *node,
                                     const void *wanted)
{
    const struct kind *kind = kind_get(id);

    if (rec == wanted)
        return node;
    for (const struct field *f = kind->fields; f < kind->fields + kind->field_count && rec; f++) {
        const void *member = field_get(rec, f);
        const struct ynode *value = ynode_get(node, f->key), *hit = NULL;

        if (!value)
            continue;
        if (f->type == FIELD_MAP)
            hit = find_node(f->sub, *(const void *const *)member, value, wanted);
        if (f->type == FIELD_LIST) {
            const struct rec_list *list = member;

            for (size_t i = 0; i < list->count && i < value->count && !hit; i++)
                hit = find_node(f->sub, list->items[i], value->items[i], wanted);
        }
        if (hit)
            return hit;
    }
    return NULL;
}

// Where in its record's lines a map's key stands, or the map; the record's beginning when it cannot
// be found.
static size_t nested_pos(const struct doc *doc, const struct slot *slot, const struct field *field)
{
    const struct record_run *run = slot->run;
    struct arena arena = { 0 };
    struct ynode *root = NULL;
    struct err err = { 0 };
    size_t pos = run->beg;

    if (yaml_parse(sv_sub(buf_sv(&doc->bytes), run->beg, run->end), NULL, &arena, &root, &err) &&
        root && root->type == YNODE_LIST && root->count == 1) {
        const struct ynode *node =
            find_node(slot->section->field->sub, run->rec, root->items[0], slot->rec);

        for (size_t i = 0; node && field && node->type == YNODE_MAP && i < node->count; i += 2)
            if (sv_eq_cstr(node->items[i]->text, field->key)) {
                node = node->items[i];
                break;
            }
        pos += node ? node->bytes.beg : 0;
    }
    err_release(&err);
    arena_release(&arena);
    return pos;
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
        return place_of(doc, slot->run->rec == rec ? field_pos(slot, field)
                                                   : nested_pos(doc, slot, field));
    if (slot) // somewhere in a flow list: the line of its section
        return doc->is_flow ? nowhere : place_of(doc, slot->section->beg);
    for (size_t i = 0; field && i < doc->count && !doc->is_flow; i++)
        if (doc->heads[i].field && !strcmp(doc->heads[i].field->key, field->key))
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
