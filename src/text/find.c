// Search: literals folded, by a byte search for plain ASCII and a scan of the rest (needle.c);
// regexes by PCRE2. The only file that knows PCRE2. Never runs on without end: every match attempt
// has a limit, and so have all of a search together.
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
#include "text/needle.h"

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
#define FIND_STACK_MAX ((size_t)1 << 20)
struct finder {
    pcre2_code *code;  // the regex, or the needle's ASCII bytes; NULL: no ASCII text can match
    pcre2_code *probe; // the regex, made to count its steps; NULL for literals
    pcre2_match_data *match;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
    bool was_limited;

    // Regexes only: what the search has cost.
    size_t searched; // bytes
    uint64_t work;   // steps, estimated
    uint64_t steps;  // of the attempt that is measured
    size_t step_at;  // where its last step was

    struct needle *needle; // NULL: a literal as it stands, or a regex
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

static void compile_literal(struct finder *finder, struct sv pattern)
{
    bool fold_case = !has_capital(pattern, false);

    finder->needle = needle_new(pattern, fold_case);
    if (!finder->needle) { // accents or invisible characters alone: as they stand
        compile_bytes(finder, pattern, 0);
        return;
    }

    struct sv ascii = needle_ascii(finder->needle);

    if (ascii.len)
        compile_bytes(finder, ascii, fold_case ? PCRE2_CASELESS : 0);
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

// First code point boundary at or after `pos`.
static size_t cp_align(struct sv text, size_t pos)
{
    while (pos < text.len && decode_start(text, pos) < pos)
        pos++;
    return pos;
}

// First match of ASCII alone that begins in [from, to).
static bool next_ascii(struct finder *finder, struct sv text, size_t from, size_t to,
                       struct byte_span *out)
{
    size_t reach = needle_ascii(finder->needle).len;
    size_t end = text.len - to > reach ? to + reach : text.len;

    for (; finder->code && run_code(finder, text, from, to, end, out); from = out->beg + 1) {
        if (out->end == text.len || (unsigned char)text.ptr[out->end] < 0x80)
            return true;
        if (needle_at(finder->needle, text, out->beg, &out->end))
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
    bool has_other = needle_next(finder->needle, text, from, has_ascii ? ascii.beg : to, &other);

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
        pos = decode_start(text, from + random % span);
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
        stop = to - from > step ? decode_start(text, from + step) : to;

        size_t end =
            text.len - stop > FIND_REACH ? decode_start(text, stop + FIND_REACH) : text.len;

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
    return finder->needle ? next_literal(finder, text, from, to, out)
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
        from = cp_align(text, finder->needle ? span.beg + 1 : span.end);
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
    needle_free(finder->needle);
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

        if (finder->needle && to - from > FIND_BLOCK)
            stop = decode_start(text, from + FIND_BLOCK);
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
        size_t from = to > step ? decode_start(text, to - step) : 0;

        if (!finder->needle && from > 0) { // whole lines
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
