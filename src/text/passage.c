// A paragraph read in words, signs, quotations and sentences.
// Knows forms and classes of words, and nothing of what they are put together to.
#include "text/passage.h"

#include <stdint.h>

#include "base/attr.h"
#include "base/mem.h"
#include "base/visible.h"
#include "text/cluster.h"
#include "text/lexicon.h"
#include "text/sentence.h"
#include "text/word.h"

static enum token_kind sign_kind(const struct passage *passage, size_t pos, int32_t cp)
{
    bool after_blank = pos == 0 || skip_blanks(passage->text, pos - 1) > pos - 1 ||
                       passage->text.ptr[pos - 1] == '(' || passage->text.ptr[pos - 1] == '[';

    switch (cp) {
    case ',':
        return TOKEN_COMMA;
    case ':':
        return TOKEN_COLON;
    case '-':
    case 0x2013:
    case 0x2014:
        return TOKEN_DASH;
    case '.':
    case '!':
    case '?':
    case 0x2026:
        return TOKEN_STOP;
    case '"':
        return after_blank ? TOKEN_OPEN : TOKEN_CLOSE;
    case 0x2018:
    case 0x201c:
    case 0x201e:
    case 0xab:
        return TOKEN_OPEN;
    case 0x2019:
    case 0x201d:
    case 0xbb:
        return TOKEN_CLOSE;
    default:
        return TOKEN_SIGN;
    }
}

// "attacked", but not "the alleged role", "the published report".
static bool is_past(const struct passage *passage, struct sv word)
{
    const struct token *last = passage->count ? &passage->items[passage->count - 1] : NULL;

    if (word.len < 4 || !sv_ends(word, SV("ed")) || sv_ends(word, SV("eed")))
        return false;
    return !last || last->kind != TOKEN_WORD ||
           !((last->classes & DET && !(last->classes & PRONOUN)) || last->is_possessive);
}

// Reporting verbs that are nothing else and that words.def leaves to cue.def.
static bool is_saying(struct sv word)
{
    static const char *const verbs[] = { "said",    "says",    "told",    "tells",    "wrote",
                                         "writes",  "thinks",  "thought", "believes", "argues",
                                         "believe", "insists", "denies" };

    for (size_t i = 0; i < ARRAY_LEN(verbs); i++)
        if (sv_eq_cstr(word, verbs[i]))
            return true;
    return false;
}

static void classify(struct passage *passage, struct token *token)
{
    struct sv word = sv_sub(passage->text, token->span.beg, token->span.end);
    size_t size;

    token->classes = lexicon_is_acronym(word) ? 0 : lexicon_classes(word);
    token->is_capital = cp_kind(utf8_decode(word, &size)) == CP_UPPER;
    token->is_possessive = sv_ends(word, SV("'s")) || sv_ends(word, SV("\u2019s"));
    token->is_finite = token->classes & (AUX | VERB) || is_saying(word);
    token->is_verb = token->is_finite || (!token->is_capital && is_past(passage, word));
}

static void push(struct passage *passage, struct token token)
{
    MEM_GROW(passage->items, passage->count, passage->cap);
    passage->items[passage->count++] = token;
}

static bool is_doubled(struct sv text, size_t pos)
{
    return pos + 1 < text.len && (text.ptr[pos] == '\'' || text.ptr[pos] == '`') &&
           text.ptr[pos + 1] == text.ptr[pos];
}

static void read_sentence(struct passage *passage, struct byte_span span)
{
    size_t index = passage->sentence_count, beg = passage->count;

    for (size_t pos = span.beg; pos < span.end; pos = skip_blanks(passage->text, pos)) {
        struct token token = { .span.beg = pos, .sentence = index, .mate = TOKEN_NONE };
        size_t size;

        if (word_is_text(passage->text, pos)) {
            token.span.end = word_end(passage->text, pos);
            classify(passage, &token);
        } else {
            token.kind =
                sign_kind(passage, pos, utf8_decode(sv_sub(passage->text, pos, span.end), &size));
            token.span.end = pos + size;
            if (is_doubled(passage->text, pos)) { // '' for a double mark
                token.kind = sign_kind(passage, pos, '"');
                token.span.end++;
            }
        }
        push(passage, token);
        pos = token.span.end;
    }
    MEM_GROW(passage->sentences, passage->sentence_count, passage->sentence_cap);
    passage->sentences[passage->sentence_count++] = (struct sentence){ beg, passage->count };
}

