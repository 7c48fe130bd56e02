// Forms: every field of a record (claim, link, note, furniture, source) by keyboard, saved field by
// field. Calling: a form stays open until Esc; closing it loses nothing, each value is saved when
// it is set.
#ifndef GAINSAY_TUI_FORM_H
#define GAINSAY_TUI_FORM_H

#include "tui/app.h"

// Open the form of a record of `reading`, the field `key` in focus (NULL: the first).
void form_open(struct app *app, struct reading *reading, enum section section, struct sv id,
               const char *key);

// Open the form of a source of the registry.
void form_open_source(struct app *app, struct sv id);

// Take up a text that was being typed in a form, at the field of its path. false, without a word: the record or
// the field is not there any more.
struct unsaved;
bool form_resume(struct app *app, struct reading *reading, const struct unsaved *unsaved);

#endif
