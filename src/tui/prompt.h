// The one-row dialog on the bottom line: search, command line, filter, short questions.
// Never acts on its own: the caller's functions get the text.
#ifndef GAINSAY_TUI_PROMPT_H
#define GAINSAY_TUI_PROMPT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/app.h"
#include "tui/keep.h"

struct prompt {
    const char *label;   // "/", "filter: "; lasts as long as the prompt
    const char *history; // name of its history; NULL: none is kept
    struct sv initial;   // may be absent; copied
    struct keep_home home; // of a text that would be missed; none by default: a question. Its id is copied
    bool is_multi;       // may hold line ends: from a paste, or from the editor by <C-x>
    // The text changed (not called for the initial one); may be NULL.
    void (*changed)(struct app *app, struct sv text);
    // Enter (ok) or Esc. The prompt is gone already: this may open another dialog.
    void (*done)(struct app *app, struct sv text, bool ok);
    // Candidates for the word that ends at byte `cursor`, appended to `out`, one a line, best first; behind
    // a tab what is shown with one, a count say. Returns the byte where that word begins. Tab puts in what
    // all share, then each in turn. May be NULL.
    size_t (*complete)(struct app *app, struct sv text, size_t cursor, struct buf *out);
};

// Open a prompt above whatever is open; `spec` is copied.
void prompt_open(struct app *app, const struct prompt *spec);

// Put another text into the prompt on top. false: there is none.
bool prompt_put(struct app *app, struct sv text, size_t cursor);

#endif
