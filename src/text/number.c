// Numbers in a text, by small rules over words and figures.
// Never guesses a value: what it cannot read whole is no number.
#include "text/number.h"

#include "base/attr.h"
#include "text/cluster.h"
#include "text/decode.h"
#include "text/token.h"

#define YEAR_LEAST 1500
#define YEAR_MOST  2100

struct valued {
    const char *word;
    double value;
};

static const struct valued smalls[] = {
#define SMALL(word, value) { word, value },
#define ORDINAL(word, value)
#define SCALE(word, factor)
#define HEDGE(words, bound)
#define AFTER(words, bound)
#define CURRENCY(sign, code)
#define MONTH(word)
#include "text/number.def"
#undef SMALL
#undef ORDINAL
};

static const struct valued ordinals[] = {
#define SMALL(word, value)
#define ORDINAL(word, value) { word, value },
#include "text/number.def"
#undef ORDINAL
#undef SCALE
};

static const struct valued scales[] = {
#define ORDINAL(word, value)
#define SCALE(word, factor) { word, factor },
#include "text/number.def"
#undef SCALE
#undef HEDGE
};

struct bound_words {
    const char *words;
    enum number_bound bound;
};

static const struct bound_words hedges[] = {
#define SCALE(word, factor)
#define HEDGE(words, bound) { words, NUMBER_##bound },
#include "text/number.def"
#undef HEDGE
#undef AFTER
};

static const struct bound_words afters[] = {
#define HEDGE(words, bound)
#define AFTER(words, bound) { words, NUMBER_##bound },
#include "text/number.def"
#undef AFTER
#undef CURRENCY
};

static const struct {
    const char *sign, *code;
} currencies[] = {
#define AFTER(words, bound)
#define CURRENCY(sign, code) { sign, code },
#include "text/number.def"
#undef CURRENCY
#undef MONTH
};

static const char *const months[] = {
#define CURRENCY(sign, code)
#define MONTH(word) word,
#include "text/number.def"
#undef SMALL
#undef ORDINAL
#undef SCALE
#undef HEDGE
#undef AFTER
#undef CURRENCY
#undef MONTH
};

// ---- words of the tables ------------------------------------------------------------------------

static struct sv word_of(const struct token *token)
{
    return sv_of(token->word, token->len);
}

static const double *value_of(const struct valued *table, size_t count, struct sv word)
{
    for (size_t i = 0; i < count; i++) {
        const char *known = table[i].word;

        if (known[0] == word.ptr[0] && (word.len < 2 || known[1] == word.ptr[1]) &&
            sv_eq_cstr(word, known))
            return &table[i].value;
    }
    return NULL;
}

static const char *currency_of(struct sv sign)
{
    for (size_t i = 0; i < ARRAY_LEN(currencies); i++) {
        if (sv_eq_cstr(sign, currencies[i].sign))
            return currencies[i].code;
    }
    return NULL;
}

static bool is_month(const struct token *token)
{
    if (!token->is_capital) // "may", "march"
        return false;
    for (size_t i = 0; i < ARRAY_LEN(months); i++) {
        if (sv_eq_cstr(word_of(token), months[i]))
            return true;
    }
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : c;
}

// ---- looking around -----------------------------------------------------------------------------

// The next word, if nothing but blanks and hyphens stand before it (and a full stop, if
// `over_stop`).
static bool next_word(struct sv text, size_t pos, bool over_stop, struct token *out)
{
    size_t beg = pos;

    if (!token_next(text, &beg, out))
        return false;
    for (size_t size; pos < out->span.beg; pos += size) {
        int32_t cp = decode_at(text, pos, &size);

        if (!cp_is_blank(cp) && cp != '-' && cp != 0x2011 && !(over_stop && cp == '.'))
            return false;
    }
    return true;
}

// Does text[.., pos) end with `words`, in any case, blanks behind them allowed? Where they begin,
// or SIZE_MAX.
static size_t ends_with(struct sv text, size_t pos, const char *words)
{
    struct sv want = sv_from(words);

    while (pos > 0 && text.ptr[pos - 1] == ' ')
        pos--;
    if (pos < want.len)
        return SIZE_MAX;
    for (size_t i = 0; i < want.len; i++) {
        if (lower(text.ptr[pos - want.len + i]) != want.ptr[i])
            return SIZE_MAX;
    }
    pos -= want.len;
    return pos == 0 || !(is_digit(text.ptr[pos - 1]) || (text.ptr[pos - 1] | 0x20) >= 'a')
               ? pos
               : SIZE_MAX;
}