// Opening marks whose mates are still to come.
struct opened {
    size_t items[4];
    size_t count;
};

static bool is_single(const struct passage *passage, size_t i)
{
    return sv_eq(passage_word(passage, i), SV("\u2018")) ||
           sv_eq(passage_word(passage, i), SV("\u2019"));
}

// A mark that is opened again was never closed.
static void open_mark(const struct passage *passage, size_t i, struct opened *opened)
{
    for (size_t k = 0; k < opened->count; k++)
        if (sv_eq(passage_word(passage, opened->items[k]), passage_word(passage, i)))
            opened->count = k;
    if (opened->count < ARRAY_LEN(opened->items))
        opened->items[opened->count++] = i;
}

// A single closing mark that none opened is an apostrophe: "the troops’ way".
static void close_mark(struct passage *passage, size_t i, struct opened *opened)
{
    bool single = is_single(passage, i);

    while (!single && opened->count && is_single(passage, opened->items[opened->count - 1]))
        opened->count--;
    if (opened->count && single == is_single(passage, opened->items[opened->count - 1])) {
        size_t mate = opened->items[--opened->count];

        passage->items[i].mate = mate;
        passage->items[mate].mate = i;
    } else if (single) {
        passage->items[i].kind = TOKEN_SIGN;
    }
}

static void marry(struct passage *passage)
{
    struct opened opened = { 0 };

    for (size_t i = 0; i < passage->count; i++) {
        if (passage->items[i].kind == TOKEN_OPEN)
            open_mark(passage, i, &opened);
        else if (passage->items[i].kind == TOKEN_CLOSE)
            close_mark(passage, i, &opened);
    }
}

void passage_read(struct passage *passage, struct sv text, struct byte_span span)
{
    struct sv line = sv_sub(text, 0, span.end);

    passage->text = text;
    passage->count = passage->sentence_count = 0;
    for (size_t beg = skip_blanks(line, span.beg); beg < span.end;) {
        size_t end = span.beg + sentence_end(sv_sub(text, span.beg, span.end), beg - span.beg);

        read_sentence(passage, (struct byte_span){ beg, end });
        beg = skip_blanks(line, end);
    }
    marry(passage);
}

void passage_release(struct passage *passage)
{
    mem_free(passage->items);
    mem_free(passage->sentences);
    *passage = (struct passage){ 0 };
}

struct sv passage_word(const struct passage *passage, size_t i)
{
    return i < passage->count
               ? sv_sub(passage->text, passage->items[i].span.beg, passage->items[i].span.end)
               : SV("");
}

bool passage_is(const struct passage *passage, size_t i, enum token_kind kind)
{
    return i < passage->count ? passage->items[i].kind == kind : kind == TOKEN_SIGN;
}

bool passage_has(const struct passage *passage, size_t i, unsigned classes)
{
    return i < passage->count && passage->items[i].classes & classes;
}

bool passage_eq(const struct passage *passage, size_t i, struct sv word)
{
    struct sv token = passage_word(passage, i);

    if (token.len != word.len || lexicon_is_acronym(token))
        return false;
    for (size_t k = 0; k < word.len; k++) {
        char c = token.ptr[k];

        if ((c >= 'A' && c <= 'Z' ? (char)(c + 0x20) : c) != word.ptr[k])
            return false;
    }
    return true;
}

struct byte_span passage_span(const struct passage *passage, size_t beg, size_t end)
{
    return (struct byte_span){ passage->items[beg].span.beg, passage->items[end - 1].span.end };
}

bool passage_is_adverb(const struct passage *passage, size_t i)
{
    static const char *const adverbs[] = { "also",       "then",    "later",   "still",
                                           "even",       "never",   "just",    "now",
                                           "once",       "again",   "not",     "both",
                                           "all",        "yet",     "first",   "previously",
                                           "repeatedly", "already", "likewise" };
    struct sv word = passage_word(passage, i);

    if (!passage_is(passage, i, TOKEN_WORD) || passage->items[i].is_capital)
        return false;
    for (size_t k = 0; k < ARRAY_LEN(adverbs); k++)
        if (sv_eq_cstr(word, adverbs[k]))
            return true;
    return word.len > 4 && sv_ends(word, SV("ly"));
}
