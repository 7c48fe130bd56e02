// Every layer of a workspace that a command asks about, with what follows from them.
// Reads files; changes none. A file that is refused is reported, and the rest still answers.
#ifndef GAINSAY_CLI_LIBRARY_H
#define GAINSAY_CLI_LIBRARY_H

#include "cli/context.h"
#include "model/derive.h"
#include "model/query.h"
#include "model/thread.h"
#include "store/blind.h"
#include "store/files.h"

struct library_layer {
    struct layer layer;
    size_t annotator; // index into library.annotators
};

struct library_annotator {
    char *name;              // owned
    size_t first, count;     // its layers
    struct derived *derived; // over its layers
    struct cache *cache;     // that texts of its records may stay in; NULL: none
};

struct library {
    struct arena arena;           // of all records
    struct library_layer *layers; // by annotator, then article
    size_t layer_count, layer_cap;
    struct library_annotator *annotators;
    size_t annotator_count, annotator_cap;
    struct registry_file registry;
    const struct scheme *scheme;
    struct blind blind;           // the team, and what it hides
    size_t hidden;                // layers of others that are not shown
    struct threads threads;       // by talk_find (cli/talk.h); none until then
    struct layer_file *talkers;   // layers that were not asked for and have comments
    size_t talker_count, talker_cap;
};

// Ids of the articles for which `annotator` has a file, sorted, whether the text is there or not.
MUST_CHECK bool library_articles(const struct workspace *ws, const char *annotator,
                                 struct fs_names *out, struct err *err);

// Load the layers of --as NAME, else of every annotator. Failures are printed and keep the status. In a blind team
// layers of others are left out, and this is said, but for articles that whoever asks has finished; who asks is not
// told by --as. Records that a team rejected are not in them.
//   article  of one article alone; absent: of all
//   returns  false (E_USAGE, E_SYSTEM) when there is nothing to go on with
MUST_CHECK bool library_load(struct cli *cli, struct sv article, struct library *out,
                             struct err *err);
// The same for annotators that are named, in that order.
MUST_CHECK bool library_load_of(struct cli *cli, const char *const *annotators, size_t count,
                                struct sv article, struct library *out, struct err *err);
// library_load for library_find with these `flags` and `first`: claims that it does not find and that no link names
// may be missing in the layers.
MUST_CHECK bool library_load_asked(struct cli *cli, unsigned flags, size_t first,
                                   struct library *out, struct err *err);
void library_release(struct library *library);
const struct team *library_team(const struct library *library);
// May whoever asks see what `owner` made of an article?
bool library_shows(struct library *library, struct sv owner, struct sv article);

const struct layer *library_layer_of(const struct library_layer *layer);
const struct derived *library_derived(const struct library *library,
                                      const struct library_layer *layer);

// Does the event go by this name: its own, or the end of it?
bool library_is_event(struct sv event, struct sv typed);

// Parse a query typed at the shell, which may ask for saved ones; an error says that it is in the query. Warns of
// values that nothing can have.
MUST_CHECK bool library_ask(struct cli *cli, const struct library *library, struct sv text,
                            struct query **out, struct err *err);

// A claim found.
struct hit {
    const struct library_layer *layer;
    const struct claim *claim;
    unsigned flags; // enum claim_flag
};
struct hits {
    struct hit *items; // by article, position, annotator, id
    size_t count, cap;
};
// Claims that have all of `flags` and match (NULL: all do).
void library_match(const struct library *library, const struct query *query, unsigned flags,
                   struct hits *out);
// The same for the query made of the operands from `first` on, joined by blanks.
MUST_CHECK bool library_find(struct cli *cli, const struct library *library, unsigned flags,
                             size_t first, struct hits *out, struct err *err);
void hits_release(struct hits *hits);

#endif
