// Finding a quoted passage in a text that may have changed.
// Never takes a changed quote for the quote: what is found says the same, sign for sign.
#include "text/anchor.h"

#include <string.h>

#include "base/visible.h"

#define REPLACEMENT SV("\ufffd")
#define SIDE_MIN    16 // bytes: so much context, whole, on one side speaks for a place by itself

// A place where the quote stands.
struct place {
    size_t beg, end;     // bytes
    size_t score;        // bytes of context that agree
    size_t far;          // bytes from where it should be
    bool has_whole_side; // all of the context on one side agrees, and it is long enough
};

// The best place and the next best.
struct search {
    struct place best;
    size_t count;  // places found
    size_t second; // score of the best but one
};

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

// Next place at or after `from`; false when there is none.
static bool next_place(struct sv text, struct sv quote, size_t from, struct place *out)
{
    bool has_invalid = sv_find(quote, REPLACEMENT, 0) != SIZE_MAX;

    if (!has_invalid) {
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

static struct search search_all(struct sv text, size_t at, struct sv quote, struct sv before,
                                struct sv after)
{
    struct search search = { .count = 0 };
    struct place place;

    for (size_t from = 0; next_place(text, quote, from, &place); from = place.beg + 1) {
        size_t left = common_suffix(before, sv_sub(text, 0, place.beg));
        size_t right = common_prefix(after, sv_sub(text, place.end, text.len));

        place.score = left + right;
        place.has_whole_side =
            (left == before.len && left >= SIDE_MIN) || (right == after.len && right >= SIDE_MIN);
        place.far = place.beg > at ? place.beg - at : at - place.beg;
        if (search.count++ == 0) {
            search.best = place;
        } else if (place.score > search.best.score ||
                   (place.score == search.best.score && place.far < search.best.far)) {
            search.second = search.best.score;
            search.best = place;
        } else if (place.score > search.second) {
            search.second = place.score;
        }
    }
    return search;
}

// Does the context leave no doubt that the best place is the one that was quoted?
static bool is_singled_out(const struct search *search, struct sv before, struct sv after)
{
    size_t total = before.len + after.len, score = search->best.score;

    if (total == 0 || score == total)
        return search->count == 1 || score > search->second;
    return (search->best.has_whole_side || score * 4 >= total * 3) && search->second * 2 <= score;
}

enum anchor anchor_find(struct article *article, struct cp_span at, struct sv quote,
                        struct sv before, struct sv after, struct cp_span *found)
{
    struct sv text = article_bytes(article);
    size_t pos = article_pos(article, at.beg), end;

    if (!quote.len)
        return ANCHOR_LOST;
    if (says(text, pos, quote, &end) && article_cp(article, end) == at.end) {
        *found = at;
        return ANCHOR_HERE;
    }

    struct search search = search_all(text, pos, quote, before, after);

    if (!search.count)
        return ANCHOR_LOST;
    *found = article_to_cp(article, (struct byte_span){ search.best.beg, search.best.end });
    return is_singled_out(&search, before, after) ? ANCHOR_MOVED : ANCHOR_DOUBT;
}
