// The sources of a workspace, sorted by id, found by id, by an id merged away, and by what is
// typed. Never guesses: an alias of two sources is for the checker to report.
#include "model/registry.h"

#include <string.h>

#include "model/name.h"
#include "model/near.h"

// Part of a word: ASCII letters and digits, and every byte of a character beyond ASCII.
static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

// Index of `id` in a sorted list, or of the place where it belongs.
static size_t rank_of(const struct source *const *items, size_t count, struct sv id, bool *found)
{
    size_t beg = 0, end = count;

    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;

        if (sv_cmp(items[mid]->id, id) < 0)
            beg = mid + 1;
        else
            end = mid;
    }
    *found = beg < count && sv_eq(items[beg]->id, id);
    return beg;
}

static const struct source *find_in(const struct source *const *items, size_t count, struct sv id)
{
    bool found;
    size_t at = rank_of(items, count, id, &found);

    return found ? items[at] : NULL;
}

// The source that took in the id, or NULL.
static const struct source *taker_of(const struct registry *registry, struct sv id)
{
    for (size_t i = 0; registry->merged_count && i < registry->record_count; i++) {
        const struct source *source = registry->records[i];

        for (size_t m = 0; m < source->merged.count; m++)
            if (sv_eq(source->merged.items[m], id) && !sv_eq(source->id, id))
                return source;
    }
    return NULL;
}

// The source that `source` was merged into in the end; itself, also where merging goes in a circle.
static const struct source *root_of(const struct registry *registry, const struct source *source)
{
    const struct source *root = source, *next;

    for (size_t steps = 0; steps <= registry->record_count; steps++) {
        next = taker_of(registry, root->id);
        if (!next)
            return root;
        root = next;
    }
    return source;
}

static void put_in(const struct source ***items, size_t *count, size_t *cap,
                   const struct source *source)
{
    bool found;
    size_t at = rank_of(*items, *count, source->id, &found);

    if (!found) {
        MEM_GROW(*items, *count, *cap);
        memmove(*items + at + 1, *items + at, (*count - at) * sizeof(**items));
        ++*count;
    }
    (*items)[at] = source;
}

static void drop_in(const struct source **items, size_t *count, struct sv id)
{
    bool found;
    size_t at = rank_of(items, *count, id, &found);

    if (!found)
        return;
    --*count;
    memmove(items + at, items + at + 1, (*count - at) * sizeof(*items));
}

// Which records are sources of their own: asked when one that merges came or went.
static void sort_out(struct registry *registry)
{
    registry->count = 0;
    for (size_t i = 0; i < registry->record_count; i++) {
        const struct source *source = registry->records[i];

        if (root_of(registry, source) != source)
            continue;
        MEM_GROW(registry->items, registry->count, registry->cap);
        registry->items[registry->count++] = source;
    }
}

// Put a record into the list of all; true when `items` must be sorted out anew.
static bool put_record(struct registry *registry, const struct source *source)
{
    const struct source *old = registry_record(registry, source->id);
    size_t before = registry->merged_count;

    if (old)
        registry->merged_count -= old->merged.count;
    registry->merged_count += source->merged.count;
    put_in(&registry->records, &registry->record_count, &registry->record_cap, source);
    return before || registry->merged_count;
}

// 0: `s` is the piece; 1: begins with it; 2: a later word does; -1: none.
static int match_one(struct sv s, struct sv piece)
{
    if (name_starts(s, piece) && s.len)
        return name_eq(s, piece) ? 0 : 1;
    for (size_t i = 1; i < s.len; i++) {
        if ((is_word(s.ptr[i - 1]) || !is_word(s.ptr[i])))
            continue;
        if (name_starts(sv_sub(s, i, s.len), piece))
            return 2;
    }
    return -1;
}

static int better(int a, int b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

// Best match of a piece with the id, the name or an alias.
static int match_record(const struct source *source, struct sv piece)
{
    int best = better(match_one(source->id, piece), match_one(source->name, piece));

    for (size_t i = 0; i < source->aliases.count; i++)
        best = better(best, match_one(source->aliases.items[i], piece));
    return best;
}

// Append the letters and digits of a folded name with hyphens between its words.
static void add_slug(struct buf *out, struct sv name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];

        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            buf_add_char(out, c);
        else if (out->len && out->ptr[out->len - 1] != '-')
            buf_add_char(out, '-');
    }
    while (out->len && out->ptr[out->len - 1] == '-')
        buf_splice(out, out->len - 1, out->len, SV(""));
}

void registry_release(struct registry *registry)
{
    mem_free(registry->items);
    mem_free(registry->records);
    arena_release(&registry->arena);
    *registry = (struct registry){ 0 };
}

void registry_put(struct registry *registry, const struct source *source)
{
    if (put_record(registry, source))
        sort_out(registry);
    else
        put_in(&registry->items, &registry->count, &registry->cap, source);
}

