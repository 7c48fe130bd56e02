// Agreement of annotators over the layers of the same articles: which claims and links they have in common,
// and how far they say the same of them.
//
// Calling sequence: agreement_make; then any of the rest; agreement_release.
#ifndef GAINSAY_MODEL_AGREE_H
#define GAINSAY_MODEL_AGREE_H

#include "model/agree_coding.h"
#include "model/agree_gamma.h"
#include "model/agree_pair.h"
#include "model/registry.h"
#include "model/scheme.h"

enum agree_of { AGREE_CLAIMS, AGREE_LINKS };
enum agree_scale { AGREE_WORDS, AGREE_ORDERED, AGREE_NUMBERS, AGREE_SETS };

enum agree_field {
#define AGREE_FIELD(id, name, of, scale, help) AGREE_FIELD_##id,
#include "model/agree.def"
#undef AGREE_FIELD
    AGREE_FIELD__N
};

struct agree_field_info {
    const char *name, *help;
    enum agree_of of;
    enum agree_scale scale;
};
const struct agree_field_info *agree_field_get(enum agree_field field);
enum agree_field agree_field_find(struct sv name); // AGREE_FIELD__N when there is none

// Links of all annotators that join the same two groups of claims, one of each at most; those of one type
// go together first. An omission joins a group and the article that is silent.
struct link_group {
    const struct link *const *links; // one for each annotator; NULL: that one has no such link
    const bool *is_turned;           // the link leads from the later group to the earlier one
};

struct agreement {
    size_t raters, articles;
    const struct scheme *scheme;
    const struct registry *registry;
    const struct layer *const *layers; // [article * raters + rater], borrowed
    size_t *offsets;                   // of each article in the texts laid end to end; articles + 1
    struct claim_groups *claims;       // of each article
    struct claim_groups *exact;        // the same with `least` 1
    size_t group_count, exact_count;   // of all articles
    struct link_group *links;
    size_t link_count;
    size_t *claims_of, *links_of;      // how many each annotator has
    size_t *loose_of; // links of each with an end that no one else marked: they cannot be in common
    struct arena arena;
};

// Do layers (NULL: none) of one article count in one text, so that their positions can be compared?
bool agreement_can_compare(const struct layer *const *layers, size_t count);

// Pair what the layers hold.
//   layers   [article * raters + rater]; NULL: that annotator has none of that article. Those of one
//            article must be of the same text: positions count in it
//   least    share of overlap from which on two claims are one (model/agree_pair.h)
//   scheme   borrowed; says which link types have a direction, and the order of certainties
//   registry  borrowed; two sources merged into one are one
void agreement_make(const struct layer *const *layers, size_t raters, size_t articles, double least,
                    const struct scheme *scheme, const struct registry *registry,
                    struct agreement *out);
void agreement_release(struct agreement *agreement);

// How much is in common: F1 over claims or links.
struct agree_common {
    enum agree_why why;
    double f1;             // 2 * in common / all, of pairs of annotators
    size_t units;          // groups, of one record or more
    size_t common;         // groups with records of two annotators or more
    struct interval range;
    bool has_range;
};
enum agree_match {
    AGREE_MATCH_EXACT,   // claims of the same words
    AGREE_MATCH_OVERLAP, // claims that overlap by `least`
    AGREE_MATCH_ENDS,    // links of the same ends
    AGREE_MATCH_TYPED,   // links of the same ends, type and direction
    AGREE_MATCH__N
};
void agreement_common(const struct agreement *agreement, enum agree_match match, uint64_t seed,
                      struct agree_common *out);

// What the annotators say of a field, one unit for each group that two of them have at least. What a record
// does not say is not coded; a claim without voices is the empty set. Names and sets are the agreement's;
// coding_release frees the rest.
void agreement_coding(struct agreement *agreement, enum agree_field field, struct coding *out);

// The types that claims have, in the order of the scheme, then those it does not know. In the agreement's arena.
struct sv_list agreement_types(struct agreement *agreement);

// alpha_U of the parts of claims, the texts laid end to end.
//   types   of which claims are looked at, each a category: `each` has an entry for each. NULL: all claims are
//           of one category, and `each` has one entry
void agreement_units(const struct agreement *agreement, const struct sv_list *types,
                     struct measured *each, struct measured *all, size_t *merged);
// gamma of claims from the first part to the last. Without `types` place alone counts (beta 0).
void agreement_gamma(const struct agreement *agreement, const struct sv_list *types,
                     const struct gamma_options *options, struct gamma_result *out);

#endif
