// Where everything stands on a screen of a given size: title, panes, margins, dialogs, status line.
// Pure geometry; draws nothing. The list of claims takes the lower pane's place, or both margins'.
//
//   title   id  title …                 ana  saved  41%
//   border  ─ article ──────────┬ claims 14 !5 ≠3 ────
//   pane      gutter, text      │ margin of cards
//   border  ─ other article ────┼ claims 9 ───────────
//   pane      gutter, text      │ margin
//   border  ─ (of a dialog) ────┴─────────────────────
//   dialog    form, picker
//   status    hints, message, or a one-row dialog
//
// Side by side, where the screen is wide enough and the reader asked for it:
//   border  ─ article ──────┬ other ────────
//   panes     gutter, text  │ gutter, text
//   border  ────────────────┼───────────────
//   cards     current claim │ counterpart
// Very wide panes have a margin of their own each, and no cards below.
#ifndef GAINSAY_TUI_LAYOUT_H
#define GAINSAY_TUI_LAYOUT_H

#include "tui/app.h"

#define LAYOUT_MIN_ROWS 5
#define LAYOUT_MIN_COLS 20
#define LAYOUT_BESIDE_COLS 100 // from here two articles fit side by side

struct pane_box {
    bool is_shown;
    int border_row; // of its title; -1: none
    int left, cols; // columns of the whole pane, margin and all
    int sep_col;    // border between text and margin; -1: none
    struct rect gutter, text, margin; // margin.cols 0: none
    struct rect card; // of the current claim, below the text, its border above it; rows 0: none
};

struct layout {
    bool is_too_small; // nothing but a message fits
    int title_row;     // -1: none
    int status_row;
    int split_col; // border between two panes side by side; -1: they are not
    struct pane_box panes[2];
    struct rect list; // its title is on its first row; rows 0: not shown
    bool is_list_beside; // right of the panes, as high as they are; else below the article, or alone
    struct overlay *line; // a one-row dialog in the status row; NULL: none
    struct overlay *dialog;  // another one; NULL: none
    bool is_dialog_full;     // it covers the panes
    struct rect dialog_rect; // its title is on its first row
};

void layout_make(const struct app *app, struct layout *out);

// Give the views the sizes they have in it.
void layout_apply(struct app *app, const struct layout *layout);

#endif
