// A paragraph read in words, signs, quotations and sentences: what attributions are looked for in.
#ifndef GAINSAY_TEXT_PASSAGE_H
#define GAINSAY_TEXT_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"
#include "base/units.h"

#define TOKEN_NONE ((size_t)-1)

enum token_kind {
    TOKEN_WORD,
    TOKEN_COMMA,
    TOKEN_COLON,
    TOKEN_DASH,  // between words; a hyphen inside one is part of it
    TOKEN_STOP,  // . ! ? and ellipses, those of abbreviations too
    TOKEN_OPEN,  // opening quotation mark
    TOKEN_CLOSE, // closing quotation mark
    TOKEN_SIGN,  // any other
};

struct token {
    struct byte_span span;
    size_t sentence;  // index
    size_t mate;      // OPEN and CLOSE: the other mark; TOKEN_NONE: there is none
    unsigned classes; // lexicon_classes, of words
    enum token_kind kind;
    bool is_capital;
    bool is_possessive; // "Taliban's"
    bool is_finite;     // a verb that must be one: "was", "took", "said"
    bool is_verb;       // or by its form: "attacked", which may be a participle
};

struct sentence {
    size_t beg, end; // tokens
};

struct passage {
    struct sv text; // the whole text: spans count in it
    struct token *items;
    size_t count, cap;
    struct sentence *sentences;
    size_t sentence_count, sentence_cap;
};

// Read text[span), a paragraph. `passage` is zero or was read before; its memory is used again.
// O(bytes).
void passage_read(struct passage *passage, struct sv text, struct byte_span span);
void passage_release(struct passage *passage);

// Outside of the passage, these take a token for a sign without text.
struct sv passage_word(const struct passage *passage, size_t i);
bool passage_is(const struct passage *passage, size_t i, enum token_kind kind);
bool passage_has(const struct passage *passage, size_t i, unsigned classes); // a word of any of them
bool passage_eq(const struct passage *passage, size_t i,
                struct sv word); // a word in small letters; "IS" is not "is"

// The tokens [beg, end), beg < end, as bytes.
struct byte_span passage_span(const struct passage *passage, size_t beg, size_t end);

// An adverb by its looks ("reportedly") or "also", "then" and the like.
bool passage_is_adverb(const struct passage *passage, size_t i);

#endif
