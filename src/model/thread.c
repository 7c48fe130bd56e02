// Threads made of comments. Never changes a record; the same layers give the same threads in
// whatever order they come.
#include "model/thread.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"

#define NONE SIZE_MAX

// A comment, the one that began its thread, and where the thread's record stands. One comes behind
// the one it answers, whatever the clocks of two machines said.
struct entry {
    struct said said;
    struct sv when; // the latest time of it and those it answers
    size_t depth;   // how many of those there are
    size_t parent, root;
    enum { NEW, ON_THE_WAY, DONE } state;
    struct comment_ref about;
    const struct layer *layer; // of the record; NULL: not given
    enum section section;
    const void *rec;
    size_t place;
    struct said first; // of the thread
};

struct collection {
    const struct layer **layers; // by article, then annotator
    size_t layer_count;
    struct entry *entries; // by article, id, annotator; at last in the order of the threads
    size_t count, cap;
};

struct comment_ref comment_ref_parse(struct sv text, struct sv own)
{
    size_t slash = sv_find(text, SV("/"), 0);

    if (slash == SIZE_MAX)
        return (struct comment_ref){ own, text };
    return (struct comment_ref){ sv_sub(text, 0, slash), sv_sub(text, slash + 1, text.len) };
}

bool comment_opens(const struct comment *comment)
{
    return sv_eq_cstr(comment->kind, "question") || sv_eq_cstr(comment->kind, "reopened");
}

bool comment_resolves(const struct comment *comment)
{
    return sv_eq_cstr(comment->kind, "resolved");
}

static int compare_ids(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int diff = sv_cmp(x->said.layer->head.article, y->said.layer->head.article);

    if (!diff)
        diff = sv_cmp(x->said.comment->id, y->said.comment->id);
    return diff ? diff : sv_cmp(x->said.layer->head.annotator, y->said.layer->head.annotator);
}

static int compare_first(const struct said *a, const struct said *b)
{
    int diff = sv_cmp(a->comment->created, b->comment->created);

    if (!diff)
        diff = sv_cmp(a->comment->id, b->comment->id);
    return diff ? diff : sv_cmp(a->layer->head.annotator, b->layer->head.annotator);
}

static int compare_entries(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    int diff = sv_cmp(x->said.layer->head.article, y->said.layer->head.article);

    if (diff)
        return diff;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    diff = sv_cmp(x->about.id, y->about.id);
    if (!diff)
        diff = compare_first(&x->first, &y->first);
    if (diff)
        return diff;
    if (!x->depth != !y->depth)
        return x->depth ? 1 : -1;
    diff = sv_cmp(x->when, y->when);
    if (!diff && x->depth != y->depth)
        return x->depth < y->depth ? -1 : 1;
    return diff ? diff : compare_first(&x->said, &y->said);
}

// Number of the entry that this one answers, or NONE.
static size_t answered(const struct collection *all, const struct entry *entry)
{
    const struct layer_head *head = &entry->said.layer->head;
    struct comment_ref ref = comment_ref_parse(entry->said.comment->reply_to, head->annotator);
    struct layer layer = { .head = { .article = head->article, .annotator = ref.annotator } };
    struct comment comment = { .id = ref.id };
    struct entry wanted = { .said = { &layer, &comment } };
    const struct entry *found =
        ref.id.len ? bsearch(&wanted, all->entries, all->count, sizeof(*all->entries), compare_ids)
                   : NULL;

    return found ? (size_t)(found - all->entries) : NONE;
}

// Follow the answers up to where the thread begins, and note it for all on the way. A ring begins
// at the one that would close it.
//   way  room for all entries
static void find_root(struct collection *all, size_t at, size_t *way)
{
    struct entry *entries = all->entries;
    size_t count = 0;

    while (at != NONE && entries[at].state == NEW) {
        entries[at].state = ON_THE_WAY;
        way[count++] = at;
        at = entries[at].parent;
    }
    if (at != NONE && entries[at].state == ON_THE_WAY)
        at = NONE;
    while (count) {
        const struct entry *up = at == NONE ? NULL : &entries[at];
        struct entry *entry = &entries[way[--count]];

        entry->root = up ? up->root : way[count];
        entry->depth = up ? up->depth + 1 : 0;
        entry->when = entry->said.comment->created;
        if (up && sv_cmp(entry->when, up->when) < 0)
            entry->when = up->when;
        entry->state = DONE;
        at = way[count];
    }
}

static int compare_layers(const void *a, const void *b)
{
    const struct layer *const *x = a, *const *y = b;
    int diff = sv_cmp((*x)->head.article, (*y)->head.article);

    return diff ? diff : sv_cmp((*x)->head.annotator, (*y)->head.annotator);
}

