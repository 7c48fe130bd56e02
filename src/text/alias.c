// Names found in a text: a trie of folded names, walked from the beginning of every word.
// Never chooses between two owners of one name, never reads the text twice.
#include "text/alias.h"

#include <stdint.h>
#include <string.h>

#include "text/cluster.h"
#include "text/decode.h"
#include "text/fold.h"

#define BLANKS_MAX 8 // a longer run of blanks parts names
#define NONE       SIZE_MAX
#define ROOT       0
#define PAIRS      ((size_t)1 << 16)

struct name {
    struct sv text;
    size_t owner;
    size_t next;  // another name that folds to the same
    size_t count; // folded code points
    bool *caps;   // of each: must be a capital
};

// Names that end at a node, in the order of adding; NONE: none does.
struct ends {
    size_t first, last;
};

struct edge {
    size_t from, to; // nodes; to is ROOT: free
    int32_t cp;
};

struct alias_set {
    struct arena arena;
    struct name *names;
    size_t count, cap;
    struct ends *ends; // of each node
    size_t node_count, node_cap;
    struct edge *edges; // linear probing; a power of two, at most half full
    size_t edge_cap;
    uint64_t begins[PAIRS / 64];      // pairs of bytes that may begin a name, a bit each
    bool has_begins, has_wide_begins; // those that any name may begin with; one beyond ASCII
};

// What is folded at one place: a letter with its marks, or a run of blanks.
struct unit {
    struct fold fold;
    bool is_upper;
};

static int32_t plain_of(int32_t cp)
{
    static const char plain[] = " \"'-";

    for (size_t i = 0; plain[i] && cp >= 0xa0; i++)
        if (fold_is_relative(plain[i], cp))
            return plain[i];
    return cp;
}

// Blanks are one space; an empty line parts what stands before it from what follows.
static void blanks_at(struct sv text, size_t pos, struct unit *out)
{
    size_t beg = pos, size, ends = 0;

    for (size_t i = 0; i < BLANKS_MAX && pos < text.len; i++, pos += size) {
        int32_t cp = decode_at(text, pos, &size);

        if (!cp_is_blank(cp))
            break;
        ends += cp == '\n';
    }
    out->fold.size = pos - beg;
    out->fold.count = 1;
    out->fold.cp[0] = ends > 1 ? '\n' : ' ';
}

static void unit_at(struct sv text, size_t pos, struct unit *out)
{
    size_t size;
    int32_t cp = decode_at(text, pos, &size);

    out->is_upper = false;
    if (cp_is_blank(cp)) {
        blanks_at(text, pos, out);
        return;
    }
    if (cp >= 0 && cp < 0x80 && (pos + 1 == text.len || (unsigned char)text.ptr[pos + 1] < 0x80)) {
        out->is_upper = cp >= 'A' && cp <= 'Z';
        out->fold.cp[0] = out->is_upper ? cp + 0x20 : cp;
        out->fold.count = out->fold.size = 1;
        return;
    }
    out->is_upper = cp_kind(cp) == CP_UPPER;
    fold_at(text, pos, true, &out->fold);
    for (size_t i = 0; i < out->fold.count; i++)
        out->fold.cp[i] = plain_of(out->fold.cp[i]);
}

static size_t home_of(const struct alias_set *set, size_t from, int32_t cp)
{
    uint64_t hash = ((uint64_t)from << 24 ^ (uint64_t)(uint32_t)cp) * UINT64_C(0x9e3779b97f4a7c15);

    return (size_t)(hash >> 32) & (set->edge_cap - 1);
}

// The edge from a node by a code point, or the free place where it belongs.
static struct edge *edge_of(const struct alias_set *set, size_t from, int32_t cp)
{
    size_t i = home_of(set, from, cp);

    while (set->edges[i].to != ROOT && (set->edges[i].from != from || set->edges[i].cp != cp))
        i = (i + 1) & (set->edge_cap - 1);
    return &set->edges[i];
}

