// Threads of comments as a list that fills the screen: those on what is at the cursor, one's own records and
// those of others, or all of the event. There things are said, answered, settled.
#ifndef GAINSAY_TUI_TALK_H
#define GAINSAY_TUI_TALK_H

#include "tui/app.h"

// TALK, THREADS. false: not one of these.
bool talk_command(struct app *app, enum command_id id);

#define TALK_SIGN "»" // a thread on the record is open

// How many threads on this record of one's own are open: for the signs of cards, lists and the gutter.
size_t talk_open_on(struct app *app, const struct reading *reading, const void *rec);

#endif
