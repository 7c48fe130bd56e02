// Words as comparing texts sees them.
// English endings alone; words of other languages stay as they are, or lose a final s.
#include "text/token.h"

#include <string.h>

#include "base/attr.h"
#include "base/buf.h"
#include "text/cluster.h"
#include "text/decode.h"
#include "text/fold.h"
#include "text/lexicon.h"
#include "text/word.h"

static bool is_apostrophe(int32_t cp)
{
    return cp == '\'' || cp == 0x2019;
}

static bool is_hyphen(int32_t cp)
{
    return cp == '-' || cp == '_' || cp == 0x2010 || cp == 0x2011;
}

// Append a code point if it fits; what is cut stays valid UTF-8.
static void add_cp(struct token *token, int32_t cp)
{
    char bytes[4];
    size_t size = 0;

    if (cp < 0x80) {
        bytes[size++] = (char)cp;
    } else if (cp < 0x800) {
        bytes[size++] = (char)(0xc0 | cp >> 6);
    } else {
        if (cp < 0x10000) {
            bytes[size++] = (char)(0xe0 | cp >> 12);
        } else {
            bytes[size++] = (char)(0xf0 | (cp >> 18 & 7));
            bytes[size++] = (char)(0x80 | (cp >> 12 & 0x3f));
        }
        bytes[size++] = (char)(0x80 | (cp >> 6 & 0x3f));
    }
    if (cp >= 0x80)
        bytes[size++] = (char)(0x80 | (cp & 0x3f));
    if (token->len + size > TOKEN_MAX)
        return;
    memcpy(token->word + token->len, bytes, size);
    token->len += size;
}

// Fold the unit at `pos` into the token; returns its bytes.
static size_t add_folded(struct token *token, struct sv text, size_t pos)
{
    unsigned char c = (unsigned char)text.ptr[pos];
    struct fold fold;

    if (c < 0x80 && (pos + 1 == text.len || (unsigned char)text.ptr[pos + 1] < 0x80)) {
        add_cp(token, c >= 'A' && c <= 'Z' ? c + 0x20 : c);
        return 1;
    }
    fold_at(text, pos, true, &fold);
    for (size_t i = 0; i < fold.count; i++)
        add_cp(token, fold.cp[i]);
    return fold.size;
}

static void fill(struct sv text, struct byte_span span, struct token *out)
{
    struct sv word = sv_sub(text, span.beg, span.end);
    size_t size, pos = 0, apostrophe = SIZE_MAX;
    int32_t first = decode_at(word, 0, &size);

    out->span = span;
    out->len = 0;
    out->is_capital = cp_kind(first) == CP_UPPER;
    out->is_digit = cp_kind(first) == CP_DIGIT;
    while (pos < word.len) {
        int32_t cp = decode_at(word, pos, &size);

        if (is_apostrophe(cp))
            apostrophe = out->len;
        pos += is_apostrophe(cp) ? size : add_folded(out, word, pos);
    }
    if (apostrophe != SIZE_MAX && out->len == apostrophe + 1 && out->word[apostrophe] == 's')
        out->len = apostrophe;
}

// End of the first part of the word text[beg, end).
static size_t part_end(struct sv text, size_t beg, size_t end)
{
    size_t size;

    if (cp_kind(decode_at(text, beg, &size)) == CP_DIGIT)
        return end;
    for (size_t pos = beg; pos < end; pos += size) {
        if (is_hyphen(decode_at(text, pos, &size)))
            return pos;
    }
    return end;
}

static bool is_plain_letter(char c)
{
    return (unsigned)((unsigned char)(c | 0x20) - 'a') < 26;
}

static bool is_plain_digit(char c)
{
    return (unsigned)((unsigned char)c - '0') < 10;
}

// Most words: plain letters, where what comes behind decides nothing. false: it takes the whole
// rules.
static bool read_plain(struct sv text, size_t beg, struct token *out)
{
    size_t end = beg, len;
    char behind;

    if (!is_plain_letter(text.ptr[beg]))
        return false;
    while (end < text.len && (is_plain_letter(text.ptr[end]) || is_plain_digit(text.ptr[end])))
        end++;
    behind = end < text.len ? text.ptr[end] : ' ';
    if ((unsigned char)behind >= 0x80 || behind == '\'' ||
        (is_plain_digit(text.ptr[end - 1]) && (behind == '.' || behind == ',' || behind == ':')))
        return false;
    len = end - beg < TOKEN_MAX ? end - beg : TOKEN_MAX;
    for (size_t i = 0; i < len; i++) {
        char c = text.ptr[beg + i];

        out->word[i] = is_plain_letter(c) ? (char)(c | 0x20) : c;
    }
    out->span = (struct byte_span){ beg, end };
    out->len = len;
    out->is_capital = text.ptr[beg] <= 'Z';
    out->is_digit = false;
    return true;
}