static void grow_edges(struct alias_set *set)
{
    struct edge *old = set->edges;
    size_t old_cap = set->edge_cap;

    set->edge_cap = old_cap ? old_cap * 2 : 64;
    set->edges = mem_new(set->edge_cap * sizeof(*set->edges));
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].to != ROOT)
            *edge_of(set, old[i].from, old[i].cp) = old[i];
    mem_free(old);
}

static size_t new_node(struct alias_set *set)
{
    MEM_GROW(set->ends, set->node_count, set->node_cap);
    set->ends[set->node_count] = (struct ends){ NONE, NONE };
    return set->node_count++;
}

static size_t child_of(struct alias_set *set, size_t from, int32_t cp)
{
    struct edge *edge;

    if (set->node_count * 2 >= set->edge_cap)
        grow_edges(set);
    edge = edge_of(set, from, cp);
    if (edge->to == ROOT)
        *edge = (struct edge){ from, new_node(set), cp };
    return edge->to;
}

static size_t pair_at(struct sv text, size_t pos)
{
    unsigned char second = pos + 1 < text.len ? (unsigned char)text.ptr[pos + 1] : 0;

    return (size_t)(unsigned char)text.ptr[pos] << 8 | second;
}

static bool is_plain(char c)
{
    return (unsigned)((unsigned char)(c | 0x20) - 'a') < 26;
}

static void add_begin(struct alias_set *set, size_t byte, size_t from, size_t to)
{
    for (size_t pair = (byte << 8) + from; pair < (byte << 8) + to; pair++)
        set->begins[pair / 64] |= UINT64_C(1) << pair % 64;
}

// Behind this first byte of a name: what may be the second.
static void add_seconds(struct alias_set *set, size_t byte, const int32_t *cps, size_t count)
{
    bool is_sure = count > 1 && cps[1] > ' ' && cps[1] < 0x80; // blanks are many
    size_t second = is_sure ? (size_t)cps[1] : 0;

    add_begin(set, byte, 0x80, 0x100); // a mark, or what folds to one within ASCII
    add_begin(set, byte, second, is_sure ? second + 1 : 0x80);
    if (second >= 'a' && second <= 'z')
        add_begin(set, byte, second - 0x20, second - 0x1f);
}

// Note what a text may begin the name with: a letter beyond ASCII may fold to one within, one
// within and a mark to one beyond.
static void note_begin(struct alias_set *set, const int32_t *cps, size_t count)
{
    if (!set->has_begins)
        for (size_t byte = 0xc2; byte <= 0xf4; byte++)
            add_begin(set, byte, 0, 0x100);
    set->has_begins = true;
    if (cps[0] < 0x80) {
        add_seconds(set, (size_t)cps[0], cps, count);
        if (cps[0] >= 'a' && cps[0] <= 'z')
            add_seconds(set, (size_t)cps[0] - 0x20, cps, count);
    } else if (!set->has_wide_begins) {
        for (size_t byte = 'A'; byte <= 'z'; byte++)
            add_begin(set, byte, 0x80, 0x100);
        set->has_wide_begins = true;
    }
}

// Fold a name into code points and capitals.
//   returns  how many, 0 when it is too long
static size_t fold_name(struct sv name, int32_t *cps, bool *caps)
{
    struct unit unit;
    size_t count = 0, first = NONE;
    bool has_words = false;

    for (size_t pos = 0; pos < name.len; pos += unit.fold.size) {
        unit_at(name, pos, &unit);
        if (count + unit.fold.count > ALIAS_MAX)
            return 0;
        for (size_t i = 0; i < unit.fold.count; i++) {
            has_words = has_words || unit.fold.cp[i] == ' ';
            if (first == NONE && cp_kind(unit.fold.cp[i]) != CP_OTHER)
                first = count;
            caps[count] = unit.is_upper;
            cps[count++] = unit.fold.cp[i];
        }
    }
    if (has_words && first != NONE)
        caps[first] = false;
    return count;
}

