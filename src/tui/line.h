// A text being typed: the editor inside prompts, forms and pickers. Works by grapheme clusters.
// Never holds a control code but LF, and LF only where it may; knows no overlay.
#ifndef GAINSAY_TUI_LINE_H
#define GAINSAY_TUI_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "tui/event.h"
#include "tui/grid.h"
#include "tui/keymap.h"

struct line {          // zero value: empty, one line
    struct buf text;   // valid UTF-8
    size_t cursor;     // byte, on a cluster boundary, 0 .. text.len
    size_t left;       // byte of the first cluster drawn
    struct buf killed; // what LINE_YANK puts back
    bool is_multi;     // may hold LF, drawn as a sign; otherwise LF becomes a blank
    bool was_kill;     // the last command killed: the next kill adds to the same text
};

void line_release(struct line *line);

// Replace the whole text, cursor at its end. Cleans it as line_insert does.
void line_set(struct line *line, struct sv text);

// The same with the cursor at a byte of `text`, or behind it.
void line_set_at(struct line *line, struct sv text, size_t cursor);

// Insert at the cursor as text, whatever it holds: invalid bytes become U+FFFD, CR LF and CR become
// LF, tabs a blank, other control codes go.
void line_insert(struct line *line, struct sv text);

// One of the commands of the LINE context that move, delete, kill or yank.
//   returns  false when `id` is none of them (done, history, completion belong to the owner)
bool line_command(struct line *line, enum command_id id);

// A typed key or a paste. false: not a character, nothing done.
bool line_event(struct line *line, const struct event *event);

// Draw in `cols` (>= 3) cells of one row, scrolled so that the cursor is seen, and put the grid's
// cursor there.
// "<" and ">" in the end cells say that more text lies there.
void line_draw(struct line *line, struct grid *grid, int row, int col, int cols, enum role role);

#endif
