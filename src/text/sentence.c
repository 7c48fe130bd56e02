// Where sentences end.
// Never waits for a closing quotation mark: texts forget them.
#include "text/sentence.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/attr.h"
#include "text/cluster.h"
#include "text/decode.h"
#include "text/lexicon.h"

#define TOKEN_MAX 256 // bytes: no abbreviation or address that matters is longer

// The number or letter before an item of a list: "2.", "b)", "(3)", "1.)".
struct marker {
    size_t end; // behind it; the position it was looked for at when there is none
    int value;  // 1.., or 0 for none
    bool is_digit;
    char sign[3]; // what follows the number: ".", ")", ".)"
};

// A stop and what belongs to it.
struct stop {
    size_t beg;       // its first sign
    size_t end;       // behind the signs: "?!"
    size_t close;     // behind the closing quotes and brackets that follow them
    size_t dots;      // how many full stops, 0 when another sign is among them
    bool is_ellipsis; // two dots or more, or U+2026
    bool is_foreign;  // of a script that needs no blank behind it
    bool has_quote;   // a closing quotation mark follows
};

static int32_t cp_at(struct sv s, size_t pos, size_t *size)
{
    *size = 0;
    return pos < s.len ? decode_at(s, pos, size) : -1;
}

static int32_t cp_behind(struct sv s, size_t beg, size_t pos)
{
    size_t size;

    if (pos <= beg)
        return -1;
    do
        pos--;
    while (pos > beg && (s.ptr[pos] & 0xc0) == 0x80);
    return cp_at(s, pos, &size);
}

static bool is_in(int32_t cp, const int32_t *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (list[i] == cp)
            return true;
    return false;
}

static bool is_quote_close(int32_t cp)
{
    static const int32_t list[] = { '"',    '\'',   0xbb,   0x2019, 0x201d,
                                    0x203a, 0x300d, 0x300f, 0xff02, 0xff07 };

    return is_in(cp, list, ARRAY_LEN(list));
}

static bool is_close(int32_t cp)
{
    static const int32_t list[] = { ')', ']', '}', 0x3009, 0x300b, 0x3011, 0x3015, 0xff09 };

    return is_quote_close(cp) || is_in(cp, list, ARRAY_LEN(list));
}

static bool is_open(int32_t cp)
{
    static const int32_t list[] = { '"',    '\'',   '(',    '[',    '{',    0xa1,   0xab,
                                    0xbf,   0x2018, 0x201a, 0x201c, 0x201e, 0x2039, 0x3008,
                                    0x300a, 0x300c, 0x300e, 0x3010, 0x3014, 0xff08 };

    return is_in(cp, list, ARRAY_LEN(list));
}

static bool is_bullet(int32_t cp)
{
    static const int32_t list[] = { 0x2022, 0x2023, 0x2043, 0x25aa, 0x25cf, 0x25e6 };

    return is_in(cp, list, ARRAY_LEN(list));
}

// Stops of other scripts: danda, Arabic and Urdu, Ethiopic, Armenian, Burmese, CJK.
static bool is_foreign_stop(int32_t cp)
{
    static const int32_t list[] = { 0x0589, 0x061f, 0x06d4, 0x0964, 0x0965, 0x104b, 0x1362,
                                    0x1367, 0x3002, 0xff01, 0xff0e, 0xff1f, 0xff61 };

    return is_in(cp, list, ARRAY_LEN(list));
}

static bool is_stop(int32_t cp)
{
    if (cp < 0x80)
        return cp == '.' || cp == '!' || cp == '?';
    return cp == 0x2026 || cp == 0x203c || (cp >= 0x2047 && cp <= 0x2049) || is_foreign_stop(cp);
}

static bool is_letter(int32_t cp)
{
    enum cp_kind kind = cp_kind(cp);

    return kind == CP_UPPER || kind == CP_LOWER || kind == CP_LETTER;
}

size_t skip_blanks(struct sv text, size_t pos)
{
    size_t size;

    while (pos < text.len && cp_is_blank(cp_at(text, pos, &size)))
        pos += size;
    return pos;
}

size_t trim_blanks(struct sv text, size_t beg, size_t pos)
{
    while (pos > beg && cp_is_blank(cp_behind(text, beg, pos))) {
        do
            pos--;
        while (pos > beg && (text.ptr[pos] & 0xc0) == 0x80);
    }
    return pos;
}