// Put the name at the end of its path, behind those that are there.
static void enter(struct alias_set *set, size_t index, const int32_t *cps)
{
    size_t node = ROOT;
    struct ends *ends;

    for (size_t i = 0; i < set->names[index].count; i++)
        node = child_of(set, node, cps[i]);
    ends = &set->ends[node];
    *(ends->first == NONE ? &ends->first : &set->names[ends->last].next) = index;
    ends->last = index;
    note_begin(set, cps, set->names[index].count);
}

static bool is_word(int32_t cp)
{
    return cp >= 0 && (cp_kind(cp) != CP_OTHER || cp_is_mark(cp));
}

// Scripts that set no blanks between words, or hang endings on names.
static bool is_spaceless(int32_t cp)
{
    return cp_width(cp) == 2 || (cp >= 0x0e00 && cp <= 0x0eff) || (cp >= 0x1000 && cp <= 0x109f) ||
           (cp >= 0x1780 && cp <= 0x17ff);
}

static bool are_joined(int32_t before, int32_t after)
{
    return is_word(before) && is_word(after) && !is_spaceless(before) && !is_spaceless(after);
}

// The code point at `pos`, or a space at the end.
static int32_t cp_at(struct sv text, size_t pos, size_t *size)
{
    *size = 0;
    return pos < text.len ? decode_at(text, pos, size) : ' ';
}

static int32_t cp_before(struct sv text, size_t pos)
{
    size_t beg = pos, size;

    if (pos == 0)
        return ' ';
    do
        beg--;
    while (beg > 0 && pos - beg < 4 && decode_is_cont((unsigned char)text.ptr[beg]));

    int32_t cp = decode_at(text, beg, &size);

    return beg + size == pos ? cp : -1;
}

// A word goes on behind a hyphen with one capital: "IS-K" is another name than "IS".
static bool is_lettered(struct sv text, size_t pos)
{
    size_t size, next;
    int32_t cp = cp_at(text, pos, &size), letter;

    if (cp != '-' && cp != 0x2010 && cp != 0x2011)
        return false;
    pos += size;
    letter = cp_at(text, pos, &size);
    return cp_kind(letter) == CP_UPPER && !is_word(cp_at(text, pos + size, &next));
}

static bool is_word_end(struct sv text, size_t pos)
{
    size_t size;
    int32_t before = cp_before(text, pos), after = cp_at(text, pos, &size);

    if (before == '.' && is_word(after)) // "U.S." in "U.S.A."
        return false;
    return !are_joined(before, after) && !(is_word(before) && is_lettered(text, pos));
}

static bool is_word_start(struct sv text, size_t pos)
{
    size_t size;

    if (pos > 0 && is_plain(text.ptr[pos - 1]) && is_plain(text.ptr[pos]))
        return false;
    return !are_joined(cp_before(text, pos), cp_at(text, pos, &size));
}

static bool has_caps(const struct name *name, const bool *caps)
{
    for (size_t i = 0; i < name->count; i++)
        if (name->caps[i] && !caps[i])
            return false;
    return true;
}

// The names that end at a node and fit the words found. Those written to the letter count alone.
//   returns  how many owners they have; the first name of each, up to `max`, in `out`
static size_t fitting(const struct alias_set *set, size_t node, struct sv words, const bool *caps,
                      size_t *out, size_t max)
{
    const struct name *last = NULL;
    size_t count = 0, first = set->ends[node].first;
    bool is_exact = false;

    for (size_t i = first; i != NONE && !is_exact; i = set->names[i].next)
        is_exact = sv_eq(set->names[i].text, words);
    for (size_t i = first; i != NONE; i = set->names[i].next) {
        const struct name *name = &set->names[i];

        if (is_exact ? !sv_eq(name->text, words) : !has_caps(name, caps))
            continue;
        if (last && last->owner == name->owner)
            continue;
        if (count < max)
            out[count] = i;
        count++;
        last = name;
    }
    return count;
}

// The longest name that begins at `pos`.
static bool match_at(const struct alias_set *set, struct sv text, size_t pos, size_t to,
                     struct alias_hit *out)
{
    struct unit unit;
    bool caps[ALIAS_MAX + FOLD_MAX], found = false;
    size_t node = ROOT, count = 0, names[2];

