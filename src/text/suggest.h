// Proposals of attributions: who says what, by which words. A proposal, never a fact.
// A lexicon of reporting words (cue.def and a team's own), quotation marks, commas and the edges of
// noun phrases; English. Figures of how often it is right: gainsay-workflows(7).
#ifndef GAINSAY_TEXT_SUGGEST_H
#define GAINSAY_TEXT_SUGGEST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/units.h"
#include "text/article.h"
#include "text/lexicon.h"

#define SUGGEST_PARTS 2

struct suggestion {
    struct byte_span source; // empty: nobody is named
    struct byte_span cue;    // empty: only a dash and a name behind a quotation
    struct byte_span content[SUGGEST_PARTS]; // what is said: before the cue, behind it
    size_t content_count;    // 1 .. SUGGEST_PARTS
    struct sv act;           // what the cue suggests ("denies"); absent: open
};

// Growing list in the order of the cues; zero value is empty.
struct suggestions {
    struct suggestion *items;
    size_t count, cap;
};

void suggestions_release(struct suggestions *out);

// Append what is attributed in text[paragraph), a source line.
//   own    a team's reporting words; NULL: none
//   cost   O(bytes) but for sentences of thousands of commas
void suggest_in(struct sv text, struct byte_span paragraph, const struct cue_rows *own,
                struct suggestions *out);

// The same for all paragraphs.
void suggest_all(const struct article *article, const struct cue_rows *own,
                 struct suggestions *out);

// The likeliest attribution of a claim at `claim`: of those in its paragraph whose content holds most
// of it, the innermost; else one whose cue the claim holds.
//   returns  false when there is none
bool suggest_for(const struct article *article, struct byte_span claim, const struct cue_rows *own,
                 struct suggestion *out);

#endif
