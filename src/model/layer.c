// Records of one annotator's reading of one article, always in the order of the file.
// Never changes a record: what moves is pointers, so those handed out stay good.
#include "model/layer.h"

#include <stdint.h>
#include <string.h>

#include "base/bug.h"
#include "model/index.h"

#define ID_LENGTH 8 // kind letter and 7 characters

static const char crockford[] = "0123456789abcdefghjkmnpqrstvwxyz";

static const struct section_info infos[SECTION__N] = {
    [SECTION_CLAIMS] = { "claims", KIND_CLAIM, 'c' },
    [SECTION_LINKS] = { "links", KIND_LINK, 'l' },
    [SECTION_FURNITURE] = { "furniture", KIND_FURNITURE, 'f' },
    [SECTION_NOTES] = { "notes", KIND_NOTE, 'n' },
    [SECTION_COMMENTS] = { "comments", KIND_COMMENT, 't' },
};

static struct sv id_of(const void *rec)
{
    return ((const struct record *)rec)->id;
}

static size_t first_of(struct rec_list parts)
{
    return parts.count ? parts_extent(parts).beg : SIZE_MAX;
}

// Does a record at `pos` with `id` come before `rec`?
static bool is_before(const struct layer *layer, enum section section, size_t pos, struct sv id,
                      const void *rec)
{
    size_t other = layer_position(layer, section, rec);

    return pos != other ? pos < other : sv_cmp(id, id_of(rec)) < 0;
}

// Number of records of a section that stand before or at (pos, id).
static size_t rank_of(const struct layer *layer, enum section section, size_t pos, struct sv id)
{
    const void *const *items = layer->sections[section].items;
    size_t beg = 0, end = layer->sections[section].count;

    if (end && !is_before(layer, section, pos, id, items[end - 1]))
        return end; // files are loaded in order
    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;

        if (is_before(layer, section, pos, id, items[mid]))
            end = mid;
        else
            beg = mid + 1;
    }
    return beg;
}

static void item_insert(struct layer *layer, enum section section, const void *rec)
{
    size_t at = rank_of(layer, section, layer_position(layer, section, rec), id_of(rec));
    const void ***items = &layer->sections[section].items;
    size_t *count = &layer->sections[section].count;

    MEM_GROW(*items, *count, layer->sections[section].cap);
    memmove(*items + at + 1, *items + at, (*count - at) * sizeof(**items));
    (*items)[at] = rec;
    ++*count;
}

// Take out `rec`, which stands where its position says.
static void item_remove(struct layer *layer, enum section section, const void *rec)
{
    size_t at = rank_of(layer, section, layer_position(layer, section, rec), id_of(rec));
    const void **items = layer->sections[section].items;
    size_t *count = &layer->sections[section].count;

    BUG_ON(at == 0 || items[at - 1] != rec);
    memmove(items + at - 1, items + at, (*count - at) * sizeof(*items));
    --*count;
}

// Before claim `id` comes, goes or moves, the links that start at it are taken out of the order;
// they come back by links_back. Returns their number. O(links).
static size_t links_out(struct layer *layer, struct sv id, const struct link ***out)
{
    const void **items = layer->sections[SECTION_LINKS].items;
    size_t *count = &layer->sections[SECTION_LINKS].count, kept = 0, taken = 0, cap = 0;

    for (size_t i = 0; i < *count; i++) {
        const struct link *link = items[i];

        if (sv_eq(link->from, id)) {
            MEM_GROW(*out, taken, cap);
            (*out)[taken++] = link;
        } else {
            items[kept++] = link;
        }
    }
    *count = kept;
    return taken;
}

static void links_back(struct layer *layer, const struct link **links, size_t count)
{
    for (size_t i = 0; i < count; i++)
        item_insert(layer, SECTION_LINKS, links[i]);
    mem_free(links);
}

// Put `now` (NULL: nothing) in place of `old` (NULL: nothing).
static void item_swap(struct layer *layer, enum section section, const void *old, const void *now)
{
    if (old)
        item_remove(layer, section, old);
    if (now)
        id_index_put(&layer->sections[section].index, now);
    else
        id_index_drop(layer->sections[section].index, id_of(old));
    if (now)
        item_insert(layer, section, now);
}