// Does text[pos, ..) begin with blanks and then `words`? Where they end, or SIZE_MAX.
static size_t begins_with(struct sv text, size_t pos, const char *words)
{
    struct sv want = sv_from(words);

    while (pos < text.len && (text.ptr[pos] == ' ' || text.ptr[pos] == '-'))
        pos++;
    if (text.len - pos < want.len)
        return SIZE_MAX;
    for (size_t i = 0; i < want.len; i++) {
        if (lower(text.ptr[pos + i]) != want.ptr[i])
            return SIZE_MAX;
    }
    pos += want.len;
    return pos == text.len || (lower(text.ptr[pos]) < 'a' || lower(text.ptr[pos]) > 'z') ? pos
                                                                                         : SIZE_MAX;
}

// ---- values -------------------------------------------------------------------------------------

// A number being read: where it ends so far.
struct reader {
    struct sv text;
    size_t end;
    double value;
    bool is_plain; // figures without comma, point or scale
    bool is_ordinal;
    bool is_scaled;
};

// Digits with commas between groups and a decimal part.
//   returns  bytes, 0 when they are no number ("1,5", "1.2.3")
static size_t read_digits(struct sv word, double *value, bool *is_plain)
{
    double whole = 0, unit = 1;
    size_t pos = 0, group = 0;

    *is_plain = true;
    for (; pos < word.len && (is_digit(word.ptr[pos]) || word.ptr[pos] == ','); pos++) {
        if (word.ptr[pos] == ',') {
            if (pos + 2 >= word.len || !is_digit(word.ptr[pos + 1]) ||
                (!*is_plain && group != 2 && group != 3) || group > 3)
                return 0;
            *is_plain = false;
            group = 0;
            continue;
        }
        whole = whole * 10 + (word.ptr[pos] - '0');
        group++;
    }
    if (!*is_plain && group != 3)
        return 0;
    if (pos + 1 < word.len && word.ptr[pos] == '.' && is_digit(word.ptr[pos + 1])) {
        *is_plain = false;
        for (pos++; pos < word.len && is_digit(word.ptr[pos]); pos++)
            whole += (unit /= 10) * (word.ptr[pos] - '0');
        if (pos < word.len && word.ptr[pos] == '.')
            return 0;
    }
    *value = whole;
    return pos;
}

