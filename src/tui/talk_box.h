// Inside of the list of threads, for tui/talk*.c alone.
#ifndef GAINSAY_TUI_TALK_BOX_H
#define GAINSAY_TUI_TALK_BOX_H

#include "session/peers.h"
#include "tui/sheet.h"
#include "tui/talk.h"

struct talk_row {
    struct reading *reading; // of the article
    struct comment_ref about;
    const struct layer *layer; // of the record; NULL: not there
    enum section section;
    const void *rec;             // NULL: gone
    const struct thread *thread; // NULL: nothing was said yet
    const struct said *said;     // NULL: the row of the record
};

struct talk_box {
    struct sheet sheet; // first: the box is its sheet
    bool is_here;       // about a place, else the whole event
    bool is_all;        // resolved ones too
    bool is_fresh;      // just opened: nothing was chosen yet
    struct buf here;    // id of the article
    struct cp_span span;
    struct buf link;    // id of a link that is talked about, which stands nowhere in the text
    size_t open, total; // threads
    struct talk_row *rows;
    size_t cap;
};

// The chosen row; NULL: there is none.
const struct talk_row *talk_row_of(struct sheet *sheet);

// ---- talk_draw.c; struct sheet_ops
int talk_lines(struct sheet *sheet, struct app *app, size_t at, int cols);
void talk_draw(struct sheet *sheet, struct app *app, size_t at, struct grid *grid,
               struct rect rect);

// ---- talk_say.c
void talk_say(struct sheet *sheet, struct app *app);     // ask what is to be said of the row
void talk_resolve(struct sheet *sheet, struct app *app); // its thread is settled, or open again

#endif
