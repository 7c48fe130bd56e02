// The reader: its whole state, events in, a grid out. Knows no terminal.
//
//   app_event  one event -> state and session change
//   app_draw   state -> every cell of the grid; a pure function of the state
//   app_request  what only the outside can do: leave, suspend, run an editor
#ifndef GAINSAY_TUI_APP_H
#define GAINSAY_TUI_APP_H

#include <stdbool.h>

#include "session/session.h"
#include "tui/event.h"
#include "tui/grid.h"
#include "tui/keymap.h"
#include "tui/messages.h"
#include "tui/view.h"

struct app;
struct unsaved;

// One dialog above the panes: form, picker, line, help. The top one gets the keys.
// docked ones take rows at the bottom, full ones the whole middle.
struct overlay {
    const struct overlay_ops *ops;
    struct overlay *below; // the one it covers
};
struct overlay_ops {
    unsigned context; // enum context, for the keymap and the hints
    const char *hint; // stands in the status line instead of the keys of the context; NULL: those
    // Rows wanted in an area of `rows` x `cols` (docked), or 0: full.
    int (*height)(const struct overlay *o, const struct app *app, int rows, int cols);
    void (*draw)(struct overlay *o, struct app *app, struct grid *grid, struct rect rect);
    // A command of its context; false: not one of ours.
    bool (*command)(struct overlay *o, struct app *app, enum command_id id);
    // What the first key of a command of its context does now, in a word or two, appended to `out`; false: nothing.
    // NULL: what the command's name says, always.
    bool (*word)(struct overlay *o, struct app *app, enum command_id id, struct buf *out);
    // A key that is no command there (letters of values, typed text), or a paste.
    bool (*event)(struct overlay *o, struct app *app, const struct event *event);
    // A text in it that is saved nowhere yet, and where it belongs; false: none worth keeping now. NULL: never.
    bool (*unsaved)(const struct overlay *o, struct app *app, struct unsaved *out);
    // Is more of it to be found at rest? `rest` finds a little more, as much as a key may wait for. Both NULL: never.
    bool (*is_behind)(const struct overlay *o, const struct app *app);
    void (*rest)(struct overlay *o, struct app *app);
    void (*free)(struct overlay *o);
    // A click in `rect`, where it is drawn; NULL: nothing happens. The wheel goes through its rows
    // without this.
    void (*click)(struct overlay *o, struct app *app, struct rect rect, int row, int col);
};

enum app_request { REQUEST_NONE, REQUEST_QUIT, REQUEST_SUSPEND, REQUEST_EDIT, REQUEST_REDRAW };

enum pane { PANE_ARTICLE, PANE_OTHER, PANE_LIST };

// What the article panes are being used for. While not plain reading, <Enter> hands the chosen place
// to `picked`, <Esc> to `cancelled`. Ownership of `ctx` ends with whichever is called last: `picked`
// when it returns true, `cancelled`, or, when the program ends or app_choose puts another in its
// place, `dropped` or else `free`.
struct choosing {
    const char *prompt; // "choose the counterpart: <Enter> takes the claim or clause"; NULL: plain reading
    bool (*picked)(struct app *app, void *ctx); // place: the focus view; true: done
    void (*cancelled)(struct app *app, void *ctx);
    void (*dropped)(struct app *app, void *ctx); // keeps what was answered already; or NULL
    void (*free)(void *ctx);
    void *ctx;
    struct byte_span proposal; // drawn as PROPOSAL in the focus view; empty: none
    bool is_selection; // the selection is what is being chosen: <Esc> leaves at once
};

// What was looked up last in another article (related.h, clashing.h).
struct lookup {
    const struct reading *reading; // of what was asked about
    struct byte_span span;
    struct reading *other;  // where; NULL: nothing was looked up
    size_t index;           // which passage is shown, 0: the best
    size_t clash;           // which clash is shown
    struct byte_span shown; // in `other`, drawn as PROPOSAL until the next key; empty: none
};

// Matches counted so far (counting.h).
struct counting {
    const struct reading *reading; // NULL: all are counted, or none
    size_t from;                   // byte of its text from which on they are not
    size_t beg;                    // where the match begins whose place among them is wanted
    size_t count, index;
};

// What waits until two articles are compared (comparing.h).
struct comparing {
    enum command_id id;
    int count;
    const struct reading *reading, *other; // NULL: nothing does
};

// How many claims an article has: for the titles of its pane.
struct census {
    const struct reading *reading;
    size_t claims, contested, disputed, doubtful;
};