// What stands on a figure: "21st", "30k", "1.5bn", "5kg". false: a name, like 5G.
static bool read_suffix(struct reader *r, struct sv rest)
{
    static const char *const ordinal[] = { "st", "nd", "rd", "th" };
    static const char *const units[] = { "kg", "km", "cm", "mm", "ft", "mph", "kmh", "am", "pm" };
    char low[8];
    const double *factor;
    size_t len = 0;

    while (len < rest.len && len < sizeof(low) && lower(rest.ptr[len]) >= 'a' &&
           lower(rest.ptr[len]) <= 'z') {
        low[len] = lower(rest.ptr[len]);
        len++;
    }
    if (!len)
        return true;
    if (len < rest.len && rest.ptr[len] != '-')
        return false;
    if (sv_eq_cstr(sv_of(low, len), "s") && r->is_plain) // 1990s
        return r->value >= YEAR_LEAST && r->value <= YEAR_MOST;
    for (size_t i = 0; i < ARRAY_LEN(ordinal); i++) {
        if (sv_eq_cstr(sv_of(low, len), ordinal[i])) {
            r->is_ordinal = true;
            r->end += len;
            return true;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(units); i++) {
        if (sv_eq_cstr(sv_of(low, len), units[i]))
            return true;
    }
    // "5G", "3D", "4B" are names
    factor = value_of(scales, ARRAY_LEN(scales), sv_of(low, len));
    if (!factor || (len == 1 && rest.ptr[0] == 'B' && r->value < 10))
        return false;
    r->value *= *factor;
    r->is_scaled = true;
    r->end += len;
    return true;
}

static bool read_figure(struct reader *r, const struct token *token)
{
    struct sv word = sv_sub(r->text, token->span.beg, token->span.end);
    size_t used = read_digits(word, &r->value, &r->is_plain);

    if (!used)
        return false;
    r->end = token->span.beg + used;
    return read_suffix(r, sv_sub(word, used, word.len));
}

// Number words up to ninety-nine, with hundreds: "two hundred and fifty", "twenty-five", "a dozen".
static bool read_words(struct reader *r, const struct token *first)
{
    struct token token = *first;
    const double *value = value_of(smalls, ARRAY_LEN(smalls), word_of(&token)), *ordinal;
    struct token next;

    ordinal = value_of(ordinals, ARRAY_LEN(ordinals), word_of(&token));
    if (ordinal) {
        r->value = *ordinal;
        r->is_ordinal = true;
        r->end = token.span.end;
        return true;
    }
    if (!value)
        return false;
    r->value = *value;
    r->end = token.span.end;
    if (*value >= 20 && next_word(r->text, r->end, false, &next)) {
        value = value_of(smalls, ARRAY_LEN(smalls), word_of(&next));
        ordinal = value_of(ordinals, ARRAY_LEN(ordinals), word_of(&next));
        if (r->text.ptr[r->end] != '-')
            ordinal = NULL;
        if ((value && *value > 0 && *value < 10) || (ordinal && *ordinal < 10)) {
            r->is_ordinal = !value;
            r->value += value ? *value : *ordinal;
            r->end = next.span.end;
        }
    }
    return true;
}

// "hundred", "million", "bn" behind what was read; "and a half", "and fifty" too.
static void read_scales(struct reader *r)
{
    struct token next;

    while (!r->is_ordinal && next_word(r->text, r->end, false, &next)) {
        const double *factor = value_of(scales, ARRAY_LEN(scales), word_of(&next));
        size_t half = begins_with(r->text, r->end, "and a half");

        if (half != SIZE_MAX) {
            r->value += .5;
            r->is_plain = false;
            r->end = half;
            continue;
        }
        if (factor && next.len > 1) {
            r->value *= *factor;
            r->is_scaled = true;
            r->end = next.span.end;
            continue;
        }
        if (r->is_scaled && sv_eq(word_of(&next), SV("and"))) {
            struct token after;
            struct reader rest = { .text = r->text };

            if (next_word(r->text, next.span.end, false, &after) && !after.is_digit &&
                read_words(&rest, &after) && !rest.is_ordinal && rest.value < 100 &&
                rest.value > 0) {
                r->value += rest.value;
                r->end = rest.end;
                continue;
            }
        }
        break;
    }
}

// A value at `token`. false: none.
static bool read_value(struct sv text, const struct token *token, struct reader *r)
{
    *r = (struct reader){ .text = text };
    if (token->is_digit) {
        if (!read_figure(r, token))
            return false;
    } else if (sv_eq(word_of(token), SV("dozen"))) {
        r->value = 12;
        r->end = token->span.end;
        return true;
    } else if (sv_eq(word_of(token), SV("a"))) { // "a hundred", "a million"
        struct token next;

        if (!next_word(text, token->span.end, false, &next) || next.len < 5 ||
            !value_of(scales, ARRAY_LEN(scales), word_of(&next)))
            return false;
        r->value = 1;
        r->end = token->span.end;
    } else if (!read_words(r, token)) {
        return false;
    }
    read_scales(r);
    return true;
}

// ---- kinds --------------------------------------------------------------------------------------

// The word before `pos`, if blanks and the full stop of an abbreviation alone part them.
static struct sv word_before(struct sv text, size_t pos)
{
    size_t end, beg;

    while (pos > 0 && text.ptr[pos - 1] == ' ')
        pos--;
    if (pos > 0 && text.ptr[pos - 1] == '.')
        pos--;
    for (end = beg = pos;
         beg > 0 && (lower(text.ptr[beg - 1]) >= 'a' && lower(text.ptr[beg - 1]) <= 'z');)
        beg--;
    return sv_sub(text, beg, end);
}

static bool is_percent(struct sv text, size_t *end)
{
    static const char *const words[] = { "%", "percent", "per cent", "percentage points",
                                         "percentage point" };

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        size_t after = begins_with(text, *end, words[i]);

        if (after != SIZE_MAX) {
            *end = after;
            return true;
        }
    }
    return false;
}

