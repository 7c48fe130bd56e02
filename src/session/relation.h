// Two open articles compared: what text/relate.h finds, with the registry's names and the claims' topics.
#ifndef GAINSAY_SESSION_RELATION_H
#define GAINSAY_SESSION_RELATION_H

#include "model/registry.h"
#include "session/session.h"
#include "text/clash.h"
#include "text/relate.h"

// Compare two articles; the names of each source of the registry count as one word. `registry` may be
// NULL. Free with relate_free. Cost: relate_new.
struct relate *relation_make(const struct registry *registry, const struct article *a,
                             const struct article *b);

// Of a passage that scores otherwise: what part of the rest to 1 it gets by a claim of the same topic there.
#define RELATION_TOPIC 0.25

// Append reasons as one line: "Haqqani 24 %, minister 12 %, “the first words …” 9 %".
//   total  the score the shares are parts of
void relation_say(const struct article *here, const struct article *there,
                  const struct reason *reasons, size_t count, double total, struct buf *out);

// ---- two open articles
// What was compared last is kept until other articles are asked for or the registry changes. Side 0 is
// the article with the lesser id.

struct relation; // what is kept; owned by the session
void relation_free(struct relation *relation); // NULL is allowed

//   side  that of `reading`
const struct relate *session_relate(struct session *session, const struct reading *reading,
                                    const struct reading *other, int *side);
// What both quote alike, which takes no comparison: some ms at most.
const struct quoted_alikes *session_quoted(struct session *session, const struct reading *reading,
                                           const struct reading *other, int *side);
const struct clashes *session_clashes(struct session *session, const struct reading *reading,
                                      const struct reading *other, int *side);

// Compare them a step further, where they are not compared yet: some ms. true: that was the last.
bool session_relate_step(struct session *session, const struct reading *reading,
                         const struct reading *other);

// Are the two compared, or so short (RELATION_QUICK bytes in both texts) that a key can wait for it?
bool session_has_relation(const struct session *session, const struct reading *reading,
                          const struct reading *other);

// Were the clashes asked for, or are they found so quickly (RELATION_QUICK bytes in both texts) that a
// frame can wait for it?
#define RELATION_QUICK ((size_t)64 << 10)
bool session_has_clashes(struct session *session, const struct reading *reading,
                         const struct reading *other);

// Everything above made ready before it is asked for, a step of a few ms at a time, and whether it is.
bool session_is_relation_ready(const struct session *session, const struct reading *reading,
                               const struct reading *other);
void session_relation_prepare(struct session *session, const struct reading *reading,
                              const struct reading *other);

// What is asked about: words of an article, as a claim or not.
struct question {
    struct reading *reading;
    const struct claim *claim; // NULL: none; its topic weighs in
    struct byte_span span;
};

// Passages of `other` that tell of the same: relate_rank, without furniture and what scores less than
// RELATE_FLOOR.
size_t session_related(struct session *session, const struct question *question,
                       const struct reading *other, struct related *out, size_t max);
// Append why, as relation_say: at most `max` reasons, those under a fiftieth left out.
void session_related_say(struct session *session, const struct question *question,
                         const struct reading *other, const struct related *related, size_t max,
                         struct buf *out);

#endif