// The word at `pos`: letters, digits, inner apostrophes and hyphens.
static struct sv word_at(struct sv s, size_t pos)
{
    size_t end = pos, size;

    for (int32_t cp = cp_at(s, end, &size); size > 0; cp = cp_at(s, end, &size)) {
        if (cp_kind(cp) == CP_OTHER && cp != '-' && cp != '\'' && cp != 0x2019 && !cp_is_mark(cp))
            break;
        end += size;
    }
    return sv_sub(s, pos, end);
}

static struct marker parse_marker(struct sv s, size_t pos)
{
    struct marker none = { .end = pos }, marker = none;
    size_t size;
    bool has_open = pos < s.len && s.ptr[pos] == '(';
    size_t at = pos + has_open, beg = at;

    while (at < s.len && at - beg < 3 && s.ptr[at] >= '0' && s.ptr[at] <= '9')
        marker.value = marker.value * 10 + (s.ptr[at++] - '0');
    marker.is_digit = at > beg;
    if (at == beg && at < s.len && s.ptr[at] >= 'a' && s.ptr[at] <= 'z')
        marker.value = s.ptr[at++] - 'a' + 1;
    for (size_t n = 0; n < 2 && at < s.len && (s.ptr[at] == '.' || s.ptr[at] == ')'); n++)
        marker.sign[n] = s.ptr[at++];
    if (marker.value == 0 || !marker.sign[0] || (has_open && marker.sign[0] != ')'))
        return none;
    if (at < s.len && !cp_is_blank(cp_at(s, at, &size)))
        return none;
    marker.end = at;
    return marker;
}

// What a sentence may begin with that is no part of its words: a bullet, a marker.
static struct marker leading_marker(struct sv s, size_t beg)
{
    size_t size, pos = beg;

    while (is_bullet(cp_at(s, pos, &size)))
        pos = skip_blanks(s, pos + size);
    return parse_marker(s, pos);
}

static bool is_next_item(const struct marker *first, const struct marker *next)
{
    return first->value > 0 && next->value == first->value + 1 &&
           first->is_digit == next->is_digit && !strcmp(first->sign, next->sign);
}

// Read the stop that begins at `pos`, its closing marks and references like [3].
static struct stop read_stop(struct sv s, size_t pos)
{
    struct stop stop = { .beg = pos };
    size_t size, signs = 0;
    bool has_dots_alone = true;

    for (int32_t cp = cp_at(s, pos, &size); size > 0 && is_stop(cp); cp = cp_at(s, pos, &size)) {
        has_dots_alone &= cp == '.';
        stop.is_ellipsis |= cp == 0x2026;
        stop.is_foreign = is_foreign_stop(cp);
        signs++;
        pos += size;
    }
    stop.dots = has_dots_alone ? signs : 0;
    stop.is_ellipsis |= stop.dots > 1;
    stop.end = pos;
    for (int32_t cp = cp_at(s, pos, &size); size > 0 && is_close(cp); cp = cp_at(s, pos, &size)) {
        stop.has_quote |= is_quote_close(cp);
        pos += size;
    }
    while (pos + 2 < s.len && s.ptr[pos] == '[' && s.ptr[pos + 1] >= '0' && s.ptr[pos + 1] <= '9') {
        const char *close = memchr(s.ptr + pos, ']', s.len - pos < 6 ? s.len - pos : 6);

        if (!close)
            break;
        pos = (size_t)(close - s.ptr) + 1;
    }
    stop.close = pos;
    return stop;
}

// Behind the dots of a spaced ellipsis ". . ." that begins at `pos`; `*dots` how many.
static size_t skip_spaced_dots(struct sv s, size_t pos, size_t *dots)
{
    *dots = 1;
    for (pos++; pos + 1 < s.len && cp_is_blank((unsigned char)s.ptr[pos]) && s.ptr[pos + 1] == '.';
         pos += 2)
        ++*dots;
    return pos;
}

// Where the words of what follows begin: behind blanks and opening marks.
static size_t next_words(struct sv s, size_t pos)
{
    size_t size;

    pos = skip_blanks(s, pos);
    while (is_open(cp_at(s, pos, &size)))
        pos += size;
    return pos;
}

