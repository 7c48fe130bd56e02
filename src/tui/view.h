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
    size_t kept_top;         // where it began before a dialog took `kept_rows` down to `rows`
    int kept_rows;           // 0: none did
    size_t cursor;           // byte of the cluster under the cursor, 0 .. length
    int want_col;            // cell that j and k try to keep; -1: take the cursor's
    bool has_selection;
    size_t anchor;           // fixed end of the selection: byte of a cluster
    struct sv picked;        // id of the claim chosen among those under the cursor; absent: innermost
    size_t marks[26];        // byte + 1; 0: unset
    size_t jumps[VIEW_JUMPS];
    int jump_count, jump_at;
};

// Forget everything and stand at byte `cursor` (clamped). The size is kept.
void view_open(struct view *view, struct reading *reading, size_t cursor);
void view_resize(struct view *view, int rows, int cols); // keeps the cursor's row where it was
void view_show(struct view *view, size_t pos);           // move there; scroll only if needed
void view_jump(struct view *view, size_t pos);           // the same, remembered in the jump list
void view_show_at(struct view *view, size_t pos, int row); // at that screen row, as far as it can be
void view_scroll(struct view *view, int rows);           // < 0: back; the cursor stays while it is seen

// Any command of "Moving" that needs no argument, and the text objects of "Selecting".
//   count    0: none given
//   returns  false: not one of them, or no way to go; nothing has changed then
bool view_move(struct view *view, enum command_id motion, int count);

// Rows of the text: that of byte `pos`, the next one, the one before. As text/wrap.h, but the empty
// row behind a final line end is none, since nothing can be marked there.
struct row view_row(const struct view *view, size_t pos);
bool view_next_row(const struct view *view, const struct row *row, struct row *out);
bool view_prev_row(const struct view *view, const struct row *row, struct row *out);
// The cluster at or around `pos` that the cursor can stand on.
size_t view_snap(const struct view *view, size_t pos);
// Rows from the one that begins at `from` down to the one at `to`, < 0: up; 0 also when more than `max`.
int view_rows_between(const struct view *view, size_t from, size_t to, int max);
// Screen row of the cursor, 0 .. rows - 1.
int view_cursor_row(const struct view *view);

// Selection as bytes, both ends whole clusters, end exclusive; false when there is none.
bool view_selection(const struct view *view, struct byte_span *out);
void view_select(struct view *view, struct byte_span span); // cursor on its last cluster
void view_unselect(struct view *view);

// Index of the first of the reading's marks that begins at or after `pos`. O(log n).
size_t view_mark_from(const struct reading *reading, size_t pos);
// Index of a mark before which none reaches beyond `pos`: where to start looking for marks that overlap it.
size_t view_mark_over(const struct reading *reading, size_t pos);

// Claims that cover the cursor, innermost first; the current one (view->picked among them, else the
// first, or NULL).
size_t view_claims(const struct view *view, const struct claim **out, size_t max);
const struct claim *view_claim(const struct view *view);
// Any record under the cursor: the current claim, else a note, else furniture. NULL if none.
const void *view_record(const struct view *view, enum section *section);

#endif
