// Commands that need two long articles compared: the first says so at once, and runs when they are.
// The comparison is made at rest, a step at a time. What is typed meanwhile waits for it; <Esc> alone
// leaves it be, and does nothing else.
#ifndef GAINSAY_TUI_COMPARING_H
#define GAINSAY_TUI_COMPARING_H

#include "tui/app.h"

// Is the command to wait until the two are compared? false: it can go on at once.
bool comparing_puts_off(struct app *app, enum command_id id, const struct reading *reading,
                        const struct reading *other);

// One step, at rest; the command is run behind the last.
void comparing_go_on(struct app *app);

// All steps that are left: the next key may be meant for what the command shows.
void comparing_end(struct app *app);

// The command is not wanted any more.
void comparing_leave(struct app *app);

// Is there one?
bool comparing_is_on(const struct app *app);

#endif
