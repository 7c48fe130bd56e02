// The scheme in force: the built-in vocabularies, replaced or extended by scheme.yaml.
#ifndef GAINSAY_MODEL_SCHEME_H
#define GAINSAY_MODEL_SCHEME_H

#include <stdbool.h>

#include "base/err.h"
#include "model/record.h"
#include "text/lexicon.h"

struct scheme {
    struct sv version;                // of scheme.yaml; absent for the built-in scheme
    struct rec_list vocabs[VOCAB__N]; // struct word, in the order shown
    struct cue_rows reporting;        // a team's own words that report; none in the built-in scheme
};

// The built-in scheme; nothing to release.
const struct scheme *scheme_builtin(void);

// `out` = built-in scheme with `vocabularies` (struct vocabulary) of a file laid over it. New words
// follow the built-in ones; a word of the same id replaces key, definition, colour, flags where given.
// Findings: unknown vocabulary, key that is not one letter, key used twice in a vocabulary.
//   place  where a vocabulary or a word of it stands in the file; NULL: no places
void scheme_extend(struct scheme *out, struct arena *arena, struct sv version,
                   struct rec_list vocabularies,
                   struct err_at (*place)(void *ctx, const void *rec, const struct field *field),
                   void *place_ctx, struct findings *findings);

const char *vocab_name(enum vocab_id vocab); // "author_stance"
const char *vocab_help(enum vocab_id vocab);
enum vocab_id vocab_find(struct sv name); // VOCAB_NONE when there is none

const struct word *scheme_find(const struct scheme *scheme, enum vocab_id vocab, struct sv value);
const struct word *scheme_find_key(const struct scheme *scheme, enum vocab_id vocab, struct sv key);
// The value nearest to a misspelt one, or NULL.
const struct word *scheme_nearest(const struct scheme *scheme, enum vocab_id vocab, struct sv value);

#endif
