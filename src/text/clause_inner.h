// Inside of text/clause*.c. Nothing else includes it.
#ifndef GAINSAY_TEXT_CLAUSE_INNER_H
#define GAINSAY_TEXT_CLAUSE_INNER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"
#include "text/lexicon.h"

enum clause_token_kind {
    TOKEN_WORD,
    TOKEN_COMMA,
    TOKEN_BREAK,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_SIGN
};

struct clause_token {
    size_t beg, end; // bytes of the block
    enum clause_token_kind kind;
    unsigned classes; // of the lexicon
    bool is_capital, is_number;
    bool is_verb;   // looks finite
    bool is_ing;    // ends in -ing
    bool is_ed;     // ends in -ed, or is a past form
    bool is_report; // a reporting verb that content follows at once
    bool is_that;   // a reporting verb that "that" follows
    bool is_list;   // a comma inside an enumeration
    bool is_long;   // one of long parts
    bool is_cut;    // a clause begins here
};

struct clause_tokens {
    struct sv block;
    struct clause_token *items;
    size_t count, cap;
};

// A clause, or what there is of it before another one is put in.
struct clause_part {
    size_t beg, end; // tokens, without signs and conjunctions at the edges
    size_t last;     // the part where the whole ends: this one, or one behind it
};

static inline bool is_word(const struct clause_tokens *tokens, size_t i)
{
    return i < tokens->count && tokens->items[i].kind == TOKEN_WORD;
}

static inline struct sv word_of(const struct clause_tokens *tokens, size_t i)
{
    return sv_sub(tokens->block, tokens->items[i].beg, tokens->items[i].end);
}

static inline bool has_class(const struct clause_tokens *tokens, size_t i, unsigned classes)
{
    return is_word(tokens, i) && (tokens->items[i].classes & classes);
}

// The words and signs of block[beg, end), with what each is by itself; appended.
void clause_read(struct clause_tokens *tokens, size_t beg, size_t end);

// Set `is_verb` of verbs that only their neighbours give away, "ISKP strikes", "it encourages",
// "and bred"; clear it in what their neighbours make a noun or an infinitive.
void clause_find_verbs(struct clause_tokens *tokens);

// All of these are false for what is no word, and past the end.

// One of `words`, a list that NULL ends, as it is written there.
bool clause_is_one_of(const struct clause_tokens *tokens, size_t i, const char *const *words);

bool clause_is_capital(const struct clause_tokens *tokens, size_t i);
bool clause_is_ing(const struct clause_tokens *tokens, size_t i);    // ends in -ing
bool clause_is_s_form(const struct clause_tokens *tokens, size_t i); // third person, or a plural
bool clause_is_adverb(const struct clause_tokens *tokens, size_t i);

// A pronoun that is nothing but a subject, and whose verb has no ending.
bool clause_is_subject(const struct clause_tokens *tokens, size_t i);

// Looks like what a verb before it acts on, rather than the end of a noun phrase.
bool clause_is_object(const struct clause_tokens *tokens, size_t i);

// Has a word behind it that it can act on.
bool clause_is_acting(const struct clause_tokens *tokens, size_t i);

// Makes the word behind it part of a noun phrase: "the report", "the man's alleged role".
bool clause_is_before_noun(const struct clause_tokens *tokens, size_t i);

size_t clause_skip_adverbs(const struct clause_tokens *tokens, size_t i);

// Is there a verb, how many words are there in [from, to)? `to` may lie behind the end.
bool clause_has_verb(const struct clause_tokens *tokens, size_t from, size_t to);
size_t clause_count_words(const struct clause_tokens *tokens, size_t from, size_t to);

// First comma, break or cut at or after `i`; tokens->count at the end.
size_t clause_part_end(const struct clause_tokens *tokens, size_t i);

// Where the clause that holds token `i` begins and ends by the cuts made so far.
size_t clause_begin_of(const struct clause_tokens *tokens, size_t i);
size_t clause_end_of(const struct clause_tokens *tokens, size_t i);

// The first token at or after `i` that is no sign like a quotation mark.
size_t clause_first_word(const struct clause_tokens *tokens, size_t i);

// Does a clause go on at `i` with its verb? Not with a participle: ", seated in front, spoke".
bool clause_goes_on_with_verb(const struct clause_tokens *tokens, size_t i);

// Cut where words alone begin a clause; commas and breaks are done before. O(tokens) but for what
// it looks at around each.
void clause_cut_words(struct clause_tokens *tokens);

// Set `last` of the parts of one sentence. O(tokens).
void clause_find_wholes(const struct clause_tokens *tokens, struct clause_part *parts,
                        size_t count);

#endif
