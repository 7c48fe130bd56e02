// Claims in words: quotes, voices, disputes; for plain output, TSV cells and JSON.
#ifndef GAINSAY_CLI_CLAIM_TEXT_H
#define GAINSAY_CLI_CLAIM_TEXT_H

#include "exchange/json.h"
#include "cli/library.h"

// The claim's words: its parts joined by " … ", line ends as blanks.
void claim_quote(const struct claim *claim, struct buf *out);

// Voices for a cell: ids, "source:act", parallel ones after "; ", inner ones after ">"; "?" when unsure.
void claim_voices(const struct claim *claim, struct buf *out);
// One voice and those inside it for people: "Name › act › Name › act".
void para_add_voice(struct para *para, const struct registry *registry, const struct voice *voice);

// True when this end of a link disputes the claim; across: joins it to another article.
bool end_disputes(const struct library *library, const struct end *end);
bool end_is_across(const struct hit *hit, const struct end *end);

// The far ends of disputing links to other articles, "ARTICLE#ID", comma between.
void claim_disputed_by(const struct library *library, const struct hit *hit, struct buf *out);

// Threads on it that are not resolved (talk_find, cli/talk.h).
size_t claim_open_threads(const struct library *library, const struct hit *hit);

// A claim as a paragraph each for head, quote, says, voices and disputes.
//   number  0: for a list. Else that of its brackets in the text above, where its words stand: the
//           quote is left out, and all links, repeats, tags, the note and the threads come too
void out_claim(struct out *out, const struct library *library, const struct hit *hit, size_t number);

// The record with article and annotator, what is derived, `disputed_by` (ends of disputing links to other
// articles) and `links` (all ends).
struct jnode *claim_node(const struct library *library, const struct hit *hit);

#endif
