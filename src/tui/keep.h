// The text being typed as a value, and when it is to be kept outside: at the latest after KEEP_CHARS
// characters or, by whoever waits for events, KEEP_MS.
#ifndef GAINSAY_TUI_KEEP_H
#define GAINSAY_TUI_KEEP_H

#include "session/drafts.h"
#include "tui/app.h"

#define KEEP_CHARS 200

// Where a text belongs that is typed outside of a form.
struct keep_home {
    enum command_id command;       // asks for it again; COMMAND_NONE: the form of a record does
    const struct reading *reading; // of the record; NULL: the text belongs to the passage at the cursor
    enum section section;
    struct sv id;                  // of the record
    const char *field;             // its path in the record, "contested.why"; NULL: none
};

// Fill in place and text. false when `home` says that the text is not worth keeping.
bool keep_fill(const struct app *app, const struct keep_home *home, struct sv text, size_t cursor,
               struct unsaved *out);

// After an event, or a text of `typed` characters that came otherwise: keep what is due, forget what is saved.
void keep_after(struct app *app, size_t typed);

#endif
