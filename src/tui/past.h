// The reader on the workspace as a revision of git has it: the same panes, nothing of which can be changed. What is
// open meanwhile is put aside as it stands.
#ifndef GAINSAY_TUI_PAST_H
#define GAINSAY_TUI_PAST_H

#include "tui/app.h"

// Show an article as of a revision, at the claim with this id where it was there already; says why not.
//   revision  name of a commit
//   article   its id then
//   claim     absent: the place does not matter
void past_open(struct app *app, const char *revision, struct sv article, struct sv claim);

// Back to the files as they stand. false: they are what is shown.
bool past_close(struct app *app);

// Would the command change something, where nothing can be changed?
bool past_forbids(const struct app *app, enum command_id id);
bool past_refuses(struct app *app, enum command_id id); // the same, and says so(struct app *app, enum command_id id);

#endif
