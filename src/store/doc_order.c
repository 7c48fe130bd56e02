// Order of the records of a section after a change.
// Never moves a record that did not change, but for those that stood in order and no longer do.
#include "store/doc_order.h"

#include <string.h>

#include "model/index.h"

// Of what lies between the records that stay at the beginning and at the end.
struct plan {
    enum kind_id kind;
    const struct record_run *olds; // of the section
    size_t old_count;
    struct rec_list list;
    bool has_head;  // records stay before them
    size_t *match;  // of each record of the list: index in the section, or NOWHERE
    size_t *rank;   // of each record of the section: index in the list, or NOWHERE
    bool *is_same;  // of each record of the section: the list has it as it is
    bool *is_moved; // of those that are the same: not where the list has it
    bool *stays;    // of each record of the section
    size_t *next;   // chain of the records to be: 0 .. n-1 of the section, n .. of the list
    size_t first;
};

static const void *old_rec(const struct plan *p, size_t i)
{
    return p->olds[i].rec;
}

// A record of the section as id_index wants it: the id first, then where it is.
struct entry {
    struct sv id;
    size_t index;
};

static struct id_index *index_section(const struct plan *p, struct arena *arena)
{
    struct id_index *index = NULL;

    for (size_t i = 0; i < p->old_count; i++) {
        if (!old_rec(p, i))
            continue;

        struct entry *entry = arena_new(arena, sizeof(*entry));

        *entry = (struct entry){ ((const struct record *)old_rec(p, i))->id, i };
        id_index_put(&index, entry);
    }
    return index;
}

// Pair both sides: by pointer while they run alike, then by id.
static void match_all(struct plan *p, struct arena *arena)
{
    struct id_index *index = NULL;
    size_t j = 0;

    for (size_t i = 0; i < p->list.count; i++) {
        const struct record *rec = p->list.items[i];

        while (j < p->old_count && !old_rec(p, j))
            j++;
        if (j < p->old_count && old_rec(p, j) == (const void *)rec) {
            p->match[i] = j++;
        } else {
            if (!index)
                index = index_section(p, arena);

            const struct entry *entry = id_index_find(index, rec->id);

            p->match[i] = entry && p->rank[entry->index] == NOWHERE ? entry->index : NOWHERE;
            if (p->match[i] != NOWHERE)
                j = p->match[i] + 1;
        }
        if (p->match[i] == NOWHERE)
            continue;

        const void *old = old_rec(p, p->match[i]);

        p->rank[p->match[i]] = i;
        p->is_same[p->match[i]] = old == (const void *)rec || record_eq(p->kind, old, rec);
    }
    id_index_free(index);
}

// Do the untouched records stand in the order of the list?
static bool is_sorted(const struct plan *p)
{
    size_t last = 0;

    for (size_t i = 0; i < p->old_count; i++) {
        if (!p->is_same[i])
            continue;
        if (p->rank[i] < last)
            return false;
        last = p->rank[i];
    }
    return true;
}

// Of the untouched records only the longest run of them that is in the order of the list stays;
// which of equally long ones does not matter. The others count as moved.
static void keep_longest(struct plan *p, struct arena *arena)
{
    size_t n = p->old_count, count = 0;
    size_t *ends =
        arena_new(arena, (n + 1) * sizeof(*ends)); // ends[k]: last of the best run of k + 1
    size_t *before = arena_new(arena, (n + 1) * sizeof(*before));

    for (size_t i = 0; i < n; i++) {
        size_t beg = 0, end = count;

        if (!p->is_same[i])
            continue;
        while (beg < end) {
            size_t mid = beg + (end - beg) / 2;

            if (p->rank[ends[mid]] < p->rank[i])
                beg = mid + 1;
            else
                end = mid;
        }
        before[i] = beg ? ends[beg - 1] : NOWHERE;
        ends[beg] = i;
        count += beg == count;
    }
    for (size_t i = 0; i < n; i++)
        p->is_moved[i] = p->is_same[i];
    for (size_t i = count ? ends[count - 1] : NOWHERE; i != NOWHERE; i = before[i])
        p->is_moved[i] = false;
}

static bool is_fixed(const struct plan *p, size_t i)
{
    return p->is_same[i] && !p->is_moved[i];
}

static void find_stays(struct plan *p, bool sorted)
{
    size_t n = p->old_count, last = 0, limit = NOWHERE;

    // From behind: a changed record must come before the next untouched one. In next[], for the
    // moment.
    for (size_t i = n; i-- > 0;) {
        p->next[i] = limit;
        if (is_fixed(p, i))
            limit = p->rank[i];
    }
    for (size_t i = 0; i < n; i++) {
        p->stays[i] = !old_rec(p, i) || is_fixed(p, i) ||
                      (!p->is_moved[i] && p->rank[i] != NOWHERE &&
                       (!sorted || (p->rank[i] >= last && p->rank[i] < p->next[i])));
        if (p->stays[i] && old_rec(p, i))
            last = p->rank[i];
    }
}

