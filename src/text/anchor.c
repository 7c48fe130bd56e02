// Finding quoted passages in a text that may have changed: what is taken for the same, what is in
// doubt. The search itself is in atom_index.c, align.c and anchor_near.c.
// Never takes a changed quote for the quote.
#include "text/anchor.h"

#include <string.h>

#include "base/limits.h"
#include "base/visible.h"
#include "text/align.h"
#include "text/anchor_near.h"
#include "text/atom_index.h"
#include "text/cluster.h"

#define REPLACEMENT SV("\ufffd")
#define TEXT_MOST                                                                                  \
    ((size_t)16 << 20) // bytes that are indexed; in longer texts only the very bytes are found
#define COPIES_BYTES ((size_t)8 << 20) // of them together, where bytes are compared
#define COPIES_MOST  4096              // of a quote that are looked at; more tell nothing more
#define SIDE_MIN     12 // bytes: so much context, whole, on one side speaks for a place by itself
#define WORDS_ENOUGH 6  // that are the same in a row: hardly chance
#define WORDS_MANY   8  // of a quote for which one side of its context is enough
#define WORDS_FEW    2  // a quote of no more says little by itself

struct anchors {
    struct article *article;
    struct sv old; // absent: there is none
    bool is_changed;
    bool is_indexed, is_aligned;
    struct atom_index index;     // of the article
    struct article *old_article; // NULL: none
    struct atoms old_atoms;
    struct align align;
};

// A place where the quote stands.
struct place {
    struct byte_span span;
    size_t score; // bytes of context that agree
    size_t far;   // bytes from where it should be
    size_t like;  // atoms of the context that stand where they should, others between them or not
    bool is_cut_alike;   // so do the atoms at the far ends of the context that may be cut
    bool has_whole_side; // all of the context on one side agrees, and it is long enough
};

// A quote and its context as atoms. Atoms at the far ends of the context that may be cut are left
// out.
struct needle {
    const struct quoted *quoted;
    struct atoms before, quote, after;
    struct atom first, last; // those left out; an empty span: none
    size_t context;          // bytes of the atoms of the context
    size_t words;            // of the quote
    bool is_cut;             // it begins or ends within a word
    // found so far
    struct place best, likely; // by score, by likeness
    size_t count;              // places
    bool is_partial;           // not all places were looked at
    size_t second;             // score of the best but one
    size_t second_far;
};

struct anchors *anchors_new(struct article *article)
{
    struct anchors *anchors = mem_new(sizeof(*anchors));

    anchors->article = article;
    return anchors;
}

void anchors_free(struct anchors *anchors)
{
    if (!anchors)
        return;
    atom_index_release(&anchors->index);
    atoms_release(&anchors->old_atoms);
    align_release(&anchors->align);
    article_free(anchors->old_article);
    mem_free(anchors);
}

void anchors_changed(struct anchors *anchors, struct sv old)
{
    size_t len = article_bytes(anchors->article).len;

    anchors->is_changed = true;
    if (old.ptr && old.len <= TEXT_MOST && len <= TEXT_MOST) {
        anchors->old = old;
        anchors->old_article = article_new(old);
    }
}

bool anchors_has_old(const struct anchors *anchors)
{
    return anchors->old_article != NULL;
}

static bool may_index(struct anchors *anchors)
{
    struct sv text = article_bytes(anchors->article);

    if (text.len > TEXT_MOST)
        return false;
    if (!anchors->is_indexed)
        atom_index_fill(&anchors->index, text);
    anchors->is_indexed = true;
    return true;
}

static bool may_align(struct anchors *anchors)
{
    if (!anchors->old_article || !may_index(anchors))
        return false;
    if (!anchors->is_aligned) {
        atoms_read(anchors->old, &anchors->old_atoms);
        align_find(anchors->old_atoms.items, anchors->old_atoms.count, anchors->index.atoms.items,
                   anchors->index.atoms.count, &anchors->align);
    }
    anchors->is_aligned = true;
    return true;
}

// Does the text at `pos` say `quote`, where U+FFFD stands for an invalid byte?
static bool says(struct sv text, size_t pos, struct sv quote, size_t *end)
{
    size_t at = 0, size;

    if (sv_starts(sv_sub(text, pos, text.len), quote)) {
        *end = pos + quote.len;
        return true;
    }
    while (at < quote.len) {
        if (pos == text.len)
            return false;

        int32_t cp = utf8_decode(sv_sub(text, pos, text.len), &size);
        struct sv piece = cp < 0 ? REPLACEMENT : sv_sub(text, pos, pos + size);

        if (!sv_starts(sv_sub(quote, at, quote.len), piece))
            return false;
        at += piece.len;
        pos += size;
    }
    *end = pos;
    return true;
}