static const struct layer *find_layer(const struct collection *all, struct sv article,
                                      struct sv annotator)
{
    const struct layer wanted = { .head = { .article = article, .annotator = annotator } };
    const struct layer *key = &wanted;
    const struct layer **found =
        bsearch(&key, all->layers, all->layer_count, sizeof(*all->layers), compare_layers);

    return found ? *found : NULL;
}

static void find_record(const struct collection *all, struct entry *entry)
{
    const struct layer *home;

    entry->first = all->entries[entry->root].said;
    home = entry->first.layer;
    entry->about = comment_ref_parse(entry->first.comment->about, home->head.annotator);
    entry->layer = find_layer(all, home->head.article, entry->about.annotator);
    if (entry->layer)
        entry->rec = layer_find_any(entry->layer, entry->about.id, &entry->section);
    entry->place = entry->rec ? layer_position(entry->layer, entry->section, entry->rec) : SIZE_MAX;
}

static void find_threads(struct collection *all)
{
    size_t *way = mem_new(all->count * sizeof(*way));

    qsort(all->entries, all->count, sizeof(*all->entries), compare_ids);
    for (size_t i = 0; i < all->count; i++)
        all->entries[i].parent = answered(all, &all->entries[i]);
    for (size_t i = 0; i < all->count; i++)
        find_root(all, i, way);
    for (size_t i = 0; i < all->count; i++)
        find_record(all, &all->entries[i]);
    qsort(all->entries, all->count, sizeof(*all->entries), compare_entries);
    mem_free(way);
}

static void collect(struct collection *all, const struct layer *const *layers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < layers[i]->sections[SECTION_COMMENTS].count; j++) {
            MEM_GROW(all->entries, all->count, all->cap);
            all->entries[all->count++] =
                (struct entry){ .said = { layers[i],
                                          layers[i]->sections[SECTION_COMMENTS].items[j] } };
        }
    if (!all->count)
        return;
    all->layers = (void *)mem_copy((const void *)layers, count * sizeof(*layers));
    all->layer_count = count;
    qsort(all->layers, count, sizeof(*all->layers), compare_layers);
    find_threads(all);
}

// The last word on it; the comment that began the thread opens it, whatever it says.
static bool is_open(const struct thread *thread)
{
    bool open = !comment_resolves(thread->items[0].comment);

    for (size_t i = 1; i < thread->count; i++) {
        if (comment_opens(thread->items[i].comment))
            open = true;
        else if (comment_resolves(thread->items[i].comment))
            open = false;
    }
    return open;
}

static void add_thread(struct threads *threads, const struct entry *entries, size_t count)
{
    struct said *items = arena_new(&threads->arena, count * sizeof(*items));
    struct thread *thread = &threads->items[threads->count++];

    for (size_t i = 0; i < count; i++)
        items[i] = entries[i].said;
    *thread = (struct thread){ .article = entries[0].said.layer->head.article,
                               .about = entries[0].about,
                               .layer = entries[0].layer,
                               .section = entries[0].section,
                               .rec = entries[0].rec,
                               .items = items,
                               .count = count };
    thread->is_open = is_open(thread);
}

void threads_find(const struct layer *const *layers, size_t count, struct threads *out)
{
    struct collection all = { 0 };

    *out = (struct threads){ 0 };
    collect(&all, layers, count);
    if (all.count)
        out->items = arena_new(&out->arena, all.count * sizeof(*out->items));
    for (size_t i = 0, next; i < all.count; i = next) {
        for (next = i + 1;
             next < all.count && all.entries[next].first.comment == all.entries[i].first.comment;)
            next++;
        add_thread(out, &all.entries[i], next - i);
    }
    mem_free(all.entries);
    mem_free(all.layers);
}

void threads_release(struct threads *threads)
{
    arena_release(&threads->arena);
    *threads = (struct threads){ 0 };
}

// The first thread of an article, or where it would stand.
static size_t first_of(const struct threads *threads, struct sv article)
{
    size_t beg = 0, end = threads->count;

    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;

        if (sv_cmp(threads->items[mid].article, article) < 0)
            beg = mid + 1;
        else
            end = mid;
    }
    return beg;
}

const struct thread *threads_on(const struct threads *threads, struct sv article,
                                struct comment_ref about, size_t index)
{
    for (size_t i = first_of(threads, article);
         i < threads->count && sv_eq(threads->items[i].article, article); i++) {
        const struct thread *thread = &threads->items[i];

        if (sv_eq(thread->about.id, about.id) && sv_eq(thread->about.annotator, about.annotator) &&
            !index--)
            return thread;
    }
    return NULL;
}

size_t threads_open_on(const struct threads *threads, struct sv article, struct comment_ref about)
{
    const struct thread *thread;
    size_t count = 0;

    for (size_t i = 0; (thread = threads_on(threads, article, about, i)); i++)
        count += thread->is_open;
    return count;
}
