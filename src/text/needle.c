// Literals as a search sees them: folded, and what else stands for them.
// Never matches part of a unit: an accent goes with its letter.
#include "text/needle.h"

#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/visible.h"
#include "text/bytes16.h"
#include "text/cluster.h"
#include "text/decode.h"
#include "text/fold.h"

#ifndef NEEDLE_MET
#define NEEDLE_MET 256 // a lead byte met so often is looked into; tests build with 2
#endif
#define NEEDLE_INVALID 0x110000 // folded invalid bytes are from here on
#define NEEDLE_CPS     0x20000  // code points whose use for a needle is remembered once asked for

// What a code point can do for a needle.
struct use {
    bool is_in_needle; // folds to something in the needle
    bool is_follower;  // is taken in by the letter before it
};

// The same for 64 code points, a bit each.
struct block {
    uint64_t in_needle, followers;
    bool is_known;
};

struct needle {
    int32_t *cps; // folded
    size_t count;
    struct buf ascii; // the same, when all are ASCII; else empty
    bool fold_case;
    bool starts_ascii;       // an ASCII character can stand for the first
    bool starts_mark;        // it begins with what others take in
    bool has_invalid;        // it has invalid bytes
    struct block *blocks;    // of the first NEEDLE_CPS code points
    bool stops[256];         // bytes that may begin something in it: all that is not known
    unsigned short met[256]; // how often such a byte was met
};

static bool has_cp_in(const struct needle *needle, int32_t first, int32_t last)
{
    for (size_t i = 0; i < needle->count; i++)
        if (needle->cps[i] >= first && needle->cps[i] <= last)
            return true;
    return false;
}

// Set what bytes may begin something in the needle. Known from the beginning are lead bytes with
// nothing behind them that folds to any of `from`..`to` or outside of these.
static void set_stops(struct needle *needle)
{
    static const struct {
        unsigned char first, last;
        int32_t from, to;
    } scripts[] = {
        { 0xd0, 0xd1, 0x0400, 0x052f }, // Cyrillic
        { 0xd2, 0xdf, 0x0080, 0xffff }, // others up to Nko
        { 0xe0, 0xe0, 0x0080, 0xffff }, // India
        { 0xe4, 0xe9, 0x3400, 0x9fff }, // ideographs
        { 0xea, 0xea, 0x0080, 0xffff }, // Cherokee, Hangul, small scripts
        { 0xeb, 0xec, 0x1100, 0x11ff }, // Hangul
    };

    needle->has_invalid = has_cp_in(needle, NEEDLE_INVALID, INT32_MAX);
    for (int byte = 0; byte < 256; byte++)
        needle->stops[byte] = byte >= 0xc2 || needle->has_invalid;
    for (size_t i = 0; i < needle->count; i++) {
        int32_t cp = needle->cps[i];

        if (cp < 0x80)
            needle->stops[cp] = true;
        if (cp >= 'a' && cp <= 'z')
            needle->stops[cp - 0x20] = true;
    }
    for (size_t i = 0; i < ARRAY_LEN(scripts) && !needle->has_invalid && !needle->starts_mark; i++)
        if (!has_cp_in(needle, scripts[i].from, scripts[i].to))
            for (int lead = scripts[i].first; lead <= scripts[i].last; lead++)
                needle->stops[lead] = false;
}

static bool is_same(int32_t own, int32_t cp)
{
    return own == cp || (cp >= 0x80 && own < 0x80 && fold_is_relative(own, cp));
}

// True for a Hangul vowel or final that would belong to the syllable before it.
static bool is_jamo_tail(int32_t cp)
{
    return (cp >= 0x1160 && cp <= 0x11ff) || (cp >= 0xd7b0 && cp <= 0xd7fb);
}

bool needle_at(const struct needle *needle, struct sv text, size_t pos, size_t *end)
{
    struct fold fold;
    size_t done = 0, size;

    while (done < needle->count) {
        if (pos >= text.len)
            return false;
        if (done == 0 && (unsigned char)text.ptr[pos] < 0x80) { // most attempts end here
            int32_t cp =
                text.ptr[pos] |
                (needle->fold_case && text.ptr[pos] >= 'A' && text.ptr[pos] <= 'Z' ? 0x20 : 0);

            if (cp != needle->cps[0])
                return false;
        }
        fold_at(text, pos, needle->fold_case, &fold);
        if (fold.count > needle->count - done || (done == 0 && fold.count == 0))
            return false;
        for (size_t i = 0; i < fold.count; i++)
            if (!is_same(needle->cps[done + i], fold.cp[i]))
                return false;
        done += fold.count;
        pos += fold.size;
    }
    while (pos < text.len && (unsigned char)text.ptr[pos] >= 0x80) {
        int32_t cp = utf8_decode(sv_sub(text, pos, text.len), &size);

        if (is_jamo_tail(cp))
            return false;
        if (!cp_is_mark(cp) && !fold_is_follower(cp))
            break;
        pos += size;
    }
    *end = pos;
    return true;
}

