// The verbs of annotating: each checks, builds the records, commits one step of undo.
// All return false with `err` set and nothing changed when they cannot be done. `now` and ids come from the session.
#ifndef GAINSAY_SESSION_VERBS_H
#define GAINSAY_SESSION_VERBS_H

#include "model/thread.h"
#include "session/session.h"

// ---- claims
// A claim over `spans` (1..n, sorted here, overlapping ones joined). *id: of the new claim, borrowed from the layer.
MUST_CHECK bool verb_mark(struct session *s, struct reading *r, const struct byte_span *spans,
                          size_t count, struct sv *id, struct err *err);
// New parts for a record that has them (claim, furniture, note): move ends, add a part.
MUST_CHECK bool verb_set_span(struct session *s, struct reading *r, struct sv id,
                              const struct byte_span *spans, size_t count, struct err *err);
MUST_CHECK bool verb_add_part(struct session *s, struct reading *r, struct sv id,
                              struct byte_span span, struct err *err);
// Take out of a claim the part that holds `pos`; the last part cannot go.
MUST_CHECK bool verb_drop_part(struct session *s, struct reading *r, struct sv id, size_t pos,
                               struct err *err);
// Cut a claim in two at `pos`: the second gets a new id and the same fields; links stay with the first.
MUST_CHECK bool verb_split(struct session *s, struct reading *r, struct sv id, size_t pos,
                           struct sv *new_id, struct err *err);
// Join `other` into `id`: parts together, fields of `id` where both have them, links and repeats moved over.
MUST_CHECK bool verb_join(struct session *s, struct reading *r, struct sv id, struct sv other,
                          struct err *err);
// Delete any record; links of a deleted claim, from either article, go with it (one step of undo).
MUST_CHECK bool verb_delete(struct session *s, struct reading *r, struct sv id, struct err *err);

// Put a record edited by the caller (made with record_edit or record_copy in change_arena) in place
// of the old one.
MUST_CHECK bool verb_edit(struct session *s, struct reading *r, enum section section,
                          const void *rec, const char *what, struct err *err);
// Set one field of a record from text: WORD, STR, TEXT, NUMBER, BOOL ("true"/""), STRS (commas),
// SOURCE. Blank: taken out.
MUST_CHECK bool verb_set_field(struct session *s, struct reading *r, enum section section,
                               struct sv id, const char *key, struct sv text, struct err *err);

// ---- the three questions
MUST_CHECK bool verb_contest(struct session *s, struct reading *r, struct sv id,
                             struct err *err); // on, off; keeps by and why for the next time only through undo
// Add a voice to a claim: a parallel one at the end (`inside` NULL), or one that the innermost voice of the
// root voice with index *inside cites. cue empty: none. Source and words must exist; the cue is trimmed.
struct new_voice {
    struct sv source, act, quoting, certainty;
    bool unsure;
    struct byte_span cue;
};
MUST_CHECK bool verb_attribute(struct session *s, struct reading *r, struct sv id,
                               const struct new_voice *voice, const size_t *inside,
                               struct err *err);
// Take the voice at `depth` (0: the root voice `index` itself) out, with the voices it cites.
MUST_CHECK bool verb_drop_voice(struct session *s, struct reading *r, struct sv id, size_t index,
                                size_t depth, struct err *err);
// The last voice given in this sitting again (the `.` key), with its cue where it is of the same article; at
// the start of a sitting the last voice of the nearest claim before this one. E_SHAPE: none, or it is there already.
MUST_CHECK bool verb_repeat_voice(struct session *s, struct reading *r, struct sv id,
                                  struct err *err);
struct new_link {
    struct sv type, point, why;
    bool strict;
};
// One end of a link to be made: a claim, or, where `claim` is empty, a passage. A passage that is no
// claim to the letter becomes one in the same step.
struct place {
    struct reading *reading;
    struct sv claim;
    struct byte_span span;
};
MUST_CHECK bool verb_link_places(struct session *s, const struct place *from,
                                 const struct place *to, const struct new_link *link, struct sv *id,
                                 struct err *err);
// Link claim `from` of `r` to claim `to` of `other` (may be `r` itself). Unordered doubles are refused (E_LINK).
MUST_CHECK bool verb_link(struct session *s, struct reading *r, struct sv from,
                          struct reading *other, struct sv to, const struct new_link *link,
                          struct sv *id, struct err *err);
