// Search: literals folded, by a byte search for plain ASCII and a scan of the rest; regexes by
// PCRE2. The only file that knows PCRE2. Never runs on without end: every match attempt has a
// limit, and so have all of a search together.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/find.h"

#include <pcre2.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "base/bug.h"
#include "base/buf.h"
#include "base/visible.h"
#include "text/cluster.h"
#include "text/decode.h"
#include "text/fold.h"

#ifndef FIND_BLOCK
#define FIND_BLOCK ((size_t)256 << 10) // bytes searched at a time; tests build with 16
#endif
#define FIND_MATCH_LIMIT 200000 // steps of one attempt: some 2 ms
#ifndef FIND_REACH
#define FIND_REACH ((size_t)64 << 10) // bytes a regex sees behind a block; tests build with 64
#endif
#define FIND_FREE   ((size_t)1 << 10) // bytes at the beginning of a search that are not sampled
#define FIND_SAMPLE ((size_t)8 << 10) // bytes for which one attempt is measured
#ifndef FIND_WORK
#define FIND_WORK UINT64_C(4000000000) // steps of one search: some seconds; tests build with less
#endif
#ifndef FIND_MET
#define FIND_MET 256 // a lead byte met so often is looked into; tests build with 2
#endif
#define FIND_INVALID   0x110000 // folded invalid bytes are from here on
#define FIND_STACK_MAX ((size_t)1 << 20)
#define FIND_CPS       0x20000 // code points whose use for a needle is remembered once asked for

#define HIGH_BITS UINT64_C(0x8080808080808080)

// What a code point can do for a folded needle.
struct use {
    bool is_in_needle; // folds to something in the needle
    bool is_follower;  // is taken in by the letter before it
};

// The same for 64 code points, a bit each.
struct block {
    uint64_t in_needle, followers;
    bool is_known;
};

struct finder {
    pcre2_code *code;  // the regex, or the needle's ASCII bytes; NULL: no ASCII text can match
    pcre2_code *probe; // the regex, made to count its steps; NULL for literals
    pcre2_match_data *match;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    bool is_folded; // a literal; else the code alone decides
    bool was_limited;

    // Regexes only: what the search has cost.
    size_t searched; // bytes
    uint64_t work;   // steps, estimated
    uint64_t steps;  // of the attempt that is measured
    size_t step_at;  // where its last step was

    // Literals only.
    bool fold_case;
    bool starts_ascii; // an ASCII character can stand for the first of the needle
    int32_t *needle;   // folded code points
    size_t count;
    struct block *blocks;    // of the first FIND_CPS code points
    bool starts_mark;        // the needle begins with what others take in
    bool has_invalid;        // the needle has invalid bytes
    bool stops[256];         // bytes that may begin something in the needle: all that is not known
    unsigned short met[256]; // how often such a byte was met
};

// Code points of the pattern before byte `pos`, for messages.
static int count_cps(struct sv pattern, size_t pos)
{
    size_t size;
    int count = 0;

    for (size_t at = 0; at < pos && at < pattern.len; at += size) {
        utf8_decode(sv_sub(pattern, at, pattern.len), &size);
        count++;
    }
    return count;
}

// A capital outside escapes makes a pattern exact.
static bool has_capital(struct sv pattern, bool is_regex)
{
    size_t size;

    for (size_t pos = 0; pos < pattern.len; pos += size) {
        int32_t cp = utf8_decode(sv_sub(pattern, pos, pattern.len), &size);

        if (is_regex && cp == '\\' && pos + 1 < pattern.len) {
            const char *close = pattern.ptr + pos + 2;

            size = 2;
            if (pos + 2 < pattern.len && *close == '{') // \p{Lu}, \x{AB}
                close = memchr(close, '}', pattern.len - pos - 2);
            if (close && (size_t)(close - pattern.ptr) < pattern.len && *close == '}')
                size = (size_t)(close - pattern.ptr) - pos + 1;
            continue;
        }
        if (cp_kind(cp) == CP_UPPER)
            return true;
    }
    return false;
}