// Does the quote stand, letter for letter, at its position of `article`?
static bool stands_in(struct article *article, const struct quoted *quoted)
{
    size_t end;

    return says(article_bytes(article), article_pos(article, quoted->at.beg), quoted->quote,
                &end) &&
           article_cp(article, end) == quoted->at.end;
}

// ---- the needle

static size_t code_points(struct sv s)
{
    size_t count = 0, size;

    for (size_t i = 0; i < s.len; i += size, count++)
        utf8_decode(sv_sub(s, i, s.len), &size);
    return count;
}

static size_t bytes_of(const struct atoms *atoms)
{
    size_t bytes = 0;

    for (size_t i = 0; i < atoms->count; i++)
        bytes += atoms->items[i].span.end - atoms->items[i].span.beg;
    return bytes;
}

static struct atom drop_first(struct atoms *atoms)
{
    struct atom first = atoms->items[0];

    memmove(atoms->items, atoms->items + 1, --atoms->count * sizeof(*atoms->items));
    return first;
}

// Is the place between two strings inside a word?
static bool joins(struct sv left, struct sv right)
{
    struct atoms atoms = { 0 };
    struct buf both = { 0 };
    bool is_inside;

    buf_add(&both, left);
    buf_add(&both, right);
    atoms_read(buf_sv(&both), &atoms);
    is_inside = false;
    for (size_t i = 0; i < atoms.count; i++)
        is_inside |= atoms.items[i].span.beg < left.len && left.len < atoms.items[i].span.end;
    atoms_release(&atoms);
    buf_release(&both);
    return is_inside;
}

// Context ends anywhere, also within a word; one that is short for its text's end may lose a word.
static bool may_be_cut(const struct atoms *atoms, struct sv context)
{
    return atoms->count && (atoms->count > 2 || code_points(context) >= LIMIT_CONTEXT);
}

static void needle_init(struct needle *needle, const struct quoted *quoted)
{
    *needle = (struct needle){ .quoted = quoted };
    atoms_read(quoted->quote, &needle->quote);
    atoms_read(quoted->before, &needle->before);
    atoms_read(quoted->after, &needle->after);
    for (size_t i = 0; i < needle->quote.count; i++)
        needle->words += needle->quote.items[i].is_word;
    if (may_be_cut(&needle->before, quoted->before))
        needle->first = drop_first(&needle->before);
    if (may_be_cut(&needle->after, quoted->after))
        needle->last = needle->after.items[--needle->after.count];
    needle->context = bytes_of(&needle->before) + bytes_of(&needle->after);
    needle->is_cut = !needle->quote.count || joins(quoted->before, quoted->quote) ||
                     joins(quoted->quote, quoted->after);
}

static void needle_release(struct needle *needle)
{
    atoms_release(&needle->before);
    atoms_release(&needle->quote);
    atoms_release(&needle->after);
}

// ---- copies

// Atoms of the context that stand where they should beside atoms [beg, end), whatever is between.
static size_t likeness(const struct atoms *text, const struct needle *needle, size_t beg,
                       size_t end)
{
    const struct atoms *before = &needle->before, *after = &needle->after;
    size_t like = 0;

    for (size_t n = 0; n < before->count && n < beg; n++)
        like += text->items[beg - 1 - n].hash == before->items[before->count - 1 - n].hash;
    for (size_t n = 0; n < after->count && end + n < text->count; n++)
        like += text->items[end + n].hash == after->items[n].hash;
    return like;
}

// Do the ends of the context that may be cut agree as well, before atom `beg` and from `end` on?
static bool ends_agree(struct sv bytes, const struct atoms *text, const struct needle *needle,
                       size_t beg, size_t end)
{
    const struct atom *first = &needle->first, *last = &needle->last;
    size_t far_left = needle->before.count, far_right = end + needle->after.count;
    bool ok = true;

    if (first->span.end) {
        const struct atom *there = beg > far_left ? &text->items[beg - 1 - far_left] : NULL;

        ok = there && (there->hash == first->hash ||
                       sv_ends(sv_sub(bytes, there->span.beg, there->span.end),
                               sv_sub(needle->quoted->before, first->span.beg, first->span.end)));
    }
    if (ok && last->span.end) {
        const struct atom *there = far_right < text->count ? &text->items[far_right] : NULL;

        ok = there && (there->hash == last->hash ||
                       sv_starts(sv_sub(bytes, there->span.beg, there->span.end),
                                 sv_sub(needle->quoted->after, last->span.beg, last->span.end)));
    }
    return ok;
}