// A currency's sign or code right before `beg`, or its word right behind `end`.
static const char *find_currency(struct sv text, size_t *beg, size_t *end)
{
    struct token next;
    const char *code;

    for (size_t i = 0; i < ARRAY_LEN(currencies); i++) {
        size_t before = ends_with(text, *beg, currencies[i].sign);

        if (before != SIZE_MAX && before < *beg && sv_from(currencies[i].sign).len < 4) {
            *beg = before;
            return currencies[i].code;
        }
    }
    for (size_t i = 0; i < ARRAY_LEN(currencies); i++) {
        struct sv sign = sv_from(currencies[i].sign);

        if ((unsigned char)sign.ptr[0] >= 0x80 && sv_starts(sv_sub(text, *end, text.len), sign)) {
            *end += sign.len;
            return currencies[i].code;
        }
    }
    if (!next_word(text, *end, false, &next))
        return NULL;
    code = currency_of(word_of(&next));
    if (code)
        *end = next.span.end;
    return code;
}

static bool is_time(struct sv text, size_t end)
{
    static const char *const words[] = { "am",  "pm",  "a.m.",    "p.m.",
                                         "a.m", "p.m", "o'clock", "o\u2019clock" };

    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (begins_with(text, end, words[i]) != SIZE_MAX)
            return true;
    }
    return false;
}

// "11 December", "December 11", "Dec. 11".
static bool is_day(struct sv text, const struct token *token, size_t end, double value)
{
    struct token next;
    struct sv before;
    size_t pos = 0;

    if (value < 1 || value > 31)
        return false;
    if (next_word(text, end, false, &next) && is_month(&next))
        return true;
    if (begins_with(text, end, "of") != SIZE_MAX &&
        next_word(text, begins_with(text, end, "of"), false, &next) && is_month(&next))
        return true;
    before = word_before(text, token->span.beg);
    return before.len && token_next(before, &pos, &next) && is_month(&next);
}

// Four figures that are no count: most are; before the name of many things they are one only behind
// a word of time.
static bool is_year(struct sv text, const struct reader *r, const struct token *token)
{
    static const char *const times[] = { "in",     "since", "until", "till", "by",
                                         "during", "of",    "early", "late", "mid",
                                         "before", "after", "year",  "from" };
    struct token next;
    struct sv before = word_before(text, token->span.beg);

    if (!r->is_plain || r->is_scaled || r->value < YEAR_LEAST || r->value > YEAR_MOST ||
        r->end - token->span.beg != 4)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(times); i++) {
        size_t pos = 0;

        if (before.len && token_next(before, &pos, &next) && sv_eq_cstr(word_of(&next), times[i]))
            return true;
    }
    if (!next_word(text, r->end, false, &next) || next.is_capital || next.is_digit)
        return true;
    if (token_is_common(&next))
        return true;
    return next.word[next.len - 1] != 's' && !sv_eq(word_of(&next), SV("people"));
}

// ---- the whole number ---------------------------------------------------------------------------

static void find_bound(struct sv text, struct number *out)
{
    size_t best = out->span.beg, after;

    for (size_t i = 0; i < ARRAY_LEN(hedges); i++) {
        size_t beg = ends_with(text, out->span.beg, hedges[i].words);

        if (beg < best) { // the longest
            best = beg;
            out->bound = hedges[i].bound;
        }
    }
    out->from = best;
    for (size_t i = 0; i < ARRAY_LEN(afters); i++) {
        if (begins_with(text, out->span.end, afters[i].words) != SIZE_MAX)
            out->bound = afters[i].bound;
    }
    after = out->span.end;
    if (after < text.len && text.ptr[after] == '+')
        out->bound = NUMBER_LEAST;
    if (begins_with(text, after, "odd") != SIZE_MAX && text.ptr[after] == '-')
        out->bound = NUMBER_ABOUT;
}