// Compile for PCRE2 with JIT where there is one, and limits.
static bool compile(struct finder *finder, struct sv pattern, uint32_t options, int *code,
                    size_t *offset)
{
    finder->code = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len,
                                 options | PCRE2_USE_OFFSET_LIMIT, code, offset, NULL);
    if (!finder->code)
        return false;
    (void)pcre2_jit_compile(finder->code, PCRE2_JIT_COMPLETE); // without it: slower
    finder->match = pcre2_match_data_create_from_pattern(finder->code, NULL);
    finder->context = pcre2_match_context_create(NULL);
    finder->stack = pcre2_jit_stack_create((size_t)32 << 10, FIND_STACK_MAX, NULL);
    if (!finder->match || !finder->context || !finder->stack)
        bug_out_of_memory();
    pcre2_set_match_limit(finder->context, FIND_MATCH_LIMIT);
    pcre2_jit_stack_assign(finder->context, NULL, finder->stack);
    return true;
}

static bool compile_regex(struct finder *finder, struct sv pattern, struct err *err)
{
    struct sv inner = sv_sub(pattern, 1, pattern.len - 1);
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_MULTILINE |
                       (has_capital(inner, true) ? 0 : PCRE2_CASELESS);
    int code;
    size_t offset;
    PCRE2_UCHAR text[128];

    if (compile(finder, inner, options, &code, &offset)) {
        finder->probe =
            pcre2_compile((PCRE2_SPTR)inner.ptr, inner.len,
                          options | PCRE2_USE_OFFSET_LIMIT | PCRE2_AUTO_CALLOUT | PCRE2_ANCHORED,
                          &code, &offset, NULL);
        if (finder->probe)
            (void)pcre2_jit_compile(finder->probe, PCRE2_JIT_COMPLETE);
        return true;
    }
    if (pcre2_get_error_message(code, text, sizeof(text)) < 0)
        text[0] = '\0';
    return err_set(err, E_QUERY, (struct err_at){ .col = count_cps(pattern, 1 + offset) + 1 },
                   "'" SV_FMT
                   "' is no regular expression: %s; without slashes it is searched as it "
                   "stands",
                   SV_ARG(pattern), (const char *)text);
}

static void compile_bytes(struct finder *finder, struct sv bytes, uint32_t options)
{
    int code;
    size_t offset;
    bool ok = compile(finder, bytes, PCRE2_LITERAL | options, &code, &offset);

    BUG_ON(!ok); // every string is a valid literal
}

static bool has_needle_in(const struct finder *finder, int32_t first, int32_t last)
{
    for (size_t i = 0; i < finder->count; i++)
        if (finder->needle[i] >= first && finder->needle[i] <= last)
            return true;
    return false;
}

// Set what bytes may begin something in the needle. Known from the beginning are lead bytes with
// nothing behind them that folds to any of `from`..`to` or outside of these.
static void set_stops(struct finder *finder)
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

    finder->has_invalid = has_needle_in(finder, FIND_INVALID, INT32_MAX);
    for (int byte = 0; byte < 256; byte++)
        finder->stops[byte] = byte >= 0xc2 || finder->has_invalid;
    for (size_t i = 0; i < finder->count; i++) {
        int32_t cp = finder->needle[i];

        if (cp < 0x80)
            finder->stops[cp] = true;
        if (cp >= 'a' && cp <= 'z')
            finder->stops[cp - 0x20] = true;
    }
    for (size_t i = 0; i < ARRAY_LEN(scripts) && !finder->has_invalid && !finder->starts_mark; i++)
        if (!has_needle_in(finder, scripts[i].from, scripts[i].to))
            for (int lead = scripts[i].first; lead <= scripts[i].last; lead++)
                finder->stops[lead] = false;
}

static void compile_literal(struct finder *finder, struct sv pattern)
{
    struct buf ascii = { 0 };
    struct fold fold;
    size_t cap = 0;

    finder->fold_case = !has_capital(pattern, false);
    for (size_t pos = 0; pos < pattern.len; pos += fold.size) {
        fold_at(pattern, pos, finder->fold_case, &fold);
        for (size_t i = 0; i < fold.count; i++) {
            MEM_GROW(finder->needle, finder->count, cap);
            finder->needle[finder->count++] = fold.cp[i];
            if (fold.cp[i] < 0x80)
                buf_add_char(&ascii, (char)fold.cp[i]);
        }
    }
    finder->is_folded = finder->count > 0;
    if (!finder->is_folded) { // accents or invisible characters alone: as they stand
        compile_bytes(finder, pattern, 0);
    } else {
        finder->starts_ascii = finder->needle[0] < 0x80;
        finder->starts_mark = fold_is_follower(finder->needle[0]);
        finder->blocks = mem_new(FIND_CPS / 64 * sizeof(*finder->blocks));
        set_stops(finder);
        if (ascii.len == finder->count)
            compile_bytes(finder, buf_sv(&ascii), finder->fold_case ? PCRE2_CASELESS : 0);
    }
    buf_release(&ascii);
}

