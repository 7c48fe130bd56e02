// The query language of CLI.md: one parser for the sidebar's filter and every command.
//
//   word  "a phrase"  /regex/     in the claim's quote or in what it says; case and accents count in a
//                                 regex alone (there a capital makes case count)
//   key:value  key:a,"b c"        one of the values. article:, event: and other: also take the end of a path;
//                                 source: takes id, name, alias or an id merged away, anywhere in a chain of
//                                 voices, and includes the source's parts; id: takes the beginning of the id of
//                                 the claim or of one of its links; note:, cue: and why: look inside; created:
//                                 takes < <= = >= > and as much of a date as matters, and so do voices:, links:
//                                 and value: with a number
//   key:*                         there is one
//   contested disputed ...        the flags of query.def
//   @name                         what the saved query of this name asks
//   not x   x or y   x y (both)   ( )
#ifndef GAINSAY_MODEL_QUERY_H
#define GAINSAY_MODEL_QUERY_H

#include "base/err.h"
#include "model/derive.h"
#include "model/registry.h"
#include "model/scheme.h"

struct query; // parsed, immutable

// The words of the language with what they mean, for completion and help: keys with their colon, flags,
// "not" and "or".
struct query_word {
    const char *text;
    const char *example; // a value; NULL for a word that takes none
    const char *help;    // at most 60 columns
    enum vocab_id vocab; // values of the key; VOCAB_NONE when they are free
};
const struct query_word *query_words(size_t *count);

// Empty text matches everything.
//   saved    struct saved_query, that `@name` asks for; NULL: none. Not needed afterwards
//   returns  false (E_QUERY, col in code points): says what could stand there
MUST_CHECK bool query_parse(struct sv text, const struct rec_list *saved, struct query **out,
                            struct err *err);
void query_free(struct query *query); // NULL is allowed

// Warn of values that nothing can have: words that the scheme lacks (E_WORD), sources that the registry
// lacks (E_DANGLING); each with the nearest right one. They are no errors: records may hold such words.
//   registry  NULL: sources are not looked up
void query_check(const struct query *query, const struct registry *registry,
                 const struct scheme *scheme, struct findings *findings);

// The query's own text with `new` for each value that is `old` of a key that is meant, appended to `out`; what it asks
// for by a saved query stays. `new` has no quotation mark.
//   returns  how many values
size_t query_swap(const struct query *query, struct sv old, struct sv new,
                  bool (*is_meant)(const void *ctx, const char *key, enum vocab_id vocab),
                  const void *ctx, struct buf *out);

// Does it ask by this key ("article"), in a saved query too?
bool query_has_key(const struct query *query, const char *key);
// May a claim match with one of its links alone (query_ctx.only) and not with all of them, or the other way round?
bool query_sees_links(const struct query *query);

// Does it ask for no more than which layer a claim is in (article: event: by: guideline:)? Then it can be asked of a
// layer, with a claim of zeros. NULL: true.
bool query_is_of_layers(const struct query *query);

struct query_ctx {
    const struct derived *derived;
    const struct registry *registry; // for `source:`, which takes ids, names and aliases
    const struct link *only; // the one link that terms about links see; NULL: all of the claim
};

// NULL query matches everything.
bool query_matches(const struct query *query, const struct query_ctx *ctx,
                   const struct layer *layer, const struct claim *claim);

#endif
