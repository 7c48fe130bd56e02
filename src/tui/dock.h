// Size and frame of the dialogs docked at the bottom: one for all, so that the text above stands
// still from one to the next.
#ifndef GAINSAY_TUI_DOCK_H
#define GAINSAY_TUI_DOCK_H

#include "tui/app.h"

// Rows of a docked dialog in an area of `rows`; struct overlay_ops, height.
int dock_height(const struct overlay *overlay, const struct app *app, int rows, int cols);

// Blank the area, draw its border with the label, hide the cursor. Returns what is left for the
// content; *label_end is the column behind the label (may be NULL).
struct rect dock_frame(struct grid *grid, struct rect rect, struct sv label, int *label_end);

#endif