// "10 to 20", "10-20", "between 10 and 20": the upper end. `scale`: "2 to 3 million" is of
// millions.
static void find_range(struct sv text, struct reader *r, size_t beg, struct number *out)
{
    static const char *const joints[] = { "to", "-", "\u2013", "and" };
    struct reader high;
    struct token token;

    for (size_t i = 0; i < ARRAY_LEN(joints); i++) {
        size_t pos, at = r->end;

        while (at < text.len && text.ptr[at] == ' ')
            at++;
        if (!sv_starts(sv_sub(text, at, text.len), sv_from(joints[i])))
            continue;
        pos = at + sv_from(joints[i]).len;
        if (i == 3 && ends_with(text, beg, "between") == SIZE_MAX)
            continue;
        if (!token_next(text, &pos, &token) || token.span.beg > at + sv_from(joints[i]).len + 2 ||
            !read_value(text, &token, &high) || high.is_ordinal != r->is_ordinal)
            continue;
        if (high.is_scaled && !r->is_scaled && r->value < high.value / r->value)
            r->value *= high.value >= 1e9 ? 1e9 : high.value >= 1e6 ? 1e6 : 1;
        if (high.value <= r->value)
            continue;
        out->high = high.value;
        r->end = high.end;
        r->is_plain = r->is_plain && high.is_plain;
        return;
    }
}

// "2024-12-11" as 20241211, "9:30" as 930.
static bool is_date_or_time(struct sv word, enum number_kind *kind, double *value)
{
    size_t hyphens = 0, colons = 0;

    *value = 0;
    for (size_t i = 0; i < word.len; i++) {
        hyphens += word.ptr[i] == '-';
        colons += word.ptr[i] == ':';
        if (!is_digit(word.ptr[i]) && word.ptr[i] != '-' && word.ptr[i] != ':')
            return false;
        if (is_digit(word.ptr[i]))
            *value = *value * 10 + (word.ptr[i] - '0');
    }
    *kind = colons ? NUMBER_TIME : NUMBER_DATE;
    return colons || hyphens == 2;
}

static void find_kind(struct sv text, const struct token *token, struct reader *r,
                      struct number *out)
{
    out->kind = NUMBER_COUNT;
    out->currency = NULL;
    if (is_day(text, token, r->end, r->value))
        out->kind = NUMBER_DATE;
    else if (r->is_ordinal)
        out->kind = NUMBER_ORDINAL;
    else if (token->is_digit && is_time(text, r->end))
        out->kind = NUMBER_TIME;
    else if (is_percent(text, &out->span.end))
        out->kind = NUMBER_PERCENT;
    else if ((out->currency = find_currency(text, &out->span.beg, &out->span.end)))
        out->kind = NUMBER_MONEY;
}

static bool number_at(struct sv text, const struct token *token, struct number *out)
{
    struct reader r;
    struct sv word = sv_sub(text, token->span.beg, token->span.end);
    bool is_of_time;

    *out = (struct number){ .span = token->span, .from = token->span.beg };
    if (token->is_digit && is_date_or_time(word, &out->kind, &out->low)) {
        out->high = out->low;
        return true;
    }
    if (!read_value(text, token, &r))
        return false;
    if (!token->is_digit && r.value <= 1 && !r.is_ordinal)
        return false;
    out->low = out->high = r.value;
    out->span.end = r.end;
    is_of_time = is_year(text, &r, token);
    find_range(text, &r, token->span.beg, out);
    if (is_of_time) { // 2001-2021
        out->kind = NUMBER_YEAR;
        out->span.end = r.is_plain ? r.end : out->span.end;
        out->high = r.is_plain && out->high <= YEAR_MOST ? out->high : out->low;
        return true;
    }
    out->low = r.value;
    if (out->high < out->low)
        out->high = out->low;
    out->span.end = r.end;
    find_kind(text, token, &r, out);
    find_bound(text, out);
    return true;
}

// Is the figure at `beg` the tail of a name: F-16, COVID-19, No. 5, Article 370?
static bool is_in_name(struct sv text, size_t beg)
{
    return beg > 1 && text.ptr[beg - 1] == '-' && text.ptr[beg - 2] >= 'A' &&
           (text.ptr[beg - 2] <= 'Z' || text.ptr[beg - 2] >= 'a');
}

bool number_next(struct sv text, size_t *pos, struct number *out)
{
    struct token token;

    while (token_next(text, pos, &token)) {
        if (token.is_digit && is_in_name(text, token.span.beg))
            continue;
        if (!number_at(text, &token, out))
            continue;
        if (out->span.end > *pos)
            *pos = out->span.end;
        return true;
    }
    return false;
}