static size_t node_of(const struct plan *p, size_t item)
{
    size_t old = p->match[item];

    return old != NOWHERE && p->stays[old] ? old : p->old_count + item;
}

static void link_behind(struct plan *p, size_t node, size_t before)
{
    size_t *link = before == NOWHERE ? &p->first : &p->next[before];

    p->next[node] = *link;
    *link = node;
}

// The first record of the list that stays in the file decides where those before it go: in front of
// it.
static size_t before_first(const struct plan *p)
{
    for (size_t i = 0; i < p->list.count; i++)
        if (node_of(p, i) < p->old_count)
            return node_of(p, i) ? node_of(p, i) - 1 : NOWHERE;
    return p->old_count ? p->old_count - 1 : NOWHERE;
}

static void link_all(struct plan *p)
{
    size_t n = p->old_count, before;

    p->first = n ? 0 : NOWHERE;
    for (size_t i = 0; i < n; i++)
        p->next[i] = i + 1 < n ? i + 1 : NOWHERE;
    before = p->has_head ? NOWHERE : before_first(p);
    for (size_t i = 0; i < p->list.count; i++) {
        size_t node = node_of(p, i);

        if (node >= n)
            link_behind(p, node, before);
        before = node;
    }
}

static struct place place_of(const struct plan *p, size_t node)
{
    size_t n = p->old_count;

    if (node >= n) {
        size_t item = node - n, old = p->match[item];

        return (struct place){ old == NOWHERE ? MOVE_NEW : MOVE_HERE,
                               old == NOWHERE || !p->is_same[old], old, p->list.items[item] };
    }
    if (!p->stays[node])
        return (struct place){ MOVE_AWAY, false, node, NULL };
    if (!old_rec(p, node))
        return (struct place){ MOVE_STAY, false, node, NULL };
    return (struct place){ MOVE_STAY, !p->is_same[node], node, p->list.items[p->rank[node]] };
}

// Records that both sides have at their beginning, or at their end, the very same.
static size_t count_head(const struct head_run *section, struct rec_list list)
{
    size_t count = 0;

    while (count < section->count && count < list.count && section->records[count].rec &&
           section->records[count].rec == list.items[count])
        count++;
    return count;
}

static size_t count_tail(const struct head_run *section, struct rec_list list, size_t head)
{
    const struct record_run *end = section->records + section->count;
    size_t count = 0;

    while (head + count < section->count && head + count < list.count && end[-1].rec &&
           end[-1].rec == list.items[list.count - 1 - count]) {
        count++;
        end--;
    }
    return count;
}

static void plan_init(struct plan *p, struct arena *arena)
{
    size_t n = p->old_count, max = n + p->list.count;

    p->match = arena_new(arena, p->list.count * sizeof(*p->match));
    p->rank = arena_new(arena, n * sizeof(*p->rank));
    p->is_same = arena_new(arena, n * sizeof(*p->is_same));
    p->is_moved = arena_new(arena, n * sizeof(*p->is_moved));
    p->stays = arena_new(arena, n * sizeof(*p->stays));
    p->next = arena_new(arena, max * sizeof(*p->next));
    for (size_t i = 0; i < n; i++)
        p->rank[i] = NOWHERE;
}

struct order order_plan(const struct head_run *section, struct rec_list list,
                        bool (*was_sorted)(const void *ctx), const void *ctx, struct arena *arena)
{
    struct order order = { .head = count_head(section, list) };

    order.tail = count_tail(section, list, order.head);

    size_t rest = order.head + order.tail;
    struct plan p = { .kind = section->field->sub,
                      .olds = section->records + order.head,
                      .old_count = section->count - rest,
                      .list = { list.items + order.head, list.count - rest },
                      .has_head = order.head > 0 };

    order.places = arena_new(arena, (p.old_count + p.list.count) * sizeof(*order.places));
    plan_init(&p, arena);
    match_all(&p, arena);

    bool sorted = is_sorted(&p);

    if (!sorted && was_sorted(ctx)) {
        keep_longest(&p, arena);
        sorted = true;
    }
    find_stays(&p, sorted);
    link_all(&p);
    for (size_t node = p.first; node != NOWHERE; node = p.next[node]) {
        struct place place = place_of(&p, node);

        if (place.old != NOWHERE)
            place.old += order.head;
        order.places[order.count++] = place;
    }
    return order;
}
