// How often the names of the sources stand in texts: the forms that two articles use for one thing.
#ifndef GAINSAY_MODEL_MENTION_H
#define GAINSAY_MODEL_MENTION_H

#include "base/units.h"
#include "model/registry.h"
#include "text/alias.h"

// The names of all sources, those merged into them included, to be found in texts; their owners are the
// sources' places in the registry. Free with alias_set_free. O(bytes of the registry).
struct alias_set *mention_names(const struct registry *registry);

struct mention_text {
    struct sv text;
    const struct byte_span *skip; // furniture, in any order: names in it do not count
    size_t skip_count;
};

// One name of one source.
struct mention {
    const struct source *source;
    struct sv name; // as the registry has it
    struct sv id;   // of the record it stands in: another one where that was merged into the source
    size_t *counts; // for each text
    size_t *doubtful; // the same, where another source goes by these words too: never counted for either
    const struct source *rival; // one that does, or NULL
};

struct mentions {
    struct arena arena;
    struct mention *items; // in the order of the registry, each source's name first, then its aliases
    size_t count, cap;
    size_t text_count;
    struct alias_set *names; // while they are being counted; NULL: all are
    size_t text, from;       // what comes next
};

// Count all names of the registry in the texts. O(bytes of the texts and of the registry).
void mentions_count(const struct registry *registry, const struct mention_text *texts, size_t count,
                    struct mentions *out);
// The same a stretch at a time, for texts that a key could not wait for. The texts must be the same each time, and
// the registry must not change meanwhile. O(bytes of the registry); then of the stretch.
void mentions_begin(const struct registry *registry, size_t text_count, struct mentions *out);
//   bytes    of the texts to look through
//   returns  false: all are counted
bool mentions_go_on(struct mentions *mentions, const struct mention_text *texts, size_t bytes);
void mentions_release(struct mentions *mentions);

// Sum over the names of a source in a text, doubtful ones left out.
size_t mentions_of(const struct mentions *mentions, const struct source *source, size_t text);

#endif
