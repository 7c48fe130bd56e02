// Two open articles compared: what text/relate.h finds, with the registry's names and the claims' topics.
#ifndef GAINSAY_SESSION_RELATION_H
#define GAINSAY_SESSION_RELATION_H

#include "model/registry.h"
#include "session/session.h"
#include "text/relate.h"

// Compare two articles; the names of each source of the registry count as one word. `registry` may be
// NULL. Free with relate_free. Cost: relate_new.
struct relate *relation_make(const struct registry *registry, const struct article *a,
                             const struct article *b);

// Append reasons as one line: "Haqqani 24 %, minister 12 %, “the first words …” 9 %".
//   total  the score the shares are parts of
void relation_say(const struct article *here, const struct article *there,
                  const struct reason *reasons, size_t count, double total, struct buf *out);

#endif
