// Searching everything in view: matches in both articles and in their claims, as one list.
#ifndef GAINSAY_TUI_MATCHES_H
#define GAINSAY_TUI_MATCHES_H

#include "tui/app.h"

// Open the list. `pattern` is what it begins with, typing changes it; may be empty.
void matches_open(struct app *app, struct sv pattern);

#endif
