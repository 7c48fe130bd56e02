// Names found in a text: all names of all sources at once, in one pass.
// A name stands on word boundaries; of names that begin at one place the longest is meant. Letters,
// accents, curly quotes, dashes and spaces are folded as in a search. Case counts where a name shows
// that it does: its capitals must be capitals in the text ("IS" is not "is", "May" is not "may"), but
// for the first letter of a name of several words ("Local media"); small letters match both.
#ifndef GAINSAY_TEXT_ALIAS_H
#define GAINSAY_TEXT_ALIAS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sv.h"
#include "base/units.h"

#define ALIAS_MAX 200 // folded code points of a name; a longer one is never found

struct alias_set;

struct alias_hit {
    struct byte_span span;
    size_t name;       // its number in the order of adding; of several that stand there, the first
    size_t owner;      // whose it is, as added
    bool is_ambiguous; // names of other owners stand there as well: `owner` is no answer
};

struct alias_set *alias_set_new(void);
void alias_set_free(struct alias_set *set); // NULL is allowed

// Add a name of `owner`, whose names come one after another; blank ones count but are never found.
// O(length).
//   returns  its number: 0, 1, ...
size_t alias_set_add(struct alias_set *set, struct sv name, size_t owner);

size_t alias_set_count(const struct alias_set *set);
struct sv alias_set_name(const struct alias_set *set, size_t name); // as added; dies with the set
size_t alias_set_owner(const struct alias_set *set, size_t name);

// The first name that begins at or after byte `from` and ends at or before `to`; what stands around
// that range still decides where words end. Go on from out->span.end: hits do not overlap.
// O(bytes), times the length of the longest name where a text is made to be slow.
bool alias_set_next(const struct alias_set *set, struct sv text, size_t from, size_t to,
                    struct alias_hit *out);
// The first name that begins at or after byte `from` and before `until`, wherever it ends: for a text that is looked
// through a stretch at a time.
bool alias_set_next_before(const struct alias_set *set, struct sv text, size_t from, size_t until,
                           struct alias_hit *out);

// All names that stand at a hit, one for each owner, in the order of adding.
//   returns  how many there are; up to `max` numbers of names are in `out`
size_t alias_set_rivals(const struct alias_set *set, struct sv text, const struct alias_hit *hit,
                        size_t *out, size_t max);

#endif
