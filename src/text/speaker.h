// Who speaks at a cue: where the noun phrase before or behind a reporting word begins and ends.
// By the classes of words and their neighbours, no parse.
#ifndef GAINSAY_TEXT_SPEAKER_H
#define GAINSAY_TEXT_SPEAKER_H

#include "text/lexicon.h"
#include "text/passage.h"

// A reporting word in a passage.
struct cue_use {
    struct cue_word word;
    size_t beg;  // first token: auxiliaries and adverbs before the word are its own
    size_t form; // the word or phrase
    size_t end;  // behind it
    size_t lo, hi; // the sentence, or the quotation in it, that it works in
    bool is_passive; // "was told", "is believed"
    bool has_that;   // "that" follows
};

// Tokens; beg == end: nobody is named. The group is what stands together: who speaks and the cue.
struct speaker {
    size_t beg, end;
    size_t group_beg, group_end;
    bool is_behind; // "..., said Anna"
};

// Find who speaks.
//   last     who spoke at the cue before in this sentence, or empty: "he wrote ... and added"
//   returns  false when the word is none that reports here: a noun, an infinitive, a passive without "by"
bool speaker_find(const struct passage *passage, const struct cue_use *use,
                  const struct speaker *last, struct speaker *out);

// Where the noun phrase that begins at token `beg` ends, at `hi` at the latest.
size_t speaker_np_end(const struct passage *passage, size_t beg, size_t hi);

// Is there a finite verb in [beg, end)?
bool speaker_has_verb(const struct passage *passage, size_t beg, size_t end);

#endif