    for (size_t at = pos; at < to && count < ALIAS_MAX;) {
        unit_at(text, at, &unit);
        at += unit.fold.size;
        for (size_t i = 0; i < unit.fold.count; i++) {
            const struct edge *edge = edge_of(set, node, unit.fold.cp[i]);

            if (edge->to == ROOT)
                return found;
            node = edge->to;
            caps[count++] = unit.is_upper;
        }
        if (at > to || set->ends[node].first == NONE || !is_word_end(text, at))
            continue;

        size_t owners = fitting(set, node, sv_sub(text, pos, at), caps, names, ARRAY_LEN(names));

        if (owners) {
            found = true;
            *out =
                (struct alias_hit){ { pos, at }, names[0], set->names[names[0]].owner, owners > 1 };
        }
    }
    return found;
}

struct alias_set *alias_set_new(void)
{
    struct alias_set *set = mem_new(sizeof(*set));

    new_node(set); // the root
    grow_edges(set);
    return set;
}

void alias_set_free(struct alias_set *set)
{
    if (!set)
        return;
    arena_release(&set->arena);
    mem_free(set->names);
    mem_free(set->ends);
    mem_free(set->edges);
    mem_free(set);
}

size_t alias_set_add(struct alias_set *set, struct sv name, size_t owner)
{
    int32_t cps[ALIAS_MAX];
    bool caps[ALIAS_MAX];
    size_t index = set->count;

    name = sv_copy(&set->arena, sv_trim(name));
    MEM_GROW(set->names, set->count, set->cap);
    set->names[set->count++] = (struct name){ .text = name, .owner = owner, .next = NONE };
    set->names[index].count = fold_name(name, cps, caps);
    if (set->names[index].count) {
        set->names[index].caps = arena_new(&set->arena, set->names[index].count * sizeof(*caps));
        memcpy(set->names[index].caps, caps, set->names[index].count * sizeof(*caps));
        enter(set, index, cps);
    }
    return index;
}

size_t alias_set_count(const struct alias_set *set)
{
    return set->count;
}

struct sv alias_set_name(const struct alias_set *set, size_t name)
{
    return set->names[name].text;
}

size_t alias_set_owner(const struct alias_set *set, size_t name)
{
    return set->names[name].owner;
}

static bool may_begin(const struct alias_set *set, struct sv text, size_t pos)
{
    size_t pair = pair_at(text, pos);

    return set->begins[pair / 64] >> pair % 64 & 1;
}

// The first name that begins in [from, until) and ends at or before `to`.
static bool next(const struct alias_set *set, struct sv text, size_t from, size_t until, size_t to,
                 struct alias_hit *out)
{
    for (size_t pos = from; pos < until; pos++)
        if (may_begin(set, text, pos) && is_word_start(text, pos) &&
            match_at(set, text, pos, to, out))
            return true;
    return false;
}

bool alias_set_next(const struct alias_set *set, struct sv text, size_t from, size_t to,
                    struct alias_hit *out)
{
    to = to < text.len ? to : text.len;
    return next(set, text, from, to, to, out);
}

bool alias_set_next_before(const struct alias_set *set, struct sv text, size_t from, size_t until,
                           struct alias_hit *out)
{
    return next(set, text, from, until < text.len ? until : text.len, text.len, out);
}

size_t alias_set_rivals(const struct alias_set *set, struct sv text, const struct alias_hit *hit,
                        size_t *out, size_t max)
{
    struct unit unit;
    bool caps[ALIAS_MAX + FOLD_MAX];
    size_t node = ROOT, count = 0;

    for (size_t at = hit->span.beg; at < hit->span.end; at += unit.fold.size) {
        unit_at(text, at, &unit);
        for (size_t i = 0; i < unit.fold.count; i++) {
            node = edge_of(set, node, unit.fold.cp[i])->to;
            caps[count++] = unit.is_upper;
        }
    }
    return fitting(set, node, sv_sub(text, hit->span.beg, hit->span.end), caps, out, max);
}
