// The sources of a workspace, sorted by id, found by id, by an id merged away, and by what is
// typed. Never guesses: an alias of two sources is for the checker to report.
#include "model/registry.h"

#include <string.h>

#include "model/name.h"

// Part of a word: ASCII letters and digits, and every byte of a character beyond ASCII.
static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char)c >= 0x80;
}

// Index of `id`, or of the place where it belongs.
static size_t rank_of(const struct registry *registry, struct sv id, bool *found)
{
    size_t beg = 0, end = registry->count;

    while (beg < end) {
        size_t mid = beg + (end - beg) / 2;

        if (sv_cmp(registry->items[mid]->id, id) < 0)
            beg = mid + 1;
        else
            end = mid;
    }
    *found = beg < registry->count && sv_eq(registry->items[beg]->id, id);
    return beg;
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
static int match_piece(const struct source *source, struct sv piece)
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
    arena_release(&registry->arena);
    *registry = (struct registry){ 0 };
}

void registry_put(struct registry *registry, const struct source *source)
{
    bool found;
    size_t at = rank_of(registry, source->id, &found);

    if (!found) {
        MEM_GROW(registry->items, registry->count, registry->cap);
        memmove(registry->items + at + 1, registry->items + at,
                (registry->count - at) * sizeof(*registry->items));
        registry->count++;
    }
    registry->items[at] = source;
}

void registry_drop(struct registry *registry, struct sv id)
{
    bool found;
    size_t at = rank_of(registry, id, &found);

    if (!found)
        return;
    registry->count--;
    memmove(registry->items + at, registry->items + at + 1,
            (registry->count - at) * sizeof(*registry->items));
}

const struct source *registry_find(const struct registry *registry, struct sv id)
{
    bool found;
    size_t at = rank_of(registry, id, &found);

    if (found)
        return registry->items[at];
    for (size_t i = 0; i < registry->count; i++) {
        struct sv_list merged = registry->items[i]->merged;

        for (size_t m = 0; m < merged.count; m++)
            if (sv_eq(merged.items[m], id))
                return registry->items[i];
    }
    return NULL;
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

int registry_match(const struct source *source, struct sv typed)
{
    int score = 0;
    struct sv piece;

    while (sv_split(&typed, ' ', &piece)) {
        piece = sv_trim(piece);
        if (!piece.len)
            continue;

        int match = match_piece(source, piece);

        if (match < 0)
            return -1;
        score += match;
    }
    return score;
}