static bool is_in_needle(const struct needle *needle, const struct fold *fold)
{
    for (size_t i = 0; i < fold->count; i++)
        for (size_t j = 0; j < needle->count; j++)
            if (is_same(needle->cps[j], fold->cp[i]))
                return true;
    return false;
}

static struct use learn_use(const struct needle *needle, struct sv unit, int32_t cp)
{
    struct fold fold;

    fold_at(unit, 0, needle->fold_case, &fold);
    return (struct use){ is_in_needle(needle, &fold), fold_is_follower(cp) };
}

static void learn_block(struct needle *needle, int32_t first)
{
    struct block *block = &needle->blocks[first / 64];
    struct buf unit = { 0 };

    for (int i = 0; i < 64; i++) {
        buf_clear(&unit);
        utf8_add(&unit, first + i);

        struct use use = learn_use(needle, buf_sv(&unit), first + i);

        block->in_needle |= (uint64_t)use.is_in_needle << i;
        block->followers |= (uint64_t)use.is_follower << i;
    }
    block->is_known = true;
    buf_release(&unit);
}

// What the code point (or invalid byte, -1) at `pos`, `size` bytes long, can do.
static inline struct use use_of(struct needle *needle, struct sv text, size_t pos, size_t size,
                                int32_t cp)
{
    if (cp < 0 || cp >= NEEDLE_CPS)
        return learn_use(needle, sv_sub(text, pos, pos + size), cp);

    struct block *block = &needle->blocks[cp / 64];

    if (!block->is_known)
        learn_block(needle, cp / 64 * 64);
    return (struct use){ block->in_needle >> cp % 64 & 1, block->followers >> cp % 64 & 1 };
}

// A code point with the lead byte `lead` was not in the needle. Met often enough, learn whether any
// with that byte is; if not, it is passed over from then on.
static void meet_lead(struct needle *needle, unsigned char lead)
{
    int32_t first = lead < 0xe0 ? (lead & 0x1f) << 6 : (lead & 0x0f) << 12;
    int32_t end = first + (lead < 0xe0 ? 1 << 6 : 1 << 12);
    uint64_t in_needle = 0;

    if (++needle->met[lead] != NEEDLE_MET || lead < 0xc2 || lead >= 0xf0 || needle->has_invalid ||
        needle->starts_mark)
        return;
    for (; end > first && !in_needle; end -= 64) { // Latin is at the end of its range
        if (!needle->blocks[end / 64 - 1].is_known)
            learn_block(needle, end - 64);
        in_needle = needle->blocks[end / 64 - 1].in_needle;
    }
    needle->stops[lead] = in_needle != 0;
}

static bool is_ascii64(const char *p)
{
    bytes16 all = (bytes16_at(p) | bytes16_at(p + 16)) | (bytes16_at(p + 32) | bytes16_at(p + 48));

    return !flags16_any((flags16)all < 0);
}

// First byte at or after `pos`, before `end`, that is not ASCII; else `end`.
static size_t skip_ascii(struct sv text, size_t pos, size_t end)
{
    while (end - pos >= 64 && is_ascii64(text.ptr + pos))
        pos += 64;
    while (pos < end && (unsigned char)text.ptr[pos] < 0x80)
        pos++;
    return pos;
}

// Go back from `pos` over what can be part of a match, as far as the needle reaches.
static size_t reach_back(struct needle *needle, struct sv text, size_t from, size_t pos)
{
    for (size_t units = 0; pos > from && units < needle->count;) {
        size_t beg = decode_start(text, pos - 1), size;
        int32_t cp = utf8_decode(sv_sub(text, beg, text.len), &size);

        struct use use = use_of(needle, text, beg, size, cp);

        if (cp < 0 || (!use.is_in_needle && !use.is_follower))
            break;
        units += !use.is_follower;
        pos = beg;
    }
    return pos;
}