// Bytes of the context's atoms that agree before atom `beg` and from atom `end` on.
static void score_place(const struct atoms *text, const struct needle *needle, size_t beg,
                        size_t end, struct place *place)
{
    const struct atoms *before = &needle->before, *after = &needle->after;
    size_t left = 0, right = 0, n = 0;

    for (; n < before->count && n < beg; n++) {
        const struct atom *atom = &before->items[before->count - 1 - n];

        if (text->items[beg - 1 - n].hash != atom->hash)
            break;
        left += atom->span.end - atom->span.beg;
    }
    place->has_whole_side = n == before->count && left >= SIDE_MIN;
    for (n = 0; n < after->count && end + n < text->count; n++) {
        const struct atom *atom = &after->items[n];

        if (text->items[end + n].hash != atom->hash)
            break;
        right += atom->span.end - atom->span.beg;
    }
    place->has_whole_side |= n == after->count && right >= SIDE_MIN;
    place->score = left + right;
    place->like = likeness(text, needle, beg, end);
}

static size_t distance(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

static void add_place(struct needle *needle, struct place place)
{
    if (!needle->count || place.like > needle->likely.like ||
        (place.like == needle->likely.like && place.far < needle->likely.far))
        needle->likely = place;
    if (needle->count++ == 0) {
        needle->best = place;
        needle->second_far = SIZE_MAX;
    } else if (place.score > needle->best.score ||
               (place.score == needle->best.score && place.far < needle->best.far)) {
        needle->second = needle->best.score;
        needle->second_far = needle->best.far;
        needle->best = place;
    } else {
        if (place.score > needle->second)
            needle->second = place.score;
        if (place.far < needle->second_far)
            needle->second_far = place.far;
    }
}

// Take blanks at the ends of the quote in where they stand in the text too.
static struct byte_span with_blanks(struct sv text, struct sv quote, const struct atoms *atoms,
                                    struct byte_span span)
{
    size_t lead = atoms->items[0].span.beg;
    size_t tail = quote.len - atoms->items[atoms->count - 1].span.end, end;

    if (lead + tail && lead <= span.beg && says(text, span.beg - lead, quote, &end) &&
        end == span.end + tail)
        return (struct byte_span){ span.beg - lead, end };
    return span;
}

static void find_copies(struct anchors *anchors, struct needle *needle, size_t should)
{
    const struct atom_index *index = &anchors->index;
    struct sv text = article_bytes(anchors->article);
    struct atom_walk walk = { 0 };
    size_t at;

    while (atom_index_find(index, needle->quote.items, needle->quote.count, &walk, &at)) {
        size_t end = at + needle->quote.count;
        struct place place = { .span = { index->atoms.items[at].span.beg,
                                         index->atoms.items[end - 1].span.end } };

        place.span = with_blanks(text, needle->quoted->quote, &needle->quote, place.span);
        place.far = distance(place.span.beg, should);
        score_place(&index->atoms, needle, at, end, &place);
        place.is_cut_alike = ends_agree(text, &index->atoms, needle, at, end);
        add_place(needle, place);
        walk.is_cut = needle->count == COPIES_MOST;
        if (walk.is_cut)
            break;
    }
    needle->is_partial = walk.is_cut;
}

static size_t common_prefix(struct sv a, struct sv b)
{
    size_t len = 0;

    while (len < a.len && len < b.len && a.ptr[len] == b.ptr[len])
        len++;
    return len;
}

static size_t common_suffix(struct sv a, struct sv b)
{
    size_t len = 0;

    while (len < a.len && len < b.len && a.ptr[a.len - 1 - len] == b.ptr[b.len - 1 - len])
        len++;
    return len;
}

// Next place of the quote's very bytes at or after `from`.
static bool next_bytes(struct sv text, struct sv quote, size_t from, struct byte_span *out)
{
    if (sv_find(quote, REPLACEMENT, 0) == SIZE_MAX) {
        out->beg = sv_find(text, quote, from);
        out->end = out->beg + quote.len;
        return out->beg != SIZE_MAX;
    }
    for (size_t pos = from, size; pos < text.len; pos += size) {
        utf8_decode(sv_sub(text, pos, text.len), &size);
        if (says(text, pos, quote, &out->end)) {
            out->beg = pos;
            return true;
        }
    }
    return false;
}

// The same by bytes: for a quote that begins or ends within a word, and for texts without an index.
static void find_bytes(struct anchors *anchors, struct needle *needle, size_t should)
{
    struct sv text = article_bytes(anchors->article), quote = needle->quoted->quote;
    struct sv before = needle->quoted->before, after = needle->quoted->after;
    struct place place = { .is_cut_alike = true };

    needle->context = before.len + after.len;
    for (size_t from = 0; next_bytes(text, quote, from, &place.span); from = place.span.beg + 1) {
        needle->is_partial =
            needle->count == COPIES_MOST || needle->count * quote.len > COPIES_BYTES;
        if (needle->is_partial)
            break;

        size_t left = common_suffix(before, sv_sub(text, 0, place.span.beg));
        size_t right = common_prefix(after, sv_sub(text, place.span.end, text.len));

        place.score = left + right;
        place.far = distance(place.span.beg, should);
        place.has_whole_side =
            (left == before.len && left >= SIDE_MIN) || (right == after.len && right >= SIDE_MIN);
        add_place(needle, place);
    }
}

// Is it known where what the quote belongs to stood, and stands?
static bool is_beside(const struct quoted *quoted)
{
    return quoted->near.end > quoted->near.beg && quoted->near_now.end > quoted->near_now.beg;
}

// Byte where the quote should be found if it kept its place beside what it belongs to.
static size_t should_be(struct anchors *anchors, const struct quoted *quoted)
{
    size_t at = quoted->at.beg;

    if (is_beside(quoted)) {
        if (quoted->near_now.beg + at >= quoted->near.beg)
            at = quoted->near_now.beg + at - quoted->near.beg;
        else
            at = 0;
    }
    return article_pos(anchors->article, at);
}

static bool is_near(const struct needle *needle)
{
    const struct quoted *quoted = needle->quoted;
    size_t apart = distance(quoted->at.beg, quoted->near.beg), slack = 20 + apart / 10;

    return is_beside(quoted) && needle->best.far <= slack &&
           needle->second_far > needle->best.far + slack;
}

// Is there no doubt that the best place is the one that was quoted?
static bool is_singled_out(const struct needle *needle)
{
    size_t total = needle->context, score = needle->best.score;

    if (needle->is_partial)
        return false;
    if (needle->count == 1 && needle->best.far == 0 && !is_beside(needle->quoted))
        return true; // the only one, and where it was
    if (total == 0)
        return is_near(needle) || (needle->count == 1 && needle->words > WORDS_FEW);
    if (score == total && (needle->best.is_cut_alike || needle->words >= WORDS_ENOUGH))
        return needle->count == 1 || score > needle->second;
    if (needle->second * 2 > score)
        return false;
    return (needle->words >= WORDS_ENOUGH && score * 4 >= total * 3) ||
           (needle->words >= WORDS_MANY && needle->count == 1 && needle->best.has_whole_side);
}

// ---- answers

// A quote that stands at `span` for sure: is that its position, and does it read the same?
static enum anchor settle(struct anchors *anchors, const struct quoted *quoted,
                          struct byte_span span, struct cp_span *found)
{
    *found = article_to_cp(anchors->article, span);
    return found->beg == quoted->at.beg && found->end == quoted->at.end &&
                   stands_in(anchors->article, quoted)
               ? ANCHOR_HERE
               : ANCHOR_MOVED;
}

static bool is_alike(struct anchors *anchors, const struct quoted *quoted, struct byte_span span)
{
    size_t end;

    return (says(article_bytes(anchors->article), span.beg, quoted->quote, &end) &&
            end == span.end) ||
           text_is_alike(quoted->quote, article_sub(anchors->article, span));
}

static struct byte_span span_of(const struct atoms *atoms, size_t beg, size_t end)
{
    return (struct byte_span){ atoms->items[beg].span.beg, atoms->items[end - 1].span.end };
}

// Propose what is nearest: where the context stands, rather than a copy in another one.
static enum anchor find_near(struct anchors *anchors, const struct needle *needle,
                             struct cp_span *found)
{
    size_t beg, end;
    size_t around = 0;
    bool is_near =
        anchors->is_indexed && anchor_near(&anchors->index, &needle->before, &needle->quote,
                                           &needle->after, &beg, &end, &around);

    if (is_near && (around > needle->likely.like || !needle->count))
        *found = article_to_cp(anchors->article, span_of(&anchors->index.atoms, beg, end));
    else if (needle->count)
        *found = article_to_cp(anchors->article, needle->likely.span);
    return is_near || needle->count ? ANCHOR_DOUBT : ANCHOR_LOST;
}

static enum anchor find_by_quote(struct anchors *anchors, const struct quoted *quoted,
                                 struct cp_span *found)
{
    struct needle needle;
    size_t should = should_be(anchors, quoted);
    enum anchor anchor;

    needle_init(&needle, quoted);
    if (may_index(anchors) && !needle.is_cut)
        find_copies(anchors, &needle, should);
    if (!needle.count)
        find_bytes(anchors, &needle, should);
    if (!needle.count && anchors->is_indexed && needle.is_cut && needle.quote.count)
        find_copies(anchors, &needle, should);
    if (needle.count && is_singled_out(&needle) && is_alike(anchors, quoted, needle.best.span))
        anchor = settle(anchors, quoted, needle.best.span, found);
    else
        anchor = find_near(anchors, &needle, found);
    needle_release(&needle);
    return anchor;
}

// ---- by the old text

static size_t count_copies(const struct atoms *text, const struct atom *atoms, size_t count,
                           size_t most)
{
    size_t found = 0;

    for (size_t i = 0, work = 0; i + count <= text->count && found < most; i++) {
        size_t n = 0;

        while (n < count && text->items[i + n].hash == atoms[n].hash)
            n++;
        found += n == count;
        work += n;
        if (work > 8 * text->count) // it repeats itself without end
            return most;
    }
    return found;
}

// The one copy of old atoms [beg, end) in the new text, when they stand once in the old one too.
static bool find_only_copy(struct anchors *anchors, size_t beg, size_t end, size_t *place)
{
    const struct atom *atoms = anchors->old_atoms.items + beg;
    struct atom_walk walk = { 0 };
    size_t other;

    return atom_index_find(&anchors->index, atoms, end - beg, &walk, place) &&
           !atom_index_find(&anchors->index, atoms, end - beg, &walk, &other) && !walk.is_cut &&
           count_copies(&anchors->old_atoms, atoms, end - beg, 2) == 1;
}

// Bytes of the new text for bytes `old` of the old one, whose atoms [beg, end) stand from `place`
// on.
static struct byte_span carry(struct anchors *anchors, struct byte_span old, size_t beg, size_t end,
                              size_t place, const struct quoted *quoted)
{
    const struct atom *first = &anchors->old_atoms.items[beg];
    const struct atom *last = &anchors->old_atoms.items[end - 1];
    const struct atom *new = &anchors->index.atoms.items[place];
    struct sv text = article_bytes(anchors->article);
    struct byte_span span = { new->span.beg, new[end - 1 - beg].span.end };
    size_t stop;

    if (old.beg > first->span.beg)
        span.beg = atom_inside(anchors->old, first->span, old.beg, text, new->span);
    if (old.end < last->span.end)
        span.end = atom_inside(anchors->old, last->span, old.end, text, new[end - 1 - beg].span);
    if (span.end <= span.beg) // within a sign of several dashes, a letter and its marks
        return (struct byte_span){ new->span.beg, new[end - 1 - beg].span.end };
    if (old.beg < first->span.beg || old.end > last->span.end) { // blanks at the ends
        size_t lead = old.beg < first->span.beg ? first->span.beg - old.beg : 0;

        if (lead <= span.beg && says(text, span.beg - lead, quoted->quote, &stop))
            span = (struct byte_span){ span.beg - lead, stop };
    }
    return span;
}

// What stands in place of old atoms [beg, end), or where else a copy came in.
static enum anchor find_changed(struct anchors *anchors, const struct align_span *map, size_t beg,
                                size_t end, struct cp_span *found)
{
    const struct atoms *text = &anchors->index.atoms;
    size_t len = map->end - map->beg, room = 2 * (end - beg) + 12;
    bool is_close = map->matched * 2 >= end - beg && len <= room;
    size_t place;

    if (!is_close && find_only_copy(anchors, beg, end, &place)) {
        *found = article_to_cp(anchors->article, span_of(text, place, place + end - beg));
        return ANCHOR_DOUBT;
    }
    if (len == 0 || len > room || (!is_close && map->matched * 3 < end - beg && end - beg > 3))
        return ANCHOR_LOST;
    *found = article_to_cp(anchors->article, span_of(text, map->beg, map->end));
    return ANCHOR_DOUBT;
}

// false: the old text does not say the quote there either, so it was made on another.
static bool find_by_map(struct anchors *anchors, const struct quoted *quoted, struct cp_span *found,
                        enum anchor *anchor)
{
    struct byte_span old, new;
    struct align_span map;
    size_t beg, end, words = 0, place;

    if (!may_align(anchors) || !stands_in(anchors->old_article, quoted))
        return false;
    old = article_to_bytes(anchors->old_article, quoted->at);
    beg = atoms_at(&anchors->old_atoms, old.beg);
    end = beg;
    while (end < anchors->old_atoms.count && anchors->old_atoms.items[end].span.beg < old.end)
        words += anchors->old_atoms.items[end++].is_word;
    if (beg == end)
        return false;
    align_map(&anchors->align, beg, end, &map);
    place = map.beg;

    bool is_sure = map.is_whole && !map.is_ambiguous &&
                   (map.evidence >= WORDS_ENOUGH || map.evidence >= words + 4);

    if (!map.is_ambiguous && words > WORDS_FEW && !is_sure)
        is_sure = find_only_copy(anchors, beg, end, &place) && (map.is_whole || words >= 4);
    if (!is_sure && !map.is_whole) {
        *anchor = find_changed(anchors, &map, beg, end, found);
        return true;
    }
    new = carry(anchors, old, beg, end, place, quoted);
    *anchor = ANCHOR_DOUBT;
    *found = article_to_cp(anchors->article, new);
    if (is_sure && is_alike(anchors, quoted, new))
        *anchor = settle(anchors, quoted, new, found);
    return true;
}

enum anchor anchors_find(struct anchors *anchors, const struct quoted *quoted,
                         struct cp_span *found)
{
    enum anchor anchor;

    if (!quoted->quote.len)
        return ANCHOR_LOST;
    if (!anchors->is_changed && stands_in(anchors->article, quoted)) {
        *found = quoted->at;
        return ANCHOR_HERE;
    }
    if (anchors->is_changed && find_by_map(anchors, quoted, found, &anchor))
        return anchor;
    return find_by_quote(anchors, quoted, found);
}

// ---- ranges without a quote

// End of what belongs to atom `at` and the blanks behind it; `pos` is its own end.
static size_t next_begin(const struct atoms *atoms, size_t at, struct sv text)
{
    return at + 1 < atoms->count ? atoms->items[at + 1].span.beg : text.len;
}

// Bytes of the new text for old atoms [beg, end) of one run, with the blanks beside them that the
// range covers.
static struct byte_span carry_range(const struct anchors *anchors, struct byte_span range,
                                    size_t beg, size_t end, size_t place)
{
    const struct atoms *old = &anchors->old_atoms, *new = &anchors->index.atoms;
    struct byte_span span = span_of(new, place, place + (end - beg));

    if (range.end >= next_begin(old, end - 1, anchors->old))
        span.end = next_begin(new, place + (end - beg) - 1, article_bytes(anchors->article));
    if (range.beg == 0 && beg == 0 && place == 0)
        span.beg = 0;
    return span;
}

void anchors_kept(struct anchors *anchors, struct cp_span at,
                  void (*each)(void *ctx, struct cp_span kept), void *ctx)
{
    struct byte_span range, last = { 0 };
    size_t from, to;

    if (!may_align(anchors))
        return;
    range = article_to_bytes(anchors->old_article, at);
    from = atoms_at(&anchors->old_atoms, range.beg);
    to = atoms_at(&anchors->old_atoms, range.end);
    for (size_t i = 0; i < anchors->align.count; i++) {
        const struct align_run *run = &anchors->align.runs[i];
        size_t beg = run->old > from ? run->old : from;
        size_t end = run->old + run->len < to ? run->old + run->len : to;
        struct byte_span span;

        if (beg >= end)
            continue;
        span = carry_range(anchors, range, beg, end, run->new + (beg - run->old));
        if (last.end > last.beg && span.beg == last.end) {
            last.end = span.end;
            continue;
        }
        if (last.end > last.beg)
            each(ctx, article_to_cp(anchors->article, last));
        last = span;
    }
    if (last.end > last.beg)
        each(ctx, article_to_cp(anchors->article, last));
}
