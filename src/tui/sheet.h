// A list that fills the screen: rows of one line or several, in groups, each about a record or a stretch of
// text, which can be gone to and mended from the list. The dispute board and the work left are sheets.
//
//   ─ title ───────────────────
//   heading of the columns            sheet_ops.head; may be none
//   GROUP                             drawn by the row that begins it
//   ▶ row
//   what more is known of the chosen row
#ifndef GAINSAY_TUI_SHEET_H
#define GAINSAY_TUI_SHEET_H

#include "tui/app.h"

struct sheet;

// What a row is about.
struct sheet_subject {
    struct reading *reading; // home of the record, or the text's; NULL: nothing to be changed here
    enum section section;
    const void *rec;       // NULL: a stretch of text
    struct byte_span span; // of the text; empty: nowhere
    const char *key;       // field that its form opens at; NULL: the first
};

struct sheet_ops {
    const char *name;  // "board"
    enum command_id own; // opens it, and closes it
    size_t size;       // of its struct, which begins with a struct sheet
    bool of_article;   // it is about the event of the article in view, and cannot be without one
    bool is_over;      // opened over another list, which is there again when this one is left
    const char *empty; // said when there is no row
    // Make the rows anew and set sheet->count. Called when the session's version changed, or by sheet_stale.
    void (*fill)(struct sheet *sheet, struct app *app);
    // Where a fill takes longer than a key may wait it leaves the rest to this, which finds a little more at a time
    // and sets sheet->is_behind to false when that was all. true: there are other rows. NULL: fill makes all.
    bool (*go_on)(struct sheet *sheet, struct app *app);
    void (*title)(struct sheet *sheet, struct app *app, struct buf *out);
    int head_rows; // lines of the heading
    void (*head)(struct sheet *sheet, struct app *app, struct grid *grid, struct rect rect);
    // Lines of a row in `cols` columns, a group's heading before it included.
    int (*lines)(struct sheet *sheet, struct app *app, size_t row, int cols);
    void (*draw)(struct sheet *sheet, struct app *app, size_t row, struct grid *grid,
                 struct rect rect);
    // One line more of the chosen row; may leave `out` empty.
    void (*detail)(struct sheet *sheet, struct app *app, size_t row, struct buf *out);
    // What tells the row from others also after the rows were made anew.
    void (*key)(const struct sheet *sheet, size_t row, struct buf *out);
    // What the row is about; NULL: no row is about anything.
    struct sheet_subject (*subject)(struct sheet *sheet, struct app *app, size_t row);
    // Show the row in the texts. false: it stays in the sheet.
    bool (*go)(struct sheet *sheet, struct app *app, size_t row);
    void (*filter)(struct sheet *sheet, struct app *app); // ask for a filter; NULL: it has none
    bool (*command)(struct sheet *sheet, struct app *app, enum command_id id); // of its own; NULL: it has none
    // What the key of a command does in the chosen row (there may be none: sheet->count 0), in a word or two;
    // "": nothing. NULL: sheet.c knows.
    const char *(*word)(struct sheet *sheet, struct app *app, enum command_id id);
    void (*free)(struct sheet *sheet); // all of it but the sheet's own parts
};

struct sheet {
    struct overlay overlay; // first: the sheet is its overlay
    const struct sheet_ops *ops;
    struct reading *reading; // of the article in view when it was opened; NULL unless ops->of_article
    size_t count;           // rows
    size_t at, top;         // chosen row, first row shown
    size_t page;            // rows shown at the last drawing
    struct rect area;       // of the rows, then
    size_t version;         // of the session, when the rows were made
    bool is_stale;
    bool is_behind;         // there is more to come, by sheet_ops.go_on; fill begins with false
    struct buf filter;      // words that sheet_ask_filter took; empty: none
    struct buf chosen;      // key of the chosen row
    struct buf gone;        // key of the one chosen before it, which an undo may bring back
};

// Take up the sheet of this kind if it is the one put aside, in place of one on top; else open a new one. Returns the
// new one, whose rows are not made yet; NULL when it was taken up, or told why it cannot be.
struct sheet *sheet_open(struct app *app, const struct sheet_ops *ops);
// The sheet on top, its rows as they are now, or NULL: for what a prompt or a choice answers.
struct sheet *sheet_on_top(struct app *app);
void sheet_stale(struct sheet *sheet);              // rows are to be made anew
// Ask for the words of sheet->filter, after this label; rows are made anew then.
void sheet_ask_filter(struct sheet *sheet, struct app *app, const char *label);
void sheet_choose(struct sheet *sheet, size_t row); // clamped

// sheet_edit.c: what the chosen row is about; nothing when there is none.
struct sheet_subject sheet_chosen(struct sheet *sheet, struct app *app);
// The claim that the chosen row of the sheet on top is about. false: no such.
bool sheet_claim(struct app *app, struct reading **reading, const struct claim **claim);
// The commands that mend the record of a row. false: not one of them.
bool sheet_edit(struct sheet *sheet, struct app *app, enum command_id id);
// What such a command does in the chosen row, for the hints; NULL: nothing.
const char *sheet_edit_word(struct sheet *sheet, struct app *app, enum command_id id);

#endif
