// What the rules of model/check.h share: where a finding is, and checks of any record by its schema.
// model/check.h is the public face.
#ifndef GAINSAY_MODEL_CHECK_RULE_H
#define GAINSAY_MODEL_CHECK_RULE_H

#include "model/check.h"

struct checker {
    const char *path;
    const struct scheme *scheme;
    struct err_at (*place)(void *ctx, const void *rec, const struct field *field);
    void *place_ctx;
    struct findings *findings;
    struct article *article; // NULL: no text to compare with
    size_t length;           // code points of `article`
};

// A value inside a record: where to look for its line, from the innermost map outwards.
struct spot {
    enum kind_id kind;
    const void *rec;
    const struct spot *outer; // the map that holds this one, NULL for the record
    const struct field *within; // field of `outer` that holds it
};

// Place of a field (NULL: of the whole) at a spot; of the nearest outer thing that has a place, if need be.
struct err_at rule_at(const struct checker *checker, const struct spot *spot, const char *key);
// Place of a head field.
struct err_at rule_at_head(const struct checker *checker, const char *key);

// Id of the record a spot is in.
struct sv rule_id(const struct spot *spot);

// Words not in the scheme, times and numbers of the wrong form, in the record and all maps inside it.
void rule_values(const struct checker *checker, const struct spot *spot);

// Parts: at least one, in order, inside the text, against their quotes.
void rule_parts(const struct checker *checker, const struct spot *spot, struct rec_list parts);
// Words that attribute: inside the text, against their quote.
void rule_cue(const struct checker *checker, const struct spot *spot, const struct cue *cue);
// What a comment is about and answers: in this layer, or noted in `in->refs`.
void rule_comment(const struct checker *checker, const struct check_input *in,
                  const struct comment *comment);
// The text the positions count in, and the read ranges.
void rule_text(const struct checker *checker, const struct layer *layer);

#endif