// The same to a passage that is no claim yet: makes the claim in the same step.
MUST_CHECK bool verb_link_passage(struct session *s, struct reading *r, struct sv from,
                                  struct reading *other, struct byte_span span,
                                  const struct new_link *link, struct sv *id, struct err *err);
MUST_CHECK bool verb_omits(struct session *s, struct reading *r, struct sv from,
                           struct sv other_article, const struct sv *searched, size_t count,
                           struct sv *id, struct err *err);
// Swap the ends of an ordered link.
MUST_CHECK bool verb_turn_link(struct session *s, struct reading *r, struct sv id, struct err *err);

// ---- the rest
MUST_CHECK bool verb_furniture(struct session *s, struct reading *r, struct byte_span span,
                               struct sv *id, struct err *err);
MUST_CHECK bool verb_note(struct session *s, struct reading *r, struct byte_span span,
                          struct sv kind, struct sv text, struct sv *id, struct err *err);
MUST_CHECK bool verb_read(struct session *s, struct reading *r, struct byte_span span, bool is_read,
                          struct err *err);
// Say something about a record of the article, or in answer to a comment; it stands in one's own layer.
struct new_comment {
    struct comment_ref about;
    struct comment_ref reply_to; // id absent: it begins a thread
    struct sv kind, text;        // no text: `resolved` or `reopened` alone
};
MUST_CHECK bool verb_comment(struct session *s, struct reading *r, const struct new_comment *new,
                             struct sv *id, struct err *err);
// Mark one's reading of the article as finished, or not; in a team that works blind what others made of it is loaded
// then, or goes.
MUST_CHECK bool verb_finish(struct session *s, struct reading *r, bool is_finished, struct err *err);
// One's reading is as the team's guideline now has it. E_USAGE: the team names none.
MUST_CHECK bool verb_guideline(struct session *s, struct reading *r, struct err *err);
// A new source for a name typed or selected; *id borrowed from the registry.
MUST_CHECK bool verb_new_source(struct session *s, struct sv name, struct sv kind, struct sv *id,
                                struct err *err);
MUST_CHECK bool verb_add_alias(struct session *s, struct sv source, struct sv alias,
                               struct err *err);
// The source `drop` is `keep` (model/registry_merge.h); and two again.
MUST_CHECK bool verb_merge_sources(struct session *s, struct sv keep, struct sv drop,
                                   struct err *err);
MUST_CHECK bool verb_unmerge_source(struct session *s, struct sv keep, struct sv drop,
                                    struct err *err);

// Who may say what stands at `claim`: by the reporting words, quotation marks and noun phrases around
// it (text/suggest.h), else by the nearest cue alone (text/cue.h).
struct proposed_voice {
    struct byte_span name; // words of the text that name who speaks; empty: none
    struct sv source;      // id of the source whose name or alias stands there; absent: none is known
    bool is_nameless;      // the words are a pronoun at most: no name for a new source
    struct byte_span cue;  // empty: none
    struct sv act;         // what the cue suggests; absent: open
};
//   returns  false when nothing is proposed
//   cost     O(paragraph + names of the registry)
bool verbs_propose_voice(struct session *s, const struct reading *r, struct byte_span claim,
                         struct proposed_voice *out);

// Sources for a picker at a claim: those named in its sentence, the nearest first, then those
// used last in this article, then by number of uses, then by id. `typed` filters (registry_match).
size_t verbs_rank_sources(struct session *s, struct reading *r, struct sv claim, struct sv typed,
                          const struct source **out, size_t max);
// Topics used in the open event, most used first; and the same for tags.
size_t verbs_topics(struct session *s, struct sv typed, struct sv *out, size_t max);
size_t verbs_tags(struct session *s, struct sv typed, struct sv *out, size_t max);

// A claim's voices as one line: "Local media reports" per root voice, nested ones behind it with " › ", parallel
// ones parted by "; ". "?" marks an unsure or unnamed voice.
void verbs_chain(struct session *s, const struct reading *r, const struct claim *claim,
                 struct buf *out);
// The claim's words: its parts joined by " … ", line ends as blanks, for cards and lists.
void verbs_quote(const struct claim *claim, struct buf *out);

#endif