static void record_swap(struct layer *layer, enum section section, const void *old, const void *now)
{
    size_t from = old ? layer_position(layer, section, old) : SIZE_MAX;
    size_t to = now ? layer_position(layer, section, now) : SIZE_MAX;
    const struct link **links = NULL;
    size_t link_count = 0;

    if (section == SECTION_CLAIMS && from != to)
        link_count = links_out(layer, id_of(old ? old : now), &links);
    item_swap(layer, section, old, now);
    links_back(layer, links, link_count);
}

const struct section_info *section_get(enum section section)
{
    return &infos[section];
}

void layer_release(struct layer *layer)
{
    for (enum section s = 0; s < SECTION__N; s++) {
        mem_free(layer->sections[s].items);
        id_index_free(layer->sections[s].index);
    }
    arena_release(&layer->arena);
    *layer = (struct layer){ 0 };
}

void layer_put(struct layer *layer, enum section section, const void *rec)
{
    BUG_ON(!rec);
    record_swap(layer, section, layer_find(layer, section, id_of(rec)), rec);
}

void layer_fill(struct layer *layer, enum section section, struct rec_list records)
{
    size_t done = 0, before = 0;

    if (!records.count)
        return;
    layer->sections[section].items = mem_new(records.count * sizeof(*records.items));
    layer->sections[section].cap = records.count;
    // In order as far as they are; the others are put where they belong.
    for (; done < records.count; done++) {
        const void *rec = records.items[done];
        size_t pos = layer_position(layer, section, rec);

        if (done && (pos < before ||
                     (pos == before && sv_cmp(id_of(rec), id_of(records.items[done - 1])) < 0)))
            break;
        before = pos;
        layer->sections[section].items[layer->sections[section].count++] = rec;
        id_index_put(&layer->sections[section].index, rec);
    }
    for (; done < records.count; done++)
        layer_put(layer, section, records.items[done]);
}

void layer_drop(struct layer *layer, enum section section, struct sv id)
{
    const void *old = layer_find(layer, section, id);

    if (old)
        record_swap(layer, section, old, NULL);
}

void layer_set_read(struct layer *layer, struct cp_span_list read)
{
    layer->head.read = read;
}

const void *layer_find(const struct layer *layer, enum section section, struct sv id)
{
    return id_index_find(layer->sections[section].index, id);
}

const struct claim *layer_claim(const struct layer *layer, struct sv id)
{
    return layer_find(layer, SECTION_CLAIMS, id);
}

const void *layer_find_any(const struct layer *layer, struct sv id, enum section *section)
{
    for (enum section s = 0; s < SECTION__N; s++) {
        const void *rec = layer_find(layer, s, id);

        if (rec) {
            *section = s;
            return rec;
        }
    }
    return NULL;
}

// Two digits of a time as a number, 0 .. 99; 0 for what is none.
static size_t digits_at(struct sv time, size_t pos)
{
    struct sv two = sv_sub(time, pos, pos + 2);
    bool ok = two.len == 2 && two.ptr[0] >= '0' && two.ptr[0] <= '9' && two.ptr[1] >= '0' &&
              two.ptr[1] <= '9';

    return ok ? (size_t)(two.ptr[0] - '0') * 10 + (size_t)(two.ptr[1] - '0') : 0;
}

// A number that grows with the time of a comment, the same on every machine: 32 bits hold the years
// 2000 to 2099. SIZE_MAX without a time.
static size_t order_of_time(struct sv time)
{
    size_t year = digits_at(time, 2), month = digits_at(time, 5), day = digits_at(time, 8);
    size_t days = (year * 13 + month) * 32 + day;

    if (!time.len)
        return SIZE_MAX;
    return (days * 24 + digits_at(time, 11)) * 3600 + digits_at(time, 14) * 60 +
           digits_at(time, 17);
}

size_t layer_position(const struct layer *layer, enum section section, const void *rec)
{
    const struct claim *claim;

    switch (section) {
    case SECTION_CLAIMS:
        return first_of(((const struct claim *)rec)->span);
    case SECTION_LINKS:
        claim = layer_claim(layer, ((const struct link *)rec)->from);
        return claim ? first_of(claim->span) : SIZE_MAX;
    case SECTION_FURNITURE:
        return first_of(((const struct furniture *)rec)->span);
    case SECTION_NOTES:
        return first_of(((const struct note *)rec)->span);
    case SECTION_COMMENTS:
        return order_of_time(((const struct comment *)rec)->created);
    case SECTION__N:
        break;
    }
    BUG("no such section");
}

