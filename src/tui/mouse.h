// The mouse: a click puts the cursor there, the wheel scrolls. Nothing needs it.
#ifndef GAINSAY_TUI_MOUSE_H
#define GAINSAY_TUI_MOUSE_H

#include "tui/app.h"

void mouse_event(struct app *app, const struct event *event); // event of type EVENT_MOUSE

#endif
