// Passages of the other article that tell of the same: gone to one by one, or listed; and quotations that
// both articles have. Proposals only: nothing here links.
#ifndef GAINSAY_TUI_RELATED_H
#define GAINSAY_TUI_RELATED_H

#include "session/relation.h"
#include "tui/app.h"

// What a command is about: the claim of the list, the selection, the claim under the cursor, else the
// sentence. false, and says so, when there is none.
bool related_ask(struct app *app, struct question *out);

// Bring the likeliest passage into the other view and mark it until the next key; asked again for the same
// words, the next one.
void related_next(struct app *app);

// Pickers: the passages, and the quotations.
void related_list(struct app *app);
void related_quotations(struct app *app);

#endif