struct app {
    struct session *session;
    struct app *present;      // put aside while a revision is looked at (past.h); NULL: this is it
    int rows, cols;
    struct view views[2];     // PANE_ARTICLE, PANE_OTHER
    enum pane focus;
    enum pane lower;          // PANE_OTHER or PANE_LIST: which is seen while the article has the focus
    bool is_margin_on, is_other_on;
    bool is_list_beside;      // the list stands beside the text, in place of the cards
    bool is_beside;           // the articles side by side where there is room, else stacked
    bool is_bound;            // scrolling one article carries the other (bound.h)
    struct keymap keymap;
    int count;                // typed before the command that runs; 0: none
    struct overlay *top;      // NULL: none
    struct overlay *parked;   // a full list put aside while the texts are looked at; NULL: none
    struct choosing choosing;
    struct lookup lookup;
    struct claim_list *list;  // tui/list.c; NULL: not shown
    struct adjudic *adjudic;  // tui/adjudic.h; NULL: no adjudication
    struct finder *finder;    // last search; NULL: none
    struct buf pattern;
    struct buf trail;         // what was looked for where (trail.h)
    bool is_match_shown;
    struct buf message;       // one line; gone at the next key
    enum role message_role;
    struct messages messages; // those of the sitting so far (messages.h)
    enum app_request request;
    struct buf edit_text;     // REQUEST_EDIT: text in and out
    void (*edited)(struct app *app, struct sv text); // called by app_edit_done
    struct findings findings; // from the session, shown one by one
    size_t findings_shown;
    struct view before_search;          // where the search being typed began
    size_t match_index, match_count;    // 1-based; 0: unknown
    struct counting counting;
    struct comparing comparing;
    struct sv touched;                  // claim marked or given a part last; absent: none
    struct sv come_from;                // claim that ; left last
    struct sv followed;                 // claim whose counterpart was brought into view last
    bool is_held;                       // a motion came, and no rest since
    bool is_resting;                    // rest came last
    bool is_moving;                     // and another: what is said of the cursor's place waits
    struct view rested;                 // while it does: the focus view as it was before
    struct census census[2];            // of the views' articles, as of `version`
    size_t version;                     // of the session
    size_t unkept;                      // characters typed since the text was kept last (keep.h)
    bool is_kept;                       // the text being typed, or an older state of it, is kept outside
    bool is_quit_asked;                 // leaving was refused once because work is not saved
};

// `other` may be NULL: the first other article of the event. Positions in bytes, clamped.
struct app *app_new(struct session *session, struct reading *article, struct reading *other,
                    size_t pos, size_t other_pos);
void app_free(struct app *app);
void app_event(struct app *app, const struct event *event);
void app_draw(struct app *app, struct grid *grid);
// Is there something that takes a moment and nobody waits for? app_let_go does it, when the picture is out.
bool app_holds(const struct app *app);
void app_let_go(struct app *app);
// Does the app want an EVENT_REST when no input comes for a tenth of a second or so? While a motion
// key is held, the text scrolls alone: which claim is the current one, its card, its counterpart in
// the other pane, the hints and the percentage follow at rest. The first motion shows them at once.
// And matches of a long text are counted then, long articles compared and long lists filled: with
// app_is_resting the next rest is due at once.
bool app_wants_rest(const struct app *app);
bool app_is_resting(const struct app *app);
// Will that rest change the picture?
bool app_is_behind(const struct app *app);
// Was something typed that is neither saved nor kept? Then app_keep is due within KEEP_MS.
#define KEEP_MS 4000
bool app_wants_keep(const struct app *app);
// Keep it outside the workspace (session/drafts.h). false: it could not be.
//   is_durable  wait for the disk
bool app_keep(struct app *app, bool is_durable);
enum app_request app_request(struct app *app, struct buf *edit_text); // takes it: NONE afterwards
void app_edit_done(struct app *app, bool ok, struct sv text);

// ---- for the files of tui/
struct view *app_view(struct app *app);       // the one with the focus (of the list: the article)
struct view *app_other_view(struct app *app); // the one without
const struct view *app_heeded(struct app *app); // the focus view, as it was before a motion key was held
unsigned app_context(const struct app *app);
bool app_run(struct app *app, enum command_id id, int count, key_num arg, struct sv line); // any command
bool app_has_claim(struct app *app); // chosen in the list that has the focus, else under the cursor
// Is all there that the command's row of the table asks for in the panes? Says nothing.
bool app_allows(struct app *app, enum command_id id);
void app_say(struct app *app, enum role role, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void app_say_err(struct app *app, struct err *err); // and releases it
void app_push(struct app *app, struct overlay *overlay);
void app_pop(struct app *app); // frees the top one
// Put the top overlay aside, in place of one that was: q in the texts takes it up again.
void app_park(struct app *app);
bool app_unpark(struct app *app); // false: none
void app_choose(struct app *app, struct choosing choosing);
void app_edit_text(struct app *app, struct sv text, void (*edited)(struct app *app, struct sv text));

// Where the first part of a record stands in its article, bytes; false: nowhere (lost).
bool app_place(const struct reading *reading, const void *rec, struct byte_span *span);

// Command handlers by file: each takes the commands of its group; false: not one of its own.
bool cmd_search(struct app *app, enum command_id id, int count, key_num arg, struct sv line);
bool cmd_move(struct app *app, enum command_id id, int count, key_num arg, struct sv line);
bool cmd_pane(struct app *app, enum command_id id, int count, key_num arg, struct sv line);
bool cmd_claim(struct app *app, enum command_id id, int count, key_num arg, struct sv line);
bool cmd_voice(struct app *app, enum command_id id, int count, key_num arg, struct sv line);
bool cmd_link(struct app *app, enum command_id id, int count, key_num arg, struct sv line);
bool cmd_alike(struct app *app, enum command_id id, int count, key_num arg, struct sv line);
bool cmd_lanes(struct app *app, enum command_id id, int count, key_num arg, struct sv line);
bool cmd_program(struct app *app, enum command_id id, int count, key_num arg, struct sv line);

#endif
