// Work left, brought up to date: of the few records that a change is about, and those that look at
// them. Declared in model/worklist.h. Never finds another thing than looking at all of them would.
#include "model/worklist_inner.h"
#include "model/worklist_text.h"

#include <string.h>

#include "base/attr.h"

#define DIRTY_MOST 64 // records; with more it is as quick to look at all

// Records of in->layer whose items are to be found anew: with a claim those links that begin at it,
// with a link the claim that it begins at, since they tell things of each other.
struct dirty {
    const struct worklist_input *in;
    struct {
        enum section section;
        struct sv id;
    } items[DIRTY_MOST];
    size_t count;
    bool is_full;
    const void *recs[3 * DIRTY_MOST]; // as they are and were
    size_t rec_count;
};

static void dirty_rec(struct dirty *dirty, const void *rec)
{
    if (rec && dirty->rec_count < ARRAY_LEN(dirty->recs))
        dirty->recs[dirty->rec_count++] = rec;
    else if (rec)
        dirty->is_full = true;
}

static void dirty_add(struct dirty *dirty, enum section section, struct sv id)
{
    for (size_t i = 0; i < dirty->count; i++)
        if (dirty->items[i].section == section && sv_eq(dirty->items[i].id, id))
            return;
    if (dirty->count == DIRTY_MOST) {
        dirty->is_full = true;
        return;
    }
    dirty->items[dirty->count].section = section;
    dirty->items[dirty->count++].id = id;
    dirty_rec(dirty, layer_find(dirty->in->layer, section, id));
}

static struct sv far_article(const struct layer *home, const struct link *link)
{
    return link->to && link->to->article.len ? link->to->article : home->head.article;
}

// Links of the layer that lead to a claim of `layer`, or begin at it.
static void add_links(struct dirty *dirty, const struct layer *layer, struct sv claim)
{
    const struct layer *own = dirty->in->layer;

    for (size_t i = 0; i < own->sections[SECTION_LINKS].count; i++) {
        const struct link *link = own->sections[SECTION_LINKS].items[i];
        bool is_from = layer == own && sv_eq(link->from, claim);
        bool is_to = link->to && sv_eq(link->to->claim, claim) &&
                     sv_eq(far_article(own, link), layer->head.article);

        if (is_from || is_to)
            dirty_add(dirty, SECTION_LINKS, link->id);
    }
}

static void add_repeats(struct dirty *dirty, struct sv claim)
{
    const struct layer *own = dirty->in->layer;

    for (size_t i = 0; i < own->sections[SECTION_CLAIMS].count; i++) {
        const struct claim *it = own->sections[SECTION_CLAIMS].items[i];

        for (size_t j = 0; j < it->repeats.count; j++)
            if (sv_eq(it->repeats.items[j], claim))
                dirty_add(dirty, SECTION_CLAIMS, it->id);
    }
}

// The claims of the layer at the ends of a link.
static void add_ends(struct dirty *dirty, const struct layer *home, const struct link *link)
{
    const struct layer *own = dirty->in->layer;

    if (link && home == own)
        dirty_add(dirty, SECTION_CLAIMS, link->from);
    if (link && link->to && sv_eq(far_article(home, link), own->head.article))
        dirty_add(dirty, SECTION_CLAIMS, link->to->claim);
}

static void add_delta(struct dirty *dirty, const struct delta *delta)
{
    bool is_own = delta->layer == dirty->in->layer;
    struct sv id = ((const struct record *)(delta->gone ? delta->gone : delta->come))->id;

    if (is_own && delta->section != SECTION_COMMENTS) {
        dirty_rec(dirty, delta->gone);
        dirty_add(dirty, delta->section, id);
    }
    if (delta->section == SECTION_CLAIMS)
        add_links(dirty, delta->layer, id);
    if (delta->section == SECTION_CLAIMS && is_own)
        add_repeats(dirty, id);
    if (delta->section == SECTION_LINKS) {
        add_ends(dirty, delta->layer, delta->gone);
        add_ends(dirty, delta->layer, delta->come);
    }
}

static void add_links_from(struct dirty *dirty, struct sv claim)
{
    const struct layer *own = dirty->in->layer;

    for (size_t i = 0; i < own->sections[SECTION_LINKS].count; i++) {
        const struct link *link = own->sections[SECTION_LINKS].items[i];

        if (sv_eq(link->from, claim))
            dirty_add(dirty, SECTION_LINKS, link->id);
    }
}

// What those that are there already bring with them.
static void add_neighbours(struct dirty *dirty)
{
    for (size_t i = 0; i < dirty->count && !dirty->is_full; i++) {
        struct sv id = dirty->items[i].id;
        const struct link *link = layer_find(dirty->in->layer, SECTION_LINKS, id);

        if (dirty->items[i].section == SECTION_CLAIMS)
            add_links_from(dirty, id);
        else if (dirty->items[i].section == SECTION_LINKS && link)
            dirty_add(dirty, SECTION_CLAIMS, link->from);
    }
}

static bool is_dirty(const struct dirty *dirty, const struct work_item *item)
{
    for (size_t i = 0; i < dirty->rec_count; i++)
        if (dirty->recs[i] == item->rec)
            return true;
    return item->kind == LEFT_COMMENT;
}

static void drop_items(const struct dirty *dirty, struct worklist *list)
{
    size_t at = 0, kept;

    while (at < list->count && list->items[at].kind != LEFT_TEXT &&
           !is_dirty(dirty, &list->items[at]))
        at++;
    for (kept = at; at < list->count && list->items[at].kind != LEFT_TEXT; at++)
        if (!is_dirty(dirty, &list->items[at]))
            list->items[kept++] = list->items[at];
    if (kept == at)
        return;
    memmove(list->items + kept, list->items + at, (list->count - at) * sizeof(*list->items));
    list->count -= at - kept;
}

// Put the items of `fresh`, which are in order, among those of `list`.
static void merge(const struct worklist *fresh, struct worklist *list)
{
    size_t old = list->count, left = fresh->count, at;

    for (size_t i = 0; i < fresh->count; i++) {
        MEM_GROW(list->items, list->count, list->cap);
        list->count++;
    }
    for (at = list->count; left;) {
        if (old && work_compare(&list->items[old - 1], &fresh->items[left - 1]) > 0)
            list->items[--at] = list->items[--old];
        else
            list->items[--at] = fresh->items[--left];
    }
}

static void find_again(const struct dirty *dirty, struct worklist *list)
{
    struct worklist fresh = { .arena = list->arena };
    struct work work;
    struct anchors *own = work_begin(&work, dirty->in, &fresh);

    for (size_t i = 0; i < dirty->count; i++) {
        enum section section = dirty->items[i].section;
        const void *rec = layer_find(dirty->in->layer, section, dirty->items[i].id);

        if (rec)
            work_find_record(&work, section, rec);
    }
    work_find_threads(&work);
    work_sort(&fresh);
    list->arena = fresh.arena;
    merge(&fresh, list);
    mem_free(fresh.items);
    anchors_free(own);
}

bool worklist_update(const struct worklist_input *in, const struct delta *deltas, size_t count,
                     struct worklist *list)
{
    struct dirty dirty = { .in = in };

    if (in->article && !in->is_of_records && !list->cover)
        return false;
    for (size_t i = 0; i < count && !dirty.is_full; i++)
        add_delta(&dirty, &deltas[i]);
    add_neighbours(&dirty);
    if (dirty.is_full)
        return false;
    drop_items(&dirty, list);
    find_again(&dirty, list);
    if (list->cover)
        cover_update(in, deltas, count, list);
    return true;
}