// First match of the compiled code in text[0, end) that begins in [from, to), and is not empty.
static bool run_code(struct finder *finder, struct sv text, size_t from, size_t to, size_t end,
                     struct byte_span *out)
{
    if (from >= to)
        return false;
    pcre2_set_offset_limit(finder->context, to - 1);

    int rc = pcre2_match(finder->code, (PCRE2_SPTR)text.ptr, end, from,
                         PCRE2_NOTEMPTY | (end < text.len ? PCRE2_NOTEOL : 0), finder->match,
                         finder->context);

    if (rc < 0) {
        finder->was_limited = rc != PCRE2_ERROR_NOMATCH;
        return false;
    }

    const size_t *ends = pcre2_get_ovector_pointer(finder->match);

    *out = (struct byte_span){ ends[0], ends[1] };
    return out->beg < out->end;
}

static bool is_same(int32_t needle, int32_t cp)
{
    return needle == cp || (cp >= 0x80 && needle < 0x80 && fold_is_relative(needle, cp));
}

// True for a Hangul vowel or final that would belong to the syllable before it.
static bool is_jamo_tail(int32_t cp)
{
    return (cp >= 0x1160 && cp <= 0x11ff) || (cp >= 0xd7b0 && cp <= 0xd7fb);
}

// Does the needle stand at `pos`? Only whole units match, and the marks behind them go along.
static bool match_at(const struct finder *finder, struct sv text, size_t pos, size_t *end)
{
    struct fold fold;
    size_t done = 0, size;

    while (done < finder->count) {
        if (pos >= text.len)
            return false;
        if (done == 0 && (unsigned char)text.ptr[pos] < 0x80) { // most attempts end here
            int32_t cp =
                text.ptr[pos] |
                (finder->fold_case && text.ptr[pos] >= 'A' && text.ptr[pos] <= 'Z' ? 0x20 : 0);

            if (cp != finder->needle[0])
                return false;
        }
        fold_at(text, pos, finder->fold_case, &fold);
        if (fold.count > finder->count - done || (done == 0 && fold.count == 0))
            return false;
        for (size_t i = 0; i < fold.count; i++)
            if (!is_same(finder->needle[done + i], fold.cp[i]))
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

static bool is_in_needle(const struct finder *finder, const struct fold *fold)
{
    for (size_t i = 0; i < fold->count; i++)
        for (size_t j = 0; j < finder->count; j++)
            if (is_same(finder->needle[j], fold->cp[i]))
                return true;
    return false;
}

static struct use learn_use(const struct finder *finder, struct sv unit, int32_t cp)
{
    struct fold fold;

    fold_at(unit, 0, finder->fold_case, &fold);
    return (struct use){ is_in_needle(finder, &fold), fold_is_follower(cp) };
}

static void learn_block(struct finder *finder, int32_t first)
{
    struct block *block = &finder->blocks[first / 64];
    struct buf unit = { 0 };

    for (int i = 0; i < 64; i++) {
        buf_clear(&unit);
        utf8_add(&unit, first + i);

        struct use use = learn_use(finder, buf_sv(&unit), first + i);

        block->in_needle |= (uint64_t)use.is_in_needle << i;
        block->followers |= (uint64_t)use.is_follower << i;
    }
    block->is_known = true;
    buf_release(&unit);
}

// What the code point (or invalid byte, -1) at `pos`, `size` bytes long, can do.
static inline struct use use_of(struct finder *finder, struct sv text, size_t pos, size_t size,
                                int32_t cp)
{
    if (cp < 0 || cp >= FIND_CPS)
        return learn_use(finder, sv_sub(text, pos, pos + size), cp);

    struct block *block = &finder->blocks[cp / 64];

    if (!block->is_known)
        learn_block(finder, cp / 64 * 64);
    return (struct use){ block->in_needle >> cp % 64 & 1, block->followers >> cp % 64 & 1 };
}

// A code point with the lead byte `lead` was not in the needle. Met often enough, learn whether any
// with that byte is; if not, it is passed over from then on.
static void meet_lead(struct finder *finder, unsigned char lead)
{
    int32_t first = lead < 0xe0 ? (lead & 0x1f) << 6 : (lead & 0x0f) << 12;
    int32_t end = first + (lead < 0xe0 ? 1 << 6 : 1 << 12);
    uint64_t in_needle = 0;

    if (++finder->met[lead] != FIND_MET || lead < 0xc2 || lead >= 0xf0 || finder->has_invalid ||
        finder->starts_mark)
        return;
    for (; end > first && !in_needle; end -= 64) { // Latin is at the end of its range
        if (!finder->blocks[end / 64 - 1].is_known)
            learn_block(finder, end - 64);
        in_needle = finder->blocks[end / 64 - 1].in_needle;
    }
    finder->stops[lead] = in_needle != 0;
}

static bool is_ascii8(const char *p)
{
    uint64_t w;

    memcpy(&w, p, sizeof(w));
    return !(w & HIGH_BITS);
}

static bool is_ascii32(const char *p)
{
    uint64_t w[4];

    memcpy(w, p, sizeof(w));
    return !((w[0] | w[1] | w[2] | w[3]) & HIGH_BITS);
}

// First byte at or after `pos`, before `end`, that is not ASCII; else `end`.
static size_t skip_ascii(struct sv text, size_t pos, size_t end)
{
    while (end - pos >= 32 && is_ascii32(text.ptr + pos))
        pos += 32;
    while (end - pos >= 8 && is_ascii8(text.ptr + pos))
        pos += 8;
    while (pos < end && (unsigned char)text.ptr[pos] < 0x80)
        pos++;
    return pos;
}

// Where the code point that holds byte `pos` begins.
static size_t cp_start(struct sv text, size_t pos)
{
    size_t beg = pos, size;

    while (beg > 0 && beg < text.len && pos - beg < 3 && (text.ptr[beg] & 0xc0) == 0x80)
        beg--;
    if (beg == pos)
        return pos;
    utf8_decode(sv_sub(text, beg, text.len), &size);
    return beg + size > pos ? beg : pos;
}

// First code point boundary at or after `pos`.
static size_t cp_align(struct sv text, size_t pos)
{
    while (pos < text.len && cp_start(text, pos) < pos)
        pos++;
    return pos;
}

// Go back from `pos` over what can be part of a match, as far as the needle reaches.
static size_t reach_back(struct finder *finder, struct sv text, size_t from, size_t pos)
{
    for (size_t units = 0; pos > from && units < finder->count;) {
        size_t beg = cp_start(text, pos - 1), size;
        int32_t cp = utf8_decode(sv_sub(text, beg, text.len), &size);

        struct use use = use_of(finder, text, beg, size, cp);

        if (cp < 0 || (!use.is_in_needle && !use.is_follower))
            break;
        units += !use.is_follower;
        pos = beg;
    }
    return pos;
}

// The first match that begins in [from, to) and has the code point at `pos` in it: the needle is
// tried at every place from which it can reach there.
static bool match_over(struct finder *finder, struct sv text, size_t from, size_t to, size_t pos,
                       struct byte_span *out)
{
    size_t size, beg = finder->starts_ascii ? reach_back(finder, text, from, pos) : pos;

    for (; beg <= pos && beg < to; beg += size) {
        if (match_at(finder, text, beg, &out->end)) {
            out->beg = beg;
            return true;
        }
        utf8_decode(sv_sub(text, beg, text.len), &size);
    }
    return false;
}

// True when the follower at `pos` cannot be in a match: what it follows is none, nor in the needle.
static bool is_idle(struct finder *finder, struct sv text, size_t from, size_t pos)
{
    if (pos == from || finder->starts_mark)
        return false;

    size_t beg = cp_start(text, pos - 1), size;
    int32_t cp = decode_at(text, beg, &size);
    struct use use = use_of(finder, text, beg, size, cp);

    return !use.is_in_needle && !use.is_follower;
}

// First byte at or after `pos`, before `end`, that is not ASCII and can be in a match, or stands
// behind what can; else `end`.
static size_t next_odd(const struct finder *finder, struct sv text, size_t pos, size_t end)
{
    while (pos < end) {
        unsigned char before = pos > 0 ? (unsigned char)text.ptr[pos - 1] : ' ';

        if ((unsigned char)text.ptr[pos] >= 0x80 && finder->stops[before])
            return pos;
        while (pos < end && !finder->stops[(unsigned char)text.ptr[pos]])
            pos++;
        if (pos == end || (unsigned char)text.ptr[pos] >= 0x80)
            return pos;
        pos = skip_ascii(text, pos, end);
    }
    return end;
}

// First match that begins in [from, to) with something other than ASCII in it.
static bool next_folded(struct finder *finder, struct sv text, size_t from, size_t to,
                        struct byte_span *out)
{
    size_t reach = text.len - to > finder->count ? to + finder->count : text.len;
    size_t size, pos = skip_ascii(text, from, reach), last_mark = SIZE_MAX;

    while (pos < reach) {
        if ((unsigned char)text.ptr[pos] < 0x80) {
            pos = next_odd(finder, text, pos, reach);
            continue;
        }

        int32_t cp = decode_at(text, pos, &size);
        struct use use = use_of(finder, text, pos, size, cp);
        bool is_tried = // with the mark before it
            use.is_follower && last_mark == pos && !finder->starts_mark;

        if (use.is_follower)
            last_mark = pos + size;
        if (!use.is_in_needle && (!use.is_follower || is_idle(finder, text, from, pos))) {
            meet_lead(finder, (unsigned char)text.ptr[pos]);
            pos = next_odd(finder, text, pos + size, reach);
            continue;
        }
        if (!is_tried && match_over(finder, text, from, to, pos, out))
            return true;
        pos += size;
    }
    return false;
}

// First match of ASCII alone that begins in [from, to).
static bool next_ascii(struct finder *finder, struct sv text, size_t from, size_t to,
                       struct byte_span *out)
{
    size_t end = text.len - to > finder->count ? to + finder->count : text.len;

    for (; finder->code && run_code(finder, text, from, to, end, out); from = out->beg + 1) {
        if (out->end == text.len || (unsigned char)text.ptr[out->end] < 0x80)
            return true;
        if (match_at(finder, text, out->beg, &out->end))
            return true;
    }
    return false;
}

// First match of a literal that begins in [from, to), a stretch short enough to be read twice.
static bool next_literal(struct finder *finder, struct sv text, size_t from, size_t to,
                         struct byte_span *out)
{
    struct byte_span ascii, other;
    bool has_ascii = next_ascii(finder, text, from, to, &ascii);
    bool has_other = next_folded(finder, text, from, has_ascii ? ascii.beg : to, &other);

    if (has_ascii || has_other)
        *out = has_other ? other : ascii;
    return has_ascii || has_other;
}

// Called by PCRE2 at every item of a pattern that is measured: one step, and one for each byte
// passed over since the last.
static int count_step(pcre2_callout_block *block, void *data)
{
    struct finder *finder = data;
    size_t at = block->current_position, last = finder->step_at;

    finder->steps += 1 + (at > last ? at - last : last - at);
    finder->step_at = at;
    return finder->steps > FIND_WORK / FIND_SAMPLE ? PCRE2_ERROR_CALLOUT : 0;
}

// Add to the work of this search what the attempts in [from, to) are going to take, judged by one
// of FIND_SAMPLE. PCRE2's own limit is for one attempt, and does not see how far a repeat runs.
//   returns  false when the search has cost too much
static bool is_affordable(struct finder *finder, struct sv text, size_t from, size_t to, size_t end)
{
    for (size_t span; from < to && finder->probe && finder->work <= FIND_WORK; from += span) {
        uint64_t random = (from + 1) * UINT64_C(0x9e3779b97f4a7c15) >> 33;
        size_t pos;

        span = to - from < FIND_SAMPLE ? to - from : FIND_SAMPLE;
        pos = cp_start(text, from + random % span);
        finder->steps = 0;
        finder->step_at = pos;
        pcre2_set_offset_limit(finder->context, pos);
        pcre2_set_callout(finder->context, count_step, finder);
        (void)pcre2_match(finder->probe, (PCRE2_SPTR)text.ptr, end, pos,
                          PCRE2_NOTEMPTY | PCRE2_NOTEOL, finder->match, finder->context);
        pcre2_set_callout(finder->context, NULL, NULL);
        finder->work += finder->steps * span;
    }
    return finder->work <= FIND_WORK;
}

// First match of a regex that begins in [from, to).
static bool next_regex(struct finder *finder, struct sv text, size_t from, size_t to,
                       struct byte_span *out)
{
    for (size_t step = FIND_FREE, stop; from < to && !finder->was_limited; from = stop) {
        if (step > FIND_BLOCK)
            step = FIND_BLOCK;
        stop = to - from > step ? cp_start(text, from + step) : to;

        size_t end = text.len - stop > FIND_REACH ? cp_start(text, stop + FIND_REACH) : text.len;

        if (finder->searched > FIND_FREE && !is_affordable(finder, text, from, stop, end)) {
            finder->was_limited = true;
            return false;
        }
        finder->searched += stop - from;
        if (run_code(finder, text, from, stop, end, out)) // it may go on beyond what was seen
            return out->end < end || run_code(finder, text, out->beg, stop, text.len, out);
        step *= 4;
    }
    return false;
}

static bool next_match(struct finder *finder, struct sv text, size_t from, size_t to,
                       struct byte_span *out)
{
    return finder->is_folded ? next_literal(finder, text, from, to, out)
                             : next_regex(finder, text, from, to, out);
}

static void begin_search(struct finder *finder)
{
    finder->was_limited = false;
    finder->searched = 0;
    finder->work = 0;
}

// Last match that begins in [from, to). Those of a literal may overlap, those of a regex follow
// each other from `from` on, as they do forwards.
static bool last_match(struct finder *finder, struct sv text, size_t from, size_t to,
                       struct byte_span *out)
{
    struct byte_span span;
    bool has_match = false;

    while (from < to && next_match(finder, text, from, to, &span)) {
        *out = span;
        has_match = true;
        from = cp_align(text, finder->is_folded ? span.beg + 1 : span.end);
    }
    return has_match && !finder->was_limited;
}

bool finder_new(struct sv pattern, struct finder **out, struct err *err)
{
    struct finder *finder;
    bool is_regex =
        pattern.len >= 2 && pattern.ptr[0] == '/' && pattern.ptr[pattern.len - 1] == '/';

    if (pattern.len == 0 || (is_regex && pattern.len == 2))
        return err_set(err, E_QUERY, ERR_NOWHERE,
                       "nothing to search for; give a word or '/REGEX/'");
    finder = mem_new(sizeof(*finder));
    if (!is_regex) {
        compile_literal(finder, pattern);
    } else if (!compile_regex(finder, pattern, err)) {
        finder_free(finder);
        return false;
    }
    *out = finder;
    return true;
}

void finder_free(struct finder *finder)
{
    if (!finder)
        return;
    pcre2_code_free(finder->code);
    pcre2_code_free(finder->probe);
    pcre2_match_data_free(finder->match);
    pcre2_match_context_free(finder->context);
    if (finder->stack)
        pcre2_jit_stack_free(finder->stack);
    mem_free(finder->needle);
    mem_free(finder->blocks);
    mem_free(finder);
}

bool finder_next_until(struct finder *finder, struct sv text, size_t from, size_t to,
                       struct byte_span *out)
{
    begin_search(finder);
    from = cp_align(text, from);
    to = to < text.len ? to : text.len;
    while (from < to && !finder->was_limited) {
        size_t stop = to;

        if (finder->is_folded && to - from > FIND_BLOCK)
            stop = cp_start(text, from + FIND_BLOCK);
        if (next_match(finder, text, from, stop, out))
            return true;
        from = stop;
    }
    return false;
}

bool finder_next(struct finder *finder, struct sv text, size_t from, struct byte_span *out)
{
    return finder_next_until(finder, text, from, text.len, out);
}

bool finder_prev(struct finder *finder, struct sv text, size_t before, struct byte_span *out)
{
    size_t to = before < text.len ? before : text.len;

    begin_search(finder);
    for (size_t step = FIND_BLOCK / 16; to > 0 && !finder->was_limited; step *= 2) {
        size_t from = to > step ? cp_start(text, to - step) : 0;

        if (!finder->is_folded && from > 0) { // whole lines
            const char *lf = memrchr(text.ptr, '\n', from);

            from = lf ? (size_t)(lf - text.ptr) + 1 : 0;
        }
        if (last_match(finder, text, from, to, out))
            return true;
        to = from;
        if (step > FIND_BLOCK)
            step = FIND_BLOCK;
    }
    return false;
}

bool finder_was_limited(const struct finder *finder)
{
    return finder->was_limited;
}

void finder_library(struct buf *out)
{
    char version[64] = ""; // "10.42 2022-12-11"

    if (pcre2_config(PCRE2_CONFIG_VERSION, NULL) <= (int)sizeof(version))
        (void)pcre2_config(PCRE2_CONFIG_VERSION, version);
    version[strcspn(version, " ")] = '\0';
    buf_addf(out, "PCRE2 %s", version);
}
