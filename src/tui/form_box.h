// What the files of the form share: its state, its drawing, its dialogs. Only form*.c include this.
// No file of it may keep a pointer to a record: the next change replaces it.
#ifndef GAINSAY_TUI_FORM_BOX_H
#define GAINSAY_TUI_FORM_BOX_H

#include "tui/app.h"
#include "tui/form_rows.h"
#include "tui/line.h"

struct form {
    struct overlay overlay;  // first: the form is its overlay
    struct reading *reading; // NULL: a source of the registry
    enum section section;    // of a reading
    enum kind_id kind;       // of the record
    struct buf id;
    struct form_path path; // level shown
    size_t focus;          // row
    int top;               // first screen line of the fields shown
    struct line line;      // while a field is typed
};

// The record now, and the level shown; rec is NULL when it is gone.
const void *form_record(const struct form *form, struct app *app);
size_t form_level(const struct form *form, struct app *app, struct form_place *place,
                  struct form_row *rows); // rows: FORM_ROWS_MAX; returns their count

bool form_is_typing(const struct form *form);

// Put a changed record in place and say `what`; false when it was refused (said too).
bool form_save(struct form *form, struct app *app, const void *rec, struct err *err,
               const char *what);
struct arena *form_arena(struct form *form, struct app *app);
// Set the focused field from text; says what it is now.
bool form_set(struct form *form, struct app *app, const struct field *field, struct sv text);

// form_draw.c
void form_draw(struct overlay *overlay, struct app *app, struct grid *grid, struct rect rect);

// What is drawn at a cell: a row of the form, or a value of its focused field; neither: SIZE_MAX, NULL.
struct form_spot {
    size_t row;
    const struct word *word;
};
struct form_spot form_spot_at(struct form *form, struct app *app, struct rect rect, int row,
                              int col);

// form_ask.c: fields that are chosen, not typed. Each comes back to this form.
void form_ask_source(struct form *form, struct app *app);
void form_ask_claim(struct form *form, struct app *app);
void form_ask_cue(struct form *form, struct app *app); // closes the form, opens it again later
void form_ask_span(struct app *app);                   // the same, of the form on top

// form_word.c
bool form_word(struct overlay *overlay, struct app *app, enum command_id id, struct buf *out);

// form_keep.c
bool form_unsaved(const struct overlay *overlay, struct app *app, struct unsaved *out);

// form.c, for form_keep.c: open with a text being typed in a field of the level shown (taken over).
// false: there is no such field there; the form is gone then.
bool form_push_typing(struct app *app, struct form *form, const struct field *field, struct sv text,
                      size_t cursor);

// form.c, for form_ask.c: open with a state made before (taken over).
void form_push(struct app *app, struct form *form);
void form_next(struct form *form, struct app *app); // focus to the row behind
struct form *form_on_top(struct app *app);          // NULL: the top overlay is no form
struct form *form_take(struct app *app);            // pop the form on top but keep its state

#endif