static bool is_upper_at(struct sv s, size_t pos)
{
    size_t size;

    return cp_kind(cp_at(s, next_words(s, pos), &size)) == CP_UPPER;
}

static bool is_starter(struct sv word)
{
    return lexicon_classes(word) & STARTER;
}

static bool is_title_at(struct sv s, size_t pos)
{
    struct sv word = word_at(s, pos);

    return pos + word.len < s.len && s.ptr[pos + word.len] == '.' && lexicon_abbrev(word) == TITLE;
}

// "U.S", "a.m", "Ph.D": short parts with full stops between them.
static bool is_dotted(struct sv token)
{
    size_t part = 0, parts = 1;

    for (size_t i = 0; i < token.len; i++) {
        unsigned char c = (unsigned char)token.ptr[i];

        if (c == '.') {
            parts++;
            part = 0;
        } else if (++part > 3 || !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
            return false;
        }
    }
    return parts > 1 && part > 0;
}

// What stands before the stop at `pos`, back to a blank, dash or slash, opening marks left out; no
// more than TOKEN_MAX bytes of it or a little.
static struct sv token_before(struct sv s, size_t beg, size_t pos)
{
    size_t at = pos, least = pos - beg > TOKEN_MAX ? pos - TOKEN_MAX : beg, size;

    while (at > least) {
        int32_t cp = cp_behind(s, beg, at);

        if (cp_is_blank(cp) || cp == 0x2013 || cp == 0x2014 || cp == '/')
            break;
        do
            at--;
        while (at > beg && (s.ptr[at] & 0xc0) == 0x80);
    }
    while (at < pos && is_open(cp_at(s, at, &size)))
        at += size;
    return sv_sub(s, at, pos);
}

static bool is_roman(struct sv word)
{
    for (size_t i = 0; i < word.len; i++)
        if (!memchr("IVXLC", word.ptr[i], 5))
            return false;
    return word.len > 0;
}

// Does a sentence end after the single capital `token` (an initial, or "you and I")?
static bool ends_after_capital(struct sv s, size_t beg, struct sv token, struct sv next)
{
    size_t at = trim_blanks(s, beg, (size_t)(token.ptr - s.ptr)), size;
    struct sv before = token_before(s, beg, at);

    if (!is_starter(next))
        return false;
    return token.ptr[0] == 'I' || cp_kind(cp_at(before, 0, &size)) == CP_LOWER;
}

// Does the full stop behind `token` end a sentence, when what begins at `next` could begin one?
static bool ends_after_token(struct sv s, size_t beg, struct sv token, size_t next)
{
    struct sv word = word_at(s, next);
    bool starts = is_starter(word), is_title = is_title_at(s, next);
    size_t size;
    bool is_digit = cp_kind(cp_at(s, next, &size)) == CP_DIGIT;

    if (!token.len)
        return false;
    if (token.len == 1 && token.ptr[0] >= 'A' && token.ptr[0] <= 'Z')
        return ends_after_capital(s, beg, token, word);
    if (is_dotted(token)) {
        if (sv_eq(token, SV("i.e")) || sv_eq(token, SV("e.g")))
            return false;
        return starts || (is_title && token.ptr[0] >= 'A' && token.ptr[0] <= 'Z');
    }
    switch (lexicon_abbrev(token)) {
    case NOT_ABBREV:
        return true;
    case TITLE:
        return sv_eq(token, SV("St")) && starts;
    case NUMBER:
        return !is_digit && !is_roman(word);
    case INNER:
        return false;
    case FINAL:
        return starts || is_title || (sv_eq(token, SV("etc")) && !is_digit);
    }
    return true;
}

// "?" Dar asked: somebody's name and a reporting verb behind a quotation.
static bool is_reporting_tail(struct sv s, size_t pos)
{
    struct cue_word cue;
    size_t size;

    for (int words = 0; words < 4; words++) {
        struct sv word = word_at(s, pos);

        if (words > 0 && lexicon_cue(sv_sub(s, pos, s.len), &cue))
            return cue.is_finite && cue.how != DOES;
        if (cp_kind(cp_at(word, 0, &size)) != CP_UPPER || is_starter(word))
            return false;
        pos += word.len;
        if (pos < s.len && s.ptr[pos] == '.')
            pos++; // "Mr."
        if (pos == skip_blanks(s, pos))
            return false;
        pos = skip_blanks(s, pos);
    }
    return false;
}