struct rec_list record_parts(enum section section, const void *rec)
{
    switch (section) {
    case SECTION_CLAIMS:
        return ((const struct claim *)rec)->span;
    case SECTION_FURNITURE:
        return ((const struct furniture *)rec)->span;
    case SECTION_NOTES:
        return ((const struct note *)rec)->span;
    case SECTION_LINKS:
    case SECTION_COMMENTS:
    case SECTION__N:
        break;
    }
    return (struct rec_list){ 0 };
}

struct sv layer_new_id(const struct layer *layer, struct arena *arena, enum section section,
                       struct rng *rng)
{
    char text[ID_LENGTH];
    struct sv id = { text, sizeof(text) };
    enum section found;

    do {
        uint64_t bits = rng_next(rng);

        text[0] = infos[section].letter;
        for (size_t i = 1; i < ID_LENGTH; i++, bits >>= 5)
            text[i] = crockford[bits & 31];
    } while (layer_find_any(layer, id, &found));
    return sv_copy(arena, id);
}

bool id_is_valid(struct sv id, char letter)
{
    if (id.len != ID_LENGTH || id.ptr[0] != letter)
        return false;
    for (size_t i = 1; i < ID_LENGTH; i++)
        if (!id.ptr[i] || !strchr(crockford, id.ptr[i]))
            return false;
    return true;
}

struct sv id_derive(struct arena *arena, enum section section, struct sv from,
                    const struct id_index *taken)
{
    char text[ID_LENGTH];
    struct sv id = { text, sizeof(text) };
    size_t hash = 0;

    memset(text, 0, sizeof(text));
    if (from.len == ID_LENGTH)
        memcpy(text, from.ptr, ID_LENGTH);
    text[0] = infos[section].letter;
    while (!id_is_valid(id, text[0]) || id_index_find(taken, id)) {
        hash = hash_bytes(hash + 1, from);
        for (size_t i = 1; i < ID_LENGTH; i++)
            text[i] = crockford[(hash >> (5 * (i - 1))) & 31];
    }
    return sv_copy(arena, id);
}

struct cp_span_list cp_spans_add(struct arena *arena, struct cp_span_list list, struct cp_span span)
{
    struct cp_span *items = arena_new(arena, (list.count + 1) * sizeof(*items));
    size_t count = 0, i = 0;

    if (span.beg >= span.end)
        return list;
    for (; i < list.count && list.items[i].end < span.beg; i++)
        items[count++] = list.items[i];
    for (; i < list.count && list.items[i].beg <= span.end; i++) {
        if (list.items[i].beg < span.beg)
            span.beg = list.items[i].beg;
        if (list.items[i].end > span.end)
            span.end = list.items[i].end;
    }
    items[count++] = span;
    while (i < list.count)
        items[count++] = list.items[i++];
    return (struct cp_span_list){ items, count };
}

struct cp_span_list cp_spans_cut(struct arena *arena, struct cp_span_list list, struct cp_span span)
{
    struct cp_span *items = arena_new(arena, (list.count + 1) * sizeof(*items));
    size_t count = 0;

    if (span.beg >= span.end)
        return list;
    for (size_t i = 0; i < list.count; i++) {
        struct cp_span s = list.items[i];
        struct cp_span head = { s.beg, s.end < span.beg ? s.end : span.beg };
        struct cp_span tail = { s.beg > span.end ? s.beg : span.end, s.end };

        if (head.beg < head.end)
            items[count++] = head;
        if (tail.beg < tail.end)
            items[count++] = tail;
    }
    return (struct cp_span_list){ items, count };
}

struct cp_span parts_extent(struct rec_list parts)
{
    struct cp_span extent = { SIZE_MAX, 0 };

    for (size_t i = 0; i < parts.count; i++) {
        const struct part *part = parts.items[i];

        extent.beg = part->at.beg < extent.beg ? part->at.beg : extent.beg;
        extent.end = part->at.end > extent.end ? part->at.end : extent.end;
    }
    return parts.count ? extent : (struct cp_span){ 0 };
}
