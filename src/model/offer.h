// What could stand at the cursor of a query that is being typed: words of the language, saved queries, values of a
// key, those in use first. For prompts and shells.
#ifndef GAINSAY_MODEL_OFFER_H
#define GAINSAY_MODEL_OFFER_H

#include "model/tally.h"

// What is known; any of it may be left out.
struct offer_input {
    const struct scheme *scheme;
    const struct registry *registry;
    const struct rec_list *saved; // struct saved_query
    struct sv_list articles;      // ids
    struct sv_list annotators;
    // Add the claims that values are counted in; NULL: none.
    void (*count)(void *ctx, struct tally *tally);
    void *ctx;
    bool has_help; // say what a word means where it has no count
};

// Append the candidates for the term that ends at byte `cursor`, one a line, best first: the word, and behind a tab
// what is to be said of it, how many claims have the value or what it means.
//   returns  the byte where the words that they replace begins
size_t query_offer(const struct offer_input *in, struct sv text, size_t cursor, struct buf *out);

#endif