// "world.Today": a stop with no blank behind it ends a sentence only before a word that often
// begins one, and never inside an address.
static bool ends_without_blank(struct sv s, size_t beg, const struct stop *stop)
{
    size_t size, at = (size_t)(token_before(s, beg, stop->beg).ptr - s.ptr), run = at;
    enum cp_kind before = cp_kind(cp_behind(s, beg, stop->beg));

    if (stop->dots != 1 || stop->close != stop->end ||
        cp_kind(cp_at(s, stop->end, &size)) != CP_UPPER)
        return false;
    while (run < s.len && run < stop->end + TOKEN_MAX && s.ptr[run] != ' ')
        run++;
    if ((before != CP_LOWER && before != CP_DIGIT) || memchr(s.ptr + at, '@', run - at))
        return false;
    return is_starter(word_at(s, stop->end)) || is_title_at(s, stop->end);
}

// Can a sentence begin at `pos`, behind a stop and blanks?
static bool can_begin(struct sv s, size_t pos)
{
    size_t size;
    int32_t cp = cp_at(s, pos, &size);
    enum cp_kind kind = cp_kind(cp);

    return kind == CP_UPPER || kind == CP_LETTER || kind == CP_DIGIT || cp == '$' || cp == '#' ||
           cp == '@' || cp == 0xa3 || cp == 0x20ac || is_bullet(cp);
}

static bool ends_at(struct sv s, size_t beg, const struct stop *stop)
{
    size_t size, next = next_words(s, stop->close);
    int32_t before = cp_behind(s, beg, stop->beg);
    bool has_blank = skip_blanks(s, stop->close) > stop->close;

    if (stop->close == s.len)
        return true;
    if (stop->is_foreign)
        return has_blank || stop->close == stop->end || !is_letter(cp_at(s, stop->close, &size));
    if (stop->is_ellipsis && (before == '[' || before == '('))
        return false;
    if (!has_blank)
        return ends_without_blank(s, beg, stop);
    if (!can_begin(s, next))
        return false;
    if (stop->is_ellipsis)
        return !cp_is_blank(before) || stop->dots > 3;
    if (stop->dots != 1)
        return !(stop->has_quote && is_reporting_tail(s, next));
    return ends_after_token(s, beg, token_before(s, beg, stop->beg), next);
}

// A spaced ellipsis at `*pos`: goes behind it, or says where the sentence ends.
//   returns  the end, or 0
static size_t pass_spaced_dots(struct sv s, size_t beg, size_t *pos)
{
    size_t dots, behind = skip_spaced_dots(s, *pos, &dots);
    bool is_attached = *pos > beg && !cp_is_blank(cp_behind(s, beg, *pos));
    size_t first = *pos + 1;

    if (dots < 3)
        return 0;
    *pos = behind;
    if (dots < 4 || skip_blanks(s, behind) == behind || !is_upper_at(s, behind))
        return 0;
    return is_attached ? first : behind;
}

size_t sentence_end(struct sv block, size_t beg)
{
    struct marker first = leading_marker(block, beg);
    size_t size, pos = first.end;

    while (pos < block.len) {
        int32_t cp = cp_at(block, pos, &size);

        if (cp_is_blank(cp)) {
            size_t next = skip_blanks(block, pos);
            struct marker marker = parse_marker(block, next);
            size_t other;

            if (next == block.len || is_bullet(cp_at(block, next, &other)) ||
                is_next_item(&first, &marker))
                return pos;
            pos = next;
            continue;
        }
        if (!is_stop(cp)) {
            pos += size;
            continue;
        }
        if (cp == '.') {
            size_t dots = pos, end = pass_spaced_dots(block, beg, &dots);

            if (end)
                return end;
            if (dots > pos) {
                pos = dots;
                continue;
            }
        }

        struct stop stop = read_stop(block, pos);

        if (ends_at(block, beg, &stop))
            return stop.close;
        pos = stop.end;
    }
    return block.len;
}

size_t sentence_words(struct sv block, size_t beg)
{
    return skip_blanks(block, leading_marker(block, beg).end);
}