// The first match that begins in [from, to) and has the code point at `pos` in it: the needle is
// tried at every place from which it can reach there.
static bool match_over(struct needle *needle, struct sv text, size_t from, size_t to, size_t pos,
                       struct byte_span *out)
{
    size_t size, beg = needle->starts_ascii ? reach_back(needle, text, from, pos) : pos;

    for (; beg <= pos && beg < to; beg += size) {
        if (needle_at(needle, text, beg, &out->end)) {
            out->beg = beg;
            return true;
        }
        utf8_decode(sv_sub(text, beg, text.len), &size);
    }
    return false;
}

// True when the follower at `pos` cannot be in a match: what it follows is none, nor in the needle.
static bool is_idle(struct needle *needle, struct sv text, size_t from, size_t pos)
{
    if (pos == from || needle->starts_mark)
        return false;

    size_t beg = decode_start(text, pos - 1), size;
    int32_t cp = decode_at(text, beg, &size);
    struct use use = use_of(needle, text, beg, size, cp);

    return !use.is_in_needle && !use.is_follower;
}

// First byte at or after `pos`, before `end`, that is not ASCII and can be in a match, or stands
// behind what can; else `end`.
static size_t next_odd(const struct needle *needle, struct sv text, size_t pos, size_t end)
{
    while (pos < end) {
        unsigned char before = pos > 0 ? (unsigned char)text.ptr[pos - 1] : ' ';

        if ((unsigned char)text.ptr[pos] >= 0x80 && needle->stops[before])
            return pos;
        while (pos < end && !needle->stops[(unsigned char)text.ptr[pos]])
            pos++;
        if (pos == end || (unsigned char)text.ptr[pos] >= 0x80)
            return pos;
        pos = skip_ascii(text, pos, end);
    }
    return end;
}

struct needle *needle_new(struct sv pattern, bool fold_case)
{
    struct needle *needle = mem_new(sizeof(*needle));
    struct fold fold;
    size_t cap = 0;

    needle->fold_case = fold_case;
    for (size_t pos = 0; pos < pattern.len; pos += fold.size) {
        fold_at(pattern, pos, fold_case, &fold);
        for (size_t i = 0; i < fold.count; i++) {
            MEM_GROW(needle->cps, needle->count, cap);
            needle->cps[needle->count++] = fold.cp[i];
            if (fold.cp[i] < 0x80)
                buf_add_char(&needle->ascii, (char)fold.cp[i]);
        }
    }
    if (!needle->count) {
        needle_free(needle);
        return NULL;
    }
    if (needle->ascii.len < needle->count)
        buf_clear(&needle->ascii);
    needle->starts_ascii = needle->cps[0] < 0x80;
    needle->starts_mark = fold_is_follower(needle->cps[0]);
    needle->blocks = mem_new(NEEDLE_CPS / 64 * sizeof(*needle->blocks));
    set_stops(needle);
    return needle;
}

void needle_free(struct needle *needle)
{
    if (!needle)
        return;
    mem_free(needle->cps);
    mem_free(needle->blocks);
    buf_release(&needle->ascii);
    mem_free(needle);
}

struct sv needle_ascii(const struct needle *needle)
{
    return buf_sv(&needle->ascii);
}

bool needle_next(struct needle *needle, struct sv text, size_t from, size_t to,
                 struct byte_span *out)
{
    size_t reach = text.len - to > needle->count ? to + needle->count : text.len;
    size_t size, pos = skip_ascii(text, from, reach), last_mark = SIZE_MAX;

    while (pos < reach) {
        if ((unsigned char)text.ptr[pos] < 0x80) {
            pos = next_odd(needle, text, pos, reach);
            continue;
        }

        int32_t cp = decode_at(text, pos, &size);
        struct use use = use_of(needle, text, pos, size, cp);
        bool is_tried = // with the mark before it
            use.is_follower && last_mark == pos && !needle->starts_mark;

        if (use.is_follower)
            last_mark = pos + size;
        if (!use.is_in_needle && (!use.is_follower || is_idle(needle, text, from, pos))) {
            meet_lead(needle, (unsigned char)text.ptr[pos]);
            pos = next_odd(needle, text, pos + size, reach);
            continue;
        }
        if (!is_tried && match_over(needle, text, from, to, pos, out))
            return true;
        pos += size;
    }
    return false;
}
