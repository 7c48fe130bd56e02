// A view of one article: scroll position, cursor, selection, marks, jumps, search. No drawing, no session
// changes: pure state over a reading.
#ifndef GAINSAY_TUI_VIEW_H
#define GAINSAY_TUI_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "session/session.h"
#include "text/find.h"
#include "text/segment.h"
#include "text/wrap.h"
#include "tui/keymap.h"

#define VIEW_JUMPS 100

struct view {
    struct reading *reading; // NULL: no article
    int rows, cols;          // of the text, cells; set by the layout
    size_t top;              // byte where the first row shown begins
    size_t cursor;           // byte of the cluster under the cursor, 0 .. length
    int want_col;            // cell that j and k try to keep; -1: take the cursor's
    bool has_selection;
    size_t anchor;           // fixed end of the selection: byte of a cluster
    struct sv picked;        // id of the claim chosen among those under the cursor; absent: innermost
    size_t marks[26];        // byte + 1; 0: unset
    size_t jumps[VIEW_JUMPS];
    int jump_count, jump_at;
};

void view_open(struct view *view, struct reading *reading, size_t cursor);
void view_resize(struct view *view, int rows, int cols); // keeps the cursor's row where it was
void view_show(struct view *view, size_t pos);           // move there; scroll only if needed
void view_jump(struct view *view, size_t pos);           // the same, remembered in the jump list
bool view_move(struct view *view, enum command_id motion, int count); // false: no such motion, or no way to go

// Selection as bytes, both ends whole clusters, end exclusive; false when there is none.
bool view_selection(const struct view *view, struct byte_span *out);
void view_select(struct view *view, struct byte_span span); // cursor on its last cluster
void view_unselect(struct view *view);

// Claims that cover the cursor, innermost first; the current one (view->picked among them, else the first, or NULL).
size_t view_claims(const struct view *view, const struct claim **out, size_t max);
const struct claim *view_claim(const struct view *view);
// Any record under the cursor: the current claim, else a note, else furniture. NULL if none.
const void *view_record(const struct view *view, enum section *section);

#endif
