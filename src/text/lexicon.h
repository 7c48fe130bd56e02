// What is known of English words: the tables words.def, abbrev.def and cue.def behind lookups.
// Words of other languages are simply not found.
#ifndef GAINSAY_TEXT_LEXICON_H
#define GAINSAY_TEXT_LEXICON_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"

// Classes of words, see words.def.
enum word_class {
    STARTER = 1 << 0,
    COORD = 1 << 1,
    SUBORD = 1 << 2,
    RELATIVE = 1 << 3,
    PRONOUN = 1 << 4,
    DET = 1 << 5,
    AUX = 1 << 6,
    VERB = 1 << 7,
    LINK = 1 << 8,
    PREP = 1 << 9,
};

// Classes of abbreviations, see abbrev.def.
enum abbrev { NOT_ABBREV, TITLE, NUMBER, INNER, FINAL };

// How a word reports, see cue.def.
enum cue_how { SAYS, THAT, DOES, FROM, HINT };
#define NOUN (1u << 4) // or-ed to it in rows

#define CUE_FORMS 4

// A row of cue.def, or of a team's own list.
struct cue_row {
    const char *forms[CUE_FORMS]; // small letters: base, third person, past, -ing; "" for one left
                                  // out; a phrase is the first alone
    unsigned how;                 // enum cue_how, or-ed NOUN
    const char *act;              // "" where the word leaves it open
    bool is_phrase;
    bool is_off; // no cue: takes the built-in row that has its first form out
};

struct cue_rows {
    const struct cue_row *items; // in any order; a later one goes before a former, all before cue.def
    size_t count;
};

// A reporting word or phrase found in a text.
struct cue_word {
    size_t len; // bytes
    enum cue_how how;
    struct sv act;      // absent where the word leaves it open
    bool is_finite;     // third person or past; a phrase counts as one
    bool is_noun_alike; // base form or third person that is a noun as well: "claim", "reports"
    bool is_past;       // past, or a participle: "said"
    bool is_ing;
    bool is_phrase;
};

// Classes of `word` in any case; 0 when it is unknown. O(log words).
unsigned lexicon_classes(struct sv word);

// Two ASCII capitals or more and nothing else: "US" is a name and not the pronoun. O(word).
bool lexicon_is_acronym(struct sv word);

// `word` without its full stop, in the case it has.
enum abbrev lexicon_abbrev(struct sv word);

// The longest reporting phrase or word at the start of `text` that ends on a word's end.
// The caller sees to it that a word begins there.
bool lexicon_cue(struct sv text, struct cue_word *out);

// The same with a team's own rows, which may be NULL, before those of cue.def. O(rows) more.
bool lexicon_cue_with(struct sv text, const struct cue_rows *own, struct cue_word *out);

#endif