bool token_next(struct sv text, size_t *pos, struct token *out)
{
    size_t size;

    while (*pos < text.len) {
        size_t beg = *pos, end;
        int32_t cp = decode_at(text, beg, &size);

        if (read_plain(text, beg, out)) {
            *pos = out->span.end;
            return true;
        }
        if (cp_is_blank(cp) || is_hyphen(cp)) {
            *pos += size;
            continue;
        }
        end = word_end(text, beg);
        if (!word_is_text(text, beg)) {
            *pos = end;
            continue;
        }
        *pos = part_end(text, beg, end);
        fill(text, (struct byte_span){ beg, *pos }, out);
        if (out->len)
            return true;
    }
    return false;
}

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

static bool has_vowel(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (is_vowel(word[i]))
            return true;
    }
    return false;
}

static bool ends(const struct token *token, size_t len, const char *ending)
{
    size_t size = strlen(ending);

    return len > size && !memcmp(token->word + len - size, ending, size);
}

// "cities", "dresses", "bombs"; not "us", "press", "crisis".
static size_t without_plural(const struct token *token, size_t len)
{
    if (len < 4 || token->word[len - 1] != 's')
        return len;
    if (ends(token, len, "ies"))
        return len - 2;
    if (ends(token, len, "sses") || ends(token, len, "shes") || ends(token, len, "ches") ||
        ends(token, len, "xes"))
        return len - 2;
    if (ends(token, len, "ss") || ends(token, len, "us") || ends(token, len, "is"))
        return len;
    return len - 1;
}

size_t token_stem(struct token *token)
{
    static const struct {
        const char *ending;
        size_t least; // bytes that must be left
    } endings[] = {
        { "ment", 4 }, { "ness", 4 }, { "ion", 4 }, { "ing", 3 },
        { "ed", 3 },   { "ly", 5 },   { "er", 4 },
    };
    size_t len = token->len;

    if (token->is_digit)
        return len;
    len = without_plural(token, len);
    for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
        size_t size = strlen(endings[i].ending);

        if (len < size + endings[i].least || !ends(token, len, endings[i].ending) ||
            !has_vowel(token->word, len - size))
            continue;
        len -= size;
        if (token->word[len - 1] == token->word[len - 2] && !is_vowel(token->word[len - 1]) &&
            token->word[len - 1] != 'l' && token->word[len - 1] != 's')
            len--; // "stopped"
        break;
    }
    if (len > 4 && token->word[len - 1] == 'e')
        len--;
    if (len > 5 && ends(token, len, "at")) // "accusation", "accuse"
        len -= 2;
    if (len > 3 && token->word[len - 1] == 'y')
        token->word[len - 1] = 'i';
    return len;
}

bool token_is_common(const struct token *token)
{
    static const char *const more[] = {
        "ago",  "be",     "been", "being", "did",  "do",   "does", "doing", "done",  "else",
        "even", "had",    "has",  "have",  "its",  "just", "may",  "more",  "most",  "much",
        "not",  "now",    "only", "other", "our",  "own",  "said", "same",  "say",   "saying",
        "says", "should", "such", "tell",  "told", "too",  "very", "well",  "whose", "will",
    };
    const unsigned kept = VERB;
    struct sv word = sv_of(token->word, token->len);
    unsigned classes = lexicon_classes(word);

    if (token->len == 1 && !token->is_digit)
        return true;
    if (classes && !(classes & kept))
        return true;
    for (size_t i = 0; i < ARRAY_LEN(more); i++) {
        if (more[i][0] > word.ptr[0])
            break; // they are in order
        if (more[i][0] == word.ptr[0] && sv_eq_cstr(word, more[i]))
            return true;
    }
    return false;
}

uint64_t token_hash(uint64_t seed, const char *ptr, size_t len)
{
    uint64_t hash = 0xcbf29ce484222325u ^ seed;

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (unsigned char)ptr[i]) * 0x100000001b3u;
    return hash ^ hash >> 29;
}