void registry_put_all(struct registry *registry, struct rec_list sources)
{
    for (size_t i = 0; i < sources.count; i++)
        (void)put_record(registry, sources.items[i]);
    sort_out(registry);
}

void registry_drop(struct registry *registry, struct sv id)
{
    const struct source *old = registry_record(registry, id);
    bool merges = registry->merged_count > 0;

    if (!old)
        return;
    registry->merged_count -= old->merged.count;
    drop_in(registry->records, &registry->record_count, id);
    if (merges)
        sort_out(registry);
    else
        drop_in(registry->items, &registry->count, id);
}

const struct source *registry_record(const struct registry *registry, struct sv id)
{
    return find_in(registry->records, registry->record_count, id);
}

const struct source *registry_find(const struct registry *registry, struct sv id)
{
    const struct source *source = find_in(registry->items, registry->count, id);

    if (source || !registry->merged_count)
        return source;
    source = taker_of(registry, id);
    return source ? root_of(registry, source) : NULL;
}

size_t registry_index(const struct registry *registry, struct sv id)
{
    const struct source *source = registry_find(registry, id);
    bool found;

    return source ? rank_of(registry->items, registry->count, source->id, &found) : registry->count;
}

struct sv registry_nearest(const struct registry *registry, struct sv id)
{
    size_t best = near_limit(id);
    struct sv nearest = { 0 };

    for (size_t i = 0; i < registry->count; i++)
        if (near_is_better(id, registry->items[i]->id, &best))
            nearest = registry->items[i]->id;
    return nearest;
}

// Names of one record; its id with blanks where it has no name.
static size_t record_names(const struct source *source,
                           void (*each)(void *ctx, struct sv name, struct sv id), void *ctx)
{
    struct buf words = { 0 };

    buf_add(&words, source->name.len ? source->name : source->id);
    for (size_t i = 0; !source->name.len && i < words.len; i++)
        if (words.ptr[i] == '-')
            words.ptr[i] = ' ';
    each(ctx, buf_sv(&words), source->id);
    for (size_t i = 0; i < source->aliases.count; i++)
        each(ctx, source->aliases.items[i], source->id);
    buf_release(&words);
    return source->aliases.count + 1;
}

// The next record that was merged into `source`, itself left out; NULL past the last.
static const struct source *next_merged(const struct registry *registry,
                                        const struct source *source, size_t *at)
{
    while (registry->merged_count && *at < registry->record_count) {
        const struct source *record = registry->records[(*at)++];

        if (record != source && !find_in(registry->items, registry->count, record->id) &&
            root_of(registry, record) == source)
            return record;
    }
    return NULL;
}

size_t registry_names(const struct registry *registry, const struct source *source,
                      void (*each)(void *ctx, struct sv name, struct sv id), void *ctx)
{
    size_t count = record_names(source, each, ctx), at = 0;
    const struct source *record;

    while ((record = next_merged(registry, source, &at)))
        count += record_names(record, each, ctx);
    return count;
}

bool source_id_is_valid(struct sv id)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];

        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            (i == 0 || (c != '.' && c != '_' && c != '-')))
            return false;
    }
    return id.len > 0;
}

struct sv registry_name(const struct registry *registry, struct sv id)
{
    const struct source *source = registry_find(registry, id);

    return source && source->name.len ? source->name : id;
}

bool registry_is_part(const struct registry *registry, struct sv id, struct sv of)
{
    const struct source *whole = registry_find(registry, of);

    for (size_t steps = 0; steps <= registry->count && !sv_is_absent(id); steps++) {
        const struct source *source = registry_find(registry, id);

        if (sv_eq(id, of) || (source && source == whole))
            return true;
        id = source ? source->part_of : (struct sv){ 0 };
    }
    return false;
}

struct sv registry_new_id(const struct registry *registry, struct arena *arena, struct sv name)
{
    struct buf slug = { 0 };

    add_slug(&slug, name_fold(arena, name));
    if (!slug.len)
        buf_add_cstr(&slug, "source");

    size_t stem = slug.len;

    for (unsigned n = 2; registry_find(registry, buf_sv(&slug)); n++) {
        buf_splice(&slug, stem, slug.len, SV(""));
        buf_addf(&slug, "-%u", n);
    }

    struct sv id = sv_copy(arena, buf_sv(&slug));

    buf_release(&slug);
    return id;
}

static int match_piece(const struct registry *registry, const struct source *source,
                       struct sv piece)
{
    int best = match_record(source, piece);
    const struct source *record;
    size_t at = 0;

    while (best != 0 && (record = next_merged(registry, source, &at)))
        best = better(best, match_record(record, piece));
    return best;
}

int registry_match(const struct registry *registry, const struct source *source, struct sv typed)
{
    int score = 0;
    struct sv piece;

    while (sv_split(&typed, ' ', &piece)) {
        piece = sv_trim(piece);
        if (!piece.len)
            continue;

        int match = match_piece(registry, source, piece);

        if (match < 0)
            return -1;
        score += match;
    }
    return score;
}
